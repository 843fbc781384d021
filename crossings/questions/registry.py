"""The pages, said once: key, group, title; and each page's question and view, loaded when they are needed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from crossings.errors import N_
from crossings.language import Language
from crossings.models.models import Models
from crossings.questions.base.question import LONGEST_VALUE, Question, unreadable
from crossings.questions.base.view import View


@dataclass(frozen=True)
class Page:
    """A page of the app.

    key: its address and the file pages/<key>.py. group and title: English, translated where they are shown.
    question: the class of its question in crossings.questions.<key>.question, empty where it has none.
    """

    key: str
    group: str
    title: str
    question: str = ""


PAGES = (
    Page("overview", N_("Current state"), N_("People-to-people exchange"), "OverviewQuestion"),
    Page("history", N_("Current state"), N_("Drivers of change"), "HistoryQuestion"),
    Page("milestone", N_("Outlook"), N_("Annual visitor forecast"), "MilestoneQuestion"),
    Page("track_record", N_("Outlook"), N_("Forecast accuracy"), "TrackRecordQuestion"),
    Page("scenario", N_("Scenarios"), N_("Procedure scenarios"), "ScenarioQuestion"),
    Page("worth", N_("Scenarios"), N_("Benefits and costs"), "WorthQuestion"),
    Page("border", N_("Scenarios"), N_("Immigration waiting times"), "BorderQuestion"),
    Page("abroad", N_("Abroad"), N_("Nationals abroad"), "AbroadQuestion"),
    Page("briefing", N_("Materials"), N_("Briefing")),
    Page("sources", N_("Materials"), N_("Data sources"), "SourcesQuestion"),
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
        if not isinstance(value, str) or len(value) > LONGEST_VALUE:
            raise unreadable(str(key))
    return SavedQuestion(str(page), dict(state))
