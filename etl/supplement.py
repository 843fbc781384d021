"""The small tables beside the visitor figures: flights and passengers, statements about a mark, summits."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from crossings.errors import N_
from crossings.tables.flows import Flow
from etl.errors import InputsMissing

COUNTRY_MEASURE = "A"
# Keys of the inputs that name no published source; every row that has one has a published one beside it.
UNPUBLISHED = {"seed"}
MISSED = " (missed)"


@dataclass(frozen=True)
class Reading:
    """Which flow and calendar year a statement speaks of; tail: what it adds that was known only later."""

    flow: Flow
    year: str
    tail: str = ""


READINGS = {
    "2006-02-06": Reading(Flow.BOTH, ""),
    "2019-02-01": Reading(Flow.BOTH, "2018"),
    "2019-02-06": Reading(Flow.BOTH, "2018"),
    "2024-02-22": Reading(Flow.KOREANS_TO_JAPAN, "2024", "; the year ended at 8.82 million."),
    "2024-04-26": Reading(Flow.BOTH, "2024"),
    "2024-09-06": Reading(Flow.BOTH, "2024"),
    "2025-04-16": Reading(Flow.KOREANS_TO_JAPAN, "2025", "; the year ended at 9.46 million."),
    "2025-05-21": Reading(Flow.BOTH, "2024"),
    "2026-01-13": Reading(Flow.BOTH, ""),
    "2026-01-30": Reading(Flow.BOTH, "2025"),
}


class InputsChanged(InputsMissing):
    """An input no longer holds what its reading was written for."""


def air_supply(listed: pd.DataFrame) -> pd.DataFrame:
    """Return flights and passengers of both directions together by month, from the rows of every measure."""
    wanted = (listed["measure"] == COUNTRY_MEASURE) & (listed["both_directions"] == "yes")
    return listed.loc[wanted, ["month", "flights", "passengers", "source"]]


def summits(listed: pd.DataFrame) -> pd.DataFrame:
    """Return the meetings of the leaders with their published sources."""
    rows = listed.rename(columns={"country_iso3": "country"})
    return rows.assign(source=rows["source"].map(published_keys))


def statements(listed: pd.DataFrame) -> pd.DataFrame:
    """Return public statements about a number of visitors, each with the flow and year it speaks of.

    What a statement's description adds from later knowledge is cut. Raises InputsChanged where a
    statement has no reading, or its description not the end that is to be cut.
    """
    return pd.DataFrame([_statement(row) for row in listed.to_dict("records")])


def _statement(row: Mapping[Hashable, Any]) -> dict[str, str]:
    reading = READINGS.get(row["date"])
    if reading is None or not row["statement_in_our_words"].endswith(reading.tail):
        raise InputsChanged(
            N_("The statement of {date} is not the one etl/supplement.py reads. Correct READINGS there."),
            date=row["date"],
        )
    said = row["statement_in_our_words"].removesuffix(reading.tail)
    return {
        "date": row["date"],
        "speaker": row["speaker"],
        "statement": said if said.endswith(".") else f"{said}.",
        "persons": row["figure_persons"],
        "kind": row["figure_kind"].removesuffix(MISSED),
        "flow": reading.flow.value,
        "year": reading.year,
        "counted": row["how_counted"],
        "source": published_keys(row["source"]),
        "confidence": row["confidence"],
    }


def published_keys(keys: str) -> str:
    """Return a cell of source keys without those that name no published source."""
    return ";".join(key for key in keys.split(";") if key not in UNPUBLISHED)
