"""The functions that do not hang on the processor are right to the last places, and hold their own at the edges."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.models import arithmetic

RNG = np.random.default_rng(11)
SPREAD = RNG.standard_normal(5000) * 10.0 ** RNG.uniform(-12, 2, 5000)
POSITIVE = 10.0 ** RNG.uniform(-300, 300, 5000)


@pytest.mark.parametrize(
    ("own", "other", "values", "places"),
    [
        (arithmetic.exp, np.exp, SPREAD, 2),
        (arithmetic.expm1, np.expm1, SPREAD, 64),
        (arithmetic.log, np.log, np.concatenate([POSITIVE, np.exp(SPREAD / 100)]), 2),
        (arithmetic.log1p, np.log1p, np.abs(SPREAD), 3),
        (arithmetic.log1p, np.log1p, -np.abs(np.tanh(SPREAD)) * 0.99, 3),
    ],
)
def test_a_function_agrees_with_numpys_to_the_last_places(
    own: Callable[[np.ndarray], np.ndarray],
    other: Callable[[np.ndarray], np.ndarray],
    values: np.ndarray,
    places: int,
) -> None:
    np.testing.assert_allclose(own(values), other(values), rtol=places * 2.3e-16, atol=0)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        *((said, True) for said in (0, -1.5, 10**300)),
        *((said, False) for said in (10**400, -(10**400), True, math.nan, math.inf, "1", None, [1])),
    ],
)
def test_a_plain_number_is_finite_and_fits_a_float(said: object, number: bool) -> None:
    assert arithmetic.is_number(said) is number


def test_the_edges_are_numpys() -> None:
    edges = [0.0, -0.0, 1.0, -1.0, math.inf, -math.inf, math.nan, 5e-324, 709.0, -744.0, 1e300, -1e300]
    for name in ("exp", "expm1", "log", "log1p"):
        with np.errstate(all="ignore"):
            expected = getattr(np, name)(edges)
        np.testing.assert_allclose(getattr(arithmetic, name)(edges), expected, rtol=1e-14, err_msg=name)


def test_powers_hold_at_zero_and_broadcast() -> None:
    np.testing.assert_array_equal(arithmetic.power([0.0, 0.0, 5.0], [0.0, 2.0, 0.0]), [1.0, 0.0, 1.0])
    np.testing.assert_allclose(
        arithmetic.power(0.5, np.arange(5.0)), [1, 0.5, 0.25, 0.125, 0.0625], rtol=1e-15
    )


def test_the_normal_distribution_is_that_of_the_error_function() -> None:
    values = np.linspace(-14, 14, 997)
    expected = [0.5 * math.erfc(-value / math.sqrt(2)) for value in values]
    np.testing.assert_allclose(arithmetic.normal_cdf(values), expected, atol=2e-15)
    np.testing.assert_allclose(
        arithmetic.normal_density([0.0, 1.0]), [0.3989422804014327, 0.24197072451914337]
    )


@given(st.integers(1, 8), st.integers(0, 2**32 - 1))
def test_roots_and_products_undo_themselves(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    root = np.tril(rng.standard_normal((size, size)), -1) + np.diag(rng.uniform(0.5, 2.0, size))
    right = rng.standard_normal((size, 3))
    np.testing.assert_allclose(arithmetic.cholesky(root @ root.T), root, atol=1e-9)
    np.testing.assert_allclose(arithmetic.product(root, right), root @ right, atol=1e-12)
    np.testing.assert_allclose(arithmetic.product(root, right[:, 0]), root @ right[:, 0], atol=1e-12)


def test_a_direction_without_variance_has_an_empty_column() -> None:
    flat = np.eye(12) - 1.0 / 12.0
    root = arithmetic.cholesky(np.stack([flat, np.zeros((12, 12))]))
    np.testing.assert_allclose(root[0] @ root[0].T, flat, atol=1e-14)
    assert not root[0][:, -1].any()
    assert not root[1].any()


def test_settled_values_lie_on_their_grid_and_near() -> None:
    values = RNG.uniform(-2, 2, 1000)
    for points in (arithmetic.FINE, arithmetic.COARSE):
        settled = arithmetic.settled(values, points=points)
        assert np.abs(settled - values).max() <= 0.5 / points
        np.testing.assert_array_equal(settled * points, np.rint(settled * points))
    short = arithmetic.leading(POSITIVE)
    np.testing.assert_allclose(short, POSITIVE, rtol=2**-17)
    np.testing.assert_array_equal(short, arithmetic.leading(short))
