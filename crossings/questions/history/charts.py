"""What moved the flows: the timeline with its marks, the path without an event, placebos, calendar and balance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from crossings.drawing.drawing import Chart, Drawing, Encoding, Layer, Marked, colour_of, field, value
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
from crossings.questions.base import Look
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
DASHES = {"solid": theme.SOLID, "dash": theme.DASHED}
SHAPES = {
    "policy": "circle",
    "politics": "square",
    "disaster": "triangle-up",
    "economy": "diamond",
    "health": "cross",
    "transport": "triangle-right",
    "other": "triangle-down",
}


def path_looks(flow: Flow) -> dict[str, Look]:
    """Return how a flow and its path without an event are drawn, by column."""
    return {"visitors": Look(theme.FLOW[flow]), "without": Look(theme.BASELINE, "dash")}


def growth_looks(flow: Flow) -> dict[str, Look]:
    """Return how a flow's growth and that of the mix of other origins are drawn, by column."""
    return {"flow": Look(theme.FLOW[flow]), "mix": Look(theme.BASELINE, "dash")}


def calendar_looks(flow: Flow) -> dict[str, Look]:
    """Return how a change and the change without the calendar are drawn, by column."""
    return {"change": Look(theme.BAND_80[flow]), "without": Look(theme.INK)}


RATIO_LOOK = Look(theme.INK)


def _line(rows: pd.DataFrame, look: Look, *, size: float) -> Marked:
    """Return rows as a line in the colour and the dashes of a look. size: pixels."""
    dash = {} if look.dash == "solid" else {"strokeDash": DASHES[look.dash]}
    return Drawing(rows).mark("line", color=look.colour, strokeWidth=size, **dash)


def _line_key(name: str, look: Look) -> Key:
    return Key(name, look.colour, "line" if look.dash == "solid" else "dashed")


@dataclass(frozen=True)
class Lanes:
    """The lanes of marks below a picture of visitors.

    names: by category, from top to bottom. middles: where each lane stands on the scale of visitors, below
    nought. foot: where the lowest ends. visitors_per_pixel: of that scale.
    """

    names: Mapping[str, str]
    middles: Mapping[str, float]
    foot: float
    visitors_per_pixel: float

    @classmethod
    def below(cls, marks: pd.DataFrame, names: Mapping[str, str], *, top: float, pixels: float) -> "Lanes":
        """Return lanes as deep as their rows of marks need. top: visitors at the head of a picture so many pixels high."""
        depths = [_depth(marks, category) for category in names]
        visitors_per_pixel = top / (pixels - LANE_GAP - sum(depths))
        heads = [LANE_GAP + sum(depths[:place]) for place in range(len(depths) + 1)]
        middles = [
            -visitors_per_pixel * (head + depth / 2) for head, depth in zip(heads, depths, strict=False)
        ]
        return cls(
            names,
            dict(zip(names, middles, strict=True)),
            -visitors_per_pixel * heads[-1],
            visitors_per_pixel,
        )


def timeline(
    visitors: Mapping[Flow, pd.DataFrame],
    marks: pd.DataFrame,
    *,
    names: Mapping[str, str],
    language: Language,
    chosen: str | None = None,
    selectable: bool = False,
    width: int | None = None,
    height: int = 500,
) -> Chart:
    """Return both directions by month, and below them the marks in lanes by kind.

    visitors: by direction month (Period), visitors, status. marks: key, month (Period), category, title, day (text).
    names: category to its translated name, the lanes from top to bottom. chosen: the key of the mark shown large.
    selectable: whether a click on a mark selects it (parameter `mark`, field `key`).
    """
    rows = {flow: _visitors(frame) for flow, frame in visitors.items()}
    span = (
        min(frame["month"].min() for frame in rows.values()),
        max(frame["month"].max() for frame in rows.values()),
    )
    values = ticks(0, max(frame["y"].max() for frame in rows.values()), count=4)
    pixels = theme.plot_height(height)
    apart = (span[1] - span[0]).n / ((width or TIMELINE_WIDTH) - LABELS_ROOM) * MARK_WIDTH
    marks = _in_rows(marks, months_apart=apart)
    lanes = Lanes.below(marks, names, top=values[-1], pixels=pixels)
    scale = Frame(lanes.foot, values[-1], pixels)
    x = horizontal(place(span[0]), place(span[1]), calendar_axis(*span, language))
    y = scale.axis(_lane_axis(values, lanes, language))
    layers = [
        *pandemic_band(*span, x=x),
        *_lane_rules(lanes, y=y),
        *_chosen_rule(marks, chosen, x=x),
        *_flow_lines(rows, language, x=x, y=y, scale=scale, span=span),
        *_mark_points(marks, lanes, chosen, language, x=x, y=y),
        *_flow_keys(language, width),
    ]
    return theme.finished(layers, width=width, height=height, params=_clicks() if selectable else None)


def _visitors(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(x=frame["month"].map(place), y=frame["visitors"])


def _clicks() -> list[dict[str, Any]]:
    click = {"type": "point", "fields": ["key"], "on": "click", "toggle": False}
    return [{"name": SELECTION, "select": click, "views": [POINTS]}]


def _flow_lines(
    rows: Mapping[Flow, pd.DataFrame],
    language: Language,
    *,
    x: Encoding,
    y: Encoding,
    scale: Frame,
    span: tuple[pd.Period, pd.Period],
) -> list[Layer]:
    """Return both directions with their labels, the name of the pandemic months, and what a pointer reads."""
    ends = [_end(flow, frame, language) for flow, frame in rows.items()]
    lines = [status_line(rows[flow], colour=theme.FLOW[flow], x=x, y=y, size=1.6) for flow in DIRECTIONS]
    return [
        *(layer for line in lines for layer in line),
        *end_labels(ends, at=place(span[1]), x=x, frame=scale),
        *pandemic_name(*span, language, x=x),
        *(_flow_hover(rows[flow], language, x=x, y=y) for flow in DIRECTIONS),
    ]


def _flow_keys(language: Language, width: int | None) -> list[Layer]:
    entries = [
        Key(language("Koreans to Japan"), theme.KOREANS_TO_JAPAN, "line"),
        Key(language("Japanese to Korea"), theme.JAPANESE_TO_KOREA, "line"),
    ]
    return key_row(entries, width=width)


def _in_rows(marks: pd.DataFrame, *, months_apart: float) -> pd.DataFrame:
    """Return the marks with `row`, the first row of their lane in which they stand clear of the mark before."""
    ends_by_lane: dict[str, list[float]] = {}
    rows = []
    for category, month in zip(marks["category"], marks["month"], strict=True):
        ends, at = ends_by_lane.setdefault(category, []), place(month)
        free = [row for row, end in enumerate(ends) if at - end >= months_apart]
        row = free[0] if free else len(ends) if len(ends) < MOST_ROWS else int(np.argmin(ends))
        ends[row : row + 1] = [at]
        rows.append(row)
    return marks.assign(row=rows)


def _depth(marks: pd.DataFrame, category: str) -> float:
    rows = marks.loc[marks["category"] == category, "row"]
    return LANE_PIXELS + ROW_PIXELS * float(rows.max() if len(rows) else 0)


def _end(flow: Flow, rows: pd.DataFrame, language: Language) -> EndLabel:
    latest = float(rows["y"].dropna().iloc[-1])
    return EndLabel(latest, short_count(latest, language), theme.FLOW[flow], bold=True)


def _lane_axis(values: Sequence[float], lanes: Lanes, language: Language) -> dict[str, Any]:
    counts: dict[float, str | list[str]] = dict(zip(values, count_labels(values, language), strict=True))
    names: dict[float, str | list[str]] = {at: lanes.names[name] for name, at in lanes.middles.items()}
    labels = {round(at, 6): label for at, label in (counts | names).items()}
    return labelled_axis(
        labels,
        labelOverlap=False,
        tickCount=len(labels),  # Vega drops every second value where it thinks them too many for the height
        gridColor={"condition": {"test": "datum.value >= 0", "value": theme.GRID}, "value": theme.PAPER},
    )


def _lane_rules(lanes: Lanes, *, y: Encoding) -> list[Layer]:
    if not lanes.middles:
        return []
    rows = pd.DataFrame({"y": list(lanes.middles.values())})
    rule = Drawing(rows).mark("rule", color=theme.GRID, strokeWidth=1, strokeDash=[1, 3])
    return [rule.encode(y=y)]


def _chosen_rule(marks: pd.DataFrame, chosen: str | None, *, x: Encoding) -> list[Layer]:
    row = marks[marks["key"] == chosen]
    if row.empty:
        return []
    rows = pd.DataFrame({"x": row["month"].map(place)})
    return [Drawing(rows).mark("rule", color=theme.INK, strokeWidth=1.2).encode(x=x)]


def _mark_points(
    marks: pd.DataFrame, lanes: Lanes, chosen: str | None, language: Language, *, x: Encoding, y: Encoding
) -> list[Layer]:
    """Return the marks in the rows of their lanes, the chosen one large and on top."""
    shown = marks[marks["category"].isin(list(lanes.middles))]
    if shown.empty:
        return []
    rows = _placed(shown, lanes, chosen).sort_values("size", kind="stable")
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
        description=field("description:N"),
        tooltip=[field("day:N", title=language("Date")), field("title:N", title=language("Event"))],
    )
    return [drawn]


def _placed(marks: pd.DataFrame, lanes: Lanes, chosen: str | None) -> pd.DataFrame:
    from_middle = lanes.visitors_per_pixel * ROW_PIXELS * marks["row"].map(dict(enumerate(FROM_MIDDLE)))
    return marks.assign(
        x=marks["month"].map(place),
        y=marks["category"].map(lanes.middles) - from_middle,
        shape=marks["category"].map(SHAPES),
        description=marks["day"] + " · " + marks["title"],
        size=[CHOSEN_SIZE if key == chosen else MARK_SIZE for key in marks["key"]],
        ink=[theme.MARK if key == chosen else theme.QUIET_INK for key in marks["key"]],
    )


def _flow_hover(rows: pd.DataFrame, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    known = rows.dropna(subset="y")
    known = known.assign(when=known["month"].map(language.month), count=known["y"].map(language.people))
    return hover(known, x=x, y=y, tooltips={"when": language("Month"), "count": language("Visitors")})


def without_event(
    frame: pd.DataFrame, *, flow: Flow, language: Language, width: int | None = None, height: int = 340
) -> Chart:
    """Return a flow by month and, over the event's months, the path it would have taken without it.

    frame: month (Period), visitors, without, low, high (persons, NaN outside the event's months).
    """
    looks = path_looks(flow)
    rows = _by_month(frame)
    values = ticks(0, max(rows[["visitors", "high"]].max()), count=max(3, round(height / 62)))
    x = _months_axis(rows, language)
    labels: dict[float, str | list[str]] = dict(zip(values, count_labels(values, language), strict=True))
    y = Frame(0, values[-1], theme.plot_height(height)).axis(labelled_axis(labels))
    published = rows.dropna(subset=["visitors"])
    layers = [
        *_path_without(rows.dropna(subset=["without"]), looks["without"], x=x, y=y),
        _line(published.assign(y=published["visitors"]), looks["visitors"], size=2.4).encode(x=x, y=y),
        *key_row(
            [
                _line_key(language("Published"), looks["visitors"]),
                _line_key(language("Estimated without the event"), looks["without"]),
                Key(language("95% confidence interval of the effect"), theme.BASELINE_BAND, "band"),
            ],
            width=width,
        ),
        _without_hover(rows, language, x=x, y=y),
    ]
    return theme.finished(layers, width=width, height=height)


def _by_month(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows by month, each with its place `x` on an axis of months."""
    return frame.sort_values("month").reset_index(drop=True).assign(x=lambda rows: rows["month"].map(place))


def _months_axis(rows: pd.DataFrame, language: Language, *, margin: float = 0.0) -> Encoding:
    """Return the horizontal axis over the months of some rows. margin: months left free at either end."""
    axis = calendar_axis(rows["month"].iloc[0], rows["month"].iloc[-1], language)
    return horizontal(rows["x"].min() - margin, rows["x"].max() + margin, axis)


def _path_without(event: pd.DataFrame, look: Look, *, x: Encoding, y: Encoding) -> list[Layer]:
    """Return the path without an event over its months, dashed with points, on its interval."""
    band = event.assign(y=event["low"], top=event["high"], x=event["x"] - 0.5, right=event["x"] + 0.5)
    path = event.assign(y=event["without"])
    points = Drawing(path).mark("point", filled=True, color=look.colour, size=26, opacity=1)
    shade = Drawing(band).mark("rect", color=theme.BASELINE_BAND)
    return [
        shade.encode(x=x, x2="right:Q", y=y, y2="top:Q"),
        _line(path, look, size=2.2).encode(x=x, y=y),
        points.encode(x=x, y=y),
    ]


def _without_hover(rows: pd.DataFrame, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    shown = rows.dropna(subset=["visitors"])
    path = [
        "–"
        if pd.isna(middle)
        else language(
            "{label} ({value})",
            label=language.people(middle),
            value=language.people_range(low, high, digits=2),
        )
        for middle, low, high in zip(shown["without"], shown["low"], shown["high"], strict=True)
    ]
    texts = shown.assign(
        y=shown["visitors"],
        when=shown["month"].map(language.month),
        count=shown["visitors"].map(language.people),
        path=path,
    )
    tooltips = {
        "when": language("Month"),
        "count": language("Visitors"),
        "path": language("Estimated without the event"),
    }
    return hover(texts, x=x, y=y, tooltips=tooltips)


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

    frame: month (Period), flow and mix (shares). event: its first and last month, shaded.
    """
    looks = growth_looks(flow)
    names = {"flow": language("This direction"), "mix": language("Weighted mix of other markets")}
    rows = _by_month(frame)
    values = _share_ticks(rows[["flow", "mix"]])
    scale = Frame(values[0], values[-1], theme.plot_height(height))
    x = _months_axis(rows, language)
    y = scale.axis(share_axis(values, language, signed=True))
    shade = pd.DataFrame({"x": [place(event[0]) - 0.5], "right": [place(event[1]) + 0.5]})
    layers = [
        Drawing(shade).mark("rect", color=theme.PANDEMIC, clip=True).encode(x=x, x2="right:Q"),
        _nought(scale),
        *(
            _line(rows.assign(y=rows[name]), looks[name], size=2.2).encode(x=x, y=y)
            for name in ("mix", "flow")
        ),
        *key_row([_line_key(names[name], looks[name]) for name in names], width=width),
        *(_growth_hover(rows, name, names[name], language, x=x, y=y) for name in names),
    ]
    return theme.finished(layers, width=width, height=height)


def _nought(scale: Frame) -> Layer:
    """Return the line at nought."""
    nought = Drawing(pd.DataFrame({"y": [0.0]})).mark("rule", color=theme.QUIET_INK, strokeWidth=1)
    return nought.encode(y=scale.y)


def _growth_hover(
    rows: pd.DataFrame, name: str, heading: str, language: Language, *, x: Encoding, y: Encoding
) -> Layer:
    texts = rows.assign(
        y=rows[name], when=rows["month"].map(language.month), change=_percents(rows[name], language)
    )
    return hover(texts, x=x, y=y, tooltips={"when": language("Month"), "change": heading})


def _share_ticks(shares: pd.DataFrame) -> list[float]:
    return ticks(min(0.0, float(shares.min().min())), max(0.0, float(shares.max().max())), count=4)


def _percents(shares: pd.Series, language: Language) -> list[str]:
    return [language.percent(share, signed=True) for share in shares]


def placebos(
    frame: pd.DataFrame,
    *,
    own: float,
    names: Mapping[str, str],
    flow: Flow,
    language: Language,
    width: int | None = None,
    height: int = 190,
) -> Chart:
    """Return every placebo as a thin line by its strength, one row a kind, and the event's own strength.

    frame: kind, strength (effect over its standard error), effect (share), placebo (its name). names: kind to its
    translated name, from top to bottom. own: the event's strength.
    """
    kinds = [kind for kind in names if (frame["kind"] == kind).any()]
    labels = [names[kind] for kind in kinds]
    reach = max(frame["strength"].abs().max(), abs(own), 2.5) * 1.08
    x = horizontal(-reach, reach, _strength_axis(reach, language))
    scale = {"domain": [-0.5, len(kinds) - 0.5], "reverse": True, "nice": False, "zero": False}
    y = field("row:Q", scale=scale, axis=NO_AXIS)
    lines = [line for label in labels for line in wrapped(label, width=140, size=theme.AXIS_SIZE)]
    each = theme.plot_height(height, x_title=True) / max(len(kinds), 1)
    row_labels = row_names(labels, width=widest(lines) + 2, row_height=each)
    layers = [
        _placebo_lines(frame, kinds, language, x=x, y=y),
        *_own_strength(own, reach, theme.FLOW[flow], language, x=x),
        row_labels.encode(x=value(-8), y=y, text="label:N"),
    ]
    return theme.finished(layers, width=width, height=height)


def _strength_axis(reach: float, language: Language) -> dict[str, Any]:
    values = [tick for tick in ticks(-reach, reach, count=6) if abs(tick) <= reach]
    labels: dict[float, str | list[str]] = {
        tick: language.number(tick, digits=0).replace("-", "−") for tick in values
    }
    return labelled_axis(labels, grid=True, title=language("Effect in standard errors"))


def _placebo_lines(
    frame: pd.DataFrame, kinds: Sequence[str], language: Language, *, x: Encoding, y: Encoding
) -> Layer:
    shown = frame[frame["kind"].isin(kinds)]
    middle = np.array([float(kinds.index(kind)) for kind in shown["kind"]])
    rows = shown.assign(
        x=shown["strength"],
        top=middle - 0.28,
        row=middle + 0.28,
        percent=_percents(shown["effect"], language),
    )
    tooltips = [
        field("placebo:N", title=language("Placebo test")),
        field("percent:N", title=language("Effect")),
    ]
    lines = Drawing(rows).mark("rule", color=theme.NAMED_YEAR, strokeWidth=1.6, opacity=0.45)
    return lines.encode(x=x, y=y, y2="top:Q", tooltip=tooltips)


def _own_strength(own: float, reach: float, colour: str, language: Language, *, x: Encoding) -> list[Layer]:
    """Return the event's own strength as a line through all rows, named above it."""
    event = Drawing(pd.DataFrame({"x": [own], "label": [language("The event")]}))
    name = event.mark(
        "text",
        y=-3,
        baseline="bottom",
        color=colour,
        fontWeight="bold",
        fontSize=theme.AXIS_SIZE,
        **_anchored(own, reach),
    )
    return [
        event.mark("rule", color=colour, strokeWidth=2.6).encode(x=x),
        name.encode(x=x, text="label:N"),
    ]


def _anchored(own: float, reach: float) -> dict[str, Any]:
    if abs(own) < 0.8 * reach:
        return {"align": "center"}
    return {"align": "right"} if own > 0 else {"align": "left"}


def statements(
    frame: pd.DataFrame, *, language: Language, width: int | None = None, height: int = 420
) -> Chart:
    """Return each statement as a row: the figure named, the model's answer of that day, and the outcome.

    frame: label, flow, persons (named), outcome, median, low, high (persons; NaN where there is none).
    """
    numbers = frame[["persons", "outcome", "median", "low", "high"]].astype(float)
    values = ticks(float(numbers.min().min()), float(numbers.max().max()), count=4)
    x = horizontal(values[0], values[-1], count_axis(values, language, grid=True))
    scale = Frame(len(frame) - 0.5, -0.5, theme.plot_height(height))
    y = field("y:Q", scale=scale.scale, axis=NO_AXIS)
    colours = [theme.FLOW[Flow(flow)] for flow in frame["flow"]]
    rows = numbers.assign(y=np.arange(float(len(frame))), label=frame["label"].to_numpy(), colour=colours)
    room = min(widest(list(frame["label"])) + 2, STATEMENT_ROOM)
    names = row_names(list(frame["label"]), width=room, row_height=scale.pixels / len(frame))
    layers: list[Layer] = [
        Drawing(rows).mark("rule", color=theme.GRID, strokeWidth=1).encode(y=y),
        *_statement_marks(rows, language, x=x, y=y),
        names.encode(x=value(-8), y=field("row:Q", scale=scale.scale), text="label:N"),
        *key_row(_statement_keys(language), width=width, start=-room),
    ]
    return theme.finished(layers, width=width, height=height)


def _statement_marks(rows: pd.DataFrame, language: Language, *, x: Encoding, y: Encoding) -> list[Layer]:
    """Return the model's interval and median, the outcome and, on top, the figure named."""
    model = rows.dropna(subset=["median"]).assign(colour=theme.BASELINE)
    outcome = rows.dropna(subset=["outcome"])
    interval = Drawing(model.assign(x=model["low"])).mark(
        "rule", color=theme.BASELINE, strokeWidth=5, opacity=0.5
    )
    named = rows.assign(colour=theme.MARK)
    return [
        interval.encode(x=x, x2="high:Q", y=y),
        _statement_dots(model, "median", language, x=x, y=y, size=46),
        _statement_dots(outcome, "outcome", language, x=x, y=y, size=80),
        _statement_dots(named, "persons", language, x=x, y=y, size=64, shape="diamond"),
    ]


def _statement_keys(language: Language) -> list[Key]:
    return [
        Key(language("stated figure"), theme.MARK, "diamond"),
        Key(language("model forecast at the time, 80% prediction interval"), theme.BASELINE, "dot"),
        Key(language("outcome: both directions"), theme.BOTH, "dot"),
        Key(language("outcome: Koreans to Japan"), theme.KOREANS_TO_JAPAN, "dot"),
    ]


def _statement_dots(
    rows: pd.DataFrame, column: str, language: Language, *, x: Encoding, y: Encoding, **style: Any
) -> Layer:
    texts = rows.assign(x=rows[column], count=rows[column].map(language.people))
    tooltips = [field("label:N", title=language("Who")), field("count:N", title=language("Persons"))]
    mark = Drawing(texts).mark("point", filled=True, opacity=1, stroke=theme.PAPER, strokeWidth=0.8, **style)
    return mark.encode(x=x, y=y, color=colour_of("colour"), tooltip=tooltips)


def with_and_without_calendar(
    frame: pd.DataFrame, *, flow: Flow, language: Language, width: int | None = None, height: int = 260
) -> Chart:
    """Return each month's change on a year earlier as a bar, and the change without the calendar as a ring.

    frame: month (Period), change and without (shares).
    """
    looks = calendar_looks(flow)
    names = {"change": language("As published"), "without": language("Without the calendar effect")}
    rows = _by_month(frame)
    values = _share_ticks(rows[["change", "without"]])
    scale = Frame(values[0], values[-1], theme.plot_height(height))
    x = _months_axis(rows, language, margin=0.6)
    y = scale.axis(share_axis(values, language, signed=True))
    keys = [
        Key(names["change"], looks["change"].colour, "band"),
        Key(names["without"], looks["without"].colour, "ring"),
    ]
    layers = [
        _change_bars(rows, looks["change"], x=x, y=y),
        _nought(scale),
        _change_rings(rows, looks["without"], x=x, y=y),
        *key_row(keys, width=width),
        _change_hover(rows, names, language, x=x, y=y),
    ]
    return theme.finished(layers, width=width, height=height)


def _change_bars(rows: pd.DataFrame, look: Look, *, x: Encoding, y: Encoding) -> Layer:
    edges = rows.assign(x=rows["x"] - 0.36, right=rows["x"] + 0.36, y=rows["change"], nought=0.0)
    bars = Drawing(edges).mark("bar", color=look.colour, strokeWidth=0)
    return bars.encode(x=x, x2="right:Q", y=y, y2="nought:Q")


def _change_rings(rows: pd.DataFrame, look: Look, *, x: Encoding, y: Encoding) -> Layer:
    rings = Drawing(rows.assign(y=rows["without"])).mark(
        "point", filled=True, fill=theme.PAPER, stroke=look.colour, strokeWidth=1.6, size=44, opacity=1
    )
    return rings.encode(x=x, y=y)


def _change_hover(
    rows: pd.DataFrame, names: Mapping[str, str], language: Language, *, x: Encoding, y: Encoding
) -> Layer:
    texts = rows.assign(
        y=rows["change"],
        when=rows["month"].map(language.month),
        published=_percents(rows["change"], language),
        rest=_percents(rows["without"], language),
    )
    tooltips = {"when": language("Month"), "published": names["change"], "rest": names["without"]}
    return hover(texts, x=x, y=y, tooltips=tooltips)


def balance(frame: pd.DataFrame, *, language: Language, width: int | None = None, height: int = 240) -> Chart:
    """Return Koreans to Japan per Japanese to Korea over twelve months, equal numbers as a thin line.

    frame: month (Period), ratio, NaN where missing, and open, false where closed borders take part.
    """
    rows = _by_month(frame).assign(y=lambda months: months["ratio"])
    open_months = rows["open"].astype(bool)
    values = ticks(0, rows.loc[open_months, "y"].max(), count=4)
    scale = Frame(0, values[-1], theme.plot_height(height))
    x, y = _months_axis(rows, language), scale.axis(_ratio_axis(values, language))
    span = rows["month"].iloc[0], rows["month"].iloc[-1]
    latest = rows.dropna(subset="y").iloc[-1]
    label = EndLabel(float(latest["y"]), language.number(latest["y"], digits=2), RATIO_LOOK.colour, bold=True)
    even = Drawing(pd.DataFrame({"y": [1.0]})).mark("rule", color=theme.RULE, strokeWidth=1)
    layers = [
        *pandemic_band(*span, x=x),
        even.encode(y=scale.y),
        *_ratio_lines(rows.assign(y=rows["y"].clip(upper=values[-1])), open_months, x=x, y=y),
        *end_labels([label], at=float(latest["x"]), x=x, frame=scale),
        *pandemic_name(*span, language, x=x),
        _ratio_hover(rows, values[-1], language, x=x, y=y),
    ]
    return theme.finished(layers, width=width, height=height)


def _ratio_axis(values: Sequence[float], language: Language) -> dict[str, Any]:
    digits = 0 if all(float(tick).is_integer() for tick in values) else 1
    labels: dict[float, str | list[str]] = {tick: language.number(tick, digits=digits) for tick in values}
    return labelled_axis(labels)


def _ratio_lines(
    rows: pd.DataFrame, open_months: "pd.Series[bool]", *, x: Encoding, y: Encoding
) -> list[Layer]:
    """Return the ratio as a line, quiet where closed borders take part."""
    quiet = Drawing(rows.assign(y=rows["y"].where(~open_months)))
    line = rows.assign(y=rows["y"].where(open_months), run=(~open_months).cumsum())
    return [
        quiet.mark("line", color=theme.OTHER_YEAR, strokeWidth=1.4).encode(x=x, y=y),
        _line(line, RATIO_LOOK, size=2).encode(x=x, y=y, detail="run:N"),
    ]


def _ratio_hover(rows: pd.DataFrame, top: float, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    known = rows.dropna(subset="y")
    texts = known.assign(
        y=known["y"].clip(upper=top),
        when=known["month"].map(language.month),
        number=[language.number(ratio, digits=2) for ratio in known["y"]],
    )
    tooltips = {"when": language("Twelve months to"), "number": language("Koreans per Japanese visitor")}
    return hover(texts, x=x, y=y, tooltips=tooltips)
