"""The published tables: columns, types, units, order and what a reader must know, as tables.toml says."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Field:
    """One column. type is a Data Package type; a pattern must fit the whole cell.

    sources marks a cell of source keys joined by ";", each of which stands in the sources table.
    """

    name: str
    type: str
    description: str
    unit: str = ""
    required: bool = True
    enum: tuple[str, ...] = ()
    minimum: int | None = None
    pattern: str = ""
    sources: bool = False


@dataclass(frozen=True)
class Table:
    """One published table: key makes a row unique (empty: the whole row), order sorts it.

    title, definition and known_gaps say what a reader must know of it. computed: made from the other tables by
    `python -m etl backtest`, absent until then.
    """

    name: str
    title: str
    definition: str
    fields: tuple[Field, ...]
    order: tuple[str, ...]
    key: tuple[str, ...] = ()
    known_gaps: str = ""
    may_be_empty: bool = False
    computed: bool = False
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(column.name for column in self.fields))


def _field(name: str, described: Mapping[str, Any]) -> Field:
    return Field(name, **{**described, "enum": tuple(described.get("enum", ()))})


def _table(name: str, described: Mapping[str, Any], common: Mapping[str, Any]) -> Table:
    own = {**common, **described.get("fields", {})}
    return Table(
        name,
        title=described["title"],
        definition=described["definition"],
        fields=tuple(_field(column, own[column]) for column in described["columns"]),
        order=tuple(described["order"]),
        key=tuple(described.get("key", ())),
        known_gaps=described.get("known_gaps", ""),
        may_be_empty=described.get("may_be_empty", False),
        computed=described.get("computed", False),
    )


def _tables() -> dict[str, Table]:
    described = tomllib.loads(Path(__file__).with_name("tables.toml").read_text("utf-8"))
    return {name: _table(name, table, described["fields"]) for name, table in described["tables"].items()}


ALL_TABLES = _tables()
TABLES = {name: table for name, table in ALL_TABLES.items() if not table.computed}
COMPUTED = {name: table for name, table in ALL_TABLES.items() if table.computed}
STATUSES = next(column.enum for column in TABLES["visitors"].fields if column.name == "status")


def csv_bytes(frame: pd.DataFrame, table: Table) -> bytes:
    """Return a table as the committed CSV: its columns, its order, UTF-8, line feeds."""
    text = frame.loc[:, list(table.columns)].astype(str)
    return (
        text.sort_values(list(table.order), kind="stable").to_csv(index=False, lineterminator="\n").encode()
    )


def from_bytes(content: bytes) -> pd.DataFrame:
    """Return a CSV's cells as text, empty cells as empty text."""
    return pd.read_csv(BytesIO(content), dtype=str, keep_default_na=False)
