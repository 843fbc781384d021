"""A briefing as PDF pages, read by pypdf: words, fonts, pages, attachment, and what the font cannot draw."""

import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PageObject, PdfReader

from crossings.export import documents, trace, typeset, typesetter
from crossings.export.briefing import Part
from crossings.export.figure import MissingPackage
from crossings.formats import PAPERS
from crossings.language import Language
from crossings.questions.base import Column, OfficeChart, table
from tests.export import briefings
from tests.export.briefings import without_reading

CODES = ("ko", "ja", "en")
LOWER_MARGIN = 55.0  # points
SIZES_MM = {"a4": (210, 297), "16:9": (254, 142.875)}


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _read(data: bytes) -> str:
    return _squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


@pytest.mark.parametrize("size", PAPERS)
@pytest.mark.parametrize("code", CODES)
def test_pages_say_what_the_briefing_says(code: str, size: str) -> None:
    made = briefings.briefing(code, paper=size)
    data = typeset.pdf(made)
    said = _read(data)
    for text in (made.title, made.answer, *made.bullets, *(gone.reason for gone in made.absent)):
        assert _squeezed(text) in said
    for part in made.parts:
        assert _squeezed(part.figure.title.replace("**", "")) in said
        assert _squeezed(part.figure.source) in said
    for heading, frame in made.tables():
        assert _squeezed(heading) in said
        assert _squeezed(str(frame.iloc[0, 0])) in said
    page = PdfReader(io.BytesIO(data)).pages[0].mediabox
    wide, high = SIZES_MM[size]
    assert float(page.width) == pytest.approx(wide / 25.4 * 72, abs=0.5)
    assert float(page.height) == pytest.approx(high / 25.4 * 72, abs=0.5)


def test_a_tall_figure_and_a_table_of_long_texts_stay_on_their_pages() -> None:
    """Nothing but the line at the foot stands in the lower margin."""
    label, heads = Column("label", "label"), ("median", "low", "high")
    ends = [(Column(key, key, "persons"), [1.0] * 12) for key in heads]
    points = table(Language("ko"), [(label, ["한국에 입국하는 일본인의 편익 대 한국 비용 " * 3] * 12), *ends])
    told = [(Column(key, key), ["요미우리신문(한국관광공사 통계 인용) " * 2] * 14) for key in ("a", "b", "c")]
    said = table(Language("ko"), [*told, (Column("d", "d"), ["인적 교류가 1,200만 명을 넘었음. " * 12] * 14)])
    drawn = replace(briefings.fan("ko"), office=OfficeChart("points", points), table=said)
    pages = PdfReader(io.BytesIO(typeset.pdf(briefings.briefing("ko", parts=(Part(drawn),))))).pages
    lows: list[tuple[float, str]] = []
    for page in pages:
        page.extract_text(visitor_text=lambda text, at, *_: lows.append((at[5], text)))
    stamp = _squeezed(briefings.briefing("ko").stamp_line())
    low = [text for height, text in lows if height < LOWER_MARGIN and text.strip()]
    assert low
    assert all(_squeezed(text) in stamp or re.fullmatch(r"- \d+ -", text.strip()) for text in low)


def test_fonts_are_inside_and_are_the_shipped_one() -> None:
    fonts = _fonts(typeset.pdf(briefings.briefing("ko")))
    assert fonts
    for font in fonts:
        assert "PretendardGOV" in str(font["/BaseFont"])
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(described)


def _fonts(data: bytes) -> list[Any]:
    """Return the font objects of every page."""
    pages: list[Any] = list(PdfReader(io.BytesIO(data)).pages)
    return [
        font.get_object()
        for page in pages
        for font in page["/Resources"].get_object().get("/Font", {}).get_object().values()
    ]


def test_properties_and_trace() -> None:
    made = briefings.briefing("ja")
    data = typeset.pdf(made)
    about = PdfReader(io.BytesIO(data)).metadata
    assert about is not None
    assert about.title == made.title
    assert without_reading(trace.read(data)) == json.loads(made.trace)


@pytest.mark.parametrize("size", PAPERS)
@pytest.mark.parametrize("answer", ["", "긴 문장입니다. " * 120])
def test_a_brief_is_one_page(size: str, answer: str) -> None:
    made = briefings.briefing("ko", paper=size, brief=True)
    made = replace(made, answer=answer or made.answer)
    assert len(PdfReader(io.BytesIO(typeset.pdf(made))).pages) == 1


def test_previews_are_the_pages() -> None:
    made = briefings.briefing("en", paper="16:9")
    pictures = typeset.previews(made, ppi=72)
    assert len(pictures) == len(PdfReader(io.BytesIO(typeset.pdf(made))).pages)
    first = Image.open(io.BytesIO(pictures[0]))
    assert first.width / first.height == pytest.approx(16 / 9, rel=0.01)
    assert len(first.convert("L").getcolors() or []) > 10


def test_what_the_font_cannot_draw_is_marked_and_told() -> None:
    made = briefings.briefing("ko", title="브리핑 😀 مرحبا 자료")
    assert "😀" in documents.left_out(made)
    said = _read(typeset.pdf(made))
    assert "브리핑��자료" in said
    assert "😀" not in said
    assert _squeezed("�: 이 파일의 글꼴에 없는 글자의 자리") in said
    assert documents.left_out(briefings.briefing("ko")) == set()


def test_a_table_has_its_title_and_unit_and_korean_words_are_whole() -> None:
    made = briefings.briefing("ko")
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(typeset.pdf(made))).pages)
    assert _squeezed(f"<표 1> {briefings.fan('ko').title}") in _squeezed(text)
    assert _squeezed("(단위: 명)") in _squeezed(text)
    lines = text.splitlines()
    for word in (*made.answer.split(), *["80%", "예측구간", "하한"]):
        assert any(word in line for line in lines), word


def test_markup_in_words_stays_words() -> None:
    title = '#set page(width: 1pt) *bold* $x^2$ [a] "q" \\ @ref = <label> // gone'
    assert _squeezed("#set page(width: 1pt) *bold*") in _read(
        typeset.pdf(briefings.briefing("en", title=title))
    )


def test_bad_states_still_make_pages() -> None:
    for made in (
        briefings.empty("ko"),
        briefings.spoiled("en"),
        briefings.briefing("en", title=briefings.LONG_TITLE),
        briefings.briefing("en", title="😀"),
        briefings.many("en"),
    ):
        assert len(PdfReader(io.BytesIO(typeset.pdf(made))).pages) >= 1


def test_a_damaged_package_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "typesetter.py"
    broken.write_text("import sys\nsys.exit(3)\n", encoding="utf-8")
    monkeypatch.setattr(typesetter, "__file__", str(broken))
    with pytest.raises(MissingPackage, match="typst"):
        typeset.pdf(briefings.briefing("en"))


def test_a_typesetter_that_ends_before_its_work_is_done_is_no_missing_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "typesetter.py"
    for program in ("raise SystemExit(1)", "print('[9000]')", "print('none')"):
        broken.write_text(f"input()\n{program}\n", encoding="utf-8")
        monkeypatch.setattr(typesetter, "__file__", str(broken))
        with pytest.raises(typeset.TypesetterEnded):
            typeset.pdf(briefings.briefing("en"))


def test_this_process_keeps_nothing_of_the_typesetter() -> None:
    typeset.pdf(briefings.briefing("en"))
    assert "typst" not in sys.modules


def test_an_absent_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingPackage, match="typst"):
        typeset.pdf(briefings.briefing("en"))


@pytest.mark.parametrize("form", ["pdf", "pptx"])
def test_file_names_are_safe(form: str) -> None:
    name = documents.file_name(briefings.briefing("ko", title='a/b:c*? "한일" <x>|'), form)
    assert name == f"a-b-c-한일-x.{form}"
    assert documents.file_name(briefings.briefing("ko", title="///"), form) == f"briefing.{form}"


@pytest.mark.parametrize("note", ["비고 " * 66, "비고 " * 300])
def test_a_remark_pushes_nothing_of_its_figure_off_a_wide_page(note: str) -> None:
    part = briefings.briefing("ko").parts[0]
    made = briefings.briefing("ko", paper="16:9", parts=(Part(part.figure, note),))
    pages = PdfReader(io.BytesIO(typeset.pdf(made))).pages
    figure = next(
        page for page in pages if _squeezed(part.figure.source)[:20] in _squeezed(page.extract_text())
    )
    assert len(_below(figure, 14 / 25.4 * 72)) == len(_below(pages[0], 14 / 25.4 * 72))
    assert _squeezed(note) in _squeezed("".join(page.extract_text() for page in pages))


def _below(page: PageObject, height: float) -> list[str]:
    """Return the letters that stand lower on a page than a height in points: those of its footer."""
    found: list[str] = []

    def note(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip() and tm[4] * cm[1] + tm[5] * cm[3] + cm[5] < height:
            found.append(text)

    page.extract_text(visitor_text=note)
    return found
