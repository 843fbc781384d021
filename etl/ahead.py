"""Months that cannot be out yet, by the publishers' own days."""

from datetime import date, datetime, timedelta

import pandas as pd

from crossings.tables.releases import day_due
from etl.releases import OFFICES

# This version was made then: a clock that is behind it is wrong.
NOT_BEFORE = date(2026, 11, 27)
# Offices have published at most so many days before their usual day.
DAYS_EARLY = 14


def newest_possible(destination: str, *, published: str = "") -> str:
    """Return the last month (YYYY-MM) whose figures for a destination can be out today.

    published: a day (ISO) on which the publisher answered, where its clock is to count too.
    """
    today = max(datetime.now().astimezone().date(), NOT_BEFORE, date.fromisoformat(published or "2000-01-01"))
    month = pd.Period(today, "M") - 1
    while day_due(OFFICES[destination], month) - timedelta(days=DAYS_EARLY) > today:
        month -= 1
    return str(month)
