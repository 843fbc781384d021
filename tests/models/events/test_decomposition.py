"""The change between two years splits into parts that add up exactly."""

import numpy as np
import pytest

from crossings.models.events.baseline import Fitted, baselines
from crossings.models.events.decomposition import PARTS, balance, decompose, years_possible
from crossings.models.events.design import exchange_rates
from crossings.models.events.errors import YearOutside
from crossings.tables import flows
from crossings.tables.flows import Flow, Published
from crossings.tables.totals import annual_totals

KJ = Flow.KOREANS_TO_JAPAN


@pytest.fixture(scope="module")
def published() -> Published:
    return flows.load()


@pytest.fixture(scope="module")
def fits(published: Published) -> dict[Flow, Fitted]:
    return baselines(published, exchange_rates())


@pytest.mark.parametrize("flow", list(Flow))
@pytest.mark.parametrize(
    ("first", "second"), [(2018, 2025), (2018, 2019), (2025, 2018), (2019, 2021), (2010, 2011)]
)
def test_the_parts_add_up(
    published: Published, fits: dict[Flow, Fitted], flow: Flow, first: int, second: int
) -> None:
    found = decompose(fits, flow=flow, first=first, second=second)
    totals = annual_totals(published.series(flow))
    assert found.later - found.earlier == pytest.approx(totals[second] - totals[first])
    assert found.parts["visitors"].sum() == pytest.approx(found.later - found.earlier, abs=1e-3)
    assert list(found.parts.index) == list(PARTS)
    joined = sum(table["visitors"] for table in found.by_direction.values())
    assert np.allclose(joined, found.parts["visitors"])


def test_the_other_way_round_is_the_same_with_the_other_sign(fits: dict[Flow, Fitted]) -> None:
    there = decompose(fits, flow=KJ, first=2018, second=2025).parts["visitors"]
    back = decompose(fits, flow=KJ, first=2025, second=2018).parts["visitors"]
    assert np.allclose(there, -back)


def test_2019_was_mostly_events(fits: dict[Flow, Fitted]) -> None:
    parts = decompose(fits, flow=KJ, first=2018, second=2019).parts
    assert parts["visitors"].idxmin() == "events"
    assert parts["high"]["events"] < 0


def test_closed_borders_have_no_interval(fits: dict[Flow, Fitted]) -> None:
    parts = decompose(fits, flow=KJ, first=2019, second=2020).parts
    assert parts["visitors"]["events"] < -4_000_000
    assert np.isnan(parts.loc[["events", "trend"], ["low", "high"]].to_numpy()).all()
    assert np.isfinite(parts.loc[["exchange_rate", "calendar"], ["low", "high"]].to_numpy()).all()


def test_a_year_still_running_is_compared_month_for_month(
    published: Published, fits: dict[Flow, Fitted]
) -> None:
    last = published.last_month
    found = decompose(fits, flow=Flow.BOTH, first=last.year - 1, second=last.year)
    assert found.months == tuple(range(1, last.month + 1))


@pytest.mark.parametrize(("first", "second"), [(2018, 2018), (1990, 2018), (2018, 2040)])
def test_years_outside_are_named(fits: dict[Flow, Fitted], first: int, second: int) -> None:
    with pytest.raises(YearOutside):
        decompose(fits, flow=KJ, first=first, second=second)


def test_years_possible_end_with_the_figures(published: Published, fits: dict[Flow, Fitted]) -> None:
    assert years_possible(fits, flow=Flow.BOTH)[0] == 2005
    assert years_possible(fits, flow=KJ)[0] == 2000
    assert years_possible(fits, flow=KJ)[-1] == published.last_month.year


def test_balance_turned_in_favour_of_koreans(published: Published) -> None:
    ratio = balance(published)["ratio"]
    assert ratio["2006-12"] < 1 < ratio["2018-12"]
    assert ratio["2018-12"] == pytest.approx(7_538_952 / 2_948_527)
