"""How fast the History page's models are: an estimate in a new process, from the cache, and a whole placebo run.

usage: python -m benchmarks.history [--event boycott-2019] [--flow KOR-JPN]
Processor seconds are what the work costs; seconds by the clock also hold what else the machine does meanwhile.
"""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from crossings.models.events.design import exchange_rates
from crossings.models.events.interventions import intervention, interventions
from crossings.models.events.placebo import placebos
from crossings.tables import flows
from crossings.tables.flows import Flow

PROJECT = Path(__file__).resolve().parents[1]
COLD_BAR, CACHE_BAR, PLACEBO_BAR = 3.0, 0.05, 60.0
FRESH_PROCESSES = 3
COLD = """
import sys
import time
from crossings.models.events.interventions import intervention
from crossings.tables import flows
from crossings.tables.flows import Flow
flow, event = Flow(sys.argv[1]), intervention(sys.argv[2])
flows.load()
processor, clock = time.process_time(), time.perf_counter()
from crossings.models.events.design import exchange_rates
from crossings.models.events.intervention import estimate
estimate(flows.load(), exchange_rates(), flow=flow, intervention=event)
print(time.process_time() - processor, time.perf_counter() - clock)
"""
CACHED = """
import logging
import sys
import time
logging.disable(logging.WARNING)
from crossings.models.events.interventions import intervention
from crossings.tables.flows import Flow
from ui.models import models
flow, event = Flow(sys.argv[1]), intervention(sys.argv[2])
models().estimate(flow, event)
took = []
for _ in range(20):
    processor, clock = time.process_time(), time.perf_counter()
    models().estimate(flow, event)
    took.append((time.process_time() - processor, time.perf_counter() - clock))
print(*min(took))
"""


@dataclass(frozen=True)
class Took:
    """Seconds of the processor and by the clock."""

    processor: float
    clock: float


def in_a_new_process(code: str, *, flow: Flow, event: str) -> Took:
    """Return what a piece of code printed of its own seconds, run in a process of its own."""
    command = [sys.executable, "-c", code, flow.value, event]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    processor, clock = (float(value) for value in ran.stdout.split())
    return Took(processor, clock)


def quickest(code: str, *, flow: Flow, event: str) -> Took:
    """Return the run with the fewest processor seconds of several new processes."""
    runs = [in_a_new_process(code, flow=flow, event=event) for _ in range(FRESH_PROCESSES)]
    return min(runs, key=lambda took: took.processor)


def placebo_run(*, flow: Flow, event: str) -> tuple[Took, int, float]:
    """Return what a whole placebo run took, its number of placebos, and the longest wait between two steps."""
    published, rates = flows.load(), exchange_rates()
    processor, clock = time.process_time(), time.perf_counter()
    count, longest, last = 0, 0.0, clock
    for step in placebos(published, rates, flow=flow, intervention=intervention(event)):
        now = time.perf_counter()
        count, longest, last = count + len(step.new), max(longest, now - last), now
    return Took(time.process_time() - processor, time.perf_counter() - clock), count - 1, longest


def line(name: str, took: Took, bar: float) -> str:
    """Return one measurement beside its limit."""
    over = "  OVER" if took.processor > bar else ""
    return f"{name}: {took.processor:.3g} s of processor, {took.clock:.3g} s by the clock (at most {bar:g}){over}"


def main() -> int:
    """Print every figure beside its limit; return 1 where the processor seconds are over."""
    parser = argparse.ArgumentParser(description="Speed of the History page's models.")
    parser.add_argument("--event", default="boycott-2019", choices=[one.key for one in interventions()])
    parser.add_argument("--flow", default="KOR-JPN", choices=[flow.value for flow in Flow])
    asked = parser.parse_args()
    flow = Flow(asked.flow)
    cold = quickest(COLD, flow=flow, event=asked.event)
    cached = in_a_new_process(CACHED, flow=flow, event=asked.event)
    placebo, count, longest = placebo_run(flow=flow, event=asked.event)
    print(line("estimate in a new process, imports of its models included", cold, COLD_BAR))
    print(line("estimate from the cache", cached, CACHE_BAR))
    print(line(f"placebo run, {count} placebos", placebo, PLACEBO_BAR))
    print(f"longest wait between two steps of the bar: {longest:.2f} s")
    over = [
        took.processor > bar for took, bar in ((cold, COLD_BAR), (cached, CACHE_BAR), (placebo, PLACEBO_BAR))
    ]
    return int(any(over))


if __name__ == "__main__":
    sys.exit(main())
