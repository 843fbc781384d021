"""What the Overview is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from crossings.models.models import Models
from crossings.questions.base import Mark, Question, Span
from crossings.tables.flows import DIRECTIONS, Flow

Measure = Literal["cumulative", "monthly", "rolling", "change"]
MARKED: tuple[Measure, ...] = ("cumulative", "rolling")


@dataclass(frozen=True)
class OverviewQuestion(Question):
    """Which flow, looked at how, over which years and against which mark (persons)."""

    page: ClassVar[str] = "overview"
    flow: Flow
    measure: Measure
    mark: Mark
    years: Span


def examples(models: Models) -> Iterator[OverviewQuestion]:
    """Yield questions that together show what the page can say."""
    marks = {Flow.BOTH: 10_000_000, DIRECTIONS[0]: 8_000_000, DIRECTIONS[1]: 3_500_000}
    for flow, mark in marks.items():
        yield OverviewQuestion(flow, "cumulative", Mark(mark), (2018, models.last_month.year))
