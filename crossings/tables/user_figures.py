"""Figures the user added: where they are kept, and what they look like to the rest of the app."""

import os
import sys
from pathlib import Path

import pandas as pd

from crossings.errors import N_, CrossingsError

COLUMNS = ("month", "origin", "destination", "visitors", "note", "added")
STATUS = "added"


class AddedDamaged(CrossingsError):
    """The file of added figures cannot be read as what it should be."""


def path() -> Path:
    """Return the file of added figures: CROSSINGS_OWN, or added.csv in the user's own data folder."""
    named = os.environ.get("CROSSINGS_OWN")
    return Path(named) if named else user_folder() / "added.csv"


def user_folder() -> Path:
    """Return the platform's folder for this user's data of the app."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "crossings"


def read() -> pd.DataFrame:
    """Return the added figures as text cells: month, origin, destination, visitors, note, added (day).

    Raises AddedDamaged.
    """
    place = path()
    if not place.exists():
        return pd.DataFrame(columns=list(COLUMNS), dtype=str)
    try:
        found = pd.read_csv(place, dtype=str, keep_default_na=False)
    except (OSError, ValueError):
        found = pd.DataFrame()
    if tuple(found.columns) != COLUMNS or not found["visitors"].str.fullmatch(r"\d+").all():
        raise AddedDamaged(
            N_(
                "The file of added figures, {file}, is damaged. Correct or delete it; the official figures are not "
                "touched."
            ),
            file=place.name,
        )
    return found


def rows_in_use(official: pd.DataFrame) -> pd.DataFrame:
    """Return added figures that no official one has replaced, as rows of the visitors table (text cells).

    A figure waits where a month between the official ones and it is missing, so that no series has a hole.
    official: the published visitors as text cells. Raises AddedDamaged.
    """
    key = ["month", "origin", "destination"]
    found = read()
    if found.empty:
        return official.iloc[:0]
    known = pd.MultiIndex.from_frame(official[key])
    fresh = found[~pd.MultiIndex.from_frame(found[key]).isin(known)]
    rows = fresh[key].itertuples(index=False, name=None)
    fresh = fresh[pd.Series([connected(row, official, found) for row in rows], index=fresh.index, dtype=bool)]
    return fresh[[*key, "visitors"]].assign(status=STATUS, source=STATUS)


def connected(row: tuple[str, str, str], official: pd.DataFrame, found: pd.DataFrame) -> bool:
    """Say whether every month between the official figures of a series and an added one is added too.

    row: month, origin, destination. A series without any official figure starts where the added ones do.
    """
    month, origin, destination = row
    published, added = (
        table.loc[(table["origin"] == origin) & (table["destination"] == destination), "month"]
        for table in (official, found)
    )
    if published.empty:
        return True
    between = pd.period_range(pd.Period(published.max(), "M") + 1, pd.Period(month, "M") - 1, freq="M")
    return set(between.astype(str)) <= set(added)
