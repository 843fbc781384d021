"""Where the queue is, and what lanes, gates or pre-clearance do to it, answered."""

from functools import partial

from crossings.language import Language
from crossings.models.models import Models
from crossings.models.queue import MODEL_VERSION
from crossings.models.queue.flights import PARTNER
from crossings.models.queue.hall import run_hall
from crossings.models.queue.presets import calibrated, source_titles
from crossings.models.queue.report import (
    desks_for_target,
    hall_question_from_json,
    lane_prices,
    shares_by_desks,
)
from crossings.questions.base import Assumption, Figure, OnDemand, View, assumption_table, points, unreadable
from crossings.questions.base.view import Grade
from crossings.questions.border import figures
from crossings.questions.border import sentences as words
from crossings.questions.border.question import BorderQuestion
from crossings.questions.registry import page_name


def view(question: BorderQuestion, models: Models, language: Language) -> View:
    """Return waits and queues of a hall as published and as set."""
    base = calibrated(question.hall)
    hall = hall_question_from_json(question.settings)
    before, after = run_hall(base.flights, base.settings), run_hall(hall.grown, hall.settings)
    halls = figures.Halls(base, before, after, language)

    def lane() -> Figure:
        if PARTNER not in hall.grown.groups:
            raise unreadable("border-lane")
        return figures.lane_price(halls, lane_prices(hall.grown, hall.settings))

    def desks() -> Figure:
        target = desks_for_target(hall.grown, hall.settings)
        return figures.desks(halls, shares_by_desks(hall.grown, hall.settings), target)

    assumed = (
        Assumption(
            language("Desks staffed"),
            language.number(base.settings.desks),
            _grade(base.hall.desks.grade),
            None,
            _titles(base.hall.desks.source, language),
        ),
        Assumption(
            language("Banks of flights through the day"),
            language("scaled by {factor} to meet the anchor", factor=language.number(base.factor, digits=2)),
            _grade(base.hall.flights_grade),
            None,
            _titles(base.hall.flights_source, language),
        ),
    )
    return View(
        question=question,
        language=language,
        name=page_name("border", language),
        answer=words.answer(
            base, before.groups, after.groups, language, changed=question.changed, hint=False
        ),
        key_figures=tuple(figures.key_figures(halls)),
        figures=OnDemand(
            {
                "border-queue": partial(figures.queue, halls),
                "border-waits": partial(figures.waits, halls),
                "border-desks": desks,
                "border-lane": lane,
            }
        ),
        method=points(words.caveats(language)),
        tables_used=(),
        versions=((language("Hall model"), MODEL_VERSION.removeprefix("hall ")),),
        assumptions=assumption_table(assumed, language),
    )


def _titles(keys: str, language: Language) -> str:
    """Return the titles of a hall's sources, or that it is an assumption."""
    return "; ".join(source_titles(keys)) or language("assumption")


def _grade(text: str) -> Grade:
    grades: dict[str, Grade] = {"green": "green", "amber": "amber", "red": "red"}
    return grades.get(text, "red")
