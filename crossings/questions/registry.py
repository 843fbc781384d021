"""The pages, each said in its package, and each page's question and view, loaded when they are needed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from crossings import questions
from crossings.errors import N_
from crossings.language import Language
from crossings.models.models import Models
from crossings.plain_text import half_letters
from crossings.questions.base.page import Page
from crossings.questions.base.question import LONGEST_VALUE, Question, unreadable
from crossings.questions.base.view import View

BRIEFING = Page("briefing", N_("Briefing"), N_("Which figures go into the report?"), place=90)


def _module(*names: str) -> ModuleType:
    return import_module(".".join((questions.__name__, *names)))


def _found() -> Iterator[Page]:
    """Yield the page of every package of this folder that has one."""
    for part in iter_modules(questions.__path__):
        page = part.ispkg and getattr(_module(part.name), "PAGE", None)
        if page:
            yield page


PAGES = tuple(sorted((BRIEFING, *_found()), key=lambda page: page.place))
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
    kind: type[Question] = getattr(_module(key, "question"), page.question)
    return kind.read(state)


def examples(key: str, models: Models) -> Iterator[Question]:
    """Yield questions that together show what a page can say."""
    yield from _module(key, "question").examples(models)


def view(question: Question, models: Models, language: Language) -> View:
    """Return the view of any question. Raises what its own models raise."""
    answer: Callable[[Any, Models, Language], View] = _module(question.page, "view").view
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
        if not isinstance(value, str) or len(value) > LONGEST_VALUE or half_letters(key + value):
            raise unreadable(str(key))
    return SavedQuestion(str(page), dict(state))
