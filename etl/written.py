"""What people write by hand: numbers, months, countries and text files of any encoding, read or refused."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from crossings.errors import N_, CrossingsError
from crossings.tables.months import MONTH_PATTERN

UNITS = {
    "억": 100_000_000,
    "億": 100_000_000,
    "백만": 1_000_000,
    "百万": 1_000_000,
    "million": 1_000_000,
    "만": 10_000,
    "万": 10_000,
    "萬": 10_000,
    "천": 1_000,
    "千": 1_000,
    "thousand": 1_000,
}
PERSONS = r"(명|인|人|名|persons?|people|visitors?)?"
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+|\d+(?:\.\d+)?"
PART = re.compile(rf"({NUMBER})\s*({'|'.join(UNITS)})?\s*")
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
REIWA_BEGAN = 2019
COUNTRIES = {
    "KR": "KOR",
    "JP": "JPN",
    "KOREA": "KOR",
    "JAPAN": "JPN",
    "韓国": "KOR",
    "日本": "JPN",
    "한국": "KOR",
    "일본": "JPN",
}
SEPARATORS = (",", ";", "\t")
BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


class NotUnderstood(CrossingsError):
    """Something written by hand is not what it should be."""


class UnknownCharacters(CrossingsError):
    """A text file is in no known character set."""


def persons(written: object) -> int:
    """Return a count of persons as people write it: 723,400; 91만 명; 37.2万人; 1,234.5천; full-width digits.

    Raises NotUnderstood with what was read.
    """
    text = unicodedata.normalize("NFKC", str(written)).strip()
    bare = re.sub(rf"\s*{PERSONS}$", "", text, flags=re.IGNORECASE)
    value = _sum(bare.lower())
    if value is None or value != int(value):
        raise NotUnderstood(
            N_(
                "“{value}” is not a whole number of persons. Write it as 723400 or 723,400; 91.2만 명 and "
                "37.2万人 are also accepted."
            ),
            value=str(written)[:40],
        )
    return int(value)


def _sum(text: str) -> Decimal | None:
    """Return the sum of a number's parts, each of a smaller unit than the one before; None where it is none."""
    total, at, unit_before = Decimal(0), 0, None
    while at < len(text):
        part = PART.match(text, at)
        unit = UNITS[part[2]] if part and part[2] else 1
        if part is None or (unit_before is not None and unit >= unit_before):
            return None
        total += Decimal(re.sub(r"[, ]", "", part[1])) * unit
        at, unit_before = part.end(), unit
    return total if unit_before is not None else None


def month(written: object) -> str:
    """Return a month as YYYY-MM from 2026-09, 2026/9, 2026. 9., 2026年9月, 令和8年9月, 2026년 9월, Sep-26 or a date.

    Raises NotUnderstood with what was read.
    """
    if isinstance(written, date):
        return f"{written.year}-{written.month:02d}"
    text = unicodedata.normalize("NFKC", str(written)).strip().lower()
    for year, number in _months(text):
        found = f"{year}-{number:02d}"
        if re.fullmatch(MONTH_PATTERN, found):
            return found
    raise NotUnderstood(N_("“{value}” is not a month. Write it as 2026-09."), value=str(written)[:40])


def _months(text: str) -> Iterator[tuple[int, int]]:
    """Yield year and month in each way of writing that fits."""
    if found := re.fullmatch(
        r"(\d{4})\s*[-/.年년]?\s*(\d{1,2})\s*[月월]?\.?(?:[-/. ]\s*\d{1,2}\.?(?:[t ].*)?)?", text
    ):
        yield int(found[1]), int(found[2])
    if found := re.fullmatch(r"令和\s*(\d{1,2}|元)\s*年\s*(\d{1,2})\s*月", text):
        yield REIWA_BEGAN + int(found[1].replace("元", "1")) - 1, int(found[2])
    if (found := re.fullmatch(r"([a-z]{3})[a-z]*[-/. ]*(\d{4}|\d{2})", text)) and found[1] in MONTH_NAMES:
        yield int(found[2]) % 100 + 2000, MONTH_NAMES.index(found[1]) + 1


def country(written: object) -> str:
    """Return a country's code from a code of two or three letters or its name; others are returned as written."""
    text = unicodedata.normalize("NFKC", str(written)).strip().upper()
    return COUNTRIES.get(text, text)


def text_of_file(content: bytes, *, name: str) -> str:
    """Return a text file's text, its line ends as line feeds, in whatever character set it is.

    UTF-8 and UTF-16 are told by their marks or bytes; the old Korean and Japanese sets by what comes out: Hangul,
    kana without half-width ones. Raises UnknownCharacters.
    """
    for text in _readings(content):
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnknownCharacters(
        N_(
            "The character set of {file} is unknown. Save it in a spreadsheet program as “CSV UTF-8” "
            "and upload it again."
        ),
        file=name,
    )


def _readings(content: bytes) -> Iterator[str]:
    for mark, charset in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            yield from _decoded(content, charset)
            return
    if b"\0" in content[:200]:
        yield from _decoded(content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
        return
    yield from _decoded(content, "utf-8")
    yield from (text for text in _decoded(content, "euc_kr") if _hangul(text) and not _kana_misread(text))
    yield from (text for text in _decoded(content, "cp932") if not _half_width_kana(text))
    yield from (text for text in _decoded(content, "euc_jp") if not _hangul(text))
    yield from (text for text in _decoded(content, "cp949") if _hangul(text))
    yield from _decoded(content, "cp932")


def _decoded(content: bytes, charset: str) -> Iterator[str]:
    try:
        yield content.decode(charset)
    except UnicodeDecodeError:
        return


def _hangul(text: str) -> bool:
    return any("가" <= letter <= "힣" for letter in text)


def _kana_misread(text: str) -> bool:
    """Say whether a text read as Korean holds what Japanese kana look like then: single jamo, or Greek letters."""
    jamo = any("\u3131" <= letter <= "\u318e" for letter in text)
    return jamo or sum("\u0391" <= letter <= "\u03c9" for letter in text) > 1


def _half_width_kana(text: str) -> bool:
    return any("\uff61" <= letter <= "\uff9f" for letter in text)


def separator_of(header: str) -> str:
    """Return the sign that parts the columns of a header line: comma, semicolon or tab, whichever stands most often."""
    return max(SEPARATORS, key=header.count)
