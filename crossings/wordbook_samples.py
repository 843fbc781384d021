"""Sample values for the places of sentences, by the kind of value that a place holds."""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from crossings.language.countries import country
from crossings.language.evidence import quality_word
from crossings.language.halls import hall_name
from crossings.language.labels import rise, status_word, subject
from crossings.language.language import ISO_MONTH, Language
from crossings.language.likelihood import likelihood, outlook
from crossings.language.press import publisher
from crossings.models.queue.presets import halls
from crossings.models.worth.parameters import Grade
from crossings.questions.worth.sentences import airport_name
from crossings.questions.worth.stated import grade_cell
from crossings.tables.flows import DIRECTIONS, Flow, Status

Made = Callable[[Language], list[str]]
GRADES: tuple[Grade, ...] = ("weak", "fair")
RECORDS = Path(__file__).with_suffix(".toml")
COUNTERS = "개월|か月|위|位|개|건|명|행|회|대|종|곳|件|人|行|回|台|種|か(?!ら)|項目|個|名| (?:figure|row|month|newer|group)"


@lru_cache(maxsize=1)
def _records() -> dict[str, Any]:
    return tomllib.loads(RECORDS.read_text("utf-8"))


def samples(name: str, source: str, frame: str, language: Language) -> list[str]:
    """Return up to three values for a place of a sentence, as the language writes them; none for an unknown place.

    source is the English text, frame the language's. What has a counter or 'year' behind its place in the
    frame is a bare number.
    """
    for rule in _records()["rules"]:
        if name in rule and re.search(rule["frame"], source, re.MULTILINE):
            return _values(rule[name], language)
    return _values(_kind(name, frame), language)


def _kind(name: str, frame: str) -> str:
    if re.search(rf"\{{{name}\}}(?:년|年)", frame):
        return "bare_year"
    if re.search(rf"\{{{name}\}}(?:원|ウォン)", frame):
        return "won"
    if re.search(rf"\{{{name}\}}[*]*(?:{COUNTERS})", frame):
        return "number"
    return next((kind for kind, names in _records()["places"].items() if name in names.split()), "")


def _values(wanted: str | list[str], language: Language) -> list[str]:
    """Return the values of a kind, or listed ones; a listed month or known text is said in the language."""
    if isinstance(wanted, str) and wanted in MAKERS:
        return MAKERS[wanted](language)
    listed = _records()["lists"].get(wanted, []) if isinstance(wanted, str) else wanted
    return [language.month_of(text) if ISO_MONTH.fullmatch(text) else language(text) for text in listed]


def _months(*months: str) -> Made:
    return lambda language: [language.month_of(month) for month in months]


def _spans(language: Language) -> list[str]:
    ends = (("2026-01", "2026-08"), ("2019-07", "2019-12"), ("2025-06", "2025-06"))
    return [language.span(pd.Period(first, "M"), pd.Period(last, "M")) for first, last in ends]


def _dates(*days: date) -> Made:
    return lambda language: [language.day(day) for day in days]


_days = _dates(date(2026, 9, 16), date(2025, 10, 30), date(2024, 9, 6))


def _whole(persons: tuple[int, ...]) -> Made:
    return lambda language: [language.people_short(count) for count in persons]


def _sizes(language: Language) -> list[str]:
    return [language.people_about(persons) for persons in (168_700, 44_700, 52_000)]


def _causes(*persons: int) -> Made:
    """Return what moved a forecast: new data by the persons, and a new model by what is left to nothing."""
    return lambda language: [
        language.in_a_list(
            [
                f"{language(name)} {language.people_about(count, signed=True)}"
                for name, count in (("New data", persons[0]), ("Change of model", persons[1]))
            ]
        )
    ]


def _ranges(language: Language) -> list[str]:
    ends = ((9_600_000, 10_700_000), (6_500_000, 7_200_000), (2_900_000, 3_600_000))
    return [language.people_range(*pair) for pair in ends]


def _minutes(*minutes: float) -> Made:
    return lambda language: [
        language("{minutes} minutes", minutes=language.number(each, digits=1)) for each in minutes
    ]


def _points(language: Language) -> list[str]:
    return [language("{number} points", number=number) for number in ("−2.8", "+5.9", "+0.4")]


def _changes(*shares: float) -> Made:
    return lambda language: [language.percent(share, signed=True) for share in shares]


def _percents(*shares: float, digits: int = 1) -> Made:
    return lambda language: [language.percent(share, digits=digits) for share in shares]


def _money(language: Language) -> list[str]:
    return [language("{amount} billion won", amount=amount) for amount in ("1,240", "86", "312.5")]


def _flows(*flows: Flow) -> Made:
    return lambda language: [subject(flow, language) for flow in flows]


def _releases(language: Language) -> list[str]:
    return [
        f"{language(office)} {day}" for office, day in zip(("JNTO", "KTO"), _days(language), strict=False)
    ]


def _entered(language: Language) -> list[str]:
    first = f"{subject(Flow.KOREANS_TO_JAPAN, language)} {language.month_of('2026-09')}"
    return [first, f"{subject(Flow.JAPANESE_TO_KOREA, language)} {language.month_of('2026-10')}"]


def _mark_chances(language: Language) -> list[str]:
    return [
        language(
            "{mark} (**{chance}**, {word})",
            mark=language.mark(mark),
            chance=language.percent(percent / 100, digits=0),
            word=likelihood(percent, language),
        )
        for mark, percent in ((15_000_000, 84), (9_500_000, 50), (3_500_000, 31))
    ]


def _won_ranges(language: Language) -> list[str]:
    ends = (("12,000", "9,000", "16,000"), ("350", "250", "490"), ("4,100", "2,900", "5,600"))
    return [
        language("{amount} ({low} to {high})", amount=middle, low=low, high=high)
        for middle, low, high in ends
    ]


MAKERS: Mapping[str, Made] = {
    "won_range": _won_ranges,
    "month": _months("2026-08", "2025-02", "2019-08"),
    "first_month": _months("2026-03", "2019-07", "2011-03"),
    "last_month": _months("2026-08", "2020-01", "2012-02"),
    "span": _spans,
    "day": _days,
    "early_day": _dates(date(2026, 8, 20), date(2025, 10, 2), date(2024, 8, 17)),
    "late_day": _dates(date(2026, 11, 4), date(2025, 12, 1), date(2024, 10, 5)),
    "year": lambda language: [language.year(year) for year in (2026, 2019, 2024)],
    "past_year": lambda language: [language.year(year) for year in (2025, 2019, 2018)],
    "persons": _whole((10_119_197, 6_850_500, 3_271_706)),
    "mark": lambda language: [language.mark(mark) for mark in (15_000_000, 9_500_000, 3_500_000)],
    "size": _sizes,
    "causes_up": _causes(212_700, -44_000),
    "causes_down": _causes(-212_700, 44_000),
    "causes_even": _causes(44_000, -44_000),
    "revision": lambda language: [language.people_about(168_700)],
    "forecast_low": _whole((14_980_000,)),
    "forecast_high": _whole((15_150_000,)),
    "grade_cell": lambda language: [grade_cell(grade, language) for grade in GRADES],
    "airports": lambda language: [
        language.in_a_name([airport_name(code, language) for code in codes])
        for codes in (("HND", "NRT"), ("ICN",), ("KIX", "FUK", "other"))
    ],
    "range": _ranges,
    "percent": _percents(0.202, 0.5, 0.037),
    "whole_percent": _percents(0.84, 0.5, 0.31, digits=0),
    "chance_before": _percents(0.51, 0.60, 0.84, digits=0),
    "chance_after": _percents(0.59, 0.63, 0.53, digits=0),
    "change": _changes(0.202, -0.165, 0.068),
    "low_change": _changes(-0.18, 0.014, -0.092),
    "high_change": _changes(-0.03, 0.12, 0.041),
    "change_without": _changes(0.230, -0.224, 0.064),
    "points": _points,
    "minutes": _minutes(17.1, 23.0, 9.2),
    "few_minutes": _minutes(1.5, 0.8, 3.2),
    "most_minutes": _minutes(41.0, 52.5, 24.3),
    "near_minutes": _minutes(28.6, 36.0, 15.1),
    "money": _money,
    "who": _flows(Flow.BOTH, Flow.KOREANS_TO_JAPAN, Flow.JAPANESE_TO_KOREA),
    "one_way": _flows(*DIRECTIONS),
    "other_way": _flows(*DIRECTIONS[::-1]),
    "status": lambda language: [status_word(status, language) for status in list(Status)[1:]],
    "country": lambda language: [country(code, language) for code in ("IL", "SD", "CM")],
    "region": lambda language: [language(region) for region in ("Middle East", "Africa", "Asia")],
    "word": lambda language: [likelihood(percent, language) for percent in (84, 50, 31)],
    "outlook": lambda language: [outlook(percent, language) for percent in (84, 50, 31)],
    "hall": lambda language: [hall_name(hall, language) for hall in halls()[:3]],
    "release": _releases,
    "publisher": lambda language: [publisher(name, language) for name in ("Kyodo", "yna.co.kr", "asahi.com")],
    "evidence": lambda language: [quality_word(grade, language) for grade in ("green", "amber", "red")],
    "rise": lambda language: [rise(share, language) for share in (0.202, -0.031, 0.068)],
    "up": lambda language: [rise(share, language) for share in (0.202, 0.035, 0.068)],
    "down": lambda language: [rise(share, language) for share in (-0.031, -0.165, -0.004)],
    "rise_without": lambda language: [rise(share, language) for share in (0.230, -0.090, 0.064)],
    "month_persons": lambda language: [language.people(count) for count in (850_500, 418_698, 661_000)],
    "month_persons_added": lambda language: [language.people(count) for count in (851_200, 421_900, 660_000)],
    "entered": _entered,
    "mark_chance": _mark_chances,
    "persons_before": _whole((9_980_000, 6_710_000, 3_190_000)),
    "mark_passed": lambda language: [language.mark(mark) for mark in (10_000_000, 6_500_000, 3_000_000)],
    "persons_above_mark": _whole((15_210_000, 9_640_000, 3_610_000)),
}
