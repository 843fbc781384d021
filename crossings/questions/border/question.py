"""What the Border page is asked."""

from dataclasses import dataclass
from typing import ClassVar

from crossings.questions.base import Question, asked


@dataclass(frozen=True)
class BorderQuestion(Question):
    """Which arrival hall, and how it is set; settings: the hall's file (JSON). changed: whether that differs."""

    page: ClassVar[str] = "border"
    hall: str
    settings: str = asked(linked=False)
    changed: bool = False
