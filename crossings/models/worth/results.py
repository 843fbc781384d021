"""The answer's numbers as medians and 80% intervals, and its plain form for files and the command line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from crossings.errors import N_
from crossings.models.scenario.describe import in_use
from crossings.models.scenario.levers import Grade as Light
from crossings.models.scenario.levers import PriorSet, levers
from crossings.models.scenario.levers import parameters as scenario_parameters
from crossings.models.scenario.results import Bar, levers_plain
from crossings.models.worth import costs, formulas
from crossings.models.worth.costs import Outlay
from crossings.models.worth.drivers import ROWS, Row
from crossings.models.worth.formulas import WORTH_VERSION
from crossings.models.worth.model import Worth, YearBook, YearOutlay, home_rates
from crossings.models.worth.parameters import (
    COUNTRIES,
    Country,
    Grade,
    airports,
    fixed,
    needs,
    not_counted,
    parameters,
    price_year,
    rate_period,
    source_titles,
)
from crossings.models.worth.travel import ENTERING, HOME
from crossings.tables.flows import DIRECTIONS, Flow

Array = NDArray[np.float64]
Drivers = Mapping[tuple[Country, Row], tuple[Bar, ...]]

BILLION = 1e9
PRICE_YEAR = 2025
WON, YEN = "billion won", "billion yen"
MONEY: Mapping[Country, str] = {"KOR": WON, "JPN": YEN}
WON_ROWS = ("surplus", "surplus_official", "time_surplus", "spending_received", "travel_account")
OWN_ROWS = ("charge_revenue", "deadweight", "public_cost")
WHOSE: Mapping[str, tuple[Country, ...]] = {"KOR": ("KOR",), "JPN": ("JPN",), "both": COUNTRIES}
FOR_SENSITIVITIES = ("displaced", "value_added", "wait_weight_appraisal", "jesta_trips")
MOST_DRIVERS = 10
GRADED_BY = 3
AIRPORT = "airport "
PUBLISHED = N_("Monthly visitor arrivals of JNTO and KTO, as published")
READINGS: Mapping[str, tuple[Row, str]] = {
    "spending_after_displacement": ("spending_received", "displaced"),
    "surplus_wait_weight": ("surplus", "wait_weight_appraisal"),
    "surplus_official_unweighted": ("surplus_official", "value_of_time_official"),
    "surplus_without_deterrence": ("surplus", "authorisation_salience"),
    "spending_won_per_yen_2025": ("spending_received", "won_per_yen_2025"),
    "value_added_upper_bound": ("spending_received", "value_added"),
}
CONVENTIONS = ("behavioural", "official", "official_unweighted")
GRADES: tuple[Grade, ...] = get_args(Grade)
GRADE_OF: Mapping[Light, Grade] = {"green": "good", "amber": "fair", "red": "weak"}


@dataclass(frozen=True)
class Spread:
    """Median and the interval that holds 80 of 100 draws, in `unit`."""

    median: float
    p10: float
    p90: float
    unit: str

    @classmethod
    def of(cls, values: Array, unit: str, *, scale: float = 1.0) -> "Spread":
        """Return the spread of draws (M,), divided by scale."""
        low, median, high = np.quantile(values / scale, (0.1, 0.5, 0.9)).tolist()
        return cls(median + 0.0, low + 0.0, high + 0.0, unit)

    def times(self, factor: float, unit: str = "") -> "Spread":
        """Return the spread of values `factor` times as large, in another unit if one is named."""
        return Spread(self.median * factor, self.p10 * factor, self.p90 * factor, unit or self.unit)


@dataclass(frozen=True)
class Input:
    """An input of the answer with its range (5th percentile, median, 95th), grade and source titles.

    prices: the year of the prices of a sum of money, empty where there is none.
    """

    key: str
    label: str
    unit: str
    low: float
    median: float
    high: float
    grade: Grade
    sources: tuple[str, ...]
    note: str = ""
    prices: str = ""


@lru_cache(maxsize=8)
def book_rows(answer: Worth, country: Country) -> Mapping[str, Spread]:
    """Return the rows of one book: won for what is set side by side, else the country's currency."""
    book = answer.books[country]
    units = dict.fromkeys(WON_ROWS, WON) | dict.fromkeys(OWN_ROWS, MONEY[country])
    found = _spreads([getattr(book, name) / BILLION for name in units], units.values())
    return MappingProxyType(dict(zip(units, found, strict=True)))


def _spreads(drawn: Iterable[Array], units: Iterable[str]) -> list[Spread]:
    """Return the spreads of several draws (M,), each in its unit; all at once, which is quicker."""
    rows = [*drawn]
    if not rows:
        return []
    low, median, high = (np.quantile(np.stack(rows), (0.1, 0.5, 0.9), axis=1) + 0.0).tolist()
    return [Spread(*one) for one in zip(median, low, high, units, strict=True)]


def own_rows(answer: Worth, country: Country) -> Mapping[str, Spread]:
    """Return the rows of one book in the country's own currency: Japan's sums in won at the scenario's rate."""
    return {name: in_currency(answer, country, one) for name, one in book_rows(answer, country).items()}


def in_currency(answer: Worth, country: Country, one: Spread) -> Spread:
    """Return a sum of a country's book in its own currency."""
    return one if country == "KOR" or one.unit != WON else one.times(1 / answer.rate, YEN)


def row_grade(answer: Worth, drivers: Drivers, row: Row) -> Grade | None:
    """Return the lowest grade among the three assumptions that move a row of either book most; None without any.

    Quantities count for the public cost.
    """
    bars = [bar for country in COUNTRIES for bar in drivers[country, row][:GRADED_BY]]
    found = [grade_of(bar.parameter, answer.options.priors) for bar in bars]
    if row == "public_cost":
        found += [quantity_grade(outlay) for outlay in answer.outlays]
    return lowest(found)


def quantity_grade(outlay: Outlay) -> Grade:
    """Return how good the quantities of an outlay are: weak where they were typed, which names no source."""
    return needs()[outlay.lever.lever].grade if outlay.lever else "weak"


def lowest(grades: Iterable[Grade | None]) -> Grade | None:
    """Return the lowest of some grades; None where there is none."""
    return max((grade for grade in grades if grade), key=GRADES.index, default=None)


def grade_of(parameter: str, priors: PriorSet) -> Grade:
    """Return how good the evidence for a parameter is, of the worth model or of the scenario's."""
    own = parameters().get(parameter)
    return GRADE_OF[scenario_parameters()[parameter].quality[priors]] if own is None else own.grade


def visitors(answer: Worth) -> dict[Flow, Spread]:
    """Return visitors gained by direction and both ways together."""
    gained = answer.visitors
    every = gained | {Flow.BOTH: np.sum([gained[flow] for flow in DIRECTIONS], axis=0)}
    return {flow: Spread.of(values, "visitors a year") for flow, values in every.items()}


def break_even_minutes(answer: Worth, country: Country) -> dict[str, Spread] | None:
    """Return the minutes each traveller entering a country must save to be worth its public cost.

    By convention, and by the official one without the queue's weight. None where nothing is spent, or nothing in
    the scenario is meant to save time.
    """
    cost = _won(answer, country)
    if not cost.any() or not eases(answer):
        return None
    users = answer.travels[ENTERING[country]].before[:, 0]
    return {
        name: Spread.of(cost / (users * value), "minutes a traveller")
        for name, value in answer.value_per_minute.items()
    }


def eases(answer: Worth) -> bool:
    """Return whether anything in the scenario is meant to make entry simpler."""
    return any(choice.record.group == "simpler" for choice in answer.settings.active)


def minutes_saved(answer: Worth, country: Country) -> Spread:
    """Return the minutes of wait that a traveller entering a country saves."""
    return Spread.of(answer.travels[ENTERING[country]].minutes[:, 0], "minutes a traveller")


def cost_per_minute(answer: Worth, country: Country) -> Spread | None:
    """Return the public cost of a minute saved by what has a price, in the country's currency.

    None where nothing is spent or saved.
    """
    cost, minutes = answer.books[country].public_cost, answer.priced.minutes_saved[country]
    if not cost.any() or not eases(answer) or not (minutes > 0).all():
        return None
    return Spread.of(cost / minutes, "yen a minute" if country == "JPN" else "won a minute")


def benefit_cost(
    answer: Worth, rate_percent: float, *, whose: Iterable[str] = tuple(WHOSE)
) -> dict[str, dict[str, Spread]]:
    """Return benefit over public cost at a discount rate, by whose: each country that pays, and both, or those named.

    For a country the benefit is the surplus of the other country's travellers who enter it.
    Where the scenario adds charges, which move money from travellers of both countries to a treasury, only
    both countries together have a ratio, and the change of both revenues is counted in it; the existing
    charges of extra trips alone are not. Measures without a known price are left out. No entry where nothing is
    spent, or where a visa leaves the surplus missing.
    """
    return _appraised(answer, rate_percent, whose, "ratio", lambda gain, cost: gain / cost)


def present_value(
    answer: Worth, rate_percent: float, *, whose: Iterable[str] = tuple(WHOSE)
) -> dict[str, dict[str, Spread]]:
    """Return gain less public cost over the life of the equipment at a discount rate, billion won, as `benefit_cost`.

    Equal years in steady state; above 0 in a draw exactly where that draw's ratio is above 1.
    """
    life = answer.own["equipment_life"][:, 0]

    def worth_today(gain: Array, cost: Array) -> Array:
        yearly = (gain - cost) / BILLION
        return formulas.present_value(yearly, years=life, rate_percent=rate_percent)

    return _appraised(answer, rate_percent, whose, WON, worth_today)


def _appraised(
    answer: Worth,
    rate_percent: float,
    whose: Iterable[str],
    unit: str,
    said: Callable[[Array, Array], Array],
) -> dict[str, dict[str, Spread]]:
    """Return what is said of gain and public cost of a year, won (M,), by whose and by convention."""
    answer = answer.priced
    if not eases(answer):
        return {}
    paid = answer.cost_in_won(rate_percent)
    drawn: dict[tuple[str, str], Array] = {}
    for name in whose:
        cost = np.sum([paid[one] for one in WHOSE[name]], axis=0)
        gains = {convention: _benefit(answer, WHOSE[name], convention) for convention in CONVENTIONS}
        stated = cost.all() and not np.isnan(list(gains.values())).any()
        if stated and (name == "both" or not adds_charges(answer)):
            drawn |= {(name, convention): said(gain, cost) for convention, gain in gains.items()}
    found: dict[str, dict[str, Spread]] = {}
    for (name, convention), one in zip(drawn, _spreads(drawn.values(), [unit] * len(drawn)), strict=True):
        found.setdefault(name, {})[convention] = one
    return found


def adds_charges(answer: Worth) -> bool:
    """Return whether a scenario adds charges."""
    return any((one.tax + one.fee > 0).any() for one in answer.travels.values())


def deters(answer: Worth) -> bool:
    """Return whether a travel authorisation costs travellers time or keeps some away."""
    return any((one.errand > 0).any() for one in answer.travels.values())


def _benefit(answer: Worth, entered: tuple[Country, ...], convention: str) -> Array:
    homes = [HOME[ENTERING[country]] for country in entered]
    if convention == "official_unweighted":
        every = _without_weight(answer)
        gains = [every[home] for home in homes]
    else:
        row = "surplus" if convention == "behavioural" else "surplus_official"
        gains = [getattr(answer.books[home], row) for home in homes]
    if adds_charges(answer):
        gains += [answer.in_won(country, answer.books[country].charge_revenue) for country in entered]
    return np.asarray(np.sum(gains, axis=0))


def _won(answer: Worth, country: Country) -> Array:
    return answer.in_won(country, answer.books[country].public_cost)


def sensitivities(answer: Worth) -> dict[str, dict[Country, Spread]]:
    """Return what other readings give, by country: none of them is added to the books."""
    own, eased = answer.own, _without_deterrence(answer)
    received = {country: answer.books[country].spending_received for country in COUNTRIES}
    dearer = fixed()["won_per_yen_2025"].value / answer.rate
    readings: dict[str, dict[Country, Array]] = {
        "spending_after_displacement": {
            country: spent * (1 - own["displaced"][:, 0]) for country, spent in received.items()
        },
        "surplus_wait_weight": _with_appraisal_weight(answer),
        "surplus_official_unweighted": _without_weight(answer),
        **({"surplus_without_deterrence": eased} if eased else {}),
        "spending_won_per_yen_2025": {"KOR": received["KOR"], "JPN": received["JPN"] * dearer},
        "value_added_upper_bound": {"JPN": received["JPN"] * own["value_added"][:, 0]},
    }
    return {
        name: {country: Spread.of(values, WON, scale=BILLION) for country, values in rows.items()}
        for name, rows in readings.items()
    }


def reading_grade(name: str, grades: Mapping[str, Grade | None], priors: PriorSet) -> Grade | None:
    """Return the lower grade of a row of the books and of the assumption with which another reading reads it."""
    row, assumption = READINGS[name]
    added = fixed()[assumption].grade if assumption in fixed() else grade_of(assumption, priors)
    return lowest([grades[row], added])


def _without_deterrence(answer: Worth) -> dict[Country, Array]:
    """Return each country's surplus, won (M,), if an authorisation deterred by fee and hours alone; empty without one."""
    if not deters(answer):
        return {}
    choices = tuple(
        replace(choice, parts=tuple((dict(choice.parts) | {"salience": 0.0}).items()))
        if "salience" in choice.record.parts
        else choice
        for choice in answer.settings.choices
    )
    milder = replace(answer, settings=replace(answer.settings, choices=choices))
    return {HOME[flow]: one.surplus()[:, 0] for flow, one in milder.travels.items()}


def _with_appraisal_weight(answer: Worth) -> dict[Country, Array]:
    """Return each country's surplus, won (M,), with a queue minute weighed as in appraisal."""
    scale = answer.own["wait_weight_appraisal"] / answer.draw["queue_multiplier"]
    return {HOME[flow]: one.surplus(wait_scale=scale)[:, 0] for flow, one in answer.travels.items()}


def _without_weight(answer: Worth) -> dict[Country, Array]:
    """Return each country's surplus, won (M,), at the official value of time, a queue minute as any other."""
    scales = {"time_scale": answer.official_scale, "wait_scale": 1 / answer.draw["queue_multiplier"]}
    return {HOME[flow]: one.surplus(**scales)[:, 0] for flow, one in answer.travels.items()}


def year_rows(answer: Worth) -> list[dict[str, object]]:
    """Return the five years as plain rows, one by year and country."""
    return [_year_row(year, country) for year in answer.years for country in COUNTRIES]


def _outlay_parts(year: YearOutlay, country: Country) -> dict[str, object]:
    capital, running = year.capital[country] / BILLION, year.running[country] / BILLION
    return {"capital": capital, "running": running, "outlay": capital + running, "unit": MONEY[country]}


def _year_row(year: YearBook, country: Country) -> dict[str, object]:
    return {
        "year": year.year,
        "country": country,
        **_outlay_parts(year, country),
        "surplus": _row(Spread.of(year.surplus[country], WON, scale=BILLION)),
        "spending_received": _row(Spread.of(year.spending_received[country], WON, scale=BILLION)),
        "visitors_received": _row(Spread.of(year.visitors[ENTERING[country]], "visitors a year")),
    }


def measure_costs(answer: Worth) -> tuple[tuple[Outlay, Spread], ...]:
    """Return the public cost of a year of each measure in each country, in its currency, as in the books."""
    rates = home_rates()

    def spent(outlay: Outlay) -> Spread:
        percent = rates[outlay.country]
        values = costs.annual(outlay, answer.own, rate=answer.rate, discount_percent=percent)
        return Spread.of(values[:, 0], MONEY[outlay.country], scale=BILLION)

    return tuple((outlay, spent(outlay)) for outlay in answer.outlays)


def outlay_range(answer: Worth, country: Country) -> Spread:
    """Return five years' additional outlay with its range over unit costs; the middle is the table's total."""
    drawn = Spread.of(answer.outlay_together[country], MONEY[country], scale=BILLION)
    return replace(drawn, median=outlay_total(answer, country)[0])


def outlay_total(answer: Worth, country: Country) -> tuple[float, float]:
    """Return five years' additional outlay and its yearly mean, in billion of the country's currency."""
    total = sum(year.capital[country] + year.running[country] for year in answer.outlay_years) / BILLION
    return total, total / len(answer.outlay_years)


def inputs(answer: Worth, drivers: Drivers) -> tuple[Input, ...]:
    """Return every input that the answer rests on, graded: parameters, rates in force and quantities.

    A parameter that moves no row of the books and serves no sensitivity is left out.
    """
    moving = {bar.parameter for bars in drivers.values() for bar in bars} | set(FOR_SENSITIVITIES)
    return (
        *_base_inputs(answer),
        *_scenario_inputs(answer, moving),
        *_own_inputs(moving),
        *_fixed_inputs(),
        *_quantity_inputs(answer),
    )


def _base_inputs(answer: Worth) -> Iterator[Input]:
    labels = (
        N_("Trips of Koreans to Japan in the base year"),
        N_("Trips of Japanese to Korea in the base year"),
    )
    for flow, label in zip(DIRECTIONS, labels, strict=True):
        trips = float(answer.base[flow].sum())
        yield Input(f"base {flow.value}", label, "trips", trips, trips, trips, "good", (PUBLISHED,))


def _scenario_inputs(answer: Worth, moving: set[str]) -> Iterator[Input]:
    for one in in_use(answer.settings, answer.options.priors):
        rate = one.key == "won_per_yen"
        ends = (answer.rate,) * 3 if rate else (one.low, one.median, one.high)
        if rate or one.key in moving:
            year = price_year(one.key) if answer.options.priors == "evidence" else ""
            year = rate_period(answer.rate) if rate else year
            yield Input(one.key, one.label, one.unit, *ends, GRADE_OF[one.quality], one.sources, prices=year)


def _own_inputs(moving: set[str]) -> Iterator[Input]:
    for one in parameters().values():
        if one.key in moving:
            titles, year = source_titles(one.sources), price_year(one.key)
            yield Input(one.key, one.label, one.unit, *one.range, one.grade, titles, one.note, year)


def _fixed_inputs() -> Iterator[Input]:
    for one in fixed().values():
        titles, year = source_titles(one.sources), price_year(one.key)
        yield Input(one.key, one.label, one.unit, *(one.value,) * 3, one.grade, titles, prices=year)
    for place in airports():
        key = f"{AIRPORT}{place.country} {place.code}"
        yield Input(key, place.code, "per cent", *place.range, place.grade, source_titles(place.sources))


def _quantity_inputs(answer: Worth) -> Iterator[Input]:
    for outlay in answer.outlays:
        if outlay.lever is None:
            continue
        need, lever = needs()[outlay.lever.lever], levers()[outlay.lever.lever]
        for name, value in asdict(outlay.quantities).items():
            if value:
                key = f"{lever.key} {outlay.country} {name}"
                titles = source_titles(need.sources)
                yield Input(key, lever.label, name, *(value,) * 3, need.grade, titles, need.note)


def outer_case(answer: Worth) -> dict[str, float] | None:
    """Return the visitors lost if an authorisation took what K-ETA was found to take; None without one."""
    percent = fixed()["authorisation_outer_case"].value
    lost = {
        flow.value: float(percent / 100 * np.median(one.before))
        for flow, one in answer.travels.items()
        if (one.fee + one.errand > 0).any()
    }
    return lost or None


def application_fee(answer: Worth) -> dict[str, Spread]:
    """Return the fee of an application that the scenario's fee per trip stands for, by direction, in won."""
    trips = answer.own["jesta_trips"][:, 0]
    return {
        flow.value: Spread.of(one.fee[:, 0] * trips, "won")
        for flow, one in answer.travels.items()
        if (one.fee > 0).any()
    }


def as_json(
    answer: Worth, drivers: Drivers, grades: Mapping[str, Grade | None] | None = None
) -> dict[str, object]:
    """Return the answer as plain values that name their units, for the command line.

    drivers: of drivers.tornadoes, for the same answer. grades: of the rows, those of `row_grade` where left out.
    """
    options = answer.options
    row_grades = grades or {row: row_grade(answer, drivers, row) for row in ROWS}
    return {
        "name": answer.settings.name,
        "levers": levers_plain(answer.settings),
        "priors": options.priors,
        "base_year": options.base_year,
        "price_year": PRICE_YEAR,
        "row_grades": dict(row_grades),
        "interval": "p10 to p90, 80 of 100 draws",
        "won_per_yen": answer.rate,
        "won_per_yen_mean_of": rate_period(answer.rate),
        "won_per_usd": fixed()["won_per_usd"].value,
        "books": {country: _plain(book_rows(answer, country)) for country in COUNTRIES},
        "travel_account_note": "the two books sum to 0 in every draw; gross spending, not welfare",
        "visitors": {flow.value: asdict(one) for flow, one in visitors(answer).items()},
        "minutes_saved": {country: asdict(minutes_saved(answer, country)) for country in COUNTRIES},
        "break_even_minutes": {
            country: _plain_or_none(break_even_minutes(answer, country)) for country in COUNTRIES
        },
        "cost_per_minute": {country: _row_or_none(cost_per_minute(answer, country)) for country in COUNTRIES},
        "benefit_cost": _by_rate(answer, benefit_cost),
        "net_present_value": _by_rate(answer, present_value),
        "without_known_cost": [choice.lever for choice in answer.unpriced],
        "years": year_rows(answer),
        "outlay_before": [
            {"year": year.year, "country": country, **_outlay_parts(year, country)}
            for year in answer.outlay_before
            for country in COUNTRIES
        ],
        "outlay": {country: _outlay_plain(answer, country) for country in COUNTRIES},
        "cost_by_measure": [
            {"lever": outlay.lever.lever if outlay.lever else None, "country": outlay.country, **_row(one)}
            for outlay, one in measure_costs(answer)
        ],
        "quantities": [
            {
                "lever": outlay.lever.lever if outlay.lever else None,
                "country": outlay.country,
                **asdict(outlay.quantities),
            }
            for outlay in answer.outlays
        ],
        "sensitivities": {name: _plain(rows) for name, rows in sensitivities(answer).items()},
        "drivers": {
            country: [asdict(bar) for bar in drivers[country, "surplus"][:MOST_DRIVERS]]
            for country in COUNTRIES
        },
        "application_fee": _plain(application_fee(answer)),
        "outer_case": outer_case(answer),
        "airports": [asdict(place) for place in airports()],
        "grades": {one.key: _input_plain(one) for one in inputs(answer, drivers)},
        "cautions": [str(caution) for caution in answer.cautions],
        "not_counted": list(not_counted()),
        "model_version": WORTH_VERSION,
    }


def _by_rate(
    answer: Worth, said: Callable[[Worth, float], dict[str, dict[str, Spread]]]
) -> dict[str, dict[str, dict[str, dict[str, object]]]]:
    """Return what is said at each discount rate as plain values."""
    return {
        f"{rate:g}": {whose: _plain(rows) for whose, rows in said(answer, rate).items()}
        for rate in answer.options.rates_percent
    }


def _plain(rows: Mapping[str, Spread] | Mapping[Country, Spread]) -> dict[str, dict[str, object]]:
    return {str(name): _row(row) for name, row in rows.items()}


def _row(row: Spread) -> dict[str, object]:
    """Return a spread as plain values; what cannot be stated is null."""
    missing = np.isnan(row.median)
    return {name: None if missing and name != "unit" else value for name, value in asdict(row).items()}


def _plain_or_none(rows: Mapping[str, Spread] | None) -> dict[str, dict[str, object]] | None:
    return None if rows is None else _plain(rows)


def _row_or_none(row: Spread | None) -> dict[str, object] | None:
    return None if row is None else _row(row)


def _outlay_plain(answer: Worth, country: Country) -> dict[str, object]:
    total, mean = outlay_total(answer, country)
    drawn = outlay_range(answer, country)
    return {
        "five_year_total": total,
        "p10": drawn.p10,
        "p90": drawn.p90,
        "yearly_mean": mean,
        "unit": MONEY[country],
    }


def _input_plain(one: Input) -> dict[str, object]:
    return {
        "label": one.label,
        "grade": one.grade,
        "p5": one.low,
        "median": one.median,
        "p95": one.high,
        "unit": one.unit,
        "prices": one.prices,
        "sources": list(one.sources),
        "note": one.note,
    }
