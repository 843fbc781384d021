"""Closed borders are found in the figures, bridged, and said honestly while they last."""

import numpy as np
import pandas as pd

from crossings.models.forecast import closure, simulate


def history(last: str, *, shut: tuple[str, str] = ("2020-03", "2022-09"), depth: float = 0.01) -> pd.Series:
    """Return 1,000 visitors a month from 2008, nearly none while shut, as known in a last month."""
    months = pd.period_range("2008-01", last, freq="M")
    figures = pd.Series(1000.0 + 100 * np.sin(np.arange(len(months))), index=months)
    figures.loc[shut[0] : shut[1]] *= depth
    return figures


def test_a_closure_is_found_from_its_first_month_to_its_last() -> None:
    found = closure.find(history("2024-06"))
    assert found is not None
    assert str(found.first) == "2020-03"
    assert abs((found.last - pd.Period("2022-09")).n) <= 2
    assert found.gap is None


def test_no_closure_without_a_collapse() -> None:
    assert closure.find(history("2024-06", depth=0.7)) is None
    assert closure.find(history("2019-12")) is None


def test_while_borders_are_shut_the_gap_is_known_and_paths_start_low() -> None:
    known = history("2021-06")
    found = closure.find(known)
    assert found is not None
    assert found.gap is not None
    assert found.gap < -4
    paths = simulate(known, horizon=24, n_paths=500, seed=1)
    assert np.median(paths[:, 0]) < 60
    low, high = np.quantile(paths[:, 23], [0.1, 0.9])
    assert low < 100
    assert high > 600


def test_a_bridge_has_no_gaps_and_leaves_open_months_alone() -> None:
    known = history("2024-06")
    known.loc["2015-05"] = np.nan
    shut = closure.find(known)
    filled = closure.bridged(known, shut)
    assert filled.notna().all()
    assert filled.min() > 700
    assert filled.loc["2023-06"] == known.loc["2023-06"]


def test_open_borders_leave_paths_as_they_are() -> None:
    paths = np.ones((4, 3))
    shut = closure.Closure(pd.Period("2020-03", "M"), pd.Period("2022-09", "M"), None, False)
    assert closure.reopen(paths, shut, rng=np.random.default_rng(1)) is paths
