"""The two kinds of model and the three scales, each against what was put in."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.models.arithmetic import cholesky
from crossings.models.forecast import airline, structural, theta
from crossings.models.forecast.scales import scales
from crossings.models.forecast.stepping import (
    CLIPPED_VARIANCE,
    SCALE_HALF_LIFE_MONTHS,
    TAIL,
    Run,
    settling,
)


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


def made(months: int = 180) -> np.ndarray:
    """Return a wandering seasonal series with a gap, a wild month and a level shift."""
    rng = np.random.default_rng(3)
    values = 5 + np.sin(np.pi / 6 * np.arange(months)) + rng.normal(0, 0.1, months).cumsum()
    values += rng.normal(0, 0.05, months)
    values[70:75] = np.nan
    values[months // 2] += 3
    values[2 * months // 3 :] -= 2
    return np.asarray(values)


def member(number: int, *, clip: float) -> structural.Settings:
    """Return a member of the bank with another clip."""
    return dataclasses.replace(structural.bank().settings(number), clip=clip)


def run(values: np.ndarray, settings: structural.Settings) -> tuple[Run, object]:
    """Run one member from a plain start; returns the run and statsmodels' model."""
    model = structural.model_class()(values)
    found = structural.run(model, settings, level=5.0, variances=np.full(structural.STATES, 9.0), unit=0.1)
    return found, model


def textbook(values: np.ndarray, settings: structural.Settings) -> dict[str, np.ndarray]:
    """Filter as in a textbook, with dense matrices; the gain of a wild month is cut by its weight.

    Written apart from the engine: the season as twelve dummies' harmonics, the clipping as in Masreliez
    and Martin (1977) on the gain.
    """
    ahead = np.eye(14)
    ahead[0, 1], ahead[1, 1], ahead[2, 2], ahead[13, 13] = 1, settings.damping, settings.persistence, -1
    for harmonic in range(5):
        turn = np.pi / 6 * (harmonic + 1)
        block = slice(3 + 2 * harmonic, 5 + 2 * harmonic)
        ahead[block, block] = [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]
    noise = np.diag(
        [settings.level, settings.slope, settings.passing]
        + [settings.seasonal / 6] * 10
        + [settings.seasonal / 12]
    )
    shown = np.array([1, 0, 1] + [1, 0] * 5 + [1.0])
    state, spread = np.r_[5.0, np.zeros(13)], 9.0 * np.eye(14)
    spread[2, 2] = settings.passing / (1 - settings.persistence**2)
    count, total, keep = 6.0, 0.06, 0.5 ** (1 / SCALE_HALF_LIFE_MONTHS)
    errors, seen = np.full(len(values), np.nan), 0
    for month, value in enumerate(values):
        if month:
            state, spread = ahead @ state, ahead @ spread @ ahead.T + noise
        if np.isnan(value):
            continue
        variance = shown @ spread @ shown + settings.irregular
        errors[month] = value - shown @ state
        score = abs(errors[month]) / np.sqrt(variance * total / count)
        weight = min(1.0, settings.clip / score) if seen >= structural.WARM_UP else 1.0
        gain = spread @ shown / variance * weight
        state = state + gain * errors[month]
        spread = spread - np.outer(gain, shown @ spread)
        squared = min(score, settings.clip) ** 2 / CLIPPED_VARIANCE[settings.clip] * total / count
        count, total, seen = count * keep + 1, total * keep + squared, seen + 1
    return {"errors": errors, "state": state, "covariance": spread, "variance": np.array(total / count)}


@pytest.mark.parametrize("number", [0, 7, 30])
def test_without_clipping_the_run_is_statsmodels_own_filter(number: int) -> None:
    found, model = run(made(), member(number, clip=np.inf))
    plain = model.ssm.filter()  # type: ignore[attr-defined]
    known = ~np.isnan(made())
    assert found.errors[known] == pytest.approx(plain.forecasts_error[0][known], abs=1e-10)
    assert found.variances[known] == pytest.approx(plain.forecasts_error_cov[0, 0][known], rel=1e-10)
    assert found.state == pytest.approx(plain.filtered_state[:, -1], abs=1e-10)
    assert found.covariance == pytest.approx(plain.filtered_state_cov[:, :, -1], abs=1e-10)
    assert (found.weights[known] == 1).all()


@pytest.mark.parametrize("clip", [2.0, 3.0, np.inf])
@pytest.mark.parametrize("months", [60, 180, 360])
def test_with_clipping_the_run_is_a_textbook_filter(clip: float, months: int) -> None:
    settings = member(11, clip=clip)
    found, _ = run(made(months), settings)
    expected = textbook(made(months), settings)
    for name, values in expected.items():
        assert getattr(found, name) == pytest.approx(values, abs=1e-9, nan_ok=True)
    assert (np.nanmin(found.weights) < 1) == np.isfinite(clip)


def test_the_variance_of_clipped_errors_is_that_of_clipped_draws() -> None:
    drawn = np.random.default_rng(1).standard_t(TAIL, 2_000_000) * np.sqrt((TAIL - 2) / TAIL)
    for clip, variance in CLIPPED_VARIANCE.items():
        assert np.mean(np.minimum(np.abs(drawn), clip) ** 2) == pytest.approx(variance, abs=0.01)


def test_twelve_month_errors_are_those_of_drawn_years() -> None:
    """Checked at one month: mean and spread of the year's sum from many drawn years."""
    values, settings = made(), member(11, clip=np.inf)
    found, _ = run(values, settings)
    errors = structural.year_errors(values, found, settings)
    at = 120
    draws = np.random.default_rng(2)
    model = structural.model_class()(values)
    structural.run(model, settings, level=5.0, variances=np.full(structural.STATES, 9.0), unit=0.1)
    plain = model.ssm.filter()
    root = cholesky(plain.predicted_state_cov[:, :, at])
    states = plain.predicted_state[:, at] + draws.standard_normal((20_000, 14)) @ root.T
    total = np.zeros(20_000)
    sizes = np.sqrt(settings.state_variances)
    for _ in range(12):
        total += states @ structural.SHOWN + np.sqrt(settings.irregular) * draws.standard_normal(20_000)
        states = states @ structural.transition(settings.damping, settings.persistence).T
        states = states + sizes * draws.standard_normal(states.shape)
    expected = (values[at : at + 12].sum() - total.mean()) / (total.std() * np.sqrt(found.scales[at]))
    assert errors[at - structural.WARM_UP] == pytest.approx(expected, rel=0.03)


def test_the_width_stays_one_without_evidence_and_follows_it() -> None:
    assert structural._width(np.empty(0)) == 1.0
    assert structural._width(np.ones(240)) == pytest.approx(1.0)
    assert structural._width(np.full(240, 2.0)) > 1.4
    assert structural._width(np.full(12, 2.0)) < structural._width(np.full(240, 2.0))


def test_the_year_after_a_year_without_figures_settles_and_teaches_no_scale() -> None:
    values = 5 + 0.05 * np.random.default_rng(1).standard_normal(120)
    values[[0, *range(40, 52), *range(90, 101)]] = np.nan
    assert np.flatnonzero(settling(~np.isnan(values))).tolist() == list(range(52, 64))
    wild = values.copy()
    wild[52:64] += 3.0
    usual, moved = (run(each, member(3, clip=3.0))[0].scales for each in (values, wild))
    assert moved[:65] == pytest.approx(usual[:65])
    assert usual[52] == usual[64] != usual[66]


def test_the_bank_is_fixed_and_its_shares_add_up() -> None:
    bank = structural.bank()
    assert bank.level + bank.passing + bank.irregular == pytest.approx(
        np.ones(structural.MEMBERS + structural.SEASONLESS)
    )
    assert ((bank.damping > 0) & (bank.damping <= 1)).all()
    assert ((bank.persistence > 0) & (bank.persistence < 1)).all()
    assert set(bank.clip) == set(structural.CLIPS)


def test_the_filter_finds_level_and_season() -> None:
    season = np.sin(2 * np.pi * np.arange(240) / 12)
    values = 5 + season + 0.05 * np.random.default_rng(1).standard_normal(240)
    filtered = structural.filter_bank(values, structural.bank())
    best = int(filtered.log_evidence.argmax())
    paths = structural.draw(filtered, np.full(400, best), 12, np.random.default_rng(1))
    assert np.median(paths, axis=0) == pytest.approx(5 + season[:12], abs=0.1)
    assert np.sqrt(filtered.variance[best]) == pytest.approx(0.05, rel=0.5)


def test_gaps_widen_the_level() -> None:
    values = np.random.default_rng(1).normal(0, 1, 120).cumsum()
    gap = values.copy()
    gap[90:] = np.nan
    whole, broken = (structural.filter_bank(each, structural.bank()) for each in (values, gap))
    assert (broken.covariance[:, 0, 0] > whole.covariance[:, 0, 0]).all()


def test_one_wild_month_hardly_moves_the_level() -> None:
    values = 5 + 0.05 * np.random.default_rng(1).standard_normal(120)
    values[-3] += 5
    filtered = structural.filter_bank(values, structural.bank())
    best = int(filtered.log_evidence.argmax())
    assert abs(filtered.state[best, 0] - 5) < 0.3


def test_the_second_opinion_goes_on_from_a_yearly_pattern_over_a_gap() -> None:
    values = 10 + np.tile(np.arange(12.0), 12) + 0.01 * np.random.default_rng(1).standard_normal(144)
    values[100:120] = np.nan
    filtered = airline.filter_grid(values)
    best = int(filtered.log_evidence.argmax())
    paths = airline.draw(filtered, np.full(200, best), 12, np.random.default_rng(1))
    assert np.median(paths, axis=0) == pytest.approx(10 + np.arange(12.0), abs=0.05)


def test_the_second_opinion_without_wild_months_is_statsmodels_own_filter() -> None:
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    values = np.random.default_rng(1).normal(0, 0.1, 120).cumsum() + np.tile(np.arange(12.0), 10)
    filtered = airline.filter_grid(values)
    pair = airline.GRID.index((-0.35, -0.7))
    model = SARIMAX(values - filtered.centre, order=(0, 1, 1), seasonal_order=(0, 1, 1, 12))
    plain = model.filter([-0.35, -0.7, 0.01])
    calm = filtered.runs[pair]
    assert np.nanmin(calm.weights[40:]) > 0.5
    assert plain.forecasts_error[0, 60:70] == pytest.approx(calm.errors[60:70], abs=0.05)


def test_the_second_opinion_stays_bounded_after_a_jump() -> None:
    values = np.concatenate([np.random.default_rng(1).normal(0, 0.1, 120), np.full(3, 8.0)])
    filtered = airline.filter_grid(values)
    best = int(filtered.log_evidence.argmax())
    paths = airline.draw(filtered, np.full(200, best), 24, np.random.default_rng(1))
    assert np.abs(np.median(paths, axis=0)).max() < 9


def test_theta_goes_on_with_half_of_the_trend_over_a_gap() -> None:
    months = np.arange(144)
    values = (
        10
        + 0.1 * months
        + np.tile(np.arange(12.0), 12)
        + 0.01 * np.random.default_rng(1).standard_normal(144)
    )
    values[60:80] = np.nan
    assert theta.trend(values) == pytest.approx(0.1, abs=0.001)
    filtered = theta.filter_grid(values)
    assert filtered.state[:, structural.SLOPE] == pytest.approx(np.full(len(theta.GRID), 0.05), rel=1e-3)
    paths = structural.draw(filtered, np.full(200, len(theta.GRID) - 2), 24, np.random.default_rng(1))
    yearly = np.median(paths, axis=0)[12:] - np.median(paths, axis=0)[:12]
    assert yearly == pytest.approx(np.full(12, 0.6), abs=0.15)
