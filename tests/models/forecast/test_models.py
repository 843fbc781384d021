"""The two kinds of model and the three scales, each against what was put in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.models.forecast import autoregression, structural
from crossings.models.forecast.scales import scales


@given(st.lists(st.integers(0, 10**7), min_size=2, max_size=20))
def test_every_scale_comes_back(visitors: list[int]) -> None:
    values = np.array(visitors, dtype=float)
    for scale in scales(values):
        assert scale.back(scale.there(values)) == pytest.approx(values, rel=1e-9, abs=1e-6)


@given(st.integers(40, 10**6))
def test_the_log_slope_is_the_slope(visitors: int) -> None:
    value, step = np.array([float(visitors)]), 1e-4 * visitors
    for scale in scales(value):
        slope = (scale.there(value + step) - scale.there(value - step)) / (2 * step)
        assert scale.log_slope(value)[0] == pytest.approx(np.log(slope[0]), abs=1e-3)


def test_scales_never_come_back_below_zero() -> None:
    for scale in scales(np.array([0.0, 5.0])):
        assert (scale.back(np.array([-50.0, -1.0, 0.0])) >= 0).all()


def test_the_bank_is_fixed_and_its_shares_add_up() -> None:
    first, again = structural.bank(), structural.bank()
    assert np.array_equal(first.level, again.level)
    assert first.level + first.passing + first.irregular == pytest.approx(np.ones(structural.MEMBERS))
    assert ((first.damping > 0) & (first.damping <= 1)).all()
    assert ((first.persistence > 0) & (first.persistence < 1)).all()


def test_the_filter_finds_level_and_season() -> None:
    month = np.arange(240) % 12
    season = np.sin(2 * np.pi * month / 12)
    values = 5 + season + 0.05 * np.random.default_rng(1).standard_normal(240)
    filtered = structural.filter_bank(values, month, structural.bank())
    best = int(filtered.log_evidence.argmax())
    state = filtered.state[best]
    assert state[0] + state[2] == pytest.approx(5, abs=0.1)
    assert state[3:] == pytest.approx(np.sin(2 * np.pi * np.arange(12) / 12), abs=0.1)
    assert np.sqrt(filtered.variance[best]) == pytest.approx(0.05, rel=0.5)


def test_gaps_widen_the_level() -> None:
    month = np.arange(120) % 12
    values = np.random.default_rng(1).normal(0, 1, 120).cumsum()
    gap = values.copy()
    gap[90:] = np.nan
    whole, broken = (structural.filter_bank(each, month, structural.bank()) for each in (values, gap))
    assert (broken.covariance[:, 0, 0] > whole.covariance[:, 0, 0]).all()


def test_one_wild_month_hardly_moves_the_level() -> None:
    month = np.arange(120) % 12
    values = 5 + 0.05 * np.random.default_rng(1).standard_normal(120)
    values[-3] += 5
    filtered = structural.filter_bank(values, month, structural.bank())
    best = int(filtered.log_evidence.argmax())
    assert abs(filtered.state[best, 0] - 5) < 0.3


def test_the_autoregression_goes_on_from_a_yearly_pattern() -> None:
    values = 10 + np.tile(np.arange(12.0), 12) + 0.01 * np.random.default_rng(1).standard_normal(144)
    paths = autoregression.draw(values, horizon=12, n_paths=200, rng=np.random.default_rng(1))
    assert np.median(paths, axis=0) == pytest.approx(10 + np.arange(12.0), abs=0.05)


def test_the_autoregression_stays_bounded_after_a_jump() -> None:
    values = np.concatenate([np.random.default_rng(1).normal(0, 0.1, 120), np.full(3, 8.0)])
    paths = autoregression.draw(values, horizon=24, n_paths=200, rng=np.random.default_rng(1))
    assert np.abs(paths).max() < 12
