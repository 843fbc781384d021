"""KTO's two workbooks: as published, as the tests write them, and damaged."""

import os
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from etl import upload
from etl.errors import LayoutChanged, WorkbookUnreadable
from etl.sources import kto
from tests.etl import workbooks

SHARED = Path(os.environ.get("CROSSINGS_INPUTS", Path(__file__).resolve().parents[4] / "shared" / "data"))
RAW = SHARED / "kto" / "raw"
needs_raw = pytest.mark.skipif(
    not RAW.is_dir(), reason="the folder of raw publications is not beside the project"
)


def visitors(rows: pd.DataFrame, month: str, origin: str) -> int:
    found = rows[(rows["month"] == month) & (rows["origin"] == origin)]["visitors"]
    assert len(found) == 1
    return int(found.iloc[0])


@needs_raw
def test_published_monthly_workbooks() -> None:
    read = kto.parse(RAW / "kto_201901.xlsx")
    assert visitors(read.rows, "2019-01", "JPN") == 206_526
    assert visitors(read.rows, "2019-01", "TOTAL") == 1_104_803
    assert read.unread == ()
    assert visitors(kto.parse(RAW / "kto_202005.xlsx").rows, "2020-05", "TOTAL") == 30_861


@needs_raw
def test_published_export_agrees_with_the_monthly_table() -> None:
    read = kto.parse(RAW / "know_purpose_nationality_201901_202505.xls").rows
    table = pd.read_csv(SHARED / "kto" / "arrivals_korea_monthly.csv").rename(columns={"period": "month"})
    both = read.merge(table, on=["month", "origin"], suffixes=("", "_table"))
    assert len(both) == len(read) == 77 * 60
    assert (both["visitors"] == both["visitors_table"]).all()


@needs_raw
def test_another_official_file_is_refused_by_name() -> None:
    with pytest.raises(LayoutChanged, match=r"kcti_detail_201605\.xlsx, sheet 요약, cell A1"):
        kto.parse(RAW / "kcti_detail_201605.xlsx")
    with pytest.raises(upload.OtherLayout, match="한국관광통계 공표"):
        upload.read((RAW / "kcti_detail_201605.xlsx").read_bytes(), name="kcti_detail_201605.xlsx")


def test_written_monthly_workbook() -> None:
    read = kto.parse(workbooks.kto_monthly(2026, 9), name="kto.xlsx")
    assert visitors(read.rows, "2026-09", "JPN") == 1_078
    assert visitors(read.rows, "2026-09", "TOTAL") == 20_990
    assert set(read.rows["status"]) == {"provisional"}
    assert set(read.rows["destination"]) == {"KOR"}


def test_written_export() -> None:
    read = kto.parse(workbooks.kto_export(3), name="kto.xlsx")
    assert sorted(set(read.rows["month"])) == ["2025-01", "2025-02", "2025-03"]
    assert visitors(read.rows, "2025-02", "RUS") == 510
    assert visitors(read.rows, "2025-03", "TOTAL") == 9_000


def test_export_without_growth_columns() -> None:
    def drop(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.delete_cols(4)
        sheet.delete_cols(6)

    read = kto.parse(workbooks.kto_export(2, edit=drop), name="kto.xlsx")
    assert visitors(read.rows, "2025-02", "JPN") == 510


def first(book: openpyxl.Workbook) -> Worksheet:
    return book.worksheets[0]


def set_cell(cell: str, value: object) -> workbooks.Edit:
    def edit(book: openpyxl.Workbook) -> None:
        first(book)[cell] = value  # type: ignore[assignment]

    return edit


def whole_total(visitors: int) -> workbooks.Edit:
    def edit(book: openpyxl.Workbook) -> None:
        for column, count in enumerate([visitors, 0, 0, 0, 0, visitors]):
            first(book).cell(14, 2 + column).value = count

    return edit


@pytest.mark.parametrize(
    ("edit", "cell"),
    [
        (set_cell("A1", "외래객 입국"), "A1"),
        (set_cell("A2", "나라"), "A2"),
        (set_cell("G2", "합"), "A2"),
        (set_cell("G4", "1,078명"), "G4"),
        (set_cell("B4", None), "B4"),
        (set_cell("G4", 10_780), "G4"),
        (set_cell("A4", "니혼"), "A3"),
        (set_cell("A5", "일본"), "A5"),
        (set_cell("A1", "2026년 13월"), "A1"),
        (whole_total(0), "G14"),
        (whole_total(3), "G14"),
    ],
)
def test_damaged_monthly_workbook_is_named_by_cell(edit: workbooks.Edit, cell: str) -> None:
    with pytest.raises(LayoutChanged, match=rf"kto\.xlsx, sheet kto_202609, cell {cell}:"):
        kto.parse(workbooks.kto_monthly(2026, 9, edit=edit), name="kto.xlsx")


@pytest.mark.parametrize(
    ("edit", "cell"),
    [
        (set_cell("F1", "2025년04월"), "I1"),
        (set_cell("F9", "x"), "F9"),
        (set_cell("C14", 511), "C14"),
        (set_cell("B14", "합"), "B14"),
        (set_cell("F33", 0), "F33"),
        (set_cell("C33", 5), "C33"),
    ],
)
def test_damaged_export_is_named_by_cell(edit: workbooks.Edit, cell: str) -> None:
    with pytest.raises(LayoutChanged, match=rf"kto\.xlsx, sheet Sheet, cell {cell}:"):
        kto.parse(workbooks.kto_export(edit=edit), name="kto.xlsx")


@pytest.mark.parametrize(
    "content",
    [workbooks.kto_monthly()[:3000], b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"x"],
)
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(WorkbookUnreadable, match="kto"):
        kto.parse(content, name="kto.xls")
