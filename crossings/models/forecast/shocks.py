"""Rare slumps that models fitted without them leave out: a visible switch, off in the headline.

Grade of every number here: judgement, after 2011 (earthquake: Koreans to Japan about -50 % for three
months, -17 % to December), 2019 (boycott: -48 to -65 % on a year earlier from August) and 2020.
"""

import numpy as np

from crossings.errors import N_, CrossingsError
from crossings.models.arithmetic import power
from crossings.tables.flows import DIRECTIONS, Flow

SUGGESTED_PROBABILITY_PER_YEAR = 0.04
LOSS_SHARE = (0.30, 0.60)
FULL_MONTHS = 6
FADING_MONTHS = 6
BOTH_DIRECTIONS_SHARE = 1 / 3


class ShockOutside(CrossingsError):
    """A shock probability that is no probability."""


def strike(paths: dict[Flow, np.ndarray], *, probability_per_year: float, seed: int) -> None:
    """Cut simulated paths, in place, by slumps that begin in any month with the given yearly probability.

    A slump takes 30 to 60 % for six months and fades over six more. One in three hits both directions,
    the others Koreans to Japan or Japanese to Korea alone, equally often. Raises ShockOutside.
    """
    if not 0.0 <= probability_per_year <= 1.0:
        raise ShockOutside(N_("The yearly probability of a shock must be between 0 and 1."))
    if probability_per_year == 0.0:
        return
    n_paths, horizon = paths[DIRECTIONS[0]].shape
    rng = np.random.default_rng([seed, 7])
    monthly = 1.0 - float(power(1.0 - probability_per_year, 1 / 12))
    begin = rng.geometric(max(monthly, 1e-12), (n_paths, 1)) - 1
    loss = rng.uniform(*LOSS_SHARE, (n_paths, 1))
    kind = rng.random((n_paths, 1))
    single = (1.0 - BOTH_DIRECTIONS_SHARE) / 2
    first, second = kind >= single, (kind < single) | (kind >= 2 * single)
    since = np.arange(horizon) - begin
    force = np.clip((FULL_MONTHS + FADING_MONTHS - since) / FADING_MONTHS, 0.0, 1.0) * (since >= 0)
    for flow, struck in zip(DIRECTIONS, (first, second), strict=True):
        paths[flow] *= 1.0 - loss * force * struck
