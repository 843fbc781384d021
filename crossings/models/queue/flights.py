"""The day's flights: a table of passengers by minute and group, read with errors that name the cell."""

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from crossings import zipped
from crossings.errors import N_, CrossingsError, Listed
from crossings.plain_text import half_letters, shown

if TYPE_CHECKING:
    import pandas as pd

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

PARTNER = "partner"
OTHER = "other"
OWN = "own"
EVERYBODY = "all"
DAY_MINUTES = 1440
DEFAULT_SPREAD = 10.0
COLUMNS = ("minute", "passengers", "group", "spread_minutes")
LARGEST_FILE = 1_000_000
MOST_ROWS = 5_000
MOST_GROUPS = 24
MOST_PASSENGERS = 20_000
LONGEST_SPREAD = 600
LONGEST_GROUP = 40
CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


class FlightTableUnreadable(CrossingsError):
    """The flight table is not a table that can be read."""


class FlightTableEmpty(CrossingsError):
    """The flight table holds no passengers."""


class FlightColumnsMissing(CrossingsError):
    """A column that every flight needs is absent."""


class FlightCellWrong(CrossingsError):
    """One cell of the flight table is not what it should be."""


class FlightRepeated(CrossingsError):
    """A row stands twice in the flight table."""


@dataclass(frozen=True, eq=False)
class Flights:
    """A day's flights, one row per flight and group, in order of the minute.

    minute: when its first passenger reaches the hall, from midnight. passengers: how many. group: who.
    spread_minutes: over how long they reach the hall, evenly. left_out: own nationals, not in the rows.
    """

    minute: Array
    passengers: Array
    group: tuple[str, ...]
    spread_minutes: Array
    left_out: float = 0.0

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups present: partner first, then the others by name."""
        return tuple(sorted(set(self.group), key=lambda name: (name != PARTNER, name)))

    @property
    def total(self) -> float:
        """All passengers who queue."""
        return float(self.passengers.sum())

    def of_group(self, group: str) -> float:
        """Return one group's passengers."""
        return float(self.passengers[self.members(group)].sum())

    def members(self, group: str) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Return which rows belong to a group."""
        return np.array([name == group for name in self.group], dtype=bool)

    @cached_property
    def digest(self) -> str:
        """What changes when any passenger does: a hash of the table."""
        content = hashlib.sha256("|".join(self.group).encode())
        for column in (self.minute, self.passengers, self.spread_minutes):
            content.update(np.asarray(column, dtype="<f8").tobytes())
        return content.hexdigest()

    def scaled(self, factor: float) -> "Flights":
        """Return the same flights with every passenger count multiplied."""
        return replace(self, passengers=self.passengers * factor, left_out=self.left_out * factor)

    def rows(self) -> list[dict[str, object]]:
        """Return the table as records with the columns of the file."""
        cells = zip(self.minute, self.passengers, self.group, self.spread_minutes, strict=True)
        return [dict(zip(COLUMNS, row, strict=True)) for row in cells]


def flights_from_csv(content: bytes) -> Flights:
    """Read a CSV with the columns minute, passengers, group and, if wanted, spread_minutes.

    minute is a number from midnight or HH:MM. spread_minutes is 10 where it is left out.
    Raises FlightTableUnreadable, FlightTableEmpty, FlightColumnsMissing, FlightCellWrong, FlightRepeated.
    """
    _refuse_large(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable() from None
    if "\0" in text:
        raise _unreadable()
    return flights_from_text(text)


def flights_from_text(text: str) -> Flights:
    """Read flights pasted from a spreadsheet (tabs) or typed as CSV (commas or semicolons). Raises as CSV."""
    if half_letters(text):
        raise _unreadable()
    _refuse_large(text.encode())
    first = text.partition("\n")[0]
    delimiter = max("\t;,", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:
        raise _unreadable() from None
    return flights_from_rows(rows)


def flights_from_xlsx(content: bytes) -> Flights:
    """Read the first sheet of a workbook with the same columns. Raises as CSV."""
    from openpyxl import load_workbook

    _refuse_large(content)
    try:
        zipped.names(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=50)
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet]
    except Exception as fault:
        raise _unreadable() from fault
    return flights_from_rows(rows)


def flights_from_frame(frame: "pd.DataFrame") -> Flights:
    """Read flights from an edited table with the same columns; empty cells may be missing. Raises as CSV."""
    cells = frame.astype(object).where(frame.notna(), "")
    return flights_from_rows([[str(name) for name in frame.columns], *cells.astype(str).to_numpy().tolist()])


def flights_from_rows(rows: Sequence[Sequence[str]]) -> Flights:
    """Read flights from text cells, the first row being the column names. Raises as CSV."""
    if len(rows) > MOST_ROWS + 1:
        raise FlightTableUnreadable(
            N_("The flight table has more than {most} rows. Enter one day's flights only."),
            most=f"{MOST_ROWS:,}",
        )
    filled = [(place, row) for place, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if not filled:
        raise _empty()
    places = _column_places(filled[0][1])
    read = [_row(place, row, places) for place, row in filled[1:]]
    _refuse_repeats([place for place, _ in filled[1:]], read)
    groups = len({group for _, _, group, _ in read})
    if groups > MOST_GROUPS:
        raise FlightTableUnreadable(
            N_("The flight table has {count} groups; at most {most} can be used."),
            count=groups,
            most=MOST_GROUPS,
        )
    return flights_of(read)


def flights_of(rows: Sequence[tuple[float, float, str, float]]) -> Flights:
    """Return flights from (minute, passengers, group, spread_minutes). Raises FlightTableEmpty."""
    own = sum(passengers for _, passengers, group, _ in rows if group == OWN)
    queueing = sorted(row for row in rows if row[2] != OWN and row[1] > 0)
    if not queueing:
        raise _empty()
    minute, passengers, group, spread = zip(*queueing, strict=True)
    return Flights(
        minute=np.array(minute, dtype=float),
        passengers=np.array(passengers, dtype=float),
        group=tuple(group),
        spread_minutes=np.array(spread, dtype=float),
        left_out=float(own),
    )


def _refuse_large(content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise FlightTableUnreadable(
            N_("The flight table is larger than {limit} MB. Enter one day's flights only."),
            limit=LARGEST_FILE // 10**6,
        )


def _unreadable() -> FlightTableUnreadable:
    return FlightTableUnreadable(
        N_(
            "The flight table cannot be read. Choose a CSV file in UTF-8 or an Excel workbook (XLSX) "
            "with the columns {columns}."
        ),
        columns=Listed(COLUMNS),
    )


def _empty() -> FlightTableEmpty:
    return FlightTableEmpty(
        N_(
            "The flight table contains no passengers for the queue. Enter at least one row with the "
            "columns {columns}."
        ),
        columns=Listed(COLUMNS),
    )


def _column_places(header: Sequence[str]) -> dict[str, int]:
    names = [name.strip().lower() for name in header]
    places = {name: names.index(name) for name in COLUMNS if name in names}
    missing = [name for name in COLUMNS[:3] if name not in places]
    if missing:
        raise FlightColumnsMissing(
            N_(
                "The flight table has no column {missing}. Enter the column names {columns} in the first row."
            ),
            missing=Listed(missing),
            columns=Listed(COLUMNS),
        )
    return places


def _row(place: int, row: Sequence[str], places: Mapping[str, int]) -> tuple[float, float, str, float]:
    def cell(name: str) -> str:
        column = places.get(name, len(row))
        return row[column].strip() if column < len(row) else ""

    def address(name: str) -> str:
        return f"{_letters(places[name])}{place} ({name})"

    group = cell("group")
    if not group or len(group) > LONGEST_GROUP or group == EVERYBODY or shown(group) != group:
        raise FlightCellWrong(
            N_(
                "Cell {cell}: {value} cannot be used as a group. Enter partner, other or a name of your "
                "own, but not all."
            ),
            cell=address("group"),
            value=_shown(group),
        )
    spread = (
        _spread(address("spread_minutes"), cell("spread_minutes"))
        if cell("spread_minutes")
        else DEFAULT_SPREAD
    )
    return (
        _minute(address("minute"), cell("minute")),
        _passengers(address("passengers"), cell("passengers")),
        group,
        spread,
    )


def _letters(column: int) -> str:
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _shown(value: str) -> str:
    return f"“{value[:LONGEST_GROUP]}”"


def _number(address: str, value: str) -> float:
    try:
        number = float(value.replace(",", ""))
    except ValueError:
        number = float("nan")
    if not np.isfinite(number):
        raise FlightCellWrong(N_("Cell {cell}: {value} is not a number."), cell=address, value=_shown(value))
    return number


def _minute(address: str, value: str) -> float:
    clock = CLOCK.fullmatch(value) or CLOCK.fullmatch(value.removesuffix(":00"))
    minute = int(clock[1]) * 60 + int(clock[2]) if clock and int(clock[2]) < 60 else _number(address, value)
    if not 0 <= minute < DAY_MINUTES:
        raise FlightCellWrong(
            N_(
                "Cell {cell}: {value} is not a time of day. Enter minutes from midnight, 0 to 1439, or HH:MM."
            ),
            cell=address,
            value=_shown(value),
        )
    return float(minute)


def _passengers(address: str, value: str) -> float:
    number = _number(address, value)
    if not 0 <= number <= MOST_PASSENGERS or number != round(number):
        raise FlightCellWrong(
            N_("Cell {cell}: {value} is not a number of passengers. Enter a whole number from 0 to {most}."),
            cell=address,
            value=_shown(value),
            most=f"{MOST_PASSENGERS:,}",
        )
    return number


def _spread(address: str, value: str) -> float:
    number = _number(address, value)
    if not 1 <= number <= LONGEST_SPREAD:
        raise FlightCellWrong(
            N_(
                "Cell {cell}: {value} is not an arrival window. Enter the minutes over which the "
                "passengers arrive, 1 to {most}."
            ),
            cell=address,
            value=_shown(value),
            most=LONGEST_SPREAD,
        )
    return number


def _refuse_repeats(places: Sequence[int], rows: Sequence[tuple[float, float, str, float]]) -> None:
    seen: dict[tuple[float, float, str, float], int] = {}
    for place, row in zip(places, rows, strict=True):
        if row in seen:
            raise FlightRepeated(
                N_("Row {row} repeats row {first}. Delete it, or add its passengers to row {first}."),
                row=place,
                first=seen[row],
            )
        seen[row] = place
