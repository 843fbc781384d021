"""What is assumed about one number: a distribution given by its quantiles, without scipy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from crossings.models.arithmetic import exp, normal_cdf, power

Array = NDArray[np.float64]
Values = TypeVar("Values", bound=NDArray[Any])
Kind = Literal["pert", "lognormal", "triangular", "normal", "fixed"]

NEEDED: Mapping[str, tuple[str, ...]] = {
    "pert": ("low", "mode", "high"),
    "lognormal": ("median", "sigma"),
    "triangular": ("low", "mode", "high"),
    "normal": ("mean", "sd", "low"),
    "fixed": ("value",),
}
GRID = 4001
FARTHEST = 6.0
PERT_WEIGHT = 4.0


@dataclass(frozen=True)
class Prior:
    """A distribution: kind and its numbers, in the order of NEEDED.

    pert is the beta distribution on (low, high) with the given mode (Malcolm, Roseboom, Clark and Fazar
    1959); normal never falls below low.
    """

    kind: Kind
    numbers: tuple[float, ...]

    def quantile(self, levels: Array) -> Array:
        """Return the values below which the given shares of the distribution lie (same shape)."""
        return np.asarray(QUANTILES[self.kind](np.asarray(levels, dtype=np.float64), *self.numbers))


def _pert(levels: Array, low: float, mode: float, high: float) -> Array:
    rise = PERT_WEIGHT * (mode - low) / (high - low)
    return low + (high - low) * np.interp(levels, _beta_cdf(rise, PERT_WEIGHT - rise), _unit_grid())


@lru_cache(maxsize=128)
def _beta_cdf(rise: float, fall: float) -> Array:
    """Return the distribution function of a beta variable with exponents rise and fall on the unit grid."""
    place = _unit_grid()
    density = power(place, rise) * power(1 - place, fall)
    areas = np.concatenate([[0.0], np.cumsum(density[1:] + density[:-1])])
    return np.asarray(areas / areas[-1])


def _unit_grid() -> Array:
    return np.linspace(0.0, 1.0, GRID)


@lru_cache(maxsize=1)
def _normal_table() -> tuple[Array, Array]:
    place = np.linspace(-FARTHEST, FARTHEST, GRID)
    return normal_cdf(place), place


def _standard_normal(levels: Array) -> Array:
    below, place = _normal_table()
    return np.interp(levels, below, place)


def _lognormal(levels: Array, median: float, sigma: float) -> Array:
    return np.asarray(median * exp(sigma * _standard_normal(levels)))


def _triangular(levels: Array, low: float, mode: float, high: float) -> Array:
    width = high - low
    rising = low + np.sqrt(levels * width * (mode - low))
    falling = high - np.sqrt((1 - levels) * width * (high - mode))
    return np.where(levels < (mode - low) / width, rising, falling)


def _normal(levels: Array, mean: float, sd: float, low: float) -> Array:
    return np.maximum(mean + sd * _standard_normal(levels), low)


def _fixed(levels: Array, value: float) -> Array:
    return np.full(levels.shape, value)


QUANTILES: Mapping[str, Callable[..., Array]] = {
    "pert": _pert,
    "lognormal": _lognormal,
    "triangular": _triangular,
    "normal": _normal,
    "fixed": _fixed,
}


def prior_from(record: Mapping[str, Any]) -> Prior:
    """Return the prior that a record of parameters.toml describes. Raises KeyError or ValueError."""
    kind = record["kind"]
    if kind not in NEEDED:
        raise ValueError(f"unknown kind of prior: {kind}")
    return Prior(kind=kind, numbers=tuple(float(record[name]) for name in NEEDED[kind]))


def even_draws(prior: Prior, *, name: str, count: int, seed: int) -> Array:
    """Return `count` draws (count,) that cover the distribution evenly, in random order.

    The order hangs on name and seed alone, so that a parameter keeps its draws whatever else a scenario
    switches on. Method: the middle of each of `count` equally likely slices (Latin hypercube sampling,
    McKay, Beckman and Conover 1979).
    """
    return shuffled(prior.quantile((np.arange(count) + 0.5) / count), name=name, seed=seed)


def shuffled(draws: Values, *, name: str, seed: int) -> Values:
    """Return draws (count,) in a random order that hangs on name and seed alone."""
    np.random.default_rng([seed, crc32(name.encode())]).shuffle(draws)
    return draws
