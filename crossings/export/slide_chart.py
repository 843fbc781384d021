"""A figure's office chart on a slide: lines, columns, bars or points, with filled bands below the lines."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import pandas as pd

from crossings.drawing import theme
from crossings.export.native import (
    SERIES,
    Layer,
    categories,
    is_share,
    layers,
    look,
    numbers,
    office_of,
    series,
    unit,
)
from crossings.questions.base import Column, Figure, Look, OfficeChart

DASH_TYPES = {
    "solid": "SOLID",
    "dash": "DASH",
    "long_dash": "LONG_DASH",
    "dash_dot": "DASH_DOT",
    "round_dot": "ROUND_DOT",
}
TEXT_SIZE = 12
PERSONS_DECIMALS = 6
NAMED = 4


def add(slide: Any, figure: Figure, place: tuple[int, int, int, int], *, scale: tuple[float, str]) -> Any:
    """Add the chart to a slide at a place in EMU; values are divided by the scale's number."""
    from pptx.enum.chart import XL_CHART_TYPE

    office = office_of(figure)
    assert office is not None
    kinds = {
        "line": XL_CHART_TYPE.LINE,
        "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "bar": XL_CHART_TYPE.BAR_CLUSTERED,
        "scatter": XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS,
    }
    stack = layers(office)
    columns = series(office, stacked=bool(stack))
    if office.kind == "scatter":
        data = _scatter_data(office, columns, scale[0])
    else:
        data = _category_data(office, columns, stack, scale[0])
    shape = slide.shapes.add_chart(kinds[office.kind], *place, data)
    chart = shape.chart
    _style(chart, figure, columns, stack, scale[1])
    if office.kind == "scatter":
        across = numbers(office, office.table.columns[0].key) / scale[0]
        chart.category_axis.minimum_scale = float(across.min())
        chart.category_axis.maximum_scale = float(across.max())
    if stack:
        _fill_bands(chart, stack)
    if office.spread:
        _add_spread(chart, office, scale[0])
    return shape


def _category_data(
    office: OfficeChart, columns: Sequence[Column], stack: Sequence[Layer], divisor: float
) -> Any:
    from pptx.chart.data import CategoryChartData

    data = CategoryChartData(number_format="0%" if is_share(office) else "#,##0.##")
    data.categories = categories(office)
    for layer in stack:
        data.add_series(layer.name or layer.heading, _values(pd.Series(layer.values), divisor))
    for column in columns:
        data.add_series(column.heading, _values(numbers(office, column.key), divisor))
    return data


def _values(column: pd.Series, divisor: float) -> list[float | None]:
    numbers = pd.to_numeric(column, errors="coerce")
    return [None if pd.isna(value) else round(float(value) / divisor, PERSONS_DECIMALS) for value in numbers]


def _scatter_data(office: OfficeChart, columns: Sequence[Column], divisor: float) -> Any:
    from pptx.chart.data import XyChartData

    data = XyChartData(number_format="0%" if is_share(office) else "General")
    first = numbers(office, office.table.columns[0].key) / divisor
    for column in columns:
        drawn = data.add_series(column.heading)
        for x, y in zip(first, numbers(office, column.key), strict=True):
            if pd.notna(x) and pd.notna(y):
                drawn.add_data_point(float(x), float(y))
    return data


def _style(
    chart: Any, figure: Figure, columns: Sequence[Column], stack: Sequence[Layer], scale_unit: str
) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    chart.font.size, chart.font.name = Pt(TEXT_SIZE), figure.language.conventions.office_font
    chart.font.color.rgb = RGBColor.from_string(theme.QUIET_INK.lstrip("#"))
    chart.has_title = False
    drawn = list(chart.plots[0].series)
    chart.has_legend = len(drawn) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    office = office_of(figure)
    assert office is not None
    for column, line in zip(columns, drawn[len(stack) :], strict=True):
        _draw(line, look(office, column, columns), office.kind)
    if len(columns) == 1 and office.kind in ("column", "bar"):
        for number, category in enumerate(categories(office)):
            if category in office.looks:
                _draw(drawn[0].points[number], office.looks[category], office.kind)
    if len(columns) > len(SERIES):
        chart.has_legend = False
        _name_at_end(drawn[-NAMED:], [column.heading for column in columns[-NAMED:]])
    _axes(chart, office, scale_unit)


def _name_at_end(series: Sequence[Any], names: Sequence[str]) -> None:
    """Write each series' name at its last point, where a legend of many grey lines would tell nothing."""
    from pptx.enum.chart import XL_LABEL_POSITION

    for one, name in zip(series, names, strict=True):
        known = [place for place, value in enumerate(one.values) if value is not None]
        if known:
            label = one.points[known[-1]].data_label
            label.has_text_frame = True
            label.text_frame.text = name
            label.position = (
                XL_LABEL_POSITION.ABOVE if known[-1] + 1 < len(one.values) else XL_LABEL_POSITION.RIGHT
            )


def _draw(series: Any, look: Look, kind: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    colour = RGBColor.from_string(look.colour.lstrip("#"))
    if kind in ("column", "bar"):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        if hasattr(series, "invert_if_negative"):
            series.invert_if_negative = False
        return
    series.format.line.color.rgb, series.format.line.width = colour, Pt(look.width)
    series.format.line.dash_style = getattr(MSO_LINE, DASH_TYPES[look.dash])
    series.smooth = False
    if kind == "line":
        series.marker.style = XL_MARKER_STYLE.NONE


def _axes(chart: Any, office: OfficeChart, scale_unit: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    values, categories = chart.value_axis, chart.category_axis
    values.major_gridlines.format.line.color.rgb = RGBColor.from_string(theme.GRID.lstrip("#"))
    values.major_gridlines.format.line.width = Pt(0.75)
    values.format.line.fill.background()
    values.major_tick_mark = categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.color.rgb = RGBColor.from_string(theme.RULE.lstrip("#"))
    categories.has_major_gridlines = False
    if office.kind == "scatter":
        categories.tick_labels.number_format = "General"
        categories.tick_labels.number_format_is_linked = False
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    labels = values.tick_labels
    labels.number_format = "0%" if is_share(office) else "General"
    labels.number_format_is_linked = False
    if not is_share(office) and scale_unit and office.table.language.conventions.by_myriads:
        labels.number_format = "#,##0"
    if is_share(office) and office.kind != "bar":
        top = max(numbers(office, column.key).max() for column in office.table.columns[1:])
        values.maximum_scale = 1.0 if 0.9 < top <= 1.0 else None
    if office.kind == "bar":
        categories.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    named = scale_unit or unit(office)
    if named:
        values.has_title = True
        frame = values.axis_title.text_frame
        frame.text = named
        frame.paragraphs[0].runs[0].font.size, frame.paragraphs[0].runs[0].font.bold = Pt(TEXT_SIZE), False
        values.axis_title._element.xpath(".//a:bodyPr")[0].set("rot", "0")


def _fill_bands(chart: Any, stack: Sequence[Layer]) -> None:
    """Move the bands' pieces from the line chart into a stacked area chart on the same axes, below it."""
    from lxml import etree
    from pptx.oxml.ns import qn

    line = chart._chartSpace.chart.plotArea.find(qn("c:lineChart"))
    pieces = line.findall(qn("c:ser"))[: len(stack)]
    area = etree.Element(qn("c:areaChart"))
    etree.SubElement(area, qn("c:grouping")).set("val", "stacked")
    etree.SubElement(area, qn("c:varyColors")).set("val", "0")
    for piece, layer in zip(pieces, stack, strict=True):
        line.remove(piece)
        area.append(_filled(piece, layer.colour))
    for axis in line.findall(qn("c:axId")):
        area.append(deepcopy(axis))
    line.addprevious(area)
    _name_bands(chart, stack)


def _filled(series: Any, colour: str | None) -> Any:
    from lxml import etree
    from pptx.oxml.ns import qn

    for name in ("c:spPr", "c:marker", "c:smooth"):
        for child in series.findall(qn(name)):
            series.remove(child)
    look = etree.Element(qn("c:spPr"))
    if colour is None:
        etree.SubElement(look, qn("a:noFill"))
    else:
        fill = etree.SubElement(look, qn("a:solidFill"))
        etree.SubElement(fill, qn("a:srgbClr")).set("val", colour.lstrip("#"))
    edge = etree.SubElement(look, qn("a:ln"))
    etree.SubElement(edge, qn("a:noFill"))
    series.find(qn("c:tx")).addnext(look)
    return series


def _name_bands(chart: Any, stack: Sequence[Layer]) -> None:
    """Leave one entry a band in the legend: not the base, and not the upper half of an outer band."""
    from lxml import etree
    from pptx.oxml.ns import qn

    if not chart.has_legend:
        return
    legend = chart.legend._element
    position = legend.find(qn("c:legendPos"))
    for index in reversed([place for place, layer in enumerate(stack) if layer.name is None]):
        entry = etree.Element(qn("c:legendEntry"))
        etree.SubElement(entry, qn("c:idx")).set("val", str(index))
        etree.SubElement(entry, qn("c:delete")).set("val", "1")
        position.addnext(entry)


def _add_spread(chart: Any, office: OfficeChart, divisor: float) -> None:
    """Draw the interval round each value of the first series as error bars with its own two ends."""
    from lxml import etree
    from pptx.oxml.ns import qn

    assert office.spread is not None
    low, high = (numbers(office, key) for key in office.spread)
    middle = numbers(office, series(office, stacked=False)[0].key)
    first = chart.plots[0].series[0]._element
    bars = etree.Element(qn("c:errBars"))
    etree.SubElement(bars, qn("c:errBarType")).set("val", "both")
    etree.SubElement(bars, qn("c:errValType")).set("val", "cust")
    etree.SubElement(bars, qn("c:noEndCap")).set("val", "0")
    for tag, sizes in (("c:plus", high - middle), ("c:minus", middle - low)):
        literal = etree.SubElement(etree.SubElement(bars, qn(tag)), qn("c:numLit"))
        etree.SubElement(literal, qn("c:ptCount")).set("val", str(len(sizes)))
        for place, size in enumerate(sizes.fillna(0.0).clip(lower=0.0) / divisor):
            point = etree.SubElement(literal, qn("c:pt"))
            point.set("idx", str(place))
            etree.SubElement(point, qn("c:v")).text = f"{size:.{PERSONS_DECIMALS}f}"
    first.find(qn("c:cat")).addprevious(bars)
