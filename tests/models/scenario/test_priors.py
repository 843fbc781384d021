"""Priors: draws that look like what they are drawn from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from crossings.models.scenario.priors import Prior, even_draws, prior_from

LEVELS = (0.05, 0.5, 0.95)


@pytest.mark.parametrize(
    ("prior", "wanted"),
    [
        (Prior("lognormal", (1.0, 0.45)), (0.477, 1.0, 2.096)),
        (Prior("pert", (0.0, 3.0, 6.0)), (1.136, 3.0, 4.864)),
        (Prior("triangular", (0.0, 0.5, 1.0)), (0.158, 0.5, 0.842)),
        (Prior("normal", (1.04, 0.36, 0.0)), (0.448, 1.04, 1.632)),
        (Prior("fixed", (2.5,)), (2.5, 2.5, 2.5)),
    ],
)
def test_quantiles_are_those_of_the_distribution(prior: Prior, wanted: tuple[float, ...]) -> None:
    assert prior.quantile(np.array(LEVELS)) == pytest.approx(wanted, abs=0.002)
    assert np.quantile(even_draws(prior, name="x", count=1000, seed=1), LEVELS) == pytest.approx(
        wanted, abs=0.03
    )


@pytest.mark.parametrize("numbers", [(0.2, 0.4, 0.6), (5.0, 10.0, 20.0), (0.0, 0.0, 1.0), (2.0, 5.0, 5.0)])
def test_pert_is_the_beta_distribution(numbers: tuple[float, float, float]) -> None:
    low, mode, high = numbers
    rng = np.random.default_rng(1)
    rise = 4 * (mode - low) / (high - low)
    sample = low + (high - low) * rng.beta(1 + rise, 5 - rise, 400_000)
    levels = np.linspace(0.02, 0.98, 25)
    assert Prior("pert", numbers).quantile(levels) == pytest.approx(
        np.quantile(sample, levels), abs=0.01 * (high - low)
    )


def test_even_draws_have_the_median_of_the_distribution() -> None:
    draws = even_draws(Prior("lognormal", (260.0, 0.25)), name="x", count=100, seed=1)
    assert np.median(draws) == pytest.approx(260.0, rel=0.001)


def test_a_parameter_keeps_its_stream() -> None:
    prior = Prior("pert", (1.0, 2.0, 4.0))
    again = even_draws(prior, name="fare", count=50, seed=3)
    assert np.array_equal(even_draws(prior, name="fare", count=50, seed=3), again)
    assert not np.array_equal(even_draws(prior, name="wait", count=50, seed=3), again)
    assert not np.array_equal(even_draws(prior, name="fare", count=50, seed=4), again)


@example_settings(deadline=None)
@given(low=st.floats(0, 10), up=st.floats(0.1, 5), down=st.floats(0.1, 5))
def test_pert_stays_in_its_range(low: float, up: float, down: float) -> None:
    prior = Prior("pert", (low, low + up, low + up + down))
    draws = even_draws(prior, name="x", count=64, seed=1)
    assert draws.min() >= low
    assert draws.max() <= low + up + down


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="cauchy"):
        prior_from({"kind": "cauchy"})
