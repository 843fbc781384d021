"""A figure as CSV and as a workbook with a native chart, its data and its description."""

import csv as csv_module
import io
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crossings.charts import theme
from crossings.charts.measure import text_width
from crossings.export.figure import Figure, NativeChart, missing, plain
from crossings.words import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
OFFICE_FONT = {"ko": "맑은 고딕", "ja": "Yu Gothic", "en": "Calibri"}
SERIES = (theme.INK, theme.KOREANS_TO_JAPAN, theme.JAPANESE_TO_KOREA, theme.SCENARIO, "#7A8594", "#B8C0CA")
DASHES = ("solid", "dash", "long_dash", "dash_dot", "round_dot", "solid")
DISPLAY_UNITS = {
    "ko": ("ten_thousands", "#,##0", "만 명"),
    "ja": ("ten_thousands", "#,##0", "万人"),
    "en": ("millions", "0.0", "million"),
}
CHART_TOP, CHART_ROWS = 3, 24
Cell = str | float | int | None


def cell(value: Any) -> Cell:
    """Return one value as a table holds it: a number, text, or None where there is no figure."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
        number = float(value)
        if not math.isfinite(number):
            return None
        return int(number) if number.is_integer() else number
    return str(value)


def unspoiled(value: Cell) -> Cell:
    """Return a text so that no spreadsheet reads it as a formula."""
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def csv(figure: Figure) -> bytes:
    """Return the table as UTF-8 with a byte order mark, its description in lines that begin with #."""
    out = io.StringIO()
    for name, value in figure.about():
        out.write(f"# {name}: {' '.join(value.split())}\r\n")
    rows = csv_module.writer(out)
    rows.writerow([unspoiled(str(name)) for name in figure.frame.columns])
    for row in figure.frame.itertuples(index=False):
        rows.writerow(["" if value is None else value for value in map(unspoiled, map(cell, row))])
    return out.getvalue().encode("utf-8-sig")


def xlsx(figure: Figure) -> bytes:
    """Return a workbook with the sheets chart, data and description. Raises MissingPackage."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise missing("xlsxwriter") from None
    t = figure.language.text
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Workbook(out, options) as book:
        book.formats[0].set_font_name(OFFICE_FONT[figure.language.code])
        book.set_properties(_properties(figure))
        if figure.native is not None and len(figure.native.frame):
            _chart_sheet(book, book.add_worksheet(t("Chart")), figure, figure.native)
        _table(book, book.add_worksheet(t("Data")), figure.frame, figure.language)
        _about(book, book.add_worksheet(t("About")), figure)
    return out.getvalue()


def _properties(figure: Figure) -> dict[str, str]:
    said = "\n".join(f"{name}: {value}" for name, value in figure.about())
    return {
        "title": plain(figure.title),
        "subject": plain(figure.takeaway),
        "author": "Crossings",
        "comments": said,
    }


def _style(book: "Workbook", language: Language, **settings: Any) -> Any:
    return book.add_format({"font_name": OFFICE_FONT[language.code], "font_size": 11} | settings)


def _write(sheet: "Worksheet", row: int, column: int, value: Cell, style: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def _number_format(values: pd.Series, *, share: bool) -> str:
    numbers = pd.to_numeric(values, errors="coerce").dropna()
    if share:
        return "0.0%"
    if len(numbers) and numbers.between(1900, 2100).all():
        return "0"
    return (
        "#,##0"
        if numbers.empty or (numbers == numbers.round()).all() or numbers.abs().min() >= 1000
        else "General"
    )


def _table(
    book: "Workbook",
    sheet: "Worksheet",
    frame: pd.DataFrame,
    language: Language,
    *,
    top: int = 0,
    share: bool = False,
) -> None:
    """Write a frame with its headings from row `top` on, columns as wide as their words."""
    head = _style(book, language, bold=True, bottom=1, text_wrap=True, valign="top")
    for column, name in enumerate(frame.columns):
        _write(sheet, top, column, str(name), head)
        values = frame.iloc[:, column]
        body = _style(book, language, num_format=_number_format(values, share=share and column > 0))
        for row, value in enumerate(values, start=top + 1):
            _write(sheet, row, column, cell(value), body)
        longest = max([str(name), *map(str, values)], key=lambda said: text_width(said, size=11))
        sheet.set_column(column, column, min(60.0, 3 + text_width(longest, size=11) / 5.6))
    if not top:
        sheet.freeze_panes(1, 0)


def _about(book: "Workbook", sheet: "Worksheet", figure: Figure) -> None:
    name_style = _style(book, figure.language, bold=True, valign="top")
    value_style = _style(book, figure.language, text_wrap=True, valign="top")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    for row, (name, value) in enumerate(figure.about()):
        sheet.write_string(row, 0, name, name_style)
        sheet.write_string(row, 1, value, value_style)


def _chart_sheet(book: "Workbook", sheet: "Worksheet", figure: Figure, native: NativeChart) -> None:
    """Write title and takeaway, the chart as the spreadsheet draws it, source lines and the figures behind it."""
    language = figure.language
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, plain(figure.title), _style(book, language, bold=True, font_size=14))
    sheet.write_string(1, 0, plain(figure.takeaway), _style(book, language))
    quiet = _style(book, language, font_size=9, font_color=theme.QUIET_INK)
    t = language.text
    scenario = [t("Scenario: {name}", name=figure.scenario)] if figure.scenario else []
    below = CHART_TOP + CHART_ROWS
    lines = [*scenario, *figure.footer()]
    for i, line in enumerate(lines):
        sheet.write_string(below + i, 0, line, quiet)
    top = below + len(lines) + 1
    _table(book, sheet, native.frame, language, top=top, share=native.share)
    options = {"object_position": 2, "description": figure.alt_text}
    sheet.insert_chart(CHART_TOP, 0, _native(book, sheet.get_name(), native, language, top=top), options)


def _native(book: "Workbook", sheet: str, native: NativeChart, language: Language, *, top: int) -> Any:
    kind: dict[str, str] = {"type": native.kind}
    if native.kind == "scatter":
        kind["subtype"] = "straight"
    chart = book.add_chart(kind)
    rows, names = len(native.frame), list(native.frame.columns)
    many = len(names) - 1 > len(SERIES)
    for column in range(1, len(names)):
        chart.add_series(
            {
                "name": [sheet, top, column],
                "categories": [sheet, top + 1, 0, top + rows, 0],
                "values": [sheet, top + 1, column, top + rows, column],
                **_series_style(native.kind, column - 1, last=column == len(names) - 1, many=many),
            }
        )
    font = {"name": OFFICE_FONT[language.code], "size": 10, "color": theme.QUIET_INK}
    chart.set_legend({"position": "bottom", "font": font} if len(names) > 2 else {"none": True})
    values, categories = (
        _value_axis(native, language, font),
        {"num_font": font, "line": {"color": theme.RULE}},
    )
    if native.kind == "bar":
        categories["reverse"] = True
        categories["label_position"] = "low"
        values["crossing"] = "max"
    chart.set_x_axis(categories)
    chart.set_y_axis(values)
    chart.set_size({"width": 900, "height": CHART_ROWS * 20 - 20})
    chart.set_chartarea({"border": {"none": True}})
    chart.show_blanks_as("gap")
    return chart


def _series_style(kind: str, place: int, *, last: bool, many: bool) -> dict[str, Any]:
    if many:
        colour, dash, width = (theme.INK if last else theme.OTHER_YEAR), "solid", (2.5 if last else 1.25)
    else:
        colour, dash, width = SERIES[place], DASHES[place], 2.25
    if kind in ("column", "bar"):
        return {"fill": {"color": colour}, "gap": 60}
    return {"line": {"color": colour, "width": width, "dash_type": dash}, "marker": {"type": "none"}}


def _value_axis(native: NativeChart, language: Language, font: dict[str, Any]) -> dict[str, Any]:
    axis: dict[str, Any] = {
        "num_font": font,
        "name_font": font | {"bold": False},
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": theme.GRID, "width": 0.75}},
    }
    if native.share:
        return axis | {"num_format": "0%"}
    numbers = native.frame.iloc[:, 1:].apply(pd.to_numeric, errors="coerce").abs().max().max()
    if not numbers >= 100_000:
        return axis | {"num_format": "#,##0"}
    unit, form, name = DISPLAY_UNITS[language.code]
    return axis | {"num_format": form, "display_units": unit, "display_units_visible": False, "name": name}
