"""The sums people quote."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossings.tables import flows
from crossings.tables import totals as standing
from crossings.tables.flows import Flow
from tests.tables_text import steady, write_published

GAP = st.none()
VISITORS = st.integers(0, 2_000_000)


def monthly(values: Sequence[float | None], first: str = "2022-01") -> pd.Series:
    index = pd.period_range(first, periods=len(values), freq="M")
    return pd.Series([np.nan if value is None else float(value) for value in values], index=index)


def month(text: str) -> pd.Period:
    return pd.Period(text, "M")


def test_a_year_to_date_with_a_gap_is_not_said() -> None:
    series = monthly([1, 2, None, 4])
    assert standing.year_to_date(series, year=2022, month=2) == 3.0
    assert standing.year_to_date(series, year=2022, month=4) is None
    assert standing.year_to_date(series, year=2022, month=5) is None
    assert standing.year_to_date(series, year=2021, month=1) is None


def test_only_whole_years_have_a_total() -> None:
    series = monthly([1] * 12 + [2] * 11 + [None] + [3] * 12 + [4])
    assert standing.annual_totals(series).to_dict() == {2022: 12.0, 2024: 36.0}


def test_a_cumulative_year_stops_at_its_first_gap() -> None:
    rows = standing.cumulative(monthly([1, 2, None, 4, 5]))
    assert rows.to_numpy().tolist() == [[2022, 1, 1], [2022, 2, 3]]


def test_a_year_that_does_not_start_in_january_is_left_out() -> None:
    rows = standing.cumulative(monthly([1, 2, 3], first="2022-11"))
    assert rows.to_numpy().tolist() == [[2023, 1, 3]]


@settings(max_examples=30, deadline=None)
@given(st.lists(VISITORS | GAP, min_size=30, max_size=48))
def test_the_sums_agree_with_each_other(values: list[int | None]) -> None:
    series = monthly(values)
    totals, rolling = standing.annual_totals(series), standing.rolling_year(series)
    ends = standing.cumulative(series).query("month == 12").set_index("year")["visitors"]
    for year, total in totals.items():
        assert ends.to_dict()[year] == total
        assert rolling.to_dict()[month(f"{year}-12")] == pytest.approx(total)
        assert standing.year_to_date(series, year=int(str(year)), month=12) == total
    assert set(ends.index) == set(totals.index)


@settings(max_examples=40, deadline=None)
@given(st.lists(VISITORS, min_size=12, max_size=12), st.integers(1, 25_000_000), st.integers(0, 5_000_000))
def test_a_higher_mark_is_never_reached_earlier(values: list[int], mark: int, more: int) -> None:
    series = monthly(values)
    low, high = (standing.month_reached(series, year=2022, mark=m) for m in (mark, mark + more))
    assert high is None or (low is not None and low <= high)


@settings(max_examples=40, deadline=None)
@given(st.lists(VISITORS, min_size=12, max_size=12), st.integers(1, 25_000_000))
def test_the_month_reached_is_the_first_at_the_mark(values: list[int], mark: int) -> None:
    reached = standing.month_reached(monthly(values), year=2022, mark=mark)
    sums = np.cumsum(values)
    if reached is None:
        assert sums[-1] < mark
    else:
        assert sums[reached - 1] >= mark
        assert reached == 1 or sums[reached - 2] < mark


def test_reaching_the_mark_exactly_counts() -> None:
    series = monthly([10] * 12)
    assert standing.month_reached(series, year=2022, mark=120) == 12
    assert standing.month_reached(series, year=2022, mark=121) is None
    assert standing.month_reached(series, year=2030, mark=1) is None


def test_changes_are_not_said_on_nothing() -> None:
    changes = standing.change_on_year(monthly([0, 10, None, 10] + [5] * 8 + [7, 12, 7, None]))
    assert changes.iloc[13] == pytest.approx(0.2)
    assert changes.iloc[[*range(12), 12, 14, 15]].isna().all()
    assert standing.share_change(None, 1.0) is None
    assert standing.share_change(1.0, None) is None
    assert standing.share_change(1.0, 0.0) is None
    assert standing.share_change(3.0, 2.0) == 0.5


def test_where_a_flow_stands(tmp_path: Path) -> None:
    rows = steady("2018-01", "2018-12", korean=50, japanese=50) + steady("2022-01", "2023-12")
    rows += [("2024-01", "KOR", "JPN", 150, "estimate"), ("2024-01", "JPN", "KOR", 20, "provisional")]
    published = flows.load(write_published(tmp_path, rows))
    now = standing.standing(published, flow=Flow.BOTH, month=month("2024-01"))
    assert (now.latest, now.to_date, now.rolling) == (170.0, 170.0, 11 * 140.0 + 170)
    assert now.latest_change == pytest.approx(170 / 140 - 1)
    assert now.to_date_change == {2023: pytest.approx(170 / 140 - 1), 2018: pytest.approx(0.7), 2019: None}
    assert now.rolling_change == pytest.approx((11 * 140 + 170) / (12 * 140) - 1)
    assert now.record_month
    assert now.status == "estimate"
    one_way = standing.standing(published, flow=Flow.JAPANESE_TO_KOREA, month=month("2024-01"))
    assert not one_way.record_month
    assert one_way.status == "provisional"


def test_an_earlier_month_is_seen_without_what_came_after(tmp_path: Path) -> None:
    published = flows.load(write_published(tmp_path, steady("2022-01", "2024-06")))
    now = standing.standing(published, flow=Flow.BOTH, month=month("2023-03"))
    assert (now.to_date, now.rolling) == (3 * 140.0, 12 * 140.0)


def test_koreans_for_each_japanese_visitor(tmp_path: Path) -> None:
    published = flows.load(write_published(tmp_path, steady("2022-01", "2024-06")))
    assert standing.balance(published, year=2024, month=6) == 2.5
    assert standing.balance(published, year=2024, month=7) is None
