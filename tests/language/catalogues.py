"""What the sources say in English and what the catalogues answer, for the tests of both."""

import importlib
import importlib.util
import io
import string
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from crossings.language.language import ENGLISH, LANGUAGES
from tests.language.typography import set_right

TRANSLATED = tuple(code for code in LANGUAGES if code != ENGLISH)
PROJECT = Path(__file__).resolve().parents[2]
KEYWORDS = {
    "language": None,
    "reader": None,
    "plural": (1, 2),
    "pgettext": ((1, "c"), 2),
    "N_": None,
}
SOURCES = ("app.py", "pages", "ui", "etl", "crossings")
MESSAGES_IN_DATA = (
    "crossings.language.press",
    "crossings.models.scenario.levers",
    "crossings.models.queue.presets",
    "crossings.models.events.interventions",
    "crossings.models.events.marks",
    "crossings.tables.abroad",
    "crossings.models.worth.parameters",
    "crossings.models.forecast.public",
)

CONTEXT_END = "\x04"  # as in compiled catalogues of gettext
WIDTH = 110
Key = str | tuple[str, ...]


def extracted() -> dict[Key, str]:
    """Return every English source string and one place it stands in."""
    return dict(_found())


def packages() -> dict[str, set[str]]:
    """Return in which packages each English text without a context stands."""
    found: dict[str, set[str]] = {}
    for key, place in _found():
        if isinstance(key, str) and CONTEXT_END not in key:
            found.setdefault(key, set()).add(place.rpartition("/")[0] or place.rpartition(".")[0])
    return found


@lru_cache(maxsize=1)
def _found() -> tuple[tuple[Key, str], ...]:
    """Return every English text and a place it stands in, read from the sources once."""
    return tuple(_read())


def _read() -> Iterator[tuple[Key, str]]:
    for source in SOURCES:
        folder, pattern = (PROJECT, source) if source.endswith(".py") else (PROJECT / source, "**.py")
        rows = extract_from_dir(str(folder), [(pattern, "python")], keywords=KEYWORDS)
        for name, line, message, _, context in rows:
            yield _with(context, message), f"{source}/{name}:{line}"
    for module in MESSAGES_IN_DATA:
        if importlib.util.find_spec(module.rsplit(".", 1)[0]) and importlib.util.find_spec(module):
            for text in importlib.import_module(module).messages():
                yield text, module.replace(".", "/")


def entries(code: str) -> list[tuple[str, Message]]:
    """Return every entry of one language with the file it stands in."""
    path = PROJECT / "locales" / f"{code}.po"
    with path.open("rb") as source:
        catalogue: Catalog = read_po(source, locale=code)
    return [(path.name, message) for message in catalogue if message.id]


def places(text: str) -> Counter[str]:
    """Return the {named} places of a sentence."""
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def brought_up_to_date(code: str) -> list[Key]:
    """Add what is missing in a language's catalogue, without translation, drop what is stale; return what is missing."""
    path = PROJECT / "locales" / f"{code}.po"
    with path.open("rb") as source:
        before: Catalog = read_po(source, locale=code)
    after = Catalog(locale=code, charset="utf-8", fuzzy=False)
    known = {key_of(message): message for message in before if message.id}
    wanted = set(extracted())
    for key in wanted:
        message = known.get(key)
        context, text = _apart(key)
        after.add(text, _set(message, code), context=context, flags=message.flags if message else ())
    draft = io.BytesIO()
    write_po(draft, after, width=WIDTH, sort_output=True, omit_header=True)
    head = path.read_text("utf-8").partition("\n\n")[0]
    path.write_text(f"{head}\n\n{draft.getvalue().decode().strip()}\n", "utf-8")
    return [key for key in wanted if key not in known]


def _set(message: Message | None, code: str) -> str | tuple[str, ...] | None:
    """Return an entry's text; a Japanese one with the brackets, marks and blanks of Japanese."""
    if message is None or not message.string:
        return None
    right = set_right if code == "ja" else str
    return right(message.string) if isinstance(message.string, str) else tuple(map(right, message.string))


def key_of(message: Message) -> Key:
    """Return an entry's key: its source text, or the texts of singular and plural, behind its context."""
    return _with(message.context, tuple(message.id) if isinstance(message.id, (list, tuple)) else message.id)


def _with(context: str | None, text: Key) -> Key:
    return f"{context}{CONTEXT_END}{text}" if context and isinstance(text, str) else text


def _apart(key: Key) -> tuple[str | None, Key]:
    if isinstance(key, str) and CONTEXT_END in key:
        context, _, text = key.partition(CONTEXT_END)
        return context, text
    return None, key


if __name__ == "__main__":
    for language_code in TRANSLATED:
        for key in brought_up_to_date(language_code):
            print(f"locales/{language_code}.po lacks a translation of: {key}")
