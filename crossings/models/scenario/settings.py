"""A scenario as the user sets it: levers, start months and numbers, to and from JSON and links."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from crossings.errors import N_, Listed
from crossings.models.scenario import snapshot as seen
from crossings.models.scenario.checks import (
    LeverOutOfRange,
    LeverUnknown,
    LeverWrongType,
    ScenarioUnreadable,
    ScenarioVersion,
    check_known,
    check_range,
    finite_number,
    mapping,
    month_or_none,
    shown,
    text_or_none,
    tidy,
)
from crossings.models.scenario.levers import Lever, Part, levers, parts, presets
from crossings.models.scenario.snapshot import Seen
from crossings.plain_text import entered
from crossings.tables.flows import Flow

__all__ = [
    "Choice",
    "Context",
    "LeverOutOfRange",
    "LeverUnknown",
    "LeverWrongType",
    "ScenarioUnreadable",
    "ScenarioVersion",
    "Seen",
    "Settings",
    "choice_as_plain",
    "context",
    "from_preset",
    "pinned",
    "settings_from_json",
    "settings_from_query",
    "settings_of",
    "started",
    "starting",
    "to_json",
    "to_query",
]

VERSION = 1
LARGEST_FILE = 100_000
LONGEST_RAMP = 60.0
BETWEEN_LEVERS = "_"
BETWEEN_FIELDS = "~"
CHOICE_FIELDS = ("value", "start", "end", "ramp_months", "directions", "parts")
SETTINGS_FIELDS = ("version", "name", "levers", "data_month", "model_version", "seen", "worth")
LINK_FIELDS = ("levers", "name", "data", "model", "saw")


@dataclass(frozen=True)
class Choice:
    """One lever as set.

    value: in the lever's unit, default off. start, end: first and last month it acts (None: the
    lever's own start; no end). ramp_months: typed over the prior, 0 acts at once. directions: those of
    the lever unless narrowed. parts: numbers typed over the priors, by part key.
    """

    lever: str
    value: float
    start: pd.Period | None = None
    end: pd.Period | None = None
    ramp_months: float | None = None
    directions: tuple[Flow, ...] = ()
    parts: tuple[tuple[str, float], ...] = ()

    @property
    def record(self) -> Lever:
        return levers()[self.lever]

    @property
    def active(self) -> bool:
        """Whether the lever is off its default."""
        return self.value != self.record.default

    @property
    def starts_when_set(self) -> bool:
        """Whether it is a procedure that is on and starts when its reader says: its lever names no month of its own."""
        return self.active and not self.record.start and self.record.group != "world"

    @property
    def acts_on(self) -> tuple[Flow, ...]:
        """The directions it acts on."""
        return self.directions or self.record.directions


@dataclass(frozen=True)
class Settings:
    """A scenario: a name, one Choice per lever that is set, in the levers' order.

    data_month, model_version, seen: what it was last computed with and what came out, for links and files;
    not part of the effect. worth: settings of benefits and costs as text by key, for files.
    """

    choices: tuple[Choice, ...] = ()
    name: str = ""
    data_month: pd.Period | None = None
    model_version: str | None = None
    seen: Seen | None = None
    worth: tuple[tuple[str, str], ...] = ()
    version: int = field(default=VERSION)

    @property
    def active(self) -> tuple[Choice, ...]:
        """The choices that do something."""
        return tuple(choice for choice in self.choices if choice.active)

    def choice(self, lever: str) -> Choice | None:
        """Return the choice for a lever, None where it is not set."""
        return next((choice for choice in self.choices if choice.lever == lever), None)


@dataclass(frozen=True)
class Context:
    """That a scenario was made with other data or another version: both, for the reader."""

    saved_data_month: pd.Period | None
    data_month: pd.Period
    saved_model_version: str | None
    model_version: str


def settings_of(values: Mapping[str, float], *, name: str = "") -> Settings:
    """Return settings from lever keys and values alone. Raises LeverUnknown, LeverOutOfRange."""
    return _settings({"version": VERSION, "name": name, "levers": dict(values)})


def from_preset(key: str) -> Settings:
    """Return a named scenario. Raises LeverUnknown."""
    if key not in presets():
        raise LeverUnknown(
            N_("There is no ready-made scenario {name}. Choose one of: {known}."),
            name=shown(key),
            known=Listed(presets()),
        )
    return settings_of(presets()[key].values, name=presets()[key].name)


def settings_from_json(text: str | bytes) -> Settings:
    """Read a scenario file.

    Raises ScenarioUnreadable, ScenarioVersion, LeverUnknown, LeverOutOfRange or LeverWrongType.
    """
    if len(text) > LARGEST_FILE:
        raise ScenarioUnreadable(
            N_(
                "This file is too large for a scenario ({size} kB, at most {largest} kB). Choose a file "
                "saved on the scenario page."
            ),
            size=len(text) // 1000,
            largest=LARGEST_FILE // 1000,
        )
    try:
        said = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        plain = json.loads(said, object_pairs_hook=_no_doubles)
    except (ValueError, RecursionError):
        raise ScenarioUnreadable(
            N_("This is not a scenario file. Choose a JSON file saved on the scenario page.")
        ) from None
    return _settings(plain)


def to_json(settings: Settings) -> str:
    """Return a scenario as JSON text; reading it back gives equal settings."""
    plain: dict[str, Any] = {"version": settings.version, "name": settings.name}
    if settings.data_month is not None:
        plain["data_month"] = str(settings.data_month)
    if settings.model_version is not None:
        plain["model_version"] = settings.model_version
    plain["levers"] = {choice.lever: choice_as_plain(choice) for choice in settings.choices}
    if settings.seen is not None:
        plain["seen"] = seen.as_plain(settings.seen)
    if settings.worth:
        plain["worth"] = dict(settings.worth)
    return json.dumps(plain, ensure_ascii=False, indent=2)


def choice_as_plain(choice: Choice) -> dict[str, Any]:
    """Return one choice as plain values, without what is not set."""
    plain: dict[str, Any] = {"value": tidy(choice.value)}
    if choice.start is not None:
        plain["start"] = str(choice.start)
    if choice.end is not None:
        plain["end"] = str(choice.end)
    if choice.ramp_months is not None:
        plain["ramp_months"] = tidy(choice.ramp_months)
    if choice.directions:
        plain["directions"] = [flow.value for flow in choice.directions]
    if choice.parts:
        plain["parts"] = {key: tidy(number) for key, number in choice.parts}
    return plain


def to_query(settings: Settings) -> dict[str, str]:
    """Return a scenario as short query parameters: levers, name, data, model, saw (those that are set)."""
    said = {
        "levers": BETWEEN_LEVERS.join(_choice_text(choice) for choice in settings.choices),
        "name": settings.name,
        "data": str(settings.data_month) if settings.data_month is not None else "",
        "model": settings.model_version or "",
        "saw": seen.as_text(settings.seen) if settings.seen is not None else "",
    }
    return {key: text for key, text in said.items() if text}


def settings_from_query(query: Mapping[str, str]) -> Settings:
    """Read a scenario from query parameters written by to_query; others are left alone.

    Raises ScenarioUnreadable, LeverUnknown, LeverOutOfRange or LeverWrongType.
    """
    text = query.get("levers", "")
    if sum(len(query.get(key, "")) for key in LINK_FIELDS) > LARGEST_FILE:
        raise ScenarioUnreadable(N_("This link is too long. Copy it again from the scenario page."))
    rows: dict[str, Any] = {}
    for field_text in text.split(BETWEEN_LEVERS) if text else []:
        key, row = _choice_row(field_text)
        if key in rows:
            raise ScenarioUnreadable(
                N_("The link contains the lever {lever} twice. Copy it again from the scenario page."),
                lever=shown(key),
            )
        rows[key] = row
    plain: dict[str, Any] = {"version": VERSION, "name": query.get("name", ""), "levers": rows}
    plain |= {"data_month": query["data"]} if query.get("data") else {}
    plain |= {"model_version": query["model"]} if query.get("model") else {}
    read = _settings(plain)
    return replace(read, seen=seen.from_text(query["saw"])) if query.get("saw") else read


def pinned(settings: Settings, *, first: pd.Period) -> Settings:
    """Return a scenario whose levers all name the month they start, `first` where nothing else is said.

    It means the same on another horizon, such as that of an earlier projection.
    """
    choices = (
        replace(choice, start=choice.start or choice.record.start or first) for choice in settings.choices
    )
    return replace(settings, choices=tuple(choices))


def starting(settings: Settings, *, first: pd.Period) -> Settings:
    """Return a scenario whose procedures start in a month, `first`, where neither it nor their lever names one.

    Levers of the world around keep the start of the horizon.
    """
    return replace(settings, choices=tuple(started(choice, first=first) for choice in settings.choices))


def started(choice: Choice, *, first: pd.Period) -> Choice:
    """Return a choice with a start, `first` where it acts on procedures and nothing else is said."""
    return replace(choice, start=first) if choice.starts_when_set and not choice.start else choice


def context(settings: Settings, *, data_month: pd.Period, model_version: str) -> Context | None:
    """Return both contexts where a scenario was made with other data or another version, else None."""
    other_data = settings.data_month is not None and settings.data_month != data_month
    other_model = settings.model_version is not None and settings.model_version != model_version
    if not (other_data or other_model):
        return None
    return Context(settings.data_month, data_month, settings.model_version, model_version)


def _settings(plain: object) -> Settings:
    record = mapping(plain, "scenario")
    _check_version(record.get("version", VERSION))
    check_known(record, SETTINGS_FIELDS)
    rows = mapping(record.get("levers", {}), "levers")
    unknown = [key for key in rows if key not in levers()]
    if unknown:
        raise LeverUnknown(
            N_("There is no lever {name}. Levers: {known}."),
            name=shown(unknown[0]),
            known=Listed(levers()),
        )
    return Settings(
        choices=tuple(_choice(lever, rows[key]) for key, lever in levers().items() if key in rows),
        name=text_or_none(record.get("name"), "name") or "",
        data_month=month_or_none(record.get("data_month"), "data_month"),
        model_version=text_or_none(record.get("model_version"), "model_version"),
        seen=None if record.get("seen") is None else seen.from_plain(record["seen"]),
        worth=tuple(_worth(mapping(record.get("worth", {}), "worth"))),
    )


def _worth(rows: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, text in rows.items():
        yield shown(key), entered(str(text), most=LARGEST_FILE, name=f"worth: {shown(key)}")


def _choice(lever: Lever, plain: object) -> Choice:
    row = mapping(plain if isinstance(plain, Mapping) else {"value": plain}, lever.key)
    check_known(row, CHOICE_FIELDS)
    start, end = (month_or_none(row.get(name), f"{lever.key}: {name}") for name in ("start", "end"))
    if start is not None and end is not None and end < start:
        raise LeverOutOfRange(
            N_("The lever {lever} ends ({end}) before it starts ({start})."),
            lever=lever.key,
            end=end,
            start=start,
        )
    return Choice(
        lever=lever.key,
        value=_value(lever, row.get("value", lever.on)),
        start=start,
        end=end,
        ramp_months=_ramp(lever, row.get("ramp_months")),
        directions=_directions(lever, row.get("directions")),
        parts=_typed_parts(lever, row.get("parts")),
    )


def _value(lever: Lever, said: object) -> float:
    if isinstance(said, bool) and lever.is_switch:
        return float(said)
    value = finite_number(said, lever.key)
    check_range(value, lever.key, lever.minimum, lever.maximum)
    if lever.is_switch and value not in (0.0, 1.0):
        raise LeverOutOfRange(
            N_("The lever {name} must be 0 (off) or 1 (on) (entered: {value})."), name=lever.key, value=value
        )
    return value


def _ramp(lever: Lever, said: object) -> float | None:
    if said is None:
        return None
    name = f"{lever.key}: ramp_months"
    if not lever.ramp:
        raise LeverUnknown(N_("The lever {lever} has no {name}."), lever=lever.key, name="ramp_months")
    months = finite_number(said, name)
    check_range(months, name, 0.0, LONGEST_RAMP)
    return months


def _directions(lever: Lever, said: object) -> tuple[Flow, ...]:
    if said is None:
        return ()
    if not isinstance(said, list) or not all(isinstance(flow, str) for flow in said):
        raise LeverWrongType(N_("{name} must be a list of directions."), name=f"{lever.key}: directions")
    known = {flow.value: flow for flow in lever.directions}
    unknown = [flow for flow in said if flow not in known]
    if unknown or not said:
        raise LeverUnknown(
            N_("The lever {lever} applies to {known}, not to {name}."),
            lever=lever.key,
            known=Listed(known),
            name=shown(unknown[0]) if unknown else "-",
        )
    narrowed = tuple(flow for flow in lever.directions if flow.value in said)
    return () if narrowed == lever.directions else narrowed


def _typed_parts(lever: Lever, said: object) -> tuple[tuple[str, float], ...]:
    rows = mapping({} if said is None else said, f"{lever.key}: parts")
    for key in rows:
        if key not in lever.parts:
            raise LeverUnknown(N_("The lever {lever} has no {name}."), lever=lever.key, name=shown(key))
    return tuple((key, _part(lever, parts()[key], rows[key])) for key in lever.parts if key in rows)


def _part(lever: Lever, part: Part, said: object) -> float:
    name = f"{lever.key}: {part.key}"
    value = finite_number(said, name)
    check_range(value, name, part.minimum, part.maximum)
    return value


def _check_version(said: object) -> None:
    if isinstance(said, bool) or said != VERSION:
        raise ScenarioVersion(
            N_(
                "This scenario has format version {value}; this app reads version {known}. Open it in the "
                "version of the app that saved it, or set it up again."
            ),
            value=shown(said),
            known=VERSION,
        )


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("a name stands twice")
    return record


def _choice_text(choice: Choice) -> str:
    letters = parts()
    fields = [choice.lever, repr(tidy(choice.value))]
    fields += [f"s{choice.start}"] if choice.start is not None else []
    fields += [f"e{choice.end}"] if choice.end is not None else []
    fields += [f"r{tidy(choice.ramp_months)!r}"] if choice.ramp_months is not None else []
    fields += [f"d{flow.value}" for flow in choice.directions]
    fields += [f"{letters[key].letter}{tidy(number)!r}" for key, number in choice.parts]
    return BETWEEN_FIELDS.join(fields)


def _choice_row(text: str) -> tuple[str, dict[str, Any]]:
    key, *fields = text.split(BETWEEN_FIELDS)
    row: dict[str, Any] = {}
    if fields:
        row["value"] = _read_number(fields[0], key)
    for said in fields[1:]:
        _read_field(row, key, said)
    return key, row


def _read_field(row: dict[str, Any], lever: str, said: str) -> None:
    by_letter = {part.letter: part.key for part in parts().values()}
    readers: dict[str, Callable[[str], None]] = {
        "s": lambda text: row.update(start=text),
        "e": lambda text: row.update(end=text),
        "r": lambda text: row.update(ramp_months=_read_number(text, lever)),
        "d": lambda text: row.setdefault("directions", []).append(text),
    }
    letter, text = said[:1], said[1:]
    if letter in readers:
        readers[letter](text)
    elif letter in by_letter:
        row.setdefault("parts", {})[by_letter[letter]] = _read_number(text, lever)
    else:
        raise LeverUnknown(N_("The lever {lever} has no {name}."), lever=shown(lever), name=shown(said))


def _read_number(text: str, lever: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise LeverWrongType(
            N_("{name} must be a number (entered: {value})."), name=shown(lever), value=shown(text)
        ) from None
