"""A figure's table as text, for documents that hold no numbers."""

import pandas as pd

from crossings.export.figure import Figure

MOST_ROWS, MOST_COLUMNS = 16, 7


def fits(frame: pd.DataFrame) -> bool:
    """Return whether a table is short and narrow enough to stand in a document."""
    return 0 < len(frame) <= MOST_ROWS and len(frame.columns) <= MOST_COLUMNS


def said(figure: Figure) -> pd.DataFrame:
    """Return a figure's table as text in its language; a missing figure is a dash."""
    return figure.table.texts()


def numeric(values: pd.Series) -> bool:
    """Return whether a column of texts or numbers holds numbers, to be set flush right."""
    return bool(pd.api.types.is_numeric_dtype(values))
