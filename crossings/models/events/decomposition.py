"""What lay behind the change between two years: exchange rate, calendar, events, and the trend that is left."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crossings.errors import N_
from crossings.models.arithmetic import log, product
from crossings.models.events.baseline import Fitted
from crossings.models.events.design import (
    CALENDAR,
    RATE,
    Material,
    closed_months,
    every_month,
    month_index,
    value_at,
)
from crossings.models.events.errors import YearOutside
from crossings.models.events.intervention import NORMAL_95
from crossings.models.events.regression import standard_error
from crossings.tables.flows import DIRECTIONS, Flow, Published

PARTS = ("exchange_rate", "calendar", "events", "trend")


@dataclass(frozen=True)
class Change:
    """The change of a flow between two years, in visitors.

    months: months of the year compared (all twelve, or those both years have). earlier, later: their sums. parts: by
    name in PARTS `visitors`, `low`, `high` (95 % interval, NaN where closed borders take part); the visitors add up to
    later - earlier exactly. by_direction: the same table for each direction.
    """

    flow: Flow
    first: int
    second: int
    months: tuple[int, ...]
    earlier: float
    later: float
    parts: pd.DataFrame
    by_direction: dict[Flow, pd.DataFrame]


def years_possible(fits: dict[Flow, Fitted], *, flow: Flow) -> list[int]:
    """Return the years that can be compared, those with a January figure and a known exchange rate."""
    chosen = _chosen(fits, flow)
    sets = [
        {month.year for month in one.material.months[~np.isnan(one.material.terms[RATE])] if month.month == 1}
        for one in chosen.values()
    ]
    return sorted(set.intersection(*sets))


def decompose(fits: dict[Flow, Fitted], *, flow: Flow, first: int, second: int) -> Change:
    """Split the change of a flow between two years into four parts that add up exactly.

    A year without all its months is compared with the same months of the other. Raises YearOutside. Method: log-mean
    Divisia index, additive form (Ang 2004), on the terms of the fitted model.
    """
    possible = years_possible(fits, flow=flow)
    if first == second or first not in possible or second not in possible:
        raise YearOutside(
            N_("Choose two different years from {first} to {last}."),
            first=possible[0] if possible else "-",
            last=possible[-1] if possible else "-",
        )
    chosen = _chosen(fits, flow)
    months = _months(chosen, first, second)
    tables = {name: _parts(one, first, second, months) for name, one in chosen.items()}
    earlier, later = (
        sum(_total(one.material, year, months) for one in chosen.values()) for year in (first, second)
    )
    return Change(flow, first, second, months, earlier, later, _added(list(tables.values())), tables)


def balance(published: Published) -> pd.DataFrame:
    """Return both directions over twelve months and Koreans per Japanese visitor at each month, NaN where missing.

    open: whether none of the twelve months fell into the closed borders.
    """
    koreans, japanese = (published.series(flow).rolling(12).sum() for flow in DIRECTIONS)
    table = every_month(pd.DataFrame({"koreans": koreans, "japanese": japanese}).dropna())
    first, last = closed_months(Flow.BOTH.value)
    months = month_index(table)
    return table.assign(
        ratio=table["koreans"] / table["japanese"].where(table["japanese"] > 0),
        open=(months < first) | (months > last + 11),
    )


def _chosen(fits: dict[Flow, Fitted], flow: Flow) -> dict[Flow, Fitted]:
    return {one: fits[one] for one in (DIRECTIONS if flow is Flow.BOTH else (flow,))}


def _months(chosen: dict[Flow, Fitted], first: int, second: int) -> tuple[int, ...]:
    def known(one: Fitted, year: int) -> set[int]:
        whole = one.material.visitors.notna().to_numpy() & ~np.isnan(one.material.terms[RATE])
        return {month.month for month in one.material.months[whole] if month.year == year}

    shared = set.intersection(*(known(one, year) for one in chosen.values() for year in (first, second)))
    return tuple(sorted(shared))


def _total(material: Material, year: int, months: tuple[int, ...]) -> float:
    return sum(value_at(material.visitors, pd.Period(year=year, month=month, freq="M")) for month in months)


def _parts(one: Fitted, first: int, second: int, months: tuple[int, ...]) -> pd.DataFrame:
    rows = [[_place(one.material, year, month) for month in months] for year in (first, second)]
    visitors = one.material.visitors.to_numpy()
    earlier, later = (np.maximum(visitors[places], 0.5) for places in rows)
    weights = _log_mean(later, earlier)
    closed = _closed(one)
    gradient = _gradients(one, rows, weights)
    values = {name: float(product(row, one.fit.effects)) for name, row in gradient.items()}
    shut = float((weights * (closed[rows[1]] - closed[rows[0]])).sum())
    touched = bool(np.isnan(one.material.logs.to_numpy()[[*rows[0], *rows[1]]]).any())
    values["events"] += shut
    values["trend"] = float(later.sum() - earlier.sum()) - sum(values.values())
    gradient["trend"] = -np.sum(list(gradient.values()), axis=0)
    table = pd.DataFrame({"visitors": values}).reindex(list(PARTS))
    errors = [standard_error(one.fit.best.covariance, gradient[name]) for name in PARTS]
    table["variance"] = np.square(errors)
    if touched:
        table.loc[["events", "trend"], "variance"] = np.nan
    return _with_interval(table)


def _gradients(one: Fitted, rows: list[list[int]], weights: np.ndarray) -> dict[str, np.ndarray]:
    """Return, for each part, its derivative by the effects: log-mean weights times the terms' differences."""
    difference = product((one.fit.columns[rows[1]] - one.fit.columns[rows[0]]).T, weights)
    calendar = CALENDAR[Flow(one.material.flow)]
    owner = [
        "exchange_rate" if name == RATE else "calendar" if name in calendar else "events"
        for name in one.fit.names
    ]
    return {part: difference * np.array([name == part for name in owner]) for part in PARTS[:3]}


def _closed(one: Fitted) -> np.ndarray:
    """Return how far (log) each month of closed borders lies from where the model would have had it; else nil."""
    seen = one.material.logs.notna().to_numpy()
    actual = log(one.material.visitors.clip(lower=0.5))
    usual = one.fit.smooth() + product(one.fit.columns, one.fit.effects)
    gap: np.ndarray = np.where(seen, 0.0, np.nan_to_num(actual - usual))
    return gap


def _log_mean(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        mean: np.ndarray = np.where(np.isclose(one, other, rtol=1e-12), one, (one - other) / log(one / other))
    return mean


def _place(material: Material, year: int, month: int) -> int:
    return int(material.months.get_indexer(pd.PeriodIndex([f"{year}-{month:02}"], freq="M"))[0])


def _added(tables: list[pd.DataFrame]) -> pd.DataFrame:
    total = tables[0][["visitors", "variance"]].copy()
    for table in tables[1:]:
        total = total + table[["visitors", "variance"]]
    return _with_interval(total)


def _with_interval(table: pd.DataFrame) -> pd.DataFrame:
    half = NORMAL_95 * np.sqrt(table["variance"])
    return table.assign(low=table["visitors"] - half, high=table["visitors"] + half)
