"""What a scenario is worth and what it costs: both books a year, five years of outlay, and what drives them."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crossings.errors import N_
from crossings.models.scenario import cost
from crossings.models.scenario.cost import SEED, Drawn, Scene
from crossings.models.scenario.levers import PriorSet
from crossings.models.scenario.model import N_DRAWS, check_priors
from crossings.models.scenario.settings import Choice, Settings
from crossings.models.worth import costs, formulas
from crossings.models.worth.books import Book, books, spending
from crossings.models.worth.costs import Outlay, Own, outlays, relieved_levers
from crossings.models.worth.errors import BaseYearMissing, InputWrong
from crossings.models.worth.parameters import COUNTRIES, Country, Quantities, drawn, fixed, needs, parameters
from crossings.models.worth.travel import ENTERING, HOME, HOST, THOUSAND, Travel, both
from crossings.tables import flows
from crossings.tables.flows import DIRECTIONS, Flow, Published
from crossings.tables.months import year_months

Array = NDArray[np.float64]

MONTHS = 12
YEARS = 5
RATES_PERCENT = (4.5, 4.0, 2.0, 1.0)
FIRST_YEARS = (2025, 2041)
RATES_ALLOWED = (1.0, 100.0)
CLOSED_YEARS = (2020, 2021, 2022)
REACH = {"coverage", "eligible", "take_up"}
TAX_LEVER = "departure-tax"
TAX_RISE = pd.Period("2026-07", freq="M")


@dataclass(frozen=True)
class Options:
    """How worth is worked out.

    base_year: the year whose trips are the base. first_year: of the five years. won_per_yen: None takes
    the median of the scenario's prior. quantities: by country, in place of the levers' defaults.
    rates_percent: discount rates of the ratios. aimed: levers whose coverage is a share of airports, not typed.
    """

    base_year: int = 2025
    first_year: int = 2027
    won_per_yen: float | None = None
    quantities: Mapping[Country, Quantities] | None = None
    priors: PriorSet = "evidence"
    n_draws: int = N_DRAWS
    seed: int = SEED
    rates_percent: tuple[float, ...] = RATES_PERCENT
    aimed: tuple[str, ...] = ()

    @cached_property
    def rate(self) -> float:
        """Won per yen."""
        return cost.spread(self.priors)["won_per_yen"][1] if self.won_per_yen is None else self.won_per_yen

    @property
    def key(self) -> Hashable:
        """What tells these options from others."""
        typed = None if self.quantities is None else tuple(self.quantities.items())
        return replace(self, quantities=None), typed


def check_options(options: Options) -> None:
    """Raise InputWrong unless years and exchange rate lie where the model can use them."""
    first, end = FIRST_YEARS
    if not first <= options.first_year < end:
        raise InputWrong(
            N_("The first year is {year}. Choose a year from {first} to {last}."),
            year=options.first_year,
            first=first,
            last=end - 1,
        )
    low, high = RATES_ALLOWED
    if not low <= options.rate <= high:
        raise InputWrong(
            N_("{rate} won per yen cannot be used. Enter a rate from {low} to {high}."),
            rate=options.rate,
            low=low,
            high=high,
        )


@dataclass(frozen=True)
class Caution:
    """A sentence that belongs to the answer; values go into its {named} places.

    A value that is a tuple holds labels, to be listed.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        listed = {
            name: ", ".join(value) if isinstance(value, tuple) else value
            for name, value in self.values.items()
        }
        return self.message.format(**listed)


@dataclass(frozen=True, eq=False)
class YearOutlay:
    """The outlay of one of the five years at the middle of every unit cost, in the country's currency: years add up."""

    year: int
    capital: Mapping[Country, float]
    running: Mapping[Country, float]


@dataclass(frozen=True, eq=False)
class YearBook(YearOutlay):
    """One of the five years: its outlay, and with ramps what it brings by country (M,)."""

    surplus: Mapping[Country, Array]
    spending_received: Mapping[Country, Array]
    visitors: Mapping[Flow, Array]


@dataclass(frozen=True, eq=False)
class Worth:
    """What a scenario is worth and costs: one year in steady state before seats bind, set of assumptions by set (M,).

    Each part is worked out when it is first asked for. settings: as counted, see single_tax. base: trips of the
    base year's months (12,). draw, own: the scenario's and the worth model's assumptions (M, 1).
    """

    settings: Settings
    options: Options
    base: Mapping[Flow, Array]
    draw: Drawn
    own: Own
    tax_note: tuple[Caution, ...] = ()

    @property
    def measured(self) -> bool:
        """Whether any measure is set, apart from what the world does."""
        return bool(_measures(self.settings))

    @property
    def seats_ignored(self) -> bool:
        """Whether the scenario limits seats, which no number here follows."""
        return any(choice.record.mechanism in ("seats", "seats-fixed") for choice in self.settings.active)

    @property
    def typed_parts(self) -> tuple[Choice, ...]:
        """The measures of which a number was typed; an aim at airports types no coverage."""
        return tuple(choice for choice in _measures(self.settings) if self._typed(choice))

    @property
    def typed_reach(self) -> tuple[Choice, ...]:
        """The measures whose coverage or use was typed while their assumed quantities count."""
        bought = {outlay.lever.lever for outlay in self.outlays if outlay.lever}
        return tuple(c for c in self.typed_parts if self._typed(c) & REACH and c.lever in bought)

    def _typed(self, choice: Choice) -> set[str]:
        found = {key for key, _ in choice.parts}
        return found - {"coverage"} if choice.lever in self.options.aimed else found

    @cached_property
    def travels(self) -> dict[Flow, Travel]:
        """Trips of the year by direction (M, 1)."""
        year = {flow: trips.sum(keepdims=True) for flow, trips in self.base.items()}
        return both(self.draw, Scene.of(self.settings, None), base_trips=year)

    @cached_property
    def outlays(self) -> tuple[Outlay, ...]:
        """What the scenario needs in each country."""
        return outlays(self.settings, self.options.quantities)

    def uncounted(self, country: Country) -> tuple[Choice, ...]:
        """Return a country's measures for which no public cost is counted: none where its quantities were typed."""
        typed = self.options.quantities
        if typed is not None and country in typed:
            return ()
        bought = {outlay.lever.lever for outlay in self.outlays if outlay.lever and outlay.country == country}
        return tuple(c for c in _at_work(self.settings) if country in _run_by(c) and c.lever not in bought)

    def cost_missing(self, country: Country) -> bool:
        """Return whether a country has measures and nothing of what they cost is counted."""
        bought = any(outlay.country == country for outlay in self.outlays)
        return not bought and bool(self.uncounted(country))

    def counted(self, country: Country, values: Array) -> Array:
        """Return a country's cost, missing where nothing of it is counted."""
        return np.full_like(values, np.nan) if self.cost_missing(country) else values

    @cached_property
    def books(self) -> dict[Country, Book]:
        """Both books."""
        return books(
            self.travels,
            self.own,
            time_scale=self.official_scale,
            tax_yen=tax_in_force_yen(self.settings, self.options.base_year),
            public_cost=self.cost(home_rates()),
        )

    @property
    def official_scale(self) -> Array:
        """The official over the behavioural value of time (M, 1)."""
        return np.asarray(self.own["value_of_time_official"] / (THOUSAND * self.draw["value_of_time"]))

    @cached_property
    def priced(self) -> "Worth":
        """The same without measures whose cost nobody knows, so that a cost is set against what it pays for."""
        kept = tuple(choice for choice in self.settings.choices if choice not in self.unpriced)
        return replace(self, settings=replace(self.settings, choices=kept)) if self.unpriced else self

    @property
    def unpriced(self) -> tuple[Choice, ...]:
        """The measures whose cost nobody knows; none where quantities were typed."""
        return () if self.options.quantities is not None else tuple(filter(_unpriced, self.settings.active))

    @cached_property
    def rate(self) -> float:
        """Won per yen in the scenario's world, for every sum."""
        return self.options.rate * float(cost.rate_change(Scene.of(self.settings, None))[0])

    def cost(self, discount_percent: Mapping[Country, float]) -> dict[Country, Array]:
        """Return public cost a year at discount rates by country, each in its own currency."""
        found = costs.by_country(self.outlays, self.own, rate=self.rate, discount_percent=discount_percent)
        return {country: self.counted(country, values) for country, values in found.items()}

    def cost_in_won(self, rate_percent: float) -> dict[Country, Array]:
        """Return public cost a year at one discount rate by country, won."""
        found = self.cost(dict.fromkeys(COUNTRIES, rate_percent))
        return {country: self.in_won(country, values) for country, values in found.items()}

    def in_won(self, country: Country, values: Array) -> Array:
        """Return sums of a country's currency in won."""
        return values * self.rate if country == "JPN" else values

    @property
    def visitors(self) -> dict[Flow, Array]:
        """Visitors gained by direction."""
        return {flow: one.change[:, 0] for flow, one in self.travels.items()}

    @property
    def minutes_saved(self) -> dict[Country, Array]:
        """Minutes of wait saved a year by everybody who enters a country."""
        return {country: self.travels[ENTERING[country]].total_minutes[:, 0] for country in COUNTRIES}

    @cached_property
    def value_per_minute(self) -> dict[str, Array]:
        """What a minute in a queue is worth, won: both values of time with the queue's weight, as in the books.

        official_unweighted: without the weight, another reading of the official one.
        """
        weight = self.draw["queue_multiplier"]
        behavioural = THOUSAND * self.draw["value_of_time"] / formulas.MINUTES
        official = self.own["value_of_time_official"] / formulas.MINUTES
        found = {
            "behavioural": behavioural * weight,
            "official": official * weight,
            "official_unweighted": official,
        }
        return {name: values[:, 0] for name, values in found.items()}

    @cached_property
    def _five_years(self) -> Scene:
        months = pd.period_range(f"{self.options.first_year}-01", periods=YEARS * MONTHS, freq="M")
        return Scene.of(self.settings, months)

    @property
    def _first_month(self) -> pd.Period:
        return pd.Period(f"{self.options.first_year}-01", freq="M")

    @cached_property
    def _outlay_scene(self) -> Scene:
        """The measures from the January of the year in which the first of them begins to the end of the five years."""
        first = self._first_month
        dated = tuple(replace(choice, start=_start(choice) or first) for choice in self.settings.active)
        starts = [choice.start for choice in dated if choice.record.group != "world"]
        begun = min([first, *(start for start in starts if start is not None)]).year
        return Scene(dated, pd.period_range(f"{begun}-01", first + YEARS * MONTHS - 1, freq="M"))

    def _spent(self, own: Own) -> dict[str, dict[Country, Array]]:
        """Return capital and running cost by year of the scene, by country in its currency (M, years)."""
        scene = self._outlay_scene
        shape = (len(own["officer_hours"]), scene.length // MONTHS)
        spent = {part: {country: np.zeros(shape) for country in COUNTRIES} for part in ("capital", "running")}
        for outlay in self.outlays:
            months = _needed(outlay, scene).reshape(-1, MONTHS).sum(axis=1)
            begins = (months > 0) & (np.cumsum(months > 0) == 1)
            spent["capital"][outlay.country] += costs.capital(outlay, own, rate=self.rate) * begins
            spent["running"][outlay.country] += costs.running(outlay, own, rate=self.rate) * months / MONTHS
        return {
            part: {country: self.counted(country, values) for country, values in rows.items()}
            for part, rows in spent.items()
        }

    @cached_property
    def _outlay_by_year(self) -> tuple[YearOutlay, ...]:
        spent, first = self._spent(middle()), self._outlay_scene.months
        assert first is not None
        return tuple(
            YearOutlay(
                int(first[0].year) + place,
                **{
                    part: {country: float(values[0, place]) for country, values in rows.items()}
                    for part, rows in spent.items()
                },
            )
            for place in range(len(first) // MONTHS)
        )

    @property
    def outlay_years(self) -> tuple[YearOutlay, ...]:
        """The outlay of the five years."""
        return self._outlay_by_year[-YEARS:]

    @property
    def outlay_before(self) -> tuple[YearOutlay, ...]:
        """The outlay of the years before the five, from the first measure on; none where nothing was paid."""
        years = self._outlay_by_year[:-YEARS]
        paid = any(value > 0 for year in years for value in (*year.capital.values(), *year.running.values()))
        return years if paid else ()

    @cached_property
    def outlay_together(self) -> dict[Country, Array]:
        """The outlay of the five years together by country, in its currency (M,)."""
        capital, running = self._spent(self.own).values()
        return {c: (capital[c] + running[c])[:, -YEARS:].sum(axis=1) for c in COUNTRIES}

    @cached_property
    def years(self) -> tuple[YearBook, ...]:
        """The five years with what they bring."""
        base = {flow: np.tile(trips, YEARS) for flow, trips in self.base.items()}
        travels = both(self.draw, self._five_years, base_trips=base)
        gained = {flow: _by_year(one.change) for flow, one in travels.items()}
        surplus = {HOME[flow]: _by_year(one.surplus()) for flow, one in travels.items()}
        spent = {HOST[flow]: _by_year(spending(one, self.own)) for flow, one in travels.items()}
        return tuple(
            YearBook(
                outlay.year,
                outlay.capital,
                outlay.running,
                surplus={country: values[:, place] for country, values in surplus.items()},
                spending_received={country: values[:, place] for country, values in spent.items()},
                visitors={flow: values[:, place] for flow, values in gained.items()},
            )
            for place, outlay in enumerate(self.outlay_years)
        )

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What belongs to the answer and no number says."""
        return (
            *self.tax_note,
            *_cautions(self.settings),
            *_when(self.settings, self.options),
            *self._typed_cautions,
            *self._costless,
            *((jesta_caution(),) if self.shares_jesta else ()),
        )

    @property
    def _costless(self) -> tuple[Caution, ...]:
        if not self.unpriced:
            return ()
        said = N_(
            "No price is known for: {levers}. Their gain is counted, their cost is not; ratios and "
            "break-even leave them out. Type quantities to count all."
        )
        return (Caution(said, {"levers": tuple(choice.record.label for choice in self.unpriced)}),)

    @property
    def _typed_cautions(self) -> Iterator[Caution]:
        if self.typed_reach:
            yield reach_caution(self.typed_reach)
        if self.options.base_year in CLOSED_YEARS:
            said = N_(
                "Trips of {year} are those of a year of entry restrictions, no base for an ordinary one."
            )
            yield Caution(said, {"year": self.options.base_year})

    @property
    def shares_jesta(self) -> bool:
        """Whether the public cost holds a share of the JESTA system."""
        return any(outlay.quantities.jesta for outlay in self.outlays)


def worth(settings: Settings, options: Options | None = None, *, published: Published | None = None) -> Worth:
    """Return what a scenario is worth and costs.

    published: the published tables, read if left out. The scenario's own draws serve, row by row, so
    that the cost of a trip and the trips gained belong together. Raises PriorsUnknown, InputWrong, BaseYearMissing.
    """
    asked = options or Options()
    check_options(asked)
    check_priors(asked.priors)
    base = base_months(published or flows.load(), asked.base_year)
    single, tax_note = single_tax(settings, asked.base_year)
    draw = cost.drawn(asked.priors, count=asked.n_draws, seed=asked.seed)
    own = drawn(count=asked.n_draws, seed=asked.seed)
    # One exchange rate serves every sum.
    return Worth(single, asked, base, {**draw, "won_per_yen": np.array([[asked.rate]])}, own, tax_note)


@lru_cache(maxsize=8)
def base_months(published: Published, year: int) -> dict[Flow, Array]:
    """Return the trips of every month of a year by direction (12,). Raises BaseYearMissing."""
    months = year_months(year)
    found = {flow: published.series(flow).reindex(months).to_numpy(dtype=float) for flow in DIRECTIONS}
    if any(np.isnan(trips).any() for trips in found.values()):
        raise BaseYearMissing(
            N_("The year {year} is not published in full. Choose an earlier base year."), year=year
        )
    return found


def single_tax(settings: Settings, base_year: int) -> tuple[Settings, tuple[Caution, ...]]:
    """Return settings without the part of a tax rise that the base trips have already felt.

    The rise of Japan's departure tax was decided for July 2026. Trips before it have not felt it, and the
    lever counts in full; trips of a later base year have, and only what goes beyond it counts.
    """
    chosen = settings.choice(TAX_LEVER)
    if chosen is None or not chosen.active:
        return settings, ()
    if base_year < TAX_RISE.year:
        said = N_(
            "The base trips of {year} come before the tax rise of July 2026 (fair evidence), so all of {yen} yen counts."
        )
        return settings, (Caution(said, {"year": base_year, "yen": round(chosen.value)}),)
    beyond = max(chosen.value - decided_rise_yen(), 0.0)
    single = tuple(
        replace(choice, value=beyond) if choice is chosen else choice for choice in settings.choices
    )
    said = N_(
        "The base trips of {year} have felt the tax rise of July 2026 (fair evidence). "
        "Of {yen} yen only {beyond} yen count, so that nothing counts twice."
    )
    values = {"year": base_year, "yen": round(chosen.value), "beyond": round(beyond)}
    return replace(settings, choices=single), (Caution(said, values),)


def decided_rise_yen() -> float:
    """Return the rise of Japan's departure tax decided for July 2026."""
    return fixed()["tax_yen_after"].value - fixed()["tax_yen_before"].value


def tax_in_force_yen(settings: Settings, base_year: int) -> float:
    """Return the departure tax of Japan that additional trips pay before what the scenario adds."""
    return fixed()[tax_in_force_key(settings, base_year)].value


def tax_in_force_key(settings: Settings, base_year: int) -> str:
    """Return the key of the departure tax in force."""
    chosen = settings.choice(TAX_LEVER)
    rise_is_lever = chosen is not None and chosen.active and base_year < TAX_RISE.year
    return "tax_yen_before" if rise_is_lever else "tax_yen_after"


def home_rates() -> dict[Country, float]:
    """Return each country's social discount rate in per cent."""
    return {"KOR": fixed()["discount_rate_kor"].value, "JPN": fixed()["discount_rate_jpn"].value}


def _measures(settings: Settings) -> tuple[Choice, ...]:
    return tuple(choice for choice in settings.active if choice.record.group != "world")


def _at_work(settings: Settings) -> tuple[Choice, ...]:
    """Return the measures that change something: neither exemptions nor what they relieve of."""
    relieved = relieved_levers(settings)
    return tuple(
        choice
        for choice in _measures(settings)
        if choice.record.mechanism != "exemption" and choice.lever not in relieved
    )


def _run_by(choice: Choice) -> tuple[Country, ...]:
    """Return the countries that run a measure: Japan its tax, else those that the travellers concerned enter."""
    if choice.record.mechanism == "tax":
        return ("JPN",)
    return tuple(country for country in COUNTRIES if ENTERING[country] in choice.acts_on)


def _cautions(settings: Settings) -> tuple[Caution, ...]:
    mechanisms = {choice.record.mechanism for choice in settings.active}
    people = {flow for c in _at_work(settings) if c.record.mechanism == "authorisation" for flow in c.acts_on}
    said: list[str] = []
    if "visa" in mechanisms:
        said.append(
            N_(
                "A visa changes trips but has no price in the model: what its travellers lose cannot be stated."
            )
        )
    if "seats-fixed" in mechanisms or "seats" in mechanisms:
        said.append(
            N_(
                "Seat capacity does not limit trips here; with fixed seats there would be fewer "
                "additional trips and the same time saved."
            )
        )
    return (*map(Caution, said), *((_outer_caution(people),) if people else ()))


def _outer_caution(people: set[Flow]) -> Caution:
    """Return why what K-ETA was found to take may not apply to the travellers of some directions."""
    said = N_(
        "One published estimate found that K-ETA reduced visitors from the countries concerned by 27 to 28% (fair "
        "evidence). Some were refused, which {people} would rarely be; the figure is an extreme case."
    )
    named = {
        Flow.KOREANS_TO_JAPAN: N_("Koreans travelling to Japan"),
        Flow.JAPANESE_TO_KOREA: N_("Japanese travelling to Korea"),
    }
    both_ways = N_("Koreans and Japanese travelling to the other country")
    return Caution(said, {"people": (both_ways if len(people) > 1 else named[people.pop()],)})


def reach_caution(choices: Iterable[Choice]) -> Caution:
    """Return that quantities do not follow a typed coverage."""
    said = N_(
        "Coverage or use typed: {levers}; the quantities are those of the assumed one, so where it is wider, ratio and net "
        "present value are too high. Type the quantities too."
    )
    return Caution(said, {"levers": tuple(choice.record.label for choice in choices)})


def _when(settings: Settings, options: Options) -> Iterator[Caution]:
    """Yield which measures end, and which act in none of the five years."""
    first = pd.Period(f"{options.first_year}-01", "M")
    last = first + YEARS * MONTHS - 1
    measures = [choice for choice in settings.active if choice.record.group != "world"]
    said = {
        N_(
            "The year in steady state counts these as lasting, although they end: {levers}. The five years follow "
            "the dates."
        ): [choice for choice in measures if choice.end is not None],
        N_("Not in force in any of the five years: {levers}."): [
            choice
            for choice in measures
            if (choice.end is not None and choice.end < first)
            or ((start := _start(choice)) is not None and start > last)
        ],
    }
    for message, found in said.items():
        if found:
            yield Caution(message, {"levers": tuple(choice.record.label for choice in found)})


def jesta_caution() -> Caution:
    """Return what of the JESTA system is in public cost and outlay."""
    said = N_(
        "Of JESTA, public cost and outlay hold Koreans' share ({share}%, weak evidence) of building the system; the outlay "
        "has all of it in the year of the start. What is paid before it, the other nationalities' share and running cost, "
        "for which no figure was found, are missing."
    )
    return Caution(said, {"share": round(100 * parameters()["jesta_share"].range[1])})


def _unpriced(choice: Choice) -> bool:
    record = choice.record
    return record.group == "simpler" and record.mechanism != "exemption" and choice.lever not in needs()


def _by_year(values: Array) -> Array:
    return np.asarray(values.reshape(len(values), YEARS, MONTHS).sum(axis=-1))


def _start(choice: Choice) -> pd.Period | None:
    """Return the month in which a choice begins, its own or its lever's; None where it has no date."""
    return choice.start or choice.record.start


def _needed(outlay: Outlay, scene: Scene) -> Array:
    """Return 1 in the months in which an outlay is needed (H,); typed quantities with the first measure."""
    measures = [choice for choice in scene.choices if choice.record.group != "world"]
    if outlay.lever is not None:
        measures = [choice for choice in measures if choice.lever == outlay.lever.lever]
    months = [scene.in_force(choice) for choice in measures]
    return np.max(months, axis=0) if months else np.zeros(scene.length)


@lru_cache(maxsize=1)
def middle() -> Own:
    """Return every parameter of the worth model at its median (1, 1)."""
    return MappingProxyType(
        {key: np.array([[parameter.range[1]]]) for key, parameter in parameters().items()}
    )
