"""A second opinion in the manner of the Theta method: exponential smoothing with half of the series' own trend.

Assimakopoulos and Nikolopoulos (2000), written as Hyndman and Billah (2003) do, as a level with a fixed drift of
half the slope of a straight line through the series. Level, season and irregular are those of the structural
models, in a grid of settings weighted by evidence.
"""

from functools import lru_cache
from itertools import product

import numpy as np

from crossings.models.forecast import structural

GRID = tuple(
    product((0.03, 0.1, 0.3, 0.6, 0.9), (1e-5, 3e-3, 0.0))
)  # variances of level and season; 0: no season
WARM_UP = structural.WARM_UP
CLIP = 3.0
DRIFT_SHARE = 0.5


@lru_cache(maxsize=1)
def members() -> structural.Bank:
    """Return the grid as members of a bank: no slope that wanders, nothing transitory."""
    level, season = np.array(GRID).T
    nothing = np.zeros(len(GRID))
    return structural.Bank(
        level=level,
        slope=nothing,
        passing=nothing,
        irregular=1.0 - level,
        seasonal=season,
        damping=np.ones(len(GRID)),
        persistence=nothing,
        clip=np.full(len(GRID), CLIP),
    )


def filter_grid(values: np.ndarray) -> structural.Filtered:
    """Run every setting over one series, (months,), gaps NaN, with half of its trend as drift."""
    return structural.filter_bank(values, members(), drift=DRIFT_SHARE * trend(values))


def trend(values: np.ndarray) -> float:
    """Return the monthly slope of a straight line through a series, seasons apart, by least squares."""
    months = np.flatnonzero(~np.isnan(values))
    columns = np.column_stack([months - months.mean(), np.eye(12)[months % 12]])
    found, *_ = np.linalg.lstsq(columns, values[months], rcond=None)
    return float(found[0])
