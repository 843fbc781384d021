"""Every printed cell of every figure in every format: shares that are shares, counts without decimals, one unit."""

import csv
import io
import re
from functools import lru_cache

import docx
import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from crossings import export
from crossings.briefing.compose import compose, made
from crossings.briefing.draft import Draft
from crossings.export import documents
from crossings.export.briefing import Briefing
from crossings.export.cells import fits
from crossings.export.native import office_of
from crossings.language import LANGUAGES, Language
from crossings.questions.base import Column, Figure
from tests.briefing import collected
from tests.export.briefings import without_pictures

WHOLE = ("count", "year", "persons")


@lru_cache(maxsize=3)
def figures(code: str) -> tuple[Figure, ...]:
    items = (made(item, collected.models(), Language(code)) for item in collected.every_item())
    return tuple(each.figure for each in items if each.figure is not None)


@lru_cache(maxsize=1)
def briefing(code: str) -> Briefing:
    return compose(Draft(items=tuple(collected.every_item())), collected.models(), Language(code))


def shown(code: str) -> list[tuple[Figure, Column, pd.Series]]:
    return [
        (figure, column, figure.table.values(column.key).dropna())
        for figure in figures(code)
        for column in figure.table.visible.columns
    ]


def test_every_figure_is_there() -> None:
    assert len(figures("en")) == len(collected.every_item())


@pytest.mark.parametrize("code", LANGUAGES)
def test_shares_are_shares_and_counts_are_whole(code: str) -> None:
    wrong: list[tuple[object, ...]] = []
    for figure, column, values in shown(code):
        if column.kind == "share" and not column.signed and not values.between(-1e-9, 1 + 1e-9).all():
            wrong.append((figure.key, column.key, values.min(), values.max()))
        if column.kind == "count" and not (values == values.round()).all():
            wrong.append((figure.key, column.key, "not whole"))
    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_printed_fits_its_kind(code: str) -> None:
    wrong: list[tuple[object, ...]] = []
    for figure in figures(code):
        texts, columns = figure.table.texts(), figure.table.visible.columns
        for number, column in enumerate(columns):
            cells = [text for text in texts.iloc[:, number] if text != "–"]
            percent = [text for text in cells if text.endswith("%")]
            if column.kind == "share" and len(percent) != len(cells):
                wrong.append((figure.key, column.key, "share without per cent"))
            if column.kind in WHOLE and any(re.search(r"%|\.\d", text) for text in cells):
                wrong.append((figure.key, column.key, "count with per cent or decimals"))
    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_csv_and_workbook_have_the_same_headings_with_units(code: str) -> None:
    for figure in figures(code):
        lines = export.csv(figure).decode("utf-8-sig").splitlines()
        heads = next(csv.reader(line for line in lines if not line.startswith("#")))
        sheet = openpyxl.load_workbook(io.BytesIO(export.xlsx(figure)))[figure.language("Data")]
        assert [str(cell.value or "") for cell in sheet[1]] == [head.lstrip("'") for head in heads]
        for column, head in zip(figure.table.visible.columns, heads, strict=True):
            unit = figure.table.unit(column)
            assert not unit or head.endswith(figure.language.remarked("", unit).strip())


def squeezed(text: str) -> str:
    """Return a text without the white space at which the lines of a head end."""
    return "".join(text.split())


@pytest.mark.parametrize("code", LANGUAGES)
def test_documents_print_every_cell_as_the_table_says(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without_pictures(monkeypatch)
    memo = docx.Document(io.BytesIO(documents.make("docx", briefing(code))))
    in_memo = {
        tuple(tuple(squeezed(cell.text) for cell in row.cells) for row in table.rows) for table in memo.tables
    }
    slides = Presentation(io.BytesIO(documents.make("pptx", briefing(code)))).slides
    on_slides = {
        tuple(squeezed(cell.text_frame.text) for cell in row.cells)
        for slide in slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
    }
    for figure in figures(code):
        texts = figure.table.texts()
        printed = (list(texts.columns), *texts.to_numpy().tolist())
        rows = tuple(tuple(squeezed(str(text)) for text in row) for row in printed)
        if fits(figure.table):
            assert rows in in_memo, figure.key
            # A native chart holds its own sheet; where a picture is drawn, the table follows it.
            assert office_of(figure) or set(rows) <= on_slides, figure.key


PRINTED = {
    **dict.fromkeys(
        ("abroad-map", "abroad-residents", "abroad-students", "abroad-working-holiday"), ("printed",)
    ),
    "abroad-carried": ("koreans", "japanese", "others"),
}
NAMED = {
    "Source": {"Source", "출처", "자료", "산출", "出典"},
    "As of": {"As of", "기준", "時点", "Latest", "최신", "最新"},
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_row_over_a_table_is_named_twice(code: str) -> None:
    language = Language(code)
    mark, doubled = language.conventions.label, []
    for figure in figures(code):
        said = export.csv(figure).decode("utf-8-sig").splitlines()
        for name, words in NAMED.items():
            start = f"# {language.named(language(name), '')}"
            for line in (each for each in said if each.startswith(start)):
                head, _, rest = line.removeprefix(start).partition(mark)
                if rest and any(word in head for word in words) and len(head) < 16:
                    doubled.append((figure.key, line))
        status = language.named(language("Status"), "")
        assert not [line for line in said if line.startswith(f"# {status}{status}")]
    assert doubled == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_column_of_persons_names_them_in_a_file(code: str) -> None:
    language = Language(code)
    bare = [
        (figure.key, column.key)
        for figure in figures(code)
        for column in figure.table.visible.columns
        if (column.kind == "persons" or column.key in PRINTED.get(figure.key, ()))
        and language.person_unit.casefold() not in figure.table.heading_with_unit(column).casefold()
    ]
    assert bare == []
