"""Which of the old Korean and Japanese character sets a text file is in: the reading whose letters are the usual ones.

The same bytes are letters in several sets. Each reading is held against how often its letters stand in the app's own
Korean or Japanese texts, letter by letter; where none is clearly the likeliest, there is no answer.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from crossings.language.language import CATALOGUES

BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
ESCAPES = {b"\x1b$)C": "iso2022_kr", b"\x1b$": "iso2022_jp"}
OLD_SETS = {"cp949": "ko", "cp932": "ja", "euc_jp": "ja"}
HALF_WIDTH_KANA = re.compile(r"[\uff61-\uff9f]")
BESIDE_LETTERS = re.compile(r"[a-z][\uff61-\uff9f]|[\uff61-\uff9f][a-z]")
# A letter that the app's texts never use counts as a thousandth of one that stands in them once.
UNUSED = 0.001
# Logarithms of probability: of a letter of a reading, at least; between the best reading and the next, at least.
LEAST_OF_A_LETTER, LEAST_BETWEEN = -12.0, 4.0


def likely_text(content: bytes) -> str | None:
    """Return a file's text in the character set it is in; None where that is not certain."""
    charset = _named(content)
    if charset:
        return _decoded(content, charset)
    text = _decoded(content, "utf-8")
    if text is None or (not text.isascii() and all(map(_seldom, text))):
        return _likeliest(content) or text
    return text


def _named(content: bytes) -> str:
    """Return the set that a file's marks or escapes name, empty where there are none."""
    for mark, charset in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return charset
    if b"\0" in content[:200]:
        return "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    return next((charset for escape, charset in ESCAPES.items() if escape in content), "")


def _likeliest(content: bytes) -> str | None:
    ranked = sorted(_readings(content), reverse=True)
    if not ranked or ranked[0][1] < LEAST_OF_A_LETTER:
        return None
    alone = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= LEAST_BETWEEN
    return ranked[0][2] if alone else None


def _readings(content: bytes) -> Iterator[tuple[float, float, str]]:
    """Yield the logarithm of each reading's probability, whole and by letter, and its text."""
    for charset, code in OLD_SETS.items():
        text = _decoded(content, charset)
        letters = _letters(text or "")
        if text is None or not letters or not _plausible(text):
            continue
        usual = _usual(code)
        weights = {letter: math.log(usual.get(letter, UNUSED) / usual.total()) for letter in letters}
        whole = math.fsum(weights[letter] * count for letter, count in letters.items())
        yield whole, whole / letters.total(), text


def _seldom(letter: str) -> bool:
    """Say whether a letter is ASCII or one that two bytes of Korean or Japanese look like as UTF-8: Greek, phonetic."""
    return letter.isascii() or "\u0180" <= letter <= "\u07ff"


def _plausible(text: str) -> bool:
    """Say whether half-width kana, where a text has them, stand alone: the bytes of other letters look like them."""
    rest = HALF_WIDTH_KANA.sub("", text)
    return rest == text or (rest.isascii() and not BESIDE_LETTERS.search(text))


def _letters(text: str) -> Counter[str]:
    return Counter(letter for letter in unicodedata.normalize("NFKC", text) if letter > "\x7f")


@lru_cache(maxsize=2)
def _usual(code: str) -> Counter[str]:
    """Return how often each letter beyond ASCII stands in the app's texts of a language."""
    try:
        return _letters((CATALOGUES / f"{code}.po").read_text("utf-8")) or Counter(" ")
    except (OSError, ValueError):
        return Counter(" ")


def _decoded(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except UnicodeDecodeError:
        return None
