"""How good such answers were, answered."""

from functools import partial
from typing import Any

from crossings.language import Language
from crossings.models.forecast import MODEL_VERSION
from crossings.models.forecast.backtest import CLAIMS, Claim, TrackRecord
from crossings.models.forecast.milestone import outcome
from crossings.models.models import Models
from crossings.questions.base import OnDemand, View, points
from crossings.questions.figure_context import Setting
from crossings.questions.registry import page_name
from crossings.questions.track_record import figures
from crossings.questions.track_record import sentences as words
from crossings.questions.track_record.question import TrackRecordQuestion
from crossings.questions.track_record.selection import Selection, eras, select


def view(question: TrackRecordQuestion, models: Models, language: Language) -> View:
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
    return View(
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
    other = record.model_version != MODEL_VERSION
    makers = {"track-record-error": partial(figures.error_by_month, setting, selection)}
    if selection.probabilities is not None:
        makers["track-record-reliability"] = partial(figures.reliability, setting, selection)
    makers["track-record-coverage"] = partial(figures.coverage, setting, selection)
    makers["track-record-outcomes"] = partial(figures.outcomes, setting, selection)
    return {
        "answer": words.answer(selection, language),
        "paragraphs": (words.counted(selection, language),),
        "notes": (words.other_version(record.model_version, MODEL_VERSION, language),) if other else (),
        "key_figures": tuple(figures.key_figures(selection, language)),
        "figures": OnDemand(makers),
        "tables": OnDemand({"scores": partial(figures.scores, selections, language)}),
    }


def _claim(claim: Claim, models: Models, language: Language) -> str:
    """Return a public statement with what the projection says of it and what came."""
    flow, year, mark = claim.flow, claim.year, claim.mark
    result = models.milestone(flow=flow, year=year, mark=mark, as_of=claim.as_of)
    return words.claim(claim, result, outcome(models.published, flow=flow, year=year, mark=mark), language)
