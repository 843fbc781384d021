"""A question as it was asked: a frozen record whose fields are written into addresses, lists and files as text."""

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar, Literal, NewType, Self, Union, get_args, get_origin, get_type_hints
from urllib.parse import urlencode

import pandas as pd

from crossings.errors import N_, CrossingsError
from crossings.tables import totals
from crossings.tables.months import MONTH_PATTERN

Mark = NewType("Mark", int)
Span = tuple[int, int]
FIRST_MARK = Mark(totals.FIRST_MARK)
FIRST_PAGE = "overview"
LOCAL_ADDRESS = "http://127.0.0.1:8501"
LONGEST_VALUE = 200_000
FIRST_YEAR, LAST_YEAR, LARGEST_WHOLE = 1900, 2100, 100_000


class QuestionUnreadable(CrossingsError):
    """A link or a collected figure names a page or a value that cannot be read."""


def unreadable(what: str) -> QuestionUnreadable:
    """Return the error that says which part of a question cannot be read."""
    return QuestionUnreadable(
        N_(
            "This figure cannot be made again: its record of “{what}” cannot be read. Add it anew from its page."
        ),
        what=what[:60],
    )


@dataclass(frozen=True)
class Codec:
    """How values of one type are written as text and read back; read raises ValueError."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def read_mark(text: str) -> Mark:
    """Return a mark in persons from its text in millions ("10", "13.5"). Raises ValueError."""
    persons = round(float(text) * 1e6)
    if not 0 < persons < 10**12:
        raise ValueError(text)
    return Mark(persons)


def write_mark(persons: int) -> str:
    """Return a mark as an address writes it, in millions."""
    return f"{persons / 1e6:.10g}"


def read_span(text: str) -> Span:
    """Return two years written 2015-2026. Raises ValueError."""
    first, _, last = text.partition("-")
    years = int(first), int(last)
    if not FIRST_YEAR <= years[0] <= years[1] <= LAST_YEAR:
        raise ValueError(text)
    return years


def read_month(text: str) -> pd.Period:
    """Return a month written YYYY-MM. Raises ValueError."""
    if not re.fullmatch(MONTH_PATTERN, text):
        raise ValueError(text)
    return pd.Period(text, "M")


def read_whole(text: str) -> int:
    """Return a whole number such as a year or a place in a list. Raises ValueError."""
    number = int(text)
    if abs(number) > LARGEST_WHOLE:
        raise ValueError(text)
    return number


MARK = Codec(write_mark, read_mark)
SPAN = Codec(lambda span: f"{span[0]}-{span[1]}", read_span)
MONTH = Codec(str, read_month)
SWITCH = Codec(lambda on: "on" if on else "off", lambda text: text == "on")
DAY = Codec(date.isoformat, date.fromisoformat)
WHOLE = Codec(str, read_whole)
TEXT = Codec(str, str)


def codec_of(kind: Any) -> Codec:
    """Return the codec of a field's type. Raises TypeError for a type that no address can hold."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        (inner,) = (part for part in get_args(kind) if part is not type(None))
        return codec_of(inner)
    if origin is Literal:
        codes = {str(code): code for code in get_args(kind)}
        return Codec(str, lambda text: _chosen(text, codes))
    if kind is Mark:
        return MARK
    if kind == Span:
        return SPAN
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Codec(lambda member: str(member.value), kind)
    plain = {bool: SWITCH, int: WHOLE, str: TEXT, pd.Period: MONTH, date: DAY}
    if kind not in plain:
        raise TypeError(kind)
    return plain[kind]


def _chosen(text: str, codes: Mapping[str, Any]) -> Any:
    if text not in codes:
        raise ValueError(text)
    return codes[text]


def asked(*, key: str = "", linked: bool = True, **settings: Any) -> Any:
    """Return a question's field. key: its name in an address, its own where empty. linked: whether links hold it."""
    return field(metadata={"key": key, "linked": linked}, **settings)


def key_of(part: "Field[Any]") -> str:
    """Return a field's name in an address."""
    return str(part.metadata.get("key") or part.name)


@lru_cache(maxsize=32)
def codecs(question: Any) -> Mapping[str, Codec]:
    """Return the codec of every field of a kind of question, by the field's name."""
    hints = get_type_hints(question)
    return {part.name: codec_of(hints[part.name]) for part in written_fields(question)}


def written_fields(question: Any) -> "tuple[Field[Any], ...]":
    """Return a question's fields that are written as one text each."""
    return tuple(part for part in fields(question) if part.metadata.get("text", True))


def _any(kind: Any) -> Any:
    return kind


@dataclass(frozen=True)
class Question:
    """What one page was asked. Subclasses name their page and add fields; see `asked` and `codec_of`."""

    page: ClassVar[str] = ""

    def state(self) -> dict[str, str]:
        """Return every value as text under its key; what is None is left out."""
        known = codecs(_any(type(self)))
        values = ((part, getattr(self, part.name)) for part in written_fields(self))
        return {key_of(part): known[part.name].write(value) for part, value in values if value is not None}

    @classmethod
    def read(cls, state: Mapping[str, str]) -> Self:
        """Return the question of a state. Raises QuestionUnreadable at what is missing or cannot be read."""
        known = codecs(_any(cls))
        values = {part.name: _value(part, state, known[part.name]) for part in written_fields(cls)}
        return cls(**{name: value for name, value in values.items() if value is not MISSING})

    def link(self, base: str, language: str) -> str:
        """Return the page's address with this state. base: the app's own address; language: a code."""
        path = "" if self.page == FIRST_PAGE else self.page
        return f"{base.rstrip('/')}/{path}?{urlencode({'lang': language, **self.linked_state()})}"

    def linked_state(self) -> dict[str, str]:
        """Return the values that a link holds, as text under their keys."""
        hidden = {key_of(part) for part in written_fields(self) if not part.metadata.get("linked", True)}
        return {key: value for key, value in self.state().items() if key not in hidden}


def _value(part: "Field[Any]", state: Mapping[str, str], codec: Codec) -> Any:
    key = key_of(part)
    if key not in state:
        if part.default is MISSING and part.default_factory is MISSING:
            raise unreadable(key)
        return MISSING
    try:
        return codec.read(state[key])
    except (ValueError, ArithmeticError, TypeError, KeyError):
        raise unreadable(key) from None
