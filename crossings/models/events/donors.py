"""The same months for visitors of other origins: how they went, and a mix of them that stands in for the flow."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crossings.errors import N_
from crossings.models.arithmetic import expm1, leading, log, product
from crossings.models.events.design import closed_months, every_month, month_index
from crossings.models.events.errors import TooFewMonths
from crossings.models.events.interventions import Intervention
from crossings.models.events.placebo import candidates
from crossings.tables.flows import Flow, Published

MONTHS_BEFORE = 36
FEWEST_BEFORE = 10
MOST_AFTER = 12
SMALLEST_WEIGHT = 0.01


@dataclass(frozen=True)
class Comparison:
    """A flow beside a mix of other origins to the same country, in growth on a year earlier.

    effect: mean share by which the flow fell short of (or beat) the mix over the event's months, of which the first
    twelve at most. own and others: the flow's growth and the median growth of the origins compared over those months
    (shares). weights: origins of the mix by weight. error_before: typical monthly gap (log) before the event.
    place, of: rank of the effect over error_before among all origins treated as if the event had been theirs.
    growth: by month, the flow's and the mix's growth (shares). donors_moved: whether the mix itself went the same way by
    more than half as much, so that it is no bystander.
    """

    flow: Flow
    months: pd.PeriodIndex
    effect: float
    own: float
    others: float
    weights: pd.Series
    error_before: float
    place: int
    of: int
    growth: pd.DataFrame
    donors_moved: bool


def compare(published: Published, *, flow: Flow, intervention: Intervention) -> Comparison:
    """Compare a flow with a synthetic control of other origins to the same country.

    Raises TooFewMonths where too few months or origins remain. Method: Abadie, Diamond and Hainmueller (2010), on
    twelve-month log growth with a constant (Doudchenko and Imbens 2016), over at most half as many origins as months.
    """
    table = growth_table(published, flow=flow, intervention=intervention)
    before = table.loc[: intervention.first - 1].tail(MONTHS_BEFORE)
    after = table.loc[intervention.first :].head(MOST_AFTER)
    others = list(table.columns[1 : 1 + len(before) // 2])
    if len(before) < FEWEST_BEFORE or after.empty or len(others) < 3:
        raise TooFewMonths(
            N_("Only {months} months can be used here; an estimate needs at least {needed}."),
            months=len(before),
            needed=FEWEST_BEFORE,
        )
    weights, gap, error = _gap(before, after, flow.value, others)
    ratios = []
    for name in others:
        _, placebo, its_error = _gap(before, after, name, [other for other in others if other != name])
        ratios.append(abs(placebo.mean()) / its_error)
    own, middle = float(after[flow.value].mean()), float(after[others].mean().median())
    everything = pd.concat([before, after])
    mix = _mixed(everything, weights) + float((before[flow.value] - _mixed(before, weights)).mean())
    return Comparison(
        flow=flow,
        months=month_index(after),
        effect=float(expm1(gap.mean())),
        own=float(expm1(own)),
        others=float(expm1(middle)),
        weights=weights[weights >= SMALLEST_WEIGHT].sort_values(ascending=False, kind="stable"),
        error_before=error,
        place=1 + sum(ratio >= abs(gap.mean()) / error for ratio in ratios),
        of=1 + len(ratios),
        growth=pd.DataFrame({"flow": everything[flow.value], "mix": mix}).apply(_shares),
        donors_moved=_moved_too(own, float(mix.reindex(after.index).mean() - before[flow.value].mean())),
    )


def _moved_too(own: float, mix: float) -> bool:
    """Tell whether the mix went the same way as the flow by more than half as much (both log)."""
    return own * mix > 0 and abs(mix) > abs(own) / 2


def growth_table(published: Published, *, flow: Flow, intervention: Intervention) -> pd.DataFrame:
    """Return twelve-month log growth by month of the flow and of its donors, largest first, closed borders left out."""
    months = month_index(published.series(flow))
    last = min(intervention.end(months), intervention.first + MOST_AFTER - 1)
    names = candidates(published, flow=flow, first=intervention.first, last=last)
    destination = flow.value.split("-")[-1]
    rows = published.visitors[published.visitors["destination"] == destination]
    wide = every_month(rows.pivot(index="month", columns="origin", values="visitors")[names])
    wide = wide[
        wide.loc[: intervention.first - 1].tail(12).mean().sort_values(ascending=False, kind="stable").index
    ]
    wide.insert(0, flow.value, published.series(flow))
    logs = pd.DataFrame(log(wide.clip(lower=0.5)), index=wide.index, columns=wide.columns)
    shut = [closed_months(flow.value), closed_months("other")]
    logs.loc[min(first for first, _ in shut) : max(last for _, last in shut)] = np.nan
    growth = logs - logs.shift(12)
    return growth.loc[intervention.first - MONTHS_BEFORE : last].dropna()


def _gap(
    before: pd.DataFrame, after: pd.DataFrame, treated: str, others: list[str]
) -> tuple[pd.Series, pd.Series, float]:
    """Return the weights, the gap after the event (log) and the root mean square gap before it."""
    weights = pd.Series(_simplex(before[treated].to_numpy(), before[others].to_numpy()), index=others)
    rest = before[treated] - _mixed(before, weights)
    gap = after[treated] - _mixed(after, weights) - rest.mean()
    return weights, gap, float(max(rest.std(ddof=0), 1e-6))


def _mixed(table: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Return the weighted sum of a table's columns that have a weight."""
    return pd.Series(product(table[list(weights.index)].to_numpy(), weights.to_numpy()), index=table.index)


def _shares(logs: pd.Series) -> pd.Series:
    return pd.Series(expm1(logs), index=logs.index)


def _simplex(target: np.ndarray, donors: np.ndarray) -> np.ndarray:
    """Return weights, none negative and one in sum, with the least squared gap around its mean.

    Projected gradient steps with Nesterov's momentum on the centred columns.
    """
    centred, wanted = donors - donors.mean(axis=0), target - target.mean()
    moments, aim = product(centred.T, centred), product(centred.T, wanted)
    step = 1.0 / max(float(leading(np.linalg.eigvalsh(moments)[-1])), 1e-12)
    weights = ahead = np.full(donors.shape[1], 1.0 / donors.shape[1])
    for turn in range(1, 800):
        moved = _projected(ahead - step * (product(moments, ahead) - aim))
        ahead = moved + (turn - 1) / (turn + 2) * (moved - weights)
        if np.abs(moved - weights).max() < 1e-9 and turn > 20:
            return moved
        weights = moved
    return weights


def _projected(point: np.ndarray) -> np.ndarray:
    """Return the nearest weights that are not negative and sum to one (Duchi et al. 2008)."""
    ordered = np.sort(point)[::-1]
    level = (np.cumsum(ordered) - 1.0) / np.arange(1, len(point) + 1)
    keep = int(np.flatnonzero(ordered > level)[-1])
    nearest: np.ndarray = np.maximum(point - level[keep], 0.0)
    return nearest
