"""Made-up monthly series of every awkward kind, for the property tests."""

import numpy as np
import pandas as pd

KINDS = (
    "plain",
    "zeros",
    "gaps",
    "shift",
    "flat",
    "spikes",
    "counts",
    "huge",
    "trend",
    "closure",
    "late",
    "sparse",
)


def awkward(number: int) -> pd.Series:
    """Return the series of a number: 24 to 600 months, one kind after another, always the same."""
    rng = np.random.default_rng(number)
    kind = KINDS[number % len(KINDS)]
    months = int(rng.integers(24, 601) if number % 3 else rng.integers(24, 61))
    time = np.arange(months)
    season = 1 + rng.uniform(0, 0.9) * np.sin(2 * np.pi * (time / 12 + rng.random()))
    walk = np.exp(rng.normal(0, rng.uniform(0, 0.15), months).cumsum())
    visitors = 10 ** rng.uniform(0, 5.5) * season * walk
    visitors = np.clip(bent(kind, visitors, rng), 0, 1e12)
    start = pd.Period("2024-12", freq="M") - months if kind == "closure" else pd.Period("1980-01", freq="M")
    return pd.Series(visitors, index=pd.period_range(start, periods=months, freq="M"))


def bent(kind: str, visitors: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Make a series awkward in one way, leaving at least 24 figures."""
    months, middle = len(visitors), len(visitors) // 2
    out = visitors.copy()
    if kind == "zeros":
        out[rng.random(months) < rng.uniform(0, 1)] = 0
    elif kind == "gaps":
        out[rng.permutation(months)[24:][: int(rng.uniform(0, 0.7) * months)]] = np.nan
    elif kind == "shift":
        out[middle:] *= 10 ** rng.uniform(-3, 3)
    elif kind == "flat":
        out[:] = rng.choice([0.0, 1.0, 7.0, 1e6])
    elif kind == "spikes":
        out[rng.integers(0, months, 3)] *= 1e3
    elif kind == "counts":
        out = rng.poisson(rng.uniform(0.05, 5), months).astype(float)
    elif kind == "huge":
        out *= 1e5
    elif kind == "trend":
        out *= np.exp(rng.uniform(-0.05, 0.05) * np.arange(months))
    elif kind == "closure":
        out[-60:-24] *= rng.choice([0.0, 0.001, 0.02])
    elif kind == "late":
        out[: months - 24] = np.nan
    elif kind == "sparse":
        out[:] = 0
        out[rng.integers(0, months, 2)] = 5
    return out
