"""Charts from Altair's own objects, built and written without the checks and copies that make Altair slow.

A chart is an ordinary alt.LayerChart: `.properties()`, `|`, `.interactive()` and a checked `.to_dict()` work. For a
redraw with every move of a slider, `unchecked` and `specification` leave out what the tests do once.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from threading import Lock
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from altair.utils import schemapi

from crossings.drawing.theme import look

# `alt.theme.enable("default")` brings Altair's own look back.
alt.theme.register("crossings", enable=True)(look)

Chart = alt.LayerChart
Layer = alt.Chart
Rows = pd.DataFrame | Mapping[str, list[Any]]
KINDS = {"Q": "quantitative", "N": "nominal"}
PARTS = {"axis": alt.Axis, "scale": alt.Scale, "legend": alt.Legend}
SECOND_ENDS = ("x2", "y2")


@dataclass(frozen=True, eq=False)
class Encoding:
    """What a channel shows; it becomes alt.X, alt.ColorValue ... for each channel that it is given to, once for all.

    settings: as Altair's channels take them; those of a constant hold `value`.
    """

    settings: Mapping[str, Any]
    _made: dict[str, alt.SchemaBase] = dataclass_field(default_factory=dict)

    def channel(self, name: str) -> alt.SchemaBase:
        """Return Altair's object for a channel's name, such as x or fillOpacity."""
        if name not in self._made:
            suffix = "Value" if "value" in self.settings else ""
            self._made[name] = getattr(alt, name[0].upper() + name[1:] + suffix)(**self.settings)
        return self._made[name]

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns that the channel reads, in its field or in its condition."""
        test = self.settings.get("condition", {}).get("test", "")
        read = [self.settings["field"]] if "field" in self.settings else []
        return frozenset([*read, *re.findall(r"datum\.(\w+)", test)])


class Values(alt.Data):
    """Rows that stand in the chart itself. They are never altered, so that copies of a chart share them."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)  # type: ignore[no-untyped-call]

    def to_dict(self, *_: Any, **__: Any) -> dict[str, Any]:
        """Return the rows as Vega-Lite takes them, without a walk through every cell."""
        return dict(self._kwds)

    def __deepcopy__(self, _: object) -> "Values":
        return self


def value(constant: object) -> Encoding:
    """Return a channel that is the same for every row."""
    return Encoding({"value": plainly(constant)})


def field(shorthand: str, **settings: Any) -> Encoding:
    """Return a channel read from a column: "visitors:Q" or "label:N"; axis, scale and legend as settings or None."""
    name, _, kind = shorthand.partition(":")
    typed = {
        key: PARTS[key](**plainly(part)) if key in PARTS and part is not None else plainly(part)
        for key, part in settings.items()
    }
    return Encoding({"field": name, "type": KINDS[kind], **typed})


def when(test: str, then: object, otherwise: object) -> Encoding:
    """Return a channel of two constants, chosen row by row by a Vega expression."""
    return Encoding(plainly({"condition": {"test": test, "value": then}, "value": otherwise}))


def colour_of(column: str) -> Encoding:
    """Return a colour channel whose column holds the colours themselves."""
    return field(f"{column}:N", scale=None, legend=None)


@dataclass(frozen=True)
class Drawing:
    """Rows about to be drawn: a frame or, where a picture is redrawn with every move of a slider, plain columns.

    name: of the layer, for a selection that names it.
    """

    rows: Rows
    name: str | None = None

    def mark(self, kind: str, **style: Any) -> "Marked":
        """Return the rows with one kind of Vega-Lite mark in its style."""
        return Marked(self, {"type": kind, **plainly(style)})


@dataclass(frozen=True)
class Marked:
    """A mark in its style, still without channels."""

    drawing: Drawing
    style: Mapping[str, Any]

    def encode(self, **channels: "str | Encoding | list[Encoding]") -> Layer:
        """Return the layer; its data are the columns that the channels read. It has no tooltip but its channel's."""
        ready = {name: _ready(name, shown) for name, shown in channels.items()}
        columns = {column for parts in ready.values() for part in parts for column in part.columns}
        named: dict[str, Any] = {"name": self.drawing.name} if self.drawing.name else {}
        style = self.style if "tooltip" in ready else {**self.style, "tooltip": None}
        encoding: dict[str, Any] = {
            name: [part.channel(name) for part in parts]
            if isinstance(channels[name], list)
            else parts[0].channel(name)
            for name, parts in ready.items()
        }
        return alt.Chart(
            data=Values(values=records(self.drawing.rows, columns)),
            mark=alt.MarkDef(**style),
            encoding=alt.FacetedEncoding(**encoding),
            **named,
        )


def _ready(name: str, shown: "str | Encoding | list[Encoding]") -> list[Encoding]:
    if isinstance(shown, list):
        return shown
    if isinstance(shown, Encoding):
        return [shown]
    return [Encoding({"field": shown.partition(":")[0]}) if name in SECOND_ENDS else field(shown)]


def records(rows: Rows, columns: set[str]) -> list[dict[str, Any]]:
    """Return the named columns of rows as plain values, missing numbers as null."""
    lists = {name: _cells(rows[name]) for name in rows if name in columns}
    if not lists:
        length = len(rows) if isinstance(rows, pd.DataFrame) else len(next(iter(rows.values()), ()))
        return [{} for _ in range(length)]
    return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]


def _cells(column: "pd.Series[Any] | list[Any]") -> list[Any]:
    if isinstance(column, pd.Series):
        cells: list[Any] = column.tolist()
        if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biuf" and np.isfinite(column).all():
            return cells
        return [_plain(cell) for cell in cells]
    return [_plain(cell) for cell in column]


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


class _Checks:
    """Altair's checks of each new object: one switch for the whole process, off while any thread wants it off."""

    def __init__(self) -> None:
        self.lock, self.wanted_off, self.before = Lock(), 0, True

    def off(self) -> None:
        with self.lock:
            if not self.wanted_off:
                self.before = schemapi.DEBUG_MODE
                schemapi.disable_debug_mode()
            self.wanted_off += 1

    def on_again(self) -> None:
        with self.lock:
            self.wanted_off -= 1
            if not self.wanted_off and self.before:
                schemapi.enable_debug_mode()


_CHECKS = _Checks()


@contextmanager
def unchecked() -> Iterator[None]:
    """Build charts without Altair's check of every part; the tests check them whole."""
    _CHECKS.off()
    try:
        yield
    finally:
        _CHECKS.on_again()


def specification(chart: Chart) -> dict[str, Any]:
    """Return a chart's Vega-Lite specification, the same as `chart.to_dict()`, without its checks and copies.

    Altair copies every layer twice and looks at every cell of the data; here axes and scales that layers share are
    worked out once, and rows stay in their layers even where there is only one.
    """
    if not all(isinstance(layer.data, Values) for layer in chart.layer):
        return chart.to_dict(validate=False)
    held = {name: part for name, part in chart._kwds.items() if name != "layer" and part is not alt.Undefined}
    written: dict[int, Any] = {}
    frame = alt.LayerChart(**held).to_dict(validate=False)
    return frame | {"layer": [_written(layer, written) for layer in chart.layer]}


def _written(item: Any, known: dict[int, Any]) -> Any:
    """Return an Altair object as plain values. known: what was written before, by the identity of the object."""
    if isinstance(item, alt.SchemaBase):
        if id(item) not in known:
            known[id(item)] = _settings_written(item, known)
        return known[id(item)]
    if isinstance(item, (list, tuple)):
        return [_written(part, known) for part in item]
    if isinstance(item, dict):
        return {name: _written(part, known) for name, part in item.items() if part is not alt.Undefined}
    return item


def _settings_written(item: alt.SchemaBase, known: dict[int, Any]) -> Any:
    settings = {name: part for name, part in item._kwds.items() if part is not alt.Undefined}
    if isinstance(item, Values) or not settings or "shorthand" in settings:
        return item.to_dict(validate=False)
    return {name: _written(part, known) for name, part in settings.items() if name != "_cached_hash"}
