"""Source, status and as-of lines."""

from pathlib import Path

import pandas as pd
import pytest

from crossings.language import LANGUAGES, Language, labels
from crossings.tables import flows
from crossings.tables.flows import DIRECTIONS, Flow
from tests.tables_text import write_published

EN, KO, JA = Language("en"), Language("ko"), Language("ja")
KOREANS, JAPANESE = DIRECTIONS


@pytest.fixture
def published(tmp_path: Path) -> flows.Published:
    """Return 2025 definitive, January to June 2026 provisional, July and August estimates."""
    months = pd.period_range("2025-01", "2026-08", freq="M")
    status = ["definitive"] * 12 + ["provisional"] * 6 + ["estimate"] * 2
    rows = [
        (str(m), *way, 5, s)
        for m, s in zip(months, status, strict=True)
        for way in (("KOR", "JPN"), ("JPN", "KOR"))
    ]
    return flows.load(write_published(tmp_path, rows))


def test_the_status_line_goes_from_firm_to_soft(published: flows.Published) -> None:
    assert labels.status_line(published, Flow.BOTH, EN) == (
        "Status: definitive to December 2025, provisional January to June 2026, estimates July to August 2026."
    )
    assert "1~6월" in labels.status_line(published, Flow.BOTH, KO)
    assert "7〜8月" in labels.status_line(published, Flow.BOTH, JA)


def test_the_status_line_stops_at_the_as_of_month(published: flows.Published) -> None:
    line = labels.status_line(published, Flow.BOTH, EN, as_of=pd.Period("2026-03", "M"))
    assert line == "Status: definitive to December 2025, provisional January to March 2026."


def test_a_span_across_years_names_both(published: flows.Published) -> None:
    first, last = pd.Period("2025-11", "M"), pd.Period("2026-02", "M")
    assert labels.months(first, last, EN) == "November 2025–February 2026"
    assert labels.months(first, last, KO) == "2025년 11월~2026년 2월"
    assert labels.months(first, last, JA) == "2025年11月〜2026年2月"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_source_of_both_ways_names_both_offices(code: str) -> None:
    both, korean, japanese = (
        labels.source_line(flow, Language(code)) for flow in (Flow.BOTH, KOREANS, JAPANESE)
    )
    assert len({both, korean, japanese}) == 3
    assert len(both) > max(len(korean), len(japanese))


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_status_has_its_own_word(code: str) -> None:
    assert len({labels.status_word(status, Language(code)) for status in flows.Status}) == len(flows.Status)


def test_a_model_without_a_name_keeps_its_code() -> None:
    assert labels.model_name("structural", EN) == "Structural time series"
    assert labels.model_name("something new", KO) == "something new"


def test_the_as_of_line() -> None:
    assert labels.as_of_line(pd.Period("2026-08", "M"), EN) == "Figures to August 2026."
