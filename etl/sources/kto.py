"""KTO (Korea Tourism Organization): its workbooks of arrivals and the export by purpose and nationality.

Published workbook (YYYY년 M월 한국관광통계 공표, data lab): sheet 입국, a header row with months as 2026.7월, names of
nationalities in a column left of them; months not yet published are 0 or empty.
Older monthly workbook: one month a file, first sheet; a title with year and month, a header 국적 | 관광 | .. | 계,
one row a nationality or group, a footer with 계 (all). Export: row 1 nationality, purpose and one group of
columns a month, row 2 인원(명) and rates, up to six rows a nationality closing with 소계, last row 전체.
Names are padded with blanks.
KTO prints no status; what is read here is provisional until the yearbook confirms it.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import cast

import pandas as pd

from crossings.errors import N_, Listed
from etl.errors import LayoutChanged
from etl.nations import KTO, KTO_GROUPS
from etl.sources.jnto import cell_name
from etl.sources.reading import Reading, Release, reading
from etl.sources.workbook import content_of, damaged, is_xls, open_xls, open_xlsx, persons, plain

PURPOSES = {
    "관광": "tourism",
    "상용": "business",
    "공용": "official",
    "유학/연수": "study",
    "유학연수": "study",
    "기타": "other",
}
PROVISIONAL = "provisional"
ARRIVALS = "입국"
OUTBOUND = ("출국", "국민해외", "해외관광객", "행선지")
HEADER_ROWS = 10
TITLE_MONTH = r"(\d{4})년(\d{1,2})월"
WIDE_MONTH = r"(20\d{2})(?:[-./년](\d{1,2})월|-(?=\d{2}\b)(\d{2}))(?:\(?(?:p|잠정치?)\)?)?"
PUBLISHER = N_("Korea Tourism Organization (KTO)")
PAGE = "https://know.tour.go.kr"
TERMS = N_("Korea Open Government Licence type 1, attribution (as quoted for the open data service)")
RELEASED = N_("about the last working day of the month that follows")
MAX_ROWS, MAX_COLUMNS = 2_000, 4_000
Row = tuple[str, str, str, int, str]


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet, counted from 0."""

    file: str
    sheet: str
    cells: list[list[object]]

    def text(self, row: int, column: int) -> str:
        inside = 0 <= row < len(self.cells) and column < len(self.cells[row])
        return plain(self.cells[row][column]) if inside else ""

    def count(self, row: int, column: int) -> int:
        value = self.cells[row][column] if column < len(self.cells[row]) else None
        found = persons(value, file=self.file, sheet=self.sheet, cell=cell_name(row, column))
        if found is None:
            raise LayoutChanged(
                N_(
                    "{file}, sheet {sheet}, cell {cell}: the figure is empty. Export the whole table again "
                    "and upload it unchanged."
                ),
                file=self.file,
                sheet=self.sheet,
                cell=cell_name(row, column),
            )
        return found

    def fault(self, message: str, row: int, column: int, **values: object) -> LayoutChanged:
        return LayoutChanged(message, file=self.file, sheet=self.sheet, cell=cell_name(row, column), **values)


def parse(source: Path | bytes, *, name: str = "") -> Reading:
    """Return the arrivals in a KTO workbook of either layout, told apart by what is in it.

    source: a path or the file's bytes; name: what messages call it.
    Raises WorkbookUnreadable, or LayoutChanged naming file, sheet and cell.
    """
    content, file = content_of(source, name=name)
    return read_grid(grid_of(content, file))


def grid_of(content: bytes, file: str) -> Grid:
    """Return the cells of a workbook's sheet of arrivals. Raises WorkbookUnreadable."""
    return _xls_grid(content, file) if is_xls(content) else _xlsx_grid(content, file)


def text_grid(cells: Sequence[Sequence[str]], file: str) -> Grid:
    """Return a table saved as text as if it stood in a workbook: counts with commas are numbers."""
    return Grid(file, "CSV", [[_number(cell) for cell in row] for row in cells])


def _number(cell: str) -> object:
    return (
        int(cell.replace(",", "")) if re.fullmatch(r"\s*(\d{1,3}(,\d{3}){1,9}|\d{1,30})\s*", cell) else cell
    )


def layout_of(grid: Grid) -> str:
    """Return which layout a sheet has: export, wide or monthly; empty where it has none of them."""
    first = {grid.text(0, at) for at in range(4)}
    if _outbound(grid):
        return ""
    if {"국적", "목적"} <= first:
        return "export"
    if _wide_header(grid) and (grid.sheet == ARRIVALS or _names_japan(grid)):
        return "wide"
    headed = any(grid.text(at, 0) == "국적" for at in range(1, HEADER_ROWS))
    return "monthly" if headed or re.search(TITLE_MONTH, grid.text(0, 0)) else ""


def _outbound(grid: Grid) -> bool:
    """Say whether a sheet is of Koreans going abroad: it names the same countries."""
    title = "".join(grid.text(row, at) for row in range(3) for at in range(3))
    return ARRIVALS not in grid.sheet + title and any(word in grid.sheet + title for word in OUTBOUND)


def _names_japan(grid: Grid) -> bool:
    return any("일본" in {grid.text(at, 0), grid.text(at, 1)} for at in range(len(grid.cells)))


def read_grid(grid: Grid) -> Reading:
    """Return the arrivals in a sheet of a known layout. Raises LayoutChanged naming file, sheet and cell."""
    return {"export": _export, "wide": _wide}.get(layout_of(grid), _monthly)(grid)


def _xls_grid(content: bytes, file: str) -> Grid:
    sheet = open_xls(content, name=file).sheet_by_index(0)
    rows = range(min(sheet.nrows, MAX_ROWS))
    return Grid(file, sheet.name, [cast(list[object], sheet.row_values(at)) for at in rows])


def _xlsx_grid(content: bytes, file: str) -> Grid:
    book = open_xlsx(content, name=file)
    sheet = next((one for one in book.worksheets if plain(one.title) == ARRIVALS), book.worksheets[0])
    try:
        rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
        return Grid(file, str(sheet.title), [list(row) for row in rows])
    except Exception as fault:  # a part cut short shows only now, in many ways
        raise damaged(file) from fault


def _monthly(grid: Grid) -> Reading:
    month = _title_month(grid)
    header = next((at for at in range(1, HEADER_ROWS) if grid.text(at, 0) == "국적"), None)
    if header is None:
        raise grid.fault(
            N_(
                "{file}, sheet {sheet}, cell {cell}: no header beginning with 국적. The layout has changed;"
                " the figures of the last valid file are kept."
            ),
            1,
            0,
        )
    columns = _columns(grid, header)
    places, strange = _places(grid, header + 1)
    rows: list[Row] = []
    for origin, at in places.items():
        split = [grid.count(at, column) for purpose, column in columns.items() if purpose != "total"]
        visitors = grid.count(at, columns["total"])
        _adds_up(grid, at, columns["total"], split, visitors)
        rows.append((month, origin, "KOR", visitors, PROVISIONAL))
    _sound(grid, rows, places["TOTAL"], columns["total"])
    return reading(rows, unread=tuple(sorted(strange)))


def _title_month(grid: Grid) -> str:
    found = re.search(TITLE_MONTH, grid.text(0, 0))
    if not found or not 1 <= int(found[2]) <= 12:
        raise grid.fault(
            N_(
                "{file}, sheet {sheet}, cell {cell}: the title has no year and month (2019년 01월 ..). "
                "Choose the Excel file of arrivals by purpose and nationality."
            ),
            0,
            0,
        )
    return f"{found[1]}-{int(found[2]):02d}"


def _columns(grid: Grid, header: int) -> dict[str, int]:
    texts = [grid.text(header, at) for at in range(len(grid.cells[header]))]
    columns = {PURPOSES[text]: at for at, text in enumerate(texts) if text in PURPOSES}
    if "계" in texts:
        columns["total"] = texts.index("계")
    missing = {*PURPOSES.values(), "total"} - set(columns)
    if missing:
        raise grid.fault(
            N_(
                "{file}, sheet {sheet}, cell {cell}: the header has no column for {missing}. The layout "
                "has changed; the figures of the last valid file are kept."
            ),
            header,
            0,
            missing=Listed(sorted(missing)),
        )
    return columns


def _places(grid: Grid, first: int) -> tuple[dict[str, int], set[str]]:
    """Return the row of each market down to the footer's total, and the labels not known."""
    places: dict[str, int] = {}
    strange: set[str] = set()
    for at in range(first, len(grid.cells)):
        label = grid.text(at, 0)
        origin = KTO.get(label)
        if origin and origin in places:
            raise grid.fault(
                N_("{file}, sheet {sheet}, cell {cell}: “{label}” appears in two rows. Download it again."),
                at,
                0,
                label=label,
            )
        if origin:
            places[origin] = at
        elif label and label not in KTO_GROUPS and "TOTAL" not in places:
            strange.add(label)
    anchors_there(grid, first, places, strange)
    return places, strange


def anchors_there(
    grid: Grid,
    row: int,
    places: Collection[str],
    strange: set[str],
    anchors: tuple[str, ...] = ("JPN", "TOTAL"),
) -> None:
    """Raise LayoutChanged where Japan or the total has no row."""
    for origin in anchors:
        if origin not in places:
            raise grid.fault(
                N_(
                    "{file}, sheet {sheet}, cell {cell}: no row for {missing}; unknown labels: {labels}. A "
                    "name may have changed; the figures of the last valid file are kept."
                ),
                row,
                0,
                missing=origin,
                labels=Listed(sorted(strange)) or "-",
            )


def _adds_up(grid: Grid, row: int, column: int, split: list[int], visitors: int) -> None:
    added = sum(split)
    if added != visitors:
        raise grid.fault(
            N_(
                "{file}, sheet {sheet}, cell {cell}: the total given ({printed}) is not the sum by "
                "purpose ({added}). The figures of the last valid file are kept."
            ),
            row,
            column,
            printed=visitors,
            added=added,
        )


def _sound(grid: Grid, rows: list[Row], row: int, column: int) -> None:
    total = next(visitors for _, origin, _, visitors, _ in rows if origin == "TOTAL")
    named = sum(visitors for _, origin, _, visitors, _ in rows if origin != "TOTAL")
    if total == 0:
        raise grid.fault(
            N_(
                "{file}, sheet {sheet}, cell {cell}: the month's total is zero. The file is incomplete; "
                "the figures of the last valid file are kept."
            ),
            row,
            column,
        )
    if named > total:
        raise grid.fault(
            N_(
                "{file}, sheet {sheet}, cell {cell}: the individual markets add up to {named}, more than "
                "the total of {total}. The figures of the last valid file are kept."
            ),
            row,
            column,
            named=named,
            total=total,
        )


def _export(grid: Grid) -> Reading:
    months = _month_columns(grid)
    rows: list[Row] = []
    strange: set[str] = set()
    places: dict[str, int] = {}
    for label, block in _blocks(grid):
        origin = KTO.get(label)
        if origin is None:
            strange |= {label} - KTO_GROUPS
            continue
        closing = block.get("소계", max(block.values()))
        places[origin] = closing
        for month, column in months.items():
            visitors = grid.count(closing, column)
            split = [grid.count(at, column) for word, at in block.items() if word in PURPOSES]
            if origin != "TOTAL":
                _adds_up(grid, closing, column, split, visitors)
            rows.append((month, origin, "KOR", visitors, PROVISIONAL))
    anchors_there(grid, 2, places, strange, ("JPN", "TOTAL") if strange else ("JPN",))
    for month, column in months.items() if "TOTAL" in places else ():
        _sound(grid, [row for row in rows if row[0] == month], places["TOTAL"], column)
    return reading(rows, unread=tuple(sorted(strange)))


def _month_columns(grid: Grid) -> dict[str, int]:
    months: dict[str, int] = {}
    heading = ""
    for at in range(2, len(grid.cells[0])):
        heading = grid.text(0, at) or heading
        found = re.fullmatch(r"(\d{4})년(\d{1,2})월", heading)
        if found and grid.text(1, at) == "인원(명)":
            months.setdefault(f"{found[1]}-{int(found[2]):02d}", at)
    if not months:
        raise grid.fault(
            N_(
                "{file}, sheet {sheet}, cell {cell}: no column headed with a month and 인원(명). The layout "
                "has changed; the figures of the last valid file are kept."
            ),
            0,
            2,
        )
    _no_month_missing(grid, 0, months)
    return months


def _no_month_missing(grid: Grid, row: int, months: dict[str, int]) -> None:
    for before, after in pairwise(sorted(months)):
        if pd.Period(after, "M") != pd.Period(before, "M") + 1:
            raise grid.fault(
                N_(
                    "{file}, sheet {sheet}, cell {cell}: the month after {month} is missing. Export the whole"
                    " period again."
                ),
                row,
                months[after],
                month=before,
            )


def _blocks(grid: Grid) -> list[tuple[str, dict[str, int]]]:
    """Return each nationality with the rows of its purposes; the row of its sum comes last."""
    blocks: list[tuple[str, dict[str, int]]] = []
    for at in range(2, len(grid.cells)):
        label, purpose = grid.text(at, 0), grid.text(at, 1)
        if label and (not blocks or blocks[-1][0] != label):
            blocks.append((label, {}))
        if blocks:
            blocks[-1][1][purpose] = at
    for label, block in blocks:
        if label in KTO and KTO[label] != "TOTAL" and "소계" not in block:
            raise grid.fault(
                N_(
                    "{file}, sheet {sheet}, cell {cell}: “{label}” has no row 소계. Export the whole table "
                    "again."
                ),
                max(block.values()),
                1,
                label=label,
            )
    return blocks


def _wide(grid: Grid) -> Reading:
    """Read the published workbook: one column a month, zeros at the end of a series are months not yet published."""
    found = _wide_header(grid)
    assert found  # layout_of saw it
    header, months = found
    _no_month_missing(grid, header, months)
    places, strange = _wide_places(grid, header, months)
    counts = {origin: _published(grid, at, months) for origin, at in places.items()}
    out = [month for month in months if month in counts["JPN"] and month in counts["TOTAL"]]
    rows: list[Row] = []
    for month in out:
        of_month: list[Row] = [
            (month, origin, "KOR", by_month[month], PROVISIONAL)
            for origin, by_month in counts.items()
            if month in by_month
        ]
        _sound(grid, of_month, places["TOTAL"], months[month])
        rows += of_month
    if not rows:
        raise grid.fault(
            N_(
                "{file}, sheet {sheet}, cell {cell}: no month has figures yet. Upload the file of the "
                "month before."
            ),
            header,
            min(months.values()),
        )
    return reading(rows, unread=tuple(sorted(strange)))


def _wide_header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Return the row that names months, and each month's column."""
    for at in range(min(HEADER_ROWS, len(grid.cells))):
        named = {
            column: re.fullmatch(WIDE_MONTH, grid.text(at, column)) for column in range(len(grid.cells[at]))
        }
        found = {column: (it[1], int(it[2] or it[3])) for column, it in named.items() if it}
        months = {f"{year}-{month:02d}": at for at, (year, month) in found.items() if 1 <= month <= 12}
        if months and min(months.values()) > 0:
            return at, months
    return None


def _wide_places(grid: Grid, header: int, months: dict[str, int]) -> tuple[dict[str, int], set[str]]:
    """Return the row of each nationality and of all together, and the labels not known."""
    rows = range(header + 1, len(grid.cells))
    names = max(
        range(min(months.values())), key=lambda column: sum(grid.text(at, column) in KTO for at in rows)
    )
    places: dict[str, int] = {}
    strange: set[str] = set()
    for at in rows:
        label = grid.text(at, names)
        origin = KTO.get(label)
        if origin is None:
            strange |= {label} - KTO_GROUPS - {""}
        elif origin not in places:
            places[origin] = at
        elif _published(grid, at, months) != _published(grid, places[origin], months):
            raise grid.fault(
                N_("{file}, sheet {sheet}, cell {cell}: “{label}” appears in two rows. Download it again."),
                at,
                names,
                label=label,
            )
    anchors_there(grid, header + 1, places, strange)
    return places, strange


def _published(grid: Grid, row: int, months: dict[str, int]) -> dict[str, int]:
    """Return a series' counts by month, without the zeros and blanks after its last figure."""
    cells = grid.cells[row]
    counts = {
        month: persons(
            cells[column] if column < len(cells) else None,
            file=grid.file,
            sheet=grid.sheet,
            cell=cell_name(row, column),
        )
        for month, column in months.items()
    }
    last = max((month for month, count in counts.items() if count), default="")
    return {month: count for month, count in counts.items() if count is not None and month <= last}


def release(read: Reading, *, address: str, published: str, dated: str) -> Release:
    """Return a workbook's figures with their citation, by the newest month it holds."""
    newest = str(read.rows["month"].max())
    return Release(
        read,
        f"kto_book_{newest.replace('-', '')}",
        PUBLISHER,
        f"Workbook of arrivals by nationality and month, to {newest}",
        address,
        published,
        dated,
        TERMS,
    )
