"""Files brought by hand: an official workbook of JNTO or KTO, or a table of one's own. Judged by their content."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from crossings.errors import N_, CrossingsError, noted
from etl import own, releases, written
from etl.sources import jnto, kosis_table, kto
from etl.sources.reading import Reading, Release
from etl.sources.workbook import content_of, damaged, is_xls, open_xlsx, plain

NEEDED = ("month", "origin", "destination", "visitors")
OPTIONAL = ("status", "source", "seen", "note")
MOST_ROWS = 5_000
MOST_COLUMNS = 40
MOST_LINES = 50_000
MOST_CELLS = 1_000_000
MOST_SHEETS = 20
HEADER_ROWS = 10
# What stands in files of the two offices, in a layout that is read here or in another.
SIGNS = {
    "KTO": (
        "외래객",
        "외래관광객",
        "국적",
        "한국관광",
        "한국문화관광연구원",
        "목적별",
        "국적별",
        "순위별",
        "입국자",
        "출국",
        "국민해외",
        "해외관광객",
        "KOSIS",
    ),
    "JNTO": ("訪日外客", "JNTO", "日本政府観光局", "VisitorArrivals", "JapanNationalTourism"),
}
INSTEAD = {
    "KTO": N_(
        "{file} looks like a KTO or KOSIS file in a layout that cannot be read. Upload the newest"
        " Excel file “한국관광통계 공표” from datalab.visitkorea.or.kr, or the export 목적별 국적별 입국 (.xls) "
        "from know.tour.go.kr."
    ),
    "JNTO": N_(
        "{file} looks like a JNTO file in a layout that cannot be read. Upload the Excel file "
        "“国籍/月別 訪日外客数” from jnto.go.jp/statistics/data/visitors-statistics, in Japanese as "
        "published."
    ),
}


class NotATable(CrossingsError):
    """An uploaded file is neither an official workbook nor a table of figures."""


class OtherLayout(NotATable):
    """An uploaded file is an office's own, but in a layout that is not read."""


@dataclass(frozen=True)
class Upload:
    """What a file holds: an official release, or rows of the user's own."""

    release: Release | None = None
    rows: tuple[own.OwnRow, ...] = ()


def read(content: bytes, *, name: str) -> Upload:
    """Return what an uploaded file holds.

    An official workbook is known by its layout, whatever it is called. A table of one's own, CSV or .xlsx, has the
    columns month, origin, destination, visitors and may have status, source, seen and note. Raises
    WorkbookUnreadable, LayoutChanged, UnknownCharacters, NotUnderstood, NotATable or OtherLayout.
    """
    try:
        return _judged(*content_of(content, name=name))
    except CrossingsError:
        raise
    except Exception as fault:  # what no check foresaw is a damaged file, not a fault of the page
        noted(fault)
        raise damaged(name) from fault


def _judged(content: bytes, name: str) -> Upload:
    if is_xls(content):
        return _of_grid(kto.grid_of(content, name), name, office="KTO")
    if not content.startswith(b"PK"):
        return _from_text(_text(content, name), name)
    first, own_cells = _sheets(content, name)
    if "訪日外客数" in " ".join(plain(cell) for cell in (first[0] if first else [])[:4]):
        return Upload(_jnto_release(jnto.parse(content, name=name), name))
    return Upload(rows=_rows(own_cells, name)) if own_cells else _of_grid(kto.grid_of(content, name), name)


def keep(upload: Upload, *, official: pd.DataFrame, day: str, confirmed: bool = False) -> int:
    """Add the rows of a table of one's own to the added figures; return how many. Raises NotAdded at the first fault."""
    own.add_all(upload.rows, day=day, official=official, confirmed=confirmed)
    return len(upload.rows)


def _text(content: bytes, name: str) -> str:
    try:
        return written.text_of_file(content, name=name)
    except written.UnknownCharacters:
        if b"\0" in content:  # no text at all
            raise _not_a_table(name) from None
        raise


def _from_text(text: str, name: str) -> Upload:
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml")) or "\0" in text:
        raise _not_a_table(name)
    _not_too_many(text.count("\n"), MOST_LINES, name)
    named, _, rest = text.lstrip("\n").partition("\n")
    told = re.fullmatch(r"sep=(.)\s*", named.lower())  # how Excel names the separator
    separator = told[1] if told else _separator(text)
    if text.count(separator) > MOST_CELLS:
        raise _not_a_table(name)
    try:
        lines = csv.reader(io.StringIO(rest if told else text), delimiter=separator, strict=True)
        cells = [row[: kto.MAX_COLUMNS] for row in lines if row]
    except csv.Error:
        raise NotATable(
            N_(
                "{file}: a quotation mark is not closed, or stands inside a cell. Save the file again as CSV."
            ),
            file=name,
        ) from None
    return _of_grid(kto.text_grid(cells, name), name, cells=cells)


def _not_too_many(lines: int, most: int, name: str) -> None:
    if lines > most:
        raise NotATable(
            N_("{file} has {lines} lines; at most {most} can be read. Upload only the months needed."),
            file=name,
            lines=lines,
            most=most,
        )


def _separator(text: str) -> str:
    """Return the separator of the first lines' that splits them most often."""
    lines = text.splitlines()[:HEADER_ROWS]
    own_header = next((line for line in lines if any(column in line.lower() for column in NEEDED[1:])), "")
    return written.separator_of(own_header or text.lstrip("\n").partition("\n")[0])


def _of_grid(
    grid: kto.Grid, name: str, *, cells: Sequence[Sequence[object]] = (), office: str = ""
) -> Upload:
    """Return what a sheet holds: a table of one's own by its columns, else one of KTO. office: whose it is, if none.

    cells: the sheet's, where the grid's are no longer as they were written.
    """
    if _header_row(cells or grid.cells) is not None:
        return Upload(rows=_rows(cells or grid.cells, name))
    if _of_kto(grid):
        return _kto_upload(grid, name)
    raise _unusable(grid.cells, name, office=office, sheet=plain(grid.sheet))


def _of_kto(grid: kto.Grid) -> bool:
    return kosis_table.header_row(grid) is not None or bool(kto.layout_of(grid))


def _kto_upload(grid: kto.Grid, name: str) -> Upload:
    read_ = kto.read_grid(grid) if kosis_table.header_row(grid) is None else kosis_table.read(grid)
    day, dated = releases.by_hand("KTO", str(read_.rows["month"].max()), releases.today())
    return Upload(kto.release(read_, address=kto.PAGE, published=day.isoformat(), dated=dated))


def _sheets(content: bytes, name: str) -> tuple[list[list[object]], list[list[object]]]:
    """Return the cells of a workbook's first sheet, and of the first that holds a table of one's own, if one does."""
    book = open_xlsx(content, name=name)
    try:
        sheets = (_cells(sheet) for sheet in book.worksheets[:MOST_SHEETS])
        first = next(sheets, [])
        own_cells = next((cells for cells in (first, *sheets) if _header_row(cells) is not None), [])
    except Exception as fault:  # openpyxl reads a sheet only now, and lets many kinds of fault through
        raise damaged(name) from fault
    return first, own_cells


def _cells(sheet: Any) -> list[list[object]]:
    return [
        list(row) for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
    ]


def _header_row(cells: Sequence[Sequence[object]]) -> int | None:
    """Return the row that names every column a table of one's own needs, None where there is none."""
    heads = ([written.column(cell) for cell in row] for row in cells[:HEADER_ROWS])
    return next((at for at, head in enumerate(heads) if set(NEEDED) <= set(head)), None)


def _rows(cells: Sequence[Sequence[object]], name: str) -> tuple[own.OwnRow, ...]:
    """Return the rows of a table of one's own. Raises NotATable."""
    header = _header_row(cells)
    assert header is not None  # asked before
    _not_too_many(len(cells), MOST_ROWS, name)
    heads = [written.column(cell) for cell in cells[header]]
    twice = next((column for column in (*NEEDED, *OPTIONAL) if heads.count(column) > 1), "")
    if twice:
        raise NotATable(
            N_("{file}: the column {column} appears twice. Keep one and upload the file again."),
            file=name,
            column=twice,
        )
    filled = [(number, row) for number, row in enumerate(cells, start=1) if any(plain(cell) for cell in row)]
    rows = tuple(_row(heads, row, name, number) for number, row in filled if number > header + 1)
    if not rows:
        raise NotATable(N_("{file} has a header but no row with a figure below it."), file=name)
    return rows


def _row(heads: list[str], row: Sequence[object], name: str, number: int) -> own.OwnRow:
    if any(plain(cell) for cell in row[len(heads) :]):
        raise NotATable(
            N_(
                "{file}, row {row}: more cells than columns in the header. Put a number with commas in "
                "quotation marks, or write it without commas, and upload the file again."
            ),
            file=name,
            row=number,
        )
    cells = {head: row[at] if at < len(row) else "" for at, head in enumerate(heads)}
    try:
        month, visitors = written.month(cells["month"]), written.persons(cells["visitors"])
        seen = written.day(cells["seen"]) if plain(cells.get("seen")) else ""
    except written.NotUnderstood as fault:
        raise NotATable(
            N_(
                "{file}, row {row}: “{value}” could not be interpreted. Correct it and upload the file again."
            ),
            file=name,
            row=number,
            value=fault.values["value"],
        ) from fault
    text = {column: own.plain_note(str(cells.get(column) or "")) for column in OPTIONAL}
    return own.OwnRow(
        month,
        written.country(cells["origin"]),
        written.country(cells["destination"]),
        visitors,
        source=text["source"] or text["note"],
        status=written.status(text["status"] or own.DEFAULT_STATUS),
        seen=seen,
        note=text["note"],
    )


def _unusable(
    cells: Sequence[Sequence[object]], name: str, *, office: str = "", sheet: str = ""
) -> NotATable:
    """Return what a file is that holds no figures to read: an office's own in another layout, or none."""
    words = sheet + "".join(plain(cell) for row in cells[:30] for cell in row[:MOST_COLUMNS])
    found = office or next(
        (named for named, signs in SIGNS.items() if any(sign in words for sign in signs)), ""
    )
    return OtherLayout(INSTEAD[found], file=name) if found else _not_a_table(name)


def _not_a_table(name: str) -> NotATable:
    return NotATable(
        N_(
            "{file} is neither an official Excel file nor a table with the columns month, origin, "
            "destination, visitors."
        ),
        file=name,
    )


def _jnto_release(read_: Reading, name: str) -> Release:
    newest = str(read_.rows.loc[read_.rows["origin"] == "KOR", "month"].max())
    day, dated = releases.by_hand("JNTO", newest, releases.today())
    return jnto.release(read_, name=name, address=jnto.PAGE, day=day, dated=dated)
