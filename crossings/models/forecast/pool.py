"""Simulated futures of one monthly series: a pool of two kinds of statsmodels' models, weighted by evidence."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crossings.models.arithmetic import exp, power, product
from crossings.models.forecast import airline, closure, structural
from crossings.models.forecast.scales import Scale, scales
from crossings.models.forecast.stepping import HALF_LIFE_MONTHS
from crossings.models.forecast.validation import check_request, checked

MODEL_VERSION = "3.0"
STRUCTURAL, AIRLINE = "structural", "seasonal_arima"
AIRLINE_SHARE = 0.3
AIRLINE_SCALES = ("logarithm", "level")
EQUAL_SHARE_OF_SCALES = 0.5
TEMPER = 0.7
HIGHEST_MULTIPLE = 50.0


@dataclass(frozen=True)
class Fitted:
    """One series ready to be drawn from: its checked months, closure, scales, filtered models and weights.

    weights: (scales, members), adding up to one. seasonal: the second opinion by scale, none for a short
    series; seasonal_weights (its scales, pairs of coefficients), adding up to one.
    """

    history: pd.Series
    shut: closure.Closure | None
    scales: tuple[Scale, ...]
    filtered: tuple[structural.Filtered, ...]
    weights: np.ndarray
    seasonal: tuple[tuple[Scale, airline.Filtered], ...]
    seasonal_weights: np.ndarray


def simulate(history: pd.Series, *, horizon: int, n_paths: int, seed: int) -> np.ndarray:
    """Draw simulated futures of a monthly, non-negative series: an array (n_paths, horizon) of visitors.

    history: monthly Series with a PeriodIndex, gaps NaN, at least 24 figures. The first month ahead is the one
    after its last index entry, figure or gap. Months of closed borders in the pandemic are left out. Nothing
    is assumed of the series' kind, region or growth. The same seed gives the same paths.
    Raises the errors of crossings.forecast.history. Method: docs/method.md; a linear pool of
    structural models (Harvey 1989) and seasonal ARIMA (Box and Jenkins 1976).
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
    """Filter a series with every model on every scale, and weight them by their evidence.

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
    members = structural.bank()
    filtered = tuple(structural.filter_bank(scale.there(visitors), members) for scale in choices)
    evidence = np.stack(
        [
            each.log_evidence + _stretch(visitors, scale, structural.WARM_UP)
            for each, scale in zip(filtered, choices, strict=True)
        ]
    )
    seasonal = _seasonal(visitors, choices)
    return Fitted(
        whole, shut, choices, filtered, _tempered(evidence), seasonal, _seasonal_weights(visitors, seasonal)
    )


def _seasonal(visitors: np.ndarray, choices: tuple[Scale, ...]) -> tuple[tuple[Scale, airline.Filtered], ...]:
    if np.isfinite(visitors).sum() < airline.SHORTEST_MONTHS:
        return ()
    wanted = [scale for scale in choices if scale.name in AIRLINE_SCALES]
    return tuple((scale, airline.filter_grid(scale.there(visitors))) for scale in wanted)


def _tempered(evidence: np.ndarray) -> np.ndarray:
    """Return weights from log evidence, raised to a power below one: shrunk towards equal weights."""
    weights = exp(TEMPER * (evidence - evidence.max()))
    shares: np.ndarray = weights / weights.sum()
    return shares


def _seasonal_weights(
    visitors: np.ndarray, seasonal: tuple[tuple[Scale, airline.Filtered], ...]
) -> np.ndarray:
    """Return the second opinion's weights; half of a scale's weight is an equal share, half goes by evidence."""
    if not seasonal:
        return np.empty((0, 0))
    evidence = np.stack(
        [each.log_evidence + _stretch(visitors, scale, airline.WARM_UP) for scale, each in seasonal]
    )
    within = exp(evidence - evidence.max(axis=1, keepdims=True))
    by_scale = exp(evidence - evidence.max()).sum(axis=1)
    by_scale = EQUAL_SHARE_OF_SCALES / len(seasonal) + (1 - EQUAL_SHARE_OF_SCALES) * by_scale / by_scale.sum()
    weights: np.ndarray = within / within.sum(axis=1, keepdims=True) * by_scale[:, None]
    return weights


def open_visitors(history: pd.Series, shut: closure.Closure | None) -> np.ndarray:
    """Return a series' values with the months of closed borders as NaN."""
    visitors = history.to_numpy(dtype=float, copy=True)
    if shut is not None:
        visitors[(history.index >= shut.first) & (history.index <= shut.last)] = np.nan
    return visitors


def _stretch(visitors: np.ndarray, scale: Scale, warm_up: int) -> float:
    """Return the log slope of a scale summed with the evidence's forgetting over the months that count in it."""
    seen = visitors[~np.isnan(visitors)]
    weight = power(0.5, np.arange(len(seen))[::-1] / HALF_LIFE_MONTHS)
    return float((scale.log_slope(seen) * weight)[warm_up:].sum())


def draw(fitted: Fitted, *, horizon: int, n_paths: int, seed: int) -> dict[str, np.ndarray]:
    """Draw paths model by model, visitors, rows adding up to n_paths."""
    rng = np.random.default_rng(seed)
    second = round(AIRLINE_SHARE * n_paths) if fitted.seasonal else 0
    drawn = {STRUCTURAL: _structural(fitted, horizon, n_paths - second, rng)}
    if second:
        drawn[AIRLINE] = _airline(fitted, horizon, second, rng)
    top = HIGHEST_MULTIPLE * float(np.nanmax(fitted.history.to_numpy()))
    months = (fitted.history.index[-1].month + np.arange(horizon)) % 12
    for name, paths in drawn.items():
        capped = np.minimum(paths, top)
        drawn[name] = (
            capped if fitted.shut is None else closure.reopen(capped, fitted.shut, months=months, rng=rng)
        )
    return drawn


def _structural(fitted: Fitted, horizon: int, n_paths: int, rng: np.random.Generator) -> np.ndarray:
    which, member = _picked(fitted.weights, n_paths, rng)
    members = structural.bank()
    paths = np.empty((n_paths, horizon))
    for place, (scale, filtered) in enumerate(zip(fitted.scales, fitted.filtered, strict=True)):
        rows = which == place
        if rows.any():
            paths[rows] = scale.back(structural.draw(filtered, members, member[rows], horizon, rng))
    return paths


def _airline(fitted: Fitted, horizon: int, n_paths: int, rng: np.random.Generator) -> np.ndarray:
    which, pair = _picked(fitted.seasonal_weights, n_paths, rng)
    paths = np.empty((n_paths, horizon))
    for place, (scale, filtered) in enumerate(fitted.seasonal):
        rows = which == place
        if rows.any():
            paths[rows] = scale.back(airline.draw(filtered, pair[rows], horizon, rng))
    return paths


def _picked(weights: np.ndarray, n_paths: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return each path's scale and member, so many of each as its weight says."""
    steps = (np.arange(n_paths) + rng.random()) / n_paths
    picked = np.minimum(np.searchsorted(weights.ravel().cumsum(), steps), weights.size - 1)
    which, member = np.divmod(picked, weights.shape[1])
    return which, member


def one_step_errors(fitted: Fitted) -> pd.Series:
    """Return each month's one-step error in standard errors, averaged over the bank by weight."""
    best = int(fitted.weights.sum(axis=1).argmax())
    weights = fitted.weights[best] / fitted.weights[best].sum()
    return pd.Series(product(fitted.filtered[best].errors, weights), index=fitted.history.index)
