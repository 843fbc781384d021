"""Whether the year passes the mark, answered."""

from functools import partial

from crossings.language import Language
from crossings.language.labels import subject
from crossings.models.forecast.exchange import CODES, Effect
from crossings.models.forecast.shocks import SUGGESTED_PROBABILITY_PER_YEAR
from crossings.models.models import Models
from crossings.questions.base import Assumption, OnDemand, View, assumption_table, points
from crossings.questions.base.view import Grade
from crossings.questions.figure_context import Setting
from crossings.questions.growth import growth_assumption
from crossings.questions.milestone import figures
from crossings.questions.milestone import sentences as words
from crossings.questions.milestone.question import MilestoneQuestion
from crossings.questions.registry import page_name


def view(question: MilestoneQuestion, models: Models, language: Language) -> View:
    """Return the probability that a flow passes a mark in a year, and when."""
    flow, as_of = question.flow, question.as_of
    shocks = SUGGESTED_PROBABILITY_PER_YEAR if question.shocks else 0.0
    path = CODES.get(question.fx)
    ask = partial(models.milestone, flow=flow, year=question.year, mark=question.mark, as_of=as_of)
    result = ask()
    setting = Setting(models.published, flow, language, as_of=as_of, model_version=result.model_version)
    said, assumed = words.answer(result, language), [growth_assumption(language)]
    if shocks:
        said = f"{said} {words.with_shocks(result, ask(shocks=shocks), shocks, language)}"
        assumed.append(_shock_assumption(shocks, language))
    if path is not None:
        effect = models.projection(as_of, exchange=path).exchange
        moved = words.exchange_sentences(result, ask(exchange=path), effect, language)
        said = f"{said} {moved[0]}" if moved else said
        assumed += _exchange_assumptions(effect, language)
    return View(
        question=question,
        language=language,
        name=page_name("milestone", language),
        answer=said,
        key_figures=tuple(figures.key_figures(result, language)),
        figures=OnDemand(
            {
                "milestone-fan": partial(figures.fan, setting, result),
                "milestone-month": partial(figures.month_passed, setting, result),
                "milestone-curve": partial(figures.curve, setting, result),
            }
        ),
        method=(words.rule(flow, language), *points(words.caveats(language))),
        assumptions=assumption_table(tuple(assumed), language),
        likelihood=True,
    )


def _shock_assumption(share: float, language: Language) -> Assumption:
    label = language("Rare slumps (boycott, disaster, epidemic): chance a year")
    return Assumption(label, language.percent(share, digits=0), "red", "amber", language("assumption"))


def _exchange_assumptions(effect: Effect | None, language: Language) -> list[Assumption]:
    """Return the elasticities behind the exchange-rate switch, estimated from the months known then."""
    grades: tuple[Grade, Grade] = ("amber", "red")
    return [
        Assumption(
            language("{who}: change per 1% more won per yen", who=subject(flow, language)),
            f"{language.percent(response.elasticity / 100, signed=True)} "
            + language("(standard error {error})", error=language.number(response.error, digits=1)),
            grade,
            "amber",
            language("estimated from the months known then"),
        )
        for (flow, response), grade in zip(effect.responses.items() if effect else (), grades, strict=False)
    ]
