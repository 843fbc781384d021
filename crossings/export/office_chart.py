"""A figure's chart as a spreadsheet draws it, and as the part of a slide that holds its own sheet."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crossings.drawing import theme
from crossings.drawing.measure import text_width, wrapped
from crossings.export import chart_xml, sheets
from crossings.export.native import Axis, Plot, Plotted, plot
from crossings.questions.base import OfficeChart

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET_SIZE, SHEET_TYPE = (900.0, 460.0), (12.0, 9.0)
SAFE, LONGEST_ROW_NAME = 1.12, 0.34
CLEAR = 1.6  # heights of a number, within which two at the end of lines would touch
CHART_PART = "xl/charts/chart1.xml"
BESIDE = {"line": "above", "column": "outside_end", "bar": "outside_end"}
PLACES = {"steps": "center", "points": "right"}


@dataclass(frozen=True)
class Place:
    """Where a chart's table begins on a sheet; the size of the chart and of its letters in one unit, and in points.

    folded: whether what only the chart needs stands apart from what is printed, folded away.
    """

    sheet: str
    top: int
    left: int
    width: float
    height: float
    size: float
    points: float
    folded: bool = False


def placed(
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
    """Write a chart's table from row `top` on with what it draws beside it, and put the chart at `chart_row`."""
    place = Place(sheet.get_name(), top, left, *SHEET_SIZE, *SHEET_TYPE, folded=True)
    chart = written(book, sheet, plot(office), place, least_lines=least_lines)
    sheets.chart_room(sheet, chart_row)
    chart.set_size({"width": place.width, "height": place.height})
    sheet.insert_chart(chart_row, 0, chart, {"object_position": 2, "description": alt})


def part(office: OfficeChart, *, width: float, height: float, size: float) -> tuple[bytes, bytes]:
    """Return a chart as a slide holds it: its XML, and the workbook behind it. Width, height and size in points.

    Raises MissingPackage.
    """
    shown, language = plot(office), office.table.language
    drawn = io.BytesIO()
    with sheets.opened(drawn, language) as book:
        sheet = sheets.added(book, language("Data"))
        chart = written(book, sheet, shown, Place(sheet.get_name(), 0, 0, width, height, size, size))
        sheet.insert_chart(0, 0, chart)
    behind = io.BytesIO()
    with sheets.opened(behind, language) as book:
        sheet = sheets.added(book, language("Data"))
        written(book, sheet, shown, Place(sheet.get_name(), 0, 0, width, height, size, size))
    with zipfile.ZipFile(drawn) as package:
        xml = package.read(CHART_PART)
    return chart_xml.on_a_slide(xml, language, size), behind.getvalue()


def written(book: "Workbook", sheet: "Worksheet", shown: Plot, place: Place, *, least_lines: int = 1) -> Any:
    """Write a chart's table and the columns beside it, and return the chart that draws them."""
    lines = sheets.table(book, sheet, shown.table, top=place.top, left=place.left, least_lines=least_lines)
    count = len(shown.table.columns)
    apart = place.folded and not place.left
    columns = _Columns(shown, place, sheets.beyond(sheet, count) if apart else place.left + count)
    columns.write(book, sheet, least_lines=lines)
    if place.folded:
        sheets.folded(sheet, columns.free if apart else place.left, columns.free + len(columns.beside) - 1)
    return _Drawing(book, shown, place, columns).chart()


class _Columns:
    """Where each column of a chart stands on its sheet."""

    def __init__(self, shown: Plot, place: Place, free: int) -> None:
        self.shown, self.place, self.free = shown, place, free
        keys = [column.key for column in shown.table.columns]
        self.at = {key: place.left + number for number, key in enumerate(keys)}
        self.beside = [column for column in shown.columns if column.raw is None or column.raw not in self.at]
        self.at |= {column.key: free + number for number, column in enumerate(self.beside)}
        self.rows = {column.key: len(column.values) for column in shown.columns}

    def cells(self, key: str) -> list[Any]:
        """Return a column's cells as a chart refers to them."""
        rows, column = self.rows.get(key, len(self.shown.table)), self.at[key]
        first = self.place.top + 1
        return [self.place.sheet, first, column, first + rows - 1, column]

    def write(self, book: "Workbook", sheet: "Worksheet", *, least_lines: int) -> None:
        """Write the columns beside the table: values, and formulas where the table's cells make them."""
        language = self.shown.table.language
        form = sheets.style(book, language, num_format="General", valign="top", font_color=theme.QUIET_INK)
        headings = [column.heading for column in self.beside]
        sheets.headings(
            book,
            sheet,
            headings,
            language,
            top=self.place.top,
            left=self.free,
            least_lines=least_lines,
        )
        for column in self.beside:
            for row, value in enumerate(column.values):
                at = (self.place.top + 1 + row, self.at[column.key])
                text = column.formulas[row] if column.formulas else ""
                if text and value is not None:
                    sheet.write_formula(*at, self._formula(text, at[0]), form, value)
                elif value is not None:
                    sheets.write(sheet, *at, value, form)

    def _formula(self, text: str, row: int) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        def cell(found: re.Match[str]) -> str:
            return str(xl_rowcol_to_cell(row - bool(found.group(2)), self.at[found.group(1)]))

        return "=" + re.sub(r"\{([^}@]+)(@?)\}", cell, text)


class _Drawing:
    """A chart of a sheet's columns."""

    def __init__(self, book: "Workbook", shown: Plot, place: Place, columns: _Columns) -> None:
        self.book, self.shown, self.place, self.columns = book, shown, place, columns
        self.language = shown.table.language
        self.font = {
            "name": self.language.conventions.office_font,
            "size": place.points,
            "color": theme.QUIET_INK,
        }
        self.entries: list[str | None] = []

    def chart(self) -> Any:
        """Return the chart with its series, axes and legend."""
        main = self._made(self.shown.of("bar") if self.shown.kind in ("bar", "column") else [])
        lines = self.shown.of("line")
        areas = self.shown.of("area")
        chart = main
        if self.shown.kind in ("line", "scatter"):
            chart = self._made(lines)
            if areas:
                self.entries = []
                below = self._areas(areas)
                upper = self._made(lines)
                below.combine(upper)
                chart = below
        elif lines:
            main.combine(self._made(lines, kind="line"))
        for key, line in self.shown.pairs:
            chart.add_series(self._entry(line) | self._line(line) | {"categories": self.columns.cells(key)})
        self._finish(chart)
        return chart

    def _finish(self, chart: Any) -> None:
        named = [name for name in self.entries if name]
        silent = [number for number, name in enumerate(self.entries) if not name]
        many = any(
            isinstance(label, str) and label for column in self.shown.columns for label in column.labels
        )
        legend = len(named) > 1 and not many
        chart.set_legend(
            {"position": "bottom", "font": self.font, "delete_series": silent} if legend else {"none": True}
        )
        self._axes(chart)
        chart.set_plotarea({"layout": self._layout(named if legend else [])})
        chart.set_title({"none": True})
        chart.set_chartarea({"border": {"none": True}})
        chart.show_blanks_as("gap")
        if self.place.folded:
            chart.show_hidden_data()

    def _made(self, columns: list[Plotted], kind: str = "") -> Any:
        kind = kind or self.shown.kind
        options = {"type": kind}
        if kind == "scatter":
            options["subtype"] = "straight_with_markers"
        if self.shown.office.kind == "steps":
            options["subtype"] = "stacked"
        chart = self.book.add_chart(options)
        for column in columns:
            look = self._bar(column) if column.form == "bar" else self._line(column)
            chart.add_series(self._entry(column) | look)
        return chart

    def _areas(self, columns: list[Plotted]) -> Any:
        chart = self.book.add_chart({"type": "area", "subtype": "stacked"})
        for column in columns:
            fill = {"color": column.look.colour} if column.look.colour else {"none": True}
            chart.add_series(self._entry(column) | {"fill": fill, "border": {"none": True}})
        return chart

    def _entry(self, column: Plotted) -> dict[str, Any]:
        """Return the cells of a series, its name and its labels; note its place in the legend."""
        self.entries.append(column.name)
        return {
            "name": (column.name or column.heading).lstrip("= "),
            "categories": self.columns.cells(self.shown.categories),
            "values": self.columns.cells(column.raw or column.key),
        } | self._labels(column)

    def _labels(self, column: Plotted) -> dict[str, Any]:
        if not any(column.labels):
            return {}
        custom = [
            {"value": label, "font": self.font}
            if isinstance(label, str) and label
            else None
            if label
            else {"delete": True}
            for label in column.labels
        ]
        kind = "line" if column.form == "line" else self.shown.kind
        position = PLACES.get(self.shown.office.kind) or BESIDE[kind]
        if self.shown.office.kind == "steps" and not column.look.colour:
            position = "inside_end"
        if kind == "line" and column.labels[-1] is True:
            position = self._at_end(column)
        label = {
            "value": True,
            "num_format": column.form_of_labels or self.shown.values.form,
            "position": position,
            "custom": custom,
        }
        within = self.shown.office.kind == "steps" and column.look.colour == theme.SCENARIO
        ink = theme.PAPER if within else theme.INK
        return {"data_labels": label | {"font": self.font | {"color": ink}}}

    def _at_end(self, column: Plotted) -> str:
        """Return where a line's last number stands: right of it, clear of the bands, or clear of a number near it."""
        ends = [each for each in self.shown.of("line") if each.labels[-1:] == (True,)]
        axis, own = self.shown.values, _last(column)
        near = self.place.size * CLEAR / self.place.height * (axis.high - axis.low)
        others = [_last(each) for each in ends if each is not column and abs(_last(each) - own) < near]
        if not others:
            return "right"
        return "above" if own > max(others) or (own == max(others) and column is ends[0]) else "below"

    def _bar(self, column: Plotted) -> dict[str, Any]:
        steps = self.shown.office.kind == "steps"
        look: dict[str, Any] = {"gap": 50 if steps else 60}
        if self.shown.office.kind == "tornado":
            look |= {"overlap": 100, "gap": 50}
        if not column.look.colour:
            return look | {"fill": {"none": True}, "border": {"none": True}}
        if column.colours:
            look["points"] = [(colour and {"fill": {"color": colour}}) or None for colour in column.colours]
        colour = {"color": column.look.colour}
        filled = (
            {"fill": {"color": theme.PAPER}, "border": colour | {"width": 1.5}}
            if column.look.outlined
            else {"fill": colour}
        )
        return look | filled | {"invert_if_negative": False}

    def _line(self, column: Plotted) -> dict[str, Any]:
        look = column.look
        line = {"color": look.colour, "width": look.width, "dash_type": look.dash}
        marker: dict[str, Any] = {"type": "none"}
        if look.dots:
            fill = {"color": look.colour}
            marker = {"type": "circle", "size": 9 if not look.width else 6, "fill": fill, "border": fill}
        drawn: dict[str, Any] = {"line": line if look.width else {"none": True}, "marker": marker}
        if column.colours and look.dots:
            drawn["points"] = [
                {"fill": {"color": colour}, "border": {"color": colour}} if colour else None
                for colour in column.colours
            ]
        if self.shown.ends and column is self.shown.of("line")[0]:
            drawn["y_error_bars"] = self._error_bars()
        return drawn

    def _error_bars(self) -> dict[str, Any]:
        """Return the intervals of a series: their lengths stand in two columns beside the table."""
        from xlsxwriter.utility import xl_range_formula

        assert self.shown.ends is not None
        values = {column.key: list(column.values) for column in self.shown.columns}
        bars: dict[str, Any] = {
            "type": "custom",
            "end_style": 1,
            "line": {"color": theme.QUIET_INK, "width": 2.0},
        }
        for side, key in zip(("minus", "plus"), self.shown.ends, strict=True):
            bars[f"{side}_values"] = xl_range_formula(*self.columns.cells(key))
            bars[f"{side}_data"] = values[key]
        return bars

    def _axes(self, chart: Any) -> None:
        shown, rule = self.shown, {"line": {"color": theme.RULE}, "major_tick_mark": "none"}
        across: dict[str, Any] = rule | {"num_font": self.font, "label_position": "low"}
        values = self._value_axis(shown.values)
        if shown.heading:
            across |= {"name": shown.heading, "name_font": self.font | {"bold": False}}
        if shown.kind == "bar":
            across |= {"reverse": True, "crossing": "max"}
            if shown.office.kind == "tornado":
                values["crossing"] = shown.office.centre
            chart.set_y_axis(across | {"major_gridlines": {"visible": False}})
            chart.set_x_axis(values)
            return
        if shown.across is not None:
            across |= _scale(shown.across)
        else:
            across |= {
                "text_axis": True,
                "interval_unit": self.shown.every,
                "interval_tick": self.shown.every,
            }
        if shown.of("area"):
            across["position_axis"] = "on_tick"
        chart.set_x_axis(across)
        chart.set_y_axis(values)

    def _value_axis(self, axis: Axis) -> dict[str, Any]:
        made = _scale(axis) | {
            "num_font": self.font,
            "line": {"none": True},
            "major_tick_mark": "none",
            "major_gridlines": {"visible": True, "line": {"color": theme.GRID, "width": 0.75}},
        }
        if axis.title:
            made |= {
                "name": axis.title,
                "name_font": self.font | {"bold": False, "rotation": 360},
                "name_layout": {"x": 0.006, "y": 0.008},
            }
        return made

    def _room(self) -> float:
        return self.place.width - self._left() - self._right()

    def _width(self, text: str) -> float:
        return text_width(text, size=self.place.size) * SAFE

    def _left(self) -> float:
        size = self.place.size
        if self.shown.kind == "bar":
            widest = max((self._width(name) for name in self.shown.names), default=0.0)
            return min(widest, LONGEST_ROW_NAME * self.place.width) + size
        return max(map(self._width, self.shown.values.labels)) + size

    def _right(self) -> float:
        labelled = self.shown.kind == "bar" and any(any(column.labels) for column in self.shown.columns)
        at_ends = self.shown.kind == "line" and any(
            column.labels[-1:] == (True,) for column in self.shown.columns
        )
        beyond = max(map(self._width, self.shown.values.labels)) if at_ends else 0.0
        return beyond + self.place.size * (4.0 if labelled else 2.2)

    def _layout(self, legend: list[str]) -> dict[str, float]:
        """Return the plot's room within the axes, in shares of the chart, so that every program draws it alike."""
        size, place = self.place.size, self.place
        left, room = self._left(), self._room()
        top = size * (2.6 if self.shown.values.title else 0.9)
        bottom = size * 1.9
        if self.shown.kind != "bar" and self.shown.across is None and self.shown.every == 1:
            slot = room / max(len(self.shown.names), 1)
            lines = max(
                (len(wrapped(name, width=slot * 0.88, size=size)) for name in self.shown.names), default=1
            )
            bottom += (lines - 1) * size * 1.3
        if self.shown.heading:
            bottom += size * 1.6
        if legend:
            entry = max(map(self._width, legend)) + size * 4.5
            rows = -(-len(legend) // max(int(place.width * 0.94 // entry), 1))
            bottom += size * (0.8 + 1.5 * rows)
        tall = max(place.height - top - bottom, place.height * 0.3)
        return {
            "x": round(left / place.width, 4),
            "y": round(top / place.height, 4),
            "width": round(room / place.width, 4),
            "height": round(tall / place.height, 4),
        }


def _last(column: Plotted) -> float:
    value = column.values[-1]
    return value if isinstance(value, float) else 0.0


def _scale(axis: Axis) -> dict[str, Any]:
    return {"min": axis.low, "max": axis.high, "major_unit": axis.step, "num_format": axis.form}
