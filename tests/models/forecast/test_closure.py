"""Closed borders are found in the figures, bridged, and said honestly while they last."""

import numpy as np
import pandas as pd
import pytest

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


def test_a_closure_is_found_without_2018_and_2019() -> None:
    known = history("2024-12")
    known.loc["2015-01":"2019-12"] = np.nan
    found = closure.find(known)
    assert found is not None
    assert str(found.first) == "2020-03"
    later = history("2026-06").loc["2020-01":]
    assert closure.find(later) is not None


def test_a_boycott_in_autumn_2019_is_no_yardstick() -> None:
    plain, bent = history("2024-06"), history("2024-06")
    bent.loc["2019-08":"2019-12"] *= 0.4
    assert closure.find(bent) == closure.find(plain)


def test_months_that_end_in_a_gap_are_not_filled() -> None:
    known = history("2024-06")
    known.iloc[-2:] = np.nan
    found = closure.find(known)
    assert found is not None
    assert found.last < known.index[-3]


def test_open_borders_leave_paths_as_they_are() -> None:
    paths, months = np.ones((4, 3)), np.arange(3)
    shut = closure.Closure(pd.Period("2020-03", "M"), pd.Period("2022-09", "M"), None, False)
    assert closure.reopen(paths, shut, months=months, rng=np.random.default_rng(1)) is paths


def test_paths_begin_at_the_present_level_and_end_at_the_one_before_the_closure() -> None:
    usual = tuple(np.log(np.full(12, 1000.0)))
    shut = closure.Closure(pd.Period("2020-03", "M"), pd.Period("2022-06", "M"), np.log(0.1), True, usual)
    paths = closure.reopen(
        np.full((50, 24), 900.0), shut, months=np.arange(24) % 12, rng=np.random.default_rng(1)
    )
    assert paths[:, 0].max() < 250
    assert paths[:, 0].min() > 100
    assert (paths[:, 23] == 900).all()


def test_a_level_before_the_closure_that_is_passed_already_no_longer_holds() -> None:
    """A boycott had halved the series before borders closed; it is back at four fifths of the usual months."""
    usual = tuple(np.log(np.full(12, 1000.0)))
    shut = closure.Closure(pd.Period("2020-03", "M"), pd.Period("2022-12", "M"), np.log(0.8), True, usual)
    paths = closure.reopen(
        np.full((500, 24), 500.0), shut, months=np.arange(24) % 12, rng=np.random.default_rng(1)
    )
    assert paths.min() > 799
    assert paths.max() < 1001
    assert 850 < np.median(paths[:, 23]) < 950


def test_no_path_comes_back_above_twice_the_usual_level() -> None:
    usual = tuple(np.log(np.full(12, 1000.0)))
    shut = closure.Closure(pd.Period("2020-03", "M"), pd.Period("2022-06", "M"), np.log(0.1), True, usual)
    paths = closure.reopen(
        np.full((9, 24), 5e4), shut, months=np.arange(24) % 12, rng=np.random.default_rng(1)
    )
    assert paths[:, 23] == pytest.approx(np.full(9, 2000.0))


def test_a_path_near_nothing_is_not_multiplied_beyond_sense() -> None:
    usual = tuple(np.log(np.full(12, 1000.0)))
    shut = closure.Closure(pd.Period("2020-03", "M"), pd.Period("2022-12", "M"), np.log(0.8), True, usual)
    path = np.concatenate([np.zeros(3), np.full(21, 900.0)])[None, :]
    moved = closure.reopen(path, shut, months=np.arange(24) % 12, rng=np.random.default_rng(1))
    assert moved.max() < 10_000
