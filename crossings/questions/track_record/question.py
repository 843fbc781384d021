"""What the Track record page is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from crossings.models.models import Models
from crossings.questions.base import Question, asked
from crossings.questions.track_record.selection import Era, YearAsked
from crossings.tables.flows import DIRECTIONS, Flow


@dataclass(frozen=True)
class TrackRecordQuestion(Question):
    """How good answers were for a flow, in one part of the record and about which year.

    months: how many months of the year were known, where the question came from an answer with so many.
    """

    page: ClassVar[str] = "track_record"
    flow: Flow
    era: Era
    year_asked: YearAsked = asked(key="asked")
    months: int | None = None


def examples(_models: Models) -> Iterator[TrackRecordQuestion]:
    """Yield questions that together show what the page can say."""
    yield TrackRecordQuestion(Flow.BOTH, "before 2020", YearAsked.RUNNING)
    yield TrackRecordQuestion(DIRECTIONS[0], "since 2023", YearAsked.NEXT)
    yield TrackRecordQuestion(Flow.BOTH, "since 2023", YearAsked.RUNNING, months=8)
