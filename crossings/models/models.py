"""Every model's answers about one state of the figures, each worked out when it is first asked for."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from crossings.errors import CrossingsError
from crossings.models.forecast import MODEL_VERSION, Projection, backtest, pool, project, public
from crossings.models.forecast.backtest import TrackRecord
from crossings.models.forecast.exchange import Exchange, Path
from crossings.models.forecast.held import Held, held
from crossings.models.forecast.milestone import (
    ROUND,
    Change,
    Milestone,
    Outlook,
    asked,
    check_mark,
    outlook,
    undecided_mark,
    what_changed,
)
from crossings.models.forecast.restated import with_later_values
from crossings.models.memory import Memory
from crossings.models.queue import MODEL_VERSION as HALL_VERSION
from crossings.models.queue.flights import Flights
from crossings.models.queue.hall import HallDay, run_hall
from crossings.models.queue.report import lane_prices
from crossings.models.queue.settings import Settings as HallSettings
from crossings.models.scenario.levers import PriorSet
from crossings.models.scenario.model import Stage, run
from crossings.models.scenario.reality import RealityCheck, reality_checks
from crossings.models.scenario.results import ScenarioResult
from crossings.models.scenario.seats import TABLE as AIR_SUPPLY
from crossings.models.scenario.settings import Settings
from crossings.tables import abroad, citations, flows
from crossings.tables.abroad import Abroad
from crossings.tables.citations import Citation
from crossings.tables.flows import Flow, Published

if TYPE_CHECKING:
    from crossings.models.events.baseline import Fitted
    from crossings.models.events.donors import Comparison
    from crossings.models.events.intervention import Estimate
    from crossings.models.events.interventions import Intervention
    from crossings.models.events.marks import Mark
    from crossings.models.events.placebo import Placebo, Progress
    from crossings.models.worth.model import Options, Worth
    from crossings.models.worth.results import Drivers

EXCHANGE_RATES = "exchange_rates"


@dataclass(frozen=True, eq=False)
class Models:
    """The published figures and what the models say of them.

    published: the figures. memory: where answers are kept; one memory serves many states of the figures,
    since every answer is kept under the digest of the figures and tables it rests on.
    """

    published: Published
    memory: Memory = field(default_factory=Memory)

    @property
    def last_month(self) -> pd.Period:
        """The last month that both directions have."""
        return self.published.last_month

    def _state(self, *tables: str) -> tuple[Hashable, ...]:
        """Return what changes when the figures or one of these tables changes."""
        folder = flows.data_folder()
        return (self.published.digest, *(flows.file_mark(folder / f"{table}.csv") for table in tables))

    @property
    def stamp(self) -> tuple[Hashable, ...]:
        """What changes when the figures, any other published table or a model change."""
        from crossings.models.events import MODEL_VERSION as EVENTS_VERSION

        return (*self._state(), *flows.folder_mark(), MODEL_VERSION, EVENTS_VERSION)

    def projection(
        self, as_of: pd.Period | None = None, *, shocks: float = 0.0, exchange: Path | None = None
    ) -> Projection:
        """Return the projection made with what was known at a month, the last one where left out.

        shocks: yearly probability of a rare slump. exchange: what an explanatory exchange rate does from
        then on. Neither is in the headline. Raises what `project` raises.
        """
        month = as_of or self.last_month
        tables = () if exchange is None else (EXCHANGE_RATES,)
        return self.memory.recall(
            "projection",
            (*self._state(*tables), month, shocks, exchange, MODEL_VERSION),
            lambda: project(
                self.published,
                as_of=month,
                shock_probability_per_year=shocks,
                exchange=None if exchange is None else Exchange(_exchange_rates(), exchange),
                fitting=self._fit,
            ),
        )

    def _fit(self, series: pd.Series) -> pool.Fitted:
        """Return a direction's fitted models: the same whatever shocks or exchange rate are asked for."""
        key = (MODEL_VERSION, series.index[0], series.to_numpy().tobytes())
        return self.memory.recall("fit", key, lambda: pool.fit(series))

    def restated(
        self, earlier: pd.Period, later: pd.Period, *, before: Published | None = None
    ) -> Projection:
        """Return an earlier month's projection on the values known at a later one.

        before: the figures as they were, where the later values are this state's.
        """
        figures = before or self.published
        return self.memory.recall(
            "restated",
            (*self._state(), figures.digest, earlier, later, MODEL_VERSION),
            lambda: project(
                with_later_values(figures, self.published, as_of=earlier, known=later), as_of=earlier
            ),
        )

    def milestone(
        self,
        *,
        flow: Flow,
        year: int,
        mark: int,
        as_of: pd.Period | None = None,
        shocks: float = 0.0,
        exchange: Path | None = None,
    ) -> Milestone:
        """Return what the projection of a month says about a year and a mark."""
        month = as_of or self.last_month
        tables = () if exchange is None else (EXCHANGE_RATES,)
        state = (*self._state(*tables), month, shocks, exchange, MODEL_VERSION, flow, year)

        def of_year() -> Outlook:
            return outlook(self.projection(month, shocks=shocks, exchange=exchange), flow=flow, year=year)

        def of_mark() -> Milestone:
            check_mark(mark)
            return asked(self.memory.recall("outlook", state, of_year), mark=mark)

        return self.memory.recall("milestone", (*state, mark), of_mark)

    def undecided_mark(self, *, flow: Flow, year: int, as_of: pd.Period | None = None) -> int:
        """Return the round mark to ask about in a year (persons); see `undecided_mark`. Raises what `milestone` raises."""
        return undecided_mark(self.milestone(flow=flow, year=year, mark=ROUND, as_of=as_of))

    def held(self, *, flow: Flow, year: int, as_of: pd.Period | None = None) -> tuple[Held, ...]:
        """Return how often intervals of answers like this one held, era by era; none where there is no record."""
        record = self.track_record()
        month = as_of or self.last_month
        if record is None:
            return ()
        return self.memory.recall(
            "held", (record, flow, year, month), lambda: held(record, flow=flow, year=year, as_of=month)
        )

    def changes(
        self, earlier: pd.Period, later: pd.Period, *, flow: Flow, year: int, mark: int
    ) -> tuple[Change, ...]:
        """Return what moved the answer between two as-of months: revision, new data, model; the parts add up."""
        return what_changed(
            self.projection(earlier),
            self.projection(later),
            flow=flow,
            year=year,
            mark=mark,
            revised=self.restated(earlier, later),
        )

    def changes_since(self, before: Published, *, year: int, mark: int) -> tuple[Change, ...]:
        """Return what these figures moved both ways against earlier ones: revision, new data, model; they add up."""
        then = replace(self, published=before).projection()
        now = self.projection()
        revised = self.restated(then.as_of, now.as_of, before=before) if now.as_of >= then.as_of else None
        return what_changed(then, now, flow=Flow.BOTH, year=year, mark=mark, revised=revised)

    def track_record(self) -> TrackRecord | None:
        """Return the computed track record, or None where there is none."""
        names = (backtest.TRACK_RECORD, backtest.TRACK_RECORD_MARKS)
        folder = flows.data_folder()
        if not all((folder / f"{name}.csv").is_file() for name in names):
            return None
        marks = tuple(flows.file_mark(folder / f"{name}.csv") for name in names)
        return self.memory.recall("track_record", marks, backtest.track_record)

    def public_forecasts(self) -> pd.DataFrame:
        """Return the list of public forecasts. Raises DataMissing or DataDamaged."""
        return self.memory.recall("public_forecasts", self._state(public.TABLE), public.public_forecasts)

    def scenario_baseline(self, as_of: pd.Period | None = None) -> Stage:
        """Return a month's projection ready for scenarios."""
        month = as_of or self.last_month
        return self.memory.recall(
            "scenario_baseline",
            (*self._state(AIR_SUPPLY), month, MODEL_VERSION),
            lambda: Stage.of(self.projection(month)),
        )

    def scenario(
        self,
        settings: Settings,
        *,
        flow: Flow,
        year: int,
        mark: int,
        priors: PriorSet,
        as_of: pd.Period | None = None,
    ) -> ScenarioResult:
        """Return a scenario acted out on a month's projection."""
        month = as_of or self.last_month
        return self.memory.recall(
            "scenario",
            (*self._state(AIR_SUPPLY), month, MODEL_VERSION, settings, flow, year, mark, priors),
            lambda: run(
                self.scenario_baseline(month), settings, flow=flow, year=year, mark=mark, priors=priors
            ),
        )

    def worth(self, settings: Settings, options: "Options") -> "Worth":
        """Return what a scenario is worth and costs. Raises PriorsUnknown, InputWrong or BaseYearMissing."""
        from crossings.models.worth.formulas import WORTH_VERSION
        from crossings.models.worth.model import worth

        return self.memory.recall(
            "worth",
            (*self._state(), WORTH_VERSION, settings, options.key),
            lambda: worth(settings, options, published=self.published),
        )

    def worth_drivers(self, settings: Settings, options: "Options") -> "Drivers":
        """Return what drives each row of both books of a scenario. Raises what `worth` raises."""
        from crossings.models.worth.drivers import tornadoes
        from crossings.models.worth.formulas import WORTH_VERSION

        return self.memory.recall(
            "worth_drivers",
            (*self._state(), WORTH_VERSION, settings, options.key),
            lambda: tornadoes(self.worth(settings, options)),
        )

    def reality_checks(self, *, priors: PriorSet, as_of: pd.Period | None = None) -> tuple[RealityCheck, ...]:
        """Return changes of the past with the scenario model's answer to each."""
        month = as_of or self.last_month
        return self.memory.recall(
            "reality",
            (*self._state(), month, MODEL_VERSION, priors),
            lambda: reality_checks(self.projection(month).known, priors=priors),
        )

    def hall_day(self, flights: Flights, settings: HallSettings) -> HallDay:
        """Return a day in an arrival hall. Raises SettingWrong or DesksMissing."""
        return self.memory.recall(
            "hall_day",
            (HALL_VERSION, flights.digest, flights.left_out, settings),
            lambda: run_hall(flights, settings),
        )

    def lane_prices(self, flights: Flights, settings: HallSettings) -> dict[int, tuple[float, float]]:
        """Return mean minutes of a dedicated lane's users and of the others by number of its desks."""
        return self.memory.recall(
            "lane_waits",
            (HALL_VERSION, flights.digest, settings),
            lambda: lane_prices(flights, settings),
        )

    def estimate(self, flow: Flow, event: "Intervention") -> "Estimate":
        """Return the estimate of an event of the past. Raises the errors of the events' model."""
        from crossings.models.events import MODEL_VERSION as EVENTS_VERSION
        from crossings.models.events.intervention import estimate

        return self.memory.recall(
            "estimate",
            (*self._state(EXCHANGE_RATES), EVENTS_VERSION, flow, event),
            lambda: estimate(self.published, _exchange_rates(), flow=flow, intervention=event),
        )

    def directions(self, event: "Intervention") -> "dict[Flow, Estimate | None]":
        """Return an event's estimate for each direction, None where the figures do not reach the question."""
        found: dict[Flow, Estimate | None] = {}
        for flow in flows.DIRECTIONS:
            try:
                found[flow] = self.estimate(flow, event)
            except CrossingsError:
                found[flow] = None
        return found

    def comparison(self, flow: Flow, event: "Intervention") -> "Comparison | CrossingsError":
        """Return the comparison of an event with other origins, or the error that says why there is none."""
        from crossings.models.events import MODEL_VERSION as EVENTS_VERSION
        from crossings.models.events.donors import compare

        def compared() -> "Comparison | CrossingsError":
            try:
                return compare(self.published, flow=flow, intervention=event)
            except CrossingsError as fault:
                return fault.with_traceback(None)

        return self.memory.recall("comparison", (*self._state(), EVENTS_VERSION, flow, event), compared)

    def baselines(self) -> "dict[Flow, Fitted]":
        """Return both directions fitted without an event."""
        from crossings.models.events import MODEL_VERSION as EVENTS_VERSION
        from crossings.models.events.baseline import baselines

        return self.memory.recall(
            "baselines",
            (*self._state(EXCHANGE_RATES), EVENTS_VERSION),
            lambda: baselines(self.published, _exchange_rates()),
        )

    def placebos(self, flow: Flow, event: "Intervention") -> "tuple[Placebo, ...]":
        """Return the placebo tests of an event, kept or run now (up to a minute)."""
        return self.memory.recall(
            "placebos",
            self._placebo_key(flow, event),
            lambda: tuple(row for step in self.placebo_steps(flow, event) for row in step.new),
        )

    def has_placebos(self, flow: Flow, event: "Intervention") -> bool:
        """Return whether the placebo tests of an event are kept from before."""
        return self.memory.holds("placebos", self._placebo_key(flow, event))

    def placebo_steps(self, flow: Flow, event: "Intervention") -> "Iterator[Progress]":
        """Return the placebo tests step by step, for a bar that shows how far they are."""
        from crossings.models.events.placebo import placebos

        return iter(placebos(self.published, _exchange_rates(), flow=flow, intervention=event))

    def keep_placebos(
        self, flow: Flow, event: "Intervention", rows: "tuple[Placebo, ...]", *, seconds: float
    ) -> None:
        """Keep placebo tests that were run step by step. seconds: processor time that they took."""
        key = self._placebo_key(flow, event)
        self.memory.recall("placebos", key, lambda: rows, seconds_before=seconds)

    def _placebo_key(self, flow: Flow, event: "Intervention") -> Hashable:
        from crossings.models.events import MODEL_VERSION as EVENTS_VERSION

        return (*self._state(EXCHANGE_RATES), EVENTS_VERSION, flow, event)

    def abroad(self) -> Abroad:
        """Return who is abroad, read again only when one of its tables changes. Raises DataMissing or DataDamaged."""
        return self.memory.recall("abroad", self._state(*abroad.TABLES), abroad.load)

    def marks(self) -> "tuple[Mark, ...]":
        """Return every mark of the timeline. Raises DataMissing or DataDamaged."""
        from crossings.models.events.marks import TABLES, marks

        return self.memory.recall("marks", self._state(*TABLES), marks)

    def citations(self) -> Mapping[str, Citation]:
        """Return who published each source and where, by its key. Raises DataMissing or DataDamaged."""
        return self.memory.recall("citations", self._state(citations.TABLE), citations.citations)


def _exchange_rates() -> pd.Series:
    from crossings.models.events.design import exchange_rates

    return exchange_rates()
