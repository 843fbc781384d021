"""The track record as one question sees it: one flow, one part of the record, one year asked about."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

import pandas as pd

from crossings.models.forecast import backtest
from crossings.models.forecast.backtest import TrackRecord
from crossings.tables.flows import Flow

Era = Literal["since 2023", "before 2020", "pandemic"]
ERAS: tuple[Era, ...] = get_args(Era)
LIKELY, UNLIKELY = 0.595, 0.405
MONTHS = 12


class YearAsked(StrEnum):
    """Which year an answer was about: the one then running, the one after it, or the one after that."""

    RUNNING = "running"
    NEXT = "next"
    TWO_AHEAD = "two-ahead"


def asked_alike(year: int, as_of: pd.Period) -> dict[str, str]:
    """Return which part of the record holds answers about a year with as many months known: values of its address."""
    begun = as_of + 1
    ahead, months = year - begun.year, begun.month - 1
    kinds = list(YearAsked)
    if not 0 <= ahead < len(kinds):
        return {}
    return {"era": ERAS[0], "asked": kinds[ahead].value, "months": str(months)}


@dataclass(frozen=True)
class HitRate:
    """Of so many probabilities of one kind, the share of marks that were passed (None where there are none)."""

    count: int
    passed: float | None

    @classmethod
    def of(cls, marks: pd.DataFrame) -> "HitRate":
        """Return the rate of some answers about marks."""
        return cls(len(marks), float(marks["passed"].mean()) if len(marks) else None)


@dataclass(frozen=True, eq=False)
class Selection:
    """The answers of one flow, era and year asked about, with their scores.

    by_month: one row a month of the year known then (of the running year, where the next one was asked
    about), columns as in backtest.interval_scores. intervals: the same over all months.
    probabilities: as in backtest.probability_scores, None where every mark was settled already. certain: marks
    that were as good as certain, as in backtest.certain_scores, None where there were none.
    """

    flow: Flow
    era: Era
    year_asked: YearAsked
    answers: pd.DataFrame
    marks: pd.DataFrame
    by_month: pd.DataFrame
    intervals: "pd.Series[float]"
    probabilities: "pd.Series[float] | None"
    certain: "pd.Series[float] | None"

    @property
    def hits(self) -> "tuple[HitRate, HitRate]":
        """How often a mark was passed that was called likely or more, and one that was called unlikely or less."""
        asked = self.marks[backtest.is_open(self.marks)]
        return (
            HitRate.of(asked[asked["probability"] >= LIKELY]),
            HitRate.of(asked[asked["probability"] < UNLIKELY]),
        )

    @property
    def count(self) -> int:
        """How many answers there are."""
        return len(self.answers)

    @property
    def years(self) -> int:
        """How many different years they are about."""
        return int(self.answers["year"].nunique())


def eras(record: TrackRecord | None) -> tuple[Era, ...]:
    """Return the parts that the record has answers in, the pandemic last; none where there is no record."""
    present = set() if record is None else set(record.answers["era"])
    return tuple(era for era in ERAS if era in present)


def select(record: TrackRecord, *, flow: Flow, era: Era, year_asked: YearAsked) -> Selection | None:
    """Return the answers of one flow, era and year asked about, or None where there are none."""
    answers, marks = (_rows(table, flow, era, year_asked) for table in (record.answers, record.marks))
    if answers.empty:
        return None
    known = answers.assign(months_known=answers["months_known"] % MONTHS)
    scored, certain = backtest.probability_scores(marks), backtest.certain_scores(marks)
    return Selection(
        flow=flow,
        era=era,
        year_asked=year_asked,
        answers=answers,
        marks=marks,
        by_month=backtest.interval_scores(known, by=("months_known",)),
        intervals=backtest.interval_scores(answers, by=("era",)).iloc[0],
        probabilities=scored.iloc[0] if len(scored) else None,
        certain=certain.iloc[0] if len(certain) else None,
    )


def _rows(table: pd.DataFrame, flow: Flow, era: Era, year_asked: YearAsked) -> pd.DataFrame:
    years_ahead = -(table["months_known"] // MONTHS)
    wanted = years_ahead == list(YearAsked).index(year_asked)
    return table[(table["flow"] == flow.value) & (table["era"] == era) & wanted].reset_index(drop=True)
