"""Who is abroad: dated counts with their gaps, third countries on a map, joint operations as bars."""

from typing import Any

import numpy as np
import pandas as pd

from crossings.charts import theme
from crossings.charts.axes import NO_AXIS, calendar_axis, count_axis, place, ticks
from crossings.charts.drawing import Drawing, Layer, Picture, colour_of, field, value
from crossings.charts.marks import Frame, Key, haloed, horizontal, hover, key_row, row_names, widest
from crossings.flows import Flow
from crossings.words import Language

SIDE = {"KOR": theme.FLOW[Flow.KOREANS_TO_JAPAN], "JPN": theme.FLOW[Flow.JAPANESE_TO_KOREA]}
PROJECTION = {"type": "equalEarth", "rotate": [-140, 0, 0]}
LARGEST_DOT = 1100
NAMES_SHOWN = 8
NAMES_APART = (70.0, 16.0)
NAMES_ROOM = 220


def dated_counts(
    frame: pd.DataFrame,
    *,
    language: Language,
    quota: pd.DataFrame | None = None,
    width: int | None = None,
    height: int = 260,
) -> Picture:
    """Return counts at their dates as dots; only dots at most a year apart are joined, so that gaps show.

    frame: day (date), persons, name (of the series), side (KOR or JPN), ring (bool), run (of unbroken dots).
    quota: day, persons and name of the most that was allowed, drawn as steps.
    """
    t = language.text
    parts = [frame] if quota is None else [frame, quota]
    months = [pd.Period(day, "M") for part in parts for day in part["day"]]
    top = max(float(part["persons"].max()) for part in parts)
    values = ticks(0, top, count=4)
    scale = Frame(0, values[-1], theme.plot_height(height))
    first, last = min(months) - 6, max(months) + 6
    x = horizontal(place(first), place(last), calendar_axis(first, last, language))
    y = scale.axis(count_axis(values, language))
    rows = frame.assign(
        x=[place(pd.Period(day, "M")) for day in frame["day"]],
        y=frame["persons"].astype(float),
        colour=frame["side"].map(SIDE),
        line=frame["name"] + frame["run"].astype(str),
        when=frame["day"].map(language.day),
        count=frame["persons"].map(language.people),
    )
    line = (
        Drawing(rows).mark("line", strokeWidth=2).encode(x=x, y=y, detail="line:N", color=colour_of("colour"))
    )
    dots = [
        Drawing(part)
        .mark(
            "point",
            filled=True,
            size=46,
            strokeWidth=1.8,
            opacity=1,
            **({"fill": theme.PAPER} if ring else {}),
        )
        .encode(x=x, y=y, **{"stroke" if ring else "color": colour_of("colour")})
        for ring, part in rows.groupby("ring")
    ]
    said = hover(rows, x=x, y=y, tooltips={"name": t("Kind"), "when": t("Date"), "count": t("Persons")})
    series = rows.drop_duplicates("name")
    entries = [
        Key(row["name"], row["colour"], "ring" if row["ring"] else "dot") for row in series.to_dict("records")
    ]
    if quota is None:
        return theme.finished([line, *dots, said, *key_row(entries, width=width)], width=width, height=height)
    entries.append(Key(str(quota["name"].iloc[0]), theme.BASELINE, "dashed"))
    steps = _steps(quota, place(last))
    drawn = Drawing(steps).mark(
        "line", interpolate="step-after", color=theme.BASELINE, strokeDash=theme.DASHED, strokeWidth=1.5
    )
    layers = [drawn.encode(x=x, y=y), line, *dots, said, *key_row(entries, width=width)]
    return theme.finished(layers, width=width, height=height)


def _steps(quota: pd.DataFrame, end: float) -> pd.DataFrame:
    steps = pd.DataFrame(
        {"x": [place(pd.Period(day, "M")) for day in quota["day"]], "y": quota["persons"].astype(float)}
    )
    return pd.concat([steps, pd.DataFrame({"x": [end], "y": [steps["y"].iloc[-1]]})], ignore_index=True)


def third_countries(
    frame: pd.DataFrame,
    operations: pd.DataFrame,
    home: pd.DataFrame,
    *,
    chosen: str,
    language: Language,
    width: int | None = None,
    height: int = 340,
) -> Picture:
    """Return places on a map: dots by persons, rhombs for joint operations, a ring round the chosen country.

    frame: country, name, longitude, latitude, persons, side (KOR or JPN). operations: country, name, longitude,
    latitude, count. home: Korea and Japan, for orientation: name, longitude, latitude. No dot stands for a country
    without a figure.
    """
    t = language.text
    largest = float(frame["persons"].max()) if len(frame) else 1.0
    dots = frame.assign(
        size=LARGEST_DOT * frame["persons"].astype(float) / largest + 24,
        colour=frame["side"].map(SIDE),
        said=frame["persons"].map(language.people),
        who=frame["side"].map({"KOR": t("Koreans"), "JPN": t("Japanese")}),
    ).sort_values("size", ascending=False)
    layers: list[Layer] = [*_globe(), _dots(dots, language), *_rhombs(operations, language), *_home(home)]
    named = pd.concat([dots[["country", "name", "longitude", "latitude"]], operations], ignore_index=True)
    named = named.drop_duplicates("country")
    layers += _chosen(named[named["country"] == chosen])
    layers += _names(named, chosen)
    entries = [
        Key(t("Koreans") if side == "KOR" else t("Japanese"), SIDE[side], "dot")
        for side in ("KOR", "JPN")
        if side in set(frame["side"])
    ]
    if len(operations):
        entries.append(Key(t("joint operation on record"), theme.INK, "dot"))
    layers += key_row(entries, width=width)
    return theme.finished(
        [layer | {"projection": PROJECTION} for layer in layers], width=width, height=height
    )


def _globe() -> list[Layer]:
    net = {"type": "geoshape", "filled": False, "stroke": theme.GRID, "strokeWidth": 1}
    return [
        {"data": {"graticule": {"step": [30, 15], "extent": [[-180, -45.01], [180, 75.01]]}}, "mark": net}
    ]


def _at(rows: pd.DataFrame) -> dict[str, Any]:
    return {"longitude": field("longitude:Q"), "latitude": field("latitude:Q")}


def _dots(dots: pd.DataFrame, language: Language) -> Layer:
    t = language.text
    said = {"name": t("Country"), "who": t("Nationals"), "said": t("Persons")}
    tooltips = [field(f"{name}:N", title=heading) for name, heading in said.items()]
    mark = Drawing(dots).mark("circle", opacity=0.62, stroke=theme.PAPER, strokeWidth=0.8)
    size = field("size:Q", scale=None, legend=None)
    return mark.encode(**_at(dots), size=size, color=colour_of("colour"), tooltip=tooltips)


def _rhombs(operations: pd.DataFrame, language: Language) -> list[Layer]:
    t = language.text
    if operations.empty:
        return []
    rows = operations.assign(said=operations["count"].map(language.number))
    said = {"name": t("Country"), "said": t("Joint operations")}
    tooltips = [field(f"{name}:N", title=heading) for name, heading in said.items()]
    mark = Drawing(rows).mark(
        "point",
        shape="diamond",
        filled=True,
        color=theme.INK,
        size=54,
        stroke=theme.PAPER,
        strokeWidth=0.8,
        opacity=1,
    )
    return [mark.encode(**_at(rows), tooltip=tooltips)]


def _home(home: pd.DataFrame) -> list[Layer]:
    layers = []
    for row, align, dx in zip(range(len(home)), ("right", "left"), (-8, 8), strict=False):
        one = home.iloc[[row]]
        place = _at(one)
        text = Drawing(one).mark(
            "text", align=align, dx=dx, baseline="middle", fontSize=theme.AXIS_SIZE, color=theme.QUIET_INK
        )
        ring = Drawing(one).mark(
            "point",
            filled=True,
            fill=theme.PAPER,
            stroke=theme.QUIET_INK,
            strokeWidth=1.5,
            size=36,
            opacity=1,
        )
        layers += [ring.encode(**place), text.encode(**place, text="name:N")]
    return layers


def _chosen(row: pd.DataFrame) -> list[Layer]:
    ring = Drawing(row).mark(
        "point", filled=False, stroke=theme.SCENARIO, strokeWidth=2.5, size=420, opacity=1
    )
    return [ring.encode(**_at(row))] if len(row) else []


def _names(named: pd.DataFrame, chosen: str) -> list[Layer]:
    """Return the names of the chosen country and of the first ones that stand apart from those named already."""
    first = pd.concat([named[named["country"] == chosen], named[named["country"] != chosen]])
    kept: list[dict[str, Any]] = []
    for row in first.to_dict("records"):
        near = [one for one in kept if _close(one, row)]
        if not near and len(kept) < NAMES_SHOWN:
            kept.append({str(key): item for key, item in row.items()})
    rows = pd.DataFrame(kept).assign(label=[row["name"] for row in kept])
    place = _at(rows)
    edge = {"stroke": theme.PAPER, "strokeWidth": 3, "strokeJoin": "round"}
    style: dict[str, Any] = {"fontSize": theme.AXIS_SIZE, "dy": -16, "align": "center"}
    base = Drawing(rows)
    return [base.mark("text", **look).encode(**place, text="label:N") for look in (style | edge, style)]


def _close(one: dict[str, Any], other: dict[Any, Any]) -> bool:
    east = abs(float(one["longitude"]) - float(other["longitude"]))
    north = abs(float(one["latitude"]) - float(other["latitude"]))
    return min(east, 360 - east) < NAMES_APART[0] and north < NAMES_APART[1]


def carried_bars(
    frame: pd.DataFrame, *, language: Language, width: int | None = None, height: int = 520
) -> Picture:
    """Return each operation's persons carried as a bar in parts, one row an operation.

    frame: label, koreans, japanese, others (persons, NaN where not published).
    """
    t = language.text
    parts = {"koreans": (t("Koreans"), SIDE["KOR"]), "japanese": (t("Japanese"), SIDE["JPN"])}
    parts["others"] = (t("others"), theme.OTHER_YEAR)
    counts = frame[list(parts)].astype(float).fillna(0.0)
    ends = counts.cumsum(axis=1)
    values = ticks(0, float(ends["others"].max()), count=4)
    scale = Frame(len(frame) - 0.5, -0.5, theme.plot_height(height))
    x = horizontal(0, values[-1] * 1.08, count_axis(values, language, grid=True))
    y = field("y:Q", scale=scale.scale, axis=NO_AXIS)
    layers = []
    for name, (said, colour) in parts.items():
        rows = pd.DataFrame(
            {"x": ends[name] - counts[name], "end": ends[name], "y": np.arange(len(frame)) - 0.3}
        )
        rows = rows.assign(to=rows["y"] + 0.6, who=said, count=counts[name].map(language.people))
        shown = rows[counts[name] > 0]
        tooltips = [field("who:N", title=t("Nationals")), field("count:N", title=t("Persons"))]
        bar = Drawing(shown).mark("rect", color=colour)
        layers.append(bar.encode(x=x, x2="end:Q", y=y, y2="to:Q", tooltip=tooltips))
    each = scale.pixels / len(frame)
    room = min(widest(list(frame["label"])) + 2, NAMES_ROOM)
    names = row_names(list(frame["label"]), width=room, row_height=each)
    layers.append(names.encode(x=value(-8), y=field("row:Q", scale=scale.scale), text="label:N"))
    layers += _open_ends(frame, ends["others"], t("not all published"), x=x, scale=scale)
    layers += key_row([Key(said, colour, "band") for said, colour in parts.values()], width=width)
    return theme.finished(layers, width=width, height=height)


def _open_ends(
    frame: pd.DataFrame, ends: "pd.Series[float]", text: str, *, x: Any, scale: Frame
) -> list[Layer]:
    lacking = frame[["koreans", "japanese"]].isna().any(axis=1).to_numpy()
    rows = pd.DataFrame({"x": ends, "y": np.arange(len(frame)), "label": text})[lacking]
    if rows.empty:
        return []
    return haloed(
        rows,
        x=x,
        y=field("y:Q", scale=scale.scale),
        align="left",
        baseline="middle",
        dx=6,
        fontSize=theme.AXIS_SIZE - 1,
        color=theme.QUIET_INK,
    )
