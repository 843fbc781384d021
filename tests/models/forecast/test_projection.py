"""Both directions projected from the committed figures, as known in one month."""

import numpy as np
import pandas as pd
import pytest

from crossings.models.forecast import MODEL_VERSION, Projection, project, revisions
from crossings.models.forecast.projection import AsOfOutside
from crossings.tables import flows
from crossings.tables.flows import DIRECTIONS, Flow
from tests.projections import projection

KOREANS, JAPANESE = DIRECTIONS
JULY_2024 = "2024-07"


def year_sum(made: Projection, year: int) -> np.ndarray:
    """Return both directions' sum of a year on each path."""
    total = np.zeros(len(made.paths[KOREANS]))
    for flow in DIRECTIONS:
        known = made.known[flow]
        total += known[[month.year == year for month in known.index]].sum()
        total += made.paths[flow][:, [month.year == year for month in made.months]].sum(axis=1)
    return total


def test_shape_months_and_versions() -> None:
    made = projection(JULY_2024)
    assert str(made.months[0]) == "2024-08"
    assert str(made.months[-1]) == "2026-12"
    assert made.model_version == MODEL_VERSION
    for flow in DIRECTIONS:
        assert made.paths[flow].shape == (2000, len(made.months))
        assert sum(len(part[flow]) for part in made.by_model.values()) == 2000
        assert str(made.known[flow].index[-1]) == JULY_2024
    assert -1 < made.dependence < 1


def test_the_september_2024_statement() -> None:
    total = year_sum(projection(JULY_2024), 2024)
    past_mark, past_record = (total > 10_000_000).mean(), (total > 10_487_479).mean()
    assert 0.95 <= past_mark <= 1
    assert 0.8 < past_record < past_mark or past_record < past_mark == 1


def test_the_same_question_gives_the_same_answer() -> None:
    published, as_of = flows.load(), pd.Period("2018-03", "M")
    first, again = (project(published, as_of=as_of, n_paths=60) for _ in range(2))
    assert all(np.array_equal(first.paths[flow], again.paths[flow]) for flow in DIRECTIONS)


def test_rows_of_the_pool_are_rows_of_one_model_in_both_directions() -> None:
    made = projection(JULY_2024)
    rows = {
        (one[0], other[0])
        for part in made.by_model.values()
        for one, other in zip(part[KOREANS], part[JAPANESE], strict=True)
    }
    assert set(zip(made.paths[KOREANS][:, 0], made.paths[JAPANESE][:, 0], strict=True)) == rows


@pytest.mark.parametrize("as_of", ["2010-01", "2020-03", "2020-12", "2022-11", "2023-06"])
def test_every_time_has_an_answer(as_of: str) -> None:
    made = project(flows.load(), as_of=pd.Period(as_of, "M"), n_paths=100)
    for flow in DIRECTIONS:
        assert np.isfinite(made.paths[flow]).all()
        assert (made.paths[flow] >= 0).all()


def test_pandemic_answers_are_wide() -> None:
    """The years that came lie inside, though nobody could know when borders would open."""
    made = project(flows.load(), as_of=pd.Period("2020-12", "M"), n_paths=1000)
    low, high = np.quantile(year_sum(made, 2022), [0.025, 0.975])
    assert low < 1_309_606 < high
    assert high > 20 * low


@pytest.mark.parametrize("as_of", ["2009-12", "2100-01"])
def test_months_out_of_reach_are_named(as_of: str) -> None:
    with pytest.raises(AsOfOutside, match=as_of):
        project(flows.load(), as_of=pd.Period(as_of, "M"))


def test_a_shock_only_lowers() -> None:
    published, as_of = flows.load(), pd.Period("2025-12", "M")
    plain = project(published, as_of=as_of, n_paths=200)
    shaken = project(published, as_of=as_of, n_paths=200, shock_probability_per_year=0.05)
    for flow in DIRECTIONS:
        assert (shaken.paths[flow] <= plain.paths[flow] + 1e-6).all()
        assert shaken.paths[flow].sum() < plain.paths[flow].sum()


def test_revision_noise_is_small_and_only_for_open_months() -> None:
    published = flows.load()
    months = pd.period_range("2024-08", "2024-12", freq="M")
    share = revisions.revision_share(published, Flow.KOREANS_TO_JAPAN, as_of=pd.Period("2026-08", "M"))
    assert 0 < share < 0.001
    settled = revisions.noise(published, KOREANS, as_of=pd.Period("2012-07", "M"), months=months.shift(-144))
    assert settled == 0
    paths = np.full((1000, 3), 100.0)
    revisions.add(paths, 5.0, rng=np.random.default_rng(1))
    assert paths[:, 0].std() == pytest.approx(5, rel=0.1)
    assert (paths[:, 1:] == 100).all()
