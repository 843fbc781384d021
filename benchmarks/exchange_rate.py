"""Whether an explanatory exchange rate lowers the error of the Korea-Japan projection; prints ratios.

usage: python -m benchmarks.exchange_rate [--jobs N] [--write]

The end of every quarter of the track record is answered three times: without the rate (the headline),
with the rate held at its last known value, and with a random walk. Elasticities and rates are those known
then. Ratios of mean scores to the headline's, below 1: the rate helps; intervals from resampled years.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from crossings.models.events.design import exchange_rates
from crossings.models.forecast import MODEL_VERSION, backtest, project, scores
from crossings.models.forecast.exchange import PATHS, Exchange
from crossings.models.forecast.milestone import MONTHS, full_years, milestone, outcome
from crossings.models.forecast.projection import Projection
from crossings.tables.flows import Flow, Published, load

N_PATHS = 500
HEADLINE = "none"
MARKS = (1.0, 1.05, 1.1)
RESULT = Path(__file__).resolve().parent / "results" / "exchange_rate.csv"


def answered(published: Published, rates: pd.Series, month: str) -> list[dict[str, object]]:
    """Return one month's scores under the three paths, one row a path, flow and year."""
    as_of = pd.Period(month, freq="M")
    rows: list[dict[str, object]] = []
    for path in (None, *PATHS):
        exchange = None if path is None else Exchange(rates, path)
        projection = project(published, as_of=as_of, n_paths=N_PATHS, exchange=exchange)
        rows += [{"path": path or HEADLINE, **row} for row in _rows(published, projection)]
    return rows


def _rows(published: Published, projection: Projection) -> Iterator[dict[str, object]]:
    as_of = projection.as_of
    for flow in Flow:
        for year in (as_of.year, as_of.year + 1):
            if (as_of.year, as_of.month) == (year, MONTHS) or year > backtest.last_full_year(published):
                continue
            came = float(outcome(published, flow=flow, year=year, mark=1).visitors)
            said = milestone(projection, flow=flow, year=year, mark=1)
            known = published.series(flow, as_of=as_of)
            base = float(full_years(known)[backtest.reference_year(known, as_of)])
            low, high = said.interval_80
            misses = [
                (said.probability_of(round(mark * base)) - (came >= mark * base)) ** 2 for mark in MARKS
            ]
            yield {
                "as_of": str(as_of),
                "flow": flow.value,
                "year": year,
                "era": backtest.era(as_of, year),
                "ahead": year > as_of.year,
                "crps": scores.crps(said.totals, came) / came,
                "error": abs(said.median / came - 1),
                "brier": float(np.mean(misses)),
                "inside_80": float(low <= came <= high),
            }


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ratios to the headline by flow, era, year asked about and path, with counts and coverage."""
    lines = []
    known = rows[rows["era"] != "pandemic"]
    for (flow, era, ahead), group in known.groupby(["flow", "era", "ahead"]):
        base = group[group["path"] == HEADLINE].set_index(["as_of", "year"])
        for path in PATHS:
            other = group[group["path"] == path].set_index(["as_of", "year"])
            line = {"flow": flow, "era": era, "year": "next" if ahead else "running", "path": path}
            for score in ("crps", "error", "brier"):
                ratio, low, high = _ratio(other[score], base[score])
                line.update({score: ratio, f"{score}_low": low, f"{score}_high": high})
            coverage = {"inside_80": other["inside_80"].mean(), "inside_80_without": base["inside_80"].mean()}
            lines.append({**line, **coverage, "answers": len(other)})
    return pd.DataFrame(lines)


def _ratio(with_rate: pd.Series, without: pd.Series) -> tuple[float, float, float]:
    pair = pd.concat([with_rate, without], axis=1, keys=["with", "without"]).dropna()
    sums = pair.groupby(level="year").sum().to_numpy()
    drawn = sums[np.random.default_rng(1).integers(0, len(sums), (4000, len(sums)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], [0.025, 0.975])
    return float(sums[:, 0].sum() / sums[:, 1].sum()), float(low), float(high)


def main() -> None:
    """Run from the command line and print, or write, the table."""
    parser = argparse.ArgumentParser(description="Backtest the explanatory exchange rate.")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--write", action="store_true", help=f"write {RESULT.name}")
    options = parser.parse_args()
    published, rates = backtest.only_directions(load()), exchange_rates()
    months = [str(month) for month in backtest.origins(published) if month.month % 3 == 0]
    parts = Parallel(n_jobs=options.jobs)(delayed(answered)(published, rates, month) for month in months)
    result = table(pd.DataFrame([row for part in parts for row in part]))
    print(f"engine {MODEL_VERSION}, {len(months)} as-of months")
    print(result.round(3).to_string(index=False))
    if options.write:
        result.round(4).to_csv(RESULT, index=False)


if __name__ == "__main__":
    main()
