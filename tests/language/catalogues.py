"""What the sources say in English and what the catalogues answer, for the tests of both."""

import importlib
import importlib.util
import io
import string
from collections import Counter
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

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
    found: dict[Key, str] = {}
    for source in SOURCES:
        folder, pattern = (PROJECT, source) if source.endswith(".py") else (PROJECT / source, "**.py")
        rows = extract_from_dir(str(folder), [(pattern, "python")], keywords=KEYWORDS)
        found.update(
            {_with(context, message): f"{source}/{name}:{line}" for name, line, message, _, context in rows}
        )
    for module in MESSAGES_IN_DATA:
        if importlib.util.find_spec(module.rsplit(".", 1)[0]) and importlib.util.find_spec(module):
            texts = importlib.import_module(module).messages()
            found.update(dict.fromkeys(texts, module))
    return found


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
        after.add(
            text, message.string if message else None, context=context, flags=message.flags if message else ()
        )
    draft = io.BytesIO()
    write_po(draft, after, width=WIDTH, sort_output=True, omit_header=True)
    head = path.read_text("utf-8").partition("\n\n")[0]
    path.write_text(f"{head}\n\n{draft.getvalue().decode().strip()}\n", "utf-8")
    return [key for key in wanted if key not in known]


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
    for language_code in ("ko", "ja"):
        for key in brought_up_to_date(language_code):
            print(f"locales/{language_code}.po lacks a translation of: {key}")
