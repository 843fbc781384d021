"""The shock switch: off it changes nothing, on it only ever takes away."""

import numpy as np
import pytest

from crossings.models.forecast.shocks import LOSS_SHARE, ShockOutside, strike
from crossings.tables.flows import DIRECTIONS, Flow


def plain(paths: int = 4000, months: int = 24) -> dict[Flow, np.ndarray]:
    """Return paths of one visitor everywhere."""
    return {flow: np.ones((paths, months)) for flow in DIRECTIONS}


def test_off_changes_nothing() -> None:
    paths = plain(5)
    strike(paths, probability_per_year=0.0, seed=1)
    assert all((each == 1).all() for each in paths.values())


def test_the_yearly_probability_is_kept() -> None:
    paths = plain(months=12)
    strike(paths, probability_per_year=0.2, seed=1)
    struck = (paths[DIRECTIONS[0]] < 1).any(axis=1) | (paths[DIRECTIONS[1]] < 1).any(axis=1)
    assert struck.mean() == pytest.approx(0.2, abs=0.02)


def test_a_slump_takes_no_more_than_it_says_and_ends() -> None:
    paths = plain(months=60)
    strike(paths, probability_per_year=1.0, seed=1)
    lowest = np.minimum(*(each.min() for each in paths.values()))
    assert lowest >= 1 - LOSS_SHARE[1]
    assert all((each[:, -1] == 1).all() for each in paths.values())


@pytest.mark.parametrize("probability", [-0.1, 1.1])
def test_no_probability_is_refused(probability: float) -> None:
    with pytest.raises(ShockOutside):
        strike(plain(2), probability_per_year=probability, seed=1)
