"""Interventions: which months an event may have moved, in which shape, and the regressors that stand for it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pandas as pd

from crossings.errors import N_, Listed
from crossings.models.events.design import records
from crossings.models.events.errors import NoSuchEvent
from crossings.tables.flows import Flow

MAIN = "event"
MOST_MONTHS_FREE = 24


class Shape(StrEnum):
    """How an effect runs: each month by itself, one level, or growing evenly to its full size."""

    MONTHS = "months"
    STEP = "step"
    RAMP = "ramp"


@dataclass(frozen=True)
class Intervention:
    """One possible cause with the months and the shape of its effect.

    last None: to the end of the figures. flows: where it is asked for, the usual one first. known: the flows in
    which its effect is beyond doubt and taken into account in every other estimate. around: months before and
    after that the event also touched. marks: dates of its rows on the timeline.
    """

    key: str
    title: str
    category: str
    first: pd.Period
    last: pd.Period | None
    shape: Shape
    flows: tuple[Flow, ...]
    ramp_months: int = 1
    known: tuple[str, ...] = ()
    around: tuple[pd.Period, ...] = ()
    marks: tuple[str, ...] = ()
    grade: str = "C"

    def end(self, months: pd.PeriodIndex) -> pd.Period:
        """Return the last month of the effect within the figures."""
        return months[-1] if self.last is None else min(self.last, months[-1])


@lru_cache(maxsize=1)
def interventions() -> tuple[Intervention, ...]:
    """Return the interventions on record, by date."""
    rows = (_read(row) for row in records()["intervention"])
    return tuple(sorted(rows, key=lambda one: (one.first, one.key)))


def intervention(key: str) -> Intervention:
    """Return one intervention on record. Raises NoSuchEvent."""
    found = next((one for one in interventions() if one.key == key), None)
    if found is None:
        raise NoSuchEvent(
            N_("There is no event {key}. Choose one of: {keys}."),
            key=key,
            keys=Listed(one.key for one in interventions()),
        )
    return found


def messages() -> list[str]:
    """Return the titles, which stand in a data file, for the catalogues."""
    return [one.title for one in interventions()]


def _read(row: dict[str, object]) -> Intervention:
    text = {name: str(row[name]) for name in ("key", "title", "category", "first", "shape", "grade")}
    lists = {name: _texts(row.get(name)) for name in ("flows", "known", "marks", "lead_in", "lead_out")}
    around = tuple(pd.Period(month, "M") for month in (*lists["lead_in"], *lists["lead_out"]))
    return Intervention(
        key=text["key"],
        title=text["title"],
        category=text["category"],
        first=pd.Period(text["first"], "M"),
        last=pd.Period(str(row["last"]), "M") if "last" in row else None,
        shape=Shape(text["shape"]),
        flows=tuple(Flow(flow) for flow in lists["flows"]),
        ramp_months=int(str(row.get("ramp_months", 1))),
        known=lists["known"],
        around=around,
        marks=lists["marks"],
        grade=text["grade"],
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def columns(one: Intervention, months: pd.PeriodIndex, *, seen: np.ndarray) -> dict[str, np.ndarray]:
    """Return the regressors of an intervention: `event` is its mean effect, others let the months differ.

    seen: which months hold a usable figure; only those can differ.
    """
    last = one.end(months)
    inside = np.asarray((months >= one.first) & (months <= last), dtype=float)
    if one.shape is Shape.RAMP:
        since = np.array([(month - one.first).n + 1 for month in months], dtype=float)
        return {MAIN: inside * np.clip(since / one.ramp_months, 0.0, 1.0)}
    free = months[(inside > 0) & seen]
    if one.shape is Shape.STEP or len(free) > MOST_MONTHS_FREE:
        return {MAIN: inside}
    extra = {f"{MAIN} {month}": _only(month, months) - _only(free[-1], months) for month in free[:-1]}
    return {MAIN: inside, **extra}


def _only(month: pd.Period, months: pd.PeriodIndex) -> np.ndarray:
    return np.asarray(months == month, dtype=float)


def known_columns(flow: str, months: pd.PeriodIndex, *, besides: pd.PeriodIndex) -> dict[str, np.ndarray]:
    """Return a dummy for every month of the flow's known shocks, except the months asked about."""
    wanted: dict[str, np.ndarray] = {}
    for one in interventions():
        if flow not in one.known:
            continue
        touched = [*pd.period_range(one.first, one.end(months), freq="M"), *one.around]
        for month in touched:
            if month in months and month not in besides:
                wanted[f"known {month}"] = _only(month, months)
    return wanted


def overlapping(one: Intervention, *, flow: Flow, months: pd.PeriodIndex) -> tuple[Intervention, ...]:
    """Return the other interventions of a flow that touch the same months and cannot be told apart from it."""
    asked = set(pd.period_range(one.first, one.end(months), freq="M"))
    found = []
    for other in interventions():
        touches_flow = flow in other.flows or flow is Flow.BOTH
        if other.key != one.key and touches_flow and other.last is not None and other.shape is not Shape.RAMP:
            theirs = {*pd.period_range(other.first, other.end(months), freq="M")}
            if asked & theirs and len(asked) <= 2 * len(theirs):
                found.append(other)
    return tuple(found)
