"""A figure: its numbers once, the chart and the office chart drawn from them, and the words that go with it."""

import json
import re
import zlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from crossings.drawing import theme
from crossings.language import Language
from crossings.language.labels import line_labels, model_line
from crossings.language.markup import plain
from crossings.questions.base.table import Table

if TYPE_CHECKING:
    from crossings.drawing.drawing import Chart  # draws with Altair, which only a chart needs

Dash = Literal["solid", "dash", "long_dash", "dash_dot", "round_dot"]
NAME_LENGTH = 80
CHARTS_KEPT = 64
STEM_EDGES = "=+-@"


@dataclass(frozen=True)
class Look:
    """How one series is drawn, on the page and in office programs: colour, dash, width in points.

    dots: whether each of its values is marked on the line; width 0 leaves the dots alone. outlined: whether its
    bars are drawn as outlines.
    """

    colour: str
    dash: Dash = "solid"
    width: float = 2.25
    dots: bool = False
    outlined: bool = False


AIM = Look(theme.MARK, "dash", 1.5)


@dataclass(frozen=True)
class Band:
    """Two columns (by key) that bound a filled band, its colour and its name in the legend."""

    low: str
    high: str
    colour: str
    label: str


@dataclass(frozen=True)
class Level:
    """A straight line across a chart at one value, such as a target or a mark, and its name."""

    label: str
    value: float
    look: Look


@dataclass(frozen=True)
class Segment:
    """A straight line between two points (x, y) of a scatter chart, and its name."""

    label: str
    start: tuple[float, float]
    end: tuple[float, float]
    look: Look


OfficeKind = Literal["line", "column", "bar", "scatter", "points", "steps", "tornado"]


@dataclass(frozen=True, eq=False)
class OfficeChart:
    """What a spreadsheet or a slide draws itself, from columns and rows of the figure's own table.

    table: the figure's table or a selection of it; its first column holds the categories, every other one is
    a series. kind: points are dots on their intervals, the ends in the third and fourth column; steps are
    bars that each begin where the one before ended, with a bar called `total` for all; a tornado's bars
    begin at `centre`. looks: by column key, or by the printed category where one bar has a look of its own.
    bands: nested, the outermost first; only with kind line. levels: with lines, columns and points. segments:
    with scatter. limits: what the value axis shows where values beyond it are cut; None leaves that end
    free. The value axis takes its format and unit from the first series' column.
    """

    kind: OfficeKind
    table: Table
    looks: Mapping[str, Look] = field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    levels: tuple[Level, ...] = ()
    segments: tuple[Segment, ...] = ()
    limits: tuple[float | None, float | None] = (None, None)
    centre: float = 0.0
    total: str = ""


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure with all that must travel with it, in one language.

    key: stable and ASCII. draw: makes the chart without title; called with width and height in pixels, left
    out to fill the container. table: the figure's numbers. source, as_of, status: whole lines. scenario: its
    name, where there is one. versions: "data", "released" and "model". alt: what the picture shows, for
    those who do not see it; the takeaway if empty. office: what office programs draw; None where a picture
    must do. link: the page in the state that made the figure. written: the charts of the screen as JSON, compressed,
    once they are drawn.
    """

    key: str
    title: str
    takeaway: str
    draw: "Callable[..., Chart]"
    table: Table
    source: str
    as_of: str
    status: str
    language: Language
    scenario: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    alt: str = ""
    office: OfficeChart | None = None
    link: str = ""
    written: dict[Hashable, bytes] = field(default_factory=dict, repr=False)

    def chart(
        self, *, width: int | None = None, height: int | None = None, selectable: bool = False
    ) -> "Chart":
        """Return the chart for the screen; None keeps the container's width and the chart's own height.

        selectable: whether a click chooses a mark, where the figure offers that.
        """
        return _for_files(self.draw, width, height, selectable)

    def written_chart(self, *, height: int | None = None, selectable: bool = False) -> str:
        """Return the chart's Vega-Lite specification for the screen as JSON, written once for all readers of its view."""
        key = (self.draw, height, selectable)
        if key not in self.written:
            self.written[key] = zlib.compress(written_chart(self.draw, height, selectable).encode(), 1)
        return zlib.decompress(self.written[key]).decode()

    @property
    def alt_text(self) -> str:
        """What the picture shows, for those who do not see it."""
        return plain(self.alt or self.takeaway)

    def footer(self) -> list[str]:
        """Return the lines under the picture: source; month and status; versions."""
        made = self.language.in_titles([plain(self.as_of).rstrip(".。"), plain(self.status)])
        return [line for line in (plain(self.source), made, self.versions_line()) if line]

    def versions_line(self) -> str:
        """Return what made the figure, with the versions of data and model."""
        language = self.language
        if not self.versions:
            return ""
        parts = ["Crossings"]
        if "data" in self.versions:
            parts.append(language("data version {version}", version=self.versions["data"]))
        if "released" in self.versions:
            parts.append(language("published to {day}", day=self.versions["released"]))
        if "model" in self.versions:
            parts.append(model_line(self.versions["model"], language))
        return " · ".join(parts)

    def about(self) -> list[tuple[str, str]]:
        """Return the figure's own description as named rows, in the figure's language."""
        language = self.language
        rows = [
            (language("Title"), plain(self.title)),
            (language("Takeaway"), plain(self.takeaway)),
            (language("What the picture shows"), self.alt_text),
            (language("Scenario"), self.scenario or ""),
            (language("Source"), bare(plain(self.source), language)),
            (language("As of"), bare(plain(self.as_of), language)),
            (language("Status"), bare(plain(self.status), language)),
            (language("Made with"), self.versions_line()),
            (language("Link"), self.link),
            (language("Rows"), language.number(len(self.table))),
        ]
        return [(name, value.removeprefix(language.named(name, ""))) for name, value in rows if value]


def bare(line: str, language: Language) -> str:
    """Return a line of a figure without the label that it begins with on a page, where a row names it already."""
    for start in line_labels(language):
        if line.startswith(start):
            return line.removeprefix(start)
    return line


def written_chart(draw: "Callable[..., Chart]", height: int | None = None, selectable: bool = False) -> str:
    """Return a chart's Vega-Lite specification for the screen, as JSON."""
    from crossings.drawing.drawing import specification

    return json.dumps(specification(_drawn(draw, None, height, selectable)), ensure_ascii=False)


def _drawn(draw: "Callable[..., Chart]", width: int | None, height: int | None, selectable: bool) -> "Chart":
    from crossings.drawing.drawing import unchecked

    settings = {"width": width, "height": height, "selectable": selectable or None}
    with unchecked():
        return draw(**{name: given for name, given in settings.items() if given is not None})


_for_files = lru_cache(maxsize=CHARTS_KEPT)(_drawn)


def file_name(figure: Figure, extension: str) -> str:
    """Return a file's name: the title and the scenario in the reader's language, safe on every system."""
    words, scenario = plain(figure.title), figure.scenario or ""
    named = words if scenario in words else f"{words} {scenario}"
    return f"{safe_stem(named) or figure.key}.{extension}"


def safe_stem(words: str) -> str:
    """Return words as the stem of a file's name that every system takes; empty where nothing is left."""
    stem = re.sub(r'[\\/:*?"<>|\x00-\x1f.,;]+', " ", words)
    return re.sub(r"\s+", "-", stem.strip())[:NAME_LENGTH].strip(STEM_EDGES)
