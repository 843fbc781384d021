"""JNTO's workbook: as published, as the tests write it, and damaged in each way that was thought of."""

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from etl.errors import LayoutChanged, WorkbookUnreadable
from etl.sources import jnto
from tests.etl import workbooks

SHARED = Path(os.environ.get("CROSSINGS_INPUTS", Path(__file__).resolve().parents[4] / "shared" / "data"))
RAW = SHARED / "jnto" / "raw"
needs_raw = pytest.mark.skipif(
    not RAW.is_dir(), reason="the folder of raw publications is not beside the project"
)


def rows(content: bytes) -> pd.DataFrame:
    return jnto.parse(content, name="jnto.xlsx").rows


@needs_raw
@pytest.mark.parametrize(
    ("name", "last", "estimates"),
    [
        ("jnto_202109_since2003_visitor_arrivals.xlsx", "2021-08", {"2021-07", "2021-08"}),
        ("jnto_20260318_1615-5_since2003_visitor_arrivals.xlsx", "2026-02", {"2026-01", "2026-02"}),
    ],
)
def test_published_workbooks_are_read_whole(name: str, last: str, estimates: set[str]) -> None:
    read = jnto.parse(RAW / name)
    assert (read.rows["month"].min(), read.rows["month"].max()) == ("2003-01", last)
    assert set(read.rows.loc[read.rows["status"] == "estimate", "month"]) == estimates
    assert read.unread == ()
    koreans = read.rows[read.rows["origin"] == "KOR"].set_index("month")["visitors"]
    assert koreans.loc["2018-01":"2018-12"].sum() == 7_538_952


@needs_raw
def test_published_workbook_agrees_with_the_monthly_table() -> None:
    table = pd.read_csv(SHARED / "jnto" / "arrivals_japan_monthly.csv").rename(columns={"period": "month"})
    read = jnto.parse(RAW / "jnto_20260318_1615-5_since2003_visitor_arrivals.xlsx").rows
    both = read[read["month"] < "2025"].merge(table, on=["month", "origin"], suffixes=("", "_table"))
    assert len(both) == 9_984
    assert (both["visitors"] == both["visitors_table"]).all()
    assert (both["status"] == both["status_table"]).all()


def test_written_workbook_comes_back_as_written() -> None:
    read = rows(workbooks.jnto(2018, 2021, months=5, estimates=2))
    for row in read.itertuples():
        year, month = int(str(row.month)[:4]), int(str(row.month)[5:])
        due = workbooks.count(year, month, str(row.origin))
        assert row.visitors == (round(due, -2) if row.status == "estimate" else due)
    assert set(read.loc[read["month"] == "2021-05", "status"]) == {"estimate"}
    assert set(read.loc[read["month"] == "2021-03", "status"]) == {"provisional"}
    assert set(read.loc[read["month"] == "2020-12", "status"]) == {"definitive"}
    assert "2021-06" not in set(read["month"])
    assert not ((read["origin"] == "NZL") & (read["month"] == "2021-05")).any()


def test_older_heading_of_the_sum_and_first_years_of_markets() -> None:
    read = rows(workbooks.jnto(2008, 2016))
    assert read[read["origin"] == "MAC"]["month"].min() == "2016-01"
    assert read[read["origin"] == "VNM"]["month"].min() == "2008-01"


def test_a_new_column_and_a_moved_header_are_followed() -> None:
    def move(book: openpyxl.Workbook) -> None:
        book["2021"].insert_cols(3)
        book["2021"]["C4"] = "備考"
        book["2020"].insert_rows(2, 3)

    assert rows(workbooks.jnto(edit=move)).equals(rows(workbooks.jnto()))


def test_a_new_market_is_named_and_does_no_harm() -> None:
    def add(book: openpyxl.Workbook) -> None:
        book["2021"].insert_rows(8)
        book["2021"]["A8"] = "ネパール"
        book["2021"]["C8"] = 12

    read = jnto.parse(workbooks.jnto(edit=add), name="jnto.xlsx")
    assert read.unread == ("ネパール",)


def label_row(book: openpyxl.Workbook, sheet: str, label: str) -> int:
    return next(row for row in range(1, 80) if book[sheet].cell(row, 1).value == label)


def drop_sheet(book: openpyxl.Workbook) -> None:
    book.remove(book["2019"])


def drop_header(book: openpyxl.Workbook) -> None:
    book["2020"].delete_rows(4)


def lose_month(book: openpyxl.Workbook) -> None:
    book["2020"]["E4"] = "弐月"


def text_in_number(book: openpyxl.Workbook) -> None:
    book["2020"]["C7"] = "約三千"


def fraction(book: openpyxl.Workbook) -> None:
    book["2020"]["C7"] = 12.5


def negative(book: openpyxl.Workbook) -> None:
    book["2020"]["C7"] = -3


def empty_month(book: openpyxl.Workbook) -> None:
    for row in range(5, 60):
        book["2020"].cell(row, 7).value = None
        book["2020"].cell(row, 27).value = None


def zeros(book: openpyxl.Workbook) -> None:
    for row in range(5, label_row(book, "2020", "無国籍・その他")):
        if book["2020"].cell(row, 7).value is not None:
            book["2020"].cell(row, 7).value = 0
        book["2020"].cell(row, 27).value = None


def ten_times_in_one_cell(book: openpyxl.Workbook) -> None:
    cell = book["2020"].cell(label_row(book, "2020", "韓国"), 7)
    assert isinstance(cell.value, int)
    cell.value *= 10


def parts_over_total(book: openpyxl.Workbook) -> None:
    book["2020"].cell(5, 7).value = 1_000
    book["2020"].cell(5, 27).value = None


def renamed(book: openpyxl.Workbook) -> None:
    book["2020"].cell(label_row(book, "2020", "韓国"), 1).value = "大韓民国"


def twice(book: openpyxl.Workbook) -> None:
    book["2020"].cell(label_row(book, "2020", "アジア計"), 1).value = "韓国"


def no_status(book: openpyxl.Workbook) -> None:
    sheet = book["2020"]
    for cell in sheet["A"]:
        if str(cell.value).startswith("注２"):
            cell.value = "注２：　-"


def wrong_year(book: openpyxl.Workbook) -> None:
    book["2020"]["A1"] = "2019年　訪日外客数（総数）"


@pytest.mark.parametrize(
    ("edit", "sheet", "cell"),
    [
        (drop_sheet, "2019", "A1"),
        (drop_header, "2020", "A4"),
        (lose_month, "2020", "row 4"),
        (text_in_number, "2020", "C7"),
        (fraction, "2020", "C7"),
        (negative, "2020", "C7"),
        (empty_month, "2020", "G5"),
        (zeros, "2020", "G5"),
        (ten_times_in_one_cell, "2020", "AA7"),
        (parts_over_total, "2020", "G5"),
        (renamed, "2020", "A7"),
        (twice, "2020", "A7"),
        (no_status, "2020", "A"),
        (wrong_year, "2020", "A1"),
    ],
)
def test_damage_is_named_by_file_sheet_and_cell(edit: workbooks.Edit, sheet: str, cell: str) -> None:
    with pytest.raises(LayoutChanged) as told:
        rows(workbooks.jnto(edit=edit))
    sentence = str(told.value)
    assert "jnto.xlsx" in sentence
    assert f"sheet {sheet}" in sentence
    assert cell in sentence


def test_a_renamed_sheet_is_known_by_its_title() -> None:
    def rename(book: openpyxl.Workbook) -> None:
        book["2021"].title = "最新"

    assert rows(workbooks.jnto(edit=rename)).equals(rows(workbooks.jnto()))


def test_a_market_that_is_left_out_is_no_fault_where_no_label_is_strange() -> None:
    def leave_out(book: openpyxl.Workbook) -> None:
        book["2021"].delete_rows(label_row(book, "2021", "タイ"))

    thai = rows(workbooks.jnto(edit=leave_out))
    assert thai.loc[thai["origin"] == "THA", "month"].max() == "2020-12"


def test_korea_must_stand() -> None:
    def leave_out(book: openpyxl.Workbook) -> None:
        book["2021"].delete_rows(label_row(book, "2021", "韓国"))

    with pytest.raises(LayoutChanged, match="no row for KOR"):
        rows(workbooks.jnto(edit=leave_out))


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return out.getvalue()


BOMB = b"<worksheet>" + b" " * 260_000_000
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbooks.jnto()[:-2000], "incomplete"),
        (workbooks.jnto()[:900], "incomplete"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        (b"\xef\xbb\xbf\n  <HTML lang=ja>", "web page"),
        (b"month,visitors\n2026-01,5\n", "not an Excel file"),
        (b"", "not an Excel file"),
        (
            with_part(workbooks.jnto(), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
            "incomplete",
        ),
        (with_part(workbooks.jnto(), "xl/sharedStrings.xml", ENTITIES), "declarations"),
    ],
)
def test_other_files_are_refused_by_what_is_in_them(content: bytes, said: str) -> None:
    with pytest.raises(WorkbookUnreadable, match=said):
        rows(content)


def test_a_zip_bomb_is_not_opened() -> None:
    with pytest.raises(WorkbookUnreadable, match="expand to"):
        rows(with_part(workbooks.jnto(), "xl/media/x.xml", BOMB))


def test_a_zip_without_a_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("readme.txt", "hello")
    with pytest.raises(WorkbookUnreadable, match="not an Excel file"):
        rows(out.getvalue())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkbookUnreadable, match=r"gone\.xlsx"):
        jnto.parse(tmp_path / "gone.xlsx")


def test_links_to_other_files_are_not_followed() -> None:
    linked = with_part(
        workbooks.jnto(),
        "xl/externalLinks/externalLink1.xml",
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    )
    assert rows(linked).equals(rows(workbooks.jnto()))
