"""The line above every page."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from crossings.language import LANGUAGES, Language, strip
from crossings.tables import flows, releases
from tests.tables_text import RELEASES, steady, write_published, write_table

EN = Language("en")
ROWS = [
    ("JNTO", "2026-08", "2026-09-16", "published", "seen"),
    ("KTO", "2026-08", "2026-09-30", "published", "rule"),
    ("JNTO", "2026-09", "2026-10-21", "expected", "rule"),
    ("KTO", "2026-09", "2026-10-30", "expected", "rule"),
]


def fresh(folder: Path, today: date) -> releases.Freshness:
    write_table(folder, "releases", [*RELEASES, "basis"], ROWS)
    return releases.freshness(today=today, folder=folder)


@pytest.fixture
def published(tmp_path: Path) -> flows.Published:
    ways = (("KOR", "JPN"), ("JPN", "KOR"))
    soft = [(month, *way, 5, "estimate") for month in ("2026-07", "2026-08") for way in ways]
    rows = [*steady("2025-01", "2026-06"), *soft]
    return flows.load(write_published(tmp_path, rows))


def test_the_line_says_how_far_how_firm_when_and_what_next(
    published: flows.Published, tmp_path: Path
) -> None:
    assert strip.line(published, fresh(tmp_path, date(2026, 10, 1)), EN) == (
        "Data to **August 2026** (July–August estimates) · "
        "JNTO 16 September, KTO about 30 September · next: JNTO about 21 October"
    )


def test_the_estimates_stand_in_the_brackets_of_the_language(
    published: flows.Published, tmp_path: Path
) -> None:
    lines = {
        code: strip.line(published, fresh(tmp_path, date(2026, 10, 1)), Language(code)) for code in LANGUAGES
    }
    assert lines["ko"].startswith("**2026년 8월**까지의 통계(7~8월 추정치) · ")
    assert lines["ja"].startswith("**2026年8月**までの統計（7〜8月は推計値） · ")


def test_firm_figures_are_not_called_estimates(tmp_path: Path) -> None:
    firm = flows.load(write_published(tmp_path, steady("2025-01", "2026-08")))
    assert "estimates" not in strip.line(firm, fresh(tmp_path, date(2026, 10, 1)), EN)


def test_beyond_the_table_the_next_release_follows_the_rhythm(
    published: flows.Published, tmp_path: Path
) -> None:
    assert "next: JNTO about 20 January 2027" in strip.line(published, fresh(tmp_path, date(2027, 1, 1)), EN)


def test_late_releases_are_named(tmp_path: Path) -> None:
    assert strip.warning(fresh(tmp_path, date(2026, 10, 20)).overdue, EN) == ""
    assert strip.warning(fresh(tmp_path, date(2026, 10, 22)).overdue, EN).startswith("one release overdue")
    assert strip.warning(fresh(tmp_path, date(2026, 11, 22)).overdue, EN).startswith("3 releases overdue")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_line_is_in_the_readers_language(published: flows.Published, tmp_path: Path, code: str) -> None:
    language = Language(code)
    line = strip.line(published, fresh(tmp_path, date(2026, 10, 1)), language)
    assert language.month(pd.Period("2026-08", "M")) in line
    assert language.day_of_year(date(2026, 10, 21)) in line


def test_sources_are_named_once_and_told_apart_where_figures_differ() -> None:
    assert strip.sources({"Source: A.": ["One", "Two"]}, EN) == ["Source: A."]
    assert strip.sources({"Source: A.": ["One", "Two"], "Source: B.": ["Three"]}, EN) == [
        "One; Two: Source: A.",
        "Three: Source: B.",
    ]
    assert strip.sources({}, EN) == []
