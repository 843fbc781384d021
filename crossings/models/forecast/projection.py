"""Both Korea-Japan directions projected together, from what was known in one month."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crossings.errors import N_, CrossingsError
from crossings.models.forecast import exchange as exchanges
from crossings.models.forecast import joint, revisions, shocks
from crossings.models.forecast.exchange import Effect, Exchange
from crossings.models.forecast.pool import MODEL_VERSION, Fitted, draw, fit, mixed, one_step_errors
from crossings.tables.flows import DIRECTIONS, Flow, Published

SEED = 20260916
YEARS_AHEAD = 2
FIRST_AS_OF = pd.Period("2010-01", freq="M")


class AsOfOutside(CrossingsError):
    """An as-of month for which no projection can be made."""


@dataclass(frozen=True)
class Projection:
    """Simulated futures of both directions, drawn jointly.

    as_of: last month known. months: the horizon, to December two years on. known: monthly visitors
    by direction as known then. paths: (n_paths, horizon) by direction, whole persons; row i is one future.
    by_model: the same rows model by model. dependence: rank correlation of the two directions.
    exchange: what an explanatory exchange rate did, None in the headline.
    """

    as_of: pd.Period
    months: pd.PeriodIndex
    known: dict[Flow, pd.Series]
    paths: dict[Flow, np.ndarray]
    by_model: dict[str, dict[Flow, np.ndarray]]
    model_version: str
    seed: int
    data_digest: str
    dependence: float = 0.0
    exchange: Effect | None = None


def project(
    published: Published,
    *,
    as_of: pd.Period,
    n_paths: int = 2000,
    seed: int = SEED,
    shock_probability_per_year: float = 0.0,
    exchange: Exchange | None = None,
) -> Projection:
    """Project both directions to December two years after the as-of month.

    Uses only what was published by the end of the month after as_of. Months not yet definitive carry
    their revision noise on the first month ahead. shock_probability_per_year adds rare slumps
    (crossings.forecast.shocks), exchange explains part of the flows by the won price of the yen
    (crossings.forecast.exchange); both are off in the headline. Months are drawn as whole persons, so that sums are
    exact in whatever order they are taken, and a total at a mark is the same on every processor.
    Raises AsOfOutside, ShockOutside, RatesMissing.
    """
    _check(published, as_of)
    known = {flow: published.series(flow, as_of=as_of) for flow in DIRECTIONS}
    months = pd.period_range(as_of + 1, pd.Period(f"{as_of.year + YEARS_AHEAD}-12", freq="M"), freq="M")
    fitted, effect = _fitted(known, exchange, as_of)
    strength = joint.dependence(*(one_step_errors(each) for each in fitted.values()))
    by_model = _drawn(fitted, months, strength, n_paths, seed)
    if exchange is not None and effect is not None:
        exchanges.move(by_model, exchange, effect, as_of=as_of, months=months, seed=seed)
    noise = {flow: revisions.noise(published, flow, as_of=as_of, months=months) for flow in DIRECTIONS}
    for place, paths in enumerate(by_model.values()):
        shocks.strike(paths, probability_per_year=shock_probability_per_year, seed=seed + place)
        for number, flow in enumerate(DIRECTIONS):
            revisions.add(paths[flow], noise[flow], rng=np.random.default_rng([seed, place, number]))
            np.rint(paths[flow], out=paths[flow])
    return Projection(
        as_of=as_of,
        months=months,
        known=known,
        paths={flow: mixed([part[flow] for part in by_model.values()], seed=seed) for flow in DIRECTIONS},
        by_model=by_model,
        model_version=MODEL_VERSION,
        seed=seed,
        data_digest=published.digest,
        dependence=strength,
        exchange=effect,
    )


def _check(published: Published, as_of: pd.Period) -> None:
    last = published.last_month
    if not FIRST_AS_OF <= as_of <= last:
        raise AsOfOutside(
            N_("A projection can be made as of any month from {first} to {last}, not {month}."),
            first=FIRST_AS_OF,
            last=last,
            month=as_of,
        )


def _fitted(
    known: dict[Flow, pd.Series], exchange: Exchange | None, as_of: pd.Period
) -> tuple[dict[Flow, Fitted], Effect | None]:
    """Fit both directions; with an exchange rate, again on what its estimated effect leaves."""
    plain = {flow: fit(series) for flow, series in known.items()}
    if exchange is None:
        return plain, None
    effect = exchanges.estimate(plain, exchange, as_of=as_of)
    explained = {
        flow: exchanges.explained(known[flow], exchange, effect.responses[flow], as_of) for flow in known
    }
    return {flow: fit(series, explained=explained[flow]) for flow, series in known.items()}, effect


def _drawn(
    fitted: dict[Flow, Fitted], months: pd.PeriodIndex, strength: float, n_paths: int, seed: int
) -> dict[str, dict[Flow, np.ndarray]]:
    """Draw both directions model by model, rows paired within each model."""
    leading, following = DIRECTIONS
    single = {
        flow: draw(each, horizon=len(months), n_paths=n_paths, seed=seed + place)
        for place, (flow, each) in enumerate(fitted.items())
    }
    rng = np.random.default_rng([seed, len(DIRECTIONS)])
    return {
        name: {
            leading: first,
            following: joint.pair(first, single[following][name], dependence=strength, rng=rng),
        }
        for name, first in single[leading].items()
    }
