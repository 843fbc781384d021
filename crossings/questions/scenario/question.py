"""What the Scenario page is asked."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from crossings.models.scenario.levers import PriorSet
from crossings.questions.base import Mark, asked
from crossings.questions.lever_question import LeverQuestion
from crossings.tables.flows import Flow


@dataclass(frozen=True, kw_only=True)
class ScenarioQuestion(LeverQuestion):
    """What a scenario's levers change for a flow in a year, against which mark (persons), under which priors."""

    page: ClassVar[str] = "scenario"
    flow: Flow
    year: int = asked(key="scenario_year")
    mark: Mark
    priors: PriorSet
    as_of: pd.Period
