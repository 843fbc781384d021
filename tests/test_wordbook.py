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
def test_every_frame_has_three_examples_or_as_many_as_it_can_have(code: str) -> None:
    frames = wordbook.place(code).read_text("utf-8").partition(f"\n## {wordbook.FIXED}\n")[0]
    blocks = re.split(r"^\*\*.*\*\*  $", frames, flags=re.M)[1:]
    assert len(blocks) == sum(bool(entry.places) for entry in wordbook.entries(code))
    counts = [block.count("\n- ") for block in blocks]
    assert min(counts) >= 1
    assert sum(count == wordbook.EXAMPLES for count in counts) > 0.9 * len(counts)


def test_a_changed_frame_makes_the_book_stale() -> None:
    code = CODES[0]
    book = wordbook.place(code).read_text("utf-8")
    entry = next(entry for entry in wordbook.entries(code) if entry.places)
    assert any(entry.heading in fault for fault in wordbook.faults(book.replace(entry.text, "…", 1), code))


def test_what_is_said_is_kept_three_times_at_most() -> None:
    language = wordbook.Listener("en")
    for number in range(9):
        language("{minutes} minutes", minutes=number)
    assert language.said["{minutes} minutes", ""] == ["0 minutes", "1 minutes", "2 minutes"]
    assert language("{minutes} minutes", minutes=3) == Language("en")("{minutes} minutes", minutes=3)
