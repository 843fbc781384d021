"""How good such answers were: reliability, coverage of the intervals, and the histogram of outcomes' ranks."""

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import NO_AXIS, THIN_OUT, labelled_axis, share_axis, ticks
from crossings.drawing.drawing import Chart, Drawing, Encoding, Layer, field
from crossings.drawing.marks import EndLabel, Frame, Key, end_labels, haloed, horizontal, hover, key_row
from crossings.language import Language
from crossings.questions.base import Look
from crossings.tables.flows import Flow

QUARTERS = [0, 0.25, 0.5, 0.75, 1]
COVERAGE = {
    "coverage_80": Look(theme.INK, width=2.0, dots=True),
    "coverage_95": Look(theme.INK, "round_dot", 2.0, dots=True),
}


def reliability(
    frame: pd.DataFrame, *, language: Language, width: int | None = None, height: int = 340
) -> Chart:
    """Return how often it came against how likely it was said to be, each point with its count.

    frame: forecast, observed (0 to 1), count (of forecasts in the bin). On the diagonal the two agree.
    """
    rows = frame.assign(x=frame["forecast"].astype(float), y=frame["observed"].astype(float))
    rows["label"] = rows["count"].map(language.number)
    rows["said"], rows["came"] = (
        rows[column].map(lambda share: language.percent(share, digits=0)) for column in ("x", "y")
    )
    scale = Frame(-0.03, 1.12, theme.plot_height(height, x_title=True))  # the key is above the counts
    x = horizontal(
        -0.03, 1.06, share_axis(QUARTERS, language, title=language("Stated probability"), grid=True)
    )
    y = scale.axis(share_axis(QUARTERS, language))
    diagonal = Drawing(pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 1.0], "label": ["", ""]}))
    area = field(
        "count:Q", scale={"domain": [0, float(rows["count"].max())], "range": [25, 330]}, legend=None
    )
    key = [
        Key(language("as often as stated"), theme.RULE, "dashed"),
        Key(language("numbers: count of forecasts"), theme.INK, "dot"),
    ]
    layers = [
        diagonal.mark("line", color=theme.RULE, strokeDash=theme.DASHED, strokeWidth=1.2).encode(x=x, y=y),
        Drawing(rows).mark("line", color=theme.INK, strokeWidth=1, opacity=0.5).encode(x=x, y=y),
        Drawing(rows).mark("point", filled=True, color=theme.INK, opacity=0.85).encode(x=x, y=y, size=area),
        *haloed(rows, x=x, y=y, fontSize=theme.AXIS_SIZE - 1, color=theme.QUIET_INK, dy=-17),
        *key_row(key, width=width),
        hover(
            rows,
            x=x,
            y=y,
            tooltips={
                "said": language("Stated probability"),
                "came": language("Observed frequency"),
                "label": language("Forecasts"),
            },
        ),
    ]
    return theme.finished(layers, width=width, height=height)


def coverage_by_months_known(
    frame: pd.DataFrame, *, language: Language, width: int | None = None, height: int = 280
) -> Chart:
    """Return how often the outcome fell inside the 80 and 95 % intervals, by months of the year known.

    frame: months_known (0 to 11), coverage_80, coverage_95 (0 to 1), count (of forecasts).
    """
    rows = frame.sort_values("months_known").assign(x=frame["months_known"].astype(float))
    foot = max(min(0.5, float(rows[["coverage_80", "coverage_95"]].min().min()) - 0.05), 0.0)
    values = ticks(foot, 1, count=4)
    scale = Frame(
        values[0] - (0.03 if values[0] == 0 else 0.0), 1.02, theme.plot_height(height, x_title=True)
    )
    labels: dict[float, str | list[str]] = {v: language.number(v) for v in rows["x"]}
    x = horizontal(
        rows["x"].min(),
        rows["x"].max(),
        labelled_axis(labels, title=language("Months of the year published"), **THIN_OUT),
    )
    y = scale.axis(share_axis([v for v in values if v <= 1], language))
    aims = Drawing(pd.DataFrame({"y": [0.8, 0.95]})).mark(
        "rule", color=theme.MARK, strokeDash=theme.MARK_DASH
    )
    layers, ends = [aims.encode(y=y)], []
    for column, share, dash, shape in (
        ("coverage_80", 0.8, theme.SOLID, "circle"),
        ("coverage_95", 0.95, [1.5, 3], "square"),
    ):
        line = Drawing(rows.assign(y=rows[column]))
        layers.append(line.mark("line", color=theme.INK, strokeWidth=2, strokeDash=dash).encode(x=x, y=y))
        layers.append(
            line.mark("point", filled=True, color=theme.INK, shape=shape, size=45, opacity=1).encode(x=x, y=y)
        )
        name = language("{percent} prediction interval", percent=language.percent(share, digits=0))
        ends.append(EndLabel(float(rows[column].iloc[-1]), name, theme.INK))
    layers += end_labels(ends, at=float(rows["x"].max()), x=x, frame=scale)
    layers.append(_coverage_hover(rows, language, x=x, y=y))
    return theme.finished(layers, width=width, height=height)


def _coverage_hover(rows: pd.DataFrame, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    texts = rows.assign(
        y=rows["coverage_80"],
        known=rows["months_known"].map(language.number),
        inner=rows["coverage_80"].map(language.percent),
        outer=rows["coverage_95"].map(language.percent),
        many=rows["count"].map(language.number),
    )
    tooltips = {
        "known": language("Months of the year published"),
        "inner": language("80% prediction interval"),
        "outer": language("95% prediction interval"),
        "many": language("Forecasts"),
    }
    return hover(texts, x=x, y=y, tooltips=tooltips)


def pit_histogram(
    frame: pd.DataFrame, *, language: Language, width: int | None = None, height: int = 240
) -> Chart:
    """Return where outcomes fell within their forecasts; level bars mean honest intervals.

    frame: low, high (edges, 0 to 1: the forecast's probability of less), count (of outcomes).
    """
    rows = frame.assign(
        x=frame["low"].astype(float) + 0.004, right=frame["high"] - 0.004, y=frame["count"].astype(float)
    )
    rows["zero"], rows["label"] = 0.0, rows["count"].map(language.number)
    level = float(rows["y"].sum() / len(rows))
    scale = Frame(0, max(float(rows["y"].max()), level) * 1.18, theme.plot_height(height, x_title=True))
    axis = share_axis(
        QUARTERS, language, title=language("Position of the outcome in the forecast distribution")
    )
    x, y = horizontal(0, 1, axis), scale.axis(NO_AXIS)
    middle = rows.assign(x=(frame["low"] + frame["high"]) / 2)
    even = Drawing(pd.DataFrame({"y": [level]})).mark("rule", color=theme.MARK, strokeDash=theme.MARK_DASH)
    label = EndLabel(level, language("uniform"), theme.MARK)
    layers = [
        Drawing(rows).mark("bar", color=theme.BAND_80[Flow.BOTH]).encode(x=x, x2="right:Q", y=y, y2="zero:Q"),
        even.encode(y=y),
        *haloed(middle, x=x, y=y, fontSize=theme.AXIS_SIZE, baseline="bottom", dy=-2),
        *end_labels([label], at=1.0, x=x, frame=scale),
    ]
    return theme.finished(layers, width=width, height=height)
