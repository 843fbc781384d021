"""Scales on which a series may be modelled: logarithm, square root, or as it is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from crossings.models.arithmetic import exp, log

FEW_VISITORS = 30.0
LARGEST_LOG = 40.0


@dataclass(frozen=True)
class Scale:
    """A scale: there, back (never below zero), and the log slope that makes likelihoods comparable."""

    name: str
    there: Callable[[np.ndarray], np.ndarray]
    back: Callable[[np.ndarray], np.ndarray]
    log_slope: Callable[[np.ndarray], np.ndarray]


def scales(visitors: np.ndarray) -> tuple[Scale, ...]:
    """Return the three scales (Box-Cox with 0, 1/2 and 1); logarithms of small counts count one visitor more."""
    extra = 1.0 if np.nanmin(visitors) < FEW_VISITORS else 0.0
    return (_logarithm(extra), _square_root(), _level())


def _logarithm(extra: float) -> Scale:
    return Scale(
        "logarithm",
        lambda y: log(y + extra),
        lambda z: np.maximum(exp(np.minimum(z, LARGEST_LOG)) - extra, 0.0),
        lambda y: -log(y + extra),
    )


def _square_root() -> Scale:
    """Anscombe's (1948) square root for counts."""
    return Scale(
        "square root",
        lambda y: 2.0 * np.sqrt(y + 0.375),
        lambda z: np.maximum((np.maximum(z, 0.0) / 2.0) ** 2 - 0.375, 0.0),
        lambda y: -0.5 * log(y + 0.375),
    )


def _level() -> Scale:
    return Scale("level", lambda y: y.copy(), lambda z: np.maximum(z, 0.0), np.zeros_like)
