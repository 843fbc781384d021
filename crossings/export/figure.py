"""A figure with all that must travel with it, from which the screen and every file are made."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import altair as alt
import pandas as pd

from crossings.errors import N_, CrossingsError
from crossings.language import Language

Chart = alt.Chart | alt.LayerChart
FORMATS = ("png", "svg", "pdf", "csv", "xlsx")
MIME = MappingProxyType(
    {
        "png": "image/png",
        "svg": "image/svg+xml",
        "pdf": "application/pdf",
        "csv": "text/csv",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
NAME_LENGTH = 80


class MissingPackage(CrossingsError):
    """An optional package that a file needs is not installed."""


def missing(package: str) -> MissingPackage:
    """Return the error for an absent package, by the name under which it is installed."""
    return MissingPackage(
        N_(
            "This file needs the package {package}, which is not installed. Install it with: pip install {package}"
        ),
        package=package,
    )


@dataclass(frozen=True)
class Look:
    """How one series is drawn: colour, dash (solid, dash, long_dash, dash_dot, round_dot) and width in points."""

    colour: str
    dash: str = "solid"
    width: float = 2.25


@dataclass(frozen=True)
class Band:
    """Two columns of a native chart that bound a filled band, its colour and its name in the legend."""

    low: str
    high: str
    colour: str
    label: str


@dataclass(frozen=True)
class NativeChart:
    """What a spreadsheet or a slide draws itself.

    frame: first column the categories, every other column one series under its translated heading.
    share: the values are shares, written as per cent; otherwise persons. looks: by heading, where a
    series, or the one bar of a category, has a look of its own. bands: nested, the outermost first; only
    with kind line. spread: two columns that bound the first series, drawn as error bars. unit: of the values,
    where they are neither shares nor persons.
    """

    kind: Literal["line", "column", "bar", "scatter"]
    frame: pd.DataFrame
    share: bool = False
    looks: Mapping[str, Look] = field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    spread: tuple[str, str] | None = None
    unit: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure: its picture, its table and the words that go wherever it goes, all in one language.

    key: stable and ASCII. body: draws the chart without title, called with width and height in pixels
    (None fills the container). frame: the table as shown, headings translated. source, as_of, status:
    whole lines. scenario: its own name, where there is one. versions: "data", "released" and "model". alt: what the
    picture shows, for those who do not see it; the takeaway if empty. link: the page in the state that
    made the figure.
    """

    key: str
    title: str
    takeaway: str
    body: Callable[..., Chart]
    frame: pd.DataFrame
    source: str
    as_of: str
    status: str
    language: Language
    scenario: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    alt: str = ""
    native: NativeChart | None = None
    link: str = ""

    def chart(self, *, width: int | None = None, height: int | None = None) -> Chart:
        """Return the chart for the screen; None keeps the container's width and the chart's own height."""
        sizes = {"width": width, "height": height}
        return self.body(**{name: size for name, size in sizes.items() if size is not None})

    @property
    def alt_text(self) -> str:
        """What the picture shows, for those who do not see it."""
        return plain(self.alt or self.takeaway)

    def footer(self) -> list[str]:
        """Return the lines under the picture: source; month and status; versions."""
        made = " · ".join(part for part in (plain(self.as_of), plain(self.status)) if part)
        return [line for line in (plain(self.source), made, self.versions_line()) if line]

    def versions_line(self) -> str:
        """Return what made the figure, with the versions of data and model."""
        parts = ["Crossings"]
        if "data" in self.versions:
            parts.append(self.language("data version {version}", version=self.versions["data"]))
        if "released" in self.versions:
            parts.append(self.language("published to {day}", day=self.versions["released"]))
        if "model" in self.versions:
            parts.append(self.language("model version {version}", version=self.versions["model"]))
        return " · ".join(parts)

    def about(self) -> list[tuple[str, str]]:
        """Return the figure's own description as named rows, in the figure's language."""
        rows = [
            (self.language("Title"), plain(self.title)),
            (self.language("Takeaway"), plain(self.takeaway)),
            (self.language("What the picture shows"), self.alt_text),
            (self.language("Scenario"), self.scenario or ""),
            (self.language("Sources"), plain(self.source)),
            (self.language("As of"), plain(self.as_of)),
            (self.language("Status"), plain(self.status)),
            (self.language("Made with"), self.versions_line()),
            (self.language("Link"), self.link),
            (self.language("Rows"), self.language.number(len(self.frame))),
        ]
        return [(name, value) for name, value in rows if value]


def plain(text: str) -> str:
    """Return a sentence without its Markdown emphasis."""
    return text.replace("**", "")


def file_name(figure: Figure, kind: str) -> str:
    """Return a file's name: the title and the scenario in the reader's language, safe on every system."""
    words = " ".join(part for part in (plain(figure.title), figure.scenario) if part)
    return f"{safe_stem(words) or figure.key}.{kind}"


def safe_stem(words: str) -> str:
    """Return words as the stem of a file's name that every system takes; empty where nothing is left."""
    stem = re.sub(r'[\\/:*?"<>|\x00-\x1f.,;]+', " ", words)
    return re.sub(r"\s+", "-", stem.strip())[:NAME_LENGTH].strip("-")
