"""The records: complete, consistent, sourced."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crossings.models.scenario.levers import (
    PRIOR_SETS,
    Lever,
    Parameter,
    levers,
    messages,
    parameters,
    parts,
    presets,
    read,
    sources,
)
from crossings.models.scenario.settings import from_preset
from crossings.tables.flows import DIRECTIONS, read_table

GRADES = {"green", "amber", "red"}
PRESETS = {
    "june-2025-lanes",
    "permanent-lanes",
    "e-gates",
    "pre-clearance",
    "full-package",
    "no-arrival-wait",
    "departure-tax",
    "travel-authorisation",
    "simpler-fixed-seats",
    "none",
}


@pytest.mark.parametrize("lever", levers().values(), ids=str)
def test_a_lever_is_complete(lever: Lever) -> None:
    assert lever.label
    assert lever.sentence.endswith(".")
    assert lever.caveat
    assert lever.unit
    assert lever.minimum <= lever.default <= lever.maximum
    assert lever.minimum <= lever.on <= lever.maximum
    assert lever.on != lever.default
    assert lever.step > 0
    assert set(lever.directions) <= set(DIRECTIONS)
    assert lever.directions
    assert {lever.quality, lever.impact} <= GRADES
    assert lever.sources
    assert set(lever.sources) <= set(sources())
    assert set(lever.parts) <= set(parts())
    assert set(lever.parts.values()) <= set(parameters())
    assert not lever.ramp or lever.ramp in parameters()
    assert (lever.in_baseline == "no") == (lever.baseline == "")
    assert (lever.in_baseline == "partly") == (lever.in_force != "")


@pytest.mark.parametrize("parameter", parameters().values(), ids=lambda parameter: parameter.key)
def test_a_parameter_is_complete(parameter: Parameter) -> None:
    for name in PRIOR_SETS:
        prior = parameter.priors[name]
        assert all(math.isfinite(number) for number in prior.numbers)
        if prior.kind in ("pert", "triangular"):
            low, mode, high = prior.numbers
            assert low <= mode <= high
            assert low < high
        assert parameter.quality[name] in GRADES
        assert parameter.sources[name]
        assert set(parameter.sources[name]) <= set(sources())
    assert parameter.impact in GRADES


def test_a_typed_part_may_take_every_value_its_prior_can() -> None:
    for lever in levers().values():
        for key, parameter in lever.parts.items():
            for name in PRIOR_SETS:
                numbers = parameters()[parameter].priors[name].numbers
                assert parts()[key].minimum <= min(numbers) <= max(numbers) <= parts()[key].maximum


def test_groups_keep_world_levers_apart() -> None:
    world = {key for key, lever in levers().items() if lever.group == "world"}
    assert world == {
        "exchange-rate",
        "seats",
        "seats-fixed",
        "shock-boycott",
        "shock-earthquake",
        "shock-pandemic",
    }


def test_exemptions_name_the_lever_they_cancel() -> None:
    for lever in levers().values():
        assert (lever.mechanism == "exemption") == bool(lever.relieves)
        if lever.relieves:
            assert levers()[lever.relieves].directions == lever.directions


def test_letters_of_links_are_unique() -> None:
    letters = [part.letter for part in parts().values()]
    assert len({*letters, "s", "e", "r", "d"}) == len(letters) + 4


def test_named_scenarios() -> None:
    assert set(presets()) >= PRESETS
    for key, preset in presets().items():
        assert preset.name
        assert preset.sentence
        active = {choice.lever for choice in from_preset(key).active}
        assert active == set(preset.values)
    assert not from_preset("none").active


def test_parameters_are_used() -> None:
    used = {key for lever in levers().values() for key in (*lever.parts.values(), lever.ramp)}
    general = {key for key in parameters() if key not in used}
    assert {"elasticity", "fare", "won_per_yen", "supply_response", "shock_size"} <= general


def test_messages_stand_once_and_hold_no_braces() -> None:
    texts = messages()
    assert len(texts) == len(set(texts)) > 150
    assert all(text.strip() == text and text for text in texts)
    assert not [text for text in texts if "{" in text]


def test_sources_are_all_cited() -> None:
    cited = {key for lever in levers().values() for key in lever.sources}
    cited |= {key for p in parameters().values() for name in PRIOR_SETS for key in p.sources[name]}
    cited |= {key for check in read("reality")["check"] for key in check["sources"]}
    assert cited == set(sources())


def test_the_evidence_rate_is_the_published_one() -> None:
    rates = read_table("exchange_rates").set_index("month")["krw_per_jpy"]
    median = parameters()["won_per_yen"].priors["evidence"].numbers[0]
    assert median == pytest.approx(float(rates["2026-10"]), rel=0.005)


SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "immigration" / "parameters.csv"

SEEN = {
    ("passenger_aircraft_share_of_flights", "2025"): ("passenger_flight_share", 1.0),
    ("air_passengers_per_visitor_crossing", "2024"): ("passengers_per_visitor", 1.0),
    ("load_factor", "2024-12"): ("load_factor", 1.0),
    ("leisure_value_at_70_percent_of_wage", "2025-04"): ("value_of_time", 1000.0),
    ("joint_kiosk_time_saved", "2024"): ("kiosk_minutes", 1.0),
}


@pytest.mark.skipif(not SHARED.exists(), reason="the collected parameters are not beside the project")
@pytest.mark.parametrize(("row", "wanted"), SEEN.items(), ids=str)
def test_the_evidence_is_what_was_collected(row: tuple[str, str], wanted: tuple[str, float]) -> None:
    table = pd.read_csv(SHARED, dtype=str).set_index(["name", "date_or_period"])["value"]
    key, unit = wanted
    middle = parameters()[key].priors["evidence"].quantile(np.array([0.5]))[0]
    assert middle == pytest.approx(float(table[row]) / unit, rel=0.005)


@pytest.mark.parametrize(("key", "direction", "first"), [("shock-boycott", "KOR-JPN", "2019-08")])
def test_a_shock_is_the_change_that_was_seen(key: str, direction: str, first: str) -> None:
    origin, destination = direction.split("-")
    table = read_table("visitors")
    rows = table[(table["origin"] == origin) & (table["destination"] == destination)].set_index("month")
    visitors = pd.to_numeric(rows["visitors"])
    profile = levers()[key].profile[DIRECTIONS[0]]
    for place, month in enumerate(pd.period_range(first, periods=len(profile), freq="M")):
        seen = math.log(visitors[str(month)] / visitors[str(month - 12)])
        assert profile[place] == pytest.approx(seen, abs=0.02)
