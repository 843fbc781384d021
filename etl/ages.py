"""Japanese visitors to Korea by sex and age: from KTO's tables of the past, and by its service for new months."""

import pandas as pd

from etl.net import Client
from etl.sources import kto_api
from etl.sources.reading import Release

ALL = "all"
SEXES = {"여성": "female", "남성": "male", "승무원": "crew", "F": "female", "M": "male", "C": "crew"}
MONTHS = 4
COLUMNS = ["month", "origin", "destination", "sex", "age", "visitors", "source"]


def past(by_age: pd.DataFrame, by_sex: pd.DataFrame) -> pd.DataFrame:
    """Return the table from KTO's figures by age and by sex: period, origin, category, visitors, source come in."""
    aged = by_age.assign(sex=ALL, age=by_age["category"])
    sexed = by_sex.assign(sex=by_sex["category"], age=ALL)
    rows = pd.concat([aged, sexed], ignore_index=True).rename(columns={"period": "month"})
    rows = rows[rows["origin"] == "JPN"].assign(destination="KOR", source=rows["source"].str.lower())
    return rows[COLUMNS].reset_index(drop=True)


def fetch(
    client: Client, legacy: Client, *, key: str, months: list[str], table: pd.DataFrame, source: str
) -> pd.DataFrame:
    """Return the table with the last of the given months by sex and age where it lacks them.

    Raises what the service raises.
    """
    split = set(table.loc[table["sex"] != ALL, "month"])
    parts = [table]
    for month in [one for one in months[-MONTHS:] if one not in split]:
        found = kto_api.profile(client, legacy, key=key, month=month)
        if not found.empty:
            parts.append(_rows(found, source))
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else table


def _rows(found: pd.DataFrame, source: str) -> pd.DataFrame:
    named = found.assign(
        origin="JPN", destination="KOR", source=source, sex=found["sex"].replace(SEXES),
        age=found["age"].str.removesuffix("세").replace("", ALL),
    )  # fmt: skip
    return named[COLUMNS].astype(str)


def add(frames: dict[str, pd.DataFrame], release: Release, table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the tables with the table of ages replaced and its source named."""
    from etl.merge import cited

    if table is frames["ages"]:
        return frames
    return {**frames, "ages": table, "sources": cited(frames["sources"], release)}
