"""How fresh the figures are: which releases they hold, which are due, which should be out already."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from crossings.flows import damaged, data_folder, periods, read_table


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
        """Return an office's last release held, and the next one: overdue before due."""
        held = next((release for release in self.held if release.office == office), None)
        coming = (release for release in (*self.overdue, *self.due) if release.office == office)
        return held, next(coming, None)


def freshness(*, today: date, folder: Path | None = None) -> Freshness:
    """Compare the releases table with a day. Raises DataMissing or DataDamaged."""
    rows = _rows(read_table("releases", folder=folder))
    held = [release for release, state in rows if state == "published"]
    expected = [release for release, state in rows if state == "expected"]
    coming = [release for release in expected if release.day > today]
    return Freshness(
        held=_one_an_office(held, last=True),
        overdue=tuple(sorted((r for r in expected if r.day <= today), key=lambda r: (r.day, r.office))),
        due=_one_an_office(coming, last=False),
    )


@lru_cache(maxsize=8)
def _newest(folder: Path, changed: int) -> date | None:
    held = [
        release.day for release, state in _rows(read_table("releases", folder=folder)) if state == "published"
    ]
    return max(held, default=None)


def newest(folder: Path | None = None) -> date | None:
    """Return the day of the newest release held, None where none is. Raises DataMissing or DataDamaged."""
    place = folder or data_folder()
    path = place / "releases.csv"
    return _newest(place, path.stat().st_mtime_ns if path.is_file() else 0)


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
