"""Files brought by hand: an official workbook of JNTO or KTO, or a table of one's own. Judged by their content."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from crossings.errors import N_, CrossingsError
from etl import citations, own, releases
from etl.net import text_of
from etl.sources import jnto, kto
from etl.sources.reading import Reading, Release
from etl.sources.workbook import content_of, is_xls, open_xlsx, plain

NEEDED = ("month", "origin", "destination", "visitors")
MOST_ROWS = 5_000


class NotATable(CrossingsError):
    """An uploaded file is neither an official workbook nor a table of figures."""


@dataclass(frozen=True)
class Upload:
    """What a file holds: an official release, or rows of the user's own."""

    release: Release | None = None
    rows: tuple[own.OwnRow, ...] = ()


def read(content: bytes, *, name: str) -> Upload:
    """Return what an uploaded file holds.

    An official workbook is known by its layout, whatever it is called. A table of one's own, CSV or .xlsx, has the
    columns month, origin, destination, visitors and may have note. Raises WorkbookUnreadable, LayoutChanged or
    NotATable.
    """
    content, name = content_of(content, name=name)
    if is_xls(content):
        return Upload(_kto_release(kto.parse(content, name=name)))
    if not content.startswith(b"PK"):
        return Upload(rows=_rows(list(csv.reader(io.StringIO(_text(content, name)))), name))
    first = _first_sheet(content, name)
    titles = " ".join(plain(cell) for cell in (first[0] if first else [])[:4])
    if "訪日外客数" in titles:
        return Upload(_jnto_release(jnto.parse(content, name=name), name))
    if "외래객" in titles or "국적" in titles:
        return Upload(_kto_release(kto.parse(content, name=name)))
    return Upload(rows=_rows(first, name))


def keep(upload: Upload, *, official: pd.DataFrame, day: str) -> int:
    """Add the rows of a table of one's own to the added figures; return how many. Raises NotAdded at the first fault."""
    own.add_all(upload.rows, day=day, official=official)
    return len(upload.rows)


def _text(content: bytes, name: str) -> str:
    text = text_of(content, name=name)
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml")) or "\0" in text:
        raise _not_a_table(name)
    return text


def _first_sheet(content: bytes, name: str) -> list[list[object]]:
    sheet = open_xlsx(content, name=name).worksheets[0]
    return [list(row) for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=40, values_only=True)]


def _rows(cells: Sequence[Sequence[object]], name: str) -> tuple[own.OwnRow, ...]:
    header = [plain(cell).lower() for cell in (cells[0] if cells else [])]
    if any(column not in header for column in NEEDED) or len(cells) > MOST_ROWS:
        raise _not_a_table(name)
    places = {column: header.index(column) for column in (*NEEDED, "note") if column in header}
    return tuple(
        _row({column: row[at] if at < len(row) else "" for column, at in places.items()}, name, number)
        for number, row in enumerate(cells[1:], start=2) if any(plain(cell) for cell in row)
    )  # fmt: skip


def _row(cells: dict[str, object], name: str, number: int) -> own.OwnRow:
    month = cells["month"]
    text = f"{month.year}-{month.month:02d}" if isinstance(month, date) else plain(month)
    count = re.sub(r"[,\s]|\.0+$", "", str(cells["visitors"]))
    if not re.fullmatch(r"\d{1,9}", count):
        raise NotATable(
            N_("{file}, row {row}: “{value}” is not a count of persons. Correct it and upload the file again."),
            file=name, row=number, value=str(cells["visitors"])[:30],
        )  # fmt: skip
    note = own.plain_note(str(cells.get("note") or ""))
    return own.OwnRow(
        text[:7], plain(cells["origin"]).upper(), plain(cells["destination"]).upper(), int(count), note
    )


def _not_a_table(name: str) -> NotATable:
    return NotATable(
        N_(
            "{file} is neither an official workbook nor a table with the columns month, origin, destination, visitors."
        ),
        file=name,
    )


def _jnto_release(read_: Reading, name: str) -> Release:
    newest = str(read_.rows.loc[read_.rows["origin"] == "KOR", "month"].max())
    return jnto.release(read_, name=name, address=citations.JNTO_PAGE, seen=releases.due("JNTO", newest))


def _kto_release(read_: Reading) -> Release:
    newest = str(read_.rows["month"].max())
    published = releases.due("KTO", newest).isoformat()
    return Release(
        read_, f"kto_book_{newest.replace('-', '')}", citations.KTO,
        f"Workbook of arrivals by purpose and nationality, to {newest}, added by hand", citations.KTO_PAGE, published,
        "rule", citations.KTO_TERMS,
    )  # fmt: skip
