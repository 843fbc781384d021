"""Office files as another program draws them: the expected words, and no boxes in place of letters."""

import re

import pytest

from crossings.export import documents
from tests import office
from tests.export import briefings

CODES = ("ko", "ja", "en")
KINDS = ("pptx", "docx", "xlsx")


ODD = "\U00012000"  # a cuneiform sign, in no common font


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """Return the sample briefing of each language as PDF made from each office file, and one with an odd letter."""
    office.program()
    files = {
        f"{code}-{kind}.{kind}": documents.make(kind, briefings.briefing(code))
        for code in CODES
        for kind in KINDS
    }
    odd = documents.make("docx", briefings.briefing("en", title=f"Odd {ODD}"))
    return office.turned({**files, "odd.docx": odd}, "pdf")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", KINDS)
def test_another_program_shows_the_words_and_every_letter(
    pages: dict[str, bytes], kind: str, code: str
) -> None:
    made, drawn = briefings.briefing(code), pages[f"{code}-{kind}.{kind}"]
    said = office.words(drawn)
    for text in (made.title, made.answer, *made.bullets):
        assert "".join(text.split()) in said
    for part in made.parts:
        bare = re.sub("^[^:：]+[:：] ?", "", part.figure.source)  # behind a label of its own in a workbook
        assert "".join(bare.split()) in said
    assert office.letters_without_glyph(drawn) == set()


def test_a_letter_that_no_font_has_is_found(pages: dict[str, bytes]) -> None:
    assert office.letters_without_glyph(pages["odd.docx"]) == {ODD}
