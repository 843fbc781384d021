"""A scenario as data for sentences."""

import pandas as pd

from crossings.models.scenario.cost import spread
from crossings.models.scenario.describe import assumptions, description
from crossings.models.scenario.levers import PRIOR_SETS, parameters
from crossings.models.scenario.settings import Settings, from_preset, settings_from_json
from crossings.tables.flows import Flow

MONTHS = pd.period_range("2026-09", "2028-12", freq="M")


def test_a_lever_says_what_is_set() -> None:
    text = """{"levers": {"lanes": {"value": 1, "start": "2027-03", "end": "2028-02", "ramp_months": 6,
    "directions": ["JPN-KOR"], "parts": {"coverage": 0.4}}, "departure-tax": 1500, "visa": 0}}"""
    lanes, tax = description(settings_from_json(text), months=MONTHS)
    assert (lanes.key, lanes.value, lanes.unit) == ("lanes", 1.0, "switch")
    assert (str(lanes.start), str(lanes.end), lanes.ramp_months) == ("2027-03", "2028-02", 6.0)
    assert lanes.directions == (Flow.JAPANESE_TO_KOREA,)
    coverage, eligible = lanes.parts[:2]
    assert (coverage.key, coverage.value, coverage.typed) == ("coverage", 0.4, True)
    assert (eligible.value, eligible.typed) == (spread("evidence")["lanes_eligible"][1], False)
    assert (tax.value, str(tax.start), tax.end, tax.ramp_months) == (1500.0, "2026-07", None, None)
    assert tax.in_baseline == "partly"


def test_a_lever_without_a_month_starts_with_the_horizon() -> None:
    assert {said.start for said in description(from_preset("full-package"), months=MONTHS)} == {MONTHS[0]}
    assert not description(Settings(), months=MONTHS)


def test_assumptions_list_every_parameter() -> None:
    for priors in PRIOR_SETS:
        rows = assumptions(priors)
        assert [row.key for row in rows] == list(parameters())
        assert all(row.low <= row.median <= row.high for row in rows)
        assert all(row.sources for row in rows)
