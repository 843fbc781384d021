"""Figures the user added: kept in a file of the user's own, outside the published tables, marked as added."""

import contextlib
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

import pandas as pd

from crossings.errors import N_, CrossingsError, Listed, system_fault
from crossings.plain_text import entered, shown
from crossings.tables.months import MONTH_PATTERN
from crossings.tables.user_figures import COLUMNS, STATUS, connected, path, put_aside, reached, read
from crossings.whole import one_at_a_time, replace_file
from etl.expected import expectation
from etl.nations import KNOWN_ORIGINS
from etl.tables import STATUSES

__all__ = ["connected", "path", "put_aside", "reached", "read"]
MARK = STATUS
DEFAULT_STATUS = STATUSES[0]
KEY = ["month", "origin", "destination"]
DESTINATIONS = ("JPN", "KOR")
MOST_PERSONS = 100_000_000
MONTHS_AHEAD = 24
LONGEST_NOTE = 200
DAY = r"20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class NotAdded(CrossingsError):
    """A figure of the user's own cannot be taken."""


class Unlikely(NotAdded):
    """A figure lies far from what is expected; it is taken once the user says so."""


@dataclass(frozen=True)
class Difference:
    """An added figure that the official one has replaced."""

    month: str
    origin: str
    destination: str
    added: int
    official: int


@dataclass(frozen=True)
class OwnRow:
    """One figure of the user's own: status as its source says, source where it stands, seen the day it was read."""

    month: str
    origin: str
    destination: str
    visitors: int
    source: str
    status: str = DEFAULT_STATUS
    seen: str = ""
    note: str = ""


def add_all(
    rows: Sequence[OwnRow], *, day: str, official: pd.DataFrame, confirmed: bool = False
) -> pd.DataFrame:
    """Keep figures of the user's own, all or none, in place of earlier ones for the same months; return all of them.

    official: the published visitors; a month that stands there is not taken. confirmed: figures far from what is
    expected are meant. Raises NotAdded at the first fault, Unlikely where a figure was not confirmed.
    """
    weigh(rows, day=day, official=official, confirmed=confirmed)
    new = pd.DataFrame([_cells(row, day) for row in rows], columns=list(COLUMNS), dtype=str)
    with _alone():
        table = pd.concat([read(), new]).drop_duplicates(KEY, keep="last", ignore_index=True)
        _no_gaps(rows, official, table)
        return _write(table)


def weigh(rows: Sequence[OwnRow], *, day: str, official: pd.DataFrame, confirmed: bool = False) -> None:
    """Raise NotAdded at the first row that cannot be taken, Unlikely where a figure was not confirmed. As add_all."""
    _no_duplicates(rows)
    known = set(official[KEY].itertuples(index=False, name=None))
    ends = official.groupby(["origin", "destination"])["month"].max().to_dict()
    for row in rows:
        judge(row, known, last=max(ends.values()), day=day)
        _not_past(row, ends.get((row.origin, row.destination), ""))
    if not confirmed:
        not_far(rows, official)
    if not all(row.source.strip() for row in rows):
        raise NotAdded(
            N_(
                "Enter the source of the figure (in a file, in the column source): an office, a "
                "newspaper, a web page."
            )
        )


def _not_past(row: OwnRow, last: str) -> None:
    """Raise NotAdded at a month up to the last official one of its series, where there is one."""
    if row.month <= last:
        raise NotAdded(
            N_(
                "{month} lies before the last official month of {origin} to {destination} ({last}). Only "
                "months after it can be entered."
            ),
            month=row.month,
            origin=row.origin,
            destination=row.destination,
            last=last,
        )


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hold the file of added figures while it is changed. Raises NotAdded."""
    try:
        with one_at_a_time(path()):
            yield
    except OSError as fault:
        raise _unwritten(fault) from fault


def _no_gaps(rows: Sequence[OwnRow], official: pd.DataFrame, table: pd.DataFrame) -> None:
    """Raise NotAdded at the first row of a series in which a month before it is missing."""
    newest: dict[tuple[str, str], OwnRow] = {}
    for row in rows:
        series = (row.origin, row.destination)
        newest[series] = max(newest.get(series, row), row, key=lambda given: given.month)
    for row in newest.values():
        if not connected((row.month, row.origin, row.destination), official, table):
            raise NotAdded(
                N_(
                    "A month before {month} is missing for {origin} to {destination}. Enter that month first."
                ),
                month=row.month,
                origin=row.origin,
                destination=row.destination,
            )


def _cells(row: OwnRow, day: str) -> tuple[str, ...]:
    named = (row.month, row.origin, row.destination, str(row.visitors), row.status)
    return (*named, plain_note(row.source), row.seen or day, plain_note(row.note), day)


def _no_duplicates(rows: Sequence[OwnRow]) -> None:
    places: dict[tuple[str, str, str], int] = {}
    for at, row in enumerate(rows):
        key = (row.month, row.origin, row.destination)
        first = places.setdefault(key, at)
        if first < at:
            raise NotAdded(
                N_(
                    "{month}, {origin} to {destination}, appears twice: {first} and {second}. Keep the "
                    "correct one and upload the file again."
                ),
                month=key[0],
                origin=key[1],
                destination=key[2],
                first=rows[first].visitors,
                second=row.visitors,
            )


def not_far(rows: Sequence[OwnRow], official: pd.DataFrame) -> None:
    """Raise Unlikely at the first figure that is far from what is expected."""
    for row in rows:
        expected = expectation(row.month, row.origin, row.destination, official=official)
        if expected is not None and not expected.low <= row.visitors <= expected.high:
            raise Unlikely(
                N_(
                    "{month}, {origin} to {destination}: {visitors} is far from the expected range of {low} "
                    "to {high} ({year_before} a year earlier). Check the unit and the month; if correct, "
                    "enter it anyway."
                ),
                month=row.month,
                origin=row.origin,
                destination=row.destination,
                visitors=f"{row.visitors:,}",
                low=f"{expected.low:,}",
                high=f"{expected.high:,}",
                year_before=f"{expected.year_before:,}" if expected.year_before is not None else "–",
            )


def remove(month: str, *, origin: str, destination: str) -> pd.DataFrame:
    """Take one added figure away again and return the rest. Raises NotAdded where there is none."""
    with _alone():
        kept = read()
        same = _same(kept, month, origin, destination)
        if not same.any():
            raise NotAdded(
                N_("There is no figure entered by hand for {month}, {origin} to {destination}."),
                month=month,
                origin=origin,
                destination=destination,
            )
        return _write(kept[~same])


def given_way(official: pd.DataFrame) -> list[Difference]:
    """Return the added figures for which the official one has arrived, with both values."""
    both = read().merge(official[[*KEY, "visitors"]], on=KEY, suffixes=("", "_official"))
    return [
        Difference(
            row["month"],
            row["origin"],
            row["destination"],
            int(row["visitors"]),
            int(row["visitors_official"]),
        )
        for row in both.to_dict("records")
    ]


def in_use(official: pd.DataFrame) -> pd.DataFrame:
    """Return the added figures that still stand in for an official one."""
    both = read().merge(official[KEY].assign(known=1), on=KEY, how="left")
    return both[both["known"].isna()][list(COLUMNS)].reset_index(drop=True)


def plain_note(note: str) -> str:
    """Return a note as plain text that no spreadsheet takes for a formula."""
    text = " ".join(shown(note).split())
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _same(table: pd.DataFrame, month: str, origin: str, destination: str) -> "pd.Series[bool]":
    return (table["month"] == month) & (table["origin"] == origin) & (table["destination"] == destination)


def judge(row: OwnRow, official: Set[tuple[str, str, str]], *, last: str, day: str) -> None:
    """Raise NotAdded or TextRefused where a figure cannot be taken. official: month, origin, destination of those out.

    last: the last official month. day: the day it is entered on.
    """
    month, origin, destination, visitors = row.month, row.origin, row.destination, row.visitors
    if not re.fullmatch(MONTH_PATTERN, month):
        raise NotAdded(N_("{month} is not a month. Write it as 2026-09."), month=month[:20])
    if origin not in KNOWN_ORIGINS or destination not in DESTINATIONS or origin == destination:
        raise NotAdded(
            N_("{origin} to {destination} is not a known series. Write for example KOR to JPN."),
            origin=origin[:20],
            destination=destination[:20],
        )
    if row.status not in STATUSES:
        raise NotAdded(
            N_("{status} is not a status. Choose from {statuses}."),
            status=row.status[:20],
            statuses=Listed(STATUSES),
        )
    for name in ("source", "note"):
        entered(getattr(row, name), most=LONGEST_NOTE, name=name)
    if row.seen and not (re.fullmatch(DAY, row.seen) and row.seen <= day):
        raise NotAdded(
            N_("The day a figure was seen, {seen}, must be a day up to {day}, written as 2026-10-21."),
            seen=row.seen[:20],
            day=day,
        )
    if not 0 <= visitors <= MOST_PERSONS:
        raise NotAdded(N_("{visitors} is not a possible number of visitors in a month."), visitors=visitors)
    if (month, origin, destination) in official:
        raise NotAdded(
            N_("The official figure for {month} is already available, so none needs to be entered."),
            month=month,
        )
    if month > str(pd.Period(last, "M") + MONTHS_AHEAD):
        raise NotAdded(
            N_("{month} is too long after the last official month ({last})."), month=month, last=last
        )


def _write(table: pd.DataFrame) -> pd.DataFrame:
    """Replace the file in one step; without a figure there is none, as before the first was added."""
    place = path()
    table = table.sort_values(["destination", "origin", "month"], ignore_index=True)
    try:
        if table.empty:
            place.unlink(missing_ok=True)
        else:
            replace_file(place, table.to_csv(index=False, lineterminator="\n"))
    except OSError as fault:
        raise _unwritten(fault) from fault
    return table


def _unwritten(fault: OSError) -> NotAdded:
    return NotAdded(
        N_(
            "The file of figures entered by hand, {file}, could not be written ({fault}). Free some "
            "space or check the folder's permissions."
        ),
        file=path().name,
        fault=system_fault(fault),
    )
