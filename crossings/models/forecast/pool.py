"""Simulated futures of one monthly series: a pool of three kinds of statsmodels' models, weighted by evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crossings.models.arithmetic import exp, power, product
from crossings.models.forecast import airline, closure, structural, theta
from crossings.models.forecast.scales import Scale, scales
from crossings.models.forecast.stepping import HALF_LIFE_MONTHS
from crossings.models.forecast.validation import check_request, checked

MODEL_VERSION = "3.2"
STRUCTURAL, AIRLINE, THETA = "structural", "seasonal_arima", "theta"
SHORTEST_FOR_ALL = 48
EQUAL_SHARE_OF_SCALES = 0.5
TEMPER = 0.7
HIGHEST_MULTIPLE = 50.0


@dataclass(frozen=True)
class Method:
    """One kind of model: how it is filtered over a series on a scale, and drawn from.

    warm_up: months without evidence. share: of the paths. scales: the names of those it is used on.
    """

    filtered: Callable[[np.ndarray], Any]
    draw: Callable[[Any, np.ndarray, int, np.random.Generator], np.ndarray]
    warm_up: int
    share: float
    scales: tuple[str, ...]


METHODS = {
    STRUCTURAL: Method(
        lambda values: structural.filter_bank(values, structural.bank()),
        structural.draw,
        structural.WARM_UP,
        0.5,
        ("logarithm", "square root", "level"),
    ),
    AIRLINE: Method(airline.filter_grid, airline.draw, airline.WARM_UP, 0.2, ("logarithm", "level")),
    THETA: Method(theta.filter_grid, structural.draw, structural.WARM_UP, 0.3, ("logarithm", "level")),
}


@dataclass(frozen=True)
class Weighted:
    """One kind of model over a series: its scales, what was filtered on each, and weights (scales, settings)."""

    scales: tuple[Scale, ...]
    filtered: tuple[Any, ...]
    weights: np.ndarray


@dataclass(frozen=True)
class Fitted:
    """One series ready to be drawn from: its checked months, closure, and the models by name.

    Of a series with fewer than 48 figures only the structural models.
    """

    history: pd.Series
    shut: closure.Closure | None
    models: dict[str, Weighted]


def simulate(history: pd.Series, *, horizon: int, n_paths: int, seed: int) -> np.ndarray:
    """Draw simulated futures of a monthly, non-negative series: an array (n_paths, horizon) of visitors.

    history: monthly Series with a PeriodIndex, gaps NaN, at least 24 figures. The first month ahead is the one
    after its last index entry, figure or gap. Months of closed borders in the pandemic are left out. Nothing
    is assumed of the series' kind, region or growth. The same seed gives the same paths.
    Raises the errors of crossings.models.forecast.validation. Method: docs/method.md; a linear pool of
    structural models (Harvey 1989), seasonal ARIMA (Box and Jenkins 1976) and the Theta method (Assimakopoulos
    and Nikolopoulos 2000).
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
    wanted = METHODS if np.isfinite(visitors).sum() >= SHORTEST_FOR_ALL else (STRUCTURAL,)
    return Fitted(whole, shut, {name: _weighted(METHODS[name], visitors) for name in wanted})


def _weighted(method: Method, visitors: np.ndarray) -> Weighted:
    """Filter one kind of model on its scales, and weight its settings.

    Within a scale weights go by evidence raised to a power below one, shrunk towards equal; of a scale's own weight
    half does, half is an equal share.
    """
    chosen = tuple(scale for scale in scales(visitors) if scale.name in method.scales)
    filtered = tuple(method.filtered(scale.there(visitors)) for scale in chosen)
    stretch = [_stretch(visitors, scale, method.warm_up) for scale in chosen]
    evidence = np.stack([each.log_evidence + more for each, more in zip(filtered, stretch, strict=True)])
    by_setting = exp(TEMPER * (evidence - evidence.max(axis=1, keepdims=True)))
    by_scale = exp(TEMPER * (evidence - evidence.max())).sum(axis=1)
    share = (1 - EQUAL_SHARE_OF_SCALES) * by_scale / by_scale.sum() + EQUAL_SHARE_OF_SCALES / len(chosen)
    return Weighted(
        chosen, filtered, by_setting / by_setting.sum(axis=1, keepdims=True) * share[:, np.newaxis]
    )


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
    top = HIGHEST_MULTIPLE * float(np.nanmax(fitted.history.to_numpy()))
    months = (fitted.history.index[-1].month + np.arange(horizon)) % 12
    drawn = {}
    for name, count in _counts(fitted, n_paths).items():
        paths = np.minimum(_paths(METHODS[name], fitted.models[name], horizon, count, rng), top)
        drawn[name] = (
            paths if fitted.shut is None else closure.reopen(paths, fitted.shut, months=months, rng=rng)
        )
    return drawn


def _counts(fitted: Fitted, n_paths: int) -> dict[str, int]:
    """Return how many paths each model draws, those without one left out; the structural ones take what is over."""
    counts = {name: int(METHODS[name].share * n_paths + 0.5) for name in fitted.models if name != STRUCTURAL}
    counts = {STRUCTURAL: n_paths - sum(counts.values()), **counts}
    return {name: count for name, count in counts.items() if count}


def _paths(
    method: Method, model: Weighted, horizon: int, n_paths: int, rng: np.random.Generator
) -> np.ndarray:
    which, setting = _picked(model.weights, n_paths, rng)
    paths = np.empty((n_paths, horizon))
    for place, (scale, filtered) in enumerate(zip(model.scales, model.filtered, strict=True)):
        rows = which == place
        if rows.any():
            paths[rows] = scale.back(method.draw(filtered, setting[rows], horizon, rng))
    return paths


def _picked(weights: np.ndarray, n_paths: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return each path's scale and member, so many of each as its weight says."""
    steps = (np.arange(n_paths) + rng.random()) / n_paths
    picked = np.minimum(np.searchsorted(weights.ravel().cumsum(), steps), weights.size - 1)
    which, member = np.divmod(picked, weights.shape[1])
    return which, member


def one_step_errors(fitted: Fitted) -> pd.Series:
    """Return each month's one-step error in standard errors, averaged over the bank by weight."""
    bank = fitted.models[STRUCTURAL]
    best = int(bank.weights.sum(axis=1).argmax())
    weights = bank.weights[best] / bank.weights[best].sum()
    return pd.Series(product(bank.filtered[best].errors, weights), index=fitted.history.index)
