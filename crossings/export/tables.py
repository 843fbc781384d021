"""A figure's table as CSV, and what every table and spreadsheet of this app has in common."""

import csv as csv_module
import io
import math
from typing import Any

import numpy as np
import pandas as pd

from crossings.questions.base import Figure
from crossings.questions.base.table import plain_value

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Cell = str | float | int | None


def cell(value: Any) -> Cell:
    """Return one value as a table holds it: a number, text, or None where there is no figure."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
        number = float(value)
        if not math.isfinite(number):
            return None
        return int(number) if number.is_integer() else number
    return str(value)


def unspoiled(value: Cell) -> Cell:
    """Return a text so that no spreadsheet reads it as a formula."""
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def csv(figure: Figure) -> bytes:
    """Return the table as UTF-8 with a byte order mark, its description in lines that begin with #.

    Headings name the unit; months are YYYY-MM, days ISO dates, shares and percentage points per cent.
    """
    out = io.StringIO()
    for name, value in figure.about():
        out.write(f"# {figure.language.named(name, ' '.join(value.split()))}\r\n")
    shown = figure.table.visible
    rows = csv_module.writer(out)
    rows.writerow([unspoiled(shown.heading_with_unit(column)) for column in shown.columns])
    for row in shown.frame.itertuples(index=False):
        values = map(plain_value, row, shown.columns)
        rows.writerow(["" if value is None else value for value in map(unspoiled, values)])
    return out.getvalue().encode("utf-8-sig")
