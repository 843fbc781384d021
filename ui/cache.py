"""What is read or fitted once and then shared by every page and session."""

from dataclasses import replace
from pathlib import Path as FilePath

import pandas as pd
import streamlit as st

from crossings import flows
from crossings.border.flights import Flights
from crossings.border.hall import HallDay, run_hall
from crossings.border.settings import Settings as HallSettings
from crossings.flows import Flow, Published
from crossings.forecast import MODEL_VERSION, Projection, backtest, project
from crossings.forecast.backtest import TrackRecord
from crossings.forecast.exchange import Exchange, Path
from crossings.forecast.milestone import Change, as_known, what_changed
from crossings.history.material import exchange_rates
from crossings.scenario.levers import PriorSet
from crossings.scenario.model import run
from crossings.scenario.reality import RealityCheck, reality_checks
from crossings.scenario.results import ScenarioResult
from crossings.scenario.settings import Settings, settings_from_json, to_json


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
    state = _file_mark(flows.data_folder() / "exchange_rates.csv")
    return _projection(digest, str(as_of), MODEL_VERSION, shocks, exchange, state)


@st.cache_resource(max_entries=24, show_spinner=False)
def _revised(digest: str, earlier: str, later: str, model_version: str) -> Projection:
    known_later = as_known(flows.load(), as_of=pd.Period(later, "M"))
    return project(known_later, as_of=pd.Period(earlier, "M"))


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


@st.cache_resource(max_entries=2, show_spinner=False)
def _track_record(marks: tuple[int, ...]) -> TrackRecord:
    return backtest.track_record()


def track_record() -> TrackRecord | None:
    """Return the computed track record, read again only when a file changed, or None where there is none."""
    names = (backtest.TRACK_RECORD, backtest.TRACK_RECORD_MARKS)
    paths = [flows.data_folder() / f"{name}.csv" for name in names]
    if not all(path.is_file() for path in paths):
        return None
    return _track_record(tuple(mark for path in paths for mark in _file_mark(path)))


def _file_mark(path: FilePath) -> tuple[int, int]:
    state = path.stat()
    return state.st_mtime_ns, state.st_size


@st.cache_resource(max_entries=256, show_spinner=False)
def _scenario(
    digest: str,
    as_of: str,
    model_version: str,
    scenario: str,
    flow: Flow,
    year: int,
    mark: int,
    priors: PriorSet,
) -> ScenarioResult:
    return run(
        _projection(digest, as_of, model_version),
        settings_from_json(scenario),
        flow=flow,
        year=year,
        mark=mark,
        priors=priors,
    )


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
    )


@st.cache_data(max_entries=8, show_spinner=False)
def _reality(digest: str, as_of: str, model_version: str, priors: PriorSet) -> tuple[RealityCheck, ...]:
    return reality_checks(_projection(digest, as_of, model_version).known, priors=priors)


def reality_checks_of(projected: Projection, *, priors: PriorSet) -> tuple[RealityCheck, ...]:
    """Return changes of the past with the model's answer to each."""
    return _reality(projected.data_digest, str(projected.as_of), projected.model_version, priors)


def hall_day(flights: Flights, settings: HallSettings) -> HallDay:
    """Return a day in a hall; it is worked out in a few milliseconds and not kept."""
    return run_hall(flights, settings)


def shares_by_desks(flights: Flights, settings: HallSettings) -> dict[int, float]:
    """Return the share of everybody within 20 minutes by number of desks around the present one."""
    fewest = int(settings.dedicated_desks + settings.precleared_desks) + 1
    low, high = max(fewest, round(settings.desks * 0.6)), max(round(settings.desks * 1.8), fewest + 3)
    step = max(1, (high - low) // 24)
    return {
        desks: run_hall(flights, replace(settings, desks=float(desks))).groups["all"].share_within_20_minutes
        for desks in range(low, high + 1, step)
    }
