"""Two directions drawn together: how strongly their errors went together, and paths paired accordingly."""

import numpy as np
import pandas as pd

from crossings.models.arithmetic import COARSE, exp, log, settled

PRIOR_DEPENDENCE = 0.2
PRIOR_QUARTERS = 8


def dependence(first: pd.Series, second: pd.Series) -> float:
    """Return the rank correlation of two directions' past errors, shrunk to 0.2 as if by 8 more quarters.

    Each series: standardised one-step errors with a PeriodIndex, gaps NaN. Errors are taken as
    means of three months, so that what lasts counts more than what passes.
    """
    both = pd.concat([first, second], axis=1, keys=["first", "second"]).dropna()
    quarters = both.rolling(3).mean().iloc[2::3]
    if len(quarters) < 4:
        return PRIOR_DEPENDENCE
    measured = float(quarters["first"].rank().corr(quarters["second"].rank()))
    weighted = len(quarters) * measured + PRIOR_QUARTERS * PRIOR_DEPENDENCE
    return weighted / (len(quarters) + PRIOR_QUARTERS)


def pair(first: np.ndarray, second: np.ndarray, *, dependence: float, rng: np.random.Generator) -> np.ndarray:
    """Return the rows of `second` reordered so that whole paths go together with those of `first`.

    Both (n_paths, horizon). A Gaussian copula on the rank of each path's mean logarithm, as in the
    Schaake shuffle (Clark et al. 2004): months within a path stay together.
    """
    leading, passing = rng.standard_normal((2, len(first)))
    following = (
        dependence * np.sort(leading)[_ranks(_level(first))] + np.sqrt(1 - dependence * dependence) * passing
    )
    rows: np.ndarray = second[np.argsort(_level(second), kind="stable")][_ranks(following)]
    return rows


def given(
    paths: np.ndarray, *, months: int, surprise: float, dependence: float, rng: np.random.Generator
) -> np.ndarray:
    """Return as many rows of `paths`, drawn again given the other direction's surprise in the first months.

    paths: (n_paths, horizon). surprise: the other direction's error over these months, in standard errors. Under a
    Gaussian copula the normal score of a path's first months has mean dependence x surprise and variance
    1 - dependence squared; rows are resampled with that density's ratio to the standard normal's, evenly.
    """
    from scipy.special import ndtri

    scores = settled(ndtri((_ranks(_level(paths[:, :months])) + 0.5) / len(paths)), points=COARSE)
    left, away = 1.0 - dependence * dependence, scores - dependence * surprise
    weight = exp(scores * scores / 2.0 - away * away / (2.0 * left))
    steps = (np.arange(len(paths)) + rng.random()) / len(paths)
    rows = np.minimum(np.searchsorted(np.cumsum(weight / weight.sum()), steps), len(paths) - 1)
    drawn: np.ndarray = paths[rows]
    return drawn


def _level(paths: np.ndarray) -> np.ndarray:
    level: np.ndarray = log(np.maximum(paths, 0.5)).mean(axis=1)
    return level


def _ranks(values: np.ndarray) -> np.ndarray:
    ranks: np.ndarray = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    return ranks
