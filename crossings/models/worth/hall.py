"""What an arrival hall saves and costs, over all groups; set beside the scenario's estimate, never added."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossings.models.queue.flights import Flights
from crossings.models.queue.hall import HallDay, run_hall
from crossings.models.queue.settings import Settings
from crossings.models.scenario.priors import shuffled
from crossings.models.worth import costs, formulas
from crossings.models.worth.books import Array
from crossings.models.worth.model import middle
from crossings.models.worth.parameters import Country, fixed

Places = NDArray[np.intp]


@dataclass(frozen=True)
class HallWorth:
    """A change of one hall over a year; own nationals, who have desks of their own, are in none of it.

    minutes: saved by everybody, negative where they wait longer. by_group: the same by group. value: won.
    cost: of desk hours added, in the country's currency, negative where desks are closed. a_passenger:
    minutes saved a passenger, to be set beside the scenario's.
    """

    minutes: float
    by_group: dict[str, float]
    value: float
    cost: float
    a_passenger: float


def hall_worth(
    flights: Flights,
    before: Settings,
    after: Settings,
    *,
    country: Country,
    value_per_hour: float,
    weight: float = 1.0,
    hours: float,
    days: float | None = None,
) -> HallWorth:
    """Return what a change of a hall is worth in a year of equal days.

    value_per_hour: won. hours: a day for which the added desks are staffed. days: 365 if left out.
    Raises SettingWrong or DesksMissing.
    """
    count = fixed()["staffed_days"].value if days is None else days
    first, second = run_hall(flights, before), run_hall(flights, after)
    saved = {group: count * minutes for group, minutes in minutes_saved(first, second).items()}
    total = sum(saved.values())
    desks = after.desks - before.desks
    return HallWorth(
        minutes=total,
        by_group=saved,
        value=formulas.minutes_value(total, value_per_hour=value_per_hour, weight=weight),
        cost=float(costs.staffed(desks, country, middle(), hours=hours, days=count)[0, 0]),
        a_passenger=total / (count * flights.total),
    )


def minutes_saved(before: HallDay, after: HallDay) -> dict[str, float]:
    """Return the minutes a day that each group saves; negative where it waits longer."""
    return {
        group: before.groups[group].passengers
        * (before.groups[group].mean_minutes - after.groups[group].mean_minutes)
        for group in before.flights.groups
    }


def loads(trips: Array, days: Array, *, count: int, seed: int) -> tuple[Array, Places]:
    """Return each month's passengers a day against the year's mean (12,), and the month of each of `count` draws.

    trips, days: of the months (12,). A month is drawn as often as it has days.
    """
    drawn = np.searchsorted(np.cumsum(days) / days.sum(), (np.arange(count) + 0.5) / count)
    return trips / days / (trips.sum() / days.sum()), shuffled(drawn, name="load of a hall", seed=seed)


def minutes_by_load(
    flights: Flights, before: Settings, after: Settings, factors: Iterable[float]
) -> dict[str, Array]:
    """Return the minutes a year of equal days that each group saves, with the passengers of all flights times each factor.

    Shape by group: as factors. Raises SettingWrong or DesksMissing.
    """
    days = fixed()["staffed_days"].value
    found = [
        minutes_saved(run_hall(scaled, before), run_hall(scaled, after))
        for scaled in map(flights.scaled, factors)
    ]
    return {group: days * np.array([one[group] for one in found]) for group in flights.groups}
