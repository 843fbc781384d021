"""What a series must be before anything is fitted to it, with a named error for each fault."""

import numpy as np
import pandas as pd

from crossings.errors import N_, CrossingsError

SHORTEST_MONTHS = 24


class HistoryError(CrossingsError):
    """A series that cannot be projected."""


class WrongIndex(HistoryError):
    """The series is not monthly."""


class HistoryTooShort(HistoryError):
    """Too few months."""


class NothingObserved(HistoryError):
    """No month holds a figure."""


class NegativeVisitors(HistoryError):
    """A month holds fewer than zero visitors, or no finite number."""


class BadRequest(HistoryError):
    """The projection asked for is empty."""


def checked(history: pd.Series) -> pd.Series:
    """Return the series as floats over every month from its first to its last figure, gaps NaN.

    Raises WrongIndex, HistoryTooShort (fewer than 24 months), NothingObserved or NegativeVisitors.
    """
    index = history.index
    if not isinstance(index, pd.PeriodIndex) or index.freqstr != "M" or index.has_duplicates or index.hasnans:
        raise WrongIndex(N_("A series needs one figure a month, each month once, indexed by month."))
    values = pd.to_numeric(history, errors="coerce").astype(float).sort_index()
    if np.isinf(values.to_numpy()).any() or (values < 0).any():
        fault = values.index[(values < 0) | np.isinf(values)][0]
        raise NegativeVisitors(
            N_("The number of visitors cannot be negative or infinite. Check {month}."), month=fault
        )
    first, last = values.first_valid_index(), values.last_valid_index()
    if first is None or last is None:
        raise NothingObserved(N_("The series contains no figure, so no projection can be made."))
    whole = values.reindex(pd.period_range(str(first), str(index.max()), freq="M"))
    if whole.notna().sum() < SHORTEST_MONTHS:
        raise HistoryTooShort(
            N_("The series has {months} months; a projection needs at least {needed}."),
            months=int(whole.notna().sum()),
            needed=SHORTEST_MONTHS,
        )
    return whole


def check_request(horizon: int, n_paths: int) -> None:
    """Raise BadRequest unless at least one month and one path are asked for."""
    if horizon < 1 or n_paths < 1:
        raise BadRequest(N_("A projection needs at least one month ahead and one simulation."))
