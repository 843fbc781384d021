"""What is read or fitted once and then shared by every page and session."""

import hashlib
from dataclasses import replace

import pandas as pd
import streamlit as st

from crossings.briefing.material import Material
from crossings.models.events.design import exchange_rates
from crossings.models.forecast import MODEL_VERSION, Projection, backtest, project
from crossings.models.forecast.backtest import TrackRecord
from crossings.models.forecast.exchange import Exchange, Path
from crossings.models.forecast.milestone import Change, Milestone, what_changed
from crossings.models.forecast.milestone import milestone as _milestone_of
from crossings.models.forecast.restated import with_later_values
from crossings.models.queue.flights import Flights
from crossings.models.queue.hall import HallDay, run_hall
from crossings.models.queue.report import lane_prices
from crossings.models.queue.settings import Settings as HallSettings
from crossings.models.scenario.levers import PriorSet
from crossings.models.scenario.model import Stage, run
from crossings.models.scenario.reality import RealityCheck, reality_checks
from crossings.models.scenario.results import ScenarioResult
from crossings.models.scenario.seats import TABLE as SUPPLY_TABLE
from crossings.models.scenario.settings import Settings, settings_from_json, to_json
from crossings.tables import flows
from crossings.tables.flows import Flow, Published


def published() -> Published:
    """Return the published figures; they are read again only when a file changed."""
    return flows.load()


@st.cache_resource(max_entries=48, show_spinner=False)
def _projection(
    digest: str,
    as_of: str,
    model_version: str,
    shocks: float = 0.0,
    path: Path | None = None,
    rates: tuple[int, int] | None = None,
) -> Projection:
    return project(
        flows.load(),
        as_of=pd.Period(as_of, "M"),
        shock_probability_per_year=shocks,
        exchange=None if path is None else Exchange(exchange_rates(), path),
    )


def projection(as_of: pd.Period, *, shocks: float = 0.0, exchange: Path | None = None) -> Projection:
    """Return the projection made with what was known at a month, fitted once per data and model version.

    shocks: yearly probability of a rare slump. exchange: what an explanatory exchange rate does from then on.
    Neither is in the headline.
    """
    digest = published().digest
    if exchange is None:
        return _projection(digest, str(as_of), MODEL_VERSION, shocks)
    state = flows.file_mark(flows.data_folder() / "exchange_rates.csv")
    return _projection(digest, str(as_of), MODEL_VERSION, shocks, exchange, state)


@st.cache_resource(max_entries=24, show_spinner=False)
def _revised(digest: str, earlier: str, later: str, model_version: str) -> Projection:
    now, then = flows.load(), pd.Period(earlier, "M")
    return project(with_later_values(now, now, as_of=then, known=pd.Period(later, "M")), as_of=then)


def changes(earlier: pd.Period, later: pd.Period, *, flow: Flow, year: int, mark: int) -> tuple[Change, ...]:
    """Return what moved the answer between two as-of months: revision, new data, model; the parts add up."""
    return what_changed(
        projection(earlier),
        projection(later),
        flow=flow,
        year=year,
        mark=mark,
        revised=_revised(published().digest, str(earlier), str(later), MODEL_VERSION),
    )


@st.cache_resource(max_entries=4, show_spinner=False)
def _projected(_figures: Published, digest: str, as_of: str, model_version: str) -> Projection:
    return project(_figures, as_of=pd.Period(as_of, "M"))


def projection_of(before: Published) -> Projection:
    """Return the projection of figures that are no longer the published ones, at their last month."""
    return _projected(before, before.digest, str(before.last_month), MODEL_VERSION)


def changes_by(before: Published, *, year: int, mark: int) -> tuple[Change, ...]:
    """Return what the present figures moved both ways against earlier ones: revision, new data, model; they add up."""
    earlier, later = projection_of(before), projection(published().last_month)
    revised = None
    if later.as_of >= earlier.as_of:
        carried = with_later_values(before, published(), as_of=earlier.as_of, known=later.as_of)
        revised = _projected(carried, carried.digest, str(earlier.as_of), MODEL_VERSION)
    return what_changed(earlier, later, flow=Flow.BOTH, year=year, mark=mark, revised=revised)


@st.cache_resource(max_entries=2, show_spinner=False)
def _track_record(marks: tuple[int, ...]) -> TrackRecord:
    return backtest.track_record()


def track_record() -> TrackRecord | None:
    """Return the computed track record, read again only when a file changed, or None where there is none."""
    names = (backtest.TRACK_RECORD, backtest.TRACK_RECORD_MARKS)
    paths = [flows.data_folder() / f"{name}.csv" for name in names]
    if not all(path.is_file() for path in paths):
        return None
    return _track_record(tuple(mark for path in paths for mark in flows.file_mark(path)))


@st.cache_resource(max_entries=16, show_spinner=False)
def _milestone(digest: str, as_of: str, model_version: str, flow: Flow, year: int, mark: int) -> Milestone:
    return _milestone_of(_projection(digest, as_of, model_version), flow=flow, year=year, mark=mark)


def milestone(projected: Projection, *, flow: Flow, year: int, mark: int) -> Milestone:
    """Return the answer of a projection without shocks about a mark, once per question."""
    version = projected.model_version
    return _milestone(projected.data_digest, str(projected.as_of), version, flow, year, mark)


@st.cache_resource(max_entries=4, show_spinner=False)
def _stage(digest: str, as_of: str, model_version: str, supply_marks: tuple[int, ...]) -> Stage:
    return Stage.of(_projection(digest, as_of, model_version))


def stage(projected: Projection) -> Stage:
    """Return a projection ready for scenarios, made once; flights are read again only when their file changed."""
    version = projected.model_version
    return _stage(projected.data_digest, str(projected.as_of), version, _supply_marks())


def _supply_marks() -> tuple[int, int]:
    return flows.file_mark(flows.data_folder() / f"{SUPPLY_TABLE}.csv")


@st.cache_resource(max_entries=12, show_spinner=False)
def _scenario(
    digest: str,
    as_of: str,
    model_version: str,
    scenario: str,
    flow: Flow,
    year: int,
    mark: int,
    priors: PriorSet,
    supply_marks: tuple[int, ...],
) -> ScenarioResult:
    acted = _stage(digest, as_of, model_version, supply_marks)
    settings = settings_from_json(scenario)
    return run(acted, settings, flow=flow, year=year, mark=mark, priors=priors)


def scenario(
    projected: Projection, settings: Settings, *, flow: Flow, year: int, mark: int, priors: PriorSet
) -> ScenarioResult:
    """Return a scenario acted out on a projection, once per setting."""
    return _scenario(
        projected.data_digest,
        str(projected.as_of),
        projected.model_version,
        to_json(settings),
        flow,
        year,
        mark,
        priors,
        _supply_marks(),
    )


@st.cache_data(max_entries=8, show_spinner=False)
def _reality(digest: str, as_of: str, model_version: str, priors: PriorSet) -> tuple[RealityCheck, ...]:
    return reality_checks(_projection(digest, as_of, model_version).known, priors=priors)


def reality_checks_of(projected: Projection, *, priors: PriorSet) -> tuple[RealityCheck, ...]:
    """Return changes of the past with the model's answer to each."""
    return _reality(projected.data_digest, str(projected.as_of), projected.model_version, priors)


def material() -> Material:
    """Return what briefings are made from: the published figures and everything the app keeps of its models."""
    from ui import history  # its models are loaded only by what needs them

    def record() -> TrackRecord:
        return track_record() or backtest.track_record()

    return Material(
        published=published(),
        projection=lambda as_of, shocks, path: projection(as_of, shocks=shocks, exchange=path),
        revised=lambda earlier, later: _revised(published().digest, str(earlier), str(later), MODEL_VERSION),
        record=record,
        estimate=history.estimated,
        compared=history.compared,
        placebos=history.placebo_rows,
        fitted=history.fitted,
    )


def hall_day(flights: Flights, settings: HallSettings) -> HallDay:
    """Return a day in a hall; it is worked out in a few milliseconds and not kept."""
    return run_hall(flights, settings)


@st.cache_data(max_entries=16, show_spinner=False)
def _lane_prices(
    marks: tuple[object, ...], _flights: Flights, _settings: HallSettings
) -> dict[int, tuple[float, float]]:
    return lane_prices(_flights, _settings)


def lane_prices_of(flights: Flights, settings: HallSettings) -> dict[int, tuple[float, float]]:
    """Return mean waits of the lane's users and of the others by number of its desks, once per hall as set."""
    rest = replace(settings, dedicated_desks=0.0)
    return _lane_prices((_flights_mark(flights), rest, settings.dedicated_desks), flights, settings)


def _flights_mark(flights: Flights) -> str:
    marked = hashlib.sha256("|".join(flights.group).encode())
    for column in (flights.minute, flights.passengers, flights.spread_minutes):
        marked.update(column.tobytes())
    return marked.hexdigest()
