"""What simpler procedures would change: two medians, effects with intervals, by measure, and what drives them."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crossings.drawing import theme
from crossings.drawing.axes import (
    calendar_axis,
    count_axis,
    effect,
    place,
    short_count,
    ticks,
)
from crossings.drawing.drawing import Chart, Drawing, Encoding, Layer, Rows
from crossings.drawing.marks import (
    EndLabel,
    Frame,
    Key,
    end_labels,
    horizontal,
    hover,
    key_row,
    mark_line,
    quiet_corner,
)
from crossings.language import Language
from crossings.questions.base.figure import Dash, Look
from crossings.tables.flows import Flow

Array = NDArray[np.float64]

COLUMNS = (
    "known",
    "baseline",
    "baseline_low",
    "baseline_high",
    "scenario",
    "scenario_low",
    "scenario_high",
)
FEWEST_TICKS = 4
STROKES: Mapping[Dash, list[float]] = {"solid": theme.SOLID, "dash": theme.DASHED}


def looks(flow: Flow) -> dict[str, Look]:
    """Return how the published months and both medians are drawn, by column."""
    return {
        "baseline": Look(theme.BASELINE, "dash", 2.0),
        "scenario": Look(theme.SCENARIO, width=2.2),
        "known": Look(theme.FLOW[flow], width=2.5),
    }


def two_medians(
    frame: pd.DataFrame,
    *,
    flow: Flow,
    name: str,
    language: Language,
    known_name: str = "",
    mark: float | None = None,
    width: int | None = None,
    height: int = 380,
) -> Chart:
    """Return the baseline's band and median in grey, and the scenario's median with its own thin band.

    frame: month (Period), known (persons, NaN ahead), baseline, baseline_low, baseline_high (80 %),
    scenario, scenario_low, scenario_high (what the policy's parameters leave open); monthly or cumulative.
    The lines ahead start where the published one ends. name: the scenario's own name. known_name: what the known
    months are called where not all are published.
    """
    rows = frame.sort_values("month")
    x_of = np.array([place(month) for month in rows["month"]])
    y_of = _from_last_published({column: rows[column].to_numpy(dtype=float) for column in COLUMNS})
    reach = [*np.concatenate(list(y_of.values())), *([] if mark is None else [mark])]
    count = round(height / 62)
    if count < FEWEST_TICKS:  # a low chart begins at nil, where few ticks say more
        reach, count = [0.0, *reach], FEWEST_TICKS
    values = ticks(np.nanmin(reach), np.nanmax(reach), count=count)
    scale = Frame(values[0], values[-1], theme.plot_height(height))
    first, last = rows["month"].iloc[0], rows["month"].iloc[-1]
    x = horizontal(x_of.min(), x_of.max(), calendar_axis(first, last, language))
    y = scale.axis(count_axis(values, language))
    layers = [
        *(
            Drawing(_known(x_of, y_of[low], top=y_of[high]))
            .mark("area", color=colour, opacity=1)
            .encode(x=x, y=y, y2="top:Q")
            for low, high, colour in (
                ("baseline_low", "baseline_high", theme.BASELINE_BAND),
                ("scenario_low", "scenario_high", theme.SCENARIO_BAND),
            )
        ),
        *_marked(x_of, y_of, mark, language, x=x, scale=scale),
        *(
            Drawing(_known(x_of, y_of[column]))
            .mark("line", color=look.colour, strokeWidth=look.width, strokeDash=STROKES[look.dash])
            .encode(x=x, y=y)
            # The dashed line over the other: where they run together, both are seen.
            for column, look in sorted(looks(flow).items(), key=lambda named: named[1].dash == "dash")
        ),
        *end_labels(_median_labels(y_of, language), at=float(x_of.max()), x=x, frame=scale),
        *key_row(
            [
                Key(known_name or language("Published"), theme.FLOW[flow], "line"),
                Key(language("Baseline with its 80% prediction interval"), theme.BASELINE, "dashed"),
                Key(name, theme.SCENARIO, "line"),
            ],
            width=width,
        ),
        _median_hover(rows["month"].tolist(), x_of, y_of, name, language, x=x, y=y),
    ]
    return theme.finished(layers, width=width, height=height)


def _from_last_published(y_of: Mapping[str, Array]) -> dict[str, Array]:
    """Return the columns, those ahead set to the last published figure in its month where they hold nothing there."""
    published = np.flatnonzero(~np.isnan(y_of["known"]))
    if not len(published):
        return dict(y_of)
    last = int(published[-1])
    joint = np.arange(len(y_of["known"])) == last
    return {
        column: np.where(joint & np.isnan(values), y_of["known"][last], values)
        for column, values in y_of.items()
    }


def _known(x: Array, y: Array, **more: Array) -> Rows:
    """Return the points that are known as columns x, y and more."""
    there = np.logical_and.reduce([~np.isnan(values) for values in (y, *more.values())])
    return {name: values[there].tolist() for name, values in {"x": x, "y": y, **more}.items()}


def _marked(
    x_of: Array,
    y_of: Mapping[str, Array],
    mark: float | None,
    language: Language,
    *,
    x: Encoding,
    scale: Frame,
) -> list[Layer]:
    if mark is None:
        return []
    lines = [y_of[column] for column in ("known", "baseline", "scenario")]
    points = pd.DataFrame({"x": np.tile(x_of, len(lines)), "y": np.concatenate(lines)})
    right, below = quiet_corner(points, mark, scale)
    at = float(x_of.max() if right else x_of.min())
    return mark_line(mark, language, x=x, frame=scale, at=at, right=right, below=below)


def _median_labels(y_of: Mapping[str, Array], language: Language) -> list[EndLabel]:
    wanted = (("baseline", theme.QUIET_INK, False, 1), ("scenario", theme.SCENARIO, True, 0))
    ends = {column: float(y_of[column][-1]) for column, *_ in wanted}
    return [
        EndLabel(
            ends[column],
            short_count(ends[column], language, step=10_000),
            colour,
            bold=bold,
            rank=rank,
        )
        for column, colour, bold, rank in wanted
        if not np.isnan(ends[column])
    ]


def _median_hover(
    months: Sequence[pd.Period],
    x_of: Array,
    y_of: Mapping[str, Array],
    name: str,
    language: Language,
    *,
    x: Encoding,
    y: Encoding,
) -> Layer:
    ahead = np.flatnonzero(~np.isnan(y_of["scenario"]))
    scene, base = y_of["scenario"][ahead].tolist(), y_of["baseline"][ahead].tolist()
    points: Rows = {
        "x": x_of[ahead].tolist(),
        "y": scene,
        "when": [language.month(months[i]) for i in ahead.tolist()],
        "base": [language.people_short(count) for count in base],
        "scene": [language.people_short(count) for count in scene],
        "gain": [effect(a - b, language) for a, b in zip(scene, base, strict=True)],
    }
    tooltips = {
        "when": language("Month"),
        "base": language("Baseline"),
        "scene": name,
        "gain": language("Difference"),
    }
    return hover(points, x=x, y=y, tooltips=tooltips)
