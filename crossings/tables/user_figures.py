"""Figures the user added: where they are kept, and what they look like to the rest of the app."""

import contextlib
import os
from contextvars import ContextVar
from pathlib import Path

import pandas as pd
from platformdirs import user_data_path

from crossings import whole
from crossings.tables.months import MONTH_PATTERN

COLUMNS = ("month", "origin", "destination", "visitors", "status", "source", "seen", "note", "added")
# Files of earlier versions: no status, source or day seen; the note said where the figure is from.
OLD_COLUMNS = ("month", "origin", "destination", "visitors", "note", "added")
STATUS = "added"


# The folder of the reader whose run this is, where several share one app; without it all own one file.
READER: ContextVar[Path | None] = ContextVar("reader", default=None)


def path() -> Path:
    """Return the file of added figures: the reader's where an app is shared, else CROSSINGS_OWN or the user's own."""
    reader = READER.get()
    return _own() if reader is None else reader / "added.csv"


def home() -> Path:
    """Return the folder of what the app keeps for itself: reports of refreshes, and the readers' folders."""
    return _own().parent


def _own() -> Path:
    named = os.environ.get("CROSSINGS_OWN")
    return Path(named) if named else user_folder() / "added.csv"


def user_folder() -> Path:
    """Return the platform's folder for this user's data of the app."""
    return user_data_path("crossings", appauthor=False, roaming=True)


def read() -> pd.DataFrame:
    """Return the added figures as text cells, columns as COLUMNS; added is the day they were typed in.

    A file that cannot be read as what it should be is put aside under another name and counts as none.
    """
    place = path()
    if not place.exists():
        return pd.DataFrame(columns=list(COLUMNS), dtype=str)
    try:
        return _understood(pd.read_csv(place, dtype=str, keep_default_na=False))
    except (OSError, ValueError):
        with contextlib.suppress(OSError):  # a folder that cannot be written keeps it
            whole.put_aside(place)
        return pd.DataFrame(columns=list(COLUMNS), dtype=str)


def _understood(found: pd.DataFrame) -> pd.DataFrame:
    """Return the table with every column. Raises ValueError where it is none of added figures."""
    if tuple(found.columns) == OLD_COLUMNS:
        found = found.assign(status="", source=found["note"], seen=found["added"])[list(COLUMNS)]
    if tuple(found.columns) != COLUMNS:
        raise ValueError(list(found.columns))
    fine = found["visitors"].str.fullmatch(r"[0-9]{1,9}") & found["month"].str.fullmatch(MONTH_PATTERN)
    fine &= ~found.duplicated(["month", "origin", "destination"])
    if not fine.all():
        raise ValueError(found.index[~fine][0])
    return found


def put_aside() -> list[Path]:
    """Return the damaged files that were put aside, oldest first."""
    place = path()
    return sorted(place.parent.glob(f"{place.stem}.damaged-*{place.suffix}"))


def rows_in_use(official: pd.DataFrame) -> pd.DataFrame:
    """Return added figures that no official one has replaced, as rows of the visitors table (text cells).

    A figure waits where a month between the official ones and it is missing, so that no series has a hole.
    official: the published visitors as text cells.
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


def reached(row: tuple[str, str, str], official: pd.DataFrame) -> bool:
    """Say whether the official figures of an added figure's series have come to its month. row: as in `connected`."""
    published = _months(row, official)
    return not published.empty and row[0] <= published.max()


def _months(row: tuple[str, str, str], table: pd.DataFrame) -> pd.Series:
    """Return the months of the series of a figure in a table."""
    _, origin, destination = row
    return table.loc[(table["origin"] == origin) & (table["destination"] == destination), "month"]


def connected(row: tuple[str, str, str], official: pd.DataFrame, found: pd.DataFrame) -> bool:
    """Say whether every month between the official figures of a series and an added one is added too.

    row: month, origin, destination. A series without any official figure starts where the added ones do.
    """
    published, added = (_months(row, table) for table in (official, found))
    if published.empty:
        return True
    if reached(row, official):
        return False
    month = row[0]
    between = pd.period_range(pd.Period(published.max(), "M") + 1, pd.Period(month, "M") - 1, freq="M")
    return set(between.astype(str)) <= set(added)
