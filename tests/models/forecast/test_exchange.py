"""The explanatory exchange rate: a switch that finds a known elasticity and never looks ahead."""

import numpy as np
import pandas as pd
import pytest

from crossings.models.events.design import exchange_rates
from crossings.models.forecast import project
from crossings.models.forecast.exchange import Exchange, RatesMissing, ahead, known_rates, response, term
from crossings.models.forecast.pool import fit
from crossings.tables import flows
from crossings.tables.flows import DIRECTIONS
from tests.projections import projection

KOREANS, JAPANESE = DIRECTIONS
AS_OF = pd.Period("2018-12", "M")


def walk(months: int, *, seed: int) -> pd.Series:
    """Return won per yen as a random walk."""
    steps = np.random.default_rng(seed).normal(0, 0.025, months).cumsum()
    return pd.Series(10 * np.exp(steps), index=pd.period_range("1999-01", periods=months, freq="M"))


@pytest.mark.parametrize("elasticity", [-1.5, 0.0, 1.0])
def test_a_known_elasticity_is_found(elasticity: float) -> None:
    rates = walk(240, seed=1)
    index = pd.PeriodIndex(rates.index[12:])
    rng = np.random.default_rng(2)
    season = 0.2 * np.sin(2 * np.pi * np.arange(len(index)) / 12)
    level = rng.normal(0, 0.02, len(index)).cumsum() + rng.normal(0, 0.02, len(index))
    visitors = np.exp(12 + season + level + elasticity * term(np.log(rates), index))
    found = response(fit(pd.Series(visitors, index=index)), np.log(rates))
    assert abs(found.elasticity - elasticity) < 3 * found.error
    assert found.error < 0.4


def test_a_short_history_says_little() -> None:
    rates = walk(60, seed=3)
    visitors = pd.Series(np.random.default_rng(4).uniform(900, 1100, 30), index=rates.index[-30:])
    found = response(fit(visitors), np.log(rates))
    assert (found.elasticity, found.error) == (0.0, 1.0)


def test_a_fixed_rate_settles_at_the_last_one() -> None:
    logs = np.log(walk(60, seed=5))
    months = pd.period_range(logs.index[-1], periods=12, freq="M")
    moved = ahead(logs, months, path="fixed", n_paths=3, rng=np.random.default_rng(1))
    before = logs.iloc[-7:-1].mean()
    assert moved[:, -1] == pytest.approx(logs.iloc[-1] - before)
    assert moved[:, 0] == pytest.approx(logs.iloc[-6:].mean() - before)
    assert np.ptp(moved, axis=0).max() == 0


def test_a_random_walk_spreads_as_its_steps_do() -> None:
    logs = np.log(walk(120, seed=6))
    months = pd.period_range(logs.index[-1] + 1, periods=24, freq="M")
    rng = np.random.default_rng(1)
    moved = ahead(logs, months, path="random walk", n_paths=4000, rng=rng)
    fixed = ahead(logs, months, path="fixed", n_paths=1, rng=rng)
    expected = logs.diff().std() * np.sqrt(24 - 3)
    assert moved[:, -1].std() == pytest.approx(expected, rel=0.1)
    assert moved[:, -1].mean() == pytest.approx(fixed[0, -1], abs=0.01)


def test_rates_of_later_months_are_not_looked_at() -> None:
    published, rates = flows.load(), exchange_rates()
    later = rates.copy()
    later.loc[AS_OF + 2 :] *= 3.0
    made = [
        project(published, as_of=AS_OF, n_paths=40, exchange=Exchange(one, "random walk"))
        for one in (rates, later)
    ]
    assert all(np.array_equal(made[0].paths[flow], made[1].paths[flow]) for flow in DIRECTIONS)
    assert made[0].exchange is not None
    assert made[0].exchange.month == AS_OF + 1


def test_the_estimates_have_the_signs_of_the_note() -> None:
    made = project(flows.load(), as_of=AS_OF, n_paths=20, exchange=Exchange(exchange_rates(), "fixed"))
    assert made.exchange is not None
    there, back = (made.exchange.responses[flow] for flow in DIRECTIONS)
    assert -1.5 < there.elasticity < -0.5
    assert 0.2 < back.elasticity < 1.3


def test_off_is_the_headline() -> None:
    made = project(flows.load(), as_of=AS_OF, exchange=None)
    headline = projection(str(AS_OF))
    assert made.exchange is None
    assert all(np.array_equal(made.paths[flow], headline.paths[flow]) for flow in DIRECTIONS)


def test_missing_rates_are_named() -> None:
    with pytest.raises(RatesMissing, match="Exchange rates up to"):
        known_rates(walk(200, seed=7), as_of=pd.Period("2026-08", "M"))
    with pytest.raises(RatesMissing):
        known_rates(walk(12, seed=7), as_of=pd.Period("1999-12", "M"))
