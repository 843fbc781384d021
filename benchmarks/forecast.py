"""Score the projection engine against statsforecast on the real series; prints ratios (below 1: better).

usage: python benchmarks/forecast.py --rivals PYTHON [--set report|tune] [--work FOLDER]
       [--thin N] [--write]

PYTHON is an interpreter with benchmarks/requirements-rivals.txt, in an environment of its own. Rival
answers are kept in FOLDER, so that a stopped run goes on where it was. Without --rivals only the
engine's own calibration is measured.
"""

import argparse
import hashlib
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from crossings.models.forecast import MODEL_VERSION, closure, simulate
from crossings.tables.flows import load

HORIZON, PATHS = 24, 500
FEWEST_MONTHS = 72
SEEN_FROM = (3, 6, 8, 10)
MARKS = (1.0, 1.05, 1.1)
RIVALS = ("SeasonalNaive", "AutoETS", "AutoARIMA", "AutoTheta", "AutoCES")
POOLS = ("pool, simulated", "pool, quantile-matched")
RESULTS = Path(__file__).resolve().parent / "results"
RATIOS = {
    "mase": "MASE, 24 months",
    "crps": "CRPS, 24 months",
    "year_crps": "CRPS, year in course",
    "next_crps": "CRPS, next year",
    "year_brier": "Brier, year in course",
    "next_brier": "Brier, next year",
    "seconds": "CPU seconds a forecast",
}
SHARES = ("in_80", "in_95", "year_80", "year_95", "next_80", "next_95")


@dataclass(frozen=True)
class Job:
    """One forecast to make: a series known to an origin, and the series itself for scoring."""

    key: str
    origin: pd.Period
    series: pd.Series

    @property
    def history(self) -> pd.Series:
        """What was known at the origin."""
        return self.series.loc[: self.origin]


def all_series() -> dict[str, pd.Series]:
    """Return every origin's monthly visitors to Japan and to Korea."""
    groups = load().visitors.groupby(["origin", "destination"])
    return {
        f"{o}-{d}": rows.set_index("month")["visitors"].sort_index().asfreq("M") for (o, d), rows in groups
    }


def to_tune(key: str) -> bool:
    """Split by origin, before any look: an even hash tunes; Korea-Japan and the totals report."""
    origin = key.split("-", maxsplit=1)[0]
    if key in ("KOR-JPN", "JPN-KOR") or origin == "TOTAL":
        return False
    return int(hashlib.sha256(origin.encode()).hexdigest()[:8], 16) % 2 == 0


def paired_origins(place: int) -> list[pd.Period]:
    """Return four origins for the series at a place: two before 2020, two since, turning with the place."""
    before, since = (2013, 2017)[place % 2], (2024, 2025)[place // 2 % 2]
    early = ((3, 8), (6, 10))[place // 4 % 2]
    late = ((6, 10), (3, 8))[place // 4 % 2]
    return [pd.Period(f"{before}-{m:02d}", "M") for m in early] + [
        pd.Period(f"{since}-{m:02d}", "M") for m in late
    ]


def every_origin() -> list[pd.Period]:
    """Return the origins on which the engine's own calibration is counted."""
    years = (2011, 2013, 2015, 2017, 2024, 2025)
    return [pd.Period(f"{year}-{month:02d}", "M") for year in years for month in SEEN_FROM]


def jobs(series: dict[str, pd.Series], *, tune: bool, every: bool) -> Iterator[Job]:
    """Yield the forecasts of one set of series."""
    for place, key in enumerate(key for key in series if to_tune(key) == tune):
        for origin in every_origin() if every else paired_origins(place):
            whole = series[key]
            if whole.loc[:origin].notna().sum() >= FEWEST_MONTHS and whole.index[-1] >= origin + 6:
                yield Job(key, origin, whole)


def scale_of(history: pd.Series) -> float:
    """Return the mean absolute yearly change in training, closed months apart: the scale of MASE."""
    shut = closure.find(history)
    open_months = history.copy()
    if shut is not None:
        open_months.loc[shut.first : shut.last] = np.nan
    return float(open_months.diff(12).abs().mean())


def crps(paths: np.ndarray, actual: np.ndarray) -> float:
    """Return the mean continuous ranked probability score of sampled paths (n_paths, n)."""
    ordered, count = np.sort(paths, axis=0), len(paths)
    weights = (2 * np.arange(1, count + 1) - count - 1)[:, None]
    return float((np.abs(paths - actual).mean(axis=0) - (weights * ordered).sum(axis=0) / count**2).mean())


def inside(paths: np.ndarray, actual: np.ndarray, level: float) -> float:
    """Return the share of actual values inside the central interval of a level."""
    low, high = np.quantile(paths, [0.5 - level / 2, 0.5 + level / 2], axis=0)
    return float(((actual >= low) & (actual <= high)).mean())


def scored(job: Job, paths: np.ndarray, seconds: float) -> dict[str, object]:
    """Return every score of one forecast, in units of the MASE scale where it has units."""
    scale = scale_of(job.history)
    ahead = pd.period_range(job.origin + 1, periods=HORIZON, freq="M")
    actual = job.series.reindex(ahead).to_numpy()
    seen = ~np.isnan(actual)
    row: dict[str, object] = {
        "key": job.key,
        "origin": str(job.origin),
        "mase": float(np.abs(np.median(paths, axis=0) - actual)[seen].mean() / scale),
        "crps": crps(paths[:, seen], actual[seen]) / scale,
        "in_80": inside(paths[:, seen], actual[seen], 0.8),
        "in_95": inside(paths[:, seen], actual[seen], 0.95),
        "seconds": seconds,
    }
    for name, year in (("year", job.origin.year), ("next", job.origin.year + 1)):
        row.update(year_scores(job, paths, name, year, scale))
    return row


def year_scores(job: Job, paths: np.ndarray, name: str, year: int, scale: float) -> dict[str, object]:
    """Return the scores of a calendar year's sum, none where a month of it is missing or out of reach."""
    months = pd.period_range(f"{year}-01", f"{year}-12", freq="M")
    actual = job.series.reindex(months)
    ahead = [(month - job.origin).n - 1 for month in months if month > job.origin]
    if actual.isna().any() or max(ahead) >= HORIZON:
        return {}
    total = float(actual.sum())
    drawn = float(actual[months <= job.origin].sum()) + paths[:, ahead].sum(axis=1)
    before = float(job.series.loc[f"{job.origin.year - 1}-01" : f"{job.origin.year - 1}-12"].sum())
    said = np.array([(drawn > mark * before).mean() for mark in MARKS])
    came = np.array([float(total > mark * before) for mark in MARKS])
    one, sums = np.array([total]), drawn[:, None]
    return {
        f"{name}_crps": crps(sums, one) / (12 * scale),
        f"{name}_80": inside(sums, one, 0.8),
        f"{name}_95": inside(sums, one, 0.95),
        f"{name}_brier": float(((said - came) ** 2).mean()),
        **{f"{name}_said_{mark}": share for mark, share in zip(MARKS, said, strict=True)},
        **{f"{name}_came_{mark}": share for mark, share in zip(MARKS, came, strict=True)},
    }


def engine_row(job: Job) -> dict[str, object]:
    """Forecast with the engine and score it."""
    start = time.process_time()
    paths = simulate(job.history, horizon=HORIZON, n_paths=PATHS, seed=1)
    return scored(job, paths, time.process_time() - start)


def rival_answers(wanted: list[Job], python: str, work: Path, name: str) -> dict[str, np.ndarray]:
    """Return the rivals' answers to one series' jobs, from the work folder where they are kept."""
    kept = work / f"{name}.npz"
    if not kept.exists():
        asked = work / f"{name}.asked.npz"
        filled = {
            str(job.origin): closure.bridged(job.history, closure.find(job.history)).to_numpy()
            for job in wanted
        }
        np.savez(asked, **filled)  # type: ignore[arg-type]
        subprocess.run(
            [python, str(Path(__file__).with_name("rivals.py")), str(asked), str(kept)], check=True
        )
        asked.unlink()
    return dict(np.load(kept))


def rival_rows(job: Job, answers: dict[str, np.ndarray]) -> dict[str, dict[str, object]]:
    """Score the rivals one by one (quantile-matched) and their equal-weight pools."""
    paths, seconds = answers[f"{job.origin}|paths"].astype(float), answers[f"{job.origin}|seconds"]
    rows = {}
    for place, name in enumerate(RIVALS):
        if np.isfinite(paths[place]).all():
            rows[name] = scored(job, paths[place, 1], float(seconds[place]))
    usable = [model for model in paths[1:] if np.isfinite(model).all()]
    for way, name in enumerate(POOLS):
        parts = [model[way, start :: len(usable)] for start, model in enumerate(usable)]
        rows[name] = scored(job, np.concatenate(parts), float(np.nansum(seconds[1:])))
    return rows


def calibration_error(rows: pd.DataFrame, name: str) -> float:
    """Return the expected calibration error of a year's probabilities in ten bins."""
    said = rows[[f"{name}_said_{mark}" for mark in MARKS]].to_numpy().ravel()
    came = rows[[f"{name}_came_{mark}" for mark in MARKS]].to_numpy().ravel()
    known = ~np.isnan(said)
    bins = np.minimum((said[known] * 10).astype(int), 9)
    sums = [abs((said[known] - came[known])[bins == each].sum()) for each in range(10)]
    return float(sum(sums) / known.sum())


def compared(ours: pd.DataFrame, theirs: pd.DataFrame, score: str) -> tuple[float, float, float]:
    """Return the ratio of mean scores over series with its 95 % interval from resampled series."""
    pair = pd.concat(
        [ours.groupby("key")[score].mean(), theirs.groupby("key")[score].mean()], axis=1
    ).dropna()
    values = pair.to_numpy()
    rows = np.random.default_rng(1).integers(0, len(values), (4000, len(values)))
    sums = values[rows].sum(axis=1)
    low, high = np.quantile(sums[:, 0] / sums[:, 1], [0.025, 0.975])
    return float(values[:, 0].sum() / values[:, 1].sum()), float(low), float(high)


def ratio_table(ours: pd.DataFrame, rivals: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one line a rival, score and period: ratio with its interval."""
    lines = []
    periods = {"all": slice(None), "before 2020": slice(None, "2019"), "since 2024": slice("2024", None)}
    for rival, theirs in rivals.items():
        for period, span in periods.items():
            left, right = (table.set_index("origin").sort_index().loc[span] for table in (ours, theirs))
            for score, title in RATIOS.items():
                ratio, low, high = compared(left, right, score)
                lines.append((rival, period, title, len(right), ratio, low, high))
    return pd.DataFrame(lines, columns=["rival", "period", "score", "forecasts", "ratio", "low", "high"])


def calibration_table(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return coverage and calibration error of each method, with the number of forecasts."""
    lines = {}
    for name, rows in tables.items():
        shares = {share: rows.groupby("key")[share].mean().mean() for share in SHARES}
        errors = {f"{year}_calibration_error": calibration_error(rows, year) for year in ("year", "next")}
        lines[name] = {"forecasts": len(rows), **shares, **errors, "seconds": rows["seconds"].mean()}
    return pd.DataFrame(lines).T


def run(options: argparse.Namespace) -> dict[str, pd.DataFrame]:
    """Make and score every forecast; returns the engine's two tables and each rival's."""
    series = all_series()
    tune = options.set == "tune"
    tables: dict[str, list[dict[str, object]]] = {"engine": [], "engine, every origin": []}
    paired = list(jobs(series, tune=tune, every=False)) if options.rivals else []
    for key in dict.fromkeys(job.key for job in paired):
        wanted = [job for job in paired if job.key == key]
        answers = rival_answers(wanted, options.rivals, options.work, f"{options.set}_{key}")
        for job in wanted:
            tables["engine"].append(engine_row(job))
            for name, row in rival_rows(job, answers).items():
                tables.setdefault(name, []).append(row)
        print(key, file=sys.stderr, flush=True)
    every = list(jobs(series, tune=tune, every=True))[:: options.thin]
    tables["engine, every origin"] = [engine_row(job) for job in every]
    return {name: pd.DataFrame(rows) for name, rows in tables.items() if rows}


def main() -> None:
    """Run from the command line and print, or write, the tables."""
    parser = argparse.ArgumentParser(description="Score the engine against statsforecast.")
    parser.add_argument("--rivals", help="python with statsforecast; without it only calibration")
    parser.add_argument("--set", choices=("report", "tune"), default="report")
    parser.add_argument("--work", type=Path, default=Path("benchmarks/work"))
    parser.add_argument("--thin", type=int, default=1, help="calibration on every nth forecast only")
    parser.add_argument("--write", action="store_true", help="write benchmarks/results/forecast_*.csv")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    tables = run(options)
    answers = {"calibration": calibration_table(tables)}
    if "engine" in tables:
        rivals = {name: table for name, table in tables.items() if not name.startswith("engine")}
        answers["ratios"] = ratio_table(tables["engine"], rivals).set_index("rival")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"engine {MODEL_VERSION}, {options.set} set, peak memory {memory:.0f} MB")
    for name, table in answers.items():
        print(table.round(3).to_string(), end="\n\n")
        if options.write:
            RESULTS.mkdir(exist_ok=True)
            table.round(4).to_csv(RESULTS / f"forecast_{name}.csv")


if __name__ == "__main__":
    main()
