"""The benchmark's own arithmetic: disjoint parts, and what rivals that need whole series are given."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks import forecast


@pytest.fixture
def general(tmp_path: Path) -> Path:
    """Return a file of forty made-up series of other kinds."""
    rows = [
        pd.DataFrame({"series": f"S{number}", "month": np.arange(1, 121), "value": np.arange(1.0, 121.0)})
        for number in range(40)
    ]
    path = tmp_path / "general.csv"
    pd.concat(rows).to_csv(path, index=False)
    return path


def test_parts_share_no_series_and_no_time(general: Path) -> None:
    visitors = [forecast.visitor_jobs(part) for part in ("tune", "report")]
    tuned, reported = ({job.key for job in jobs} for jobs in visitors)
    assert tuned
    assert reported
    assert not tuned & reported
    assert not {*tuned, *reported} & set(forecast.PAIR)
    last_outcome = max(pd.Period(f"{job.origin.year + 1}-12", "M") for job in visitors[0])
    assert last_outcome < min(job.origin for job in visitors[1])
    others = [forecast.general_jobs(part, general) for part in ("tune", "report")]
    assert not {job.key for job in others[0]} & {job.key for job in others[1]}
    assert max(job.origin for job in others[0]) + 12 < min(job.origin for job in others[1])


def test_a_thinned_set_is_a_fixed_part_of_the_whole(general: Path) -> None:
    jobs = forecast.general_jobs("report", general)
    few, more = forecast.thinned(jobs, 4), forecast.thinned(jobs, 8)
    assert len(few) == 4
    assert {job.name for job in few} < {job.name for job in more}


def test_rivals_get_closed_months_along_the_usual_seasons() -> None:
    months = pd.period_range("2012-01", "2024-06", freq="M")
    season = 1000.0 + 300.0 * np.sin(np.arange(len(months)) * np.pi / 6)
    history = pd.Series(season, index=months)
    history.loc["2020-03":"2022-09"] *= 0.01
    history.loc["2015-05"] = np.nan
    filled = forecast.bridged(history)
    assert np.isfinite(filled).all()
    assert filled == pytest.approx(season, rel=0.12)


def test_a_perfect_forecast_scores_as_one() -> None:
    months = pd.period_range("2010-01", "2019-12", freq="M")
    series = pd.Series(100.0 + np.arange(120.0), index=months)
    job = forecast.Job("general", "report", "X", pd.Period("2017-06", "M"), series)
    actual = series.loc["2017-07":"2019-06"].to_numpy()
    row = forecast.scored(job, np.tile(actual, (500, 1)), 0.0)
    assert (row["mase"], row["crps"], row["year_brier"], row["next_crps"]) == pytest.approx((0, 0, 0, 0))
    assert (row["in_80"], row["year_95"]) == (1.0, 1.0)
