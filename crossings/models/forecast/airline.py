"""The second opinion: statsmodels' seasonal ARIMA (0,1,1)(0,1,1) on the series with its gaps.

The airline model of Box and Jenkins (1976), on logarithms and on the series' own scale. Its two coefficients are
not searched for: a grid of them is filtered and weighted by evidence, like the bank of structural models.
"""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from crossings.models.arithmetic import cholesky
from crossings.models.arithmetic import product as matrix_product
from crossings.models.forecast.stepping import (
    Run,
    drawn_scale,
    on_grid,
    statsmodels_part,
    stepped,
    tailed,
    usual_error,
)

GRID = tuple(product((-0.85, -0.6, -0.35, 0.0), (-0.9, -0.7, -0.4)))
CLIP = 2.0
DIFFERENCED = 13
WARM_UP = 26
START_SPREAD = 4.5


@dataclass(frozen=True)
class Filtered:
    """Every pair of coefficients run over one series: runs, and the system they share.

    centre is taken off the values before. transition (states, states), selections (pairs, states), design (states,).
    """

    runs: tuple[Run, ...]
    centre: float
    transition: np.ndarray
    selections: np.ndarray
    design: np.ndarray

    @property
    def log_evidence(self) -> np.ndarray:
        """The log evidence of each pair of coefficients."""
        return np.array([each.log_evidence for each in self.runs])


def model_class() -> Any:
    """Return statsmodels' seasonal ARIMA; statsmodels is imported when it is first asked for."""
    return statsmodels_part("statsmodels.tsa.statespace.sarimax").SARIMAX


def filter_grid(values: np.ndarray) -> Filtered:
    """Run every pair of coefficients over one series, (months,), gaps NaN, at least 48 seen."""
    centre, unit = float(np.nanmedian(values)), usual_error(values)
    seen = ~np.isnan(values)
    model = model_class()(
        values - centre,
        order=(0, 1, 1),
        seasonal_order=(0, 1, 1, 12),
        enforce_invertibility=False,
        tolerance=0,
    )
    spread = START_SPREAD * max(float(np.std(values[seen][:24])) / unit, 1.0)
    runs, selections = [], []
    for pair in GRID:
        model.update(np.array([*pair, 1.0]))
        model["obs_cov"] = np.zeros((1, 1, model.nobs))
        model.ssm.initialize_known(
            np.zeros(model.k_states), _start(model["transition"], model["selection"], spread)
        )
        run = stepped(model.ssm, seen, clip=CLIP, unit=unit, start=DIFFERENCED, warm_up=WARM_UP)
        runs.append(on_grid(run, unit=unit))
        selections.append(np.array(model["selection"])[:, 0])
    return Filtered(
        tuple(runs), centre, np.array(model["transition"]), np.stack(selections), np.array(model["design"])[0]
    )


def _start(transition: np.ndarray, selection: np.ndarray, spread: float) -> np.ndarray:
    """Return the start covariance: the differenced months wide open, the moving average as in the long run."""
    states = len(transition)
    covariance = np.zeros((states, states))
    covariance[:DIFFERENCED, :DIFFERENCED] = spread**2 * np.eye(DIFFERENCED)
    ahead, shock = transition[DIFFERENCED:, DIFFERENCED:], selection[DIFFERENCED:, 0]
    for _ in range(states - DIFFERENCED):
        covariance[DIFFERENCED:, DIFFERENCED:] += np.outer(shock, shock)
        shock = ahead @ shock
    return covariance


def draw(filtered: Filtered, chosen: np.ndarray, horizon: int, rng: np.random.Generator) -> np.ndarray:
    """Draw one path per chosen pair of coefficients, (len(chosen), horizon), on the scale of the filtered values.

    The end state is drawn from its distribution, the scale from its own, shocks from Student's t.
    """
    runs = [filtered.runs[pair] for pair in chosen]
    variance = np.array([each.variance for each in runs])
    scale = drawn_scale(variance, np.array([each.weight_months for each in runs]), rng)
    roots = {pair: cholesky(filtered.runs[pair].covariance) for pair in np.unique(chosen)}
    noise = rng.standard_normal((len(chosen), len(filtered.design)))
    away = np.stack([matrix_product(roots[pair], row) for pair, row in zip(chosen, noise, strict=True)])
    state = np.stack([each.state for each in runs]) + scale[:, None] * away
    selection = filtered.selections[chosen] * scale[:, None]
    paths = np.empty((len(chosen), horizon))
    for step in range(horizon):
        state = matrix_product(state, filtered.transition.T) + selection * tailed(rng, len(chosen))[:, None]
        paths[:, step] = filtered.centre + matrix_product(state, filtered.design)
    return paths
