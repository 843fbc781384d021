"""Where exchanges stand: the sums people quote, worked out from a monthly series."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from crossings.tables.flows import DIRECTIONS, Flow, Published

MILLION = 1_000_000
FIRST_MARK = 10_000_000  # visitors both ways in a year, where no mark is chosen


def mark_in_sight(published: Published, flow: Flow) -> int:
    """Return the round mark to read a year's sum against: 10 million both ways, else the last million reached."""
    if flow is Flow.BOTH:
        return FIRST_MARK
    month = published.last_month
    to_date = year_to_date(published.series(flow), year=month.year, month=month.month) or 0.0
    return max(int(to_date // MILLION), 1) * MILLION


def year_to_date(series: pd.Series, *, year: int, month: int) -> float | None:
    """Return January to `month` of a year in persons, or None where one of those months is missing."""
    months = series.reindex(pd.period_range(f"{year}-01", f"{year}-{month:02}", freq="M"))
    return None if months.isna().any() else float(months.sum())


def annual_totals(series: pd.Series) -> pd.Series:
    """Return persons by full calendar year; years with a missing month are left out."""
    by_year = series.groupby(_index(series).year)
    return by_year.sum()[by_year.count() == 12]


def cumulative(series: pd.Series) -> pd.DataFrame:
    """Return year, month and visitors since January of that year; a year stops at its first gap."""
    index = _index(series)
    table = pd.DataFrame({"year": index.year, "month": index.month, "visitors": series.to_numpy()})
    table = table[table.groupby("year")["month"].transform("min") == 1]
    table["visitors"] = table.groupby("year")["visitors"].cumsum(skipna=False)
    return table.dropna().reset_index(drop=True)


def rolling_year(series: pd.Series) -> pd.Series:
    """Return the sum of the last twelve months at each month, NaN where one is missing."""
    return series.rolling(12).sum()


def change_on_year(series: pd.Series) -> pd.Series:
    """Return each month's change on the same month a year earlier as a share; NaN where it cannot be said."""
    earlier = series.shift(12)
    return (series / earlier.where(earlier > 0) - 1).rename("change")


def month_reached(series: pd.Series, *, year: int, mark: float) -> int | None:
    """Return the month of a year in which the sum since January first reaches the mark, or None."""
    rows = cumulative(series[_index(series).year == year])
    reached = rows[rows["visitors"] >= mark]
    return int(reached["month"].iloc[0]) if len(reached) else None


def share_change(now: float | None, before: float | None) -> float | None:
    """Return now against before as a share, or None where either is missing or before is nil."""
    return None if now is None or not before else now / before - 1


@dataclass(frozen=True)
class Standing:
    """The figures of one flow up to its last month; persons, and shares for changes; None where missing.

    latest_changes, to_date_change: by the year compared with.
    """

    flow: Flow
    month: pd.Period
    latest: float
    latest_change: float | None
    latest_changes: dict[int, float | None]
    to_date: float
    to_date_change: dict[int, float | None]
    rolling: float | None
    rolling_change: float | None
    record_month: bool
    status: str


@lru_cache(maxsize=64)
def standing(
    published: Published, *, flow: Flow, month: pd.Period, against: tuple[int, ...] = (2018, 2019)
) -> Standing:
    """Return one flow's latest month, year to date (on last year and on named years) and rolling year."""
    series = published.series(flow).loc[:month]
    to_date = year_to_date(series, year=month.year, month=month.month) or 0.0
    earlier = {
        year: share_change(to_date, year_to_date(series, year=year, month=month.month))
        for year in (month.year - 1, *against)
    }
    latest_changes = {
        year: share_change(float(series.iloc[-1]), _value(series, month - 12 * (month.year - year)))
        for year in earlier
    }
    rolling = rolling_year(series)
    same_month = series[_index(series).month == month.month]
    return Standing(
        flow=flow,
        month=month,
        latest=float(series.iloc[-1]),
        latest_change=latest_changes[month.year - 1],
        latest_changes=latest_changes,
        to_date=to_date,
        to_date_change=earlier,
        rolling=_value(rolling, month),
        rolling_change=share_change(_value(rolling, month), _value(rolling, month - 12)),
        record_month=bool(series.iloc[-1] >= same_month.max()),
        status=str(published.status(flow).get(month)),
    )


def balance(published: Published, *, year: int, month: int) -> float | None:
    """Return Koreans to Japan per Japanese visitor to Korea, January to `month` of a year."""
    korean, japanese = (year_to_date(published.series(d), year=year, month=month) for d in DIRECTIONS)
    return korean / japanese if korean is not None and japanese else None


def _index(series: pd.Series) -> pd.PeriodIndex:
    return pd.PeriodIndex(series.index)


def _value(series: pd.Series, month: pd.Period) -> float | None:
    found = series.get(month)
    return None if found is None or pd.isna(found) else float(found)
