"""The arrival hall: the queue through the day, waits before and after, and how many desks a target takes."""

from collections.abc import Iterable, Mapping

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import clock_axis, labelled_axis, share_axis, ticks
from crossings.drawing.drawing import Chart, Drawing, Encoding, Layer
from crossings.drawing.effect_bars import Named
from crossings.drawing.marks import DASHES, Form, Frame, Key, haloed, horizontal, hover, key_row
from crossings.language import Language
from crossings.plain_text import clock
from crossings.questions.base.figure import Dash, Look
from crossings.questions.border.sentences import people_waiting

GROUPS = (
    Look(theme.INK, width=2.2),
    Look("#6B7684", "dash", 2.2),
    Look("#A4ADB9", "round_dot", 2.2),
    Look("#3E5C76", "dash", 2.2),
)
WAITS = {"before": Look(theme.BASELINE), "after": Look(theme.SCENARIO)}
DESKS = Look(theme.INK, width=2.0, dots=True)
LANE = (Look(theme.SCENARIO, width=2.0, dots=True), Look(theme.INK, "dash", 2.0, dots=True))
FORMS: Mapping[Dash, Form] = {"solid": "line", "dash": "dashed", "round_dot": "dotted"}


def group_looks(groups: Iterable[str]) -> dict[str, Look]:
    """Return how the groups in a hall are drawn, in their order."""
    return {group: GROUPS[place % len(GROUPS)] for place, group in enumerate(groups)}


def queue_through_day(
    frame: pd.DataFrame,
    *,
    language: Language,
    width: int | None = None,
    height: int = 320,
) -> Chart:
    """Return how many stand in the queue through the day, one line a group.

    frame: minute (of the day), group (translated name), queue (persons).
    """
    rows = pd.concat([_kinks(part) for _, part in frame.groupby("group", sort=False)], ignore_index=True)
    rows = rows.assign(x=rows["minute"].astype(float), y=rows["queue"].astype(float))
    rows["when"] = rows["minute"].map(clock)
    rows["count"] = rows["y"].round().map(language.people)
    values = ticks(0, max(rows["y"].max(), 1), count=max(3, round(height / 62)))
    scale = Frame(0, values[-1], theme.plot_height(height))
    labels: dict[float, str | list[str]] = {v: language.number(v) for v in values[:-1]}
    labels[values[-1]] = people_waiting(values[-1], language)
    x = horizontal(rows["x"].min(), rows["x"].max(), clock_axis(rows["x"].min(), rows["x"].max()))
    y = scale.axis(labelled_axis(labels))
    layers, key = [], []
    for group, look in group_looks(rows["group"].unique()).items():
        form = FORMS[look.dash]
        line = Drawing(rows[rows["group"] == group]).mark(
            "line",
            color=look.colour,
            strokeWidth=look.width,
            strokeDash=DASHES[form],
            interpolate="linear",
        )
        layers.append(line.encode(x=x, y=y))
        key.append(Key(group, look.colour, form))
    headings = {"group": language("Group"), "when": language("Time"), "count": language("In the queue")}
    layers += [*key_row(key, width=width), hover(rows, x=x, y=y, tooltips=headings)]
    return theme.finished(layers, width=width, height=height)


def _kinks(part: pd.DataFrame) -> pd.DataFrame:
    """Return the rows at which a piecewise-linear queue bends, ends included."""
    rows = part.sort_values("minute")
    slope = rows["queue"].diff() / rows["minute"].diff()
    bends = (slope - slope.shift(-1)).abs() > 1e-9
    bends.iloc[[0, -1]] = True
    return rows[bends]


def waits_before_after(
    frame: pd.DataFrame,
    *,
    language: Language,
    target_minutes: float | None = 20,
    width: int | None = None,
    height: int | None = None,
) -> Chart:
    """Return each group's wait before (ring) and after (dot) a change, in minutes, with the target.

    frame: group (translated name), before, after (minutes).
    """
    rows = frame.reset_index(drop=True)
    rows["row"] = rows.index.astype(float)
    rows["worse"] = rows["after"] > rows["before"]
    top = float(max(rows[["before", "after"]].max().max(), target_minutes or 0)) or 1.0
    values = ticks(0, top, count=4)
    labels: dict[float, str | list[str]] = {
        v: language.number(v, digits=int(v % 1 > 0)) for v in values if v <= top
    }
    last = list(labels)[-1]
    labels[last] = language("{count} minutes", count=labels[last])
    down = Named(list(rows["group"]), width, len(rows) * 46 + 66 if height is None else height)
    x, y = horizontal(0, top, labelled_axis(labels, grid=True)), down.y
    before, after = WAITS["before"].colour, WAITS["after"].colour
    key = [
        Key(language.pgettext("change in the hall", "before"), before, "ring"),
        Key(language.pgettext("change in the hall", "after"), after, "dot"),
    ]
    layers = [down.names(), *_target(target_minutes, language, x=x)]
    layers.append(
        Drawing(rows.assign(x=rows["before"]))
        .mark("rule", strokeWidth=2, color=theme.RULE)
        .encode(x=x, x2="after:Q", y=y)
    )
    for column, fill, stroke in (
        ("before", theme.PAPER, before),
        ("after", after, after),
    ):
        dots = Drawing(rows.assign(x=rows[column]))
        layers.append(
            dots.mark(
                "point", filled=True, fill=fill, stroke=stroke, strokeWidth=2, size=80, opacity=1
            ).encode(x=x, y=y)
        )
    layers += [*_minutes(rows, language, x=x, y=y), *key_row(key, width=width, start=-down.room)]
    return theme.finished(layers, width=width, height=down.height)


def _target(target: float | None, language: Language, *, x: Encoding) -> list[Layer]:
    if target is None:
        return []
    label = language("target {count} min", count=language.number(target))
    row = pd.DataFrame({"x": [target], "label": [label]})
    rule = (
        Drawing(row).mark("rule", color=theme.MARK, strokeDash=theme.MARK_DASH, strokeWidth=1.5).encode(x=x)
    )
    text = Drawing(row).mark("text", y=-4, baseline="bottom", color=theme.MARK, fontSize=theme.AXIS_SIZE)
    return [rule, text.encode(x=x, text="label:N")]


def _minutes(rows: pd.DataFrame, language: Language, *, x: Encoding, y: Encoding) -> list[Layer]:
    """Return the minutes outside each pair of points, once where the two are the same."""
    layers = []
    for column, other in (("before", "after"), ("after", "before")):
        right = (rows[column] > rows[other]) | ((rows[column] == rows[other]) & (column == "after"))
        labelled = rows.assign(x=rows[column], label=[language.number(v, digits=1) for v in rows[column]])
        bold = "bold" if column == "after" else "normal"
        for part, side in ((labelled[right], 1), (labelled[~right & (rows[column] != rows[other])], -1)):
            if len(part):
                layers += haloed(
                    part,
                    x=x,
                    y=y,
                    align="left" if side > 0 else "right",
                    dx=9 * side,
                    baseline="middle",
                    fontSize=theme.AXIS_SIZE,
                    fontWeight=bold,
                )
    return layers


def desks_for_target(
    frame: pd.DataFrame,
    *,
    target_share: float,
    language: Language,
    desks: int | None = None,
    width: int | None = None,
    height: int = 280,
) -> Chart:
    """Return the share within 20 minutes by number of desks, and the first number that meets the target.

    frame: desks (whole number), share (0 to 1). desks: how many there are now.
    """
    rows = frame.sort_values("desks").assign(x=frame["desks"].astype(float), y=frame["share"].astype(float))
    rows["many"] = rows["desks"].map(language.number)
    rows["within"] = rows["y"].map(lambda share: language.percent(share, digits=0))
    scale = Frame(0, 1, theme.plot_height(height, x_title=True))
    values = [
        v for v in ticks(rows["x"].min(), rows["x"].max(), count=8) if v % 1 == 0 and v <= rows["x"].max()
    ]
    labels: dict[float, str | list[str]] = {v: language.number(v) for v in values if v >= rows["x"].min()}
    x = horizontal(
        rows["x"].min() - 0.5, rows["x"].max() + 0.5, labelled_axis(labels, title=language("Desks"))
    )
    y = scale.axis(share_axis([0, 0.25, 0.5, 0.75, 1], language))
    goal = pd.DataFrame({"y": [target_share], "x": [rows["x"].min() - 0.5]})
    goal["label"] = language("target {share}", share=language.percent(target_share, digits=0))
    layers = [
        Drawing(goal).mark("rule", color=theme.MARK, strokeDash=theme.MARK_DASH, strokeWidth=1.5).encode(y=y),
        Drawing(rows).mark("line", color=DESKS.colour, strokeWidth=DESKS.width).encode(x=x, y=y),
        Drawing(rows).mark("point", filled=True, color=DESKS.colour, size=28, opacity=1).encode(x=x, y=y),
        *haloed(
            goal,
            x=x,
            y=y,
            color=theme.MARK,
            fontSize=theme.AXIS_SIZE,
            align="left",
            baseline="bottom",
            dx=4,
            dy=-3,
        ),
        *_first_that_meets(rows, target_share, language, x=x, y=y),
        *_now(desks, language, x=x),
        hover(rows, x=x, y=y, tooltips={"many": language("Desks"), "within": language("Within 20 minutes")}),
    ]
    return theme.finished(layers, width=width, height=height)


def lane_price(
    frame: pd.DataFrame,
    *,
    language: Language,
    desks: int | None = None,
    width: int | None = None,
    height: int = 220,
) -> Chart:
    """Return mean waits by number of desks kept for one group: one line for it, one for everybody else.

    frame: desks (whole number), group (translated name), minutes. desks: how many are kept now. Without a
    lane (0) there are points alone, as no line leads from one queue to two.
    """
    rows = frame.assign(x=frame["desks"].astype(float), y=frame["minutes"].astype(float))
    rows["many"] = rows["desks"].map(language.number)
    rows["wait"] = [language("{minutes} minutes", minutes=language.number(v, digits=1)) for v in rows["y"]]
    values = ticks(0, max(float(rows["y"].max()), 1.0), count=3)
    scale = Frame(0, values[-1], theme.plot_height(height, x_title=True))
    shown: dict[float, str | list[str]] = {v: language.number(v, digits=int(v % 1 > 0)) for v in values}
    shown[values[-1]] = language("{count} minutes", count=shown[values[-1]])
    across = [v for v in ticks(0, rows["x"].max(), count=8) if v % 1 == 0 and v <= rows["x"].max()]
    labels: dict[float, str | list[str]] = {v: language.number(v) for v in across}
    title = language("Reserved desks")
    x = horizontal(-0.5, rows["x"].max() + 0.5, labelled_axis(labels, title=title))
    y = scale.axis(labelled_axis(shown))
    layers: list[Layer] = []
    key = []
    for (group, part), look in zip(rows.groupby("group", sort=False), LANE, strict=False):
        colour, form = look.colour, FORMS[look.dash]
        layers.append(
            Drawing(part[part["desks"] > 0])
            .mark("line", color=colour, strokeWidth=look.width, strokeDash=DASHES[form])
            .encode(x=x, y=y)
        )
        layers.append(
            Drawing(part).mark("point", filled=True, color=colour, size=24, opacity=1).encode(x=x, y=y)
        )
        now = Drawing(part[part["desks"] == desks])
        ring = {
            "filled": True,
            "fill": theme.PAPER,
            "stroke": colour,
            "strokeWidth": 2.5,
            "size": 90,
            "opacity": 1,
        }
        layers.append(now.mark("point", **ring).encode(x=x, y=y))
        key.append(Key(str(group), colour, form))
    if desks is not None:
        key.append(Key(language("now {count}", count=language.number(desks)), theme.BASELINE, "ring"))
    headings = {"group": language("Group"), "many": language("Desks"), "wait": language("Average wait")}
    layers += [*key_row(key, width=width), hover(rows, x=x, y=y, tooltips=headings)]
    return theme.finished(layers, width=width, height=height)


def _first_that_meets(
    rows: pd.DataFrame, target: float, language: Language, *, x: Encoding, y: Encoding
) -> list[Layer]:
    meets = rows[rows["y"] >= target].head(1)
    if meets.empty:
        return []
    meets = meets.assign(label=language.plural("{count} desk", "{count} desks", int(meets["desks"].iloc[0])))
    ring = Drawing(meets).mark(
        "point", filled=True, fill=theme.PAPER, stroke=theme.SCENARIO, strokeWidth=2.5, size=90, opacity=1
    )
    text = haloed(
        meets, x=x, y=y, color=theme.SCENARIO, fontWeight="bold", align="left", baseline="top", dx=8, dy=8
    )
    return [ring.encode(x=x, y=y), *text]


def _now(desks: int | None, language: Language, *, x: Encoding) -> list[Layer]:
    if desks is None:
        return []
    row = pd.DataFrame(
        {"x": [float(desks)], "label": [language("now {count}", count=language.number(desks))]}
    )
    rule = Drawing(row).mark("rule", color=theme.RULE, strokeWidth=1).encode(x=x)
    text = Drawing(row).mark("text", y=-4, baseline="bottom", color=theme.QUIET_INK, fontSize=theme.AXIS_SIZE)
    return [rule, text.encode(x=x, text="label:N")]
