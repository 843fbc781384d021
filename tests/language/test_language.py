"""Numbers, months and lists as each language writes them."""

import errno
import pickle
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.errors import CrossingsError, Listed, system_fault
from crossings.language import LANGUAGES, Language
from tests.language import reading

KO, JA, EN = Language("ko"), Language("ja"), Language("en")
CODES = list(LANGUAGES)


def month(text: str) -> pd.Period:
    return pd.Period(text, "M")


@pytest.mark.parametrize(
    ("persons", "digits", "ko", "ja", "en"),
    [
        (10_119_197, 2, "1,012만 명", "1,012万人", "10.12 million"),
        (10_119_197, 1, "1,010만 명", "1,010万人", "10.1 million"),
        (850_500, 2, "85만 명", "85万人", "0.85 million"),
        (94_900, 2, "94,900명", "94,900人", "94,900"),
        (103, 2, "103명", "103人", "103"),
        (0, 2, "0명", "0人", "0"),
        (13_112_848, 2, "1,311만 명", "1,311万人", "13.11 million"),
        (123_456_789, 2, "12,346만 명", "12,346万人", "123.46 million"),
    ],
)
def test_rounded_counts(persons: int, digits: int, ko: str, ja: str, en: str) -> None:
    assert [lang.people_short(persons, digits=digits) for lang in (KO, JA, EN)] == [ko, ja, en]


@pytest.mark.parametrize(
    ("persons", "ko", "ja", "en"),
    [
        (168_700, "+16.9만 명", "+16.9万人", "+169,000"),
        (-44_732, "−4.5만 명", "−4.5万人", "−45,000"),
        (2_071_400, "+207만 명", "+207万人", "+2,070,000"),
        (7_994, "+7,990명", "+7,990人", "+7,990"),
        (9_999.6, "+1만 명", "+1万人", "+10,000"),
        (52, "+52명", "+52人", "+52"),
        (0.2, "0명", "0人", "0"),
    ],
)
def test_counts_to_three_figures(persons: float, ko: str, ja: str, en: str) -> None:
    assert [lang.people_about(persons, signed=True) for lang in (KO, JA, EN)] == [ko, ja, en]


def test_counts_to_the_person() -> None:
    assert [lang.people(7_538_952) for lang in (KO, JA, EN)] == ["7,538,952명", "7,538,952人", "7,538,952"]


@pytest.mark.parametrize(
    ("persons", "ko", "ja", "en"),
    [
        (10_000_000, "1,000만 명", "1,000万人", "10 million"),
        (10_500_000, "1,050만 명", "1,050万人", "10.5 million"),
        (1_000_000, "100만 명", "100万人", "1 million"),
        (10_487_480, "10,487,480명", "10,487,480人", "10,487,480"),
    ],
)
def test_marks_keep_every_digit_that_counts(persons: int, ko: str, ja: str, en: str) -> None:
    assert [lang.mark(persons) for lang in (KO, JA, EN)] == [ko, ja, en]


@given(st.integers(1, 250_000_000), st.sampled_from(CODES))
def test_a_mark_is_never_rounded(persons: int, code: str) -> None:
    assert reading.count(Language(code).mark(persons), code) == persons


@given(st.integers(0, 250_000_000), st.sampled_from(CODES), st.sampled_from([1, 2]))
def test_a_rounded_count_is_near_and_the_same_in_every_language(persons: int, code: str, digits: int) -> None:
    said = reading.count(Language(code).people_short(persons, digits=digits), code)
    assert abs(said - persons) <= 0.5 * 10 ** (6 - digits) + 1
    assert said == reading.count(EN.people_short(persons, digits=digits), "en")


@given(st.integers(0, 250_000_000), st.sampled_from(CODES))
def test_a_count_to_the_person_is_exact(persons: int, code: str) -> None:
    assert reading.count(Language(code).people(persons), code) == persons


def test_ranges() -> None:
    assert [lang.people_range(14_100_000, 16_120_000) for lang in (KO, JA, EN)] == [
        "1,410만~1,610만 명",
        "1,410万〜1,610万人",
        "14.1–16.1 million",
    ]
    assert [lang.people_range(1_200, 34_500) for lang in (KO, JA, EN)] == [
        "1,200~34,500명",
        "1,200〜34,500人",
        "1,200–34,500",
    ]


@pytest.mark.parametrize(
    ("share", "plain", "signed"),
    [
        (0.202, "20.2%", "+20.2%"),
        (-0.0312, "−3.1%", "−3.1%"),
        (0.0, "0.0%", "0.0%"),
        (-0.0001, "0.0%", "0.0%"),
        (12.5, "1,250.0%", "+1,250.0%"),
    ],
)
@pytest.mark.parametrize("code", CODES)
def test_percent(share: float, plain: str, signed: str, code: str) -> None:
    assert Language(code).percent(share) == plain
    assert Language(code).percent(share, signed=True) == signed


def test_months_days_and_years() -> None:
    assert [lang.month(month("2026-08")) for lang in (KO, JA, EN)] == [
        "2026년 8월",
        "2026年8月",
        "August 2026",
    ]
    assert [lang.month_short(8) for lang in (KO, JA, EN)] == ["8월", "8月", "Aug"]
    assert [lang.month_name(8) for lang in (KO, JA, EN)] == ["8월", "8月", "August"]
    assert [lang.day(date(2026, 9, 16)) for lang in (KO, JA, EN)] == [
        "2026년 9월 16일",
        "2026年9月16日",
        "16 September 2026",
    ]
    assert [lang.year(2026) for lang in (KO, JA, EN)] == ["2026년", "2026年", "2026"]


@pytest.mark.parametrize(
    ("first", "last", "ko", "ja", "en"),
    [
        ("2026-01", "2026-08", "2026년 1~8월", "2026年1〜8月", "January to August 2026"),
        ("2026-01", "2026-12", "2026년 1~12월", "2026年1〜12月", "January to December 2026"),
        ("2022-01", "2022-02", "2022년 1~2월", "2022年1〜2月", "January to February 2022"),
        ("2026-01", "2026-01", "2026년 1월", "2026年1月", "January 2026"),
    ],
)
def test_spans(first: str, last: str, ko: str, ja: str, en: str) -> None:
    assert [lang.span(month(first), month(last)) for lang in (KO, JA, EN)] == [ko, ja, en]


@pytest.mark.parametrize("code", CODES)
def test_every_month_has_its_own_name(code: str) -> None:
    language = Language(code)
    for names in (
        [language.month_short(number) for number in range(1, 13)],
        [language.month_name(number) for number in range(1, 13)],
        [language.month(month(f"2026-{number:02}")) for number in range(1, 13)],
    ):
        assert len(set(names)) == 12


def test_lists() -> None:
    assert EN.listed(["a", "b", "c"]) == "a, b, and c"
    assert JA.listed(["あ", "い", "う"]) == "あ、い、う"
    assert KO.listed(["가"]) == "가"


def test_a_sentence_without_an_entry_stays_english() -> None:
    assert KO("No such sentence, {name}.", name="Kim") == "No such sentence, Kim."


def test_plurals_follow_the_count() -> None:
    one, many = "Table: one row", "Table: {count} rows"
    assert EN.plural(one, many, 1) == "Table: one row"
    assert EN.plural(one, many, 1_234) == "Table: 1,234 rows"
    assert KO.plural(one, many, 1) != EN.plural(one, many, 1)
    assert "1" in JA.plural(one, many, 1)


@pytest.mark.parametrize("code", ["ko", "ja"])
def test_an_error_is_said_in_the_readers_language(code: str) -> None:
    message = "The year {year} is beyond the projection. Choose a year up to {last}."
    fault = CrossingsError(message, year=2040, last=2028)
    said = Language(code).error(fault)
    assert said != str(fault)
    assert "2040" in said
    assert "2028" in said
    assert EN.error(fault) == str(fault)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ko", ["2026년 9월 16일", "2026년 3월", "2026", ""]),
        ("ja", ["2026年9月16日", "2026年3月", "2026", ""]),
        ("en", ["16 September 2026", "March 2026", "2026", ""]),
    ],
)
def test_the_date_of_a_source_is_a_day_a_month_or_as_it_is(code: str, said: list[str]) -> None:
    assert [Language(code).date_of(text) for text in ("2026-09-16", "2026-03", "2026", "")] == said


def test_what_the_system_reports_about_a_file_is_said_in_the_readers_language() -> None:
    said = [
        language.error(
            CrossingsError("{fault}.", fault=system_fault(OSError(code, "No such file or directory")))
        )
        for code in (errno.ENOENT, errno.ESTALE)
        for language in (EN, KO, JA)
    ]
    assert said[:3] == ["no such file or folder.", "파일이나 폴더가 없음.", "ファイルまたはフォルダーなし."]
    assert said[3:] == ["ESTALE."] * 3


@pytest.mark.parametrize(
    ("items", "ko", "ja", "en"),
    [
        (["a", "b"], "a, b", "a、b", "a; b"),
        (["a, b", "c"], "a, b / c", "a, b、c", "a, b; c"),
        (["a、b", "c"], "a、b, c", "a、b／c", "a、b; c"),
        (["a(b, (c, d))", "“e, f”"], "a(b, (c, d)), “e, f”", "a(b, (c, d))、“e, f”", "a(b, (c, d)); “e, f”"),
        (["a, b", ""], "a, b", "a, b", "a, b"),
    ],
)
def test_clauses_that_hold_the_mark_between_them_get_a_stronger_one(
    items: list[str], ko: str, ja: str, en: str
) -> None:
    assert [language.in_clauses(items) for language in (KO, JA, EN)] == [ko, ja, en]


def test_short_names_are_one_item_of_a_list() -> None:
    said = [language.in_a_name(["A", "B"]) for language in (KO, JA, EN)]
    assert said == ["A·B", "A・B", "A and B"]
    assert JA.in_a_name(["羽田", "その他の空港・港"]) == "羽田、その他の空港・港"
    assert [language.in_a_name(["A"]) for language in (KO, JA, EN)] == ["A"] * 3


def test_the_readers_own_country_comes_first() -> None:
    assert JA.own_first(["KOR", "JPN"]) == ["JPN", "KOR"]
    assert KO.own_first(["JPN", "KOR"]) == ["KOR", "JPN"]
    assert EN.own_first(["KOR", "JPN"]) == ["KOR", "JPN"]


def test_months_of_a_year_are_a_span() -> None:
    said = [language.months_of_a_year(7, 8) for language in (KO, JA, EN)]
    assert said == ["7~8월", "7〜8月", "July–August"]
    assert KO.months_of_a_year(8, 8) == "8월"


def test_names_listed_in_an_error_stand_between_the_languages_marks() -> None:
    fault = CrossingsError(
        "{columns}, {months}", columns=Listed(["minute", "a, b"]), months=Listed(["2026-07"])
    )
    assert str(fault) == "minute, a, b, 2026-07"
    assert JA.error(fault) == "minute、a, b, 2026年7月"
    again = pickle.loads(pickle.dumps(fault.values["columns"]))
    assert (again, again.items) == ("minute, a, b", ("minute", "a, b"))
