"""What the Abroad page is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from crossings.models.models import Models
from crossings.questions.base import Question


@dataclass(frozen=True)
class AbroadQuestion(Question):
    """Which country (ISO 3166-1 alpha-3), counted how (the kind's number from 1), and whether its region is shown."""

    page: ClassVar[str] = "abroad"
    country: str
    counted: int
    near: bool = False


def examples(_models: Models) -> Iterator[AbroadQuestion]:
    """Yield questions that together show what the page can say."""
    for country in ("SAU", "ISR", "CMR"):
        yield AbroadQuestion(country, 1, near=country == "ISR")
