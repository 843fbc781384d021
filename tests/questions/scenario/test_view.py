"""The Scenario page's view: its parts agree with the model, are made when asked for, and hold typed columns."""

import json
from dataclasses import replace
from functools import lru_cache

import pandas as pd
import pytest

from crossings.errors import CrossingsError
from crossings.language import LANGUAGES, Language
from crossings.models.models import Models
from crossings.models.scenario.settings import (
    Seen,
    Settings,
    from_preset,
    settings_from_query,
    settings_of,
    to_json,
)
from crossings.questions.base import Mark
from crossings.questions.registry import question_of
from crossings.questions.scenario.question import ScenarioQuestion
from crossings.questions.scenario.view import ScenarioView, view
from crossings.tables import flows
from crossings.tables.flows import Flow

SAW = Seen(
    Flow.BOTH, 2027, 17_000_000, "evidence", 2028, ((151e3, 60e3, 390e3), (40e3, 15e3, 1e5)), 0.41, 0.43
)


@lru_cache(maxsize=1)
def models() -> Models:
    return Models(flows.load())


def asked(settings: Settings, *, flow: Flow = Flow.BOTH, compared: str = "") -> ScenarioQuestion:
    return ScenarioQuestion(
        flow=flow,
        year=2027,
        mark=Mark(17_000_000),
        priors="evidence",
        as_of=models().last_month,
        settings=settings,
        compared=compared,
    )


@lru_cache(maxsize=16)
def seen(question: ScenarioQuestion, code: str = "en") -> ScenarioView:
    return view(question, models(), Language(code))


PACKAGE = asked(from_preset("full-package"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_part_is_there(code: str) -> None:
    answer = seen(PACKAGE, code)
    measures = answer.paragraphs[0]
    assert answer.answer == Language(code).in_a_row([answer.headline, measures, answer.comparison])
    for choice in answer.question.settings.active:
        assert Language(code)(choice.record.label) in measures
    assert answer.open_figures == ("scenario-flows", "scenario-waterfall")
    assert len(answer.key_figures) == 4
    for key in answer.open_figures:
        figure = answer.figures[key]
        assert figure.key == key
        assert figure.office is not None
        assert json.dumps(figure.chart().to_dict())
        assert set(figure.office.looks) <= {column.key for column in figure.table.columns} | set(
            figure.table.values("label") if "label" in figure.table.frame else ()
        )
    for table in answer.tables.values():
        assert len(table.texts()) == len(table) > 0
    assert all(answer.remarks.values())


@pytest.mark.parametrize("year", [2027, 2028])
def test_the_chart_speaks_of_the_year_that_the_headline_names(year: int) -> None:
    answer = seen(replace(PACKAGE, year=year))
    said = answer.figures["scenario-flows"].takeaway
    assert f"in {year}" in answer.headline
    assert f"in {year}, calculated: " in said
    assert said.partition("calculated: ")[2].partition(" on ")[0] in answer.headline


def test_measures_are_named_with_start_and_ramp_wherever_the_scenario_is() -> None:
    own = asked(settings_from_query({"levers": "lanes~1~s2027-03_e-gates~1~s2027-03~r12"}))
    answer = seen(own)
    assert (
        "Measures assumed to start in March 2027 (in both directions; about two thirds of the effect after about 12 "
        "months): E-gates"
    ) in answer.paragraphs[0]
    assert "no actual or planned date" not in answer.paragraphs[0]
    assert (
        "in September 2026 (in both directions; the month after the figures, no actual or planned date; "
        in (seen(PACKAGE).paragraphs[0])
    )
    name = "Dedicated lanes, all day (from March 2027) + E-gates for short-stay visitors (from March 2027)"
    assert f"“{name}”" in answer.headline
    assert answer.figures["scenario-flows"].scenario == name


def test_what_stands_against_the_model_and_the_price_of_lanes_stand_in_sight() -> None:
    _, against, price = seen(PACKAGE).paragraphs
    assert "visa waiver for Koreans of March 2005" in against
    assert "it was −5.0%" in against
    assert "one visa measure" in against
    assert "(80% range +32.4% to +114.9%)" in against
    assert "no effect discernible" in against
    assert "Haneda Airport Terminal 3, 16 desks in all, assumed flights" in price
    without = seen(asked(from_preset("e-gates"))).paragraphs
    assert not [text for text in without if "Haneda" in text]
    assert seen(asked(Settings())).paragraphs == ()


def test_what_the_baseline_holds_is_said_measure_by_measure() -> None:
    (held, *_) = seen(PACKAGE).notes
    assert "**E-gates for short-stay visitors**: Japanese nationals have been able" in held
    assert "the other airports of Korea" in held
    assert "**Joint kiosks at further halls**: Haneda" in held


def test_nothing_is_worked_out_before_it_is_asked_for() -> None:
    answer = view(asked(settings_of({"departure-tax": 3000.0})), models(), Language("en"))
    worked_out = vars(answer.acted)
    assert {"steps", "bars", "past"}.isdisjoint(worked_out)
    assert answer.figures["scenario-waterfall"]
    assert "steps" in worked_out
    assert "bars" not in worked_out


def test_the_steps_add_up_to_the_median() -> None:
    answer = seen(PACKAGE)
    *parts, total = answer.figures["scenario-waterfall"].table.values("change")
    assert sum(parts) == pytest.approx(total)
    steps = sum(step.extra_visitors for step in answer.acted.steps)
    assert total == pytest.approx(steps, abs=len(answer.acted.steps))
    assert steps == pytest.approx(answer.acted.result.effects[Flow.BOTH].extra_visitors_a_year.median)


def test_the_line_ahead_starts_at_the_last_published_figure() -> None:
    table = seen(PACKAGE).figures["scenario-flows"].table
    frame = table.frame
    last = int(frame["known"].count()) - 1
    assert int(frame["scenario"].isna().sum()) == last + 1
    assert frame["month"].iloc[last] == models().last_month
    assert table.column("known").kind == "persons"
    assert table.column("month").kind == "month"


def test_shares_are_fractions_and_persons_are_persons() -> None:
    answer = seen(PACKAGE)
    tornado = answer.figures["scenario-tornado"].table
    assert {tornado.column(key).kind for key in ("low", "high")} == {"share"}
    assert tornado.values("high").abs().max() < 1
    years = answer.tables["years"]
    assert (years.values("scenario") > years.values("baseline")).all()
    assert years.column("change").kind == "share"


def test_no_lever_leaves_one_figure() -> None:
    answer = seen(asked(Settings()))
    assert answer.open_figures == ("scenario-flows",)
    assert "identical to the baseline" in answer.headline
    assert "since-start" not in answer.tables


def test_what_an_answer_was_made_with_travels_with_its_question() -> None:
    answer = seen(PACKAGE)
    assert answer.question.settings.data_month == models().last_month
    assert answer.question.settings.seen is None
    assert answer.saved.settings.seen is not None
    assert answer.saved.settings.seen.mark == 17_000_000
    assert settings_from_query(answer.saved.state()) == answer.saved.settings
    assert question_of("scenario", answer.question.state()) == answer.question


def test_a_scenario_of_other_figures_shows_both() -> None:
    made = replace(from_preset("e-gates"), data_month=pd.Period("2025-06", "M"), model_version="1.0/1.0")
    answer = seen(asked(replace(made, seen=SAW)))
    assert "June 2025" in answer.made_elsewhere
    table = answer.tables["then-and-now"]
    assert list(table.values("then"))[2] == "41%"
    assert list(table.values("now"))[2] != "–"
    gone = seen(asked(replace(made, seen=replace(SAW, year=2040, effect_year=2041))))
    assert set(gone.tables["then-and-now"].values("now")) == {"–"}
    assert not seen(PACKAGE).made_elsewhere
    assert "then-and-now" not in seen(PACKAGE).tables


def test_the_same_levers_give_the_same_answer_whatever_they_were_made_with() -> None:
    made = replace(from_preset("full-package"), data_month=pd.Period("2025-06", "M"), model_version="1.0/1.0")
    assert seen(asked(made)).answer == seen(PACKAGE).answer
    assert seen(asked(made)).acted.result is seen(PACKAGE).acted.result


def test_a_start_in_the_past_is_compared_with_what_was_published() -> None:
    answer = seen(asked(settings_from_query({"levers": "lanes~1~s2025-06"})))
    table = answer.tables["since-start"]
    both_ways = [models().published.series(flow).loc["2026-08"] for flow in Flow if flow.value != "both"]
    assert set(both_ways) <= set(table.values("published"))
    assert "cannot be detected" in answer.remarks["since-start"]


def test_scenarios_are_compared_each_under_its_name() -> None:
    texts = [to_json(from_preset(key)) for key in ("e-gates", "departure-tax")]
    answer = seen(asked(from_preset("e-gates"), flow=Flow.JAPANESE_TO_KOREA, compared=json.dumps(texts)))
    table = answer.figures["scenario-compared"].table
    assert len(table) == 2
    assert table.column("label").heading == "Scenario"
    assert len(set(table.values("label"))) == 2
    assert table.column(Flow.KOREANS_TO_JAPAN.value).kind == "persons"


@pytest.mark.parametrize("text", ["", "{", "[]", "[1]", '["no scenario"]'])
def test_a_comparison_that_cannot_be_read_is_named(text: str) -> None:
    answer = view(asked(Settings(), compared=text), models(), Language("en"))
    with pytest.raises(CrossingsError):
        answer.figures["scenario-compared"]


def test_both_priors_stand_side_by_side() -> None:
    table = seen(asked(from_preset("departure-tax"))).figures["scenario-priors"].table
    assert list(table.values("label")) == ["Initial assumptions", "Evidence-based assumptions"]
    assert table.values("median").nunique() == 2
