"""Scenarios on paths: the baseline stays itself, more is never less, and the answers add up."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossings.models.forecast.milestone import milestone
from crossings.models.scenario import cost
from crossings.models.scenario.cost import Scene
from crossings.models.scenario.levers import PRIOR_SETS, PriorSet, levers, presets
from crossings.models.scenario.model import (
    FLOWS,
    MarkUnusable,
    PriorsUnknown,
    Question,
    Stage,
    YearNotProjected,
    of_flow,
    run,
    unconstrained,
)
from crossings.models.scenario.results import Interval, ScenarioResult, as_json, month_table
from crossings.models.scenario.settings import Choice, Settings, from_preset, settings_from_json, settings_of
from crossings.tables.flows import DIRECTIONS, Flow
from tests.models.scenario import made

PROJECTION = made.projection()
SUPPLY = made.supply()
MARK = 14_500_000
DRAWS = 64
KOREANS, JAPANESE = DIRECTIONS
SIMPLER = [key for key, lever in levers().items() if lever.group == "simpler"]
HARDER = [key for key, lever in levers().items() if lever.group == "harder"]


def answer(chosen: Settings, *, flow: Flow = Flow.BOTH, year: int = 2027, mark: int = MARK) -> ScenarioResult:
    return run(PROJECTION, chosen, flow=flow, year=year, mark=mark, n_draws=DRAWS, supply=SUPPLY)


def on(keys: list[str] | set[str], **more: float) -> Settings:
    return settings_of({key: levers()[key].on for key in keys} | more)


def acted(chosen: Settings) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return the paths (n, 2, H) under a scenario, every assumption in the middle."""
    stage = Stage.of(PROJECTION, SUPPLY)
    return stage.paths(cost.middle("evidence"), Scene.of(chosen, stage.months))


NOTHING = {
    "no lever": Settings(),
    "every lever off": Settings(tuple(Choice(key, lever.default) for key, lever in levers().items())),
    "after the horizon": settings_from_json(
        '{"levers": {"lanes": {"start": "2040-01"}, "visa": {"start": "2040-01"}}}'
    ),
    "exempt from nothing": on({"jesta-exemption", "k-eta-exemption"}),
    "fixed seats alone": on({"seats-fixed"}),
}


def test_an_interval_holds_eight_of_ten_draws() -> None:
    assert Interval.of(np.arange(101.0)) == Interval(median=50.0, p10=10.0, p90=90.0)


@pytest.mark.parametrize("chosen", NOTHING.values(), ids=list(NOTHING))
def test_no_effect_is_the_baseline_to_the_last_digit(chosen: Settings) -> None:
    result = answer(chosen)
    for place, flow in enumerate(DIRECTIONS):
        assert np.array_equal(acted(chosen)[:, place], PROJECTION.paths[flow])
    assert result.scenario_probability == result.baseline_probability
    assert (result.probability_change.p10, result.probability_change.p90) == (0.0, 0.0)
    for flow in FLOWS:
        frame = result.monthly[flow]
        for name in ("scenario_median", "scenario_p10", "scenario_p90"):
            assert frame[name].equals(frame["baseline_median"].rename(name))
        assert not frame[["extra_median", "extra_p10", "extra_p90"]].to_numpy().any()
        effect = result.effects[flow]
        assert (
            effect.uplift_percent.p10
            == effect.uplift_percent.p90
            == effect.extra_visitors_a_year.median
            == 0.0
        )
    assert result.policy_variance_share < 1e-12


@given(st.sets(st.sampled_from(SIMPLER)), st.sampled_from(SIMPLER), st.booleans())
@settings(max_examples=40, deadline=None)
def test_one_more_simplification_never_lowers_the_sum(keys: set[str], added: str, fixed: bool) -> None:
    extra = {"seats-fixed": 1.0} if fixed else {}
    before, after = (acted(on(chosen, **extra)).sum(axis=1) for chosen in (keys, keys | {added}))
    assert np.all(after >= before * (1 - 1e-9))


@given(st.sets(st.sampled_from(SIMPLER + HARDER)), st.sampled_from(HARDER), st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_harder_lever_never_raises_the_sum(keys: set[str], added: str, fixed: bool) -> None:
    extra = {"seats-fixed": 1.0} if fixed else {}
    before, after = (acted(on(chosen, **extra)).sum(axis=1) for chosen in (keys, keys | {added}))
    assert np.all(after <= before * (1 + 1e-9))


@given(
    st.sets(st.sampled_from(SIMPLER)),
    st.sampled_from([-30.0, -10.0, 10.0, 30.0]),
    st.sampled_from([-20.0, 0.0, 10.0]),
)
@settings(max_examples=30, deadline=None)
def test_fixed_seats_never_let_the_sum_exceed_them(keys: set[str], rate: float, supply: float) -> None:
    chosen = on(keys, **{"seats-fixed": 1.0, "exchange-rate": rate, "seats": supply})
    stage, middle = Stage.of(PROJECTION, SUPPLY), cost.middle("evidence")
    scene = Scene.of(chosen, stage.months)
    factor = np.exp(cost.log_uplift(middle, scene))
    seats = stage.seats(middle, scene, factor)
    visitors = seats.carried(stage.baseline, factor).sum(axis=1)
    assert np.all(visitors <= seats.limit(stage.baseline) * (1 + 1e-9))
    assert seats.change.tolist() == [pytest.approx([1 + supply / 100] * len(stage.months))]


def test_fixed_seats_hold_the_package_back() -> None:
    free, fixed = (answer(from_preset(key)) for key in ("full-package", "simpler-fixed-seats"))
    gain = free.effects[Flow.BOTH].extra_visitors_a_year.median
    assert 0 < fixed.effects[Flow.BOTH].extra_visitors_a_year.median < 0.95 * gain


def test_one_direction_crowds_out_the_other() -> None:
    text = '{"levers": {"lanes": {"directions": ["KOR-JPN"]}, "e-gates": {"directions": ["KOR-JPN"]}, "seats-fixed": 1}}'
    result = answer(settings_from_json(text))
    assert result.effects[KOREANS].extra_visitors_a_year.median > 0
    assert result.effects[JAPANESE].extra_visitors_a_year.median < 0
    assert result.effects[Flow.BOTH].extra_visitors_a_year.p10 > 0


def test_more_seats_bring_visitors_and_fewer_cost_some() -> None:
    more, fewer = (answer(settings_of({"seats": value})) for value in (10.0, -10.0))
    assert more.effects[Flow.BOTH].extra_visitors_a_year.median > 0
    assert fewer.effects[Flow.BOTH].extra_visitors_a_year.median < 0


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_the_baseline_probability_is_the_milestones(flow: Flow, year: int) -> None:
    mark = 14_000_000 if flow is Flow.BOTH else 10_000_000 if flow is KOREANS else 4_000_000
    result = answer(from_preset("departure-tax"), flow=flow, year=year, mark=mark)
    assert result.baseline_probability == milestone(PROJECTION, flow=flow, year=year, mark=mark).probability


def test_the_milestone_can_be_asked_of_the_scenario() -> None:
    result = answer(from_preset("full-package"))
    paths = acted(from_preset("full-package"))
    with_it = {flow: paths[:, place] for place, flow in enumerate(DIRECTIONS)}
    taken = milestone(replace(PROJECTION, paths=with_it), flow=Flow.BOTH, year=2027, mark=MARK)
    assert taken.probability >= result.baseline_probability
    assert taken.median == pytest.approx(result.year_effect(2027, Flow.BOTH).scenario.median)


def test_probabilities_move_with_the_levers() -> None:
    up, down = (answer(from_preset(key)) for key in ("no-arrival-wait", "departure-tax"))
    assert up.scenario_probability >= up.baseline_probability == down.baseline_probability
    assert down.scenario_probability < down.baseline_probability
    assert 0 <= up.probability_change.p10 <= up.probability_change.p90
    assert down.probability_change.p10 < down.probability_change.median <= down.probability_change.p90 <= 0


@given(
    st.dictionaries(
        st.sampled_from(["shock-boycott", "shock-pandemic", "exchange-rate", "seats", "departure-tax"]),
        st.floats(0, 1),
    ),
    st.sets(st.sampled_from(SIMPLER)),
    st.sampled_from(FLOWS),
    st.floats(0.6, 1.2),
    st.sampled_from([2026, 2027]),
)
@settings(max_examples=60, deadline=None)
def test_the_futures_that_pass_are_those_counted_one_by_one(
    places: dict[str, float], keys: set[str], flow: Flow, reach: float, year: int
) -> None:
    spans = {key: (levers()[key].minimum, levers()[key].maximum) for key in places}
    chosen = on(
        keys, **{key: spans[key][0] + at * (spans[key][1] - spans[key][0]) for key, at in places.items()}
    )
    stage, draw = Stage.of(PROJECTION, SUPPLY), cost.drawn("evidence", count=12)
    scene = Scene.of(chosen, stage.months)
    ahead = of_flow(stage.baseline, flow)[:, stage.in_year(year)].sum(axis=1)
    mark = int(stage.known(flow, year) + reach * np.median(ahead))
    question = Question(stage, flow, year, mark, stage.known(flow, year))
    effects = stage.effects(draw, scene)
    order = np.argsort(of_flow(effects, flow)[:, stage.in_year(year)].sum(axis=1), kind="stable")
    each = [
        question.passes(stage.paths({key: values[j : j + 1] for key, values in draw.items()}, scene))
        for j in order
    ]
    assert question.passes_by_draw(draw, scene, effects, count=12).tolist() == each


def test_a_year_that_is_over_is_what_it_was() -> None:
    result = answer(from_preset("full-package"), year=2025, mark=10_000_000)
    assert result.baseline_probability == result.scenario_probability == 1.0
    assert answer(from_preset("full-package"), year=2025, mark=20_000_000).scenario_probability == 0.0


def test_a_year_passes_when_its_sum_is_at_least_the_mark() -> None:
    total = int(sum(PROJECTION.known[flow].loc["2025-01":"2025-12"].sum() for flow in DIRECTIONS))
    assert answer(Settings(), year=2025, mark=total).baseline_probability == 1.0
    assert answer(Settings(), year=2025, mark=total + 1).baseline_probability == 0.0


def test_the_effect_is_that_of_the_last_year_and_the_years_add_up() -> None:
    result = answer(from_preset("full-package"))
    assert result.effect_year == 2028
    stage = Stage.of(PROJECTION, SUPPLY)
    for flow in FLOWS:
        row = result.year_effect(2028, flow)
        assert row.extra_visitors == result.effects[flow].extra_visitors_a_year
        centre = of_flow(stage.centre, flow)[stage.in_year(2028)].sum()
        assert row.uplift_percent.median == pytest.approx(100 * row.extra_visitors.median / centre)
    part = result.year_effect(2026, Flow.BOTH)
    known = sum(PROJECTION.known[flow].loc["2026-01":"2026-08"].sum() for flow in DIRECTIONS)
    assert part.baseline.p10 > known
    with pytest.raises(KeyError):
        result.year_effect(2030, Flow.BOTH)


def test_the_scenario_band_is_thin_and_holds_its_median() -> None:
    frame = answer(from_preset("full-package")).monthly[Flow.BOTH]
    assert np.all(frame["scenario_p10"] <= frame["scenario_median"])
    assert np.all(frame["scenario_median"] <= frame["scenario_p90"])
    policy = frame["scenario_p90"] - frame["scenario_p10"]
    assert np.all(policy < frame["baseline_p90"] - frame["baseline_p10"])


def test_assumptions_carry_little_of_the_variance() -> None:
    share = answer(from_preset("full-package")).policy_variance_share
    assert 0 < share < 0.05


def test_the_same_question_has_the_same_answer() -> None:
    first, second = (answer(from_preset("full-package")) for _ in range(2))
    assert as_json(first) == as_json(second)


def test_a_pilot_is_too_small_to_see() -> None:
    effect = answer(from_preset("june-2025-lanes")).effects[KOREANS]
    assert 0 < effect.extra_visitors_a_year.median < 5_000


@pytest.mark.parametrize("key", presets())
@pytest.mark.parametrize("priors", PRIOR_SETS)
def test_every_named_scenario_runs(key: str, priors: PriorSet) -> None:
    result = run(
        PROJECTION,
        from_preset(key),
        flow=KOREANS,
        year=2028,
        mark=10_000_000,
        priors=priors,
        n_draws=16,
        supply=SUPPLY,
    )
    plain = as_json(result)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert set(plain) >= {
        "flows",
        "baseline_probability",
        "scenario_probability",
        "levers",
        "data_month",
        "model_version",
    }
    assert set(month_table(result, KOREANS).columns[:2]) == {"month", "year"}


def test_cautions_say_what_the_baseline_holds_already() -> None:
    said = {caution.message for caution in answer(from_preset("e-gates")).cautions}
    assert levers()["e-gates"].baseline in said
    assert not answer(from_preset("permanent-lanes")).cautions


def test_the_guard_rail_warns_of_what_is_beyond_the_past() -> None:
    far = on({"no-arrival-wait", "paperless"})
    said = [caution for caution in answer(far).cautions if "percent" in caution.values]
    assert len(said) == 1
    assert float(str(said[0].values["percent"])) > 6
    assert not [caution for caution in answer(from_preset("full-package")).cautions if caution.values]


def test_without_flights_seats_follow_the_usual_load_factor(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("CROSSINGS_DATA", str(tmp_path))
    result = run(PROJECTION, from_preset("full-package"), flow=Flow.BOTH, year=2027, mark=MARK, n_draws=DRAWS)
    assert [caution for caution in result.cautions if "flight counts" in caution.message]
    assert result.effects[Flow.BOTH].extra_visitors_a_year.median > 0


def test_a_projection_of_few_months_and_paths() -> None:
    late = made.projection(n_paths=1, as_of=pd.Period("2026-12", freq="M"))
    result = run(
        late, from_preset("full-package"), flow=Flow.BOTH, year=2028, mark=1, n_draws=1, supply=SUPPLY
    )
    assert result.scenario_probability == 1.0


def test_bad_questions_get_named_errors() -> None:
    none = Settings()
    with pytest.raises(YearNotProjected, match="2028"):
        answer(none, year=2029)
    with pytest.raises(YearNotProjected, match="2022-01"):
        answer(none, year=2022)
    with pytest.raises(MarkUnusable):
        answer(none, mark=0)
    with pytest.raises(PriorsUnknown, match="note, evidence"):
        run(PROJECTION, none, flow=Flow.BOTH, year=2027, mark=1, priors="mine")  # type: ignore[arg-type]
    with pytest.raises(PriorsUnknown):
        unconstrained(none, priors="mine")  # type: ignore[arg-type]


def test_the_middle_mark_is_where_the_odds_are_about_even() -> None:
    result = answer(from_preset("full-package"), mark=1_000_000)
    assert result.baseline_probability == result.scenario_probability == 1.0
    middle = result.middle
    asked = result.year_effect(2027, Flow.BOTH).baseline.median
    assert abs(middle.mark - asked) <= 250_000
    assert middle.mark % 500_000 == 0
    assert middle.baseline_probability == answer(Settings(), mark=middle.mark).baseline_probability
    assert middle.scenario_probability > middle.baseline_probability
    assert as_json(result)["middle_mark"] == {
        "mark": middle.mark,
        "baseline_probability": middle.baseline_probability,
        "scenario_probability": middle.scenario_probability,
    }


@given(
    st.sets(st.sampled_from([key for key, lever in levers().items() if lever.group != "world"])),
    st.sampled_from([0.0, -15.0, 15.0]),
    st.sampled_from([0.0, 0.4, 1.0]),
)
@settings(max_examples=30, deadline=None)
def test_nobody_is_counted_below_nil_and_the_directions_add_up(
    keys: set[str], rate: float, shock: float
) -> None:
    chosen = on(keys, **{"exchange-rate": rate, "shock-pandemic": shock})
    result = answer(chosen)
    assert np.all(acted(chosen) >= 0)
    for year in (2026, 2027, 2028):
        parts = [result.year_effect(year, flow) for flow in FLOWS]
        assert parts[2].scenario.p90 <= parts[0].scenario.p90 + parts[1].scenario.p90 + 1e-6
        assert all(part.scenario.p10 <= part.scenario.median <= part.scenario.p90 for part in parts)
