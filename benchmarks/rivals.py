"""Run the rivals of statsforecast on prepared training series; needs its own environment.

usage: python benchmarks/rivals.py JOBS.npz FOLDER
JOBS: arrays named by job (training values, oldest first). FOLDER gets one file a job, unless it is there:
paths (models, 2, paths, horizon), simulated and quantile-matched; means (models, horizon); CPU seconds (models,).
"""

import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from statsforecast.models import AutoARIMA, AutoCES, AutoETS, AutoTheta, SeasonalNaive

HORIZON = 24
PATHS = 500
POOL: dict[str, Callable[..., Any]] = {
    "AutoETS": AutoETS,
    "AutoARIMA": AutoARIMA,
    "AutoTheta": AutoTheta,
    "AutoCES": AutoCES,
}
MODELS: dict[str, Callable[..., Any]] = {"SeasonalNaive": SeasonalNaive, **POOL}
Z80, Z95 = 1.2815515655446004, 1.959963984540054


def one_model(name: str, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Fit one model and return simulated paths, quantile-matched paths, means and CPU seconds."""
    start = time.process_time()
    model = MODELS[name](season_length=12).fit(values)
    simulated = np.asarray(model.simulate(h=HORIZON, n_paths=PATHS, seed=1), dtype=float)
    answer = model.predict(HORIZON, level=[80, 95])
    seconds = time.process_time() - start
    mean = np.asarray(answer["mean"], dtype=float)
    low = (np.asarray(answer["lo-80"]) - mean) / Z80 + (np.asarray(answer["lo-95"]) - mean) / Z95
    high = (np.asarray(answer["hi-80"]) - mean) / Z80 + (np.asarray(answer["hi-95"]) - mean) / Z95
    score = _normal_scores(simulated)
    matched = mean + np.where(score < 0, -low / 2 * score, high / 2 * score)
    if not (np.isfinite(simulated).all() and np.isfinite(matched).all()):
        raise FloatingPointError(name)
    return simulated, matched, mean, seconds


def _normal_scores(paths: np.ndarray) -> np.ndarray:
    from scipy.stats import norm

    ranks = np.argsort(np.argsort(paths, axis=0), axis=0)
    scores: np.ndarray = norm.ppf((ranks + 0.5) / len(paths))
    return scores


def answer_job(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return every model's (2, paths, horizon), its means and its CPU seconds; a failed model is NaN."""
    paths = np.full((len(MODELS), 2, PATHS, HORIZON), np.nan)
    means = np.full((len(MODELS), HORIZON), np.nan)
    seconds = np.full(len(MODELS), np.nan)
    for place, name in enumerate(MODELS):
        start = time.process_time()
        try:
            simulated, matched, means[place], seconds[place] = one_model(name, values)
            paths[place] = np.stack([simulated, matched])
        except Exception as fault:
            seconds[place] = time.process_time() - start
            print(f"{name} failed: {fault}", file=sys.stderr)
    return paths, means, seconds


def main() -> None:
    """Answer every job of the file that has no answer yet; the first fit warms the compiled code up."""
    warnings.simplefilter("ignore")
    jobs, folder = np.load(sys.argv[1]), Path(sys.argv[2])
    answer_job(np.sin(np.arange(60.0)) + 10)
    for job in jobs.files:
        kept = folder / f"{job}.npz"
        if kept.exists():
            continue
        paths, means, seconds = answer_job(jobs[job])
        draft = folder / f"{job}.part.npz"
        np.savez_compressed(
            draft, paths=np.maximum(paths, 0.0).astype(np.float32), means=means, seconds=seconds
        )
        draft.replace(kept)
        print(job, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
