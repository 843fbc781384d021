"""What simpler procedures would change: two medians, effects with intervals, by measure, and what drives them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from crossings.charts import theme
from crossings.charts.axes import (
    NO_AXIS,
    calendar_axis,
    count_axis,
    effect,
    effect_labels,
    effect_share,
    inside,
    labelled_axis,
    place,
    share_axis,
    short_count,
    ticks,
)
from crossings.charts.drawing import Drawing, Encoding, Layer, Picture, colour_of, field, value
from crossings.charts.marks import (
    EndLabel,
    Frame,
    Key,
    end_labels,
    haloed,
    horizontal,
    hover,
    key_row,
    mark_line,
    quiet_corner,
    row_names,
    widest,
)
from crossings.charts.measure import wrapped
from crossings.flows import Flow
from crossings.words import Language

ROW_NAME_WIDTH = 150
WIDE_ROW_NAME_WIDTH = 200
TWO_DECIMALS_BELOW = 0.1


def two_medians(
    frame: pd.DataFrame,
    *,
    flow: Flow,
    name: str,
    language: Language,
    mark: float | None = None,
    width: int | None = None,
    height: int = 380,
) -> Picture:
    """Return the baseline's band and median in grey, and the scenario's median with its own thin band.

    frame: month (Period), known (persons, NaN ahead), baseline, baseline_low, baseline_high (80 %),
    scenario, scenario_low, scenario_high (what the policy's parameters leave open); monthly or cumulative.
    name: the scenario's own name.
    """
    t = language.text
    rows = frame.sort_values("month").reset_index(drop=True)
    rows["x"] = rows["month"].map(place)
    columns = [
        "known",
        "baseline",
        "baseline_low",
        "baseline_high",
        "scenario",
        "scenario_low",
        "scenario_high",
    ]
    reach = [*rows[columns].stack().dropna(), *([] if mark is None else [mark])]
    values = ticks(min(reach), max(reach), count=max(3, round(height / 62)))
    scale = Frame(values[0], values[-1], theme.plot_height(height))
    axis = calendar_axis(rows["month"].iloc[0], rows["month"].iloc[-1], language)
    x, y = horizontal(rows["x"].min(), rows["x"].max(), axis), scale.axis(count_axis(values, language))
    layers = [
        _band(rows, "baseline_low", "baseline_high", theme.BASELINE_BAND, x=x, y=y),
        _band(rows, "scenario_low", "scenario_high", theme.SCENARIO_BAND, x=x, y=y),
        *_marked(rows, mark, language, x=x, scale=scale),
        *(
            Drawing(rows.assign(y=rows[column]).dropna(subset="y"))
            .mark("line", color=colour, strokeWidth=size, strokeDash=dash)
            .encode(x=x, y=y)
            for column, colour, size, dash in (
                ("baseline", theme.BASELINE, 2, theme.DASHED),
                ("scenario", theme.SCENARIO, 2.2, theme.SOLID),
                ("known", theme.FLOW[flow], 2.5, theme.SOLID),
            )
        ),
        *end_labels(_median_labels(rows, language), at=float(rows["x"].max()), x=x, frame=scale),
        *key_row(
            [
                Key(t("Published"), theme.FLOW[flow], "line"),
                Key(t("Baseline with its 80% interval"), theme.BASELINE, "dashed"),
                Key(name, theme.SCENARIO, "line"),
            ],
            width=width,
        ),
        _median_hover(rows, name, language, x=x, y=y),
    ]
    return theme.finished(layers, width=width, height=height)


def _marked(
    rows: pd.DataFrame, mark: float | None, language: Language, *, x: Encoding, scale: Frame
) -> list[Layer]:
    if mark is None:
        return []
    lines = pd.concat([rows.assign(y=rows[column]) for column in ("known", "baseline", "scenario")])
    right, below = quiet_corner(lines, mark, scale)
    at = float(rows["x"].max() if right else rows["x"].min())
    return mark_line(mark, language, x=x, frame=scale, at=at, right=right, below=below)


def _band(rows: pd.DataFrame, low: str, high: str, colour: str, *, x: Encoding, y: Encoding) -> Layer:
    part = rows.assign(y=rows[low], top=rows[high]).dropna(subset=["y", "top"])
    return Drawing(part).mark("area", color=colour, opacity=1).encode(x=x, y=y, y2="top:Q")


def _median_labels(rows: pd.DataFrame, language: Language) -> list[EndLabel]:
    last = rows.iloc[-1]
    wanted = (("baseline", theme.QUIET_INK, False, 1), ("scenario", theme.SCENARIO, True, 0))
    return [
        EndLabel(
            float(last[column]),
            short_count(last[column], language, step=10_000),
            colour,
            bold=bold,
            rank=rank,
        )
        for column, colour, bold, rank in wanted
        if pd.notna(last[column])
    ]


def _median_hover(rows: pd.DataFrame, name: str, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    t = language.text
    ahead = rows.dropna(subset=["scenario"])
    said = ahead.assign(
        y=ahead["scenario"],
        when=ahead["month"].map(language.month),
        base=ahead["baseline"].map(language.people_short),
        scene=ahead["scenario"].map(language.people_short),
        gain=[effect(a - b, language) for a, b in zip(ahead["scenario"], ahead["baseline"], strict=True)],
    )
    tooltips = {"when": t("Month"), "base": t("Baseline"), "scene": name, "gain": t("Difference")}
    return hover(said, x=x, y=y, tooltips=tooltips)


@dataclass(frozen=True)
class Rows:
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
        most = self.most if self.width is None else min(self.most, 0.33 * self.width)
        lines = [line for label in self.labels for line in wrapped(label, width=most, size=theme.AXIS_SIZE)]
        return widest(lines) + 2

    def names(self) -> Layer:
        """Return the rows' names left of the picture."""
        each = theme.plot_height(self.height) / len(self.labels)
        names = row_names(self.labels, width=self.room, row_height=each)
        return names.encode(x=value(-8), y=self.y, text="label:N")


def _horizontal(low: float, high: float, language: Language, share: bool) -> Encoding:
    """Return a horizontal scale from `low` to exactly `high`, nil always on it.

    Ending where the longest bar ends lets the picture make exact room for the label beyond it.
    """
    low, high = min(0.0, low), max(0.0, high)
    high = high if high > low else low + 1.0
    values = inside(ticks(low, high, count=4), low, high)
    return horizontal(low, high, _value_axis(values, language, share))


def _value_axis(values: Sequence[float], language: Language, share: bool) -> dict[str, Any]:
    thin: dict[str, Any] = {"grid": True, "labelOverlap": "parity", "labelSeparation": 8}
    if share:
        return share_axis(values, language, signed=True, **thin)
    labels: dict[float, str | list[str]] = dict(zip(values, effect_labels(values, language), strict=True))
    return labelled_axis(labels, **thin)


def _said(value: float, language: Language, share: bool) -> str:
    return effect_share(value, language) if share else effect(value, language)


def _alike(values: pd.Series, largest: float, language: Language, share: bool) -> list[str]:
    """Return numbers that are read against each other, all with the same decimals."""
    if not share:
        return [effect(value, language) for value in values]
    digits = 2 if largest < TWO_DECIMALS_BELOW else 1
    return [language.percent(value, digits=digits, signed=True) for value in values]


def _zero(x: Encoding, at: float = 0.0) -> Layer:
    return Drawing(pd.DataFrame({"x": [at]})).mark("rule", color=theme.QUIET_INK, strokeWidth=1).encode(x=x)


def interval_bars(
    frame: pd.DataFrame,
    *,
    language: Language,
    share: bool = False,
    width: int | None = None,
    height: int | None = None,
) -> Picture:
    """Return a row for each effect: its median as a dot on its interval, the figures above.

    frame: label (translated), median, low, high (persons a year; shares if `share`), and flow where a row
    belongs to one.
    """
    rows = frame.reset_index(drop=True)
    flows = rows["flow"] if "flow" in rows else pd.Series([None] * len(rows))
    rows["colour"] = [theme.SCENARIO if pd.isna(flow) else theme.FLOW[Flow(flow)] for flow in flows]
    rows["row"] = rows.index.astype(float)
    rows["said"] = [
        f"{_said(m, language, share)} ({_said(a, language, share)} – {_said(b, language, share)})"
        for m, a, b in zip(rows["median"], rows["low"], rows["high"], strict=True)
    ]
    down = Rows(list(rows["label"]), width, len(rows) * 52 + 40 if height is None else height)
    x, y = _horizontal(rows["low"].min(), rows["high"].max(), language, share), down.y
    colour = colour_of("colour")
    bar = Drawing(rows.assign(x=rows["low"])).mark("rule", strokeWidth=5, strokeCap="round", opacity=0.45)
    middle = Drawing(rows.assign(x=rows["median"]))
    said = rows.assign(row=rows["row"] - 0.3, label=rows["said"])
    layers = [
        down.names(),
        _zero(x),
        bar.encode(x=x, x2="high:Q", y=y, color=colour),
        middle.mark("point", filled=True, size=85, opacity=1).encode(x=x, y=y, color=colour),
        *haloed(said, x=value(4), y=y, align="left", baseline="middle", fontSize=theme.AXIS_SIZE),
    ]
    return theme.finished(layers, width=width, height=down.height)


def waterfall(
    frame: pd.DataFrame,
    *,
    language: Language,
    total_label: str | None = None,
    share: bool = False,
    width: int | None = None,
    height: int | None = None,
) -> Picture:
    """Return each measure's part stacked on the one before, largest first, and their total.

    frame: label (translated), change (persons a year; shares if `share`).
    """
    t = language.text
    rows = frame.sort_values("change", key=abs, ascending=False, kind="stable").reset_index(drop=True)
    rows["end"] = rows["change"].cumsum()
    rows["x"] = rows["end"] - rows["change"]
    rows["total"] = False
    whole = pd.DataFrame(
        {
            "label": [total_label or t("Together")],
            "change": [rows["change"].sum()],
            "x": [0.0],
            "end": [rows["change"].sum()],
            "total": [True],
        }
    )
    rows = pd.concat([rows, whole], ignore_index=True)
    rows["row"] = rows.index.astype(float)
    rows["said"] = [_said(value, language, share) for value in rows["change"]]
    down = Rows(list(rows["label"]), width, len(rows) * 38 + 40 if height is None else height)
    x = _horizontal(rows[["x", "end"]].min().min(), rows[["x", "end"]].max().max(), language, share)
    y = down.y
    kinds = colour_of("kind")
    rows["kind"] = [
        _step_colour(change, total) for change, total in zip(rows["change"], rows["total"], strict=True)
    ]
    before = rows.iloc[:-1]
    joints = before.assign(x=before["end"], row=before["row"] + 0.3, next=before["row"] + 0.7)
    layers = [
        down.names(),
        _zero(x),
        Drawing(joints).mark("rule", color=theme.RULE, strokeWidth=1).encode(x=x, y=y, y2="next:Q"),
        Drawing(_bars(rows)).mark("bar").encode(x=x, x2="end:Q", y=y, y2="bottom:Q", color=kinds),
        *_outside(rows.assign(right=rows[["x", "end"]].max(axis=1)), "right", "said", x=x, y=y, bold="total"),
    ]
    return theme.finished(layers, width=width, height=down.height)


def _step_colour(change: float, total: bool) -> str:
    if total:
        return theme.SCENARIO
    return "#7CC7B0" if change >= 0 else "#C9A08A"


def _bars(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows as bars: `row` and `bottom` are their upper and lower edges."""
    return rows.assign(row=rows["row"] - 0.3, bottom=rows["row"] + 0.3)


def _outside(
    rows: pd.DataFrame,
    at: str,
    text: str,
    *,
    x: Encoding,
    y: Encoding,
    left: bool = False,
    bold: str | None = None,
) -> list[Layer]:
    """Return labels just beyond the end of bars."""
    side: dict[str, Any] = {
        "align": "right" if left else "left",
        "dx": -6 if left else 6,
        "baseline": "middle",
    }
    heavy = rows[bold].astype(bool) if bold else pd.Series(False, index=rows.index)
    layers = []
    for part, weight in ((rows[~heavy], 400), (rows[heavy], 700)):
        if len(part):
            style = side | {"fontSize": theme.AXIS_SIZE, "fontWeight": weight}
            mark = Drawing(part.assign(x=part[at])).mark("text", **style)
            layers.append(mark.encode(x=x, y=y, text=f"{text}:N"))
    return layers


def tornado(
    frame: pd.DataFrame,
    *,
    centre: float,
    language: Language,
    share: bool = False,
    width: int | None = None,
    height: int | None = None,
) -> Picture:
    """Return what drives a result: one bar a parameter from its 5th to its 95th percentile, widest first.

    frame: label (translated), low, high: the result with the parameter at its 5th and at its 95th
    percentile (persons a year; shares if `share`). centre: the result with all at their medians.
    """
    t = language.text
    span = (frame["high"] - frame["low"]).abs()
    rows = frame.assign(span=span).sort_values("span", ascending=False, kind="stable").reset_index(drop=True)
    rows["row"], rows["centre"] = rows.index.astype(float), centre
    rows["left"], rows["right"] = rows[["low", "high"]].min(axis=1), rows[["low", "high"]].max(axis=1)
    for side in ("left", "right"):
        rows[f"said_{side}"] = _alike(rows[side], rows[["left", "right"]].abs().max().max(), language, share)
    tall = len(rows) * 36 + 60 if height is None else height
    down = Rows(list(rows["label"]), width, tall, most=WIDE_ROW_NAME_WIDTH)
    low, high = float(rows["left"].min()), float(rows["right"].max())
    x, y = _horizontal(low - 0.4 * (high - low), high, language, share), down.y
    bars = [
        Drawing(_bars(rows).assign(x=rows[column]))
        .mark("bar", color=colour)
        .encode(x=x, x2="centre:Q", y=y, y2="bottom:Q")
        for column, colour in (("low", theme.BAND_80[Flow.BOTH]), ("high", theme.INK))
    ]
    key = [
        Key(t("Parameter at its 5th percentile"), theme.BAND_80[Flow.BOTH], "band"),
        Key(t("at its 95th percentile"), theme.INK, "band"),
    ]
    middle = Drawing(pd.DataFrame({"x": [centre]})).mark("rule", color=theme.PAPER, strokeWidth=1.5)
    layers = [
        down.names(),
        *bars,
        _zero(x),
        middle.encode(x=x),
        *_outside(rows, "left", "said_left", x=x, y=y, left=True),
        *_outside(rows, "right", "said_right", x=x, y=y),
        *key_row(key, width=width, start=-down.room),
    ]
    return theme.finished(layers, width=width, height=down.height)
