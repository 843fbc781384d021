"""What the Scenario page is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from crossings.models.models import Models
from crossings.models.scenario.levers import PriorSet
from crossings.models.scenario.settings import from_preset
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


def examples(models: Models) -> Iterator[ScenarioQuestion]:
    """Yield questions that together show what the page can say."""
    last = models.last_month
    for preset in ("full-package", "none", "jesta-departure-tax"):
        yield ScenarioQuestion(
            flow=Flow.BOTH,
            year=last.year + 1,
            mark=Mark(15_000_000),
            priors="evidence",
            as_of=last,
            settings=from_preset(preset),
        )
