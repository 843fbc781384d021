"""The reading book: every sentence of a language once, its frames with real examples, for a native reader.

What the views, files and command line say is kept while they are made; a frame that none of them says is filled
with sample values of the kind its places hold.
"""

import ast
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from babel.messages.pofile import read_po

from crossings.errors import CrossingsError
from crossings.language.language import CATALOGUES, Language
from crossings.language.particles import PAIRS, fitted
from crossings.models.models import Models
from crossings.questions import registry
from crossings.questions.base import Question, View
from crossings.wordbook_samples import samples

EXAMPLES = 3
PROJECT = CATALOGUES.parent
FOLDERS = ("crossings", "etl", "ui", "pages")
Around = tuple[str, str, str]
WRITTEN = ("ko", "ja")
BOOKS = PROJECT / "docs"
FRAME, FIXED = "frames", "fixed"
PLACE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, order=True)
class Entry:
    """One entry of a catalogue: the English text (the singular of two), its context, the text in the language."""

    source: str
    context: str
    text: str

    @property
    def places(self) -> tuple[str, ...]:
        """The named places of the text, each once."""
        named = (name for _, name, _, _ in string.Formatter().parse(self.text) if name)
        return tuple(dict.fromkeys(named))

    @property
    def heading(self) -> str:
        """The English text on one line, behind its context."""
        return (f"[{self.context}] " if self.context else "") + self.source.replace("\n", " ")


def entries(code: str) -> list[Entry]:
    """Return the entries of a language's catalogue in alphabetical order."""
    known = code if code in WRITTEN else WRITTEN[0]
    with (CATALOGUES / f"{known}.po").open("rb") as source:
        messages = [message for message in read_po(source, locale=known) if message.id]
    return sorted(
        Entry(
            _first(message.id), message.context or "", _first(message.string if code == known else message.id)
        )
        for message in messages
    )


def _first(text: str | Sequence[str] | None) -> str:
    return text if isinstance(text, str) else (text or ("",))[0]


@dataclass(frozen=True)
class Listener(Language):
    """A language that keeps what it says, by English text and context: at most three sentences and their values."""

    said: dict[tuple[str, str], list[str]] = field(default_factory=dict, compare=False)
    filled: dict[tuple[str, str], list[Mapping[str, object]]] = field(default_factory=dict, compare=False)

    def __call__(self, message: str, /, **values: object) -> str:
        return self._kept(message, "", super().__call__(message, **values), values)

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        return self._kept(message, context, super().pgettext(context, message, **values), values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        return self._kept(
            one, "", super().plural(one, many, count, **values), {"count": self.number(count), **values}
        )

    def _kept(self, message: str, context: str, text: str, values: Mapping[str, object]) -> str:
        heard = self.said.setdefault((message, context), [])
        if values and text not in heard and len(heard) < EXAMPLES:
            heard.append(text)
            self.filled.setdefault((message, context), []).append(values)
        return text

    def heard(self, every: Iterable[Entry]) -> dict[Around, list[str]]:
        """Return the values that were said in places of the same name with the same letters around them."""
        found: dict[Around, list[str]] = {}
        for entry in every:
            for values in self.filled.get((entry.source, entry.context), []):
                for name, around in _around(entry.text):
                    if name in values:
                        found.setdefault(around, []).append(str(values[name]))
        return {around: list(dict.fromkeys(values)) for around, values in found.items()}


def _around(text: str) -> Iterator[tuple[str, Around]]:
    """Return each place of a frame: its name, and that name with the letter before it and the two behind it."""
    for found in PLACE.finditer(text):
        name = found.group()[1:-1]
        before, behind = text[: found.start()].rstrip("*")[-1:], text[found.end() :].lstrip("*")[:2]
        yield name, (name, before, behind)
        yield name, (name, "", behind[:1])


def book(models: Models, code: str) -> str:
    """Return the reading book of a language as Markdown."""
    language = Listener(code)
    for question in _questions(models):
        with suppress(CrossingsError):
            _read(registry.view(question, models, language))
    _read_briefing(models, language)
    places = _where()
    lines = [
        f"# {language.conventions.name}",
        "",
        "Made by `python -m crossings words --write`; not edited by hand. Part 1: every sentence frame, with the English "
        "text, the frame and three examples. Part 2: every sentence and word without a place to fill.",
    ]
    every = entries(code)
    heard = language.heard(every)
    lines += ["", f"## {FRAME}"]
    for folder, group in _grouped([entry for entry in every if entry.places], places):
        lines += ["", f"### {folder}"]
        for entry in group:
            lines += ["", *_frame(entry, language, heard)]
    lines += ["", f"## {FIXED}"]
    for folder, group in _grouped([entry for entry in every if not entry.places], places):
        lines += ["", f"### {folder}", "", *(_fixed(entry) for entry in group)]
    return "\n".join(lines) + "\n"


def _frame(entry: Entry, language: Listener, heard: Mapping[Around, list[str]]) -> Iterator[str]:
    yield f"**{_shown(entry.heading)}**  "
    yield _shown(entry.text)
    yield ""
    said = language.said.get((entry.source, entry.context), [])
    examples = [*said, *_made(entry, language, heard)] if len(said) < EXAMPLES else said
    yield from (f"- {_shown(text)}" for text in list(dict.fromkeys(examples))[:EXAMPLES])


def _fixed(entry: Entry) -> str:
    return f"- {_shown(entry.heading)} → {_shown(entry.text)}"


def _shown(text: str) -> str:
    return text.replace("\n", " ⏎ ")


def _made(entry: Entry, language: Language, heard: Mapping[Around, list[str]]) -> Iterator[str]:
    """Return an entry filled with values heard in places like its own, else with samples of their kind."""
    known: dict[str, list[str]] = {}
    for name, around in _around(entry.text):
        known[name] = known.get(name) or heard.get(around, [])
    known = {
        name: found if len(found) >= EXAMPLES else [*found, *samples(name, entry.text, language)]
        for name, found in known.items()
    }
    for number in range(EXAMPLES):
        values = {name: found[number % len(found)] for name, found in known.items()}
        yield fitted(entry.text.format(**values))


def _grouped(every: Iterable[Entry], places: Mapping[str, str]) -> list[tuple[str, list[Entry]]]:
    groups: dict[str, list[Entry]] = {}
    for entry in every:
        groups.setdefault(places.get(entry.source, "data"), []).append(entry)
    return sorted(groups.items())


def _where() -> dict[str, str]:
    """Return the folder in which each English text of the code stands; texts of data files stand in none."""
    found: dict[str, str] = {}
    for folder in FOLDERS:
        for path in sorted((PROJECT / folder).rglob("*.py")):
            parent = path.relative_to(PROJECT).parent.as_posix()
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
                    found.setdefault(node.value, parent)
    return found


def _read(view: View) -> None:
    """Make everything a view can say."""
    for mapping in (view.tables, view.remarks):
        for key in mapping:
            with suppress(CrossingsError):
                mapping[key]
    for key in view.figures:
        with suppress(CrossingsError):
            figure = view.figures[key]
            figure.table.texts()
            figure.about()
            figure.chart()


def _read_briefing(models: Models, language: Language) -> None:
    """Make the monthly summary and a list of figures, and the memo of each."""
    from crossings.briefing.compose import Asked, compose, month_in_brief
    from crossings.briefing.draft import Draft, Item
    from crossings.export.memo import memo

    questions = [registry.SavedQuestion.of(question) for question in _questions(models)[:1]]
    draft = Draft(tuple(Item(question, "overview-cumulative") for question in questions))
    for made in (month_in_brief(Asked(), models, language), compose(draft, models, language)):
        memo(made)


def _questions(models: Models) -> list[Question]:
    """Return questions that together show what the pages can say."""
    makers: tuple[Callable[[Models], Iterable[Question]], ...] = (
        _overview,
        _milestone,
        _history,
        _scenario,
        _others,
    )
    return [question for maker in makers for question in maker(models)]


def _overview(models: Models) -> Iterator[Question]:
    from crossings.questions.base import Mark
    from crossings.questions.overview.question import OverviewQuestion
    from crossings.tables.flows import DIRECTIONS, Flow

    marks = {Flow.BOTH: 10_000_000, DIRECTIONS[0]: 8_000_000, DIRECTIONS[1]: 3_500_000}
    for flow, mark in marks.items():
        yield OverviewQuestion(flow, "cumulative", Mark(mark), (2018, models.last_month.year))


def _milestone(models: Models) -> Iterator[Question]:
    from crossings.questions.base import Mark
    from crossings.questions.milestone.question import MilestoneQuestion
    from crossings.tables.flows import DIRECTIONS, Flow

    last = models.last_month
    yield MilestoneQuestion(Flow.BOTH, last.year, Mark(15_000_000), last)
    yield MilestoneQuestion(Flow.BOTH, last.year, Mark(10_000_000), last)
    yield MilestoneQuestion(Flow.BOTH, 2024, Mark(10_000_000), pd.Period("2024-07", "M"))
    yield MilestoneQuestion(DIRECTIONS[0], last.year + 1, Mark(9_500_000), last, shocks=True, fx="fixed")
    yield MilestoneQuestion(DIRECTIONS[1], 2019, Mark(3_500_000), pd.Period("2018-12", "M"))


def _history(models: Models) -> Iterator[Question]:
    from crossings.questions.history.question import HistoryQuestion
    from crossings.tables.flows import DIRECTIONS

    koreans, japanese = DIRECTIONS
    month = pd.Period("2025-02", "M")
    for flow, event in (
        (koreans, "boycott-2019"),
        (japanese, "mers-2015"),
        (koreans, "lanes-2025"),
        (koreans, "earthquake-2011"),
    ):
        yield HistoryQuestion(flow, event, year_from=2018, year_to=2025, month=month)


def _scenario(models: Models) -> Iterator[Question]:
    from crossings.models.scenario.settings import from_preset
    from crossings.questions.base import Mark
    from crossings.questions.scenario.question import ScenarioQuestion
    from crossings.tables.flows import Flow

    last = models.last_month
    for preset in ("full-package", "none", "jesta-departure-tax"):
        yield ScenarioQuestion(
            flow=Flow.BOTH,
            year=last.year + 1,
            mark=Mark(15_000_000),
            priors="evidence",
            as_of=last,
            settings=from_preset(preset),
        )


def _others(models: Models) -> Iterator[Question]:
    from datetime import date

    from crossings.models.queue.presets import calibrated, halls
    from crossings.models.queue.report import question_json
    from crossings.questions.abroad.question import AbroadQuestion
    from crossings.questions.border.question import BorderQuestion
    from crossings.questions.sources.question import SourcesQuestion
    from crossings.questions.track_record.question import TrackRecordQuestion
    from crossings.questions.track_record.selection import YearAsked
    from crossings.tables.flows import DIRECTIONS, Flow

    for hall in halls():
        base = calibrated(hall.key)
        settings, changed = (
            (base.settings, False) if hall.lane_settings is None else (hall.lane_settings, True)
        )
        yield BorderQuestion(hall.key, question_json(hall.key, settings, None), changed)
    for country in ("SAU", "ISR", "CMR"):
        yield AbroadQuestion(country, 1, near=country == "ISR")
    yield SourcesQuestion(date(2026, 11, 26))
    yield TrackRecordQuestion(Flow.BOTH, "before 2020", YearAsked.RUNNING)
    yield TrackRecordQuestion(DIRECTIONS[0], "since 2023", YearAsked.NEXT)


def place(code: str) -> Path:
    """Return where the book of a language is kept."""
    return BOOKS / f"words.{code}.md"


def faults(text: str, code: str) -> list[str]:
    """Return what a book has otherwise than the catalogue: frames and sentences that are gone, new or changed."""
    found = set(_stated(text))
    due = {(_shown(entry.heading), _shown(entry.text)) for entry in entries(code)}
    gone = [f"no longer said: {heading}" for heading, _ in sorted(found - due)]
    new = [f"not in the book: {heading}" for heading, _ in sorted(due - found)]
    return [*gone, *new, *_strangers(text)]


def _stated(text: str) -> Iterator[tuple[str, str]]:
    frames, _, fixed = text.partition(f"\n## {FIXED}\n")
    yield from re.findall(r"^\*\*(.*)\*\*  \n(.*)$", frames, flags=re.M)
    for line in fixed.splitlines():
        heading, arrow, said = line.removeprefix("- ").rpartition(" → ")
        if arrow:
            yield heading, said


def _strangers(text: str) -> list[str]:
    """Return the examples that do not follow from the frame above them."""
    blocks = re.findall(
        r"^\*\*.*\*\*  \n(.*)\n\n((?:- .*\n)+)", text.partition(f"\n## {FIXED}\n")[0], flags=re.M
    )
    return [
        f"no example of its frame: {line}"
        for frame, examples in blocks
        for line in examples.splitlines()
        if not _pattern(frame).fullmatch(line.removeprefix("- "))
    ]


def _pattern(frame: str) -> re.Pattern[str]:
    """Return what a filled frame looks like: anything in its places, one of two in each pair of particles."""
    parts = re.split(rf"({PLACE.pattern}|{'|'.join(map(re.escape, PAIRS))})", frame)
    either = {pair: f"(?:{'|'.join(map(re.escape, (*forms, pair)))})" for pair, forms in PAIRS.items()}
    return re.compile(
        "".join(either.get(part, ".*" if PLACE.fullmatch(part) else re.escape(part)) for part in parts)
    )
