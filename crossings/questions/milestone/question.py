"""What the Milestone page is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

import pandas as pd

from crossings.models.forecast.milestone import YEARS_AHEAD
from crossings.models.forecast.projection import FIRST_AS_OF
from crossings.models.models import Models
from crossings.questions.base import Mark, Question
from crossings.tables.flows import DIRECTIONS, Flow

ExchangeCode = Literal["off", "fixed", "walk"]


@dataclass(frozen=True)
class MilestoneQuestion(Question):
    """Whether a flow passes a mark (persons) in a year, by what was known in a month.

    shocks: whether rare slumps are simulated. fx: what an explanatory exchange rate does.
    """

    page: ClassVar[str] = "milestone"
    flow: Flow
    year: int
    mark: Mark
    as_of: pd.Period
    shocks: bool = False
    fx: ExchangeCode = "off"


def years_in_reach(as_of: pd.Period) -> range:
    """Return the years that can be asked about with what was known in a month."""
    return range(FIRST_AS_OF.year, as_of.year + YEARS_AHEAD + 1)


def earlier_months(as_of: pd.Period, *, year: int) -> tuple[pd.Period, ...]:
    """Return the earlier months whose answer about a year can be compared with a month's, none for a year behind."""
    if year < as_of.year or as_of <= FIRST_AS_OF:
        return ()
    start = max(FIRST_AS_OF, pd.Period(f"{year - YEARS_AHEAD}-01", "M"))
    return tuple(pd.period_range(min(start, as_of - 1), as_of - 1, freq="M"))


def examples(models: Models) -> Iterator[MilestoneQuestion]:
    """Yield questions that together show what the page can say."""
    last = models.last_month
    yield MilestoneQuestion(Flow.BOTH, last.year, Mark(15_000_000), last)
    yield MilestoneQuestion(Flow.BOTH, last.year, Mark(10_000_000), last)
    yield MilestoneQuestion(Flow.BOTH, 2024, Mark(10_000_000), pd.Period("2024-07", "M"))
    yield MilestoneQuestion(DIRECTIONS[0], last.year + 1, Mark(9_500_000), last, shocks=True, fx="fixed")
    yield MilestoneQuestion(DIRECTIONS[1], 2019, Mark(3_500_000), pd.Period("2018-12", "M"))
