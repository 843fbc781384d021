"""What a page has shown in this run, for its foot: the question, the figures and the sources they name."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from crossings.briefing.draft import MOST_ITEMS, Draft, Item
from crossings.export import Figure
from crossings.language import Language
from crossings.questions.base import Question
from crossings.questions.registry import SavedQuestion
from ui import address, state

SHOWN = "shown_on_page"


@dataclass
class Shown:
    """The question of the page, the titles of its figures by source line, and the figures as a list to print.

    beside: values of the address that a link to the page holds beside those of its question.
    """

    question: Question | None = None
    beside: dict[str, str] = field(default_factory=dict)
    titles: dict[str, list[str]] = field(default_factory=dict)
    draft: Draft = field(default_factory=Draft)


def begin() -> None:
    """Begin a page: nothing is shown yet."""
    state.keep(SHOWN, Shown())


def present() -> Shown:
    """Return what the page has shown so far."""
    found: Shown = state.get(SHOWN) or state.keep(SHOWN, Shown())
    return found


def ask(question: Question, **beside: str) -> None:
    """Note the question that the page answers, and what a link to it holds besides."""
    present().question, present().beside = question, beside


def link(question: Question | None, language: Language) -> str:
    """Return a link to the page as it stands, with the question's whole state where it has one."""
    if question is None:
        return address.here()
    found, beside = question.link(address.app_address(), language.code), present().beside
    return f"{found}&{urlencode(beside)}" if beside else found


def note(figure: Figure, line: str, question: Question | None) -> None:
    """Note a figure with its source line. question: with which it can be made again, if it can."""
    here = present()
    titles = here.titles.setdefault(line, [])
    if figure.title not in titles:
        titles.append(figure.title)
    if question is not None and len(here.draft.items) < MOST_ITEMS:
        here.draft = here.draft.added(Item(SavedQuestion.of(question), figure.key))
