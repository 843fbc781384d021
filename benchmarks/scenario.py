"""Speed of the scenario model, printed as ratios to its bars and to a sum over the same paths.

Run: python -m benchmarks.scenario
"""

import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np
import pandas as pd

from crossings.models.forecast.projection import Projection
from crossings.models.scenario import cost, sensitivity
from crossings.models.scenario.cost import Scene
from crossings.models.scenario.model import Stage, run, unconstrained
from crossings.models.scenario.seats import load_supply
from crossings.models.scenario.settings import Settings, from_preset, settings_of
from crossings.tables.flows import DIRECTIONS, Flow

N_PATHS, HORIZON = 2000, 28
REPEATS = 15
CORE_BAR, TORNADO_BAR, COMPARE_BAR = 0.05, 0.5, 1.0
MOVES, MEMORY_BAR_MB = 1000, 20.0


def made_projection() -> Projection:
    """Return random walks of the size of the real projection."""
    rng = np.random.default_rng(1)
    months = pd.period_range("2026-09", periods=HORIZON, freq="M")
    past = pd.period_range("2022-01", "2026-08", freq="M")
    levels = dict(zip(DIRECTIONS, (850_000.0, 330_000.0), strict=True))
    paths = {
        flow: level * np.exp(np.cumsum(rng.normal(0, 0.05, (N_PATHS, HORIZON)), axis=1))
        for flow, level in levels.items()
    }
    known = {flow: pd.Series(level, index=past) for flow, level in levels.items()}
    return Projection(past[-1], months, known, paths, {}, "made", 1, "made")


def seconds(work: Callable[[], object]) -> float:
    """Return the least processor time of repeated calls after one warm-up; other work on the machine is left out."""
    work()
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def growth_mb(projection: Projection) -> float:
    """Return how much memory a thousand slider moves leave behind."""
    stage = Stage.of(projection, load_supply())
    middle = cost.middle("evidence")

    def move(step: int) -> None:
        chosen = settings_of({"departure-tax": float(step % 10_000), "lanes": 1.0})
        stage.paths(middle, Scene.of(chosen, stage.months))

    move(0)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for step in range(MOVES):
        move(step)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return (after - before) / 1e6


def main() -> int:
    """Print every figure as a ratio; return 1 if a bar is missed."""
    projection = made_projection()
    supply = load_supply()
    package = from_preset("full-package")
    stage = Stage.of(projection, supply)
    scene, middle = Scene.of(package, stage.months), cost.middle("evidence")

    def whole(settings: Settings) -> object:
        return run(projection, settings, flow=Flow.BOTH, year=2027, mark=14_000_000, supply=supply)

    compared = [
        from_preset(key) for key in ("full-package", "permanent-lanes", "departure-tax", "no-arrival-wait")
    ]
    plain = seconds(lambda: stage.baseline.sum(axis=1))
    rows = [
        (
            "levers, queue and seats on 2,000 paths x 28 months x 2",
            seconds(lambda: stage.paths(middle, scene)),
            CORE_BAR,
        ),
        (
            "tornado",
            seconds(lambda: sensitivity.tornado(projection, package, flow=Flow.BOTH, supply=supply)),
            TORNADO_BAR,
        ),
        (
            "waterfall",
            seconds(lambda: sensitivity.waterfall(projection, package, flow=Flow.BOTH, supply=supply)),
            TORNADO_BAR,
        ),
        ("one scenario with every interval", seconds(lambda: whole(package)), COMPARE_BAR / 4),
        ("four scenarios compared", seconds(lambda: [whole(settings) for settings in compared]), COMPARE_BAR),
        ("full ramp, unconstrained", seconds(lambda: unconstrained(package)), TORNADO_BAR),
    ]
    missed = 0
    for name, took, bar in rows:
        missed += took > bar
        print(
            f"{name}: {1000 * took:.1f} ms, {took / bar:.2f} of its bar, {took / plain:.0f} times a plain sum"
        )
    grown = growth_mb(projection)
    missed += grown > MEMORY_BAR_MB
    print(f"memory after {MOVES} slider moves: {grown:+.2f} MB, {grown / MEMORY_BAR_MB:.2f} of its bar")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
