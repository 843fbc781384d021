"""Measures of piecewise linear waits against many single passengers, and Erlang's formula against a table."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossings.models.queue.measures import WaitCurve
from crossings.models.queue.steady import erlang_c_wait_minutes

PIECES = st.lists(
    st.tuples(st.integers(1, 50), st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=12
)


def curve_of(pieces: list[tuple[int, int, int]]) -> WaitCurve:
    return WaitCurve.of(*(np.array(part, dtype=float) for part in zip(*pieces, strict=True)))


@given(PIECES, st.sampled_from([0.1, 0.5, 0.8, 0.95]))
@settings(max_examples=80, deadline=None)
def test_measures_equal_those_of_many_single_passengers(
    pieces: list[tuple[int, int, int]], share: float
) -> None:
    curve = curve_of(pieces)
    middles = (np.arange(400) + 0.5) / 400
    waits = np.concatenate([first + (last - first) * middles for _, first, last in pieces])
    weights = np.repeat([passengers / 400 for passengers, _, _ in pieces], 400)
    assert curve.mean == pytest.approx(np.average(waits, weights=weights))
    assert curve.share_within(20) == pytest.approx(np.average(waits <= 20, weights=weights), abs=2e-3)
    found = curve.quantile(share)
    assert curve.share_within(found) >= share - 1e-9
    assert found == 0 or curve.share_within(found - 1e-6 * (1 + found)) < share + 1e-9


def test_a_wait_that_many_share_is_an_exact_quantile() -> None:
    curve = curve_of([(90, 5, 5), (10, 5, 15)])
    assert curve.quantile(0.8) == 5
    assert curve.quantile(0.95) == pytest.approx(10)
    assert curve.waits().share_within_20_minutes == 1


def test_erlang_c_equals_the_single_server_formula_and_a_known_case() -> None:
    single = erlang_c_wait_minutes(arrivals_a_minute=0.5, servers=1, seconds=60)
    assert single == pytest.approx(0.5 / (1 - 0.5))
    two = erlang_c_wait_minutes(arrivals_a_minute=1.0, servers=2, seconds=60)
    assert two == pytest.approx((1 / 3) / (2 - 1))
    assert math.isinf(erlang_c_wait_minutes(arrivals_a_minute=2.0, servers=2, seconds=60))
    bank = erlang_c_wait_minutes(arrivals_a_minute=4 * 170 / 60, servers=10, seconds=50)
    assert bank == pytest.approx(1.2, abs=0.05)
