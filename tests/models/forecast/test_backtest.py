"""The track record: rules, eras and marks on made figures, and nothing of the future in an answer."""

from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest

from crossings.models.forecast.backtest import (
    CLAIMS,
    RATIOS,
    answers,
    certain_scores,
    era,
    interval_scores,
    is_open,
    origins,
    pit_histogram,
    probability_scores,
    reference_year,
    reliability,
    rule_errors,
    rule_estimates,
)
from crossings.tables.flows import Flow, Published


def month(text: str) -> pd.Period:
    return pd.Period(text, freq="M")


def figures(
    last: str = "2012-12", *, first: str = "2005-01", growth: float = 1.0, noise: float = 0.0
) -> Published:
    """Return both directions, about 100,000 a month with seasons, growing once a year."""
    months = pd.period_range(first, last, freq="M")
    season = 1 + 0.2 * np.sin(np.asarray(months.month) / 12 * 2 * np.pi)
    level = 100_000 * season * growth ** np.asarray(months.year - months[0].year)
    rng = np.random.default_rng(1)
    rows = [
        pd.DataFrame({"month": months, "origin": origin, "destination": destination}).assign(
            visitors=np.round(level * np.exp(noise * rng.standard_normal(len(months))))
        )
        for origin, destination in (("KOR", "JPN"), ("JPN", "KOR"))
    ]
    table = pd.concat(rows, ignore_index=True).assign(status="definitive", source="x")
    return Published(visitors=table, vintages=table.iloc[:0].assign(published=""), digest="made")


def test_origins_begin_in_2010_and_leave_the_pandemic_out() -> None:
    found = origins(figures("2025-08"))
    assert (found[0], found[-1]) == (month("2010-01"), month("2024-11"))
    assert month("2020-01") in found
    assert not {month("2020-02"), month("2022-12")} & set(found)


def test_eras_go_by_the_year_asked_about_and_the_month_asked_in() -> None:
    assert era(month("2018-05"), 2019) == "before 2020"
    assert era(month("2019-12"), 2020) == "pandemic"
    assert era(month("2023-01"), 2023) == "since 2023"


def test_the_reference_is_the_last_full_year_outside_the_pandemic() -> None:
    known = figures("2025-08").series(Flow.BOTH)
    assert reference_year(known, month("2016-11")) == 2015
    assert reference_year(known, month("2016-12")) == 2016
    assert reference_year(known.loc[:"2023-05"], month("2023-05")) == 2019
    assert reference_year(known.loc[:"2024-05"], month("2024-05")) == 2023


def test_the_rules_say_last_years_value_and_its_growth_so_far() -> None:
    known = figures("2012-04", growth=1.1).series(Flow.KOREANS_TO_JAPAN)
    last = float(known.loc["2011-01":"2011-12"].sum())
    said = rule_estimates(known, as_of=month("2012-04"), year=2012)
    assert said["last_year"] == last
    assert said["year_to_date"] == pytest.approx(last * 1.1, rel=1e-4)
    december = rule_estimates(known.loc[:"2011-12"], as_of=month("2011-12"), year=2012)
    assert december == {"last_year": last, "year_to_date": last}


def test_past_errors_of_a_rule_use_only_years_known_by_then() -> None:
    known = figures("2012-04", growth=1.1).series(Flow.KOREANS_TO_JAPAN)
    errors = rule_errors(known, as_of=month("2012-04"), year=2012)
    assert len(errors["last_year"]) == 6
    assert errors["last_year"] == pytest.approx([np.log(1.1)] * 6, abs=1e-4)
    assert errors["year_to_date"] == pytest.approx([0] * 6, abs=1e-4)
    ahead = rule_errors(known, as_of=month("2012-04"), year=2013)
    assert ahead["last_year"] == pytest.approx([2 * np.log(1.1)] * 5, abs=1e-4)


@pytest.fixture(scope="module")
def said() -> tuple[pd.DataFrame, pd.DataFrame]:
    given, marks = answers(figures(growth=1.05, noise=0.05), as_of=month("2010-06"), n_paths=60)
    return pd.DataFrame([asdict(one) for one in given]), pd.DataFrame([asdict(one) for one in marks])


def test_each_flow_and_year_is_answered_once_for_every_mark(said: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    given, marks = said
    assert sorted(zip(given["flow"], given["months_known"], strict=True)) == sorted(
        (flow.value, known) for flow in Flow for known in (6, -6, -18)
    )
    assert len(marks) == 9 * len(RATIOS)
    assert all(group["probability"].is_monotonic_decreasing for _, group in marks.groupby(["flow", "year"]))
    assert (marks["mark"] <= marks["ratio"] * 4e6).all()
    assert (given["low_95"] <= given["low_80"]).all()
    assert given["reference"].unique().tolist() == [2009]


def test_nothing_of_the_future_is_in_an_answer(said: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    later = figures(growth=1.05, noise=0.05)
    future = later.visitors["month"] > month("2010-06")
    later.visitors.loc[future, "visitors"] *= 3
    again, marks = answers(later, as_of=month("2010-06"), n_paths=60)
    came = ["actual", "pit", "crps"]
    pd.testing.assert_frame_equal(
        pd.DataFrame([asdict(one) for one in again]).drop(columns=came), said[0].drop(columns=came)
    )
    pd.testing.assert_frame_equal(
        pd.DataFrame([asdict(one) for one in marks]).drop(columns="passed"), said[1].drop(columns="passed")
    )
    assert any(one.passed for one in marks)


def test_score_tables_hold_every_answer(said: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    given, marks = said
    table = interval_scores(given)
    assert table["count"].sum() == len(given)
    assert table["coverage_80"].between(0, 1).all()
    assert table["last_year_error"].tolist() == pytest.approx(
        [1 - 1.05**-3, 1 - 1.05**-2, 1 - 1.05**-1], abs=0.03
    )
    still_open = int(is_open(marks).sum())
    assert 0 < still_open < len(marks)
    assert probability_scores(marks)["count"].tolist() == [still_open]
    assert certain_scores(marks)["count"].tolist() == [len(marks) - still_open]
    first = is_open(marks).to_numpy().argmax()
    settled = ["passed" if row == first else "" for row in range(len(marks))]
    assert probability_scores(marks.assign(settled=settled))["count"].tolist() == [still_open - 1]
    assert {"brier", "last_year_brier", "year_to_date_brier", "skill"} <= set(
        probability_scores(marks).columns
    )
    assert reliability(marks)["count"].sum() == still_open
    assert pit_histogram(given)["count"].sum() == len(given)


def test_the_claims_are_questions_that_can_be_asked() -> None:
    assert {claim.year for claim in CLAIMS} == {2024, 2025}
    assert all(claim.as_of.year == claim.year and claim.mark == 10_000_000 for claim in CLAIMS)


def test_only_open_questions_are_scored_and_certain_ones_apart() -> None:
    marks = pd.DataFrame(
        {
            "era": "before 2020",
            "settled": ["passed", "", "", "", ""],
            "probability": [1.0, 0.996, 0.001, 0.5, 0.995],
            "passed": [1, 0, 0, 1, 1],
        }
    )
    assert is_open(marks).tolist() == [False, False, False, True, True]
    certain = certain_scores(marks)
    assert certain[["right", "count"]].to_numpy().tolist() == [[0.5, 2]]
