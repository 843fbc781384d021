"""The models behind every page: one memory for all sessions, asked about the figures as they stand."""

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar

import pandas as pd

from crossings.errors import CrossingsError
from crossings.language import Language
from crossings.models.forecast import airline
from crossings.models.memory import Memory
from crossings.models.models import Models
from crossings.questions import registry
from crossings.questions.base import FIRST_MARK, Mark, Question, View
from crossings.tables import flows
from crossings.tables.flows import Flow
from ui import screen as st

T = TypeVar("T")


@st.cache_resource(show_spinner=False)
def _memory() -> Memory:
    return Memory(patient=True)


def weigh_again() -> None:
    """Weigh kept answers that may have grown; called once a page is drawn."""
    _memory().weigh_again()


def models() -> Models:
    """Return the models about the published figures, which are read again only when a file changed."""
    return Models(flows.load(), _memory())


def undecided_mark(flow: Flow, *, year: int, as_of: pd.Period | None = None) -> Mark:
    """Return the round mark to ask about in a year, persons; the first mark of all where the year cannot be answered."""
    try:
        return Mark(models().undecided_mark(flow=flow, year=year, as_of=as_of))
    except CrossingsError:
        return FIRST_MARK


@st.cache_resource(show_spinner=False)
def import_ahead() -> None:
    """Import statsmodels in the background, once a process, so that the first projection need not wait for it."""
    threading.Thread(target=airline.model_class, name="import-ahead", daemon=True).start()


def view(question: Question, language: Language) -> View:
    """Return a question's view, made once for all readers of a language."""
    known = models()
    key = (known.stamp, question, language.code)
    return known.memory.recall("view", key, lambda: registry.view(question, known, language))


def remembered(kind: str, key: Hashable, work_out: Callable[[], T]) -> T:
    """Return something made from the figures as they stand, made once for all sessions."""
    known = models()
    return known.memory.recall(kind, (known.stamp, key), work_out)
