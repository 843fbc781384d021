"""The Scenario page's sentences: what they say agrees with the numbers they were given, whatever those are."""

import re
from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossings.language import LANGUAGES, Language
from crossings.models.models import Models
from crossings.models.queue.flights import EVERYBODY
from crossings.models.queue.hall import run_hall
from crossings.models.queue.presets import calibrated
from crossings.models.scenario.results import Step
from crossings.models.scenario.settings import Settings, from_preset
from crossings.questions.base import Mark
from crossings.questions.scenario import sentences as words
from crossings.questions.scenario.acted import Acted
from crossings.questions.scenario.question import ScenarioQuestion
from crossings.tables import flows
from crossings.tables.flows import DIRECTIONS, Flow
from tests.language import reading

EN = Language("en")
CODES = tuple(LANGUAGES)


@lru_cache(maxsize=8)
def acted(year: int = 2027, preset: str = "full-package", flow: Flow = Flow.BOTH) -> Acted:
    models = _models()
    question = ScenarioQuestion(
        flow=flow,
        year=year,
        mark=Mark(15_000_000),
        priors="evidence",
        as_of=models.last_month,
        settings=from_preset(preset),
    )
    return Acted(question, models)


@lru_cache(maxsize=1)
def _models() -> Models:
    return Models(flows.load())


def test_the_last_year_is_the_effect_of_the_result() -> None:
    result = acted().result
    for flow in (*DIRECTIONS, Flow.BOTH):
        last = result.year_effect(result.effect_year, flow)
        assert last.extra_visitors == result.effects[flow].extra_visitors_a_year
        assert last.uplift_percent == result.effects[flow].uplift_percent


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("year", [2026, 2027, 2028])
@pytest.mark.parametrize("flow", list(Flow))
def test_the_lead_has_one_year_for_effect_and_probability(code: str, year: int, flow: Flow) -> None:
    language, result = Language(code), acted(year, flow=flow).result
    lead = words.answer(result, language)
    named = {said for said in (2026, 2027, 2028) if language.year(said) in lead}
    assert named == {year}
    effect = result.year_effect(year, flow)
    assert words.more_or_fewer(effect.extra_visitors.median, language) in lead
    beside = words.in_paper(result, language)
    assert (language.year(result.effect_year) in beside) == (year != 2028 or flow is Flow.BOTH)
    for direction in DIRECTIONS if flow is Flow.BOTH else ():
        extra = result.year_effect(year, direction).extra_visitors.median
        assert words.more_or_fewer(extra, language) in beside


def test_a_year_beyond_those_calculated_falls_back_to_the_last() -> None:
    result = replace(acted().result, year=2035)
    assert words.year_asked(result, Flow.BOTH).year == 2028
    assert "in the same year" not in words.answer(result, EN)
    assert "in 2035" in words.answer(result, EN)


def test_no_measure_names_year_and_flow_with_the_probability() -> None:
    result = replace(acted().result, settings=Settings())
    assert "in 2027 (visitors in both directions)" in words.answer(result, EN)


@settings(max_examples=100)
@given(st.lists(st.integers(-300_000, 300_000), min_size=5, max_size=5), st.sampled_from(CODES))
def test_what_rests_on_weak_evidence_adds_up_as_it_is_said(gains: list[int], code: str) -> None:
    language, levers = Language(code), acted().levers
    steps = [Step(lever.key, lever.label, float(gain)) for lever, gain in zip(levers, gains, strict=True)]
    said = words.least_evidence(steps, levers, language, year=2028)
    weak = {lever.key for lever in levers if lever.quality == "red"}
    assert weak == {"pre-clearance", "paperless"}
    parts = [step.extra_visitors for step in steps if step.key in weak and step.extra_visitors]
    if not parts:
        assert not re.search(r"\d", said)
        return
    assert all(language.people_about(part, signed=True) in said for part in parts)
    total = sum(gains)
    whole = bool(total) and all(part * total > 0 for part in parts) and abs(sum(parts)) < 0.98 * abs(total)
    if whole:
        read = [value for value in reading.every_count(said, code) if value != 2028]
        assert len(read) == 2 + len(parts)
        assert read[1] == pytest.approx(sum(read[2:]), abs=500 if abs(read[1]) >= 10_000 else 5)
    elif any(part * total <= 0 for part in parts):
        assert "%" not in said


def test_without_weak_evidence_the_largest_step_is_graded() -> None:
    one = acted(preset="e-gates")
    said = words.least_evidence(one.steps, one.levers, EN, year=2028)
    assert said == "Largest step: E-gates for short-stay visitors (fair evidence)."


@pytest.mark.parametrize("code", CODES)
def test_a_paper_asserts_nothing_of_whom_its_reader_asked(code: str) -> None:
    one = acted()
    notes = words.rests_on(one.result, one.steps, one.levers, Language(code))
    assert not re.search(
        "법무부|法務部|出入国在留管理庁|출입국재류관리청|Ministry|Agency|미협의|未協議", notes
    )


def test_what_is_in_force_already_is_said_by_measure() -> None:
    (partly,) = words.in_force(acted().levers, EN)
    assert "Incheon" in partly
    assert "upper end" in partly
    assert "Visit Japan Web" in partly
    assert "Narita Terminal 3" in partly
    assert words.in_force(acted(preset="permanent-lanes").levers, EN) == []
    (tax,) = words.in_force(acted(preset="departure-tax").levers, EN)
    assert "3,000 yen" in tax


def test_the_price_of_a_lane_is_that_of_the_hall() -> None:
    base = calibrated("haneda-t3")
    prices = _models().lane_prices(base.flights, base.settings)
    said = words.lane_price(base, prices, EN)
    assert "(calculated; " in said
    desks = int(re.search(r"only from (\d+) desks", said)[1])  # type: ignore[index]
    assert prices[desks][0] < prices[0][0]
    assert all(prices[fewer][0] >= prices[0][0] - 0.05 for fewer in prices if 0 < fewer < desks)
    for number in (0, desks):
        day = run_hall(base.flights, replace(base.settings, dedicated_desks=float(number)))
        assert f"{day.curve(EVERYBODY).mean:.1f}" in said


@given(st.floats(-500_000, 500_000), st.floats(0, 400_000))
def test_both_ends_of_an_interval_have_the_same_decimals(low: float, width: float) -> None:
    ends = Language("ko").people_ends(low, low + width)
    decimals = [re.search(r"(\.\d)?만", end) for end in ends]
    if all(decimals):
        assert len({bool(found[1]) for found in decimals if found}) == 1
    for end, value in zip(ends, (low, low + width), strict=True):
        said = end.replace("−", "-").replace(",", "").replace("명", "").strip()
        read = float(said.replace("만", "")) * (1e4 if "만" in said else 1)
        assert read == pytest.approx(value, abs=max(500.0, 0.5))
