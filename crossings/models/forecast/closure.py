"""The pandemic's closed borders: which months to leave out, and what to say while they last."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crossings.models.arithmetic import exp, log

WINDOW = pd.period_range("2020-01", "2024-06", freq="M")
LOG_60_PERCENT = float(log(0.6))
LAST_USUAL_MONTH = pd.Period("2019-06", freq="M")  # the boycott of July 2019 and the pandemic come after it
LOWEST = 0.5
HIGHEST_RETURN = float(log(2.0))
MOST_LIFTED = 2.0
CLOSED = -1.2
OPEN_AGAIN = -0.25
FLAT = 0.15
LATEST_MONTHS = 3
MEAN_WAIT_MONTHS = 15.0
RAMP_MONTHS = (4.0, 14.0)


@dataclass(frozen=True)
class Closure:
    """Borders shut from `first` to `last` (both left out of the fit).

    gap: log distance of the latest months to the usual ones while the series is still
    below them at the end of what is known, otherwise None. reopening: whether that gap is closing.
    usual: the usual logarithms of January to December.
    """

    first: pd.Period
    last: pd.Period
    gap: float | None
    reopening: bool
    usual: tuple[float, ...] = ()


def find(history: pd.Series) -> Closure | None:
    """Return the pandemic closure that a monthly series shows, or None where it shows none.

    A closure begins where, in 2020-01 to 2024-06, the series falls below 60 % of its usual months on the
    way to under 30 %, and lasts until the recovery has flattened out.
    """
    distance = _distance(history)
    if distance is None or not (distance < CLOSED).any():
        return None
    deep = distance.index[distance < CLOSED][0]
    first = deep
    while first - 1 in distance.index and distance[first - 1] < LOG_60_PERCENT:
        first -= 1
    usual = tuple(float(value) for value in _usual(history).sort_index())
    settled = _settled(distance.loc[deep:].rolling(3, min_periods=1).mean())
    last = history.index[-1] if settled is None else settled - 1
    if settled is not None:
        return Closure(first, last, None, False, usual)
    recent = distance.iloc[-3:].mean()
    closing = len(distance) > 6 and recent - distance.iloc[-6:-3].mean() > FLAT
    return Closure(first, last, float(recent), bool(closing and recent > -3.0), usual)


def _usual(history: pd.Series) -> pd.Series:
    """Return the usual logarithm by calendar month: the last figure up to June 2019, else the first one of another time."""
    known = history.dropna().clip(lower=LOWEST)
    seen = pd.Series(log(known), index=known.index)
    before = seen.loc[:LAST_USUAL_MONTH]
    between = seen.loc[LAST_USUAL_MONTH + 1 : WINDOW[0] - 1]
    after = seen.loc[WINDOW[-1] + 1 :]
    usual = pd.Series(dtype=float)
    for part, last in ((before, True), (between, False), (after, False)):
        months = part.groupby([month.month for month in part.index])
        usual = usual.combine_first(months.last() if last else months.first())
    return usual


def _distance(history: pd.Series) -> pd.Series | None:
    usual = _usual(history)
    during = history.loc[history.index.isin(WINDOW)].dropna()
    if len(usual) < 12 or during.empty:
        return None
    months = usual.reindex([month.month for month in during.index]).to_numpy()
    return pd.Series(log(during.clip(lower=LOWEST)) - months, index=during.index)


def _settled(smooth: pd.Series) -> pd.Period | None:
    deepest = smooth.iloc[:12].idxmin()
    since = smooth.loc[deepest:]
    flat = (since > CLOSED) & (smooth.shift(-3, freq="M").reindex(since.index) - since < FLAT)
    settled: list[pd.Period] = list(since.index[flat | (since > OPEN_AGAIN)])
    return settled[0] if settled else None


def reopen(
    paths: np.ndarray, closure: Closure, *, months: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Lower paths of ordinary times to the closed level until borders reopen at an unknown time.

    paths: (n_paths, horizon) as if borders were open, at the level known before they closed. months: calendar
    months ahead, 0 to 11. The wait is exponential with mean 15 months (none once the gap is closing), the ramp
    back takes 4 to 14 months: assumptions, since no series holds an earlier closure to learn from. Where the
    series has come back above a path's level of before the closure (a boycott then, say), that level no longer
    holds: the path ends anywhere between the present one and the usual one, equally likely. No path comes back
    above twice the usual level, since a level carried over years of closed borders says little.
    """
    if closure.gap is None:
        return paths
    n_paths, horizon = paths.shape
    wait = np.zeros((n_paths, 1)) if closure.reopening else rng.exponential(MEAN_WAIT_MONTHS, (n_paths, 1))
    ramp = rng.uniform(*RAMP_MONTHS, (n_paths, 1))
    back = np.clip((np.arange(1, horizon + 1) - wait) / ramp, 0.0, 1.0)
    before = _level(paths, np.array(closure.usual)[months])
    between = rng.uniform(closure.gap, max(closure.gap, 0.0), (n_paths, 1))
    end = np.where(before < closure.gap, between, np.minimum(before, max(closure.gap, HIGHEST_RETURN)))
    lifted = np.minimum(end - before, MOST_LIFTED)  # a path near nothing would be multiplied beyond sense
    moved: np.ndarray = paths * exp(lifted + (closure.gap - end) * (1.0 - back))
    return moved


def _level(paths: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Return each path's log distance to the usual months over its first three months, (n_paths, 1)."""
    distance = log(np.maximum(paths, LOWEST)) - usual
    level: np.ndarray = distance[:, :LATEST_MONTHS].mean(axis=1, keepdims=True)
    return level
