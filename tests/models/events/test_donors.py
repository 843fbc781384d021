"""A mix of other origins stands in for the flow."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.models.events.donors import _projected, compare
from crossings.models.events.errors import TooFewMonths
from crossings.models.events.interventions import intervention
from crossings.tables import flows
from crossings.tables.flows import Flow, Published

KJ = Flow.KOREANS_TO_JAPAN


@pytest.fixture(scope="module")
def published() -> Published:
    return flows.load()


def test_the_boycott_was_not_shared_by_others(published: Published) -> None:
    found = compare(published, flow=KJ, intervention=intervention("boycott-2019"))
    assert -0.75 < found.effect < -0.5
    assert found.place == 1
    assert not found.donors_moved
    assert found.weights.sum() == pytest.approx(1, abs=0.05)


def test_the_earthquake_was(published: Published) -> None:
    found = compare(published, flow=KJ, intervention=intervention("earthquake-2011"))
    assert found.donors_moved
    assert found.place > found.of / 4


def test_both_ways_cannot_be_compared(published: Published) -> None:
    with pytest.raises(TooFewMonths):
        compare(published, flow=Flow.BOTH, intervention=intervention("boycott-2019"))


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=20))
def test_weights_are_never_negative_and_sum_to_one(point: list[float]) -> None:
    weights = _projected(np.array(point))
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1)


def test_growth_covers_the_event(published: Published) -> None:
    found = compare(published, flow=KJ, intervention=intervention("boycott-2019"))
    assert list(found.months) == list(pd.period_range("2019-08", "2019-12", freq="M"))
    assert set(found.growth) == {"flow", "mix"}
