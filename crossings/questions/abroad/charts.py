"""Who is abroad: dated counts with their gaps, third countries on a map, joint operations as bars."""

from typing import Any

import numpy as np
import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import NO_AXIS, calendar_axis, count_axis, place, ticks
from crossings.drawing.drawing import Chart, Drawing, Encoding, Layer, colour_of, field, value
from crossings.drawing.globe import WORLD, Window, land
from crossings.drawing.marks import (
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
    first, last = min(months) - 6, max(months) + 6
    values = ticks(0, max(float(part["persons"].max()) for part in parts), count=4)
    x = horizontal(place(first), place(last), calendar_axis(first, last, language))
    y = Frame(0, values[-1], theme.plot_height(height)).axis(count_axis(values, language))
    rows = _dated_rows(frame, language)
    layers = [
        *_quota_steps(quota, place(last), x=x, y=y),
        *_joined_dots(rows, x=x, y=y),
        _dated_hover(rows, language, x=x, y=y),
        *key_row(_dated_keys(rows, quota), width=width),
    ]
    return theme.finished(layers, width=width, height=height)


def _dated_rows(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    return frame.assign(
        x=[place(pd.Period(day, "M")) for day in frame["day"]],
        y=frame["persons"].astype(float),
        colour=frame["side"].map(SIDE),
        line=frame["name"] + frame["run"],
        when=frame["day"].map(language.day),
        count=frame["persons"].map(language.people),
    )


def _joined_dots(rows: pd.DataFrame, *, x: Encoding, y: Encoding) -> list[Layer]:
    line = Drawing(rows).mark("line", strokeWidth=2)
    return [
        line.encode(x=x, y=y, detail="line:N", color=colour_of("colour")),
        *(_dots_of_form(part, ring=bool(ring), x=x, y=y) for ring, part in rows.groupby("ring")),
    ]


def _dots_of_form(rows: pd.DataFrame, *, ring: bool, x: Encoding, y: Encoding) -> Layer:
    fill = {"fill": theme.PAPER} if ring else {}
    dots = Drawing(rows).mark("point", filled=True, size=46, strokeWidth=1.8, opacity=1, **fill)
    return dots.encode(x=x, y=y, **{"stroke" if ring else "color": colour_of("colour")})


def _dated_hover(rows: pd.DataFrame, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    tooltips = {"name": language("Kind"), "when": language("Date"), "count": language("Persons")}
    return hover(rows, x=x, y=y, tooltips=tooltips)


def _dated_keys(rows: pd.DataFrame, quota: pd.DataFrame | None) -> list[Key]:
    series = rows.drop_duplicates("name").to_dict("records")
    keys = [Key(row["name"], row["colour"], "ring" if row["ring"] else "dot") for row in series]
    return keys if quota is None else [*keys, Key(str(quota["name"].iloc[0]), theme.BASELINE, "dashed")]


def _quota_steps(quota: pd.DataFrame | None, end: float, *, x: Encoding, y: Encoding) -> list[Layer]:
    if quota is None:
        return []
    steps = Drawing(_steps(quota, end)).mark(
        "line", interpolate="step-after", color=theme.BASELINE, strokeDash=theme.DASHED, strokeWidth=1.5
    )
    return [steps.encode(x=x, y=y)]


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
    dots = _sized(frame, language)
    code = str(chosen["country"].iloc[0])
    layers: list[Layer] = [
        land(),
        *_dots(dots, language),
        *_rhombs(operations, language),
        *_home(home),
        *_chosen(chosen),
        *_named(_to_name(dots, operations, chosen), home, chosen=code, window=window, width=width, high=high),
        *key_row(_map_keys(frame, operations, language), width=width),
    ]
    return theme.finished(layers, width=width, height=height, projection=window.projection())


def _sized(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return counts with the size and colour of their dots, largest first."""
    largest = float(frame["persons"].max()) if len(frame) else 1.0
    return frame.assign(
        size=LARGEST_DOT * frame["persons"].astype(float) / largest + SMALLEST_DOT,
        colour=frame["side"].map(SIDE),
        count=frame["persons"].map(language.people),
        who=frame["side"].map({"KOR": language("Koreans"), "JPN": language("Japanese")}),
    ).sort_values("size", ascending=False)


def _to_name(dots: pd.DataFrame, operations: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """Return every country that may be named, once, with the size of its dot."""
    sized = dots[["country", "name", "longitude", "latitude", "size"]]
    countries = pd.concat([sized, operations, chosen], ignore_index=True)
    return countries.drop_duplicates("country").fillna({"size": SMALLEST_DOT})


def _map_keys(frame: pd.DataFrame, operations: pd.DataFrame, language: Language) -> list[Key]:
    sides = {"KOR": language("Koreans"), "JPN": language("Japanese")}
    shown = set(frame["side"])
    keys = [Key(name, SIDE[side], "dot") for side, name in sides.items() if side in shown]
    if len(operations):
        keys.append(Key(language("documented joint evacuation"), theme.INK, "diamond"))
    return keys


def _inside(rows: pd.DataFrame, window: Window, size: tuple[float, float]) -> pd.DataFrame:
    """Return the places that lie inside a picture of some size with room for a name."""
    where = [
        window.pixels(float(east), float(north), width=size[0], height=size[1])
        for east, north in zip(rows["longitude"], rows["latitude"], strict=True)
    ]
    inside: pd.DataFrame = rows[
        [HOME_ROOM <= x <= size[0] - HOME_ROOM and 0 <= y <= size[1] for x, y in where]
    ]
    return inside


def _at(rows: pd.DataFrame) -> dict[str, Any]:
    return {"longitude": field("longitude:Q"), "latitude": field("latitude:Q")}


def _dots(dots: pd.DataFrame, language: Language) -> list[Layer]:
    if dots.empty:
        return []
    headings = {
        "name": language("Country or region"),
        "who": language("Nationals"),
        "count": language("Persons"),
    }
    tooltips = [field(f"{name}:N", title=heading) for name, heading in headings.items()]
    mark = Drawing(dots).mark("circle", clip=True, opacity=0.62, stroke=theme.PAPER, strokeWidth=0.8)
    size = field("size:Q", scale=None, legend=None)
    return [mark.encode(**_at(dots), size=size, color=colour_of("colour"), tooltip=tooltips)]


def _rhombs(operations: pd.DataFrame, language: Language) -> list[Layer]:
    if operations.empty:
        return []
    rows = operations.assign(count=operations["count"].map(language.number))
    headings = {"name": language("Country or region"), "count": language("Joint evacuations")}
    tooltips = [field(f"{name}:N", title=heading) for name, heading in headings.items()]
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
        side = home.iloc[[row]]
        ring = Drawing(side).mark(
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
        name = side.assign(label=side["name"], rise=0.0)
        layers += [ring.encode(**_at(side)), *_lettered(name, **style)]
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


def _free_names(
    named: pd.DataFrame, home: pd.DataFrame, *, chosen: str, window: Window, size: tuple[float, float]
) -> pd.DataFrame:
    """Return names that stand inside and clear of each other: the chosen one, then in the order of the rows."""
    taken = _obstacles(named, home, chosen=chosen, window=window, size=size)
    free = []
    chosen_first = pd.concat([named[named["country"] == chosen], named[named["country"] != chosen]])
    for row in chosen_first.to_dict("records"):
        own = row["country"] == chosen
        rise, clear = _clear_rise(row, taken, own=own, window=window, size=size)
        box = _box(row, rise, window, size, align="center")
        if own or (clear and _fits(row, box, window, size)):
            taken.append(box)
            free.append((row["name"], row["longitude"], row["latitude"], rise))
    return pd.DataFrame(free, columns=["label", "longitude", "latitude", "rise"])


def _clear_rise(
    row: dict[Any, Any], taken: list[Box], *, own: bool, window: Window, size: tuple[float, float]
) -> tuple[float, bool]:
    """Return how far above its place a name stands, and whether it covers nothing there; the chosen may stand below."""
    above = NAME_RISE if own else float(np.sqrt(row["size"] / np.pi)) + NAME_HALF + 1
    for rise in (above, -above) if own else (above,):
        box = _box(row, rise, window, size, align="center")
        if not any(_touch(box, other) for other in taken):
            return rise, True
    return above, False


def _obstacles(
    named: pd.DataFrame, home: pd.DataFrame, *, chosen: str, window: Window, size: tuple[float, float]
) -> list[Box]:
    """Return the boxes of what no name may cover: Korea and Japan, the ring, large dots."""
    names = zip(home.to_dict("records"), SIDES, strict=False)
    boxes = [_box(row, 0.0, window, size, align=align) for row, align in names]
    for row in named.to_dict("records"):
        radius = NAME_RISE - NAME_HALF if row["country"] == chosen else np.sqrt(row["size"] / np.pi)
        if radius >= LARGE_RADIUS:
            boxes.append(_round(row, float(radius), window, size))
    return boxes


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


def _touch(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _named(
    named: pd.DataFrame, home: pd.DataFrame, *, chosen: str, window: Window, width: int | None, high: float
) -> list[Layer]:
    """Return the names; in a picture of unknown width those that need more room show only where there is room."""
    if width is not None:
        return _names(_free_names(named, home, chosen=chosen, window=window, size=(width - EDGES, high)))
    few = _free_names(named, home, chosen=chosen, window=window, size=(theme.NARROWEST - EDGES, high))
    ordered = pd.concat([named[named["name"].isin(few["label"])], named[~named["name"].isin(few["label"])]])
    many = _free_names(ordered, home, chosen=chosen, window=window, size=(ROOMY - EDGES, high))
    more = many[~many["label"].isin(few["label"])]
    return _names(few) + _names(more, opacity={"expr": f"width > {ROOMY} ? 1 : 0"})


def _names(rows: pd.DataFrame, **style: Any) -> list[Layer]:
    return _lettered(rows, align="center", **style) if len(rows) else []


def carried_bars(
    frame: pd.DataFrame, *, language: Language, width: int | None = None, height: int = 520
) -> Chart:
    """Return each operation's persons carried as a bar in parts, one row an operation.

    frame: label, koreans_carried, japanese_carried, others_carried (persons, NaN where not published).
    """
    parts = {
        "koreans_carried": Key(language("Koreans"), SIDE["KOR"], "band"),
        "japanese_carried": Key(language("Japanese"), SIDE["JPN"], "band"),
        "others_carried": Key(language("others"), theme.OTHER_YEAR, "band"),
    }
    counts = frame[list(parts)].astype(float).fillna(0.0)
    ends = counts.cumsum(axis=1).set_axis(list(parts), axis=1)
    values = ticks(0, float(ends["others_carried"].max()), count=4)
    scale = Frame(len(frame) - 0.5, -0.5, theme.plot_height(height))
    x = horizontal(0, values[-1] * 1.08, count_axis(values, language, grid=True))
    y = field("y:Q", scale=scale.scale, axis=NO_AXIS)
    room = min(widest(list(frame["label"])) + 2, NAMES_ROOM)
    names = row_names(list(frame["label"]), width=room, row_height=scale.pixels / len(frame))
    layers = [
        *(_part_bars(counts[name], ends[name], key, language, x=x, y=y) for name, key in parts.items()),
        names.encode(x=value(-8), y=field("row:Q", scale=scale.scale), text="label:N"),
        *_open_ends(frame, ends["others_carried"], language("not all published"), x=x, scale=scale),
        *key_row(list(parts.values()), width=width, start=-room),
    ]
    return theme.finished(layers, width=width, height=height)


def _part_bars(
    counts: "pd.Series[float]",
    ends: "pd.Series[float]",
    key: Key,
    language: Language,
    *,
    x: Encoding,
    y: Encoding,
) -> Layer:
    """Return the bars of one nationality, each ending where the parts so far add up to."""
    rows = pd.DataFrame({"x": ends - counts, "end": ends, "y": np.arange(len(counts)) - 0.3})
    rows = rows.assign(to=rows["y"] + 0.6, who=key.text, count=counts.map(language.people))
    tooltips = [field("who:N", title=language("Nationals")), field("count:N", title=language("Persons"))]
    bars = Drawing(rows[counts > 0]).mark("rect", color=key.colour)
    return bars.encode(x=x, x2="end:Q", y=y, y2="to:Q", tooltip=tooltips)


def _open_ends(
    frame: pd.DataFrame, ends: "pd.Series[float]", text: str, *, x: Encoding, scale: Frame
) -> list[Layer]:
    lacking = frame[["koreans_carried", "japanese_carried"]].isna().any(axis=1).to_numpy()
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
