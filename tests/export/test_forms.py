"""Documents in the form of each administration, as other programs read them: head, title box, marks, short and public."""

import io
import json
import re
import sys
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise

import docx as word
import pandas as pd
import pytest
from hwpx.layout.pages import estimate_pages
from PIL import Image
from pptx import Presentation

from crossings.export import documents, memo, reading, trace
from crossings.export.briefing import Briefing, Filing, Section
from crossings.export.templates import TemplateUnreadable
from crossings.formats import WIDE
from crossings.language import LANGUAGES, Language
from tests.export.briefings import briefing, many

FILED = Filing(department="동북아1과", contact="02-2100-0000", classification="대외주의", number="7")
TEXTUAL = ("docx", "hwpx", "pdf")


def filed(code: str, **changes: object) -> Briefing:
    sections = (Section("현황" if code == "ko" else "Now", ("하나",)), Section("B", ("two",)))
    day = Language(code).report_day(date(2026, 11, 27))
    return replace(briefing(code, brief=True, sections=sections, filing=FILED, day=day), **changes)  # type: ignore[arg-type]


def words(data: bytes) -> str:
    return "".join("".join(piece.text.split()) for piece in reading.pieces(data))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("form", TEXTUAL)
def test_a_paper_has_its_head_summary_and_sections(form: str, code: str) -> None:
    said = words(documents.make(form, filed(code)))
    for text in (filed(code).day, FILED.department, FILED.contact, FILED.classification, filed(code).answer):
        assert "".join(text.split()) in said
    marks = Language(code).conventions.marks
    if form != "pdf":
        assert f"{marks[1].strip()}하나" in said
    assert filed(code).sections[1].heading in said


def test_on_a_wide_page_of_two_columns_tables_stay_in_theirs() -> None:
    made = filed("ko", paper=WIDE)
    tables = word.Document(io.BytesIO(documents.make("docx", made))).tables
    assert len(tables) == 3
    for each in tables:
        assert sum(column.width.cm for column in each.columns) <= memo.memo(made).room


def test_a_korean_title_stands_in_a_box_of_three_cells() -> None:
    document = word.Document(io.BytesIO(documents.make("docx", filed("ko"))))
    boxes = [table for table in document.tables if len(table.columns) == 3]
    assert [cell.text for cell in boxes[0].rows[0].cells] == ["보고", "", filed("ko").title]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_short_form_of_two_figures_has_two_pages(code: str) -> None:
    short = briefing(code, sections=filed(code).sections, filing=Filing(full=False), absent=())
    assert estimate_pages(documents.make("hwpx", short)).pages <= 2
    starts = memo.page_starts(memo.memo(short))
    assert len(starts) <= 1
    for place in starts:
        first = memo.memo(short).blocks[place]
        assert isinstance(first, memo.Text)
        assert first.new_page


def test_a_japanese_memo_numbers_its_levels_and_a_page_of_one_has_boxes() -> None:
    whole = briefing("ja", sections=filed("ja").sections, parts=())
    said = [line.text for line in word.Document(io.BytesIO(documents.make("docx", whole))).paragraphs]
    assert [line for line in said if line[:1].isdigit()][:2] == ["1　Now", "2　B"]
    assert "(1)　two" in said
    page = word.Document(io.BytesIO(documents.make("docx", filed("ja"))))
    boxes = [[cell.text for cell in row.cells] for table in page.tables for row in table.rows]
    assert ["Now", "・하나"] in boxes


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_slide_of_one_page_names_day_and_office(code: str) -> None:
    told = [filed(code).language.named(*row) for row in filed(code).headed()]
    (slide,) = Presentation(io.BytesIO(documents.make("pptx", filed(code)))).slides
    assert " · ".join(told) in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_a_japanese_slide_of_one_page_has_boxes() -> None:
    (slide,) = Presentation(io.BytesIO(documents.make("pptx", filed("ja")))).slides
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert rows == [[one.heading, "\n".join(one.points)] for one in filed("ja").sections]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_charts_of_the_short_form_take_the_room_of_their_page(code: str) -> None:
    laid = memo.memo(briefing(code, sections=filed(code).sections, filing=Filing(full=False), absent=()))
    room = laid.page.height - 2 * laid.page.end
    for begin, end in pairwise([0, *memo.page_starts(laid), len(laid.blocks)]):
        blocks = laid.blocks[begin:end]
        used = sum(memo._placed(block, laid.page.text, laid.scale, laid.spacing) for block in blocks)
        charts = [block.height for block in blocks if isinstance(block, memo.Picture)]
        assert used <= room
        assert all(height > laid.page.text * memo.TALLEST - 0.1 for height in charts) or room - used < 1


@pytest.mark.parametrize(("code", "ends"), [("ko", "BREAK_WORD"), ("ja", "KEEP_WORD"), ("en", "BREAK_WORD")])
def test_hangul_ends_lines_between_korean_words_and_within_japanese(code: str, ends: str) -> None:
    with zipfile.ZipFile(io.BytesIO(documents.make("hwpx", briefing(code, parts=())))) as package:
        header = package.read("Contents/header.xml").decode()
    assert set(re.findall(r'breakNonLatinWord="(\w+)"', header)) == {ends}


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        ("95%予測区間の下限", ["95%", "予測区間の", "下限"]),
        ("年間の訪問者数の増減", ["年間の", "訪問者数の", "増減"]),
        ("韓国：追加財政支出", ["韓国：", "追加財政支出"]),
        ("80% 예측구간 하한", ["80%", "예측구간", "하한"]),
        ("90th percentile", ["90th", "percentile"]),
    ],
)
def test_a_head_ends_its_lines_between_phrases(head: str, lines: list[str]) -> None:
    frame = pd.DataFrame({head: ["1"]})
    assert memo.heads_of(frame, [1.0], width=2.4) == ["\n".join(lines)]
    assert memo.heads_of(frame, [1.0], width=9.0) == [head]


def test_a_full_row_of_numbers_is_not_cut() -> None:
    heads = [
        "月",
        "公表値",
        "95%予測区間の下限",
        "80%予測区間の下限",
        "中央値",
        "80%予測区間の上限",
        "95%予測区間の上限",
    ]
    frame = pd.DataFrame([["2026年12月", *["10,119,197"] * 6]], columns=heads)
    ems = memo.PAGES["a4"].text * memo.POINTS_PER_CM / memo.TYPES["cell"].size
    for share in memo.shares(frame, width=memo.PAGES["a4"].text):
        assert share * ems >= memo._ems("10,119,197") + memo.PADDING - memo.ROUNDING


def test_a_slide_deck_has_one_slide_of_assumptions() -> None:
    rows = pd.DataFrame({"Assumption": [f"a {place}" for place in range(60)], "Value": ["1"] * 60})
    made = briefing("en", assumptions=rows, absent=(), parts=briefing("en").parts[:1])
    data = documents.make("pptx", made)
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(io.BytesIO(data)).slides]
    assert titles.count("Assumptions and their evidence") == 1
    assert len(titles) == 5
    shown = sum(
        f"a{place}" in [piece.text.replace(" ", "") for piece in reading.pieces(data)] for place in range(60)
    )
    assert 0 < shown < 60
    assert f"Rowsshown:{shown}of60" in words(data)


def test_a_slide_deck_shows_every_assumption_when_asked() -> None:
    rows = pd.DataFrame({"Assumption": [f"a {place}" for place in range(60)], "Value": ["1"] * 60})
    asked = Filing(full=False, every_assumption=True)
    data = documents.make("pptx", briefing("en", assumptions=rows, absent=(), parts=(), filing=asked))
    shown = [piece.text for piece in reading.pieces(data) if piece.kind == "slide"]
    assert [text for text in shown if text in set(rows["Assumption"])] == list(rows["Assumption"])
    assert "Furtherrows" not in words(data)


def test_hangul_shows_a_preview_without_the_typesetter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with zipfile.ZipFile(io.BytesIO(documents.make("hwpx", briefing("ko")))) as package:
        preview = Image.open(package.open("Preview/PrvImage.png"))
    assert preview.width > 300
    assert len(preview.convert("L").getcolors() or []) > 10


@pytest.mark.parametrize("form", ["docx", "hwpx", "pdf", "pptx"])
def test_the_short_form_has_no_annex(form: str) -> None:
    full = briefing("en")
    short = replace(full, filing=Filing(full=False))
    method = "".join(full.method[0].points[0].split())
    assert method in words(documents.make(form, full))
    assert method not in words(documents.make(form, replace(short, parts=())))


@pytest.mark.parametrize("form", ["docx", "hwpx", "pdf", "pptx"])
def test_without_versions_the_trace_alone_holds_them(form: str) -> None:
    made = briefing("ko", filing=Filing(hashes=False), parts=(), day="2026. 11. 27.(금)")
    data = documents.make(form, made)
    assert "ab12cd34" not in words(data)
    assert "reading" in json.loads(trace.read(data))


def test_slides_have_numbers_author_and_day_and_nothing_of_the_libraries_maker() -> None:
    data = documents.make("pptx", briefing("ja"))
    show = Presentation(io.BytesIO(data))
    assert show.core_properties.last_modified_by == "Crossings"
    assert show.core_properties.modified.year >= 2026
    for slide in show.slides:
        assert 'type="slidenum"' in "".join(shape._element.xml for shape in slide.shapes)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
    assert not [name for name in names if "printerSettings" in name or "thumbnail" in name]


def test_word_opens_the_memo_as_one_of_today() -> None:
    with zipfile.ZipFile(io.BytesIO(documents.make("docx", briefing("ko")))) as package:
        settings, styles = (package.read(f"word/{name}.xml").decode() for name in ("settings", "styles"))
    assert (
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings
    )
    assert 'w:lang w:val="ko-KR"' not in styles
    assert 'w:eastAsia="ko-KR"' in styles


def _template(kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "pptx":
        show = Presentation()
        show.slide_master._element.cSld.set("name", "Ministry")
        show.save(out)
        words_of = ("presentationml.presentation.main", "presentationml.template.main")
    else:
        document = word.Document()
        document.styles["Normal"].font.name = "Ministry Sans"
        document.add_paragraph("to be removed")
        document.save(out)
        words_of = ("wordprocessingml.document.main", "wordprocessingml.template.main")
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as package:
        types = package.read(trace.TYPES).decode().replace(*words_of)
    return trace.rewritten(out.getvalue(), {trace.TYPES: types.encode()})


def test_an_offices_own_template_is_kept() -> None:
    slides = Presentation(io.BytesIO(documents.make("pptx", briefing("ko"), template=_template("pptx"))))
    assert slides.slide_master.name == "Ministry"
    assert slides.slide_width == Presentation().slide_width
    memo = word.Document(io.BytesIO(documents.make("docx", briefing("ko"), template=_template("docx"))))
    assert memo.styles["Normal"].font.name == "Ministry Sans"
    assert "to be removed" not in "".join(line.text for line in memo.paragraphs)


@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_what_is_no_template_is_refused_by_name(form: str) -> None:
    with pytest.raises(TemplateUnreadable):
        documents.make(form, briefing("en"), template=b"no template")
    out = io.BytesIO(_template(form))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("docProps/picture.bin", bytes(31_000_000))
    with pytest.raises(TemplateUnreadable):
        documents.make(form, briefing("en"), template=out.getvalue())


@pytest.mark.parametrize("paper", ["a4", WIDE])
def test_a_short_paper_with_more_than_its_pages_hold_is_written_all_the_same(paper: str) -> None:
    crowded = replace(many("ko", 14), filing=Filing(full=False), paper=paper)
    with zipfile.ZipFile(io.BytesIO(documents.make("hwpx", crowded))) as package:
        assert "Contents/section0.xml" in package.namelist()


def test_each_smaller_type_of_a_short_paper_is_tried_in_turn() -> None:
    full = briefing("ko", sections=filed("ko").sections, filing=Filing(full=False), absent=())
    scales = [memo.memo(full).scale]
    while (smaller := memo.memo(full, below=scales[-1])).scale < scales[-1]:
        scales.append(smaller.scale)
    steps = [round(before - after, 3) for before, after in pairwise(scales) if before > 0.85]
    assert set(steps) == {0.025}
