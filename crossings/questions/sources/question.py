"""What the Sources page is asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from crossings.models.models import Models
from crossings.questions.base import Question


@dataclass(frozen=True)
class SourcesQuestion(Question):
    """Where the figures come from and how fresh they are on a day.

    refreshed: the day of the last refresh, where it asked in vain for all that should be out. keeper: whether
    who asks may refresh.
    """

    page: ClassVar[str] = "sources"
    today: date
    refreshed: date | None = None
    keeper: bool = field(default=True, metadata={"linked": False})


def examples(_models: Models) -> Iterator[SourcesQuestion]:
    """Yield questions that together show what the page can say."""
    yield SourcesQuestion(date(2026, 11, 26))
