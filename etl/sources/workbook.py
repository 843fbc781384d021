"""Opening a workbook that came from elsewhere: judged by what is in it, not by its name."""

import re
import unicodedata
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from crossings import zipped
from crossings.errors import N_, system_fault
from crossings.models.arithmetic import is_number
from etl.errors import LayoutChanged, WorkbookUnreadable

if TYPE_CHECKING:
    import openpyxl
    import xlrd

MAX_FILE_BYTES = 40_000_000
DASHES = frozenset({"", "-", "‐", "‑", "–", "—", "―", "−", "..."})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def content_of(source: Path | bytes, *, name: str = "") -> tuple[bytes, str]:
    """Return a file's bytes and the name to use in messages. Raises WorkbookUnreadable."""
    if isinstance(source, bytes):
        return _not_too_long(source, name), name
    try:
        with source.open("rb") as opened:
            return _not_too_long(opened.read(MAX_FILE_BYTES + 1), name or source.name), name or source.name
    except OSError as fault:
        raise WorkbookUnreadable(
            N_(
                "{file} cannot be read ({fault}). Check that the file exists and is not open in another "
                "program."
            ),
            file=name or source.name,
            fault=system_fault(fault),
        ) from fault


def _not_too_long(content: bytes, name: str) -> bytes:
    if len(content) > MAX_FILE_BYTES:
        raise WorkbookUnreadable(
            N_("{file} is larger than {limit} MB, which an official file is not. Download it again."),
            file=name,
            limit=MAX_FILE_BYTES // 1_000_000,
        )
    return content


def open_xlsx(content: bytes, *, name: str) -> "openpyxl.Workbook":
    """Open an .xlsx for reading values; links to other files are not followed. Raises WorkbookUnreadable."""
    import openpyxl

    _refuse_web_page(content, name)
    _judge_package(content, name)
    try:
        return openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception as fault:  # openpyxl lets many kinds of fault through
        raise damaged(name) from fault


def open_xls(content: bytes, *, name: str) -> "xlrd.Book":
    """Open an old binary .xls. Raises WorkbookUnreadable."""
    import xlrd

    _refuse_web_page(content, name)
    if not content.startswith(OLE):
        raise not_a_workbook(name)
    if ENCRYPTED in content:
        raise _protected(name)
    try:
        return xlrd.open_workbook(file_contents=content, logfile=StringIO())
    except Exception as fault:  # xlrd lets many kinds of fault through
        raise _protected(name) if "encrypted" in str(fault) else damaged(name) from fault


def is_xls(content: bytes) -> bool:
    """Say whether a file is the old binary kind."""
    return content.startswith(OLE)


def damaged(name: str) -> WorkbookUnreadable:
    return WorkbookUnreadable(N_("{file} is damaged or incomplete. Download it again."), file=name)


def _protected(name: str) -> WorkbookUnreadable:
    return WorkbookUnreadable(
        N_("{file} is protected by a password. Open it, save it without the password and load it again."),
        file=name,
    )


def not_a_workbook(name: str) -> WorkbookUnreadable:
    return WorkbookUnreadable(
        N_("{file} is not an Excel file. Download the Excel file from the publisher's page and upload it."),
        file=name,
    )


def _refuse_web_page(content: bytes, name: str) -> None:
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        raise WorkbookUnreadable(
            N_(
                "{file} is a web page, not an Excel file. The address may have changed; open it in a "
                "browser to check."
            ),
            file=name,
        )


def _judge_package(content: bytes, name: str) -> None:
    if not content.startswith(b"PK"):
        raise not_a_workbook(name)
    try:
        names = zipped.names(content)
    except zipped.TooLarge:
        raise _too_large(name) from None
    except zipped.Declares:
        raise WorkbookUnreadable(
            N_("{file} contains declarations that spreadsheet programs do not write. It was not opened."),
            file=name,
        ) from None
    except zipped.FAULTS as fault:
        raise damaged(name) from fault
    if "xl/workbook.xml" not in names:
        raise not_a_workbook(name)


def _too_large(name: str) -> WorkbookUnreadable:
    return WorkbookUnreadable(
        N_("{file} would expand to more than {limit} MB or far beyond its size. It was not opened."),
        file=name,
        limit=zipped.MOST_UNPACKED_BYTES // 1_000_000,
    )


def plain(value: object) -> str:
    """Return a label with widths unified and every blank removed."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value))) if value is not None else ""


def persons(value: object, *, file: str, sheet: str, cell: str) -> int | None:
    """Return a count from a cell; blanks and dashes are None. Raises LayoutChanged naming the cell."""
    if value is None or (isinstance(value, str) and plain(value) in DASHES):
        return None
    if not is_count(value):
        raise LayoutChanged(
            N_(
                "{file}, sheet {sheet}, cell {cell}: “{value}” is not a number of persons. Obtain a "
                "corrected file or use the previous one."
            ),
            file=file,
            sheet=sheet,
            cell=cell,
            value=str(value)[:40],
        )
    return int(float(str(value)))


def is_count(value: object) -> bool:
    """Say whether a cell holds a whole number that is not negative."""
    return is_number(value) and value >= 0 and value == int(value)
