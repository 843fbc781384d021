"""What the Sources page knows of the last refresh."""

from datetime import date
from pathlib import Path

import pytest

from crossings.language import Language
from crossings.questions.sources import sentences as words
from crossings.tables import releases
from etl import report
from etl.report import FAILED, FINE, NOTHING_NEW, SKIPPED, Report, SourceReport
from ui.refresh import last_asked

NOVEMBER = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "own" / "added.csv"))


def kept(started: str, **states: str) -> None:
    parts = tuple(SourceReport(source, state) for source, state in states.items())
    report.keep(Report(f"{started}T09:00:00+09:00", False, parts, (), 1.0))


@pytest.mark.parametrize(
    ("started", "states", "asked"),
    [
        ("2026-11-01", {"jnto": NOTHING_NEW, "kto": FINE}, date(2026, 11, 1)),
        ("2026-11-01", {"jnto": NOTHING_NEW, "kto": SKIPPED, "kosis": NOTHING_NEW}, date(2026, 11, 1)),
        ("2026-11-01", {"jnto": NOTHING_NEW, "kto": SKIPPED}, None),
        ("2026-11-01", {"jnto": FAILED, "kto": FINE}, None),
        ("2026-10-25", {"jnto": NOTHING_NEW, "kto": FINE}, None),
    ],
)
def test_a_refresh_in_vain_counts_only_where_it_reached_the_office_in_time(
    started: str, states: dict[str, str], asked: date | None
) -> None:
    fresh = releases.freshness(today=NOVEMBER)
    assert last_asked(fresh) is None
    kept(started, **states)
    assert last_asked(fresh) == asked


def test_the_answer_does_not_send_the_reader_round_in_a_circle() -> None:
    fresh = releases.freshness(today=NOVEMBER)
    english = Language("en")
    month = fresh.held[0].month
    assert "press “Refresh now”" in words.answer(month, fresh, english)
    said = words.answer(month, fresh, english, asked=NOVEMBER)
    assert "the refresh of 2 November 2026 did not find them" in said
    assert "press" not in said
