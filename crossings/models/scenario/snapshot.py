"""The numbers that a scenario's maker saw, which travel with it in a link or a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crossings.errors import N_, Listed
from crossings.models.scenario.checks import (
    FIRST_MONTH,
    LAST_MONTH,
    LeverOutOfRange,
    LeverUnknown,
    LeverWrongType,
    ScenarioUnreadable,
    check_range,
    finite_number,
    mapping,
    shown,
    tidy,
)
from crossings.models.scenario.levers import PRIOR_SETS, PriorSet
from crossings.tables.flows import DIRECTIONS, Flow

BETWEEN = "_"
MOST_VISITORS = 10**9
DIGITS = 4
WHOLE = ("year", "mark", "effect_year")
EARLIER_NUMBERS = 8  # of a link without a level
CHANCES = ("baseline_probability", "scenario_probability")
LEVEL, EARLIER_LEVEL = 80, 90  # per cent that an interval holds; 90 in scenarios kept by versions up to 1.0
QUANTILES = {LEVEL: ("median", "p10", "p90"), EARLIER_LEVEL: ("median", "p5", "p95")}


@dataclass(frozen=True)
class Seen:
    """What a scenario's maker saw.

    flow, year, mark, priors: the question asked. effect_year: the year of the extra visitors. extra:
    median of extra visitors and the ends of their interval by direction, in the order of DIRECTIONS.
    baseline_probability, scenario_probability: shares of the futures that pass the mark. level: of the
    intervals, in per cent.
    """

    flow: Flow
    year: int
    mark: int
    priors: PriorSet
    effect_year: int
    extra: tuple[tuple[float, float, float], ...]
    baseline_probability: float
    scenario_probability: float
    level: int = LEVEL


def as_plain(seen: Seen) -> dict[str, Any]:
    """Return the numbers as plain values for a file."""
    return {
        "flow": seen.flow.value,
        "year": seen.year,
        "mark": seen.mark,
        "priors": seen.priors,
        "effect_year": seen.effect_year,
        "extra_visitors": {
            flow.value: dict(zip(QUANTILES[seen.level], map(tidy, row), strict=True))
            for flow, row in zip(DIRECTIONS, seen.extra, strict=True)
        },
        "baseline_probability": seen.baseline_probability,
        "scenario_probability": seen.scenario_probability,
    }


def from_plain(said: object) -> Seen:
    """Read the numbers of a file. Raises LeverUnknown, LeverOutOfRange or LeverWrongType."""
    record = mapping(said, "seen")
    flow = _one_of(record, "flow", tuple(flow.value for flow in Flow))
    priors: PriorSet = "note" if _one_of(record, "priors", PRIOR_SETS) == "note" else "evidence"
    year, mark, effect_year = (_whole(record, name) for name in WHOLE)
    before, after = (_chance(record, name) for name in CHANCES)
    extra, level = _extra(record)
    return Seen(Flow(flow), year, mark, priors, effect_year, extra, before, after, level)


def _one_of(record: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str:
    said = record.get(name)
    if not isinstance(said, str) or said not in known:
        raise LeverUnknown(
            N_("{name} must be one of: {known} (entered: {value})."),
            name=f"seen: {name}",
            value=shown(said),
            known=Listed(known),
        )
    return said


def _whole(record: Mapping[str, Any], name: str) -> int:
    value = finite_number(record.get(name), f"seen: {name}")
    low, high = (1, MOST_VISITORS) if name == "mark" else (FIRST_MONTH.year, LAST_MONTH.year)
    check_range(value, f"seen: {name}", low, high)
    if value != int(value):
        raise LeverWrongType(
            N_("{name} must be a number (entered: {value})."), name=f"seen: {name}", value=value
        )
    return int(value)


def _chance(record: Mapping[str, Any], name: str) -> float:
    value = finite_number(record.get(name), f"seen: {name}")
    check_range(value, f"seen: {name}", 0.0, 1.0)
    return value


def _extra(record: Mapping[str, Any]) -> tuple[tuple[tuple[float, float, float], ...], int]:
    """Return the extra visitors by direction, and the level that the names of their ends stand for."""
    by_flow = mapping(record.get("extra_visitors"), "seen: extra_visitors")
    rows, level = [], LEVEL
    for flow in DIRECTIONS:
        name = f"seen: extra_visitors: {flow.value}"
        row = mapping(by_flow.get(flow.value), name)
        level = EARLIER_LEVEL if "p5" in row else LEVEL
        median, low, high = (finite_number(row.get(key), f"{name}: {key}") for key in QUANTILES[level])
        for value in (median, low, high):
            check_range(value, name, -MOST_VISITORS, MOST_VISITORS)
        rows.append((median, low, high))
    return tuple(rows), level


def as_text(seen: Seen) -> str:
    """Return the numbers as one short field of a link."""
    question = (seen.flow.value, seen.year, seen.mark, seen.priors, seen.effect_year)
    chances = (round(seen.baseline_probability, DIGITS), round(seen.scenario_probability, DIGITS))
    extra = (round(value) for row in seen.extra for value in row)
    return BETWEEN.join(str(part) for part in (*question, *extra, *chances, seen.level))


def from_text(text: str) -> Seen:
    """Read the numbers of a link. Raises ScenarioUnreadable."""
    try:
        flow, year, mark, priors, effect_year, *rest = text.split(BETWEEN)
        numbers = [float(part) for part in rest]
        extra = dict(zip(DIRECTIONS, (numbers[:3], numbers[3:6]), strict=True))
        names = QUANTILES[int(rest[8]) if len(rest) > EARLIER_NUMBERS else EARLIER_LEVEL]
        plain = {
            "flow": flow,
            "year": int(year),
            "mark": int(mark),
            "priors": priors,
            "effect_year": int(effect_year),
            "extra_visitors": {key: dict(zip(names, row, strict=True)) for key, row in extra.items()},
            **dict(zip(CHANCES, numbers[6:EARLIER_NUMBERS], strict=True)),
        }
        return from_plain(plain)
    except (KeyError, ValueError, LeverUnknown, LeverOutOfRange, LeverWrongType):
        raise ScenarioUnreadable(
            N_("The numbers in this link cannot be read. Copy it again from the scenario page.")
        ) from None
