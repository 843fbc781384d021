"""Will the year pass the mark: the fan, the month of passing, the dots and the curve over all marks."""

import math
from collections.abc import Iterable, Mapping
from itertools import chain, compress
from typing import Any

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import (
    NO_AXIS,
    count_axis,
    labelled_axis,
    month_axis,
    share_axis,
    short_count,
    ticks,
    with_unit,
)
from crossings.drawing.drawing import Chart, Drawing, Encoding, Layer, field, value, when
from crossings.drawing.marks import (
    SOFT,
    EndLabel,
    Form,
    Frame,
    Key,
    end_labels,
    haloed,
    horizontal,
    hover,
    key_row,
    mark_line,
    open_points,
    quiet_corner,
    status_line,
)
from crossings.drawing.measure import wrapped
from crossings.language import Language
from crossings.language.labels import status_word
from crossings.language.likelihood import whole_percent, whole_percents
from crossings.questions.base import Band, Look
from crossings.tables.flows import Flow, Status

FORECAST_DOTS = [1, 5]
QUANTILES = ("low_95", "low_80", "median", "high_80", "high_95")
Columns = dict[str, list[Any]]


def looks(flow: Flow) -> dict[str, Look]:
    """Return how the lines of the fan are drawn, by column."""
    return {
        "known": Look(theme.FLOW[flow], width=3.0),
        "estimate": Look(theme.FLOW[flow], "dash", width=3.0),
        "median": Look(theme.FLOW[flow], "round_dot"),
        "last_year": Look(theme.NAMED_YEAR, width=1.5),
        "mark": Look(theme.MARK, "dash", 1.5),
    }


def bands(flow: Flow, language: Language) -> tuple[Band, ...]:
    """Return the bands of the fan, the outer one first."""
    return (
        Band("low_95", "high_95", theme.BAND_95[flow], language("95% prediction interval")),
        Band("low_80", "high_80", theme.BAND_80[flow], language("80% prediction interval")),
    )


def fan(
    frame: pd.DataFrame,
    *,
    flow: Flow,
    language: Language,
    mark: float | None = None,
    median: str = "",
    width: int | None = None,
    height: int = 400,
) -> Chart:
    """Return a year's cumulative visitors: known months, then median and 80 and 95 % bands.

    frame: the twelve months (month, Period) with persons since January: known (NaN ahead), low_95, low_80,
    median, high_80, high_95; where there are such, last_year (the same months a year earlier), outcome (what
    was published later) and status (of known months). median: the year's, as sentences write it; else the number
    of the frame. The picture starts in January and at nil.
    """
    months: dict[str, list[Any]] = {str(name): column.tolist() for name, column in frame.items()}
    months["x"] = [float(month.month) for month in months["month"]]
    count = sum(map(_there, months["known"]))
    starts = {"last_year": 1, "outcome": max(1, count), "known": 1}
    lines = {key: _line(months, key, start) for key, start in starts.items()}
    shown = _closed_on_known(months)
    values = _fan_ticks(shown, lines, mark, height=height)
    scale = Frame(values[0], values[-1], theme.plot_height(height))
    x = horizontal(1, 12, month_axis(range(1, 13), language))
    y, year = scale.axis(count_axis(values, language)), int(months["month"][0].year)
    ahead = _from(shown, max(count, 1))
    layers = [
        *_bands(ahead, flow, language, x=x, y=y),
        *_last_year(lines["last_year"], flow, x=x, y=y),
        *_fan_mark(mark, _reach(shown, lines), language, x=x, scale=scale),
        *_data_end(count, year, language, x=x),
        *status_line(lines["known"], colour=looks(flow)["known"].colour, x=x, y=y, size=3),
        *_median(ahead, count, flow, x=x, y=y),
        *_outcome(lines["outcome"], count, flow, x=x, y=y),
        *end_labels(_fan_labels(shown, count, lines, flow, language, year, median), at=12, x=x, frame=scale),
        *key_row(_fan_key(lines["known"], count, flow, language), width=width),
        _fan_hover(shown, language, x=x, y=y),
    ]
    return theme.finished(layers, width=width, height=height)


def _fan_key(known: Columns, count: int, flow: Flow, language: Language) -> list[Key]:
    """Return what solid, dashed and dotted parts of the year's line are; nothing where it has one kind."""
    statuses, colour = set(known.get("status", ())), looks(flow)["known"].colour
    kinds: list[tuple[bool, str, Form]] = [
        (bool(statuses - set(SOFT)), language("Published"), "line"),
        (bool(statuses & set(SOFT)), soft_name(known.get("status", ()), language), "dashed"),
        (0 < count < 12, language("Central forecast"), "dotted"),
    ]
    entries = [Key(text, colour, form) for there, text, form in kinds if there]
    return entries if len(entries) > 1 else []


def soft_name(statuses: Iterable[object], language: Language) -> str:
    """Return what the months are called that are no published figures: estimates, the user's own, empty for none."""
    said = language.in_a_list(
        [status_word(str(one), language) for one in dict.fromkeys(statuses) if one in SOFT]
    )
    return said[:1].upper() + said[1:]


def _there(value: float) -> bool:
    return not math.isnan(value)


def _from(columns: Columns, first: float) -> Columns:
    """Return the rows from a month on."""
    kept = [x >= first for x in columns["x"]]
    return {name: list(compress(cells, kept)) for name, cells in columns.items()}


def _line(months: Columns, key: str, first: int) -> Columns:
    """Return the points of a line from where the picture starts, with each month's status of what is known."""
    if key not in months:
        return {"x": [], "y": []}
    names = {"x": "x", "y": key} | ({"status": "status"} if key == "known" and "status" in months else {})
    kept = [_there(y) and x >= first for x, y in zip(months["x"], months[key], strict=True)]
    line = {name: list(compress(months[column], kept)) for name, column in names.items()}
    if "status" in line:
        line["status"] = [
            status if isinstance(status, str) else Status.DEFINITIVE.value for status in line["status"]
        ]
    return line


def _closed_on_known(months: Columns) -> Columns:
    """Return the rows with the bands closed on the known figure where the data end."""
    closed = {
        key: [
            known if _there(known) else ahead
            for known, ahead in zip(months["known"], months[key], strict=True)
        ]
        for key in QUANTILES
    }
    return months | closed


def _reach(shown: Columns, lines: Mapping[str, Columns]) -> Columns:
    """Return every point of the lines and of the median."""
    median = {"x": shown["x"], "y": shown["median"]}
    return {name: list(chain(*(line[name] for line in (*lines.values(), median)))) for name in ("x", "y")}


def _fan_ticks(
    shown: Columns,
    lines: Mapping[str, Columns],
    mark: float | None,
    *,
    height: int,
) -> list[float]:
    reach = chain(shown["low_95"], shown["high_95"], *(line["y"] for line in lines.values()))
    ends = [*filter(_there, reach), *([] if mark is None else [mark, mark * 1.02])]
    return ticks(0, max(ends), count=max(3, round(height / 62)))


def _bands(ahead: Columns, flow: Flow, language: Language, *, x: Encoding, y: Encoding) -> list[Layer]:
    if len(ahead["x"]) < 2:
        return []
    layers = []
    for band in bands(flow, language):
        rows = Drawing({"x": ahead["x"], "y": ahead[band.low], "top": ahead[band.high]})
        layers.append(rows.mark("area", color=band.colour, opacity=1).encode(x=x, y=y, y2="top:Q"))
    return layers


def _median(ahead: Columns, known: int, flow: Flow, *, x: Encoding, y: Encoding) -> list[Layer]:
    if len(ahead["x"]) < 2 and known == 12:
        return []
    rows, look = {"x": ahead["x"], "y": ahead["median"]}, looks(flow)["median"]
    return [
        Drawing(rows)
        .mark("line", color=look.colour, strokeWidth=2.2, strokeDash=FORECAST_DOTS)
        .encode(x=x, y=y)
    ]


def _last_year(before: Columns, flow: Flow, *, x: Encoding, y: Encoding) -> list[Layer]:
    if not before["x"]:
        return []
    look = looks(flow)["last_year"]
    return [Drawing(before).mark("line", color=look.colour, strokeWidth=look.width).encode(x=x, y=y)]


def _outcome(after: Columns, known: int, flow: Flow, *, x: Encoding, y: Encoding) -> list[Layer]:
    if not after["x"]:
        return []
    line = Drawing(after).mark("line", color=theme.FLOW[flow], strokeWidth=1.2).encode(x=x, y=y)
    return [line, open_points(_from(after, known + 1), colour=theme.FLOW[flow], x=x, y=y, size=2.2)]


def _fan_mark(
    mark: float | None, lines: Columns, language: Language, *, x: Encoding, scale: Frame
) -> list[Layer]:
    if mark is None:
        return []
    right, below = quiet_corner(lines, mark, scale)
    at = 12.0 if right else min(lines["x"])
    return mark_line(mark, language, x=x, frame=scale, at=at, right=right, below=below)


def _data_end(known: int, year: int, language: Language, *, x: Encoding) -> list[Layer]:
    """Return the thin rule where data end, and its words at the foot."""
    if not 0 < known < 12:
        return []
    month = language.month(pd.Period(year=year, month=known, freq="M"))
    row: Columns = {"x": [float(known)], "label": [language("Data to {month}", month=month)]}
    rule = Drawing(row).mark("rule", color=theme.RULE, strokeWidth=1).encode(x=x)
    text = Drawing(row).mark(
        "text", align="left", baseline="bottom", dx=5, dy=-4, color=theme.QUIET_INK, fontSize=theme.AXIS_SIZE
    )
    return [rule, text.encode(x=x, y=value({"expr": "height"}), text="label:N")]


def _fan_labels(
    shown: Columns,
    known: int,
    lines: Mapping[str, Columns],
    flow: Flow,
    language: Language,
    year: int,
    median: str,
) -> list[EndLabel]:
    end, colour = {name: cells[-1] for name, cells in shown.items()}, theme.FLOW[flow]
    labels = []
    if known == 12:
        total = float(end["known"])
        said = f"{language.year(year)} {with_unit(short_count(total, language), language)}"
        labels.append(EndLabel(total, said, colour, bold=True, rank=0))
    else:
        count = median or short_count(end["median"], language)
        text = language("Central forecast {count}", count=count)
        labels.append(EndLabel(end["median"], text, colour, bold=True, rank=0))
        labels += [
            EndLabel(end["high_80"], language("80% prediction interval"), theme.QUIET_INK, rank=3),
            EndLabel(end["high_95"], language("95% prediction interval"), theme.QUIET_INK, rank=4),
        ]
    for name, text in (("last_year", language.year(year - 1)), ("outcome", language("Outcome"))):
        line = lines[name]
        if line["x"] and line["x"][-1] == 12 and not (name == "outcome" and known == 12):
            total = float(line["y"][-1])
            ink = colour if name == "outcome" else theme.QUIET_INK
            said = f"{text} {with_unit(short_count(total, language), language)}"
            labels.append(EndLabel(total, said, ink, rank=1))
    return labels


def _fan_hover(rows: Columns, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    count = language.people_short
    known = [_there(persons) for persons in rows["known"]]
    texts: Columns = {
        "x": rows["x"],
        "y": rows["median"],
        "when": [language.month(month) for month in rows["month"]],
        "middle": [
            language.people(persons) if sure else count(persons)
            for persons, sure in zip(rows["median"], known, strict=True)
        ],
        "inner": _ranges(rows, "low_80", "high_80", known, language),
        "outer": _ranges(rows, "low_95", "high_95", known, language),
    }
    tooltips = {
        "when": language("Year to date, through"),
        "middle": language("Visitors, year to date (central forecast ahead)"),
        "inner": language("80% prediction interval"),
        "outer": language("95% prediction interval"),
    }
    return hover(texts, x=x, y=y, tooltips=tooltips)


def _ranges(rows: Columns, low: str, high: str, known: list[bool], language: Language) -> list[str]:
    pairs = zip(rows[low], rows[high], known, strict=True)
    return [
        "–" if sure else f"{language.people_short(a)} – {language.people_short(b)}" for a, b, sure in pairs
    ]


def bar_labels(shares: list[float]) -> list[str]:
    """Return shares of a whole as whole per cents that add up; a share that is not nil but shows as it is <1."""
    shown = zip(shares, whole_percents(shares), strict=True)
    return ["<1" if share > 0 and percent == 0 else str(percent) for share, percent in shown]


def month_passed(
    frame: pd.DataFrame,
    *,
    flow: Flow,
    language: Language,
    width: int | None = None,
    height: int = 240,
) -> Chart:
    """Return the months of a year as bars of how many in 100 simulated years pass in each, then those that do not.

    frame: month (Period, missing in the last row: not in the year), when (its name), share (of simulated years).
    """
    months, values = list(frame["month"])[:-1], list(frame["share"])
    names: dict[float, str | list[str]] = {
        float(position): language.month_short(month.month) for position, month in enumerate(months)
    }
    never = str(frame["when"].iloc[-1])
    names[len(months) + 0.4] = wrapped(never, width=64, size=theme.AXIS_SIZE)
    rows: Columns = {
        "x": list(names),
        "y": values,
        "label": bar_labels(values),
        "never": [False] * len(months) + [True],
        "when": list(frame["when"]),
    }
    ends = {
        "x": [x - 0.36 for x in names],
        "right": [x + 0.36 for x in names],
        "zero": [0.0] * len(names),
    }
    scale = Frame(0, max(max(values) * 1.12, 0.02), theme.plot_height(height))
    x = horizontal(-0.5, len(months) + 1.0, labelled_axis(names, labelOverlap=False))
    y = scale.axis(NO_AXIS)
    bars = (
        Drawing(rows | ends)
        .mark("bar", strokeWidth=1)
        .encode(
            x=x,
            x2="right:Q",
            y=y,
            y2="zero:Q",
            color=when("datum.never", theme.OTHER_YEAR, theme.FLOW[flow]),
            tooltip=[
                field("when:N", title=language("Reached in")),
                field("label:N", title=language("Probability")),
            ],
        )
    )
    base = Drawing({"y": [0.0]}).mark("rule", color=theme.RULE).encode(y=y)
    text = (
        Drawing(rows)
        .mark("text", baseline="bottom", dy=-3, fontWeight="bold")
        .encode(
            x=x,
            y=y,
            text="label:N",
            color=when("datum.y > 0", theme.INK, theme.BASELINE),
        )
    )
    return theme.finished([bars, base, text], width=width, height=height)


def dots(
    percent: float,
    *,
    flow: Flow,
    language: Language,
    columns: int = 20,
    width: int | None = None,
    height: int | None = None,
) -> Chart:
    """Return a hundred dots, as many filled as years in 100 pass the mark; open ones for the rest.

    Without width and height the dots have a fixed size, 15 pixels each.
    """
    lines = -(-100 // columns)
    rows: Columns = {
        "x": [dot % columns for dot in range(100)],
        "y": [lines - 1 - dot // columns for dot in range(100)],
        "filled": [dot < int(percent) for dot in range(100)],
        "chance": [whole_percent(percent, language)] * 100,
    }
    pitch = min((width or 15 * columns + 10) / columns, (height or 15 * lines + 10) / lines, 24)
    x = horizontal(-0.5, columns - 0.5, NO_AXIS)
    y = Frame(-0.5, lines - 0.5, 15 * lines).axis(NO_AXIS)
    points = Drawing(rows).mark(
        "point", aria=False, filled=True, strokeWidth=1.3, size=(pitch * 0.62) ** 2 * 0.785, opacity=1
    )
    colour = theme.FLOW[flow]
    shown = points.encode(
        x=x,
        y=y,
        stroke=when("datum.filled", colour, theme.RULE),
        fill=when("datum.filled", colour, theme.PAPER),
        tooltip=[field("chance:N", title=language("Probability"))],
    )
    box = (round(pitch * columns) + 10, round(pitch * lines) + 10)
    return theme.finished([shown], width=box[0], height=box[1])


def probability_curve(
    frame: pd.DataFrame,
    *,
    flow: Flow,
    mark: float,
    language: Language,
    median: float | None = None,
    interval_80: tuple[float, float] | None = None,
    percent: float | None = None,
    width: int | None = None,
    height: int = 280,
) -> Chart:
    """Return the probability of passing each mark, the chosen mark named with its probability.

    frame: mark (persons) and probability (0 to 1) of passing it. interval_80 and median: of the annual total.
    percent: the mark's probability as the page says it, where that differs from the curve's own.
    """
    marks, shares = ([float(cell) for cell in frame[name]] for name in ("mark", "probability"))
    open_part = [at for at, share in zip(marks, shares, strict=True) if 0.002 <= share <= 0.998]
    reach = [mark, *open_part, *([] if median is None else [median])]
    values = ticks(min(reach) - 1e5, max(reach) + 1e5, count=5)
    kept = [values[0] <= at <= values[-1] for at in marks]
    rows: Columns = {"x": list(compress(marks, kept)), "y": list(compress(shares, kept))}
    scale = Frame(0, 1, theme.plot_height(height))
    x = horizontal(
        values[0], values[-1], count_axis(values, language, labelOverlap="parity", labelSeparation=6)
    )
    y = scale.axis(share_axis([0, 0.25, 0.5, 0.75, 1], language))
    chance = min(zip(marks, shares, strict=True), key=lambda pair: abs(pair[0] - mark))[1]
    label = whole_percent(100 * chance if percent is None else percent, language)
    point: Columns = {"x": [mark], "y": [chance], "label": [label]}
    middle = (values[0] + values[-1]) / 2
    layers = [] if interval_80 is None else _interval(interval_80, language, x=x)
    layers += [
        Drawing(rows).mark("line", color=theme.FLOW[flow], strokeWidth=2.5).encode(x=x, y=y),
        Drawing(point)
        .mark("rule", color=theme.MARK, strokeDash=theme.MARK_DASH, strokeWidth=1.5)
        .encode(x=x),
        Drawing(point)
        .mark("point", filled=True, fill=theme.PAPER, stroke=theme.MARK, size=55, opacity=1)
        .encode(x=x, y=y),
        *haloed(
            point,
            x=x,
            y=scale.y,
            color=theme.MARK,
            fontWeight="bold",
            align="left" if mark < middle else "right",
            dx=9 if mark < middle else -9,
            dy=-9 if chance < 0.9 else 12,
        ),
        _curve_hover(rows, language, x=x, y=y),
    ]
    return theme.finished(layers, width=width, height=height)


def _curve_hover(rows: Columns, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    named = rows | {
        "passed": [language.mark(at) for at in rows["x"]],
        "chance": [language.percent(share, digits=0) for share in rows["y"]],
    }
    threshold = language.pgettext("any number", "Threshold")
    return hover(named, x=x, y=y, tooltips={"passed": threshold, "chance": language("Probability")})


def _interval(interval: tuple[float, float], language: Language, *, x: Encoding) -> list[Layer]:
    row: Columns = {"x": [interval[0]], "end": [interval[1]], "label": [language("80% prediction interval")]}
    band = Drawing(row).mark("rect", color=theme.PANDEMIC).encode(x=x, x2="end:Q")
    name = Drawing(row | {"x": [sum(interval) / 2]}).mark(
        "text", y=-4, baseline="bottom", color=theme.QUIET_INK, fontSize=theme.AXIS_SIZE - 1
    )
    return [band, name.encode(x=x, text="label:N")]
