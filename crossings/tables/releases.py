"""How fresh the figures are: which releases they hold, which are due, which should be out already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from crossings.tables.flows import damaged, data_folder, file_mark, periods, read_table

RHYTHMS = ("JNTO", "KTO")
MOST_AHEAD = 24


@dataclass(frozen=True)
class Release:
    """One office's release of one month: day it came out or is expected to.

    by_rule: the day was not seen but follows from the office's rhythm.
    """

    office: str
    month: pd.Period
    day: date
    by_rule: bool = False


@dataclass(frozen=True)
class Freshness:
    """The last release held by office, those that should be out by today, and the next one due by office."""

    held: tuple[Release, ...]
    overdue: tuple[Release, ...]
    due: tuple[Release, ...]

    def of(self, office: str) -> tuple[Release | None, Release | None]:
        """Return an office's last release held, and the next one due."""
        held, coming = (
            next((release for release in releases if release.office == office), None)
            for releases in (self.held, self.due)
        )
        return held, coming


def freshness(*, today: date, folder: Path | None = None) -> Freshness:
    """Compare the releases table with a day. Raises DataMissing or DataDamaged."""
    rows = _table(folder)
    held = [release for release, state in rows if state == "published"]
    expected = [release for release, state in rows if state == "expected"]
    expected += [later for office in RHYTHMS for later in _further(office, held, expected, today)]
    coming = [release for release in expected if release.day > today]
    return Freshness(
        held=_one_an_office(held, last=True),
        overdue=tuple(sorted((r for r in expected if r.day <= today), key=lambda r: (r.day, r.office))),
        due=_one_an_office(coming, last=False),
    )


def newest(folder: Path | None = None) -> Release | None:
    """Return the newest release held, None where none is. Raises DataMissing or DataDamaged."""
    held = [release for release, state in _table(folder) if state == "published"]
    return max(held, key=lambda release: release.day, default=None)


def _table(folder: Path | None) -> tuple[tuple[Release, str], ...]:
    """Return the releases table's rows, read again only when its file changed."""
    place = folder or data_folder()
    return _read(place, file_mark(place / "releases.csv"))


@lru_cache(maxsize=8)
def _read(folder: Path, mark: tuple[int, int]) -> tuple[tuple[Release, str], ...]:
    return tuple(_rows(read_table("releases", folder=folder)))


def day_due(office: str, month: pd.Period) -> date:
    """Return the day a month is due: JNTO on the third Wednesday of the next, KTO on its last working day."""
    following = month + 1
    if office == "JNTO":
        return pd.date_range(following.start_time, periods=3, freq="W-WED")[2].date()
    return pd.bdate_range(end=following.end_time.date(), periods=1)[0].date()


def _further(office: str, held: list[Release], expected: list[Release], today: date) -> Iterator[Release]:
    """Yield releases by an office's rhythm beyond those of the table, up to the first after a day.

    No more than two years of them, whatever the clock says.
    """
    known = [release for release in (*held, *expected) if release.office == office]
    if not known:
        return
    last = max(known, key=lambda release: release.month)
    for _ in range(MOST_AHEAD):
        if last.day > today:
            return
        month = last.month + 1
        last = Release(office, month, day_due(office, month), by_rule=True)
        yield last


def _rows(table: pd.DataFrame) -> list[tuple[Release, str]]:
    ruled = table["basis"] == "rule" if "basis" in table else pd.Series(False, index=table.index)
    try:
        return [
            (Release(office, month, date.fromisoformat(day), by_rule=bool(rule)), state)
            for office, month, day, state, rule in zip(
                table["office"],
                periods(table["data_month"]),
                table["date"],
                table["state"],
                ruled,
                strict=True,
            )
        ]
    except (KeyError, ValueError) as fault:
        raise damaged("releases.csv", fault) from fault


def _one_an_office(releases: list[Release], *, last: bool) -> tuple[Release, ...]:
    ordered = sorted(releases, key=lambda release: release.month, reverse=not last)
    chosen = {release.office: release for release in ordered}
    return tuple(chosen[office] for office in sorted(chosen))
