"""Arithmetic of appraisal: surplus, spending, charges, annual cost and discounting. Numbers or arrays."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from crossings.models.arithmetic import expm1, log, log1p, power

Array = NDArray[np.float64]
Value = TypeVar("Value", float, Array)

WORTH_VERSION = "worth 1.4"
MINUTES = 60.0
DAYS = 365.0


def surplus(trips_before: Value, trips_after: Value, saving: Value) -> Value:
    """Return the change of travellers' surplus by the rule of a half, in the unit of `saving` times trips.

    saving: fall of the cost of a trip, negative where it rises. Existing travellers gain it in full, new
    ones and lost ones half. Method: TAG unit A1.3; MLIT, manual for cost-benefit analysis of airports.
    """
    return saving * (trips_before + trips_after) / 2


def exact_surplus(trips_before: float, *, cost: float, saving: float, elasticity: float) -> float:
    """Return the area left of a demand curve of constant elasticity while its cost falls by `saving`.

    elasticity: of trips to cost, positive. It checks the rule of a half.
    """
    share = 1 - saving / cost
    if elasticity == 1:
        return float(-trips_before * cost * log(share))
    return float(trips_before * cost * (1 - power(share, 1 - elasticity)) / (1 - elasticity))


def minutes_value(minutes: Value, *, value_per_hour: Value, weight: Value) -> Value:
    """Return what minutes in a queue are worth, in the unit of value_per_hour."""
    return minutes * value_per_hour * weight / MINUTES


def break_even_minutes(annual_cost: Value, *, users: Value, value_per_hour: Value, weight: Value) -> Value:
    """Return the minutes each user must save for the time saved to be worth the annual cost."""
    return annual_cost / users / (value_per_hour * weight / MINUTES)


def charge_revenue(trips_after: Value, change: Value, *, added: Value, existing: Value) -> Value:
    """Return the change of a charge's revenue: the added charge on all trips, the existing one on the change."""
    return added * trips_after + existing * change


def deadweight(lost: Value, *, added: Value, existing: Value) -> Value:
    """Return the loss that nobody receives when a charge keeps `lost` trips away.

    Half the added charge is the surplus those trips would have had; the existing charge is revenue forgone.
    """
    return (added / 2 + existing) * lost


def officers(*, desks: Value, hours: float, days: float, officer_hours: Value) -> Value:
    """Return the officer-years that keep `desks` staffed for `hours` a day."""
    return desks * hours * days / officer_hours


def posted_cost(officers_abroad: Value, *, days: float, officer_cost: Value, allowance: Value) -> Value:
    """Return the cost of officers posted abroad for `days`: pay by calendar day and an allowance a day."""
    return officers_abroad * days * (officer_cost / DAYS + allowance)


def recovery_factor(rate_percent: float, years: Value) -> Value:
    """Return the equal yearly payment that repays 1 over `years` at a rate; 1 over the years at rate 0."""
    if rate_percent == 0:
        return 1 / years
    rate = rate_percent / 100
    return -rate / expm1(-years * log1p(rate))  # type: ignore[return-value]


def equipment_cost(price: Value, *, running_share: Value, years: Value, rate_percent: float) -> Value:
    """Return the yearly cost of equipment: capital recovered over its life, and running cost."""
    return price * (recovery_factor(rate_percent, years) + running_share)


def present_value(yearly: Value, *, years: Value, rate_percent: float) -> Value:
    """Return the present value of equal yearly sums, the first after one year."""
    return yearly / recovery_factor(rate_percent, years)
