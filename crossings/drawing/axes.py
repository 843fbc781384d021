"""Axes that speak the reader's language: counts in 만, 万 or millions, months by their names."""

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from crossings.language import Language
from crossings.language.language import rounding_step
from crossings.plain_text import clock

NO_AXIS: dict[str, Any] = {"labels": False, "grid": False, "title": None}
THIN_OUT: dict[str, Any] = {"labelOverlap": "parity", "labelSeparation": 4}
NICE_STEPS = (1, 2, 2.5, 5, 10)


def ticks(low: float, high: float, *, count: int = 5) -> list[float]:
    """Return evenly spaced round values, about `count`, that enclose [low, high]."""
    span = max(high - low, 1e-12)
    size = 10 ** math.floor(math.log10(span / count))
    step = next(nice * size for nice in NICE_STEPS if nice * size * count >= span * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]


def inside(values: Sequence[float], low: float, high: float) -> list[float]:
    """Return the ticks that lie within [low, high]."""
    return [value for value in values if low <= value <= high]


def short_count(persons: float, language: Language, *, step: float | None = None) -> str:
    """Return a count in the axis's unit without the unit's noun: 1,311만, 1,311万, 13.1.

    step: the distance in persons that the decimals must tell apart; None rounds for a label.
    """
    if not persons:
        return "0"
    if not language.conventions.by_myriads:
        digits = (
            min(_decimals(step / 1e6), _decimals(persons / 1e6))
            if step
            else (1 if abs(persons) >= 1e6 else 2)
        )
        return language.number(persons / 1e6, digits=digits)
    digits = _decimals(step / 1e4) if step else (0 if abs(persons) >= 1e5 else 1)
    return language.number(persons / 1e4, digits=digits) + language.conventions.large_word


def _decimals(step: float) -> int:
    return next(
        (digits for digits in range(4) if abs(step * 10**digits - round(step * 10**digits)) < 1e-6), 4
    )


def count_labels(values: Sequence[float], language: Language) -> list[str]:
    """Return the labels of a count axis; the topmost carries the unit."""
    step = values[1] - values[0] if len(values) > 1 else None
    if max(map(abs, values)) < 100_000:
        plain = [language.number(value) for value in values]
        return [*plain[:-1], language.people(values[-1])]
    labels = [short_count(value, language, step=step) for value in values]
    return [*labels[:-1], with_unit(labels[-1], language)]


def with_unit(label: str, language: Language) -> str:
    """Return a short count with its unit: 14 million, 1,400만 명, 1,400万人."""
    spoken = language.conventions
    return label + spoken.large_persons.removeprefix(spoken.large_word)


def label_expression(labels: dict[float, str | list[str]]) -> str:
    """Return a Vega expression that writes each tick's label as worked out in Python."""
    said = json.dumps(list(labels.values()), ensure_ascii=False)
    return f"{said}[indexof({json.dumps(list(labels))}, datum.value)]"


def labelled_axis(labels: dict[float, str | list[str]], **settings: Any) -> dict[str, Any]:
    """Return an axis with exactly these ticks and labels."""
    return {"values": list(labels), "labelExpr": label_expression(labels), "title": None} | settings


def count_axis(values: Sequence[float], language: Language, **settings: Any) -> dict[str, Any]:
    """Return an axis of persons."""
    return labelled_axis(dict(zip(values, count_labels(values, language), strict=True)), **settings)


def share_axis(
    values: Sequence[float], language: Language, *, signed: bool = False, **settings: Any
) -> dict[str, Any]:
    """Return an axis of shares, written as per cent."""
    digits = _decimals((values[1] - values[0]) * 100) if len(values) > 1 else 0
    said = [language.percent(value, digits=digits, signed=signed) for value in values]
    labels: dict[float, str | list[str]] = dict(zip(values, said, strict=True))
    return labelled_axis(labels, **settings)


def month_axis(months: Iterable[int], language: Language, **settings: Any) -> dict[str, Any]:
    """Return an axis of the months of a year, 1 to 12."""
    labels: dict[float, str | list[str]] = {float(month): language.month_short(month) for month in months}
    return labelled_axis(labels, **THIN_OUT | settings)


def place(month: pd.Period) -> float:
    """Return where a month stands on an axis of months: months since year 0."""
    return float(month.year * 12 + month.month - 1)


def calendar_axis(first: pd.Period, last: pd.Period, language: Language, **settings: Any) -> dict[str, Any]:
    """Return an axis over months: years where it is long, quarters and years where it is short."""
    months = pd.period_range(first, last, freq="M")
    if len(months) > 40:
        every = max(1, round(len(months) / 12 / 8))
        januaries = [m for m in months if m.month == 1 and (last.year - m.year) % every == 0]
        return labelled_axis(
            {place(m): str(m.year) for m in januaries}, **THIN_OUT | {"ticks": True} | settings
        )
    labels: dict[float, str | list[str]] = {}
    for month in _thinned(months):
        short = language.month_short(month.month)
        labels[place(month)] = (
            [short, language.year(month.year)] if not labels or month.month == 1 else [short]
        )
    return labelled_axis(labels, **THIN_OUT | settings)


def _thinned(months: pd.PeriodIndex) -> list[pd.Period]:
    """Return the months to name, a January first, so that thinning out by halves keeps the Januaries."""
    januaries = [month for month in months if month.month == 1]
    if len(months) <= 12 or not januaries:
        return list(months)
    every = 3 if len(months) <= 24 else 6
    return [month for month in months if month >= januaries[0] and (month.month - 1) % every == 0]


def effect(persons: float, language: Language) -> str:
    """Return a signed number of persons a year as sentences round it: +166,000, +16.6만 명, −3.5万人."""
    if round(persons) == 0:
        return "0"
    if not language.conventions.by_myriads or abs(persons) < 1e4:
        return language.people_about(persons, signed=True)
    return _sign(persons) + _in_myriads(abs(persons), abs(persons), language)


def effects(values: Sequence[float], language: Language, *, largest: float) -> list[str]:
    """Return signed numbers of persons read against each other and a largest, rounded alike and in one unit."""
    if largest < 1e4:
        return [effect(value, language) for value in values]
    return [_beside(value, largest, language) for value in values]


def _beside(persons: float, largest: float, language: Language) -> str:
    step = rounding_step(largest)
    size = round(abs(persons) / step) * step
    if not size:
        return effect(persons, language)
    in_unit = language.conventions.by_myriads
    return _sign(persons) + (_in_myriads(size, largest, language) if in_unit else language.people(size))


def _in_myriads(persons: float, largest: float, language: Language) -> str:
    return language.number(persons / 1e4, digits=int(largest < 1e6)) + language.conventions.large_persons


def _sign(value: float) -> str:
    return "+" if value > 0 else "−" if value < 0 else ""


def effect_labels(values: Sequence[float], language: Language) -> list[str]:
    """Return the labels of an axis of signed persons; the last carries the unit."""
    step = values[1] - values[0] if len(values) > 1 else None
    if max(map(abs, values)) < 100_000 and not language.conventions.by_myriads:
        return [_sign(value) + language.people(abs(value)) for value in values]
    small = max(map(abs, values)) < 10_000
    sizes = [
        language.number(abs(value)) if small else short_count(abs(value), language, step=step)
        for value in values
    ]
    labels = [_sign(value) + size for value, size in zip(values, sizes, strict=True)]
    return [*labels[:-1], with_unit(labels[-1], language)]


def effect_share(share: float, language: Language) -> str:
    """Return a signed share as per cent, with two decimals while it is under one per cent."""
    return language.percent(share, digits=2 if abs(share) < 0.01 else 1, signed=True)


def clock_axis(first: float, last: float, **settings: Any) -> dict[str, Any]:
    """Return an axis over the minutes of a day with round hours, or of a longer time with whole days."""
    span = last - first
    days = 1440 * math.ceil(span / 1440 / 7)
    step = next((step for step in (15, 30, 60, 120, 180, 240, 720) if span / step <= 7), days)
    start = math.ceil(first / step) * step
    labels: dict[float, str | list[str]] = {
        float(minute): clock(minute) for minute in range(start, int(last) + 1, step)
    }
    return labelled_axis(labels, **THIN_OUT | settings)
