"""The numbers that a scenario's maker saw: they survive links and files, and damage to them has a name."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.errors import CrossingsError
from crossings.models.scenario import snapshot as seen
from crossings.models.scenario.levers import PRIOR_SETS
from crossings.models.scenario.model import run
from crossings.models.scenario.results import seen_of
from crossings.models.scenario.settings import (
    LeverOutOfRange,
    LeverUnknown,
    LeverWrongType,
    ScenarioUnreadable,
    Settings,
    from_preset,
    pinned,
    settings_from_json,
    settings_from_query,
    settings_of,
    to_json,
    to_query,
)
from crossings.models.scenario.snapshot import Seen
from crossings.tables.flows import Flow
from tests.models.scenario import made

WHOLE = st.integers(-(10**8), 10**8).map(float)
SHARE = st.integers(0, 10_000).map(lambda ten_thousandths: ten_thousandths / 10_000)
SEEN = st.builds(
    Seen,
    flow=st.sampled_from(list(Flow)),
    year=st.integers(2000, 2045),
    mark=st.integers(1, 10**9),
    priors=st.sampled_from(PRIOR_SETS),
    effect_year=st.integers(2000, 2045),
    extra=st.tuples(st.tuples(WHOLE, WHOLE, WHOLE), st.tuples(WHOLE, WHOLE, WHOLE)),
    baseline_probability=SHARE,
    scenario_probability=SHARE,
    level=st.sampled_from(list(seen.QUANTILES)),
)
ONE = Seen(
    Flow.BOTH, 2027, 17_000_000, "evidence", 2028, ((1.5e5, 6e4, 3.9e5), (4e4, 1.5e4, 1e5)), 0.45, 0.48
)


@given(SEEN)
def test_they_come_back_from_a_link_and_from_a_file(saw: Seen) -> None:
    settings = replace(from_preset("full-package"), seen=saw)
    assert settings_from_query(to_query(settings)) == settings
    assert settings_from_json(to_json(settings)) == settings


def test_they_are_those_of_the_result() -> None:
    result = run(
        made.projection(),
        from_preset("full-package"),
        flow=Flow.BOTH,
        year=2027,
        mark=14_500_000,
        n_draws=64,
        supply=made.supply(),
    )
    saw = seen_of(result)
    assert (saw.flow, saw.year, saw.mark, saw.priors) == (Flow.BOTH, 2027, 14_500_000, "evidence")
    extra = result.effects[Flow.KOREANS_TO_JAPAN].extra_visitors_a_year
    assert saw.extra[0] == pytest.approx((extra.median, extra.p10, extra.p90), abs=0.5)
    assert saw.scenario_probability == pytest.approx(result.scenario_probability, abs=5e-5)


def test_those_of_earlier_versions_keep_their_interval_of_90_percent() -> None:
    earlier = replace(ONE, level=90)
    link, file = seen.as_text(earlier).removesuffix("_90"), seen.as_plain(earlier)
    assert set(file["extra_visitors"]["KOR-JPN"]) == {"median", "p5", "p95"}
    assert seen.from_text(link) == seen.from_plain(file) == earlier


def test_a_link_stays_short_enough_to_send() -> None:
    full = replace(
        from_preset("full-package"), data_month=pd.Period("2026-08", "M"), model_version="2.1/1.0", seen=ONE
    )
    assert sum(len(key) + len(text) + 2 for key, text in to_query(full).items()) < 300


DAMAGE: list[tuple[dict[str, object], type[CrossingsError]]] = [
    ({"flow": "CHN-JPN"}, LeverUnknown),
    ({"flow": ["both"]}, LeverUnknown),
    ({"priors": "mine"}, LeverUnknown),
    ({"year": "2027"}, LeverWrongType),
    ({"year": 2027.5}, LeverWrongType),
    ({"year": 1999}, LeverOutOfRange),
    ({"mark": -1}, LeverOutOfRange),
    ({"baseline_probability": 1.2}, LeverOutOfRange),
    ({"scenario_probability": None}, LeverWrongType),
    ({"extra_visitors": {}}, LeverWrongType),
    ({"extra_visitors": 5}, LeverWrongType),
    ({"effect_year": True}, LeverWrongType),
]


@pytest.mark.parametrize(("damage", "fault"), DAMAGE, ids=[str(damage) for damage, _ in DAMAGE])
def test_damage_in_a_file_is_named(damage: dict[str, object], fault: type[CrossingsError]) -> None:
    plain = {"version": 1, "levers": {"lanes": 1}, "seen": seen.as_plain(ONE) | damage}
    with pytest.raises(fault, match="seen"):
        settings_from_json(json.dumps(plain))


def test_numbers_that_are_no_group_are_named() -> None:
    with pytest.raises(LeverWrongType, match="seen"):
        settings_from_json('{"levers": {}, "seen": [1, 2]}')


@given(st.text(max_size=80))
def test_damage_in_a_link_is_named(text: str) -> None:
    query = to_query(from_preset("full-package")) | {"saw": text}
    if not text:
        assert settings_from_query(query).seen is None
        return
    with pytest.raises(ScenarioUnreadable):
        settings_from_query(query)


@pytest.mark.parametrize("place", range(14))
def test_each_number_of_a_link_is_checked(place: int) -> None:
    parts = seen.as_text(ONE).split(seen.BETWEEN)
    assert len(parts) == 14
    parts[place] = "nan"
    with pytest.raises(ScenarioUnreadable):
        seen.from_text(seen.BETWEEN.join(parts))


def test_a_pinned_scenario_starts_when_it_did() -> None:
    first = pd.Period("2026-09", "M")
    settings = settings_of({"lanes": 1, "departure-tax": 2000})
    starts = {choice.lever: choice.start for choice in pinned(settings, first=first).choices}
    assert starts == {"lanes": first, "departure-tax": pd.Period("2026-07", "M")}
    assert pinned(Settings(), first=first) == Settings()
