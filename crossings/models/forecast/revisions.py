"""How much months not yet definitive may still be revised, as the vintages tell."""

import numpy as np
import pandas as pd

from crossings.tables.flows import Flow, Published, Status

USUAL_REVISION_SHARE = 0.0002
FEWEST_VINTAGES = 6


def noise(published: Published, flow: Flow, *, as_of: pd.Period, months: pd.PeriodIndex) -> float:
    """Return the standard error, in visitors, of the year's months that are known but not definitive.

    Zero once the year is over with as_of, since no month ahead belongs to it.
    """
    if months[0].year != as_of.year:
        return 0.0
    figures = published.series(flow, as_of=as_of)
    status = published.status(flow, as_of=as_of).reindex(figures.index)
    open_months = figures[
        (status != Status.DEFINITIVE.value) & (figures.index >= pd.Period(f"{as_of.year}-01"))
    ]
    return revision_share(published, flow, as_of=as_of) * float(np.sqrt((open_months**2).sum()))


def revision_share(published: Published, flow: Flow, *, as_of: pd.Period) -> float:
    """Return the root mean square of past revisions as a share of that of the figures, from six vintages on.

    Only revisions that had been published by as_of count; below six, 0.02 % is taken, the size of
    those on record for Koreans to Japan.
    """
    origin, destination = flow.value.split("-")
    table = published.vintages
    rows = table[
        (table["origin"] == origin) & (table["destination"] == destination) & (table["month"] <= as_of)
    ]
    past = rows[rows["published"] <= f"{as_of}-99"].set_index("month")["visitors"]
    final = published.series(flow, as_of=as_of).reindex(past.index)
    later, earlier = final.to_numpy(), past.to_numpy()
    if len(past) < FEWEST_VINTAGES or not later.any():
        return USUAL_REVISION_SHARE
    return float(np.sqrt(((later - earlier) ** 2).sum() / (later**2).sum()))


def add(paths: np.ndarray, size: float, *, rng: np.random.Generator) -> None:
    """Add revision noise of a given standard error to the first month of each path, in place."""
    if size > 0:
        paths[:, 0] = np.maximum(paths[:, 0] + size * rng.standard_normal(len(paths)), 0.0)
