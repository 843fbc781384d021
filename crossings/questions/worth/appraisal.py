"""One scenario appraised; each part is worked out when it is first asked for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
import pandas as pd

from crossings.errors import N_
from crossings.models.models import Models
from crossings.models.queue.flights import DEFAULT_SPREAD, EVERYBODY, OTHER, PARTNER
from crossings.models.queue.presets import ASSUMPTION, Calibrated, Metric, calibrated, source_titles
from crossings.models.queue.settings import Settings as HallSettings
from crossings.models.queue.settings import records
from crossings.models.scenario.settings import Choice, Settings
from crossings.models.worth import costs, results
from crossings.models.worth.aim import Landing, aimed, landings, share_grades, shares
from crossings.models.worth.books import Array
from crossings.models.worth.hall import HallWorth, Places, hall_worth, loads, minutes_by_load
from crossings.models.worth.inputs import quantities_from_json, shares_from_json
from crossings.models.worth.model import Options, Worth, home_rates
from crossings.models.worth.parameters import COUNTRIES, Country, Grade, fixed, parameters
from crossings.models.worth.results import PUBLISHED, Drivers, Evidence, Input, Spread
from crossings.models.worth.travel import ENTERING
from crossings.questions.base import unreadable
from crossings.questions.worth.question import WorthQuestion

ASSUMED = N_("assumption")
PER_DAY = N_("passengers a day")
FLIGHTS = N_("Flights of the assumed day (times on the page “Immigration waiting times”)")
WITHIN = N_("% of passengers within 20 minutes")
WAITS: Mapping[Metric, str] = {
    "share_within_20_minutes": WITHIN,
    "mean_minutes": N_("minutes on average"),
    "max_minutes": N_("minutes at the longest"),
}
IN_HALL: Mapping[str, str] = {
    PARTNER: N_("The other country's nationals in the hall on the assumed day"),
    OTHER: N_("Other foreigners in the hall on the assumed day"),
}
EVERY_GROUP = N_(
    "arrivals of the other country's nationals (good evidence), taken for every group (weak evidence)"
)


@dataclass(frozen=True, eq=False)
class Appraisal:
    """A question of the Worth page with what the models say to it."""

    question: WorthQuestion
    models: Models

    @cached_property
    def typed_shares(self) -> Mapping[Country, Mapping[str, float]]:
        """Shares of airports of arrival that were typed, by country."""
        return shares_from_json(self.question.shares) if self.question.shares else {}

    @cached_property
    def settings(self) -> Settings:
        """The levers and their name, aimed at airports where the question says so."""
        plain = Settings(self.question.settings.choices, self.question.settings.name)
        return plain if self.question.aimed_at is None else self._aimed(plain)

    def _aimed(self, settings: Settings) -> Settings:
        assert self.question.aimed_at is not None
        country, codes = self.question.aimed_at
        return aimed(settings, country, codes, self.typed_shares.get(country))

    @property
    def aimed_measures(self) -> tuple[Choice, ...]:
        """The measures that act at the airports aimed at alone; none where none is aimed."""
        if self.question.aimed_at is None:
            return ()
        return tuple(choice for choice in self.settings.active if "coverage" in choice.record.parts)

    @property
    def halls_unpriced(self) -> bool:
        """Whether measures are aimed at some airports while the assumed quantities are those of all halls."""
        return bool(self.aimed_measures and not self.question.quantities and self.answer.outlays)

    @cached_property
    def options(self) -> Options:
        """How worth is worked out."""
        asked = self.question
        return Options(
            base_year=asked.base_year,
            first_year=asked.first_year,
            won_per_yen=_number(asked.won) if asked.won else None,
            quantities=quantities_from_json(asked.quantities) if asked.quantities else None,
            priors=asked.priors,
            aimed=tuple(choice.lever for choice in self.aimed_measures),
        )

    @cached_property
    def answer(self) -> Worth:
        """What the scenario is worth and costs."""
        return self.models.worth(self.settings, self.options)

    @cached_property
    def drivers(self) -> Drivers:
        """What drives each row of both books."""
        return self.models.worth_drivers(self.settings, self.options)

    @cached_property
    def evidence(self) -> Evidence:
        """How good the evidence behind each number is."""
        return self._evidence(self.settings, self._aim_grade)

    def _evidence(self, settings: Settings, floor: Grade | None, options: Options | None = None) -> Evidence:
        chosen = options or self.options
        answer = self.models.worth(settings, chosen)
        kept = tuple(choice for choice in settings.choices if choice not in answer.unpriced)
        drivers, priced = (
            self.models.worth_drivers(one, chosen) for one in (settings, replace(settings, choices=kept))
        )
        return Evidence.of(answer, drivers, priced, floor=floor)

    @property
    def grades(self) -> Mapping[str, Grade | None]:
        """How good the evidence for each row of the books is; None where nothing moves it."""
        return self.evidence.rows

    @cached_property
    def rows(self) -> dict[Country, dict[str, Spread]]:
        """The rows of both books with their grades, each in its country's currency."""
        found: dict[Country, dict[str, Spread]] = {}
        for country in COUNTRIES:
            rows = dict(results.own_rows(self.answer, country))
            if self.answer.unpriced:
                gain = results.priced_gain(self.answer)[country]
                rows[results.PRICED] = results.in_currency(self.answer, country, gain)
            found[country] = results.graded(rows, self.evidence.row)
        return found

    @property
    def unweighted_gain(self) -> dict[Country, Spread]:
        """Each country's gain at the official value of time without the queue's weight, in its currency."""
        found = self._graded_reading(
            "surplus_official_unweighted", results.unweighted_gain(self.answer)
        ).items()
        return {country: results.in_currency(self.answer, country, one) for country, one in found}

    @property
    def net_change(self) -> tuple[Spread, Spread]:
        """Gain and revenue of both countries together, and the part of it that charges destroy, billion won."""
        grade = results.lowest([self.grades["surplus"], self.grades["charge_revenue"]])
        lost = replace(results.lost_to_charges(self.answer), grade=self.grades["deadweight"])
        return replace(results.net_change(self.answer), grade=grade), lost

    @cached_property
    def readings(self) -> dict[str, dict[Country, Spread]]:
        """Other readings of rows by country, each in its currency; that on the exchange rate is about won."""
        found = results.sensitivities(self.answer)
        in_won = "spending_won_per_yen_2025"
        return {
            name: {
                country: one if name == in_won else results.in_currency(self.answer, country, one)
                for country, one in self._graded_reading(name, rows).items()
            }
            for name, rows in found.items()
        }

    def _graded_reading(self, name: str, rows: Mapping[Country, Spread]) -> dict[Country, Spread]:
        found = results.graded(rows, lambda _: self.evidence.reading(name))
        return {country: found[country] for country in rows}

    def minutes_saved(self, country: Country, *, priced: bool = False) -> Spread:
        """Return the minutes that a traveller entering a country saves, by all measures or those with a known price."""
        of, evidence = self.answer, self.evidence
        grade = (evidence.priced if priced else evidence.rows)["time_surplus"]
        return replace(results.minutes_saved(of.priced if priced else of, country), grade=grade)

    def break_even(self, country: Country) -> dict[str, Spread]:
        """Return the minutes that pay a country's cost by convention; empty where nothing is spent."""
        found = results.break_even_minutes(self.answer, country) or {}
        return results.graded(found, self.evidence.break_even)

    def outlay(self, country: Country) -> Spread:
        """Return the additional outlay of five years, in the country's currency."""
        found = {country: results.outlay_range(self.answer, country)}
        return results.graded(found, lambda _: self.grades["public_cost"])[country]

    def outlay_before(self, country: Country) -> Spread:
        """Return what was paid before the five years, in the country's currency."""
        years = self.answer.outlay_before
        paid = sum(year.capital[country] + year.running[country] for year in years) / results.BILLION
        return Spread.single(paid, results.MONEY[country], self.grades["public_cost"])

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Every input that the answer and the hall beside it rest on, with its grade."""
        typed = self.typed_shares
        found = results.inputs(self.answer, self.drivers, also=self._hall_inputs, typed_shares=typed)
        factors, months = self._loads
        return (*found, *hall_inputs(self.base_hall, factors[months]))

    @property
    def _hall_inputs(self) -> set[str]:
        """The keys of the parameters, rates and shares that the hall's numbers rest on."""
        country = self.hall_country
        minutes = {key for keys in results.MINUTE.values() for key in keys}
        airport = f"{results.AIRPORT}{country} {self.base_hall.hall.airport}"
        return minutes | {costs.OFFICER[country], "officer_hours", "staffed_days", airport}

    @cached_property
    def others(self) -> tuple[tuple[Worth, Grade | None], ...]:
        """The scenarios to compare, each with the grade of its gain and cost.

        Raises QuestionUnreadable and the errors of scenario files.
        """
        found, everywhere = [], replace(self.options, aimed=())
        for settings in self.question.others():
            rows = self._evidence(settings, None, everywhere).rows
            grade = results.lowest([rows["surplus"], rows["public_cost"]])
            found.append((self.models.worth(settings, everywhere), grade))
        return tuple(found)

    def discount_percent(self, country: Country) -> float:
        """Return the discount rate asked for: the country's own, or one for both."""
        return home_rates()[country] if self.question.discount == "home" else float(self.question.discount)

    def landings(self, country: Country) -> tuple[Landing, ...]:
        """Return where the visitors gained land: those of aimed measures at the airports aimed at, others by the shares."""
        flow, typed, target = ENTERING[country], self.typed_shares.get(country), self.question.aimed_at
        gained, measures = self.answer.visitors[flow], self.aimed_measures
        if not measures or target is None or target[0] != country:
            return landings(country, gained, typed=typed)
        rest = tuple(choice for choice in self.settings.choices if choice not in measures)
        unaimed = self.models.worth(replace(self.settings, choices=rest), self.options).visitors[flow]
        return landings(country, gained, codes=target[1], typed=typed, unaimed=unaimed)

    @cached_property
    def base_hall(self) -> Calibrated:
        """The arrival hall as published. Raises HallUnknown."""
        return calibrated(self.question.hall)

    @property
    def hall_country(self) -> Country:
        """The country that the hall's passengers enter."""
        return "KOR" if self.base_hall.hall.country == "KOR" else "JPN"

    @property
    def changed_hall(self) -> HallSettings:
        """The hall with its desks added or closed, and those that serve the other country's nationals alone."""
        asked, base = self.question, self.base_hall
        desks = max(base.settings.desks + asked.desks_added, 1.0)
        lane = min(float(asked.lane_desks), desks - 1) if PARTNER in base.flights.groups else 0.0
        return replace(base.settings, desks=desks, dedicated_desks=max(lane, 0.0))

    @cached_property
    def hall(self) -> HallWorth:
        """What the change of the hall is worth over all groups in a year. Raises SettingWrong or DesksMissing."""
        asked, base = self.question, self.base_hall
        return hall_worth(
            base.flights,
            base.settings,
            self.changed_hall,
            country=self.hall_country,
            value_per_hour=60 * float(np.median(self.answer.value_per_minute["behavioural"])),
            hours=asked.hall_hours,
        )

    @cached_property
    def _loads(self) -> tuple[Array, Places]:
        trips = self.answer.base[ENTERING[self.hall_country]]
        days = pd.period_range(f"{self.question.base_year}-01", periods=len(trips), freq="M").days_in_month
        options = self.options
        return loads(trips, days.to_numpy(dtype=float), count=options.n_draws, seed=options.seed)

    @property
    def hall_loads(self) -> tuple[float, float]:
        """Passengers a day in the quietest and in the busiest month of the base year, against the year's mean."""
        factors, _ = self._loads
        return float(factors.min()), float(factors.max())

    @cached_property
    def _hall_minutes(self) -> dict[str, tuple[float, Array]]:
        """Minutes saved a year by group, and by everybody: on the assumed day, and by draw of a month (M,)."""
        factors, months = self._loads
        base = self.base_hall
        by_month = minutes_by_load(base.flights, base.settings, self.changed_hall, factors)
        every = {**by_month, EVERYBODY: np.sum([*by_month.values()], axis=0)}
        assumed = {**self.hall.by_group, EVERYBODY: self.hall.minutes}
        return {group: (assumed[group], values[months]) for group, values in every.items()}

    @property
    def hall_minutes(self) -> dict[str, Spread]:
        """Million minutes saved in the hall a year by group, and by everybody, with the range over the months."""
        found = {group: _around(*one, "minutes a year", 1e6) for group, one in self._hall_minutes.items()}
        return results.graded(found, lambda _: self.hall_grade)

    @property
    def hall_minutes_a_passenger(self) -> Spread:
        """Minutes that the hall saves a passenger on the assumed day."""
        return Spread.single(self.hall.a_passenger, "minutes", self.hall_grade)

    def hall_values(self, convention: str) -> dict[str, Spread]:
        """Return what the hall's minutes are worth in a year by group, and to everybody, billion won.

        The range is that over the months' passengers and the value of time together.
        """
        value = self.answer.value_per_minute[convention]
        middle = float(np.median(value))
        grade = results.lowest([self.hall_grade, self.evidence.minute(convention)])
        found = {
            group: _around(assumed * middle, drawn * value, results.WON, results.BILLION)
            for group, (assumed, drawn) in self._hall_minutes.items()
        }
        return results.graded(found, lambda _: grade)

    @property
    def hall_passengers(self) -> dict[str, float]:
        """Passengers of a year in the hall by group, as many each day as on the assumed one."""
        flights = self.base_hall.flights
        return {group: fixed()["staffed_days"].value * flights.of_group(group) for group in flights.groups}

    @property
    def airport_visitors(self) -> float | None:
        """The other country's visitors of the base year at the hall's airport by its share; None without a share."""
        country = self.hall_country
        share = shares(country, self.typed_shares.get(country)).get(self.base_hall.hall.airport)
        trips = float(self.answer.base[ENTERING[country]].sum())
        return None if share is None else trips * share / 100

    @property
    def airport_grade(self) -> Grade:
        """How good the share of the hall's airport is."""
        country = self.hall_country
        return share_grades(country, self.typed_shares.get(country))[self.base_hall.hall.airport]

    @property
    def hall_cost(self) -> Spread:
        """What the officers of the added desks cost a year, in the country's currency."""
        country, desks = self.hall_country, self.question.desks_added
        cost = costs.staffed(desks, country, self.answer.own, hours=self.question.hall_hours)
        grade = results.lowest(parameters()[key].grade for key in (costs.OFFICER[country], "officer_hours"))
        return replace(Spread.of(cost[:, 0], results.MONEY[country], scale=results.BILLION), grade=grade)

    @property
    def hall_grade(self) -> Grade:
        """How good the evidence for the hall's minutes is: that of its flights."""
        return _grade_of(self.base_hall.hall.flights_grade)

    @property
    def _aim_grade(self) -> Grade | None:
        """How good the shares are that stand for the coverage of the measures; None where none is aimed at airports."""
        if self.question.aimed_at is None or not self.aimed_measures:
            return None
        country, codes = self.question.aimed_at
        known = share_grades(country, self.typed_shares.get(country))
        return results.lowest(known[code] for code in codes)

    @cached_property
    def ratios(self) -> dict[str, dict[str, Spread]]:
        """Benefit over cost at the discount rates asked for, by whose and by convention."""
        return self._at_rates(results.benefit_cost)

    @cached_property
    def present_values(self) -> dict[str, dict[str, Spread]]:
        """Benefit less cost over the life of the equipment at the discount rates asked for, billion won."""
        return self._at_rates(results.present_value)

    def _at_rates(self, said: "Said") -> dict[str, dict[str, Spread]]:
        """Return what is said at the discount rate asked for, or at each country's own: of it and of both together."""
        if self.question.discount != "home":
            found = said(self.answer, float(self.question.discount), whose=tuple(results.WHOSE))
        else:
            found = {
                f"both at {rate:g}" if name == "both" else name: rows
                for country, rate in home_rates().items()
                for name, rows in said(self.answer, rate, whose=(country, "both")).items()
            }
        return {name: self.evidence.of_ratios(rows) for name, rows in found.items()}


def _grade_of(light: str) -> Grade:
    grades: Mapping[str, Grade] = {str(light): grade for light, grade in results.GRADE_OF.items()}
    return grades[light]


def hall_inputs(base: Calibrated, months: Array) -> Iterator[Input]:
    """Yield what the minutes in a hall rest on: desks, seconds at one, assumed flights and their scale, the months.

    months: passengers a day against the year's mean, draw by draw (M,).
    """
    hall, flights = base.hall, base.flights
    wait = WAITS[hall.anchor.metric]
    assumed = (hall.flights_grade, hall.flights_source)
    rows: list[tuple[str, str, str, float, str, str]] = [
        (
            "desk_count",
            N_("Desks staffed in the hall"),
            "desks",
            base.settings.desks,
            hall.desks.grade,
            hall.desks.source,
        ),
        (
            "desk_seconds",
            N_("Seconds at a desk"),
            "seconds per passenger",
            base.settings.desk_seconds,
            records()["setting"]["desk_seconds"]["grade"],
            ASSUMPTION,
        ),
        *(
            (group, IN_HALL[group], PER_DAY, round(flights.of_group(group)), *assumed)
            for group in flights.groups
        ),
        ("flights", FLIGHTS, N_("flights a day"), len(flights.minute) / len(flights.groups), *assumed),
        (
            "spread",
            N_("Time in which a flight's passengers reach the hall"),
            "minutes",
            DEFAULT_SPREAD,
            *assumed,
        ),
        (
            "anchor",
            N_("Published wait to which the passengers are scaled"),
            wait,
            hall.anchor.value * (100 if wait == WITHIN else 1),
            hall.anchor.grade,
            hall.anchor.source,
        ),
    ]
    for key, label, unit, value, light, source in rows:
        titles = source_titles(source) or (ASSUMED,)
        yield Input(f"hall {key}", label, unit, *(float(value),) * 3, _grade_of(light), titles)
    low, middle, high = np.quantile(100 * months, (0.05, 0.5, 0.95)).tolist()
    label = N_("Passengers of a day by month, against the year's mean")
    yield Input("hall months", label, "per cent", low, middle, high, "weak", (PUBLISHED,), EVERY_GROUP)


def _around(middle: float, drawn: Array, unit: str, scale: float) -> Spread:
    """Return the range of draws around what the assumed day gives."""
    return replace(Spread.of(drawn, unit, scale=scale), median=middle / scale)


class Said(Protocol):
    """What is said of gain and public cost at a discount rate, by whose and by convention."""

    def __call__(
        self, answer: Worth, rate_percent: float, *, whose: Iterable[str]
    ) -> dict[str, dict[str, Spread]]: ...


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise unreadable("won") from None
