"""A scenario acted out on simulated futures: visitors with and without, and the odds of a mark."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crossings.errors import N_, CrossingsError, Listed
from crossings.models.arithmetic import expm1, log, settled
from crossings.models.scenario import cost
from crossings.models.scenario.cost import SEED, Drawn, Scene
from crossings.models.scenario.levers import PRIOR_SETS, PriorSet
from crossings.models.scenario.results import Caution, Effect, Interval, MarkOdds, ScenarioResult, YearEffect
from crossings.models.scenario.seats import Seats, Supply, follow_shares, following, load_supply
from crossings.models.scenario.settings import Choice, Settings
from crossings.tables.flows import DIRECTIONS, Flow
from crossings.tables.months import year_months

Array = NDArray[np.float64]

SCENARIO_VERSION = "1.1"
N_DRAWS = 1000
N_DRAWS_PROBABILITY = 60
N_DRAWS_UNCONSTRAINED = 20_000
GUARD_RAIL = 0.06
ROUND_STEPS = 20
ROUNDING = 1e-9  # of the mark: nearer than this, sums taken in another order might differ
AT_ONCE = 4096  # futures worked out together: few enough for the processor's cache
FLOWS = (*DIRECTIONS, Flow.BOTH)
FAN = {"p2_5": 0.025, "p10": 0.1, "median": 0.5, "p90": 0.9, "p97_5": 0.975}
BAND = {"median": 0.5, "p10": 0.1, "p90": 0.9}


class PriorsUnknown(CrossingsError):
    """A set of priors that does not exist."""


class YearNotProjected(CrossingsError):
    """The year of the question is not covered by known months and the projection."""


class MarkUnusable(CrossingsError):
    """A mark that is not a positive number of visitors."""


class Simulated(Protocol):
    """What a scenario needs of a projection; crossings.forecast.Projection has it."""

    @property
    def as_of(self) -> pd.Period: ...
    @property
    def months(self) -> pd.PeriodIndex: ...
    @property
    def known(self) -> Mapping[Flow, pd.Series]: ...
    @property
    def paths(self) -> Mapping[Flow, NDArray[np.float64]]: ...
    @property
    def model_version(self) -> str: ...


@dataclass(frozen=True, eq=False)
class Stage:
    """A projection ready to be acted on; make it once for all scenarios of a projection.

    baseline: paths (n_paths, 2, H). centre: the fixed baseline of effects (2, H), the mean of the middle
    fifth of futures by their total: months of one typical future, which add up.
    flights, growth_steps: one-way flights and steps of growth by month, see Supply.ahead (H,).
    """

    projection: Simulated
    months: pd.PeriodIndex
    baseline: Array
    centre: Array
    flights: Array
    growth_steps: Array

    @classmethod
    def of(cls, projection: "Simulated | Stage", supply: Supply | None = None) -> "Stage":
        """Return the stage of a projection, itself if it is one; flights from the published table unless given."""
        if isinstance(projection, Stage):
            return projection
        known = supply or load_supply()
        baseline = np.stack([projection.paths[flow] for flow in DIRECTIONS], axis=1)
        none = np.zeros(len(projection.months))
        flights, steps = known.ahead(projection.months) if known else (none, none)
        return cls(projection, projection.months, baseline, _typical(baseline), flights, steps)

    def seats(self, draw: Drawn, scene: Scene, factor: Array) -> Seats:
        """Return the seats under a scene that changes demand by factor (M, 2, H), per set of assumptions."""
        flights = self.flights * (1 + self.growth_steps * draw["flight_growth"])
        lag = follow_shares(self.months, start=cost.first_start(scene)) * (1 - cost.seats_fixed(scene))
        grown = following(self.centre, factor, follows=draw["supply_response"] * lag)
        return Seats(
            offered=flights * draw["passenger_flight_share"] * draw["seats_per_flight"],
            change=cost.seats_growth(scene) * grown,
            passengers_per_visitor=draw["passengers_per_visitor"],
            load_factor=draw["load_factor"],
            ceiling=draw["load_factor_ceiling"],
        )

    def effects(self, draw: Drawn, scene: Scene) -> Array:
        """Return visitors at the fixed baseline for every set of assumptions (M, 2, H)."""
        return self.acted(draw, scene).effects

    def acted(self, draw: Drawn, scene: Scene) -> "Acted":
        """Return a scene at the fixed baseline for every set of assumptions."""
        factor = settled(np.exp(cost.log_uplift(draw, scene)))
        return Acted(self.seats(draw, scene, factor).carried(self.centre, factor), self.centre * factor)

    def paths(self, draw: Drawn, scene: Scene) -> Array:
        """Return the paths under one set of assumptions (n_paths, 2, H)."""
        factor = settled(np.exp(cost.log_uplift(draw, scene)))
        return self.seats(draw, scene, factor).carried(self.baseline, factor)

    def known(self, flow: Flow, year: int) -> float:
        """Return the visitors of a year's known months. Raises YearNotProjected where one is missing."""
        return sum(self._known(direction, year) for direction in _directions(flow))

    @cached_property
    def years(self) -> tuple["Year", ...]:
        """The calendar years of the horizon. Raises YearNotProjected where a known month is missing."""
        return tuple(Year.of(self, int(year)) for year in sorted(set(self.months.year)))

    @cached_property
    def fans(self) -> Array:
        """Quantiles FAN of the baseline, by flow and month (5, 3, H)."""
        return _quantiles(_by_flow(self.baseline), FAN.values())

    def _known(self, direction: Flow, year: int) -> float:
        wanted = year_months(year)
        wanted = wanted[wanted <= self.projection.as_of]
        values = self.projection.known[direction].reindex(wanted)
        if values.isna().any():
            raise YearNotProjected(
                N_("The year {year} has no figure for {month}. Choose another year."),
                year=year,
                month=values.index[int(values.isna().to_numpy().argmax())],
            )
        return float(values.sum())

    def in_year(self, year: int) -> NDArray[np.bool_]:
        """Return which months of the horizon are in a year (H,)."""
        return np.asarray(self.months.year == year)


@dataclass(frozen=True, eq=False)
class Acted:
    """A scenario at the fixed baseline, by set of assumptions: visitors, and demand before seats (M, 2, H)."""

    effects: Array
    demand: Array


@lru_cache(maxsize=2)
def acted(stage: Stage, choices: tuple[Choice, ...], priors: PriorSet, n_draws: int, seed: int) -> Acted:
    """Return what choices do on a stage; the last ones are kept, for a page asks what they consist of as well."""
    return stage.acted(cost.drawn(priors, count=n_draws, seed=seed), Scene(choices, stage.months))


@dataclass(frozen=True, eq=False)
class Year:
    """What a calendar year is without any scenario, by flow in the order of FLOWS.

    ahead: its months of the horizon (H,). known: visitors of its known months (3,). centre: the total at the
    fixed baseline (3,). baseline: over the futures.
    """

    year: int
    ahead: NDArray[np.bool_]
    known: Array
    centre: Array
    baseline: tuple[Interval, ...]

    @classmethod
    def of(cls, stage: Stage, year: int) -> "Year":
        """Return a year of a stage. Raises YearNotProjected where a known month is missing."""
        ahead, known = stage.in_year(year), np.array([stage.known(flow, year) for flow in FLOWS])
        centre = known + _totals(stage.centre[np.newaxis], ahead)[:, 0]
        totals = known[:, np.newaxis] + _totals(stage.baseline, ahead)
        return cls(year, ahead, known, centre, Interval.of_rows(totals))

    def effects(self, paths: Array, extra: Array) -> Iterator[YearEffect]:
        """Return what a scenario does by flow, from paths (n_paths, 2, H) and visitors gained (M, 2, H)."""
        scenario = Interval.of_rows(self.known[:, np.newaxis] + _totals(paths, self.ahead))
        gained = _totals(extra, self.ahead)
        uplift = Interval.of_rows(100 * gained / self.centre[:, np.newaxis])
        for place, (flow, visitors) in enumerate(zip(FLOWS, Interval.of_rows(gained), strict=True)):
            yield YearEffect(
                year=self.year,
                flow=flow,
                baseline=self.baseline[place],
                scenario=scenario[place],
                extra_visitors=visitors,
                uplift_percent=uplift[place],
            )


def run(
    projection: Simulated | Stage,
    settings: Settings,
    *,
    flow: Flow,
    year: int,
    mark: int,
    priors: PriorSet = "evidence",
    n_draws: int = N_DRAWS,
    seed: int = SEED,
    supply: Supply | None = None,
) -> ScenarioResult:
    """Act a scenario out on a projection.

    projection: or the stage made of it, supply included. flow, year, mark: the question whose probability
    is asked; a year passes when its sum is at least the mark. n_draws: sets of assumptions. supply: flights
    by month, from the published table if left out. The same futures and the same draws serve every
    scenario; with no lever on, the scenario is the baseline to the last digit. Raises PriorsUnknown,
    YearNotProjected, MarkUnusable.
    """
    check_priors(priors)
    stage = Stage.of(projection, supply)
    _check_question(stage, year=year, mark=mark)
    scene = Scene.of(settings, stage.months)
    draw, middle = cost.drawn(priors, count=n_draws, seed=seed), cost.middle(priors)
    effects = acted(stage, scene.choices, priors, n_draws, seed).effects
    paths = stage.paths(middle, scene)
    question = Question(stage, flow, year, mark, stage.known(flow, year))
    before = question.passes(stage.baseline)
    after = question.passes_by_draw(draw, scene, effects, count=min(N_DRAWS_PROBABILITY, n_draws))
    n_paths = len(stage.baseline)
    extra = effects - stage.centre
    years = tuple(row for year in stage.years for row in year.effects(paths, extra))
    last = int(stage.months[-1].year)
    return ScenarioResult(
        settings=settings,
        priors=priors,
        flow=flow,
        year=year,
        mark=mark,
        as_of=stage.projection.as_of,
        effect_year=last,
        effects={r.flow: Effect(r.uplift_percent, r.extra_visitors) for r in years if r.year == last},
        baseline_probability=before / n_paths,
        scenario_probability=int(after.sum()) / (n_paths * len(after)),
        probability_change=Interval.of((after - before) / n_paths),
        middle=question.middle(paths),
        years=years,
        monthly=_monthly(stage, paths, effects),
        policy_variance_share=question.policy_variance_share(effects),
        cautions=tuple(_cautions(settings, priors=priors, seed=seed, stage=stage)),
        model_version=stage.projection.model_version,
        scenario_version=SCENARIO_VERSION,
        n_draws=n_draws,
        seed=seed,
    )


def unconstrained(
    settings: Settings,
    *,
    priors: PriorSet = "evidence",
    n_draws: int = N_DRAWS_UNCONSTRAINED,
    seed: int = SEED,
) -> dict[Flow, Interval]:
    """Return the uplift (per cent) of each direction at full ramp, before seats and queue feedback.

    Raises PriorsUnknown.
    """
    check_priors(priors)
    draw = cost.drawn(priors, count=n_draws, seed=seed)
    logs = cost.log_uplift(draw, Scene.of(settings, None), queue=False)[:, :, 0]
    return {flow: Interval.of(100 * expm1(logs[:, place])) for place, flow in enumerate(DIRECTIONS)}


def check_priors(priors: str) -> None:
    """Raise PriorsUnknown unless the set of priors exists."""
    if priors not in PRIOR_SETS:
        raise PriorsUnknown(
            N_("There is no set of assumptions {name}. Choose one of: {known}."),
            name=priors,
            known=Listed(PRIOR_SETS),
        )


def of_flow(values: Array, flow: Flow) -> Array:
    """Return one flow (..., H) of both directions (..., 2, H)."""
    if flow is Flow.BOTH:
        return np.asarray(values.sum(axis=-2))
    return values[..., DIRECTIONS.index(flow), :]


def _by_flow(values: Array) -> Array:
    """Return all three flows (3, H, n) of both directions (n, 2, H), each month's values side by side."""
    first, second = np.ascontiguousarray(np.moveaxis(values, 0, -1))
    return np.stack([first, second, first + second])


def _totals(values: Array, months: NDArray[np.bool_]) -> Array:
    """Return the sums over some of the months by flow (3, n) of both directions (n, 2, H)."""
    first, second = values[:, :, months].sum(axis=-1).T
    return np.stack([first, second, first + second])


def _quantiles(values: Array, levels: Iterable[float]) -> Array:
    """Return quantiles (levels, ...) of values (..., n)."""
    return np.asarray(np.quantile(values, list(levels), axis=-1))


def of_pair(first: Array, second: Array, flow: Flow) -> Array:
    """Return one flow of both directions given apart."""
    if flow is Flow.BOTH:
        return first + second
    return first if flow is DIRECTIONS[0] else second


@dataclass(frozen=True, eq=False)
class Question:
    """Does a flow pass a mark in a year? known: visitors of the year's known months."""

    stage: Stage
    flow: Flow
    year: int
    mark: int
    known: float

    def middle(self, paths: Array) -> MarkOdds:
        """Return the odds of the round mark nearest to the baseline's median, from paths under the scenario."""
        median = float(np.median(self._totals(self.stage.baseline)))
        step = 10 ** max(len(str(int(median))) - 1, 2) / ROUND_STEPS
        nearest = replace(self, mark=max(int(round(median / step) * step), 1))
        odds = (nearest.passes(values) / len(values) for values in (self.stage.baseline, paths))
        return MarkOdds(nearest.mark, *odds)

    def passes(self, paths: Array) -> int:
        """Return how many futures pass, from paths (n_paths, 2, H)."""
        return self._count(of_flow(paths, self.flow)[:, self.stage.in_year(self.year)])

    def passes_by_draw(self, draw: Drawn, scene: Scene, effects: Array, *, count: int) -> NDArray[np.int64]:
        """Return how many futures pass under each of `count` sets of assumptions (count,).

        The sets are spread evenly over all of them, sorted by their effect on the year.
        """
        ahead = self.stage.in_year(self.year)
        first, second = (np.ascontiguousarray(self.stage.baseline[:, place, ahead]) for place in (0, 1))
        if not scene.choices or not ahead.any():
            return np.full(count, self._count(of_pair(first, second, self.flow)))
        chosen = np.argsort(self._totals(effects), kind="stable")[_spread(len(effects), count)]
        rows = {key: values[chosen] for key, values in draw.items()}
        factor = settled(np.exp(cost.log_uplift(rows, scene)))
        seats = self.stage.seats(rows, scene, factor).during(ahead)
        return self._passing(first, second, factor[:, :, ahead], seats)

    def _passing(self, first: Array, second: Array, factor: Array, seats: Seats) -> NDArray[np.int64]:
        """Return how many futures pass by set of assumptions (M,).

        first, second: futures of both directions in the year (n_paths, h); factor: (M, 2, h). Most futures
        pass, or do not, whatever share of demand the seats serve; only the others are worked out in full.
        """
        least, most = (
            of_pair(_summed(first, factor[:, 0] * share), _summed(second, factor[:, 1] * share), self.flow)
            for share in seats.served_between(factor)
        )
        slack = ROUNDING * self.mark
        passed = (self.known + least >= self.mark + slack).sum(axis=0)
        open_ = (self.known + least < self.mark + slack) & (self.known + most >= self.mark - slack)
        future, draw = open_.nonzero()
        for start in range(0, len(draw), AT_ONCE):
            i, j = future[start : start + AT_ONCE], draw[start : start + AT_ONCE]
            before = first[i] + second[i]
            demand = first[i] * factor[j, 0], second[i] * factor[j, 1]
            served = seats.under(j).served(before, demand[0] + demand[1])
            passes = self._pass(of_pair(*demand, self.flow) * served)
            passed += np.bincount(j[passes], minlength=len(passed))
        return np.asarray(passed, dtype=np.int64)

    def policy_variance_share(self, effects: Array) -> float:
        """Return the share of the variance of the log total that is due to the assumptions about levers."""
        futures = np.var(log(np.maximum(self._totals(self.stage.baseline), 1.0)))
        assumed = np.var(log(np.maximum(self._totals(effects), 1.0)))
        return float(assumed / (futures + assumed)) if futures + assumed > 0 else 0.0

    def _totals(self, values: Array) -> Array:
        ahead = of_flow(values, self.flow)[:, self.stage.in_year(self.year)]
        return np.asarray(self.known + ahead.sum(axis=1))

    def _count(self, ahead: Array) -> int:
        return int(np.count_nonzero(self._pass(ahead)))

    def _pass(self, ahead: Array) -> NDArray[np.bool_]:
        return np.asarray(self.known + ahead.sum(axis=1) >= self.mark)


def _summed(visitors: Array, factor: Array) -> Array:
    """Return the sums over months (n, M) of visitors (n, h) times factor (M, h).

    Not a matrix product: for so few months its threads cost more than they save.
    """
    return np.asarray(np.einsum("nh,mh->nm", visitors, factor))


def _typical(baseline: Array) -> Array:
    order = np.argsort(baseline.sum(axis=(1, 2)), kind="stable")
    count = len(order)
    middle = order[2 * count // 5 : max(3 * count // 5, 2 * count // 5 + 1)]
    return np.asarray(baseline[middle].mean(axis=0))


def _spread(length: int, count: int) -> NDArray[np.int64]:
    return ((np.arange(count) + 0.5) * length / count).astype(np.int64)


def _directions(flow: Flow) -> tuple[Flow, ...]:
    return DIRECTIONS if flow is Flow.BOTH else (flow,)


def _check_question(stage: Stage, *, year: int, mark: int) -> None:
    if mark < 1:
        raise MarkUnusable(N_("Enter a number of visitors of 1 or more (entered: {mark})."), mark=mark)
    if year > stage.months[-1].year:
        raise YearNotProjected(
            N_("The year {year} is beyond the projection. Choose a year up to {last}."),
            year=year,
            last=stage.months[-1].year,
        )


def _monthly(stage: Stage, paths: Array, effects: Array) -> dict[Flow, pd.DataFrame]:
    bands = _quantiles(_by_flow(effects), BAND.values())
    gained = bands - _by_flow(stage.centre[np.newaxis])[..., 0]
    medians = np.median(_by_flow(paths), axis=-1)
    frames = {}
    for place, flow in enumerate(FLOWS):
        columns = {f"baseline_{name}": values for name, values in zip(FAN, stage.fans[:, place], strict=True)}
        middle, band = medians[place], bands[:, place]
        columns["scenario_median"] = middle
        for name, values in zip(BAND, band, strict=True):
            columns.setdefault(f"scenario_{name}", middle * _ratio(values, band[0]))
        columns |= {f"extra_{name}": values for name, values in zip(BAND, gained[:, place], strict=True)}
        frames[flow] = pd.DataFrame(columns, index=stage.months)
    return frames


def _ratio(values: Array, base: Array) -> Array:
    return np.divide(values, base, out=np.ones_like(values), where=base > 0)


def _cautions(settings: Settings, *, priors: PriorSet, seed: int, stage: Stage) -> Iterator[Caution]:
    simpler = tuple(choice for choice in settings.active if choice.record.group == "simpler")
    draw = cost.drawn(priors, count=N_DRAWS, seed=seed)
    logs = np.quantile(cost.log_uplift(draw, Scene(simpler, None), queue=False), 0.95, axis=0)
    if logs.max(initial=0.0) > GUARD_RAIL:
        yield Caution(
            "beyond",
            N_(
                "Under some assumptions procedures alone raise visitors by {percent}%, more than past "
                "experience supports."
            ),
            {"percent": round(float(100 * expm1(logs.max())), 1)},
        )
    for choice in settings.active:
        if choice.record.in_baseline != "no" and choice.record.group != "world":
            yield Caution("baseline", choice.record.baseline)
    if not stage.flights.any():
        yield Caution(
            "data", N_("No flight counts are available; seats are derived from the usual load factor alone.")
        )
