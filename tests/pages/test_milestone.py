"""The Milestone page: mark, time machine, year."""

import re
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from crossings.models import forecast
from crossings.models.forecast import pool, projection
from tests.apptest import run_unfolded, unfolded
from tests.pages import opened
from tests.questions.milestone.test_sentences import percents


def answer(**query: str) -> str:
    return opened.answer(opened.looked_at("milestone", tuple({"lang": "en", **query}.items())))


def test_it_opens_on_the_next_undecided_round_mark_and_says_when() -> None:
    tried = opened.looked_at("milestone", (("lang", "en"),))
    said = opened.answer(tried)
    assert 5 <= percents(said, "en")[0] <= 95
    mark = re.search(r"reach (\d+) million in 2026", said)
    assert mark
    assert re.search(r"by \*\*\d+ \w+ 2026\*\*|Fewer than half of all simulations", said)
    assert [metric.label for metric in tried.metric][1] == f"{mark[1]} million reached by"
    assert "mark" not in tried.query_params


@pytest.mark.parametrize("flow", ["both", "KOR-JPN", "JPN-KOR"])
@pytest.mark.parametrize("year", ["2026", "2027", "2028"])
def test_every_flow_and_year_open_on_one_undecided_mark(flow: str, year: str) -> None:
    tried = opened.looked_at("milestone", (("lang", "en"), ("flow", flow), ("year", year)))
    said = opened.answer(tried)
    assert 5 <= percents(said, "en")[0] <= 95
    assert len(re.findall(r"reach [\d.]+ million in \d{4}", said)) == 1


def test_a_mark_chosen_for_one_flow_stays_with_it() -> None:
    tried = opened.app("milestone", lang="en", mark="18").run()
    assert "18 million" in opened.answer(tried)
    tried.button_group(key="flow").set_value("JPN-KOR").run()
    assert "18 million" not in opened.answer(tried)
    assert 5 <= percents(opened.answer(tried), "en")[0] <= 95
    tried.button_group(key="flow").set_value("both").run()
    assert "18 million" in opened.answer(tried)


def test_how_sure_it_is_stands_under_the_answer_with_both_eras() -> None:
    tried = opened.looked_at("milestone", (("lang", "en"),))
    (said,) = sentences(tried, "Past accuracy")
    assert "with 8 months published" in said
    assert re.search(r"\d+ of 10 years before 2020 and \d+ of 3 years since 2023", said)


def test_a_finished_year_shows_its_figure_and_no_interval() -> None:
    tried = opened.looked_at("milestone", (("lang", "en"), ("year", "2024")))
    assert "12,041,844" in opened.answer(tried)
    assert "interval" not in opened.answer(tried)
    assert not [metric for metric in tried.metric if "forecast" in metric.label]
    assert not sentences(tried, "Past accuracy")


def test_a_public_statement_is_one_press_away() -> None:
    tried = run_unfolded(opened.app("milestone", lang="en"), "milestone")
    tried.button(key="statement-presidential-office-2024").click().run()
    assert opened.faults(tried) == []
    assert tried.query_params["as_of"] == "2024-07"
    assert "10 million in 2024" in opened.answer(tried)
    assert sentences(tried, "12,041,844")


def test_what_a_link_asks_and_cannot_have_is_said() -> None:
    tried = opened.app("milestone", lang="en", mark="abc", as_of="1999-01", year="2040").run()
    told = " ".join(note.value for note in tried.info)
    assert all(
        f"`{name}` = `{value}`" in told
        for name, value in (("mark", "abc"), ("as_of", "1999-01"), ("year", "2040"))
    )
    tried.toggle(key="shocks").set_value(True).run()
    assert "mark" not in tried.query_params


def test_a_mark_off_the_grid_is_asked_as_it_stands() -> None:
    tried = opened.app("milestone", lang="en", mark="14.37").run()
    assert "14.37 million" in opened.answer(tried)
    assert tried.query_params["mark"] == "14.37"


def test_a_mark_already_behind_is_said_to_be() -> None:
    said = answer(mark="10")
    assert "passed 10 million in **August 2026**" in said
    assert "Next thresholds: 11 million" in said


def test_the_time_machine_answers_both_questions_of_2024() -> None:
    tried = opened.looked_at("milestone", (("lang", "en"), ("as_of", "2024-07"), ("mark", "10")))
    said = opened.answer(tried)
    passing, *_, record = percents(said, "en")
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
    said = answer(year=year, mark="10")
    assert f"in the whole of {year}" in said
    assert ("did not reach" in said) == (year != "2018")


def test_moving_the_mark_changes_the_answer_and_the_address() -> None:
    tried = opened.app("milestone", lang="en").run()
    before = opened.answer(tried)
    tried.select_slider(key="mark-milestone-both").set_value(16_000_000).run()
    assert opened.answer(tried) != before
    assert tried.query_params["mark"] == "16"
    tried.select_slider(key="mark-milestone-both").set_value(15_000_000).run()
    assert opened.answer(tried) == before
    assert "mark" not in tried.query_params


def test_an_earlier_month_offers_only_years_within_reach() -> None:
    tried = run_unfolded(opened.app("milestone", lang="en", year="2028"), "milestone")
    tried.selectbox(key="as_of_year").set_value(2019).run()
    opened.keyed(unfolded(tried).selectbox, "as_of_month").set_value(12).run()
    assert not opened.faults(tried)
    year = opened.keyed(tried.selectbox, "year")
    assert year.value == 2019
    assert year.options[-1] == "2021"


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
    monkeypatch.setattr("crossings.models.models.project", forecast.project)  # not another test's
    tried = opened.app("milestone", lang="en", mark="14.5", fx="fixed", as_of="2025-04").run()
    fits, before = len(made), sentences(tried, "With the exchange rate fixed")
    tried.select_slider(key="mark-milestone-both").set_value(15_000_000).run()
    assert fits
    assert len(made) == fits
    assert sentences(tried, "With the exchange rate fixed") != before


def test_an_answer_is_compared_with_any_earlier_month_in_reach() -> None:
    tried = opened.app("milestone", lang="en", as_of="2025-03", year="2026", mark="12").run()
    choice = next(box for box in tried.selectbox if str(box.key).startswith("earlier-"))
    assert choice.options[0] == "January 2024"
    assert choice.options[-1] == "February 2025"


def test_the_box_of_what_was_known_closes_over_the_answer_it_has_given() -> None:
    tried = opened.app("milestone", lang="en").run()
    tried.session_state["as-of"] = True
    tried.run()
    tried.button(key="statement-presidential-office-2024").click().run()
    assert opened.faults(tried) == []
    assert tried.session_state["as-of-1"] is False


def test_a_day_is_asked_for_as_what_was_known_on_it() -> None:
    tried = opened.app("milestone", lang="en").run()
    tried.session_state["as-of"] = True
    tried.run()
    opened.keyed(tried.date_input, "as_of_day").set_value(date(2024, 9, 6)).run()
    assert opened.faults(tried) == []
    assert tried.query_params["as_of"] == "2024-07"
    assert tried.session_state["as-of-1"] is False


def test_the_day_of_passing_says_its_probability() -> None:
    said = opened.texts(opened.looked_at("milestone", (("lang", "en"),)))
    assert [text for text in said if text.startswith("50% probability")]
