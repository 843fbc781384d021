"""What would have been said in each past month with the figures of that day, and what came."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from crossings.models.arithmetic import exp, log
from crossings.models.forecast import scores
from crossings.models.forecast.milestone import (
    MONTHS,
    Milestone,
    full_years,
    known_series,
    milestone,
    outcome,
)
from crossings.models.forecast.projection import SEED, YEARS_AHEAD, project
from crossings.tables import closures
from crossings.tables.flows import DIRECTIONS, Flow, Published, read_table

FIRST_ORIGIN = pd.Period("2010-01", freq="M")
PANDEMIC_ORIGINS = (closures.FIRST_MONTH, closures.LAST_MONTH)
PANDEMIC_YEARS = closures.YEARS
RATIOS = tuple(round(0.8 + 0.05 * step, 2) for step in range(13))
RULES = ("last_year", "year_to_date")
CERTAIN = 0.005
FEWEST_ERRORS = 3
TRACK_RECORD, TRACK_RECORD_MARKS = "track_record", "track_record_marks"


@dataclass(frozen=True)
class Answer:
    """One past answer about a year's total and what came; totals and scores are visitors.

    months_known: months of the year known then, below 0 for a year still ahead (-3: three months before
    its January is known; below -12: the year after the next). reference: last full year known then, the
    pandemic's three left out; the rules and the marks stand on it. last_year: its total. year_to_date: its
    total times the growth of the months known on the same months.
    """

    as_of: str
    flow: str
    year: int
    months_known: int
    era: str
    reference: int
    actual: float
    median: float
    low_80: float
    high_80: float
    low_95: float
    high_95: float
    pit: float
    crps: float
    last_year: float
    year_to_date: float
    model_version: str


@dataclass(frozen=True)
class MarkAnswer:
    """One past answer about a mark and what came; probabilities are shares.

    ratio: the mark as a multiple of the reference year's total. settled: arithmetic had decided it.
    last_year_probability, year_to_date_probability: what each rule with its own past errors says.
    """

    as_of: str
    flow: str
    year: int
    months_known: int
    era: str
    ratio: float
    mark: int
    settled: str
    probability: float
    last_year_probability: float
    year_to_date_probability: float
    passed: int


@dataclass(frozen=True)
class Claim:
    """A public statement about a mark: whose, when, and the as-of month of what could be known."""

    key: str
    said_on: str
    as_of: pd.Period
    flow: Flow
    year: int
    mark: int
    source: str


CLAIMS = (
    Claim(
        "presidential-office-2024",
        "2024-09-06",
        pd.Period("2024-07", freq="M"),
        Flow.BOTH,
        2024,
        10_000_000,
        "etoday_20240906;honmall_202409",
    ),
    Claim(
        "jnto-official-2024",
        "2024-02-22",
        pd.Period("2024-01", freq="M"),
        Flow.KOREANS_TO_JAPAN,
        2024,
        10_000_000,
        "insight_202402",
    ),
    Claim(
        "one-korea-news-2025",
        "2025-04-16",
        pd.Period("2025-03", freq="M"),
        Flow.KOREANS_TO_JAPAN,
        2025,
        10_000_000,
        "onekorea_202503",
    ),
)


def only_directions(published: Published) -> Published:
    """Return the figures with the two directions' rows only, lighter to send to a worker."""
    return replace(published, visitors=_pairs(published.visitors), vintages=_pairs(published.vintages))


def _pairs(table: pd.DataFrame) -> pd.DataFrame:
    wanted = [flow.value for flow in DIRECTIONS]
    return table[(table["origin"] + "-" + table["destination"]).isin(wanted)].reset_index(drop=True)


def origins(published: Published) -> list[pd.Period]:
    """Return the as-of months to answer for: from 2010 on, the pandemic left out, the outcome known."""
    last = last_full_year(published)
    months = pd.period_range(FIRST_ORIGIN, pd.Period(f"{last}-11", freq="M"), freq="M")
    first_shut, last_shut = PANDEMIC_ORIGINS
    return [month for month in months if not first_shut <= month <= last_shut]


def last_full_year(published: Published) -> int:
    """Return the last calendar year of which both directions are published in full."""
    return int(full_years(published.series(Flow.BOTH)).index[-1])


def era(as_of: pd.Period, year: int) -> str:
    """Return which part of the record an answer belongs to: before 2020, pandemic or since 2023."""
    if year in PANDEMIC_YEARS:
        return "pandemic"
    return "before 2020" if as_of < PANDEMIC_ORIGINS[0] else "since 2023"


def answers(
    published: Published, *, as_of: pd.Period, n_paths: int = 2000, seed: int = SEED
) -> tuple[list[Answer], list[MarkAnswer]]:
    """Return what would have been said in one month, for the year then open and the two after it.

    The figures are those of that day: later months and later revisions are unknown. What came is taken
    from what is published now. Raises what project and milestone raise.
    """
    projection = project(published, as_of=as_of, n_paths=n_paths, seed=seed)
    last = last_full_year(published)
    said: list[Answer] = []
    marks: list[MarkAnswer] = []
    for flow in Flow:
        known = known_series(projection, flow).dropna()
        for year in range(as_of.year, as_of.year + YEARS_AHEAD + 1):
            if (as_of.year, as_of.month) == (year, MONTHS) or year > last:
                continue
            actual = float(outcome(published, flow=flow, year=year, mark=1).visitors)
            found = milestone(projection, flow=flow, year=year, mark=1)
            said.append(_answer(found, known, actual))
            marks.extend(_mark_answers(found, known, actual))
    return said, marks


def _answer(found: Milestone, known: pd.Series, actual: float) -> Answer:
    rules = rule_estimates(known, as_of=found.as_of, year=found.year)
    return Answer(
        as_of=str(found.as_of),
        flow=found.flow.value,
        year=found.year,
        months_known=_months_known(found),
        era=era(found.as_of, found.year),
        reference=reference_year(known, found.as_of),
        actual=actual,
        median=found.median,
        low_80=found.interval_80[0],
        high_80=found.interval_80[1],
        low_95=found.interval_95[0],
        high_95=found.interval_95[1],
        pit=scores.pit(found.totals, actual),
        crps=scores.crps(found.totals, actual),
        last_year=rules["last_year"],
        year_to_date=rules["year_to_date"],
        model_version=found.model_version,
    )


def _months_known(found: Milestone) -> int:
    return int(found.as_of.month - MONTHS * (found.year - found.as_of.year))


def _mark_answers(found: Milestone, known: pd.Series, actual: float) -> Iterator[MarkAnswer]:
    base = float(full_years(known)[reference_year(known, found.as_of)])
    rules = rule_estimates(known, as_of=found.as_of, year=found.year)
    errors = rule_errors(known, as_of=found.as_of, year=found.year)
    for ratio in RATIOS:
        mark = round(ratio * base)
        said = {name: _rule_probability(rules[name], errors[name], mark) for name in RULES}
        yield MarkAnswer(
            as_of=str(found.as_of),
            flow=found.flow.value,
            year=found.year,
            months_known=_months_known(found),
            era=era(found.as_of, found.year),
            ratio=ratio,
            mark=mark,
            settled="passed" if found.visitors_to_date >= mark else "",
            probability=found.probability_of(mark),
            last_year_probability=said["last_year"],
            year_to_date_probability=said["year_to_date"],
            passed=int(actual >= mark),
        )


def reference_year(known: pd.Series, as_of: pd.Period) -> int:
    """Return the last full year known at as_of, the pandemic's three years left out."""
    last = as_of.year if as_of.month == MONTHS else as_of.year - 1
    years = [int(year) for year in full_years(known.loc[:as_of]).index]
    return max(year for year in years if year <= last and year not in PANDEMIC_YEARS)


def rule_estimates(known: pd.Series, *, as_of: pd.Period, year: int) -> dict[str, float]:
    """Return what the two simple rules say of a year's total: last year's value, and the year-to-date rule.

    The years after the open one are taken to equal it. Raises ValueError where no reference year is known.
    """
    reference = reference_year(known, as_of)
    total = float(full_years(known)[reference])
    if as_of.month == MONTHS or year < as_of.year:
        return {"last_year": total, "year_to_date": total}
    now = pd.period_range(f"{as_of.year}-01", as_of, freq="M")
    then = now - MONTHS * (as_of.year - reference)
    before = float(known.reindex(then).sum())
    growth = float(known.reindex(now).sum()) / before if before > 0 else 1.0
    return {"last_year": total, "year_to_date": total * growth}


def rule_errors(known: pd.Series, *, as_of: pd.Period, year: int) -> dict[str, list[float]]:
    """Return each rule's past errors at the same distance, as logs of what came over what it said.

    Only years whose total was known at as_of; answers in or about the pandemic's years are left out.
    """
    totals = full_years(known.loc[:as_of])
    errors: dict[str, list[float]] = {name: [] for name in RULES}
    for back in range(1, as_of.year - int(totals.index[0]) + 1):
        past, past_year = as_of - MONTHS * back, year - back
        if past_year not in totals.index or {past.year, past_year} & set(PANDEMIC_YEARS):
            continue
        try:
            said = rule_estimates(known.loc[:past], as_of=past, year=past_year)
        except ValueError:
            break
        for name, estimate in said.items():
            errors[name].append(float(log(float(totals[past_year]) / estimate)))
    return errors


def _rule_probability(estimate: float, errors: list[float], mark: int) -> float:
    """Return the share of past errors that would carry the estimate over the mark, half a case added."""
    if len(errors) < FEWEST_ERRORS:
        return 0.5
    above = int(np.sum(estimate * exp(errors) >= mark))
    return (above + 0.5) / (len(errors) + 1)


@dataclass(frozen=True, eq=False)
class TrackRecord:
    """The committed record: answers (columns as in Answer) and marks (as in MarkAnswer)."""

    answers: pd.DataFrame
    marks: pd.DataFrame

    @property
    def model_version(self) -> str:
        """The model version that made the record."""
        return str(self.answers["model_version"].iloc[0])


def track_record(folder: Path | None = None) -> TrackRecord:
    """Read the committed record. Raises DataMissing or DataDamaged."""
    said, marks = (read_table(name, folder=folder) for name in (TRACK_RECORD, TRACK_RECORD_MARKS))
    return TrackRecord(answers=_numbered(said), marks=_numbered(marks))


def _numbered(table: pd.DataFrame) -> pd.DataFrame:
    words = {"as_of", "flow", "era", "model_version", "settled"}
    return table.assign(**{name: pd.to_numeric(table[name]) for name in table.columns if name not in words})


def interval_scores(said: pd.DataFrame, *, by: tuple[str, ...] = ("era", "months_known")) -> pd.DataFrame:
    """Return coverage and error of annual totals by group.

    Shares: coverage_80, coverage_95, and mean errors relative to what came: crps, error (of the median),
    last_year_error, year_to_date_error. count: answers.
    """
    came = said["actual"]
    scored = said.assign(
        coverage_80=(said["low_80"] <= came) & (came <= said["high_80"]),
        coverage_95=(said["low_95"] <= came) & (came <= said["high_95"]),
        crps=said["crps"] / came,
        error=(said["median"] / came - 1).abs(),
        last_year_error=(said["last_year"] / came - 1).abs(),
        year_to_date_error=(said["year_to_date"] / came - 1).abs(),
        count=1.0,
    )
    columns = ["coverage_80", "coverage_95", "crps", "error", "last_year_error", "year_to_date_error"]
    groups = scored.groupby(list(by), sort=True)
    return groups[columns].mean().join(groups["count"].sum().astype(int)).reset_index()


def is_open(marks: pd.DataFrame) -> "pd.Series[bool]":
    """Return which marks were an open question: not settled by arithmetic, and given 0.5 to 99.5 in 100."""
    said = marks["probability"]
    return (marks["settled"] == "") & (said >= CERTAIN) & (said <= 1 - CERTAIN)


def certain_scores(marks: pd.DataFrame, *, by: tuple[str, ...] = ("era",)) -> pd.DataFrame:
    """Return, by group, how often marks that were as good as certain but not settled came as said.

    right: share. count: answers. They are no part of the other scores: they are easy and would flatter them.
    """
    certain = marks[(marks["settled"] == "") & ~is_open(marks)]
    right = (certain["probability"] > 0.5) == (certain["passed"] == 1)
    groups = certain.assign(right=right.astype(float)).groupby(list(by), sort=True)["right"]
    return groups.agg(right="mean", count="size").reset_index()


def probability_scores(marks: pd.DataFrame, *, by: tuple[str, ...] = ("era",)) -> pd.DataFrame:
    """Return Brier and log score of the engine and of both rules by group, for marks that were open (is_open).

    skill: 1 less the engine's Brier score over the better rule's. calibration_error: weighted distance
    of said and came. count: answers.
    """
    still_open = marks[is_open(marks)]
    rows = [
        {**dict(zip(by, key if isinstance(key, tuple) else (key,), strict=True)), **_scored(group)}
        for key, group in still_open.groupby(list(by), sort=True)
    ]
    return pd.DataFrame(rows)


def _scored(group: pd.DataFrame) -> dict[str, float]:
    came = group["passed"].to_numpy(dtype=float)
    said = {
        "": "probability",
        "last_year_": "last_year_probability",
        "year_to_date_": "year_to_date_probability",
    }
    drawn = {name: group[column].to_numpy(dtype=float) for name, column in said.items()}
    briers = {f"{name}brier": scores.brier(probability, came) for name, probability in drawn.items()}
    logs = {f"{name}log_score": scores.log_score(probability, came) for name, probability in drawn.items()}
    rival = min(briers["last_year_brier"], briers["year_to_date_brier"])
    return {
        **briers,
        **logs,
        "skill": 1 - briers["brier"] / rival if rival > 0 else 0.0,
        "calibration_error": scores.calibration_error(drawn[""], came),
        "count": len(group),
    }


def reliability(marks: pd.DataFrame) -> pd.DataFrame:
    """Return said against came in ten bins with counts, for marks that were open (is_open)."""
    still_open = marks[is_open(marks)]
    return scores.reliability(
        still_open["probability"].to_numpy(dtype=float), still_open["passed"].to_numpy(dtype=float)
    )


def pit_histogram(said: pd.DataFrame, *, bins: int = scores.BINS) -> pd.DataFrame:
    """Return how many answers fell into each part of their own distribution: low, high, count, share."""
    counts, edges = np.histogram(said["pit"].to_numpy(dtype=float), bins=bins, range=(0.0, 1.0))
    return pd.DataFrame(
        {"low": edges[:-1], "high": edges[1:], "count": counts, "share": counts / max(len(said), 1)}
    )
