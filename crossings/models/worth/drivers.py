"""Which assumption drives a row of the books: one at a time, the others at their median."""

from dataclasses import replace
from functools import lru_cache
from typing import Literal, get_args

import numpy as np

from crossings.models.scenario import cost
from crossings.models.scenario.cost import Drawn, Ranges
from crossings.models.scenario.levers import PriorSet
from crossings.models.scenario.levers import parameters as scenario_parameters
from crossings.models.scenario.results import Bar
from crossings.models.worth.books import Array
from crossings.models.worth.costs import Own
from crossings.models.worth.model import Worth
from crossings.models.worth.parameters import COUNTRIES, Country, parameters

Row = Literal[
    "surplus",
    "time_surplus",
    "surplus_official",
    "spending_received",
    "travel_account",
    "charge_revenue",
    "deadweight",
    "public_cost",
]
ROWS: tuple[Row, ...] = get_args(Row)
LEAST_SHARE = 1e-9


def tornadoes(answer: Worth) -> dict[tuple[Country, Row], tuple[Bar, ...]]:
    """Return what drives each row of both books, widest bar first, in the row's unit (won, or yen).

    Each parameter, the scenario's and the worth model's own, goes from its 5th to its 95th percentile, the
    others at their median. Those that change nothing are left out.
    """
    ranges = _ranges(answer.options.priors)
    draw, own = _one_at_a_time(answer.options.priors, answer.options.rate)
    found = replace(answer, draw=draw, own=own).books
    return {
        (country, row): _bars(ranges, np.asarray(getattr(found[country], row)))
        for country in COUNTRIES
        for row in ROWS
    }


def _bars(ranges: Ranges, values: Array) -> tuple[Bar, ...]:
    """Return the bars that are wide enough, widest first. values: middle, then low and high of each parameter."""
    width = np.abs(values[2::2] - values[1::2])
    least = LEAST_SHARE * max(abs(float(values[0])), 1.0)
    keys = list(ranges)
    bars = [_bar(keys[place], ranges, values, place) for place in np.flatnonzero(width > least).tolist()]
    return tuple(sorted(bars, key=lambda bar: -bar.width))


@lru_cache(maxsize=2)
def _ranges(priors: PriorSet) -> Ranges:
    own = {key: parameter.range for key, parameter in parameters().items()}
    scenario = {key: ends for key, ends in cost.spread(priors).items() if key != "won_per_yen"}
    return {**scenario, **own}


@lru_cache(maxsize=8)
def _one_at_a_time(priors: PriorSet, won_per_yen: float) -> tuple[Drawn, Own]:
    columns, ranges = {}, _ranges(priors)
    for place, (key, (low, median, high)) in enumerate(ranges.items()):
        column = np.full((2 * len(ranges) + 1, 1), median)
        column[2 * place + 1], column[2 * place + 2] = low, high
        columns[key] = column
    own = {key: columns[key] for key in parameters()}
    scenario = {key: column for key, column in columns.items() if key not in own}
    return {**scenario, "won_per_yen": np.array([[won_per_yen]])}, own


def _bar(key: str, ranges: Ranges, values: Array, place: int) -> Bar:
    low, _, high = ranges[key]
    record = parameters()[key] if key in parameters() else scenario_parameters()[key]
    at_low, at_high = float(values[2 * place + 1]), float(values[2 * place + 2])
    return Bar(key, record.label, record.unit, low, high, at_low, at_high, float(values[0]))
