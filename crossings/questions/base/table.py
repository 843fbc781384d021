"""A table that knows its columns: what each holds and in which unit, so that no format has to guess."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Literal

import numpy as np
import pandas as pd

from crossings.language import Language
from crossings.language.language import rounding_step
from crossings.language.markup import JOINER

Kind = Literal[
    "text",
    "month",
    "day",
    "year",
    "persons",
    "share",
    "points",
    "count",
    "minutes",
    "clock",
    "money",
    "number",
]
DIGITS: Mapping[Kind, int] = {"share": 1, "points": 1, "minutes": 1, "money": 0, "number": 2}
NUMERIC: frozenset[Kind] = frozenset(
    ("year", "persons", "share", "points", "count", "minutes", "clock", "money", "number")
)
WHOLE: frozenset[Kind] = frozenset(("persons", "count"))
UNIT_NAMED: frozenset[Kind] = frozenset(("minutes", "money", "number", "points"))
NOTHING = "–"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    key: stable and ASCII, the same in every language. heading: translated, without the unit. kind: what the
    values are. unit: where the kind has none of its own (money: its currency; number: what is counted).
    digits: decimals shown, the kind's own where None. signed: whether a plus is written. trimmed: whether zeros at
    the end of the decimals are left out, where values are rounded each as far as its range supports it.
    nearest: to how many persons projected ones are printed and written to files, as their interval supports; 1 as
    they are.
    shown: False for what a chart needs and no table shows.

    Values by kind: text str; month pandas Period; day datetime.date; year int; persons and count whole
    numbers of visitors and of other things; share and points fractions of one (0.202 is 20.2 % and 20.2
    percentage points); minutes; clock minutes since midnight; money and number in their unit.
    """

    key: str
    heading: str
    kind: Kind = "text"
    unit: str = ""
    digits: int | None = None
    signed: bool = False
    shown: bool = True
    trimmed: bool = False
    nearest: int = 1

    def rounded(self, value: float) -> float:
        """Return a value as it is shown: projected persons to the nearest hundred thousand, thousand, ..."""
        return value if self.nearest == 1 else round(value / self.nearest) * float(self.nearest)

    @property
    def numeric(self) -> bool:
        """Whether the column holds numbers, to be set flush right."""
        return self.kind in NUMERIC

    @property
    def decimals(self) -> int:
        """Decimals with which the values are shown."""
        return DIGITS.get(self.kind, 0) if self.digits is None else self.digits


@dataclass(frozen=True, eq=False)
class Table:
    """Rows under columns that know what they hold, in one language.

    frame: one column for each of `columns`, named by its key, missing values NaN or None.
    Raises ValueError where columns and frame do not agree.
    """

    columns: tuple[Column, ...]
    frame: pd.DataFrame
    language: Language

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if keys != [str(name) for name in self.frame.columns]:
            raise ValueError(f"columns {keys} and frame {list(self.frame.columns)} differ")

    def __len__(self) -> int:
        return len(self.frame)

    def column(self, key: str) -> Column:
        """Return a column by its key. Raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    def values(self, key: str) -> pd.Series:
        """Return the values of a column by its key."""
        return self.frame[key]

    def printed(self, key: str) -> pd.Series:
        """Return the numbers of a column by its key as they are shown, missing ones NaN."""
        column = self.column(key)
        values = pd.to_numeric(self.frame[key], errors="coerce")
        return values if column.nearest == 1 else values.map(column.rounded, na_action="ignore")

    def select(self, keys: Sequence[str], rows: "pd.Series | None" = None) -> "Table":
        """Return the table with these columns in this order, and where given only these rows (a mask)."""
        frame = self.frame[list(keys)] if rows is None else self.frame.loc[rows, list(keys)]
        if rows is not None or not isinstance(frame.index, pd.RangeIndex):
            frame = frame.reset_index(drop=True)
        return replace(self, columns=tuple(map(self.column, keys)), frame=frame)

    @property
    def visible(self) -> "Table":
        """The table without what only a chart needs."""
        keys = [column.key for column in self.columns if column.shown]
        return self if len(keys) == len(self.columns) else self.select(keys)

    def headed(self) -> pd.DataFrame:
        """Return the shown columns' values under their translated headings."""
        shown = self.visible
        return shown.frame.set_axis([column.heading for column in shown.columns], axis=1)

    def on_screen(self) -> pd.DataFrame:
        """Return the shown columns as a screen table takes them: numbers as such, others printed, units in headings."""
        shown, cells = self.visible, self.texts()
        for place, column in enumerate(shown.columns):
            if column.numeric:
                cells.isetitem(place, shown.printed(column.key).to_numpy())
            elif column.kind in ("month", "day"):
                cells.isetitem(place, [_on_one_line(text) for text in cells.iloc[:, place]])
        headings = [
            self.heading_with_unit(column) if column.kind in UNIT_NAMED else column.heading
            for column in shown.columns
        ]
        return cells.set_axis(headings, axis=1)

    def writers(self) -> dict[int, Callable[[Any], str]]:
        """Return how the numbers of each shown column are printed, by its place."""
        return {
            place: partial(cell_text, column=column, language=self.language)
            for place, column in enumerate(self.visible.columns)
            if column.numeric
        }

    def texts(self) -> pd.DataFrame:
        """Return every shown cell as it is printed, under headings; a missing one is a dash."""
        shown = self.visible
        columns = [
            [cell_text(value, column, self.language) for value in shown.frame[column.key]]
            for column in shown.columns
        ]
        headings = [column.heading for column in shown.columns]
        return pd.DataFrame(dict(enumerate(columns))).set_axis(headings, axis=1)

    def unit(self, column: Column) -> str:
        """Return the unit of a column in the reader's language, empty where it has none."""
        return unit_of(column, self.language)

    def heading_with_unit(self, column: Column) -> str:
        """Return a heading as a spreadsheet shows it, the unit in brackets."""
        return self.language.remarked(column.heading, self.unit(column))


def table(language: Language, columns: Sequence[tuple[Column, Iterable[Any]]]) -> Table:
    """Return a table from columns and their values, all of one length."""
    listed = {column.key: list(values) for column, values in columns}
    index = pd.RangeIndex(max(map(len, listed.values()), default=0))
    cells = {column.key: _cells(listed[column.key], column, index) for column, _ in columns}
    return Table(
        tuple(column for column, _ in columns), pd.DataFrame(cells, index=index, copy=False), language
    )


def _cells(values: list[Any], column: Column, index: pd.RangeIndex) -> Any:
    """Return a column's values as a frame holds them without a look at each: numbers as floats, all else as it is."""
    if column.numeric:
        return np.array(values, dtype=float)
    held = np.empty(len(values), dtype=object)
    for place, value in enumerate(values):
        held[place] = value
    return pd.Series(held, index=index, dtype=object, copy=False)


def nearest(values: Iterable[float], *, figures: int = 3) -> int:
    """Return to how many persons to print projected numbers that are read together.

    That gives the largest so many figures, and those from ten thousand on whole thousands.
    """
    largest = max((abs(value) for value in values if not math.isnan(value)), default=0.0)
    return rounding_step(largest, figures=figures)


def joined(first: Table, *others: Table) -> Table:
    """Return tables of the same columns one below the other, equal rows once."""
    frame = pd.concat([first.frame, *(other.frame for other in others)]).drop_duplicates(ignore_index=True)
    return replace(first, frame=frame)


def with_total(parts: Table, name: str) -> Table:
    """Return a table of a text column and columns of numbers with the numbers' sums in a last row of that name."""
    first, *rest = parts.columns
    total = {first.key: name} | {column.key: parts.values(column.key).sum() for column in rest}
    return replace(parts, frame=pd.concat([parts.frame, pd.DataFrame([total])], ignore_index=True))


def _on_one_line(text: str) -> str:
    """Return a month or day that a narrow cell does not break."""
    return re.sub(r"(?<=\d)(?=[^\W\da-z])", JOINER, text.replace(" ", "\N{NO-BREAK SPACE}"))


def unit_of(column: Column, language: Language) -> str:
    """Return a column's unit in the reader's language: its own, or that of its kind."""
    if column.unit:
        return column.unit
    if column.kind == "persons":
        return language.person_unit
    if column.kind == "share":
        return "%"
    if column.kind == "points":
        return language("percentage points")
    return language("minutes") if column.kind == "minutes" else ""


def missing(value: Any) -> bool:
    """Return whether a cell holds nothing."""
    return value is None or (not isinstance(value, str) and bool(pd.isna(value)))


def cell_text(value: Any, column: Column, language: Language) -> str:
    """Return one cell as it is printed; a missing one is a dash."""
    if missing(value):
        return NOTHING
    write = WRITERS.get(column.kind)
    return (
        _signed_number(column.rounded(float(value)), column, language)
        if write is None
        else write(value, column, language)
    )


def _signed_number(value: float, column: Column, language: Language) -> str:
    text = language.number(abs(value), digits=column.decimals)
    if language.number(0.0, digits=column.decimals) == text:
        return text
    if column.trimmed:
        text = re.sub(r"(?<=\d)([.,]\d*?)0+$", r"\1", text).rstrip(".,") if column.decimals else text
    return ("−" if value < 0 else "+" if column.signed else "") + text


WRITERS: Mapping[Kind, Callable[[Any, Column, Language], str]] = {
    "text": lambda value, column, language: str(value),
    "month": lambda value, column, language: language.month(value),
    "day": lambda value, column, language: language.day(_date(value)),
    "year": lambda value, column, language: str(int(value)),
    "share": lambda value, column, language: language.percent(
        float(value), digits=column.decimals, signed=column.signed
    ),
    "points": lambda value, column, language: _signed_number(float(value) * 100, column, language),
    "clock": lambda value, column, language: f"{int(value) // 60:02d}:{int(value) % 60:02d}",
}


def _date(value: Any) -> date:
    day: date = value.date() if hasattr(value, "date") else value
    return day


def plain_value(value: Any, column: Column) -> str | float | int | None:
    """Return one cell for a data file: months YYYY-MM, days ISO, shares as per cent, persons and counts whole."""
    if missing(value):
        return None
    if column.kind == "month":
        return str(value)
    if column.kind == "day":
        return str(_date(value))
    if not column.numeric:
        return str(value)
    number = float(value) * 100 if column.kind in ("share", "points") else column.rounded(float(value))
    number = float(f"{number:.12g}") if column.kind not in WHOLE else float(round(number))
    return int(number) if number.is_integer() else number
