"""The calendar's part of a change adds up and is honest about what it cannot tell."""

import pandas as pd
import pytest

from crossings.models.events.baseline import baselines
from crossings.models.events.calendar import (
    CalendarFit,
    calendar_fits,
    calendar_part,
    change_without_calendar,
)
from crossings.models.events.design import calendar_term, exchange_rates, value_at
from crossings.models.events.errors import MonthOutside
from crossings.tables import flows
from crossings.tables.flows import Flow, Published

JK, KJ = Flow.JAPANESE_TO_KOREA, Flow.KOREANS_TO_JAPAN


@pytest.fixture(scope="module")
def published() -> Published:
    return flows.load()


@pytest.fixture(scope="module")
def fits(published: Published) -> dict[Flow, CalendarFit]:
    return calendar_fits(baselines(published, exchange_rates()))


@pytest.mark.parametrize("flow", list(Flow))
@pytest.mark.parametrize("month", ["2026-02", "2025-01", "2024-10", "2026-08", "2019-02"])
def test_the_parts_add_up(
    published: Published, fits: dict[Flow, CalendarFit], flow: Flow, month: str
) -> None:
    found = calendar_part(fits, flow=flow, month=pd.Period(month, "M"))
    series = published.series(flow)
    now, before = (value_at(series, pd.Period(month, "M") - back) for back in (0, 12))
    assert found.change == pytest.approx(now / before - 1)
    assert found.without + found.part == pytest.approx(found.change)
    assert found.parts["part"].sum() == pytest.approx(found.part)
    assert found.interval[0] <= found.part <= found.interval[1]


def test_seollal_moved_into_february_2026(published: Published, fits: dict[Flow, CalendarFit]) -> None:
    found = calendar_part(fits, flow=JK, month=pd.Period("2026-02", "M"))
    assert list(found.parts.index) == ["seollal"]
    assert -0.10 < found.part < -0.02
    assert found.clear
    other = calendar_part(fits, flow=KJ, month=pd.Period("2026-02", "M"))
    assert not other.clear


def test_nothing_moved_means_no_part(published: Published, fits: dict[Flow, CalendarFit]) -> None:
    found = calendar_part(fits, flow=KJ, month=pd.Period("2026-07", "M"))
    assert found.part == 0
    assert not found.clear
    assert found.parts.empty


@pytest.mark.parametrize("month", ["2021-05", "2023-03", "2005-03", "2026-12"])
def test_months_that_cannot_be_compared(
    published: Published, fits: dict[Flow, CalendarFit], month: str
) -> None:
    with pytest.raises(MonthOutside):
        calendar_part(fits, flow=JK, month=pd.Period(month, "M"))


@pytest.mark.parametrize("flow", list(Flow))
def test_the_series_says_the_same_as_the_month(
    published: Published, fits: dict[Flow, CalendarFit], flow: Flow
) -> None:
    month = pd.Period("2025-02", "M")
    table = change_without_calendar(fits, flow=flow)
    found = calendar_part(fits, flow=flow, month=month)
    assert value_at(table["change"], month) == pytest.approx(found.change)
    assert value_at(table["without"], month) == pytest.approx(found.without)


def test_terms_have_no_season_left() -> None:
    months = pd.period_range("2000-01", "2030-12", freq="M")
    term = pd.Series(calendar_term("seollal", months), index=months)
    assert term.groupby(months.month).mean().abs().max() < 1e-12
    assert value_at(term, pd.Period("2026-02", "M")) > value_at(term, pd.Period("2025-02", "M"))
