"""How a figure was asked for: its page and the exact state of the controls, as the page's address writes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

import pandas as pd

from crossings.errors import N_, CrossingsError
from crossings.tables.flows import Flow

PAGES = ("overview", "milestone", "track_record", "scenario", "border", "history", "abroad")
FIRST_PAGE = "overview"
BASE = "http://127.0.0.1:8501"
NOT_LINKED = ("settings", "flights", "compared")
LONGEST_VALUE = 200_000
Value = str | int | float | bool | pd.Period | tuple[int, int]


class RecipeUnreadable(CrossingsError):
    """A collected figure names a page or a state that cannot be read."""


def unreadable(what: str) -> RecipeUnreadable:
    """Return the error that says which part of a collected figure cannot be read."""
    return RecipeUnreadable(
        N_(
            "This figure cannot be made again: its record of “{what}” cannot be read. Add it anew from its page."
        ),
        what=what[:60],
    )


def written(value: Value) -> str:
    """Return a control's value as the page's address writes it."""
    if isinstance(value, StrEnum):
        return str(value.value)
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return f"{value[0]}-{value[1]}"
    return str(value)


def millions(persons: int) -> str:
    """Return a mark as the page's address writes it, in millions."""
    return f"{persons / 1e6:.10g}"


@dataclass(frozen=True)
class Recipe:
    """A page and the state it was in; every value as text, under the keys of the page's address."""

    page: str
    state: Mapping[str, str]

    def link(self, base: str, language: str) -> str:
        """Return the page's address with this state; base is the app's own address."""
        shown = {key: value for key, value in self.state.items() if key not in NOT_LINKED}
        path = "" if self.page == FIRST_PAGE else self.page
        return f"{base.rstrip('/')}/{path}?{urlencode({'lang': language, **shown})}"

    def text(self, key: str) -> str:
        """Return one value. Raises RecipeUnreadable where it is missing."""
        if key not in self.state:
            raise unreadable(key)
        return self.state[key]

    def flow(self) -> Flow:
        """Return the flow. Raises RecipeUnreadable."""
        try:
            return Flow(self.text("flow"))
        except ValueError:
            raise unreadable("flow") from None

    def month(self, key: str) -> pd.Period:
        """Return a month written YYYY-MM. Raises RecipeUnreadable."""
        try:
            return pd.Period(self.text(key), "M")
        except ValueError:
            raise unreadable(key) from None

    def whole(self, key: str) -> int:
        """Return a whole number. Raises RecipeUnreadable."""
        try:
            return int(self.text(key))
        except ValueError:
            raise unreadable(key) from None

    def mark(self) -> int:
        """Return the mark in persons. Raises RecipeUnreadable."""
        try:
            return round(float(self.text("mark")) * 1e6)
        except (ValueError, OverflowError):
            raise unreadable("mark") from None

    def switch(self, key: str) -> bool:
        """Return whether a switch is on; one that is not named is off."""
        return self.state.get(key) == "on"

    def span(self, key: str) -> tuple[int, int]:
        """Return two years written 2015-2026. Raises RecipeUnreadable."""
        first, _, last = self.text(key).partition("-")
        if not (first.isdecimal() and last.isdecimal()):
            raise unreadable(key)
        return int(first), int(last)


def recipe(page: str, /, *, mark: int | None = None, **values: Value | None) -> Recipe:
    """Return a recipe from a page's values; what is None is left out."""
    said = {key: written(value) for key, value in values.items() if value is not None}
    return Recipe(page, said | ({} if mark is None else {"mark": millions(mark)}))


def recipe_of(page: object, state: object) -> Recipe:
    """Return a recipe from plain values of a file. Raises RecipeUnreadable."""
    if page not in PAGES:
        raise unreadable(str(page))
    if not isinstance(state, dict):
        raise unreadable("state")
    for key, value in state.items():
        if not isinstance(value, str) or len(value) > LONGEST_VALUE:
            raise unreadable(str(key))
    return Recipe(str(page), dict(state))
