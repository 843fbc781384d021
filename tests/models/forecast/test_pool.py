"""Simulated futures: well formed on every awkward series, the same for a seed, and sensible."""

import os

import numpy as np
import pandas as pd
import pytest

from crossings.models.forecast import simulate
from crossings.models.forecast.pool import AIRLINE, STRUCTURAL, THETA, draw, fit, mixed, one_step_errors
from tests.models.forecast.cases import KINDS, awkward

CASES = int(os.environ.get("CROSSINGS_EDGE_CASES", "48"))
SPREAD = np.linspace(0, 2999, CASES).astype(int) + np.arange(CASES) % len(KINDS)


def monthly(values: np.ndarray, start: str = "2005-01") -> pd.Series:
    """Return values as months from a start."""
    return pd.Series(values, index=pd.period_range(start, periods=len(values), freq="M"))


def seasonal(months: int, *, noise: float = 0.05) -> np.ndarray:
    """Return a series with a season and a little noise around 1,000 visitors."""
    time = np.arange(months)
    rng = np.random.default_rng(5)
    return 1000 * np.exp(0.4 * np.sin(2 * np.pi * time / 12) + noise * rng.standard_normal(months))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("number", SPREAD)
def test_awkward_series_give_finite_paths_at_or_above_zero(number: int) -> None:
    paths = simulate(awkward(int(number)), horizon=24, n_paths=40, seed=1)
    assert paths.shape == (40, 24)
    assert np.isfinite(paths).all()
    assert (paths >= 0).all()


def test_a_coefficient_matrix_at_the_edge_of_precision_still_draws() -> None:
    assert np.isfinite(simulate(awkward(1100), horizon=24, n_paths=60, seed=1)).all()


def test_same_seed_same_paths_other_seed_others() -> None:
    history = monthly(seasonal(120))
    first, again, other = (simulate(history, horizon=30, n_paths=50, seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_the_history_is_left_as_it_was() -> None:
    history = monthly(seasonal(60))
    before = history.copy()
    simulate(history, horizon=6, n_paths=10, seed=1)
    pd.testing.assert_series_equal(history, before)


def test_the_season_and_the_level_go_on() -> None:
    history = monthly(seasonal(120))
    middle = np.median(simulate(history, horizon=12, n_paths=400, seed=1), axis=0)
    assert np.abs(np.log(middle / seasonal(12, noise=0.0))).max() < 0.08


def test_no_growth_is_assumed() -> None:
    """What has neither grown nor fallen is not projected to grow: the middle of the year two years on stays."""
    middle = np.median(simulate(monthly(seasonal(180)), horizon=24, n_paths=1000, seed=1).sum(axis=1))
    assert middle == pytest.approx(2 * seasonal(12, noise=0.0).sum(), rel=0.02)


def test_the_horizon_begins_after_the_last_index_entry_even_where_it_is_a_gap() -> None:
    history = monthly(seasonal(120, noise=0.01))
    history.iloc[-3:] = np.nan
    middle = np.median(simulate(history, horizon=12, n_paths=300, seed=1), axis=0)
    assert np.abs(np.log(middle / seasonal(12, noise=0.0))).max() < 0.08


def test_months_of_a_path_depend_on_each_other() -> None:
    """Sums over months are what is asked: they spread more than independent months would."""
    walk = np.exp(np.random.default_rng(2).normal(0, 0.05, 180).cumsum())
    paths = simulate(monthly(1000 * walk), horizon=12, n_paths=1000, seed=1)
    assert paths.sum(axis=1).var() > 3 * paths.var(axis=0).sum()


def test_double_the_visitors_double_the_paths() -> None:
    history = monthly(1000 * seasonal(120))
    one, two = (simulate(history * factor, horizon=12, n_paths=200, seed=1) for factor in (1, 2))
    assert np.median(two / one) == pytest.approx(2, rel=0.01)


def test_uncertainty_grows_with_the_horizon() -> None:
    paths = np.log(simulate(monthly(seasonal(120)), horizon=36, n_paths=500, seed=1))
    assert paths[:, 35].std() > paths[:, 0].std()


def test_parts_add_up_and_a_short_series_has_only_the_first() -> None:
    long, short = (draw(fit(monthly(seasonal(n))), horizon=5, n_paths=101, seed=1) for n in (120, 30))
    assert sum(len(part) for part in long.values()) == 101
    assert list(long) == [STRUCTURAL, AIRLINE, THETA]
    assert list(short) == [STRUCTURAL]


def test_mixing_keeps_every_row() -> None:
    rows = mixed([np.zeros((3, 2)), np.ones((2, 2))], seed=1)
    assert sorted(rows[:, 0]) == [0, 0, 0, 1, 1]


def test_pandemic_months_do_not_widen_what_follows() -> None:
    values = seasonal(252)
    shut = values.copy()
    shut[184:215] *= 0.01
    plain, closed = (simulate(monthly(v), horizon=12, n_paths=300, seed=1) for v in (values, shut))
    assert np.log(closed).std(axis=0).mean() < 1.6 * np.log(plain).std(axis=0).mean()
    assert np.abs(np.log(np.median(closed, axis=0) / np.median(plain, axis=0))).max() < 0.15


def test_one_step_errors_are_about_standard() -> None:
    errors = one_step_errors(fit(monthly(seasonal(240)))).iloc[36:]
    assert 0.6 < errors.std() < 1.5
