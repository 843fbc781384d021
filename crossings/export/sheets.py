"""Sheets of a workbook: tables, named rows, and charts that the spreadsheet draws itself."""

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.measure import text_width, wrapped
from crossings.export.figure import missing as absent_package
from crossings.export.native import (
    Layer,
    categories,
    is_share,
    large,
    layers,
    look,
    numbers,
    series,
    unit,
)
from crossings.export.tables import Cell, cell
from crossings.language import Language
from crossings.questions.base import Column, OfficeChart, Table
from crossings.questions.base import table as text_table
from crossings.questions.base.table import Kind, cell_text, missing

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

CHART_WIDTH, CHART_ROWS, ROW_PIXELS = 900, 24, 20
FIRST_WIDTH, HEADING_PIXELS, CHART_COLUMNS = 24.0, 110.0, 13
MOST_LABELS = 14
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


def sheet_name(words: str, *, number: int | None = None) -> str:
    """Return a sheet's name as spreadsheets allow it: 31 characters, no []:*?/\\, no apostrophe at an end."""
    stem = " ".join("".join(" " if letter in "[]:*?/\\=" else letter for letter in words).split())
    name = f"{number} {stem}" if number is not None else stem
    while len(name.encode("utf-16-le")) > 2 * LONGEST_NAME:
        name = name[:-1]
    return name.strip("' ") or str(number or 0)


def style(book: "Workbook", language: Language, **settings: Any) -> Any:
    """Return a cell format in the language's font."""
    return book.add_format({"font_name": language.conventions.office_font, "font_size": 11} | settings)


def write(sheet: "Worksheet", row: int, column: int, value: Cell | datetime, look: Any) -> None:
    """Write one value as what it is: nothing, text or a number, never a formula."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
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
    return formats.get(column.kind, f"#,##0{decimals}")


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
    head = style(book, shown.language, bold=True, bottom=1, text_wrap=True, valign="top")
    lines = least_lines
    for number, column in enumerate(shown.columns):
        place, heading = left + number, shown.heading_with_unit(column)
        write(sheet, top, place, heading, head)
        form = number_format(column)
        body = style(book, shown.language, num_format=form, text_wrap=True, valign="top")
        for row, value in enumerate(shown.values(column.key), start=top + 1):
            write(sheet, row, place, _cell(value, column, shown.language), body)
        narrowest = FIRST_WIDTH if top and not place else 0.0
        width = max(narrowest, _width(heading, shown, column))
        sheet.set_column(place, place, width)
        lines = max(lines, len(wrapped(heading, width=(width - 2) * 5.6, size=11, bold=True)))
    if lines > 1:
        sheet.set_row(top, ROW_PIXELS * 0.75 * lines)
    if not top:
        sheet.freeze_panes(1, 0)
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


def printed(sheet: "Worksheet") -> None:
    """Let the printed page end where the chart and the tables end, not where a long title does."""
    sheet.print_area(0, 0, sheet.dim_rowmax, max(sheet.dim_colmax, CHART_COLUMNS))


def named_rows(
    book: "Workbook", sheet: "Worksheet", rows: list[tuple[str, str]], language: Language, *, top: int = 0
) -> None:
    """Write names beside their values from row `top` on; a web address becomes a link."""
    name_style = style(book, language, bold=True, valign="top")
    value_style = style(book, language, text_wrap=not top, valign="top")
    link = style(book, language, font_color=theme.KOREANS_TO_JAPAN, underline=1)
    if not top:
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
    for row, (name, value) in enumerate(rows, start=top):
        write(sheet, row, 0, name, name_style)
        if value.startswith(("https://", "http://")) and len(value) < LONGEST_LINK:
            sheet.write_url(row, 1, value, link, value)
        else:
            write(sheet, row, 1, value, value_style)


def chart_with_table(
    book: "Workbook",
    sheet: "Worksheet",
    office: OfficeChart,
    *,
    chart_row: int,
    top: int,
    left: int = 0,
    alt: str,
    least_lines: int = 1,
) -> None:
    """Write the figures of a chart from row `top` on, the widths of its bands beside them, and the chart."""
    heading_lines = table(book, sheet, office.table, top=top, left=left, least_lines=least_lines)
    stack = layers(office)
    if stack:
        widths = [
            (Column(str(number), layer.heading, "persons"), layer.values)
            for number, layer in enumerate(stack)
        ]
        beside = left + len(office.table.columns)
        helpers = text_table(office.table.language, widths)
        table(book, sheet, helpers, top=top, left=beside, least_lines=heading_lines)
    chart_room(sheet, chart_row)
    drawn = _Drawing(book, sheet.get_name(), office, top=top, left=left, stack=stack)
    sheet.insert_chart(chart_row, 0, drawn.chart(), {"object_position": 2, "description": alt})


class _Drawing:
    """A chart as the spreadsheet draws it from a table that stands at (top, left) of a sheet."""

    def __init__(
        self,
        book: "Workbook",
        sheet: str,
        office: OfficeChart,
        *,
        top: int,
        left: int,
        stack: list[Layer],
    ) -> None:
        self.book, self.sheet, self.office, self.language = book, sheet, office, office.table.language
        self.top, self.left, self.stack = top, left, stack
        self.drawn = series(office, stacked=bool(stack))

    def chart(self) -> Any:
        """Return the chart with its series, axes and legend."""
        lines = self._series()
        chart = lines
        if self.stack:
            chart = self._areas()
            chart.combine(lines)
        self._axes(chart)
        font = self._font()
        silent = [place for place, layer in enumerate(self.stack) if layer.name is None]
        legend = {"position": "bottom", "font": font, "delete_series": silent}
        chart.set_legend(legend if len(self.drawn) + len(self.stack) > 1 else {"none": True})
        chart.set_size({"width": CHART_WIDTH, "height": (CHART_ROWS - 1) * ROW_PIXELS})
        chart.set_title({"none": True})
        chart.set_chartarea({"border": {"none": True}})
        chart.show_blanks_as("gap")
        return chart

    def _series(self) -> Any:
        kind: dict[str, str] = {"type": self.office.kind}
        if self.office.kind == "scatter":
            kind["subtype"] = "straight"
        chart = self.book.add_chart(kind)
        for column in self.drawn:
            place = self.left + self.office.table.columns.index(column)
            chart.add_series(
                {
                    "name": column.heading.lstrip("= "),
                    **self._cells(place),
                    **self._style(column),
                    **self._points(),
                    **self._spread(column),
                }
            )
        return chart

    def _points(self) -> dict[str, Any]:
        """Return the looks of single bars, where categories have looks of their own."""
        names, own = categories(self.office), self.office.looks
        if self.office.kind not in ("column", "bar") or len(self.drawn) > 1 or not set(names) & set(own):
            return {}
        looks = [own.get(name) for name in names]
        return {"points": [bar and {"fill": {"color": bar.colour}} for bar in looks]}

    def _spread(self, column: Column) -> dict[str, Any]:
        """Return the error bars of the first series, from its value to each of its two bounds."""
        office = self.office
        if office.spread is None or column != self.drawn[0]:
            return {}
        low, high, middle = (numbers(office, key) for key in (*office.spread, column.key))
        bars = {
            "type": "custom",
            "plus_values": [float(size) for size in (high - middle).fillna(0.0).clip(lower=0.0)],
            "minus_values": [float(size) for size in (middle - low).fillna(0.0).clip(lower=0.0)],
        }
        return {"x_error_bars" if office.kind == "bar" else "y_error_bars": bars}

    def _areas(self) -> Any:
        chart = self.book.add_chart({"type": "area", "subtype": "stacked"})
        beside = self.left + len(self.office.table.columns)
        for place, layer in enumerate(self.stack):
            fill = {"color": layer.colour} if layer.colour else {"none": True}
            name = (layer.name or layer.heading).lstrip("= ")
            cells = self._cells(beside + place)
            chart.add_series({"name": name, **cells, "fill": fill, "border": {"none": True}})
        return chart

    def _cells(self, column: int) -> dict[str, Any]:
        first, last = self.top + 1, self.top + len(self.office.table)
        return {
            "categories": [self.sheet, first, self.left, last, self.left],
            "values": [self.sheet, first, column, last, column],
        }

    def _style(self, column: Column) -> dict[str, Any]:
        look_of = look(self.office, column, self.drawn)
        if self.office.kind in ("column", "bar"):
            return {"fill": {"color": look_of.colour}, "gap": 60}
        line = {"color": look_of.colour, "width": look_of.width, "dash_type": look_of.dash}
        return {"line": line, "marker": {"type": "none"}}

    def _font(self) -> dict[str, Any]:
        return {"name": self.language.conventions.office_font, "size": 10, "color": theme.QUIET_INK}

    def _axes(self, chart: Any) -> None:
        office = self.office
        values = _value_axis(office, self._font())
        across: dict[str, Any] = {"num_font": self._font(), "line": {"color": theme.RULE}}
        first = office.table.columns[0]
        if first.kind in ("month", "day"):
            across |= {"text_axis": True, "num_format": number_format(first)}
        if office.kind == "bar":
            across |= {"reverse": True, "label_position": "low"}
            values["crossing"] = "max"
        if first.kind == "persons":
            across["num_format"] = "#,##0"
        if office.kind in ("line", "column") and len(office.table) > MOST_LABELS:
            across["interval_unit"] = across["interval_tick"] = -(-len(office.table) // MOST_LABELS)
        if self.stack:
            across["position_axis"] = "on_tick"
        chart.set_x_axis(across)
        chart.set_y_axis(values)


def _value_axis(office: OfficeChart, font: dict[str, Any]) -> dict[str, Any]:
    axis: dict[str, Any] = {
        "num_font": font,
        "name_font": font | {"bold": False},
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": theme.GRID, "width": 0.75}},
    }
    if unit(office):
        axis["name"] = unit(office)
    if is_share(office):
        return axis | {"num_format": "0%"}
    if not large(office):
        return axis | {"num_format": "#,##0"}
    spoken = office.table.language.conventions
    shown_unit, form, name = spoken.sheet_unit, spoken.sheet_format, spoken.large_persons.strip()
    units = {"display_units": shown_unit, "display_units_visible": False} if shown_unit else {}
    return axis | {"num_format": form, "name": name} | units
