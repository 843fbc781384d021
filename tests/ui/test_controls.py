"""What an address may say about a control."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.questions.base.question import MARK
from crossings.tables.flows import Flow
from ui import address, controls


def test_only_known_codes_are_read() -> None:
    read = address.one_of(list(Flow))
    assert read("KOR-JPN") is Flow.KOREANS_TO_JAPAN
    assert read("kor-jpn") is None
    assert read("") is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("10", 10_000_000),
        ("12.5", 12_500_000),
        ("12.6", 12_600_000),
        ("12.345678", 12_345_678),
        ("1", 1_000_000),
        ("25", 25_000_000),
        ("0.5", 500_000),
    ],
)
def test_a_mark_is_read_in_millions(text: str, mark: int) -> None:
    assert controls.mark_within(text) == mark


@pytest.mark.parametrize(
    "text", ["", "abc", "0.0005", "101", "-1", "nan", "inf", "1e999", "10 million", "１０,０"]
)
def test_what_is_no_mark_is_left_out(text: str) -> None:
    assert controls.mark_within(text) is None


@given(st.sampled_from(controls.MARKS))
def test_a_mark_written_is_read_back(mark: int) -> None:
    assert controls.mark_within(MARK.write(mark)) == mark


@given(st.text(max_size=20))
def test_any_text_gives_a_mark_within_reach_or_none(text: str) -> None:
    mark = controls.mark_within(text)
    assert mark is None or controls.SMALLEST_MARK <= mark <= controls.LARGEST_MARK


@pytest.mark.parametrize(("text", "span"), [("2015-2026", (2015, 2026)), ("2020-2020", (2020, 2020))])
def test_years_are_read_as_a_span(text: str, span: tuple[int, int]) -> None:
    assert controls.span_within(text, first=2005, last=2026) == span


@given(st.text(alphabet="0123456789-²٣ ", max_size=12))
def test_any_text_gives_a_span_within_the_years_or_none(text: str) -> None:
    span = controls.span_within(text, first=2005, last=2026)
    assert span is None or 2005 <= span[0] <= span[1] <= 2026
