"""The list of figures somebody collects: what is in it, how it is changed, and its file."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from crossings.errors import N_, CrossingsError
from crossings.export.briefing import NO_FILING, Filing
from crossings.formats import A4, BY_FORMAT, PAPER_CHOICES
from crossings.language import LANGUAGES
from crossings.plain_text import entered, shown
from crossings.questions.registry import SavedQuestion, saved_question

VERSION = 1
MOST_ITEMS = 100
LONGEST_TITLE, LONGEST_NOTE = 400, 2000
LARGEST_FILE = 8_000_000


class DraftUnreadable(CrossingsError):
    """A file is not a list of collected figures."""


class ItemGone(CrossingsError):
    """A figure is not in the list any more."""


class DraftFull(CrossingsError):
    """No more figures fit into a list."""


@dataclass(frozen=True)
class Item:
    """One collected figure: how it was asked for, which of the page's figures, and the reader's words.

    title and note are empty where the figure's own title stands and nothing was remarked.
    """

    asked: SavedQuestion
    figure: str
    title: str = ""
    note: str = ""

    def same(self, other: "Item") -> bool:
        """Return whether both are the same figure in the same state."""
        return (self.asked, self.figure) == (other.asked, other.figure)


@dataclass(frozen=True)
class Draft:
    """The list, its title (empty: one is written from the figures), the files' language, paper and filing.

    with_month: whether the monthly summary comes first.
    """

    items: tuple[Item, ...] = ()
    title: str = ""
    language: str = ""
    paper: str = BY_FORMAT
    filing: Filing = NO_FILING
    with_month: bool = False

    def has(self, item: Item) -> bool:
        """Return whether a figure is in the list."""
        return any(item.same(one) for one in self.items)

    def added(self, item: Item) -> "Draft":
        """Return the list with a figure at its end, unless it is there already. Raises DraftFull."""
        if self.has(item):
            return self
        if len(self.items) >= MOST_ITEMS:
            raise DraftFull(
                N_("The briefing already holds {count} figures, the maximum. Remove one first."),
                count=MOST_ITEMS,
            )
        return replace(self, items=(*self.items, item))

    def at(self, item: Item, work: "Callable[[Draft, int], Draft]") -> "Draft":
        """Return the list changed at the place of a figure. Raises ItemGone where it was taken out meanwhile."""
        places = [place for place, one in enumerate(self.items) if one.same(item)]
        if not places:
            raise ItemGone(
                N_("This figure has already been removed from the list, for example in another tab.")
            )
        return work(self, places[0])

    def without(self, place: int) -> "Draft":
        """Return the list without one figure."""
        return replace(self, items=self.items[:place] + self.items[place + 1 :])

    def moved(self, place: int, by: int) -> "Draft":
        """Return the list with one figure moved up (-1) or down (1), as far as the list goes."""
        items = list(self.items)
        target = min(max(place + by, 0), len(items) - 1)
        items.insert(target, items.pop(place))
        return replace(self, items=tuple(items))

    def reworded(self, place: int, *, title: str, note: str) -> "Draft":
        """Return the list with one figure's title and note as given."""
        item = replace(self.items[place], title=title, note=note)
        return replace(self, items=(*self.items[:place], item, *self.items[place + 1 :]))

    def as_json(self) -> str:
        """Return the list as the text of its file."""
        plain = {
            "crossings_briefing": VERSION,
            "title": self.title,
            "language": self.language,
            "paper": self.paper,
            "filing": asdict(self.filing),
            "with_month": self.with_month,
            "items": [item_plain(item) for item in self.items],
        }
        return json.dumps(plain, ensure_ascii=False, indent=1)


def item_plain(item: Item) -> dict[str, Any]:
    """Return a collected figure as plain values."""
    return {
        "page": item.asked.page,
        "figure": item.figure,
        "state": dict(item.asked.state),
        "title": item.title,
        "note": item.note,
    }


def item_of(plain: Mapping[str, Any]) -> Item:
    """Return a collected figure from plain values. Raises QuestionUnreadable, DraftUnreadable or TextRefused."""
    figure, title, note = plain.get("figure"), plain.get("title", ""), plain.get("note", "")
    if not all(isinstance(text, str) for text in (figure, title, note)):
        raise _unreadable()
    asked = saved_question(plain.get("page"), plain.get("state"))
    words = (
        entered(str(title), most=LONGEST_TITLE, name="title"),
        entered(str(note), most=LONGEST_NOTE, name="note"),
    )
    return Item(asked, shown(str(figure)), *words)


def draft_of(data: str | bytes) -> Draft:
    """Read a list from its file. Raises DraftUnreadable, DraftFull, QuestionUnreadable or TextRefused."""
    try:
        if len(data) > LARGEST_FILE:
            raise ValueError("too large")
        plain = json.loads(data)
        if not isinstance(plain, dict) or plain["crossings_briefing"] != VERSION:
            raise ValueError("another version")
        rows, title = plain["items"], plain.get("title", "")
        if (
            not isinstance(rows, list)
            or not isinstance(title, str)
            or not all(isinstance(row, dict) for row in rows)
        ):
            raise ValueError("wrong type")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _unreadable() from None
    language, paper = plain.get("language", ""), plain.get("paper", A4)
    draft = Draft(
        title=entered(title, most=LONGEST_TITLE, name="title"),
        language=language if language in list(LANGUAGES) else "",
        paper=paper if paper in PAPER_CHOICES else A4,
        filing=_filing(plain.get("filing")),
        with_month=plain.get("with_month") is True,
    )
    for row in rows:
        draft = draft.added(item_of(row))
    return draft


def _filing(plain: Any) -> Filing:
    """Return what an office writes on a paper from plain values; what is no text or no switch is left out."""
    given = plain if isinstance(plain, dict) else {}
    values: dict[str, Any] = {}
    for part in fields(Filing):
        value = given.get(part.name)
        if isinstance(value, str) and isinstance(part.default, str):
            values[part.name] = entered(value, most=LONGEST_TITLE, name=part.name)
        elif isinstance(value, bool) and isinstance(part.default, bool):
            values[part.name] = value
    return Filing(**values)


def _unreadable() -> DraftUnreadable:
    return DraftUnreadable(
        N_("This is not a list of figures saved by this app. Choose a file saved with “Save the list”.")
    )
