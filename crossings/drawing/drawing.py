"""Charts written as Vega-Lite directly, in milliseconds: Altair's own building and checking takes many times that.

The tests check every chart against Altair's schema once, so that a redraw need not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

Chart = alt.Chart | alt.LayerChart
Encoding = dict[str, Any]
Layer = dict[str, Any]
Rows = pd.DataFrame | Mapping[str, list[Any]]
KINDS = {"Q": "quantitative", "N": "nominal"}


class Picture(alt.LayerChart):
    """A finished chart, an Altair chart to whoever shows or saves it."""

    def __init__(self, spec: Mapping[str, Any]) -> None:
        super().__init__()
        object.__setattr__(self, "_spec", dict(spec))

    def to_dict(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the Vega-Lite specification, data included."""
        spec: dict[str, Any] = object.__getattribute__(self, "_spec")
        return {"$schema": alt.SCHEMA_URL} | spec


def value(constant: object) -> Encoding:
    """Return a channel that is the same for every row."""
    return {"value": constant}


def field(shorthand: str, **settings: Any) -> Encoding:
    """Return a channel read from a column: "visitors:Q" or "label:N"."""
    name, _, kind = shorthand.partition(":")
    return {"field": name, "type": KINDS[kind], **settings}


def when(test: str, then: object, otherwise: object) -> Encoding:
    """Return a channel of two constants, chosen row by row by a Vega expression."""
    return {"condition": {"test": test, "value": then}, "value": otherwise}


def colour_of(column: str) -> Encoding:
    """Return a colour channel whose column holds the colours themselves."""
    return field(f"{column}:N", scale=None, legend=None)


@dataclass(frozen=True)
class Drawing:
    """Rows about to be drawn: a frame or, where a picture is redrawn with every move of a slider, plain columns."""

    rows: Rows

    def mark(self, kind: str, **style: Any) -> "Marked":
        """Return the rows with one kind of Vega-Lite mark in its style."""
        return Marked(self.rows, {"type": kind, **style})


@dataclass(frozen=True)
class Marked:
    """A mark in its style, still without channels."""

    rows: Rows
    style: dict[str, Any]

    def encode(self, **channels: Any) -> Layer:
        """Return the layer; its data are the columns that the channels read."""
        encoding = {name: self._channel(name, said) for name, said in channels.items()}
        values = records(self.rows, used(encoding))
        return {"data": {"values": values}, "mark": plainly(self.style), "encoding": plainly(encoding)}

    @staticmethod
    def _channel(name: str, said: Any) -> Any:
        if not isinstance(said, str):
            return said
        return {"field": said.partition(":")[0]} if name in ("x2", "y2") else field(said)


def used(encoding: Mapping[str, Any]) -> set[str]:
    """Return the columns that channels and their conditions read."""
    text = str(encoding)
    return set(re.findall(r"'field': '([^']+)'", text)) | set(re.findall(r"datum\.(\w+)", text))


def records(rows: Rows, columns: set[str]) -> list[dict[str, Any]]:
    """Return rows as plain values, missing numbers as null."""
    kept = {name: rows[name] for name in rows if name in columns}
    lists = [[_plain(item) for item in _listed(column)] for column in kept.values()]
    if not lists:
        length = len(rows) if isinstance(rows, pd.DataFrame) else len(next(iter(rows.values()), ()))
        return [{} for _ in range(length)]
    return [dict(zip(kept, row, strict=True)) for row in zip(*lists, strict=True)]


def _listed(column: pd.Series | list[Any]) -> list[Any]:
    return column if isinstance(column, list) else column.tolist()


def plainly(item: Any) -> Any:
    """Return settings with NumPy's numbers as plain ones, as JSON wants them."""
    if isinstance(item, dict):
        return {name: plainly(part) for name, part in item.items()}
    if isinstance(item, (list, tuple)):
        return [plainly(part) for part in item]
    return _plain(item)


def _plain(item: Any) -> Any:
    if isinstance(item, (float, np.floating)):
        return float(item) if np.isfinite(item) else None
    return item.item() if isinstance(item, np.generic) else item
