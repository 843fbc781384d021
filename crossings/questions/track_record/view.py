"""How good such answers were, answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from crossings.errors import CrossingsError
from crossings.language import Language
from crossings.models.forecast import MODEL_VERSION, public
from crossings.models.forecast.backtest import CLAIMS, Claim, TrackRecord
from crossings.models.forecast.milestone import outcome
from crossings.models.models import Models
from crossings.questions.base import OnDemand, Table, View, points
from crossings.questions.figure_context import Setting
from crossings.questions.registry import page_name
from crossings.questions.track_record import figures
from crossings.questions.track_record import sentences as words
from crossings.questions.track_record.question import TrackRecordQuestion
from crossings.questions.track_record.selection import Selection, eras, select


@dataclass(frozen=True, eq=False, kw_only=True)
class TrackRecordView(View):
    """The record's answer, with what is said of public forecasts beside it: a line each, none without the list."""

    public: tuple[str, ...] = ()


def view(question: TrackRecordQuestion, models: Models, language: Language) -> TrackRecordView:
    """Return how often intervals and probabilities of the past held; without figures where the record has none.

    The remarks are public statements, each with what the projection of its day says of it and what came.
    """
    record = models.track_record()
    selections = () if record is None else _selections(record, question)
    selection = next((part for part in selections if part.era == question.era), None)
    answered: dict[str, Any]
    if record is None or selection is None:
        answered = {"answer": words.absent(language) if record is None else words.nothing_here(language)}
    else:
        answered = _answered(selection, selections, record, models, language)
        answered["paragraphs"] = (
            tuple(line for line in (words.same_condition(selection, question.months, language),) if line)
            + answered["paragraphs"]
        )
    return TrackRecordView(
        question=question,
        language=language,
        name=page_name("track_record", language),
        method=points(words.caveats(language)),
        caveats=words.caveats(language),
        remarks=OnDemand({claim.key: partial(_claim, claim, models, language) for claim in CLAIMS}),
        **answered,
    )


def _selections(record: TrackRecord, question: TrackRecordQuestion) -> tuple[Selection, ...]:
    """Return what each part of the record holds of the question's kind."""
    every = [
        select(record, flow=question.flow, era=era, year_asked=question.year_asked) for era in eras(record)
    ]
    return tuple(selection for selection in every if selection is not None)


def _answered(
    selection: Selection,
    selections: tuple[Selection, ...],
    record: TrackRecord,
    models: Models,
    language: Language,
) -> dict[str, Any]:
    """Return the parts of the view that need answers in the record."""
    setting = Setting(models.published, selection.flow, language, model_version=record.model_version)
    lines, tables = _public(record, models, language)
    other = record.model_version != MODEL_VERSION
    makers = {"track-record-error": partial(figures.error_by_month, setting, selection)}
    if selection.probabilities is not None:
        makers["track-record-reliability"] = partial(figures.reliability, setting, selection)
    makers["track-record-coverage"] = partial(figures.coverage, setting, selection)
    makers["track-record-outcomes"] = partial(figures.outcomes, setting, selection)
    return {
        "answer": words.answer(selection, language),
        "paragraphs": tuple(
            line for line in (words.counted(selection, language), words.certain(selection, language)) if line
        ),
        "notes": (words.other_version(record.model_version, MODEL_VERSION, language),) if other else (),
        "key_figures": tuple(figures.key_figures(selection, language)),
        "figures": OnDemand(makers),
        "tables": OnDemand({"scores": partial(figures.scores, selections, language), **tables}),
        "public": lines,
    }


def _public(
    record: TrackRecord, models: Models, language: Language
) -> tuple[tuple[str, ...], dict[str, Callable[[], Table]]]:
    """Return what is said of public forecasts and their tables: by lead, settled, open; nothing without the list."""
    try:
        listed = models.public_forecasts()
    except CrossingsError:
        return (), {}
    settled = public.scored(listed, record)
    leads = public.by_lead(settled)
    lines = (
        *(words.public_takeaway(row, language) for _, row in leads.iterrows()),
        words.public_limits(language),
    )
    return lines, {
        "public-by-lead": partial(figures.public_by_lead, leads, language),
        "public-settled": partial(figures.public_settled, settled, language),
        "public-open": lambda: figures.public_open(public.still_open(listed, models.projection()), language),
    }


def _claim(claim: Claim, models: Models, language: Language) -> str:
    """Return a public statement with what the projection says of it and what came."""
    flow, year, mark = claim.flow, claim.year, claim.mark
    result = models.milestone(flow=flow, year=year, mark=mark, as_of=claim.as_of)
    return words.claim(claim, result, outcome(models.published, flow=flow, year=year, mark=mark), language)
