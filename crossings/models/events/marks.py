"""The timeline's marks: events, measures and summits with date, kind, source and certainty."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from crossings.errors import N_, Listed
from crossings.tables.flows import DataDamaged, read_table

RECORDS = Path(__file__).with_name("marks.toml")
CATEGORIES = ("policy", "politics", "disaster", "economy", "health", "transport", "other")
INFORMAL = "called informal"
KINDS_OF_MEASURE = {"route": "transport", "free movement": "politics", "statement": "politics"}
SUMMIT = "summit"
TABLES = ("events", "measures", "summits")
DIRECTION = {"KOR to JPN": "KOR-JPN", "JPN to KOR": "JPN-KOR"}
MONTH_LENGTH = len("2019-08")


@dataclass(frozen=True)
class Printed:
    """A change on a year earlier (share) that a source printed for a direction and a month (YYYY-MM)."""

    flow: str
    month: str
    change: float


@dataclass(frozen=True)
class Mark:
    """One dated mark. key is stable: table, date and what. title: English; for a summit its parts stand in `people`.

    category: one of CATEGORIES. flows: the directions it concerns ("both" where not one alone). certainty: of the
    date where that is known apart, else of the row. printed: the changes that were printed, by direction and month.
    people: (leader of Korea, leader of Japan, city) of a summit. informal: both governments announced it as a talk and
    not as a summit.
    """

    key: str
    table: str
    day: date
    end: date | None
    title: str
    category: str
    flows: str
    source: str
    certainty: str
    printed: tuple[Printed, ...] = ()
    people: tuple[str, str, str] | None = None
    informal: bool = False

    @property
    def month(self) -> pd.Period:
        """The month of its first day."""
        return pd.Period(self.day, "M")


@lru_cache(maxsize=1)
def _records() -> dict[tuple[str, str, str], dict[str, Any]]:
    rows = tomllib.loads(RECORDS.read_text("utf-8"))["mark"]
    return {(row["table"], row["date"], row.get("what", "")): row for row in rows}


def messages() -> list[str]:
    """Return the titles, which stand in a data file, for the catalogues."""
    return sorted({row["title"] for row in _records().values()})


def marks(folder: Path | None = None) -> tuple[Mark, ...]:
    """Return every mark by day. Raises DataMissing or DataDamaged."""
    found = [*_events(folder), *_measures(folder), *_summits(folder)]
    return tuple(sorted(found, key=lambda mark: (mark.day, mark.key)))


def filtered(
    every: tuple[Mark, ...], *, categories: set[str], first: pd.Period, last: pd.Period
) -> tuple[Mark, ...]:
    """Return the marks of some categories between two months."""
    return tuple(mark for mark in every if mark.category in categories and first <= mark.month <= last)


def _events(folder: Path | None) -> list[Mark]:
    rows = _rows(
        "events", ("date", "end_date", "event", "direction_affected", "source", "confidence"), folder
    )
    by_day: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_day.setdefault(row["date"], []).append(row)
    return [_event(day, group) for day, group in by_day.items()]


def _event(day: str, rows: list[dict[str, str]]) -> Mark:
    record = _records().get(("events", day, ""), {})
    directions = {_direction(row["direction_affected"]) for row in rows}
    return Mark(
        key=f"events {day}",
        table="events",
        day=_day(day, "events"),
        end=_end([row["end_date"] for row in rows], "events"),
        title=record.get("title", rows[0]["event"]),
        category=record.get("category", "politics"),
        flows=directions.pop() if len(directions) == 1 else "both",
        source=";".join(dict.fromkeys(key for row in rows for key in row["source"].split(";"))),
        certainty=rows[0].get("date_confidence") or rows[0]["confidence"],
        printed=_printed(rows, left_out=record.get("other_counts", ())),
    )


def _printed(rows: list[dict[str, str]], *, left_out: Sequence[str]) -> tuple[Printed, ...]:
    """Return the changes printed for one direction and one month, without months in which other counts were meant."""
    found = [
        Printed(
            _direction(row["direction_affected"]),
            row["effect_month"],
            float(row["visitors_change_percent"]) / 100,
        )
        for row in rows
        if row.get("visitors_change_percent")
        and row["direction_affected"] in DIRECTION
        and len(row.get("effect_month", "")) == MONTH_LENGTH
        and row["effect_month"] not in left_out
    ]
    return tuple(sorted(found, key=lambda one: (one.flow, one.month)))


def _direction(text: str) -> str:
    return DIRECTION.get(text, "both")


def _measures(folder: Path | None) -> list[Mark]:
    names = ("date", "end_date", "country", "category", "description", "source", "confidence")
    found = []
    for row in _rows("measures", names, folder):
        what = f"{row['country']} {row['category']}"
        record = _records().get(("measures", row["date"], what), {})
        found.append(
            Mark(
                key=f"measures {row['date']} {what}",
                table="measures",
                day=_day(row["date"], "measures"),
                end=_end([row["end_date"]], "measures"),
                title=record.get("title", row["description"]),
                category=record.get("category", KINDS_OF_MEASURE.get(row["category"], "policy")),
                flows={"JPN": "KOR-JPN", "KOR": "JPN-KOR"}.get(row["country"], "both"),
                source=row["source"],
                certainty=row["confidence"],
            )
        )
    return found


def _summits(folder: Path | None) -> list[Mark]:
    names = ("date", "korea_leader", "japan_leader", "city", "source", "confidence")
    return [
        Mark(
            key=f"summits {row['date']}",
            table="summits",
            day=_day(row["date"], "summits"),
            end=None,
            title=SUMMIT,
            category="politics",
            flows="both",
            source=row["source"],
            certainty=row["confidence"],
            people=(row["korea_leader"], row["japan_leader"], row["city"]),
            informal=INFORMAL in row.get("notes", ""),
        )
        for row in _rows("summits", names, folder)
    ]


def _rows(table: str, names: tuple[str, ...], folder: Path | None) -> list[dict[str, str]]:
    frame = read_table(table, folder=folder)
    missing = [name for name in names if name not in frame]
    if missing:
        raise _damaged(table, Listed(missing))
    return [{str(name): str(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _day(text: str, table: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise _damaged(table, str(fault)) from fault


def _end(texts: list[str], table: str) -> date | None:
    known = [_day(text, table) for text in texts if text]
    return max(known) if known else None


def _damaged(table: str, fault: str) -> DataDamaged:
    return DataDamaged(
        N_("The table {name} cannot be read ({fault}). Restore it from the project."),
        name=f"{table}.csv",
        fault=fault,
    )
