"""What questions about a scenario share: the levers, written as a scenario's link writes them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from crossings.models.scenario.settings import (
    LINK_FIELDS,
    Settings,
    settings_from_json,
    settings_from_query,
    to_query,
)
from crossings.questions.base import Question, asked, unreadable


@dataclass(frozen=True, kw_only=True)
class LeverQuestion(Question):
    """A question about a scenario.

    compared: further scenarios as a JSON list of their files, empty where none are compared.
    settings: the levers; written under the keys of LINK_FIELDS.
    """

    compared: str = asked(linked=False, default="")
    settings: Settings = field(default=Settings(), metadata={"text": False})

    def state(self) -> dict[str, str]:
        """Return every value as text, empty ones left out; the levers under the keys of a scenario's link."""
        return {**to_query(self.settings), **{key: value for key, value in super().state().items() if value}}

    @classmethod
    def read(cls, state: Mapping[str, str]) -> Self:
        """Return the question of a state. Raises QuestionUnreadable or the errors of scenario links."""
        levers = {key: state[key] for key in LINK_FIELDS if key in state}
        return replace(super().read(state), settings=settings_from_query(levers))

    def others(self) -> tuple[Settings, ...]:
        """Return the scenarios to compare. Raises QuestionUnreadable and the errors of scenario files."""
        try:
            texts = json.loads(self.compared)
        except ValueError:
            raise unreadable("compared") from None
        if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
            raise unreadable("compared")
        return tuple(settings_from_json(text) for text in texts)
