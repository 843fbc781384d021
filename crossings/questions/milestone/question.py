"""What the Milestone page is asked."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import pandas as pd

from crossings.questions.base import Mark, Question
from crossings.tables.flows import Flow

ExchangeCode = Literal["off", "fixed", "walk"]


@dataclass(frozen=True)
class MilestoneQuestion(Question):
    """Whether a flow passes a mark (persons) in a year, by what was known in a month.

    shocks: whether rare slumps are simulated. fx: what an explanatory exchange rate does.
    """

    page: ClassVar[str] = "milestone"
    flow: Flow
    year: int
    mark: Mark
    as_of: pd.Period
    shocks: bool = False
    fx: ExchangeCode = "off"
