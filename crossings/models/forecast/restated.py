"""What revisions alone do to an answer: earlier figures carrying later values."""

import pandas as pd

from crossings.tables.flows import DIRECTIONS, Flow, Published, release_day


def with_later_values(
    before: Published, after: Published, *, as_of: pd.Period, known: pd.Period
) -> Published:
    """Return earlier figures whose months up to as_of have the values that later figures give them as of `known`.

    A projection as of as_of on these differs from one on `before` by revisions alone; without a revision `before`
    itself comes back.
    """
    day = release_day(as_of)
    rows = pd.concat([_revised(before, after, flow, as_of=as_of, known=known) for flow in DIRECTIONS])
    if rows.empty:
        return before
    key = ["month", "origin", "destination"]
    replaced = pd.MultiIndex.from_frame(before.vintages[key]).isin(pd.MultiIndex.from_frame(rows[key]))
    kept = before.vintages[~(replaced & (before.vintages["published"] >= day))]
    vintages = pd.concat([kept, rows.assign(published=day, source="", dated="")], ignore_index=True)
    return Published(before.visitors, vintages, digest=f"{before.digest}>{after.digest}@{known}")


def _revised(
    before: Published, after: Published, flow: Flow, *, as_of: pd.Period, known: pd.Period
) -> pd.DataFrame:
    """Return the months of a direction whose value or status is another one later."""
    then, now = before.series(flow, as_of=as_of), after.series(flow, as_of=known)
    firm, firmer = before.status(flow, as_of=as_of), after.status(flow, as_of=known)
    months = pd.PeriodIndex(then.dropna().index.intersection(now.dropna().index))
    other = (then[months] != now[months]) | (firm[months] != firmer[months])
    months = months[other.to_numpy()]
    origin, destination = flow.value.split("-")
    return pd.DataFrame(
        {
            "month": months,
            "origin": origin,
            "destination": destination,
            "visitors": now[months].to_numpy(),
            "status": firmer[months].to_numpy(),
        }
    )
