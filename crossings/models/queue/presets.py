"""Halls with known anchors, as data, and the factor that makes the model meet the anchor."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from crossings.errors import N_, CrossingsError, Listed
from crossings.models.queue.flights import DEFAULT_SPREAD, EVERYBODY, OTHER, PARTNER, Flights, flights_of
from crossings.models.queue.hall import HallDay, run_hall
from crossings.models.queue.measures import TARGET_MINUTES
from crossings.models.queue.settings import Settings, records

Metric = Literal["share_within_20_minutes", "mean_minutes", "max_minutes"]
Vary = Literal["passengers", "service"]

ASSUMPTION = "assumption"
SMALLEST, LARGEST = 1 / 64, 64.0


class HallUnknown(CrossingsError):
    """No hall has this key."""


class AnchorOutOfReach(CrossingsError):
    """No factor within reason makes the model meet the anchor."""


@dataclass(frozen=True)
class Anchor:
    """A figure the model is fitted to. value: minutes, or a share for share_within_20_minutes.

    grade: green, amber or red. source: keys of the sources table, or "assumption".
    """

    metric: Metric
    value: float
    period: str
    grade: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Seen:
    """Another published figure of the hall, shown beside the model and not fitted."""

    metric: str
    minutes: float
    period: str
    source: str


@dataclass(frozen=True)
class Fact:
    """A number of desks or kiosks with its grade and source."""

    value: float
    grade: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Lane:
    """The lane of June 2025: desks and kiosks (None where not published), minutes from midnight."""

    desks: float | None
    kiosks: float | None
    opens: float
    closes: float
    source: str


@dataclass(frozen=True, eq=False)
class Hall:
    """A hall as it stands in halls.toml; its flights are the assumed banks before scaling.

    name: English, translated where it is shown. country: ISO 3166-1 alpha-3 of the country that is entered.
    """

    key: str
    country: str
    airport: str
    name: str
    desks: Fact
    kiosks: Fact | None
    lane: Lane | None
    anchor: Anchor
    seen: tuple[Seen, ...]
    flights: Flights
    flights_grade: str
    flights_source: str

    @property
    def settings(self) -> Settings:
        """The hall as it was when the anchor was measured: staffed desks only."""
        return Settings(desks=self.desks.value)

    @property
    def lane_settings(self) -> Settings | None:
        """The hall with the lane of June 2025; None where its number of desks was not published."""
        if self.lane is None or self.lane.desks is None:
            return None
        return replace(
            self.settings,
            dedicated_desks=self.lane.desks,
            dedicated_from=self.lane.opens,
            dedicated_to=self.lane.closes,
        )


@dataclass(frozen=True, eq=False)
class Calibrated:
    """A hall whose assumed banks are scaled so that the model meets the anchor.

    factor: what passengers (or service seconds) were multiplied by. model_value: what the model then says.
    """

    hall: Hall
    flights: Flights
    settings: Settings
    factor: float
    model_value: float


def source_titles(keys: str) -> tuple[str, ...]:
    """Return the titles behind source keys joined by semicolons; empty for an assumption of this app."""
    if keys.startswith(ASSUMPTION):
        return ()
    return tuple(records()["source"][key.strip()]["title"] for key in keys.split(";"))


def messages() -> list[str]:
    """Return every text of the halls' table that a reader may see, once each, for the catalogues."""
    return list(dict.fromkeys(text for text in _texts() if text))


def _texts() -> Iterator[str]:
    for setting in records()["setting"].values():
        yield setting["label"]
        if setting["unit"] != "minutes from midnight":
            yield setting["unit"]
    yield from (source["title"] for source in records()["source"].values())
    for one in halls():
        yield from (one.name, one.desks.note, one.anchor.note, *(seen.metric for seen in one.seen))


@lru_cache(maxsize=1)
def halls() -> tuple[Hall, ...]:
    """Return all halls in the order of the table."""
    return tuple(_hall(record) for record in records()["hall"])


def hall(key: str) -> Hall:
    """Return one hall. Raises HallUnknown."""
    for one in halls():
        if one.key == key:
            return one
    raise HallUnknown(
        N_("There is no hall {hall}. Choose one of: {known}."),
        hall=f"“{key[:40]}”",
        known=Listed(one.key for one in halls()),
    )


@lru_cache(maxsize=32)
def calibrated(key: str) -> Calibrated:
    """Return a hall with its banks scaled to its anchor. Raises HallUnknown."""
    one = hall(key)
    factor = calibration_factor(one.flights, one.settings, anchor=one.anchor)
    flights = one.flights.scaled(factor)
    model = metric_value(run_hall(flights, one.settings), one.anchor.metric)
    return Calibrated(one, flights, one.settings, factor, model)


def metric_value(day: HallDay, metric: Metric) -> float:
    """Return one measure of everybody's day: minutes, or a share for share_within_20_minutes."""
    everybody = day.curve(EVERYBODY)
    if metric == "share_within_20_minutes":
        return everybody.share_within(TARGET_MINUTES)
    return everybody.mean if metric == "mean_minutes" else everybody.longest


def calibration_factor(
    flights: Flights, settings: Settings, *, anchor: Anchor, vary: Vary = "passengers"
) -> float:
    """Return the factor on passengers, or on all service seconds, at which the model meets the anchor.

    By bisection; the measure is monotone in the factor. Raises AnchorOutOfReach, SettingWrong, DesksMissing.
    """
    sign = -1.0 if anchor.metric == "share_within_20_minutes" else 1.0

    def excess(factor: float) -> float:
        day = run_hall(*_varied(flights, settings, factor, vary))
        return sign * (metric_value(day, anchor.metric) - anchor.value)

    low, high = _bracket(excess, anchor)
    for _ in range(60):
        middle = (low + high) / 2
        found = excess(middle)
        if abs(found) < 1e-7:
            return middle
        low, high = (low, middle) if found > 0 else (middle, high)
    return (low + high) / 2


def _bracket(excess: Callable[[float], float], anchor: Anchor) -> tuple[float, float]:
    factor = 1.0
    if excess(factor) > 0:
        while factor > SMALLEST:
            factor /= 2
            if excess(factor) <= 0:
                return factor, factor * 2
    else:
        while factor < LARGEST:
            factor *= 2
            if excess(factor) > 0:
                return factor / 2, factor
    raise AnchorOutOfReach(
        N_(
            "The model cannot be fitted to {value} for {metric}, even with passengers from 1/64 to 64"
            " times the table's. Enter another value or other flights."
        ),
        value=anchor.value,
        metric=anchor.metric,
    )


def _varied(flights: Flights, settings: Settings, factor: float, vary: Vary) -> tuple[Flights, Settings]:
    if vary == "passengers":
        return flights.scaled(factor), settings
    names = ("desk_seconds", "kiosk_seconds", "gate_seconds", "precleared_seconds")
    limits = records()["setting"]
    seconds = {name: min(getattr(settings, name) * factor, limits[name]["high"]) for name in names}
    return flights, replace(settings, **seconds)


def _hall(record: Mapping[str, Any]) -> Hall:
    lane = record.get("lane")
    return Hall(
        key=record["key"],
        country=record["country"],
        airport=record["airport"],
        name=record["name"],
        desks=Fact(**record["desks"]),
        kiosks=Fact(**record["kiosks"]) if "kiosks" in record else None,
        lane=Lane(lane.get("desks"), lane.get("kiosks"), lane["from"], lane["to"], lane["source"])
        if lane
        else None,
        anchor=Anchor(**record["anchor"]),
        seen=tuple(Seen(**one) for one in record.get("seen", ())),
        flights=_banks(record["banks"]),
        flights_grade=record["banks_grade"],
        flights_source=record["banks_source"],
    )


def _banks(banks: list[list[float]]) -> Flights:
    rows = [
        (first + place * gap, passengers, group, DEFAULT_SPREAD)
        for first, count, gap, partner, other in banks
        for place in range(int(count))
        for group, passengers in ((PARTNER, partner), (OTHER, other))
    ]
    return flights_of(
        [(float(minute), float(people), group, spread) for minute, people, group, spread in rows]
    )
