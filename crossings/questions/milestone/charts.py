"""Will the year pass the mark: the fan, the month of passing, the dots and the curve over all marks."""

from collections.abc import Mapping

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
)
from crossings.drawing.drawing import Chart, Drawing, Encoding, Layer, field, value, when
from crossings.drawing.marks import (
    EndLabel,
    Frame,
    end_labels,
    haloed,
    horizontal,
    hover,
    mark_line,
    open_points,
    quiet_corner,
    status_line,
)
from crossings.drawing.measure import wrapped
from crossings.language import Language
from crossings.language.likelihood import whole_percent, whole_percents
from crossings.questions.base import Band, Look
from crossings.tables.flows import Flow, Status

MONTHS_BEFORE = 4


def looks(flow: Flow) -> dict[str, Look]:
    """Return how the lines of the fan are drawn, by column."""
    return {
        "known": Look(theme.FLOW[flow], width=3.0),
        "median": Look(theme.FLOW[flow], "dash"),
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
    was published later) and status (of known months). The picture starts a few months before the data end, and
    its scale where those months start. median: the year's, as sentences write it; else the number of the frame.
    """
    frame = frame.assign(x=[float(month.month) for month in frame["month"]])
    count = int(frame["known"].notna().sum())
    first = max(1, count - MONTHS_BEFORE) if count < 12 else 1
    lines = _fan_lines(frame, first, count)
    shown = _closed_on_known(frame[frame["x"] >= first])
    values = _fan_ticks(shown, lines, mark, height=height, from_zero=first == 1)
    scale = Frame(values[0], values[-1], theme.plot_height(height))
    x = horizontal(first, 12, month_axis(range(first, 13), language))
    y, year = scale.axis(count_axis(values, language)), int(frame["month"].iloc[0].year)
    ahead = shown[shown["x"] >= max(count, 1)]
    reach = pd.concat([*lines.values(), shown.assign(y=shown["median"])])
    layers = [
        *_bands(ahead, flow, language, x=x, y=y),
        *_last_year(lines["last_year"], flow, x=x, y=y),
        *_fan_mark(mark, reach, language, x=x, scale=scale),
        *_data_end(count, year, language, x=x),
        *status_line(lines["known"], colour=looks(flow)["known"].colour, x=x, y=y, size=3),
        *_median(ahead, count, flow, x=x, y=y),
        *_outcome(lines["outcome"], count, flow, x=x, y=y),
        *end_labels(_fan_labels(shown, count, lines, flow, language, year, median), at=12, x=x, frame=scale),
        _fan_hover(shown, language, x=x, y=y),
    ]
    return theme.finished(layers, width=width, height=height)


def _fan_lines(frame: pd.DataFrame, first: int, known: int) -> dict[str, pd.DataFrame]:
    """Return the known line and those of last year and of what came, each from where the picture starts."""
    return {
        key: _line(frame, key, start)
        for key, start in (("last_year", first), ("outcome", max(first, known)), ("known", first))
    }


def _line(frame: pd.DataFrame, key: str, first: int) -> pd.DataFrame:
    if key not in frame:
        return pd.DataFrame({"x": pd.Series(dtype=float), "y": pd.Series(dtype=float)})
    line = frame.assign(y=frame[key].astype(float))
    columns = ["x", "y", *(["status"] if key == "known" and "status" in frame else [])]
    line = line.loc[line["y"].notna() & (line["x"] >= first), columns]
    return line.fillna({"status": Status.DEFINITIVE.value}) if "status" in line else line


def _closed_on_known(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the bands closed on the known figure where the data end."""
    quantiles = ["low_95", "low_80", "median", "high_80", "high_95"]
    return frame.assign(**{key: frame[key].where(frame["known"].isna(), frame["known"]) for key in quantiles})


def _fan_ticks(
    shown: pd.DataFrame,
    lines: Mapping[str, pd.DataFrame],
    mark: float | None,
    *,
    height: int,
    from_zero: bool,
) -> list[float]:
    reach = pd.concat([shown["low_95"], shown["high_95"], *(line["y"] for line in lines.values())])
    ends = [*reach.dropna(), *([] if mark is None else [mark, mark * 1.02])]
    return ticks(0 if from_zero else min(ends), max(ends), count=max(3, round(height / 62)))


def _bands(ahead: pd.DataFrame, flow: Flow, language: Language, *, x: Encoding, y: Encoding) -> list[Layer]:
    if len(ahead) < 2:
        return []
    layers = []
    for band in bands(flow, language):
        rows = Drawing(ahead.assign(y=ahead[band.low], top=ahead[band.high]))
        layers.append(rows.mark("area", color=band.colour, opacity=1).encode(x=x, y=y, y2="top:Q"))
    return layers


def _median(ahead: pd.DataFrame, known: int, flow: Flow, *, x: Encoding, y: Encoding) -> list[Layer]:
    if len(ahead) < 2 and known == 12:
        return []
    rows, look = ahead.assign(y=ahead["median"]), looks(flow)["median"]
    return [
        Drawing(rows).mark("line", color=look.colour, strokeWidth=2, strokeDash=theme.DASHED).encode(x=x, y=y)
    ]


def _last_year(before: pd.DataFrame, flow: Flow, *, x: Encoding, y: Encoding) -> list[Layer]:
    if before.empty:
        return []
    look = looks(flow)["last_year"]
    return [Drawing(before).mark("line", color=look.colour, strokeWidth=look.width).encode(x=x, y=y)]


def _outcome(after: pd.DataFrame, known: int, flow: Flow, *, x: Encoding, y: Encoding) -> list[Layer]:
    if after.empty:
        return []
    line = Drawing(after).mark("line", color=theme.FLOW[flow], strokeWidth=1.2).encode(x=x, y=y)
    return [line, open_points(after[after["x"] > known], colour=theme.FLOW[flow], x=x, y=y, size=2.2)]


def _fan_mark(
    mark: float | None, lines: pd.DataFrame, language: Language, *, x: Encoding, scale: Frame
) -> list[Layer]:
    if mark is None:
        return []
    right, below = quiet_corner(lines, mark, scale)
    at = 12.0 if right else float(lines["x"].min())
    return mark_line(mark, language, x=x, frame=scale, at=at, right=right, below=below)


def _data_end(known: int, year: int, language: Language, *, x: Encoding) -> list[Layer]:
    """Return the thin rule where data end, and its words at the foot."""
    if not 0 < known < 12:
        return []
    month = language.month(pd.Period(year=year, month=known, freq="M"))
    row = pd.DataFrame({"x": [float(known)], "label": [language("Data to {month}", month=month)]})
    rule = Drawing(row).mark("rule", color=theme.RULE, strokeWidth=1).encode(x=x)
    text = Drawing(row).mark(
        "text", align="left", baseline="bottom", dx=5, dy=-4, color=theme.QUIET_INK, fontSize=theme.AXIS_SIZE
    )
    return [rule, text.encode(x=x, y=value({"expr": "height"}), text="label:N")]


def _fan_labels(
    rows: pd.DataFrame,
    known: int,
    lines: Mapping[str, pd.DataFrame],
    flow: Flow,
    language: Language,
    year: int,
    median: str,
) -> list[EndLabel]:
    end, colour = rows.iloc[-1], theme.FLOW[flow]
    labels = []
    if known == 12:
        total = float(end["known"])
        labels.append(EndLabel(total, f"{year} {short_count(total, language)}", colour, bold=True, rank=0))
    else:
        count = median or short_count(end["median"], language)
        text = language("Central forecast {count}", count=count)
        labels.append(EndLabel(end["median"], text, colour, bold=True, rank=0))
        labels += [
            EndLabel(end["high_80"], language.percent(0.8, digits=0), theme.QUIET_INK, rank=3),
            EndLabel(end["high_95"], language.percent(0.95, digits=0), theme.QUIET_INK, rank=4),
        ]
    for name, text in (("last_year", str(year - 1)), ("outcome", language("Outcome"))):
        line = lines[name]
        if len(line) and line["x"].iloc[-1] == 12 and not (name == "outcome" and known == 12):
            total = float(line["y"].iloc[-1])
            ink = colour if name == "outcome" else theme.QUIET_INK
            labels.append(EndLabel(total, f"{text} {short_count(total, language)}", ink, rank=1))
    return labels


def _fan_hover(rows: pd.DataFrame, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    count = language.people_short
    known = rows["known"].notna()
    texts = rows.assign(
        y=rows["median"],
        when=rows["month"].map(language.month),
        middle=[
            language.people(persons) if sure else count(persons)
            for persons, sure in zip(rows["median"], known, strict=True)
        ],
        inner=_ranges(rows, "low_80", "high_80", known, language),
        outer=_ranges(rows, "low_95", "high_95", known, language),
    )
    tooltips = {
        "when": language("Year to date, through"),
        "middle": language("Visitors, year to date (central forecast ahead)"),
        "inner": language("80% prediction interval"),
        "outer": language("95% prediction interval"),
    }
    return hover(texts, x=x, y=y, tooltips=tooltips)


def _ranges(rows: pd.DataFrame, low: str, high: str, known: pd.Series, language: Language) -> list[str]:
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
    rows = pd.DataFrame(
        {
            "x": list(names),
            "y": values,
            "label": bar_labels(values),
            "never": [False] * len(months) + [True],
            "when": list(frame["when"]),
        }
    )
    scale = Frame(0, max(max(values) * 1.12, 0.02), theme.plot_height(height))
    rows = rows.assign(left=rows["x"] - 0.36, right=rows["x"] + 0.36, zero=0.0, foot=rows["y"])
    x = horizontal(-0.5, len(months) + 1.0, labelled_axis(names, labelOverlap=False))
    y = scale.axis(NO_AXIS)
    bars = (
        Drawing(rows.assign(x=rows["left"]))
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
    base = Drawing(pd.DataFrame({"y": [0.0]})).mark("rule", color=theme.RULE).encode(y=y)
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
    rows = pd.DataFrame({"dot": range(100)})
    lines = -(-100 // columns)
    rows = rows.assign(
        x=rows["dot"] % columns, y=lines - 1 - rows["dot"] // columns, filled=rows["dot"] < int(percent)
    )
    rows["chance"] = whole_percent(percent, language)
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
    rows = frame.rename(columns={"mark": "x", "probability": "y"}).astype(float)
    open_part = rows.loc[rows["y"].between(0.002, 0.998), "x"]
    reach = [mark, *open_part, *([] if median is None else [median])]
    values = ticks(min(reach) - 1e5, max(reach) + 1e5, count=5)
    rows = rows[rows["x"].between(values[0], values[-1])]
    scale = Frame(0, 1, theme.plot_height(height))
    x = horizontal(
        values[0], values[-1], count_axis(values, language, labelOverlap="parity", labelSeparation=6)
    )
    y = scale.axis(share_axis([0, 0.25, 0.5, 0.75, 1], language))
    chance = float(frame["probability"].iloc[abs(frame["mark"].to_numpy(dtype=float) - mark).argmin()])
    label = whole_percent(100 * chance if percent is None else percent, language)
    point = pd.DataFrame({"x": [mark], "y": [chance], "label": [label]})
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


def _curve_hover(rows: pd.DataFrame, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    named = rows.assign(
        passed=rows["x"].map(language.mark),
        chance=[language.percent(share, digits=0) for share in rows["y"]],
    )
    threshold = language.pgettext("any number", "Threshold")
    return hover(named, x=x, y=y, tooltips={"passed": threshold, "chance": language("Probability")})


def _interval(interval: tuple[float, float], language: Language, *, x: Encoding) -> list[Layer]:
    row = pd.DataFrame(
        {"x": [interval[0]], "end": [interval[1]], "label": [language("80% prediction interval")]}
    )
    band = Drawing(row).mark("rect", color=theme.PANDEMIC).encode(x=x, x2="end:Q")
    name = Drawing(row.assign(x=sum(interval) / 2)).mark(
        "text", y=-4, baseline="bottom", color=theme.QUIET_INK, fontSize=theme.AXIS_SIZE - 1
    )
    return [band, name.encode(x=x, text="label:N")]
