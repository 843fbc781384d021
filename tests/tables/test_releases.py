"""Which releases are held, late and due."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from crossings.tables import releases
from crossings.tables.flows import DataDamaged, DataMissing
from tests.tables_text import RELEASES, write_table

ROWS = [
    ("JNTO", "2026-07", "2026-08-19", "published"),
    ("JNTO", "2026-08", "2026-09-16", "published"),
    ("KTO", "2026-08", "2026-09-30", "published"),
    ("JNTO", "2026-09", "2026-10-21", "expected"),
    ("KTO", "2026-09", "2026-10-30", "expected"),
    ("JNTO", "2026-10", "2026-11-18", "expected"),
    ("KTO", "2026-10", "2026-11-30", "expected"),
]


def said(found: tuple[releases.Release, ...]) -> list[tuple[str, str]]:
    return [(release.office, str(release.month)) for release in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_table(tmp_path, "releases", RELEASES, ROWS)
    return tmp_path


def test_the_last_release_of_each_office_is_held(folder: Path) -> None:
    fresh = releases.freshness(today=date(2026, 10, 1), folder=folder)
    assert said(fresh.held) == [("JNTO", "2026-08"), ("KTO", "2026-08")]
    assert fresh.held[0].day == date(2026, 9, 16)


def test_before_the_next_release_nothing_is_late(folder: Path) -> None:
    fresh = releases.freshness(today=date(2026, 10, 20), folder=folder)
    assert fresh.overdue == ()
    assert said(fresh.due) == [("JNTO", "2026-09"), ("KTO", "2026-09")]


def test_a_release_is_late_from_its_day_on(folder: Path) -> None:
    fresh = releases.freshness(today=date(2026, 10, 21), folder=folder)
    assert said(fresh.overdue) == [("JNTO", "2026-09")]
    assert said(fresh.due) == [("JNTO", "2026-10"), ("KTO", "2026-09")]


def test_late_releases_come_in_order_of_their_days(folder: Path) -> None:
    fresh = releases.freshness(today=date(2027, 1, 1), folder=folder)
    assert [release.day for release in fresh.overdue] == sorted(release.day for release in fresh.overdue)
    months = ["2026-09", "2026-09", "2026-10", "2026-10", "2026-11", "2026-11"]
    assert said(fresh.overdue) == list(zip(["JNTO", "KTO"] * 3, months, strict=True))
    assert said(fresh.due) == [("JNTO", "2026-12"), ("KTO", "2026-12")]
    assert fresh.of("JNTO") == (fresh.held[0], fresh.due[0])


def test_a_clock_far_ahead_does_not_call_for_releases_without_end(folder: Path) -> None:
    fresh = releases.freshness(today=date(2199, 12, 31), folder=folder)
    assert len(fresh.overdue) <= 2 * (releases.MOST_AHEAD + 2)
    assert fresh.due == ()


def test_every_release_is_held_late_or_still_to_come(folder: Path) -> None:
    for day in pd.date_range("2026-09-01", "2026-12-31", freq="7D"):
        fresh = releases.freshness(today=day.date(), folder=folder)
        assert all(release.day <= day.date() for release in fresh.overdue)
        assert all(release.day > day.date() for release in fresh.due)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match=r"releases\.csv"):
        releases.freshness(today=date(2026, 10, 1), folder=tmp_path)


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        (RELEASES, ("JNTO", "2026-08", "16 September", "published")),
        (RELEASES, ("JNTO", "August", "2026-09-16", "published")),
        (RELEASES[:3], ("JNTO", "2026-08", "2026-09-16")),
    ],
    ids=["no date", "no month", "no state column"],
)
def test_a_damaged_table_is_named(tmp_path: Path, columns: tuple[str, ...], row: tuple[str, ...]) -> None:
    write_table(tmp_path, "releases", columns, [row])
    with pytest.raises(DataDamaged, match=r"releases\.csv"):
        releases.freshness(today=date(2026, 10, 1), folder=tmp_path)
