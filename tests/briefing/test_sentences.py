"""The briefing's sentences: what they say agrees with the numbers they were given, whatever those are."""

import math
import re
from dataclasses import replace
from functools import lru_cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossings.briefing import sentences as words
from crossings.language import Language
from crossings.language.labels import rise
from crossings.models.forecast.milestone import Change, Milestone, Needed, milestone
from crossings.tables import flows
from crossings.tables.flows import Flow
from crossings.tables.totals import Standing
from tests import projections
from tests.language import reading

CODES = ("ko", "ja", "en")
EN = Language("en")
MOVES = st.floats(-2e6, 2e6, allow_nan=False)


def _numbers(text: str) -> list[int]:
    """Return the signed whole numbers of a sentence that carry a sign."""
    return [
        int(sign.replace("−", "-") + digits.replace(",", ""))
        for sign, digits in re.findall(r"([+−])([\d,]+)", text)
    ]


@lru_cache(maxsize=2)
def answer(month: str) -> Milestone:
    """Return what a month's projection says of 15 million both ways in 2026."""
    return milestone(projections.projection(month), flow=Flow.BOTH, year=2026, mark=15_000_000)


@settings(max_examples=60, deadline=None)
@given(MOVES, MOVES, MOVES, st.sampled_from(CODES))
def test_the_parts_of_a_change_add_up_as_they_are_said(
    revision: float, data: float, model: float, code: str
) -> None:
    before, after = (answer(month) for month in ("2026-07", "2026-08"))
    parts = [
        Change("revision", revision, 0.0, 0.0),
        Change("new data", data, 0.0, 0.0),
        Change("model", model, 0.0, 0.0),
    ]
    said = words.changed(before, after, parts, Language(code))
    numbers = _numbers(said)
    rounded = [round(move / 1000) * 1000 for move in (revision, data, model)]
    told = [move for move in rounded if move]
    if not told:
        assert numbers == []
        return
    total = sum(told)
    assert numbers == (told if len(told) > 1 else [])
    assert not total or Language(code).people_about(abs(total)) in said
    assert f"{before.percent:.0f}%" in said
    assert f"{after.percent:.0f}%" in said


@given(
    st.integers(1, 30_000_000),
    st.one_of(st.none(), st.floats(-0.99, 5, allow_nan=False)),
    st.sampled_from(CODES),
    st.integers(1, 12),
)
def test_the_year_to_date_reads_back_as_it_was(
    visitors: int, change: float | None, code: str, month: int
) -> None:
    now = Standing(
        flow=Flow.BOTH,
        month=pd.Period(year=2026, month=month, freq="M"),
        latest=1.0,
        latest_change=None,
        latest_changes={2025: None},
        to_date=float(visitors),
        to_date_change={2025: change},
        rolling=None,
        rolling_change=None,
        record_month=False,
        status="estimate",
    )
    said = words.to_date(now, Language(code))
    read = reading.every_count(said, code)
    assert any(abs(value - visitors) <= 5_000 for value in read)
    if change is not None and abs(change) >= 0.0005:
        assert rise(change, Language(code)) in said
        assert rise(change, Language(code)) != rise(-change, Language(code))
    assert Language(code).span(pd.Period("2026-01", "M"), now.month) in said


def test_the_months_ahead_are_compared_with_the_same_months_a_year_earlier() -> None:
    result, series = answer("2026-08"), flows.load().series(Flow.BOTH)
    before = series.loc["2025-09":"2025-12"].sum()
    share = (result.median - series.loc["2026-01":"2026-08"].sum()) / before - 1
    said = words.months_ahead(result, EN)
    assert EN.percent(abs(share)) in said
    assert "September to December 2026" in said
    assert words.months_ahead(replace(result, needed=None), EN) == ""
    means = [
        series.loc["2025-09":"2025-12"].mean(),
        *(series.loc[f"{year}-01" : f"{year}-08"].mean() for year in (2025, 2026)),
    ]
    assert [EN.people_short(mean) in said for mean in means] == [True] * 3
    assert "(up 20.2%)" in said


MEANS = st.integers(200_000, 3_000_000)


def ahead_of(known: int, so_far: int, ahead: int, last_so_far: int, last: int) -> Milestone:
    """Return an answer in whose year so many months are known, with these means of months."""
    needed = Needed(
        12 - known,
        1.0,
        float(last),
        1.0,
        float(so_far) if known else None,
        float(last_so_far) if known else None,
    )
    to_date = so_far * known
    median = float(to_date + ahead * (12 - known))
    return replace(answer("2026-08"), needed=needed, visitors_to_date=to_date, median=median)


@settings(max_examples=300)
@given(st.integers(0, 11), MEANS, MEANS, MEANS, MEANS)
def test_a_lower_rise_is_laid_to_a_higher_base_only_where_the_arithmetic_says_so(
    known: int, so_far: int, ahead: int, last_so_far: int, last: int
) -> None:
    said = words.months_ahead(ahead_of(known, so_far, ahead, last_so_far, last), EN)
    assert rise(ahead / last - 1, EN) in said
    assert EN.people_short(ahead) in said
    rises = [round(ahead / last - 1, 3), round(so_far / last_so_far - 1, 3)]
    if "The base is higher" not in said:
        if not known or rises[0] >= rises[1] or EN.people_short(last) == EN.people_short(last_so_far):
            return
        # At the known year's ratio of levels the base alone would make up less than half of the fall.
        level, base = math.log(ahead / so_far), math.log(last / last_so_far)
        assert base <= 0 or 2 * base < base - level + 1e-9  # rounding decides where it is half
        return
    assert known
    assert rises[0] < rises[1]
    assert last > last_so_far
    assert math.log(last / last_so_far) >= math.log(so_far / ahead) - 1e-9
    assert all(EN.people_short(mean) in said for mean in (last, last_so_far, so_far))
    assert rise(so_far / last_so_far - 1, EN) in said


@pytest.mark.parametrize("code", CODES)
def test_a_revision_says_the_change_alone_and_which_month_was_added(code: str) -> None:
    before, after = (answer(month) for month in ("2026-07", "2026-08"))
    said = words.changed(before, after, [Change("new data", 95_000.0, 0.0, 0.0)], Language(code))
    assert Language(code).people_about(95_000) in said
    assert said.count(Language(code).month(pd.Period("2026-08", "M"))) == 2
    assert Language(code).people_short(after.median, digits=1) not in said


@pytest.mark.parametrize("code", CODES)
def test_the_latest_month_names_flow_month_and_status(code: str) -> None:
    now = words.standings(flows.load(), pd.Period("2026-08", "M"), Flow.BOTH)
    said = [words.latest(one, Language(code)) for one in now]
    assert len(said) == 3
    assert all(Language(code).month(pd.Period("2026-08", "M")) in text for text in said)
    assert len({re.split("[:：]", text)[0] for text in said}) == 3


def test_points_are_few_different_and_not_the_answer() -> None:
    answer = "One. Two."
    found = words.points(
        ["**One.**", "Three. Four. Five.", "Three. Four. Six.", ""],
        ["Seven.", "Eight."],
        answer=answer,
        language=EN,
    )
    assert found == ("Three. Four.", "Seven.", "Eight.")
    many = words.points([f"Point {n}." for n in range(9)], ["Filler."], answer="", language=EN)
    assert many == tuple(f"Point {n}." for n in range(5))


def test_japanese_sentences_are_told_apart_without_blanks() -> None:
    found = words.points(["一。二。三。"], [], answer="", language=Language("ja"))
    assert found == ("一。二",)


def test_a_sentence_is_not_cut_inside_a_number() -> None:
    assert (
        words.points(["Up 1.5 million. Then 2.5. Gone."], [], answer="", language=EN)[0]
        == "Up 1.5 million. Then 2.5."
    )


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("same", [True, False])
@pytest.mark.parametrize("count", [0, 1, 7])
def test_the_verdict_names_both_contexts(code: str, same: bool, count: int) -> None:
    context = {
        "month": "2026-07",
        "month_now": "2026-08",
        "data": "a1",
        "data_now": "b2",
        "model": "2",
        "model_now": "3",
    }
    said = words.verdict(same, count, context, Language(code))
    assert all(str(value) in said for value in Language(code).readable(context).values())


def test_answer_counts_what_is_collected() -> None:
    english = Language("en")
    assert "No figure" in words.answer(0, english)
    assert "One figure" in words.answer(1, english)
    assert "**7 figures**" in words.answer(7, english)


def test_a_standing_without_a_year_before_is_said_plainly() -> None:
    now = words.standings(flows.load(), pd.Period("2026-08", "M"), Flow.KOREANS_TO_JAPAN)[0]
    said = words.to_date(replace(now, to_date_change={}), Language("en"))
    assert "earlier" not in said
