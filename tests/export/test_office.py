"""Office files as another program draws them: the expected words, and no boxes in place of letters."""

import re
from functools import lru_cache
from pathlib import Path

import pytest

from crossings.export import documents
from tests import office
from tests.export import briefings

CODES = ("ko", "ja", "en")


@lru_cache(maxsize=3)
def _made(code: str, kind: str) -> bytes:
    return documents.make(kind, briefings.briefing(code))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", ["pptx", "docx", "xlsx"])
def test_another_program_shows_the_words_and_every_letter(kind: str, code: str, tmp_path: Path) -> None:
    office.program()
    made = briefings.briefing(code)
    pages = office.as_pdf(_made(code, kind), kind, tmp_path)
    said = office.words(pages)
    for text in (made.title, made.answer, *made.bullets):
        assert "".join(text.split()) in said
    for part in made.parts:
        bare = re.sub("^[^:：]+[:：] ?", "", part.figure.source)  # behind a label of its own in a workbook
        assert "".join(bare.split()) in said
    assert office.letters_without_glyph(pages) == set()


def test_a_letter_that_no_font_has_is_found(tmp_path: Path) -> None:
    office.program()
    odd = "\U00012000"  # a cuneiform sign, in no common font
    made = briefings.briefing("en", title=f"Odd {odd}")
    pages = office.as_pdf(documents.make("docx", made), "docx", tmp_path)
    assert office.letters_without_glyph(pages) == {odd}
