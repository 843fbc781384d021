"""What drives a scenario's result: one assumption at a time, and one lever after another."""

import numpy as np
from numpy.typing import NDArray

from crossings.errors import N_
from crossings.models.arithmetic import settled
from crossings.models.scenario import cost
from crossings.models.scenario.cost import SEED, Drawn, Scene
from crossings.models.scenario.levers import PriorSet, parameters
from crossings.models.scenario.model import N_DRAWS, Simulated, Stage, acted, check_priors, of_flow
from crossings.models.scenario.results import Bar, Step
from crossings.models.scenario.seats import Supply
from crossings.models.scenario.settings import Settings
from crossings.tables.flows import Flow

Array = NDArray[np.float64]

LEAST_WIDTH = 1e-9


def tornado(
    projection: Simulated | Stage,
    settings: Settings,
    *,
    flow: Flow,
    priors: PriorSet = "evidence",
    supply: Supply | None = None,
) -> tuple[Bar, ...]:
    """Return what drives the uplift of the horizon's last year, widest bar first.

    Each parameter goes from its 5th to its 95th percentile while the others stay at their median; those
    that change nothing, or that the user typed over, are left out. Raises PriorsUnknown.
    """
    check_priors(priors)
    stage = Stage.of(projection, supply)
    ranges = cost.spread(priors)
    uplift = _uplift_percent(
        stage, stage.effects(_one_at_a_time(ranges), Scene.of(settings, stage.months)), flow
    )
    bars = []
    for place, (key, (low, _, high)) in enumerate(ranges.items()):
        record = parameters()[key]
        at_low, at_high = uplift[2 * place + 1], uplift[2 * place + 2]
        bars.append(
            Bar(key, record.label, record.unit, low, high, float(at_low), float(at_high), float(uplift[0]))
        )
    return tuple(sorted((bar for bar in bars if bar.width > LEAST_WIDTH), key=lambda bar: -bar.width))


def waterfall(
    projection: Simulated | Stage,
    settings: Settings,
    *,
    flow: Flow,
    priors: PriorSet = "evidence",
    n_draws: int = N_DRAWS,
    seed: int = SEED,
    supply: Supply | None = None,
) -> tuple[Step, ...]:
    """Return what each lever adds in the horizon's last year, then what queue and seats change.

    Levers in their own order, each on top of those before it; a step is the change of the median, so that
    the steps sum to the result's median of extra visitors. Raises PriorsUnknown.
    """
    check_priors(priors)
    stage = Stage.of(projection, supply)
    draw = cost.drawn(priors, count=n_draws, seed=seed)
    whole = Scene.of(settings, stage.months)
    demand = [choice for choice in whole.choices if not choice.record.mechanism.startswith("seats")]
    scenes = [Scene(tuple(demand[:count]), stage.months) for count in range(1, len(demand) + 1)]
    levels = [_median_extra(stage, _without_queue(stage, draw, scene), flow) for scene in scenes]
    everything = acted(stage, whole.choices, priors, n_draws, seed)
    levels += [_median_extra(stage, visitors, flow) for visitors in (everything.demand, everything.effects)]
    names = [(choice.lever, choice.record.label) for choice in demand]
    names += [("queue", N_("Longer waits with more visitors")), ("seats", N_("Limited seats"))]
    gains = np.diff([0.0, *levels]).tolist()
    return tuple(Step(key, label, gain) for (key, label), gain in zip(names, gains, strict=True))


def _one_at_a_time(ranges: cost.Ranges) -> Drawn:
    """Return 2P + 1 sets of assumptions: all at the median, then each parameter low and high in turn."""
    draw = {}
    for place, (key, (low, median, high)) in enumerate(ranges.items()):
        column = np.full((2 * len(ranges) + 1, 1), median)
        column[2 * place + 1], column[2 * place + 2] = low, high
        draw[key] = column
    return draw


def _without_queue(stage: Stage, draw: Drawn, scene: Scene) -> Array:
    return np.asarray(stage.centre * settled(np.exp(cost.log_uplift(draw, scene, queue=False))))


def _extra(stage: Stage, visitors: Array, flow: Flow) -> Array:
    last = stage.in_year(int(stage.months[-1].year))
    return np.asarray((of_flow(visitors, flow) - of_flow(stage.centre, flow))[:, last].sum(axis=1))


def _median_extra(stage: Stage, visitors: Array, flow: Flow) -> float:
    return float(np.median(_extra(stage, visitors, flow)))


def _uplift_percent(stage: Stage, visitors: Array, flow: Flow) -> Array:
    last = stage.in_year(int(stage.months[-1].year))
    return np.asarray(100 * _extra(stage, visitors, flow) / of_flow(stage.centre, flow)[last].sum())
