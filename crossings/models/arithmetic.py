"""Functions whose results do not hang on the processor: exponential, logarithm, power, normal, products, roots.

NumPy's exp, log and power, the mathematics library's and the linear algebra below `@` and numpy.linalg choose their
code by the processor and differ in the last digits from one to the next; eigenvectors of near-equal values differ
altogether. Here everything is built from additions, multiplications, divisions and square roots, which IEEE 754
fixes to the last bit, in an order that is written down. NumPy's own elementwise arithmetic, sums, quantiles, stable
sorts and random draws keep such an order already; its default sort of equal values and its `@` do not.
"""

import sys
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import TypeGuard

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

STEPS = 32  # an exponential is 2**(whole number) * 2**(j / STEPS) * exp(something small)
SMALLEST, LARGEST = -746.0, 710.0  # beyond them an exponential is 0 or infinite
AT_ONCE = 8192  # values worked on together: few enough for the processor's cache
NORMAL_TERMS = 400
NORMAL_END = 12.0  # beyond it the normal distribution is 0 or 1 in double precision
LEAST_PIVOT = 1e-11
FINE, COARSE = 2.0**26, 2.0**20  # grid points per one
LEADING_BITS = 17


def _constants() -> tuple[Array, float, float, float]:
    """Return 2**(j / STEPS), STEPS / ln 2, and ln 2 as a short first part and the rest."""
    with localcontext() as context:
        context.prec = 50
        log_2 = Decimal(2).ln()
        table = [float((log_2 * j / STEPS).exp()) for j in range(STEPS)]
        first = float(int(log_2 * 2**32)) / 2**32
        return np.array(table), float(STEPS / log_2), first, float(log_2 - Decimal(first))


TABLE, PER_STEP, LOG_2_FIRST, LOG_2_REST = _constants()
EXPONENTIAL = (1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1.0)
LOGARITHM = tuple(2 / power for power in range(21, 1, -2))


def is_number(said: object) -> TypeGuard[int | float]:
    """Say whether a plain value of a file is a finite number; neither True nor a whole number beyond all floats is."""
    if isinstance(said, bool) or not isinstance(said, int | float):
        return False
    return -sys.float_info.max <= said <= sys.float_info.max


def exp(values: ArrayLike) -> Array:
    """Return e to the power of values (any shape), within two units of the last place."""
    whole, part = _exponential(values)
    return np.asarray(whole + whole * part)


def expm1(values: ArrayLike) -> Array:
    """Return exp less one (any shape), exact to some units of the last place also near zero."""
    whole, part = _exponential(values)
    return np.asarray((whole - 1.0) + whole * part)


def _exponential(values: ArrayLike) -> tuple[Array, Array]:
    """Return two arrays `whole` and `part` with exp(values) = whole * (1 + part), part below 0.011."""
    given = np.asarray(values, dtype=np.float64)
    flat = given.ravel()
    whole, part = np.empty_like(flat), np.empty_like(flat)
    with np.errstate(all="ignore"):
        for start in range(0, len(flat), AT_ONCE):
            chunk = slice(start, start + AT_ONCE)
            _exponential_of(flat[chunk], whole[chunk], part[chunk])
    return whole.reshape(given.shape), part.reshape(given.shape)


def _exponential_of(values: Array, whole: Array, part: Array) -> None:
    """Write both factors of the exponential of a run of values: table and Taylor series (Tang 1989)."""
    inside = np.clip(values, SMALLEST, LARGEST)
    count = np.rint(inside * PER_STEP)
    left = inside - count * (LOG_2_FIRST / STEPS)
    left -= count * (LOG_2_REST / STEPS)
    part[:] = EXPONENTIAL[0]
    for factor in EXPONENTIAL[1:]:
        part *= left
        part += factor
    part *= left
    number = np.nan_to_num(count).astype(np.int64)
    np.ldexp(TABLE.take(number % STEPS), (number // STEPS).astype(np.int32), out=whole)


def log(values: ArrayLike) -> Array:
    """Return the natural logarithm (any shape), within some units of the last place; minus infinity of 0."""
    given = np.asarray(values, dtype=np.float64)
    flat = given.ravel()
    out = np.empty_like(flat)
    with np.errstate(all="ignore"):
        for start in range(0, len(flat), AT_ONCE):
            out[start : start + AT_ONCE] = _log_of(flat[start : start + AT_ONCE])
    return out.reshape(given.shape)


def _log_of(values: Array) -> Array:
    """Return the logarithms of a run of values by the series of the inverse hyperbolic tangent."""
    mantissa, exponent = np.frexp(values)
    low = mantissa < np.sqrt(0.5)
    mantissa = np.where(low, 2.0 * mantissa, mantissa)
    twos = exponent - low
    away = mantissa - 1.0
    ratio = away / (2.0 + away)
    square = ratio * ratio
    series = np.full_like(ratio, LOGARITHM[0])
    for factor in LOGARITHM[1:]:
        series *= square
        series += factor
    half = 0.5 * away * away
    near = away - (half - ratio * (half + square * series))
    found = twos * LOG_2_FIRST + (near + twos * LOG_2_REST)
    found = np.where(np.isposinf(values), np.inf, found)
    return np.where(values > 0, found, np.where(values == 0, -np.inf, np.nan))


def log1p(values: ArrayLike) -> Array:
    """Return the logarithm of one plus values (any shape), exact to some units of the last place also near zero."""
    given = np.asarray(values, dtype=np.float64)
    with np.errstate(all="ignore"):
        more = 1.0 + given
        lost = np.where(np.isfinite(more) & (more > 0), (given - (more - 1.0)) / more, 0.0)
    return np.asarray(log(more) + lost)


def power(base: ArrayLike, exponent: ArrayLike) -> Array:
    """Return base, zero or more, to the power of exponent (shapes as in broadcasting)."""
    low, high = np.asarray(base, dtype=np.float64), np.asarray(exponent, dtype=np.float64)
    with np.errstate(all="ignore"):
        logs = high * log(low)
    return np.where(high == 0, 1.0, exp(logs))


def normal_cdf(values: ArrayLike) -> Array:
    """Return the standard normal distribution function (any shape), by its series (Marsaglia 2004)."""
    inside = np.clip(np.asarray(values, dtype=np.float64), -NORMAL_END, NORMAL_END)
    square, term = inside * inside, inside.copy()
    total = term.copy()
    for odd in range(3, NORMAL_TERMS, 2):
        term *= square
        term /= odd
        total += term
    return np.clip(0.5 + total * normal_density(inside), 0.0, 1.0)


def normal_density(values: ArrayLike) -> Array:
    """Return the standard normal density (any shape)."""
    given = np.asarray(values, dtype=np.float64)
    return np.asarray(exp(-0.5 * given * given) * _density_at_zero())


@lru_cache(maxsize=1)
def _density_at_zero() -> float:
    return 1.0 / float(np.sqrt(2.0 * np.pi))


def settled(values: Array, *, points: float = FINE) -> Array:
    """Return values of the order of one (any shape) on an even grid of some points per one, a power of two.

    FINE, steps of 1.5e-8, is for large arrays of NumPy's own, faster exponentials and logarithms: they differ by
    about 1e-16 from processor to processor, so that hardly one of ten million values falls on another grid point.
    COARSE, steps of 1e-6, is for the few numbers that an optimiser or a library's filter found: they differ by 1e-10
    at most, and a step is far below the error of any estimate here. What is computed from grid points by exact
    arithmetic is the same everywhere; rounding at the end instead would meet many more numbers at an edge.
    """
    out = np.asarray(values * points)
    np.rint(out, out=out)
    out *= 1.0 / points
    return out


def leading(values: ArrayLike, *, bits: int = LEADING_BITS) -> Array:
    """Return values (any shape) with their first binary digits, 17 are about five decimal ones: for estimated errors."""
    mantissa, exponent = np.frexp(np.asarray(values, dtype=np.float64))
    return np.asarray(np.ldexp(np.rint(np.ldexp(mantissa, bits)), exponent - bits))


def product(left: ArrayLike, right: ArrayLike) -> Array:
    """Return the matrix product (n, m) of (n, k) and (k, m), or (n,) of (n, k) and (k,), for small matrices."""
    first, second = np.asarray(left, dtype=np.float64), np.asarray(right, dtype=np.float64)
    if second.ndim == 1:
        return np.asarray((first * second).sum(axis=-1))
    return np.asarray((first[:, np.newaxis, :] * second.T[np.newaxis]).sum(axis=-1))


def cholesky(matrices: Array) -> Array:
    """Return lower triangular roots L (..., n, n) of covariances L L' (..., n, n), which may be singular.

    A pivot that is nothing beside its diagonal gives an empty column, as a direction without variance has.
    """
    left = np.array(matrices, dtype=np.float64)
    size, root = left.shape[-1], np.zeros_like(left)
    least = LEAST_PIVOT * np.diagonal(left, axis1=-2, axis2=-1)
    for place in range(size):
        pivot = left[..., place, place]
        safe = np.where(pivot > least[..., place], pivot, np.inf)
        column = left[..., place:, place] / np.sqrt(safe)[..., np.newaxis]
        column[..., 0] = np.where(np.isfinite(safe), np.sqrt(np.where(np.isfinite(safe), safe, 0.0)), 0.0)
        root[..., place:, place] = column
        left[..., place:, place:] -= column[..., :, np.newaxis] * column[..., np.newaxis, :]
    return root
