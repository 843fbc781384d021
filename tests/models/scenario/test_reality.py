"""Reality checks: what the model says of the past stands beside what was seen."""

import pandas as pd
import pytest

from crossings.models.events.design import exchange_rates
from crossings.models.events.intervention import estimate
from crossings.models.events.interventions import intervention
from crossings.models.scenario.levers import PRIOR_SETS, PriorSet
from crossings.models.scenario.model import PriorsUnknown, unconstrained
from crossings.models.scenario.reality import (
    NothingToCheck,
    check_past,
    earliest_start,
    limits,
    reality_checks,
)
from crossings.models.scenario.settings import Settings, from_preset, settings_from_json
from crossings.tables.flows import DIRECTIONS, load
from tests.models.scenario import made

KOREANS, JAPANESE = DIRECTIONS
KNOWN = {flow: load().series(flow) for flow in DIRECTIONS}


@pytest.mark.parametrize("priors", PRIOR_SETS)
def test_the_four_checks(priors: PriorSet) -> None:
    checks = {check.key: check for check in reality_checks(KNOWN, priors=priors)}
    assert list(checks) == ["waiver-2005", "reopening-2022", "lanes-june-2025", "china-2024"]
    for check in checks.values():
        said = check.modelled_percent
        assert said.p10 <= said.median <= said.p90
        assert check.sources
        assert check.reading.endswith(".")
    assert checks["waiver-2005"].modelled_percent.p10 > (checks["waiver-2005"].seen_high or 0)
    assert checks["reopening-2022"].seen_percent == pytest.approx(100 * 456_165 / 681_582, abs=0.5)
    pilot = unconstrained(from_preset("june-2025-lanes"), priors=priors)[KOREANS]
    assert checks["lanes-june-2025"].modelled_percent == pilot
    china = checks["china-2024"]
    assert china.seen_percent is not None
    assert china.modelled_percent.median < china.seen_percent < china.modelled_percent.p90


def test_the_visa_waiver_is_as_history_estimates_it() -> None:
    waiver = reality_checks(KNOWN)[0]
    event = estimate(load(), exchange_rates(), flow=KOREANS, intervention=intervention(waiver.key))
    assert event.intervention.first == waiver.month
    assert waiver.seen_percent == pytest.approx(100 * event.effect, abs=0.05)
    assert (waiver.seen_low, waiver.seen_high) == pytest.approx(
        [100 * end for end in event.interval], abs=0.05
    )


def test_the_visa_lever_is_turned_round() -> None:
    check = reality_checks(KNOWN, priors="note")[0].modelled_percent
    assert check.p10 > 100 * (1 / 0.9 - 1)
    assert check.p90 < 100 * (2.7183 - 1)


def test_a_month_that_is_not_known_is_not_invented() -> None:
    empty = {flow: pd.Series(dtype=float, index=pd.PeriodIndex([], freq="M")) for flow in DIRECTIONS}
    assert reality_checks(empty)[1].seen_percent is None
    with pytest.raises(PriorsUnknown):
        reality_checks(empty, priors="mine")  # type: ignore[arg-type]


def test_limits_are_said() -> None:
    assert len(limits()) >= 8
    assert all(limit.endswith(".") for limit in limits())


def test_a_measure_of_the_past_is_checked_against_what_came() -> None:
    before = made.projection(as_of=pd.Period("2025-05", freq="M"))
    after = made.projection(as_of=pd.Period("2025-08", freq="M")).known
    june = settings_from_json(
        '{"levers": {"lanes-pilot": {"start": "2025-06", "end": "2025-06", "ramp_months": 0}}}'
    )
    rows = check_past(before, after, june, supply=made.supply())
    assert [(row.flow, str(row.month)) for row in rows] == [
        (flow, month) for flow in DIRECTIONS for month in ("2025-06", "2025-07", "2025-08")
    ]
    first, later = rows[0], rows[1]
    assert first.seen == after[KOREANS].loc["2025-06"]
    assert first.baseline.median < first.scenario.median < 1.001 * first.baseline.median
    assert later.scenario == later.baseline


def test_nothing_to_check_is_said() -> None:
    before = made.projection()
    with pytest.raises(NothingToCheck, match="2026-08"):
        check_past(before, before.known, Settings(), supply=made.supply())


def test_the_first_start_of_a_scenario() -> None:
    assert earliest_start(from_preset("full-package")) is None
    assert earliest_start(from_preset("jesta-departure-tax")) == pd.Period("2026-07", freq="M")
    early = settings_from_json('{"levers": {"lanes": {"start": "2025-06"}, "departure-tax": 0}}')
    assert earliest_start(early) == pd.Period("2025-06", freq="M")
