"""What a month's figure is expected to be, so that a slip of units or of the month is seen before it is kept."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from crossings.errors import CrossingsError
from crossings.tables import flows
from crossings.tables.flows import DIRECTIONS, Flow, Published

INTERVAL = (0.005, 0.995)
# Without a projection: half to twice the same month a year earlier.
FACTOR = 2.0
# A figure within a fifth of what is expected is no slip, however narrow the interval.
LEAST_MARGIN = 0.2
N_PATHS = 1000


@dataclass(frozen=True)
class Expected:
    """Where a month's figure should lie, in persons, and the same month a year earlier where it is known."""

    low: int
    high: int
    year_before: int | None


def expectation(month: str, origin: str, destination: str, *, official: pd.DataFrame) -> Expected | None:
    """Return what a month of a series is expected to be; None where nothing is known to hold it against.

    The two flows are held against 99 % of the projection's own paths, other series against the year before.
    """
    year_before = _official(official, str(pd.Period(month, "M") - 12), origin, destination)
    projected = _projected(month, f"{origin}-{destination}")
    if projected:
        return Expected(*projected, year_before)
    if not year_before:
        return None
    return Expected(round(year_before / FACTOR), round(year_before * FACTOR), year_before)


def _official(official: pd.DataFrame, month: str, origin: str, destination: str) -> int | None:
    here = (official["month"] == month) & (official["origin"] == origin)
    values = official.loc[here & (official["destination"] == destination), "visitors"]
    return int(values.iloc[0]) if len(values) else None


def _projected(month: str, pair: str) -> tuple[int, int] | None:
    if pair not in list(DIRECTIONS):
        return None
    try:
        intervals = _intervals(flows.load())
    except (CrossingsError, ValueError):  # figures too short or too damaged to project
        return None
    return intervals.get((Flow(pair), month))


@lru_cache(maxsize=2)
def _intervals(published: Published) -> dict[tuple[Flow, str], tuple[int, int]]:
    """Return the projection's interval of every month and flow ahead."""
    from crossings.models.forecast.projection import project

    projection = project(published, as_of=published.last_month, n_paths=N_PATHS)
    ahead: dict[tuple[Flow, str], tuple[int, int]] = {}
    for flow, paths in projection.paths.items():
        low, high = np.quantile(paths, INTERVAL, axis=0)
        for month, lowest, highest in zip(projection.months, low, high, strict=True):
            middle = (float(lowest) + float(highest)) / 2
            ahead[(flow, str(month))] = (
                round(min(float(lowest), middle * (1 - LEAST_MARGIN))),
                round(max(float(highest), middle * (1 + LEAST_MARGIN))),
            )
    return ahead
