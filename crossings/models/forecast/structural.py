"""A bank of structural models on statsmodels' state space, filtered one by one and weighted by evidence.

Each member is level + damped slope + transitory part + trigonometric season + irregular (Harvey 1989) with
fixed variances relative to one scale; the bank spreads its settings evenly. Their weights are the
likelihoods of robust one-step predictions with forgetting, so parameter uncertainty is in the paths.
"""

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np

from crossings.models.arithmetic import cholesky, leading, product
from crossings.models.forecast.stepping import (
    GRID_BITS,
    SCALE_HALF_LIFE_MONTHS,
    SMALLEST_VARIANCE,
    YEAR,
    Run,
    drawn_scale,
    on_grid,
    settling,
    statsmodels_part,
    stepped,
    tailed,
    usual_error,
)

MEMBERS = 36
SEASONLESS = 12  # every third member once more, without a season
CLIPS = (2.0, 3.0, np.inf, 2.0)  # standard errors, in turn over the members: evidence chooses
WARM_UP = 18
WILDEST_YEAR = 6.0  # standard errors: more does not widen further
PRIOR_YEARS = 5.0  # years of twelve-month errors that say the width is right, beside the series' own
LEVEL, SLOPE, PASSING, FIRST_HARMONIC = 0, 1, 2, 3
STATES = 14
SHOWN = np.array([1.0, 0.0, 1.0] + [1.0, 0.0] * 5 + [1.0])
HARMONIC_SHARES = np.array([1 / 6] * 10 + [1 / 12])


@dataclass(frozen=True)
class Settings:
    """One member: variances relative to the squared scale, two damping factors, a clip in standard errors.

    A seasonal variance of zero means no season, not one that stays.
    """

    level: float
    slope: float
    passing: float
    irregular: float
    seasonal: float
    damping: float
    persistence: float
    clip: float

    @property
    def state_variances(self) -> np.ndarray:
        """The monthly variances of the 14 states."""
        return np.array([self.level, self.slope, self.passing, *(self.seasonal * HARMONIC_SHARES)])


@dataclass(frozen=True)
class Bank:
    """The members' settings, one entry a member; units as in Settings."""

    level: np.ndarray
    slope: np.ndarray
    passing: np.ndarray
    irregular: np.ndarray
    seasonal: np.ndarray
    damping: np.ndarray
    persistence: np.ndarray
    clip: np.ndarray

    def settings(self, member: int) -> Settings:
        """Return one member's settings."""
        return Settings(**{each.name: float(getattr(self, each.name)[member]) for each in fields(Settings)})


@dataclass(frozen=True)
class Filtered:
    """The bank at the end of a series: states, their covariances, scales, evidence, one-step errors.

    members: the settings. state (members, 14); covariance (members, 14, 14) in units of variance; variance and
    weight_months (members,); log_evidence (members,); errors (months, members), standardised; width (members,): the factor
    that the series' own twelve-month errors put on the scale.
    """

    members: Bank
    state: np.ndarray
    covariance: np.ndarray
    variance: np.ndarray
    weight_months: np.ndarray
    log_evidence: np.ndarray
    errors: np.ndarray
    width: np.ndarray


@lru_cache(maxsize=1)
def bank() -> Bank:
    """Return the members' settings, an even spread by an additive recurrence (Roberts 2018), the seasonless ones last."""
    u = _even_spread(MEMBERS, 9)
    moving = np.clip(u[:, 0], 0.03, 0.997) ** 2
    reverting = u[:, 8] < 0.6
    share = np.where(reverting, 0.85 + 0.149 * np.sqrt(u[:, 7]), np.where(u[:, 6] < 0.5, 0.0, 0.7 * u[:, 7]))
    second = (u[:, 6] * 7.31) % 1.0
    damping = np.where(
        u[:, 4] < 0.4, 0.80 + 0.15 * u[:, 5], np.where(u[:, 4] < 0.8, 0.95 + 0.045 * u[:, 5], 1.0)
    )
    slope = np.where(u[:, 2] < 0.15, 0.0, 10.0 ** (-5.6 + 3.6 * u[:, 3]))
    spread = Bank(
        level=moving * (1.0 - share),
        slope=np.where(damping == 1.0, 0.1 * slope, slope),
        passing=moving * share,
        irregular=1.0 - moving,
        seasonal=10.0 ** (-6.0 + 6.0 * u[:, 1]),
        damping=damping,
        persistence=np.where(reverting, 0.6 + 0.38 * second, 0.4 + 0.5 * second),
        clip=np.resize(CLIPS, MEMBERS),
    )
    again = {each.name: getattr(spread, each.name)[::3] for each in fields(Bank)}
    again |= {"seasonal": np.zeros(SEASONLESS), "clip": np.resize(CLIPS, SEASONLESS)}
    return Bank(**{name: np.concatenate([getattr(spread, name), values]) for name, values in again.items()})


def _even_spread(points: int, dimensions: int) -> np.ndarray:
    root = 2.0
    for _ in range(40):
        root = (1.0 + root) ** (1.0 / (dimensions + 1))
    steps = root ** -np.arange(1.0, dimensions + 1)
    spread: np.ndarray = (0.5 + np.arange(1, points + 1)[:, None] * steps) % 1.0
    return spread


@lru_cache(maxsize=1)
def model_class() -> Any:
    """Return the model class; statsmodels is imported when it is first asked for."""
    base: Any = statsmodels_part("statsmodels.tsa.statespace.mlemodel").MLEModel

    class Structural(base):  # type: ignore[misc]
        """Level, damped slope, transitory part, trigonometric season and irregular: a state space of 14 states.

        params: as param_names. The season is that of Harrison and Stevens (1976), written with harmonics that
        each carry a sixth of its variance, the last a twelfth (Proietti 2000).
        """

        def __init__(self, endog: np.ndarray) -> None:
            super().__init__(endog, k_states=STATES, k_posdef=STATES, tolerance=0)
            self["design"] = SHOWN[None, :]
            self["selection"] = np.eye(STATES)
            self["obs_cov"] = np.ones((1, 1, self.nobs))

        @property
        def param_names(self) -> list[str]:
            """The settings' names but the clip, which is no parameter of the system."""
            return [each.name for each in fields(Settings) if each.name != "clip"]

        def update(self, params: np.ndarray, **_: object) -> None:
            """Set the system's matrices from the parameters."""
            level, slope, passing, irregular, seasonal, damping, persistence = map(float, params)
            settings = Settings(level, slope, passing, irregular, seasonal, damping, persistence, np.inf)
            self["transition"] = transition(settings.damping, settings.persistence)
            self["state_cov"] = np.diag(settings.state_variances)
            self["obs_cov"] = np.full((1, 1, self.nobs), settings.irregular)

        def start(self, level: float, slope: float, variances: np.ndarray) -> None:
            """Start at a level and slope with given variances of the states."""
            state = np.array([level, slope] + [0.0] * (STATES - 2))
            self.ssm.initialize_known(state, np.diag(variances))

    return Structural


def transition(damping: float, persistence: float) -> np.ndarray:
    """Return the matrix (14, 14) that carries the states one month on."""
    ahead = np.zeros((STATES, STATES))
    ahead[LEVEL, LEVEL] = ahead[LEVEL, SLOPE] = 1.0
    ahead[SLOPE, SLOPE], ahead[PASSING, PASSING] = damping, persistence
    for harmonic in range(1, 6):
        first, angle = FIRST_HARMONIC + 2 * (harmonic - 1), np.pi / 6 * harmonic
        cosine, sine = np.cos(angle), np.sin(angle)
        ahead[first : first + 2, first : first + 2] = [[cosine, sine], [-sine, cosine]]
    ahead[-1, -1] = -1.0
    return ahead


def filter_bank(values: np.ndarray, members: Bank, *, drift: float | None = None) -> Filtered:
    """Run every member's filter over one series, (months,), gaps NaN, January or not: the season turns with it.

    drift: a slope that is known, a month; by default it starts at none and is learnt.
    """
    unit = usual_error(values)
    model = model_class()(values)
    level, variances = _start(values, unit)
    if drift is not None:
        variances[SLOPE] = 0.0
    settings = [members.settings(member) for member in range(len(members.level))]
    runs = [
        run(model, each, level=level, slope=drift or 0.0, variances=variances, unit=unit) for each in settings
    ]
    ends = [on_grid(each, unit=unit) for each in runs]
    return Filtered(
        members=members,
        state=np.stack([each.state for each in ends]),
        covariance=np.stack([each.covariance for each in ends]),
        variance=np.array([each.variance for each in ends]),
        weight_months=np.array([each.weight_months for each in ends]),
        log_evidence=np.array([each.log_evidence for each in ends]),
        errors=np.stack([each.scores for each in ends], axis=1),
        width=leading(
            [_width(year_errors(values, *pair)) for pair in zip(runs, settings, strict=True)], bits=GRID_BITS
        ),
    )


def run(
    model: Any, settings: Settings, *, level: float, variances: np.ndarray, unit: float, slope: float = 0.0
) -> Run:
    """Run one member over its model's series.

    level, slope, variances: the start, variances of the 14 states relative to the squared scale (the transitory
    part's follow from its settings). unit: first guess of the scale.
    """
    model.update([getattr(settings, name) for name in model.param_names])
    wide = variances.copy()
    wide[PASSING] = settings.passing / (1.0 - settings.persistence**2)
    if settings.seasonal == 0.0:
        wide[FIRST_HARMONIC:] = 0.0
    model.start(level, slope, wide)
    seen = ~np.isnan(model.endog[:, 0])
    return stepped(
        model.ssm,
        seen,
        clip=settings.clip,
        unit=unit,
        start=0,
        warm_up=WARM_UP,
        summed=_shown_ahead(settings).sum(axis=0),
    )


@lru_cache(maxsize=4 * MEMBERS)
def _shown_ahead(settings: Settings) -> np.ndarray:
    """Return what the states of a month add to the months of the year that begins with it, (12, 14)."""
    ahead = transition(settings.damping, settings.persistence)
    shown = [SHOWN]
    for _ in range(YEAR - 1):
        shown.append(shown[-1] @ ahead)
    return np.array(shown)


def year_errors(values: np.ndarray, found: Run, settings: Settings) -> np.ndarray:
    """Return the errors of twelve-month sums, each predicted from the month before its first, in standard errors.

    One a month from the end of the warm-up on, oldest first, NaN where a sum is over a gap or begins in a
    settling month.
    """
    if len(values) < WARM_UP + YEAR:
        return np.empty(0)
    shocks = np.cumsum(_shown_ahead(settings), axis=0)[:-1]
    noise = float((shocks**2 @ settings.state_variances).sum()) + YEAR * settings.irregular
    first = slice(WARM_UP, len(values) - YEAR + 1)
    came = np.convolve(values, np.ones(YEAR), "valid")[WARM_UP:]
    spread = (found.sum_spreads[first] + noise) * found.scales[first]
    errors: np.ndarray = (came - found.sums[first]) / np.sqrt(np.maximum(spread, SMALLEST_VARIANCE))
    errors[settling(~np.isnan(values))[first]] = np.nan
    return errors


def _width(errors: np.ndarray) -> float:
    """Return the factor on the scale: one, moved by the mean square of twelve-month errors as far as they go.

    Each year's worth of months counts as one observation, with the half-life of the scale, beside PRIOR_YEARS
    that say one.
    """
    known = ~np.isnan(errors)
    weight = 0.5 ** (np.arange(len(errors), 0, -1) / SCALE_HALF_LIFE_MONTHS)[known]
    years = weight.sum() / YEAR
    squares = float((weight * np.minimum(errors[known] ** 2, WILDEST_YEAR**2)).sum()) / YEAR
    return float(np.sqrt((PRIOR_YEARS + squares) / (PRIOR_YEARS + years)))


def _start(values: np.ndarray, unit: float) -> tuple[float, np.ndarray]:
    """Return the start level and the states' start variances relative to the squared unit."""
    seen = values[~np.isnan(values)]
    early = seen[:12]
    swing = max(float(np.std(seen - _rolling_mean(seen))) / unit, 0.5)
    variances = np.zeros(STATES)
    variances[LEVEL] = 25.0 + 4.0 * (np.std(early) / unit) ** 2
    variances[SLOPE] = 0.01
    variances[FIRST_HARMONIC:] = (1.2 * swing) ** 2 * HARMONIC_SHARES
    return float(np.median(early)), variances


def _rolling_mean(seen: np.ndarray) -> np.ndarray:
    ones = np.ones(13)
    means: np.ndarray = np.convolve(seen, ones, "same") / np.convolve(np.ones(len(seen)), ones, "same")
    return means


def draw(filtered: Filtered, chosen: np.ndarray, horizon: int, rng: np.random.Generator) -> np.ndarray:
    """Draw one path per chosen member, (len(chosen), horizon), on the scale of the filtered values.

    The end state is drawn from its distribution, the scale from its own, shocks from Student's t.
    """
    n_paths, members = len(chosen), filtered.members
    squared = filtered.variance[chosen] * filtered.width[chosen] ** 2
    scale = drawn_scale(squared, filtered.weight_months[chosen], rng)
    state = filtered.state[chosen] + scale[:, None] * _end_state_noise(filtered.covariance, chosen, rng)
    level, slope, passing = state[:, LEVEL], state[:, SLOPE], state[:, PASSING]
    season = state[:, FIRST_HARMONIC:]
    size = {
        name: np.sqrt(getattr(members, name)[chosen]) * scale
        for name in ("level", "slope", "passing", "irregular", "seasonal")
    }
    damping, persistence = members.damping[chosen], members.persistence[chosen]
    ahead = transition(1.0, 0.0)[FIRST_HARMONIC:, FIRST_HARMONIC:]
    own, partner = ahead.diagonal(), np.array([1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 10])
    from_partner = np.append(ahead[np.arange(10), partner[:10]], 0.0)
    turn = size["seasonal"][:, None] * np.sqrt(HARMONIC_SHARES)
    paths = np.empty((n_paths, horizon))
    for step in range(horizon):
        level = level + slope + size["level"] * tailed(rng, n_paths)
        slope = damping * slope + size["slope"] * rng.standard_normal(n_paths)
        passing = persistence * passing + size["passing"] * tailed(rng, n_paths)
        season = (
            season * own
            + season.take(partner, axis=1) * from_partner
            + turn * rng.standard_normal(turn.shape)
        )
        shown = level + passing + product(season, SHOWN[FIRST_HARMONIC:])
        paths[:, step] = shown + size["irregular"] * tailed(rng, n_paths)
    return paths


def _end_state_noise(covariance: np.ndarray, chosen: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    used, place = np.unique(chosen, return_inverse=True)
    roots = cholesky(covariance[used])
    noise: np.ndarray = np.einsum("nij,nj->ni", roots[place], rng.standard_normal((len(chosen), STATES)))
    return noise


def whitened(columns: np.ndarray, settings: Settings, *, scale: float) -> tuple[np.ndarray, np.ndarray]:
    """Run one member's filter over several series alike; return their one-step errors and the months' weights.

    columns: (months, n), the series itself first; a month with a gap in any column is passed over. scale:
    the member's own, of the first column. Errors (months seen after the warm-up, n) are divided by their
    relative spread, so that they are independent; weights are those of the first column's errors
    (Masreliez and Martin 1977). Method: de Jong 1991.
    """
    away = columns - np.nanmean(columns, axis=0)
    away[np.isnan(away).any(axis=1)] = np.nan
    variances = np.full(STATES, 1e4)
    variances[SLOPE] = 0.01
    variances[FIRST_HARMONIC:] = 1e3 * HARMONIC_SHARES
    found = run(model_class()(away[:, 0]), settings, level=0.0, variances=variances, unit=scale)
    ahead = transition(settings.damping, settings.persistence)
    state, errors = np.zeros((STATES, columns.shape[1])), []
    for month, row in enumerate(away):
        error = row - SHOWN @ state
        state = ahead @ state
        if not np.isnan(row).any():
            state = state + np.outer(found.gains[month], error)
            errors.append(error / np.sqrt(found.variances[month]))
    weights = found.weights[~np.isnan(found.weights)]
    return np.array(errors[WARM_UP:]), weights[WARM_UP:]
