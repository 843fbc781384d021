"""How long a chart takes to build and write, beside the writer by hand that Altair's own objects replaced.

usage: python -m benchmarks.charts [--rounds N]
Both run on this machine in turns, each in a process of its own; the old writer comes from the history of the
repository. Times are processor time, so that other work on the machine hardly counts.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from io import BytesIO
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
BY_HAND = "2bb3e49"
TIMED = """
import json
import time
from tests.drawing.gallery import gallery
from crossings.language import Language
try:
    from crossings.drawing.drawing import specification, unchecked
except ImportError:
    from contextlib import nullcontext as unchecked
    def specification(chart):
        return chart.to_dict()

took = {}
with unchecked():
    for name, draw in gallery(Language("en")).items():
        times = []
        for _ in range(REPEATS):
            began = time.process_time()
            json.dumps(specification(draw()))
            times.append(time.process_time() - began)
        took[name] = sorted(times)[len(times) // 2]
print(json.dumps(took))
"""
REPEATS = 9
WRITERS = {"by hand": BY_HAND, "Altair": None}
PER_PAGE = ("fan", "month passed", "curve", "two medians", "intervals", "waterfall", "tornado")


def earlier(commit: str, folder: Path) -> Path:
    """Write the code of an earlier commit into a folder and return it."""
    packed = subprocess.run(
        ["git", "archive", commit, "crossings", "tests", "locales", "data", "static"],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def timed(folder: Path) -> dict[str, float]:
    """Return the seconds of processor time that each chart of a folder's gallery takes, the median of its repeats."""
    ran = subprocess.run(
        [sys.executable, "-c", TIMED.replace("REPEATS", str(REPEATS))],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        check=True,
        capture_output=True,
        text=True,
    )
    return {name: float(seconds) for name, seconds in json.loads(ran.stdout).items()}


def main() -> None:
    """Print milliseconds and ratios, chart by chart."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.charts", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    seconds: dict[str, dict[str, list[float]]] = {writer: defaultdict(list) for writer in WRITERS}
    with tempfile.TemporaryDirectory() as scratch:
        folders = {
            writer: PROJECT if commit is None else earlier(commit, Path(scratch))
            for writer, commit in WRITERS.items()
        }
        for _ in range(rounds):
            for writer, folder in folders.items():
                for name, took in timed(folder).items():
                    seconds[writer][name].append(took)
    print(f"{'chart':<18}{'by hand':>9}{'Altair':>9}  ms{'ratio':>8}")
    for name, ours in seconds["Altair"].items():
        before, now = statistics.median(seconds["by hand"][name]), statistics.median(ours)
        redrawn = "  redrawn at each move" if name in PER_PAGE else ""
        print(f"{name:<18}{1000 * before:>9.1f}{1000 * now:>9.1f}{now / before:>12.2f}{redrawn}")


if __name__ == "__main__":
    main()
