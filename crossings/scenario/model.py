"""A scenario acted out on simulated futures: visitors with and without, and the odds of a mark."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crossings.errors import N_, CrossingsError
from crossings.flows import DIRECTIONS, Flow
from crossings.scenario import cost
from crossings.scenario.cost import SEED, Drawn, Scene
from crossings.scenario.levers import PRIOR_SETS, PriorSet
from crossings.scenario.results import (
    Caution,
    Effect,
    Interval,
    MarkOdds,
    ScenarioResult,
    YearEffect,
)
from crossings.scenario.seats import Seats, Supply, follow_shares, following, load_supply
from crossings.scenario.settings import Settings

Array = NDArray[np.float64]

SCENARIO_VERSION = "1.0"
N_DRAWS = 1000
N_DRAWS_PROBABILITY = 60
N_DRAWS_UNCONSTRAINED = 20_000
GUARD_RAIL = 0.06
ROUND_STEPS = 20
FLOWS = (*DIRECTIONS, Flow.BOTH)
FAN = {"p2_5": 0.025, "p10": 0.1, "median": 0.5, "p90": 0.9, "p97_5": 0.975}
BAND = {"median": 0.5, "p5": 0.05, "p95": 0.95}


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
    """A projection ready to be acted on.

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
    def of(cls, projection: Simulated, supply: Supply | None = None) -> "Stage":
        """Return the stage of a projection; flights from the published table unless given."""
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
        factor = np.exp(cost.log_uplift(draw, scene))
        return self.seats(draw, scene, factor).carried(self.centre, factor)

    def paths(self, draw: Drawn, scene: Scene) -> Array:
        """Return the paths under one set of assumptions (n_paths, 2, H)."""
        factor = np.exp(cost.log_uplift(draw, scene))
        return self.seats(draw, scene, factor).carried(self.baseline, factor)

    def known(self, flow: Flow, year: int) -> float:
        """Return the visitors of a year's known months. Raises YearNotProjected where one is missing."""
        return sum(self._known(direction, year) for direction in _directions(flow))

    def _known(self, direction: Flow, year: int) -> float:
        last = min(pd.Period(f"{year}-12", freq="M"), self.projection.as_of)
        wanted = pd.period_range(f"{year}-01", last, freq="M")
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


def run(
    projection: Simulated,
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

    flow, year, mark: the question whose probability is asked; a year passes when its sum is at least
    the mark. n_draws: sets of assumptions. supply: flights by month, from the published table if left
    out. The same futures and the same draws serve every scenario; with no lever on, the scenario is the
    baseline to the last digit. Raises PriorsUnknown, YearNotProjected, MarkUnusable.
    """
    check_priors(priors)
    stage = Stage.of(projection, supply)
    _check_question(stage, year=year, mark=mark)
    scene = Scene.of(settings, stage.months)
    draw, middle = cost.drawn(priors, count=n_draws, seed=seed), cost.middle(priors)
    effects, paths = stage.effects(draw, scene), stage.paths(middle, scene)
    question = Question(stage, flow, year, mark, stage.known(flow, year))
    before = question.passes(stage.baseline)
    after = question.passes_by_draw(draw, scene, effects, count=min(N_DRAWS_PROBABILITY, n_draws))
    n_paths = len(stage.baseline)
    years = tuple(_years(stage, paths, effects))
    last = int(stage.months[-1].year)
    return ScenarioResult(
        settings=settings,
        priors=priors,
        flow=flow,
        year=year,
        mark=mark,
        as_of=projection.as_of,
        effect_year=last,
        effects={r.flow: Effect(r.uplift_percent, r.extra_visitors) for r in years if r.year == last},
        baseline_probability=before / n_paths,
        scenario_probability=int(after.sum()) / (n_paths * len(after)),
        probability_change=Interval.of((after - before) / n_paths),
        middle=question.middle(paths),
        years=years,
        monthly=_monthly(stage, paths, effects),
        scenario_paths={direction: paths[:, place] for place, direction in enumerate(DIRECTIONS)},
        policy_variance_share=question.policy_variance_share(effects),
        cautions=tuple(_cautions(settings, priors=priors, seed=seed, stage=stage)),
        model_version=projection.model_version,
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
    return {flow: Interval.of(100 * np.expm1(logs[:, place])) for place, flow in enumerate(DIRECTIONS)}


def check_priors(priors: str) -> None:
    """Raise PriorsUnknown unless the set of priors exists."""
    if priors not in PRIOR_SETS:
        raise PriorsUnknown(
            N_("There is no set of priors {name}. Choose one of: {known}."),
            name=priors,
            known=", ".join(PRIOR_SETS),
        )


def of_flow(values: Array, flow: Flow) -> Array:
    """Return one flow (..., H) of both directions (..., 2, H)."""
    if flow is Flow.BOTH:
        return np.asarray(values.sum(axis=-2))
    return values[..., DIRECTIONS.index(flow), :]


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
        step = 10 ** max(int(np.log10(max(median, 1.0))), 2) / ROUND_STEPS
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
        factor = np.exp(cost.log_uplift(rows, scene))
        seats, before = self.stage.seats(rows, scene, factor), first + second
        passing = []
        for j, (ours, theirs) in enumerate(factor[:, :, ahead]):
            demand = first * ours, second * theirs
            served = seats.row(j, ahead).served(before, demand[0] + demand[1])
            passing.append(self._count(of_pair(*demand, self.flow) * served))
        return np.array(passing, dtype=np.int64)

    def policy_variance_share(self, effects: Array) -> float:
        """Return the share of the variance of the log total that is due to the assumptions about levers."""
        futures = np.var(np.log(np.maximum(self._totals(self.stage.baseline), 1.0)))
        assumed = np.var(np.log(np.maximum(self._totals(effects), 1.0)))
        return float(assumed / (futures + assumed)) if futures + assumed > 0 else 0.0

    def _totals(self, values: Array) -> Array:
        ahead = of_flow(values, self.flow)[:, self.stage.in_year(self.year)]
        return np.asarray(self.known + ahead.sum(axis=1))

    def _count(self, ahead: Array) -> int:
        return int(np.count_nonzero(self.known + ahead.sum(axis=1) >= self.mark))


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
        raise MarkUnusable(N_("The mark {mark} is not a number of visitors. Give 1 or more."), mark=mark)
    if year > stage.months[-1].year:
        raise YearNotProjected(
            N_("The year {year} is beyond the projection. Choose a year up to {last}."),
            year=year,
            last=stage.months[-1].year,
        )


def _years(stage: Stage, paths: Array, effects: Array) -> Iterator[YearEffect]:
    for year in sorted(set(stage.months.year)):
        for flow in FLOWS:
            yield _year(stage, paths, effects, year=int(year), flow=flow)


def _year(stage: Stage, paths: Array, effects: Array, *, year: int, flow: Flow) -> YearEffect:
    known, ahead = stage.known(flow, year), stage.in_year(year)
    centre = known + of_flow(stage.centre, flow)[ahead].sum()
    extra = (of_flow(effects, flow) - of_flow(stage.centre, flow))[:, ahead].sum(axis=1)
    return YearEffect(
        year=year,
        flow=flow,
        baseline=Interval.of(known + of_flow(stage.baseline, flow)[:, ahead].sum(axis=1)),
        scenario=Interval.of(known + of_flow(paths, flow)[:, ahead].sum(axis=1)),
        extra_visitors=Interval.of(extra),
        uplift_percent=Interval.of(100 * extra / centre),
    )


def _monthly(stage: Stage, paths: Array, effects: Array) -> dict[Flow, pd.DataFrame]:
    frames = {}
    for flow in FLOWS:
        centre, draws = of_flow(stage.centre, flow), of_flow(effects, flow)
        band = np.quantile(draws, list(BAND.values()), axis=0)
        fan = np.quantile(of_flow(stage.baseline, flow), list(FAN.values()), axis=0)
        median = np.median(of_flow(paths, flow), axis=0)
        columns = {f"baseline_{name}": fan[place] for place, name in enumerate(FAN)}
        columns["scenario_median"] = median
        for place, name in enumerate(BAND):
            columns.setdefault(f"scenario_{name}", median * _ratio(band[place], band[0]))
        columns |= {f"extra_{name}": band[place] - centre for place, name in enumerate(BAND)}
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
                "Some assumptions let procedures alone raise visitors by {percent}%, beyond what the past supports."
            ),
            {"percent": round(float(100 * np.expm1(logs.max())), 1)},
        )
    for choice in settings.active:
        if choice.record.in_baseline != "no" and choice.record.group != "world":
            yield Caution("baseline", choice.record.baseline)
    if not stage.flights.any():
        yield Caution(
            "data", N_("No flight counts are at hand; seats are taken from the usual load factor alone.")
        )
