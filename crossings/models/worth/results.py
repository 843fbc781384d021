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
from crossings.models.scenario.settings import Choice
from crossings.models.worth import costs, formulas
from crossings.models.worth.costs import Outlay
from crossings.models.worth.drivers import ROWS, Row, tornadoes
from crossings.models.worth.formulas import WORTH_VERSION
from crossings.models.worth.model import (
    TAX_LEVER,
    TAX_RISE,
    Worth,
    YearBook,
    YearOutlay,
    home_rates,
    tax_in_force_key,
)
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
Grades = Mapping[str, Grade | None]

BILLION = 1e9
PRICE_YEAR = 2025
WON, YEN, RATIO = "billion won", "billion yen", "ratio"
MONEY: Mapping[Country, str] = {"KOR": WON, "JPN": YEN}
WON_ROWS = ("surplus", "surplus_official", "time_surplus", "spending_received", "travel_account")
OWN_ROWS = ("charge_revenue", "deadweight", "public_cost")
WHOSE: Mapping[str, tuple[Country, ...]] = {"KOR": ("KOR",), "JPN": ("JPN",), "both": COUNTRIES}
SEATS_IGNORED = N_("seats not limited here")
NOT_WELFARE = "gross, not welfare, never added to the surplus"
BETWEEN_THE_TWO = "on trips between Korea and Japan alone"
FOR_SENSITIVITIES = ("displaced", "value_added", "wait_weight_appraisal")
NO_SHARES: Mapping[Country, Mapping[str, float]] = MappingProxyType({})
TYPED, TYPED_KEY = N_("typed by the reader"), "typed"
MOST_DRIVERS = 10
AIRPORT = "airport "
PUBLISHED = N_("Monthly visitor arrivals of JNTO and KTO, as published")
READINGS: Mapping[str, tuple[Row, str]] = {
    "spending_after_displacement": ("spending_received", "displaced"),
    "surplus_wait_weight": ("surplus", "wait_weight_appraisal"),
    "surplus_official_unweighted": ("surplus_official", "value_of_time_official"),
    "surplus_without_deterrence": ("surplus", "authorisation_salience"),
    "spending_won_per_yen_2025": ("spending_received", "won_per_yen_2025"),
    "value_added": ("spending_received", "value_added"),
}
MINUTE: Mapping[str, tuple[str, ...]] = {
    "behavioural": ("value_of_time", "queue_multiplier"),
    "official": ("value_of_time_official", "queue_multiplier"),
    "official_unweighted": ("value_of_time_official",),
}
CONVENTIONS = tuple(MINUTE)
PRICED = "surplus_priced"
OUTER_CASE_GRADE: Grade = "weak"  # found for K-ETA, applied to another authorisation
GRADES: tuple[Grade, ...] = get_args(Grade)
GRADE_OF: Mapping[Light, Grade] = {"green": "good", "amber": "fair", "red": "weak"}


@dataclass(frozen=True)
class Spread:
    """Median and the interval that holds 80 of 100 draws, in `unit`; grade: how good the evidence behind it is.

    grade is None where nothing that could be graded moves the number, or where it is not graded yet.
    """

    median: float
    p10: float
    p90: float
    unit: str
    grade: Grade | None = None

    @classmethod
    def of(cls, values: Array, unit: str, *, scale: float = 1.0) -> "Spread":
        """Return the spread of draws (M,), divided by scale."""
        low, median, high = np.quantile(values / scale, (0.1, 0.5, 0.9)).tolist()
        return cls(median + 0.0, low + 0.0, high + 0.0, unit)

    @property
    def missing(self) -> bool:
        """Whether it cannot be stated."""
        return bool(np.isnan(self.median))

    @property
    def nothing(self) -> bool:
        """Whether it is 0 in all draws that count."""
        return self.median == self.p10 == self.p90 == 0

    @classmethod
    def single(cls, value: float, unit: str = "", grade: Grade | None = None) -> "Spread":
        """Return a number without a range."""
        return cls(value, value, value, unit, grade)

    def times(self, factor: float, unit: str = "") -> "Spread":
        """Return the spread of values `factor` times as large, in another unit if one is named."""
        ends = (self.p10, self.p90) if factor >= 0 else (self.p90, self.p10)
        low, median, high = (factor * end for end in (ends[0], self.median, ends[1]))
        return Spread(median, low, high, unit or self.unit, self.grade)


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


def priced_gain(answer: Worth) -> dict[Country, Spread]:
    """Return the gain of each country's travellers from the measures with a known price, which the ratios use.

    Missing where no cost is counted in the country that they enter.
    """
    return {
        home: Spread.single(np.nan, WON)
        if answer.unpriced and answer.cost_missing(host)
        else book_rows(answer.priced, home)["surplus"]
        for host, flow in ENTERING.items()
        for home in [HOME[flow]]
    }


def in_currency(answer: Worth, country: Country, one: Spread) -> Spread:
    """Return a sum of a country's book in its own currency."""
    return one if country == "KOR" or one.unit != WON else one.times(1 / answer.rate, YEN)


def row_grade(answer: Worth, drivers: Drivers, row: Row) -> Grade | None:
    """Return the lowest grade among the assumptions that move a row of either book; None without any.

    Quantities count for the public cost.
    """
    bars = [bar for country in COUNTRIES for bar in drivers[country, row]]
    found = [grade_of(bar.parameter, answer.options.priors) for bar in bars]
    if row == "public_cost":
        found += [quantity_grade(outlay) for outlay in answer.outlays]
    return lowest(found)


def quantity_grade(outlay: Outlay) -> Grade:
    """Return how good the quantities of an outlay are; typed ones name no source."""
    return needs()[outlay.lever.lever].grade if outlay.lever else "typed"


def lowest(grades: Iterable[Grade | None]) -> Grade | None:
    """Return the lowest of some grades; None where there is none."""
    return max((grade for grade in grades if grade), key=GRADES.index, default=None)


def grade_of(parameter: str, priors: PriorSet) -> Grade:
    """Return how good the evidence for a parameter is, of the worth model or of the scenario's."""
    own = parameters().get(parameter)
    return GRADE_OF[scenario_parameters()[parameter].quality[priors]] if own is None else own.grade


@dataclass(frozen=True)
class Evidence:
    """How good the evidence behind the numbers of an answer is, each as good as the weakest that it rests on.

    rows: by row of the books, and `visitors`. priced: the same with the measures of a known price alone. charged:
    whether the scenario adds charges, whose revenue then stands in the ratios. ramp: of the first years.
    """

    rows: Grades
    priced: Grades
    priors: PriorSet
    charged: bool
    ramp: Grade | None = None

    @classmethod
    def of(
        cls, answer: Worth, drivers: Drivers, priced: Drivers, *, floor: Grade | None = None
    ) -> "Evidence":
        """Return the evidence of an answer.

        drivers, priced: of drivers.tornadoes, for the answer and for `answer.priced`. floor: the grade of what
        stands for the coverage of measures aimed at airports; it counts for every row but the cost, as numbers typed
        over the assumptions of a measure do.
        """
        ramped = any(choice.ramp_months is not None for choice in answer.settings.active)
        return cls(
            _row_grades(answer, drivers, floor),
            _row_grades(answer.priced, priced, floor),
            answer.options.priors,
            adds_charges(answer),
            "typed" if ramped else grade_of("ramp_months", answer.options.priors),
        )

    def minute(self, convention: str) -> Grade | None:
        """Return the grade of what a minute in a queue is worth by a convention."""
        return lowest(grade_of(key, self.priors) for key in MINUTE[convention])

    def break_even(self, convention: str) -> Grade | None:
        """Return the grade of the minutes that pay the public cost."""
        return lowest([self.rows["public_cost"], self.minute(convention)])

    @property
    def cost_per_minute(self) -> Grade | None:
        """The grade of the public cost of a saved minute."""
        return lowest([self.rows["public_cost"], self.priced["time_surplus"]])

    def ratio(self, convention: str) -> Grade | None:
        """Return the grade of benefit over, or less, public cost."""
        gain = self.priced["surplus" if convention == "behavioural" else "surplus_official"]
        revenue = self.priced["charge_revenue"] if self.charged else None
        return lowest([gain, revenue, self.rows["public_cost"]])

    def of_ratios(self, rows: Mapping[str, Spread]) -> dict[str, Spread]:
        """Return benefits over, or less, public cost with their grades: of the cost alone where nothing is gained."""
        return {name: replace(one, grade=self.ratio(name)) for name, one in rows.items()}

    def reading(self, name: str) -> Grade | None:
        """Return the lower grade of a row and of the assumption with which another reading reads it."""
        row, assumption = READINGS[name]
        known = fixed().get(assumption)
        added = grade_of(assumption, self.priors) if known is None else known.grade
        return lowest([self.rows[row], added])

    def row(self, name: str) -> Grade | None:
        """Return the grade of a row of the books, the gain of measures with a known price among them."""
        return self.priced["surplus"] if name == PRICED else self.rows[name]

    @property
    def yearly(self) -> Grades:
        """The grades of what the five years bring, which rest on the ramp too."""
        return {row: grade and lowest([grade, self.ramp]) for row, grade in self.rows.items()}


def _row_grades(answer: Worth, drivers: Drivers, floor: Grade | None) -> Grades:
    found: dict[str, Grade | None] = {row: row_grade(answer, drivers, row) for row in ROWS}
    spent = [bar for country in COUNTRIES for bar in _of_trips(drivers[country, "spending_received"])]
    found["visitors"] = lowest(grade_of(bar.parameter, answer.options.priors) for bar in spent)
    least = lowest([floor, "typed" if answer.typed_parts else None])
    return {
        row: grade if grade is None or row == "public_cost" else lowest([grade, least])
        for row, grade in found.items()
    }


def _of_trips(bars: Iterable[Bar]) -> list[Bar]:
    """Return what moves the trips, of what moves the spending, which is trips times the worth model's own."""
    return [bar for bar in bars if bar.parameter not in parameters()]


def graded(
    rows: Mapping[str, Spread] | Mapping[Country, Spread], grades: Callable[[str], Grade | None]
) -> dict[str, Spread]:
    """Return spreads with their grades, none where nothing moves a number from 0. grades: by the spread's key."""
    return {
        str(name): replace(one, grade=None if one.missing or one.nothing else grades(name))
        for name, one in rows.items()
    }


def _always(grade: Grade | None) -> Callable[[str], Grade | None]:
    return lambda _: grade


def visitors(answer: Worth) -> dict[Flow, Spread]:
    """Return visitors gained by direction and both ways together."""
    gained = answer.visitors
    every = gained | {Flow.BOTH: np.sum([gained[flow] for flow in DIRECTIONS], axis=0)}
    return {flow: Spread.of(values, "visitors a year") for flow, values in every.items()}


def break_even_minutes(answer: Worth, country: Country) -> dict[str, Spread] | None:
    """Return the minutes each traveller entering a country must save to be worth its public cost.

    By convention, and by the official one without the queue's weight. None where nothing is spent or known to be,
    nothing in the scenario is meant to save time, or a visa keeps its travellers out of the queue.
    """
    cost = _won(answer, country)
    if not _spent(cost) or not eases(answer) or not answer.travels[ENTERING[country]].priced:
        return None
    users = answer.travels[ENTERING[country]].before[:, 0]
    return {
        name: Spread.of(cost / (users * value), "minutes a traveller")
        for name, value in answer.value_per_minute.items()
    }


def eases(answer: Worth) -> bool:
    """Return whether anything in the scenario is meant to make entry simpler than it is; an exemption keeps it so."""
    return any(_eases(choice) for choice in answer.settings.active)


def _eases(choice: Choice) -> bool:
    return choice.record.group == "simpler" and choice.record.mechanism != "exemption"


def _spent(cost: Array) -> bool:
    return bool(cost.any() and not np.isnan(cost).any())


def minutes_saved(answer: Worth, country: Country) -> Spread:
    """Return the minutes of wait that a traveller entering a country saves.

    Missing under a visa: the queue is shorter for want of those whom it keeps out, which no measure saved.
    """
    one, unit = answer.travels[ENTERING[country]], "minutes a traveller"
    return Spread.of(one.minutes[:, 0], unit) if one.priced else Spread.single(np.nan, unit)


def cost_per_minute(answer: Worth, country: Country) -> Spread | None:
    """Return the public cost of a minute saved by what has a price, in the country's currency.

    None where nothing is spent or saved, or a visa is required.
    """
    cost, minutes = answer.books[country].public_cost, answer.priced.minutes_saved[country]
    if not answer.travels[ENTERING[country]].priced:
        return None
    if not _spent(cost) or not eases(answer) or not (minutes > 0).all():
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
    spent, where a visa leaves the surplus missing, or, for both, where the entry to a country is made simpler for
    which no cost is counted.
    """
    return _appraised(answer, rate_percent, whose, RATIO, lambda gain, cost: gain / cost)


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
        whole = all(_spent(paid[one]) for one in WHOSE[name] if _eased(answer, one))
        stated = whole and cost.all() and not np.isnan([cost, *gains.values()]).any()
        if stated and (name == "both" or not adds_charges(answer)):
            drawn |= {(name, convention): said(gain, cost) for convention, gain in gains.items()}
    found: dict[str, dict[str, Spread]] = {}
    for (name, convention), one in zip(drawn, _spreads(drawn.values(), [unit] * len(drawn)), strict=True):
        found.setdefault(name, {})[convention] = one
    return found


def _eased(answer: Worth, country: Country) -> bool:
    """Return whether anything makes the entry to a country simpler."""
    return any(_eases(one) and ENTERING[country] in one.acts_on for one in answer.settings.active)


def adds_charges(answer: Worth) -> bool:
    """Return whether a scenario adds charges."""
    return any((one.tax + one.fee > 0).any() for one in answer.travels.values())


def net_change(answer: Worth) -> Spread:
    """Return gain and revenue of both countries together, billion won: what charges leave when transfers cancel."""
    every = [answer.books[c].surplus + answer.in_won(c, answer.books[c].charge_revenue) for c in COUNTRIES]
    return Spread.of(np.sum(every, axis=0), WON, scale=BILLION)


def lost_to_charges(answer: Worth) -> Spread:
    """Return what the new charges of both countries destroy, as the negative part of `net_change` that it is."""
    every = [answer.in_won(country, answer.books[country].deadweight) for country in COUNTRIES]
    return Spread.of(-np.sum(every, axis=0), WON, scale=BILLION)


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
        **(
            {"spending_won_per_yen_2025": {"KOR": received["KOR"], "JPN": received["JPN"] * dearer}}
            if dearer != 1
            else {}
        ),
        "value_added": {"JPN": received["JPN"] * own["value_added"][:, 0]},
    }
    return {
        name: {country: Spread.of(values, WON, scale=BILLION) for country, values in rows.items()}
        for name, rows in readings.items()
    }


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


def unweighted_gain(answer: Worth) -> dict[Country, Spread]:
    """Return each country's gain at the official value of time, a queue minute as any other."""
    return {
        country: Spread.of(values, WON, scale=BILLION) for country, values in _without_weight(answer).items()
    }


def year_rows(answer: Worth, grades: Grades) -> list[dict[str, object]]:
    """Return the five years as plain rows, one by year and country. grades: of `Evidence.yearly`."""
    return [_year_row(year, country, grades) for year in answer.years for country in COUNTRIES]


def _outlay_parts(year: YearOutlay, country: Country, grade: Grade | None) -> dict[str, object]:
    """Return a year's outlay; what is not counted is null and has no grade."""
    capital, running = year.capital[country] / BILLION, year.running[country] / BILLION
    sums = {"capital": capital, "running": running, "outlay": capital + running}
    missing = bool(np.isnan(capital))
    return {
        **(dict.fromkeys(sums) if missing else sums),
        "unit": MONEY[country],
        "grade": None if missing else grade,
    }


def _year_row(year: YearBook, country: Country, grades: Grades) -> dict[str, object]:
    rows = {
        "surplus": Spread.of(year.surplus[country], WON, scale=BILLION),
        "spending_received": Spread.of(year.spending_received[country], WON, scale=BILLION),
        "visitors": Spread.of(year.visitors[ENTERING[country]], "visitors a year"),
    }
    plain = _plain(graded(rows, lambda name: grades[name]))
    return {
        "year": year.year,
        "country": country,
        **_outlay_parts(year, country, grades["public_cost"]),
        "visitors_received": plain.pop("visitors"),
        **plain,
    }


def measure_costs(answer: Worth) -> tuple[tuple[Outlay, Spread], ...]:
    """Return the public cost of a year of each measure in each country, in its currency, as in the books."""
    rates = home_rates()

    def spent(outlay: Outlay) -> Spread:
        percent = rates[outlay.country]
        values = costs.annual(outlay, answer.own, rate=answer.rate, discount_percent=percent)
        found = Spread.of(values[:, 0], MONEY[outlay.country], scale=BILLION)
        return replace(found, grade=quantity_grade(outlay))

    return tuple((outlay, spent(outlay)) for outlay in answer.outlays)


def outlay_range(answer: Worth, country: Country) -> Spread:
    """Return five years' additional outlay with its range over unit costs; the middle is the table's total."""
    drawn = Spread.of(answer.outlay_together[country], MONEY[country], scale=BILLION)
    return replace(drawn, median=outlay_total(answer, country)[0])


def outlay_total(answer: Worth, country: Country) -> tuple[float, float]:
    """Return five years' additional outlay and its yearly mean, in billion of the country's currency."""
    total = sum(year.capital[country] + year.running[country] for year in answer.outlay_years) / BILLION
    return total, total / len(answer.outlay_years)


def inputs(
    answer: Worth,
    drivers: Drivers,
    *,
    also: Iterable[str] = (),
    typed_shares: Mapping[Country, Mapping[str, float]] = NO_SHARES,
) -> tuple[Input, ...]:
    """Return every input that the answer rests on and no other, graded: parameters, rates in force, quantities, shares.

    A parameter is left out where it moves no row of the books and serves no other number. also: keys of further
    parameters, rates and airports in use, those of a hall. typed_shares: of airports, by country.
    """
    moving = {bar.parameter for bars in drivers.values() for bar in bars} | _used(answer) | set(also)
    return (
        *_base_inputs(answer),
        *_scenario_inputs(answer, moving),
        *_part_inputs(answer),
        *_own_inputs(moving),
        *_fixed_inputs(moving),
        *_share_inputs(answer, moving, typed_shares),
        *_quantity_inputs(answer),
    )


def _used(answer: Worth) -> set[str]:
    """Return the keys of what serves numbers beside the rows of the books, and of the rates in force that are used."""
    if not answer.measured:
        return {"won_per_usd", "won_per_yen_2025"}
    bought = [outlay.quantities for outlay in answer.outlays]
    taxed = tax_in_force_key(answer.settings, answer.options.base_year)
    rise = answer.options.base_year >= TAX_RISE.year and answer.settings.choice(TAX_LEVER) is not None
    conditions = {
        ("won_per_usd", "won_per_yen_2025", "levy_won", taxed, *FOR_SENSITIVITIES): True,
        ("tax_yen_before", "tax_yen_after"): rise,
        ("ramp_months",): eases(answer),
        ("discount_rate_kor", "discount_rate_jpn"): bool(bought),
        ("equipment_life", *MINUTE["official"], "value_of_time"): bool(bought) and eases(answer),
        ("bank_officers",): any(one.banks for one in bought),
        ("staffed_days",): any(one.desks or one.banks or one.abroad for one in bought),
        ("authorisation_outer_case",): outer_case(answer) is not None,
        ("jesta_trips",): bool(application_fee(answer)),
    }
    return {key for keys, used in conditions.items() if used for key in keys}


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
            grade = rate_grade(answer) if rate else GRADE_OF[one.quality]
            yield Input(one.key, one.label, one.unit, *ends, grade, one.sources, prices=year)


def _part_inputs(answer: Worth) -> Iterator[Input]:
    """Yield the numbers typed over the assumptions of a measure."""
    for choice in answer.typed_parts:
        for part, value in choice.parts:
            key = choice.record.parts[part]
            if part != "coverage" or choice.lever not in answer.options.aimed:
                record = scenario_parameters()[key]
                yield Input(f"{key} {TYPED_KEY}", record.label, record.unit, *(value,) * 3, "typed", (TYPED,))


def _own_inputs(moving: set[str]) -> Iterator[Input]:
    for one in parameters().values():
        if one.key in moving:
            titles, year = source_titles(one.sources), price_year(one.key)
            yield Input(one.key, one.label, one.unit, *one.range, one.grade, titles, one.note, year)


def _fixed_inputs(used: set[str]) -> Iterator[Input]:
    for one in fixed().values():
        if one.key in used:
            titles, year = source_titles(one.sources), price_year(one.key)
            yield Input(one.key, one.label, one.unit, *(one.value,) * 3, one.grade, titles, prices=year)


def _share_inputs(
    answer: Worth, used: set[str], typed: Mapping[Country, Mapping[str, float]]
) -> Iterator[Input]:
    for place in airports():
        key = f"{AIRPORT}{place.country} {place.code}"
        if answer.measured or key in used:
            if place.country not in typed:
                yield Input(
                    key, place.code, "per cent", *place.range, place.grade, source_titles(place.sources)
                )
            elif share := typed[place.country].get(place.code):
                yield Input(key, place.code, "per cent", share, share, share, "typed", (TYPED,))


def _quantity_inputs(answer: Worth) -> Iterator[Input]:
    for outlay in answer.outlays:
        key, label, note = TYPED_KEY, TYPED, ""
        titles: tuple[str, ...] = (TYPED,)
        if outlay.lever is not None:
            need, key = needs()[outlay.lever.lever], outlay.lever.lever
            label, titles, note = levers()[key].label, source_titles(need.sources), need.note
        for name, value in asdict(outlay.quantities).items():
            if value:
                named = f"{key} {outlay.country} {name}"
                yield Input(named, label, name, *(value,) * 3, quantity_grade(outlay), titles, note)


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


def rate_grade(answer: Worth) -> Grade:
    """Return the grade of the exchange rate: that of a published mean, or typed."""
    moved = answer.options.won_per_yen is not None or answer.rate != answer.options.rate
    if moved and not rate_period(answer.rate):
        return "typed"
    return grade_of("won_per_yen", answer.options.priors)


def discount_grade(rate_percent: float) -> Grade:
    """Return the grade of a discount rate: that of the country whose own it is; others are not checked."""
    own = [fixed()[f"discount_rate_{country.lower()}"] for country in COUNTRIES]
    return next((one.grade for one in own if one.value == rate_percent), "weak")


def fee_grade(answer: Worth) -> Grade | None:
    """Return the grade of the fee of an application."""
    priors = answer.options.priors
    return lowest(grade_of(key, priors) for key in ("authorisation_fee", "jesta_trips"))


def as_json(answer: Worth, drivers: Drivers, evidence: Evidence | None = None) -> dict[str, object]:
    """Return the answer as plain values that name their units and their grades, for the command line.

    drivers: of drivers.tornadoes, for the same answer. evidence: worked out from them where left out.
    """
    found = evidence or Evidence.of(answer, drivers, tornadoes(answer.priced) if answer.unpriced else drivers)
    return {
        **_asked_plain(answer),
        "row_grades": dict(found.rows),
        **_books_plain(answer, found),
        **_outlays_plain(answer, found),
        "drivers": {
            country: [
                {
                    **asdict(bar),
                    "assumption_grade": grade_of(bar.parameter, answer.options.priors),
                    "sum_unit": "won",
                    "grade": found.rows["surplus"],
                }
                for bar in drivers[country, "surplus"][:MOST_DRIVERS]
            ]
            for country in COUNTRIES
        },
        "application_fee": _plain(graded(application_fee(answer), lambda _: fee_grade(answer))),
        "outer_case": outer_case(answer),
        "outer_case_grade": outer_case(answer) and OUTER_CASE_GRADE,
        "airports": [asdict(place) for place in airports()],
        "grades": {one.key: _input_plain(one) for one in inputs(answer, drivers)},
        "cautions": [str(caution) for caution in answer.cautions],
        "not_counted": list(not_counted()),
        "model_version": WORTH_VERSION,
    }


def _asked_plain(answer: Worth) -> dict[str, object]:
    options = answer.options
    return {
        "name": f"{answer.settings.name} ({SEATS_IGNORED})".strip()
        if answer.seats_ignored
        else answer.settings.name,
        "levers": levers_plain(answer.settings),
        "priors": options.priors,
        "base_year": options.base_year,
        "price_year": PRICE_YEAR,
        "interval": "p10 to p90, 80 of 100 draws",
        "won_per_yen": answer.rate,
        "won_per_yen_mean_of": rate_period(answer.rate),
        "won_per_yen_grade": rate_grade(answer),
        "won_per_usd": fixed()["won_per_usd"].value,
        "won_per_usd_grade": fixed()["won_per_usd"].grade,
        "discount_rate_grades": {f"{rate:g}": discount_grade(rate) for rate in options.rates_percent},
    }


def _books_plain(answer: Worth, found: Evidence) -> dict[str, object]:
    books = {c: {**book_rows(answer, c), PRICED: priced_gain(answer)[c]} for c in COUNTRIES}
    return {
        "books": {country: _plain(graded(rows, found.row)) for country, rows in books.items()},
        "spending_note": NOT_WELFARE,
        "charge_revenue_note": BETWEEN_THE_TWO,
        "travel_account_note": "the two books sum to 0 in every draw; gross spending, not welfare",
        "visitors": _plain(
            graded(
                {flow.value: one for flow, one in visitors(answer).items()}, lambda _: found.rows["visitors"]
            )
        ),
        "minutes_saved": {
            country: _row(replace(minutes_saved(answer, country), grade=found.rows["time_surplus"]))
            for country in COUNTRIES
        },
        "break_even_minutes": {
            country: None if rows is None else _plain(graded(rows, found.break_even))
            for country in COUNTRIES
            for rows in [break_even_minutes(answer, country)]
        },
        "cost_per_minute": {
            country: None if one is None else _row(replace(one, grade=found.cost_per_minute))
            for country in COUNTRIES
            for one in [cost_per_minute(answer, country)]
        },
        "benefit_cost": _by_rate(answer, found, benefit_cost),
        "net_present_value": _by_rate(answer, found, present_value),
        "without_known_cost": [choice.lever for choice in answer.unpriced],
        "sensitivities": {
            name: _plain(graded(rows, _always(found.reading(name))))
            for name, rows in sensitivities(answer).items()
        },
    }


def _outlays_plain(answer: Worth, found: Evidence) -> dict[str, object]:
    grade = found.rows["public_cost"]
    return {
        "years": year_rows(answer, found.yearly),
        "outlay_before": [
            {"year": year.year, "country": country, **_outlay_parts(year, country, grade)}
            for year in answer.outlay_before
            for country in COUNTRIES
        ],
        "outlay": {country: _outlay_plain(answer, country, grade) for country in COUNTRIES},
        "cost_by_measure": [
            {"lever": outlay.lever and outlay.lever.lever, "country": outlay.country, **_row(one)}
            for outlay, one in measure_costs(answer)
        ],
        "quantities": [
            {
                "lever": outlay.lever and outlay.lever.lever,
                "country": outlay.country,
                **asdict(outlay.quantities),
                "grade": quantity_grade(outlay),
            }
            for outlay in answer.outlays
        ],
    }


def _by_rate(
    answer: Worth, found: Evidence, said: Callable[[Worth, float], dict[str, dict[str, Spread]]]
) -> dict[str, dict[str, dict[str, dict[str, object]]]]:
    """Return what is said at each discount rate as plain values."""
    return {
        f"{rate:g}": {whose: _plain(found.of_ratios(rows)) for whose, rows in said(answer, rate).items()}
        for rate in answer.options.rates_percent
    }


def _plain(rows: Mapping[str, Spread]) -> dict[str, dict[str, object]]:
    return {str(name): _row(row) for name, row in rows.items()}


def _row(row: Spread) -> dict[str, object]:
    """Return a spread as plain values; what cannot be stated is null."""
    missing = np.isnan(row.median)
    return {name: None if missing and name != "unit" else value for name, value in asdict(row).items()}


def _outlay_plain(answer: Worth, country: Country, grade: Grade | None) -> dict[str, object]:
    total, mean = outlay_total(answer, country)
    drawn = outlay_range(answer, country)
    sums = {"five_year_total": total, "p10": drawn.p10, "p90": drawn.p90, "yearly_mean": mean}
    return {
        **(dict.fromkeys(sums) if drawn.missing else sums),
        "unit": MONEY[country],
        "grade": None if drawn.missing else grade,
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
