"""What rooms are made from: the published figures and the models, each asked for only when it is needed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from crossings.errors import CrossingsError
from crossings.models.forecast import Projection, project
from crossings.models.forecast.backtest import TrackRecord, track_record
from crossings.models.forecast.exchange import Exchange, Path
from crossings.models.forecast.restated import with_later_values
from crossings.tables import flows
from crossings.tables.flows import Flow, Published

if TYPE_CHECKING:
    from crossings.models.events.baseline import Fitted
    from crossings.models.events.donors import Comparison
    from crossings.models.events.intervention import Estimate
    from crossings.models.events.interventions import Intervention
    from crossings.models.events.placebo import Placebo


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
    from crossings.models.events.design import exchange_rates

    return Exchange(exchange_rates(), path)


def _estimate(data: Published, flow: Flow, event: "Intervention") -> "Estimate":
    from crossings.models.events.design import exchange_rates
    from crossings.models.events.intervention import estimate

    return estimate(data, exchange_rates(), flow=flow, intervention=event)


def _compared(data: Published, flow: Flow, event: "Intervention") -> "Comparison | CrossingsError":
    from crossings.models.events.donors import compare

    try:
        return compare(data, flow=flow, intervention=event)
    except CrossingsError as fault:
        return fault


def _placebos(data: Published, flow: Flow, event: "Intervention") -> "list[Placebo]":
    from crossings.models.events.design import exchange_rates
    from crossings.models.events.placebo import placebos

    steps = placebos(data, exchange_rates(), flow=flow, intervention=event)
    return [one for step in steps for one in step.new]


def _fitted(data: Published) -> "dict[Flow, Fitted]":
    from crossings.models.events.baseline import baselines
    from crossings.models.events.design import exchange_rates

    return baselines(data, exchange_rates())
