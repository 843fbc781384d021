"""Words as Markdown shows them: all as text, except the few marks with which this app's own sentences are written.

A sentence of the app may hold **bold** parts, `code`, list lines ("- ") and a heading's mark at its very beginning.
Everything else that Markdown, HTML, LaTeX, emoji codes or automatic links would make of a text is taken for what it
is: words of a person, a file, a link or a publisher. Links and colours exist only as `Marked`, made here.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote

from crossings.plain_text import shown

JOINER = "\u2060"
TEXTS_KEPT = 4096
ASCII_MARKS = re.compile(r"[\\`*\[\]<>$~|]")
UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
ENTITY = re.compile(r"&(?=#?\w+;)")
LINE_START = re.compile(
    r"^([ \t]*)(#(?=[#\s]|$)|[+=-](?=[\s+=-]|$)|:(?=-)|\d{1,9}[.)](?=\s|$))", re.MULTILINE
)
INDENT = re.compile(r"^(?: {4,}[ \t]*| *\t[ \t]*)", re.MULTILINE)
ADDRESS = re.compile(r"(?<=[A-Za-z]:)(?=//)|(?<=www)(?=\.)|(?<=[\w.+-]@)(?=\w)", re.IGNORECASE)
CODE_WORD = re.compile(r":(?=[\w+-]+:|[a-z][a-z0-9-]*\[|material/)", re.IGNORECASE)
ARROW = re.compile(r"(?<!\S)([<~>-])(?=[->=])")
PARTS = re.compile(r"\\[*`]|`[^`\n]+`|\*\*|\A#{1,6} |^ {0,3}- ", re.MULTILINE)
MARKS = re.compile(r"\\[*`]|`[^`\n]+`|\*\*")
WEB = ("http://", "https://", "/")
COLOURS = ("orange",)


class Marked(str):
    """Markdown that this app wrote itself; the screen's door lets it pass as it is."""

    __slots__ = ()


def escaped(text: str) -> Marked:
    """Return any text as Markdown that shows exactly its letters."""
    return text if isinstance(text, Marked) else _escaped(text)


@lru_cache(maxsize=TEXTS_KEPT)
def _escaped(text: str) -> Marked:
    return Marked(_literal(shown(text), starts=True))


def sentence(text: str) -> Marked:
    """Return a sentence as Markdown in which only the app's own marks (bold, code, list, heading) are marks."""
    return text if isinstance(text, Marked) else _sentence(text)


@lru_cache(maxsize=TEXTS_KEPT)
def _sentence(text: str) -> Marked:
    text, written, last = shown(text), list[str](), 0
    bold, opens = PARTS.findall(text).count("**") % 2 == 0, False
    for found in PARTS.finditer(text):
        written.append(_literal(text[last : found.start()], starts=last == 0))
        if found[0] == "**":
            opens = not opens
            written.append(_bold(text, found.span(), opens=opens) if bold else r"\*\*")
        else:
            written.append(found[0])
        last = found.end()
    written.append(_literal(text[last:], starts=last == 0))
    return Marked("".join(written))


def _bold(text: str, span: tuple[int, int], *, opens: bool) -> str:
    """Return the mark of bold at a place, joined to the letter beside it where a mark between them would part them.

    Markdown takes asterisks between a mark and a letter ("**92%**でした") for plain asterisks.
    """
    before, after = text[: span[0]][-1:], text[span[1] :][:1]
    inner, outer = (after, before) if opens else (before, after)
    parted = _is_mark(inner) and outer.strip() and not _is_mark(outer)
    return "**" if not parted else f"**{JOINER}" if opens else f"{JOINER}**"


def joined_bold(text: str) -> str:
    """Return a sentence with each mark of bold joined to its letters where Markdown would show its asterisks."""
    found = [part for part in MARKS.finditer(text) if part[0] == "**"]
    if len(found) % 2:
        return text
    written, last = list[str](), 0
    for number, part in enumerate(found):
        written += [text[last : part.start()], _bold(text, part.span(), opens=number % 2 == 0)]
        last = part.end()
    return "".join([*written, text[last:]])


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS" if letter else False


def literal(text: str) -> str:
    """Return a person's words so that they can stand in a sentence with marks: on one line, their own no marks."""
    return re.sub(r"[*`]", r"\\\g<0>", " ".join(shown(text).split()))


def plain(text: str) -> str:
    """Return a sentence as a file that knows no Markdown holds it."""
    return re.sub(r"\\([*`])", r"\1", re.sub(r"(?<!\\)\*\*", "", text))


def link(label: str, address: str) -> Marked:
    """Return a link; an address that leads neither to the web nor into this app is left out."""
    if not address.startswith(WEB):
        return escaped(label)
    return Marked(f"[{escaped(label)}]({quote(shown(address), safe=_SAFE).replace('~', '%7E')})")


def section(label: str, anchor: str) -> Marked:
    """Return a link to a section of the same page. anchor: ASCII letters and hyphens, the app's own."""
    return Marked(f"[{escaped(label)}](#{quote(anchor)})")


def coloured(text: str, colour: str = COLOURS[0]) -> Marked:
    """Return a text in a colour of the theme."""
    return Marked(f":{colour}[{sentence(text)}]")


def joined(separator: str, parts: Iterable[str]) -> Marked:
    """Return parts one after the other, what is not Marked as sentences."""
    return Marked(separator.join(sentence(part) for part in parts))


def filled(template: str, values: Mapping[str, object]) -> Marked:
    """Return a sentence some of whose values are Marked."""
    parts = {
        name: sentence(str(value)) if not isinstance(value, Marked) else value
        for name, value in values.items()
    }
    return Marked(sentence(template).format(**parts))


_SAFE = "/:?#@!$&+,;=%~_.-"


def _literal(text: str, *, starts: bool) -> str:
    """Return a piece of text as Markdown. starts: whether it stands at the beginning of a line."""
    text = ASCII_MARKS.sub(r"\\\g<0>", ARROW.sub(rf"\1{JOINER}", text))
    text = ENTITY.sub(r"\\&", UNDERSCORE.sub(r"\\_", text))
    text = CODE_WORD.sub(f":{JOINER}", ADDRESS.sub(JOINER, text))
    text = INDENT.sub("   ", text)
    return LINE_START.sub(_start_escaped, text) if starts or "\n" in text else text


def _start_escaped(found: "re.Match[str]") -> str:
    mark = found[2]
    return found[1] + (f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"\\{mark}")
