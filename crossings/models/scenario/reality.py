"""Changes of the past beside what the model says about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crossings.errors import N_, CrossingsError
from crossings.models.arithmetic import expm1, log1p
from crossings.models.scenario import cost
from crossings.models.scenario.cost import SEED, Scene
from crossings.models.scenario.levers import PriorSet, levers, read, sources
from crossings.models.scenario.model import (
    N_DRAWS_UNCONSTRAINED,
    Simulated,
    Stage,
    check_priors,
    of_flow,
    unconstrained,
)
from crossings.models.scenario.priors import Prior, even_draws
from crossings.models.scenario.results import Interval
from crossings.models.scenario.seats import Supply
from crossings.models.scenario.settings import Settings, from_preset, settings_of
from crossings.tables.flows import DIRECTIONS, Flow

Array = NDArray[np.float64]


class NothingToCheck(CrossingsError):
    """No month after the as-of month has a figure yet."""


@dataclass(frozen=True)
class RealityCheck:
    """One change of the past.

    is_share: whether the numbers are shares of a whole, not changes. modelled_percent: what the model says
    (per cent). seen_percent with seen_low and seen_high: what was seen, None where no number is on record.
    modelled, seen, reading: sentences. sources: titles.
    """

    key: str
    month: pd.Period
    label: str
    flow: Flow
    is_share: bool
    modelled: str
    modelled_percent: Interval
    seen: str
    seen_percent: float | None
    seen_low: float | None
    seen_high: float | None
    reading: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class PastMonth:
    """A month since a measure began: what was expected without and with it (visitors), and what came."""

    month: pd.Period
    flow: Flow
    baseline: Interval
    scenario: Interval
    seen: float


def limits() -> tuple[str, ...]:
    """Return what the model cannot tell, one sentence each."""
    return tuple(read("reality")["limits"])


def reality_checks(
    known: Mapping[Flow, pd.Series], *, priors: PriorSet = "evidence", seed: int = SEED
) -> tuple[RealityCheck, ...]:
    """Return the changes of the past with the model's answer to each.

    known: monthly visitors by direction, from the published figures. Raises PriorsUnknown.
    """
    check_priors(priors)
    return tuple(_check(row, known, priors, seed) for row in read("reality")["check"])


def _check(
    row: Mapping[str, Any], known: Mapping[Flow, pd.Series], priors: PriorSet, seed: int
) -> RealityCheck:
    return RealityCheck(
        key=row["key"],
        month=pd.Period(row["month"], freq="M"),
        label=row["label"],
        flow=Flow(row["flow"]),
        is_share=row["mechanism"] == "ramp",
        modelled=row["modelled"],
        modelled_percent=MODELS[row["mechanism"]](row, priors, seed),
        seen=row["seen"],
        seen_percent=_seen(row, known),
        seen_low=row.get("seen_low"),
        seen_high=row.get("seen_high"),
        reading=row["reading"],
        sources=tuple(sources()[key].title for key in row["sources"]),
    )


def _seen(row: Mapping[str, Any], known: Mapping[Flow, pd.Series]) -> float | None:
    if "seen_month" not in row:
        return row.get("seen_percent")
    series = known[Flow(row["flow"])]
    value, base = (series.get(pd.Period(row[name], freq="M")) for name in ("seen_month", "seen_base"))
    return 100 * float(value) / float(base) if value and base else None


def _visa_ended(row: Mapping[str, Any], priors: PriorSet, seed: int) -> Interval:
    loss = unconstrained(settings_of({"visa": 1}), priors=priors, seed=seed)[Flow(row["flow"])]
    turned = [100 * (1 / (1 + percent / 100) - 1) for percent in (loss.median, loss.p90, loss.p10)]
    return Interval(median=turned[0], p10=turned[1], p90=turned[2])


def _ramp(row: Mapping[str, Any], priors: PriorSet, seed: int) -> Interval:
    months = cost.drawn(priors, count=N_DRAWS_UNCONSTRAINED, seed=seed)["ramp_months"][:, 0]
    return Interval.of(-100 * expm1(-row["after_months"] / months))


def _preset(row: Mapping[str, Any], priors: PriorSet, seed: int) -> Interval:
    return unconstrained(from_preset(row["preset"]), priors=priors, seed=seed)[Flow(row["flow"])]


def _saving(row: Mapping[str, Any], priors: PriorSet, seed: int) -> Interval:
    draw = cost.drawn(priors, count=N_DRAWS_UNCONSTRAINED, seed=seed)
    low, mode, high = row["saving_thousand_won"]
    saved = even_draws(
        Prior("pert", (low, mode, high)), name=row["key"], count=N_DRAWS_UNCONSTRAINED, seed=seed
    )
    trip = cost.burden(draw, Scene((), None), Flow(row["flow"])).trip[:, 0]
    share = np.minimum(saved / trip, 0.9)
    return Interval.of(100 * expm1(-draw["elasticity"][:, 0] * log1p(-share)))


MODELS = MappingProxyType({"visa-ended": _visa_ended, "ramp": _ramp, "preset": _preset, "saving": _saving})


def check_past(
    before: Simulated,
    seen: Mapping[Flow, pd.Series],
    settings: Settings,
    *,
    priors: PriorSet = "evidence",
    supply: Supply | None = None,
) -> tuple[PastMonth, ...]:
    """Compare a scenario that began in the past with what happened since.

    before: a projection as of a month before the first measure. seen: monthly visitors by direction as
    published now. Intervals are over futures, assumptions in the middle. Raises PriorsUnknown,
    NothingToCheck.
    """
    check_priors(priors)
    stage = Stage.of(before, supply)
    paths = stage.paths(cost.middle(priors), Scene.of(settings, stage.months))
    rows = tuple(_past_months(stage, paths, seen))
    if not rows:
        raise NothingToCheck(
            N_("No figures after {month} are published yet. Choose an earlier as-of month."),
            month=before.as_of,
        )
    return rows


def _past_months(stage: Stage, paths: Array, seen: Mapping[Flow, pd.Series]) -> Iterator[PastMonth]:
    for flow in DIRECTIONS:
        for place, month in enumerate(stage.months):
            value = seen[flow].get(month)
            if value is not None and not np.isnan(value):
                yield PastMonth(
                    month=month,
                    flow=flow,
                    baseline=Interval.of(of_flow(stage.baseline, flow)[:, place]),
                    scenario=Interval.of(of_flow(paths, flow)[:, place]),
                    seen=float(value),
                )


def earliest_start(settings: Settings) -> pd.Period | None:
    """Return the first month in which a lever with a start month acts; None where none has one."""
    starts = [choice.start or levers()[choice.lever].start for choice in settings.active]
    return min((start for start in starts if start is not None), default=None)
