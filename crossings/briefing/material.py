"""What rooms are made from: the published figures and the models, each asked for only when it is needed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from crossings import flows
from crossings.errors import CrossingsError
from crossings.flows import Flow, Published
from crossings.forecast import Projection, project
from crossings.forecast.backtest import TrackRecord, track_record
from crossings.forecast.effect import with_later_values
from crossings.forecast.exchange import Exchange, Path

if TYPE_CHECKING:
    from crossings.history.baseline import Fitted
    from crossings.history.donors import Comparison
    from crossings.history.intervention import Estimate
    from crossings.history.interventions import Intervention
    from crossings.history.placebo import Placebo


@dataclass(frozen=True, eq=False)
class Material:
    """The figures and what can be worked out from them; the app puts its caches in place of the functions.

    projection: as-of month, yearly probability of a slump and path of the exchange rate (None: not used) to
    simulated futures. revised: an earlier
    month's projection on the values known at a later one. compared: the error where there is no comparison.
    fitted: both directions without an event.
    """

    published: Published
    projection: Callable[[pd.Period, float, Path | None], Projection]
    revised: Callable[[pd.Period, pd.Period], Projection]
    record: Callable[[], TrackRecord]
    estimate: Callable[[Flow, "Intervention"], "Estimate"]
    compared: Callable[[Flow, "Intervention"], "Comparison | CrossingsError"]
    placebos: Callable[[Flow, "Intervention"], "list[Placebo]"]
    fitted: Callable[[], "dict[Flow, Fitted]"]


def fresh(published: Published | None = None) -> Material:
    """Return material that works everything out itself, each thing once."""
    data = flows.load() if published is None else published
    return Material(
        published=data,
        projection=lru_cache(maxsize=16)(
            lambda as_of, shocks, path: project(
                data, as_of=as_of, shock_probability_per_year=shocks, exchange=_exchange(path)
            )
        ),
        revised=lru_cache(maxsize=4)(
            lambda earlier, later: project(
                with_later_values(data, data, as_of=earlier, known=later), as_of=earlier
            )
        ),
        record=lru_cache(maxsize=1)(track_record),
        estimate=lru_cache(maxsize=32)(lambda flow, event: _estimate(data, flow, event)),
        compared=lru_cache(maxsize=32)(lambda flow, event: _compared(data, flow, event)),
        placebos=lru_cache(maxsize=8)(lambda flow, event: _placebos(data, flow, event)),
        fitted=lru_cache(maxsize=1)(lambda: _fitted(data)),
    )


def _exchange(path: Path | None) -> Exchange | None:
    if path is None:
        return None
    from crossings.history.material import exchange_rates

    return Exchange(exchange_rates(), path)


def _estimate(data: Published, flow: Flow, event: "Intervention") -> "Estimate":
    from crossings.history.intervention import estimate
    from crossings.history.material import exchange_rates

    return estimate(data, exchange_rates(), flow=flow, intervention=event)


def _compared(data: Published, flow: Flow, event: "Intervention") -> "Comparison | CrossingsError":
    from crossings.history.donors import compare

    try:
        return compare(data, flow=flow, intervention=event)
    except CrossingsError as fault:
        return fault


def _placebos(data: Published, flow: Flow, event: "Intervention") -> "list[Placebo]":
    from crossings.history.material import exchange_rates
    from crossings.history.placebo import placebos

    steps = placebos(data, exchange_rates(), flow=flow, intervention=event)
    return [one for step in steps for one in step.new]


def _fitted(data: Published) -> "dict[Flow, Fitted]":
    from crossings.history.baseline import baselines
    from crossings.history.material import exchange_rates

    return baselines(data, exchange_rates())
