"""Sheets of a workbook: tables, named rows, and charts that the spreadsheet draws itself."""

import io
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.measure import text_width, wrapped
from crossings.export.figure import NativeChart, missing
from crossings.export.native import Layer, layers, lines, look
from crossings.export.tables import Cell, cell
from crossings.language import Language

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
        raise missing("xlsxwriter") from None
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


def write(sheet: "Worksheet", row: int, column: int, value: Cell, look: Any) -> None:
    """Write one value as what it is: nothing, text or a number, never a formula."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:LONGEST_TEXT], look)
    else:
        sheet.write_number(row, column, value, look)


def number_format(values: pd.Series, *, share: bool) -> str:
    """Return the number format of a column: per cent, bare years, or grouped whole numbers."""
    numbers = pd.to_numeric(values, errors="coerce").dropna()
    if share:
        return "0.0%"
    if len(numbers) and numbers.between(1900, 2100).all():
        return "0"
    whole = numbers.empty or (numbers == numbers.round()).all() or numbers.abs().min() >= 1000
    return "#,##0" if whole else "General"


def table(
    book: "Workbook",
    sheet: "Worksheet",
    frame: pd.DataFrame,
    language: Language,
    *,
    top: int = 0,
    left: int = 0,
    shares: Collection[str] = (),
    least_lines: int = 1,
) -> int:
    """Write a frame with its headings from row `top` and column `left` on, columns as wide as their words.

    shares: headings of columns written as per cent. Returns the lines of its heading row, at least
    `least_lines`: those of a table already beside it.
    """
    head = style(book, language, bold=True, bottom=1, text_wrap=True, valign="top")
    lines = least_lines
    for place, name in enumerate(frame.columns):
        column = left + place
        write(sheet, top, column, str(name), head)
        values = frame.iloc[:, place]
        form = number_format(values, share=str(name) in shares)
        body = style(book, language, num_format=form, text_wrap=True, valign="top")
        for row, value in enumerate(values, start=top + 1):
            write(sheet, row, column, cell(value), body)
        narrowest = FIRST_WIDTH if top and not column else 0.0
        width = max(narrowest, _width(str(name), values))
        sheet.set_column(column, column, width)
        lines = max(lines, len(wrapped(str(name), width=(width - 2) * 5.6, size=11, bold=True)))
    if lines > 1:
        sheet.set_row(top, ROW_PIXELS * 0.75 * lines)
    if not top:
        sheet.freeze_panes(1, 0)
    return lines


def _width(heading: str, values: pd.Series) -> float:
    """Return a column's width in characters: its longest value, and as much of its heading as stays slim."""
    most = max((text_width(str(value), size=11) for value in values), default=0.0)
    return min(60.0, 3 + max(most, min(text_width(heading, size=11), HEADING_PIXELS)) / 5.6)


def shares(native: NativeChart | None) -> list[str]:
    """Return the headings of a chart's columns that are written as per cent."""
    return [str(name) for name in native.frame.columns[1:]] if native is not None and native.share else []


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
    native: NativeChart,
    language: Language,
    *,
    chart_row: int,
    top: int,
    left: int = 0,
    alt: str,
    least_lines: int = 1,
) -> None:
    """Write the figures of a chart from row `top` on, the widths of its bands beside them, and the chart."""
    heading_lines = table(
        book,
        sheet,
        native.frame,
        language,
        top=top,
        left=left,
        shares=shares(native),
        least_lines=least_lines,
    )
    stack = layers(native, language)
    if stack:
        helpers = pd.DataFrame({layer.heading: layer.values for layer in stack})
        beside = left + native.frame.shape[1]
        table(book, sheet, helpers, language, top=top, left=beside, least_lines=heading_lines)
    chart_room(sheet, chart_row)
    drawn = _Drawing(book, sheet.get_name(), native, language, top=top, left=left, stack=stack)
    sheet.insert_chart(chart_row, 0, drawn.chart(), {"object_position": 2, "description": alt})


class _Drawing:
    """A chart as the spreadsheet draws it from a table that stands at (top, left) of a sheet."""

    def __init__(
        self,
        book: "Workbook",
        sheet: str,
        native: NativeChart,
        language: Language,
        *,
        top: int,
        left: int,
        stack: list[Layer],
    ) -> None:
        self.book, self.sheet, self.native, self.language = book, sheet, native, language
        self.top, self.left, self.stack = top, left, stack
        self.drawn = lines(native, stacked=bool(stack))

    def chart(self) -> Any:
        """Return the chart with its series, axes and legend."""
        series = self._series()
        chart = series
        if self.stack:
            chart = self._areas()
            chart.combine(series)
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
        kind: dict[str, str] = {"type": self.native.kind}
        if self.native.kind == "scatter":
            kind["subtype"] = "straight"
        chart = self.book.add_chart(kind)
        names = [str(name) for name in self.native.frame.columns]
        for heading in self.drawn:
            column = self.left + names.index(heading)
            chart.add_series(
                {
                    "name": [self.sheet, self.top, column],
                    **self._cells(column),
                    **self._style(heading),
                    **self._points(),
                    **self._spread(heading),
                }
            )
        return chart

    def _points(self) -> dict[str, Any]:
        """Return the looks of single bars, where categories have looks of their own."""
        native = self.native
        categories = [str(value) for value in native.frame.iloc[:, 0]]
        if (
            native.kind not in ("column", "bar")
            or len(self.drawn) > 1
            or not set(categories) & set(native.looks)
        ):
            return {}
        looks = [native.looks.get(name) for name in categories]
        return {"points": [one and {"fill": {"color": one.colour}} for one in looks]}

    def _spread(self, heading: str) -> dict[str, Any]:
        """Return the error bars of the first series, from its value to each of its two bounds."""
        native = self.native
        if native.spread is None or heading != self.drawn[0]:
            return {}
        low, high, middle = (
            pd.to_numeric(native.frame[name], errors="coerce") for name in (*native.spread, heading)
        )
        bars = {
            "type": "custom",
            "plus_values": [float(size) for size in (high - middle).fillna(0.0).clip(lower=0.0)],
            "minus_values": [float(size) for size in (middle - low).fillna(0.0).clip(lower=0.0)],
        }
        return {"x_error_bars" if native.kind == "bar" else "y_error_bars": bars}

    def _areas(self) -> Any:
        chart = self.book.add_chart({"type": "area", "subtype": "stacked"})
        beside = self.left + self.native.frame.shape[1]
        for place, layer in enumerate(self.stack):
            fill = {"color": layer.colour} if layer.colour else {"none": True}
            name = (layer.name or layer.heading).lstrip("= ")
            cells = self._cells(beside + place)
            chart.add_series({"name": name, **cells, "fill": fill, "border": {"none": True}})
        return chart

    def _cells(self, column: int) -> dict[str, Any]:
        first, last = self.top + 1, self.top + len(self.native.frame)
        return {
            "categories": [self.sheet, first, self.left, last, self.left],
            "values": [self.sheet, first, column, last, column],
        }

    def _style(self, heading: str) -> dict[str, Any]:
        look_of = look(self.native, heading, self.drawn)
        if self.native.kind in ("column", "bar"):
            return {"fill": {"color": look_of.colour}, "gap": 60}
        line = {"color": look_of.colour, "width": look_of.width, "dash_type": look_of.dash}
        return {"line": line, "marker": {"type": "none"}}

    def _font(self) -> dict[str, Any]:
        return {"name": self.language.conventions.office_font, "size": 10, "color": theme.QUIET_INK}

    def _axes(self, chart: Any) -> None:
        values = _value_axis(self.native, self.language, self._font())
        categories: dict[str, Any] = {"num_font": self._font(), "line": {"color": theme.RULE}}
        if self.native.kind == "bar":
            categories |= {"reverse": True, "label_position": "low"}
            values["crossing"] = "max"
        rows, first = len(self.native.frame), self.native.frame.iloc[:, 0]
        if pd.api.types.is_numeric_dtype(first) and first.max() >= 10_000:
            categories["num_format"] = "#,##0"
        if self.native.kind in ("line", "column") and rows > MOST_LABELS:
            categories["interval_unit"] = categories["interval_tick"] = -(-rows // MOST_LABELS)
        if self.stack:
            categories["position_axis"] = "on_tick"
        chart.set_x_axis(categories)
        chart.set_y_axis(values)


def _value_axis(native: NativeChart, language: Language, font: dict[str, Any]) -> dict[str, Any]:
    axis: dict[str, Any] = {
        "num_font": font,
        "name_font": font | {"bold": False},
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": theme.GRID, "width": 0.75}},
    }
    if native.unit:
        axis["name"] = native.unit
    if native.share:
        return axis | {"num_format": "0%"}
    numbers = native.frame.iloc[:, 1:].apply(pd.to_numeric, errors="coerce").abs().max().max()
    if not numbers >= 100_000:
        return axis | {"num_format": "#,##0"}
    spoken = language.conventions
    unit, form, name = spoken.sheet_unit, spoken.sheet_format, spoken.large_persons.strip()
    units = {"display_units": unit, "display_units_visible": False} if unit else {}
    return axis | {"num_format": form, "name": name} | units
