"""Answers about the past that must come out, and questions that must be refused."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crossings.models.events.design import exchange_rates, flow_material, value_at
from crossings.models.events.errors import (
    EventOutside,
    HistoryQuestionError,
    MonthsMasked,
    NoSuchEvent,
    TooFewMonths,
)
from crossings.models.events.intervention import Estimate, Verdict, estimate
from crossings.models.events.interventions import Intervention, Shape, intervention, interventions
from crossings.tables import flows
from crossings.tables.flows import Flow, Published
from tests.models.events import made

KJ, JK = Flow.KOREANS_TO_JAPAN, Flow.JAPANESE_TO_KOREA


@pytest.fixture(scope="module")
def published() -> Published:
    return flows.load()


@pytest.fixture(scope="module")
def rates() -> pd.Series:
    return exchange_rates()


def asked(published: Published, rates: pd.Series, key: str, flow: Flow) -> Estimate:
    return estimate(published, rates, flow=flow, intervention=intervention(key))


def test_boycott_2019(published: Published, rates: pd.Series) -> None:
    answer = asked(published, rates, "boycott-2019", KJ)
    assert answer.verdict is Verdict.FELL
    assert list(answer.path.index.astype(str)) == ["2019-08", "2019-09", "2019-10", "2019-11", "2019-12"]
    assert answer.path["share"].between(-0.68, -0.45).all()
    assert -0.65 < answer.effect < -0.50
    assert -0.65 < answer.difference / answer.path["without"].sum() < -0.50
    assert answer.difference_interval[0] < answer.difference < answer.difference_interval[1] < 0


def test_earthquake_2011(published: Published, rates: pd.Series) -> None:
    answer = asked(published, rates, "earthquake-2011", KJ)
    assert answer.verdict is Verdict.FELL
    spring, rest = answer.path["share"].loc["2011-03":"2011-05"], answer.path["share"].loc["2011-06":]
    assert np.log1p(spring).mean() == pytest.approx(-0.75, abs=0.2)
    assert np.log1p(rest).mean() == pytest.approx(-0.25, abs=0.2)
    assert asked(published, rates, "earthquake-2011", JK).verdict is Verdict.CANNOT_TELL


def test_mers_2015(published: Published, rates: pd.Series) -> None:
    answer = asked(published, rates, "mers-2015", JK)
    assert answer.verdict is Verdict.FELL
    june = pd.Period("2015-06", "M")
    assert value_at(answer.path["share"], june) == pytest.approx(-0.42, abs=0.06)


def test_visa_waiver_2006_shows_no_jump_and_rejects_twenty_per_cent(
    published: Published, rates: pd.Series
) -> None:
    answer = asked(published, rates, "waiver-2006", KJ)
    assert answer.verdict is Verdict.CANNOT_TELL
    low, high = answer.interval
    assert low <= 0.0 <= high < 0.20
    assert answer.rate_elasticity == pytest.approx(-1.1, abs=0.35)
    assert len(answer.path) == 24


@pytest.mark.parametrize("flow", [KJ, JK, Flow.BOTH])
def test_lanes_2025_cannot_be_detected(published: Published, rates: pd.Series, flow: Flow) -> None:
    answer = asked(published, rates, "lanes-2025", flow)
    assert answer.verdict is Verdict.CANNOT_TELL
    assert 0.10 < answer.detectable_fall < answer.detectable_rise < 0.40
    assert answer.detectable_visitors > 50 * 950


def test_every_intervention_on_record_has_an_answer(published: Published, rates: pd.Series) -> None:
    for one in interventions():
        answer = estimate(published, rates, flow=one.flows[0], intervention=one)
        low, high = answer.interval
        assert low <= answer.effect <= high
        assert np.isfinite(answer.path.to_numpy()).all()


@pytest.mark.parametrize("shape", list(Shape))
def test_an_effect_that_was_put_in_comes_out(shape: Shape) -> None:
    base = made.wandering(11)
    moved = made.with_effect(base, first="2014-03", last="2014-08", log_effect=-0.6)
    figures = made.published({"KOR-JPN": moved, "JPN-KOR": made.wandering(12)})
    one = replace(
        intervention("typhoon-2018"),
        first=pd.Period("2014-03", "M"),
        last=pd.Period("2014-08", "M"),
        shape=shape,
    )
    answer = estimate(figures, made.rates(), flow=KJ, intervention=one)
    assert answer.verdict is Verdict.FELL
    assert answer.interval[0] < np.expm1(-0.6) < answer.interval[1]


def test_the_path_without_brackets_and_the_sums_agree() -> None:
    figures = made.published({"KOR-JPN": made.wandering(11), "JPN-KOR": made.wandering(12)})
    one = replace(
        intervention("typhoon-2018"),
        first=pd.Period("2014-03", "M"),
        last=None,
        shape=Shape.RAMP,
        ramp_months=4,
    )
    answer = estimate(figures, made.rates(), flow=KJ, intervention=one)
    path = answer.path
    assert (path["without_low"] <= path["without"]).all()
    assert (path["without"] <= path["without_high"]).all()
    assert answer.difference == pytest.approx((path["visitors"] - path["without"]).sum())
    assert path["share"].abs().iloc[0] == pytest.approx(
        abs(np.expm1(np.log1p(path["share"].iloc[-1]) / 4)), rel=1e-6
    )


def test_two_events_in_the_same_months_are_named(published: Published, rates: pd.Series) -> None:
    june = intervention("lanes-2025")
    july = replace(june, first=pd.Period("2025-07", "M"), last=pd.Period("2025-07", "M"), shape=Shape.MONTHS)
    answer = estimate(published, rates, flow=KJ, intervention=july)
    assert [one.key for one in answer.together_with] == ["rumour-2025"]


def between(first: str, last: str, *, key: str = "typhoon-2018", shape: Shape = Shape.STEP) -> Intervention:
    return replace(intervention(key), first=pd.Period(first, "M"), last=pd.Period(last, "M"), shape=shape)


@pytest.mark.parametrize(
    ("first", "last", "error"),
    [
        ("1998-01", "1998-03", EventOutside),
        ("2000-01", "2000-03", EventOutside),
        ("2027-01", "2027-02", EventOutside),
        ("2020-05", "2021-12", MonthsMasked),
    ],
)
def test_months_that_cannot_be_answered(
    published: Published, rates: pd.Series, first: str, last: str, error: type[HistoryQuestionError]
) -> None:
    one = between(first, last)
    with pytest.raises(error):
        estimate(published, rates, flow=KJ, intervention=one)


def test_an_event_running_into_closed_borders_uses_the_months_before(
    published: Published, rates: pd.Series
) -> None:
    one = between("2019-08", "2020-06", key="boycott-2019", shape=Shape.MONTHS)
    answer = estimate(published, rates, flow=KJ, intervention=one)
    assert str(answer.path.index[-1]) == "2020-01"


def test_bad_questions_are_named() -> None:
    with pytest.raises(NoSuchEvent):
        intervention("nothing")


def test_a_missing_month_is_a_gap_and_not_a_shift() -> None:
    whole = made.wandering(11)
    gone = whole.drop(pd.Period("2012-05", "M"))
    material = flow_material(made.published({"KOR-JPN": gone, "JPN-KOR": whole}), made.rates(), flow=KJ)
    assert len(material.months) == len(whole)
    assert np.isnan(value_at(material.logs, pd.Period("2012-05", "M")))


def test_a_short_series_is_refused() -> None:
    short = made.wandering(1, first="2016-01", last="2018-12")
    figures = made.published({"KOR-JPN": short, "JPN-KOR": short})
    one = between("2018-09", "2018-09", shape=Shape.MONTHS)
    with pytest.raises(TooFewMonths):
        estimate(figures, made.rates(), flow=KJ, intervention=one)


def test_a_series_that_never_moves_gives_no_number() -> None:
    flat = made.wandering(1) * 0 + 1000
    figures = made.published({"KOR-JPN": flat, "JPN-KOR": flat})
    one = between("2014-09", "2014-09", shape=Shape.MONTHS)
    with pytest.raises(HistoryQuestionError):
        estimate(figures, made.rates(), flow=KJ, intervention=one)
