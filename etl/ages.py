"""Japanese visitors to Korea by sex and age, month by month."""

import pandas as pd

from etl.merge import Frames, cited
from etl.sources.reading import Release

ALL = "all"
SEXES = {"여성": "female", "남성": "male", "승무원": "crew", "F": "female", "M": "male", "C": "crew"}
MONTHS = 4
COLUMNS = ["month", "origin", "destination", "sex", "age", "visitors", "source"]


def lacking(table: pd.DataFrame, months: list[str]) -> list[str]:
    """Return those of the last of the given months that the table does not split by sex."""
    split = set(table.loc[table["sex"] != ALL, "month"])
    return [month for month in months[-MONTHS:] if month not in split]


def rows(found: pd.DataFrame, source: str) -> pd.DataFrame:
    """Return visitors by sex and age as the service gives them (month, sex, age, visitors) as rows of the table."""
    named = found.assign(
        origin="JPN",
        destination="KOR",
        source=source,
        sex=found["sex"].replace(SEXES),
        age=found["age"].str.removesuffix("세").replace("", ALL),
    )
    return named[COLUMNS].astype(str)


def add(frames: Frames, release: Release, table: pd.DataFrame) -> Frames:
    """Return the tables with the table of ages replaced and its source named."""
    if table is frames["ages"]:
        return frames
    return {**frames, "ages": table, "sources": cited(frames["sources"], release)}
