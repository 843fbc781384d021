"""What a program that draws a figure itself needs to know: its series, their looks, and its bands as layers."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from crossings.drawing import theme
from crossings.questions.base import Band, Column, Figure, Look, OfficeChart
from crossings.questions.base.figure import Dash
from crossings.questions.base.table import cell_text

SERIES = (theme.INK, theme.KOREANS_TO_JAPAN, theme.JAPANESE_TO_KOREA, theme.SCENARIO, "#7A8594", "#B8C0CA")
DASHES: tuple[Dash, ...] = ("solid", "dash", "long_dash", "dash_dot", "round_dot", "solid")
LARGE = 100_000


@dataclass(frozen=True)
class Layer:
    """One area of a stack that draws bands: values by category, its name in the legend and its colour.

    heading: what the values are, for the column that holds them. name and colour: None for the layer
    that only lifts the others; name also None where an earlier layer has named the band.
    """

    heading: str
    values: tuple[float, ...]
    name: str | None
    colour: str | None


def office_of(figure: Figure) -> OfficeChart | None:
    """Return what office programs draw of a figure, or None where a picture must do."""
    return figure.office if figure.office is not None and len(figure.office.table) else None


def values_column(office: OfficeChart) -> Column:
    """Return the column of the first series, from which the value axis takes its format and unit."""
    return office.table.columns[1]


def is_share(office: OfficeChart) -> bool:
    """Return whether the values are shares, written as per cent."""
    return values_column(office).kind == "share"


def unit(office: OfficeChart) -> str:
    """Return the unit of the value axis, empty for persons and shares, whose axes say it themselves."""
    column = values_column(office)
    return "" if column.kind in ("persons", "share") else office.table.unit(column)


def large(office: OfficeChart) -> bool:
    """Return whether the persons on an axis are so many that it counts them in larger units."""
    columns = office.table.columns[:1] if office.kind == "scatter" else office.table.columns[1:]
    counted = [numbers(office, column.key) for column in columns if column.kind == "persons"]
    return any(bool((values.abs() >= LARGE).any()) for values in counted)


def categories(office: OfficeChart) -> list[str]:
    """Return the categories as they are printed."""
    column = office.table.columns[0]
    return [cell_text(value, column, office.table.language) for value in office.table.values(column.key)]


def numbers(office: OfficeChart, key: str) -> pd.Series:
    """Return a column's values as floats, NaN where there is none."""
    return pd.to_numeric(office.table.values(key), errors="coerce")


def series(office: OfficeChart, *, stacked: bool) -> list[Column]:
    """Return the columns to draw as series, without what bounds an error bar or a band that layers draw."""
    bounds = {key for band in office.bands for key in (band.low, band.high)} if stacked else set()
    bounds |= set(office.spread or ())
    return [column for column in office.table.columns[1:] if column.key not in bounds]


def look(office: OfficeChart, column: Column, drawn: Sequence[Column]) -> Look:
    """Return how one of the drawn series looks: its own look, or the next of a fixed order.

    With more series than the order holds, all are grey but the last.
    """
    if column.key in office.looks:
        return office.looks[column.key]
    for band in office.bands:
        if column.key in (band.low, band.high):
            return Look(band.colour, width=1.0)
    number = list(drawn).index(column)
    if len(drawn) <= len(SERIES):
        return Look(SERIES[number], DASHES[number])
    last = number == len(drawn) - 1
    return Look(theme.INK, width=2.5) if last else Look(theme.OTHER_YEAR, width=1.25)


def layers(office: OfficeChart) -> list[Layer]:
    """Return the bands of a line chart as areas to stack on one another, the lowest first.

    Months without bounds get bands of no width on the line that stands there, so that a fan opens from
    the last figure. Empty where there are no bands, or where they are not nested.
    """
    if office.kind != "line" or not office.bands:
        return []
    edges = [*(band.low for band in office.bands), *(band.high for band in reversed(office.bands))]
    bounds = pd.DataFrame({key: numbers(office, key) for key in edges})
    known = bounds.notna().all(axis=1)
    widths = bounds.diff(axis=1).iloc[:, 1:].where(known, 0.0)
    if not known.any() or (widths < 0).any(axis=None):
        return []
    rest = pd.DataFrame({column.key: numbers(office, column.key) for column in series(office, stacked=True)})
    stands = rest.bfill(axis=1).iloc[:, 0] if rest.shape[1] else bounds[edges[0]]
    base = bounds[edges[0]].where(known, stands).bfill().ffill()
    lowest = Layer(office.table.language("Hidden helper series"), tuple(base), None, None)
    return [lowest, *(_layer(office, edges, widths, number) for number in range(len(edges) - 1))]


def _layer(office: OfficeChart, edges: list[str], widths: pd.DataFrame, number: int) -> Layer:
    bands: Sequence[Band] = office.bands
    band = bands[min(number, len(edges) - 2 - number)]
    low, high = (office.table.column(edge).heading for edge in edges[number : number + 2])
    heading = office.table.language("Width from {low} to {high}", low=low, high=high)
    name = band.label if number < len(bands) else None
    return Layer(heading, tuple(widths.iloc[:, number]), name, band.colour)
