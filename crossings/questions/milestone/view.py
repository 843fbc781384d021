"""Whether the year passes the mark, answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from crossings.language import Language
from crossings.language.labels import subject
from crossings.models.forecast import revisions
from crossings.models.forecast.exchange import CODES, Effect
from crossings.models.forecast.milestone import Milestone, outcome
from crossings.models.forecast.shocks import SUGGESTED_PROBABILITY_PER_YEAR as SHOCKS
from crossings.models.models import Models
from crossings.questions.base import Assumption, OnDemand, Table, View, assumption_table, points
from crossings.questions.base.view import Grade
from crossings.questions.changes import change_table
from crossings.questions.figure_context import Setting
from crossings.questions.milestone import figures
from crossings.questions.milestone import sentences as words
from crossings.questions.milestone.figures import Dots
from crossings.questions.milestone.question import MilestoneQuestion, earlier_months
from crossings.questions.registry import page_name
from crossings.tables.flows import Flow


@dataclass(frozen=True, eq=False, kw_only=True)
class MilestoneView(View):
    """The answer about a mark, with what only its page shows.

    dots: a hundred years as dots, None where the year is complete. rule: how the question is settled.
    earlier_months: months with which the answer can be compared. compared: makes the table of what moved the
    answer since one of them.
    """

    dots: Dots | None
    rule: str
    earlier_months: tuple[pd.Period, ...]
    compared: Callable[[pd.Period], Table]

    def changes_since(self, earlier: pd.Period) -> Table:
        """Return what moved the answer since an earlier month: revision, new data, model; the parts add up."""
        return self.compared(earlier)


def view(question: MilestoneQuestion, models: Models, language: Language) -> MilestoneView:
    """Return the probability that a flow passes a mark in a year, and when."""
    flow, as_of, year, mark = question.flow, question.as_of, question.year, question.mark
    result = models.milestone(flow=flow, year=year, mark=mark, as_of=as_of)
    setting = Setting(models.published, flow, language, as_of=as_of, model_version=result.model_version)
    headline = setting.counting(words.answer(result, language))
    switched = _switched(question, models, language)
    happened = words.happened(result, outcome(models.published, flow=flow, year=year, mark=mark), language)
    sure = "" if result.needed is None else _how_sure(question, models, language)
    return MilestoneView(
        question=question,
        language=language,
        name=page_name("milestone", language),
        answer=language.in_a_row((headline, *switched.sentences, setting.by_hand)),
        headline=headline,
        paragraphs=tuple(filter(None, (*switched.sentences, happened, sure))),
        notes=(
            *switched.notes,
            *_rests_on(question, result, models, language),
            *filter(None, [setting.by_hand]),
        ),
        key_figures=tuple(figures.key_figures(result, language)),
        figures=OnDemand(
            {
                "milestone-fan": partial(figures.fan, setting, result),
                "milestone-month": partial(figures.month_passed, setting, result),
                "milestone-curve": partial(figures.curve, setting, result),
            }
        ),
        tables=OnDemand(
            {
                "models": partial(figures.models, result, language),
                "likelihood": partial(figures.likelihood_scale, language),
            }
        ),
        method=(words.rule(flow, language), *points(words.caveats(language))),
        caveats=words.caveats(language),
        remarks={
            "disagreement": words.disagreement_line(result, language),
            "dependence": words.dependence_line(models.projection(as_of).dependence, language),
        },
        assumptions=(
            partial(assumption_table, switched.assumptions, language) if switched.assumptions else None
        ),
        likelihood=True,
        dots=figures.dots(result, language),
        rule=words.rule(flow, language),
        earlier_months=earlier_months(as_of, year=year),
        compared=partial(_changes, question, models, language),
    )


def _how_sure(question: MilestoneQuestion, models: Models, language: Language) -> str:
    """Return how often intervals given at this point of the year held."""
    rows = models.held(flow=question.flow, year=question.year, as_of=question.as_of)
    return words.how_sure(rows, language)


def _rests_on(
    question: MilestoneQuestion, result: Milestone, models: Models, language: Language
) -> tuple[str, ...]:
    """Return what the answer rests on, and that the figures are today's where those of then are not on record."""
    if result.needed is None:
        return ()
    dependence = models.projection(question.as_of).dependence if question.flow is Flow.BOTH else None
    rests = words.rests_on(result, language, dependence=dependence, shocks=question.shocks)
    hindsight = revisions.hindsight(models.published, as_of=question.as_of)
    return (rests, words.hindsight(question.as_of, language)) if hindsight else (rests,)


def _changes(question: MilestoneQuestion, models: Models, language: Language, earlier: pd.Period) -> Table:
    """Return what moved the answer since an earlier month."""
    flow, year, mark = question.flow, question.year, question.mark
    return change_table(models.changes(earlier, question.as_of, flow=flow, year=year, mark=mark), language)


@dataclass(frozen=True)
class Switched:
    """What the switches beside the headline do to the answer: sentences, notes on them, assumptions behind them."""

    sentences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


def _switched(question: MilestoneQuestion, models: Models, language: Language) -> Switched:
    """Return what rare slumps and an explanatory exchange rate do, where they are asked for."""
    ask = partial(
        models.milestone, flow=question.flow, year=question.year, mark=question.mark, as_of=question.as_of
    )
    result, every = ask(), []
    if question.shocks:
        struck = ask(shocks=SHOCKS)
        sentences = () if result.needed is None else (words.with_shocks(result, struck, SHOCKS, language),)
        every.append(Switched(sentences, (), (_shock_assumption(language),)))
    path = CODES.get(question.fx)
    if path is not None:
        effect = models.projection(question.as_of, exchange=path).exchange
        moved = words.exchange_sentences(result, ask(exchange=path), effect, language)
        assumptions = tuple(_exchange_assumptions(effect, language))
        every.append(Switched(moved[:1], moved[1:], assumptions) if moved else Switched((), (), assumptions))
    return Switched(
        tuple(sentence for switch in every for sentence in switch.sentences),
        tuple(note for switch in every for note in switch.notes),
        tuple(assumption for switch in every for assumption in switch.assumptions),
    )


def _shock_assumption(language: Language) -> Assumption:
    label = language("Sudden slumps (boycott, disaster, epidemic): probability a year")
    return Assumption(label, language.percent(SHOCKS, digits=0), "red", "amber", language("assumption"))


def _exchange_assumptions(effect: Effect | None, language: Language) -> list[Assumption]:
    """Return the elasticities behind the exchange-rate switch, estimated from the months known then."""
    grades: tuple[Grade, Grade] = ("amber", "red")
    return [
        Assumption(
            language("{who}: change when the yen is 1% stronger", who=subject(flow, language)),
            language(
                "{change} (standard error {error})",
                change=language.percent(response.elasticity / 100, signed=True),
                error=language.number(response.error, digits=1),
            ),
            grade,
            "amber",
            language("estimated from the figures published at the time"),
        )
        for (flow, response), grade in zip(effect.responses.items() if effect else (), grades, strict=False)
    ]
