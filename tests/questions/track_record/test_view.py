"""The Track record's View: what the record holds, the public statements, and what is said without a record."""

import shutil
from pathlib import Path

import pytest

from crossings.language import LANGUAGES, Language
from crossings.models.forecast.backtest import CLAIMS
from crossings.models.models import Models
from crossings.questions import registry
from crossings.questions.base import QuestionUnreadable
from crossings.questions.track_record.question import TrackRecordQuestion
from crossings.questions.track_record.selection import ERAS, YearAsked, eras
from crossings.questions.track_record.view import view
from crossings.tables import flows
from crossings.tables.flows import Flow, data_folder
from tests.language import markdown

MODELS = Models(flows.load())
QUESTION = TrackRecordQuestion(Flow.BOTH, "since 2023", YearAsked.RUNNING)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_public_statement_comes_through_the_view(code: str) -> None:
    seen = view(QUESTION, MODELS, Language(code))
    assert list(seen.remarks) == [claim.key for claim in CLAIMS]
    for claim, sentence in zip(CLAIMS, seen.remarks.values(), strict=True):
        assert not markdown.faults(sentence)
        assert Language(code).month(claim.as_of) in sentence


@pytest.mark.parametrize("code", LANGUAGES)
def test_public_forecasts_stand_beside_the_record(code: str) -> None:
    seen = view(QUESTION, MODELS, Language(code))
    short, long, limits = seen.public
    assert not any(markdown.faults(line) for line in (short, long, limits))
    settled, still_open = seen.tables["public-settled"], seen.tables["public-open"]
    assert len(settled) > 30
    assert settled.values("year").max() <= 2025
    assert still_open.values("year").min() >= 2026
    assert seen.tables["public-by-lead"].values("count").sum() < len(settled)


def test_certain_marks_are_scored_apart() -> None:
    seen = view(QUESTION, MODELS, Language("en"))
    assert any("are evaluated separately" in line for line in seen.paragraphs)


def test_without_the_list_nothing_is_said_of_public_forecasts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_out = shutil.ignore_patterns("public_forecasts.csv")
    folder = shutil.copytree(data_folder(), tmp_path / "data", ignore=left_out)
    monkeypatch.setenv("CROSSINGS_DATA", str(folder))
    seen = view(QUESTION, Models(flows.load()), Language("en"))
    assert seen.public == ()
    assert set(seen.tables) == {"scores"}


def test_every_figure_named_is_there() -> None:
    for era in eras(MODELS.track_record()):
        for flow in Flow:
            seen = view(TrackRecordQuestion(flow, era, YearAsked.NEXT), MODELS, Language("en"))
            assert all(figure.key == key for key, figure in seen.figures.items())
            assert len(seen.figures) >= 3


def test_without_a_record_the_view_has_no_figures_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_out = shutil.ignore_patterns("track_record*.csv")
    folder = shutil.copytree(data_folder(), tmp_path / "data", ignore=left_out)
    monkeypatch.setenv("CROSSINGS_DATA", str(folder))
    seen = view(QUESTION, Models(flows.load()), Language("en"))
    assert "`python -m etl backtest`" in seen.answer
    assert (dict(seen.figures), seen.key_figures) == ({}, ())
    assert len(seen.remarks) == 3


def test_a_link_names_the_year_asked_about() -> None:
    state = {"flow": "both", "era": "since 2023", "asked": "running"}
    assert QUESTION.state() == state
    assert registry.question_of("track_record", state) == QUESTION


@pytest.mark.parametrize("era", ["", "since 2024", "pandemic "])
def test_an_unknown_part_of_the_record_cannot_be_read(era: str) -> None:
    assert era not in ERAS
    with pytest.raises(QuestionUnreadable):
        TrackRecordQuestion.read({"flow": "both", "era": era, "asked": "next"})
