"""The Milestone page: mark, time machine, year."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from crossings.models.forecast import pool, projection
from tests.pages import opened
from tests.questions.milestone.test_sentences import percents


def answer(**query: str) -> str:
    return opened.answer(opened.looked_at("milestone", tuple({"lang": "en", **query}.items())))


def test_a_mark_already_behind_is_said_to_be() -> None:
    said = answer()
    assert "already passed in August 2026" in said
    assert "Next thresholds: 11 million" in said


def test_the_time_machine_answers_both_questions_of_2024() -> None:
    tried = opened.looked_at("milestone", (("lang", "en"), ("as_of", "2024-07"), ("mark", "10")))
    said = opened.answer(tried)
    passing, record = percents(said, "en")
    assert passing >= 95
    assert 80 < record <= passing
    assert "10,487,479" in said
    assert any("Outcome: the year ended at **12,041,844**" in block.value for block in tried.markdown)


def test_the_time_machine_uses_nothing_known_later() -> None:
    tried = opened.looked_at("milestone", (("lang", "en"), ("as_of", "2024-07"), ("mark", "10")))
    quoted = [block.value for block in tried.markdown if not block.value.startswith("Outcome")]
    captions = [
        block.value for block in tried.caption[1:-1]
    ]  # the frame's strip and foot name what the app holds
    assert not [text for text in (*quoted, *captions) if "2025" in text or "2026" in text]


def test_a_higher_mark_is_never_likelier() -> None:
    shares = [percents(answer(year="2027", mark=mark), "en")[0] for mark in ("8", "12", "16", "20", "25")]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1]


@pytest.mark.parametrize("year", ["2018", "2019", "2020"])
def test_a_past_year_is_settled(year: str) -> None:
    said = answer(year=year)
    assert f"in the whole of {year}" in said
    assert ("was not passed" in said) == (year != "2018")


def test_moving_the_mark_changes_the_answer_and_the_address() -> None:
    tried = opened.app("milestone", lang="en").run()
    before = opened.answer(tried)
    tried.select_slider(key="mark").set_value(15_000_000).run()
    assert opened.answer(tried) != before
    assert tried.query_params["mark"] == "15"
    tried.select_slider(key="mark").set_value(10_000_000).run()
    assert opened.answer(tried) == before
    assert "mark" not in tried.query_params


def test_an_earlier_month_offers_only_years_within_reach() -> None:
    tried = opened.app("milestone", lang="en", year="2028").run()
    tried.select_slider(key="as_of").set_value("2019-12").run()
    assert not opened.faults(tried)
    assert tried.selectbox(key="year").value == 2019
    assert tried.selectbox(key="year").options[-1] == "2021"


def sentences(tried: AppTest, part: str) -> list[str]:
    return [block.value for block in tried.markdown if part in block.value]


def test_the_exchange_rate_is_a_switch_beside_the_headline() -> None:
    plain = opened.looked_at("milestone", (("lang", "en"), ("mark", "15")))
    moved = opened.looked_at("milestone", (("lang", "en"), ("mark", "15"), ("fx", "walk")))
    assert opened.answer(plain) == opened.answer(moved)
    assert not sentences(plain, "exchange rate")
    assert len(sentences(moved, "With a random-walk exchange rate")) == 1
    assert [block.value for block in moved.caption if "Evidence fair and weak" in block.value]
    assert moved.query_params["fx"] == "walk"


def test_moving_the_mark_refits_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[pd.Period] = []
    usual = pool.fit

    def counted(history: pd.Series, *, explained: pd.Series | None = None) -> pool.Fitted:
        made.append(history.index[-1])
        return usual(history, explained=explained)

    monkeypatch.setattr(projection, "fit", counted)
    tried = opened.app("milestone", lang="en", mark="14.5", fx="fixed", as_of="2025-04").run()
    fits, before = len(made), sentences(tried, "With the exchange rate fixed")
    tried.select_slider(key="mark").set_value(15_000_000).run()
    assert fits
    assert len(made) == fits
    assert sentences(tried, "With the exchange rate fixed") != before


def test_an_answer_is_compared_with_any_earlier_month_in_reach() -> None:
    tried = opened.app("milestone", lang="en", as_of="2025-03", year="2026", mark="12").run()
    choice = next(box for box in tried.selectbox if str(box.key).startswith("earlier-"))
    assert choice.options[0] == "January 2024"
    assert choice.options[-1] == "February 2025"
