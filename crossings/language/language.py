"""One reader's language: texts from the catalogues, numbers, months and lists as that language writes them."""

import argparse
import gettext
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import pandas as pd
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import NumberPattern, parse_pattern

from crossings.errors import CrossingsError, Listed, Phrase
from crossings.language.conventions import Conventions, conventions
from crossings.language.markup import Marked, filled
from crossings.language.particles import fitted

LANGUAGES = {code: spoken.name for code, spoken in conventions().items()}
ISO_MONTH = re.compile(r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])")
ISO_DAY = re.compile(rf"{ISO_MONTH.pattern}-\d{{2}}")
ISO_MONTHS = re.compile(rf"\A{ISO_MONTH.pattern}(?:, {ISO_MONTH.pattern})*\Z")
ENGLISH = "en"
SHORTEST = parse_pattern("#,##0.####")
Country = TypeVar("Country", bound=str)
BRACKETED = re.compile(r"[(（「“‘][^()（）「」“”‘’]*[)）」”’]")
CATALOGUES = Path(__file__).resolve().parents[2] / "locales"


@lru_cache(maxsize=8)
def _catalogue(code: str) -> tuple[gettext.NullTranslations, bool]:
    """Return one language's texts and whether they could be read; without them English is shown."""
    try:
        with (CATALOGUES / f"{code}.po").open("rb") as source:
            entries = read_po(source, locale=code, abort_invalid=True)
        compiled = io.BytesIO()
        write_mo(compiled, entries)
        compiled.seek(0)
        return gettext.GNUTranslations(compiled), bool(len(entries))
    except Exception:  # babel lets many kinds of fault through
        return gettext.NullTranslations(), code == ENGLISH


def catalogue(code: str) -> gettext.NullTranslations:
    """Return one language's texts, read from locales/<code>.po; English has none."""
    return _catalogue(code)[0]


def _filled(said: str, message: str, values: Mapping[str, object]) -> str:
    """Return a sentence with its places filled; in English where its translation names places that are not there."""
    try:
        return fitted(said.format(**values))
    except (KeyError, IndexError, ValueError):
        return message.format(**values)


def _outside_brackets(text: str) -> str:
    """Return a text without what stands in brackets or quotation marks, where a comma parts nothing outside."""
    bare = BRACKETED.sub("", text)
    return bare if bare == text else _outside_brackets(bare)


@lru_cache(maxsize=8)
def _locale(code: str) -> Locale:
    return Locale.parse(code)


@lru_cache(maxsize=8)
def _pattern(digits: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * digits if digits else ""))


@lru_cache(maxsize=8192)
def _number(code: str, rounded: float, digits: int) -> str:
    return str(_pattern(digits).apply(rounded, _locale(code)))


@lru_cache(maxsize=8192)
def _shortest(code: str, value: float) -> str:
    return str(SHORTEST.apply(value, _locale(code)))


@lru_cache(maxsize=4096)
def _month(code: str, year: int, month: int) -> str:
    return format_date(date(year, month, 1), conventions()[code].month, locale=_locale(code))


def asked_language(arguments: Sequence[str] | None, default: str) -> "Language":
    """Return the language that a command line names with --lang, before the rest of it is read."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--lang", nargs="?", default=default)
    named = parser.parse_known_args(arguments)[0].lang
    return Language(named if named in LANGUAGES else default)


def rounding_step(largest: float, *, figures: int = 3) -> int:
    """Return to how many persons numbers read together are rounded: the largest to so many figures, from ten thousand
    on to whole thousands at least.

    largest: the largest of their sizes, 0 or more.
    """
    least = 3 if largest >= 10_000 else 0
    return int(10 ** max(len(str(int(largest))) - figures, least))


@dataclass(frozen=True)
class Language:
    """A reader's language: code is ko, ja or en."""

    code: str

    def __call__(self, message: str, /, **values: object) -> str:
        """Return an English source sentence in this language, its {named} places filled."""
        said = catalogue(self.code).gettext(message)
        if any(isinstance(value, Marked) for value in values.values()):
            return Marked(fitted(filled(said, values)))
        return _filled(said, message, values) if values else said

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        """Return an English word that means more than one thing, in the meaning that the context names."""
        translated = catalogue(self.code).pgettext(context, message)
        return _filled(translated, message, values) if values else translated

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form of a sentence that fits the count; {count} is filled too."""
        said = catalogue(self.code).ngettext(one, many, count)
        return _filled(said, one if count == 1 else many, {"count": self.number(count), **values})

    def error(self, fault: CrossingsError) -> str:
        """Return a named error's sentence in this language."""
        values = self.readable(fault.values)
        return _filled(catalogue(self.code).gettext(fault.message), fault.message, values)

    def readable(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return a message's values as they are read: months, also those written YYYY-MM, by their names."""
        return {name: self._month_in(value) for name, value in values.items()}

    def _month_in(self, value: object) -> object:
        if isinstance(value, pd.Period):
            return self.month(value)
        if isinstance(value, Phrase):
            return self(value)
        if isinstance(value, Listed) and not ISO_MONTHS.fullmatch(value):
            return self.in_a_list(value.items)
        return ISO_MONTHS.sub(self._months_of, value) if isinstance(value, str) else value

    def _months_of(self, found: re.Match[str]) -> str:
        return self.in_a_list([self.month_of(month) for month in found[0].split(", ")])

    @property
    def damaged_catalogue(self) -> str:
        """The file of this language's texts where it is missing or cannot be read, else empty."""
        return "" if _catalogue(self.code)[1] else f"locales/{self.code}.po"

    @property
    def conventions(self) -> Conventions:
        """How this language writes numbers, months, lists and documents."""
        return conventions()[self.code]

    @property
    def gap(self) -> str:
        """What stands between two sentences: Japanese writes none."""
        return self.conventions.sentence_gap

    @property
    def person_unit(self) -> str:
        """The unit of a count of persons, as a heading names it."""
        return self.conventions.person or self("persons")

    @property
    def locale(self) -> Locale:
        return _locale(self.code)

    def number(self, value: float, *, digits: int = 0) -> str:
        """Return a grouped number with exactly `digits` decimals."""
        return _number(self.code, round(value, digits) + 0.0, digits)

    def _shortest(self, value: float) -> str:
        """Return a grouped number with the decimals it needs, at most four."""
        return _shortest(self.code, value)

    def people(self, persons: float) -> str:
        """Return a count to the last person: 850,500명, 850,500人, 850,500."""
        return self.number(persons) + self.conventions.person

    def people_short(self, persons: float, *, digits: int = 2) -> str:
        """Return a rounded count: 1,012만 명, 1,012万人, 10.12 million.

        digits counts decimals of a million; Korean and Japanese round to the same place, at most to
        whole ten thousands. Counts too small for that are given to the person.
        """
        rounded = round(persons / 1e6, digits)
        if abs(rounded) < 0.1:
            return self.people(persons)
        if self.conventions.by_myriads:
            return self.number(round(persons / 1e6, min(digits, 2)) * 100) + self.conventions.large_persons
        return self.number(persons / 1e6, digits=digits) + self.conventions.large_persons

    def people_about(self, persons: float, *, signed: bool = False) -> str:
        """Return a count rounded to three figures: 16.4만 명, 16.4万人, 164,000; to the person below a hundred.

        From ten thousand on it has no more than whole thousands, so that numbers of one interval read alike.
        """
        size = abs(persons)
        step = rounding_step(size)
        rounded = round(size / step) * step
        if self.conventions.by_myriads and rounded >= 10_000:
            text = self._shortest(rounded / 1e4) + self.conventions.large_persons
        else:
            text = self.people(rounded)
        if round(size) == 0:
            return text
        return ("−" if persons < 0 else "+" if signed else "") + text

    def people_ends(self, low: float, high: float) -> tuple[str, str]:
        """Return both ends of an interval of differences with their signs, rounded like `people_about`.

        Ends of ten thousand and over have the same decimals, and the unit stands once: +7.0만, +28.4만 명.
        """
        ends = (low, high)
        rounded = [round(end / step) * step for end in ends for step in [rounding_step(abs(end))]]
        if not self.conventions.by_myriads or min(map(abs, rounded)) < 10_000:
            return self.people_about(low, signed=True), self.people_about(high, signed=True)
        digits = 0 if all(count % 10_000 == 0 for count in rounded) else 1
        first, second = (
            ("−" if count < 0 else "+") + self.number(abs(count) / 1e4, digits=digits) + unit
            for count, unit in zip(
                rounded, (self.conventions.large_word, self.conventions.large_persons), strict=True
            )
        )
        return first, second

    def mark(self, persons: float) -> str:
        """Return a round mark without needless decimals: 1,000만 명, 1,000万人, 10 million."""
        if persons % 10_000:
            return self.people(persons)
        return self._shortest(persons / self.conventions.large_unit) + self.conventions.large_persons

    def people_range(self, low: float, high: float, *, digits: int = 1) -> str:
        """Return an interval of rounded counts: 1,410만~1,610만 명, 1,410万〜1,610万人, 14.1–16.1 million.

        Small counts, and any with more than two digits asked for, are given to the person.
        """
        dash, unit = self.conventions.span, self.conventions.large_persons
        if max(low, high) < 1e5 or digits > 2:
            return f"{self.number(low)}{dash}{self.number(high)}" + self.conventions.person
        if not self.conventions.by_myriads:
            return dash.join(self.number(end / 1e6, digits=digits) for end in (low, high)) + unit
        ends = [self.number(round(end / 1e6, digits) * 100) for end in (low, high)]
        return f"{ends[0]}{self.conventions.large_word}{dash}{ends[1]}{unit}"

    def percent(self, share: float, *, digits: int = 1, signed: bool = False) -> str:
        """Return a share (0.202) as 20.2%; signed writes + and a true minus."""
        value = round(share * 100, digits) + 0.0
        said = self.number(abs(value), digits=digits) + "%"
        if value < 0:
            return "−" + said
        return "+" + said if signed and value > 0 else said

    def month(self, month: pd.Period) -> str:
        """Return 2026년 8월, 2026年8月, August 2026."""
        return _month(self.code, month.year, month.month)

    def month_of(self, text: str) -> str:
        """Return a month given as YYYY-MM as it is read."""
        return _month(self.code, int(text[:4]), int(text[5:7]))

    def date_of(self, text: str) -> str:
        """Return a day given as YYYY-MM-DD or a month as YYYY-MM as it is read, any other text as it is."""
        if ISO_MONTH.fullmatch(text):
            return self.month_of(text)
        return self.day(date.fromisoformat(text)) if ISO_DAY.fullmatch(text) else text

    def span(self, first: pd.Period, last: pd.Period) -> str:
        """Return months of one year as a span: 2026년 1~8월, 2026年1〜8月, January to August 2026."""
        if first == last:
            return self.month(last)
        pattern = self.conventions.months_of_year.replace("{first}", self._first_month(first.month))
        return format_date(date(last.year, last.month, 1), pattern, locale=self.locale)

    def months_of_a_year(self, first: int, last: int) -> str:
        """Return months of the year as a span without its year: 7~8월, 7〜8月, July–August."""
        if first == last:
            return self.month_name(last)
        return f"{self._first_month(first)}{self.conventions.span}{self.month_name(last)}"

    def _first_month(self, month: int) -> str:
        """Return the first month of a span: its number where months are numbers, else its name."""
        name = self.month_name(month)
        return str(month) if name[:1].isdigit() else name

    def month_short(self, month: int) -> str:
        """Return a month of the year without its year: 8월, 8月, Aug."""
        return format_date(date(2026, month, 1), self.conventions.month_short, locale=self.locale)

    def month_name(self, month: int) -> str:
        """Return a month of the year in full, without its year: 8월, 8月, August."""
        return format_date(date(2026, month, 1), self.conventions.month_name, locale=self.locale)

    def month_compact(self, month: pd.Period) -> str:
        """Return a month as a chart's axis over several years names it: '26.8월, 26年8月, Aug 26."""
        return format_date(
            date(month.year, month.month, 1), self.conventions.month_compact, locale=self.locale
        )

    def day(self, day: date) -> str:
        """Return 2026년 9월 16일, 2026年9月16日, 16 September 2026."""
        return format_date(day, self.conventions.day, locale=self.locale)

    def day_of_year(self, day: date) -> str:
        """Return a day without its year: 9월 16일, 9月16日, 16 September."""
        return format_date(day, self.conventions.day_of_year, locale=self.locale)

    def report_day(self, day: date) -> str:
        """Return a day as a paper carries it: 2026. 11. 27.(금), 2026年11月27日, 27 November 2026."""
        return format_date(day, self.conventions.report_day, locale=self.locale)

    def year(self, year: int) -> str:
        """Return 2026년, 2026年, 2026."""
        return f"{year}{self.conventions.year}"

    def remarked(self, text: str, remark: str) -> str:
        """Return a text with a remark in the language's brackets; without one the text alone."""
        return text + self.conventions.brackets.format(remark) if remark else text

    def named(self, name: str, value: str) -> str:
        """Return a value behind its name: 작성일: 2026년, 作成日：2026年, Date: 2026."""
        return f"{name}{self.conventions.label}{value}"

    def in_a_row(self, sentences: Sequence[str]) -> str:
        """Return sentences one after the other, with a space between them where the language sets one."""
        return self.gap.join(sentence for sentence in sentences if sentence)

    def in_a_list(self, items: Sequence[str]) -> str:
        """Return short items with the language's list mark between them."""
        return self.conventions.listing.join(item for item in items if item)

    def in_clauses(self, items: Sequence[str]) -> str:
        """Return longer items with the language's stronger mark between them, that of titles where one holds it."""
        mark, every = self.conventions.clauses, [item for item in items if item]
        if len(every) > 1 and any(mark in _outside_brackets(item) for item in every):
            mark = self.conventions.titles
        return mark.join(every)

    def in_a_name(self, items: Sequence[str]) -> str:
        """Return short names as one item of a list: 하네다·나리타, 羽田・成田, Haneda and Narita."""
        mark = self.conventions.pair
        return self.listed(list(items)) if not mark or mark in "".join(items) else mark.join(items)

    def own_first(self, countries: Iterable[Country]) -> list[Country]:
        """Return countries with the reader's own before the others."""
        return sorted(countries, key=lambda country: country != self.conventions.country)

    def in_titles(self, titles: Sequence[str]) -> str:
        """Return titles of sources with the language's mark between them."""
        return self.conventions.titles.join(title for title in titles if title)

    def listed(self, items: list[str]) -> str:
        """Return items joined as the language joins them."""
        return (
            format_list(items, locale=self.locale) if self.conventions.conjunction else self.in_a_list(items)
        )
