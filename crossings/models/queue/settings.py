"""What can be set in a hall: desks, gates, lanes, service times and opening hours, with ranges."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from crossings.errors import N_, CrossingsError, Listed
from crossings.models.arithmetic import is_number
from crossings.models.queue.flights import DAY_MINUTES, PARTNER, Flights
from crossings.models.queue.queue import Service
from crossings.plain_text import clock

TABLE = Path(__file__).with_name("halls.toml")
LARGEST_FILE = 1_000_000


class SettingWrong(CrossingsError):
    """A setting of the hall is unknown, of the wrong kind or out of its range."""


class DesksMissing(CrossingsError):
    """Passengers are sent where nobody serves them."""


class HallFileUnreadable(CrossingsError):
    """A hall file is not a JSON object of settings."""


@lru_cache(maxsize=1)
def records() -> Mapping[str, Any]:
    """Return halls.toml: `setting` by name (default, low, high, unit, grade, source) and the halls."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def _default(name: str) -> float:
    return float(records()["setting"][name]["default"])


@dataclass(frozen=True)
class Timetable:
    """What share of the desks and gates is open from each minute on; first minute 0, rising."""

    start: tuple[float, ...] = (0.0,)
    open_share: tuple[float, ...] = (1.0,)

    def times(self, servers: float, other: "Timetable | None" = None) -> Service:
        """Return so many servers by this timetable, and by another one on top if given.

        Closing at the end of the day means closing once nobody waits: a last share of zero is replaced
        by the last one above zero.
        """
        starts = np.unique(np.array(self.start + (other.start if other else ()), dtype=float))
        shares = self._at(starts) * (other._at(starts) if other else 1.0)
        open_places = np.flatnonzero(shares > 0)
        if len(open_places):
            shares[open_places[-1] + 1 :] = shares[open_places[-1]]
        return Service(start=starts, servers=servers * shares)

    def _at(self, minutes: np.ndarray) -> np.ndarray:
        place = np.searchsorted(np.array(self.start), minutes, side="right") - 1
        return np.array(self.open_share)[place]


@dataclass(frozen=True)
class Settings:
    """The hall's settings; defaults, ranges, units, grades and sources stand in halls.toml.

    desks: all staffed desks for foreigners; the dedicated and the pre-clearance desks are among them.
    desk_seconds, kiosk_seconds: at a desk, without and after a kiosk. kiosk_share: of those at ordinary
    desks, dedicated_kiosk_share: of those on the lane. gates: automated gates besides the desks.
    dedicated_use: share of the partner's nationals (not pre-cleared, not at gates) who may and do use
    the lane between dedicated_from and dedicated_to (minutes from midnight).
    opening: (minute, share of desks and gates open from then on), first minute 0.
    """

    desks: float
    desk_seconds: float = _default("desk_seconds")
    kiosk_share: float = _default("kiosk_share")
    kiosk_seconds: float = _default("kiosk_seconds")
    gates: float = _default("gates")
    gate_seconds: float = _default("gate_seconds")
    gate_share_partner: float = _default("gate_share_partner")
    gate_share_other: float = _default("gate_share_other")
    dedicated_desks: float = _default("dedicated_desks")
    dedicated_use: float = _default("dedicated_use")
    dedicated_kiosk_share: float = _default("dedicated_kiosk_share")
    dedicated_from: float = _default("dedicated_from")
    dedicated_to: float = _default("dedicated_to")
    precleared_share: float = _default("precleared_share")
    precleared_desks: float = _default("precleared_desks")
    precleared_seconds: float = _default("precleared_seconds")
    opening: tuple[tuple[float, float], ...] = ((0.0, 1.0),)

    @property
    def blended_seconds(self) -> float:
        """Seconds at an ordinary desk, kiosk users and others together."""
        return self.kiosk_share * self.kiosk_seconds + (1 - self.kiosk_share) * self.desk_seconds

    @property
    def dedicated_seconds(self) -> float:
        """Seconds at a dedicated desk, kiosk users and others together."""
        share = self.dedicated_kiosk_share
        return share * self.kiosk_seconds + (1 - share) * self.desk_seconds

    @property
    def timetable(self) -> Timetable:
        """The opening hours."""
        return Timetable(tuple(at for at, _ in self.opening), tuple(share for _, share in self.opening))

    def as_json(self) -> dict[str, object]:
        """Return the settings as plain values."""
        return asdict(self) | {"opening": [list(step) for step in self.opening]}


def settings_of(values: Mapping[str, object], *, base: Settings | None = None) -> Settings:
    """Return settings from plain values, the others as in `base`. Raises SettingWrong."""
    known = {field.name for field in fields(Settings)}
    for name in values:
        if name not in known:
            raise SettingWrong(
                N_("The hall has no setting {setting}. Choose one of: {known}."),
                setting=_shown(name),
                known=Listed(sorted(known)),
            )
    merged: dict[str, Any] = (asdict(base) if base else {}) | dict(values)
    if "desks" not in merged:
        raise SettingWrong(N_("The setting {setting} is missing. Enter a number."), setting="desks")
    if "opening" in values:
        merged["opening"] = _opening_of(values["opening"])
    settings = Settings(**merged)
    check_ranges(settings)
    return settings


def settings_from_json(text: str) -> dict[str, object]:
    """Read a hall file: a JSON object. Raises HallFileUnreadable."""
    if len(text) > LARGEST_FILE:
        raise _unreadable()
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        raise _unreadable() from None
    if not isinstance(values, dict):
        raise _unreadable()
    return values


def _unreadable() -> HallFileUnreadable:
    return HallFileUnreadable(
        N_(
            "The hall file cannot be read. Choose a JSON file below 1 MB with preset, settings, "
            "growth_percent or flights."
        )
    )


def _shown(value: object) -> str:
    return f"“{str(value)[:40]}”"


def _opening_of(value: object) -> tuple[tuple[float, float], ...]:
    steps = value if isinstance(value, list | tuple) else [value]
    pairs = [step for step in steps if isinstance(step, list | tuple) and len(step) == 2]
    if not steps or len(pairs) != len(steps) or not all(is_number(part) for pair in pairs for part in pair):
        raise _opening_wrong(value)
    return tuple((float(at), float(share)) for at, share in pairs)


def _opening_wrong(value: object) -> SettingWrong:
    return SettingWrong(
        N_(
            "The opening hours {value} cannot be used. Enter pairs of minute and share of desks open,"
            " in order from minute 0, with at least one share above 0."
        ),
        value=_shown(value),
    )


def check_ranges(settings: Settings) -> None:
    """Raise SettingWrong unless each setting is a number within its range and the opening hours rise."""
    for name, record in records()["setting"].items():
        value = getattr(settings, name)
        if not is_number(value):
            raise SettingWrong(
                N_("The setting {setting} must be a number (entered: {value})."),
                setting=name,
                value=_shown(value),
            )
        if not record["low"] <= value <= record["high"]:
            raise SettingWrong(
                N_("Enter a value from {low} to {high} for the setting {setting} (entered: {value})."),
                setting=name,
                low=record["low"],
                high=record["high"],
                value=f"{value:g}",
            )
    _check_opening(settings.opening)


def _check_opening(opening: tuple[tuple[float, float], ...]) -> None:
    minutes = [at for at, _ in opening]
    shares = [share for _, share in opening]
    rising = all(before < after for before, after in pairwise(minutes))
    inside = bool(minutes) and minutes[0] == 0 and minutes[-1] < DAY_MINUTES
    if not (rising and inside and all(0 <= share <= 1 for share in shares) and max(shares) > 0):
        raise _opening_wrong(opening)


def check(settings: Settings, flights: Flights) -> None:
    """Raise SettingWrong or DesksMissing unless everybody in the flights can be served."""
    check_ranges(settings)
    partners = PARTNER in flights.groups
    others = any(group != PARTNER for group in flights.groups)
    if settings.dedicated_from >= settings.dedicated_to:
        raise SettingWrong(
            N_(
                "The dedicated lane opens at {start} and closes at {end}. Set the closing time after the opening "
                "time."
            ),
            start=clock(settings.dedicated_from),
            end=clock(settings.dedicated_to),
        )
    to_gates = (partners and settings.gate_share_partner > 0) or (others and settings.gate_share_other > 0)
    if to_gates and not settings.gates:
        raise DesksMissing(
            N_("There are passengers for e-gates but the hall has none. Set at least one e-gate.")
        )
    if partners and settings.precleared_share > 0 and not settings.precleared_desks:
        raise DesksMissing(
            N_("There are pre-cleared passengers but no desk for them. Set at least one pre-clearance desk.")
        )
    ordinary = settings.desks - settings.dedicated_desks - settings.precleared_desks
    if ordinary < 1:
        raise DesksMissing(
            N_(
                "Of {desks} desks, {taken} are reserved for the dedicated lane or pre-clearance. Leave at"
                " least one for everybody."
            ),
            desks=f"{settings.desks:g}",
            taken=f"{settings.dedicated_desks + settings.precleared_desks:g}",
        )
