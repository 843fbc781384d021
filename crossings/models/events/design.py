"""A flow made ready for the models: logarithms without the closed borders, and the regressors that go with it."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

from crossings.errors import N_
from crossings.models.arithmetic import log
from crossings.models.events.errors import TooFewMonths
from crossings.tables import months as calendar
from crossings.tables.flows import DataDamaged, Flow, Published, read_table

Data = TypeVar("Data", pd.Series, pd.DataFrame)
RECORDS = Path(__file__).with_name("interventions.toml")
RATE_MONTHS = 6
SMALLEST = 0.5
CALENDAR = {
    Flow.KOREANS_TO_JAPAN: ("seollal", "chuseok", "weekends", "leap_day"),
    Flow.JAPANESE_TO_KOREA: ("seollal", "chuseok", "golden_week", "obon", "weekends", "leap_day"),
    Flow.BOTH: ("seollal", "chuseok", "golden_week", "obon", "weekends", "leap_day"),
}
ORIGIN_CALENDAR = ("seollal", "chuseok", "easter", "eid_al_fitr", "weekends", "leap_day")
RATE = "exchange_rate"


def month_index(data: pd.Series | pd.DataFrame) -> pd.PeriodIndex:
    """Return the months a series or table is indexed by."""
    return cast(pd.PeriodIndex, data.index)


def every_month(data: Data) -> Data:
    """Return a series or table over every month from its first to its last, gaps NaN."""
    months = month_index(data)
    if not len(months):
        return data
    return data.reindex(pd.period_range(months.min(), months.max(), freq="M"))


def value_at(series: pd.Series, month: pd.Period) -> float:
    """Return a series' value in a month."""
    return float(cast(Any, series)[month])


@lru_cache(maxsize=1)
def records() -> dict[str, Any]:
    """Return the records of interventions.toml: closed borders, interventions with their shape and source."""
    return tomllib.loads(RECORDS.read_text("utf-8"))


def closed_months(flow: str) -> tuple[pd.Period, pd.Period]:
    """Return the first and last month of closed borders, left out of every fit, of a flow or of other origins."""
    spans = records()["closed"]
    row = next((span for span in spans if span["flow"] == flow), None) or next(
        s for s in spans if s["flow"] == "other"
    )
    return pd.Period(row["first"], "M"), pd.Period(row["last"], "M")


def exchange_rates(folder: Path | None = None) -> pd.Series:
    """Return won per yen by month (complete months). Raises DataMissing or DataDamaged."""
    table = read_table("exchange_rates", folder=folder)
    try:
        whole = table[table["complete"] == "yes"]
        months = pd.PeriodIndex(whole["month"], freq="M")
        rates = pd.Series(pd.to_numeric(whole["krw_per_jpy"]).to_numpy(), index=months)
        return every_month(rates.sort_index())
    except (KeyError, ValueError) as fault:
        raise DataDamaged(
            N_("The table {name} cannot be read ({fault}). Restore it from the project."),
            name="exchange_rates.csv",
            fault=fault,
        ) from fault


def rate_term(rates: pd.Series, months: pd.PeriodIndex) -> np.ndarray:
    """Return the logarithm of won per yen, mean of the month and the five before, NaN where one is missing."""
    logs = pd.Series(log(rates), index=rates.index).rolling(RATE_MONTHS).mean()
    return np.asarray(logs.reindex(months), dtype=float)


def calendar_term(name: str, months: pd.PeriodIndex) -> np.ndarray:
    """Return one calendar regressor: its value less the usual value of that month of the year, 2000 to 2030."""
    wide = pd.period_range(
        min(months[0], pd.Period("2000-01", "M")), max(months[-1], pd.Period("2030-12", "M")), freq="M"
    )
    values = np.asarray(_calendar_value(name, wide), dtype=float)
    usual = np.asarray((wide.year >= 2000) & (wide.year <= 2030))
    month = np.asarray(wide.month)
    mean = np.array([values[usual & (month == one)].mean() for one in range(1, 13)])
    away: np.ndarray = (values - mean[month - 1])[wide.get_indexer(months)]
    return away


def _calendar_value(name: str, months: pd.PeriodIndex) -> np.ndarray:
    if name == "golden_week":
        return calendar.golden_week_days(months)
    if name == "obon":
        return calendar.obon_days(months)
    if name == "weekends":
        return calendar.weekend_days(months).astype(float)
    if name == "leap_day":
        return np.asarray((months.month == 2) & (months.days_in_month == 29), dtype=float)
    return calendar.feast_share(name, months)


@dataclass(frozen=True)
class Material:
    """One flow or origin as the models use it.

    visitors: monthly persons, gaps NaN. logs: their logarithm, closed borders NaN. terms: regressors by name.
    """

    flow: str
    visitors: pd.Series
    logs: pd.Series
    terms: dict[str, np.ndarray]

    @property
    def months(self) -> pd.PeriodIndex:
        return month_index(self.logs)


def flow_material(published: Published, rates: pd.Series, *, flow: Flow) -> Material:
    """Return a Korea-Japan flow with its calendar and exchange-rate terms, from the first month they share.

    Months without a known rate are left out of the fit.
    """
    visitors = every_month(published.series(flow))
    known = rate_term(rates, month_index(visitors))
    visitors = visitors.iloc[int(np.argmax(~np.isnan(known))) :]
    months = month_index(visitors)
    terms = {name: calendar_term(name, months) for name in CALENDAR[flow]}
    terms[RATE] = rate_term(rates, months)
    logs = masked_logs(visitors, flow.value).where(~np.isnan(terms[RATE]))
    return Material(flow.value, visitors, logs, terms)


def origin_material(published: Published, *, origin: str, destination: str) -> Material:
    """Return another origin's visitors to a country with its calendar terms. Raises TooFewMonths if unknown."""
    table = published.visitors
    rows = (
        table[(table["origin"] == origin) & (table["destination"] == destination)]
        .set_index("month")
        .sort_index()
    )
    if rows.empty:
        raise TooFewMonths(
            N_("Only {months} months can be used here; an estimate needs at least {needed}."),
            months=0,
            needed=36,
        )
    visitors = every_month(rows["visitors"])
    name = f"{origin}-{destination}"
    terms = {term: calendar_term(term, month_index(visitors)) for term in ORIGIN_CALENDAR}
    return Material(name, visitors, masked_logs(visitors, name), terms)


def masked_logs(visitors: pd.Series, flow: str) -> pd.Series:
    """Return the logarithm of visitors with the closed borders as NaN."""
    first, last = closed_months(flow)
    logs = pd.Series(log(visitors.clip(lower=SMALLEST)), index=visitors.index)
    logs.loc[first:last] = np.nan
    return logs
