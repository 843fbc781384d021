"""The month's summary and a scenario's paper as other programs see them: type, pages, credits, what is hypothetical."""

import io
import re
import zipfile
from datetime import date
from functools import lru_cache
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hwpx.layout.pages import estimate_pages
from openpyxl.utils import range_boundaries
from pptx import Presentation
from pypdf import PdfReader

from crossings.briefing.compose import Asked, compose, month_in_brief
from crossings.briefing.draft import Draft, Item
from crossings.briefing.verify import verify
from crossings.export import documents, reading
from crossings.export.briefing import Briefing, Filing
from crossings.language import Language
from tests import office
from tests.briefing import collected

DAY = date(2026, 11, 28)
CODES, PAPERS = ("ko", "ja"), ("month", "scenario")
HYPOTHETICAL = {"ko": "(가정 계산)", "ja": "（仮定計算）"}
NUMBERED = {"ko": ("<그림 1>", "<그림 2>", "<표 1>"), "ja": ("図1", "図2", "表1")}
LEAST_BODY, LEAST_NOTES, LEAST_FOOT = {"month": 10.5, "scenario": 10.0}, 8.5, 8.0
HEADING = (12.0, 14.0)
ON_SLIDES, TITLE = 12.0, 24.0


@lru_cache(maxsize=4)
def paper(kind: str, code: str) -> Briefing:
    models, language, filing = collected.models(), Language(code), Filing(full=False)
    if kind == "month":
        return month_in_brief(Asked(), models, language, filing=filing, today=DAY)
    items = tuple(Item(collected.scenario(), key) for key in ("scenario-flows", "scenario-waterfall"))
    return compose(Draft(items=items, filing=filing), models, language, today=DAY)


@lru_cache(maxsize=32)
def made(kind: str, code: str, form: str) -> bytes:
    return documents.make(form, paper(kind, code))


def text(data: bytes) -> str:
    """Return what a reader reads in a file, without white space."""
    return "".join("".join(piece.text.split()) for piece in reading.pieces(data))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", PAPERS)
def test_the_memo_is_set_in_type_that_can_be_read(kind: str, code: str) -> None:
    document = docx.Document(io.BytesIO(made(kind, code, "docx")))
    sizes = {style.name: style.font.size.pt for style in document.styles if _sized(style)}
    assert sizes["Briefing Point"] >= LEAST_BODY[kind]
    assert min(sizes[name] for name in ("Briefing Answer", "Briefing Takeaway")) >= LEAST_BODY[kind]
    assert HEADING[0] <= sizes["Heading 1"] <= HEADING[1]
    small = ("Caption", "Briefing Cell", "Briefing Unit", "Briefing Head")
    assert min(sizes[name] for name in small) >= LEAST_NOTES
    assert sizes["Footer"] >= LEAST_FOOT


def _sized(style: Any) -> bool:
    return getattr(style, "font", None) is not None and style.font.size is not None


@pytest.mark.parametrize("kind", PAPERS)
def test_hangul_sets_the_paper_in_type_that_can_be_read(kind: str) -> None:
    data = made(kind, "ko", "hwpx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        header, section = (package.read(f"Contents/{name}.xml").decode() for name in ("header", "section0"))
    shapes = re.findall(r"<hh:charPr ([^>]*)>", header)
    heights = {number: height for one in shapes for number, height in [_both(one)]}
    used = {int(heights[number]) / 100 for number in re.findall(r'<hp:run charPrIDRef="(\d+)"', section)}
    point = re.search(r'charPrIDRef="(\d+)"><hp:t>ㅇ ', section)
    assert point is not None
    assert int(heights[point.group(1)]) / 100 >= LEAST_BODY[kind]
    assert min(used) >= LEAST_FOOT
    spacings = set(re.findall(r'<hh:lineSpacing type="PERCENT" value="(\d+)"', header))
    assert "150" in spacings
    assert 'hideFirstHeader="1"' in section
    assert estimate_pages(data).pages == PAPERS.index(kind) + 1


def _both(shape: str) -> tuple[str, str]:
    """Return the number and the height of a letter shape from its attributes."""
    found = dict(re.findall(r'(\w+)="([^"]*)"', shape))
    return found["id"], found["height"]


def test_without_the_offices_fonts_the_papers_keep_their_pages() -> None:
    """LibreOffice draws with wider fonts where those of the office are absent."""
    files = {f"{kind}-{code}.docx": made(kind, code, "docx") for kind in PAPERS for code in (*CODES, "en")}
    for name, drawn in office.turned(files, "pdf").items():
        assert len(PdfReader(io.BytesIO(drawn)).pages) <= PAPERS.index(name.partition("-")[0]) + 1, name


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", ["docx", "hwpx", "pdf", "xlsx"])
def test_a_paper_says_nothing_twice_that_its_summary_says(form: str, code: str) -> None:
    summary = paper("month", code)
    said = text(made("month", code, form))
    for section in summary.sections:
        for point in section.points:
            assert said.count("".join(point.split())) == 1, point


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", PAPERS)
def test_slides_are_set_in_type_that_can_be_read_and_titles_in_one_size(kind: str, code: str) -> None:
    show = Presentation(io.BytesIO(made(kind, code, "pptx")))
    for slide in show.slides:
        title = slide.shapes.title
        assert {run.font.size.pt for line in title.text_frame.paragraphs for run in line.runs} == {TITLE}
        below = [shape.top for shape in slide.shapes if shape.has_text_frame and shape.top > title.top]
        assert min(below) >= title.top + title.height
    assert min(_sizes(show.slides[0], paper(kind, code))) >= ON_SLIDES
    assert "python-pptx" not in show.core_properties.comments


def _lines(slide: Any) -> list[Any]:
    """Return the lines of a slide's boxes and tables."""
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    frames += [cell.text_frame for table in tables for row in table.rows for cell in row.cells]
    return [line for frame in frames for line in frame.paragraphs]


def _sizes(slide: Any, said: Briefing) -> list[float]:
    """Return the sizes of summary and points on a slide."""
    words = {said.answer, *(point for section in said.sections for point in section.points)}
    lines = [line for line in _lines(slide) if line.text in words]
    assert lines
    return [run.font.size.pt for line in lines for run in line.runs]


@pytest.mark.parametrize("code", [*CODES, "en"])
@pytest.mark.parametrize("kind", PAPERS)
def test_the_first_slide_says_whose_calculation_it_is(kind: str, code: str) -> None:
    """Slides are printed without their notes."""
    said = paper(kind, code)
    own = said.told()[-2].points[-1 if kind == "month" else -2 :]
    slide = Presentation(io.BytesIO(made(kind, code, "pptx"))).slides[0]
    shown = {line.text for line in _lines(slide)}
    assert "Crossings" in own[-1]
    assert set(own) <= shown


@pytest.mark.parametrize("code", [*CODES, "en"])
@pytest.mark.parametrize("kind", PAPERS)
def test_titles_of_slides_have_as_many_lines_in_wider_fonts(kind: str, code: str) -> None:
    deck = office.turned({"a.pptx": made(kind, code, "pptx")}, "pdf")["a.pptx"]
    slides = Presentation(io.BytesIO(made(kind, code, "pptx"))).slides
    for slide, page in zip(slides, PdfReader(io.BytesIO(deck)).pages, strict=True):
        lines = [line.text for line in slide.shapes.title.text_frame.paragraphs if line.text]
        told = ["".join(line.split()) for line in page.extract_text().splitlines()]
        for whole in "".join(lines).split("\v"):
            assert any("".join(whole.split()) in one for one in told), whole


@pytest.mark.parametrize("code", CODES)
def test_what_a_slide_leaves_out_stands_in_its_notes(code: str) -> None:
    for kind in PAPERS:
        slide = Presentation(io.BytesIO(made(kind, code, "pptx"))).slides[0]
        notes = slide.notes_slide.notes_text_frame.text
        for section in paper(kind, code).told():
            assert all(point in notes for point in section.points)


def test_two_lines_that_end_together_have_their_last_numbers_apart() -> None:
    with zipfile.ZipFile(io.BytesIO(made("scenario", "ko", "pptx"))) as package:
        charts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
    (drawn,) = (xml for xml in charts if "areaChart" in xml and "lineChart" in xml and "_rels" not in xml)
    lines = drawn.split("<c:lineChart>")[1].split("<c:ser>")[1:]
    places = [re.findall(r'<c:dLblPos val="(\w)"', line) for line in lines]
    assert sorted(place[-1] for place in places if place and place[-1] in "tb")[:1] == ["b"]
    assert any("t" in place for place in places)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", ["docx", "hwpx", "pdf"])
def test_every_figure_and_table_of_a_scenario_is_named_hypothetical(form: str, code: str) -> None:
    if (form, code) == ("hwpx", "ja"):
        return
    said = text(made("scenario", code, form))
    mark = HYPOTHETICAL[code]
    for number in NUMBERED[code]:
        assert re.search(
            f"{re.escape(''.join(number.split()))}[^<※]*?{re.escape(''.join(mark.split()))}", said
        )


@pytest.mark.parametrize("code", CODES)
def test_the_second_page_of_a_pdf_has_the_running_title(code: str) -> None:
    first, second = PdfReader(io.BytesIO(made("scenario", code, "pdf"))).pages
    title = "".join(paper("scenario", code).title.split())
    assert "".join(second.extract_text().split()).startswith(title)
    assert "".join(first.extract_text().split()).count(title) == 1


@pytest.mark.parametrize(("code", "bank"), [("ko", "유럽중앙은행"), ("ja", "欧州中央銀行")])
@pytest.mark.parametrize("form", ["docx", "pdf", "pptx"])
def test_a_scenario_has_one_whole_credit(form: str, code: str, bank: str) -> None:
    credits = {part.figure.source for part in paper("scenario", code).parts}
    assert len(credits) == 1
    (credit,) = credits
    assert bank in credit
    count = text(made("scenario", code, form)).count("".join(credit.split()))
    assert count == 1 if form != "pptx" else count >= 2


def sheets(kind: str, code: str) -> list[Any]:
    return openpyxl.load_workbook(io.BytesIO(made(kind, code, "xlsx"))).worksheets


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", PAPERS)
def test_the_first_sheet_says_what_the_paper_says(kind: str, code: str) -> None:
    said, first = paper(kind, code), sheets(kind, code)[0]
    cells = [str(cell.value) for row in first.iter_rows() for cell in row if cell.value is not None]
    marks = said.language.conventions.marks
    for section in said.told():
        assert marks[0] + section.heading in cells
        assert all(marks[1] + point in cells for point in section.points)
    assert all(value in cells[0] for _, value in said.headed())
    assert said.language("Note") not in cells


@pytest.mark.parametrize("code", CODES)
def test_sheets_of_figures_are_named_by_them_and_whole(code: str) -> None:
    label = NUMBERED[code][0].strip("<>").replace(" ", "")
    for kind in PAPERS:
        name = sheets(kind, code)[1].title
        assert name.startswith(f"{label} ")
        assert name.endswith(HYPOTHETICAL[code]) == (kind == "scenario")
    names = [sheet.title for kind in PAPERS for sheet in sheets(kind, code)]
    assert Language(code)("Wording of probabilities") not in names


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", PAPERS)
def test_what_only_a_chart_needs_is_folded_away_and_out_of_print(kind: str, code: str) -> None:
    for sheet, part in zip(sheets(kind, code)[1:], paper(kind, code).parts, strict=False):
        _, _, last, _ = range_boundaries(sheet.print_area.rpartition("!")[2])
        folded = [column for column in sheet.column_dimensions.values() if column.hidden]
        assert folded
        assert min(column.min for column in folded) > (last or 0)
        shown = len(part.figure.table.visible.columns)
        beyond = [cell for row in sheet.iter_rows(min_col=shown + 1, max_col=last) for cell in row]
        heads = [part.figure.table.heading_with_unit(column) for column in part.figure.table.visible.columns]
        assert not [cell for cell in beyond if cell.value in heads]
    with zipfile.ZipFile(io.BytesIO(made(kind, code, "xlsx"))) as package:
        drawn = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
    assert all('<c:plotVisOnly val="0"/>' in xml for xml in drawn)


def test_a_chart_of_folded_columns_is_drawn_by_another_program() -> None:
    files = {"a.xlsx": made("scenario", "ko", "xlsx")}
    pages = PdfReader(io.BytesIO(office.turned(files, "pdf")["a.xlsx"])).pages
    every = ["".join(page.extract_text().split()) for page in pages]
    said = next(text for text in every if text.startswith("제목") and "2028년항목별기여도" in text)
    assert "+10.4" in said
    assert "+19.2" in said


@pytest.mark.parametrize("kind", PAPERS)
def test_the_memo_s_table_box_and_picture_begin_at_the_edge_of_the_text(kind: str) -> None:
    document = docx.Document(io.BytesIO(made(kind, "ko", "docx")))
    body = document.element.body
    assert {indent.get(qn("w:w")) for indent in body.iter(qn("w:tblInd"))} == {"0"}
    assert all(shape._inline.get("distL") == "0" for shape in document.inline_shapes)
    with zipfile.ZipFile(io.BytesIO(made(kind, "ko", "docx"))) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]
        assert b"Macintosh" not in package.read("docProps/app.xml")


@pytest.mark.parametrize("form", ["docx", "pptx", "hwpx", "xlsx", "pdf"])
@pytest.mark.parametrize("kind", PAPERS)
def test_the_papers_are_read_back_as_they_were_written(kind: str, form: str) -> None:
    found = verify(made(kind, "ko", form), collected.models(), Language("en"))
    assert found.same
    assert not found.edited
