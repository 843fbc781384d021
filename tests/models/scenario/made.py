"""A made projection and made flights: what is tested is arithmetic, not forecasting."""

import numpy as np
import pandas as pd

from crossings.models.forecast.projection import Projection
from crossings.models.scenario.seats import Supply
from crossings.tables.flows import DIRECTIONS

LEVELS = (850_000.0, 330_000.0)
AS_OF = pd.Period("2026-08", freq="M")


def season(months: pd.PeriodIndex) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return a seasonal factor by month."""
    return np.asarray(1 + 0.15 * np.sin(2 * np.pi * np.asarray(months.month) / 12))


def projection(
    *, n_paths: int = 60, seed: int = 1, spread: float = 0.05, as_of: pd.Period = AS_OF
) -> Projection:
    """Return random walks around a seasonal level, both directions."""
    rng = np.random.default_rng(seed)
    months = pd.period_range(as_of + 1, f"{as_of.year + 2}-12", freq="M")
    past = pd.period_range(as_of - 47, as_of, freq="M")
    known, paths = {}, {}
    for flow, level in zip(DIRECTIONS, LEVELS, strict=True):
        known[flow] = pd.Series(np.round(level * season(past)), index=past)
        walk = np.cumsum(rng.normal(0, spread, (n_paths, len(months))), axis=1)
        paths[flow] = level * season(months) * np.exp(walk)
    return Projection(
        as_of=as_of,
        months=months,
        known=known,
        paths=paths,
        by_model={},
        model_version="made",
        seed=seed,
        data_digest="made",
    )


def supply(*, flights: float = 12_600.0) -> Supply:
    """Return the same flights in every month of 2025."""
    return Supply(dict.fromkeys(pd.period_range("2025-01", "2025-12", freq="M"), flights))
