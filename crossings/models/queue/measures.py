"""Measures of a wait that is piecewise linear over passengers: exact, without bins."""

from dataclasses import dataclass

import numpy as np

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

TARGET_MINUTES = 20.0
NOBODY = 1e-9


@dataclass(frozen=True)
class Waits:
    """What a group waited, in minutes; the share is of its passengers."""

    passengers: float
    mean_minutes: float
    p80_minutes: float
    p95_minutes: float
    max_minutes: float
    share_within_20_minutes: float


@dataclass(frozen=True, eq=False)
class WaitCurve:
    """Passengers spread evenly over waits: (n,) passengers between `low` and `high` minutes each."""

    passengers: Array
    low: Array
    high: Array

    @classmethod
    def of(cls, passengers: Array, first: Array, last: Array) -> "WaitCurve":
        """Return the curve of passengers whose wait runs evenly from `first` to `last`."""
        present = passengers > NOBODY
        first, last = first[present], last[present]
        return cls(passengers[present], np.minimum(first, last), np.maximum(first, last))

    @classmethod
    def joined(cls, curves: list["WaitCurve"]) -> "WaitCurve":
        """Return several curves as one."""
        parts = [(curve.passengers, curve.low, curve.high) for curve in curves]
        passengers, low, high = (np.concatenate(part) for part in zip(*parts, strict=True))
        return cls(passengers, low, high)

    @property
    def total(self) -> float:
        return float(self.passengers.sum())

    @property
    def mean(self) -> float:
        return float((self.passengers * (self.low + self.high)).sum() / 2 / self.total)

    @property
    def longest(self) -> float:
        return float(self.high.max())

    def share_within(self, minutes: float) -> float:
        """Return the share of passengers who wait at most so long."""
        width = self.high - self.low
        inside = np.clip((minutes - self.low) / np.where(width > 0, width, 1.0), 0.0, 1.0)
        counted = np.where(width > 0, inside, self.low <= minutes + 1e-9)
        return float(min((self.passengers * counted).sum() / self.total, 1.0))

    def quantile(self, share: float) -> float:
        """Return the shortest wait that the given share of passengers does not exceed."""
        edges = np.unique(np.concatenate([self.low, self.high]))
        below, above = -1, len(edges) - 1
        while above - below > 1:
            middle = (below + above) // 2
            below, above = (below, middle) if self.share_within(edges[middle]) >= share else (middle, above)
        if below < 0:
            return float(edges[0])
        return self._between(float(edges[below]), float(edges[above]), share)

    def _between(self, low: float, high: float, share: float) -> float:
        at_low = self.share_within(low)
        gained = 2 * (self.share_within((low + high) / 2) - at_low)
        return high if gained <= 0 else min(low + (share - at_low) / gained * (high - low), high)

    def waits(self) -> Waits:
        """Return all measures."""
        return Waits(
            passengers=self.total,
            mean_minutes=self.mean,
            p80_minutes=self.quantile(0.80),
            p95_minutes=self.quantile(0.95),
            max_minutes=self.longest,
            share_within_20_minutes=self.share_within(TARGET_MINUTES),
        )
