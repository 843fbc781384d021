"""A scenario as data for sentences: what is set, since when, and how sure it is. Its effect is elsewhere."""

from dataclasses import dataclass

import pandas as pd

from crossings.models.scenario.cost import Scene, spread
from crossings.models.scenario.levers import Grade, InBaseline, PriorSet, levers, parameters, parts, sources
from crossings.models.scenario.settings import Choice, Settings
from crossings.tables.flows import Flow


@dataclass(frozen=True)
class PartSaid:
    """One number of a lever: the value in use, in `unit`; typed is False where it is the prior's median."""

    key: str
    label: str
    unit: str
    value: float
    typed: bool


@dataclass(frozen=True)
class LeverSaid:
    """One lever of a scenario.

    start: first month it acts, end: last (None: no end). ramp_months: time scale in use, None when it
    acts at once; ramp_typed: whether the user typed it. sources: titles.
    """

    key: str
    label: str
    sentence: str
    group: str
    value: float
    unit: str
    directions: tuple[Flow, ...]
    start: pd.Period
    end: pd.Period | None
    ramp_months: float | None
    ramp_typed: bool
    parts: tuple[PartSaid, ...]
    quality: Grade
    impact: Grade
    in_baseline: InBaseline
    baseline: str
    in_force: str
    caveat: str
    sources: tuple[str, ...]


def description(
    settings: Settings, *, months: pd.PeriodIndex, priors: PriorSet = "evidence"
) -> tuple[LeverSaid, ...]:
    """Return what a scenario sets, lever by lever, for a horizon of months."""
    scene = Scene.of(settings, months)
    return tuple(_said(choice, scene, priors) for choice in scene.choices)


def _said(choice: Choice, scene: Scene, priors: PriorSet) -> LeverSaid:
    lever = choice.record
    ramp = spread(priors)[lever.ramp][1] if lever.ramp else None
    return LeverSaid(
        key=lever.key,
        label=lever.label,
        sentence=lever.sentence,
        group=lever.group,
        value=choice.value,
        unit=lever.unit,
        directions=choice.acts_on,
        start=scene.start(choice),
        end=choice.end,
        ramp_months=ramp if choice.ramp_months is None else choice.ramp_months,
        ramp_typed=choice.ramp_months is not None,
        parts=tuple(_part(choice, key, parameter, priors) for key, parameter in lever.parts.items()),
        quality=lever.quality,
        impact=lever.impact,
        in_baseline=lever.in_baseline,
        baseline=lever.baseline,
        in_force=lever.in_force,
        caveat=lever.caveat,
        sources=tuple(sources()[key].title for key in lever.sources),
    )


def _part(choice: Choice, key: str, parameter: str, priors: PriorSet) -> PartSaid:
    typed = dict(choice.parts)
    value = typed.get(key, spread(priors)[parameter][1])
    return PartSaid(key, parts()[key].label, parts()[key].unit, value, key in typed)


@dataclass(frozen=True)
class AssumptionSaid:
    """One assumption as the documents list it: 5th percentile, median, 95th, grades and sources (titles)."""

    key: str
    label: str
    unit: str
    low: float
    median: float
    high: float
    quality: Grade
    impact: Grade
    sources: tuple[str, ...]


def in_use(settings: Settings, priors: PriorSet = "evidence") -> tuple[AssumptionSaid, ...]:
    """Return the assumptions that a scenario rests on: not those of other levers alone, nor what the user replaced."""
    chosen = {choice.lever for choice in settings.active}
    named = {True: set[str](), False: set[str]()}
    for key, lever in levers().items():
        named[key in chosen] |= set(lever.parts.values())
    typed, kept = set[str](), set[str]()
    for choice in settings.active:
        replaced = {choice.record.parts[part] for part, _ in choice.parts}
        typed |= replaced
        kept |= set(choice.record.parts.values()) - replaced
        if choice.record.ramp:
            (kept if choice.ramp_months is None else typed).add(choice.record.ramp)
    idle = (named[False] - named[True]) | (typed - kept)
    return tuple(one for one in assumptions(priors) if one.key not in idle)


def assumptions(priors: PriorSet = "evidence") -> tuple[AssumptionSaid, ...]:
    """Return every assumption of a set of priors."""
    return tuple(
        AssumptionSaid(
            key=key,
            label=record.label,
            unit=record.unit,
            low=low,
            median=median,
            high=high,
            quality=record.quality[priors],
            impact=record.impact,
            sources=tuple(sources()[source].title for source in record.sources[priors]),
        )
        for (key, record), (low, median, high) in zip(
            parameters().items(), spread(priors).values(), strict=True
        )
    )
