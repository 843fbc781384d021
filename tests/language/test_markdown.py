"""Bold parts render bold in every language, and no range is struck through."""

import re

import pytest

from crossings import wordbook
from crossings.language.markup import Marked
from crossings.language.particles import fitted
from tests.language import catalogues, markdown

AWKWARD = {
    "ko": ("−56억 원", "13억 엔(근거 부족)", "‘전용 입국심사대(종일)’", "84%"),
    "ja": ("−56億ウォン", "13億円（根拠は乏しい）", "「専用レーン（終日）」", "84%"),
    "en": ("−5.6 billion won", "1.3 billion yen (weak evidence)", "“dedicated lanes (all day)”", "84%"),
}
SHARES = {"percent": "20.2%", "share": "+20.2%", "change": "+20.2%"}
COUNT = {"en": "10.12 million", "ko": "1,012만 명", "ja": "1,012万人"}


def filled(text: str, code: str) -> str:
    """Return a sentence with values in its places, as awkward as the real ones."""
    places = catalogues.places(text)
    return text.format(**{name: SHARES.get(name, COUNT[code]) for name in places})


def sentences(code: str) -> list[str]:
    if code == "en":
        keys = catalogues.extracted()
        return [text for key in keys for text in ((key,) if isinstance(key, str) else key)]
    texts = [message.string for _, message in catalogues.entries(code)]
    return [said for text in texts for said in ((text,) if isinstance(text, str) else text or ()) if said]


@pytest.mark.parametrize("code", COUNT)
def test_bold_parts_are_bold(code: str) -> None:
    marked = [text for text in sentences(code) if "**" in text]
    assert len(marked) > 10
    assert not [text for text in marked if markdown.faults(filled(text, code))]


@pytest.mark.parametrize("code", COUNT)
def test_each_mark_of_bold_opens_or_closes_beside_its_neighbours(code: str) -> None:
    """A mark between a letter and a bracket, a quotation mark or a sign is none in Markdown: none may be written so."""
    plain = [filled(text, code).replace("~", r"\~") for text in sentences(code) if "**" in text]
    assert [text for text in plain if "asterisks are shown" in markdown.faults(Marked(text))] == []


@pytest.mark.parametrize(
    ("code", "value"), [(code, value) for code, values in AWKWARD.items() for value in values]
)
def test_bold_parts_are_bold_whatever_fills_them(code: str, value: str) -> None:
    marked = [text for text in sentences(code) if "**" in text]
    said = [fitted(text.format(**dict.fromkeys(catalogues.places(text), value))) for text in marked]
    assert [text for text in said if "asterisks are shown" in markdown.faults(text)] == []


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_the_reading_book_shows_bold_parts_bold(code: str) -> None:
    lines = [
        line.rpartition(wordbook.ARROW)[0] or line
        for line in wordbook.place(code).read_text("utf-8").splitlines()
    ]
    marked = [line for line in lines if "**" in line]
    assert len(marked) > 50
    assert [line for line in marked if "*" in markdown.visible(line)] == []


def test_a_range_is_written_with_the_tilde_of_korean_offices_and_not_struck_through() -> None:
    assert not [text for text in sentences("ko") if "～" in text or "〜" in text]
    ranges = [text for text in sentences("ko") if re.search(r"\d[가-힣]*~", text)]
    assert len(ranges) > 20
    assert not [text for text in ranges if markdown.faults(filled(text, "ko"))]


@pytest.mark.parametrize(
    "text", ["割合は**92%**でした", "**簡素化（固定）**の定着後", "전망은 **(반반)**입니다"]
)
def test_bold_beside_a_mark_is_bold(text: str) -> None:
    assert markdown.faults(Marked(text)) == ["asterisks are shown"]
    assert markdown.faults(text) == []


def test_the_check_sees_both_faults() -> None:
    assert markdown.faults(Marked("전망은 **(반반)**입니다")) == ["asterisks are shown"]
    assert markdown.faults(Marked("1~2월과 3~4월")) == ["struck through"]
    assert markdown.faults("**1,012만 명**(1~2월)과 3~4월") == []
