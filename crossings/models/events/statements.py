"""What was said about the totals, what the model would have said that day, and what came."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from crossings.errors import N_
from crossings.tables.flows import DataDamaged, Flow, Published, read_table
from crossings.tables.releases import day_due
from crossings.tables.totals import annual_totals

if TYPE_CHECKING:
    from crossings.models.forecast import Projection

FIRST_AS_OF = pd.Period("2010-01", "M")


@dataclass(frozen=True)
class Statement:
    """One statement of a total. persons: the figure named. kind: target, forecast, result or framing.

    year: the calendar year spoken of, None where none was named. known: the last month of the flow that had been
    published on that day.
    """

    day: date
    speaker: str
    text: str
    persons: float
    kind: str
    flow: Flow
    year: int | None
    counted: str
    source: str
    confidence: str

    @property
    def known(self) -> pd.Period:
        """The last month whose figures were out, by the offices' rhythm."""
        return known_month(self.day, self.flow)

    @property
    def forecastable(self) -> bool:
        """Whether the model can be asked what it would have said: a figure for a year not yet over."""
        return self.kind in ("forecast", "target") and self.year is not None and self.known >= FIRST_AS_OF


@dataclass(frozen=True)
class Judgement:
    """A statement beside the figures.

    came: the year's visitors as published now (None without a year or while it runs). passed: whether they reached the
    figure. first_reached: for a figure without a year, the first full year that reached it. probability, median,
    interval_80: the model's answer with what was known that day, None where it was not asked.
    """

    statement: Statement
    came: float | None
    passed: bool | None
    first_reached: int | None
    probability: float | None
    percent: float | None
    median: float | None
    interval_80: tuple[float, float] | None


def statements(folder: Path | None = None) -> tuple[Statement, ...]:
    """Return the statements on record, by day. Raises DataMissing or DataDamaged."""
    table = read_table("statements", folder=folder)
    try:
        rows = [
            Statement(
                day=date.fromisoformat(row["date"]),
                speaker=row["speaker"],
                text=row["statement"],
                persons=float(row["persons"]),
                kind=row["kind"],
                flow=Flow(row["flow"]),
                year=int(row["year"]) if row["year"] else None,
                counted=row["counted"],
                source=row["source"],
                confidence=row["confidence"],
            )
            for row in table.to_dict("records")
        ]
    except (KeyError, ValueError) as fault:
        raise DataDamaged(
            N_("The table {name} cannot be read ({fault}). Restore it from the project."),
            name="statements.csv",
            fault=fault,
        ) from fault
    return tuple(sorted(rows, key=lambda row: row.day))


def known_month(day: date, flow: Flow) -> pd.Period:
    """Return the last month of a flow that was out on a day.

    JNTO publishes on the third Wednesday of the following month, KTO at the end of it; both ways waits for the later.
    """
    month = pd.Period(day, "M")
    last_day = month.to_timestamp(how="end").date()
    release = day_due("JNTO", month - 1) if flow is Flow.KOREANS_TO_JAPAN else last_day
    return month - 1 if day >= release else month - 2


def judge(statement: Statement, published: Published, projection: "Projection | None") -> Judgement:
    """Compare a statement with the figures and, where given, with a projection made as of `statement.known`."""
    series = published.official.series(statement.flow)
    totals = {int(year): float(total) for year, total in annual_totals(series).items()}  # type: ignore[call-overload]
    came = None if statement.year is None else totals.get(statement.year)
    reached = [year for year, total in totals.items() if total >= statement.persons]
    asked = _asked(statement, projection)
    return Judgement(
        statement=statement,
        came=came,
        passed=None if came is None else came >= statement.persons,
        first_reached=min(reached) if statement.year is None and reached else None,
        probability=asked[0],
        percent=asked[1],
        median=asked[2],
        interval_80=asked[3],
    )


def _asked(
    statement: Statement, projection: "Projection | None"
) -> tuple[float | None, float | None, float | None, tuple[float, float] | None]:
    if projection is None or not statement.forecastable or statement.year is None:
        return None, None, None, None
    from crossings.models.forecast.milestone import milestone

    result = milestone(projection, flow=statement.flow, year=statement.year, mark=int(statement.persons))
    return result.probability, result.percent, result.median, result.interval_80
