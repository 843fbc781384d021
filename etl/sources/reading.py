"""What a parser hands over."""

from dataclasses import dataclass

import pandas as pd

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
    """Return a Reading of tuples in the order of COLUMNS."""
    frame = pd.DataFrame(rows, columns=COLUMNS).astype({"visitors": "int64"})
    return Reading(frame.sort_values(["destination", "origin", "month"], ignore_index=True), unread)
