"""A briefing as the writers of every format take it: words, figures, tables and what the numbers rest on."""

from dataclasses import dataclass, field, replace
from types import MappingProxyType

import pandas as pd

from crossings.export.figure import Figure, plain
from crossings.formats import A4
from crossings.language import Language

MIMES = MappingProxyType(
    {
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "hwpx": "application/hwp+zip",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pdf": "application/pdf",
        "zip": "application/zip",
        "odt": "application/vnd.oasis.opendocument.text",
        "odp": "application/vnd.oasis.opendocument.presentation",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
    }
)


@dataclass(frozen=True)
class Part:
    """One figure of a briefing, already under the title its reader gave it.

    note: the reader's own remark. method: how the figure was made, for the speaker's notes.
    """

    figure: Figure
    note: str = ""
    method: tuple[str, ...] = ()


@dataclass(frozen=True)
class Absent:
    """A figure that was asked for and cannot be made today, and the sentence that says why."""

    title: str
    reason: str


@dataclass(frozen=True)
class Section:
    """Points under a heading."""

    heading: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Filing:
    """What an office writes on a paper, empty where it is left to fill in by hand.

    full: with method, assumptions, sources and versions at the end. hashes: whether versions are printed; the
    file's own record holds them in any case. every_assumption: whether slides hold all assumptions, not the
    first that fit on one.
    """

    department: str = ""
    contact: str = ""
    classification: str = ""
    number: str = ""
    full: bool = True
    hashes: bool = True
    every_assumption: bool = False


NO_FILING = Filing()


@dataclass(frozen=True)
class Briefing:
    """Everything a briefing says, in one language; texts are plain, tables hold text under translated headings.

    answer: one paragraph. method: one section a page used. assumptions: with their evidence grades.
    sources: with dates and terms. scale: the likelihood words; the three tables may be empty. stamp:
    named rows on data month, releases, day and links; versions: of data and models, printed where wanted.
    trace: JSON that lets the numbers be checked later. brief: everything on one page. sections: points under
    the headings of a paper, in their place where there are any. filing: what an office writes on it. day: of
    the paper.
    """

    title: str
    answer: str
    bullets: tuple[str, ...]
    parts: tuple[Part, ...]
    language: Language
    paper: str = A4
    absent: tuple[Absent, ...] = ()
    method: tuple[Section, ...] = ()
    assumptions: pd.DataFrame = field(default_factory=pd.DataFrame)
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)
    scale: pd.DataFrame = field(default_factory=pd.DataFrame)
    stamp: tuple[tuple[str, str], ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    trace: str = "{}"
    brief: bool = False
    sections: tuple[Section, ...] = ()
    filing: Filing = NO_FILING
    day: str = ""

    def headed(self) -> list[tuple[str, str]]:
        """Return what stands at the head of a paper: names and values, place-holders for those to fill in."""
        language, filing = self.language, self.filing
        return [
            (language.pgettext("head of a paper", "Date"), self.day),
            (
                language.pgettext("head of a paper", "Document no."),
                filing.number or language.pgettext("to fill in", "[number]"),
            ),
            (
                language.pgettext("head of a paper", "Prepared by"),
                filing.department or language.pgettext("to fill in", "[division]"),
            ),
            (
                language.pgettext("head of a paper", "Contact"),
                filing.contact or language.pgettext("to fill in", "[telephone]"),
            ),
            (
                language.pgettext("head of a paper", "Classification"),
                filing.classification or language.pgettext("to fill in", "[level]"),
            ),
        ]

    def told(self) -> tuple[Section, ...]:
        """Return the sections, or else the points alone, without those that the summary says word for word."""
        said = plain(self.answer)
        left = (
            replace(one, points=tuple(each for each in one.points if plain(each).rstrip(".。") not in said))
            for one in self.sections or (Section("", self.bullets),)
        )
        return tuple(one for one in left if one.points)

    def rests_on(self) -> tuple[tuple[str, str], ...]:
        """Return what the numbers rest on as named rows, versions only where they are printed."""
        return self.stamp + (self.versions if self.filing.hashes else ())

    def stamp_line(self) -> str:
        """Return the stamp as one line for a footer, without its links."""
        dated = self.language("Date of preparation") if self.day else ""  # stands at the head already
        rows = [row for row in self.stamp if row[0] != dated and not row[1].startswith("http")]
        named = [self.language.named(*row) for row in rows]
        return self.language.in_titles(named)

    def tables(self) -> list[tuple[str, pd.DataFrame]]:
        """Return the tables at the end that are not empty, each with its heading."""
        named = [
            (self.language("Assumptions and their evidence"), self.assumptions),
            (self.language("Sources"), self.sources),
            (self.language("Wording of probabilities"), self.scale),
        ]
        return [(heading, frame) for heading, frame in named if len(frame)]
