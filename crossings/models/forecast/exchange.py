"""The won price of the yen as an explanatory path: a visible switch, off in the headline.

A flow's logarithm moves by its elasticity times the logarithm of won per yen, mean of the month and the
five before. The elasticity is estimated from the months known, with the rates known then.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from crossings.errors import N_, CrossingsError
from crossings.models.arithmetic import COARSE, exp, leading, log, settled
from crossings.models.forecast import structural
from crossings.models.forecast.pool import STRUCTURAL, Fitted, open_visitors
from crossings.tables.flows import DIRECTIONS, Flow

Path = Literal["fixed", "random walk"]
PATHS: tuple[Path, ...] = ("fixed", "random walk")
CODES: dict[str, Path] = {"fixed": "fixed", "walk": "random walk"}  # as addresses write them
RATE_MONTHS = 6
PRIOR_ERROR = 1.0
FEWEST_CHANGES = 24
ROUNDS = 3
KNOWN_AFTER_MONTHS = 1


class RatesMissing(CrossingsError):
    """Too few exchange rates are known at the as-of month."""


@dataclass(frozen=True)
class Exchange:
    """The switch: won per yen by month (complete months, PeriodIndex) and what they do from now on."""

    rates: pd.Series
    path: Path


@dataclass(frozen=True)
class Response:
    """A flow's estimated elasticity to won per yen, with its standard error."""

    elasticity: float
    error: float


@dataclass(frozen=True)
class Effect:
    """What was done to a projection: the path, the last rate known (won per yen), its month, the responses."""

    path: Path
    rate: float
    month: pd.Period
    responses: dict[Flow, Response]


def as_json(effect: Effect) -> dict[str, object]:
    """Return the switch as plain values: path, won per yen, month YYYY-MM, elasticity and its error by flow."""
    return {
        "path": effect.path,
        "won_per_yen": effect.rate,
        "month": str(effect.month),
        "elasticity": {flow.value: found.elasticity for flow, found in effect.responses.items()},
        "standard_error": {flow.value: found.error for flow, found in effect.responses.items()},
    }


def known_rates(rates: pd.Series, *, as_of: pd.Period) -> pd.Series:
    """Return the logarithms of won per yen published by the end of the month after as_of, gaps filled forward.

    Raises RatesMissing with fewer than two years of them.
    """
    seen = rates.loc[: as_of + KNOWN_AFTER_MONTHS]
    known: pd.Series = pd.Series(log(seen), index=seen.index).ffill()
    if len(known) < FEWEST_CHANGES or known.index[-1] < as_of - RATE_MONTHS:
        raise RatesMissing(
            N_(
                "Exchange rates up to {month} are needed. Switch the exchange rate off, or update the "
                "figures."
            ),
            month=as_of,
        )
    return known


def term(logs: pd.Series, months: pd.PeriodIndex) -> np.ndarray:
    """Return the explanatory term by month: mean log rate of it and the five before, first and last carried on."""
    mean = logs.rolling(RATE_MONTHS).mean().dropna()
    wanted = pd.period_range(min(months[0], mean.index[0]), max(months[-1], mean.index[-1]), freq="M")
    values: np.ndarray = mean.reindex(wanted).ffill().bfill().reindex(months).to_numpy(dtype=float)
    return values


def response(fitted: Fitted, logs: pd.Series) -> Response:
    """Estimate a flow's elasticity by generalised least squares on the errors of its best structural member.

    fitted: the flow on its own. The member's filter is run over the flow's logarithm and the term alike;
    what is left are independent errors, robustly weighted (de Jong 1991). The prior is normal about no
    effect with standard deviation 1, so that a short history says little.
    """
    index = pd.PeriodIndex(fitted.history.index)
    bank = fitted.models[STRUCTURAL]
    values = bank.scales[0].there(open_visitors(fitted.history, fitted.shut))
    member = int(bank.weights[0].argmax())
    errors, weight = structural.whitened(
        np.column_stack([values, term(logs, index)]),
        structural.bank().settings(member),
        scale=float(np.sqrt(bank.filtered[0].variance[member])),
    )
    if len(errors) < FEWEST_CHANGES:
        return Response(0.0, PRIOR_ERROR)
    flow, rate = errors.T
    centre, error = 0.0, PRIOR_ERROR
    for _ in range(ROUNDS):
        variance = _variance(flow - centre * rate, weight)
        precision = float((weight * rate**2).sum()) / variance + 1.0 / (PRIOR_ERROR * PRIOR_ERROR)
        centre, error = (
            float((weight * rate * flow).sum()) / variance / precision,
            float(1.0 / np.sqrt(precision)),
        )
    return Response(float(settled(np.array(centre), points=COARSE)), float(leading(error)))


def _variance(left: np.ndarray, weight: np.ndarray) -> float:
    """Return the weighted variance of errors clipped at three of their usual size."""
    usual = 1.4826 * float(np.median(np.abs(left))) or float(np.std(left)) or 1e-9
    return float((weight * np.clip(left, -3.0 * usual, 3.0 * usual) ** 2).sum() / weight.sum())


def ahead(
    logs: pd.Series, months: pd.PeriodIndex, *, path: Path, n_paths: int, rng: np.random.Generator
) -> np.ndarray:
    """Return the term of the months ahead less its value in the month before them, (n_paths, horizon).

    fixed: the last known rate stays. random walk: it moves on by monthly changes drawn from the past ones,
    less their mean.
    """
    last = logs.index[-1]
    beyond = max((months[-1] - last).n, 0)
    steps = np.zeros((n_paths, beyond))
    if path == "random walk":
        past = logs.diff().dropna().to_numpy()
        steps = rng.choice(past - past.mean(), size=(n_paths, beyond))
    rates = np.concatenate(
        [np.tile(logs.to_numpy(), (n_paths, 1)), logs.iloc[-1] + steps.cumsum(axis=1)], axis=1
    )
    sums = np.concatenate([np.zeros((n_paths, 1)), rates.cumsum(axis=1)], axis=1)
    means = (sums[:, RATE_MONTHS:] - sums[:, :-RATE_MONTHS]) / RATE_MONTHS
    first = (months[0] - logs.index[0]).n - (RATE_MONTHS - 1)
    moved: np.ndarray = means[:, first : first + len(months)] - means[:, [first - 1]]
    return moved


def estimate(fitted: dict[Flow, Fitted], exchange: Exchange, *, as_of: pd.Period) -> Effect:
    """Return both flows' responses from what was known at as_of. Raises RatesMissing."""
    logs = known_rates(exchange.rates, as_of=as_of)
    return Effect(
        path=exchange.path,
        rate=float(exp(logs.iloc[-1])),
        month=logs.index[-1],
        responses={flow: response(each, logs) for flow, each in fitted.items()},
    )


def explained(history: pd.Series, exchange: Exchange, found: Response, as_of: pd.Period) -> pd.Series:
    """Return, by month, the part of a flow's logarithm that the rate explains, nil in the as-of month."""
    index = pd.period_range(min(history.index.min(), as_of), max(history.index.max(), as_of), freq="M")
    values = term(known_rates(exchange.rates, as_of=as_of), index)
    return pd.Series(found.elasticity * (values - values[index.get_loc(as_of)]), index=index)


def move(
    by_model: dict[str, dict[Flow, np.ndarray]],
    exchange: Exchange,
    effect: Effect,
    *,
    as_of: pd.Period,
    months: pd.PeriodIndex,
    seed: int,
) -> None:
    """Move the paths, in place, by what the rate does from as_of on; both directions of a row see one rate.

    Each row draws its own elasticity from the estimate's distribution.
    """
    logs = known_rates(exchange.rates, as_of=as_of)
    for place, paths in enumerate(by_model.values()):
        rng = np.random.default_rng([seed, place, 11])
        n_paths = len(paths[DIRECTIONS[0]])
        moved = ahead(logs, months, path=exchange.path, n_paths=n_paths, rng=rng)
        for flow in DIRECTIONS:
            found = effect.responses[flow]
            drawn = found.elasticity + found.error * rng.standard_normal((n_paths, 1))
            paths[flow] *= exp(drawn * moved)
