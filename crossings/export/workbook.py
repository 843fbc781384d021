"""A figure, or a whole briefing, as a workbook: charts the spreadsheet draws itself, their data, their descriptions."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crossings.drawing import theme
from crossings.export import chart_xml, clean, memo, office_chart, sheets, trace
from crossings.export.briefing import Briefing, Part
from crossings.export.figure import Figure, plain
from crossings.export.native import office_of
from crossings.language import Language
from crossings.questions.base import OfficeChart, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

CHART_TOP = 3
INDEX_WIDTHS = (6, 46, 80, 40)
PICTURE = (900, 440)
PNG_DPI, SHEET_DPI = 144, 96
SUBTITLE = re.compile(r"[,、:：(（]")  # what begins the further parts of a title


def of_figure(figure: Figure) -> bytes:
    """Return a workbook with the sheets chart, data and description. Raises MissingPackage."""
    figure = clean.figure(figure)
    language = figure.language
    out = io.BytesIO()
    with sheets.opened(out, language) as book:
        said = "\n".join(language.named(name, value) for name, value in figure.about())
        _properties(book, plain(figure.title), plain(figure.takeaway), said)
        office = office_of(figure)
        if office is not None:
            _chart_sheet(book, sheets.added(book, language("Chart")), figure, office)
        sheets.table(book, sheets.added(book, language("Data")), figure.table.visible)
        sheets.named_rows(book, sheets.added(book, language("About")), figure.about(), language)
    return _spelled(out.getvalue(), language)


def workbook(briefing: Briefing) -> bytes:
    """Return a briefing as a workbook: contents, one sheet per figure, then what the figures rest on.

    Raises MissingPackage without xlsxwriter, and without vl-convert for a figure that has no native chart.
    """
    briefing = clean.cleaned(briefing)
    language = briefing.language
    out = io.BytesIO()
    with sheets.opened(out, language) as book:
        _properties(book, briefing.title, briefing.answer, briefing.stamp_line())
        front = sheets.added(book, sheets.sheet_name(language("Briefing")))
        names = []
        for number, part in enumerate(briefing.parts, start=1):
            name = _sheet_name(part.figure, number)
            sheet = sheets.added(book, name)
            sheet.set_portrait()
            _figure_sheet(book, sheet, part)
            names.append(name)
        _front(book, front, briefing, names)
        _rests_on(book, briefing)
    return trace.into_office(_spelled(out.getvalue(), language), briefing.trace)


def _sheet_name(figure: Figure, number: int) -> str:
    """Return the name of a figure's sheet: its number, how its title begins, and whether it is hypothetical."""
    language, title = figure.language, plain(figure.title)
    begin, label = SUBTITLE.split(title)[0].strip() or title, language("Figure {number}", number=number)
    if not figure.scenario:
        return sheets.sheet_name(begin, number=label)
    remark = language.remarked("", language("hypothetical calculation")).strip()
    if len(label) + len(remark) < sheets.LONGEST_NAME:
        return sheets.sheet_name(begin, number=label, remark=remark)
    return sheets.sheet_name(language("Hypothetical: {statement}", statement=begin), number=label)


def _spelled(data: bytes, language: Language) -> bytes:
    """Return a workbook whose charts say what spreadsheets differ in taking for granted."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        charts = {
            name: chart_xml.explicit(package.read(name), language)
            for name in package.namelist()
            if name.startswith("xl/charts/")
        }
    return trace.rewritten(data, charts)


def _properties(book: "Workbook", title: str, subject: str, comments: str) -> None:
    most = sheets.LONGEST_PROPERTY
    properties = {"title": title[:most], "subject": subject[:most], "author": "Crossings"}
    book.set_properties(properties | {"comments": comments})


def _chart_sheet(book: "Workbook", sheet: "Worksheet", figure: Figure, office: OfficeChart) -> None:
    """Write title and takeaway, the chart, source lines and the figures behind the chart."""
    language = figure.language
    quiet = sheets.style(book, language, font_size=9, font_color=theme.QUIET_INK, text_wrap=True)
    scenario = [language("Scenario: {name}", name=figure.scenario)] if figure.scenario else []
    lines = [*scenario, *figure.footer()]
    below = CHART_TOP + sheets.CHART_ROWS
    top = below + len(lines) + 1
    office_chart.placed(book, sheet, office, chart_row=CHART_TOP, top=top, alt=figure.alt_text)
    last = sheets.printed(sheet, top=top, rows=len(office.table), columns=len(office.table.columns))
    _head(book, sheet, figure, last)
    for row, line in enumerate(lines, start=below):
        sheets.across(sheet, row, line, quiet, size=9, last=last)


def _head(book: "Workbook", sheet: "Worksheet", figure: Figure, last: int) -> None:
    """Write title and takeaway over the columns to `last`."""
    sheet.hide_gridlines(2)
    body = {"text_wrap": True, "valign": "top"}
    told = memo.named_hypothetical(figure), memo.stated(figure, figure.takeaway)
    for row, (words, size) in enumerate(zip(told, (14, 11), strict=True)):
        look = sheets.style(book, figure.language, **body, bold=not row, font_size=size)
        sheets.across(sheet, row, plain(words), look, size=size, last=last)


def _figure_sheet(book: "Workbook", sheet: "Worksheet", part: Part) -> None:
    """Write one figure: words, chart, description and data, all on its sheet."""
    figure, language = part.figure, part.figure.language
    about, shown = figure.about(), figure.table.visible
    below = CHART_TOP + sheets.CHART_ROWS
    top = below + len(about) + 1
    _drawn(book, sheet, figure, top=top)
    last = sheets.printed(sheet, top=top, rows=len(shown), columns=len(shown.columns))
    _head(book, sheet, figure, last)
    if part.note:
        remark = language("Note: {words}", words=" ".join(part.note.split()))
        look = sheets.style(book, language, italic=True, text_wrap=True, valign="top")
        sheets.across(sheet, 2, remark, look, size=11, last=last)
    sheets.named_rows(book, sheet, about, language, top=below, last=last)


def _drawn(book: "Workbook", sheet: "Worksheet", figure: Figure, *, top: int) -> None:
    """Write a figure's table at row `top`, and its chart above, or its picture."""
    office, shown = office_of(figure), figure.table.visible
    if office is None:
        sheets.table(book, sheet, shown, top=top)
        _picture(sheet, figure)
        return
    left = lines = 0
    if not _same(office.table, shown):
        lines = sheets.table(book, sheet, shown, top=top)
        left = sheets.beyond(sheet, len(shown.columns))
    office_chart.placed(
        book,
        sheet,
        office,
        chart_row=CHART_TOP,
        top=top,
        left=left,
        alt=figure.alt_text,
        least_lines=lines,
    )


def _same(drawn: Table, shown: Table) -> bool:
    """Return whether the chart's figures are the whole table, so that they need not stand twice."""
    return drawn.columns == shown.columns and drawn.frame.reset_index(drop=True).equals(
        shown.frame.reset_index(drop=True)
    )


def _picture(sheet: "Worksheet", figure: Figure) -> None:
    """Put the picture where a chart would stand, for a figure that spreadsheets cannot draw."""
    from crossings.export import pictures

    width, height = PICTURE
    drawn = pictures.chart_png(figure, width=width, height=height)
    sheets.chart_room(sheet, CHART_TOP)
    scale = PNG_DPI / SHEET_DPI / pictures.PNG_SCALE
    options = {"x_scale": scale, "y_scale": scale, "object_position": 2} | {
        "image_data": io.BytesIO(drawn),
        "description": figure.alt_text,
    }
    sheet.insert_image(CHART_TOP, 0, f"{figure.key}.png", options)


def _front(book: "Workbook", sheet: "Worksheet", briefing: Briefing, names: list[str]) -> None:
    """Write title, stamp, answer and bullets, and a list of the figures with links to their sheets."""
    language = briefing.language
    sheet.hide_gridlines(2)
    for column, width in enumerate(INDEX_WIDTHS):
        sheet.set_column(column, column, width)
    body = {"text_wrap": True, "valign": "top"}
    quiet = {"font_size": 9, "font_color": theme.QUIET_INK}
    filed = [language.named(*row) for row in briefing.headed()] if briefing.day else []
    texts: list[tuple[str, int, dict[str, Any]]] = [
        (language.in_titles(filed), 9, quiet),
        (briefing.title, 16, {"bold": True, "font_size": 16}),
        (briefing.stamp_line(), 9, quiet),
        (briefing.answer, 12, {"font_size": 12}),
        *_told(briefing),
    ]
    row = 0
    for words, size, settings in texts:
        if words:
            look = sheets.style(book, language, **body, **settings)
            sheets.across(sheet, row, words, look, size=size, last=2)
            row += 1
    head = sheets.style(book, language, bold=True, bottom=1)
    names_of = [language("No."), language("Chart"), language("Takeaway")]
    noted = any(part.note for part in briefing.parts)
    for column, name in enumerate([*names_of, *([language("Note")] if noted else [])]):
        sheets.write(sheet, row + 1, column, name, head)
    _index(book, sheet, briefing, names, top=row + 2)


def _told(briefing: Briefing) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Yield the points under the headings of a paper, with their size and look."""
    marks = briefing.language.conventions.marks
    for section in briefing.told():
        if section.heading:
            yield marks[0] + section.heading, 12, {"bold": True, "font_size": 12}
        yield from ((marks[1] + point, 11, {}) for point in section.points)


def _index(book: "Workbook", sheet: "Worksheet", briefing: Briefing, names: list[str], *, top: int) -> None:
    language = briefing.language
    body = sheets.style(book, language, text_wrap=True, valign="top", align="left")
    link = sheets.style(
        book, language, text_wrap=True, valign="top", font_color=theme.KOREANS_TO_JAPAN, underline=1
    )
    row = top
    for number, (part, name) in enumerate(zip(briefing.parts, names, strict=True), start=1):
        title, quoted = memo.named_hypothetical(part.figure), name.replace("'", "''")
        sheets.write(sheet, row, 0, number, body)
        sheet.write_url(row, 1, f"internal:'{quoted}'!A1", link, title or name)
        sheets.write(sheet, row, 2, memo.stated(part.figure, plain(part.figure.takeaway)), body)
        sheets.write(sheet, row, 3, part.note or None, body)
        row += 1
    for entry in briefing.absent:
        for column, words in enumerate(("–", entry.title, entry.reason)):
            sheets.write(sheet, row, column, words, body)
        row += 1
    if row == top:
        sheets.write(sheet, row, 1, language("This briefing contains no figure."), body)


def _rests_on(book: "Workbook", briefing: Briefing) -> None:
    """Write the sheets at the end: assumptions, sources, scale, method and stamp."""
    language = briefing.language
    for heading, frame in briefing.tables():
        sheets.plain_table(book, sheets.added(book, sheets.sheet_name(heading)), frame, language)
    if briefing.method:
        rows = [(section.heading, point) for section in briefing.method for point in section.points]
        firsts = [name if i == 0 or name != rows[i - 1][0] else "" for i, (name, _) in enumerate(rows)]
        shown = [(first, point) for first, (_, point) in zip(firsts, rows, strict=True)]
        sheets.named_rows(book, sheets.added(book, sheets.sheet_name(language("Method"))), shown, language)
    sheets.named_rows(book, sheets.added(book, language("About")), list(briefing.rests_on()), language)
