"""Two directions: dependence from past errors, and paths paired by it."""

import numpy as np
import pandas as pd
import pytest

from crossings.models.forecast.joint import PRIOR_DEPENDENCE, dependence, given, pair


def errors(number: int, months: int = 240) -> pd.Series:
    """Return standard normal errors."""
    draws = np.random.default_rng(number).standard_normal(months)
    return pd.Series(draws, index=pd.period_range("2000-01", periods=months, freq="M"))


def test_dependence_follows_the_errors_and_leans_to_its_prior() -> None:
    one = errors(1)
    assert 0.8 < dependence(one, one) < 1
    assert -1 < dependence(one, -one) < -0.7
    assert abs(dependence(one, errors(2))) < 0.4
    assert dependence(one.iloc[:6], one.iloc[:6]) == PRIOR_DEPENDENCE


@pytest.mark.parametrize("strength", [-0.6, 0.0, 0.6])
def test_pairing_gives_the_asked_dependence_and_keeps_whole_paths(strength: float) -> None:
    rng = np.random.default_rng(3)
    first, second = (np.exp(rng.normal(0, 0.2, (2000, 1)) + rng.normal(5, 0.01, (2000, 6))) for _ in range(2))
    paired = pair(first, second, dependence=strength, rng=rng)
    assert np.array_equal(np.sort(paired, axis=0), np.sort(second, axis=0))
    assert {tuple(row) for row in paired} == {tuple(row) for row in second}
    level = [np.log(paths).mean(axis=1) for paths in (first, paired)]
    assert np.corrcoef(*level)[0, 1] == pytest.approx(strength, abs=0.07)


@pytest.mark.parametrize(("strength", "surprise"), [(0.5, 2.0), (-0.5, 2.0), (0.0, 2.0), (0.5, 0.0)])
def test_a_surprise_of_one_direction_moves_the_other_as_far_as_they_go_together(
    strength: float, surprise: float
) -> None:
    rng = np.random.default_rng(5)
    scores = rng.standard_normal((4000, 1))
    paths = 1e6 * np.exp(np.column_stack([scores, scores + rng.standard_normal((4000, 3))]))
    drawn = given(paths, months=1, surprise=surprise, dependence=strength, rng=rng)
    first = np.log(drawn[:, 0] / 1e6)
    assert first.mean() == pytest.approx(strength * surprise, abs=0.08)
    assert first.std() == pytest.approx(np.sqrt(1 - strength**2), abs=0.06)
    assert {tuple(row) for row in drawn} <= {tuple(row) for row in paths}
