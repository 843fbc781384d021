"""The look of every chart: colours with one meaning each, type, grid, and the room round the picture."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crossings.drawing.measure import FONT
from crossings.tables.flows import Flow

if TYPE_CHECKING:
    import altair as alt

    from crossings.drawing.drawing import Layer

KOREANS_TO_JAPAN = "#0072B2"
JAPANESE_TO_KOREA = "#D55E00"
BOTH = "#1B2A41"
MARK = "#B00020"
SCENARIO = "#009E73"
# Steps of a waterfall; those down are outlined, so that grey print tells them.
RISE, FALL = "#7CC7B0", "#8A4B2A"
BASELINE = "#8A94A3"
INK = "#1B2A41"
QUIET_INK = "#5B6675"
NAMED_YEAR = "#7A8594"
OTHER_YEAR = "#CBD1D9"
GRID = "#E6E9ED"
RULE = "#9AA3AF"
PANDEMIC = "#F3F4F6"
PAPER = "#FFFFFF"

FLOW = {Flow.BOTH: BOTH, Flow.KOREANS_TO_JAPAN: KOREANS_TO_JAPAN, Flow.JAPANESE_TO_KOREA: JAPANESE_TO_KOREA}
BAND_80 = {Flow.BOTH: "#AEB6C2", Flow.KOREANS_TO_JAPAN: "#8CC1E0", Flow.JAPANESE_TO_KOREA: "#F0B58A"}
BAND_95 = {Flow.BOTH: "#DFE3E8", Flow.KOREANS_TO_JAPAN: "#D3E8F4", Flow.JAPANESE_TO_KOREA: "#FAE2D0"}
BASELINE_BAND = "#E3E6EA"
SCENARIO_BAND = "#8FD6BF"

TEXT_SIZE = 13
AXIS_SIZE = 12
DASHED: list[float] = [5, 3]
SOLID: list[float] = [1, 0]
MARK_DASH: list[float] = [6, 3]
PADDING = 5
X_AXIS_ROOM = 27
X_TITLE_ROOM = 19
NARROWEST = 400


def plot_height(height: int, *, x_title: bool = False) -> float:
    """Return the pixels between the top and the bottom of the data, of a chart `height` pixels high."""
    return height - 2 * PADDING - X_AXIS_ROOM - (X_TITLE_ROOM if x_title else 0)


def config() -> dict[str, Any]:
    """Return the Vega-Lite configuration shared by the screen and the files."""
    axis = {
        "labelFont": FONT,
        "labelFontSize": AXIS_SIZE,
        "labelColor": QUIET_INK,
        "labelLimit": 0,
        "titleLimit": 0,
        "titleFont": FONT,
        "titleFontSize": AXIS_SIZE,
        "titleFontWeight": "normal",
        "titleColor": QUIET_INK,
        "gridColor": GRID,
        "gridWidth": 1,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
        "titlePadding": 6,
    }
    return {
        "font": FONT,
        "background": PAPER,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False, "labelFlush": False, "labelPadding": 8},
        "axisY": {"grid": True},
        "text": {"font": FONT, "fontSize": TEXT_SIZE, "color": INK},
        "line": {"strokeCap": "round", "strokeJoin": "round"},
        "point": {"filled": True},
        "bar": {"binSpacing": 1},
        "mark": {"tooltip": None},
    }


def look() -> "alt.theme.ThemeConfig":
    """Return our look as an Altair theme, which every chart is written in, alone or side by side with others."""
    padding = dict.fromkeys(("left", "right", "top", "bottom"), PADDING)
    return {"config": config(), "padding": padding, "autosize": {"type": "fit", "contains": "padding"}}  # type: ignore[typeddict-item]


def finished(
    layers: "list[Layer]",
    *,
    width: int | None,
    height: int,
    params: list[dict[str, Any]] | None = None,
    projection: Mapping[str, Any] | None = None,
    least: int = NARROWEST,
) -> "alt.LayerChart":
    """Return the layers as one chart in our look that fits its size exactly, labels included.

    width None fills the container it is shown in; height and width are pixels of the whole picture.
    params: selections, as Vega-Lite writes them; their views are names of layers. projection: of a map.
    least: the pixels its labels need side by side, never under NARROWEST; in a narrower container the whole picture
    is shown smaller.
    """
    import altair as alt

    chart = alt.LayerChart(width="container" if width is None else width, height=height)
    chart.layer = [*layers]
    if width is None:
        chart.usermeta = {"least": max(least, NARROWEST)}
    if params:
        chart.params = [alt.TopLevelSelectionParameter(**param) for param in params]
    if projection:
        chart.projection = alt.Projection(**projection)
    return chart
