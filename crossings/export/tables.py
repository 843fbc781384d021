"""A figure's table as CSV, and what every table and spreadsheet of this app has in common."""

import csv as csv_module
import io
import math
from typing import Any

import numpy as np
import pandas as pd

from crossings.export.figure import Figure

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
    """Return the table as UTF-8 with a byte order mark, its description in lines that begin with #."""
    out = io.StringIO()
    for name, value in figure.about():
        out.write(f"# {name}: {' '.join(value.split())}\r\n")
    rows = csv_module.writer(out)
    rows.writerow([unspoiled(str(name)) for name in figure.table.headed().columns])
    for row in figure.table.headed().itertuples(index=False):
        rows.writerow(["" if value is None else value for value in map(unspoiled, map(cell, row))])
    return out.getvalue().encode("utf-8-sig")
