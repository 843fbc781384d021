"""Colours mean one thing and survive grey print; a chart takes the shape the browser asks for."""

from itertools import pairwise

from crossings.drawing import theme
from crossings.drawing.drawing import Drawing
from crossings.tables.flows import Flow

LOOK = {
    "KOREANS_TO_JAPAN": "#0072B2",
    "JAPANESE_TO_KOREA": "#D55E00",
    "BOTH": "#1B2A41",
    "MARK": "#B00020",
    "SCENARIO": "#009E73",
}


def grey(colour: str) -> float:
    """Return how light a colour prints, 0 to 255."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_colours_are_those_of_the_look() -> None:
    assert {name: getattr(theme, name) for name in LOOK} == LOOK
    assert theme.FLOW == {
        Flow.BOTH: "#1B2A41",
        Flow.KOREANS_TO_JAPAN: "#0072B2",
        Flow.JAPANESE_TO_KOREA: "#D55E00",
    }


def test_bands_are_told_apart_in_grey_print() -> None:
    for flow in Flow:
        steps = [grey(theme.FLOW[flow]), grey(theme.BAND_80[flow]), grey(theme.BAND_95[flow]), 255.0]
        assert all(after - before > 20 for before, after in pairwise(steps))


def test_greys_are_grey() -> None:
    for colour in (theme.OTHER_YEAR, theme.NAMED_YEAR, theme.GRID, theme.BASELINE, theme.BASELINE_BAND):
        parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        assert max(parts) - min(parts) < 32


def test_the_padding_is_an_object_that_a_browser_can_change() -> None:
    layer = Drawing({"x": [1]}).mark("point").encode(x="x:Q")
    spec = theme.finished([layer], width=None, height=300).to_dict()
    assert spec["padding"] == {"left": 5, "right": 5, "top": 5, "bottom": 5}
