"""Made-up visitor figures with a known effect, for the tests of the past."""

import numpy as np
import pandas as pd

from crossings.tables.flows import Published


def published(flows: dict[str, pd.Series]) -> Published:
    """Return published figures of these origin-destination series."""
    parts = [
        pd.DataFrame(
            {
                "month": series.index,
                "origin": name.split("-")[0],
                "destination": name.split("-")[1],
                "visitors": series.to_numpy(),
                "status": "definitive",
                "source": "made",
            }
        )
        for name, series in flows.items()
    ]
    table = pd.concat(parts, ignore_index=True)
    return Published(visitors=table, vintages=table.iloc[:0].assign(published=""), digest="made")


def wandering(
    seed: int, *, first: str = "2005-01", last: str = "2019-12", level: float = 2e5, step: float = 0.03
) -> pd.Series:
    """Return a series whose logarithm wanders round a season."""
    months = pd.period_range(first, last, freq="M")
    rng = np.random.default_rng(seed)
    season = 0.15 * np.sin(2 * np.pi * months.month.to_numpy() / 12)
    logs = (
        np.log(level)
        + np.cumsum(rng.normal(0, step, len(months)))
        + season
        + rng.normal(0, 0.01, len(months))
    )
    return pd.Series(np.exp(logs), index=months)


def with_effect(series: pd.Series, *, first: str, last: str, log_effect: float) -> pd.Series:
    """Return the series moved by an effect in some months."""
    moved = series.copy()
    moved.loc[first:last] *= np.exp(log_effect)
    return moved


def rates(first: str = "1999-01", last: str = "2026-08") -> pd.Series:
    """Return an exchange rate that moves a little."""
    months = pd.period_range(first, last, freq="M")
    return pd.Series(10 + np.sin(np.arange(len(months)) / 17), index=months)
