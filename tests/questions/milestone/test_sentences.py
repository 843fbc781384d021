"""The Milestone's sentences, read back: words, numbers and probabilities never contradict each other."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossings.language import LANGUAGES, Language
from crossings.language.likelihood import outlook, whole_percent
from crossings.models.forecast.exchange import PATHS, Effect, Path, Response
from crossings.models.forecast.held import Held
from crossings.models.forecast.milestone import Milestone, Outcome, milestone
from crossings.models.forecast.projection import Projection
from crossings.questions.milestone import sentences as words
from crossings.tables.flows import DIRECTIONS, Flow
from tests.language import reading

EN = Language("en")
CODES = list(LANGUAGES)
KOREANS, JAPANESE = DIRECTIONS
FIRST = pd.Period("2022-01", "M")


def asked(
    *, so_far: float, ahead: list[float], mark: int, as_of: str = "2024-10", past: float = 300_000.0
) -> Milestone:
    """Answer for Koreans in 2024: the sum known so far, and the sums of the months ahead, one a future."""
    last = pd.Period(as_of, "M")
    months = pd.period_range(last + 1, "2026-12", freq="M")
    each, rest = divmod(so_far, last.month)
    values = [past] * 24 + [each] * (last.month - 1) + [each + rest]
    known = pd.Series(values, index=pd.period_range(FIRST, last, freq="M"))
    left = max(12 - last.month, 1)
    korean = np.tile(np.array(ahead)[:, None] / left, len(months))
    paths = {KOREANS: korean, JAPANESE: korean}
    projection = Projection(
        as_of=last,
        months=months,
        known={KOREANS: known, JAPANESE: known},
        paths=paths,
        by_model={"structural": paths},
        model_version="test",
        seed=1,
        data_digest="none",
    )
    return milestone(projection, flow=KOREANS, year=2024, mark=mark)


def percents(text: str, code: str) -> list[int]:
    """Return the probabilities in a text: its whole per cents that are not the level of an interval."""
    level = {"en": " prediction", "ko": " 예측구간", "ja": "予測区間"}[code]
    return [int(found) for found in re.findall(rf"(?<![\d.])(\d+)%(?!{level})", text)]


MARKS = st.one_of(st.integers(4, 30).map(lambda half: half * 500_000), st.integers(2_000_000, 15_000_000))
OFFSETS = st.lists(
    st.one_of(st.integers(-20, 20), st.integers(-60_000, 60_000), st.integers(-900_000, 900_000)),
    min_size=5,
    max_size=9,
)


@settings(deadline=None, max_examples=30)
@given(mark=MARKS, offsets=OFFSETS, code=st.sampled_from(CODES))
def test_an_open_year_reads_as_its_numbers_say(mark: int, offsets: list[int], code: str) -> None:
    so_far = 0.6 * mark
    result = asked(so_far=so_far, ahead=[mark - so_far + offset for offset in offsets], mark=mark)
    said = words.answer(result, Language(code))
    assert f"{whole_percent(result.percent, Language(code))}" in said
    assert reading.bold(said)[0] == outlook(result.percent, Language(code))
    shown = reading.bold_counts(said, code)[0]
    assert (shown >= mark) == (result.median >= mark)
    assert abs(shown - result.median) <= 50_001
    if shown >= mark:
        assert result.percent >= 50


@settings(deadline=None, max_examples=30)
@given(
    mark=MARKS,
    offset=st.one_of(st.integers(-20, 20), st.integers(-60_000, 60_000)),
    code=st.sampled_from(CODES),
)
def test_a_whole_year_reads_as_its_numbers_say(mark: int, offset: int, code: str) -> None:
    result = asked(so_far=float(mark + offset), ahead=[1.0], mark=mark, as_of="2024-12")
    said = words.answer(result, Language(code))
    shown = reading.bold_counts(said, code)
    assert shown == [result.visitors_to_date]
    assert (shown[0] >= mark) == (result.settled == "passed")
    assert result.settled in {"passed", "cannot pass"}
    assert not percents(said, code)


@settings(deadline=None, max_examples=20)
@given(held=st.integers(100_000, 1_000_000), offset=st.integers(-30, 30), code=st.sampled_from(CODES))
def test_a_record_is_read_against_the_exact_number(held: int, offset: int, code: str) -> None:
    result = asked(
        so_far=float(12 * held + offset), ahead=[1.0], mark=1_000_000, as_of="2024-12", past=float(held)
    )
    assert result.record is not None
    assert result.record.visitors == 12 * held
    assert f"{12 * held:,}" in words.answer(result, Language(code))
    assert result.record_settled == (
        "passed" if result.visitors_to_date > result.record.visitors else "cannot pass"
    )


def test_the_answer_while_the_year_is_open() -> None:
    result = asked(so_far=6e6, ahead=[3e6] * 2 + [5e6] * 8, mark=10_000_000)
    assert re.sub(r"by \*\*\d+ \w+ 2024\*\*", "by **DAY**", words.answer(result, EN)) == (
        "Koreans visiting Japan are **likely to** reach 10 million in 2024 (80% probability). Probability of "
        "reaching it by **DAY**: 50%. Central forecast for 2024: "
        "**11.0 million** (80% prediction interval 9.0–11.0 million). The record of 2022 (3,600,000) was broken."
    )


def test_a_mark_that_fewer_than_half_pass_has_no_day() -> None:
    result = asked(so_far=6e6, ahead=[3e6] * 6 + [5e6] * 4, mark=10_000_000)
    assert words.passed_by(result, EN) == "Probability of reaching it within 2024: under 50%."


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (8, "with 8 months published"),
        (1, "with one month published"),
        (0, "just before the year began"),
        (-1, "one month before the year began"),
        (-4, "4 months before the year began"),
    ],
)
def test_how_sure_names_the_point_of_the_year_and_both_eras(known: int, said: str) -> None:
    rows = [Held("before 2020", known, 7, 10), Held("since 2023", known, 0, 3)]
    told = words.how_sure(rows, EN)
    assert f"forecasts made {said}, " in told
    assert "7 of 10 years before 2020 and 0 of 3 years since 2023" in told
    assert words.how_sure([], EN) == ""


def test_a_mark_already_behind_names_the_next_ones() -> None:
    result = asked(so_far=10.12e6, ahead=[3.1e6] * 3 + [4.2e6] * 7, mark=10_000_000)
    said = words.answer(result, EN)
    assert said.startswith("Koreans visiting Japan: the year's total passed 10 million in **October 2024**.")
    assert (
        "Next thresholds: 11 million (**over 99%**, almost certain) and 14 million (**70%**, likely)." in said
    )


@settings(deadline=None, max_examples=20)
@given(offsets=OFFSETS, code=st.sampled_from(CODES))
def test_a_month_is_never_likelier_than_the_year(offsets: list[int], code: str) -> None:
    mark = 8_000_000
    result = asked(so_far=6e6, ahead=[2e6 + offset for offset in offsets], mark=mark)
    said = percents(words.month_takeaway(result, Language(code)), code)
    assert all(1 <= percent <= max(result.percent, 1) for percent in said)


def test_the_month_of_passing() -> None:
    behind = asked(so_far=10e6, ahead=[3e6], mark=5_000_000)
    assert "May 2024" in words.month_takeaway(behind, EN)
    assert "In no month" in words.month_takeaway(asked(so_far=1e6, ahead=[1e6], mark=9_000_000), EN)
    ahead = asked(so_far=6e6, ahead=[5e6] * 4, mark=9_000_000)
    assert words.month_takeaway(ahead, EN) == (
        "Most likely month: December 2024 (99%). Median date 7 December 2024, 80% prediction interval 7 December 2024 to "
        "7 December 2024 (arrivals assumed even within a month)."
    )
    half = asked(so_far=6e6, ahead=[5e6] * 6 + [1e6] * 4, mark=9_000_000)
    assert "Probability of reaching it by 7 December 2024: 50%" in words.month_takeaway(half, EN)
    assert "reaching it by" not in words.month_takeaway(
        asked(so_far=6e6, ahead=[5e6] + [1e6] * 4, mark=9_000_000), EN
    )


def test_the_pace_that_is_needed() -> None:
    one = asked(so_far=6e6, ahead=[5e6], mark=7_000_000, as_of="2024-11")
    assert words.fan_takeaway(one, EN) == (
        "To reach 7 million, the one month not in these figures (December 2024) needs 1.00 million: up 233.3% on a year "
        "earlier."
    )
    two = asked(so_far=6e6, ahead=[5e6], mark=6_300_000)
    assert words.fan_takeaway(two, EN) == (
        "To reach 6.3 million, the 2 months not in these figures (November to December 2024) need 0.15 million a month on "
        "average: down 50.0% on a year earlier."
    )
    assert words.fan_takeaway(asked(so_far=6e6, ahead=[1.0], mark=1, as_of="2024-12"), EN) == (
        "All twelve months are known."
    )


OPEN = asked(so_far=6e6, ahead=[3e6, 5e6], mark=10_000_000)
DECEMBER = pd.Period("2024-12", "M")


@pytest.mark.parametrize(
    ("came", "sentence"),
    [
        (
            Outcome(10_000_001, DECEMBER, True, True, DECEMBER, None),
            "Outcome: the year ended at **10,000,001** and passed 10 million in **December 2024**.",
        ),
        (
            Outcome(9_999_999, DECEMBER, True, False, None, None),
            "Outcome: the year ended at **9,999,999** and did not reach 10 million.",
        ),
        (
            Outcome(10_000_001, DECEMBER - 1, False, True, DECEMBER - 1, None),
            "Outcome so far: **10,000,001** by November 2024; 10 million was passed in **November 2024**.",
        ),
        (
            Outcome(9_999_999, DECEMBER - 1, False, None, None, None),
            "Outcome so far: **9,999,999** by November 2024.",
        ),
        (Outcome(0, None, False, None, None, None), None),
        (Outcome(6_000_000, DECEMBER - 2, False, None, None, None), None),
    ],
)
def test_what_then_happened(came: Outcome, sentence: str | None) -> None:
    assert words.happened(OPEN, came, EN) == sentence


@pytest.mark.parametrize("code", CODES)
def test_the_rule_names_who_is_counted(code: str) -> None:
    rules = {flow: words.rule(flow, Language(code)) for flow in Flow}
    assert len(set(rules.values())) == 3
    assert "JNTO" in rules[Flow.BOTH]
    assert "JNTO" in rules[KOREANS]
    assert "JNTO" not in rules[JAPANESE]


EFFECT = Effect(
    "fixed", 8.69, pd.Period("2024-11", "M"), {KOREANS: Response(-1.1, 0.2), JAPANESE: Response(0.8, 0.2)}
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("code", CODES)
def test_the_exchange_rate_says_before_and_after(path: Path, code: str) -> None:
    moved = asked(so_far=6e6, ahead=[3e6, 5e6, 6e6, 6e6], mark=10_000_000)
    said = words.exchange_sentences(OPEN, moved, replace(EFFECT, path=path), Language(code))
    assert said is not None
    assert sorted(percents(said[0], code)) == [50, 75]
    assert reading.bold(said[0]) == [whole_percent(75, Language(code))]
    assert "869" in said[0]
    assert Language(code)("down {percent}", percent="1.1%") in said[1]
    assert Language(code)("up {percent}", percent="0.8%") in said[1]


def test_the_exchange_rate_is_silent_where_nothing_is_open() -> None:
    whole = asked(so_far=6e6, ahead=[1.0], mark=1, as_of="2024-12")
    assert words.exchange_sentences(whole, whole, EFFECT, EN) is None
    assert words.exchange_sentences(OPEN, OPEN, None, EN) is None


@pytest.mark.parametrize("code", CODES)
def test_switches_speak_of_the_next_mark_once_one_is_passed(code: str) -> None:
    behind = asked(so_far=10.12e6, ahead=[3.1e6] * 3 + [4.2e6] * 7, mark=10_000_000)
    assert words.asked(behind) == (14_000_000, 70)
    said = words.with_shocks(behind, behind, 0.04, Language(code))
    assert percents(said, code) == [4, 70, 70]
    assert "70" in words.dots_line(behind, Language(code))


def test_a_record_two_years_on_names_the_years_between() -> None:
    result = milestone(steady_projection(), flow=KOREANS, year=2026, mark=1_000_000)
    said = words.answer(result, EN)
    assert "it must exceed 2022 (3,600,000) and the totals still to come of 2024 and 2025." in said


def test_a_published_year_is_no_year_still_to_come() -> None:
    result = asked(so_far=3e6, ahead=[1.0], mark=1_000_000, as_of="2024-12")
    assert list(replace(result, year=2025).record_between) == []
    assert list(replace(result, year=2026).record_between) == [2025]


def test_a_year_without_a_published_month_is_said_to_be_one() -> None:
    result = milestone(steady_projection(), flow=KOREANS, year=2025, mark=1_000_000)
    assert words.fan_takeaway(result, EN) == (
        "Shaded: 80% and 95% prediction intervals. No month of 2025 is among the figures used."
    )


def steady_projection() -> Projection:
    """Return what the open question stands on, its future rising evenly."""
    months = pd.period_range("2024-11", "2026-12", freq="M")
    known = pd.Series(300_000.0, index=pd.period_range(FIRST, "2024-10", freq="M"))
    paths = {flow: np.tile(np.linspace(3e5, 4e5, len(months)), (4, 1)) for flow in DIRECTIONS}
    return Projection(
        as_of=pd.Period("2024-10", "M"),
        months=months,
        known={KOREANS: known, JAPANESE: known},
        paths=paths,
        by_model={"structural": paths},
        model_version="test",
        seed=1,
        data_digest="none",
    )


@pytest.mark.parametrize("code", CODES)
def test_the_dots_say_the_number_of_the_answer(code: str) -> None:
    assert f"{OPEN.percent}" in words.dots_line(OPEN, Language(code)).replace("100", "")
