"""The Milestone's View says on the page and in files what the models say."""

from datetime import date, timedelta

import pandas as pd
import pytest

from crossings.language import LANGUAGES, Language
from crossings.models.models import Models
from crossings.questions.base import Mark
from crossings.questions.milestone.question import MilestoneQuestion, earlier_months, years_in_reach
from crossings.questions.milestone.statements import known_by, known_on
from crossings.questions.milestone.view import MilestoneView, view
from crossings.tables import flows
from crossings.tables.flows import Flow
from tests.questions.milestone.test_sentences import percents

EN = Language("en")
MODELS = Models(flows.load())
AUGUST = pd.Period("2026-08", "M")


def question(**changed: object) -> MilestoneQuestion:
    state = {"flow": "both", "year": "2026", "mark": "15", "as_of": "2026-08", **changed}
    return MilestoneQuestion.read({key: str(value) for key, value in state.items()})


def answered(language: Language = EN, **changed: object) -> MilestoneView:
    return view(question(**changed), MODELS, language)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_file_says_the_headline_and_the_switches_and_the_page_sets_them_apart(code: str) -> None:
    seen = answered(Language(code), shocks="on", fx="walk")
    slumps, rate, sure = seen.paragraphs
    assert sure not in seen.answer
    assert seen.answer == Language(code).in_a_row([seen.headline, slumps, rate])
    assert len(percents(slumps, code)) == 3
    assert len(seen.notes) == 2
    assert seen.assumptions is not None
    assert len(seen.assumptions()) == 3


def test_without_switches_the_headline_is_the_answer() -> None:
    seen = answered()
    assert seen.answer == seen.headline
    (sure,) = seen.paragraphs
    assert sure.startswith("**Past accuracy**")


def test_what_the_answer_rests_on_stands_beside_it() -> None:
    (rests,) = answered().notes
    assert "sudden slumps not included" in rests
    assert "Structural time series 50%" in rests
    assert "Theta method 30%" in rests
    assert "between the two directions" in rests
    (struck,) = answered(shocks="on").notes
    assert "sudden slumps included" in struck
    (alone,) = answered(flow="JPN-KOR", mark="4").notes
    assert "between the two directions" not in alone


def test_an_answer_on_figures_of_today_says_so() -> None:
    *_, note = answered(as_of="2018-03", year=2018, mark=11).notes
    assert (
        note
        == "As of March 2018: the values published then are not documented; today's revised values are used."
    )


def test_switches_say_nothing_of_a_complete_year() -> None:
    seen = answered(year=2025, shocks="on", fx="fixed")
    assert seen.answer == seen.headline
    assert seen.paragraphs == ()
    assert seen.dots is None
    assert seen.earlier_months == ()


def test_what_then_happened_stands_on_the_page_only() -> None:
    seen = answered(as_of="2024-07", year=2024, mark=10)
    happened, _ = seen.paragraphs
    assert "the year ended at **12,041,844**" in happened
    assert happened not in seen.answer


def test_what_moved_the_answer_adds_up_to_both_answers() -> None:
    seen = answered()
    earlier = pd.Period("2026-06", "M")
    changes = seen.changes_since(earlier)
    ask = {"flow": Flow.BOTH, "year": 2026, "mark": 15_000_000}
    then, now = (MODELS.milestone(as_of=month, **ask) for month in (earlier, AUGUST))  # type: ignore[arg-type]
    *parts, together = changes.values("probability")
    assert sum(parts) == pytest.approx(together)
    assert together == pytest.approx(now.probability - then.probability)
    assert changes.column("probability").kind == "points"
    assert changes.texts().iloc[-1, 0] == "Together"


def test_the_months_to_compare_with_reach_back_as_far_as_the_year_is_in_reach() -> None:
    months = earlier_months(pd.Period("2025-03", "M"), year=2026)
    assert (str(months[0]), str(months[-1])) == ("2024-01", "2025-02")
    assert earlier_months(pd.Period("2025-01", "M"), year=2027) == (pd.Period("2024-12", "M"),)
    assert earlier_months(AUGUST, year=2025) == ()


def test_years_in_reach_end_two_years_ahead() -> None:
    assert years_in_reach(AUGUST)[-1] == 2028


def test_a_question_is_read_back_from_its_address() -> None:
    first = MilestoneQuestion(Flow.KOREANS_TO_JAPAN, 2027, Mark(9_500_000), AUGUST, True, "walk")
    assert MilestoneQuestion.read(first.state()) == first
    assert first.state()["mark"] == "9.5"


def test_a_day_knows_the_months_that_both_offices_had_published() -> None:
    assert known_by(date(2024, 9, 6)) == pd.Period("2024-07", "M")
    for month in pd.period_range("2023-01", "2026-08", freq="M"):
        assert known_by(known_on(month)) == month
        assert known_by(known_on(month) - timedelta(days=1)) == month - 1
