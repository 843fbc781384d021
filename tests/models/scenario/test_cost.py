"""From levers to demand: the note's table, and the relations that hold whatever the numbers are."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from crossings.models.scenario import cost
from crossings.models.scenario.cost import SEED, Scene, drawn, log_uplift, middle
from crossings.models.scenario.levers import PRIOR_SETS, PriorSet, levers, parts
from crossings.models.scenario.model import N_DRAWS_UNCONSTRAINED, unconstrained
from crossings.models.scenario.settings import Choice, Settings, from_preset, settings_of
from crossings.tables.flows import DIRECTIONS, Flow

MONTHS = pd.period_range("2026-09", "2028-12", freq="M")
SMALL = 1e-12
SHARES = ("coverage", "eligible", "take_up", "wait_removed")
SIMPLER = [key for key, lever in levers().items() if lever.group == "simpler"]
HARDER = [key for key, lever in levers().items() if lever.group == "harder"]
BY_SHARES = [key for key in SIMPLER if levers()[key].parts and "coverage" in levers()[key].parts]

NOTE = {
    "june-2025-lanes": (0.05, 0.02, 0.13),
    "permanent-lanes": (0.30, 0.11, 0.81),
    "e-gates": (0.55, 0.21, 1.4),
    "pre-clearance": (0.35, 0.11, 1.0),
    "full-package": (1.8, 0.75, 4.2),
    "no-arrival-wait": (2.4, 0.95, 5.7),
    "departure-tax": (-3.7, -7.8, -1.7),
    "travel-authorisation": (-4.0, -9.0, -1.8),
}


@pytest.mark.parametrize("key", NOTE)
def test_the_note_is_reproduced(key: str) -> None:
    median, p5, p95 = NOTE[key]
    draw = drawn("note", count=N_DRAWS_UNCONSTRAINED, seed=SEED)
    effects = log_uplift(draw, Scene.of(from_preset(key), None), queue=False)[:, 0, 0]
    low, middle_one, high = 100 * np.expm1(np.quantile(effects, (0.05, 0.5, 0.95)))
    assert middle_one == pytest.approx(median, abs=0.1)
    assert (low, high) == pytest.approx((p5, p95), abs=0.3)
    assert unconstrained(from_preset(key), priors="note")[Flow.KOREANS_TO_JAPAN].median == pytest.approx(
        middle_one
    )


def test_the_note_is_reproduced_with_other_draws() -> None:
    for seed in range(3):
        uplift = unconstrained(from_preset("full-package"), priors="note", n_draws=20_000, seed=seed)
        assert uplift[Flow.KOREANS_TO_JAPAN].median == pytest.approx(1.8, abs=0.1)


def test_by_hand() -> None:
    """One set of round numbers: 480 thousand won a trip, 24 minutes, lanes that halve half of the wait."""
    draw = {key: np.array([[value]]) for key, value in ROUND.items()}
    lanes = settings_of({"lanes": 1})
    saved = 18 * 1.5 * 24 / 60 * 0.25
    trip = 250 + 18 * 12 + 10.4 + 18 * 0.5 * 24 / 60
    wanted = -1.2 * math.log((trip - saved) / trip)
    assert log_uplift(draw, Scene.of(lanes, None), queue=False)[0, 0, 0] == pytest.approx(wanted)
    longer = 1 + 0.4 * (1 + 10 / 48) * (math.exp(wanted) - 1)
    once = -1.2 * math.log((trip - 10.8 * (1 - 0.75 * longer)) / trip)
    longer = 1 + 0.4 * (1 + 10 / 48) * (math.exp(once) - 1)
    twice = -1.2 * math.log((trip - 10.8 * (1 - 0.75 * longer)) / trip)
    assert log_uplift(draw, Scene.of(lanes, None))[0, 0, 0] == pytest.approx(twice)


ROUND = dict.fromkeys(middle("note"), 1.0) | {
    "elasticity": 1.2,
    "fare": 250.0,
    "travel_hours": 12.0,
    "value_of_time": 18.0,
    "queue_multiplier": 1.5,
    "forms_cost": 10.4,
    "wait_minutes_japan": 24.0,
    "lanes_coverage": 0.5,
    "queue_share_japan": 0.4,
    "bank_minutes": 10.0,
    "lanes_eligible": 1.0,
    "lanes_take_up": 1.0,
    "lanes_wait_removed": 0.5,
}


def scene(values: dict[str, float], **changes: object) -> Scene:
    chosen = settings_of(values).choices
    return Scene(tuple(replace(choice, **changes) for choice in chosen), MONTHS)  # type: ignore[arg-type]


def logs(
    priors: PriorSet, acted: Scene, *, queue: bool = True
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return log_uplift(drawn(priors, count=64), acted, queue=queue)


@pytest.mark.parametrize("priors", PRIOR_SETS)
def test_no_lever_changes_nothing(priors: PriorSet) -> None:
    off = Settings(tuple(Choice(key, lever.default) for key, lever in levers().items()))
    for settings in (Settings(), off):
        assert not logs(priors, Scene.of(settings, MONTHS)).any()


def switched(keys: list[str]) -> dict[str, float]:
    return {key: levers()[key].on for key in keys}


@st.composite
def grown(draw: st.DrawFn) -> tuple[Settings, Settings]:
    """Return simpler levers with typed shares, and the same with one share larger."""
    keys = draw(st.sets(st.sampled_from(BY_SHARES), min_size=1))
    others = draw(st.sets(st.sampled_from(SIMPLER + HARDER + ["exchange-rate"])))
    chosen = {}
    for key in keys:
        names = [part for part in levers()[key].parts if part in SHARES]
        chosen[key] = Choice(key, 1.0, parts=tuple((name, draw(st.floats(0, 1))) for name in names))
    base = {choice.lever: choice for choice in settings_of(switched(sorted(others - keys))).choices} | chosen
    key = draw(st.sampled_from(sorted(keys)))
    name, value = draw(st.sampled_from(chosen[key].parts))
    more = tuple(
        (part, draw(st.floats(value, 1)) if part == name else share) for part, share in chosen[key].parts
    )
    settings = Settings(tuple(base[key] for key in levers() if key in base))
    larger = base | {key: replace(chosen[key], parts=more)}
    return settings, Settings(tuple(larger[key] for key in levers() if key in larger))


@example_settings(deadline=None)
@given(pair=grown(), priors=st.sampled_from(PRIOR_SETS), queue=st.booleans())
def test_more_coverage_eligibility_or_take_up_never_lowers_demand(
    pair: tuple[Settings, Settings], priors: PriorSet, queue: bool
) -> None:
    less, more = (logs(priors, Scene.of(settings, MONTHS), queue=queue) for settings in pair)
    assert np.all(more >= less - SMALL)


@example_settings(deadline=None)
@given(st.sets(st.sampled_from(SIMPLER)), st.sampled_from(SIMPLER), st.sampled_from(PRIOR_SETS))
def test_one_more_simplification_never_lowers_demand(keys: set[str], added: str, priors: PriorSet) -> None:
    before, after = (logs(priors, scene(switched(sorted(chosen)))) for chosen in (keys, keys | {added}))
    assert np.all(after >= before - SMALL)


@example_settings(deadline=None)
@given(st.sets(st.sampled_from(SIMPLER + HARDER)), st.sampled_from(HARDER), st.sampled_from(PRIOR_SETS))
def test_a_harder_lever_never_raises_demand(keys: set[str], added: str, priors: PriorSet) -> None:
    before, after = (logs(priors, scene(switched(sorted(chosen)))) for chosen in (keys, keys | {added}))
    assert np.all(after <= before + SMALL)


@example_settings(deadline=None)
@given(st.sets(st.sampled_from(HARDER)), st.sampled_from(PRIOR_SETS))
def test_harder_levers_alone_never_raise_demand(keys: set[str], priors: PriorSet) -> None:
    assert np.all(logs(priors, scene(switched(sorted(keys)))) <= SMALL)


@example_settings(deadline=None)
@given(st.sets(st.sampled_from(SIMPLER)), st.sampled_from(PRIOR_SETS), st.data())
def test_no_combination_saves_more_than_the_wait_there_is(
    keys: set[str], priors: PriorSet, data: st.DataObject
) -> None:
    full = {name: parts()[name].maximum for name in ("coverage", "eligible", "take_up", "wait_removed")}
    chosen = []
    for choice in settings_of(switched(sorted(keys))).choices:
        typed = tuple((name, full[name]) for name in choice.record.parts if name in full)
        chosen.append(replace(choice, parts=typed if data.draw(st.booleans()) else ()))
    draw = drawn(priors, count=64)
    for flow in DIRECTIONS:
        burden = cost.burden(draw, Scene(tuple(chosen), None), flow)
        assert np.all(burden.residual >= 0)
        assert np.all(burden.residual <= 1)
        assert np.all(burden.forms <= draw["forms_cost"])
        assert np.all(burden.wait < burden.trip)


@pytest.mark.parametrize("priors", PRIOR_SETS)
def test_no_wait_is_the_ceiling_of_what_acts_on_the_wait(priors: PriorSet) -> None:
    keys = [key for key in SIMPLER if levers()[key].mechanism in ("wait", "pre-clearance", "kiosks")]
    some = unconstrained(settings_of(switched(keys)), priors=priors)
    ceiling = unconstrained(from_preset("no-arrival-wait"), priors=priors)
    for flow in DIRECTIONS:
        assert 0 < some[flow].median < ceiling[flow].median
        assert some[flow].p90 < ceiling[flow].p90


def test_a_measure_starts_in_its_month_and_grows() -> None:
    start = pd.Period("2027-04", freq="M")
    rise = logs("evidence", scene({"lanes": 1}, start=start), queue=False)
    before = start > MONTHS
    assert not rise[:, :, before].any()
    assert np.all(rise[:, :, ~before] > 0)
    assert np.all(np.diff(rise[:, :, ~before], axis=2) > 0)


def test_a_ramp_reaches_two_thirds_after_its_months() -> None:
    acted = scene({"no-arrival-wait": 1}, ramp_months=4.0)
    reached = acted.ramp(acted.choices[0], middle("note"))[0]
    assert reached[0] == pytest.approx(1 - math.exp(-1 / 4))
    assert reached[3] == pytest.approx(1 - math.exp(-1))
    at_once = scene({"no-arrival-wait": 1}, ramp_months=0.0)
    assert at_once.ramp(at_once.choices[0], middle("note"))[0].tolist() == [1.0] * len(MONTHS)


def test_a_start_in_the_past_is_already_on_its_way() -> None:
    past = scene({"lanes": 1}, start=pd.Period("2025-06", freq="M"), ramp_months=4.0)
    assert past.since(past.choices[0])[0] == 16


def test_a_measure_ends_after_its_last_month() -> None:
    acted = scene({"departure-tax": 2000}, start=MONTHS[2], end=MONTHS[4])
    fall = logs("evidence", acted, queue=False)[0, 0]
    assert (fall < 0).tolist() == [False, False, True, True, True] + [False] * (len(MONTHS) - 5)


def test_a_lever_may_be_narrowed_to_one_direction() -> None:
    rise = logs("evidence", scene({"lanes": 1}, directions=(Flow.JAPANESE_TO_KOREA,)))
    assert not rise[:, 0].any()
    assert np.all(rise[:, 1] > 0)


def test_an_exemption_counts_only_against_its_authorisation() -> None:
    alone = logs("evidence", scene({"jesta-exemption": 1, "k-eta-exemption": 1}))
    assert not alone.any()
    exempt = logs("evidence", scene({"jesta": 1, "jesta-exemption": 1, "k-eta": 1}))
    assert not exempt[:, 0].any()
    assert np.array_equal(exempt[:, 1], logs("evidence", scene({"k-eta": 1}))[:, 1])


def test_an_authorisation_never_costs_more_than_a_tenth() -> None:
    chosen = Choice("jesta", 1.0, parts=(("fee", 100.0), ("hours", 10.0), ("salience", 50.0)))
    uplift = unconstrained(Settings((chosen,)), priors="note")[Flow.KOREANS_TO_JAPAN]
    assert (uplift.median, uplift.p10) == pytest.approx((-10.0, -10.0))


def test_the_yen_acts_within_three_months_and_both_ways() -> None:
    draw = middle("note")
    dearer = log_uplift(draw, scene({"exchange-rate": 10}), queue=False)[0]
    assert dearer[0, 2] == pytest.approx(-1.04 * math.log(1.1), abs=0.01)
    assert dearer[0, 0] == pytest.approx(dearer[0, 2] / 3)
    assert dearer[0, 2:].tolist() == pytest.approx([dearer[0, 2]] * (len(MONTHS) - 2))
    assert np.all(dearer[1] > 0)
    cheaper = log_uplift(draw, scene({"exchange-rate": -10}), queue=False)[0]
    assert np.all(cheaper[0] > 0)
    assert np.all(cheaper[1] < 0)


def test_a_tax_in_yen_weighs_more_when_the_yen_is_dearer() -> None:
    draw = middle("evidence")
    tax = cost.burden(draw, scene({"departure-tax": 2000}, start=MONTHS[0]), Flow.KOREANS_TO_JAPAN).charge
    both = cost.burden(
        draw, scene({"departure-tax": 2000, "exchange-rate": 10}, start=MONTHS[0]), Flow.KOREANS_TO_JAPAN
    ).charge
    assert tax[0, 0] == pytest.approx(16.9, abs=0.1)
    assert both[0, 0] == pytest.approx(1.1 * tax[0, 0])


def test_a_shock_follows_history_and_ends() -> None:
    draw = ROUND_DRAW
    shock = log_uplift(draw, scene({"shock-boycott": 1}), queue=False)[0, 0]
    assert shock[:7].tolist() == pytest.approx([-0.65, -0.87, -1.06, -1.05, -1.01, -0.90, 0.0])
    half = log_uplift(draw, scene({"shock-boycott": 0.5}), queue=False)[0, 0]
    assert half.tolist() == pytest.approx((shock / 2).tolist())
    longer = log_uplift(draw, scene({"shock-boycott": 1}, end=MONTHS[9]), queue=False)[0, 0]
    assert longer[5:11].tolist() == pytest.approx([-0.90] * 5 + [0.0])


ROUND_DRAW = {key: np.array([[value]]) for key, value in ROUND.items()}


def test_visitors_gained_lengthen_the_queue_and_take_some_back() -> None:
    package = scene(switched(["lanes", "e-gates", "pre-clearance", "paperless"]))
    with_queue, without = (logs("evidence", package, queue=queue) for queue in (True, False))
    assert np.all(with_queue < without)
    assert np.all(with_queue > 0.9 * without)


def test_pre_clearance_is_not_used_at_a_loss() -> None:
    chosen = Choice("pre-clearance", 1.0, parts=(("minutes", 60.0),))
    assert not logs("evidence", Scene((chosen,), MONTHS)).any()


def test_kiosks_count_only_where_a_figure_exists() -> None:
    kiosks = settings_of({"joint-kiosks": 1})
    assert unconstrained(kiosks, priors="note")[Flow.KOREANS_TO_JAPAN].median == 0
    assert unconstrained(kiosks, priors="evidence")[Flow.KOREANS_TO_JAPAN].median > 0


def test_airlines_plan_from_the_first_lever_that_changes_demand() -> None:
    chosen = settings_of({"seats": 5, "jesta": 1, "k-eta": 1})
    assert cost.first_start(Scene.of(chosen, MONTHS)) == pd.Period("2027-01", freq="M")
    assert cost.first_start(Scene.of(settings_of({"seats-fixed": 1}), MONTHS)) is None


def test_draws_are_common_to_every_scenario() -> None:
    assert drawn("note", count=32) is drawn("note", count=32)
    with pytest.raises(ValueError, match="read-only"):
        drawn("note", count=32)["fare"][0, 0] = 1.0
