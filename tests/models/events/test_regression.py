"""The fast least squares say what statsmodels itself says, and recover what was put in."""

import numpy as np
import pytest

from crossings.models.events import regression as structural
from crossings.models.events.errors import FitFailed, TooFewMonths
from crossings.models.events.regression import Fit, Trial, fit
from tests.models.events import made


def dummy(length: int, first: int, last: int) -> np.ndarray:
    column = np.zeros(length)
    column[first:last] = 1.0
    return column


def series(seed: int = 1) -> np.ndarray:
    logs: np.ndarray = np.log(made.wandering(seed).to_numpy())
    return logs


def test_effects_equal_statsmodels_at_the_same_variances() -> None:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    logs = series()
    logs[60:70] = np.nan
    column = dummy(len(logs), 100, 106)
    fitted = fit(logs, {"event": column})
    model = UnobservedComponents(logs, "llevel", seasonal=12, exog=column[:, None], mle_regression=False)
    run = model.smooth(fitted.filter.variances(fitted.best.ratios, level=fitted.best.scale))
    place = list(
        run.states.smoothed.columns if hasattr(run.states.smoothed, "columns") else model.state_names
    ).index(model.state_names[-1])
    effect = np.asarray(run.smoothed_state)[place, -1]
    error = np.sqrt(np.asarray(run.smoothed_state_cov)[place, place, -1])
    assert fitted.effect("event") == pytest.approx(effect, abs=2e-3)
    assert fitted.error("event") == pytest.approx(error, rel=0.03)


@pytest.mark.parametrize("seed", range(4))
def test_a_large_step_is_found(seed: int) -> None:
    logs = series(seed)
    column = dummy(len(logs), 100, 130)
    fitted = fit(logs - 0.5 * column, {"event": column})
    low, high = fitted.interval("event")
    assert low < fitted.effect("event") < high
    assert low < -0.5 < high or abs(fitted.effect("event") + 0.5) < 0.12
    assert high < -0.2


def test_the_interval_covers_nil_about_as_often_as_it_should() -> None:
    covered = []
    for seed in range(16):
        logs = series(100 + seed)
        low, high = fit(logs, {"event": dummy(len(logs), 90, 110)}).interval("event")
        covered.append(low < 0 < high)
    assert sum(covered) >= 13


def test_the_profile_is_wider_than_a_fixed_variance_would_say_but_not_much() -> None:
    logs = series(7)
    fitted = fit(logs, {"event": dummy(len(logs), 90, 110)})
    low, high = fitted.interval("event")
    assert 0.9 < (high - low) / (2 * 1.96 * fitted.error("event")) < 1.6


def test_smoothing_bridges_a_gap() -> None:
    logs = series(3)
    hidden = logs.copy()
    hidden[80:86] = np.nan
    signal = fit(hidden, {}).smooth()
    assert np.abs(signal[80:86] - logs[80:86]).max() < 0.3
    assert not np.isnan(signal).any()


def test_regressors_that_cannot_be_told_apart_fail() -> None:
    logs = series()
    column = dummy(len(logs), 90, 95)
    with pytest.raises(FitFailed):
        fit(logs, {"one": column, "other": column.copy()})


def test_a_constant_series_gives_no_figure() -> None:
    with pytest.raises(FitFailed):
        fit(np.zeros(120), {"event": dummy(120, 60, 66)})


def test_a_search_that_does_not_end_gives_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    logs = series()
    column = dummy(len(logs), 90, 96)
    assert np.isfinite(fit(logs, {"event": column}).effect("event"))
    monkeypatch.setattr(structural, "MOST_STEPS", 4)
    with pytest.raises(FitFailed):
        fit(logs, {"event": column})


def test_a_series_with_a_month_beyond_all_numbers_gives_no_figure() -> None:
    logs = series()
    logs[50] = np.inf
    with pytest.raises(FitFailed):
        fit(logs, {"event": dummy(len(logs), 90, 96)})


def test_an_interval_without_an_end_gives_no_figure() -> None:
    logs = series()
    fitted = fit(logs, {"event": dummy(len(logs), 90, 96)})
    best = fitted.best
    endless = Trial(
        best.ratios,
        best.likelihood,
        best.effects,
        best.unscaled * 1e9,
        best.squares,
        best.freedom,
        best.determinant - 20.0,
    )
    wide = Fit(fitted.names, best, (best, endless), fitted.filter, fitted.columns)
    with pytest.raises(FitFailed):
        wide.interval("event")


def test_a_short_series_is_refused() -> None:
    with pytest.raises(TooFewMonths):
        fit(series()[:30], {})


def test_a_regressor_without_any_month_seen_is_left_out() -> None:
    logs = series()
    logs[90:95] = np.nan
    assert fit(logs, {"hidden": dummy(len(logs), 90, 95)}).names == ()
