"""Figures as a reader would collect them, one question a page, and the models they are made from."""

import json
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from crossings.briefing.draft import Draft, Item
from crossings.models.models import Models
from crossings.models.queue.presets import calibrated
from crossings.models.queue.report import question_json
from crossings.models.scenario.settings import from_preset, to_json
from crossings.questions.abroad.question import AbroadQuestion
from crossings.questions.base import Mark
from crossings.questions.border.question import BorderQuestion
from crossings.questions.history.question import HistoryQuestion
from crossings.questions.milestone.question import MilestoneQuestion
from crossings.questions.overview.question import Measure, OverviewQuestion
from crossings.questions.registry import SavedQuestion
from crossings.questions.scenario.question import ScenarioQuestion
from crossings.questions.track_record.question import TrackRecordQuestion
from crossings.questions.track_record.selection import YearAsked
from crossings.questions.worth.question import WorthQuestion
from crossings.tables import flows
from crossings.tables.flows import Flow

MARK = Mark(15_000_000)


@lru_cache(maxsize=1)
def models() -> Models:
    """Return the models of the committed figures, each asked once for all tests of a run."""
    return Models(flows.load())


def as_of() -> str:
    """Return the last month of the committed figures."""
    return str(models().last_month)


def overview(measure: Measure = "cumulative") -> SavedQuestion:
    return SavedQuestion.of(OverviewQuestion(Flow.BOTH, measure, MARK, (2015, 2026)))


def milestone(mark: int = MARK, *, year: int = 2026, month: str = "", shocks: bool = False) -> SavedQuestion:
    known = pd.Period(month or as_of(), "M")
    return SavedQuestion.of(MilestoneQuestion(Flow.BOTH, year, Mark(mark), known, shocks))


def track_record() -> SavedQuestion:
    return SavedQuestion.of(TrackRecordQuestion(Flow.BOTH, "before 2020", YearAsked.RUNNING))


def scenario(preset: str = "full-package", *, ramp: float | None = None) -> SavedQuestion:
    settings = from_preset(preset)
    if ramp is not None:
        settings = replace(
            settings, choices=tuple(replace(one, ramp_months=ramp) for one in settings.choices)
        )
    return SavedQuestion.of(
        ScenarioQuestion(
            flow=Flow.BOTH,
            year=2027,
            mark=MARK,
            priors="evidence",
            as_of=models().last_month,
            compared=json.dumps([to_json(settings)], ensure_ascii=False),
            settings=settings,
        )
    )


def border(hall: str = "haneda-t3", *, changed: bool = False) -> SavedQuestion:
    settings = question_json(hall, calibrated(hall).settings, None)
    return SavedQuestion.of(BorderQuestion(hall, settings, changed))


def history(event: str = "boycott-2019") -> SavedQuestion:
    return SavedQuestion.of(
        HistoryQuestion(Flow.KOREANS_TO_JAPAN, event, "policy-politics", 2005, year_from=2018, year_to=2025)
    )


def abroad() -> SavedQuestion:
    return SavedQuestion.of(AbroadQuestion("SAU", 1))


def worth(preset: str = "full-package") -> SavedQuestion:
    settings = from_preset(preset)
    compared = json.dumps([to_json(settings)], ensure_ascii=False)
    return SavedQuestion.of(WorthQuestion(settings=settings, compared=compared))


FIGURES = {
    "overview": ("overview-cumulative", "overview-kor-jpn", "overview-jpn-kor"),
    "milestone": ("milestone-fan", "milestone-month", "milestone-curve"),
    "track_record": (
        "track-record-error",
        "track-record-reliability",
        "track-record-coverage",
        "track-record-outcomes",
    ),
    "scenario": (
        "scenario-flows",
        "scenario-directions",
        "scenario-waterfall",
        "scenario-tornado",
        "scenario-compared",
        "scenario-priors",
    ),
    "worth": (
        "worth-books",
        "worth-outlay",
        "worth-drivers-kor",
        "worth-drivers-jpn",
        "worth-airports",
        "worth-ratios",
        "worth-hall",
        "worth-compared",
    ),
    "border": ("border-queue", "border-waits", "border-desks", "border-lane"),
    "history": (
        "history-timeline",
        "history-without",
        "history-others",
        "history-calendar",
        "history-years",
        "history-balance",
        "history-statements",
    ),
    "abroad": (
        "abroad-map",
        "abroad-carried",
        "abroad-residents",
        "abroad-students",
        "abroad-working-holiday",
    ),
}
MAKERS = {
    "overview": overview,
    "milestone": milestone,
    "track_record": track_record,
    "scenario": scenario,
    "worth": worth,
    "border": border,
    "history": history,
    "abroad": abroad,
}


def every_item() -> list[Item]:
    """Return every figure of every page."""
    return [Item(MAKERS[page](), key) for page, keys in FIGURES.items() for key in keys]  # type: ignore[operator]


def six() -> Draft:
    """Return a list of six figures from four pages."""
    return Draft(
        items=(
            Item(milestone(), "milestone-fan"),
            Item(milestone(), "milestone-curve"),
            Item(scenario(), "scenario-flows", title="Our scenario", note="A remark"),
            Item(scenario(), "scenario-directions"),
            Item(border(), "border-waits"),
            Item(overview(), "overview-cumulative"),
        )
    )
