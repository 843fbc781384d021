"""How the published figures were revised: earlier values beside today's."""

import pandas as pd

from crossings.tables.flows import DIRECTIONS, Published


def revisions(published: Published) -> pd.DataFrame:
    """Return earlier published values of the two flows: month, flow, published, status, earlier, now, change (share)."""
    parts = []
    for flow in DIRECTIONS:
        origin, destination = flow.value.split("-")
        past = published.vintages
        past = past[(past["origin"] == origin) & (past["destination"] == destination)]
        now = published.series(flow).reindex(past["month"]).to_numpy()
        parts.append(
            pd.DataFrame(
                {
                    "month": past["month"].to_numpy(),
                    "flow": flow.value,
                    "published": past["published"].to_numpy(),
                    "status": past["status"].to_numpy(),
                    "earlier": past["visitors"].to_numpy(),
                    "now": now,
                    "change": now / past["visitors"].where(past["visitors"] > 0).to_numpy() - 1,
                }
            )
        )
    return pd.concat(parts, ignore_index=True).sort_values(["month", "flow", "published"], ignore_index=True)
