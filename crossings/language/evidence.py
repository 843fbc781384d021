"""Words for how good evidence is and how much hangs on it."""

from crossings.language.language import Language
from crossings.models.scenario.levers import Grade


def quality_word(grade: Grade, language: Language) -> str:
    """Return how good the evidence is."""
    return {
        "green": language("good evidence"),
        "amber": language("fair evidence"),
        "red": language("weak evidence"),
    }[grade]


def impact_word(grade: Grade, language: Language) -> str:
    """Return how much the result hangs on it."""
    return {
        "green": language("small impact"),
        "amber": language("medium impact"),
        "red": language("large impact"),
    }[grade]
