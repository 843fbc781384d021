"""Simulated futures of one monthly series: a pool of two kinds of model on three scales."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crossings.models.arithmetic import exp, power
from crossings.models.forecast import autoregression, closure, structural
from crossings.models.forecast.scales import Scale, scales
from crossings.models.forecast.validation import check_request, checked

MODEL_VERSION = "2.3"
AUTOREGRESSIVE_SHARE = 0.3
SHORTEST_FOR_AUTOREGRESSION = 48
HIGHEST_MULTIPLE = 50.0
GROWTH_A_YEAR = 0.049  # arrivals in Asia and the Pacific 2010-2030, UNWTO, Tourism Towards 2030 (2011)


@dataclass(frozen=True)
class Fitted:
    """One series ready to be drawn from: its checked months, closure, scales, filtered banks and weights.

    weights: (scales, members), adding up to one.
    """

    history: pd.Series
    shut: closure.Closure | None
    scales: tuple[Scale, ...]
    filtered: tuple[structural.Filtered, ...]
    weights: np.ndarray


def simulate(history: pd.Series, *, horizon: int, n_paths: int, seed: int) -> np.ndarray:
    """Draw simulated futures of a monthly, non-negative series: an array (n_paths, horizon) of visitors.

    history: monthly Series with a PeriodIndex, gaps NaN, at least 24 figures. Months of closed
    borders in the pandemic are left out. Beyond what a series shows of its own trend, the region's
    long-run growth of 4.9 % a year is added. The same seed gives the same paths.
    Raises the errors of crossings.forecast.history. Method: docs/method.md; a linear pool of
    structural models (Harvey 1989) and shrunk autoregressions (Litterman 1986).
    """
    check_request(horizon, n_paths)
    parts = draw(fit(history), horizon=horizon, n_paths=n_paths, seed=seed)
    return mixed(list(parts.values()), seed=seed)


def mixed(parts: list[np.ndarray], *, seed: int) -> np.ndarray:
    """Stack path arrays and shuffle their rows, so that any leading part is itself a fair pool."""
    stacked = np.concatenate(parts)
    rows: np.ndarray = stacked[np.random.default_rng(seed).permutation(len(stacked))]
    return rows


def fit(history: pd.Series, *, explained: pd.Series | None = None) -> Fitted:
    """Filter a series with every member of the bank on every scale, and weight them by their evidence.

    explained: by month, the part of the logarithm that something else explains; it is taken out first.
    Closed borders are found in the series as it is.
    """
    whole = checked(history)
    shut = closure.find(whole)
    if shut is not None and np.isfinite(open_visitors(whole, shut)).sum() < 12:
        shut = None
    if explained is not None:
        whole = whole * exp(-explained.reindex(whole.index).fillna(0.0).to_numpy())
    visitors = open_visitors(whole, shut)
    choices = scales(visitors)
    month = calendar_months(whole.index)
    members = structural.bank()
    filtered = tuple(structural.filter_bank(scale.there(visitors), month, members) for scale in choices)
    evidence = np.stack(
        [each.log_evidence + _stretch(visitors, scale) for each, scale in zip(filtered, choices, strict=True)]
    )
    weights = exp(evidence - evidence.max())
    return Fitted(whole, shut, choices, filtered, weights / weights.sum())


def open_visitors(history: pd.Series, shut: closure.Closure | None) -> np.ndarray:
    """Return a series' values with the months of closed borders as NaN."""
    visitors = history.to_numpy(dtype=float, copy=True)
    if shut is not None:
        visitors[(history.index >= shut.first) & (history.index <= shut.last)] = np.nan
    return visitors


def calendar_months(index: pd.Index) -> np.ndarray:
    """Return the calendar month, 0 to 11, of each month."""
    return np.array([month.month - 1 for month in index])


def _stretch(visitors: np.ndarray, scale: Scale) -> float:
    """Return the log slope of a scale summed with the evidence's forgetting."""
    seen = np.flatnonzero(~np.isnan(visitors))
    age = np.arange(len(seen))[::-1]
    keep = power(0.5, age / structural.HALF_LIFE_MONTHS)
    counted = seen >= structural.WARM_UP
    return float((scale.log_slope(visitors[seen]) * keep)[counted].sum())


def draw(fitted: Fitted, *, horizon: int, n_paths: int, seed: int) -> dict[str, np.ndarray]:
    """Draw paths model by model, visitors, rows adding up to n_paths."""
    rng = np.random.default_rng(seed)
    long_enough = len(fitted.history) >= SHORTEST_FOR_AUTOREGRESSION
    second = round(AUTOREGRESSIVE_SHARE * n_paths) if long_enough else 0
    drawn = {"structural": _structural(fitted, horizon, n_paths - second, rng)}
    if second:
        drawn["autoregressive"] = _autoregressive(fitted, horizon, second, rng)
    top = HIGHEST_MULTIPLE * float(np.nanmax(fitted.history.to_numpy()))
    growth = power(1.0 + GROWTH_A_YEAR, np.arange(1, horizon + 1) / 12)
    for name, paths in drawn.items():
        capped = np.minimum(paths * growth, top)
        drawn[name] = capped if fitted.shut is None else closure.reopen(capped, fitted.shut, rng=rng)
    return drawn


def _structural(fitted: Fitted, horizon: int, n_paths: int, rng: np.random.Generator) -> np.ndarray:
    ahead = pd.period_range(fitted.history.index[-1] + 1, periods=horizon, freq="M")
    month = calendar_months(ahead)
    steps = (np.arange(n_paths) + rng.random()) / n_paths
    picked = np.minimum(np.searchsorted(fitted.weights.ravel().cumsum(), steps), fitted.weights.size - 1)
    which, member = np.divmod(picked, structural.MEMBERS)
    members = structural.bank()
    paths = np.empty((n_paths, horizon))
    for place, (scale, filtered) in enumerate(zip(fitted.scales, fitted.filtered, strict=True)):
        rows = which == place
        if rows.any():
            paths[rows] = scale.back(structural.draw(filtered, members, member[rows], month, rng))
    return paths


def _autoregressive(fitted: Fitted, horizon: int, n_paths: int, rng: np.random.Generator) -> np.ndarray:
    gapless = closure.bridged(fitted.history, fitted.shut).to_numpy()
    edges = np.round(np.concatenate([[0.0], fitted.weights.sum(axis=1).cumsum()]) * n_paths).astype(int)
    parts = []
    for scale, count in zip(fitted.scales, np.diff(edges), strict=True):
        if count:
            values = scale.there(gapless)
            parts.append(scale.back(autoregression.draw(values, horizon=horizon, n_paths=count, rng=rng)))
    return np.concatenate(parts)


def one_step_errors(fitted: Fitted) -> pd.Series:
    """Return each month's one-step error in standard errors, averaged over the bank by weight."""
    best = int(fitted.weights.sum(axis=1).argmax())
    weights = fitted.weights[best] / fitted.weights[best].sum()
    return pd.Series((fitted.filtered[best].errors * weights).sum(axis=1), index=fitted.history.index)
