"""The pages, said once: key and title; and each page's question and view, loaded when they are needed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from crossings.errors import N_
from crossings.language import Language
from crossings.models.models import Models
from crossings.plain_text import half_letters
from crossings.questions.base.question import LONGEST_VALUE, Question, unreadable
from crossings.questions.base.view import View


@dataclass(frozen=True)
class Page:
    """A page of the app.

    key: its address and the file pages/<key>.py. title and asks, the question it is likely opened with:
    English, translated where they are shown.
    question: the class of its question in crossings.questions.<key>.question, empty where it has none.
    """

    key: str
    title: str
    asks: str
    question: str = ""


PAGES = (
    Page(
        "overview",
        N_("People-to-people exchange"),
        N_("How many people travel between Korea and Japan, and how is that changing?"),
        "OverviewQuestion",
    ),
    Page(
        "history",
        N_("Drivers of change"),
        N_("How did events, holidays and the exchange rate change visitor numbers?"),
        "HistoryQuestion",
    ),
    Page(
        "milestone",
        N_("Annual visitor forecast"),
        N_("How many visitors will the year bring, and when is a threshold reached?"),
        "MilestoneQuestion",
    ),
    Page(
        "track_record",
        N_("Forecast accuracy"),
        N_("How accurate would such forecasts have been in the past?"),
        "TrackRecordQuestion",
    ),
    Page(
        "scenario",
        N_("Procedure scenarios"),
        N_("How would visitor numbers change if entry procedures changed?"),
        "ScenarioQuestion",
    ),
    Page(
        "worth",
        N_("Benefits and costs"),
        N_("What would simpler procedures be worth to each country, and what would they cost?"),
        "WorthQuestion",
    ),
    Page(
        "border",
        N_("Immigration waiting times"),
        N_("How long do foreign visitors wait at immigration, and what would shorten it?"),
        "BorderQuestion",
    ),
    Page(
        "abroad",
        N_("Nationals abroad"),
        N_("How many nationals stay in third countries and in the other country?"),
        "AbroadQuestion",
    ),
    Page("briefing", N_("Briefing"), N_("Which figures go into the report?")),
    Page(
        "sources",
        N_("Data sources"),
        N_("Where do the data come from, and how recent are they?"),
        "SourcesQuestion",
    ),
)
QUESTIONS = tuple(page.key for page in PAGES if page.question)


def page_of(key: str) -> Page:
    """Return a page by its key. Raises QuestionUnreadable."""
    for page in PAGES:
        if page.key == key:
            return page
    raise unreadable(key)


def page_name(key: str, language: Language) -> str:
    """Return a page's title in the reader's language."""
    title = page_of(key).title
    return language(title)


def question_of(key: str, state: Mapping[str, str]) -> Question:
    """Return the question of a page's state. Raises QuestionUnreadable and what the question's own parts raise."""
    page = page_of(key)
    if not page.question:
        raise unreadable(key)
    kind: type[Question] = getattr(import_module(f"crossings.questions.{key}.question"), page.question)
    return kind.read(state)


def view(question: Question, models: Models, language: Language) -> View:
    """Return the view of any question. Raises what its own models raise."""
    answer: Callable[[Any, Models, Language], View] = import_module(
        f"crossings.questions.{question.page}.view"
    ).view
    return answer(question, models, language)


@dataclass(frozen=True)
class SavedQuestion:
    """A question as text, as a list or a file keeps it; whether it can be read shows when it is asked."""

    page: str
    state: Mapping[str, str]

    def question(self) -> Question:
        """Return the question. Raises QuestionUnreadable."""
        return question_of(self.page, self.state)

    @classmethod
    def of(cls, question: Question) -> "SavedQuestion":
        """Return a question as text."""
        return cls(question.page, question.state())


def saved_question(page: object, state: object) -> SavedQuestion:
    """Return a saved question from plain values of a file. Raises QuestionUnreadable."""
    if page not in QUESTIONS:
        raise unreadable(str(page))
    if not isinstance(state, dict):
        raise unreadable("state")
    for key, value in state.items():
        if not isinstance(value, str) or len(value) > LONGEST_VALUE or half_letters(value):
            raise unreadable(str(key))
    return SavedQuestion(str(page), dict(state))
