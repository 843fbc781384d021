"""What simpler or harder procedures would change, answered."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from crossings.language import Language
from crossings.language.scenarios import scenario_name
from crossings.models.models import Models
from crossings.models.queue.presets import calibrated
from crossings.models.scenario.reality import RealityCheck
from crossings.questions.base import Figure, OnDemand, Table, View, points, unreadable
from crossings.questions.base.view import FOR_PAPER
from crossings.questions.figure_context import Setting
from crossings.questions.registry import page_name
from crossings.questions.scenario import figures
from crossings.questions.scenario import sentences as words
from crossings.questions.scenario.acted import Acted
from crossings.questions.scenario.question import ScenarioQuestion

FURTHER_TABLES = ("air_supply", "exchange_rates")
LANES = {"lanes", "lanes-pilot"}
LANE_HALL = "haneda-t3"


@dataclass(frozen=True, eq=False, kw_only=True)
class ScenarioView(View):
    """The answer to a scenario with what its page needs besides.

    headline, comparison: the answer's two parts: what the levers change, and how small that is beside the
    year's own uncertainty. warning: what must be seen first, or empty. made_elsewhere: that the scenario was
    made with other figures or another model, or empty. saved: the question with the numbers seen now, for
    links and files. months: the months ahead.
    """

    question: ScenarioQuestion
    headline: str
    comparison: str
    warning: str
    made_elsewhere: str
    saved: ScenarioQuestion
    months: pd.PeriodIndex
    acted: Acted

    @property
    def open_figures(self) -> tuple[str, ...]:
        """The keys of the figures that stand in no fold, in order."""
        if not self.acted.settings.active:
            return ("scenario-flows",)
        return ("scenario-flows", "scenario-waterfall")


def view(question: ScenarioQuestion, models: Models, language: Language) -> ScenarioView:
    """Return what a scenario changes, with its parts, drivers and assumptions."""
    acted = Acted(question, models)
    result, settled = acted.result, acted.milestone.settled
    measures = words.measures(acted.levers, language, as_of=question.as_of)
    headline = words.answer(result, language, settled=settled)
    comparison = words.error_beside(result, *acted.milestone.interval_80, language)
    elsewhere, by_hand = acted.made_elsewhere, _setting(acted, language).by_hand
    return ScenarioView(
        question=acted.answered(),
        language=language,
        name=page_name("scenario", language),
        answer=language.in_a_row([headline, measures, comparison]),
        headline=headline,
        comparison=comparison,
        warning=words.warning(result, language),
        paragraphs=tuple(filter(None, (measures, *_against(acted, language)))),
        in_paper=words.in_paper(result, language) if acted.settings.active else "",
        boxed=words.check_failed(_checks(acted), language) if acted.settings.active else "",
        notes=tuple(
            filter(
                None,
                (
                    words.in_baseline(acted.levers, language),
                    words.change_line(result, language, settled=settled),
                    by_hand,
                ),
            )
        ),
        made_elsewhere="" if elsewhere is None else words.made_elsewhere(elsewhere, language),
        saved=acted.answered(with_numbers=True),
        months=acted.months,
        acted=acted,
        key_figures=tuple(figures.key_figures(result, language, settled=settled)),
        figures=_figures(acted, language),
        tables=_tables(acted, language),
        remarks=_remarks(acted, language),
        method=points(words.limits(language)),
        caveats=words.limits(language),
        tables_used=("visitors", *FURTHER_TABLES),
        assumptions=lambda: figures.assumptions(acted.levers, acted.parameters(in_use=True), language),
        versions=((language("Scenario model"), result.scenario_version),),
        likelihood=True,
    )


def _against(acted: Acted, language: Language) -> Iterator[str]:
    """Yield what must be seen beside an effect: the strongest counter-evidence, and what lanes cost others."""
    if not acted.settings.active:
        return
    yield words.counter_evidence(_checks(acted), language)
    if LANES & set(acted.keys):
        base = calibrated(LANE_HALL)
        yield words.lane_price(base, acted.models.lane_prices(base.flights, base.settings), language)


def _checks(acted: Acted) -> Sequence[RealityCheck]:
    question = acted.question
    return acted.models.reality_checks(priors=question.priors, as_of=question.as_of)


def _setting(acted: Acted, language: Language) -> Setting:
    return Setting(
        acted.models.published,
        acted.question.flow,
        language,
        as_of=acted.question.as_of,
        model_version=acted.version,
        scenario=scenario_name(acted.settings, language),
        tables=FURTHER_TABLES,
    )


def _figures(acted: Acted, language: Language) -> OnDemand[Figure]:
    result, setting = acted.result, _setting(acted, language)

    def drivers() -> Figure:
        if not acted.bars:
            raise unreadable("scenario-tornado")
        return figures.tornado(setting, result, acted.bars)

    makers: dict[str, Callable[[], Figure]] = {
        "scenario-flows": partial(figures.flows, setting, result),
        "scenario-directions": partial(figures.by_direction, setting, result),
        "scenario-waterfall": lambda: figures.waterfall(setting, result, acted.steps),
        "scenario-tornado": drivers,
        "scenario-compared": lambda: figures.compared(setting, acted.others),
        "scenario-priors": lambda: figures.priors_compared(setting, acted.under_all_priors),
    }
    return OnDemand(makers)


def _tables(acted: Acted, language: Language) -> OnDemand[Table]:
    makers: dict[str, Callable[[], Table]] = {
        "years": partial(figures.years_table, acted.result, language),
        "months": partial(figures.months_table, acted.result, language),
        "assumptions": lambda: figures.assumptions(acted.levers, acted.parameters(in_use=False), language),
    }
    if acted.began is not None:
        makers["since-start"] = lambda: figures.since_start(acted.past, language)
    saw = acted.question.settings.seen
    if saw is not None and acted.made_elsewhere is not None:
        makers["then-and-now"] = lambda: figures.then_and_now(saw, acted.asked_by_maker, language)
    return OnDemand(makers)


def _remarks(acted: Acted, language: Language) -> OnDemand[str]:
    question = acted.question
    makers: dict[str, Callable[[], str]] = {
        "plain-words": lambda: words.description(
            acted.levers, acted.settings, language, as_of=question.as_of, version=acted.version
        ),
        "reality-checks": lambda: words.check_rows(_checks(acted), language),
    }
    if acted.settings.active:
        makers[FOR_PAPER] = lambda: words.rests_on(acted.result, acted.steps, acted.levers, language)
    began = acted.began
    if began is not None:
        makers["since-start"] = lambda: words.since_start(acted.past, began, language)
    return OnDemand(makers)
