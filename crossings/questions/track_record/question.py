"""What the Track record page is asked."""

from dataclasses import dataclass
from typing import ClassVar

from crossings.questions.base import Question, asked
from crossings.questions.track_record.selection import Era, YearAsked
from crossings.tables.flows import Flow


@dataclass(frozen=True)
class TrackRecordQuestion(Question):
    """How good answers were for a flow, in one part of the record and about which year."""

    page: ClassVar[str] = "track_record"
    flow: Flow
    era: Era
    year_asked: YearAsked = asked(key="asked")
