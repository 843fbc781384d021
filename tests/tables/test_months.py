"""The calendar against dates everyone can look up."""

import calendar
from datetime import date

import numpy as np
import pandas as pd
import pytest

from crossings.tables import months

YEAR_2025 = pd.period_range("2025-01", "2025-12", freq="M")


@pytest.mark.parametrize(
    ("feast", "day"),
    [
        ("seollal", date(2025, 1, 29)),
        ("seollal", date(1996, 2, 19)),
        ("chuseok", date(2025, 10, 6)),
        ("easter", date(2024, 3, 31)),
        ("eid_al_fitr", date(2025, 3, 31)),
    ],
)
def test_moving_feasts(feast: str, day: date) -> None:
    assert day in months.feast_days(feast)


@pytest.mark.parametrize("feast", ["seollal", "chuseok", "easter"])
def test_a_feast_comes_once_a_year_and_its_days_add_up(feast: str) -> None:
    span = pd.period_range("2000-01", "2030-12", freq="M")
    assert [day.year for day in months.feast_days(feast)] == list(months.YEARS)
    shares = months.feast_share(feast, span)
    assert shares.sum() == pytest.approx(31)
    assert shares.reshape(31, 12).sum(axis=1) == pytest.approx(np.ones(31))


def test_seollal_2025_straddles_two_months() -> None:
    assert months.feast_share("seollal", YEAR_2025)[:2] == pytest.approx([6 / 7, 1 / 7])


def test_golden_week_and_obon() -> None:
    assert months.golden_week_days(YEAR_2025).tolist() == [0, 0, 0, 2, 5, 0, 0, 0, 0, 0, 0, 0]
    assert months.obon_days(YEAR_2025).sum() == 5
    assert months.obon_days(YEAR_2025)[7] == 5


def test_weekend_days_equal_a_count_by_hand() -> None:
    span = pd.period_range("1996-01", "2030-12", freq="M")
    by_hand = [
        sum(calendar.weekday(m.year, m.month, day) >= 5 for day in range(1, m.days_in_month + 1))
        for m in span
    ]
    assert months.weekend_days(span).tolist() == by_hand
