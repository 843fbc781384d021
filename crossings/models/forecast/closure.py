"""The pandemic's closed borders: which months to leave out, and what to say while they last."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crossings.models.arithmetic import exp, log

WINDOW = pd.period_range("2020-01", "2024-06", freq="M")
REFERENCE = pd.period_range("2018-01", "2019-12", freq="M")
LOWEST = 0.5
LOG_60_PERCENT = float(log(0.6))
CLOSED = -1.2
OPEN_AGAIN = -0.25
FLAT = 0.15
MEAN_WAIT_MONTHS = 15.0
RAMP_MONTHS = (4.0, 14.0)


@dataclass(frozen=True)
class Closure:
    """Borders shut from `first` to `last` (both left out of the fit).

    gap: log distance of the latest months to the same months of 2018-2019 while the series is still
    below them at the end of what is known, otherwise None. reopening: whether that gap is closing.
    """

    first: pd.Period
    last: pd.Period
    gap: float | None
    reopening: bool


def find(history: pd.Series) -> Closure | None:
    """Return the pandemic closure that a monthly series shows, or None where it shows none.

    A closure begins where, in 2020-01 to 2024-06, the series falls below 60 % of the same months of
    2018-2019 on the way to under 30 %, and lasts until the recovery has flattened out.
    """
    distance = _distance(history)
    if distance is None or not (distance < CLOSED).any():
        return None
    deep = distance.index[distance < CLOSED][0]
    first = deep
    while first - 1 in distance.index and distance[first - 1] < LOG_60_PERCENT:
        first -= 1
    settled = _settled(distance.loc[deep:].rolling(3, min_periods=1).mean())
    last = history.index[-1] if settled is None else settled - 1
    if settled is not None:
        return Closure(first, last, None, False)
    recent = distance.iloc[-3:].mean()
    closing = len(distance) > 6 and recent - distance.iloc[-6:-3].mean() > FLAT
    return Closure(first, last, float(recent), bool(closing and recent > -3.0))


def bridged(history: pd.Series, shut: Closure | None) -> pd.Series:
    """Return the series without gaps: closed months follow 2018-2019's seasons from the old level to the new.

    Other gaps are interpolated.
    """
    visitors = history.copy()
    if shut is not None:
        usual = _usual(history).reindex([month.month for month in history.index]).to_numpy()
        distance = pd.Series(log(history.clip(lower=LOWEST)) - usual, index=history.index)
        before = _mean(distance.loc[shut.first - 3 : shut.first - 1], 0.0)
        after = _mean(distance.loc[shut.last + 1 : shut.last + 3], before)
        inside = (history.index >= shut.first) & (history.index <= shut.last)
        way = np.linspace(0.0, 1.0, int(inside.sum()) + 2)[1:-1]
        visitors[inside] = exp(usual[inside] + before * (1.0 - way) + after * way)
    return visitors.interpolate(limit_direction="both")


def _mean(distance: pd.Series, otherwise: float) -> float:
    mean = distance.mean()
    return otherwise if np.isnan(mean) else float(mean)


def _usual(history: pd.Series) -> pd.Series:
    before = history.reindex(REFERENCE).dropna().clip(lower=LOWEST)
    logs = pd.Series(log(before), index=before.index)
    usual: pd.Series = logs.groupby([month.month for month in logs.index]).mean()
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


def reopen(paths: np.ndarray, closure: Closure, *, rng: np.random.Generator) -> np.ndarray:
    """Lower paths of ordinary times to the closed level until borders reopen at an unknown time.

    paths: (n_paths, horizon) as if borders were open. The wait is exponential with mean 15 months
    (none once the gap is closing), the ramp back takes 4 to 14 months: assumptions, since no series
    holds an earlier closure to learn from.
    """
    if closure.gap is None:
        return paths
    n_paths, horizon = paths.shape
    wait = np.zeros((n_paths, 1)) if closure.reopening else rng.exponential(MEAN_WAIT_MONTHS, (n_paths, 1))
    ramp = rng.uniform(*RAMP_MONTHS, (n_paths, 1))
    back = np.clip((np.arange(1, horizon + 1) - wait) / ramp, 0.0, 1.0)
    lowered: np.ndarray = paths * exp(closure.gap * (1.0 - back))
    return lowered
