"""Marks that several charts share: labels at line ends, the mark, status by form, hover points, pandemic months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import place
from crossings.drawing.dodge import how_many_fit, spread
from crossings.drawing.drawing import Drawing, Encoding, Layer, Marked, Rows, colour_of, field, value
from crossings.drawing.measure import in_phrases, text_width
from crossings.language import Language
from crossings.tables import closures
from crossings.tables.flows import Status

Form = Literal["line", "dashed", "dotted", "band", "dot", "ring", "diamond"]
LABEL_GAP = 16
LINE = 14
DASHES: dict[str, list[float]] = {"line": theme.SOLID, "dashed": theme.DASHED, "dotted": [1.5, 3]}
MANY_MONTHS = 60
SOFT = (Status.ESTIMATE.value, Status.ADDED.value)
KEY_MARGIN = 60
PANDEMIC = closures.WITHOUT_WAIVER


@dataclass(frozen=True)
class EndLabel:
    """A label beside the end of a line. value: where the line ends. rank: 0 stays longest when room is short."""

    value: float
    text: str
    colour: str
    bold: bool = False
    rank: int = 1


@dataclass(frozen=True)
class Frame:
    """The picture's vertical scale: data values at its foot and head, and its height in pixels."""

    low: float
    high: float
    pixels: float

    def values(self, pixels: float) -> float:
        """Return how much of the scale so many pixels are."""
        return (self.high - self.low) * pixels / self.pixels

    @property
    def scale(self) -> dict[str, Any]:
        """The vertical scale, ending exactly at its limits."""
        return {"domain": [self.low, self.high], "nice": False, "zero": False}

    @property
    def y(self) -> Encoding:
        """The vertical encoding of column `y`, its axis drawn by another layer."""
        return field("y:Q", scale=self.scale)

    def axis(self, axis: dict[str, Any]) -> Encoding:
        """Return the vertical encoding of column `y`."""
        return field("y:Q", scale=self.scale, axis=axis)


def horizontal(low: float, high: float, axis: dict[str, Any]) -> Encoding:
    """Return the horizontal encoding of column `x`, ending exactly at its limits."""
    return field("x:Q", scale={"domain": [low, high], "nice": False, "zero": False}, axis=axis)


def haloed(data: Rows, *, x: Encoding, y: Encoding, **style: Any) -> list[Layer]:
    """Return text layers with a paper-white edge, so that a label reads on top of lines. Text in `label`."""
    edge = {"stroke": theme.PAPER, "strokeWidth": 3, "strokeJoin": "round"}
    base = Drawing(data)
    return [base.mark("text", **look).encode(x=x, y=y, text="label:N") for look in (style | edge, style)]


def end_labels(labels: Sequence[EndLabel], *, at: float, x: Encoding, frame: Frame) -> list[Layer]:
    """Return labels at the right end, moved apart just enough, each tied to its line where it moved."""
    kept = _that_fit(labels, frame)
    if not kept:
        return []
    half = frame.values(LABEL_GAP / 2)
    placed = spread([label.value for label in kept], gap=2 * half, low=frame.low + half / 2, high=frame.high)
    ends = list(zip(kept, placed, strict=True))
    moved = [(label, y) for label, y in ends if abs(y - label.value) > frame.values(4)]
    y, layers = frame.y, []
    if moved:
        tie = Drawing(_ends(moved, at)).mark("rule", xOffset=3, x2Offset=10, strokeWidth=1)
        line = field("line:Q", scale=frame.scale)
        layers.append(tie.encode(x=x, x2="x:Q", y=line, y2="y:Q", color=colour_of("colour")))
    for bold in (False, True):
        part = [(label, y) for label, y in ends if label.bold == bold]
        if part:
            text = Drawing(_ends(part, at)).mark(
                "text",
                align="left",
                dx=12,
                baseline="middle",
                fontSize=theme.AXIS_SIZE + bold,
                fontWeight="bold" if bold else "normal",
            )
            layers.append(text.encode(x=x, y=y, text="label:N", color=colour_of("colour")))
    return layers


def _ends(labels: Sequence[tuple[EndLabel, float]], at: float) -> Rows:
    return {
        "x": [at] * len(labels),
        "line": [label.value for label, _ in labels],
        "y": [y for _, y in labels],
        "label": [label.text for label, _ in labels],
        "colour": [label.colour for label, _ in labels],
    }


def _that_fit(labels: Sequence[EndLabel], frame: Frame) -> list[EndLabel]:
    room = how_many_fit(gap=LABEL_GAP, low=0, high=frame.pixels)
    return sorted(labels, key=lambda label: label.rank)[:room]


def mark_line(
    mark: float,
    language: Language,
    *,
    x: Encoding,
    frame: Frame,
    at: float,
    right: bool = False,
    below: bool = False,
) -> list[Layer]:
    """Return the mark as a dashed red line, named at one end, above it unless that has no room."""
    row: Rows = {"y": [mark], "x": [at], "label": [language("Threshold {mark}", mark=language.mark(mark))]}
    y = frame.y
    line = (
        Drawing(row).mark("rule", color=theme.MARK, strokeDash=theme.MARK_DASH, strokeWidth=1.5).encode(y=y)
    )
    above = not below and mark + frame.values(18) <= frame.high
    text = haloed(
        row,
        x=x,
        y=y,
        color=theme.MARK,
        fontSize=theme.AXIS_SIZE,
        align="right" if right else "left",
        baseline="bottom" if above else "top",
        dy=-3 if above else 4,
        dx=-2 if right else 2,
    )
    return [line, *text]


def quiet_corner(lines: Rows, mark: float, frame: Frame) -> tuple[bool, bool]:
    """Return (right, below): the end and side of the mark's line where the fewest points of lines are."""
    x, y = (np.asarray(lines[name], dtype=float) for name in ("x", "y"))
    first, last = x.min(), x.max()
    third = (last - first) / 3
    busy = {}
    for right in (False, True):
        near = y[x >= last - third] if right else y[x <= first + third]
        for below in (False, True):
            low, high = (
                (mark - frame.values(24), mark + frame.values(3))
                if below
                else (mark - frame.values(3), mark + frame.values(24))
            )
            outside = low < frame.low or high > frame.high
            busy[right, below] = int(((near >= low) & (near <= high)).sum()) + 1000 * outside
    return min(busy, key=lambda corner: busy[corner])


def status_runs(rows: Mapping[str, list[Any]]) -> dict[bool, dict[str, list[Any]]]:
    """Return a line's points cut where its status changes between solid and dashed, joints in both.

    The dashed runs are of estimates and figures of the user's own. Rows stand in drawing order; `status` may be missing,
    then all is definitive. Columns: x, y and the number of the `run`.
    """
    soft = [status in SOFT for status in rows.get("status", [Status.DEFINITIVE.value] * len(rows["x"]))]
    runs: dict[bool, dict[str, list[Any]]] = {
        dashed: {"x": [], "y": [], "run": []} for dashed in (False, True)
    }
    run = 0.0
    for row, dashed in enumerate(soft):
        run += row > 0 and dashed != soft[row - 1]
        for drawn in (row - 1, row) if row and dashed != soft[row - 1] else (row,):
            for name, cell in (("x", rows["x"][drawn]), ("y", rows["y"][drawn]), ("run", run)):
                runs[dashed][name].append(cell)
    return runs


def status_line(rows: Rows, *, colour: str, x: Encoding, y: Encoding, size: float = 2.5) -> list[Layer]:
    """Return a line that shows how firm each month is: solid, open points, dashed and open points."""
    columns = {name: list(rows[name]) for name in ("x", "y", "status") if name in rows}
    layers = []
    for dashed, part in status_runs(columns).items():
        if part["x"]:
            line = Drawing(part).mark(
                "line", color=colour, strokeWidth=size, strokeDash=theme.DASHED if dashed else theme.SOLID
            )
            layers.append(line.encode(x=x, y=y, detail="run:N"))
    if "status" in columns:
        soft = [row for row, status in enumerate(columns["status"]) if status != Status.DEFINITIVE.value]
        shown = soft[-1:] if len(columns["x"]) > MANY_MONTHS else soft
        points = {name: [columns[name][row] for row in shown] for name in ("x", "y")}
        layers.append(open_points(points, colour=colour, x=x, y=y, size=size))
    return layers


def open_points(rows: Rows, *, colour: str, x: Encoding, y: Encoding, size: float = 2.5) -> Layer:
    """Return open end points, the sign of a figure that is not definitive."""
    points = Drawing(rows).mark(
        "point",
        filled=True,
        fill=theme.PAPER,
        stroke=colour,
        strokeWidth=size * 0.7,
        size=12 * size,
        opacity=1,
    )
    return points.encode(x=x, y=y)


def hover(rows: Rows, *, x: Encoding, y: Encoding, tooltips: dict[str, str]) -> Layer:
    """Return invisible points that answer a pointer; tooltips: column of ready-made text to its heading."""
    points = Drawing(rows).mark("point", filled=True, size=140, opacity=0)
    said = [field(f"{name}:N", title=heading) for name, heading in tooltips.items()]
    return points.encode(x=x, y=y, tooltip=said)


def pandemic_band(first: pd.Period, last: pd.Period, *, x: Encoding) -> list[Layer]:
    """Return a quiet band behind the pandemic months that a calendar axis shows."""
    row = _pandemic_row(first, last)
    return [Drawing(row).mark("rect", color=theme.PANDEMIC).encode(x=x, x2="end:Q")] if len(row) else []


def pandemic_name(
    first: pd.Period, last: pd.Period, language: Language, *, x: Encoding, down: float = 2
) -> list[Layer]:
    """Return the band's name, `down` pixels under the head of the picture, to be drawn over what is there."""
    row = _pandemic_row(first, last)
    if row.empty:
        return []
    middle = Drawing(row.assign(x=(row["x"] + row["end"]) / 2, label=language("COVID-19")))
    style: dict[str, Any] = {"y": down, "baseline": "top", "fontSize": theme.AXIS_SIZE - 1}
    edge = {"stroke": theme.PAPER, "strokeWidth": 3, "strokeJoin": "round"}
    return [
        middle.mark("text", **style, **edge).encode(x=x, text="label:N"),
        middle.mark("text", **style, color=theme.QUIET_INK).encode(x=x, text="label:N"),
    ]


def _pandemic_row(first: pd.Period, last: pd.Period) -> pd.DataFrame:
    start, end = max(PANDEMIC[0], first), min(PANDEMIC[1], last)
    places = [(place(start) - 0.5, place(end) + 0.5)] if end > start else []
    return pd.DataFrame(places, columns=["x", "end"])


def row_names(labels: Sequence[str], *, width: float, row_height: float) -> Marked:
    """Return the names of rows 0, 1, ... left of the picture, wrapped at `width` pixels round the row's middle."""
    parts = []
    for row, label in enumerate(labels):
        lines = in_phrases(label, width=width, size=theme.AXIS_SIZE)
        shift = [(i - (len(lines) - 1) / 2) * LINE / row_height for i in range(len(lines))]
        parts += [(row + down, line) for down, line in zip(shift, lines, strict=True)]
    base = Drawing({"row": [row for row, _ in parts], "label": [line for _, line in parts]})
    return base.mark(
        "text", align="right", baseline="middle", fontSize=theme.AXIS_SIZE, color=theme.QUIET_INK
    )


@dataclass(frozen=True)
class Key:
    """One entry of the key above a picture: line, band, dot, ring or diamond in a colour, and what it means."""

    text: str
    colour: str
    form: Form


def key_row(entries: Sequence[Key], *, width: int | None, start: float = 0) -> list[Layer]:
    """Return the key above the picture, from `start` pixels on, in as many rows as it needs.

    width: of the whole picture; None reckons with the narrowest container.
    """
    most = (theme.NARROWEST if width is None else width) - KEY_MARGIN
    layers: list[Layer] = []
    places: list[tuple[Key, float, int]] = []
    x, row = 0.0, 0
    for entry in entries:
        room = 24 + text_width(entry.text, size=theme.AXIS_SIZE) + 18
        if x and x + room > most:
            x, row = 0.0, row + 1
        places.append((entry, x, row))
        x += room
    for entry, left, line in places:
        y = -12.0 - 17 * (row - line)
        layers += [_swatch(entry, start + left, y), _said(entry.text, start + left + 24, y)]
    return layers


def _said(text: str, x: float, y: float) -> Layer:
    mark = Drawing({"label": [text]}).mark(
        "text", x=x, y=y, align="left", baseline="middle", fontSize=theme.AXIS_SIZE, color=theme.QUIET_INK
    )
    return mark.encode(text="label:N")


def _swatch(entry: Key, x: float, y: float) -> Layer:
    base = Drawing({"here": [0]})
    if entry.form in ("line", "dashed", "dotted"):
        rule = base.mark("rule", color=entry.colour, strokeWidth=2.5, strokeDash=DASHES[entry.form])
        return rule.encode(x=value(x), x2=value(x + 18), y=value(y))
    if entry.form == "band":
        band = base.mark("rect", color=entry.colour, opacity=1)
        return band.encode(x=value(x), x2=value(x + 18), y=value(y - 5), y2=value(y + 5))
    fill = theme.PAPER if entry.form == "ring" else entry.colour
    shape = "diamond" if entry.form == "diamond" else "circle"
    style = {"shape": shape, "fill": fill, "stroke": entry.colour, "strokeWidth": 2, "size": 50, "opacity": 1}
    dot = base.mark("point", filled=True, **style)
    return dot.encode(x=value(x + 9), y=value(y))


def widest(texts: Sequence[str]) -> float:
    """Return the width of the widest text at the size of axis labels."""
    return max((text_width(text, size=theme.AXIS_SIZE) for text in texts), default=0.0)
