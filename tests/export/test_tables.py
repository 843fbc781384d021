"""CSV and XLSX carry the table, its description and a native chart, and never a formula."""

import csv
import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings import export
from crossings.export import memo
from crossings.export.figure import plain
from crossings.export.tables import FORMULA_STARTS, cell, unspoiled
from crossings.language import LANGUAGES
from tests.export.figures import figure

CODES = list(LANGUAGES)


@pytest.mark.parametrize("code", CODES)
def test_csv_opens_in_spreadsheets_and_describes_itself(code: str) -> None:
    made = figure(code)
    written = export.csv(made)
    assert written.startswith(b"\xef\xbb\xbf")
    text = written.decode("utf-8-sig")
    remarks = [line for line in text.splitlines() if line.startswith("# ")]
    wanted = [
        plain(made.title),
        plain(made.takeaway),
        made.source,
        made.as_of,
        made.status,
        str(made.scenario),
        "ab12cd34",
    ]
    for words in wanted:
        assert any(words in line for line in remarks)
    table = pd.read_csv(io.StringIO(text), comment="#")
    visitors = made.table.heading_with_unit(made.table.column("visitors"))
    assert list(table.columns) == list(map(made.table.heading_with_unit, made.table.columns))
    assert list(table[visitors]) == list(made.table.values("visitors"))
    assert list(table["month"]) == [str(month) for month in made.table.values("month")]
    share = made.table.heading_with_unit(made.table.column("share"))
    assert pd.isna(table[share].iloc[0])
    assert table[share].iloc[1] == 25


def test_csv_writes_whole_persons_and_no_formula() -> None:
    lines = [
        line for line in export.csv(figure("en")).decode("utf-8-sig").splitlines() if not line.startswith("#")
    ]
    rows = list(csv.reader(lines))
    assert all("." not in row[1] for row in rows[1:])
    assert [row[3] for row in rows[1:5]] == ["'=1+1", "'+82", "'-", "'@home"]


@given(st.text(max_size=20))
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not str(unspoiled(text)).startswith(FORMULA_STARTS)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_numbers_stay_numbers(number: float) -> None:
    held = cell(number)
    assert held is None or (held == number and unspoiled(held) == number)


@pytest.mark.parametrize("code", CODES)
def test_xlsx_has_chart_data_and_description(code: str) -> None:
    made = figure(code)
    book = openpyxl.load_workbook(io.BytesIO(export.xlsx(made)))
    assert book.sheetnames == [made.language("Chart"), made.language("Data"), made.language("About")]
    chart, data, about = book.worksheets
    assert chart["A1"].value == memo.named_hypothetical(made)
    assert b"chart1.xml" in export.xlsx(made)
    heads = list(map(made.table.heading_with_unit, made.table.columns))
    assert [cell.value for cell in data[1]] == heads
    assert data.max_row == len(made.table) + 1
    assert data["A2"].value == made.table.values("month").iloc[0].to_timestamp()
    assert data["B2"].value == made.table.values("visitors").iloc[0]
    assert (data["E3"].value, data["E3"].number_format) == (0.25, "0.0%")
    said = [value.value for (value,) in about["B1" : f"B{about.max_row}"]]
    for words in (
        plain(made.title),
        plain(made.takeaway),
        re.sub("^[^:：]+[:：] ?", "", made.source),
        made.as_of,
        made.status,
        made.scenario,
    ):
        assert words in said
    assert book.properties.title == plain(made.title)


def test_xlsx_holds_no_formula_but_the_charts_own() -> None:
    written = export.xlsx(figure("ko"))
    book = openpyxl.load_workbook(io.BytesIO(written))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert [text for text in formulas if not re.fullmatch(r"=[A-Z]+\d+/10000", text)] == []
    assert "=1+1" in [cell.value for cell in cells]


def test_the_native_chart_points_at_its_figures() -> None:
    with zipfile.ZipFile(io.BytesIO(export.xlsx(figure("ja")))) as parts:
        drawn = parts.read("xl/charts/chart1.xml").decode()
    assert "dispUnits" not in drawn
    assert "万人" in drawn
    columns = set(re.findall(r"\$([A-Z]+)\$\d", drawn))
    assert max((len(name), name) for name in columns) > (1, "D")  # beside the table, folded away
    assert "Yu Gothic" in drawn


def test_without_a_native_chart_there_is_still_a_workbook() -> None:
    from dataclasses import replace

    book = openpyxl.load_workbook(io.BytesIO(export.xlsx(replace(figure("en"), office=None))))
    assert book.sheetnames == ["Data", "About"]
