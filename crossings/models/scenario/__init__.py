"""Levers as data, acted out on simulated futures: travel cost, demand, queue and seats."""

from crossings.models.scenario.levers import PRIOR_SETS
from crossings.models.scenario.model import SCENARIO_VERSION, run, unconstrained
from crossings.models.scenario.results import Interval, ScenarioResult, as_json, month_table
from crossings.models.scenario.sensitivity import tornado, waterfall
from crossings.models.scenario.settings import (
    Choice,
    Settings,
    from_preset,
    settings_from_json,
    settings_from_query,
    settings_of,
    to_json,
    to_query,
)

__all__ = [
    "PRIOR_SETS",
    "SCENARIO_VERSION",
    "Choice",
    "Interval",
    "ScenarioResult",
    "Settings",
    "as_json",
    "from_preset",
    "month_table",
    "run",
    "settings_from_json",
    "settings_from_query",
    "settings_of",
    "to_json",
    "to_query",
    "tornado",
    "unconstrained",
    "waterfall",
]
