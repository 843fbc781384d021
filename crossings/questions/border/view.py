"""Where the queue is, and what lanes, gates or pre-clearance do to it, answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from crossings.language import Language
from crossings.language.halls import hall_titles
from crossings.models.models import Models
from crossings.models.queue import MODEL_VERSION
from crossings.models.queue.flights import PARTNER
from crossings.models.queue.presets import Calibrated, calibrated
from crossings.models.queue.report import (
    Carried,
    HallQuestion,
    carried,
    desks_for_target,
    hall_question_from_json,
    shares_by_desks,
    steady_state_minutes,
)
from crossings.questions.base import Assumption, Figure, OnDemand, Table, View, assumption_table, points
from crossings.questions.base.view import Grade
from crossings.questions.border import figures
from crossings.questions.border import sentences as words
from crossings.questions.border.figures import Halls
from crossings.questions.border.question import BorderQuestion
from crossings.questions.registry import page_name


@dataclass(frozen=True, eq=False, kw_only=True)
class BorderView(View):
    """The answer about a hall; carried: what its change gives the partner's nationals, None where none come."""

    carried: Carried | None


def view(question: BorderQuestion, models: Models, language: Language) -> BorderView:
    """Return waits and queues of a hall as published and as set."""
    base, hall = calibrated(question.hall), hall_question_from_json(question.settings)
    before = models.hall_day(base.flights, base.settings)
    after = models.hall_day(hall.grown, hall.settings)
    halls = Halls(base, before, after, language)
    both = PARTNER in before.groups and PARTNER in after.groups
    fitted = language.in_a_row([words.anchor_line(base, language), words.desks_line(base, language)])
    return BorderView(
        question=question,
        language=language,
        name=page_name("border", language),
        answer=words.answer(base, before.groups, after.groups, language, changed=question.changed),
        notes=(*_notes(question, hall, language), fitted),
        key_figures=tuple(figures.key_figures(halls)),
        figures=_figures(halls, hall, models),
        tables=_tables(halls),
        remarks=_remarks(halls),
        method=points(words.caveats(language)),
        caveats=words.caveats(language),
        tables_used=(),
        versions=((language("Queue model"), MODEL_VERSION.removeprefix("hall ")),),
        assumptions=lambda: assumption_table(_assumed(base, language), language),
        carried=carried(before, after) if both else None,
    )


def _notes(question: BorderQuestion, hall: HallQuestion, language: Language) -> tuple[str, ...]:
    """Return how to begin, and by which rule a lane is used, where they are worth saying."""
    if not question.changed:
        return (words.hint(language),)
    return (words.lane_rule(language),) if hall.settings.dedicated_desks else ()


def _figures(halls: Halls, hall: HallQuestion, models: Models) -> OnDemand[Figure]:
    flights, settings = hall.grown, hall.settings
    makers: dict[str, Callable[[], Figure]] = {
        "border-queue": partial(figures.queue, halls),
        "border-waits": partial(figures.waits, halls),
        "border-desks": lambda: figures.desks(
            halls, shares_by_desks(flights, settings), desks_for_target(flights, settings)
        ),
    }
    if PARTNER in flights.groups:
        makers["border-lane"] = lambda: figures.lane_price(halls, models.lane_prices(flights, settings))
    return OnDemand(makers)


def _tables(halls: Halls) -> OnDemand[Table]:
    return OnDemand(
        {
            "measures": partial(figures.measures, halls),
            "published": partial(figures.published_waits, halls),
            "settings": partial(figures.settings_table, halls),
        }
    )


def _remarks(halls: Halls) -> OnDemand[str]:
    after, language = halls.after, halls.language
    return OnDemand(
        {
            "longest": lambda: words.longest_by_agency(float(after.isa_longest_minutes().max()), language),
            "steady": lambda: words.steady_line(steady_state_minutes(after), language),
        }
    )


def _assumed(base: Calibrated, language: Language) -> tuple[Assumption, ...]:
    """Return the two assumptions on which a hall's day rests."""
    hall = base.hall
    return (
        Assumption(
            language("Desks staffed"),
            language.number(base.settings.desks),
            _grade(hall.desks.grade),
            None,
            hall_titles(hall.desks.source, language) or language("assumption"),
        ),
        Assumption(
            language("Flight peaks of the day"),
            language(
                "scaled by {factor} to match the published wait",
                factor=language.number(base.factor, digits=2),
            ),
            _grade(hall.flights_grade),
            None,
            hall_titles(hall.flights_source, language) or language("assumption"),
        ),
    )


def _grade(text: str) -> Grade:
    grades: dict[str, Grade] = {"green": "green", "amber": "amber", "red": "red"}
    return grades.get(text, "red")
