"""Who is abroad: dated counts with their gaps, third countries on a map, joint operations as bars."""

from typing import Any

import numpy as np
import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import NO_AXIS, calendar_axis, count_axis, place, ticks
from crossings.drawing.drawing import Chart, Drawing, Layer, colour_of, field, value
from crossings.drawing.globe import WORLD, Window, land
from crossings.drawing.marks import (
    NARROWEST,
    Frame,
    Key,
    haloed,
    horizontal,
    hover,
    key_row,
    row_names,
    widest,
)
from crossings.drawing.measure import text_width
from crossings.language import Language
from crossings.tables.flows import Flow

SIDE = {"KOR": theme.FLOW[Flow.KOREANS_TO_JAPAN], "JPN": theme.FLOW[Flow.JAPANESE_TO_KOREA]}
Box = tuple[float, float, float, float]
SIDES = ("right", "left")
LARGEST_DOT, SMALLEST_DOT = 900, 24
ROOMY, WIDEST = 700, 1400
EDGES, HOME_ROOM = 2.0 * theme.PADDING, 48
KEY_ROOM = 30
NAME_RISE, NAME_HALF, HOME_ASIDE = 20.0, 8, 8
LARGE_RADIUS = 7.0
NAMES_ROOM = 220


def dated_counts(
    frame: pd.DataFrame,
    *,
    language: Language,
    quota: pd.DataFrame | None = None,
    width: int | None = None,
    height: int = 260,
) -> Chart:
    """Return counts at their dates as dots; only dots at most a year apart are joined, so that gaps show.

    frame: day (date), persons, name (of the series), side (KOR or JPN), ring (bool), run (of unbroken dots).
    quota: day, persons and name of the most that was allowed, drawn as steps.
    """
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
    said = hover(
        rows,
        x=x,
        y=y,
        tooltips={"name": language("Kind"), "when": language("Date"), "count": language("Persons")},
    )
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
    chosen: pd.DataFrame,
    language: Language,
    window: Window = WORLD,
    width: int | None = None,
    height: int = 400,
) -> Chart:
    """Return places on a map: dots by persons, rhombs for joint operations, a ring round the chosen country.

    frame: country, name, longitude, latitude, persons, side (KOR or JPN). operations: country, name, longitude,
    latitude, count. home: Korea and Japan, for orientation: name, longitude, latitude. No dot stands for a country
    without a figure. chosen: one row country, name, longitude, latitude; it is ringed and named even where no figure
    stands. window: the part of the world shown.
    """
    high = float(height - KEY_ROOM)
    home = _inside(home, window, ((width or WIDEST) - EDGES, high))
    largest = float(frame["persons"].max()) if len(frame) else 1.0
    dots = frame.assign(
        size=LARGEST_DOT * frame["persons"].astype(float) / largest + SMALLEST_DOT,
        colour=frame["side"].map(SIDE),
        said=frame["persons"].map(language.people),
        who=frame["side"].map({"KOR": language("Koreans"), "JPN": language("Japanese")}),
    ).sort_values("size", ascending=False)
    layers: list[Layer] = [land(), *_dots(dots, language), *_rhombs(operations, language), *_home(home)]
    sized = dots[["country", "name", "longitude", "latitude", "size"]]
    named = pd.concat([sized, operations, chosen], ignore_index=True)
    named = named.drop_duplicates("country").fillna({"size": SMALLEST_DOT})
    layers += _chosen(chosen)
    code = str(chosen["country"].iloc[0])
    layers += _named(named, home, chosen=code, window=window, width=width, high=high)
    entries = [
        Key(language("Koreans") if side == "KOR" else language("Japanese"), SIDE[side], "dot")
        for side in ("KOR", "JPN")
        if side in set(frame["side"])
    ]
    if len(operations):
        entries.append(Key(language("joint operation on record"), theme.INK, "diamond"))
    return theme.finished(
        [*layers, *key_row(entries, width=width)],
        width=width,
        height=height,
        projection=window.projection(),
    )


def _inside(rows: pd.DataFrame, window: Window, size: tuple[float, float]) -> pd.DataFrame:
    """Return the places that lie inside a picture of some size with room for a name."""
    where = [
        window.pixels(float(east), float(north), width=size[0], height=size[1])
        for east, north in zip(rows["longitude"], rows["latitude"], strict=True)
    ]
    kept: pd.DataFrame = rows[[HOME_ROOM <= x <= size[0] - HOME_ROOM and 0 <= y <= size[1] for x, y in where]]
    return kept


def _at(rows: pd.DataFrame) -> dict[str, Any]:
    return {"longitude": field("longitude:Q"), "latitude": field("latitude:Q")}


def _dots(dots: pd.DataFrame, language: Language) -> list[Layer]:
    if dots.empty:
        return []
    said = {"name": language("Country or region"), "who": language("Nationals"), "said": language("Persons")}
    tooltips = [field(f"{name}:N", title=heading) for name, heading in said.items()]
    mark = Drawing(dots).mark("circle", clip=True, opacity=0.62, stroke=theme.PAPER, strokeWidth=0.8)
    size = field("size:Q", scale=None, legend=None)
    return [mark.encode(**_at(dots), size=size, color=colour_of("colour"), tooltip=tooltips)]


def _rhombs(operations: pd.DataFrame, language: Language) -> list[Layer]:
    if operations.empty:
        return []
    rows = operations.assign(said=operations["count"].map(language.number))
    said = {"name": language("Country or region"), "said": language("Joint operations")}
    tooltips = [field(f"{name}:N", title=heading) for name, heading in said.items()]
    mark = Drawing(rows).mark(
        "point",
        clip=True,
        shape="diamond",
        filled=True,
        color=theme.INK,
        size=70,
        stroke=theme.PAPER,
        strokeWidth=0.8,
        opacity=1,
    )
    return [mark.encode(**_at(rows), tooltip=tooltips)]


def _home(home: pd.DataFrame) -> list[Layer]:
    layers = []
    for row, align, dx in zip(range(len(home)), SIDES, (-HOME_ASIDE, HOME_ASIDE), strict=False):
        one = home.iloc[[row]]
        place = _at(one)
        ring = Drawing(one).mark(
            "point",
            clip=True,
            filled=True,
            fill=theme.PAPER,
            stroke=theme.QUIET_INK,
            strokeWidth=1.5,
            size=36,
            opacity=1,
        )
        style: dict[str, Any] = {"align": align, "dx": dx, "color": theme.QUIET_INK}
        layers += [ring.encode(**place), *_lettered(one.assign(label=one["name"], rise=0.0), **style)]
    return layers


def _lettered(rows: pd.DataFrame, **style: Any) -> list[Layer]:
    """Return names in `label`, `rise` pixels above their places, edged with paper so that they read on land and dots."""
    edge = {"stroke": theme.PAPER, "strokeWidth": 3, "strokeJoin": "round"}
    place = _at(rows) | {"text": field("label:N"), "detail": field("rise:Q")}
    plain = {
        "fontSize": theme.AXIS_SIZE,
        "baseline": "middle",
        "dy": {"expr": "-datum.rise"},
        "clip": True,
    } | style
    return [Drawing(rows).mark("text", **look).encode(**place) for look in (plain | edge, plain)]


def _chosen(row: pd.DataFrame) -> list[Layer]:
    ring = Drawing(row).mark(
        "point", clip=True, filled=False, stroke=theme.MARK, strokeWidth=2.5, size=420, opacity=1
    )
    return [ring.encode(**_at(row))]


def _kept(
    named: pd.DataFrame, home: pd.DataFrame, *, chosen: str, window: Window, size: tuple[float, float]
) -> pd.DataFrame:
    """Return names that stand inside and clear of each other: the chosen one, then in the order of the rows."""
    taken = _obstacles(named, home, chosen=chosen, window=window, size=size)
    kept = []
    first = pd.concat([named[named["country"] == chosen], named[named["country"] != chosen]])
    for row in first.to_dict("records"):
        own = row["country"] == chosen
        above = NAME_RISE if own else float(np.sqrt(row["size"] / np.pi)) + NAME_HALF + 1
        rises = (above, -above) if own else (above,)
        boxes = {rise: _box(row, rise, window, size, align="center") for rise in rises}
        free = [rise for rise, box in boxes.items() if not any(_touch(box, other) for other in taken)]
        rise = free[0] if free else above
        if own or (free and _fits(row, boxes[rise], window, size)):
            taken.append(boxes[rise])
            kept.append((row["name"], row["longitude"], row["latitude"], rise))
    return pd.DataFrame(kept, columns=["label", "longitude", "latitude", "rise"])


def _obstacles(
    named: pd.DataFrame, home: pd.DataFrame, *, chosen: str, window: Window, size: tuple[float, float]
) -> list[Box]:
    """Return the boxes of what no name may cover: Korea and Japan, the ring, large dots."""
    names = zip(home.to_dict("records"), SIDES, strict=False)
    found = [_box(row, 0.0, window, size, align=align) for row, align in names]
    for row in named.to_dict("records"):
        radius = NAME_RISE - NAME_HALF if row["country"] == chosen else np.sqrt(row["size"] / np.pi)
        if radius >= LARGE_RADIUS:
            found.append(_round(row, float(radius), window, size))
    return found


def _fits(row: dict[Any, Any], box: Box, window: Window, size: tuple[float, float]) -> bool:
    x, y = window.pixels(float(row["longitude"]), float(row["latitude"]), width=size[0], height=size[1])
    there = 0 <= x <= size[0] and 0 <= y <= size[1]
    return there and box[0] >= 0 and box[1] >= 0 and box[2] <= size[0]


def _box(row: dict[Any, Any], rise: float, window: Window, size: tuple[float, float], *, align: str) -> Box:
    """Return left, top, right and bottom of a name in a picture of some size, in pixels."""
    wide, high = size
    x, y = window.pixels(float(row["longitude"]), float(row["latitude"]), width=wide, height=high)
    long = text_width(str(row["name"]), size=theme.AXIS_SIZE)
    left = {"center": x - long / 2, "right": x - HOME_ASIDE - long, "left": x - 4}[align]
    right = {"center": x + long / 2, "right": x + 4, "left": x + HOME_ASIDE + long}[align]
    return left, y - rise - NAME_HALF, right, y - rise + NAME_HALF


def _round(row: dict[Any, Any], radius: float, window: Window, size: tuple[float, float]) -> Box:
    """Return the box of a dot, in pixels."""
    x, y = window.pixels(float(row["longitude"]), float(row["latitude"]), width=size[0], height=size[1])
    return x - radius, y - radius, x + radius, y + radius


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _named(
    named: pd.DataFrame, home: pd.DataFrame, *, chosen: str, window: Window, width: int | None, high: float
) -> list[Layer]:
    """Return the names; in a picture of unknown width those that need more room show only where there is room."""
    if width is not None:
        return _names(_kept(named, home, chosen=chosen, window=window, size=(width - EDGES, high)))
    few = _kept(named, home, chosen=chosen, window=window, size=(NARROWEST - EDGES, high))
    ordered = pd.concat([named[named["name"].isin(few["label"])], named[~named["name"].isin(few["label"])]])
    many = _kept(ordered, home, chosen=chosen, window=window, size=(ROOMY - EDGES, high))
    more = many[~many["label"].isin(few["label"])]
    return _names(few) + _names(more, opacity={"expr": f"width > {ROOMY} ? 1 : 0"})


def _names(rows: pd.DataFrame, **style: Any) -> list[Layer]:
    return _lettered(rows, align="center", **style) if len(rows) else []


def carried_bars(
    frame: pd.DataFrame, *, language: Language, width: int | None = None, height: int = 520
) -> Chart:
    """Return each operation's persons carried as a bar in parts, one row an operation.

    frame: label, koreans, japanese, others (persons, NaN where not published).
    """
    parts = {"koreans": (language("Koreans"), SIDE["KOR"]), "japanese": (language("Japanese"), SIDE["JPN"])}
    parts["others"] = (language("others"), theme.OTHER_YEAR)
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
        tooltips = [field("who:N", title=language("Nationals")), field("count:N", title=language("Persons"))]
        bar = Drawing(shown).mark("rect", color=colour)
        layers.append(bar.encode(x=x, x2="end:Q", y=y, y2="to:Q", tooltip=tooltips))
    each = scale.pixels / len(frame)
    room = min(widest(list(frame["label"])) + 2, NAMES_ROOM)
    names = row_names(list(frame["label"]), width=room, row_height=each)
    layers.append(names.encode(x=value(-8), y=field("row:Q", scale=scale.scale), text="label:N"))
    layers += _open_ends(frame, ends["others"], language("not all published"), x=x, scale=scale)
    layers += key_row(
        [Key(said, colour, "band") for said, colour in parts.values()], width=width, start=-room
    )
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
