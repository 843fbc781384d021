"""statsmodels' filter stepped month by month, with wild months counting less and evidence kept on the way.

Shared by every model of the pool: whatever state space statsmodels builds is run here, and its end is
drawn from with heavy tails.
"""

import gc
from dataclasses import dataclass, replace
from importlib import import_module
from math import log, log1p, sqrt
from typing import Any

import numpy as np

from crossings.models.arithmetic import COARSE, leading, settled

GRID_BITS = 20
SMALLEST_VARIANCE = 1e-30
ROUNDING = 1e-9  # a season's months add up to nothing over a year, but for this
HALF_LIFE_MONTHS = 48.0
SCALE_HALF_LIFE_MONTHS = 96.0
TAIL = 6.0
FIRST_FREEDOM = 6.0
YEAR = 12
# Mean of min(|t|, clip) squared under Student's t with TAIL degrees of freedom and unit variance.
CLIPPED_VARIANCE = {2.0: 0.8176, 3.0: 0.9354, np.inf: 1.0}


def statsmodels_part(name: str) -> Any:
    """Import a module of statsmodels by its full name when it is first asked for, and return it.

    Python's search for unreachable objects waits meanwhile: it would walk the many new ones again and again, a third of
    the import's time.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        return import_module(name)
    finally:
        if searching:
            gc.enable()


@dataclass(frozen=True)
class Run:
    """One model run over a series on its scale; relative means in units of the squared scale.

    errors, variances, weights, scores (months,), NaN in gaps: one-step errors, their relative variances without
    clipping, the weight a month got, and the errors in standard errors. scales (months,): the squared
    scale known before each month. gains (months, states) carry an error to the next month's state.
    state, covariance: the end, filtered. sums, sum_spreads (months,): a sum of the states foreseen before each month,
    and its relative variance. variance, weight_months: the squared scale at the end and how many months it rests on.
    """

    errors: np.ndarray
    variances: np.ndarray
    weights: np.ndarray
    scores: np.ndarray
    scales: np.ndarray
    gains: np.ndarray
    state: np.ndarray
    covariance: np.ndarray
    sums: np.ndarray
    sum_spreads: np.ndarray
    variance: float
    weight_months: float
    log_evidence: float


class Tally:
    """A running squared scale and log evidence, both forgetting."""

    def __init__(self, unit: float, clip: float) -> None:
        self.clip, self.bias = clip, CLIPPED_VARIANCE[clip]
        self.keep = 0.5 ** (1.0 / HALF_LIFE_MONTHS)
        self.keep_scale = 0.5 ** (1.0 / SCALE_HALF_LIFE_MONTHS)
        self.count, self.total = FIRST_FREEDOM, FIRST_FREEDOM * unit**2
        self.scale = unit**2
        self.evidence = 0.0

    def judge(self, score: float, variance: float) -> None:
        """Count a month's density under Student's t, variance its squared standard error."""
        density = -(TAIL + 1.0) / 2.0 * log1p(score * score / (TAIL - 2.0))
        self.evidence = self.evidence * self.keep + density - 0.5 * log(variance)

    def learn(self, size: float) -> None:
        """Count a month's squared error, clipped, less the bias of clipping."""
        clipped = size if size < self.clip else self.clip
        self.total = self.total * self.keep_scale + clipped * clipped / self.bias * self.scale
        self.count = self.count * self.keep_scale + 1.0
        self.scale = self.total / self.count


def stepped(
    system: Any,
    seen: np.ndarray,
    *,
    clip: float,
    unit: float,
    start: int,
    warm_up: int,
    summed: np.ndarray | None = None,
) -> Run:
    """Step a statsmodels state space month by month; a month beyond the clip is stepped again, less exactly observed.

    system: a KalmanFilter with obs_cov of shape (1, 1, months). seen: months that hold a figure. clip:
    2, 3 or infinite standard errors. unit: first guess of the scale. From the start-th month seen on the scale is
    learnt but in `settling` months, from the warm_up-th on wild months are clipped and evidence counts. summed: what
    to sum of the states foreseen (states,), nothing by default. A clipped update equals a full one
    with the observation variance raised from H to H + F (1 / weight - 1), F the error's variance (Masreliez and
    Martin 1977).

    The only place that reaches into statsmodels: its filter is an iterator (`seek`, `next`) over matrices that it
    reads anew each month. The tests hold it against its public `filter` and against a textbook one.
    """
    kalman, noise = _prepared(system)
    errors, variances = np.asarray(kalman.forecast_error)[0], np.asarray(kalman.forecast_error_cov)[0, 0]
    error, spread = memoryview(errors), memoryview(variances)
    tally, number, odd = Tally(unit, clip), 0, settling(seen)
    scores, weights, plain, scales = (np.full(len(seen), np.nan) for _ in range(4))
    for month, held in enumerate(seen.tolist()):
        next(kalman)
        scales[month] = tally.scale
        if not held:
            continue
        variance = spread[month]
        squared = max(variance * tally.scale, SMALLEST_VARIANCE)
        score, weight = error[month] / sqrt(squared), 1.0
        size = abs(score)
        if number >= warm_up:
            tally.judge(score, squared)
            if size > clip:
                weight = clip / size
                noise[month] += variance * (1.0 / weight - 1.0)
                kalman.seek(month)
                next(kalman)
        if number >= start and not odd[month]:
            tally.learn(size)
        scores[month], weights[month], plain[month] = score, weight, variance
        number += 1
    months: dict[str, Any] = {
        "errors": np.where(seen, errors, np.nan),
        "variances": plain,
        "weights": weights,
    }
    return Run(**months, scores=scores, scales=scales, **_end(kalman, tally, summed))


def _end(kalman: Any, tally: Tally, summed: np.ndarray | None) -> dict[str, Any]:
    """Return what a filter holds once it has run, copied, since the next run overwrites it."""
    wanted = np.zeros(kalman.k_states) if summed is None else summed
    used = np.flatnonzero(np.abs(wanted) > ROUNDING)
    spreads = np.asarray(kalman.predicted_state_cov)[:, :, :-1][np.ix_(used, used)]
    return {
        "gains": np.array(kalman.kalman_gain)[:, 0, :].T,
        "state": np.array(kalman.filtered_state)[:, -1],
        "covariance": np.asarray(kalman.filtered_state_cov)[:, :, -1].copy(),
        "sums": np.asarray(kalman.predicted_state)[:, :-1].T @ wanted,
        "sum_spreads": np.einsum("i,ijt,j->t", wanted[used], spreads, wanted[used]),
        "variance": tally.scale,
        "weight_months": tally.count,
        "log_evidence": tally.evidence,
    }


def settling(seen: np.ndarray) -> np.ndarray:
    """Return which months hold one of the first twelve figures after a year or more without any, (months,).

    A series then finds its level anew: these errors say nothing of the size of ordinary ones.
    """
    months, found = np.flatnonzero(seen), np.zeros(len(seen), dtype=bool)
    for place in np.flatnonzero(np.diff(months) > YEAR) + 1:
        found[months[place : place + YEAR]] = True
    return found


def on_grid(run: Run, *, unit: float) -> Run:
    """Return a run whose end and evidence stand on a grid far below their own error, to draw the same everywhere.

    The linear algebra below statsmodels' filter differs from processor to processor by some 1e-10 of these numbers
    (see crossings.models.arithmetic.settled). unit: the scale of the states.
    """
    return replace(
        run,
        state=settled(run.state / unit, points=COARSE) * unit,
        covariance=settled(run.covariance, points=COARSE),
        variance=float(leading(run.variance, bits=GRID_BITS)),
        weight_months=float(leading(run.weight_months, bits=GRID_BITS)),
        log_evidence=float(settled(np.array(run.log_evidence), points=COARSE)),
        scores=settled(run.scores, points=COARSE),
    )


def _prepared(system: Any) -> tuple[Any, np.ndarray]:
    """Return statsmodels' filter before its first month, and the observation variances that it will read."""
    prefix, *_ = system._initialize_filter()
    system._initialize_state(prefix)
    kalman = system._kalman_filters[prefix]
    kalman.seek(0)
    noise: np.ndarray = system._representations[prefix]["obs_cov"][0, 0]
    return kalman, noise


def usual_error(values: np.ndarray) -> float:
    """Return a first guess of the one-step error: the median size of the change of the yearly change."""
    change = values[13:] - values[12:-1] - values[1:-12] + values[:-13]
    change = change[~np.isnan(change)]
    seen = values[~np.isnan(values)]
    middle = np.median(np.abs(change - np.median(change))) * 1.4826 / np.sqrt(2.0) if len(change) > 5 else 0.0
    if middle > 0:
        return float(middle)
    spread = float(np.std(change)) if len(change) else 0.0
    spread = spread or 0.3 * float(np.std(seen))
    return max(spread, 1e-6 * (1.0 + float(np.abs(seen).mean())))


def drawn_scale(variance: np.ndarray, weight_months: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw a scale for each path from the scaled inverse chi-square of its squared scale."""
    freedom = np.maximum(0.9 * weight_months, 4.0)
    scale: np.ndarray = np.sqrt(variance * freedom / rng.chisquare(freedom))
    return scale


def tailed(rng: np.random.Generator, size: int) -> np.ndarray:
    """Draw Student's t scaled to unit variance."""
    drawn: np.ndarray = rng.standard_t(TAIL, size) * np.sqrt((TAIL - 2.0) / TAIL)
    return drawn
