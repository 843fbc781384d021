"""Widths as the shipped font draws them, and lines broken within them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from crossings.drawing.measure import text_width, wrapped
from crossings.export.outlines import FONTS, font

SAID = [
    "2026년 8월 기준선 1,000만 명을 넘어섰습니다(추정치)",
    "2026年8月に1,000万人を超えました。「節目」・前年同期比20.2%",
    "10.12 million visitors, January–August 2026 (estimate): +20.2% · −3.5%",
]


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("bold", [False, True])
def test_widths_agree_with_the_font(said: str, bold: bool) -> None:
    face = ImageFont.truetype(str(FONTS / f"PretendardGOV-{'Bold' if bold else 'Regular'}.otf"), 100)
    assert text_width(said, size=100, bold=bold) == pytest.approx(face.getlength(said), rel=0.03)


@pytest.mark.parametrize("bold", [False, True])
def test_letters_are_as_wide_as_the_font_says(bold: bool) -> None:
    face = font(bold)
    advances, glyphs, unit = face["hmtx"], face.getBestCmap(), face["head"].unitsPerEm
    letters = [chr(code) for code in range(32, 127)]
    wanted = [advances[glyphs[ord(letter)]][0] / unit for letter in letters]
    assert [text_width(letter, size=1, bold=bold) for letter in letters] == pytest.approx(wanted, abs=0.0006)


@pytest.mark.parametrize("letter", "–—−…·×≥≤±→▲▼“”‘’「」〜¥₩°가漢あ、。：")
def test_other_letters_are_as_wide_as_the_mean_of_both_weights(letter: str) -> None:
    faces = [font(bold) for bold in (False, True)]
    wide = [face["hmtx"][face.getBestCmap()[ord(letter)]][0] / face["head"].unitsPerEm for face in faces]
    assert text_width(letter, size=1) == pytest.approx(sum(wide) / 2, abs=0.0011)


@given(text=st.text(alphabet="가나다 漢字かな、。abc 12,0%()", max_size=80), width=st.integers(40, 300))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width=width, size=13)
    assert all(text_width(line, size=13) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_korean_breaks_at_spaces_only() -> None:
    text = "한일 상호 방문객은 연초 이후 1,012만 명입니다"
    lines = wrapped(text, width=150, size=13)
    assert len(lines) > 1
    assert " ".join(lines) == text


def test_japanese_punctuation_never_begins_a_line() -> None:
    text = "2026年は8月に1,000万人を超え、2025年より2か月早く、前年同期を20.2%上回りました。"
    for width in range(60, 300, 7):
        assert not [line for line in wrapped(text, width=width, size=13) if line[0] in "、。%人"]
