"""Months in a row: visitors a month, the last twelve months, and the change on a year earlier."""

import math

import numpy as np
import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import calendar_axis, count_axis, place, share_axis, short_count, ticks
from crossings.drawing.drawing import Chart, Drawing, Encoding, Layer, field, when
from crossings.drawing.marks import (
    MANY_MONTHS,
    PANDEMIC,
    EndLabel,
    Frame,
    end_labels,
    horizontal,
    hover,
    mark_line,
    pandemic_band,
    pandemic_name,
    quiet_corner,
    status_line,
)
from crossings.language import Language
from crossings.language.labels import status_word
from crossings.tables.flows import Flow


def monthly_series(
    frame: pd.DataFrame, *, flow: Flow, language: Language, width: int | None = None, height: int = 240
) -> Chart:
    """Return visitors a month as a line over a pale area, from zero.

    frame: month (Period), visitors (persons, NaN where missing), status (definitive if left out).
    """
    rows = _rows(frame)
    values = ticks(0, rows["y"].max(), count=_tick_count(height))
    scale = Frame(0, values[-1], theme.plot_height(height))
    x, y = _calendar(rows, language), scale.axis(count_axis(values, language))
    area = Drawing(rows).mark("area", color=theme.FLOW[flow], opacity=0.09).encode(x=x, y=y)
    layers = [
        *_pandemic(rows, x=x),
        area,
        *_line(rows, flow, x=x, y=y),
        *_last_label(rows, flow, language, x=x, scale=scale),
        *_pandemic_name(rows, language, x=x),
        _hover(rows, language, x=x, y=y, heading=language("Visitors")),
    ]
    return theme.finished(layers, width=width, height=height)


def rolling_sum(
    frame: pd.DataFrame,
    *,
    flow: Flow,
    language: Language,
    mark: float | None = None,
    width: int | None = None,
    height: int = 380,
) -> Chart:
    """Return sums of twelve months as a line on a scale that need not begin at zero.

    frame: month (Period, the last of the twelve), visitors (persons, NaN where missing), status.
    """
    rows = _rows(frame)
    reach = [*rows["y"].dropna(), *([] if mark is None else [mark, mark * 1.03])]
    values = ticks(min(reach), max(reach), count=_tick_count(height))
    scale = Frame(values[0], values[-1], theme.plot_height(height))
    x, y = _calendar(rows, language), scale.axis(count_axis(values, language))
    layers = [
        *_pandemic(rows, x=x),
        *_mark(rows, mark, language, x=x, scale=scale),
        *_line(rows, flow, x=x, y=y),
        *_last_label(rows, flow, language, x=x, scale=scale),
        *_pandemic_name(rows, language, x=x),
        _hover(rows, language, x=x, y=y, heading=language("Last twelve months")),
    ]
    return theme.finished(layers, width=width, height=height)


def change_on_year(
    frame: pd.DataFrame, *, flow: Flow, language: Language, width: int | None = None, height: int = 380
) -> Chart:
    """Return each month's change on a year earlier as bars round a zero line.

    frame: month (Period), change (share, NaN where it cannot be said). Months whose change is far beyond
    all others (recovery from closed borders) are drawn to the edge with an arrow and their value.
    """
    rows = _rows(frame.rename(columns={"change": "visitors"}))
    low, high = usual_range(rows, "y")
    values = ticks(low, high, count=_tick_count(height))
    scale = Frame(values[0], values[-1], theme.plot_height(height))
    rows["beyond"] = rows["y"] > scale.high
    rows["shown"] = rows["y"].clip(scale.low, scale.high)
    x = _calendar(rows, language, edge=0.5)
    y = field("shown:Q", scale=scale.scale, axis=share_axis(values, language, signed=True, zindex=0))
    colour = when("datum.beyond", theme.OTHER_YEAR, theme.FLOW[flow])
    bars = Drawing(rows.dropna(subset="y").assign(x=rows["x"] - 0.4, right=rows["x"] + 0.4, zero=0.0))
    firm = when("datum.status == 'estimate' || datum.status == 'added'", 0.3, 1)
    edge = when(
        "datum.status == 'estimate' || datum.status == 'added'", 1.2 if len(rows) <= MANY_MONTHS else 0, 0
    )
    drawn = bars.mark("bar", strokeDash=[2, 2]).encode(
        x=x, x2="right:Q", y=y, y2="zero:Q", fill=colour, stroke=colour, fillOpacity=firm, strokeWidth=edge
    )
    zero = Drawing(pd.DataFrame({"y": [0.0]})).mark("rule", color=theme.QUIET_INK, strokeWidth=1)
    said = rows["y"].map(lambda share: language.percent(share, signed=True), na_action="ignore")
    rows = rows.assign(when=rows["month"].map(language.month), count=said)
    layers = [
        *_pandemic(rows, x=x),
        drawn,
        zero.encode(y=scale.y),
        *_beyond(rows, language, x=x),
        *_pandemic_name(rows, language, x=x, down=12),
        hover(
            rows.dropna(subset="y").assign(y=rows["shown"]),
            x=x,
            y=scale.y,
            tooltips={"when": language("Month"), "count": language("On a year earlier")},
        ),
    ]
    return theme.finished(layers, width=width, height=height)


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a series' rows with their places."""
    rows = frame.sort_values("month").reset_index(drop=True)
    return rows.assign(x=rows["month"].map(place), y=rows["visitors"].astype(float))


def _tick_count(height: int) -> int:
    return max(3, round(height / 62))


def _calendar(rows: pd.DataFrame, language: Language, *, edge: float = 0.0) -> Encoding:
    axis = calendar_axis(rows["month"].iloc[0], rows["month"].iloc[-1], language)
    return horizontal(rows["x"].min() - edge, rows["x"].max() + edge, axis)


def _pandemic(rows: pd.DataFrame, *, x: Encoding) -> list[Layer]:
    return pandemic_band(rows["month"].iloc[0], rows["month"].iloc[-1], x=x)


def _pandemic_name(rows: pd.DataFrame, language: Language, *, x: Encoding, down: float = 2) -> list[Layer]:
    return pandemic_name(rows["month"].iloc[0], rows["month"].iloc[-1], language, x=x, down=down)


def _line(rows: pd.DataFrame, flow: Flow, *, x: Encoding, y: Encoding) -> list[Layer]:
    return status_line(rows, colour=theme.FLOW[flow], x=x, y=y, size=1.8 if len(rows) > 60 else 2.4)


def _mark(
    rows: pd.DataFrame, mark: float | None, language: Language, *, x: Encoding, scale: Frame
) -> list[Layer]:
    if mark is None:
        return []
    right, below = quiet_corner(rows, mark, scale)
    at = float(rows["x"].max() if right else rows["x"].min())
    return mark_line(mark, language, x=x, frame=scale, at=at, right=right, below=below)


def _last_label(
    rows: pd.DataFrame, flow: Flow, language: Language, *, x: Encoding, scale: Frame
) -> list[Layer]:
    last = rows.dropna(subset="y").iloc[-1]
    label = EndLabel(float(last["y"]), short_count(last["y"], language), theme.FLOW[flow], bold=True)
    return end_labels([label], at=float(last["x"]), x=x, frame=scale)


def _hover(rows: pd.DataFrame, language: Language, *, x: Encoding, y: Encoding, heading: str) -> Layer:
    shown = rows.dropna(subset="y")
    shown = shown.assign(when=shown["month"].map(language.month), count=shown["y"].map(language.people))
    tooltips = {"when": language("Month"), "count": heading}
    if "status" in shown:
        shown["firm"] = [status_word(status, language) for status in shown["status"]]
        tooltips["firm"] = language("Status")
    return hover(shown, x=x, y=y, tooltips=tooltips)


def usual_range(rows: pd.DataFrame, key: str) -> tuple[float, float]:
    """Return the range of changes (column `key`) without the months that compare with closed borders."""
    against_closed = (rows["month"] >= PANDEMIC[0] + 12) & (rows["month"] <= PANDEMIC[1] + 20)
    usual = rows.loc[~against_closed, key].dropna()
    usual = rows[key].dropna() if usual.empty else usual
    if usual.empty:
        return 0.0, 0.1
    return min(float(rows[key].min()), 0.0), max(float(np.max(usual)), 0.1)


def _beyond(rows: pd.DataFrame, language: Language, *, x: Encoding) -> list[Layer]:
    """Return arrows at the head for months off the scale, and the largest of them in words."""
    out = rows[rows["beyond"]]
    if out.empty:
        return []
    arrows = (
        Drawing(out)
        .mark("point", shape="triangle-up", filled=True, color=theme.NAMED_YEAR, size=26, y=4, opacity=1)
        .encode(x=x)
    )
    share = language.percent(math.floor(out["y"].max()), digits=0, signed=True)
    row = pd.DataFrame(
        {"x": [out["x"].mean()], "label": [language("Off the scale: up to {percent}", percent=share)]}
    )
    note = Drawing(row).mark(
        "text", y=-4, baseline="bottom", color=theme.QUIET_INK, fontSize=theme.AXIS_SIZE - 1
    )
    return [arrows, note.encode(x=x, text="label:N")]
