"""Ticks are round and enclose the data; labels are in the reader's unit."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.drawing.axes import (
    calendar_axis,
    clock_axis,
    count_labels,
    effect,
    effect_labels,
    inside,
    month_axis,
    short_count,
    ticks,
)
from crossings.language import Language

KOREAN, JAPANESE, ENGLISH = (Language(code) for code in ("ko", "ja", "en"))


@given(low=st.floats(-1e7, 1e7), span=st.floats(1e-3, 1e8), count=st.integers(3, 8))
def test_ticks_enclose_and_are_few(low: float, span: float, count: int) -> None:
    values = ticks(low, low + span, count=count)
    assert values[0] <= low + 1e-6 * span
    assert values[-1] >= low + span * (1 - 1e-6)
    assert 2 <= len(values) <= count + 2


def test_a_count_axis_says_its_unit_once() -> None:
    values = [0, 2_500_000, 5_000_000, 7_500_000]
    assert count_labels(values, ENGLISH) == ["0", "2.5", "5", "7.5 million"]
    assert count_labels(values, KOREAN) == ["0", "250만", "500만", "750만 명"]
    assert count_labels(values, JAPANESE) == ["0", "250万", "500万", "750万人"]


def test_small_counts_are_written_out() -> None:
    assert count_labels([0, 20_000, 40_000], KOREAN) == ["0", "20,000", "40,000명"]


def test_short_counts_beside_lines() -> None:
    assert [short_count(13_112_848, each) for each in (KOREAN, JAPANESE, ENGLISH)] == [
        "1,311만",
        "1,311万",
        "13.1",
    ]
    assert short_count(417_000, ENGLISH) == "0.42"


@pytest.mark.parametrize(
    ("persons", "korean", "english"),
    [
        (166_432, "+16.6만 명", "+166,000"),
        (-3_512, "−3,510명", "−3,510"),
        (0, "0", "0"),
        (1_234_567, "+123만 명", "+1,230,000"),
    ],
)
def test_effects_are_signed_to_three_figures(persons: float, korean: str, english: str) -> None:
    assert effect(persons, KOREAN) == korean
    assert effect(persons, ENGLISH) == english


def test_an_axis_of_effects_says_its_unit_once() -> None:
    assert effect_labels([0, 200_000, 400_000], KOREAN) == ["0", "+20만", "+40만 명"]


def test_months_are_in_the_readers_language() -> None:
    said = str(month_axis(range(1, 13), KOREAN)["labelExpr"])
    assert "12월" in said
    assert "Dec" not in said


def test_a_long_calendar_names_years_and_a_short_one_months() -> None:
    long = calendar_axis(pd.Period("2005-01", "M"), pd.Period("2026-08", "M"), ENGLISH)
    short = calendar_axis(pd.Period("2026-01", "M"), pd.Period("2026-08", "M"), JAPANESE)
    assert len(long["values"]) <= 12
    assert "2026年" in short["labelExpr"]
    assert len(short["values"]) == 8


def test_a_clock_has_few_round_hours() -> None:
    axis = clock_axis(330, 1500)
    assert all(value % 60 == 0 for value in axis["values"])
    assert len(axis["values"]) <= 9
    assert all(len(clock_axis(0, minutes)["values"]) <= 9 for minutes in (5_000, 5_100, 1e8))


def test_inside_keeps_what_is_within() -> None:
    assert inside([0, 1, 2, 3], 0.5, 2) == [1, 2]
