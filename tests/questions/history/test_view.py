"""The History page's view: one answer for page and files, named faults for what cannot be asked, sources read once."""

from dataclasses import replace

import pandas as pd
import pytest

from crossings.language import Language
from crossings.models.events import MODEL_VERSION
from crossings.models.events.errors import NoPlacebos, YearOutside
from crossings.models.events.interventions import Shape
from crossings.models.events.marks import CATEGORIES
from crossings.models.events.placebo import Placebo
from crossings.models.models import Models
from crossings.questions.base import QuestionUnreadable
from crossings.questions.history.question import HistoryQuestion, event_of
from crossings.questions.history.sentences import OWN_MONTHS
from crossings.questions.history.view import HistoryView
from crossings.questions.history.view import view as answered
from crossings.tables import citations, flows
from crossings.tables.flows import Flow

KJ, JK = Flow.KOREANS_TO_JAPAN, Flow.JAPANESE_TO_KOREA
EN = Language("en")
BOYCOTT = HistoryQuestion(KJ, "boycott-2019")


@pytest.fixture(scope="module")
def models() -> Models:
    return Models(flows.load())


@pytest.fixture(scope="module")
def boycott(models: Models) -> HistoryView:
    return answered(BOYCOTT, models, EN)


def test_an_estimate_is_answered_with_its_notes_and_key_figures(boycott: HistoryView) -> None:
    assert boycott.estimated
    assert boycott.compared
    assert "**" in boycott.answer
    (note,) = boycott.notes
    assert "Type of effect" in note
    assert [row.label for row in boycott.key_figures] == [
        "Estimated effect of the event",
        "In visitors",
        "Smallest detectable effect",
        "Relative to other markets",
    ]


def test_what_cannot_be_estimated_says_so_and_why(models: Models) -> None:
    answer = answered(HistoryQuestion(JK, "waiver-2006"), models, EN)
    assert (answer.estimated, answer.compared, answer.key_figures) == (False, False, ())
    assert "**not sufficient**" in answer.answer
    assert "from January 2007 on" in answer.notes[0]


def test_both_ways_has_each_direction_and_no_comparison(models: Models) -> None:
    answer = answered(replace(BOYCOTT, flow=Flow.BOTH), models, EN)
    assert answer.estimated
    assert not answer.compared
    directions = answer.tables["directions"]
    assert directions.values("flow").tolist() == ["Koreans visiting Japan", "Japanese visiting Korea"]
    assert (directions.values("effect") < 0).iloc[0]
    assert "choose one" in answer.remarks["no-comparison"]


def test_figures_name_the_model_that_made_them_and_no_other(boycott: HistoryView) -> None:
    versions = {
        key: boycott.figures[f"history-{key}"].versions.get("model")
        for key in ("timeline", "balance", "without", "others", "calendar")
    }
    assert versions["timeline"] is versions["balance"] is None
    assert {versions[key] for key in ("without", "others", "calendar")} == {MODEL_VERSION}


def test_statements_are_set_beside_the_forecast_model(boycott: HistoryView, models: Models) -> None:
    figure = boycott.figures["history-statements"]
    assert figure.versions["model"] == models.projection().model_version
    assert len(figure.table) == len(boycott.tables["statements"])


def test_the_marks_are_those_of_the_kinds_and_years_asked_for(models: Models) -> None:
    question = replace(BOYCOTT, kinds="disaster-health", since=2015)
    marks = answered(question, models, EN).marks()
    assert {mark.category for mark in marks.shown} == {"disaster", "health"}
    assert min(mark.month for mark in marks.shown) >= pd.Period("2015-01", "M")
    every = answered(BOYCOTT, models, EN).marks()
    assert {mark.category for mark in every.shown} == set(CATEGORIES)
    (of_event,) = (mark for mark in every.shown if mark.key == every.of_event)
    assert event_of(of_event) == BOYCOTT.intervention()


def test_the_chosen_mark_is_told_with_its_sources(models: Models) -> None:
    key = answered(BOYCOTT, models, EN).marks().of_event
    answer = answered(replace(BOYCOTT, chosen=key), models, EN)
    assert "Source: [" in answer.remarks["mark"]
    assert answered(BOYCOTT, models, EN).remarks["mark"] == ""


def test_the_calendar_of_a_month_is_asked_with_the_question(models: Models) -> None:
    february = answered(replace(BOYCOTT, flow=JK, month=pd.Period("2026-02", "M")), models, EN)
    assert "in February 2026" in february.remarks["calendar"]
    parts = february.tables["calendar-parts"]
    assert parts.values("calendar").iloc[-1] == "Total"
    outside = answered(replace(BOYCOTT, month=pd.Period("1996-02", "M")), models, EN)
    assert "1996-02" in outside.remarks["calendar"] or "February 1996" in outside.remarks["calendar"]
    assert len(outside.tables["calendar-parts"]) == 0


@pytest.mark.parametrize("since", [0, -1, 99_999])
def test_a_first_year_that_is_none_is_refused(since: int) -> None:
    with pytest.raises(QuestionUnreadable):
        _ = replace(BOYCOTT, since=since).first_month


def test_two_years_are_compared_where_both_are_named(models: Models) -> None:
    answer = answered(BOYCOTT, models, EN)
    with pytest.raises(QuestionUnreadable):
        answer.figures["history-years"]
    years = answer.years()
    good = answered(replace(BOYCOTT, year_from=years[0], year_to=years[-1]), models, EN)
    assert good.figures["history-years"].table.values("label").iloc[-1] == "Total change"
    with pytest.raises(YearOutside):
        answered(replace(BOYCOTT, year_from=years[0], year_to=years[0]), models, EN).figures["history-years"]


def test_placebos_that_are_kept_are_drawn_without_another_run(models: Models) -> None:
    question = replace(BOYCOTT, flow=Flow.BOTH, event="typhoon-2018")
    event = question.intervention()
    rows = (Placebo("own", "2018-09", -0.2, -3.0), Placebo("month", "2015-03", 0.1, 1.0))
    assert not models.has_placebos(question.flow, event)
    models.keep_placebos(question.flow, event, rows, seconds=1.0)
    assert models.has_placebos(question.flow, event)
    figure = answered(question, models, EN).figures["history-placebos"]
    assert figure.table.values("strength").tolist() == [1.0]
    assert "rank 1 of 2" in figure.takeaway


def test_an_event_without_placebos_has_a_named_fault(models: Models) -> None:
    question = replace(BOYCOTT, flow=Flow.BOTH, event="mers-2015")
    models.keep_placebos(
        question.flow, question.intervention(), (Placebo("own", "2015-06", -0.2, -3.0),), seconds=1.0
    )
    with pytest.raises(NoPlacebos):
        answered(question, models, EN).figures["history-placebos"]


@pytest.mark.parametrize(
    "question",
    [
        replace(BOYCOTT, event="nothing"),
        replace(BOYCOTT, event=OWN_MONTHS),
        replace(BOYCOTT, event=OWN_MONTHS, own_first=pd.Period("2019-01", "M"), own_shape=Shape.STEP),
    ],
)
def test_an_event_that_is_not_known_is_refused(question: HistoryQuestion, models: Models) -> None:
    with pytest.raises(QuestionUnreadable):
        answered(question, models, EN)


def test_a_question_keeps_its_month_in_its_state() -> None:
    asked = replace(BOYCOTT, month=pd.Period("2026-02", "M"), chosen="events 2019-07-01")
    assert asked.state()["history_month"] == "2026-02"
    assert HistoryQuestion.read(asked.state()) == asked
    assert "history_month" not in BOYCOTT.state()


def test_sources_and_marks_are_read_once(models: Models, monkeypatch: pytest.MonkeyPatch) -> None:
    first = answered(BOYCOTT, models, EN)
    first.marks()
    known = models.citations()

    def unread(*_: object, **__: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("crossings.models.events.marks.read_table", unread)
    monkeypatch.setattr("crossings.tables.citations.read_table", unread)
    assert models.citations() is known
    assert answered(replace(BOYCOTT, since=2015), models, EN).marks().shown
    with pytest.raises(AssertionError):
        citations.citations()
