"""An autoregression of the yearly change, with shrunk coefficients drawn from their distribution."""

import numpy as np

from crossings.models.arithmetic import cholesky, power, product, solve_lower, solve_upper

SHORT = {1: 0.25, 2: 0.15, 3: 0.1, 12: -0.35, 13: 0.1, 24: -0.15}
LONG = {**SHORT, 4: 0.05, 5: 0.05, 6: 0.05, 36: -0.05}
PRIORS = ((SHORT, 0.2), (LONG, 0.3))
HALF_LIFE_MONTHS = 120.0
TAIL = 6.0
WIDEST_CHANGE = 5.0


def draw(values: np.ndarray, *, horizon: int, n_paths: int, rng: np.random.Generator) -> np.ndarray:
    """Draw paths (n_paths, horizon) that continue a gapless monthly series on a given scale.

    The change on a year earlier follows its own lags, half of the paths with few lags held close to
    their prior, half with more lags held loosely. The priors are normal in the manner of Litterman
    (1986), the weights robust, with a ten-year half-life; each path draws its own coefficients, its
    own scale and Student's t shocks.
    """
    counts = (n_paths // 2, n_paths - n_paths // 2)
    parts = [
        _draw(values, prior, spread, horizon, count, rng)
        for (prior, spread), count in zip(PRIORS, counts, strict=True)
        if count
    ]
    return np.concatenate(parts)


def _draw(
    values: np.ndarray,
    prior: dict[int, float],
    spread: float,
    horizon: int,
    n_paths: int,
    rng: np.random.Generator,
) -> np.ndarray:
    change = values[12:] - values[:-12]
    unit = _size(change)
    clipped = np.clip(change, -WIDEST_CHANGE * unit, WIDEST_CHANGE * unit)
    lags = [lag for lag in prior if len(change) > lag + 18]
    means = np.array([0.0] + [prior[lag] for lag in lags])
    centre, root, variance, months = _fit(clipped, lags, unit, means, spread)
    coefficients = centre + solve_upper(root, rng.standard_normal((n_paths, len(centre))).T).T
    freedom = max(0.9 * months, 4.0)
    scale = np.sqrt(variance * freedom / rng.chisquare(freedom, n_paths) * (TAIL - 2.0) / TAIL)
    longest = max(lags, default=1)
    past = np.concatenate([np.tile(clipped[-longest:], (n_paths, 1)), np.zeros((n_paths, horizon))], axis=1)
    paths = np.concatenate([np.tile(values[-12:], (n_paths, 1)), np.zeros((n_paths, horizon))], axis=1)
    for step in range(horizon):
        seen = past[:, [longest + step - lag for lag in lags]]
        ahead = coefficients[:, 0] * unit + (coefficients[:, 1:] * seen).sum(axis=1)
        ahead += scale * rng.standard_t(TAIL, n_paths)
        past[:, longest + step] = np.clip(ahead, -WIDEST_CHANGE * unit, WIDEST_CHANGE * unit)
        paths[:, 12 + step] = paths[:, step] + past[:, longest + step]
    return paths[:, 12:]


def _size(change: np.ndarray) -> float:
    middle = 1.4826 * float(np.median(np.abs(change - np.median(change))))
    return middle if middle > 0 else float(np.std(change)) + 1e-9


def _fit(
    change: np.ndarray, lags: list[int], unit: float, prior: np.ndarray, spread: float
) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Return coefficients, the Cholesky root of their precision, the error variance and the months' weight."""
    longest = max(lags, default=1)
    target = change[longest:]
    columns = [np.full(len(target), unit)] + [change[longest - lag : len(change) - lag] for lag in lags]
    design = np.column_stack(columns)
    precision = np.full(len(prior), 1.0 / (spread * spread))
    recent = power(0.5, np.arange(len(target))[::-1] / HALF_LIFE_MONTHS)
    weight, variance = recent, 0.5 * unit * unit
    for _ in range(4):
        weighted = (design * weight[:, None]).T
        root = cholesky(product(weighted, design) / variance + np.diag(precision))
        aim = product(weighted, target) / variance + prior * precision
        centre = solve_upper(root, solve_lower(root, aim))
        error = target - product(design, centre)
        clipped = np.clip(error, -3.0 * np.sqrt(variance), 3.0 * np.sqrt(variance))
        more = len(target) / (len(target) - 1.0)
        variance = max(float((weight * clipped**2).sum() / weight.sum()) * more, 1e-12)
        weight = recent * np.minimum(1.0, 2.5 * np.sqrt(variance) / np.maximum(np.abs(error), 1e-12))
    return centre, root, variance, float(weight.sum())
