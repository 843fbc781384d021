"""What a scenario's answer holds, and its plain form for files and the command line."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crossings.models.scenario.levers import PriorSet, levers
from crossings.models.scenario.settings import Settings, choice_as_plain
from crossings.models.scenario.snapshot import DIGITS as SEEN_DIGITS
from crossings.models.scenario.snapshot import Seen
from crossings.tables.flows import DIRECTIONS, Flow

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """Median, 10th and 90th percentile of one quantity: its 80% interval."""

    median: float
    p10: float
    p90: float

    @classmethod
    def of(cls, values: Array) -> "Interval":
        """Return the interval of draws or futures (n,)."""
        return cls.of_rows(values[np.newaxis])[0]

    @classmethod
    def of_rows(cls, values: Array) -> tuple["Interval", ...]:
        """Return the interval of each row of draws or futures (rows, n)."""
        quantiles = np.quantile(values, (0.1, 0.5, 0.9), axis=-1).T.tolist()
        return tuple(cls(median=median, p10=p10, p90=p90) for p10, median, p90 in quantiles)


@dataclass(frozen=True)
class Effect:
    """What a scenario does to one flow in twelve months at a fixed baseline."""

    uplift_percent: Interval
    extra_visitors_a_year: Interval


@dataclass(frozen=True)
class YearEffect:
    """One calendar year of one flow.

    baseline, scenario: totals over the futures, assumptions in the middle (visitors). extra_visitors,
    uplift_percent: the difference at a fixed baseline, over assumptions.
    """

    year: int
    flow: Flow
    baseline: Interval
    scenario: Interval
    extra_visitors: Interval
    uplift_percent: Interval


@dataclass(frozen=True)
class Bar:
    """One bar of the tornado.

    at_low, at_high: uplift (per cent) with one parameter at its 5th and 95th percentile and the others
    at their median; middle: with all at their median. low, high: the two percentiles, in `unit`.
    """

    parameter: str
    label: str
    unit: str
    low: float
    high: float
    at_low: float
    at_high: float
    middle: float

    @property
    def width(self) -> float:
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Step:
    """One step of the waterfall: a lever's key, "queue" or "seats", and what it adds (visitors a year)."""

    key: str
    label: str
    extra_visitors: float


@dataclass(frozen=True)
class Caution:
    """A sentence the reader must see with the result; values go into its {named} places.

    kind: "beyond" (further than the past supports), "baseline" (already in it) or "data" (missing).
    """

    kind: Literal["beyond", "baseline", "data"]
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class MarkOdds:
    """The odds of one mark without and with a scenario, every assumption in the middle (shares)."""

    mark: int
    baseline_probability: float
    scenario_probability: float


@dataclass(frozen=True, eq=False)
class ScenarioResult:
    """The answer to a scenario.

    effects: by direction and for both ways, in effect_year, the last year of the horizon.
    baseline_probability: share of futures that pass the mark without the scenario; scenario_probability:
    the same with it, over futures and assumptions; probability_change: its interval over assumptions
    alone. middle: the odds of the round mark nearest to the baseline's median, where they move most.
    years: by calendar year and flow. monthly: by flow a frame over the horizon (visitors):
    baseline_p2_5, _p10, _median, _p90, _p97_5 over futures; scenario_median with _p10, _p90 over
    assumptions; extra_median, _p10, _p90 at a fixed baseline.
    policy_variance_share: part of the variance of the year's log total due to the assumptions.
    """

    settings: Settings
    priors: PriorSet
    flow: Flow
    year: int
    mark: int
    as_of: pd.Period
    effect_year: int
    effects: Mapping[Flow, Effect]
    baseline_probability: float
    scenario_probability: float
    probability_change: Interval
    middle: MarkOdds
    years: tuple[YearEffect, ...]
    monthly: Mapping[Flow, pd.DataFrame]
    policy_variance_share: float
    cautions: tuple[Caution, ...]
    model_version: str
    scenario_version: str
    n_draws: int
    seed: int

    def year_effect(self, year: int, flow: Flow) -> YearEffect:
        """Return one year of one flow. Raises KeyError where it is not in the horizon."""
        for row in self.years:
            if (row.year, row.flow) == (year, flow):
                return row
        raise KeyError((year, flow))


def seen_of(result: ScenarioResult) -> Seen:
    """Return the numbers of a result that travel with its scenario: whole visitors, chances to four digits."""
    extra = [result.effects[flow].extra_visitors_a_year for flow in DIRECTIONS]
    return Seen(
        flow=result.flow,
        year=result.year,
        mark=result.mark,
        priors=result.priors,
        effect_year=result.effect_year,
        extra=tuple(
            (float(round(one.median)), float(round(one.p10)), float(round(one.p90))) for one in extra
        ),
        baseline_probability=round(result.baseline_probability, SEEN_DIGITS),
        scenario_probability=round(result.scenario_probability, SEEN_DIGITS),
    )


def month_table(result: ScenarioResult, flow: Flow) -> pd.DataFrame:
    """Return one flow's months as a table with month (YYYY-MM) and year as plain columns, for files."""
    frame = result.monthly[flow].copy()
    months = pd.PeriodIndex(frame.index)
    frame.insert(0, "year", months.year)
    frame.insert(0, "month", months.astype(str))
    return frame.reset_index(drop=True)


def as_json(result: ScenarioResult) -> dict[str, object]:
    """Return a result as plain values that name their units, for the command line."""
    return {
        "flows": {flow.value: _effect_plain(result.effects[flow]) for flow in DIRECTIONS},
        "both": _effect_plain(result.effects[Flow.BOTH]),
        "effect_year": result.effect_year,
        "flow": result.flow.value,
        "year": result.year,
        "mark": result.mark,
        "baseline_probability": result.baseline_probability,
        "scenario_probability": result.scenario_probability,
        "probability_change": interval_plain(result.probability_change),
        "middle_mark": asdict(result.middle),
        "policy_variance_share": result.policy_variance_share,
        "levers": levers_plain(result.settings),
        "name": result.settings.name,
        "priors": result.priors,
        "data_month": str(result.as_of),
        "model_version": result.model_version,
        "scenario_version": result.scenario_version,
        "units": {
            "uplift_percent": "per cent",
            "extra_visitors_a_year": "visitors",
            "baseline_probability": "share",
            "scenario_probability": "share",
            "probability_change": "share",
            "mark": "visitors",
            "policy_variance_share": "share of the variance of the log total",
        },
    }


def interval_plain(interval: Interval) -> dict[str, float]:
    """Return an interval as plain values."""
    return {"median": interval.median, "p10": interval.p10, "p90": interval.p90}


def levers_plain(settings: Settings) -> dict[str, object]:
    """Return the levers as set, each with its unit."""
    rows = settings.choices
    return {row.lever: {**choice_as_plain(row), "unit": levers()[row.lever].unit} for row in rows}


def _effect_plain(effect: Effect) -> dict[str, dict[str, float]]:
    return {
        "uplift_percent": interval_plain(effect.uplift_percent),
        "extra_visitors_a_year": interval_plain(effect.extra_visitors_a_year),
    }
