"""What a parser hands over."""

import re
from dataclasses import dataclass

import pandas as pd

from crossings.errors import N_
from crossings.tables.months import MONTH_PATTERN
from etl.errors import AnswerChanged

MOST_VISITORS = 8_000_000_000
# Keys that a refresh or an upload gives: what was read, and the day or month of its release.
RELEASE_KEY = r"[a-z_]+_20\d{4}(\d{2})?"
COLUMNS = ["month", "origin", "destination", "visitors", "status"]


@dataclass(frozen=True)
class Reading:
    """Figures read from one file or answer.

    rows: month (YYYY-MM), origin, destination (ISO alpha-3), visitors (whole persons), status.
    unread: labels that stand in the file and are not in the list of markets; worth a look, no fault.
    """

    rows: pd.DataFrame
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Release:
    """What a publisher handed out: its figures, and how to cite them.

    key names the source in the tables; published is its day; dated is release where the publisher named the
    day, seen where it is the day of asking; whole marks a file that holds every month it ever held.
    """

    reading: Reading
    key: str
    publisher: str
    description: str
    address: str
    published: str
    dated: str
    terms: str
    whole: bool = False


def reading(rows: list[tuple[str, str, str, int, str]], *, unread: tuple[str, ...] = ()) -> Reading:
    """Return a Reading of tuples in the order of COLUMNS. Raises AnswerChanged at a month or count that is none."""
    for month, origin, destination, count, _ in rows:
        if not re.fullmatch(MONTH_PATTERN, month) or not 0 <= count <= MOST_VISITORS:
            raise AnswerChanged(
                N_(
                    "{month}, {origin} to {destination}: {value} is not a valid number of visitors in a "
                    "month. Nothing was taken from this source."
                ),
                month=month[:10],
                origin=origin[:20],
                destination=destination[:20],
                value=str(count)[:20] if abs(count) < 10**20 else "∞",
            )
    frame = pd.DataFrame(rows, columns=COLUMNS).astype({"visitors": "int64"})
    return Reading(frame.sort_values(["destination", "origin", "month"], ignore_index=True), unread)
