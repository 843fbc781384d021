"""The list of collected figures: kept in a file of the user's own, read anew at every run so that all tabs agree."""

import contextlib
import os
import tempfile
from pathlib import Path

import streamlit as st

from crossings import added
from crossings.briefing.draft import Draft, DraftUnreadable, Item, draft_of
from crossings.briefing.recipe import Recipe
from crossings.errors import N_, CrossingsError
from crossings.words import Language

FILE = "briefing.json"
FAULT = "basket_fault"


class DraftUnwritten(CrossingsError):
    """The file of collected figures cannot be written."""


def path() -> Path:
    """Return the file of collected figures, beside that of the added ones."""
    return added.path().with_name(FILE)


def draft() -> Draft:
    """Return the list. Raises DraftUnreadable or RecipeUnreadable where its file is damaged."""
    try:
        return draft_of(path().read_bytes())
    except FileNotFoundError:
        return Draft()
    except OSError:
        raise DraftUnreadable(
            N_("The list of collected figures cannot be read. Check the rights of the file {file}."),
            file=path().name,
        ) from None


def keep(changed: Draft) -> None:
    """Replace the list's file in one step. Raises DraftUnwritten."""
    place, text = path(), changed.as_json()
    written = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(written).replace(place)
    except OSError as fault:
        if written is not None:
            with contextlib.suppress(OSError):
                Path(written).unlink()
        raise DraftUnwritten(
            N_(
                "The list of collected figures could not be written ({fault}). Free some space or check the folder's "
                "rights."
            ),
            fault=fault.strerror or type(fault).__name__,
        ) from fault


def start_anew() -> None:
    """Put a damaged list aside, under a name of its own, and begin an empty one."""
    with contextlib.suppress(OSError):
        path().replace(path().with_suffix(".damaged.json"))


def add(item: Item) -> None:
    """Add a figure to the list; what hinders it is kept to be said on the page."""
    try:
        keep(draft().added(item))
    except CrossingsError as fault:
        st.session_state[FAULT] = fault


def say_fault(language: Language) -> None:
    """Say what hindered the last change of the list, once."""
    fault = st.session_state.pop(FAULT, None)
    if fault is not None:
        st.error(language.error(fault))


def button(recipe: Recipe, figure: str, language: Language) -> None:
    """Draw the button that collects a figure in its exact state."""
    t = language.text
    item = Item(recipe, figure)
    try:
        kept = draft().has(item)
    except CrossingsError:
        kept = False
    st.button(
        t("In the briefing") if kept else t("Add to briefing"),
        key=f"collect-{figure}",
        disabled=kept,
        on_click=add,
        args=(item,),
        type="tertiary",
        help=t(
            "Collects this figure as it stands; the Briefing page makes slides, documents and workbooks of it."
        ),
    )
