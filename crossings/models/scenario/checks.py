"""Checks of single values that come from a file or a link, and the errors they raise."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crossings.errors import N_, CrossingsError, Listed
from crossings.models.arithmetic import is_number
from crossings.plain_text import entered, half_letters

LONGEST_NAME = 80
LONGEST_SHOWN = 40
FIRST_MONTH = pd.Period("2000-01", freq="M")
LAST_MONTH = pd.Period("2045-12", freq="M")


class ScenarioUnreadable(CrossingsError):
    """A scenario that is no scenario: not text, not JSON, too large, or of the wrong shape."""


class ScenarioVersion(CrossingsError):
    """A scenario written in a format that this version does not know."""


class LeverUnknown(CrossingsError):
    """A lever, part, preset, field or direction that does not exist."""


class LeverOutOfRange(CrossingsError):
    """A number or month outside its range."""


class LeverWrongType(CrossingsError):
    """A value of the wrong kind, such as text for a number."""


def finite_number(said: object, name: str) -> float:
    """Return a value as a float. Raises LeverWrongType for anything but a finite number."""
    if not is_number(said):
        raise LeverWrongType(N_("{name} must be a number (entered: {value})."), name=name, value=shown(said))
    return float(said)


def check_range(value: float, name: str, low: float, high: float) -> None:
    """Raise LeverOutOfRange unless low <= value <= high."""
    if not low <= value <= high:
        raise LeverOutOfRange(
            N_("{name} must be from {low} to {high} (entered: {value})."),
            name=name,
            value=tidy(value),
            low=tidy(low),
            high=tidy(high),
        )


def month_or_none(said: object, name: str) -> pd.Period | None:
    """Return YYYY-MM as a month, None where nothing is said. Raises LeverWrongType, LeverOutOfRange."""
    if said is None:
        return None
    if not isinstance(said, str) or not _is_month(said):
        raise LeverWrongType(
            N_("{name} must be a month such as 2027-01 (entered: {value})."), name=name, value=shown(said)
        )
    year = int(said[:4])
    if not FIRST_MONTH.year <= year <= LAST_MONTH.year:
        raise LeverOutOfRange(
            N_("{name} must be from {low} to {high} (entered: {value})."),
            name=name,
            value=said,
            low=FIRST_MONTH,
            high=LAST_MONTH,
        )
    return pd.Period(said, freq="M")


def _is_month(said: str) -> bool:
    digits = said[:4] + said[5:]
    shaped = len(said) == 7 and said[4] == "-" and digits.isascii() and digits.isdigit()
    return shaped and 1 <= int(said[5:]) <= 12


def text_or_none(said: object, name: str) -> str | None:
    """Return text as one short printable line, None where nothing is said. Raises LeverWrongType or TextRefused."""
    if said is None:
        return None
    if not isinstance(said, str):
        raise LeverWrongType(N_("{name} must be text (entered: {value})."), name=name, value=shown(said))
    printable = "".join(letter if letter.isprintable() or half_letters(letter) else " " for letter in said)
    return entered(" ".join(printable.split()), most=LONGEST_NAME, name=name)


def mapping(said: object, name: str) -> Mapping[str, Any]:
    """Return a group of named values. Raises LeverWrongType."""
    if not isinstance(said, Mapping):
        raise LeverWrongType(
            N_("{name} must be a set of named values (entered: {value})."), name=name, value=shown(said)
        )
    return said


def check_known(record: Mapping[str, Any], known: tuple[str, ...]) -> None:
    """Raise LeverUnknown for a field that does not exist."""
    for key in record:
        if key not in known:
            raise LeverUnknown(
                N_("A scenario has no field {name}. Fields: {known}."),
                name=shown(key),
                known=Listed(known),
            )


def shown(said: object) -> str:
    """Return a value as short text that any screen can print."""
    if isinstance(said, list | dict):
        return "[…]" if isinstance(said, list) else "{…}"
    if isinstance(said, int) and abs(said) > 10**LONGEST_SHOWN:
        return "∞"
    text = str(said).encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def tidy(value: float) -> float | int:
    """Return a whole number without its point."""
    return int(value) if float(value).is_integer() else value
