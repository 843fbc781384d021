"""Bars of effects: intervals by row, a waterfall of steps, a tornado of what drives a result."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import (
    NO_AXIS,
    effect,
    effect_labels,
    effect_share,
    effects,
    inside,
    labelled_axis,
    share_axis,
    ticks,
)
from crossings.drawing.drawing import Chart, Drawing, Encoding, Layer, Rows, colour_of, field, value
from crossings.drawing.marks import (
    LINE,
    Key,
    haloed,
    horizontal,
    key_row,
    row_names,
    widest,
)
from crossings.drawing.measure import in_phrases
from crossings.language import Language
from crossings.tables.flows import Flow

Amounts = Literal["persons", "share", "number"]
WIDE_ROW_NAME_WIDTH = 200
LEAST_BARS = 120  # pixels that bars between their labels need
TWO_DECIMALS_BELOW = 0.1
ROW, ROW_NAME_WIDTH = 52, 150
SCREEN_WIDTH = 900  # pixels of a picture that fills its page
LOW_ROW = 26  # pixels: lower rows have no room for figures above their bars
CLEAR_OF_BAR = 11  # pixels from the middle of a bar to that of the figures above it


def _horizontal(
    low: float, high: float, language: Language, amounts: Amounts, *, enclosed: bool = False
) -> Encoding:
    """Return a horizontal scale from `low` to exactly `high`, nil always on it, or to the ticks that enclose them.

    Ending where the longest bar ends lets the picture make exact room for the label beyond it.
    """
    low, high = min(0.0, low), max(0.0, high)
    high = high if high > low else low + 1.0
    values = ticks(low, high, count=4)
    if enclosed:
        low, high = values[0], values[-1]
    return horizontal(low, high, _value_axis(inside(values, low, high), language, amounts))


def _value_axis(values: Sequence[float], language: Language, amounts: Amounts) -> dict[str, Any]:
    thin: dict[str, Any] = {"grid": True, "labelOverlap": "parity", "labelSeparation": 8}
    if amounts == "share":
        return share_axis(values, language, signed=True, **thin)
    said = [_number(v, language) for v in values] if amounts == "number" else effect_labels(values, language)
    labels: dict[float, str | list[str]] = dict(zip(values, said, strict=True))
    return labelled_axis(labels, **thin)


def _number(value: float, language: Language, digits: int | None = None) -> str:
    """Return a signed number to so many decimals, to three figures where left out, as large ones are read."""
    size = abs(value)
    if digits is None:
        digits = 0 if size >= 100 or size == 0 else 1 if size >= 10 else 2
    said = language.number(size, digits=digits)
    if float(f"{size:.{digits}f}") == 0:
        return "0"
    said = said.rstrip("0").rstrip(".") if digits else said
    return ("+" if value > 0 else "−") + said


def _said(value: float, language: Language, amounts: Amounts, digits: int | None = None) -> str:
    if amounts == "number":
        return _number(value, language, digits)
    return effect_share(value, language) if amounts == "share" else effect(value, language)


def _alike(
    values: Sequence[float], largest: float, language: Language, amounts: Amounts, digits: int | None = None
) -> list[str]:
    """Return numbers that are read against each other, all with the same decimals."""
    if amounts == "persons":
        return effects(values, language, largest=largest)
    if amounts != "share":
        return [_said(value, language, amounts, digits) for value in values]
    digits = 2 if largest < TWO_DECIMALS_BELOW else 1
    return [language.percent(value, digits=digits, signed=True) for value in values]


def _zero(x: Encoding) -> Layer:
    return Drawing({"x": [0.0]}).mark("rule", color=theme.QUIET_INK, strokeWidth=1).encode(x=x)


def interval_bars(
    frame: pd.DataFrame,
    *,
    language: Language,
    amounts: Amounts = "persons",
    row_height: int = ROW,
    names: float = ROW_NAME_WIDTH,
    width: int | None = None,
    height: int | None = None,
) -> Chart:
    """Return a row for each effect: its median as a dot on its interval, the figures above, or left of it in low rows.

    frame: label (translated), median, low, high (persons a year, shares or numbers, as `amounts` says), flow where a
    row belongs to one, and said where the figures are rounded otherwise; a row without numbers says why and has no
    bar. row_height: pixels. names: most pixels of a row's name in one line.
    """
    flows = list(frame["flow"]) if "flow" in frame else [None] * len(frame)
    median, low, high = (frame[name].tolist() for name in ("median", "low", "high"))
    known = [end for end in (*low, *high) if not pd.isna(end)]
    largest = max(map(abs, known), default=0.0)
    told = zip(*(_alike(column, largest, language, amounts) for column in (median, low, high)), strict=True)
    said = (
        list(frame["said"])
        if "said" in frame
        else [language.remarked(middle, language.conventions.span.join(ends)) for middle, *ends in told]
    )
    row = [float(i) for i in range(len(frame))]
    rows: dict[str, list[Any]] = {
        "row": row,
        "high": high,
        "colour": [theme.SCENARIO if pd.isna(flow) else theme.FLOW[Flow(flow)] for flow in flows],
    }
    labels = list(frame["label"])
    if height is None:
        row_height = max(row_height, Named(labels, width, 0, names).row_height)
    down = Named(labels, width, len(frame) * row_height + 40 if height is None else height, names)
    least, most = min(known, default=0.0), max(known, default=0.0)
    if beside := row_height < LOW_ROW:
        figures, plot = widest(said) + 12, (SCREEN_WIDTH if width is None else width) - down.room - 24
        least = min(least, 0.0) - figures / max(plot - figures, figures) * (max(most, 0.0) - min(least, 0.0))
    x, y = _horizontal(least, most, language, amounts, enclosed=True), down.y
    colour = colour_of("colour")
    bar = Drawing(rows | {"x": low}).mark("rule", strokeWidth=5, strokeCap="round", opacity=0.45)
    middle = Drawing(rows | {"x": median})
    each = max(theme.plot_height(down.height) / len(frame), row_height)
    clear = 0.0 if beside else max(0.3 * row_height, CLEAR_OF_BAR) / each
    above: Rows = {"row": [at - clear for at in row], "label": said}
    layers = [
        down.names(),
        _zero(x),
        bar.encode(x=x, x2="high:Q", y=y, color=colour),
        middle.mark("point", filled=True, size=85, opacity=1).encode(x=x, y=y, color=colour),
        *haloed(above, x=value(4), y=y, align="left", baseline="middle", fontSize=theme.AXIS_SIZE),
    ]
    return theme.finished(layers, width=width, height=down.height, least=down.least(widest(said)))


def waterfall(
    frame: pd.DataFrame,
    *,
    language: Language,
    total_label: str | None = None,
    amounts: Amounts = "persons",
    digits: int | None = None,
    width: int | None = None,
    height: int | None = None,
) -> Chart:
    """Return each measure's part stacked on the one before, largest first, and their total.

    frame: label (translated), change (persons a year, shares or numbers, as `amounts` says). digits: decimals of
    numbers, three figures where left out.
    """
    steps = sorted(zip(frame["label"], frame["change"].tolist(), strict=True), key=lambda step: -abs(step[1]))
    labels = [*(label for label, _ in steps), total_label or language("Together")]
    changes = [change for _, change in steps]
    levels = list(accumulate(changes, initial=0.0))
    together = levels[-1]
    starts, ends = [*levels[:-1], 0.0], [*levels[1:], together]
    down = Named(labels, width, len(labels) * 30 + 40 if height is None else height)
    x, y = _horizontal(min(starts + ends), max(starts + ends), language, amounts), down.y
    said = _alike([*changes, together], max(map(abs, ends), default=0.0), language, amounts, digits)
    before = range(len(changes))
    joints: Rows = {"x": ends[:-1], "row": [i + 0.3 for i in before], "next": [i + 0.7 for i in before]}
    falls = [change < 0 for change in changes]
    looks: dict[str, list[Any]] = {
        "fill": [*(theme.PAPER if fell else theme.RISE for fell in falls), theme.SCENARIO],
        "edge": [*(theme.FALL if fell else theme.RISE for fell in falls), theme.SCENARIO],
    }
    bars = Drawing({"x": starts, "end": ends, **looks, **_edges(len(labels))}).mark("bar", strokeWidth=1.5)
    right = [max(one) for one in zip(starts, ends, strict=True)]
    layers = [
        down.names(),
        _zero(x),
        Drawing(joints).mark("rule", color=theme.RULE, strokeWidth=1).encode(x=x, y=y, y2="next:Q"),
        bars.encode(x=x, x2="end:Q", y=y, y2="bottom:Q", fill=colour_of("fill"), stroke=colour_of("edge")),
        *_outside(right[:-1], said[:-1], x=x, y=y),
        *_outside(right[-1:], said[-1:], x=x, y=y, first=len(changes), weight=700),
    ]
    return theme.finished(layers, width=width, height=down.height)


def _edges(count: int) -> dict[str, list[Any]]:
    """Return the upper and lower edges of bars in rows 0, 1, ... as `row` and `bottom`."""
    return {"row": [i - 0.3 for i in range(count)], "bottom": [i + 0.3 for i in range(count)]}


def _outside(
    at: Sequence[float],
    said: Sequence[str],
    *,
    x: Encoding,
    y: Encoding,
    first: float = 0,
    left: bool = False,
    weight: int = 400,
) -> list[Layer]:
    """Return labels just beyond the ends of bars in rows first, first + 1, ..."""
    if not at:
        return []
    style: dict[str, Any] = {"align": "right" if left else "left", "dx": -6 if left else 6}
    rows: Rows = {"x": list(at), "label": list(said), "row": [float(first + i) for i in range(len(at))]}
    mark = Drawing(rows).mark("text", **style, baseline="middle", fontSize=theme.AXIS_SIZE, fontWeight=weight)
    return [mark.encode(x=x, y=y, text="label:N")]


def tornado(
    frame: pd.DataFrame,
    *,
    centre: float,
    language: Language,
    amounts: Amounts = "persons",
    width: int | None = None,
    height: int | None = None,
) -> Chart:
    """Return what drives a result: one bar a parameter from its 5th to its 95th percentile, widest first.

    frame: label (translated), low, high: the result with the parameter at its 5th and at its 95th
    percentile (persons a year, shares or numbers, as `amounts` says). centre: the result with all at their medians.
    """
    bars = sorted(
        zip(frame["label"], frame["low"].tolist(), frame["high"].tolist(), strict=True),
        key=lambda bar: -abs(bar[2] - bar[1]),
    )
    left, right = ([side(low, high) for _, low, high in bars] for side in (min, max))
    largest = max(map(abs, left + right))
    tall = len(bars) * 36 + 60 if height is None else height
    down = Named([label for label, _, _ in bars], width, tall, most=WIDE_ROW_NAME_WIDTH)
    low, high = min(left), max(right)
    x, y = _horizontal(low - 0.4 * (high - low), high, language, amounts), down.y
    edges = _edges(len(bars)) | {"centre": [centre] * len(bars)}
    halves = [
        Drawing(edges | {"x": [bar[end] for bar in bars]})
        .mark("bar", color=colour)
        .encode(x=x, x2="centre:Q", y=y, y2="bottom:Q")
        for end, colour in ((1, theme.BAND_80[Flow.BOTH]), (2, theme.INK))
    ]
    key = [
        Key(language("Assumption at its 5th percentile"), theme.BAND_80[Flow.BOTH], "band"),
        Key(language("at its 95th percentile"), theme.INK, "band"),
    ]
    middle = Drawing({"x": [centre]}).mark("rule", color=theme.PAPER, strokeWidth=1.5)
    at_left, at_right = (_alike(ends, largest, language, amounts) for ends in (left, right))
    layers = [
        down.names(),
        *halves,
        _zero(x),
        middle.encode(x=x),
        *_outside(left, at_left, x=x, y=y, left=True),
        *_outside(right, at_right, x=x, y=y),
        *key_row(key, width=width, start=-down.room),
    ]
    least = down.least(widest(at_left) + LEAST_BARS + widest(at_right))
    return theme.finished(layers, width=width, height=down.height, least=least)


def paired_bars(
    frame: pd.DataFrame,
    *,
    pair: Sequence[Key],
    language: Language,
    width: int | None = None,
    height: int | None = None,
) -> Chart:
    """Return two bars a row, one below the other, with their numbers.

    frame: label (translated), first, second (numbers of one unit; a missing one is a dash). pair: what the two are,
    with their colours.
    """
    columns = [frame[name].tolist() for name in ("first", "second")]
    tall = len(frame) * 44 + 66 if height is None else height
    down = Named(list(frame["label"]), width, tall)
    ends = [value for column in columns for value in column if not pd.isna(value)]
    x, y = _horizontal(min(ends, default=0.0), max(ends, default=0.0), language, "number"), down.y
    layers = [down.names(), _zero(x), *key_row(pair, width=width, start=-down.room)]
    for values, key, top in zip(columns, pair, (-0.32, 0.02), strict=True):
        known = [0.0 if pd.isna(value) else value for value in values]
        rows = [i + top for i in range(len(values))]
        bars: Rows = {"x": [0.0] * len(values), "end": known, "row": rows, "bottom": [r + 0.3 for r in rows]}
        layers.append(Drawing(bars).mark("bar", color=key.colour).encode(x=x, x2="end:Q", y=y, y2="bottom:Q"))
        beyond = [max(value, 0.0) for value in known]
        said = ["–" if pd.isna(value) else _number(value, language).removeprefix("+") for value in values]
        layers += _outside(beyond, said, x=x, y=y, first=top + 0.15)
    return theme.finished(layers, width=width, height=down.height)


@dataclass(frozen=True)
class Named:
    """Named rows down a picture: 0 at the top, each as high as the others."""

    labels: Sequence[str]
    width: int | None
    height: int
    most: float = ROW_NAME_WIDTH

    @property
    def y(self) -> Encoding:
        """The vertical encoding of column `row`."""
        scale = {"domain": [-0.5, len(self.labels) - 0.5], "reverse": True, "nice": False, "zero": False}
        return field("row:Q", scale=scale, axis=NO_AXIS)

    @property
    def room(self) -> float:
        """Pixels that the names may take."""
        return widest([line for lines in self._lines for line in lines]) + 2

    @property
    def row_height(self) -> int:
        """Pixels that a row must be high for its name to stand apart from the next."""
        return LINE * max(map(len, self._lines)) + 5

    @property
    def _lines(self) -> list[list[str]]:
        most = self.most if self.width is None else min(self.most, 0.33 * self.width)
        return [in_phrases(label, width=most, size=theme.AXIS_SIZE) for label in self.labels]

    def least(self, plot: float) -> int:
        """Return the pixels that names and a plot of so many need side by side."""
        return round(self.room + plot + 24)

    def names(self) -> Layer:
        """Return the rows' names left of the picture."""
        each = theme.plot_height(self.height) / len(self.labels)
        names = row_names(self.labels, width=self.room, row_height=each)
        return names.encode(x=value(-8), y=self.y, text="label:N")
