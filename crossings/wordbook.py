"""The reading book: every sentence of a language once, its frames with real examples, for a native reader.

What the views and memos say is kept while they are made; a frame that none of them says is filled with sample
values of the kind its places hold. The first example stands in full, the others only where a particle or the form
of a number differs, else as the values of their places.
"""

import ast
import re
import string
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.pofile import read_po

from crossings.errors import CrossingsError
from crossings.language.language import CATALOGUES, Language
from crossings.language.markup import JOINER, joined_bold
from crossings.language.particles import MARKUP, PAIRS, fitted
from crossings.models.models import Models
from crossings.questions import registry
from crossings.questions.base import Question, View
from crossings.wordbook_samples import samples

EXAMPLES = 3
PROJECT = CATALOGUES.parent
FOLDERS = ("crossings", "etl", "ui", "pages")
WRITTEN = ("ko", "ja")
BOOKS = PROJECT / "docs"
PLACE = re.compile(r"\{[^{}]*\}")
PAIR = "|".join(map(re.escape, PAIRS))
BETWEEN, ARROW = " ┃ ", " ← "
LONGEST = 72
NUMBER = re.compile(r"[+−]?\d[\d.,]*(\D*)")
Values = Mapping[str, object]
SENTENCE = re.compile(r"[.。?？!…”]$")


@dataclass(frozen=True, order=True)
class Entry:
    """One entry of a catalogue: its English text (the plural of two), context, text, and the English it is asked by."""

    source: str
    context: str
    text: str
    asked: str = field(compare=False)

    @property
    def places(self) -> tuple[str, ...]:
        """The named places of the text, each once."""
        named = (name for _, name, _, _ in string.Formatter().parse(self.text) if name)
        return tuple(dict.fromkeys(named))

    @property
    def heading(self) -> str:
        """The English text on one short line."""
        return textwrap.shorten(self.source, LONGEST, placeholder=" …")


def entries(code: str) -> list[Entry]:
    """Return the entries of a language's catalogue in alphabetical order; those that differ only in case, once."""
    known = code if code in WRITTEN else WRITTEN[0]
    with (CATALOGUES / f"{known}.po").open("rb") as source:
        messages = [message for message in read_po(source, locale=known) if message.id]
    found: dict[tuple[str, str], Entry] = {}
    for message in messages:
        asked, source_text = _ends(message.id)
        text = _ends(message.string)[0] if code == known else source_text
        entry = Entry(source_text, message.context or "", text, asked)
        found.setdefault((source_text.casefold(), text), entry)
    return sorted(found.values())


def _ends(text: str | Sequence[str] | None) -> tuple[str, str]:
    """Return the singular and the plural of a text; the same twice where it has no plural."""
    forms = (text,) if isinstance(text, str) else tuple(text or ("",))
    return forms[0], forms[-1]


@dataclass(frozen=True)
class Listener(Language):
    """A language that keeps what it says, by English text and context: at most three sentences and their values."""

    said: dict[tuple[str, str], dict[str, Values]] = field(default_factory=dict, compare=False)

    def __call__(self, message: str, /, **values: object) -> str:
        return self._kept(message, "", super().__call__(message, **values), values)

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        return self._kept(message, context, super().pgettext(context, message, **values), values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        text = super().plural(one, many, count, **values)
        return self._kept(one, "", text, {"count": self.number(count), **values})

    def _kept(self, message: str, context: str, text: str, values: Mapping[str, object]) -> str:
        heard = self.said.setdefault((message, context), {})
        if values and len(heard) < EXAMPLES:
            heard.setdefault(text, values)
        return text


def book(models: Models, code: str) -> str:
    """Return the reading book of a language as Markdown."""
    language = Listener(code)
    for question in _questions(models):
        with suppress(CrossingsError):
            _read(registry.view(question, models, language))
    _read_briefing(models, language)
    found = [
        f"# {language.conventions.name}",
        "",
        "Made by `python -m crossings words --write`; not edited by hand. Each sentence frame stands filled as readers "
        "see it, with the English text behind it; below it other examples, in full where a particle or the form of a "
        f"number differs, else as the values of its places. Names, headings and sources stand in a row,{BETWEEN}between "
        "them.",
    ]
    for folder, group in _grouped(entries(code), _where()):
        found += ["", f"## {folder}", "", *_part_of_book(group, language)]
    return "\n".join(found) + "\n"


def _part_of_book(group: Sequence[Entry], language: Listener) -> Iterator[str]:
    """Return a part's frames, its sentences without a place, and its names in a row."""
    for entry in group:
        if entry.places:
            yield from lines(entry, language)
    fixed = [entry for entry in group if not entry.places]
    yield from (f"- {_name(entry)}" for entry in fixed if SENTENCE.search(entry.text))
    names = [_name(entry) for entry in fixed if not SENTENCE.search(entry.text)]
    yield from ("", BETWEEN.join(names)) if names else ()


def lines(entry: Entry, language: Listener) -> Iterator[str]:
    """Return a frame's first example with the English text, then the others as short as they can be told."""
    examples = _examples(entry, language)
    firsts: dict[tuple[str, ...], str] = {}
    for text, values in examples.items():
        firsts.setdefault(tuple(_shape(entry, values)), text)
    first, *different = firsts.values()
    yield f"- {_shown(first)}{ARROW}{entry.heading}"
    yield from (f"  - {_shown(text)}" for text in different)
    said = language.said.get((entry.asked, entry.context), {})
    alike = [_in_short(entry, values) for text, values in said.items() if text not in firsts.values()]
    if alike:
        yield f"  - {_shown(BETWEEN.join(alike))}"


def _examples(entry: Entry, language: Listener) -> dict[str, Values]:
    """Return up to three filled frames with their values: what was said, then samples of the same shape."""
    said = language.said.get((entry.asked, entry.context), {})
    if len(said) == EXAMPLES:
        return said
    forms = [_forms(entry, values) for values in said.values()]
    more = {
        text: values
        for text, values in _made(entry, language).items()
        if not said or _forms(entry, values) in forms
    }
    return dict(list({**said, **more}.items())[:EXAMPLES]) or {entry.text: {}}


def _in_short(entry: Entry, values: Values) -> str:
    """Return what stands in each place, with the particle that follows."""
    return " / ".join(fitted(f"{values.get(name, '')}{_pair(entry.text, name)}") for name in entry.places)


def _shape(entry: Entry, values: Values) -> list[str]:
    """Return for each place the particle that follows and the form of its value."""
    said = ((name, str(values.get(name, ""))) for name in entry.places)
    particles = [fitted(value + _pair(entry.text, name))[len(value) :] for name, value in said]
    return particles + _forms(entry, values)


def _forms(entry: Entry, values: Values) -> list[str]:
    """Return for each place the unit behind its number, nothing where it is no number."""
    found = (NUMBER.fullmatch(str(values.get(name, ""))) for name in entry.places)
    return [f"0{number[1]}" if number else "" for number in found]


def _pair(frame: str, name: str) -> str:
    found = re.search(rf"\{{{name}\}}[{re.escape(MARKUP)}]*({PAIR})", frame)
    return found[1] if found else ""


def _name(entry: Entry) -> str:
    return _shown(entry.text if entry.text == entry.source else f"{entry.text}{ARROW}{entry.heading}")


def _shown(text: str) -> str:
    """Return a text as Markdown: on one line, bold as on the pages, a range's mark striking nothing through."""
    return joined_bold(text.replace("\n", " ⏎ ")).replace("~", r"\~")


def _bare(text: str) -> str:
    """Return a text of the book without the joints of its bold parts, which depend on what fills a place."""
    return text.replace(JOINER, "")


def _made(entry: Entry, language: Language) -> dict[str, Values]:
    """Return an entry filled with samples of the kind that each of its places holds, and the samples."""
    asked = f"{entry.asked}\n{entry.source}"
    known = {name: samples(name, asked, entry.text, language) for name in entry.places}
    if not all(known.values()):
        return {}
    rows = [{name: found[number % len(found)] for name, found in known.items()} for number in range(EXAMPLES)]
    return {fitted(entry.text.format(**values)): values for values in rows}


def _grouped(every: Iterable[Entry], places: Mapping[str, str]) -> list[tuple[str, list[Entry]]]:
    groups: dict[str, list[Entry]] = {}
    for entry in every:
        groups.setdefault(places.get(entry.asked, "data"), []).append(entry)
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
    from crossings.formats import A4

    questions = [registry.SavedQuestion.of(question) for question in _questions(models)[:1]]
    draft = Draft(tuple(Item(question, "overview-cumulative") for question in questions), paper=A4)
    month = month_in_brief(Asked(), models, language, paper=A4)
    for made in (month, compose(draft, models, language)):
        memo(made)


def _questions(models: Models) -> list[Question]:
    """Return questions that together show what the pages can say."""
    return [question for key in registry.QUESTIONS for question in registry.examples(key, models)]


def place(code: str) -> Path:
    """Return where the book of a language is kept."""
    return BOOKS / f"words.{code}.md"


def faults(text: str, code: str) -> list[str]:
    """Return what a book has otherwise than the catalogue: frames and sentences that are gone, new or changed."""
    items = dict.fromkeys(_items(_bare(text)))
    every = entries(code)
    due = {_bare(_name(entry)): entry.heading for entry in every if not entry.places}
    new = [heading for name, heading in due.items() if name not in items]
    found = {item for item in items if item in due}
    by_heading: dict[str, list[str]] = {}
    for item in items:
        by_heading.setdefault(item.rpartition(ARROW)[2], []).append(item)
    for entry in every:
        if entry.places:
            same = [item for item in by_heading.get(entry.heading, ()) if _follows(entry, item)]
            found.update(same)
            new += [] if same else [entry.heading]
    gone = [item for item in items if item not in found]
    return [
        *(f"no longer said: {item}" for item in gone),
        *(f"not in the book: {heading}" for heading in new),
    ]


def _items(text: str) -> Iterator[str]:
    """Return what a book says of each entry: a point of its own, or one between marks in a row."""
    for line in text.partition("\n## ")[2].splitlines()[1:]:
        if line.startswith("- "):
            yield line.removeprefix("- ")
        elif line and not line.startswith(("#", "  - ")):
            yield from line.split(BETWEEN)


def _follows(entry: Entry, item: str) -> bool:
    """Return whether an item is the frame filled: anything in its places, one of two for each pair of particles."""
    parts = re.split(rf"({PLACE.pattern}|{PAIR})", _bare(_shown(entry.text)))
    return bool(re.fullmatch("".join(map(_part, parts)), item.rpartition(ARROW)[0]))


def _part(part: str) -> str:
    if PLACE.fullmatch(part):
        return ".*"
    return f"(?:{'|'.join(map(re.escape, (*PAIRS.get(part, ()), part)))})"
