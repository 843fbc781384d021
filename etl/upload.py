"""Files brought by hand: an official workbook of JNTO or KTO, or a table of one's own. Judged by their content."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

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
        return _kto_upload(kto.grid_of(content, name), name)
    if not content.startswith(b"PK"):
        return _from_text(_text(content, name), name)
    first = _first_sheet(content, name)
    if "訪日外客数" in " ".join(plain(cell) for cell in (first[0] if first else [])[:4]):
        return Upload(_jnto_release(jnto.parse(content, name=name), name))
    grid = kto.grid_of(content, name)
    return _kto_upload(grid, name) if _of_kto(grid) else Upload(rows=_rows(first, name))


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
    lines = text.count("\n")
    if lines > MOST_LINES:
        raise NotATable(
            N_("{file} has {lines} lines; at most {most} can be read. Upload only the months needed."),
            file=name,
            lines=lines,
            most=MOST_LINES,
        )
    separator = written.separator_of(text.lstrip("\n").partition("\n")[0])
    try:
        cells = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if row]
    except csv.Error:
        raise _not_a_table(name) from None
    grid = kto.text_grid(cells, name)
    return _kto_upload(grid, name) if _of_kto(grid) else Upload(rows=_rows(cells, name))


def _of_kto(grid: kto.Grid) -> bool:
    return kosis_table.header_row(grid) is not None or bool(kto.layout_of(grid))


def _kto_upload(grid: kto.Grid, name: str) -> Upload:
    if not _of_kto(grid):
        raise _unusable(grid.cells, name, office="KTO")
    read_ = kto.read_grid(grid) if kosis_table.header_row(grid) is None else kosis_table.read(grid)
    day, dated = releases.by_hand("KTO", str(read_.rows["month"].max()), releases.today())
    return Upload(kto.release(read_, address=kto.PAGE, published=day.isoformat(), dated=dated))


def _first_sheet(content: bytes, name: str) -> list[list[object]]:
    book = open_xlsx(content, name=name)
    try:
        rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        return [list(row) for row in rows]
    except Exception as fault:  # openpyxl reads a sheet only now, and lets many kinds of fault through
        raise damaged(name) from fault


def _rows(cells: Sequence[Sequence[object]], name: str) -> tuple[own.OwnRow, ...]:
    header = [plain(cell).lower() for cell in (cells[0] if cells else [])]
    if any(column not in header for column in NEEDED) or len(cells) > MOST_ROWS:
        raise _unusable(cells, name)
    columns = {column: header.index(column) for column in (*NEEDED, *OPTIONAL) if column in header}
    return tuple(
        _row({column: row[at] if at < len(row) else "" for column, at in columns.items()}, name, number)
        for number, row in enumerate(cells[1:], start=2)
        if any(plain(cell) for cell in row)
    )


def _row(cells: dict[str, object], name: str, number: int) -> own.OwnRow:
    try:
        month, visitors = written.month(cells["month"]), written.persons(cells["visitors"])
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
        source=text["source"] or text["note"] or name,
        status=text["status"] or own.DEFAULT_STATUS,
        seen=text["seen"],
        note=text["note"],
    )


def _unusable(cells: Sequence[Sequence[object]], name: str, *, office: str = "") -> NotATable:
    """Return what a file is that holds no figures to read: an office's own in another layout, or none."""
    words = "".join(plain(cell) for row in cells[:30] for cell in row[:MOST_COLUMNS])
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
