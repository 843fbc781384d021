"""What the Overview is asked."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from crossings.questions.base import Mark, Question, Span
from crossings.tables.flows import Flow

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
