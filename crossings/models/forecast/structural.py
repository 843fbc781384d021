"""A bank of structural models, filtered side by side and weighted by how well they predicted.

Each member is level + damped slope + seasonal + transitory part + irregular (Harvey 1989) with fixed
variances relative to one scale; the bank spreads 128 such settings evenly. Its weights are the
likelihoods of robust one-step predictions with forgetting, so parameter uncertainty is in the paths.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from crossings.models.arithmetic import cholesky, log, log1p, power, product

MEMBERS = 128
HALF_LIFE_MONTHS = 48.0
CLIP = 2.0
TAIL = 6.0
WARM_UP = 18
LEVEL, SLOPE, PASSING, FIRST_SEASON = 0, 1, 2, 3
STATES = 15
CENTRED = np.eye(12) - 1.0 / 12.0


@dataclass(frozen=True)
class Bank:
    """Variances relative to the squared scale, one entry a member, and the two damping factors."""

    level: np.ndarray
    slope: np.ndarray
    passing: np.ndarray
    irregular: np.ndarray
    seasonal: np.ndarray
    damping: np.ndarray
    persistence: np.ndarray


@dataclass(frozen=True)
class Filtered:
    """The bank at the end of a series: states, their covariances, scales, evidence, one-step errors.

    state (members, 15); covariance (members, 15, 15) in units of variance; variance and weight_months
    (members,); log_evidence (members,); errors (months, members), standardised.
    """

    state: np.ndarray
    covariance: np.ndarray
    variance: np.ndarray
    weight_months: np.ndarray
    log_evidence: np.ndarray
    errors: np.ndarray


@lru_cache(maxsize=1)
def bank() -> Bank:
    """Return the members' settings, an even spread by an additive recurrence (Roberts 2018)."""
    u = _even_spread(MEMBERS, 9)
    moving = np.clip(u[:, 0], 0.03, 0.997) ** 2
    reverting = u[:, 8] < 0.6
    share = np.where(reverting, 0.85 + 0.149 * np.sqrt(u[:, 7]), np.where(u[:, 6] < 0.5, 0.0, 0.7 * u[:, 7]))
    second = (u[:, 6] * 7.31) % 1.0
    kept = np.where(
        u[:, 4] < 0.4, 0.80 + 0.15 * u[:, 5], np.where(u[:, 4] < 0.8, 0.95 + 0.045 * u[:, 5], 1.0)
    )
    slope = np.where(u[:, 2] < 0.15, 0.0, power(10.0, -5.6 + 3.6 * u[:, 3]))
    return Bank(
        level=moving * (1.0 - share),
        slope=np.where(kept == 1.0, 0.1 * slope, slope),
        passing=moving * share,
        irregular=1.0 - moving,
        seasonal=power(10.0, -6.0 + 6.0 * u[:, 1]),
        damping=kept,
        persistence=np.where(reverting, 0.6 + 0.38 * second, 0.4 + 0.5 * second),
    )


def _even_spread(points: int, dimensions: int) -> np.ndarray:
    root = 2.0
    for _ in range(40):  # Newton's steps to the root of root**(dimensions + 1) = root + 1
        powers = np.cumprod(np.full(dimensions + 1, root))
        slope = (dimensions + 1) * powers[-2] - 1.0
        root = float(root - (powers[-1] - root - 1.0) / slope)
    steps = np.cumprod(np.full(dimensions, 1.0 / root))
    spread: np.ndarray = (0.5 + np.arange(1, points + 1)[:, None] * steps) % 1.0
    return spread


def filter_bank(values: np.ndarray, month: np.ndarray, members: Bank) -> Filtered:
    """Run every member's Kalman filter over one series.

    values: (months,), gaps NaN. month: calendar month 0 to 11 of each. Innovations beyond two
    standard errors are clipped in the update (Masreliez and Martin 1977); the scale forgets with a
    half-life of eight years, the evidence with one of four.
    """
    unit = _usual_error(values)
    state, spread = _start(values, unit, members)
    count, total = 6.0, np.full(MEMBERS, 6.0 * unit**2)
    errors, variances = np.full((2, len(values), MEMBERS), np.nan)
    keep = float(np.sqrt(power(0.5, 1.0 / HALF_LIFE_MONTHS)))
    for t, value in enumerate(values):
        if t > 0:
            _move_on(state, spread, members)
        if np.isnan(value):
            continue
        season = FIRST_SEASON + month[t]
        gain = spread[:, :, LEVEL] + spread[:, :, PASSING] + spread[:, :, season]
        error = value - state[:, LEVEL] - state[:, PASSING] - state[:, season]
        variance = gain[:, LEVEL] + gain[:, PASSING] + gain[:, season] + members.irregular
        scale = total / count
        score = error / np.sqrt(variance * scale)
        weight = np.ones(MEMBERS)
        if t >= WARM_UP:
            weight = np.minimum(1.0, CLIP / np.maximum(np.abs(score), 1e-12))
        errors[t], variances[t] = score, variance * scale
        total = total * keep + np.clip(score, -CLIP, CLIP) ** 2 * scale
        count = count * keep + 1.0
        update = gain * (weight / variance)[:, None]
        state += update * error[:, None]
        spread -= update[:, :, None] * gain[:, None, :]
    evidence = _evidence(errors[WARM_UP:], variances[WARM_UP:])
    return Filtered(state, spread, total / count, np.full(MEMBERS, count), evidence, errors)


def _evidence(errors: np.ndarray, variances: np.ndarray) -> np.ndarray:
    """Return each member's log likelihood with forgetting, from its errors and their variances by month."""
    keep = power(0.5, 1.0 / HALF_LIFE_MONTHS)
    seen = ~np.isnan(errors[:, 0])
    evidence = np.zeros(MEMBERS)
    for density in _log_density(errors[seen]) - 0.5 * log(variances[seen]):
        evidence = evidence * keep + density
    return evidence


def _log_density(score: np.ndarray) -> np.ndarray:
    density: np.ndarray = -(TAIL + 1.0) / 2.0 * log1p(score**2 / (TAIL - 2.0))
    return density


def _usual_error(values: np.ndarray) -> float:
    """Return a first guess of the one-step error: the median size of the change of the yearly change."""
    change = values[13:] - values[12:-1] - values[1:-12] + values[:-13]
    change = change[~np.isnan(change)]
    seen = values[~np.isnan(values)]
    middle = np.median(np.abs(change - np.median(change))) * 1.4826 / np.sqrt(2.0) if len(change) > 5 else 0.0
    if middle > 0:
        return float(middle)
    spread = float(np.std(change)) if len(change) else 0.0
    spread = spread or 0.3 * float(np.std(seen))
    return max(spread, 1e-6 * (1.0 + float(np.abs(seen).mean())))


def _start(values: np.ndarray, unit: float, members: Bank) -> tuple[np.ndarray, np.ndarray]:
    seen = values[~np.isnan(values)]
    early = seen[:12]
    state = np.zeros((MEMBERS, STATES))
    state[:, LEVEL] = np.median(early)
    spread = np.zeros((MEMBERS, STATES, STATES))
    spread[:, LEVEL, LEVEL] = 25.0 + np.square(2.0 * np.std(early) / unit)
    spread[:, SLOPE, SLOPE] = 0.01
    spread[:, PASSING, PASSING] = members.passing / (1.0 - members.persistence**2)
    swing = max(float(np.std(seen - _rolling_mean(seen))) / unit, 0.5)
    spread[:, FIRST_SEASON:, FIRST_SEASON:] = np.square(1.2 * swing) * CENTRED
    return state, spread


def _rolling_mean(seen: np.ndarray) -> np.ndarray:
    """Return the mean of each value, the six before and the six after, as far as there are any."""
    sums = np.concatenate([[0.0], np.cumsum(seen)])
    place = np.arange(len(seen))
    first, last = np.maximum(place - 6, 0), np.minimum(place + 7, len(seen))
    means: np.ndarray = (sums[last] - sums[first]) / (last - first)
    return means


def _move_on(state: np.ndarray, spread: np.ndarray, members: Bank) -> None:
    """Carry every member one month on, in place (twice the speed of building new arrays)."""
    state[:, LEVEL] += state[:, SLOPE]
    state[:, SLOPE] *= members.damping
    state[:, PASSING] *= members.persistence
    spread[:, LEVEL, :] += spread[:, SLOPE, :]
    spread[:, :, LEVEL] += spread[:, :, SLOPE]
    for place, factor in ((SLOPE, members.damping), (PASSING, members.persistence)):
        spread[:, place, :] *= factor[:, None]
        spread[:, :, place] *= factor[:, None]
    spread[:, LEVEL, LEVEL] += members.level
    spread[:, SLOPE, SLOPE] += members.slope
    spread[:, PASSING, PASSING] += members.passing
    spread[:, FIRST_SEASON:, FIRST_SEASON:] += members.seasonal[:, None, None] * CENTRED


def draw(
    filtered: Filtered, members: Bank, chosen: np.ndarray, month: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw one path per chosen member, (len(chosen), len(month)), on the scale of the filtered values.

    The end state is drawn from its distribution, the scale from its own, shocks from Student's t.
    """
    n_paths = len(chosen)
    freedom = np.maximum(0.9 * filtered.weight_months[chosen], 4.0)
    scale = np.sqrt(filtered.variance[chosen] * freedom / rng.chisquare(freedom))
    state = filtered.state[chosen] + scale[:, None] * _end_state_noise(filtered.covariance, chosen, rng)
    level, slope, passing, seasons = (
        state[:, LEVEL],
        state[:, SLOPE],
        state[:, PASSING],
        state[:, FIRST_SEASON:].copy(),
    )
    size = {
        name: np.sqrt(getattr(members, name)[chosen]) * scale
        for name in ("level", "slope", "passing", "irregular", "seasonal")
    }
    damping, persistence = members.damping[chosen], members.persistence[chosen]
    paths = np.empty((n_paths, len(month)))
    for step, season in enumerate(month):
        level = level + slope + size["level"] * _tailed(rng, n_paths)
        slope = damping * slope + size["slope"] * rng.standard_normal(n_paths)
        passing = persistence * passing + size["passing"] * _tailed(rng, n_paths)
        turn = rng.standard_normal((n_paths, 12))
        seasons += size["seasonal"][:, None] * (turn - turn.mean(axis=1, keepdims=True))
        paths[:, step] = level + passing + seasons[:, season] + size["irregular"] * _tailed(rng, n_paths)
    return paths


def _tailed(rng: np.random.Generator, size: int) -> np.ndarray:
    """Draw Student's t scaled to unit variance."""
    drawn: np.ndarray = rng.standard_t(TAIL, size) * np.sqrt((TAIL - 2.0) / TAIL)
    return drawn


def _end_state_noise(covariance: np.ndarray, chosen: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw by Cholesky roots: a covariance has one such root only, but any number of roots of eigenvectors."""
    used, place = np.unique(chosen, return_inverse=True)
    symmetric = (covariance[used] + covariance[used].transpose(0, 2, 1)) / 2.0
    roots = cholesky(symmetric)
    noise: np.ndarray = (roots[place] * rng.standard_normal((len(chosen), 1, STATES))).sum(axis=-1)
    return noise


def whitened(
    columns: np.ndarray, month: np.ndarray, members: Bank, member: int, *, scale: float
) -> tuple[np.ndarray, np.ndarray]:
    """Run one member's filter over several series alike; return their one-step errors and the months' weights.

    columns: (months, n), the series itself first; a month with a gap in any column is passed over. scale:
    the member's own, of the first column. Errors (months seen after the warm-up, n) are divided by their
    relative spread, so that they are independent; weights are those of the first column's errors
    (Masreliez and Martin 1977). Method: de Jong 1991.
    """
    ahead, noise, spread = _one_member(members, member)
    away = columns - np.nanmean(columns, axis=0)
    state = np.zeros((STATES, columns.shape[1]))
    errors, weights = [], []
    for row, place in zip(away, month, strict=True):
        state, spread = product(ahead, state), product(product(ahead, spread), ahead.T) + noise
        if np.isnan(row).any():
            continue
        shown = [LEVEL, PASSING, FIRST_SEASON + place]
        gain = spread[:, shown].sum(axis=1)
        variance = float(gain[shown].sum() + members.irregular[member])
        error = row - state[shown].sum(axis=0)
        weight = min(1.0, CLIP * scale * np.sqrt(variance) / max(abs(error[0]), 1e-12))
        update = gain * weight / variance
        state, spread = state + np.outer(update, error), spread - np.outer(update, gain)
        errors.append(error / np.sqrt(variance))
        weights.append(weight)
    return np.array(errors[WARM_UP:]), np.array(weights[WARM_UP:])


def _one_member(members: Bank, member: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a member's transition, monthly noise and first spread, wide open, as matrices of its 15 states."""
    ahead, noise, spread = np.eye(STATES), np.zeros((STATES, STATES)), np.zeros((STATES, STATES))
    ahead[LEVEL, SLOPE] = 1.0
    ahead[SLOPE, SLOPE], ahead[PASSING, PASSING] = members.damping[member], members.persistence[member]
    noise[LEVEL, LEVEL], noise[SLOPE, SLOPE] = members.level[member], members.slope[member]
    noise[PASSING, PASSING] = members.passing[member]
    noise[FIRST_SEASON:, FIRST_SEASON:] = members.seasonal[member] * CENTRED
    spread[LEVEL, LEVEL], spread[SLOPE, SLOPE] = 1e4, 0.01
    spread[PASSING, PASSING] = members.passing[member] / (1.0 - members.persistence[member] ** 2)
    spread[FIRST_SEASON:, FIRST_SEASON:] = 1e3 * CENTRED
    return ahead, noise, spread
