"""The list of collected figures: kept in a file of the user's own, read anew at every run so that all tabs agree."""

import contextlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from crossings.briefing.draft import Draft, DraftUnreadable, Item, draft_of
from crossings.errors import N_, CrossingsError, system_fault
from crossings.language import Language
from crossings.questions.base import Question
from crossings.questions.registry import SavedQuestion
from crossings.tables import user_figures as added
from crossings.whole import one_at_a_time, put_aside, replace_file
from ui import screen as st
from ui import state

FILE = "briefing.json"


class DraftUnwritten(CrossingsError):
    """The file of collected figures cannot be written."""


def path() -> Path:
    """Return the file of collected figures, beside that of the added ones."""
    return added.path().with_name(FILE)


def draft() -> Draft:
    """Return the list. Raises DraftUnreadable or QuestionUnreadable where its file is damaged."""
    try:
        return _read(path().read_bytes())
    except FileNotFoundError:
        return Draft()
    except OSError:
        raise DraftUnreadable(
            N_("The list of selected figures cannot be read. Check the permissions of the file {file}."),
            file=path().name,
        ) from None


@lru_cache(maxsize=64)
def _read(data: bytes) -> Draft:
    """Return the list of a file's content; every figure of a page asks for it."""
    return draft_of(data)


def keep(changed: Draft) -> None:
    """Replace the list's file in one step. Raises DraftUnwritten."""
    try:
        replace_file(path(), changed.as_json())
    except OSError as fault:
        raise _unwritten(fault) from fault


def _unwritten(fault: OSError) -> DraftUnwritten:
    return DraftUnwritten(
        N_(
            "The list of selected figures could not be saved ({fault}). Free some space or check the "
            "folder's permissions."
        ),
        fault=system_fault(fault),
    )


def start_anew() -> None:
    """Put a damaged list aside, under a name of its own, and begin an empty one."""
    with contextlib.suppress(OSError):
        put_aside(path())


def change(work: Callable[[Draft], Draft]) -> None:
    """Change the list as it stands now, whoever changed it meanwhile; what could not be read again is not kept.

    Raises DraftUnreadable, DraftFull, DraftUnwritten or TextRefused.
    """
    try:
        with one_at_a_time(path()):
            keep(draft_of(work(draft()).as_json()))
    except OSError as fault:
        raise _unwritten(fault) from fault


def add(item: Item) -> None:
    """Add a figure to the list. Raises DraftUnreadable, DraftFull or DraftUnwritten."""
    change(lambda now: now.added(item))


def button(question: Question, figure: str, language: Language) -> None:
    """Draw the button that collects a figure in its exact state."""
    item = Item(SavedQuestion.of(question), figure)
    try:
        kept = draft().has(item)
    except CrossingsError:
        kept = False
    st.button(
        language("Added to the briefing") if kept else language("Add to briefing"),
        key=f"collect-{figure}",
        disabled=kept,
        on_click=state.safe(add),
        args=(item,),
        type="tertiary",
        help=language(
            "Adds this figure as shown; download slides, memos and workbooks on the page “Briefing”."
        ),
    )
