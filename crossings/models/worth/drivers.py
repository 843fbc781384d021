"""Which assumption drives a row of the books: one at a time, the others at their median."""

from typing import Literal

import numpy as np

from crossings.models.scenario import cost
from crossings.models.scenario.cost import Drawn, Ranges, Scene
from crossings.models.scenario.levers import parameters as scenario_parameters
from crossings.models.scenario.results import Bar
from crossings.models.scenario.settings import Settings
from crossings.models.worth import costs
from crossings.models.worth.books import Array, Book, books
from crossings.models.worth.costs import Own, outlays
from crossings.models.worth.model import (
    Options,
    base_months,
    home_rates,
    single_tax,
    tax_in_force_yen,
    time_scale,
)
from crossings.models.worth.parameters import COUNTRIES, Country, parameters
from crossings.models.worth.travel import both
from crossings.tables import flows
from crossings.tables.flows import Published

Row = Literal[
    "surplus", "surplus_official", "spending_received", "travel_account", "charge_revenue", "public_cost"
]
ROWS: tuple[Row, ...] = (
    "surplus",
    "surplus_official",
    "spending_received",
    "travel_account",
    "charge_revenue",
    "public_cost",
)
LEAST_SHARE = 1e-9


def tornado(
    settings: Settings,
    options: Options | None = None,
    *,
    country: Country,
    row: Row,
    published: Published | None = None,
) -> tuple[Bar, ...]:
    """Return what drives one row of one book, widest bar first, in the row's unit (won, or yen).

    Each parameter, the scenario's and the worth model's own, goes from its 5th to its 95th percentile.
    Those that change nothing are left out. Raises BaseYearMissing.
    """
    return tornadoes(settings, options, published=published)[country, row]


def tornadoes(
    settings: Settings, options: Options | None = None, *, published: Published | None = None
) -> dict[tuple[Country, Row], tuple[Bar, ...]]:
    """Return the tornado of every row of both books at once. Raises BaseYearMissing."""
    asked = options or Options()
    ranges = _ranges(asked)
    draw, own = _one_at_a_time(ranges, asked)
    found = _books(settings, asked, draw, own, published or flows.load())
    return {
        (country, row): _bars(ranges, np.asarray(getattr(found[country], row)))
        for country in COUNTRIES
        for row in ROWS
    }


def _bars(ranges: Ranges, values: Array) -> tuple[Bar, ...]:
    bars = [_bar(key, ranges, values, place) for place, key in enumerate(ranges)]
    least = LEAST_SHARE * max(abs(float(values[0])), 1.0)
    return tuple(sorted((bar for bar in bars if bar.width > least), key=lambda bar: -bar.width))


def _ranges(options: Options) -> Ranges:
    own = {key: parameter.range for key, parameter in parameters().items()}
    scenario = {key: ends for key, ends in cost.spread(options.priors).items() if key != "won_per_yen"}
    return {**scenario, **own}


def _one_at_a_time(ranges: Ranges, options: Options) -> tuple[Drawn, Own]:
    columns = {}
    for place, (key, (low, median, high)) in enumerate(ranges.items()):
        column = np.full((2 * len(ranges) + 1, 1), median)
        column[2 * place + 1], column[2 * place + 2] = low, high
        columns[key] = column
    own = {key: columns[key] for key in parameters()}
    scenario = {key: column for key, column in columns.items() if key not in own}
    return {**scenario, "won_per_yen": np.array([[options.rate]])}, own


def _books(
    settings: Settings, options: Options, draw: Drawn, own: Own, published: Published
) -> dict[Country, Book]:
    single, _ = single_tax(settings, options.base_year)
    base = base_months(published, options.base_year)
    trips = {flow: months.sum(keepdims=True) for flow, months in base.items()}
    wanted = outlays(single, options.quantities)
    return books(
        both(draw, Scene.of(single, None), base_trips=trips),
        own,
        time_scale=time_scale(draw, own),
        tax_yen=tax_in_force_yen(single, options.base_year),
        public_cost=costs.by_country(wanted, own, rate=options.rate, discount_percent=home_rates()),
    )


def _bar(key: str, ranges: Ranges, values: Array, place: int) -> Bar:
    low, _, high = ranges[key]
    record = parameters()[key] if key in parameters() else scenario_parameters()[key]
    at_low, at_high = float(values[2 * place + 1]), float(values[2 * place + 2])
    return Bar(key, record.label, record.unit, low, high, at_low, at_high, float(values[0]))
