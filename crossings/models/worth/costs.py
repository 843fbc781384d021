"""Public cost: what a measure's desks, gates, officers abroad and systems cost, once and a year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossings.models.scenario.settings import Choice, Settings
from crossings.models.worth import formulas
from crossings.models.worth.parameters import COUNTRIES, Country, Quantities, fixed, needs
from crossings.models.worth.travel import ENTERING

Array = NDArray[np.float64]
Own = Mapping[str, Array]

MILLION = 1e6
BILLION = 1e9
OFFICER: Mapping[Country, str] = {"KOR": "officer_cost_kor", "JPN": "officer_cost_jpn"}
GATE: Mapping[Country, str] = {"KOR": "gate_price_kor", "JPN": "gate_price_jpn"}


@dataclass(frozen=True)
class Outlay:
    """What one lever needs in one country; lever is None where the user typed the quantities."""

    lever: Choice | None
    country: Country
    quantities: Quantities


def outlays(settings: Settings, typed: Mapping[Country, Quantities] | None) -> tuple[Outlay, ...]:
    """Return what a scenario needs: the quantities typed, or the defaults of its levers."""
    if typed is not None:
        return tuple(Outlay(None, country, quantities) for country, quantities in typed.items())
    return tuple(
        Outlay(choice, country, quantities)
        for choice in settings.active
        if choice.lever in needs() and choice.lever not in relieved_levers(settings)
        for country, quantities in needs()[choice.lever].quantities.items()
        if ENTERING[country] in choice.acts_on
    )


def relieved_levers(settings: Settings) -> set[str]:
    """Return the levers from which lasting exemptions relieve all their travellers."""
    found = set()
    for choice in settings.active:
        harder = settings.choice(choice.record.relieves) if choice.record.relieves else None
        if harder and not choice.end and set(harder.acts_on) <= set(choice.acts_on):
            begun = choice.start or choice.record.start
            first = harder.start or harder.record.start
            if not (begun and first and begun > first):
                found.add(harder.lever)
    return found


def together(wanted: Iterable[Outlay], country: Country) -> Quantities:
    """Return what a country needs for all levers: sums, and hours such that staffed desk hours stay the same."""
    own = [outlay.quantities for outlay in wanted if outlay.country == country]
    total = {name: sum(getattr(one, name) for one in own) for name in Quantities.__dataclass_fields__}
    staffed = [one.desks + one.banks * fixed()["bank_officers"].value for one in own]
    hours = sum(count * one.hours for count, one in zip(staffed, own, strict=True))
    return Quantities(**(total | {"hours": hours / sum(staffed) if sum(staffed) else 0.0}))


def capital(outlay: Outlay, own: Own, *, rate: Array | float) -> Array:
    """Return what is paid once (M, 1), in the country's currency. rate: won per yen."""
    wanted = outlay.quantities
    gates = wanted.gates * own[GATE[outlay.country]] * MILLION
    system = wanted.jesta * own["jesta_system"] * own["jesta_share"] * BILLION
    return gates + system * (rate if outlay.country == "KOR" else 1.0) + wanted.capital * MILLION


def running(outlay: Outlay, own: Own, *, rate: Array | float) -> Array:
    """Return what is paid every year (M, 1), in the country's currency. rate: won per yen."""
    wanted, country = outlay.quantities, outlay.country
    at_once = wanted.desks + wanted.banks * fixed()["bank_officers"].value
    allowance = own["posting_allowance"] * (rate if country == "KOR" else 1.0)
    abroad = formulas.posted_cost(
        np.array([[wanted.abroad]]),
        days=fixed()["staffed_days"].value,
        officer_cost=_pay(country, own),
        allowance=allowance,
    )
    upkeep = wanted.gates * own[GATE[country]] * MILLION * own["gate_running"]
    officers = staffed(at_once, country, own, hours=wanted.hours)
    return officers + abroad + upkeep + wanted.running * MILLION


def staffed(desks: float, country: Country, own: Own, *, hours: float, days: float | None = None) -> Array:
    """Return what desks staffed for `hours` a day cost a year (M, 1), in the country's currency.

    days: of the year, those of the table of parameters where left out.
    """
    years = formulas.officers(
        desks=np.array([[desks]]),
        hours=hours,
        days=fixed()["staffed_days"].value if days is None else days,
        officer_hours=own["officer_hours"],
    )
    return years * _pay(country, own)


def _pay(country: Country, own: Own) -> Array:
    """Return what an officer costs a year (M, 1), in the country's currency."""
    return own[OFFICER[country]] * MILLION


def annual(outlay: Outlay, own: Own, *, rate: Array | float, discount_percent: float) -> Array:
    """Return the yearly cost (M, 1): capital recovered over its life at a discount rate, and running cost."""
    recovered = formulas.recovery_factor(discount_percent, own["equipment_life"])
    return capital(outlay, own, rate=rate) * recovered + running(outlay, own, rate=rate)


def by_country(
    wanted: Iterable[Outlay], own: Own, *, rate: Array | float, discount_percent: Mapping[Country, float]
) -> dict[Country, Array]:
    """Return the yearly cost by country (M,), each at its own discount rate and in its own currency."""
    count = len(own["officer_hours"])
    total = {country: np.zeros((count, 1)) for country in COUNTRIES}
    for outlay in wanted:
        rate_percent = discount_percent[outlay.country]
        total[outlay.country] = total[outlay.country] + annual(
            outlay, own, rate=rate, discount_percent=rate_percent
        )
    return {country: values[:, 0] for country, values in total.items()}
