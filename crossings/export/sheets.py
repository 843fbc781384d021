"""Sheets of a workbook: tables and named rows."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.measure import PHRASE, text_width, wrapped
from crossings.export.figure import missing as absent_package
from crossings.export.tables import Cell, cell
from crossings.language import Language
from crossings.questions.base import Column, Table
from crossings.questions.base import table as text_table
from crossings.questions.base.table import Kind, cell_text, missing

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

CHART_ROWS, ROW_PIXELS = 24, 20
FIRST_WIDTH, HELPER_WIDTH, HEADING_PIXELS = 24.0, 18.0, 110.0
CHART_PIXELS, MOST_PRINTED_ROWS = 900, 60
LONGEST_TEXT = 32_767
LONGEST_NAME = 31
LONGEST_PROPERTY = 255
LONGEST_LINK = 2_000


def opened(out: io.BytesIO, language: Language) -> "Workbook":
    """Return a workbook in the language's font that turns no text into a formula, number or link.

    Raises MissingPackage.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise absent_package("xlsxwriter") from None
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = Workbook(out, options)
    book.formats[0].set_font_name(language.conventions.office_font)
    return book


def added(book: "Workbook", name: str) -> "Worksheet":
    """Return a new sheet that prints as wide as an A4 page on its side."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return sheet


def sheet_name(words: str, *, number: int | str | None = None, remark: str = "") -> str:
    """Return a sheet's name as spreadsheets allow it: 31 characters, no []:*?/\\, no apostrophe at an end.

    number: before it. remark: behind it, kept whole. What is too long ends between phrases where it can.
    """
    stem = " ".join("".join(" " if letter in "[]:*?/\\=" else letter for letter in words).split())
    before = f"{number} " if number is not None else ""
    while _units(before + stem + remark) > LONGEST_NAME and stem:
        phrases = PHRASE.split(stem)
        stem = "".join(phrases[:-1]).rstrip() if len(phrases) > 2 else stem[:-1]
    return (before + stem + remark).strip("' ") or str(number or 0)


def _units(name: str) -> int:
    """Return the length of a name as spreadsheets count it."""
    return len(name.encode("utf-16-le")) // 2


def beyond(sheet: "Worksheet", columns: int) -> int:
    """Return the first column after those of a table that are printed with the chart above, whose widths are set."""
    last = columns - 1
    while _pixels(sheet, 0, last) < CHART_PIXELS:
        last += 1
    return last + 1


def folded(sheet: "Worksheet", first: int, last: int) -> None:
    """Fold the columns that only a chart needs away: a reader can open them."""
    if last >= first:
        sheet.set_column(first, last, HELPER_WIDTH, None, {"level": 1, "hidden": True})
        sheet.set_column(last + 1, last + 1, None, None, {"collapsed": True})


def style(book: "Workbook", language: Language, **settings: Any) -> Any:
    """Return a cell format in the language's font."""
    return book.add_format({"font_name": language.conventions.office_font, "font_size": 11} | settings)


def write(sheet: "Worksheet", row: int, column: int, value: Cell | datetime, look: Any) -> None:
    """Write one value as what it is, text or a number, never a formula; nothing leaves the cell empty."""
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value[:LONGEST_TEXT], look)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)


def number_format(column: Column) -> str:
    """Return the number format of a column by what it holds."""
    decimals = "." + "0" * column.decimals if column.decimals else ""
    formats: dict[Kind, str] = {
        "share": f"0{decimals}%",
        "year": "0",
        "month": "yyyy-mm",
        "day": "yyyy-mm-dd",
        "points": f"0{decimals}",
        "clock": "@",
        "text": "General",
    }
    usual = "General" if column.trimmed and decimals else f"#,##0{decimals}"
    return formats.get(column.kind, usual)


def table(
    book: "Workbook",
    sheet: "Worksheet",
    shown: Table,
    *,
    top: int = 0,
    left: int = 0,
    least_lines: int = 1,
) -> int:
    """Write a table with headings and units from row `top` and column `left` on, columns as wide as their words.

    Every column is written, also what only a chart needs. Returns the lines of its heading row, at least
    `least_lines`: those of a table already beside it.
    """
    texts = [shown.heading_with_unit(column) for column in shown.columns]
    narrowest = [FIRST_WIDTH if top and not left + number else 0.0 for number in range(len(texts))]
    widths = [
        max(least, _width(text, shown, column))
        for least, text, column in zip(narrowest, texts, shown.columns, strict=True)
    ]
    lines = headings(
        book, sheet, texts, shown.language, top=top, left=left, widths=widths, least_lines=least_lines
    )
    for number, column in enumerate(shown.columns):
        form = number_format(column)
        body = style(book, shown.language, num_format=form, text_wrap=True, valign="top")
        for row, value in enumerate(shown.values(column.key), start=top + 1):
            write(sheet, row, left + number, _cell(value, column, shown.language), body)
    _fit_rows(sheet, shown, widths, top=top)
    if not top:
        sheet.freeze_panes(1, 0)
    return lines


def _fit_rows(sheet: "Worksheet", shown: Table, widths: Sequence[float], *, top: int) -> None:
    """Make rows as high as their longest text: not every program does so by itself."""
    texts = [
        (list(shown.values(column.key)), width)
        for column, width in zip(shown.columns, widths, strict=True)
        if column.kind == "text"
    ]
    for place in range(len(shown)):
        lines = max((_lines(values[place], width) for values, width in texts), default=1)
        if lines > 1:
            sheet.set_row(top + 1 + place, min(409, ROW_PIXELS * 0.75 * lines))


def _lines(value: Any, width: float, *, bold: bool = False) -> int:
    """Return the lines of a text in a column of a width in characters."""
    if missing(value):
        return 1
    room = (width - 2) * 5.6
    return sum(len(wrapped(line, width=room, size=11, bold=bold)) for line in str(value).split("\n"))


def headings(
    book: "Workbook",
    sheet: "Worksheet",
    texts: Sequence[str],
    language: Language,
    *,
    top: int,
    left: int,
    widths: Sequence[float] = (),
    least_lines: int = 1,
) -> int:
    """Write headings in row `top` and set their columns' widths, in characters. Returns the lines of the row."""
    head = style(book, language, bold=True, bottom=1, text_wrap=True, valign="top")
    lines = least_lines
    for number, text in enumerate(texts):
        width = widths[number] if widths else HELPER_WIDTH
        write(sheet, top, left + number, text, head)
        sheet.set_column(left + number, left + number, width)
        lines = max(lines, _lines(text, width, bold=True))
    if lines > 1:
        sheet.set_row(top, ROW_PIXELS * 0.75 * lines)
    return lines


def _cell(value: Any, column: Column, language: Language) -> Cell | datetime:
    """Return one value as a workbook holds it: months and days as dates, points times a hundred."""
    if missing(value):
        return None
    if column.kind == "month":
        return datetime(value.year, value.month, 1)
    if column.kind == "day":
        return datetime(value.year, value.month, value.day)
    if column.kind == "clock":
        return cell_text(value, column, language)
    return cell(float(value) * 100 if column.kind == "points" else value)


def _width(heading: str, shown: Table, column: Column) -> float:
    """Return a column's width in characters: its longest value, and as much of its heading as stays slim."""
    texts = (cell_text(value, column, shown.language) for value in shown.values(column.key))
    most = max((text_width(text, size=11) for text in texts), default=0.0)
    return min(60.0, 3 + max(most, min(text_width(heading, size=11), HEADING_PIXELS)) / 5.6)


def plain_table(book: "Workbook", sheet: "Worksheet", frame: pd.DataFrame, language: Language) -> None:
    """Write a frame of texts with its headings, columns as wide as their words."""
    columns = [(Column(str(i), str(name)), list(frame.iloc[:, i])) for i, name in enumerate(frame.columns)]
    table(book, sheet, text_table(language, columns))


def chart_room(sheet: "Worksheet", row: int) -> None:
    """Give the rows under a chart the height that the chart counts on, whatever the font."""
    for place in range(row, row + CHART_ROWS):
        sheet.set_row(place, ROW_PIXELS * 0.75)


def printed(sheet: "Worksheet", *, top: int, rows: int, columns: int) -> int:
    """Print the chart, its description and the table below row `top`, not what only the chart needs.

    A table of many rows stays in the sheet alone. Returns the last column that is printed.
    """
    last = beyond(sheet, columns) - 1
    sheet.print_area(0, 0, top + rows if rows <= MOST_PRINTED_ROWS else top - 2, last)
    return last


def _pixels(sheet: "Worksheet", first: int, last: int) -> int:
    widths = (sheet.col_info.get(column) for column in range(first, last + 1))
    return sum(info.width if info and info.width else sheet.default_col_width for info in widths)


def across(
    sheet: "Worksheet", row: int, words: str, look: Any, *, size: float, first: int = 0, last: int
) -> None:
    """Write a paragraph over some columns, whose widths are set, its row as high as its lines."""
    pixels = size * 4 / 3
    width = _pixels(sheet, first, last) * 0.9
    lines = sum(len(wrapped(line, width=width, size=pixels)) for line in words.split("\n"))
    if last > first:
        sheet.merge_range(row, first, row, last, "", look)
    write(sheet, row, first, words, look)
    sheet.set_row(row, min(409, lines * size * 1.5 + (6 if lines > 1 else 0)))


def named_rows(
    book: "Workbook",
    sheet: "Worksheet",
    rows: list[tuple[str, str]],
    language: Language,
    *,
    top: int = 0,
    last: int = 1,
) -> None:
    """Write names beside their values from row `top` on, over columns to `last`; a web address becomes a link."""
    name_style = style(book, language, bold=True, valign="top")
    value_style = style(book, language, text_wrap=True, valign="top")
    link = style(book, language, font_color=theme.KOREANS_TO_JAPAN, underline=1)
    if not top:
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
    for row, (name, value) in enumerate(rows, start=top):
        write(sheet, row, 0, name, name_style)
        if value.startswith(("https://", "http://")) and len(value) < LONGEST_LINK:
            sheet.write_url(row, 1, value, link, value)
        elif top:
            across(sheet, row, value, value_style, size=11, first=1, last=last)
        else:
            write(sheet, row, 1, value, value_style)
