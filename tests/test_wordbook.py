"""The reading books: every sentence of the catalogues stands in them, with examples that follow from it."""

import re

import pytest

from crossings import wordbook
from crossings.language import Language

CODES = wordbook.WRITTEN


@pytest.mark.parametrize("code", CODES)
def test_the_committed_book_is_current(code: str) -> None:
    found = wordbook.faults(wordbook.place(code).read_text("utf-8"), code)
    assert found == [], "python -m crossings words --write"


@pytest.mark.parametrize("code", CODES)
def test_the_book_can_be_read_in_about_an_hour(code: str) -> None:
    """The text to be read, without the English behind it, is at most 1.6 times the catalogue's own."""
    book = wordbook.place(code).read_text("utf-8")
    read = re.sub(rf"{wordbook.ARROW}[^┃\n]*", "", book)
    assert len(read) < 1.6 * sum(len(entry.text) for entry in wordbook.entries(code))
    assert "****" not in book


@pytest.mark.parametrize("code", CODES)
def test_no_frame_stands_unfilled(code: str) -> None:
    shown = re.compile(rf"^- .*{wordbook.PLACE.pattern}.*{wordbook.ARROW}", flags=re.M)
    assert shown.findall(wordbook.place(code).read_text("utf-8")) == []


def test_an_entry_stands_filled_with_what_differs_below_it() -> None:
    language = wordbook.Listener("ko")
    frame = "{who}은(는) {status}"
    for who in ("방일 한국인", "방한 일본인", "JNTO"):
        language(frame, who=who, status="추정치")
    entry = wordbook.Entry(frame, "", frame, frame)
    assert list(wordbook.lines(entry, language)) == [
        f"- 방일 한국인은 추정치 ← {frame}",
        "  - JNTO는 추정치",
        "  - 방한 일본인은 / 추정치",
    ]


def test_a_changed_frame_makes_the_book_stale() -> None:
    code = CODES[0]
    book = wordbook.place(code).read_text("utf-8")
    entry = next(entry for entry in wordbook.entries(code) if entry.places)
    changed = book.replace(f"{wordbook.ARROW}{entry.heading}\n", f"…{wordbook.ARROW}{entry.heading}\n")
    assert any(entry.heading in fault for fault in wordbook.faults(changed, code))


def test_what_is_said_is_kept_three_times_at_most() -> None:
    language = wordbook.Listener("en")
    for number in range(9):
        language("{minutes} minutes", minutes=number)
    assert list(language.said["{minutes} minutes", ""]) == ["0 minutes", "1 minutes", "2 minutes"]
    assert language("{minutes} minutes", minutes=3) == Language("en")("{minutes} minutes", minutes=3)
