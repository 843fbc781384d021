"""Seats on the flights between the two countries, which visitors of both directions share."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crossings.errors import N_
from crossings.models.arithmetic import normal_cdf, normal_density, settled
from crossings.tables.flows import DataDamaged, DataMissing, read_table

Array = NDArray[np.float64]

TABLE = "air_supply"
SPREAD = 0.12
GRID = 8192
GRID_END = 2.2
SUMMER, WINTER = 4, 11
MONTHS_TO_FOLLOW = 12


@dataclass(frozen=True)
class Supply:
    """Flights between Korea and Japan by month, both directions together, cargo aircraft included."""

    flights: Mapping[pd.Period, float]

    def ahead(self, months: pd.PeriodIndex) -> tuple[Array, Array]:
        """Return one-way flights by month (H,) and how many steps of growth each carries (H,), 0 or 1.

        A month that is not known takes the same month of the last year on record, one step of growth on;
        nothing is assumed about growth after that. Months without any such figure are 0.
        """
        flights, steps = zip(*(self._month(month) for month in months), strict=True)
        return np.array(flights) / 2, np.array(steps)

    def _month(self, month: pd.Period) -> tuple[float, float]:
        if month in self.flights:
            return self.flights[month], 0.0
        earlier = [known for known in self.flights if known.month == month.month and known < month]
        return (self.flights[max(earlier)], 1.0) if earlier else (0.0, 0.0)


def load_supply(folder: Path | None = None) -> Supply | None:
    """Read flights by month from the published table air_supply; None where it is not published.

    Raises DataDamaged.
    """
    try:
        table = read_table(TABLE, folder=folder)
    except DataMissing:
        return None
    try:
        months = pd.PeriodIndex(table["month"], freq="M")
        flights = pd.to_numeric(table["flights"]).to_numpy(dtype=float)
    except (KeyError, ValueError) as fault:
        raise DataDamaged(
            N_("The table {name} cannot be read ({fault}). Restore it from the project."),
            name=f"{TABLE}.csv",
            fault=fault,
        ) from fault
    rows = zip(months, flights.tolist(), strict=True)
    return Supply(MappingProxyType({month: count for month, count in rows if not math.isnan(count)}))


def follow_shares(months: pd.PeriodIndex, *, start: pd.Period | None) -> Array:
    """Return how far seats have followed demand by month (H,).

    0 in the schedule season in which demand starts to change, 1 twelve months after the start. Schedule
    seasons begin with April and November (IATA: last Sundays of March and October).
    """
    if start is None:
        return np.zeros(len(months))
    season = start + 1
    while season.month not in (SUMMER, WINTER):
        season += 1
    still = (season - start).n
    since = np.array([(month - start).n for month in months], dtype=float)
    return np.clip((since - still + 1) / (MONTHS_TO_FOLLOW - still + 1), 0.0, 1.0)


@lru_cache(maxsize=1)
def _share_table() -> tuple[Array, Array]:
    """Return the served share on a grid of capacity over demand from 0 to GRID_END, and its steps."""
    z = (np.arange(GRID + 1) * (GRID_END / GRID) - 1) / SPREAD
    table: Array = 1 - SPREAD * (normal_density(z) - z * normal_cdf(-z))
    steps = np.append(np.diff(table), 0.0)
    table.flags.writeable = steps.flags.writeable = False
    return table, steps


def served_share(room: Array) -> Array:
    """Return the share of demand that finds a seat, room being capacity over mean demand (any shape).

    Demand of a month is normal around its mean with a spread of 12%: the airline spill model.
    """
    table, steps = _share_table()
    place = np.clip(room, 0.0, GRID_END) * (GRID / GRID_END)
    left = place.astype(np.intp)
    return np.asarray(table.take(left) + steps.take(left) * (place - left))


@dataclass(frozen=True, eq=False)
class Seats:
    """What the seats of a month can carry, for every set of assumptions (M, H) or (M, 1).

    offered: one-way seats that the flights give (0 where not known). change: factor on them by lever
    and by airlines following demand, 1 is none. ceiling: highest load factor of a month.
    """

    offered: Array
    change: Array
    passengers_per_visitor: Array
    load_factor: Array
    ceiling: Array

    def carried(self, baseline: Array, factor: Array) -> Array:
        """Return visitors (..., 2, H) when demand is baseline (..., 2, H) times factor (..., 2, H).

        The baseline is what already found a seat, so only the change in the served share counts. A
        baseline that the known flights could not carry at the usual load factor has the seats it needs.
        """
        demand = baseline * factor
        served = self.served(baseline.sum(axis=-2), demand.sum(axis=-2))
        return np.asarray(demand * served[..., np.newaxis, :])

    def served(self, before: Array, after: Array) -> Array:
        """Return the share of demand that travels, visitors of both directions before and after (..., H)."""
        before, after = self.passengers_per_visitor * before, self.passengers_per_visitor * after
        room = self._room(before)
        room_after = _over(room * self.change, after)
        return np.asarray(
            np.minimum(served_share(room_after) / served_share(_over(room, before)), room_after)
        )

    def limit(self, baseline: Array) -> Array:
        """Return the most visitors of both directions together (..., H) that the seats can carry."""
        room = self._room(self.passengers_per_visitor * baseline.sum(axis=-2))
        return np.asarray(room * self.change / self.passengers_per_visitor)

    def _room(self, before: Array) -> Array:
        return np.asarray(self.ceiling * np.maximum(self.offered, before / self.load_factor))

    def served_between(self, factor: Array) -> tuple[Array, Array]:
        """Return the least and the most that `served` gives for any baseline (M, H), demand changing by factor.

        factor: (M, 2, H). The share of demand served grows with the room r and is concave in it, from 0 at
        0; the room before is at least that at the usual load factor. So for room changing by c,
        share(c r) / share(r) lies between 1 and c, and no share is above the largest.
        """
        least_room = self.ceiling / self.load_factor
        most = served_share(np.array(GRID_END))
        shrunk, grown = self.change / factor.max(axis=-2), self.change / factor.min(axis=-2)
        low = np.where(shrunk < 1, np.maximum(shrunk, served_share(shrunk * least_room) / most), 1.0)
        high = np.where(grown > 1, np.minimum(grown, most / served_share(least_room)), 1.0)
        return np.minimum(low, shrunk * least_room), high

    def during(self, months: NDArray[np.bool_]) -> "Seats":
        """Return the seats in some of the months."""
        return Seats(*(values[:, months] if values.shape[1] > 1 else values for values in self._parts()))

    def under(self, draws: NDArray[np.intp]) -> "Seats":
        """Return the seats under some of the sets of assumptions, in the order named (P, H)."""
        return Seats(*(values[draws] if len(values) > 1 else values for values in self._parts()))

    def _parts(self) -> Iterator[Array]:
        return (getattr(self, field.name) for field in fields(self))


def _over(room: Array, passengers: Array) -> Array:
    without = np.full(np.broadcast_shapes(room.shape, passengers.shape), GRID_END)
    return np.asarray(np.divide(room, passengers, out=without, where=passengers > 0))


def following(baseline: Array, factor: Array, *, follows: Array) -> Array:
    """Return the factor by which airlines change seats (..., H) when demand changes by factor (..., 2, H).

    follows: elasticity of seats to demand (..., H), 0 keeps them.
    """
    before = baseline.sum(axis=-2)
    after = (baseline * factor).sum(axis=-2)
    grown = np.divide(after, before, out=np.ones_like(after), where=before > 0)
    return settled(grown**follows)
