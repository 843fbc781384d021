"""What an event did to a flow: the path without it, the difference in visitors, and how sure that is."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from crossings.errors import N_
from crossings.models.arithmetic import exp, expm1, product
from crossings.models.events.design import RATE, Material, flow_material
from crossings.models.events.errors import EventOutside, MonthsMasked
from crossings.models.events.interventions import MAIN, Intervention, columns, known_columns, overlapping
from crossings.models.events.regression import Fit, fit
from crossings.tables.flows import Flow, Published

MONTHS_BEFORE = 24
POWER_AND_SIZE = 1.959964 + 0.841621
NORMAL_95 = 1.959964
SHORT_MONTHS = 12
COUNTED_MONTHS = 24


class Verdict(StrEnum):
    """What the figures allow to say."""

    FELL = "fell"
    ROSE = "rose"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Estimate:
    """The effect of one intervention on one flow. Shares are changes against the path without it.

    effect: mean share over the months of the effect (full size for a ramp), with its 95 % interval. path: by month
    seen `visitors`, `without`, `without_low`, `without_high` (persons; low to high is the interval) and `share`; of
    an open-ended effect the first 24 months. difference: visitors gained or lost over those months, with its
    interval. detectable_fall and detectable_rise: the smallest shares that would have been found four times in five
    at the 5 % level. together_with: interventions in the same months, from which it cannot be told apart.
    rate_elasticity: effect of the exchange rate in the same fit.
    """

    intervention: Intervention
    flow: Flow
    verdict: Verdict
    effect: float
    interval: tuple[float, float]
    path: pd.DataFrame
    difference: float
    difference_interval: tuple[float, float]
    detectable_fall: float
    detectable_rise: float
    together_with: tuple[Intervention, ...]
    rate_elasticity: float | None
    months_used: int

    @property
    def detectable_visitors(self) -> float:
        """The smallest rise that would have been found, in visitors over the months of the effect."""
        return float(self.detectable_rise * self.path["without"].sum())


def estimate(published: Published, rates: pd.Series, *, flow: Flow, intervention: Intervention) -> Estimate:
    """Estimate an intervention's effect on a flow by an interrupted time series.

    rates: won per yen by month. Method: local level and stochastic season on logarithms with calendar, exchange rate
    and known shocks as regressors (Harvey 1989; Harvey and Durbin 1986), interval by profile likelihood.
    Raises EventOutside, MonthsMasked, TooFewMonths or FitFailed.
    """
    return estimate_on(flow_material(published, rates, flow=flow), flow=flow, intervention=intervention)


def estimate_on(material: Material, *, flow: Flow, intervention: Intervention) -> Estimate:
    """Estimate an intervention's effect on a flow that is already made ready."""
    check(material, intervention)
    fitted = fit_with(material, intervention)
    low, high = fitted.interval(MAIN)
    middle = fitted.effect(MAIN)
    path = _path(material, intervention, fitted, middle=middle, low=low, high=high)
    difference, *ends = (
        float((path["visitors"] - path[name]).sum()) for name in ("without", "without_high", "without_low")
    )
    smallest = POWER_AND_SIZE * (high - low) / (2 * NORMAL_95)
    return Estimate(
        intervention=intervention,
        flow=flow,
        verdict=_verdict(low, high),
        effect=float(expm1(middle)),
        interval=(float(expm1(low)), float(expm1(high))),
        path=path,
        difference=difference,
        difference_interval=(min(ends), max(ends)),
        detectable_fall=float(-expm1(-smallest)),
        detectable_rise=float(expm1(smallest)),
        together_with=overlapping(intervention, flow=flow, months=material.months),
        rate_elasticity=fitted.effect(RATE) if RATE in fitted.names else None,
        months_used=int(material.logs.notna().sum()),
    )


def _verdict(low: float, high: float) -> Verdict:
    if high < 0:
        return Verdict.FELL
    return Verdict.ROSE if low > 0 else Verdict.CANNOT_TELL


def check(material: Material, intervention: Intervention) -> None:
    """Raise EventOutside or MonthsMasked where the intervention's months cannot be estimated."""
    months = material.months
    known = months[material.logs.notna().to_numpy()]
    if not len(known) or intervention.first > months[-1] or intervention.first < known[0] + MONTHS_BEFORE:
        raise EventOutside(
            N_(
                "The figures used here run from {first} to {last}; an effect can be estimated from "
                "{earliest} on. Choose another event or another direction."
            ),
            first=known[0] if len(known) else "-",
            last=months[-1],
            earliest=known[0] + MONTHS_BEFORE if len(known) else "-",
        )
    inside = (known >= intervention.first) & (known <= intervention.end(months))
    if not inside.any():
        raise MonthsMasked(
            N_(
                "From {first} to {last} entry was restricted because of COVID-19 or figures are missing, "
                "so no effect can be estimated. Choose another event."
            ),
            first=intervention.first,
            last=intervention.end(months),
        )


def fit_with(material: Material, intervention: Intervention | None) -> Fit:
    """Fit a flow with its terms, the known shocks and, where given, an intervention."""
    months, seen = material.months, material.logs.notna().to_numpy()
    event: dict[str, np.ndarray] = {}
    besides = months[:0]
    if intervention is not None:
        event = columns(intervention, months, seen=seen)
        asked = pd.period_range(intervention.first, intervention.end(months), freq="M")
        besides = asked if len(asked) <= SHORT_MONTHS else besides
    shocks = known_columns(material.flow, months[seen], besides=besides)
    wide = {name: _widened(column, seen) for name, column in shocks.items()}
    return fit(material.logs.to_numpy(), {**material.terms, **wide, **event})


def _widened(column: np.ndarray, seen: np.ndarray) -> np.ndarray:
    wide = np.zeros(len(seen))
    wide[seen] = column
    return wide


def _path(
    material: Material, intervention: Intervention, fitted: Fit, *, middle: float, low: float, high: float
) -> pd.DataFrame:
    months, seen = material.months, material.logs.notna().to_numpy()
    end = min(intervention.end(months), intervention.first + COUNTED_MONTHS - 1)
    inside = np.asarray((months >= intervention.first) & (months <= end)) & seen
    mine = [place for place, name in enumerate(fitted.names) if name == MAIN or name.startswith(f"{MAIN} ")]
    logs = product(fitted.columns[inside][:, mine], fitted.effects[mine])
    weight = fitted.columns[inside, fitted.place(MAIN)]
    visitors = material.visitors.to_numpy()[inside]
    without = {
        "without": visitors * exp(-logs),
        "without_low": visitors * exp(-logs - weight * (high - middle)),
        "without_high": visitors * exp(-logs - weight * (low - middle)),
    }
    table = pd.DataFrame({"visitors": visitors, **without}, index=months[inside])
    return table.assign(share=expm1(logs))
