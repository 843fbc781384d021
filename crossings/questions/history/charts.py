"""What moved the flows: the timeline with its marks, the path without an event, placebos, calendar and balance."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import (
    NO_AXIS,
    calendar_axis,
    count_axis,
    count_labels,
    labelled_axis,
    place,
    share_axis,
    short_count,
    ticks,
)
from crossings.drawing.drawing import Chart, Drawing, Encoding, Layer, colour_of, field, value
from crossings.drawing.marks import (
    EndLabel,
    Frame,
    Key,
    end_labels,
    horizontal,
    hover,
    key_row,
    pandemic_band,
    pandemic_name,
    row_names,
    status_line,
    widest,
)
from crossings.drawing.measure import wrapped
from crossings.language import Language
from crossings.tables.flows import DIRECTIONS, Flow

SELECTION = "mark"
POINTS = "marks"
LANE_PIXELS = 19
ROW_PIXELS = 8
MOST_ROWS = 5
FROM_MIDDLE = (0, 1, -1, 2, -2)
LANE_GAP = 14
MARK_SIZE, CHOSEN_SIZE = 42, 120
TIMELINE_WIDTH = 660
STATEMENT_ROOM = 170
LABELS_ROOM, MARK_WIDTH = 130, 8.5
SHAPES = {
    "policy": "circle",
    "politics": "square",
    "disaster": "triangle-up",
    "economy": "diamond",
    "health": "cross",
    "transport": "triangle-right",
}


def timeline(
    visitors: Mapping[Flow, pd.DataFrame],
    marks: pd.DataFrame,
    *,
    lanes: Mapping[str, str],
    language: Language,
    chosen: str | None = None,
    selectable: bool = False,
    width: int | None = None,
    height: int = 500,
) -> Chart:
    """Return both directions by month, and below them the marks in lanes by kind.

    visitors: by direction month (Period), visitors, status. marks: key, month (Period), category, title, day (text).
    lanes: category to its translated name, the lanes from top to bottom. chosen: the key of the mark shown large.
    selectable: whether a click on a mark selects it (parameter `mark`, field `key`).
    """
    rows = {
        flow: frame.assign(x=frame["month"].map(place), y=frame["visitors"])
        for flow, frame in visitors.items()
    }
    first, last = (
        min(f["month"].min() for f in visitors.values()),
        max(f["month"].max() for f in visitors.values()),
    )
    values = ticks(0, max(frame["y"].max() for frame in rows.values()), count=4)
    pixels = theme.plot_height(height)
    apart = (last - first).n / ((width or TIMELINE_WIDTH) - LABELS_ROOM) * MARK_WIDTH
    marks = _in_rows(marks, months_apart=apart)
    deep = {name: _depth(marks, name) for name in lanes}
    foot = LANE_GAP + sum(deep.values())
    unit = values[-1] / (pixels - foot)
    scale = Frame(-unit * foot, values[-1], pixels)
    lane, below = {}, float(LANE_GAP)
    for name in lanes:
        lane[name] = -unit * (below + deep[name] / 2)
        below += deep[name]
    x = horizontal(place(first), place(last), calendar_axis(first, last, language))
    y = scale.axis(_lane_axis(values, lane, lanes, language))
    layers = [
        *pandemic_band(first, last, x=x),
        *_lane_rules(lane, y=y),
        *_chosen_rule(marks, chosen, x=x),
        *(
            layer
            for flow in DIRECTIONS
            for layer in status_line(rows[flow], colour=theme.FLOW[flow], x=x, y=y, size=1.6)
        ),
        *end_labels(
            [_end(flow, frame, language) for flow, frame in rows.items()], at=place(last), x=x, frame=scale
        ),
        *pandemic_name(first, last, language, x=x),
        *(_flow_hover(rows[flow], language, x=x, y=y) for flow in DIRECTIONS),
        *_mark_points(marks, lane, unit, chosen, language, x=x, y=y),
        *key_row(
            [
                Key(language("Koreans to Japan"), theme.KOREANS_TO_JAPAN, "line"),
                Key(language("Japanese to Korea"), theme.JAPANESE_TO_KOREA, "line"),
            ],
            width=width,
        ),
    ]
    click = {"type": "point", "fields": ["key"], "on": "click", "toggle": False}
    clicks = [{"name": SELECTION, "select": click, "views": [POINTS]}] if selectable else None
    return theme.finished(layers, width=width, height=height, params=clicks)


def _in_rows(marks: pd.DataFrame, *, months_apart: float) -> pd.DataFrame:
    """Return the marks with `row`, the first row of their lane in which they stand clear of the mark before."""
    taken: dict[str, list[float]] = {}
    found = []
    for category, month in zip(marks["category"], marks["month"], strict=True):
        ends, at = taken.setdefault(category, []), place(month)
        free = [row for row, end in enumerate(ends) if at - end >= months_apart]
        row = free[0] if free else len(ends) if len(ends) < MOST_ROWS else int(np.argmin(ends))
        ends[row : row + 1] = [at]
        found.append(row)
    return marks.assign(row=found)


def _depth(marks: pd.DataFrame, category: str) -> float:
    rows = marks.loc[marks["category"] == category, "row"]
    return LANE_PIXELS + ROW_PIXELS * float(rows.max() if len(rows) else 0)


def _end(flow: Flow, rows: pd.DataFrame, language: Language) -> EndLabel:
    latest = float(rows["y"].dropna().iloc[-1])
    return EndLabel(latest, short_count(latest, language), theme.FLOW[flow], bold=True)


def _lane_axis(
    values: Sequence[float], lane: Mapping[str, float], lanes: Mapping[str, str], language: Language
) -> dict[str, Any]:
    counts: dict[float, str | list[str]] = dict(zip(values, count_labels(values, language), strict=True))
    names: dict[float, str | list[str]] = {at: lanes[name] for name, at in lane.items()}
    labels = {round(at, 6): said for at, said in (counts | names).items()}
    return labelled_axis(
        labels,
        labelOverlap=False,
        tickCount=len(labels),  # Vega drops every second value where it thinks them too many for the height
        gridColor={"condition": {"test": "datum.value >= 0", "value": theme.GRID}, "value": theme.PAPER},
    )


def _lane_rules(lane: Mapping[str, float], *, y: Encoding) -> list[Layer]:
    if not lane:
        return []
    rows = pd.DataFrame({"y": list(lane.values())})
    rule = Drawing(rows).mark("rule", color=theme.GRID, strokeWidth=1, strokeDash=[1, 3])
    return [rule.encode(y=y)]


def _chosen_rule(marks: pd.DataFrame, chosen: str | None, *, x: Encoding) -> list[Layer]:
    row = marks[marks["key"] == chosen]
    if row.empty:
        return []
    rows = pd.DataFrame({"x": row["month"].map(place)})
    return [Drawing(rows).mark("rule", color=theme.INK, strokeWidth=1.2).encode(x=x)]


def _mark_points(
    marks: pd.DataFrame,
    lane: Mapping[str, float],
    unit: float,
    chosen: str | None,
    language: Language,
    *,
    x: Encoding,
    y: Encoding,
) -> list[Layer]:
    """Return the marks in the rows of their lanes. unit: visitors a pixel."""
    shown = marks[marks["category"].isin(list(lane))]
    if shown.empty:
        return []
    rows = shown.assign(
        x=shown["month"].map(place),
        y=shown["category"].map(lane) - unit * ROW_PIXELS * shown["row"].map(dict(enumerate(FROM_MIDDLE))),
        shape=shown["category"].map(SHAPES),
        said=shown["day"] + " · " + shown["title"],
        size=[CHOSEN_SIZE if key == chosen else MARK_SIZE for key in shown["key"]],
        ink=[theme.MARK if key == chosen else theme.QUIET_INK for key in shown["key"]],
    )
    rows = rows.sort_values("size", kind="stable")
    points = Drawing(rows, name=POINTS).mark(
        "point", filled=True, opacity=0.85, stroke=theme.PAPER, strokeWidth=0.8
    )
    drawn = points.encode(
        x=x,
        y=y,
        size=field("size:Q", scale=None, legend=None),
        shape=field("shape:N", scale=None, legend=None),
        color=colour_of("ink"),
        detail=field("key:N"),
        description=field("said:N"),
        tooltip=[field("day:N", title=language("Date")), field("title:N", title=language("Event"))],
    )
    return [drawn]


def _flow_hover(rows: pd.DataFrame, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    said = rows.dropna(subset="y")
    said = said.assign(when=said["month"].map(language.month), count=said["y"].map(language.people))
    return hover(said, x=x, y=y, tooltips={"when": language("Month"), "count": language("Visitors")})


def without_event(
    frame: pd.DataFrame, *, flow: Flow, language: Language, width: int | None = None, height: int = 340
) -> Chart:
    """Return a flow by month and, over the event's months, the path it would have taken without it.

    frame: month (Period), visitors, without, low, high (persons, NaN outside the event's months).
    """
    rows = frame.sort_values("month").reset_index(drop=True)
    rows["x"] = rows["month"].map(place)
    values = ticks(0, max(rows[["visitors", "high"]].max()), count=max(3, round(height / 62)))
    scale = Frame(0, values[-1], theme.plot_height(height))
    axis = calendar_axis(rows["month"].iloc[0], rows["month"].iloc[-1], language)
    x = horizontal(rows["x"].min(), rows["x"].max(), axis)
    labels: dict[float, str | list[str]] = dict(zip(values, count_labels(values, language), strict=True))
    y = scale.axis(labelled_axis(labels))
    event = rows.dropna(subset=["without"])
    band = event.assign(y=event["low"], top=event["high"], left=event["x"] - 0.5, right=event["x"] + 0.5)
    path = Drawing(event.assign(y=event["without"]))
    seen = rows.dropna(subset=["visitors"]).assign(y=rows["visitors"])
    shade = Drawing(band.assign(x=band["left"])).mark("rect", color=theme.BASELINE_BAND)
    layers = [
        shade.encode(x=x, x2="right:Q", y=y, y2="top:Q"),
        path.mark("line", color=theme.BASELINE, strokeWidth=2.2, strokeDash=theme.DASHED).encode(x=x, y=y),
        path.mark("point", filled=True, color=theme.BASELINE, size=26, opacity=1).encode(x=x, y=y),
        Drawing(seen).mark("line", color=theme.FLOW[flow], strokeWidth=2.4).encode(x=x, y=y),
        *key_row(
            [
                Key(language("Published"), theme.FLOW[flow], "line"),
                Key(language("Without the event"), theme.BASELINE, "dashed"),
                Key(language("95% interval of the effect"), theme.BASELINE_BAND, "band"),
            ],
            width=width,
        ),
        _without_hover(rows, language, x=x, y=y),
    ]
    return theme.finished(layers, width=width, height=height)


def _without_hover(rows: pd.DataFrame, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    shown = rows.dropna(subset=["visitors"])
    path = [
        "–"
        if pd.isna(middle)
        else f"{language.people(middle)} ({language.people_range(low, high, digits=2)})"
        for middle, low, high in zip(shown["without"], shown["low"], shown["high"], strict=True)
    ]
    said = shown.assign(
        y=shown["visitors"],
        when=shown["month"].map(language.month),
        count=shown["visitors"].map(language.people),
        path=path,
    )
    return hover(
        said,
        x=x,
        y=y,
        tooltips={
            "when": language("Month"),
            "count": language("Visitors"),
            "path": language("Without the event"),
        },
    )


def growth_beside(
    frame: pd.DataFrame,
    *,
    event: tuple[pd.Period, pd.Period],
    flow: Flow,
    language: Language,
    width: int | None = None,
    height: int = 260,
) -> Chart:
    """Return the flow's change on a year earlier beside that of a mix of other origins.

    frame: by month (PeriodIndex) `flow` and `mix` (shares). event: its first and last month, shaded.
    """
    rows = frame.rename_axis("month").reset_index()
    rows["x"] = rows["month"].map(place)
    values = _share_ticks(rows[["flow", "mix"]])
    scale = Frame(values[0], values[-1], theme.plot_height(height))
    axis = calendar_axis(rows["month"].iloc[0], rows["month"].iloc[-1], language)
    x = horizontal(rows["x"].min(), rows["x"].max(), axis)
    y = scale.axis(share_axis(values, language, signed=True))
    shade = pd.DataFrame({"x": [place(event[0]) - 0.5], "right": [place(event[1]) + 0.5]})
    zero = Drawing(pd.DataFrame({"y": [0.0]})).mark("rule", color=theme.QUIET_INK, strokeWidth=1)
    layers = [
        Drawing(shade).mark("rect", color=theme.PANDEMIC, clip=True).encode(x=x, x2="right:Q"),
        zero.encode(y=scale.y),
        *(
            Drawing(rows.assign(y=rows[name]))
            .mark("line", color=colour, strokeWidth=2.2, strokeDash=dash)
            .encode(x=x, y=y)
            for name, colour, dash in (
                ("mix", theme.BASELINE, theme.DASHED),
                ("flow", theme.FLOW[flow], theme.SOLID),
            )
        ),
        *key_row(
            [
                Key(language("This flow"), theme.FLOW[flow], "line"),
                Key(language("Mix of other origins"), theme.BASELINE, "dashed"),
            ],
            width=width,
        ),
        *(
            hover(
                rows.assign(
                    y=rows[name], when=rows["month"].map(language.month), said=_percents(rows[name], language)
                ),
                x=x,
                y=y,
                tooltips={"when": language("Month"), "said": heading},
            )
            for name, heading in (("flow", language("This flow")), ("mix", language("Mix of other origins")))
        ),
    ]
    return theme.finished(layers, width=width, height=height)


def _share_ticks(shares: pd.DataFrame) -> list[float]:
    return ticks(min(0.0, float(shares.min().min())), max(0.0, float(shares.max().max())), count=4)


def _percents(shares: pd.Series, language: Language) -> list[str]:
    return [language.percent(share, signed=True) for share in shares]


def placebos(
    frame: pd.DataFrame,
    *,
    own: float,
    rows: Mapping[str, str],
    flow: Flow,
    language: Language,
    width: int | None = None,
    height: int = 190,
) -> Chart:
    """Return every placebo as a thin line by its strength, one row a kind, and the event's own strength.

    frame: kind, strength (effect over its standard error), said (text), title (its name). rows: kind to its translated
    name, from top to bottom. own: the event's strength.
    """
    kinds = [kind for kind in rows if (frame["kind"] == kind).any()]
    labels = [rows[kind] for kind in kinds]
    reach = max(frame["strength"].abs().max(), abs(own), 2.5) * 1.08
    values = [value for value in ticks(-reach, reach, count=6) if abs(value) <= reach]
    said: dict[float, str | list[str]] = {
        value: language.number(value, digits=0).replace("-", "−") for value in values
    }
    x = horizontal(-reach, reach, labelled_axis(said, grid=True, title=language("Effect in standard errors")))
    scale = {"domain": [-0.5, len(kinds) - 0.5], "reverse": True, "nice": False, "zero": False}
    y = field("row:Q", scale=scale, axis=NO_AXIS)
    shown = frame[frame["kind"].isin(kinds)]
    shown = shown.assign(row=[float(kinds.index(kind)) for kind in shown["kind"]], x=shown["strength"])
    shown = shown.assign(top=shown["row"] - 0.28, row=shown["row"] + 0.28)
    lines = Drawing(shown).mark("rule", color=theme.NAMED_YEAR, strokeWidth=1.6, opacity=0.45)
    event = pd.DataFrame({"x": [own], "label": [language("The event")]})
    names_room = (
        widest([line for label in labels for line in wrapped(label, width=140, size=theme.AXIS_SIZE)]) + 2
    )
    each = theme.plot_height(height, x_title=True) / max(len(kinds), 1)
    layers = [
        lines.encode(
            x=x,
            y=y,
            y2="top:Q",
            tooltip=[field("title:N", title=language("Placebo")), field("said:N", title=language("Effect"))],
        ),
        Drawing(event).mark("rule", color=theme.FLOW[flow], strokeWidth=2.6).encode(x=x),
        Drawing(event)
        .mark(
            "text",
            y=-3,
            baseline="bottom",
            color=theme.FLOW[flow],
            fontWeight="bold",
            fontSize=theme.AXIS_SIZE,
            **_anchored(own, reach),
        )
        .encode(
            x=x,
            text="label:N",
        ),
        row_names(labels, width=names_room, row_height=each).encode(x=value(-8), y=y, text="label:N"),
    ]
    return theme.finished(layers, width=width, height=height)


def _anchored(own: float, reach: float) -> dict[str, Any]:
    if abs(own) < 0.8 * reach:
        return {"align": "center"}
    return {"align": "right"} if own > 0 else {"align": "left"}


def statements(
    frame: pd.DataFrame, *, language: Language, width: int | None = None, height: int = 420
) -> Chart:
    """Return each statement as a row: the figure named, the model's answer of that day, and what came.

    frame: label, flow, said, came, median, low, high (persons; NaN where there is none).
    """
    numbers = frame[["said", "came", "median", "low", "high"]].astype(float)
    values = ticks(float(numbers.min().min()), float(numbers.max().max()), count=4)
    x = horizontal(values[0], values[-1], count_axis(values, language, grid=True))
    scale = Frame(len(frame) - 0.5, -0.5, theme.plot_height(height))
    y = field("y:Q", scale=scale.scale, axis=NO_AXIS)
    colours = [theme.FLOW[Flow(flow)] for flow in frame["flow"]]
    rows = numbers.assign(y=np.arange(float(len(frame))), label=frame["label"].to_numpy(), colour=colours)
    asked = rows.dropna(subset=["median"])
    room = min(widest(list(frame["label"])) + 2, STATEMENT_ROOM)
    names = row_names(list(frame["label"]), width=room, row_height=scale.pixels / len(frame))
    spread = Drawing(asked.assign(x=asked["low"])).mark(
        "rule", color=theme.BASELINE, strokeWidth=5, opacity=0.5
    )
    layers: list[Layer] = [
        Drawing(rows).mark("rule", color=theme.GRID, strokeWidth=1).encode(y=y),
        spread.encode(x=x, x2="high:Q", y=y),
        _statement_dots(asked.assign(colour=theme.BASELINE), "median", language, x=x, y=y, size=46),
        _statement_dots(rows.dropna(subset=["came"]), "came", language, x=x, y=y, size=80),
        _statement_dots(rows.assign(colour=theme.MARK), "said", language, x=x, y=y, size=64, shape="diamond"),
        names.encode(x=value(-8), y=field("row:Q", scale=scale.scale), text="label:N"),
        *key_row(
            [
                Key(language("figure named"), theme.MARK, "diamond"),
                Key(language("model's median that day, 80% interval"), theme.BASELINE, "dot"),
                Key(language("came: both ways"), theme.BOTH, "dot"),
                Key(language("came: Koreans to Japan"), theme.KOREANS_TO_JAPAN, "dot"),
            ],
            width=width,
            start=-room,
        ),
    ]
    return theme.finished(layers, width=width, height=height)


def _statement_dots(
    rows: pd.DataFrame, column: str, language: Language, *, x: Encoding, y: Encoding, **style: Any
) -> Layer:
    said = rows.assign(x=rows[column], count=rows[column].map(language.people))
    tooltips = [field("label:N", title=language("Who")), field("count:N", title=language("Persons"))]
    mark = Drawing(said).mark("point", filled=True, opacity=1, stroke=theme.PAPER, strokeWidth=0.8, **style)
    return mark.encode(x=x, y=y, color=colour_of("colour"), tooltip=tooltips)


def with_and_without_calendar(
    frame: pd.DataFrame, *, flow: Flow, language: Language, width: int | None = None, height: int = 260
) -> Chart:
    """Return each month's change on a year earlier as a bar, and the change without the calendar as a ring.

    frame: by month (PeriodIndex) `change` and `without` (shares, NaN where missing).
    """
    rows = frame.rename_axis("month").reset_index().dropna()
    rows["x"] = rows["month"].map(place)
    values = _share_ticks(rows[["change", "without"]])
    scale = Frame(values[0], values[-1], theme.plot_height(height))
    axis = calendar_axis(rows["month"].iloc[0], rows["month"].iloc[-1], language)
    x = horizontal(rows["x"].min() - 0.6, rows["x"].max() + 0.6, axis)
    y = scale.axis(share_axis(values, language, signed=True))
    bars = rows.assign(x=rows["x"] - 0.36, right=rows["x"] + 0.36, y=rows["change"], zero=0.0)
    rings = Drawing(rows.assign(y=rows["without"])).mark(
        "point", filled=True, fill=theme.PAPER, stroke=theme.INK, strokeWidth=1.6, size=44, opacity=1
    )
    zero = Drawing(pd.DataFrame({"y": [0.0]})).mark("rule", color=theme.QUIET_INK, strokeWidth=1)
    said = rows.assign(
        y=rows["change"],
        when=rows["month"].map(language.month),
        plain=_percents(rows["change"], language),
        rest=_percents(rows["without"], language),
    )
    layers = [
        Drawing(bars)
        .mark("bar", color=theme.BAND_80[flow], strokeWidth=0)
        .encode(x=x, x2="right:Q", y=y, y2="zero:Q"),
        zero.encode(y=scale.y),
        rings.encode(x=x, y=y),
        *key_row(
            [
                Key(language("As published"), theme.BAND_80[flow], "band"),
                Key(language("Without the calendar"), theme.INK, "ring"),
            ],
            width=width,
        ),
        hover(
            said,
            x=x,
            y=y,
            tooltips={
                "when": language("Month"),
                "plain": language("As published"),
                "rest": language("Without the calendar"),
            },
        ),
    ]
    return theme.finished(layers, width=width, height=height)


def balance(frame: pd.DataFrame, *, language: Language, width: int | None = None, height: int = 240) -> Chart:
    """Return Koreans to Japan per Japanese to Korea over twelve months, equal numbers as a thin line.

    frame: by month (PeriodIndex) `ratio`, NaN where missing, and `open`, false where closed borders take part.
    """
    rows = frame.rename_axis("month").reset_index()
    rows = rows.assign(x=rows["month"].map(place), y=rows["ratio"])
    first, last = rows["month"].iloc[0], rows["month"].iloc[-1]
    open_months = rows["open"].astype(bool)
    values = ticks(0, rows.loc[open_months, "y"].max(), count=4)
    scale = Frame(0, values[-1], theme.plot_height(height))
    digits = 0 if all(float(value).is_integer() for value in values) else 1
    labels: dict[float, str | list[str]] = {value: language.number(value, digits=digits) for value in values}
    x, y = (
        horizontal(rows["x"].min(), rows["x"].max(), calendar_axis(first, last, language)),
        scale.axis(labelled_axis(labels)),
    )
    clipped = rows.assign(y=rows["y"].clip(upper=values[-1]))
    line = Drawing(clipped.assign(y=clipped["y"].where(open_months), run=(~open_months).cumsum()))
    quiet = Drawing(clipped.assign(y=clipped["y"].where(~open_months)))
    even = Drawing(pd.DataFrame({"y": [1.0]})).mark("rule", color=theme.RULE, strokeWidth=1)
    latest = rows.dropna(subset="y").iloc[-1]
    label = EndLabel(float(latest["y"]), language.number(latest["y"], digits=2), theme.INK, bold=True)
    said = rows.dropna(subset="y")
    said = said.assign(
        y=said["y"].clip(upper=values[-1]),
        when=said["month"].map(language.month),
        said=[language.number(ratio, digits=2) for ratio in said["y"]],
    )
    layers = [
        *pandemic_band(first, last, x=x),
        even.encode(y=scale.y),
        quiet.mark("line", color=theme.OTHER_YEAR, strokeWidth=1.4).encode(x=x, y=y),
        line.mark("line", color=theme.INK, strokeWidth=2).encode(x=x, y=y, detail="run:N"),
        *end_labels([label], at=float(latest["x"]), x=x, frame=scale),
        *pandemic_name(first, last, language, x=x),
        hover(
            said,
            x=x,
            y=y,
            tooltips={"when": language("Twelve months to"), "said": language("Koreans per Japanese visitor")},
        ),
    ]
    return theme.finished(layers, width=width, height=height)
