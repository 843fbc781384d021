"""Effects in a monthly series that wanders: level and season follow random walks, effects come by least squares.

The series' logarithm is a local level plus a stochastic season plus regressors (Harvey 1989). For given ratios of
the variances, statsmodels' Kalman filter turns series and regressors into independent innovations, on which the
effects are ordinary least squares (de Jong 1991). The ratios maximise the restricted likelihood; an effect's
interval is where its profile stays within half the chi-square quantile.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from crossings.errors import N_
from crossings.models.arithmetic import COARSE, leading, product, settled
from crossings.models.events.errors import FitFailed, TooFewMonths

SEASON = 12
SHORTEST_MONTHS = 36
LOWEST_RATIO, HIGHEST_RATIO = -14.0, 5.0
FIRST_RATIOS = (-3.5, -6.0)
RING = 0.8
MOST_STEPS = 200
CHI_SQUARE_95 = 3.841
SMALLEST_VARIANCE = 1e-9


class Filter:
    """statsmodels' filter for one series, kept so that each trial of the ratios only sets two variances."""

    def __init__(self, logs: np.ndarray) -> None:
        from statsmodels.tsa.statespace.structural import UnobservedComponents

        self.logs = logs
        self.seen = ~np.isnan(logs)
        self.model: Any = UnobservedComponents(logs, "llevel", seasonal=SEASON)
        self.kept = self.seen.copy()
        self.kept[np.flatnonzero(self.seen)[:SEASON]] = False

    def variances(self, ratios: tuple[float, float], *, level: float = 1.0) -> np.ndarray:
        """Return statsmodels' parameters for log ratios (season, irregular) to the level's variance."""
        named = {
            "sigma2.level": level,
            "sigma2.seasonal": level * np.exp(ratios[0]),
            "sigma2.irregular": level * np.exp(ratios[1]),
        }
        return np.array([named[name] for name in self.model.param_names])

    def innovations(self, columns: np.ndarray, ratios: tuple[float, float]) -> tuple[np.ndarray, float]:
        """Return series and columns as standardised innovations (rows seen, 1 + k), and the log determinant."""
        self.model.update(self.variances(ratios))
        run = self.model.ssm.filter()
        gain, variance = run.kalman_gain[:, 0, :].T.copy(), run.forecasts_error_cov[0, 0]
        ahead, shown = np.asarray(self.model.ssm["transition"]), np.asarray(self.model.ssm["design"])[0]
        state = np.zeros((len(shown), columns.shape[1] + 1))
        inputs = np.column_stack([np.where(self.seen, self.logs, 0.0), columns])
        surprise = np.zeros_like(inputs)
        for month, row in enumerate(inputs):
            if self.seen[month]:
                surprise[month] = row - shown @ state
                state = ahead @ state + gain[month][:, None] * surprise[month]
            else:
                state = ahead @ state
        spread = np.sqrt(variance[self.kept])
        return surprise[self.kept] / spread[:, None], float(np.log(spread).sum())


@dataclass(frozen=True)
class Trial:
    """Least squares at one pair of ratios. likelihood is restricted, without constants."""

    ratios: tuple[float, float]
    likelihood: float
    effects: np.ndarray
    unscaled: np.ndarray
    squares: float
    freedom: int
    determinant: float

    @property
    def scale(self) -> float:
        """The variance of the level's monthly step."""
        return self.squares / self.freedom

    @property
    def covariance(self) -> np.ndarray:
        """The covariance of the effects for these ratios."""
        return self.scale * self.unscaled

    def profile(self, place: int, value: float) -> float:
        """Return the restricted likelihood with one effect held at a value."""
        held = self.unscaled[place, place]
        squares = self.squares + (value - self.effects[place]) ** 2 / held
        precision = -np.linalg.slogdet(self.unscaled)[1] + np.log(held)
        return float(-0.5 * (self.freedom + 1) * np.log(squares) - self.determinant - 0.5 * precision)


@dataclass(frozen=True)
class Fit:
    """A fitted series: names of the regressors, the best trial and every trial on the way to it.

    What it says of them (effects, errors, intervals, signal) is rounded far below its error, so that the last digits
    of a processor's linear algebra do not show in it.
    """

    names: tuple[str, ...]
    best: Trial
    trials: tuple[Trial, ...]
    filter: Filter = field(repr=False)
    columns: np.ndarray = field(repr=False)

    def place(self, name: str) -> int:
        """Return where a regressor stands."""
        return self.names.index(name)

    @property
    def effects(self) -> np.ndarray:
        """The regressors' effects on the logarithm."""
        return settled(self.best.effects, points=COARSE)

    def effect(self, name: str) -> float:
        """Return a regressor's effect on the logarithm."""
        return float(self.effects[self.place(name)])

    def error(self, name: str) -> float:
        """Return an effect's standard error for the best ratios."""
        return float(leading(np.sqrt(self.best.covariance[self.place(name), self.place(name)])))

    def interval(self, name: str) -> tuple[float, float]:
        """Return an effect's 95 % interval by profile likelihood over the ratios tried."""
        place, middle, step = self.place(name), self.effect(name), self.error(name)
        top = self._profile(place, middle)
        ends = [self._end(place, middle, side * step, top - CHI_SQUARE_95 / 2) for side in (-1.0, 1.0)]
        low, high = settled(np.array(ends), points=COARSE).tolist()
        return low, high

    def smooth(self) -> np.ndarray:
        """Return level plus season of every month (log), months without a figure filled by the smoother."""
        known = self.filter.logs - product(self.columns, self.effects)
        model = self.filter.model.clone(known)
        run = model.smooth(self.filter.variances(self.best.ratios, level=self.best.scale))
        states, shown = run.states.smoothed, np.asarray(model.ssm["design"])[0]
        return settled(np.asarray(states) @ shown, points=COARSE)

    def _profile(self, place: int, value: float) -> float:
        return max(trial.profile(place, value) for trial in self.trials)

    def _end(self, place: int, middle: float, step: float, floor: float) -> float:
        inner, outer = middle, middle + 2 * step
        while self._profile(place, outer) > floor:
            inner, outer = outer, outer + step
            if abs(outer - middle) > 40 * abs(step):
                raise failed()
        for _ in range(40):
            half = (inner + outer) / 2
            inner, outer = (half, outer) if self._profile(place, half) > floor else (inner, half)
        return (inner + outer) / 2


def standard_error(covariance: np.ndarray, combination: np.ndarray) -> float:
    """Return the standard error of a combination (k,) of estimates with a covariance (k, k), to five digits."""
    return float(leading(np.sqrt((combination * product(covariance, combination)).sum())))


def failed() -> FitFailed:
    """Return the error of a fit that gave no usable figure."""
    return FitFailed(
        N_(
            "The model could not be estimated for these months, so no figure is given. Choose other "
            "months or another direction."
        )
    )


def fit(logs: np.ndarray, columns: dict[str, np.ndarray]) -> Fit:
    """Fit the model to a log series (months, gaps NaN) with named regressors of the same length.

    Regressors that are nil in every month seen are left out. Raises TooFewMonths, or FitFailed where a
    regressor cannot be told from others or the likelihood has no maximum.
    """
    from threadpoolctl import threadpool_limits

    seen = ~np.isnan(logs)
    if seen.sum() < SHORTEST_MONTHS + len(columns):
        raise TooFewMonths(
            N_("Only {months} months can be used here; an estimate needs at least {needed}."),
            months=int(seen.sum()),
            needed=SHORTEST_MONTHS + len(columns),
        )
    used = {name: np.nan_to_num(column) for name, column in columns.items() if np.abs(column[seen]).max() > 0}
    matrix = np.column_stack(list(used.values())) if used else np.empty((len(logs), 0))
    with threadpool_limits(1):
        filtered = Filter(logs)
        trials = _search(filtered, matrix)
    best = max(trials, key=lambda trial: trial.likelihood)
    if not np.isfinite(best.likelihood) or not np.isfinite(best.effects).all():
        raise failed()
    return Fit(names=tuple(used), best=best, trials=tuple(trials), filter=filtered, columns=matrix)


def least_squares(filtered: Filter, columns: np.ndarray, ratios: tuple[float, float]) -> Trial:
    """Return the effects at given ratios. Raises FitFailed where regressors cannot be told apart."""
    white, determinant = filtered.innovations(columns, ratios)
    target, given = white[:, 0], white[:, 1:]
    lower, upper = np.linalg.qr(given)
    diagonal = np.abs(np.diag(upper))
    if not np.isfinite(white).all() or (len(diagonal) and diagonal.min() < 1e-7 * max(diagonal.max(), 1.0)):
        raise failed()
    effects = np.linalg.solve(upper, lower.T @ target)
    inverse = np.linalg.inv(upper)
    rest = target - given @ effects
    squares, freedom = float(rest @ rest), len(target) - given.shape[1]
    if not squares > SMALLEST_VARIANCE * freedom:
        raise failed()
    likelihood = -0.5 * freedom * np.log(squares) - determinant - float(np.log(diagonal).sum())
    return Trial(ratios, likelihood, effects, inverse @ inverse.T, squares, freedom, determinant)


def _search(filtered: Filter, columns: np.ndarray) -> list[Trial]:
    """Return every trial of the search for the best ratios, with a ring of trials round the best."""
    from scipy.optimize import minimize

    trials: list[Trial] = []

    def loss(point: np.ndarray) -> float:
        ratios = np.clip(point, LOWEST_RATIO, HIGHEST_RATIO)
        trials.append(least_squares(filtered, columns, (float(ratios[0]), float(ratios[1]))))
        return -trials[-1].likelihood + float(((point - ratios) ** 2).sum())

    start = np.array(
        [FIRST_RATIOS, (FIRST_RATIOS[0] + 1.5, FIRST_RATIOS[1]), (FIRST_RATIOS[0], FIRST_RATIOS[1] + 3)]
    )
    found = minimize(
        loss,
        start[0],
        method="Nelder-Mead",
        options={"xatol": 0.1, "fatol": 0.01, "maxfev": MOST_STEPS, "initial_simplex": start},
    )
    if not found.success or not np.isfinite(found.fun):
        raise failed()
    centre = np.asarray(found.x)
    for turn in np.arange(8) * np.pi / 4:
        loss(centre + RING * np.array([np.cos(turn), np.sin(turn)]))
    return trials
