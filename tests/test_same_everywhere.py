"""The same figures give the same numbers on every processor, thread count, locale, time zone and hash order."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
NEEDED = {"Haswell": "AVX2", "Zen": "AVX2", "SkylakeX": "AVX512_SKX", "Prescott": "SSE3"}
SETTINGS = {
    "Haswell": {"threads": 1, "TZ": "Asia/Seoul", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    "Zen": {"threads": 2, "TZ": "Pacific/Honolulu", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    "SkylakeX": {"threads": 1, "TZ": "Pacific/Honolulu", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "Prescott": {"threads": 2, "TZ": "Asia/Seoul", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
}
ALIASES = {"Zen": {"Haswell"}, "Prescott": {"Katmai"}}  # how a build without a kernel of that name calls it
OLDEST = "Prescott"  # this one also does without NumPy's and the mathematics library's newer instructions
CHOSEN_ELSEWHERE = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OPENBLAS_VERBOSE", "NPY_DISABLE_CPU_FEATURES")


def runnable(kernel: str) -> bool:
    """Return whether this processor has the instructions of a kernel."""
    features = np._core._multiarray_umath.__cpu_features__  # type: ignore[attr-defined]
    return bool(features.get(NEEDED[kernel], False))


def environment(kernel: str, folder: Path) -> dict[str, str]:
    """Return the variables of one run; a kernel that this processor cannot run is left to the library."""
    chosen = {name: str(value) for name, value in SETTINGS[kernel].items()}
    threads = chosen.pop("threads")
    inherited = {name: value for name, value in os.environ.items() if name not in CHOSEN_ELSEWHERE}
    counts = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), threads)
    own = {"CROSSINGS_OWN": str(folder / "no-added-figures.csv"), "PYTHONPATH": str(ROOT)}
    core = {"OPENBLAS_CORETYPE": kernel} if runnable(kernel) else {}
    return inherited | chosen | counts | own | core | (old_instructions() if kernel == OLDEST else {})


def old_instructions() -> dict[str, str]:
    """Return what keeps NumPy and the C library from the newer instructions of this processor."""
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    return {
        "NPY_DISABLE_CPU_FEATURES": " ".join(found),
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F",
    }


def said(kernel: str, folder: Path) -> dict[str, Any]:
    """Return what one run says, with the kernels it took."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.everything"],
        cwd=ROOT,
        env=environment(kernel, folder),
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    record: dict[str, Any] = json.loads(run.stdout)
    return record


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("runs")
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda kernel: said(kernel, folder), SETTINGS)
        return dict(zip(SETTINGS, found, strict=True))


def test_every_kernel_that_this_processor_has_was_taken(runs: dict[str, dict[str, Any]]) -> None:
    for kernel in filter(runnable, SETTINGS):
        taken = set(runs[kernel]["kernels"])
        assert taken <= {kernel, *ALIASES.get(kernel, ())}, kernel
        assert taken, kernel


def test_the_numbers_are_the_same_everywhere(runs: dict[str, dict[str, Any]]) -> None:
    first, *others = (run["said"] for run in runs.values())
    assert len(json.dumps(first)) > 50_000
    for other in others:
        assert [name for name in first if first[name] != other[name]] == []
        assert json.dumps(other) == json.dumps(first)
