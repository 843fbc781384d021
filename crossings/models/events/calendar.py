"""How much of a month's change on a year earlier is the calendar: moved holidays, weekends, the leap day."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crossings.errors import N_
from crossings.models.arithmetic import expm1, product
from crossings.models.events.baseline import Fitted
from crossings.models.events.design import CALENDAR, Material, every_month, value_at
from crossings.models.events.errors import MonthOutside
from crossings.models.events.intervention import NORMAL_95
from crossings.models.events.regression import Fit, standard_error
from crossings.tables.flows import DIRECTIONS, Flow

LEAST_CHANGE = 1e-9


@dataclass(frozen=True)
class CalendarFit:
    """What the calendar does to one direction. effects and covariance: on the log, by name of the terms in `terms`."""

    material: Material
    names: tuple[str, ...]
    effects: np.ndarray
    covariance: np.ndarray
    terms: pd.DataFrame

    def moved(self, month: pd.Period) -> np.ndarray:
        """Return how far each term stands from where it stood a year earlier."""
        rows = self.terms.reindex(pd.PeriodIndex([month - 12, month], freq="M")).to_numpy()
        difference: np.ndarray = rows[1] - rows[0]
        return difference


@dataclass(frozen=True)
class CalendarPart:
    """One month's change on a year earlier with and without the calendar, as shares.

    change = without + part. interval: 95 % interval of part. clear: whether that interval leaves out nil. parts: by
    calendar term `part`, `low`, `high`, `clear`; their parts add up to `part`. Terms that did not move are left out.
    """

    flow: Flow
    month: pd.Period
    change: float
    without: float
    part: float
    interval: tuple[float, float]
    clear: bool
    parts: pd.DataFrame


def calendar_fits(fits: dict[Flow, Fitted]) -> dict[Flow, CalendarFit]:
    """Return the calendar terms' effects of both directions, as fitted with exchange rate and known shocks."""
    return {flow: _calendar(fits[flow].material, fits[flow].fit, flow) for flow in DIRECTIONS}


def _calendar(material: Material, fitted: Fit, flow: Flow) -> CalendarFit:
    names = tuple(name for name in CALENDAR[flow] if name in fitted.names)
    places = [fitted.place(name) for name in names]
    terms = pd.DataFrame({name: material.terms[name] for name in names}, index=material.months)
    return CalendarFit(
        material, names, fitted.effects[places], fitted.best.covariance[np.ix_(places, places)], terms
    )


def calendar_part(fits: dict[Flow, CalendarFit], *, flow: Flow, month: pd.Period) -> CalendarPart:
    """Split a month's change on the same month a year earlier into calendar and rest.

    fits: from `calendar_fits`. Raises MonthOutside where the month or the one a year earlier is missing or falls into
    the closed borders.
    """
    chosen = {one: fits[one] for one in (DIRECTIONS if flow is Flow.BOTH else (flow,))}
    for one in chosen.values():
        _check(one.material, month)
    before = sum(value_at(one.material.visitors, month - 12) for one in chosen.values())
    now = sum(value_at(one.material.visitors, month) for one in chosen.values())
    rows = pd.concat([_terms(one, month, before=before) for one in chosen.values()])
    parts = _together(rows)
    part = float(parts["part"].sum())
    error = float(np.sqrt(sum(_variance(one, month, before=before) for one in chosen.values())))
    interval = (part - NORMAL_95 * error, part + NORMAL_95 * error)
    change = now / before - 1
    return CalendarPart(
        flow=flow,
        month=month,
        change=change,
        without=change - part,
        part=part,
        interval=interval,
        clear=interval[0] > 0 or interval[1] < 0,
        parts=parts,
    )


def change_without_calendar(fits: dict[Flow, CalendarFit], *, flow: Flow) -> pd.DataFrame:
    """Return by month the change on a year earlier and the change without the calendar: change, without (shares).

    Months of the closed borders, and those a year after them, are NaN.
    """
    chosen = [fits[one] for one in (DIRECTIONS if flow is Flow.BOTH else (flow,))]
    now = _summed([one.material.visitors.where(one.material.logs.notna()) for one in chosen])
    part = _summed([_calendar_visitors(one) for one in chosen])
    before = now.shift(12)
    change = now / before.where(before > 0) - 1
    table = pd.DataFrame({"change": change, "without": change - part / before}).dropna()
    return every_month(table)


def _summed(columns: list[pd.Series]) -> pd.Series:
    total = columns[0]
    for column in columns[1:]:
        total = total + column
    return every_month(total)


def _calendar_visitors(one: CalendarFit) -> pd.Series:
    """Return by month the visitors that the calendar brought against the calendar of a year earlier."""
    moved = one.terms - one.terms.shift(12)
    return one.material.visitors * -expm1(-product(moved.to_numpy(), one.effects))


def _check(material: Material, month: pd.Period) -> None:
    usable = material.logs.dropna().index
    if month not in usable or month - 12 not in usable:
        raise MonthOutside(
            N_(
                "{month} cannot be compared with {before}: one of the two months is missing or falls into"
                " the period of COVID-19 entry restrictions."
            ),
            month=month,
            before=month - 12,
        )


def _terms(one: CalendarFit, month: pd.Period, *, before: float) -> pd.DataFrame:
    """Return each moved term's part of the change and its standard error, in shares of the sum a year earlier."""
    moved = one.moved(month)
    logs = moved * one.effects
    visitors = value_at(one.material.visitors, month)
    total = visitors * -float(expm1(-logs.sum()))
    each = total * logs / logs.sum() if abs(logs.sum()) > LEAST_CHANGE else visitors * logs
    errors = np.array([visitors * standard_error(one.covariance, each) for each in np.diag(moved)])
    table = pd.DataFrame({"part": each / before, "variance": (errors / before) ** 2}, index=list(one.names))
    kept: pd.DataFrame = table[np.abs(moved) > LEAST_CHANGE]
    return kept


def _together(rows: pd.DataFrame) -> pd.DataFrame:
    table: pd.DataFrame = rows.groupby(level=0).sum()
    error = NORMAL_95 * np.sqrt(table["variance"])
    table = table.assign(low=table["part"] - error, high=table["part"] + error)
    table["clear"] = (table["low"] > 0) | (table["high"] < 0)
    order = np.argsort(-table["part"].abs().to_numpy(), kind="stable")
    ordered: pd.DataFrame = table.iloc[order].reindex(columns=["part", "low", "high", "clear"])
    return ordered


def _variance(one: CalendarFit, month: pd.Period, *, before: float) -> float:
    moved = one.moved(month) * value_at(one.material.visitors, month) / before
    error = standard_error(one.covariance, moved)
    return error * error
