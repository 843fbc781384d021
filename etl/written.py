"""What people write by hand: numbers, months, countries and text files of any encoding, read or refused."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NoReturn

from crossings.errors import N_, CrossingsError
from crossings.tables.months import MONTH_PATTERN
from etl.charsets import likely_text

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
LONGEST_NUMBER = 40
PERSONS = r"(명|인|人|名|persons?|people|visitors?)?"
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+|\d+(?:\.\d+)?"
PART = re.compile(rf"({NUMBER})\s*({'|'.join(UNITS)})?\s*")
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
REIWA_BEGAN = 2019
COUNTRIES = {
    "KR": "KOR",
    "JP": "JPN",
    "KOREA": "KOR",
    "SOUTH KOREA": "KOR",
    "REPUBLIC OF KOREA": "KOR",
    "JAPAN": "JPN",
    "大韓民国": "KOR",
    "대한민국": "KOR",
    "日本国": "JPN",
    "韓国": "KOR",
    "日本": "JPN",
    "한국": "KOR",
    "일본": "JPN",
}
SEPARATORS = (",", ";", "\t", "|")
# What the columns and statuses of a table of one's own may be called beside their English names.
COLUMN_NAMES = {
    "month": ("월", "연월", "년월", "시점", "月", "年月", "対象月"),
    "origin": ("출발", "출발지", "출발국", "국적", "出発", "出発地", "出発国", "国籍"),
    "destination": ("도착", "도착지", "도착국", "목적지", "到着", "到着地", "目的地", "訪問先"),
    "visitors": ("방문자", "방문자수", "방문객", "방문객수", "인원", "訪問者", "訪問者数", "人数", "客数"),
    "status": ("상태", "状態"),
    "source": ("출처", "出典", "出所"),
    "seen": ("확인일", "確認日"),
    "note": ("비고", "메모", "備考", "メモ"),
}
STATUS_WORDS = {
    "estimate": ("estimated", "추정", "추계", "推計", "速報"),
    "provisional": ("잠정", "暫定"),
    "definitive": ("final", "확정", "確定"),
}


class NotUnderstood(CrossingsError):
    """Something written by hand is not what it should be."""


class UnknownCharacters(CrossingsError):
    """A text file is in no known character set."""


def persons(written: object) -> int:
    """Return a count of persons as people write it: 723,400; 91만 명; 37.2万人; 1,234.5천; full-width digits.

    Raises NotUnderstood with what was read, also at a raised or circled digit, which may be the mark of a footnote.
    """
    text = unicodedata.normalize("NFKC", str(written)).strip()
    marked = any(unicodedata.category(letter) == "No" for letter in str(written))
    bare = re.sub(rf"\s*{PERSONS}$", "", text, flags=re.IGNORECASE)
    value = _sum(bare.lower()) if len(bare) <= LONGEST_NUMBER else None
    if marked or value is None or value != int(value):
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
        if part[2] is None and re.search(r"\.\d*[^0]|\.\d{3}", part[1]):  # 812.000 may be thousands
            return None
        total += Decimal(re.sub(r"[, ]", "", part[1])) * unit
        at, unit_before = part.end(), unit
    return total if unit_before is not None else None


def month(written: object) -> str:
    """Return a month as YYYY-MM from 2026-09, 2026/9, 2026. 9., 2026年9月, 令和8年9月, 2026년 9월, Sep-26 or a date.

    Raises NotUnderstood with what was read, also at 2026.1, which spreadsheet programs make of 2026.10.
    """
    if isinstance(written, date):
        return f"{written.year}-{written.month:02d}"
    text = unicodedata.normalize("NFKC", str(written)).strip().lower()
    for year, number in () if re.fullmatch(r"\d{4}\.1", text) else _months(text):
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


def day(written: object) -> str:
    """Return a day as YYYY-MM-DD from 2026-10-21, 2026/10/21, 2026. 10. 21., 2026年10月21日 or 2026년 10월 21일.

    Raises NotUnderstood with what was read.
    """
    text = unicodedata.normalize("NFKC", str(written)).strip()
    found = re.fullmatch(
        r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[.日일]?(?:[ T]00:00:00)?", text
    )
    try:
        return date(*map(int, found.groups())).isoformat() if found else _no_day(written)
    except ValueError:
        return _no_day(written)


def _no_day(written: object) -> NoReturn:
    raise NotUnderstood(N_("“{value}” is not a day. Write it as 2026-10-21."), value=str(written)[:40])


def status(written: object) -> str:
    """Return a status by its English name from a word of one of the three languages; others are returned as written."""
    text = unicodedata.normalize("NFKC", str(written)).strip().lower()
    bare = re.sub(r"\s*(치|値|figures?)$", "", text)
    return next((name for name, words in STATUS_WORDS.items() if bare in words), text)


def column(written: object) -> str:
    """Return a column's English name from one in Korean or Japanese; others are returned in small letters."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(written or ""))).lower()
    return next((name for name, words in COLUMN_NAMES.items() if text in words), text)


def country(written: object) -> str:
    """Return a country's code from a code of two or three letters or its name; others are returned as written."""
    text = unicodedata.normalize("NFKC", str(written)).strip().upper()
    return COUNTRIES.get(text, text)


def text_of_file(content: bytes, *, name: str) -> str:
    """Return a text file's text, its line ends as line feeds, in the character set it is in. Raises UnknownCharacters."""
    text = likely_text(content)
    if text is not None:
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnknownCharacters(
        N_(
            "The character set of {file} is unknown. Save it in a spreadsheet program as “CSV UTF-8” "
            "and upload it again."
        ),
        file=name,
    )


def separator_of(header: str) -> str:
    """Return the sign that parts the columns of a header line: comma, semicolon or tab, whichever stands most often."""
    return max(SEPARATORS, key=header.count)
