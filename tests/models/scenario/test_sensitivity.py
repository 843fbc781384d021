"""What drives the result: bars and steps that add up."""

import pytest

from crossings.models.scenario.model import run
from crossings.models.scenario.sensitivity import tornado, waterfall
from crossings.models.scenario.settings import Settings, from_preset, settings_from_json
from crossings.tables.flows import DIRECTIONS, Flow
from tests.models.scenario import made

PROJECTION = made.projection()
SUPPLY = made.supply()
KOREANS = DIRECTIONS[0]


def test_elasticity_drives_the_package() -> None:
    bars = tornado(PROJECTION, from_preset("full-package"), flow=KOREANS, priors="note", supply=SUPPLY)
    assert bars[0].parameter == "elasticity"
    assert bars[0].at_low < bars[0].middle < bars[0].at_high
    widths = [bar.width for bar in bars]
    assert widths == sorted(widths, reverse=True)
    by_key = {bar.parameter: bar for bar in bars}
    assert by_key["fare"].at_low > by_key["fare"].at_high
    assert by_key["wait_minutes_japan"].at_low < by_key["wait_minutes_japan"].at_high
    assert by_key["elasticity"].width > 2 * by_key["wait_minutes_japan"].width


def test_what_changes_nothing_is_no_bar() -> None:
    assert not tornado(PROJECTION, Settings(), flow=KOREANS, supply=SUPPLY)
    keys = {
        bar.parameter
        for bar in tornado(PROJECTION, from_preset("departure-tax"), flow=KOREANS, supply=SUPPLY)
    }
    assert {"elasticity", "won_per_yen", "fare"} <= keys
    assert not {"gates_take_up", "visa_effect", "lanes_coverage"} & keys


def test_a_typed_number_is_no_bar() -> None:
    typed = settings_from_json('{"levers": {"lanes": {"parts": {"coverage": 0.5}}}}')
    keys = {bar.parameter for bar in tornado(PROJECTION, typed, flow=KOREANS, supply=SUPPLY)}
    assert "lanes_take_up" in keys
    assert "lanes_coverage" not in keys


@pytest.mark.parametrize("key", ["full-package", "simpler-fixed-seats", "jesta-departure-tax", "none"])
@pytest.mark.parametrize("flow", list(Flow))
def test_the_waterfall_sums_to_the_answer(key: str, flow: Flow) -> None:
    chosen = from_preset(key)
    steps = waterfall(PROJECTION, chosen, flow=flow, n_draws=64, supply=SUPPLY)
    result = run(PROJECTION, chosen, flow=flow, year=2028, mark=1, n_draws=64, supply=SUPPLY)
    total = sum(step.extra_visitors for step in steps)
    assert total == pytest.approx(result.effects[flow].extra_visitors_a_year.median, abs=1e-3)
    demand = [choice.lever for choice in chosen.active if choice.lever != "seats-fixed"]
    assert [step.key for step in steps] == [*demand, "queue", "seats"]


def test_queue_and_seats_take_some_of_the_package_back() -> None:
    steps = {
        s.key: s.extra_visitors
        for s in waterfall(PROJECTION, from_preset("simpler-fixed-seats"), flow=Flow.BOTH)
    }
    assert steps["queue"] < 0
    assert steps["seats"] < 0
    assert all(steps[key] > 0 for key in ("lanes", "e-gates", "pre-clearance", "paperless", "joint-kiosks"))
