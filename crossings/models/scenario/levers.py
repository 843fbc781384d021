"""The levers, parameters and presets as typed records, read from the tables beside this file."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import pandas as pd

from crossings.models.scenario.priors import Prior, prior_from
from crossings.tables.flows import Flow

Group = Literal["simpler", "harder", "world"]
Grade = Literal["green", "amber", "red"]
PriorSet = Literal["note", "evidence"]
InBaseline = Literal["no", "partly", "yes"]
Mechanism = Literal[
    "wait",
    "pre-clearance",
    "forms",
    "kiosks",
    "no-wait",
    "exemption",
    "tax",
    "authorisation",
    "visa",
    "exchange",
    "seats",
    "seats-fixed",
    "shock",
]

PRIOR_SETS: tuple[PriorSet, ...] = ("note", "evidence")
FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Source:
    """Where a figure comes from. Titles of publications are not translated."""

    key: str
    title: str
    address: str = ""
    date: str = ""


@dataclass(frozen=True)
class Part:
    """A number of a lever that may be typed over: its range, unit and letter in a link."""

    key: str
    label: str
    unit: str
    letter: str
    minimum: float
    maximum: float


@dataclass(frozen=True)
class Parameter:
    """One assumption: a prior, its quality grade and its source keys in each set of priors."""

    key: str
    label: str
    unit: str
    impact: Grade
    priors: Mapping[PriorSet, Prior]
    quality: Mapping[PriorSet, Grade]
    sources: Mapping[PriorSet, tuple[str, ...]]


@dataclass(frozen=True)
class Lever:
    """One thing that can be changed.

    minimum, maximum, step, default, on: the value's range, slider step, off value and switched-on value
    in `unit`. ramp: parameter of the ramp, "" when it acts at once. start: month from which it acts
    unless a scenario says otherwise, None for the first projected month. parts: part to parameter key.
    profile: log change by month since the start (shocks). relieves: the lever an exemption cancels. in_force: in
    few words what of a measure that is partly in the baseline is in force, and what remains.
    """

    key: str
    group: Group
    mechanism: Mechanism
    directions: tuple[Flow, ...]
    label: str
    sentence: str
    unit: str
    minimum: float
    maximum: float
    step: float
    default: float
    on: float
    ramp: str
    start: pd.Period | None
    parts: Mapping[str, str]
    quality: Grade
    impact: Grade
    sources: tuple[str, ...]
    in_baseline: InBaseline
    baseline: str
    caveat: str
    relieves: str = ""
    in_force: str = ""
    profile: Mapping[Flow, tuple[float, ...]] = field(default_factory=dict)

    @property
    def is_switch(self) -> bool:
        return self.unit == "switch"


@dataclass(frozen=True)
class Preset:
    """A named scenario: lever key to value."""

    key: str
    name: str
    sentence: str
    values: Mapping[str, float]


def read(name: str) -> dict[str, Any]:
    """Return one table of the scenario model as plain values."""
    with (FOLDER / f"{name}.toml").open("rb") as source:
        return tomllib.load(source)


@lru_cache(maxsize=1)
def levers() -> Mapping[str, Lever]:
    """Return every lever by key, in the order in which effects are added up."""
    return MappingProxyType({row["key"]: _lever(row) for row in read("levers")["lever"]})


@lru_cache(maxsize=1)
def parts() -> Mapping[str, Part]:
    """Return every part by key."""
    return MappingProxyType({key: Part(key=key, **row) for key, row in read("levers")["part"].items()})


@lru_cache(maxsize=1)
def parameters() -> Mapping[str, Parameter]:
    """Return every parameter by key."""
    rows = read("parameters")["parameter"]
    return MappingProxyType({key: _parameter(key, row) for key, row in rows.items()})


@lru_cache(maxsize=1)
def sources() -> Mapping[str, Source]:
    """Return every source by key."""
    return MappingProxyType(
        {key: Source(key=key, **row) for key, row in read("parameters")["source"].items()}
    )


@lru_cache(maxsize=1)
def presets() -> Mapping[str, Preset]:
    """Return every preset by key, in the order in which they are offered."""
    return MappingProxyType({row["key"]: _preset(row) for row in read("presets")["preset"]})


def _lever(row: Mapping[str, Any]) -> Lever:
    start = row.get("start") or None
    typed = {
        "directions": tuple(Flow(flow) for flow in row["directions"]),
        "start": pd.Period(start, freq="M") if start else None,
        "parts": MappingProxyType(dict(row["parts"])),
        "sources": tuple(row["sources"]),
        "baseline": row.get("baseline", ""),
        "profile": MappingProxyType({Flow(f): tuple(v) for f, v in row.get("profile", {}).items()}),
    }
    return Lever(**{**row, **typed})


def _parameter(key: str, row: Mapping[str, Any]) -> Parameter:
    rows: dict[PriorSet, Mapping[str, Any]] = {
        "note": row["note"],
        "evidence": row.get("evidence", row["note"]),
    }
    return Parameter(
        key=key,
        label=row["label"],
        unit=row["unit"],
        impact=row["impact"],
        priors=MappingProxyType({name: prior_from(prior) for name, prior in rows.items()}),
        quality=MappingProxyType(
            {name: prior.get("quality", row["quality"]) for name, prior in rows.items()}
        ),
        sources=MappingProxyType(
            {name: tuple(prior.get("sources", row["sources"])) for name, prior in rows.items()}
        ),
    )


def _preset(row: Mapping[str, Any]) -> Preset:
    values = {key: float(value) for key, value in row["levers"].items()}
    return Preset(row["key"], row["name"], row["sentence"], MappingProxyType(values))


def messages() -> list[str]:
    """Return every text of the scenario's tables that a reader may see, once each, for the catalogues."""
    return list(dict.fromkeys(text for text in _texts() if text))


def _texts() -> Iterator[str]:
    for lever in levers().values():
        yield from (lever.label, lever.sentence, lever.unit, lever.baseline, lever.in_force, lever.caveat)
    for part in parts().values():
        yield from (part.label, part.unit)
    for parameter in parameters().values():
        yield from (parameter.label, parameter.unit)
    for preset in presets().values():
        yield from (preset.name, preset.sentence)
    yield from (source.title for source in sources().values())
    reality = read("reality")
    for check in reality["check"]:
        yield from (check["label"], check["modelled"], check["seen"], check["reading"])
    yield from reality["limits"]
