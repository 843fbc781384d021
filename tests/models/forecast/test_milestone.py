"""The milestone: arithmetic on simulated futures made by hand."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossings.models.forecast.milestone import (
    MarkNotPositive,
    Milestone,
    MonthsMissing,
    YearOutOfReach,
    as_json,
    displayed_percent,
    milestone,
    outcome,
    undecided_mark,
    what_changed,
)
from crossings.models.forecast.projection import Projection
from crossings.models.models import Models
from crossings.tables import flows
from crossings.tables.flows import DIRECTIONS, Flow, Published

Paths = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

KOREANS, JAPANESE = DIRECTIONS
PUBLISHED_MODELS = Models(flows.load())


def month(text: str) -> pd.Period:
    return pd.Period(text, freq="M")


def made(korean: Paths, japanese: Paths, *, as_of: str = "2024-07", known: float = 100.0) -> Projection:
    """Return a projection whose known months are all alike since 2022, with the paths given."""
    start = month(as_of) + 1
    past = pd.Series(known, index=pd.period_range("2022-01", as_of, freq="M"))
    return Projection(
        as_of=month(as_of),
        months=pd.period_range(start, periods=korean.shape[1], freq="M"),
        known={KOREANS: past, JAPANESE: past / 2},
        paths={KOREANS: korean, JAPANESE: japanese},
        by_model={"a": {KOREANS: korean, JAPANESE: japanese}, "b": {KOREANS: japanese, JAPANESE: japanese}},
        model_version="test",
        seed=1,
        data_digest="none",
    )


HORIZON = 29


def drawn_paths(seed: int, top: float, empty: float) -> Paths:
    rng = np.random.default_rng(seed)
    paths = rng.uniform(0, top, (12, HORIZON))
    return np.where(rng.random(paths.shape) < empty, 0.0, paths)


DRAWN = st.builds(drawn_paths, st.integers(0, 2**32), st.floats(0, 500), st.floats(0, 0.5))
QUESTIONS = st.tuples(st.sampled_from(list(Flow)), st.sampled_from([2023, 2024, 2025, 2026]))


def steady(visitors: float, rows: int = 4) -> Paths:
    return np.full((rows, HORIZON), visitors)


@given(DRAWN, DRAWN, QUESTIONS, st.integers(1, 6000))
@settings(max_examples=60, deadline=None)
def test_month_shares_and_remainder_sum_to_one(
    korean: Paths, japanese: Paths, question: tuple[Flow, int], mark: int
) -> None:
    answer = milestone(made(korean, japanese), flow=question[0], year=question[1], mark=mark)
    passed = sum(answer.month_passed.values())
    assert passed + answer.not_in_year == pytest.approx(1, abs=1e-12)
    assert passed == pytest.approx(answer.probability, abs=1e-12)
    assert answer.probability == pytest.approx(answer.probability_of(mark))
    assert set(answer.month_passed) == set(pd.period_range(f"{question[1]}-01", periods=12, freq="M"))


@given(DRAWN, DRAWN, QUESTIONS, st.integers(1, 6000), st.floats(0, 300))
@settings(max_examples=60, deadline=None)
def test_adding_visitors_to_each_path_never_lowers_a_probability(
    korean: Paths, japanese: Paths, question: tuple[Flow, int], mark: int, extra: float
) -> None:
    flow, year = question
    before = milestone(made(korean, japanese), flow=flow, year=year, mark=mark)
    after = milestone(made(korean + extra, japanese + extra), flow=flow, year=year, mark=mark)
    assert after.probability >= before.probability
    assert after.median >= before.median
    assert np.all(
        np.cumsum(list(after.month_passed.values())) >= np.cumsum(list(before.month_passed.values())) - 1e-12
    )


@given(DRAWN, DRAWN, QUESTIONS, st.integers(1, 6000), st.integers(0, 3000))
@settings(max_examples=60, deadline=None)
def test_a_higher_mark_never_has_a_higher_probability(
    korean: Paths, japanese: Paths, question: tuple[Flow, int], mark: int, step: int
) -> None:
    flow, year = question
    projection = made(korean, japanese)
    lower = milestone(projection, flow=flow, year=year, mark=mark)
    higher = milestone(projection, flow=flow, year=year, mark=mark + step)
    assert higher.probability <= lower.probability
    assert (lower.curve.diff().dropna() <= 1e-12).all()


@given(DRAWN, DRAWN, QUESTIONS)
@settings(max_examples=40, deadline=None)
def test_both_ways_is_the_sum_path_by_path_and_years_add_up(
    korean: Paths, japanese: Paths, question: tuple[Flow, int]
) -> None:
    projection = made(korean, japanese)
    year = question[1]
    both, *ways = (milestone(projection, flow=flow, year=year, mark=900) for flow in (Flow.BOTH, *DIRECTIONS))
    assert both.totals == pytest.approx(ways[0].totals + ways[1].totals)
    months = projection.months.year == year
    known = 1.5 * 100 * (12 - months.sum())
    assert both.totals == pytest.approx(known + (korean + japanese)[:, months].sum(axis=1))
    assert both.cumulative["0.5"].iloc[-1] == pytest.approx(both.median)


@given(DRAWN, DRAWN, QUESTIONS, st.integers(1, 6000), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_futures_changes_nothing(
    korean: Paths, japanese: Paths, question: tuple[Flow, int], mark: int, seed: int
) -> None:
    flow, year = question
    order = np.random.default_rng(seed).permutation(len(korean))
    one = milestone(made(korean, japanese), flow=flow, year=year, mark=mark)
    other = milestone(made(korean[order], japanese[order]), flow=flow, year=year, mark=mark)
    same = (
        "probability",
        "month_passed",
        "day_passed",
        "median",
        "mean",
        "interval_80",
        "record_probability",
        "needed",
    )
    assert all(getattr(one, name) == getattr(other, name) for name in same)
    pd.testing.assert_frame_equal(one.cumulative, other.cumulative)


@given(DRAWN, DRAWN, QUESTIONS)
@settings(max_examples=40, deadline=None)
def test_intervals_nest_around_the_median(korean: Paths, japanese: Paths, question: tuple[Flow, int]) -> None:
    answer = milestone(made(korean, japanese), flow=question[0], year=question[1], mark=1000)
    low95, low80 = answer.interval_95[0], answer.interval_80[0]
    assert low95 <= low80 <= answer.median <= answer.interval_80[1] <= answer.interval_95[1]
    days = [day or date.max for day in answer.day_passed.values()]
    assert days == sorted(days)


def test_a_mark_already_behind_is_settled_with_its_day() -> None:
    answer = milestone(made(steady(0), steady(0)), flow=KOREANS, year=2024, mark=250)
    assert (answer.settled, answer.percent, answer.probability) == ("passed", 100, 1.0)
    assert answer.passed_month == month("2024-03")
    assert answer.passed_day == date(2024, 3, 16)
    assert answer.month_passed[month("2024-03")] == 1.0
    assert set(answer.day_passed.values()) == {date(2024, 3, 16)}


def test_reaching_the_mark_exactly_passes_it_and_equalling_a_record_does_not_beat_it() -> None:
    answer = milestone(made(steady(100), steady(50)), flow=KOREANS, year=2024, mark=1200)
    assert answer.probability == 1.0
    assert answer.settled is None
    assert answer.percent == 99.5
    assert answer.record is not None
    assert (answer.record.visitors, answer.record.year) == (1200, 2022)
    assert answer.record_probability == 0.0
    assert answer.record_percent == 0.5
    higher = milestone(made(steady(100.1), steady(50)), flow=KOREANS, year=2024, mark=1201)
    assert (higher.probability, higher.record_probability) == (0.0, 1.0)


def test_a_complete_year_is_settled_by_arithmetic() -> None:
    projection = made(steady(100), steady(50))
    passed = milestone(projection, flow=Flow.BOTH, year=2023, mark=1800)
    assert (passed.settled, passed.passed_day, passed.needed) == ("passed", date(2023, 12, 31), None)
    assert passed.next_marks == {}
    failed = milestone(projection, flow=Flow.BOTH, year=2023, mark=1801)
    assert (failed.settled, failed.percent, failed.probability) == ("cannot pass", 0, 0.0)
    assert failed.record_settled == "cannot pass"
    assert failed.interval_95 == (1800.0, 1800.0)


def test_a_record_ahead_must_also_beat_the_simulated_years_in_between() -> None:
    rising = np.tile(np.linspace(200, 300, HORIZON), (2, 1))
    falling = np.tile(np.linspace(300, 150, HORIZON), (2, 1))
    up = milestone(made(rising, rising), flow=KOREANS, year=2026, mark=1)
    down = milestone(made(falling, falling), flow=KOREANS, year=2026, mark=1)
    assert up.record_probability == 1.0
    assert down.record is not None
    assert float(down.totals[0]) > down.record.visitors
    assert down.record_probability == 0.0


def test_the_pace_needed_is_set_against_the_same_months_of_last_year() -> None:
    answer = milestone(made(steady(100), steady(50)), flow=KOREANS, year=2024, mark=1300)
    assert answer.needed is not None
    assert (answer.needed.months, answer.needed.visitors_a_month) == (5, 120)
    assert answer.needed.ratio == pytest.approx(1.2)
    ahead = milestone(made(steady(100), steady(50)), flow=KOREANS, year=2025, mark=1300)
    assert ahead.needed is not None
    assert ahead.needed.ratio is None
    behind = milestone(made(steady(100), steady(50)), flow=KOREANS, year=2024, mark=10)
    assert behind.needed is not None
    assert behind.needed.visitors_a_month == 0


def test_the_next_round_marks_follow_a_passed_one() -> None:
    paths = np.vstack([steady(250_000, 30), steady(400_000, 70)])
    answer = milestone(made(paths, paths, known=300_000), flow=KOREANS, year=2024, mark=2_000_000)
    assert answer.visitors_to_date == 2_100_000
    assert answer.next_marks == {3_000_000: 1.0, 4_000_000: 0.7, 5_000_000: 0.0}
    assert (answer.next_mark, answer.open_mark) == (3_000_000, 4_000_000)


def test_models_are_answered_one_by_one() -> None:
    answer = milestone(made(steady(110), steady(50)), flow=KOREANS, year=2024, mark=1200)
    assert {name: view.probability for name, view in answer.by_model.items()} == {"a": 1.0, "b": 0.0}
    assert answer.disagreement == 1.0
    assert answer.by_model["b"].median == 950


def test_displayed_probabilities_stay_between_one_and_ninety_nine_while_open() -> None:
    assert displayed_percent(1.0, settled=None) == 99.5
    assert displayed_percent(0.994, settled=None) == 99
    assert displayed_percent(0.006, settled=None) == 1
    assert displayed_percent(0.0, settled=None) == 0.5
    assert displayed_percent(0.625, settled=None) == 63
    assert displayed_percent(1.0, settled="passed") == 100
    assert displayed_percent(0.0, settled="cannot pass") == 0


def test_a_gap_in_the_year_is_named() -> None:
    projection = made(steady(100), steady(50))
    projection.known[JAPANESE]["2024-05"] = np.nan
    with pytest.raises(MonthsMissing, match="2024 has no figure for 2024-05"):
        milestone(projection, flow=Flow.BOTH, year=2024, mark=1000)
    assert milestone(projection, flow=KOREANS, year=2024, mark=1000).probability == 1.0


def test_questions_out_of_reach_are_refused_by_name() -> None:
    projection = made(steady(100), steady(50))
    with pytest.raises(YearOutOfReach, match="up to 2026"):
        milestone(projection, flow=Flow.BOTH, year=2027, mark=1000)
    with pytest.raises(MonthsMissing, match="2021"):
        milestone(projection, flow=Flow.BOTH, year=2021, mark=1000)
    with pytest.raises(MarkNotPositive):
        milestone(projection, flow=Flow.BOTH, year=2024, mark=0)


def answers_differ(before: Milestone, after: Milestone) -> tuple[float, float]:
    return after.median - before.median, after.probability - before.probability


def test_the_parts_of_a_change_add_up() -> None:
    rng = np.random.default_rng(3)
    early = made(rng.uniform(80, 120, (200, 31)), rng.uniform(40, 60, (200, 31)), as_of="2024-05")
    revised = replace(early, paths={flow: paths + 1 for flow, paths in early.paths.items()})
    later = made(rng.uniform(90, 130, (200, HORIZON)), rng.uniform(40, 60, (200, HORIZON)))
    informed = replace(later, paths={flow: paths * 0.9 for flow, paths in later.paths.items()})
    parts = what_changed(
        early, later, flow=Flow.BOTH, year=2024, mark=1850, revised=revised, informed=informed
    )
    before, after = (milestone(step, flow=Flow.BOTH, year=2024, mark=1850) for step in (early, later))
    sums = sum(part.median for part in parts), sum(part.probability for part in parts)
    assert sums == pytest.approx(answers_differ(before, after))
    assert [part.cause for part in parts] == ["revision", "new data", "model"]
    assert all(part.median != 0 for part in parts)
    alone = what_changed(early, later, flow=Flow.BOTH, year=2024, mark=1850)
    assert [bool(part.median) for part in alone] == [False, True, False]


def published(last: str) -> Published:
    months = pd.period_range("2023-01", last, freq="M")
    rows = [
        {
            "month": at,
            "origin": origin,
            "destination": to,
            "visitors": 100.0,
            "status": "definitive",
            "source": "x",
        }
        for origin, to in (("KOR", "JPN"), ("JPN", "KOR"))
        for at in months
    ]
    table = pd.DataFrame(rows)
    return Published(visitors=table, vintages=table.iloc[:0].assign(published=""), digest="none")


def test_outcome_says_what_came() -> None:
    came = outcome(published("2024-08"), flow=Flow.BOTH, year=2023, mark=2300)
    assert (came.visitors, came.complete, came.passed, came.passed_month) == (
        2400,
        True,
        True,
        month("2023-12"),
    )
    assert came.passed_day == date(2023, 12, 16)
    missed = outcome(published("2024-08"), flow=Flow.BOTH, year=2023, mark=2401)
    assert (missed.passed, missed.passed_month) == (False, None)
    still_open = outcome(published("2024-08"), flow=Flow.BOTH, year=2024, mark=2000)
    assert (still_open.passed, still_open.data_month) == (None, month("2024-08"))
    assert outcome(published("2024-08"), flow=Flow.BOTH, year=2025, mark=2000).data_month is None
    with pytest.raises(MonthsMissing):
        outcome(published("2024-08"), flow=Flow.BOTH, year=2022, mark=2000)


def test_json_holds_plain_values_only() -> None:
    said = json.loads(
        json.dumps(as_json(milestone(made(steady(110), steady(50)), flow=Flow.BOTH, year=2024, mark=1849)))
    )
    assert said["month_passed"]["2024-12"] == 1.0
    assert said["record"] == {"visitors": 1800, "year": 2022}
    assert (said["flow"], said["as_of"], said["median"]) == ("both", "2024-07", 1850)
    assert said["interval_80"] == [1850, 1850]


@pytest.mark.parametrize("flow", list(Flow))
@pytest.mark.parametrize("as_of", ["2012-03", "2019-09", "2024-07", "2026-08"])
def test_the_undecided_mark_is_round_open_and_nearest_the_median(flow: Flow, as_of: str) -> None:
    month = pd.Period(as_of, "M")
    answer = PUBLISHED_MODELS.milestone(flow=flow, year=month.year, mark=1_000_000, as_of=month)
    mark = undecided_mark(answer)
    assert mark % 100_000 == 0
    assert 0.05 <= answer.probability_of(mark) <= 0.95
    millions = [
        m for m in range(1_000_000, 25_000_001, 1_000_000) if 0.05 <= answer.probability_of(m) <= 0.95
    ]
    if millions:
        assert abs(mark - answer.median) == min(abs(m - answer.median) for m in millions)


def test_the_mark_of_a_finished_year_is_the_last_million_it_reached() -> None:
    answer = PUBLISHED_MODELS.milestone(flow=Flow.BOTH, year=2024, mark=1_000_000)
    assert undecided_mark(answer) == 12_000_000
