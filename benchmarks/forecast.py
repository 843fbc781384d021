"""Score the projection engine against statsforecast on three kinds of series; prints ratios (below 1: better).

usage: python -m benchmarks.forecast --work FOLDER [--part report|tune] [--kind visitors|general|pair]
       [--general FILE] [--rivals PYTHON] [--most N] [--write]

FOLDER keeps the rivals' answers, one file a forecast, so that they are computed once; keep it outside the
repository. PYTHON is an interpreter with benchmarks/requirements-rivals.txt, in an environment of its own; without it
only answers that are kept are compared. FILE holds monthly series that are no visitors (series, month counted from
1, value), such as the 617 of the M1 competition (Makridakis and others 1982). --most takes so many forecasts of a kind,
spread by a hash.

Tuning and report part differ by series (a hash of the name) and by time: what is tuned on visitors ends in 2016, what is
reported begins in 2017; a general series of the tuning part is cut two years before its end. Nothing is tuned on a
report part. The pair is reported only: its coverage at every quarter, year in course, next year and the one after.
"""

import argparse
import hashlib
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from crossings.models.forecast import MODEL_VERSION, closure, scores, simulate
from crossings.tables.flows import DIRECTIONS, load

HORIZON, PATHS = 24, 500
FEWEST_MONTHS, FEWEST_GENERAL_MONTHS = 72, 48
SEEN_FROM = (3, 6, 8, 10)
TUNED_YEARS, REPORTED_YEARS = (2012, 2015), (2017, 2024, 2025)
PAIR_YEARS = (*range(2010, 2019), 2024, 2025)
PAIR_MONTHS = (1, 4, 7, 10)
PAIR = tuple(flow.value for flow in DIRECTIONS)
MARKS = (1.0, 1.05, 1.1)
CERTAIN = 0.005
RIVALS = ("SeasonalNaive", "AutoETS", "AutoARIMA", "AutoTheta", "AutoCES")
POOL = "pool"
RESULTS = Path(__file__).resolve().parent / "results"
SCORES = {
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

    kind: str
    part: str
    key: str
    origin: pd.Period
    series: pd.Series

    @property
    def history(self) -> pd.Series:
        """What was known at the origin."""
        return self.series.loc[: self.origin]

    @property
    def code(self) -> str:
        """What decides whether a forecast belongs to a thinned set."""
        return f"{self.kind}_{self.part}|{self.key}|{self.origin}"

    @property
    def name(self) -> str:
        """The name of the rivals' answers."""
        return f"{self.kind}_{self.part}_{self.key}_{self.origin}"


def even(text: str) -> bool:
    """Split by a hash, before any look: even ones tune."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 2 == 0


def visitor_series() -> dict[str, pd.Series]:
    """Return every origin's monthly visitors to Japan and to Korea."""
    groups = load().visitors.groupby(["origin", "destination"])
    return {
        f"{o}-{d}": rows.set_index("month")["visitors"].sort_index().asfreq("M") for (o, d), rows in groups
    }


def general_series(file: Path) -> dict[str, pd.Series]:
    """Return monthly series of other kinds; their first month is taken for a January."""
    groups = pd.read_csv(file).groupby("series")
    return {
        str(key): pd.Series(
            rows["value"].to_numpy(dtype=float), index=pd.period_range("1970-01", periods=len(rows), freq="M")
        )
        for key, rows in groups
    }


def visitor_jobs(part: str) -> list[Job]:
    """Return the forecasts of visitors but the pair's; the totals belong to the report part."""
    series, found = visitor_series(), []
    wanted = [key for key in series if _tunes(key) == (part == "tune") and key not in PAIR]
    for place, key in enumerate(wanted):
        for year in TUNED_YEARS if part == "tune" else REPORTED_YEARS:
            first, second = (SEEN_FROM[(place + year + step) % len(SEEN_FROM)] for step in (0, 2))
            for month in (first, second) if year < 2018 else (first,):
                origin, whole = pd.Period(f"{year}-{month:02d}", "M"), series[key]
                if whole.loc[:origin].notna().sum() >= FEWEST_MONTHS and whole.index[-1] >= origin + 6:
                    found.append(Job("visitors", part, key, origin, whole))
    return found


def _tunes(key: str) -> bool:
    origin = key.split("-", maxsplit=1)[0]
    return key not in PAIR and origin != "TOTAL" and even(origin)


def general_jobs(part: str, file: Path) -> list[Job]:
    """Return one forecast a series: two years before its last full year's end, two more for the tuning part."""
    found = []
    for place, (key, whole) in enumerate(general_series(file).items()):
        months = len(whole) // 12 * 12 - 24 + SEEN_FROM[place // 2 % len(SEEN_FROM)]
        months -= 24 if part == "tune" else 0
        if even(key) == (part == "tune") and months >= FEWEST_GENERAL_MONTHS:
            found.append(Job("general", part, key, whole.index[months - 1], whole))
    return found


def pair_jobs() -> list[Job]:
    """Return the pair's forecasts, every quarter; nothing is tuned on it."""
    series = visitor_series()
    origins = [pd.Period(f"{year}-{month:02d}", "M") for year in PAIR_YEARS for month in PAIR_MONTHS]
    return [
        Job("pair", "report", key, origin, series[key])
        for key in PAIR
        for origin in origins
        if series[key].index[-1] >= origin + 6
    ]


def thinned(jobs: list[Job], most: int) -> list[Job]:
    """Return at most so many forecasts, spread by a hash of their names."""
    ranked = sorted(jobs, key=lambda job: hashlib.sha256(job.code.encode()).hexdigest())
    return sorted(ranked[:most], key=lambda job: job.name)


def scale_of(history: pd.Series) -> float:
    """Return the mean absolute yearly change in training, closed months apart: the scale of MASE."""
    shut = closure.find(history)
    open_months = history.copy()
    if shut is not None:
        open_months.loc[shut.first : shut.last] = np.nan
    return float(open_months.diff(12).abs().mean())


def crps(paths: np.ndarray, actual: np.ndarray) -> float:
    """Return the mean continuous ranked probability score of sampled paths (n_paths, n)."""
    return float(np.mean([scores.crps(column, value) for column, value in zip(paths.T, actual, strict=True)]))


def inside(paths: np.ndarray, actual: np.ndarray, level: float) -> float:
    """Return the share of actual values inside the central interval of a level."""
    low, high = np.quantile(paths, [0.5 - level / 2, 0.5 + level / 2], axis=0)
    return float(((actual >= low) & (actual <= high)).mean())


def scored(job: Job, paths: np.ndarray, seconds: float) -> dict[str, object]:
    """Return every score of one forecast, in units of the MASE scale where it has units."""
    scale = scale_of(job.history)
    ahead = pd.period_range(job.origin + 1, periods=HORIZON, freq="M")
    actual = job.series.reindex(ahead).to_numpy(dtype=float)
    seen = ~np.isnan(actual)
    row: dict[str, object] = {
        "name": job.name,
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
    if actual.isna().any() or not ahead or max(ahead) >= paths.shape[1]:
        return {}
    total = float(actual.sum())
    drawn = float(actual[months <= job.origin].sum()) + paths[:, ahead].sum(axis=1)
    before = float(job.series.loc[f"{job.origin.year - 1}-01" : f"{job.origin.year - 1}-12"].sum())
    said = np.array([(drawn > mark * before).mean() for mark in MARKS])
    came = np.array([float(total > mark * before) for mark in MARKS])
    sums, only = drawn[:, None], np.array([total])
    return {
        f"{name}_crps": scores.crps(drawn, total) / (12 * scale),
        f"{name}_80": inside(sums, only, 0.8),
        f"{name}_95": inside(sums, only, 0.95),
        f"{name}_brier": float(((said - came) ** 2).mean()),
        **{f"{name}_said_{mark}": share for mark, share in zip(MARKS, said, strict=True)},
        **{f"{name}_came_{mark}": share for mark, share in zip(MARKS, came, strict=True)},
    }


def engine_row(job: Job) -> dict[str, object]:
    """Forecast with the engine and score it."""
    start = time.process_time()
    paths = simulate(job.history, horizon=HORIZON, n_paths=PATHS, seed=1)
    return scored(job, paths, time.process_time() - start)


def bridged(history: pd.Series) -> np.ndarray:
    """Return a series without gaps for rivals that need it: closed months follow the seasons of the year before them.

    They go on from the old level to the new; other gaps are interpolated.
    """
    visitors, shut = history.loc[history.first_valid_index() :].copy(), closure.find(history)
    if shut is not None:
        before = np.log(visitors.loc[: closure.LAST_USUAL_MONTH].dropna().clip(lower=closure.LOWEST))
        usual = before.groupby([month.month for month in before.index]).last()
        distance = (
            np.log(visitors.clip(lower=closure.LOWEST))
            - usual.reindex([month.month for month in visitors.index]).to_numpy()
        )
        ends = [
            distance.loc[shut.first - 3 : shut.first - 1].mean(),
            distance.loc[shut.last + 1 : shut.last + 3].mean(),
        ]
        ends[1] = ends[0] if np.isnan(ends[1]) else ends[1]
        inside_closure = (visitors.index >= shut.first) & (visitors.index <= shut.last)
        way = np.linspace(ends[0], ends[1], int(inside_closure.sum()) + 2)[1:-1]
        months = usual.reindex([month.month for month in visitors.index[inside_closure]]).to_numpy()
        visitors[inside_closure] = np.exp(months + way)
    filled: np.ndarray = visitors.interpolate(limit_direction="both").to_numpy(dtype=float)
    return filled


def ask_rivals(jobs: list[Job], python: str, work: Path) -> None:
    """Have the rivals answer every job that has no answer in the work folder yet."""
    missing = {job.name: bridged(job.history) for job in jobs if not (work / f"{job.name}.npz").exists()}
    if not missing:
        return
    asked = work / "asked.npz"
    np.savez(asked, **missing)  # type: ignore[arg-type]
    subprocess.run([python, str(Path(__file__).with_name("rivals.py")), str(asked), str(work)], check=True)
    asked.unlink()


def rival_rows(job: Job, work: Path) -> dict[str, dict[str, object]]:
    """Score the rivals one by one (quantile-matched) and their equal-weight pool; none where no answer is kept."""
    kept = work / f"{job.name}.npz"
    if not kept.exists():
        return {}
    with np.load(kept) as answers:
        paths, seconds = answers["paths"][:, 1].astype(float), answers["seconds"]
    usable = [model for model in paths[1:] if np.isfinite(model).all()]
    parts = [model[start :: len(usable)] for start, model in enumerate(usable)]
    rows = {POOL: scored(job, np.concatenate(parts), float(np.nansum(seconds[1:])))}
    for place, name in enumerate(RIVALS):
        if np.isfinite(paths[place]).all():
            rows[name] = scored(job, paths[place], float(seconds[place]))
    return rows


def calibration_error(rows: pd.DataFrame, name: str) -> float:
    """Return the expected calibration error of a year's probabilities in ten bins, marks as good as certain left out."""
    said = rows[[f"{name}_said_{mark}" for mark in MARKS]].to_numpy(dtype=float).ravel()
    came = rows[[f"{name}_came_{mark}" for mark in MARKS]].to_numpy(dtype=float).ravel()
    still_open = (said >= CERTAIN) & (said <= 1 - CERTAIN)
    return scores.calibration_error(said[still_open], came[still_open])


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
        same = ours[ours["name"].isin(set(theirs["name"]))]
        for period, span in periods.items():
            left, right = (table.set_index("origin").sort_index().loc[span] for table in (same, theirs))
            if right.empty:
                continue
            for score, title in SCORES.items():
                ratio, low, high = compared(left, right, score)
                lines.append((rival, period, title, len(right), ratio, low, high))
    return pd.DataFrame(lines, columns=["rival", "period", "score", "forecasts", "ratio", "low", "high"])


def calibration_table(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return coverage and calibration error of each method, with the number of forecasts."""
    lines = {}
    for name, rows in tables.items():
        shares = {share: rows[share].mean() for share in SHARES}
        errors = {f"{year}_calibration_error": calibration_error(rows, year) for year in ("year", "next")}
        lines[name] = {"forecasts": len(rows), **shares, **errors, "seconds": rows["seconds"].mean()}
    return pd.DataFrame(lines).T


def run(jobs: list[Job], work: Path) -> dict[str, pd.DataFrame]:
    """Make and score every forecast; returns the engine's table and each rival's."""
    tables: dict[str, list[dict[str, object]]] = {}
    for job in jobs:
        for name, row in {"engine": engine_row(job), **rival_rows(job, work)}.items():
            tables.setdefault(name, []).append(row)
    return {name: pd.DataFrame(rows) for name, rows in tables.items()}


def by_era(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the pair's rows before 2020 and since."""
    early = rows["origin"] < "2020"
    return {"before 2020": rows[early], "since 2023": rows[~early]}


def report(kind: str, jobs: list[Job], options: argparse.Namespace) -> None:
    """Run one kind of series and print, or write, its tables."""
    if options.rivals and kind != "pair":
        ask_rivals(jobs, options.rivals, options.work)
    tables = run(jobs, options.work)
    engine = tables["engine"]
    groups = {f"engine, {name}": rows for name, rows in by_era(engine).items()} if kind == "pair" else tables
    answers = {"calibration": calibration_table(groups)}
    rivals = {name: table for name, table in tables.items() if name != "engine"}
    if rivals:
        answers["ratios"] = ratio_table(engine, rivals).set_index("rival")
    print(f"{kind}, {options.part} part")
    for name, table in answers.items():
        print(table.round(3).to_string(), end="\n\n", flush=True)
        if options.write:
            RESULTS.mkdir(exist_ok=True)
            table.round(4).to_csv(RESULTS / f"forecast_{kind}_{name}.csv")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Score the engine against statsforecast.")
    parser.add_argument("--work", type=Path, required=True, help="folder of the rivals' kept answers")
    parser.add_argument("--part", choices=("report", "tune"), default="report")
    parser.add_argument("--kind", choices=("visitors", "general", "pair"), action="append")
    parser.add_argument("--general", type=Path, help="file of monthly series that are no visitors")
    parser.add_argument("--rivals", help="python with statsforecast")
    parser.add_argument("--most", type=int, default=10_000, help="at most so many forecasts of a kind")
    parser.add_argument("--write", action="store_true", help="write benchmarks/results/forecast_*.csv")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    jobs = {"visitors": lambda: visitor_jobs(options.part), "pair": pair_jobs}
    if options.general:
        jobs["general"] = lambda: general_jobs(options.part, options.general)
    for kind in options.kind or list(jobs):
        report(kind, thinned(jobs[kind](), options.most), options)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"engine {MODEL_VERSION}, peak memory {memory:.0f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
