"""A briefing as slides, opened by python-pptx: native charts, tables, notes, fonts, and bad states."""

import io
import json
import sys
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest
from pptx import Presentation

from crossings.export import native, pptx, trace
from crossings.export.briefing import Briefing, Filing, Part
from crossings.export.figure import MissingPackage
from crossings.formats import PAPERS
from crossings.language import Language
from crossings.questions.base import Column, OfficeChart, table
from crossings.questions.registry import view
from tests.briefing import collected
from tests.export import briefings, figures
from tests.export.briefings import without_reading

CODES = ("ko", "ja", "en")
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@lru_cache(maxsize=8)
def _saved(code: str) -> bytes:
    return pptx.pptx(briefings.briefing(code))


def _opened(made: Briefing) -> Any:
    return Presentation(io.BytesIO(pptx.pptx(made)))


def _charts(show: Any) -> list[Any]:
    return [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]


def _words(show: Any) -> str:
    said = []
    for slide in show.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                said.append(shape.text_frame.text)
            if shape.has_table:
                said += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(said)


@pytest.mark.parametrize("code", CODES)
def test_slides_say_what_the_briefing_says(code: str) -> None:
    made = briefings.briefing(code)
    show = Presentation(io.BytesIO(_saved(code)))
    said = _words(show)
    for text in (made.title, made.answer, *made.bullets, *(gone.reason for gone in made.absent)):
        assert text in said
    for part in made.parts:
        assert part.figure.title.replace("**", "") in said
        assert part.figure.source in said
    for _, frame in made.tables():
        assert str(frame.iloc[0, 0]) in said
    titles = [slide.shapes.title.text_frame.text for slide in show.slides]
    assert all(titles)


@pytest.mark.parametrize(
    ("takeaway", "headline"),
    [("점은 중앙값, 선은 80% 불확실성 구간", False), ("8월 85만 명, 전년 동월 대비 28.7% 증가", True)],
)
def test_a_headline_states_a_number_and_no_way_to_read_the_chart(takeaway: str, headline: bool) -> None:
    drawn = replace(briefings.fan("ko"), takeaway=takeaway)
    show = _opened(briefings.briefing("ko", parts=(Part(drawn),), filing=Filing(full=False)))
    title = show.slides[1].shapes.title.text_frame.text
    assert title == (takeaway if headline else f"<그림 1> {drawn.title}")


def test_few_points_are_told_in_the_headline() -> None:
    ends = [(Column(key, key, "persons", signed=True), [146_331.0]) for key in ("median", "low", "high")]
    few = OfficeChart("points", table(Language("ko"), [(Column("label", "label"), ["방일 한국인"]), *ends]))
    drawn = replace(briefings.fan("ko"), office=few)
    show = _opened(briefings.briefing("ko", parts=(Part(drawn),), filing=Filing(full=False)))
    assert show.slides[1].shapes.title.text_frame.text == "방일 한국인 +14.6만 명(median)"


@pytest.mark.parametrize("title", ["가" * 28, "가" * 20, "가나 " * 20, "가나다라마 " * 5 + "가"])
def test_headlines_have_one_size_and_end_in_no_scrap_of_a_line(title: str) -> None:
    drawn = replace(briefings.fan("ko"), title=title, takeaway="")
    show = _opened(briefings.briefing("ko", parts=(Part(drawn),), filing=Filing(full=False)))
    titles = [slide.shapes.title for slide in show.slides]
    assert {line.runs[0].font.size.pt for one in titles for line in one.text_frame.paragraphs} == {24}
    first, _, last = titles[1].text_frame.text.partition("\v")
    if " " in title.strip() and last:
        assert len(last) > len(first) / 3


def test_lines_stand_apart_by_what_the_file_says_not_by_what_a_font_asks_for() -> None:
    show = Presentation(io.BytesIO(_saved("ja")))
    texts = [shape.text_frame for slide in show.slides for shape in slide.shapes if shape.has_text_frame]
    said = [line for text in texts for line in text.paragraphs if line.runs]
    assert said
    apart = [abs(line.line_spacing - line.runs[0].font.size * pptx.LINE) for line in said]
    assert max(apart) < 0.1 * pptx.EMU_A_POINT


@pytest.mark.parametrize("code", CODES)
def test_the_fan_is_a_native_chart_of_bands_and_lines(code: str) -> None:
    show = Presentation(io.BytesIO(_saved(code)))
    made = next(
        part.figure
        for part in briefings.briefing(code).parts
        if part.figure.office and part.figure.office.bands
    )
    drawn = made.office
    assert drawn is not None
    chart = next(one for one in _charts(show) if one._chartSpace.findall(f".//{C}areaChart"))
    area, line = chart._chartSpace.find(f".//{C}areaChart"), chart._chartSpace.find(f".//{C}lineChart")
    assert area.find(f"{C}grouping").get("val") == "stacked"
    assert len(area.findall(f"{C}ser")) == 2 * len(drawn.bands)
    assert len(line.findall(f"{C}ser")) == len(drawn.table.columns) - 1 - 2 * len(drawn.bands)
    assert {axis.get("val") for axis in area.findall(f"{C}axId")} == {
        axis.get("val") for axis in line.findall(f"{C}axId")
    }
    pieces = [
        [float(value.text) for value in series.findall(f"{C}val//{C}v")] for series in area.findall(f"{C}ser")
    ]
    scale = native.divisor(drawn)
    outer = drawn.bands[0]
    assert sum(piece[-1] for piece in pieces) == pytest.approx(
        drawn.table.values(outer.high).iloc[-1] / scale
    )
    assert pieces[0][-1] == pytest.approx(drawn.table.values(outer.low).iloc[-1] / scale)
    book = chart.part.chart_workbook.xlsx_part
    assert book is not None
    assert book.blob.startswith(b"PK")


def test_persons_stand_in_the_readers_own_unit_and_stay_exact() -> None:
    for code, scale in (("ko", 1e4), ("ja", 1e4), ("en", 1e6)):
        made = figures.figure(code)
        assert made.office is not None
        assert native.divisor(made.office) == scale
        show = _opened(replace(briefings.briefing(code), parts=briefings.briefing(code).parts[:1]))
        plotted = [value for plot in _charts(show)[0].plots for one in plot.series for value in one.values]
        for value in plotted:
            if value is not None:
                assert round(value * scale) == pytest.approx(value * scale, abs=1e-2)


@pytest.mark.parametrize("code", CODES)
def test_notes_alt_texts_and_fonts(code: str) -> None:
    show = Presentation(io.BytesIO(_saved(code)))
    made = briefings.briefing(code)
    notes = "\n".join(
        slide.notes_slide.notes_text_frame.text for slide in show.slides if slide.has_notes_slide
    )
    for part in made.parts:
        assert part.figure.source in notes
        assert all(sentence in notes for sentence in part.method)
    drawn = [
        shape for slide in show.slides for shape in slide.shapes if shape.has_chart or shape.shape_type == 13
    ]
    assert len(drawn) == len(made.parts)
    for shape in drawn:
        assert shape._element.xpath(".//p:cNvPr")[0].get("descr")
    theme = show.slide_master.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    ).blob.decode()
    assert theme.count(f'<a:ea typeface="{Language(code).conventions.office_font}"/>') == 2
    assert all(chart.font.name == Language(code).conventions.office_font for chart in _charts(show))


@pytest.mark.parametrize("code", CODES)
def test_the_trace_comes_back(code: str) -> None:
    assert without_reading(trace.read(_saved(code))) == json.loads(briefings.TRACE)


def test_the_trace_survives_saving_by_another_program() -> None:
    out = io.BytesIO()
    Presentation(io.BytesIO(_saved("ko"))).save(out)
    assert without_reading(trace.read(out.getvalue())) == json.loads(briefings.TRACE)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_brief_is_one_slide(paper: str) -> None:
    show = _opened(briefings.briefing("ko", paper=paper, brief=True))
    assert len(show.slides) == 1
    assert len(_charts(show)) == 1
    assert (show.slide_width / show.slide_height == pytest.approx(16 / 9, rel=0.01)) == (paper == "16:9")


def test_of_many_lines_the_last_are_named_where_they_end() -> None:
    years = [(Column(str(year), str(year), "persons"), [1.0, 2.0, None]) for year in range(2015, 2027)]
    drawn = table(Language("en"), [(Column("month", "month"), list("abc")), *years])
    made = replace(figures.figure("en"), office=OfficeChart("line", drawn))
    part = replace(briefings.briefing("en").parts[0], figure=made)
    chart = _charts(_opened(replace(briefings.briefing("en"), parts=(part,))))[0]
    assert not chart.has_legend
    named = [
        one.text for one in chart._chartSpace.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")
    ]
    assert [text for text in named if text.isdecimal()] == ["2023", "2024", "2025", "2026"]
    assert len(years) > len(native.SERIES)


def test_bad_states_still_make_slides() -> None:
    for made in (
        briefings.empty("ko"),
        briefings.spoiled("en"),
        briefings.briefing("en", title=briefings.LONG_TITLE),
        briefings.briefing("ko", answer="긴 문장입니다. " * 300, bullets=("가" * 900,) * 5),
    ):
        show = _opened(made)
        assert len(show.slides) >= 1


def test_a_long_remark_fills_its_room_and_stands_whole_in_the_notes() -> None:
    note = " ".join(f"문장{n}" for n in range(400))
    part = briefings.briefing("ko").parts[0]
    show = _opened(briefings.briefing("ko", paper="16:9", parts=(Part(part.figure, note),)))
    shown = max((text for text in _words(show).splitlines() if text.startswith("문장0")), key=len)
    assert shown.endswith("…")
    assert 300 < len(shown) < len(note)
    assert any(note in slide.notes_slide.notes_text_frame.text for slide in show.slides)
    assert show.element.sldSz.get("type") is None


def test_a_title_that_is_too_long_is_cut_with_its_spaces_kept() -> None:
    title = " ".join(f"word{n}" for n in range(200))
    show = _opened(briefings.briefing("en", paper="16:9", title=title))
    shown = [slide.shapes.title.text_frame.text for slide in show.slides if slide.shapes.title is not None]
    cut = next(one for one in shown if one.endswith("…"))
    assert title.startswith(cut.removesuffix("…"))
    assert len(cut) > 60


def test_sixty_figures_are_sixty_slides_with_charts() -> None:
    assert len(_charts(_opened(briefings.many("en")))) == 60


def test_an_absent_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(MissingPackage, match="python-pptx"):
        pptx.pptx(briefings.briefing("en"))


@pytest.mark.parametrize("code", ["ko", "ja"])
def test_a_line_of_many_years_has_the_page_s_years_and_its_last_value_with_one_decimal(code: str) -> None:
    models, language = collected.models(), Language(code)
    shown = view(collected.overview().question(), models, language).figures["overview-jpn-kor"]
    office = native.office_of(shown)
    assert office is not None
    drawn = native.plot(office)
    (line,) = (column for column in drawn.columns if column.form == "line" and any(column.labels))
    names = next(column.values for column in drawn.columns if column.key == drawn.categories)
    assert [name for name in names if name][:2] == ["2015", "2016"]
    assert line.form_of_labels == "#,##0.0"
