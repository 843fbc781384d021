"""Seats: the spill model, the lag of supply, and a ceiling that holds."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from crossings.models.scenario.seats import (
    SPREAD,
    Seats,
    Supply,
    follow_shares,
    following,
    load_supply,
    served_share,
)
from crossings.tables.flows import DataDamaged

MONTHS = pd.period_range("2026-09", "2028-12", freq="M")
Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

VISITORS = arrays(np.float64, (2, 3), elements=st.floats(1e3, 2e6))
FACTORS = arrays(np.float64, (2, 3), elements=st.floats(0.05, 5.0))


def seats(*, offered: float = 0.0, change: float = 1.0, ceiling: float = 0.94) -> Seats:
    return Seats(*(np.array([[value]]) for value in (offered, change, 1.04, 0.9, ceiling)))


def carried(made: Seats, baseline: Array, factor: Array) -> Array:
    """Return visitors (2, H) under the one set of assumptions."""
    return np.asarray(made.carried(baseline, factor)[0])


def exact_share(room: float) -> float:
    z = (room - 1) / SPREAD
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return 1 - SPREAD * (density - z * 0.5 * math.erfc(z / math.sqrt(2)))


@pytest.mark.parametrize("room", [0.3, 0.9, 0.999, 1.0, 1.0444, 1.2, 1.5, 2.2, 3.0])
def test_served_share_is_the_spill_formula(room: float) -> None:
    assert served_share(np.array([room]))[0] == pytest.approx(exact_share(room), abs=1e-6)


@example_settings(deadline=None)
@given(st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_more_room_serves_more_but_never_more_than_there_is(first: float, second: float) -> None:
    low, high = sorted((first, second))
    less, more = served_share(np.array([low, high]))
    assert less <= more + 1e-12
    assert more <= min(1.0, high) + 1e-6


@example_settings(deadline=None)
@given(VISITORS, st.floats(0.0, 3e6))
def test_no_change_of_demand_gives_the_baseline_to_the_last_digit(baseline: Array, offered: float) -> None:
    assert np.array_equal(carried(seats(offered=offered), baseline, np.ones((2, 3))), baseline)


@example_settings(deadline=None)
@given(VISITORS, FACTORS, st.floats(0.0, 3e6), st.floats(0.7, 1.3))
def test_visitors_never_exceed_the_seats(
    baseline: Array,
    factor: Array,
    offered: float,
    change: float,
) -> None:
    made = seats(offered=offered, change=change)
    visitors = carried(made, baseline, factor).sum(axis=0)
    assert np.all(visitors <= made.limit(baseline)[0] * (1 + 1e-9))


@example_settings(deadline=None)
@given(VISITORS, FACTORS, FACTORS, st.floats(0.0, 3e6))
def test_more_demand_never_lowers_the_sum(
    baseline: Array,
    factor: Array,
    more: Array,
    offered: float,
) -> None:
    made = seats(offered=offered)
    less = carried(made, baseline, factor).sum(axis=0)
    assert np.all(carried(made, baseline, factor + more).sum(axis=0) >= less * (1 - 1e-6))


@example_settings(deadline=None)
@given(VISITORS, FACTORS, st.floats(0.0, 3e6), st.floats(0.5, 2.0))
def test_the_share_served_lies_between_its_bounds(
    baseline: Array,
    factor: Array,
    offered: float,
    change: float,
) -> None:
    made = seats(offered=offered, change=change)
    demand = baseline * factor
    low, high = made.served_between(factor[np.newaxis])
    served = made.served(baseline.sum(axis=0), demand.sum(axis=0))
    some = demand.sum(axis=0) > 0
    assert np.all((low <= served * (1 + 1e-12))[:, some])
    assert np.all((served <= high * (1 + 1e-12))[:, some])


def test_directions_share_the_seats() -> None:
    baseline = np.array([[800_000.0], [300_000.0]])
    visitors = carried(seats(), baseline, np.array([[1.1], [1.0]]))
    assert visitors[1, 0] < 300_000
    assert 800_000 < visitors[0, 0] < 880_000


def test_plenty_of_seats_let_all_demand_through() -> None:
    baseline = np.array([[800_000.0], [300_000.0]])
    visitors = carried(seats(offered=5e6), baseline, np.array([[1.1], [1.0]]))
    assert visitors[:, 0].tolist() == pytest.approx([880_000, 300_000])


def test_empty_months_stay_empty() -> None:
    assert not carried(seats(), np.zeros((2, 1)), np.ones((2, 1))).any()


def test_airlines_follow_with_a_lag() -> None:
    start = pd.Period("2026-11", freq="M")
    share = dict(zip(MONTHS, follow_shares(MONTHS, start=start), strict=True))
    assert [share[month] for month in MONTHS if month < pd.Period("2027-04", freq="M")] == [0.0] * 7
    assert 0 < share[pd.Period("2027-04", freq="M")] < share[pd.Period("2027-08", freq="M")] < 1
    assert [share[month] for month in MONTHS if month >= pd.Period("2027-11", freq="M")] == [1.0] * 14
    assert not follow_shares(MONTHS, start=None).any()


@example_settings(deadline=None)
@given(st.integers(-24, 27))
def test_the_lag_never_runs_backwards(offset: int) -> None:
    share = follow_shares(MONTHS, start=MONTHS[0] + offset)
    assert np.all(np.diff(share) >= 0)
    assert 0 <= share.min() <= share.max() <= 1


def test_seats_follow_the_change_of_demand() -> None:
    baseline = np.array([[3e5, 3e5], [1e5, 1e5]])
    grown = following(baseline, np.array([[1.1, 1.1], [1.1, 1.1]]), follows=np.array([0.0, 0.5]))
    assert grown.tolist() == pytest.approx([1.0, 1.1**0.5])


def test_months_ahead_take_last_years_shape() -> None:
    known = Supply({pd.Period("2024-09", freq="M"): 10_000.0, pd.Period("2025-09", freq="M"): 12_000.0})
    months = pd.PeriodIndex(["2025-09", "2026-09", "2027-09", "2026-10"], freq="M")
    flights, steps = known.ahead(months)
    assert flights.tolist() == [6_000, 6_000, 6_000, 0]
    assert steps.tolist() == [0, 1, 1, 0]


def test_flights_are_read_from_the_published_table(tmp_path: Path) -> None:
    assert load_supply(tmp_path) is None
    (tmp_path / "air_supply.csv").write_text("month,flights\n2025-01,12579\n2025-02,\n")
    read = load_supply(tmp_path)
    assert read is not None
    assert dict(read.flights) == {pd.Period("2025-01", freq="M"): 12_579.0}


@pytest.mark.parametrize(
    "text", ["month,planes\n2025-01,3\n", "month,flights\n2025-01,many\n", "month,flights\nsoon,3\n"]
)
def test_a_damaged_table_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "air_supply.csv").write_text(text)
    with pytest.raises(DataDamaged, match=r"air_supply\.csv"):
        load_supply(tmp_path)
