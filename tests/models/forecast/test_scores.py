"""Scores on cases whose answer is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.models.forecast.scores import brier, calibration_error, crps, log_score, pit, reliability


def test_scores_of_certain_answers() -> None:
    said, came = np.array([1.0, 0.0, 0.5, 0.5]), np.array([1.0, 0.0, 1.0, 0.0])
    assert brier(said, came) == pytest.approx(0.125)
    assert log_score(np.array([0.5, 0.5]), np.array([1.0, 0.0])) == pytest.approx(np.log(2))
    assert log_score(np.array([0.0]), np.array([1.0])) == pytest.approx(-np.log(0.01))
    assert calibration_error(said, came) == pytest.approx(0)


def test_reliability_counts_every_case_once() -> None:
    table = reliability(np.array([0.05, 0.95, 1.0, 0.55]), np.array([0, 1, 0, 1]))
    assert table["count"].tolist() == [1, 1, 2]
    assert table["low"].tolist() == pytest.approx([0.0, 0.5, 0.9])
    assert table["came"].tolist() == [0.0, 1.0, 0.5]


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30), st.integers(0, 1000))
def test_crps_equals_its_definition(totals: list[int], actual: int) -> None:
    drawn = np.array(totals, dtype=float)
    between = np.abs(drawn[:, None] - drawn[None, :]).mean()
    assert crps(drawn, actual) == pytest.approx(np.abs(drawn - actual).mean() - between / 2)
    assert crps(drawn, actual) >= -1e-9


def test_pit_is_the_place_in_the_cloud() -> None:
    drawn = np.array([1.0, 2.0, 3.0, 4.0])
    assert (pit(drawn, 0), pit(drawn, 2.5), pit(drawn, 3), pit(drawn, 9)) == (0, 0.5, 0.625, 1)
