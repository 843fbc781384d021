"""Hopeless input gets a named error with a sentence; usable input comes back whole."""

import numpy as np
import pandas as pd
import pytest

from crossings.models.forecast import simulate
from crossings.models.forecast.validation import (
    BadRequest,
    HistoryError,
    HistoryTooShort,
    NegativeVisitors,
    NothingObserved,
    WrongIndex,
    checked,
)


def series(values: list[float] | np.ndarray, freq: str = "M") -> pd.Series:
    """Return values as months (or other periods) from January 2000."""
    return pd.Series(values, index=pd.period_range("2000-01", periods=len(values), freq=freq), dtype=float)


@pytest.mark.parametrize(
    ("history", "error"),
    [
        (series(np.ones(23)), HistoryTooShort),
        (series([1.0] * 20 + [np.nan] * 20), HistoryTooShort),
        (series([np.nan] * 40), NothingObserved),
        (series([]), NothingObserved),
        (series([5.0] * 30 + [-1.0]), NegativeVisitors),
        (series([5.0] * 30 + [np.inf]), NegativeVisitors),
        (series(np.ones(40), freq="Q"), WrongIndex),
        (pd.Series(np.ones(40)), WrongIndex),
        (pd.concat([series(np.ones(30)), series(np.ones(30))]), WrongIndex),
    ],
)
def test_hopeless_input_is_named_in_a_sentence(history: pd.Series, error: type[HistoryError]) -> None:
    with pytest.raises(error) as caught:
        simulate(history, horizon=12, n_paths=10, seed=1)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(("horizon", "n_paths"), [(0, 10), (12, 0)])
def test_an_empty_request_is_refused(horizon: int, n_paths: int) -> None:
    with pytest.raises(BadRequest):
        simulate(series(np.ones(40)), horizon=horizon, n_paths=n_paths, seed=1)


def test_a_wrong_month_is_named() -> None:
    with pytest.raises(NegativeVisitors, match="2000-03"):
        checked(series([1.0, 1.0, -3.0] + [1.0] * 30))


def test_leading_gaps_go_and_inner_gaps_become_months() -> None:
    history = series([np.nan, np.nan, *range(1, 41)]).drop(pd.Period("2001-01"))
    whole = checked(history.sample(frac=1, random_state=1))
    assert str(whole.index[0]) == "2000-03"
    assert len(whole) == 40
    assert list(whole.index[whole.isna()]) == [pd.Period("2001-01")]
