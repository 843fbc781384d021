"""Figures the user added: kept in a file of the user's own, outside the published tables, marked as added."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from crossings.errors import N_, CrossingsError
from crossings.tables.user_figures import COLUMNS, STATUS, connected, path, read
from etl.nations import KNOWN_ORIGINS
from etl.whole import replace_file

__all__ = [
    "DESTINATIONS", "FORMULA_STARTS", "MARK", "Difference", "NotAdded", "OwnRow", "add", "add_all", "connected",
    "given_way", "in_use", "judge", "path", "plain_note", "read", "remove",
]  # fmt: skip
MARK = STATUS
KEY = ["month", "origin", "destination"]
DESTINATIONS = ("JPN", "KOR")
MOST_PERSONS = 100_000_000
MONTHS_AHEAD = 24
LONGEST_NOTE = 200
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class NotAdded(CrossingsError):
    """A figure of the user's own cannot be taken."""


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
    """One figure of the user's own."""

    month: str
    origin: str
    destination: str
    visitors: int
    note: str


def add(
    month: str, *, origin: str, destination: str, visitors: int, note: str, day: str, official: pd.DataFrame
) -> pd.DataFrame:
    """Keep one figure of the user's own, in place of an earlier one for the same month; return all of them.

    official: the published visitors; a month that stands there is not taken. Raises NotAdded.
    """
    return add_all([OwnRow(month, origin, destination, visitors, note)], day=day, official=official)


def add_all(rows: Sequence[OwnRow], *, day: str, official: pd.DataFrame) -> pd.DataFrame:
    """Keep several figures of the user's own, all or none; return all of them. Raises NotAdded at the first fault."""
    for row in rows:
        judge(row.month, row.origin, row.destination, row.visitors, official)
    new = pd.DataFrame(
        [(row.month, row.origin, row.destination, str(row.visitors), plain_note(row.note), day) for row in rows],
        columns=list(COLUMNS), dtype=str,
    )  # fmt: skip
    table = pd.concat([read(), new]).drop_duplicates(KEY, keep="last", ignore_index=True)
    for row in rows:
        if not connected((row.month, row.origin, row.destination), official, table):
            raise NotAdded(
                N_("A month before {month} is missing for {origin} to {destination}. Add that month first."),
                month=row.month, origin=row.origin, destination=row.destination,
            )  # fmt: skip
    return _write(table)


def remove(month: str, *, origin: str, destination: str) -> pd.DataFrame:
    """Take one added figure away again and return the rest. Raises NotAdded where there is none."""
    kept = read()
    same = _same(kept, month, origin, destination)
    if not same.any():
        raise NotAdded(
            N_("There is no added figure for {month}, {origin} to {destination}."),
            month=month, origin=origin, destination=destination,
        )  # fmt: skip
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
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", note)[:LONGEST_NOTE].strip()
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _same(table: pd.DataFrame, month: str, origin: str, destination: str) -> "pd.Series[bool]":
    return (table["month"] == month) & (table["origin"] == origin) & (table["destination"] == destination)


def judge(month: str, origin: str, destination: str, visitors: int, official: pd.DataFrame) -> None:
    """Raise NotAdded where a figure cannot be taken."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise NotAdded(N_("{month} is not a month; write it as 2026-09."), month=month[:20])
    if origin not in KNOWN_ORIGINS or destination not in DESTINATIONS or origin == destination:
        raise NotAdded(
            N_("{origin} to {destination} is not a series here; write for example KOR to JPN."),
            origin=origin[:20], destination=destination[:20],
        )  # fmt: skip
    if not 0 <= visitors <= MOST_PERSONS:
        raise NotAdded(N_("{visitors} cannot be a month's count of visitors."), visitors=visitors)
    if _same(official, month, origin, destination).any():
        raise NotAdded(
            N_("The official figure for {month} is already here; an added one is not needed."), month=month
        )
    last = official["month"].max()
    if month > str(pd.Period(last, "M") + MONTHS_AHEAD):
        raise NotAdded(
            N_("{month} is too far after the last official month, {last}."), month=month, last=last
        )


def _write(table: pd.DataFrame) -> pd.DataFrame:
    """Replace the file in one step."""
    place = path()
    table = table.sort_values(["destination", "origin", "month"], ignore_index=True)
    try:
        replace_file(place, table.to_csv(index=False, lineterminator="\n"))
    except OSError as fault:
        raise NotAdded(
            N_("The file of added figures, {file}, could not be written ({fault}). Free some space or check the "
               "folder's rights."),
            file=place.name, fault=fault.strerror or type(fault).__name__,
        ) from fault  # fmt: skip
    return table
