"""What others forecast in public, scored beside the projection of the same month and two simple rules.

The list holds forecasts, targets and expectations of ministries, tourism organisations, institutes and the press.
It can show how far apart they lay; it cannot show who is better: what survives in print favours hits, a handful of
years carry many rows, and the projection's model was made after those years.
"""

import re
from collections.abc import Hashable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from crossings.models.forecast.backtest import RULES, TrackRecord
from crossings.models.forecast.milestone import MONTHS, milestone
from crossings.models.forecast.projection import FIRST_AS_OF, Projection
from crossings.tables.flows import DIRECTIONS, Flow, read_table

TABLE = "public_forecasts"
FIGURES = ("low", "point", "high")
PERSONS = "persons"
FORECAST_KINDS = ("model forecast", "official expectation", "press or industry expectation")
RELEASE_DAY = 16  # from that day of a month on, the month before it is published
LONG_LEAD_MONTHS = 3


def public_forecasts(folder: Path | None = None) -> pd.DataFrame:
    """Read the committed list, text cells but for low, point and high. Raises DataMissing or DataDamaged."""
    return typed(read_table(TABLE, folder=folder))


def messages() -> list[str]:
    """Return who named the figures that a page shows, for the catalogues."""
    return sorted(set(comparable(public_forecasts())["institution"]))


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """Return the list with its figures as numbers, NaN where none was named."""
    return table.assign(**{name: pd.to_numeric(table[name], errors="coerce") for name in FIGURES})


def as_of_month(said_on: str) -> pd.Period | None:
    """Return the last month that was published on a day YYYY-MM-DD, or surely published in a month YYYY-MM.

    None for a bare year: what was known then cannot be told.
    """
    parts = said_on.split("-")
    if len(parts) < 2:
        return None
    month = pd.Period(f"{parts[0]}-{parts[1]}", freq="M")
    return month - (1 if len(parts) == 3 and int(parts[2]) >= RELEASE_DAY else 2)


def comparable(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows about a calendar year's persons of one of this app's flows, with as_of, a Period, and year.

    Left out: other flows, growth rates, other spans, rows without a month, and rows said before projections begin
    or once the year's last month was out.
    """
    rows = table[
        table["flow"].isin([flow.value for flow in Flow])
        & (table["unit"] == PERSONS)
        & table["period"].map(lambda period: re.fullmatch(r"\d{4}", period) is not None)
    ]
    rows = rows.assign(as_of=rows["published"].map(as_of_month), year=rows["period"].astype(int))
    rows = rows[rows["as_of"].notna()]
    early = [month >= FIRST_AS_OF for month in rows["as_of"]]
    lead = [lead_months(month, year) for month, year in zip(rows["as_of"], rows["year"], strict=True)]
    within = [0 < months <= 3 * MONTHS - 1 for months in lead]
    found: pd.DataFrame = rows.assign(lead=lead).loc[
        np.array(early, dtype=bool) & np.array(within, dtype=bool)
    ]
    return found


def lead_months(as_of: pd.Period, year: int) -> int:
    """Return how many months of a year, and before it, are not known at as_of."""
    return (year - as_of.year) * MONTHS + MONTHS - as_of.month


def scored(table: pd.DataFrame, record: TrackRecord) -> pd.DataFrame:
    """Return each figure about a year that is over beside the record's answer of the same as-of month.

    Columns of `comparable`, and in visitors actual, median, low_80, high_80, last_year, year_to_date; bound_held:
    whether a floor or ceiling held, None without one. Figures of months that the record leaves out (February 2020
    to December 2022) have no such answer and are left out.
    """
    columns = ["month", "flow", "year", "actual", "median", "low_80", "high_80", *RULES]
    said = record.answers.rename(columns={"as_of": "month"})[columns]
    rows = comparable(table)
    rows = rows.assign(month=rows["as_of"].astype(str)).merge(said, on=["month", "flow", "year"])
    return rows.assign(bound_held=pd.Series(_held(rows), dtype=object))


def _held(rows: pd.DataFrame) -> list[bool | None]:
    """Return whether what came kept the floor and the ceiling named, None without either."""
    unbound = rows["low"].isna() & rows["high"].isna()
    held = ~(rows["actual"] < rows["low"]) & ~(rows["actual"] > rows["high"])
    return [None if free else bool(kept) for free, kept in zip(unbound, held, strict=True)]


def _share_within(totals: np.ndarray, low: float, high: float) -> float:
    """Return the share of totals that a floor, a ceiling or both allow, NaN without either."""
    if np.isnan(low) and np.isnan(high):
        return float("nan")
    floor, ceiling = (-np.inf if np.isnan(low) else low), (np.inf if np.isnan(high) else high)
    return float(np.mean((totals >= floor) & (totals <= ceiling)))


def still_open(table: pd.DataFrame, projection: Projection) -> pd.DataFrame:
    """Return the figures about years that are not over, with the chance we give each of them now.

    probability: the share of futures that reach the point, or keep the floor and ceiling where no point was named.
    """
    rows = comparable(table)
    rows = rows[(rows["year"] >= projection.months[0].year) & (rows["as_of"] <= projection.as_of)]
    rows = rows[rows["year"] <= projection.months[-1].year]
    chances = [
        _chance(milestone(projection, flow=Flow(row["flow"]), year=int(row["year"]), mark=1).totals, row)
        for row in rows.to_dict("records")
    ]
    return rows.assign(probability=np.array(chances, dtype=float))


def _chance(totals: np.ndarray, row: Mapping[Hashable, object]) -> float:
    low, point, high = (float(str(row[name])) for name in FIGURES)
    return float(np.mean(totals >= point)) if not np.isnan(point) else _share_within(totals, low, high)


def errors(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the absolute errors, in shares of what came, of every row with a point forecast; targets are left out."""
    points = rows[rows["point"].notna() & rows["kind"].isin(FORECAST_KINDS)]
    named = {
        "institution": "point",
        "projection": "median",
        "last_year": "last_year",
        "year_to_date": "year_to_date",
    }
    return points[["key", "flow", "year", "as_of", "lead"]].assign(
        **{
            f"{name}_error": (points[column] / points["actual"] - 1.0).abs() for name, column in named.items()
        },
        held_80=(points["low_80"] <= points["actual"]) & (points["actual"] <= points["high_80"]),
    )


def by_lead(rows: pd.DataFrame) -> pd.DataFrame:
    """Return median errors by lead, under three months and from three on, bilateral point forecasts only.

    One row a lead: count, the four median errors (shares), institution_nearer and held_80 (counts).
    """
    found = errors(rows[rows["flow"].isin([flow.value for flow in DIRECTIONS])])
    found = found.assign(
        long_lead=found["lead"] >= LONG_LEAD_MONTHS,
        nearer=found["institution_error"] < found["projection_error"],
    )
    groups = found.groupby("long_lead")
    medians = groups[[name for name in found.columns if name.endswith("_error")]].median()
    return medians.assign(
        count=groups.size(), institution_nearer=groups["nearer"].sum(), held_80=groups["held_80"].sum()
    ).reset_index()
