"""A figure's table as text, for documents that hold no numbers."""

import pandas as pd

from crossings.export.figure import Figure
from crossings.export.tables import cell
from crossings.language import Language

MOST_ROWS, MOST_COLUMNS = 16, 7
YEARS = (1900, 2100)


def fits(frame: pd.DataFrame) -> bool:
    """Return whether a table is short and narrow enough to stand in a document."""
    return 0 < len(frame) <= MOST_ROWS and len(frame.columns) <= MOST_COLUMNS


def said(figure: Figure) -> pd.DataFrame:
    """Return a figure's table as text in its language; a missing figure is a dash."""
    share = figure.native is not None and figure.native.share
    frame = figure.frame
    columns = {
        str(name): _column(frame.iloc[:, place], figure.language, share=share and place > 0)
        for place, name in enumerate(frame.columns)
    }
    return pd.DataFrame(columns)


def numeric(values: pd.Series) -> bool:
    """Return whether a column of texts or numbers holds numbers, to be set flush right."""
    return bool(pd.api.types.is_numeric_dtype(values))


def _column(values: pd.Series, language: Language, *, share: bool) -> list[str]:
    numbers = pd.to_numeric(values, errors="coerce").dropna()
    years = len(numbers) == len(values) and numbers.between(*YEARS).all() and (numbers % 1 == 0).all()
    whole = len(numbers) > 0 and bool((numbers == numbers.round()).all() or numbers.abs().min() >= 1000)
    return [
        _cell(value, language, share=share, digits=0 if whole else 2, bare=bool(years)) for value in values
    ]


def _cell(value: object, language: Language, *, share: bool, digits: int, bare: bool) -> str:
    found = cell(value)
    if found is None:
        return "–"
    if isinstance(found, str):
        return found
    if share:
        return language.percent(found)
    return str(found) if bare else language.number(found, digits=digits)
