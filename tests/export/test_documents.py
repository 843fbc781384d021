"""Every document opens in an independent reader, says its words, names its fonts and carries its trace."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import docx as python_docx
import hwpx as python_hwpx
import openpyxl
import pandas as pd
import pytest
from docx.oxml.ns import qn
from hwpx.layout.pages import estimate_pages
from hwpx.tools.package_validator import validate_editor_open_safety, validate_package
from openpyxl.utils import range_boundaries
from PIL import Image

from crossings.export import (
    MissingPackage,
    archive,
    clean,
    docx,
    hwpx,
    memo,
    outlines,
    pictures,
    sheets,
    trace,
    workbook,
)
from crossings.export.briefing import Briefing, Part
from crossings.export.figure import plain
from crossings.export.native import layers, series
from crossings.formats import PAPERS, WIDE
from crossings.language import LANGUAGES, Language
from crossings.questions.base import Column, table
from tests.export import briefings
from tests.export.briefings import briefing, empty, fan, many, spoiled, without_pictures

CODES = list(LANGUAGES)
WRITERS: dict[str, Callable[[Briefing], bytes]] = {
    "docx": docx.docx,
    "hwpx": hwpx.hwpx,
    "xlsx": workbook.workbook,
    "zip": archive.archive,
}
FONTS = {"ko": "맑은 고딕", "ja": "Yu Gothic", "en": "Arial"}
PAPER_FONTS = {"HY헤드라인M", "휴먼명조"}  # of Korean papers, beside that of tables
HWPX_FONTS = {"ko": {"맑은 고딕", *PAPER_FONTS}, "ja": {"Yu Gothic"}, "en": {"맑은 고딕"}}


def said_in_docx(data: bytes) -> str:
    """Return every word of a DOCX body, tables included."""
    body = python_docx.Document(io.BytesIO(data)).element.body
    return "\n".join(
        "".join(text.text or "" for text in line.iter(qn("w:t"))) for line in body.iter(qn("w:p"))
    )


def said_in_hwpx(data: bytes) -> str:
    """Return every word of an HWPX body, tables included."""
    root = ElementTree.fromstring(part(data, "Contents/section0.xml"))
    paragraphs = [line for line in root.iter() if line.tag.endswith("}p")]
    return "\n".join("".join(line.itertext()) for line in paragraphs)


def said_in_xlsx(data: bytes) -> str:
    """Return every cell of a workbook as text."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return "\n".join(str(value) for value in cells if value is not None)


def said_in_zip(data: bytes) -> str:
    return part(data, "metadata.json").decode()


SAID = {"docx": said_in_docx, "hwpx": said_in_hwpx, "xlsx": said_in_xlsx, "zip": said_in_zip}


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


@pytest.fixture(scope="module")
def made() -> Callable[[str, str], bytes]:
    """Return a maker of the sample briefing in a format and a language, each made once."""
    held: dict[tuple[str, str], bytes] = {}

    def make(kind: str, code: str) -> bytes:
        if (kind, code) not in held:
            held[kind, code] = WRITERS[kind](briefing(code))
        return held[kind, code]

    return make


Maker = Callable[[str, str], bytes]


def numbered(code: str, number: int) -> str:
    """Return a figure's heading; one of a scenario says that it is hypothetical."""
    language, figure = Language(code), briefing(code).parts[number - 1].figure
    title = plain(figure.title)
    if figure.scenario:
        title = language.remarked(title, language("hypothetical calculation"))
    return language("Figure {number}. {title}", number=number, title=title)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", list(WRITERS))
def test_every_format_says_the_same(kind: str, code: str, made: Maker) -> None:
    wanted, said = briefing(code), SAID[kind](made(kind, code)).replace("\N{NO-BREAK SPACE}", " ")
    words = [wanted.title, wanted.answer, *wanted.bullets, *wanted.absent[0].__dict__.values()]
    for one in wanted.parts:
        # Behind a label of its own a source line stands without the word Source.
        source = re.sub("^[^:：]+[:：] ?", "", one.figure.source)
        words += [plain(one.figure.title), plain(one.figure.takeaway), source, one.note]
        words += [one.figure.scenario or "", one.figure.as_of, "ab12cd34"]
    words += [value for _, value in wanted.rests_on()]
    for word in words:
        assert word in said, word


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", ["docx", "hwpx", "xlsx"])
def test_documents_end_with_what_they_rest_on(kind: str, code: str, made: Maker) -> None:
    wanted, said = briefing(code), SAID[kind](made(kind, code))
    for heading, frame in wanted.tables():
        assert heading in said or kind == "xlsx"
        assert all(str(value) in said for row in frame.itertuples(index=False) for value in row)
    for section in wanted.method:
        assert section.heading in said
        assert all(point in said for point in section.points)


@pytest.mark.parametrize("kind", list(WRITERS))
def test_the_trace_comes_back_as_it_went_in(kind: str, made: Maker) -> None:
    assert briefings.without_reading(trace.read(made(kind, "ko"))) == json.loads(briefings.TRACE)


@pytest.mark.parametrize("code", CODES)
def test_docx_names_its_fonts_and_its_language(code: str, made: Maker) -> None:
    document = python_docx.Document(io.BytesIO(made("docx", code)))
    asian = FONTS[code] if code != "en" else "Malgun Gothic"
    fonts = list(document.styles.element.iter(qn("w:rFonts")))
    assert len(fonts) > len(memo.TYPES)
    for font in fonts:
        named = (font.get(qn("w:ascii")), font.get(qn("w:eastAsia")))
        assert named == (FONTS[code], asian) or (code == "ko" and set(named) <= PAPER_FONTS)
        assert font.get(qn("w:asciiTheme")) is None
    stand_ins = part(made("docx", code), "word/fontTable.xml").decode()
    assert ('<w:altName w:val="함초롬바탕"/>' in stand_ins) == (code == "ko")
    tags = {"ko": "ko-KR", "ja": "ja-JP", "en": "en-GB"}
    assert document.core_properties.language == tags[code]
    latin = "en-GB" if code == "en" else "en-US"  # else LibreOffice ends lines within numbers
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {latin}
    assert {lang.get(qn("w:eastAsia")) for lang in document.styles.element.iter(qn("w:lang"))} == {
        "ko-KR" if code == "en" else tags[code]
    }


@pytest.mark.parametrize("code", CODES)
def test_docx_stays_editable(code: str, made: Maker) -> None:
    document = python_docx.Document(io.BytesIO(made("docx", code)))
    wanted = briefing(code)
    boxed = [line for table in document.tables for cell in table._cells for line in cell.paragraphs]
    lines = [*document.paragraphs, *boxed]
    said = [(line.text.replace("\N{NO-BREAK SPACE}", " "), line.style) for line in lines]
    styles = {text: style.name for text, style in said if style is not None}
    assert styles[wanted.title] == ("Briefing Title" if code == "ko" else "Title")
    assert styles[Language(code).conventions.marks[1] + wanted.bullets[0]] == "Briefing Point"
    assert styles[numbered(code, 2)] == "Heading 1"
    assert len(document.inline_shapes) == len(wanted.parts)
    drawn = [shape._inline.docPr for shape in document.inline_shapes]
    assert [one.get("descr") for one in drawn] == [one.figure.alt_text for one in wanted.parts]
    footer = document.sections[0].footer._element
    assert wanted.stamp_line() in "".join(footer.itertext())
    fields = ["PAGE"] if code == "ko" else ["PAGE", "NUMPAGES"]
    assert [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))] == fields


@pytest.mark.parametrize(("rows", "letters", "whole"), [(6, 4, True), (14, 900, False)])
def test_a_short_table_stays_on_its_page_and_a_tall_one_breaks(rows: int, letters: int, whole: bool) -> None:
    told = table(Language("ko"), [(Column("a", "A"), ["가나 " * (letters // 3)] * rows)])
    made = briefing("ko", parts=(Part(replace(fan("ko"), table=told)),), assumptions=pd.DataFrame())
    tables = python_docx.Document(io.BytesIO(docx.docx(made))).tables
    (grid,) = (each for each in tables if each.cell(0, 0).text == "A")
    held = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in grid.rows]
    assert held == [whole or None] * rows + [None]
    text = part(hwpx.hwpx(made), "Contents/section0.xml").decode()
    (at,) = re.findall(rf'<hp:tbl [^>]*rowCnt="{rows + 1}".*?treatAsChar="(\d)"', text, re.DOTALL)
    assert at == str(int(whole))


def test_docx_sets_numbers_flush_right_and_long_tables_in_a_sentence(made: Maker) -> None:
    document = python_docx.Document(io.BytesIO(made("docx", "en")))
    table = document.tables[0]
    heads = [cell.text.replace("\n", " ") for cell in table.rows[0].cells]
    assert heads == list(fan("en").table.headed().columns)
    assert table.rows[8].cells[1].paragraphs[0].alignment == 2
    assert table.rows[8].cells[1].text == "10,120,000"
    assert table.rows[9].cells[1].text == "–"
    assert "32 rows" in said_in_docx(made("docx", "en"))
    links = [relation.target_ref for relation in document.part.rels.values() if relation.is_external]
    assert links == ["http://localhost:8501/scenario?lanes=0.5"]


@pytest.mark.parametrize("code", CODES)
def test_hwpx_passes_the_checks_of_its_library(code: str, made: Maker) -> None:
    data = made("hwpx", code)
    report = python_hwpx.HwpxDocument.open(data).validate()
    assert report.ok
    assert not list(report.issues)
    assert validate_package(data).ok
    assert validate_editor_open_safety(data).ok


@pytest.mark.parametrize("code", CODES)
def test_hwpx_names_its_font_and_describes_its_pictures(code: str, made: Maker) -> None:
    data = made("hwpx", code)
    header = ElementTree.fromstring(part(data, "Contents/header.xml"))
    assert {font.get("face") for font in header.iter() if font.tag.endswith("}font")} == HWPX_FONTS[code]
    section = ElementTree.fromstring(part(data, "Contents/section0.xml"))
    drawn = [one for one in section.iter() if one.tag.endswith("}pic")]
    comments = [c.text for one in drawn for c in one if c.tag.endswith("}shapeComment")]
    assert comments == [one.figure.alt_text for one in briefing(code).parts]
    document = python_hwpx.HwpxDocument.open(data)
    assert document.parts.metadata is not None
    assert document.parts.metadata.title == briefing(code).title
    assert document.parts.metadata.language == code
    names = {str(style.id): style.name for style in document.styles.values()}
    headings = [line.text for line in document.paragraphs if names[str(line.style_id_ref)] == "개요 1"]
    assert [numbered(code, 1), numbered(code, 2)] == headings[:2]


@pytest.mark.parametrize("code", CODES)
def test_workbook_has_one_sheet_a_figure_with_chart_data_and_description(code: str, made: Maker) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", code)))
    names = book.sheetnames
    assert names[0] == briefing(code).language("Briefing")
    assert names[-2:] == [briefing(code).language("Method"), briefing(code).language("About")]
    fan_sheet = book.worksheets[2]
    assert fan_sheet.title.startswith(f"{Language(code)('Figure {number}', number=2)} ")
    cells = [cell.value for row in fan_sheet.iter_rows() for cell in row]
    assert 16_100_000 in cells
    assert all(value in cells for _, value in fan(code).about())
    link = book.worksheets[0].cell(row=9, column=2)
    assert link.hyperlink is not None
    assert names[1] in str(link.hyperlink.location)
    assert {cell.font.name for row in fan_sheet.iter_rows() for cell in row if cell.value} == {FONTS[code]}


@pytest.mark.parametrize("code", CODES)
def test_bands_are_stacked_areas_under_the_lines(code: str, made: Maker) -> None:
    drawn = part(made("xlsx", code), "xl/charts/chart2.xml").decode()
    assert drawn.count("<c:areaChart>") == drawn.count("<c:lineChart>") == 1
    areas, rest = drawn.split("<c:lineChart>")
    assert areas.count("<c:ser>") == 4
    assert "<a:noFill/>" in areas.split("</c:ser>")[0]
    assert areas.count('val="DFE3E8"') == 2
    assert areas.count('val="AEB6C2"') == 1
    assert rest.count("<c:ser>") == 2
    assert rest.count('<c:smooth val="0"/>') == 2
    assert '<a:prstDash val="dash"/>' in rest
    assert '<c:delete val="1"/>' in rest
    assert {"ko": "95% 예측구간", "ja": "95%予測区間", "en": "95% interval"}[code] in areas


def test_bands_end_at_their_bounds_and_open_from_the_last_figure() -> None:
    made = fan("en")
    assert made.office is not None
    stack = layers(made.office)
    bounds = made.office.table.frame
    for i in range(8, 12):
        assert stack[0].values[i] == bounds["low95"][i]
        assert sum(one.values[i] for one in stack) == bounds["high95"][i]
    assert [one.values[7] for one in stack] == [10_120_000, 0, 0, 0]


def test_bands_that_are_not_nested_are_drawn_as_lines() -> None:
    office = fan("en").office
    assert office is not None
    turned = replace(office, bands=tuple(reversed(office.bands)))
    assert layers(turned) == []
    assert len(series(turned, stacked=False)) == 6
    data = workbook.of_figure(replace(fan("en"), office=turned))
    assert part(data, "xl/charts/chart1.xml").decode().count("<c:ser>") == 6


def test_a_single_figure_draws_as_the_briefing_does(made: Maker) -> None:
    alone = part(workbook.of_figure(fan("en")), "xl/charts/chart1.xml").decode()
    among = part(made("xlsx", "en"), "xl/charts/chart2.xml").decode()
    assert alone.count("<c:ser>") == among.count("<c:ser>") == 6
    assert alone.count("DFE3E8") == among.count("DFE3E8")


@pytest.mark.parametrize("code", CODES)
def test_archive_holds_the_files_it_lists(code: str, made: Maker) -> None:
    with zipfile.ZipFile(io.BytesIO(made("zip", code))) as package:
        names = package.namelist()
        whole = json.loads(package.read("metadata.json"))
        listed = [name for one in whole["figures"] for name in one["files"]]
        assert sorted(names) == sorted([*listed, "metadata.json"])
        assert [name[-3:] for name in listed] == ["png", "svg", "csv"] * 2
        picture = Image.open(io.BytesIO(package.read(listed[0])))
        assert picture.size == (1920, 1080)
    assert briefings.without_reading(json.dumps(whole["trace"])) == json.loads(briefings.TRACE)
    assert whole["figures"][0]["note"] == briefing(code).parts[0].note
    assert whole["figures"][1]["about"] == dict(fan(code).about())


@pytest.mark.parametrize("kind", list(WRITERS))
def test_a_briefing_without_figures_is_still_a_file(kind: str) -> None:
    for code in CODES:
        data = WRITERS[kind](empty(code))
        assert briefings.without_reading(trace.read(data)) == {}
        if kind != "zip":
            assert empty(code).language("This briefing contains no figure.") in SAID[kind](data)


def test_a_workbook_prints_chart_and_short_tables_and_its_words_in_their_width() -> None:
    values: list[tuple[Column, list[Any]]] = [
        (Column("a", "A"), ["x"] * 100),
        (Column("b", "B", "number"), [1.0] * 100),
    ]
    long = replace(
        fan("ko"), table=table(Language("ko"), values), office=None, takeaway="가나다 라마바 " * 40
    )
    data = workbook.workbook(briefing("ko", parts=(Part(fan("ko")), Part(long))))
    book = openpyxl.load_workbook(io.BytesIO(data))
    (_, _, _, rows), (_, _, columns, cut) = (
        range_boundaries(book[book.sheetnames[place]].print_area.rpartition("!")[2]) for place in (1, 2)
    )
    sheet = book[book.sheetnames[2]]
    assert (cut or 0) < (rows or 0) < sheet.max_row
    told = briefing("ko", assumptions=pd.DataFrame({"가정": ["a", "b"], "출처": ["x", "공표 자료 " * 60]}))
    rests_on = openpyxl.load_workbook(io.BytesIO(workbook.workbook(told)))["가정과 근거"]
    assert rests_on.row_dimensions[3].height > 60
    assert sheet.row_dimensions[2].height > 4 * sheet.row_dimensions[1].height / 2
    assert max(area.max_col for area in sheet.merged_cells.ranges) == columns


@pytest.mark.parametrize("kind", list(WRITERS))
def test_sixty_figures(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without_pictures(monkeypatch)
    data = WRITERS[kind](many("ko"))
    if kind == "docx":
        assert len(python_docx.Document(io.BytesIO(data)).inline_shapes) == 60
    elif kind == "hwpx":
        assert python_hwpx.HwpxDocument.open(data).validate().ok
        assert part(data, "Contents/section0.xml").count(b"<hp:pic ") == 60
    elif kind == "xlsx":
        names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
        assert len(names) == len({name.casefold() for name in names}) == 66
    else:
        assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == 181


@pytest.mark.parametrize("kind", list(WRITERS))
def test_spoiled_words_do_not_break_a_file(kind: str) -> None:
    data = WRITERS[kind](spoiled("en"))
    said = SAID[kind](data)
    assert said.count("=HYPERLINK 😀 مرحبا") >= 14
    assert "abcde" in said
    assert "second line" in said
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels", ".hpf", ".svg")):
                ElementTree.fromstring(package.read(name))
    if kind == "hwpx":
        assert python_hwpx.HwpxDocument.open(data).validate().ok
        assert validate_package(data).ok


def test_no_formula_survives_in_a_workbook() -> None:
    data = workbook.workbook(spoiled("ko"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert [text for text in formulas if not re.fullmatch(r"=[(A-Z\d)-]+/10000", text)] == []
    texts = [str(cell.value) for cell in cells if cell.data_type == "s"]
    assert {"=1+1", "=A1", "[x]", f"=answer {clean.clean(briefings.SPOILED)}"} <= set(texts)
    for name in book.sheetnames:
        assert len(name) <= 31
        assert not set("[]:*?/\\") & set(name)
        assert not name.startswith("'")
    named = replace(fan("en"), office=briefings.renamed(fan("en"), "=cmd()"))
    with zipfile.ZipFile(io.BytesIO(workbook.of_figure(named))) as parts:
        drawn = parts.read("xl/charts/chart1.xml").decode()
    assert "<c:f>cmd" not in drawn
    assert "<c:f>=" not in drawn


@pytest.mark.parametrize(
    "words", ["", "a" * 60, "😀" * 40, "'quoted'", "History", "a/b\\c:d*e?[f]", "=1+1", "..."]
)
def test_sheet_names_are_what_spreadsheets_allow(words: str) -> None:
    name = sheets.sheet_name(words, number=7)
    assert name.startswith("7")
    assert 0 < len(name.encode("utf-16-le")) <= 62
    assert not set("[]:*?/\\'=") & set(name[:1] + name[-1:])
    openpyxl.Workbook().create_sheet(name)


@pytest.mark.parametrize("paper", PAPERS)
def test_paper(paper: str) -> None:
    one = briefing("ja", paper=paper, parts=())
    section = python_docx.Document(io.BytesIO(docx.docx(one))).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    ratio = section.page_width / section.page_height
    assert abs(ratio - (16 / 9 if paper == WIDE else 210 / 297)) < 0.001
    page = ElementTree.fromstring(part(hwpx.hwpx(one), "Contents/section0.xml"))
    shape = next(entry for entry in page.iter() if entry.tag.endswith("}pagePr"))
    sides = sorted((int(shape.get("width", 0)), int(shape.get("height", 0))))
    assert abs(sides[1] / sides[0] - (16 / 9 if paper == WIDE else 297 / 210)) < 0.001
    assert shape.get("landscape") == ("NARROWLY" if paper == WIDE else "WIDELY")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("title", ["", briefings.LONG_TITLE, "가나다라 " * 80, "訪日韓国人" * 80])
def test_a_brief_is_one_page_with_one_chart(paper: str, title: str) -> None:
    one = briefing(
        "ko", paper=paper, brief=True, title=title, answer="2026년 8월까지 상호 방문객은 많습니다. " * 6
    )
    laid = memo.memo(one)
    assert sum(isinstance(block, memo.Picture) for block in laid.blocks) == 1
    assert not any(isinstance(block, (memo.Grid, memo.Box)) for block in laid.blocks)
    assert estimate_pages(hwpx.hwpx(one)).pages == 1
    data = docx.docx(one)
    assert len(python_docx.Document(io.BytesIO(data)).inline_shapes) == 1
    assert "JNTO" in "".join(said_in_docx(data).splitlines()[-4:])


def test_the_chart_alone_has_the_size_that_was_asked() -> None:
    made = Image.open(io.BytesIO(pictures.chart_png(fan("ko"), width=400, height=210)))
    assert made.size == (800, 420)
    assert fan("ko").source in str(made.info["Description"])


def test_a_figure_without_a_native_chart_keeps_its_picture() -> None:
    one = briefing("en", parts=(Part(replace(fan("en"), office=None)),))
    data = workbook.workbook(one)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert [name for name in package.namelist() if name.startswith("xl/media/")] == [
            "xl/media/image1.png"
        ]
        assert fan("en").alt_text in package.read("xl/drawings/drawing1.xml").decode()


@pytest.mark.parametrize(
    ("kind", "module", "package"),
    [
        ("docx", "docx", "python-docx"),
        ("hwpx", "hwpx", "python-hwpx"),
        ("xlsx", "xlsxwriter", "xlsxwriter"),
        ("docx", "vl_convert", "vl-convert-python"),
        ("hwpx", "vl_convert", "vl-convert-python"),
        ("zip", "fontTools.ttLib", "fonttools"),
    ],
)
def test_an_absent_package_is_named(
    kind: str, module: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures._converter.cache_clear()
    outlines.font.cache_clear()
    outlines._letter.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingPackage, match="pip install") as caught:
        WRITERS[kind](briefing("ko"))
    assert caught.value.values == {"package": package}
    pictures._converter.cache_clear()


def test_libraries_load_on_first_use_only() -> None:
    names = ["docx", "hwpx", "workbook", "archive", "memo", "sheets"]
    code = (
        f"import sys\n{''.join(f'import crossings.export.{name}' + chr(10) for name in names)}"
        "print([m for m in ('docx', 'hwpx', 'xlsxwriter', 'vl_convert', 'fontTools') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
