"""The Overview's sentences, read back: rounding never contradicts the figures behind it."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossings.language import LANGUAGES, Language
from crossings.language.labels import signed, subject
from crossings.questions.overview import sentences as overview
from crossings.tables import flows
from crossings.tables import totals as standing
from crossings.tables.flows import Flow
from tests.language import reading
from tests.tables_text import steady, write_published

EN = Language("en")
CODES = list(LANGUAGES)
MARKS = st.integers(2, 50).map(lambda half: half * 500_000)
NEAR = st.one_of(st.integers(-30, 30), st.integers(-60_000, 60_000), st.integers(-3_000_000, 3_000_000))


def month(text: str) -> pd.Period:
    return pd.Period(text, "M")


def said(
    to_date: float, *, mark: int, code: str, before: int | None = None, change: float | None = 0.2
) -> str:
    return overview.answer(
        Flow.BOTH,
        Language(code),
        month=month("2026-08"),
        to_date=to_date,
        to_date_change=change,
        mark=mark,
        reached=8 if to_date >= mark else None,
        reached_before=before,
    )


@settings(deadline=None)
@given(mark=MARKS, offset=NEAR, code=st.sampled_from(CODES))
def test_the_count_stands_on_its_side_of_the_mark(mark: int, offset: int, code: str) -> None:
    to_date = max(0, mark + offset)
    shown = reading.bold_counts(said(to_date, mark=mark, code=code), code)
    assert (shown[0] >= mark) == (to_date >= mark)
    assert abs(shown[0] - to_date) <= 5_000
    if to_date < mark:
        assert shown[1] > 0
        assert abs(shown[1] - (mark - to_date)) <= 5_000


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (10, "The total passed 10 million in **August**, 2 months earlier than in 2025."),
        (9, "The total passed 10 million in **August**, one month earlier than in 2025."),
        (8, "The total passed 10 million in **August**, as in 2025."),
        (7, "The total passed 10 million in **August**, one month later than in 2025."),
        (5, "The total passed 10 million in **August**, 3 months later than in 2025."),
        (None, "The total passed 10 million in **August**; 2025 did not reach it."),
    ],
)
def test_the_mark_is_compared_with_last_year(before: int | None, sentence: str) -> None:
    answer = said(10_119_197, mark=10_000_000, code="en", before=before)
    assert answer.endswith(sentence)
    assert answer.startswith(
        f"{subject(Flow.BOTH, EN)}: **10.12 million** in January to August 2026, **up 20.0%** on"
    )


def test_a_fall_a_standstill_and_nothing_to_compare_with() -> None:
    assert "**down 20.0%** on the same period of 2025" in said(1e6, mark=10**7, code="en", change=-0.2)
    assert "unchanged on the same period of 2025" in said(1e6, mark=10**7, code="en", change=-0.0004)
    assert "2025" not in said(1e6, mark=10**7, code="en", change=None)


@settings(deadline=None)
@given(change=st.floats(-0.9, 0.9), code=st.sampled_from(CODES))
def test_a_change_that_rounds_to_nought_is_not_called_more_or_fewer(change: float, code: str) -> None:
    shares = [part for part in reading.bold(said(1e6, mark=10**7, code=code, change=change)) if "%" in part]
    assert not [part for part in shares if re.search(r"(?<![\d.])0\.0%", part)]
    assert bool(shares) == (abs(change) >= 0.0005)


def test_years_and_the_months_in_which_they_reached_the_mark() -> None:
    takeaway = overview.reached_takeaway({2026: 8, 2025: 10, 2020: None}, 10_000_000, EN)
    assert takeaway == (
        "Month in which the year-to-date total reached 10 million: August in 2026, October in 2025, and not reached in "
        "2020."
    )


def stands(tmp_path: Path, last: int) -> standing.Standing:
    latest = [("2024-01", "KOR", "JPN", last, "estimate"), ("2024-01", "JPN", "KOR", 40, "estimate")]
    rows = [*steady("2022-01", "2023-12"), *latest]
    published = flows.load(write_published(tmp_path, rows))
    return standing.standing(published, flow=Flow.BOTH, month=month("2024-01"))


def test_the_latest_month_and_its_record(tmp_path: Path) -> None:
    assert overview.month_takeaway(stands(tmp_path, 128), EN) == (
        "January 2024: 168, up 20.0% on a year earlier; the highest January on record."
    )
    assert (
        overview.month_takeaway(stands(tmp_path, 86), EN)
        == "January 2024: 126, down 10.0% on a year earlier."
    )


def rolling(values: list[float]) -> pd.Series:
    return pd.Series(values, index=pd.period_range("2026-01", periods=len(values), freq="M"))


def test_twelve_months() -> None:
    assert overview.rolling_takeaway(rolling([1e6, 3e6]), EN) == (
        "Twelve months to February 2026: 3.00 million, the highest of the years shown."
    )
    lower = overview.rolling_takeaway(rolling([1e6, 3e6, 2e6]), EN)
    assert "2.00 million" in lower
    assert "3.00 million in the twelve months to February 2026" in lower
    assert "No twelve months" in overview.rolling_takeaway(rolling([np.nan]), EN)


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ([0.1, -0.1, 0.2, 0.3], "2 months in a row above the level a year earlier."),
        ([0.1, -0.1, 0.2], "up 20.0% on a year earlier."),
        ([0.1, 0.1], "2 months in a row above the level a year earlier."),
        ([0.1, -0.1], "down 10.0% on a year earlier."),
        ([-0.1, 0.0], "2 months in a row not above the level a year earlier."),
    ],
)
def test_months_in_a_row(changes: list[float], end: str) -> None:
    assert overview.change_takeaway(rolling(changes), EN).endswith(end)


def test_what_cannot_be_said_is_a_dash() -> None:
    assert signed(None, EN) == "–"
    assert overview.count_or_dash(None, EN) == "–"
    assert overview.change_takeaway(rolling([np.nan]), EN).startswith("No month")


@pytest.mark.parametrize("code", CODES)
def test_each_flow_has_its_own_name(code: str) -> None:
    assert len({subject(flow, Language(code)) for flow in Flow}) == 3
