"""The printed scale and the words it gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.language import LANGUAGES, Language
from crossings.language.likelihood import (
    SCALE,
    likelihood,
    outlook,
    scale_rows,
    whole_percent,
    whole_percents,
)
from crossings.models.forecast.milestone import displayed_percent

EN = Language("en")


@pytest.mark.parametrize(
    ("percent", "word"),
    [
        (100, "almost certain"),
        (99, "almost certain"),
        (98, "very likely"),
        (90, "very likely"),
        (89, "likely"),
        (60, "likely"),
        (59, "about even"),
        (41, "about even"),
        (40, "unlikely"),
        (11, "unlikely"),
        (10, "very unlikely"),
        (2, "very unlikely"),
        (1, "almost impossible"),
        (0, "almost impossible"),
    ],
)
def test_the_edges_of_the_scale(percent: int, word: str) -> None:
    assert likelihood(percent, EN) == word


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_printed_scale_holds_every_percent_once(code: str) -> None:
    language = Language(code)
    said = {}
    for span, word in scale_rows(language):
        ends = [int(end) for end in span.split(language.conventions.span)]
        said.update(dict.fromkeys(range(ends[0], ends[-1] + 1), word))
    assert said == {percent: likelihood(percent, language) for percent in range(101)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_word_of_the_scale_is_its_own(code: str) -> None:
    assert len({word for _, word in scale_rows(Language(code))}) == len(SCALE)


def test_the_words_are_the_agreed_ones() -> None:
    assert [word for _, word in scale_rows(Language("ko"))] == [
        "거의 확실",
        "가능성 매우 높음",
        "가능성 높음",
        "반반",
        "가능성 낮음",
        "가능성 매우 낮음",
        "거의 불가능",
    ]
    assert [word for _, word in scale_rows(Language("ja"))] == [
        "ほぼ確実",
        "可能性が非常に高い",
        "可能性が高い",
        "五分五分",
        "可能性が低い",
        "可能性が非常に低い",
        "ほぼ不可能",
    ]


def test_a_probability_is_said_in_per_cent() -> None:
    assert [whole_percent(48, Language(code)) for code in ("en", "ko", "ja")] == ["48%"] * 3


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_word_has_a_predicate_of_its_own(code: str) -> None:
    assert len({outlook(least, Language(code)) for least, _ in SCALE}) == len(SCALE)


def test_an_open_question_is_never_said_to_be_settled() -> None:
    assert whole_percent(displayed_percent(1.0, settled=None), Language("en")) == "over 99%"
    assert whole_percent(displayed_percent(0.0, settled=None), Language("en")) == "under 1%"
    assert whole_percent(displayed_percent(0.01, settled=None), Language("en")) == "1%"
    assert displayed_percent(1.0, settled="passed") == 100
    assert displayed_percent(0.0, settled="cannot pass") == 0


@given(st.lists(st.integers(0, 500), min_size=1, max_size=14).filter(any))
def test_shares_of_a_whole_add_up_to_a_hundred(counts: list[int]) -> None:
    shares = [count / sum(counts) for count in counts]
    shown = whole_percents(shares)
    assert sum(shown) == 100
    assert all(abs(percent - 100 * share) < 1 for percent, share in zip(shown, shares, strict=True))
