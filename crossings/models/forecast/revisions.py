"""How much months not yet definitive may still be revised, as the vintages tell."""

import numpy as np
import pandas as pd

from crossings.tables.flows import DIRECTIONS, Flow, Published, Status, release_day

USUAL_REVISION_SHARE = 0.0002
FEWEST_VINTAGES = 6


def noise(published: Published, flow: Flow, *, as_of: pd.Period, months: pd.PeriodIndex) -> float:
    """Return the standard error, in visitors, of the year's months that are known but not definitive.

    Zero once the year is over with as_of, since no month ahead belongs to it. Where as_of is older than the first
    value on record that was revised later, every month of the year counts as not yet definitive: the figures are
    today's, and how firm they were then is not known.
    """
    if months[0].year != as_of.year:
        return 0.0
    figures = published.series(flow, as_of=as_of)
    this_year = figures[figures.index >= pd.Period(f"{as_of.year}-01", freq="M")]
    if not hindsight(published, as_of=as_of):
        status = published.status(flow, as_of=as_of).reindex(this_year.index)
        this_year = this_year[status != Status.DEFINITIVE.value]
    return revision_share(published) * float(np.sqrt((this_year**2).sum()))


def hindsight(published: Published, *, as_of: pd.Period) -> bool:
    """Return whether figures as of a month are today's, because no earlier value of then is on record."""
    day = published.vintages["published"].min() if len(published.vintages) else None
    return day is None or release_day(as_of) < str(day)


def revision_share(published: Published) -> float:
    """Return the root mean square of past revisions as a share of that of the figures, from six vintages on.

    Estimated once from all earlier values on record of both directions, whatever the as-of month: the size of
    revisions is taken not to have changed. Below six, 0.02 % is taken, that of Koreans to Japan.
    """
    pairs = [_revised(published, flow) for flow in DIRECTIONS]
    later, earlier = (np.concatenate(values) for values in zip(*pairs, strict=True))
    if len(earlier) < FEWEST_VINTAGES or not later.any():
        return USUAL_REVISION_SHARE
    return float(np.sqrt(((later - earlier) ** 2).sum() / (later**2).sum()))


def _revised(published: Published, flow: Flow) -> tuple[np.ndarray, np.ndarray]:
    """Return a direction's values of today for the months with an earlier value on record, and those values."""
    origin, destination = flow.value.split("-")
    table = published.vintages
    past = table[(table["origin"] == origin) & (table["destination"] == destination)].set_index("month")[
        "visitors"
    ]
    final = published.series(flow).reindex(past.index)
    known = final.notna().to_numpy() & past.notna().to_numpy()
    return final.to_numpy(dtype=float)[known], past.to_numpy(dtype=float)[known]


def add(paths: np.ndarray, size: float, *, rng: np.random.Generator) -> None:
    """Add revision noise of a given standard error to the first month of each path, in place."""
    if size > 0:
        paths[:, 0] = np.maximum(paths[:, 0] + size * rng.standard_normal(len(paths)), 0.0)
