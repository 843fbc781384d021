"""When the offices release a month, by their own rhythm."""

from datetime import date, datetime

import pandas as pd

from crossings.tables.releases import day_due

COLUMNS = ["office", "data_month", "date", "state", "basis", "source"]
OFFICES = {"JPN": "JNTO", "KOR": "KTO"}
SCHEDULES = {"JNTO": "jnto_schedule", "KTO": "kto_schedule"}
AHEAD = 2


def today() -> str:
    """Return the day on this computer's clock, as YYYY-MM-DD."""
    return datetime.now().astimezone().date().isoformat()


def due(office: str, data_month: str) -> date:
    """Return the day a month is due: JNTO on the third Wednesday of the next, KTO on its last working day."""
    return day_due(office, pd.Period(data_month, "M"))


def table(last: pd.DataFrame) -> pd.DataFrame:
    """Return the releases table: the last release of each office and the next two due.

    last: office, data_month, date, basis (seen or rule) of each office's last release.
    """
    parts = [last.assign(state="published")]
    for ahead in range(1, AHEAD + 1):
        months = last["data_month"].map(lambda month, ahead=ahead: str(pd.Period(month, "M") + ahead))
        days = [due(office, month).isoformat() for office, month in zip(last["office"], months, strict=True)]
        parts.append(last.assign(data_month=months, date=days, state="expected", basis="rule"))
    rows = pd.concat(parts)
    return rows.assign(source=rows["office"].map(SCHEDULES))[COLUMNS]


def dated(office: str, newest: str, day: date) -> tuple[date, str]:
    """Return the day of a release whose day was only seen, and how it is known: seen, or rule where it cannot be right.

    newest: the last month it holds. A day before that month's end, or after the next but one release was due, comes
    from a wrong clock or from a publisher that is long behind; the day due by the rhythm stands in for it then.
    """
    month = pd.Period(newest, "M")
    fits = month.end_time.date() < day <= due(office, str(month + AHEAD))
    return (day, "seen") if fits else (due(office, newest), "rule")


def by_hand(office: str, newest: str, day_read: str) -> tuple[date, str]:
    """Return the day of a release brought in by hand: the day due, or the day it was read if earlier."""
    day = due(office, newest)
    seen = date.fromisoformat(day_read)
    return (seen, "seen") if pd.Period(newest, "M").end_time.date() < seen < day else (day, "rule")
