"""How often the intervals of past answers held that were given at the same point of the year."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from crossings.models.forecast.backtest import TrackRecord
from crossings.tables.flows import Flow

MONTHS = 12
Era = Literal["before 2020", "since 2023"]
ERAS: tuple[Era, ...] = ("before 2020", "since 2023")


@dataclass(frozen=True)
class Held:
    """In how many years of an era the 80 % interval held what came, when as many months were known.

    months_known: of the year asked about; nil or less where it had not begun.
    """

    era: Era
    months_known: int
    inside: int
    years: int


def held(record: TrackRecord, *, flow: Flow, year: int, as_of: pd.Period) -> tuple[Held, ...]:
    """Return by era how often answers about a year held that were given as many months before its end.

    Eras without such an answer are left out.
    """
    known = min(as_of.month - MONTHS * (year - as_of.year), MONTHS)
    alike = record.answers[(record.answers["flow"] == flow.value) & (record.answers["months_known"] == known)]
    rows = []
    for era in ERAS:
        part = alike[alike["era"] == era]
        inside = part["actual"].between(part["low_80"], part["high_80"])
        if len(part):
            rows.append(Held(era, known, int(inside.sum()), len(part)))
    return tuple(rows)
