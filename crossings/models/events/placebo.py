"""Placebo tests: the same estimate for months and origins in which the event did not happen, and the event's rank."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crossings.models.arithmetic import COARSE, expm1, leading, settled
from crossings.models.events.design import Material, flow_material, origin_material
from crossings.models.events.errors import HistoryQuestionError
from crossings.models.events.intervention import MONTHS_BEFORE, check, fit_with
from crossings.models.events.interventions import MAIN, Intervention, columns, known_columns
from crossings.models.events.regression import Fit
from crossings.tables.flows import Flow, Published

CHUNK = 24
SMALLEST_ORIGIN = 2000
OWN = "own"


@dataclass(frozen=True)
class Placebo:
    """One made-up event, or the event itself (kind "own").

    kind: "month" (the same flow in another month) or "origin" (other visitors to the same country in the same
    months). name: the month or the origin. effect: share. strength: effect on the log over its standard error.
    """

    kind: str
    name: str
    effect: float
    strength: float


@dataclass(frozen=True)
class Progress:
    """How far a placebo run has come; `new` are the results since the step before."""

    done: int
    total: int
    new: tuple[Placebo, ...]


@dataclass(frozen=True)
class Rank:
    """The event's place among the placebos of one kind: 1 is the strongest of `of`, the event included."""

    kind: str
    place: int
    of: int

    @property
    def share(self) -> float:
        """The share of estimates at least as strong: what chance alone would show so often."""
        return self.place / self.of


def placebos(
    published: Published, rates: pd.Series, *, flow: Flow, intervention: Intervention
) -> Iterator[Progress]:
    """Yield the event's own strength, then placebos over months and origins, in steps that can be stopped.

    Ratios of the variances are those of the flow without the event. Both ways has no other origins. Raises what
    `estimate` raises. Method: randomisation inference as in Abadie, Diamond and Hainmueller (2010).
    """
    material = flow_material(published, rates, flow=flow)
    check(material, intervention)
    base = fit_with(material, None)
    starts = list(placebo_months(material, intervention))
    chunks = [starts[place : place + CHUNK] for place in range(0, len(starts), CHUNK)]
    origins = candidates(
        published, flow=flow, first=intervention.first, last=intervention.end(material.months)
    )
    total = 1 + len(chunks) + len(origins)
    own = _strengths(material, base, [intervention])
    yield Progress(1, total, tuple(replace(one, kind=OWN) for one in own))
    for done, chunk in enumerate(chunks, start=2):
        moved = [_moved(intervention, to=month) for month in chunk]
        yield Progress(done, total, tuple(_strengths(material, base, moved)))
    for done, origin in enumerate(origins, start=2 + len(chunks)):
        yield Progress(done, total, tuple(_of_origin(published, origin, flow, intervention)))


def rank(rows: list[Placebo], *, kind: str) -> Rank | None:
    """Return the event's rank by strength among the placebos of a kind, or None where there are none."""
    own = next((row for row in rows if row.kind == OWN), None)
    others = [row for row in rows if row.kind == kind]
    if own is None or not others:
        return None
    stronger = sum(abs(row.strength) >= abs(own.strength) for row in others)
    return Rank(kind, 1 + stronger, 1 + len(others))


def placebo_months(material: Material, intervention: Intervention) -> Iterator[pd.Period]:
    """Yield the months in which a made-up event of the same length and shape can begin.

    The event's own months, known shocks and closed borders are avoided.
    """
    months, seen = material.months, material.logs.notna().to_numpy()
    usable = months[seen]
    shocks = known_columns(material.flow, usable, besides=usable[:0])
    shaken = {pd.Period(name.removeprefix("known "), "M") for name in shocks}
    own = set(pd.period_range(intervention.first, intervention.end(months), freq="M"))
    open_ended = intervention.last is None
    free = set(usable) - shaken - (set() if open_ended else own)
    length = 1 if open_ended else len(own)
    for month in usable:
        window = [month + step for step in range(length)]
        near = abs((month - intervention.first).n) < 12 if open_ended else False
        if month >= usable[0] + MONTHS_BEFORE and set(window) <= free and not near:
            yield month


def candidates(published: Published, *, flow: Flow, first: pd.Period, last: pd.Period) -> list[str]:
    """Return the other origins to the same country that are large enough and have every month needed."""
    if flow is Flow.BOTH:
        return []
    origin, destination = flow.value.split("-")
    table = published.visitors
    rows = table[(table["destination"] == destination) & ~table["origin"].isin([origin, "TOTAL"])]
    wide = rows.pivot(index="month", columns="origin", values="visitors")
    needed = wide.reindex(pd.period_range(first - MONTHS_BEFORE, last, freq="M"))
    before = needed.loc[: first - 1].mean()
    whole = needed.notna().all()
    return sorted(str(name) for name in wide.columns[whole & (before >= SMALLEST_ORIGIN)])


def _moved(intervention: Intervention, *, to: pd.Period) -> Intervention:
    last = None if intervention.last is None else intervention.last + (to - intervention.first).n
    return replace(intervention, first=to, last=last)


def _strengths(material: Material, base: Fit, events: list[Intervention]) -> list[Placebo]:
    """Return the strength of each event at the base fit's ratios, all columns filtered at once."""
    from threadpoolctl import threadpool_limits

    seen = material.logs.notna().to_numpy()
    sets = [columns(event, material.months, seen=seen) for event in events]
    stacked = np.column_stack([base.columns, *(np.column_stack(list(one.values())) for one in sets)])
    with threadpool_limits(1):
        white, _ = base.filter.innovations(stacked, base.best.ratios)
        given, found, start = white[:, 1 : 1 + base.columns.shape[1]], [], 1 + base.columns.shape[1]
        for event, one in zip(events, sets, strict=True):
            mine = white[:, start : start + len(one)]
            keep = _without_same(base, event)
            effect, error = _main_effect(white[:, 0], np.column_stack([mine, given[:, keep]]))
            found.append(Placebo("month", str(event.first), float(expm1(effect)), effect / error))
            start += len(one)
    return found


def _without_same(base: Fit, event: Intervention) -> np.ndarray:
    """Return which base regressors stay: known shocks in the event's own months give way to it."""
    last = event.first if event.last is None else event.last
    gone = (
        {f"known {month}" for month in pd.period_range(event.first, last, freq="M")} if event.last else set()
    )
    return np.array([name not in gone for name in base.names], dtype=bool)


def _main_effect(target: np.ndarray, given: np.ndarray) -> tuple[float, float]:
    effects, *_ = np.linalg.lstsq(given, target, rcond=None)
    rest = target - given @ effects
    variance = float(rest @ rest) / (len(target) - given.shape[1])
    error = np.sqrt(variance * np.linalg.inv(given.T @ given)[0, 0])
    return float(settled(effects, points=COARSE)[0]), float(leading(error))


def _of_origin(published: Published, origin: str, flow: Flow, intervention: Intervention) -> list[Placebo]:
    destination = flow.value.split("-")[1]
    try:
        material = origin_material(published, origin=origin, destination=destination)
        check(material, intervention)
        fitted = fit_with(material, intervention)
    except HistoryQuestionError:
        return []
    effect, error = fitted.effect(MAIN), fitted.error(MAIN)
    return [Placebo("origin", origin, float(expm1(effect)), effect / error)]
