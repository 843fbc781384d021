"""The calendar behind a month: moving feasts, Japan's long holidays and weekends."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd

MONTH_PATTERN = r"(?:19|20)[0-9]{2}-(0[1-9]|1[0-2])"
YEARS = range(1990, 2041)
WINDOW_DAYS = 3
FEASTS = {
    "seollal": ("KR", "Korean New Year"),
    "chuseok": ("KR", "Chuseok"),
    "eid_al_fitr": ("ID", "Eid al-Fitr"),
}


def year_of(text: str) -> int:
    """Return a year of up to four digits. Raises ValueError."""
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError(text)
    return int(text)


def year_months(year: int) -> pd.PeriodIndex:
    """Return the twelve months of a calendar year."""
    return pd.period_range(pd.Period(year=year, month=1, freq="M"), periods=12, freq="M")


@lru_cache(maxsize=8)
def feast_days(feast: str) -> tuple[date, ...]:
    """Return the day of a moving feast in 1990 to 2040 (Eid al-Fitr can fall twice in a year).

    feast: seollal (the Chinese New Year is at most a day apart), chuseok, eid_al_fitr or easter.
    Dates: the PyPI packages holidays and python-dateutil.
    """
    if feast == "easter":
        from dateutil.easter import easter  # type: ignore[import-untyped]

        return tuple(easter(year) for year in YEARS)
    import holidays

    country, name = FEASTS[feast]
    days = holidays.country_holidays(country, years=YEARS, language="en_US")
    return tuple(sorted(day for day, names in days.items() if name in _plain(names)))


def _plain(names: str) -> set[str]:
    return {name.strip().removesuffix(" (estimated)") for name in names.split(";")}


def feast_share(feast: str, months: pd.PeriodIndex) -> np.ndarray:
    """Return the share (0 to 1) of a feast's seven days, three before to three after, in each month."""
    return _share((_around(day) for day in feast_days(feast)), months, days=2 * WINDOW_DAYS + 1)


def golden_week_days(months: pd.PeriodIndex) -> np.ndarray:
    """Return the days off of Golden Week's run (29 April to 5 May, with the weekends it touches) in each month."""
    return _share((_golden_week(year) for year in YEARS), months, days=1)


def obon_days(months: pd.PeriodIndex) -> np.ndarray:
    """Return the days off around Obon (13 to 16 August, with the weekends it touches) in each month."""
    return _share((_with_weekends(date(year, 8, 13), date(year, 8, 16)) for year in YEARS), months, days=1)


def weekend_days(months: pd.PeriodIndex) -> np.ndarray:
    """Return the number of Saturdays and Sundays in each month."""
    first = np.array([month.start_time.day_of_week for month in months])
    length = np.asarray(months.days_in_month)
    extra = (first[:, None] + np.arange(3)) % 7 >= 5
    counts: np.ndarray = 8 + (extra & (np.arange(3) < (length - 28)[:, None])).sum(axis=1)
    return counts


def _around(day: date) -> list[date]:
    return [day + timedelta(step) for step in range(-WINDOW_DAYS, WINDOW_DAYS + 1)]


def _golden_week(year: int) -> list[date]:
    return _with_weekends(date(year, 4, 29), date(year, 5, 5))


def _with_weekends(first: date, last: date) -> list[date]:
    while (first - timedelta(1)).weekday() >= 5:
        first -= timedelta(1)
    while (last + timedelta(1)).weekday() >= 5:
        last += timedelta(1)
    return [first + timedelta(step) for step in range((last - first).days + 1)]


def _share(spans: Iterable[list[date]], months: pd.PeriodIndex, *, days: int) -> np.ndarray:
    place = {(month.year, month.month): number for number, month in enumerate(months)}
    shares = np.zeros(len(months))
    for span in spans:
        for day in span:
            number = place.get((day.year, day.month))
            if number is not None:
                shares[number] += 1 / days
    return shares
