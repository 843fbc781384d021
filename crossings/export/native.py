"""What a program that draws a figure itself needs to know: the look of each series, and its bands as layers."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from crossings.drawing import theme
from crossings.export.figure import Band, Figure, Look, NativeChart
from crossings.language import Language
from crossings.questions.base.figure import Dash
from crossings.questions.base.table import cell_text

SERIES = (theme.INK, theme.KOREANS_TO_JAPAN, theme.JAPANESE_TO_KOREA, theme.SCENARIO, "#7A8594", "#B8C0CA")
DASHES: tuple[Dash, ...] = ("solid", "dash", "long_dash", "dash_dot", "round_dot", "solid")


def native_of(figure: Figure) -> NativeChart | None:
    """Return a figure's office chart by headings, or None where a picture must do."""
    if figure.office is None or not len(figure.office.table):
        return None
    office, table = figure.office, figure.office.table
    headings = {column.key: column.heading for column in table.columns}
    values = table.columns[1] if len(table.columns) > 1 else table.columns[0]
    categories = table.columns[0]
    frame = table.frame.set_axis([column.heading for column in table.columns], axis=1)
    if office.kind != "scatter" and not categories.numeric:
        printed = [cell_text(value, categories, table.language) for value in table.values(categories.key)]
        frame = frame.assign(**{categories.heading: printed})
    return NativeChart(
        office.kind,
        frame,
        share=values.kind == "share",
        looks={headings.get(name, name): look for name, look in office.looks.items()},
        bands=tuple(
            Band(headings[band.low], headings[band.high], band.colour, band.label) for band in office.bands
        ),
        spread=office.spread and (headings[office.spread[0]], headings[office.spread[1]]),
        unit="" if values.kind in ("persons", "share") else table.unit(values),
    )


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


def lines(native: NativeChart, *, stacked: bool) -> list[str]:
    """Return the headings to draw as series, without what bounds an error bar or a band that layers draw."""
    bounds = {name for band in native.bands for name in (band.low, band.high)} if stacked else set()
    bounds |= set(native.spread or ())
    return [str(name) for name in native.frame.columns[1:] if str(name) not in bounds]


def look(native: NativeChart, heading: str, drawn: Sequence[str]) -> Look:
    """Return how one of the drawn series looks: its own look, or the next of a fixed order.

    With more series than the order holds, all are grey but the last.
    """
    if heading in native.looks:
        return native.looks[heading]
    for band in native.bands:
        if heading in (band.low, band.high):
            return Look(band.colour, width=1.0)
    place = list(drawn).index(heading)
    if len(drawn) <= len(SERIES):
        return Look(SERIES[place], DASHES[place])
    last = place == len(drawn) - 1
    return Look(theme.INK, width=2.5) if last else Look(theme.OTHER_YEAR, width=1.25)


def layers(native: NativeChart, language: Language) -> list[Layer]:
    """Return the bands of a line chart as areas to stack on one another, the lowest first.

    Months without bounds get bands of no width on the line that stands there, so that a fan opens from
    the last figure. Empty where there are no bands, or where they are not nested.
    """
    if native.kind != "line" or not native.bands:
        return []
    edges = [*(band.low for band in native.bands), *(band.high for band in reversed(native.bands))]
    bounds = native.frame[edges].apply(pd.to_numeric, errors="coerce")
    known = bounds.notna().all(axis=1)
    widths = bounds.diff(axis=1).iloc[:, 1:].where(known, 0.0)
    if not known.any() or (widths < 0).any(axis=None):
        return []
    rest = native.frame[lines(native, stacked=True)].apply(pd.to_numeric, errors="coerce")
    stands = rest.bfill(axis=1).iloc[:, 0] if rest.shape[1] else bounds[edges[0]]
    base = bounds[edges[0]].where(known, stands).bfill().ffill()
    lowest = Layer(language("Base of the bands, not drawn"), tuple(base), None, None)
    return [
        lowest,
        *(_layer(native.bands, edges, widths, place, language) for place in range(len(edges) - 1)),
    ]


def _layer(
    bands: Sequence[Band], edges: list[str], widths: pd.DataFrame, place: int, language: Language
) -> Layer:
    band = bands[min(place, len(edges) - 2 - place)]
    heading = language("Width from {low} to {high}", low=edges[place], high=edges[place + 1])
    name = band.label if place < len(bands) else None
    return Layer(heading, tuple(widths.iloc[:, place]), name, band.colour)
