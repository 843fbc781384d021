"""What the Scenario page is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

import pandas as pd

from crossings.models.scenario.levers import PriorSet
from crossings.models.scenario.settings import LINK_FIELDS, Settings, settings_from_query, to_query
from crossings.questions.base import Mark, Question, asked
from crossings.tables.flows import Flow


@dataclass(frozen=True, kw_only=True)
class ScenarioQuestion(Question):
    """What a scenario's levers change for a flow in a year, against which mark (persons), under which priors.

    compared: further scenarios as a JSON list of their files, empty where none are compared.
    settings: the levers; written under the keys of LINK_FIELDS.
    """

    page: ClassVar[str] = "scenario"
    flow: Flow
    year: int = asked(key="scenario_year")
    mark: Mark
    priors: PriorSet
    as_of: pd.Period
    compared: str = asked(linked=False, default="")
    settings: Settings = field(default=Settings(), metadata={"text": False})

    def state(self) -> dict[str, str]:
        """Return every value as text; the levers under the keys of a scenario's link."""
        plain = {key: value for key, value in super().state().items() if key != "compared" or value}
        return {**to_query(self.settings), **plain}

    @classmethod
    def read(cls, state: Mapping[str, str]) -> Self:
        """Return the question of a state. Raises QuestionUnreadable or the errors of scenario links."""
        levers = {key: state[key] for key in LINK_FIELDS if key in state}
        return replace(super().read(state), settings=settings_from_query(levers))
