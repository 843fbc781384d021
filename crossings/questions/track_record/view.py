"""How good such answers were, answered."""

from functools import partial

from crossings.language import Language
from crossings.models.models import Models
from crossings.questions.base import OnDemand, View, points, unreadable
from crossings.questions.figure_context import Setting
from crossings.questions.registry import page_name
from crossings.questions.track_record import figures, selection
from crossings.questions.track_record import sentences as words
from crossings.questions.track_record.question import TrackRecordQuestion


def view(question: TrackRecordQuestion, models: Models, language: Language) -> View:
    """Return how often intervals and probabilities of the past held. Raises QuestionUnreadable."""
    record = models.track_record()
    seen = None
    if record is not None and question.era in selection.eras(record):
        seen = selection.view(record, flow=question.flow, era=question.era, asked=question.asked)
    if record is None or seen is None:
        raise unreadable("era")
    setting = Setting(models.published, seen.flow, language, model_version=record.model_version)
    return View(
        question=question,
        language=language,
        name=page_name("track_record", language),
        answer=words.answer(seen, language),
        key_figures=tuple(figures.key_figures(seen, language)),
        figures=OnDemand(
            {
                "track-record-error": partial(figures.error_by_month, setting, seen),
                "track-record-reliability": partial(figures.reliability, setting, seen),
                "track-record-coverage": partial(figures.coverage, setting, seen),
                "track-record-outcomes": partial(figures.outcomes, setting, seen),
            }
        ),
        method=points(words.caveats(language)),
    )
