"""Public statements about a total as ready questions of the Milestone page, with what came of each."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from crossings.language import Language
from crossings.language.labels import claim_speaker, subject
from crossings.models.forecast.backtest import CLAIMS, Claim
from crossings.models.forecast.milestone import outcome
from crossings.questions.base import Mark
from crossings.questions.milestone.question import MilestoneQuestion
from crossings.tables.flows import Published
from crossings.tables.releases import day_due


@dataclass(frozen=True)
class StatementChoice:
    """A public statement as a choice: who said what when, what came of it, and how the page asks about it."""

    key: str
    label: str
    outcome: str
    question: MilestoneQuestion


def known_on(month: pd.Period) -> date:
    """Return the day by which both offices have published a month, by their rhythm."""
    return max(day_due(office, month) for office in ("JNTO", "KTO"))


def known_by(day: date) -> pd.Period:
    """Return the last month that both offices had published on a day, by their rhythm."""
    month = pd.Period(day, "M")
    while known_on(month) > day:
        month -= 1
    return month


def statement_choices(published: Published, language: Language) -> tuple[StatementChoice, ...]:
    """Return the statements on record that the projection can be asked about."""
    return tuple(_choice(claim, published, language) for claim in CLAIMS)


def statement_question(claim: Claim) -> MilestoneQuestion:
    """Return the question of a statement, with what was known on its day."""
    return MilestoneQuestion(claim.flow, claim.year, Mark(claim.mark), claim.as_of)


def _choice(claim: Claim, published: Published, language: Language) -> StatementChoice:
    later = outcome(published, flow=claim.flow, year=claim.year, mark=claim.mark)
    mark = language.mark(claim.mark)
    label = language(
        "{day}, {who}: {mark} in {year}",
        day=language.day(date.fromisoformat(claim.said_on)),
        who=claim_speaker(claim.key, language),
        mark=mark,
        year=language.year(claim.year),
    )
    total = language.people(later.visitors)
    came = (
        language(
            "{who}: outcome of the year {total}, {mark} reached.",
            mark=mark,
            total=total,
            who=subject(claim.flow, language),
        )
        if later.passed
        else language(
            "{who}: outcome of the year {total}, {mark} not reached.",
            mark=mark,
            total=total,
            who=subject(claim.flow, language),
        )
    )
    return StatementChoice(claim.key, label, came, statement_question(claim))
