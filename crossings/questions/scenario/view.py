"""What simpler or harder procedures would change, answered."""

import json
from functools import partial

from crossings.language import Language
from crossings.language.scenarios import scenario_name
from crossings.models.models import Models
from crossings.models.scenario import describe, sensitivity
from crossings.models.scenario.levers import PRIOR_SETS, PriorSet
from crossings.models.scenario.results import ScenarioResult
from crossings.models.scenario.settings import Settings, settings_from_json
from crossings.questions.base import (
    Figure,
    OnDemand,
    View,
    assumption_table,
    points,
    unreadable,
)
from crossings.questions.base.table import joined
from crossings.questions.figure_context import Setting
from crossings.questions.growth import growth_assumption
from crossings.questions.registry import page_name
from crossings.questions.scenario import figures
from crossings.questions.scenario import sentences as words
from crossings.questions.scenario.question import ScenarioQuestion


def view(question: ScenarioQuestion, models: Models, language: Language) -> View:
    """Return what a scenario changes, with its parts, drivers and assumptions."""
    flow, as_of, settings, priors = question.flow, question.as_of, question.settings, question.priors
    year, mark = question.year, question.mark

    def run(chosen: Settings, under: PriorSet = priors) -> ScenarioResult:
        return models.scenario(chosen, flow=flow, year=year, mark=mark, priors=under, as_of=as_of)

    result = run(settings)
    base = models.milestone(flow=flow, year=year, mark=mark, as_of=as_of)
    months = models.projection(as_of).months
    version = f"{result.model_version}/{result.scenario_version}"
    name = scenario_name(settings, language)
    setting = Setting(models.published, flow, language, as_of=as_of, model_version=version, scenario=name)
    description = describe.description(settings, months=months, priors=priors)

    def drivers() -> Figure:
        baseline = models.scenario_baseline(as_of)
        bars = sensitivity.tornado(baseline, settings, flow=flow, priors=priors)
        if not bars:
            raise unreadable("scenario-tornado")
        return figures.tornado(setting, result, bars[:12])

    def waterfall() -> Figure:
        baseline = models.scenario_baseline(as_of)
        steps = sensitivity.waterfall(baseline, settings, flow=flow, priors=priors)
        return figures.waterfall(setting, result, steps)

    def compared() -> Figure:
        others = [settings_from_json(text) for text in _texts(question.compared)]
        return figures.compared(setting, [run(other) for other in others])

    return View(
        question=question,
        language=language,
        name=page_name("scenario", language),
        answer=f"{words.answer(result, language, settled=base.settled)} "
        + words.error_beside(result, *base.interval_80, language),
        key_figures=tuple(figures.key_figures(result, language, settled=base.settled)),
        figures=OnDemand(
            {
                "scenario-flows": partial(figures.flows, setting, result),
                "scenario-directions": partial(figures.by_direction, setting, result),
                "scenario-waterfall": waterfall,
                "scenario-tornado": drivers,
                "scenario-compared": compared,
                "scenario-priors": lambda: figures.priors_compared(
                    setting, [run(settings, each) for each in PRIOR_SETS]
                ),
            }
        ),
        method=points(words.limits(language)),
        tables_used=("visitors", "air_supply", "exchange_rates"),
        assumptions=joined(
            assumption_table((growth_assumption(language),), language),
            figures.assumptions(result, description, language, parameters=describe.in_use(settings, priors)),
        ),
        versions=((language("Scenario model"), result.scenario_version),),
        likelihood=True,
    )


def _texts(text: str) -> list[str]:
    try:
        rows = json.loads(text)
    except ValueError:
        raise unreadable("compared") from None
    if not isinstance(rows, list) or not rows or not all(isinstance(row, str) for row in rows):
        raise unreadable("compared")
    return rows
