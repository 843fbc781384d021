"""Both Korea-Japan directions projected together, from what was known in one month."""

from collections.abc import Callable
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

    as_of: last month that both directions are known for. months: the horizon, to December two years on. known: monthly
    visitors by direction as known then, one office's newer month included. paths: (n_paths, horizon) by
    direction; row i is one future; a newer month that is known already stands in every row.
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
    fitting: Callable[[pd.Series], Fitted] = fit,
) -> Projection:
    """Project both directions to December two years after the as-of month.

    Uses only what was published by the end of the month after as_of. Where as_of is the last month of both offices
    and one has published a newer one, that month counts too, and the other direction's is drawn given it.
    Months not yet definitive carry their revision noise on the first month ahead. shock_probability_per_year adds
    rare slumps (crossings.forecast.shocks), exchange explains part of the flows by the won price of the yen
    (crossings.forecast.exchange); both are off in the headline. Months are drawn as whole persons, so that sums are
    exact in whatever order they are taken. fitting: fits a series, from a memory where the caller has one. Raises
    AsOfOutside, ShockOutside, RatesMissing.
    """
    _check(published, as_of)
    known = {flow: known_months(published, flow, as_of=as_of) for flow in DIRECTIONS}
    months = pd.period_range(as_of + 1, pd.Period(f"{as_of.year + YEARS_AHEAD}-12", freq="M"), freq="M")
    fitted, effect = _fitted(known, exchange, as_of, fitting)
    strength = joint.dependence(*(one_step_errors(each) for each in fitted.values()))
    by_model = _drawn(fitted, months, strength, n_paths, seed)
    if exchange is not None and effect is not None:
        exchanges.move(by_model, exchange, effect, as_of=as_of, months=months, seed=seed)
    noise = {flow: revisions.noise(published, flow, as_of=as_of, months=months) for flow in DIRECTIONS}
    for place, paths in enumerate(by_model.values()):
        shocks.strike(paths, probability_per_year=shock_probability_per_year, seed=seed + place)
        for number, flow in enumerate(DIRECTIONS):
            _keep_known(paths[flow], known[flow], months)
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


def known_months(published: Published, flow: Flow, *, as_of: pd.Period) -> pd.Series:
    """Return a direction's months up to as_of, gaps NaN, and beyond it where as_of is the last month of both offices."""
    newest = published.series(flow).index[-1] if as_of == published.last_month else as_of
    series = published.series(flow, as_of=max(newest, as_of))
    return series.reindex(pd.period_range(series.index[0], max(series.index[-1], as_of), freq="M"))


def _keep_known(paths: np.ndarray, known: pd.Series, months: pd.PeriodIndex) -> None:
    """Put months of the horizon that are known already into every path, in place."""
    held = known.reindex(months).to_numpy(dtype=float)
    paths[:, ~np.isnan(held)] = held[~np.isnan(held)]


def _check(published: Published, as_of: pd.Period) -> None:
    last = published.last_month
    if not FIRST_AS_OF <= as_of <= last:
        raise AsOfOutside(
            N_("A projection can be made as of any month from {first} to {last}, but not as of {month}."),
            first=FIRST_AS_OF,
            last=last,
            month=as_of,
        )


def _fitted(
    known: dict[Flow, pd.Series],
    exchange: Exchange | None,
    as_of: pd.Period,
    fitting: Callable[[pd.Series], Fitted],
) -> tuple[dict[Flow, Fitted], Effect | None]:
    """Fit both directions; with an exchange rate, again on what its estimated effect leaves."""
    plain = {flow: fitting(series) for flow, series in known.items()}
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
        flow: _ahead(each, months, n_paths=n_paths, seed=seed + place)
        for place, (flow, each) in enumerate(fitted.items())
    }
    rng = np.random.default_rng([seed, len(DIRECTIONS)])
    paired = {}
    for name, first in single[leading].items():
        parts = {leading: first, following: single[following][name]}
        _given_the_newer_month(parts, fitted, strength, rng)
        second = joint.pair(parts[leading], parts[following], dependence=strength, rng=rng)
        paired[name] = {leading: parts[leading], following: second}
    return paired


def _ahead(fitted: Fitted, months: pd.PeriodIndex, *, n_paths: int, seed: int) -> dict[str, np.ndarray]:
    """Draw one direction over the horizon, months that are known already as they are."""
    newer = fitted.history.reindex(months[months <= fitted.history.index[-1]]).to_numpy(dtype=float)
    drawn = draw(fitted, horizon=max(len(months) - len(newer), 1), n_paths=n_paths, seed=seed)
    return {
        name: np.column_stack([np.tile(newer, (len(paths), 1)), paths])[:, : len(months)]
        for name, paths in drawn.items()
    }


def _given_the_newer_month(
    parts: dict[Flow, np.ndarray], fitted: dict[Flow, Fitted], strength: float, rng: np.random.Generator
) -> None:
    """Draw the later office's paths again, in place, given how far the earlier one's newer months surprised."""
    first, second = (fitted[flow].history.index[-1] for flow in DIRECTIONS)
    if first == second:
        return
    early, late = DIRECTIONS if first > second else DIRECTIONS[::-1]
    surprise = one_step_errors(fitted[early]).loc[fitted[late].history.index[-1] + 1 :].dropna()
    if len(surprise):
        parts[late] = joint.given(
            parts[late],
            months=len(surprise),
            surprise=float(surprise.sum() / np.sqrt(len(surprise))),
            dependence=strength,
            rng=rng,
        )
