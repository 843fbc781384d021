"""Both directions projected from the committed figures, as known in one month."""

import numpy as np
import pandas as pd
import pytest

from crossings.models.forecast import MODEL_VERSION, Projection, pool, project, revisions
from crossings.models.forecast.milestone import milestone
from crossings.models.forecast.projection import AsOfOutside
from crossings.models.models import Models
from crossings.tables import flows
from crossings.tables.flows import DIRECTIONS, Flow, Published
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


def test_a_fit_from_the_memory_gives_the_same_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    published, as_of = flows.load(), pd.Period("2018-03", "M")
    models, fits = Models(published), list[str]()
    fit = pool.fit

    def counted(series: pd.Series) -> pool.Fitted:
        fits.append(str(series.index[-1]))
        return fit(series)

    monkeypatch.setattr(pool, "fit", counted)
    monkeypatch.setattr("crossings.models.models.project", project)  # not another test's
    models.projection(as_of)
    made = models.projection(as_of, shocks=0.04)
    wanted = project(published, as_of=as_of, shock_probability_per_year=0.04)
    assert fits == ["2018-03"] * 2
    assert all(np.array_equal(made.paths[flow], wanted.paths[flow]) for flow in DIRECTIONS)


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
    share = revisions.revision_share(published)
    assert 0 < share < 0.001
    early = revisions.noise(published, KOREANS, as_of=pd.Period("2012-07", "M"), months=months.shift(-144))
    this_year = published.series(KOREANS).loc["2012-01":"2012-07"]
    assert early == pytest.approx(share * np.sqrt((this_year**2).sum()))
    over = revisions.noise(published, KOREANS, as_of=pd.Period("2024-12", "M"), months=months.shift(5))
    assert over == 0
    paths = np.full((1000, 3), 100.0)
    revisions.add(paths, 5.0, rng=np.random.default_rng(1))
    assert paths[:, 0].std() == pytest.approx(5, rel=0.1)
    assert (paths[:, 1:] == 100).all()


def test_before_the_first_earlier_value_on_record_figures_are_hindsight() -> None:
    published = flows.load()
    assert revisions.hindsight(published, as_of=pd.Period("2018-03", "M"))
    assert not revisions.hindsight(published, as_of=pd.Period("2025-03", "M"))


def cut(flow: Flow, last: str) -> Published:
    """Return the committed figures as if a direction had been published up to a month and the other one before it."""
    published = flows.load()
    month = pd.Period(last, "M")
    origin, destination = flow.value.split("-")
    own = (published.visitors["origin"] == origin) & (published.visitors["destination"] == destination)
    limit = np.where(own, month.ordinal, month.ordinal - 1)
    ordinals = np.array([each.ordinal for each in published.visitors["month"]])
    return Published(
        published.visitors[ordinals <= limit].reset_index(drop=True), published.vintages, f"{flow}{last}"
    )


@pytest.mark.parametrize("early", DIRECTIONS)
def test_the_day_one_office_publishes_its_month_counts(early: Flow) -> None:
    """A question about that direction knows the month; the total both ways moves with it."""
    as_of, newer = pd.Period("2025-04", "M"), pd.Period("2025-05", "M")
    published = cut(early, str(newer))
    assert published.last_month == as_of
    made = project(published, as_of=as_of, n_paths=400)
    came = float(published.series(early).loc[str(newer)])
    assert made.paths[early][:, 0] == pytest.approx(came, rel=0.01)
    alone = milestone(made, flow=early, year=2025, mark=1)
    both = milestone(made, flow=Flow.BOTH, year=2025, mark=1)
    assert (alone.data_month, both.data_month) == (newer, as_of)
    before = milestone(
        project(cut(early, str(as_of)), as_of=as_of - 1, n_paths=400), flow=early, year=2025, mark=1
    )
    assert alone.visitors_to_date == pytest.approx(before.visitors_to_date + came, rel=1e-3)
    assert alone.needed is not None
    assert alone.needed.months == 7


def test_a_missing_as_of_month_shifts_no_direction() -> None:
    published, as_of = flows.load(), pd.Period("2018-03", "M")
    lacking = (published.visitors["month"] == as_of) & (published.visitors["origin"] == "JPN")
    thinned = Published(published.visitors[~lacking], published.vintages, "thinned")
    whole, gap = (project(each, as_of=as_of, n_paths=400) for each in (published, thinned))
    season = [np.median(made.paths[JAPANESE], axis=0) for made in (whole, gap)]
    assert np.corrcoef(np.log(season[0]), np.log(season[1]))[0, 1] > 0.9
