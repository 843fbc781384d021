"""One scenario acted out on a month's projection; each part is worked out when it is first asked for."""

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from crossings.errors import CrossingsError
from crossings.models.forecast.milestone import Milestone
from crossings.models.forecast.projection import FIRST_AS_OF, known_months
from crossings.models.models import Models
from crossings.models.scenario import describe, sensitivity
from crossings.models.scenario.describe import AssumptionSaid, LeverSaid
from crossings.models.scenario.levers import PRIOR_SETS, PriorSet
from crossings.models.scenario.reality import PastMonth, check_past, earliest_start
from crossings.models.scenario.results import Bar, ScenarioResult, Step, seen_of
from crossings.models.scenario.settings import Context, Settings, context, pinned
from crossings.questions.scenario.question import ScenarioQuestion
from crossings.tables.flows import DIRECTIONS

MOST_DRIVERS = 12


@dataclass(frozen=True, eq=False)
class Acted:
    """A question of the Scenario page with what the models say to it."""

    question: ScenarioQuestion
    models: Models

    @cached_property
    def settings(self) -> Settings:
        """The levers and their name, without what an earlier answer left with them."""
        return Settings(self.question.settings.choices, self.question.settings.name)

    @cached_property
    def result(self) -> ScenarioResult:
        """What the levers change."""
        return self.run(self.settings)

    def run(self, settings: Settings, priors: PriorSet | None = None) -> ScenarioResult:
        """Return what other levers, or the same under other priors, change for the same question."""
        question = self.question
        return self.models.scenario(
            settings,
            flow=question.flow,
            year=question.year,
            mark=question.mark,
            priors=priors or question.priors,
            as_of=question.as_of,
        )

    @cached_property
    def milestone(self) -> Milestone:
        """What the projection says about the mark without the levers."""
        question = self.question
        return self.models.milestone(
            flow=question.flow, year=question.year, mark=question.mark, as_of=question.as_of
        )

    @cached_property
    def months(self) -> pd.PeriodIndex:
        """The months ahead."""
        return self.models.projection(self.question.as_of).months

    @property
    def version(self) -> str:
        """The versions of the forecast and the scenario model."""
        return f"{self.result.model_version}/{self.result.scenario_version}"

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What each lever adds, then what queue and seats change."""
        question, baseline = self.question, self.models.scenario_baseline(self.question.as_of)
        return sensitivity.waterfall(baseline, self.settings, flow=question.flow, priors=question.priors)

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """What drives the result most; empty where no assumption does."""
        question, baseline = self.question, self.models.scenario_baseline(self.question.as_of)
        bars = sensitivity.tornado(baseline, self.settings, flow=question.flow, priors=question.priors)
        return bars[:MOST_DRIVERS]

    @cached_property
    def levers(self) -> tuple[LeverSaid, ...]:
        """What is set, lever by lever."""
        return describe.description(self.settings, months=self.months, priors=self.question.priors)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the levers that are set."""
        return tuple(lever.key for lever in self.levers)

    def parameters(self, *, in_use: bool) -> tuple[AssumptionSaid, ...]:
        """Return every parameter of the priors, or those alone on which these levers rest."""
        priors = self.question.priors
        return describe.in_use(self.settings, priors) if in_use else describe.assumptions(priors)

    @cached_property
    def began(self) -> pd.Period | None:
        """The first month with a measure, where it is past and a projection of the month before it can be made."""
        first, last = earliest_start(self.settings), self.models.published.official.last_month
        return first if first and FIRST_AS_OF < first <= min(self.question.as_of, last) else None

    @cached_property
    def past(self) -> tuple[PastMonth, ...]:
        """What was expected for the months since the first measure, and what was published."""
        if self.began is None:
            return ()
        before = self.models.projection(self.began - 1)
        official = self.models.published.official
        known = {flow: known_months(official, flow, as_of=self.question.as_of) for flow in DIRECTIONS}
        settings = pinned(self.settings, first=self.months[0])
        return check_past(before, known, settings, priors=self.question.priors)

    @property
    def made_elsewhere(self) -> Context | None:
        """What the scenario was made with, where that is other figures or another model."""
        return context(self.question.settings, data_month=self.question.as_of, model_version=self.version)

    @cached_property
    def asked_by_maker(self) -> ScenarioResult | None:
        """Today's answer to what the scenario's maker asked; None where it can no longer be given."""
        saw = self.question.settings.seen
        if saw is None:
            return None
        try:
            return self.models.scenario(
                self.settings,
                flow=saw.flow,
                year=saw.year,
                mark=saw.mark,
                priors=saw.priors,
                as_of=self.question.as_of,
            )
        except CrossingsError:
            return None

    @cached_property
    def others(self) -> tuple[ScenarioResult, ...]:
        """The results of the scenarios to compare. Raises QuestionUnreadable and the errors of scenario files."""
        return tuple(self.run(settings) for settings in self.question.others())

    @property
    def under_all_priors(self) -> tuple[ScenarioResult, ...]:
        """The result under each set of priors."""
        return tuple(self.run(self.settings, priors) for priors in PRIOR_SETS)

    def answered(self, *, with_numbers: bool = False) -> ScenarioQuestion:
        """Return the question with the data month and model version of its answer, and its numbers if wanted."""
        settings = replace(self.settings, data_month=self.question.as_of, model_version=self.version)
        seen = seen_of(self.result) if with_numbers else None
        return replace(self.question, settings=replace(settings, seen=seen))
