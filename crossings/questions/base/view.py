"""What a question's answer consists of, on the screen and in every file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from crossings.language import Language
from crossings.language.markup import plain
from crossings.questions.base.figure import Figure
from crossings.questions.base.question import Question
from crossings.questions.base.table import NOTHING, Column, Table, table

Grade = Literal["green", "amber", "red"]
T = TypeVar("T")
MOST_POINTS = 5
FOR_PAPER = "for-paper"  # the key of a remark that only papers carry


class OnDemand(Mapping[str, T], Generic[T]):
    """Named things, each made when it is first asked for and kept by whoever holds the mapping."""

    def __init__(self, makers: Mapping[str, Callable[[], T]]) -> None:
        self._makers, self._made = dict(makers), dict[str, T]()

    def __getitem__(self, key: str) -> T:
        if key not in self._made:
            self._made[key] = self._makers[key]()
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


@dataclass(frozen=True)
class KeyFigure:
    """One number of a page's top row with what it is compared with."""

    label: str
    value: str
    comparison: str | None = None


@dataclass(frozen=True)
class Assumption:
    """One assumption: what, which value, how good its evidence, how much hangs on it, from where."""

    label: str
    value: str
    quality: Grade
    impact: Grade | None
    source: str


@dataclass(frozen=True, eq=False, kw_only=True)
class View:
    """One question answered in one language: all that its page, its briefing and its check show.

    question: what was asked, as it is answered (choices that cannot be had are replaced). name: the page's
    name. answer: sentences in Markdown, all that a file says; headline: the part of it that the page sets
    large, the whole where empty; paragraphs: what the page says below it; notes: the same in small.
    key_figures: at most four. figures and tables: by key, each made when it is first asked for; figures in the
    order of the page. method: points on how it was worked out; caveats: the same in full as Markdown.
    remarks: sentences by key that take long, each made when it is first asked for. assumptions: with their
    grades, made when called. tables_used: published tables whose sources count here. versions: further model
    versions by name. likelihood: whether words of the likelihood scale are used. boxed: what a paper's summary
    adds to the headline; in_paper: a point that only a paper carries.
    """

    question: Question
    language: Language
    name: str
    answer: str
    headline: str = ""
    paragraphs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    key_figures: tuple[KeyFigure, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    method: tuple[str, ...] = ()
    caveats: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)
    assumptions: Callable[[], Table] | None = None
    tables_used: tuple[str, ...] = ("visitors",)
    versions: tuple[tuple[str, str], ...] = ()
    likelihood: bool = False
    boxed: str = ""
    in_paper: str = ""


def assumption_table(rows: tuple[Assumption, ...], language: Language) -> Table:
    """Return assumptions as text, under the headings that the Scenario page uses."""
    from crossings.language.evidence import impact_word, quality_word

    impacts = [NOTHING if row.impact is None else impact_word(row.impact, language) for row in rows]
    return table(
        language,
        [
            (Column("assumption", language("Assumption")), [row.label for row in rows]),
            (
                Column("value", language("Median (5th to 95th percentile)")),
                [row.value or NOTHING for row in rows],
            ),
            (Column("evidence", language("Evidence")), [quality_word(row.quality, language) for row in rows]),
            (Column("impact", language("Impact")), impacts),
            (Column("source", language("Sources")), [row.source for row in rows]),
        ],
    )


def points(markdown: str) -> tuple[str, ...]:
    """Return a page's caveats, written as a Markdown list, as plain points."""
    lines = (line[2:] for line in markdown.splitlines() if line.startswith("- "))
    return tuple(plain(line) for line in lines)[:MOST_POINTS]
