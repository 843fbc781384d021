"""JNTO (Japan National Tourism Organization): the workbook of visitor arrivals by nationality and month.

Layout: one sheet a year; a title with the year; a header row with 1月 .. 12月 and a cumulative column
headed 累計 or 年計; labels in one or two columns left of 1月; notes below. Columns and rows shift between
years, so both are found by their text. Note 2 says the status of the sheet; where it says that italics are
estimates, the font decides.
"""

import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin, urlsplit

import pandas as pd

from crossings.errors import N_, Listed
from etl import releases
from etl.errors import LayoutChanged
from etl.nations import JNTO, JNTO_FIRST_YEAR, JNTO_GROUPS
from etl.net import Answer, Client, Refused, Service, bases, text_of
from etl.sources.reading import Reading, Release, reading
from etl.sources.record import Outcome, Round, Source, merged, watched
from etl.sources.workbook import content_of, damaged, open_xlsx, persons, plain

if TYPE_CHECKING:
    import openpyxl

PAGE = "https://www.jnto.go.jp/statistics/data/visitors-statistics/"
SERVICE = Service("jnto", PAGE, "CROSSINGS_JNTO_URL")
FILES = "/statistics/data/_files/{day:%Y%m%d}_1615-5.xlsx"
OLD_FILES = "/statistics/data/since2003_visitor_arrivals_{month}_{year}.xlsx"
NOT_FOUND = 404
MAX_ROWS, MAX_COLUMNS = 150, 60
HEADER_ROWS = 15
ROUNDING = 100
TOTALS = ("累計", "年計")
KOREA, ALL = "KOR", "TOTAL"
Row = tuple[str, str, str, int, str]


@dataclass(frozen=True)
class Sheet:
    """One year's sheet: its cells, and where its months, total and notes stand (counted from 0)."""

    file: str
    name: str
    year: int
    cells: list[tuple[Any, ...]]
    header: int
    months: dict[int, int]
    total: int
    notes: int

    def value(self, row: int, column: int) -> object:
        return self.cells[row][column].value if column < len(self.cells[row]) else None

    def count(self, row: int, column: int) -> int | None:
        return persons(self.value(row, column), file=self.file, sheet=self.name, cell=cell_name(row, column))

    def labels(self) -> Iterator[tuple[int, str]]:
        first = min(self.months.values())
        for row in range(self.header + 1, self.notes):
            label = next((text for text in (plain(self.value(row, at)) for at in range(first)) if text), "")
            if label:
                yield row, label


def parse(source: Path | bytes, *, name: str = "") -> Reading:
    """Return every month and market of a JNTO workbook.

    source: a path or the file's bytes; name: what messages call it. Blank cells are months not published.
    Raises WorkbookUnreadable, or LayoutChanged naming file, sheet and cell.
    """
    content, file = content_of(source, name=name)
    book = open_xlsx(content, name=file)
    rows: list[Row] = []
    unread: set[str] = set()
    years: list[int] = []
    for sheet in _sheets(book, file):
        years.append(sheet.year)
        found, strange = _read(sheet)
        rows += found
        unread |= strange
    _no_year_missing(years, file)
    return reading(rows, unread=tuple(sorted(unread)))


def cell_name(row: int, column: int) -> str:
    """Return a cell's address, both counted from 0: C5."""
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column + 1)}{row + 1}"


def _sheets(book: "openpyxl.Workbook", file: str) -> Iterator[Sheet]:
    for worksheet in book.worksheets:
        try:
            cells = list(worksheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS))
        except Exception as fault:  # a part cut short shows only now, in many ways
            raise damaged(file) from fault
        sheet = _sheet(file, str(worksheet.title), cells)
        if sheet:
            yield sheet


def _sheet(file: str, name: str, cells: list[tuple[Any, ...]]) -> Sheet | None:
    title = next((plain(cell.value) for cell in (cells[0] if cells else ()) if cell.value is not None), "")
    said, named = re.search(r"(\d{4})年", title), re.fullmatch(r"(\d{4})年?", plain(name))
    if said is None and named is None:
        return None
    if said and named and said[1] != named[1]:
        raise LayoutChanged(
            N_(
                "{file}, sheet {sheet}, cell A1: the title is for {year} but the sheet's name is not. "
                "Download it again."
            ),
            file=file,
            sheet=name,
            year=said[1],
        )
    header, months, total = _header(file, name, cells)
    notes = next((at for at in range(header + 1, len(cells)) if _starts_note(cells[at])), len(cells))
    return Sheet(file, name, int(cast(re.Match[str], said or named)[1]), cells, header, months, total, notes)


def _starts_note(row: tuple[Any, ...]) -> bool:
    return any(plain(cell.value).startswith("注") for cell in row[:2])


def _header(file: str, name: str, cells: list[tuple[Any, ...]]) -> tuple[int, dict[int, int], int]:
    for at, row in enumerate(cells[:HEADER_ROWS]):
        texts = [plain(cell.value) for cell in row]
        if "1月" not in texts and "2月" not in texts:
            continue
        months = {
            month: texts.index(f"{month}月") for month in range(1, 13) if texts.count(f"{month}月") == 1
        }
        missing = [f"{month}月" for month in range(1, 13) if month not in months]
        total = next((texts.index(word) for word in TOTALS if word in texts), None)
        if missing or total is None:
            raise LayoutChanged(
                N_(
                    "{file}, sheet {sheet}, row {row}: the header has no {missing}. The layout has changed; "
                    "the figures of the last valid file are kept."
                ),
                file=file,
                sheet=name,
                row=at + 1,
                missing=Listed(missing or TOTALS[:1]),
            )
        return at, months, total
    raise LayoutChanged(
        N_(
            "{file}, sheet {sheet}, cell A4: no header with 1月 to 12月 in the first {rows} rows. The "
            "layout has changed; the figures of the last valid file are kept."
        ),
        file=file,
        sheet=name,
        rows=HEADER_ROWS,
    )


def _no_year_missing(years: list[int], file: str) -> None:
    if not years:
        raise LayoutChanged(
            N_(
                "{file}, first sheet, cell A1: no sheet has a year in its name or title. Choose the Excel"
                " file of visitor arrivals by nationality and month."
            ),
            file=file,
        )
    if len(years) != len(set(years)):
        twice = next(year for year in years if years.count(year) > 1)
        raise LayoutChanged(
            N_("{file}, sheet {sheet}, cell A1: the year appears on two sheets. Download it again."),
            file=file,
            sheet=twice,
        )
    gap = set(range(min(years), max(years))) - set(years)
    if gap:
        raise LayoutChanged(
            N_("{file}, sheet {sheet}, cell A1: the sheet of this year is missing. Download it again."),
            file=file,
            sheet=min(gap),
        )


def _status_word(sheet: Sheet) -> str:
    """Return definitive, provisional, or italics where the font of each cell decides."""
    notes = "".join(plain(cell.value) for row in sheet.cells[sheet.notes :] for cell in row[:3])
    if "斜体" in notes and "推計" in notes:
        return "italics"
    found = re.search(r"(?:全て|すべて|全)(確定|暫定|推計)値", notes)
    if found:
        return {"確定": "definitive", "暫定": "provisional", "推計": "estimate"}[found[1]]
    raise LayoutChanged(
        N_(
            "{file}, sheet {sheet}, cell {cell}: the note on estimates and definitive figures was not"
            " found. The layout has changed; the figures of the last valid file are kept."
        ),
        file=sheet.file,
        sheet=sheet.name,
        cell=cell_name(min(sheet.notes + 1, len(sheet.cells)), 0),
    )


def _read(sheet: Sheet) -> tuple[list[Row], set[str]]:
    status = _status_word(sheet)
    rows: list[Row] = []
    places: dict[str, int] = {}
    strange: dict[str, int] = {}
    for at, label in sheet.labels():
        origin = JNTO.get(label)
        if origin:
            if origin in places:
                raise _twice(sheet, at, label)
            places[origin] = at
            rows += _market(sheet, at, origin, status)
        elif label not in JNTO_GROUPS:
            strange[label] = at
    _no_market_missing(sheet, places, strange)
    _months_filled(sheet, places)
    _parts_within_total(sheet, places)
    return rows, set(strange)


def _market(sheet: Sheet, at: int, origin: str, status: str) -> list[Row]:
    rows: list[Row] = []
    for month, column in sheet.months.items():
        visitors = sheet.count(at, column)
        if visitors is None:
            continue
        cell = sheet.cells[at][column]
        firm = ("estimate" if cell.font and cell.font.i else "provisional") if status == "italics" else status
        rows.append((f"{sheet.year}-{month:02d}", origin, "JPN", visitors, firm))
    printed = sheet.count(at, sheet.total)
    added = sum(row[3] for row in rows)
    slack = ROUNDING if any(row[4] == "estimate" for row in rows) else 0
    if printed is not None and abs(printed - added) > slack:
        raise LayoutChanged(
            N_(
                "{file}, sheet {sheet}, cell {cell}: the total given ({printed}) is not the sum of the "
                "months ({added}). The figures of the last valid file are kept."
            ),
            file=sheet.file,
            sheet=sheet.name,
            cell=cell_name(at, sheet.total),
            printed=printed,
            added=added,
        )
    return rows


def _twice(sheet: Sheet, at: int, label: str) -> LayoutChanged:
    return LayoutChanged(
        N_("{file}, sheet {sheet}, cell {cell}: “{label}” appears in two rows. Download it again."),
        file=sheet.file,
        sheet=sheet.name,
        cell=cell_name(at, 0),
        label=label,
    )


def _no_market_missing(sheet: Sheet, places: dict[str, int], strange: dict[str, int]) -> None:
    """Refuse a market that is gone beside a label not known: it was renamed. Korea and the total must stand."""
    due = {origin for origin in JNTO.values() if JNTO_FIRST_YEAR.get(origin, 0) <= sheet.year}
    missing = sorted(due - set(places))
    if not missing or not (strange or {ALL, KOREA} & set(missing)):
        return
    label, at = next(iter(strange.items()), ("", sheet.header + 1))
    raise LayoutChanged(
        N_(
            "{file}, sheet {sheet}, cell {cell}: no row for {missing}; unknown label: “{label}”. A "
            "market may have been renamed; the figures of the last valid file are kept."
        ),
        file=sheet.file,
        sheet=sheet.name,
        cell=cell_name(at, 0),
        missing=Listed(missing),
        label=label,
    )


def _months_filled(sheet: Sheet, places: dict[str, int]) -> None:
    """Refuse an empty month before a filled one, Korea blank beside a total, and a month of zeros."""
    filled = [month for month, column in sheet.months.items() if sheet.count(places[ALL], column) is not None]
    for month in range(1, max(filled, default=0) + 1):
        column = sheet.months[month]
        for origin in (ALL, KOREA):
            if sheet.count(places[origin], column) is None:
                raise _empty(sheet, places[origin], column)
        if sheet.count(places[ALL], column) == 0:
            raise LayoutChanged(
                N_(
                    "{file}, sheet {sheet}, cell {cell}: the month's total is zero. The file is incomplete; "
                    "the figures of the last valid file are kept."
                ),
                file=sheet.file,
                sheet=sheet.name,
                cell=cell_name(places[ALL], column),
            )


def _empty(sheet: Sheet, at: int, column: int) -> LayoutChanged:
    return LayoutChanged(
        N_(
            "{file}, sheet {sheet}, cell {cell}: the month is empty although a later month or the "
            "total is filled. The figures of the last valid file are kept."
        ),
        file=sheet.file,
        sheet=sheet.name,
        cell=cell_name(at, column),
    )


def _parts_within_total(sheet: Sheet, places: dict[str, int]) -> None:
    for column in sheet.months.values():
        total = sheet.count(places[ALL], column)
        named = sum(sheet.count(at, column) or 0 for origin, at in places.items() if origin != ALL)
        if total is not None and named > total:
            raise LayoutChanged(
                N_(
                    "{file}, sheet {sheet}, cell {cell}: the individual markets add up to {named}, more than "
                    "the total of {total}. The figures of the last valid file are kept."
                ),
                file=sheet.file,
                sheet=sheet.name,
                cell=cell_name(places[ALL], column),
                named=named,
                total=total,
            )


class _Links(HTMLParser):
    """The links of a page with their text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._inside = True
            self.found.append((dict(attrs).get("href") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] = (self.found[-1][0], self.found[-1][1] + data)


def find_link(page: str) -> str | None:
    """Return the address of the workbook on the statistics page, the newest where several stand there.

    The date in the file's name changes with every release; the text names nationality, month and arrivals. The
    same text leads to a .pdf, so the ending counts. Where no text fits, the name of the file decides.
    """
    links = _Links()
    links.feed(page)
    books = [
        (href, plain(text)) for href, text in links.found if href.split("?")[0].lower().endswith(".xlsx")
    ]
    named = [href for href, text in books if "国籍" in text and "月別" in text and "訪日外客数" in text]
    fitting = named or [href for href, _ in books if re.search(r"\d{8}_\d{4}-5\.xlsx|since2003", href)]
    return max(fitting, key=lambda href: re.findall(r"\d{8}", href)[-1:], default=None)


def fetch(client: Client, *, newest: str) -> tuple[Answer, str]:
    """Return the newest workbook as published, and its name. newest: the last month already here.

    Raises what the connection raises, and Refused where neither the page nor the known patterns lead to a file.
    """
    page = _page(client)
    link = find_link(text_of(page.content, name=SERVICE.name.upper())) if page else None
    root = page.address if page else bases(SERVICE)[0]
    addresses = [link] if link else _usual_addresses(newest)
    for address in addresses:
        try:
            whole = urljoin(root, _own_path(address))
            return client.get(whole), whole.split("?")[0].rsplit("/", 1)[-1]
        except Refused as fault:
            if fault.values.get("status") != NOT_FOUND or address == addresses[-1]:
                raise
    raise AssertionError


def _own_path(address: str) -> str:
    """Return a link to the publisher's own host as a path, so that a mirror is asked and not the publisher."""
    try:
        parts = urlsplit(address)
    except ValueError:  # no address: the page that links to it is asked for again, and is no workbook
        return ""
    return parts.path if parts.hostname == urlsplit(SERVICE.address).hostname else address


def _page(client: Client) -> Answer | None:
    for base in bases(SERVICE):
        try:
            return client.get(base)
        except Refused as fault:
            if fault.values.get("status") != NOT_FOUND:
                raise
    return None


def _usual_addresses(newest: str) -> list[str]:
    """Return where the workbooks of the coming months would stand by the present and the older pattern."""
    months = [str(pd.Period(newest, "M") + ahead) for ahead in (3, 2, 1, 0)]
    days = [releases.due("JNTO", month) + timedelta(days) for month in months for days in (0, -1)]
    present = [FILES.format(day=day) for day in days]
    older = [OLD_FILES.format(month=month_name[int(month[5:])], year=month[:4]) for month in months]
    return present + older


def release(read: Reading, *, name: str, address: str, day: date, dated: str) -> Release:
    """Return a workbook's figures with their citation; dated by its name, else by a day and how that is known."""
    newest = str(read.rows.loc[read.rows["origin"] == KOREA, "month"].max())
    named = re.search(r"(20\d{2})(\d{2})(\d{2})_\d{4}-", name)
    published, how = ("-".join(named.groups()), "release") if named else (day.isoformat(), dated)
    return Release(
        read,
        f"jnto_{published.replace('-', '')}",
        SOURCE.publisher,
        f"Workbook of visitor arrivals by nationality and month, to {newest}",
        address,
        published,
        how,
        SOURCE.terms,
        whole=True,
    )


def bring(turn: Round, asked: list[str]) -> Outcome:
    """Bring the newest workbook into the tables, unless it is the one that was read last."""
    answer, name = fetch(watched(SERVICE, asked), newest=turn.newest(KOREA, "JPN"))
    if turn.same_as_last(answer.content):
        return Outcome(turn.frames, [], asked)
    read = parse(answer.content, name=name)
    newest = str(read.rows.loc[read.rows["origin"] == KOREA, "month"].max())
    day, dated = releases.dated("JNTO", newest, answer.day)
    return merged(turn.frames, release(read, name=name, address=answer.address, day=day, dated=dated), asked)


SOURCE = Source(
    name="jnto",
    service=SERVICE,
    title="JNTO",
    publisher=N_("Japan National Tourism Organization (JNTO)"),
    terms=N_(
        "Free to quote with the source named as 日本政府観光局（JNTO） / Japan National Tourism Organization"
    ),
    covers=N_("visitors to Japan by nationality and month"),
    released=N_("about the third Wednesday of the month that follows, 16:15 Japan time"),
    bring=bring,
    office="JNTO",
)
