"""Workbooks in the publishers' layouts, written by the tests, whole or to be damaged."""

import io
import re
import zipfile
from collections.abc import Callable
from functools import lru_cache

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from etl.nations import JNTO, JNTO_FIRST_YEAR

MARKETS = [(label, origin) for label, origin in JNTO.items() if origin != "TOTAL"]
NO_ESTIMATE = {"AUT", "BEL", "BRA", "CHE", "IRL", "MAC", "MNG", "NLD", "NZL", "POL", "PRT"}
Book = openpyxl.Workbook
Edit = Callable[[Book], object]
Counts = Callable[[int, int, str], int | None]


def count(year: int, month: int, origin: str) -> int:
    """Return a made-up count that differs by year, month and market, and adds up."""
    if origin == "TOTAL":
        return sum(count(year, month, one) for _, one in MARKETS) + 5_000
    return (year - 2000) * 100 + month * 10 + (300_000 if origin == "KOR" else len(origin) + ord(origin[0]))


def saved(book: Book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@lru_cache(maxsize=128)
def jnto(
    first: int = 2018,
    last: int = 2021,
    *,
    months: int = 12,
    estimates: int = 0,
    edit: Edit | None = None,
    counts: Counts = count,
) -> bytes:
    """Return a JNTO workbook; the last year has `months` months, of which the last `estimates` are italic.

    counts: year, month and market to persons; None leaves the cell blank.
    """
    book = Book()
    book.remove(book.worksheets[0])
    for year in range(last, first - 1, -1):
        current = year == last
        _jnto_sheet(
            book.create_sheet(str(year)),
            year,
            months if current else 12,
            estimates if current else 0,
            counts,
        )
    if edit:
        edit(book)
    return saved(book)


def _jnto_sheet(sheet: Worksheet, year: int, months: int, estimates: int, counts: Counts) -> None:
    labels = 2 if year >= 2020 else 1
    sheet["A1"] = f"{year}年　訪日外客数（総数）"
    sheet["A3"] = "＊本表で、通年の月別・市場別の推移が確認できます。"
    for month in range(1, 13):
        sheet.cell(4, labels + month * 2 - 1, f"{month}月")
        sheet.cell(4, labels + month * 2, "伸率")
    sheet.cell(4, labels + 25, "年計" if year in (2008, 2009) else "累計")
    sheet.cell(4, labels + 26, "伸率")
    row = 5
    for label, origin in [("総数", "TOTAL"), ("アジア計", ""), *MARKETS, ("無国籍・その他", "")]:
        if JNTO_FIRST_YEAR.get(origin, 0) > year:
            continue
        nested = year >= 2020 and origin in {"ISR", "TUR"}
        sheet.cell(row, 2 if nested else 1, ("　" if nested else "") + label)
        if origin:
            _jnto_row(sheet, row, year, origin, months=months, estimates=estimates, counts=counts)
        row += 1
    sheet.cell(row, 1, "注１：　出典名を「日本政府観光局（ＪＮＴＯ）」と明示してください。")
    note = "斜体の数値は推計値である。" if estimates else "表中の数値は、全て確定値である。"
    sheet.cell(row + 1, 1, f"注２：　{note}")


def _jnto_row(
    sheet: Worksheet, row: int, year: int, origin: str, *, months: int, estimates: int, counts: Counts
) -> None:
    labels = 2 if year >= 2020 else 1
    added = 0
    for month in range(1, months + 1):
        estimate = month > months - estimates
        if estimate and origin in NO_ESTIMATE:
            continue
        visitors = counts(year, month, origin)
        if visitors is None:
            continue
        visitors = round(visitors, -2) if estimate else visitors
        added += visitors
        cell = sheet.cell(row, labels + month * 2 - 1, visitors)
        sheet.cell(row, labels + month * 2, "‐")
        if estimate:
            cell.font = Font(italic=True)
    sheet.cell(row, labels + 25, added)


LINK = (
    '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<externalBook r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" Target="{to}" '
    'TargetMode="External"/></Relationships>'
)


def linked(content: bytes, *, to: str, sheet: str, cell: str) -> bytes:
    """Return a workbook one of whose cells shows the figure of another file, as a spreadsheet program writes it."""
    part = f"xl/worksheets/sheet{openpyxl.load_workbook(io.BytesIO(content)).sheetnames.index(sheet) + 1}.xml"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            if name == part:
                body, count = re.subn(rf'(<c r="{cell}"[^>]*>)'.encode(), rb"\1<f>[1]Sheet1!$A$1</f>", body)
                assert count == 1
            if name == "xl/_rels/workbook.xml.rels":
                target = (
                    b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                    b'externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>'
                )
                body = body.replace(b"</Relationships>", target)
            if name == "xl/workbook.xml":
                reference = (
                    b'<externalReferences><externalReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
                    b'relationships" r:id="rIdX"/></externalReferences>'
                )
                body = body.replace(b"</sheets>", b"</sheets>" + reference)
            new.writestr(name, body)
        new.writestr("xl/externalLinks/externalLink1.xml", LINK)
        new.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", RELATIONS.format(to=to))
    return out.getvalue()


KTO_HEADER = ["국적", "관광", "상용", "공용", "유학/연수", "기타", "계", "전년동기", "성장률(%)", "구성비(%)"]
KTO_ROWS = [
    "아시아주",
    "일본",
    "대만",
    "홍콩",
    "중국",
    "아시아 기타",
    "미주",
    "미국",
    "국적미상",
    "교포소계",
    "교포",
]


def kto_monthly(year: int = 2019, month: int = 1, *, edit: Edit | None = None) -> bytes:
    """Return a KTO monthly workbook."""
    book = Book()
    sheet = book.worksheets[0]
    sheet.title = f"kto_{year}{month:02d}"
    sheet.append([f"{year}년 {month:02d}월 외래객 입국-목적별/국적별"])
    sheet.append(KTO_HEADER)
    for at, label in enumerate(KTO_ROWS):
        split = [1000 + at, 20, 3, 4, 50]
        sheet.append([label, *split, sum(split), 900, 1.5, 2])
    split = [20_000, 300, 40, 50, 600]
    sheet.append(["계", *split, sum(split), None, None, None])
    sheet.append(["전년동기", *split, sum(split), None, None, None])
    if edit:
        edit(book)
    return saved(book)


def kto_export(months: int = 3, *, edit: Edit | None = None) -> bytes:
    """Return the export by purpose and nationality as an .xlsx, 2025-01 on."""
    book = Book()
    sheet = book.worksheets[0]
    heads, kinds = ["국적", "목적"], ["", ""]
    for month in range(1, months + 1):
        heads += [f"2025년{month:02d}월", "", ""]
        kinds += ["인원(명)", "성장률(%)", "구성비(%)"]
    sheet.append([*heads, "계", ""])
    sheet.append([*kinds, "인원(명)", "구성비(%)"])
    for label in ("아시아주", "일  본", "중  국", "러시아(연방)", "미상"):
        for at, purpose in enumerate(("관광", "상용", "공용", "유학연수", "기타")):
            sheet.append(
                [label, purpose, *[cell for _ in range(months) for cell in (100 + at, 1.5, 2)], 9, 9]
            )
        sheet.append([label, "소 계", *[cell for _ in range(months) for cell in (510, 1.5, 2)], 9, 9])
    sheet.append(["전 체", " ", *[cell for _ in range(months) for cell in (9_000, 1.5, 100)], 9, 9])
    if edit:
        edit(book)
    return saved(book)


def kto_wide(
    months: dict[str, dict[str, int | None]], *, edit: Edit | None = None, names: tuple[str, ...] = ()
) -> bytes:
    """Return KTO's workbook of every month: figures by Korean name in each month (as 2026.7월), None where blank."""
    book = Book()
    sheet = book.worksheets[0]
    sheet.title = "입국"
    sheet.append(["방한 외래관광객"])
    sheet.append([])
    sheet.append(["구분", "국가", *months])
    for name in names or tuple(next(iter(months.values()))):
        sheet.append([None, name, *[counts.get(name) for counts in months.values()]])
    book.create_sheet("출국").append(["국민 해외관광객"])
    if edit:
        edit(book)
    return saved(book)
