"""Sample values for the places of sentences, by the kind of value that a place's name stands for."""

import re
from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

from crossings.language.countries import country
from crossings.language.evidence import quality_word
from crossings.language.halls import hall_name
from crossings.language.labels import rise, status_word, subject
from crossings.language.language import Language
from crossings.language.likelihood import likelihood, outlook
from crossings.language.press import publisher
from crossings.models.queue.presets import halls
from crossings.tables.flows import Flow, Status

Made = Callable[[Language], list[str]]
MONTHS = ("2026-08", "2025-02", "2019-08")
PERSONS = (10_119_197, 850_500, 3_024_000)
COUNTERS = "개월|か月|위|位|개|건|명|행|회|대|종|곳|件|人|行|回|台|種|か|項目|個|名| (?:figure|row|month|newer|group)"
SHARES = (0.202, 0.5, 0.037)


def samples(name: str, frame: str, language: Language) -> list[str]:
    """Return three values of the kind that a place of this name holds, as the language writes them.

    What has a counter or 'year' behind its place in the frame is a bare number.
    """
    kind = next((kind for kind, names in KINDS.items() if name in names.split()), "text")
    if name == "name" and "{fault}" in frame:
        kind = "file"
    if re.search(rf"\{{{name}\}}(?:년|年)", frame):
        kind = "bare_year"
    elif re.search(rf"\{{{name}\}}(?:원|ウォン)", frame):
        kind = "won"
    elif re.search(rf"\{{{name}\}}[*]*(?:{COUNTERS})", frame):
        kind = "number"
    return MAKERS[kind](language)


def _months(language: Language) -> list[str]:
    return [language.month(pd.Period(month, "M")) for month in MONTHS]


def _spans(language: Language) -> list[str]:
    ends = (("2026-01", "2026-08"), ("2019-07", "2019-12"), ("2025-06", "2025-06"))
    return [language.span(pd.Period(first, "M"), pd.Period(last, "M")) for first, last in ends]


def _days(language: Language) -> list[str]:
    return [language.day(day) for day in (date(2026, 9, 16), date(2026, 10, 30), date(2024, 9, 6))]


def _sizes(language: Language) -> list[str]:
    return [language.people_about(persons, signed=True) for persons in (168_700, -44_700, 52_000)]


def _ranges(language: Language) -> list[str]:
    ends = ((14_900_000, 16_100_000), (9_200_000, 9_900_000), (3_300_000, 3_900_000))
    return [language.people_range(*pair) for pair in ends]


def _minutes(language: Language) -> list[str]:
    return [
        language("{minutes} minutes", minutes=language.number(minutes, digits=1))
        for minutes in (17.1, 23.0, 9.2)
    ]


def _points(language: Language) -> list[str]:
    return [language("{number} points", number=number) for number in ("−2.8", "+5.9", "+0.4")]


def _changes(language: Language) -> list[str]:
    return [language.percent(share, signed=True) for share in (0.202, -0.165, 0.068)]


MAKERS: Mapping[str, Made] = {
    "month": _months,
    "span": _spans,
    "day": _days,
    "year": lambda language: [language.year(year) for year in (2026, 2019, 2024)],
    "bare_year": lambda language: ["2026", "2019", "2024"],
    "persons": lambda language: [language.people_short(persons) for persons in PERSONS],
    "mark": lambda language: [language.mark(mark) for mark in (15_000_000, 10_000_000, 9_500_000)],
    "size": _sizes,
    "range": _ranges,
    "percent": lambda language: [language.percent(share) for share in SHARES],
    "whole_percent": lambda language: [language.percent(share, digits=0) for share in (0.84, 0.5, 0.99)],
    "change": _changes,
    "points": _points,
    "minutes": _minutes,
    "number": lambda language: ["16", "23", "4"],
    "decimal": lambda language: ["0.41", "2.75", "1.1"],
    "who": lambda language: [subject(flow, language) for flow in Flow],
    "status": lambda language: [status_word(status, language) for status in list(Status)[:3]],
    "country": lambda language: [country(code, language) for code in ("JP", "AU", "VN")],
    "code": lambda language: ["KOR", "JPN", "TOTAL"],
    "version": lambda language: ["3.0", "2.2", "1.1"],
    "file": lambda language: ["visitors.xlsx", "2026-08.csv", "flights.csv"],
    "host": lambda language: ["www.jnto.go.jp", "datalab.visitkorea.or.kr", "kosis.kr"],
    "cell": lambda language: ["C12", "A4", "N7"],
    "clock": lambda language: ["17:09", "09:00", "16:15"],
    "event": lambda language: [
        language("Export controls and boycott, 2019"),
        language("MERS outbreak in Korea, 2015"),
        language("Dedicated lanes, June 2025"),
    ],
    "list": lambda language: [
        language.in_a_list([language("Seollal"), language("weekends")]),
        language("Chuseok"),
        language.in_a_list([language("Golden Week"), language("Obon")]),
    ],
    "page": lambda language: [
        language("Annual visitor forecast"),
        language("Immigration waiting times"),
        language("Data sources"),
    ],
    "digest": lambda language: ["4beb12c07e68", "a75c07e68d38", "0c1d8e9a3b57"],
    "word": lambda language: [likelihood(percent, language) for percent in (84, 50, 99)],
    "outlook": lambda language: [outlook(percent, language) for percent in (84, 50, 99)],
    "lever": lambda language: [
        language("Dedicated lanes, all day"),
        language("E-gates for short-stay visitors"),
        language("JESTA for Koreans"),
    ],
    "hall": lambda language: [hall_name(hall, language) for hall in halls()[:3]],
    "group": lambda language: [language("Koreans"), language("Other foreigners"), language("Japanese")],
    "office": lambda language: ["JNTO", language("KTO"), "JNTO"],
    "release": lambda language: [f"JNTO {_days(language)[0]}", f"{language('KTO')} {_days(language)[1]}"],
    "publisher": lambda language: [publisher(name, language) for name in ("Kyodo", "yna.co.kr", "asahi.com")],
    "evidence": lambda language: [quality_word(grade, language) for grade in ("green", "amber", "red")],
    "fault": lambda language: ["No such file or directory", "Permission denied", "Is a directory"],
    "package": lambda language: ["xlsxwriter", "python-hwpx", "typst"],
    "typed": lambda language: ["2026-13", "abc", "-5"],
    "won": lambda language: ["869", "942", "1,013"],
    "codes": lambda language: ["month, origin", "haneda-t3, narita-t1", "KOR, JPN"],
    "scheme": lambda language: ["http", "https", "http"],
    "rise": lambda language: [rise(share, language) for share in (0.202, -0.031, 0.068)],
    "text": lambda language: [language("Seats"), language("Value of time"), language("JESTA for Koreans")],
}
KINDS: Mapping[str, str] = {
    "month": "month first last earliest newest before_month month_now month_before peak even now_month months",
    "span": "span spans era when period",
    "day": "day other_day next early late released",
    "year": "year years",
    "persons": "count total visitors median gap added official koreans japanese median_before median_after pace "
    "expected given printed named year_before amount present taken",
    "mark": "mark",
    "size": "effect difference uplift fall done causes",
    "range": "interval",
    "percent": "percent share rate unit_share",
    "whole_percent": "chance chances known_chance before after usual",
    "change": "change low high without rule",
    "points": "points",
    "minutes": "mean wait waits gain pay loss longest most minutes",
    "number": "desks row rows needed size limit seconds have promised number factor new revised firmer changed all",
    "decimal": "ratio error there_error back_error",
    "who": "who whose",
    "status": "status",
    "country": "country korea_name region",
    "code": "origin destination code variable",
    "version": "version model model_now",
    "file": "file table sheet path folder files",
    "host": "host address place",
    "cell": "cell",
    "clock": "clock",
    "event": "event",
    "list": "names items",
    "page": "page",
    "digest": "data data_now current saved",
    "word": "word",
    "outlook": "outlook",
    "lever": "lever levers scenario",
    "hall": "hall",
    "group": "group groups",
    "office": "office",
    "release": "release releases",
    "publisher": "publisher publishers source sources lead",
    "evidence": "grade grades evidence",
    "fault": "fault reason kind_of_fault",
    "package": "package",
    "typed": "value text",
    "codes": "known keys columns missing labels label setting key column due found statuses series lacks have",
    "scheme": "scheme",
    "rise": "rise",
}
