"""The two books: surplus, spending, travel account, charges and public cost of each country, per draw."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossings.models.worth import formulas
from crossings.models.worth.costs import Own
from crossings.models.worth.parameters import COUNTRIES, Country, fixed
from crossings.models.worth.travel import HOME, HOST, Travel
from crossings.tables.flows import DIRECTIONS, Flow

Array = NDArray[np.float64]

OTHER: Mapping[Country, Country] = {"KOR": "JPN", "JPN": "KOR"}
SPEND = {Flow.KOREANS_TO_JAPAN: "spend_kor_jpn", Flow.JAPANESE_TO_KOREA: "spend_jpn_kor"}


@dataclass(frozen=True, eq=False)
class Book:
    """One country's book for a period, set of assumptions by set (M,).

    surplus, surplus_official, time_surplus: of its own nationals, won, behavioural and official value of
    time, and the saved wait alone; missing where a visa, which has no price, is required. spending_received: won
    spent in it by the other country's additional visitors, gross. travel_account: received less paid, whole won;
    the two books' sum is 0. charge_revenue: change of what its charges yield, deadweight: what new charges of its
    own destroy, both in its currency.
    public_cost: a year, in its currency.
    """

    country: Country
    surplus: Array
    surplus_official: Array
    time_surplus: Array
    spending_received: Array
    travel_account: Array
    charge_revenue: Array
    deadweight: Array
    public_cost: Array


def spending(one: Travel, own: Own) -> Array:
    """Return what the visitors gained by one direction spend in the host country, won (M, H)."""
    rate = one.rate if one.flow is Flow.KOREANS_TO_JAPAN else fixed()["won_per_usd"].value
    return np.asarray(one.change * own[SPEND[one.flow]] * own["marginal_spend"] * rate)


def revenue(travels: Mapping[Flow, Travel], country: Country, *, tax_yen: float) -> Array:
    """Return the change of a country's revenue from charges, in its currency (M, H).

    Everybody who leaves pays the departure charge, own nationals too. tax_yen: Japan's tax in force.
    """
    total: Array = np.zeros(1)
    for one in travels.values():
        added, existing = _departure_charges(one, country, tax_yen=tax_yen)
        total = total + formulas.charge_revenue(one.after, one.change, added=added, existing=existing)
        if HOST[one.flow] == country:
            total = total + one.after * _fee(one, country)
    return total


def deadweight(travels: Mapping[Flow, Travel], country: Country, *, tax_yen: float) -> Array:
    """Return what a country's new charges destroy, in its currency (M, H); 0 where it adds none."""
    total: Array = np.zeros(1)
    for one in travels.values():
        added, existing = _departure_charges(one, country, tax_yen=tax_yen)
        if HOST[one.flow] == country:
            added = added + _fee(one, country)
        loss = formulas.deadweight(one.lost_to_charges, added=added, existing=existing)
        total = total + np.where(added > 0, loss, 0.0)
    return total


def _departure_charges(one: Travel, country: Country, *, tax_yen: float) -> tuple[Array, Array]:
    """Return the added and the existing departure charge of a country, in its currency (M, H)."""
    if country == "JPN":
        return one.tax_yen, np.full_like(one.tax_yen, tax_yen)
    none = np.zeros_like(one.tax_yen)
    return none, none + fixed()["levy_won"].value


def _fee(one: Travel, country: Country) -> Array:
    return one.fee / one.rate if country == "JPN" else one.fee


def books(
    travels: Mapping[Flow, Travel],
    own: Own,
    *,
    time_scale: Array,
    tax_yen: float,
    public_cost: Mapping[Country, Array],
) -> dict[Country, Book]:
    """Return both books, summed over the period.

    time_scale: official over behavioural value of time (M, 1). public_cost: by country (M,).
    """
    received = {HOST[flow]: np.rint(_summed(spending(travels[flow], own))) for flow in DIRECTIONS}
    travellers = {HOME[flow]: travels[flow] for flow in DIRECTIONS}
    return {
        country: Book(
            country=country,
            surplus=_summed(travellers[country].surplus()),
            surplus_official=_summed(travellers[country].surplus(time_scale=time_scale)),
            time_surplus=_summed(travellers[country].time_surplus),
            spending_received=received[country],
            travel_account=received[country] - received[OTHER[country]],
            charge_revenue=_summed(revenue(travels, country, tax_yen=tax_yen)),
            deadweight=_summed(deadweight(travels, country, tax_yen=tax_yen)),
            public_cost=public_cost[country],
        )
        for country in COUNTRIES
    }


def _summed(values: Array) -> Array:
    return np.asarray(values.sum(axis=-1))
