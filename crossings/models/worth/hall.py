"""What an arrival hall saves and costs, over all groups; set beside the scenario's estimate, never added."""

from dataclasses import dataclass

from crossings.models.queue.flights import Flights
from crossings.models.queue.hall import HallDay, run_hall
from crossings.models.queue.settings import Settings
from crossings.models.worth import costs, formulas
from crossings.models.worth.model import middle
from crossings.models.worth.parameters import Country, fixed


@dataclass(frozen=True)
class HallWorth:
    """A change of one hall over a year.

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
