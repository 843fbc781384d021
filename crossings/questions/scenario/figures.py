"""The figures of the Scenario page."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from crossings.drawing import effect_bars, theme
from crossings.language import Language
from crossings.language.labels import subject
from crossings.language.likelihood import in_100
from crossings.language.scenarios import scenario_name
from crossings.models.forecast.milestone import Settled, displayed_percent
from crossings.models.scenario.describe import AssumptionSaid, LeverSaid
from crossings.models.scenario.describe import assumptions as every_assumption
from crossings.models.scenario.reality import PastMonth
from crossings.models.scenario.results import Bar, ScenarioResult, Step
from crossings.models.scenario.snapshot import Seen
from crossings.questions.base import Assumption, Band, Figure, Look, Table, assumption_table
from crossings.questions.figure_context import KeyFigure, NativeChart, Setting
from crossings.questions.scenario import charts as scenario_charts
from crossings.questions.scenario import sentences as words
from crossings.tables.flows import DIRECTIONS, Flow

YEARS_BEFORE = 2
AHEAD = {
    "baseline": "baseline_median",
    "baseline_low": "baseline_p10",
    "baseline_high": "baseline_p90",
    "scenario": "scenario_median",
    "scenario_low": "scenario_p5",
    "scenario_high": "scenario_p95",
}


def key_figures(result: ScenarioResult, language: Language, *, settled: Settled | None) -> list[KeyFigure]:
    """Return extra visitors by direction, the year's total with and without, and both probabilities."""
    rows = [
        KeyFigure(
            subject(flow, language),
            language.people_about(effect.extra_visitors_a_year.median, signed=True),
            language(
                "change in {year}, {interval}",
                year=language.year(result.effect_year),
                interval=words.percent_range(effect.uplift_percent, language),
            ),
        )
        for flow, effect in ((flow, result.effects[flow]) for flow in DIRECTIONS)
    ]
    asked = next(row for row in result.years if row.flow is result.flow and row.year == result.year)
    rows.append(
        KeyFigure(
            language("Median of {year} with it", year=language.year(result.year)),
            language.people_short(asked.scenario.median),
            language("without it {count}", count=language.people_short(asked.baseline.median)),
        )
    )
    before, after = (
        in_100(displayed_percent(share, settled=settled), language)
        for share in (result.baseline_probability, result.scenario_probability)
    )
    rows.append(
        KeyFigure(
            language(
                "{mark} in {year} with it", mark=language.mark(result.mark), year=language.year(result.year)
            ),
            after,
            language("without it {count}", count=before),
        )
    )
    return rows


def flows(setting: Setting, result: ScenarioResult) -> Figure:
    """Return monthly visitors with and without the scenario: two medians, the baseline's band, the policy band."""
    language = setting.language
    frame = _monthly(setting, result)
    last = int(frame["known"].notna().to_numpy().nonzero()[0][-1])
    joined = frame.assign(**{name: _with(frame[name], last, frame["known"].iloc[last]) for name in AHEAD})
    name = scenario_name(result.settings, language)
    table = frame.assign(month=[str(month) for month in frame["month"]]).rename(
        columns={
            "month": language("Month"),
            "known": language("Published"),
            "baseline": language("Baseline, median"),
            "baseline_low": language("Baseline, 80% interval, lower end"),
            "baseline_high": language("Baseline, 80% interval, upper end"),
            "scenario": language("{name}, median", name=name),
            "scenario_low": language("{name}, 90% policy interval, lower end", name=name),
            "scenario_high": language("{name}, 90% policy interval, upper end", name=name),
        }
    )
    return setting.figure(
        key="scenario-flows",
        title=language(
            "{who} by month, with and without: {name}", who=subject(setting.flow, language), name=name
        ),
        takeaway=words.flows_takeaway(result, language),
        body=partial(scenario_charts.two_medians, joined, flow=setting.flow, name=name, language=language),
        frame=table,
        native=_native_flows(setting, table),
    )


def _native_flows(setting: Setting, table: pd.DataFrame) -> NativeChart:
    """Return the two medians as office programs draw them: the baseline's band filled, the policy's as lines."""
    _, known, base, base_low, base_high, median, low, high = map(str, table.columns)
    thin = Look(theme.SCENARIO, "round_dot", 1.0)
    return NativeChart(
        kind="line",
        frame=table,
        looks={
            known: Look(theme.FLOW[setting.flow]),
            base: Look(theme.BASELINE, "dash"),
            median: Look(theme.SCENARIO),
            low: thin,
            high: thin,
        },
        bands=(Band(base_low, base_high, theme.BASELINE_BAND, setting.language("Baseline, 80% interval")),),
    )


def _with(values: pd.Series, place: int, value: float) -> pd.Series:
    """Return a column with one value set, so that the lines ahead start where the published ones end."""
    changed = values.copy()
    changed.iloc[place] = value
    return changed


def _monthly(setting: Setting, result: ScenarioResult) -> pd.DataFrame:
    ahead = result.monthly[setting.flow]
    past = setting.published.series(setting.flow, as_of=result.as_of)
    past = past.loc[pd.Period(f"{result.as_of.year - YEARS_BEFORE + 1}-01", "M") :]
    none, nothing = np.full(len(past), np.nan), np.full(len(ahead), np.nan)
    columns = {name: np.concatenate([none, ahead[column]]) for name, column in AHEAD.items()}
    months = [*past.index, *ahead.index]
    return pd.DataFrame({"month": months, "known": np.concatenate([past, nothing]), **columns})


def by_direction(setting: Setting, result: ScenarioResult) -> Figure:
    """Return extra visitors in the last year by direction with their intervals."""
    language = setting.language
    effects = [(flow, result.effects[flow].extra_visitors_a_year) for flow in DIRECTIONS]
    frame = pd.DataFrame(
        {
            "label": [subject(flow, language) for flow, _ in effects],
            "median": [extra.median for _, extra in effects],
            "low": [extra.p5 for _, extra in effects],
            "high": [extra.p95 for _, extra in effects],
            "flow": [flow.value for flow, _ in effects],
        }
    )
    table = _interval_table(frame, language)
    return setting.figure(
        key="scenario-directions",
        title=language("Change in visitors in {year}, by direction", year=language.year(result.effect_year)),
        takeaway=language("Point: median; line: 90% interval over the assumptions, at a fixed baseline."),
        body=partial(effect_bars.interval_bars, frame, language=language),
        frame=table,
        native=_native_intervals(
            table,
            looks={subject(flow, language): Look(theme.FLOW[flow]) for flow, _ in effects},
        ),
    )


def _native_intervals(table: pd.DataFrame, *, looks: dict[str, Look], share: bool = False) -> NativeChart:
    """Return medians as bars with their intervals as error bars; looks by category."""
    low, high = map(str, table.columns[2:4])
    return NativeChart(kind="bar", frame=table, share=share, looks=looks, spread=(low, high))


def _interval_table(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    return pd.DataFrame(
        {
            language("Flow"): frame["label"],
            language("Median"): frame["median"].round(),
            language("5th percentile"): frame["low"].round(),
            language("95th percentile"): frame["high"].round(),
        }
    )


def waterfall(setting: Setting, result: ScenarioResult, steps: Sequence[Step]) -> Figure:
    """Return what each measure adds, then what queue and seats take back."""
    language = setting.language
    shown = [step for step in steps if round(step.extra_visitors) != 0]
    frame = pd.DataFrame(
        {"label": [language(step.label) for step in shown], "change": [step.extra_visitors for step in shown]}
    )
    table = frame.round({"change": 0}).rename(
        columns={"label": language("Measure"), "change": language("Extra visitors a year")}
    )
    return setting.figure(
        key="scenario-waterfall",
        title=language("What each measure adds"),
        takeaway=words.waterfall_takeaway(result, language),
        body=partial(effect_bars.waterfall, frame, total_label=language("Together"), language=language),
        frame=table,
        native=NativeChart(kind="bar", frame=table),
    )


def tornado(setting: Setting, result: ScenarioResult, bars: Sequence[Bar]) -> Figure:
    """Return which assumptions drive the result."""
    language = setting.language
    frame = pd.DataFrame(
        {
            "label": [language(bar.label) for bar in bars],
            "low": [bar.at_low / 100 for bar in bars],
            "high": [bar.at_high / 100 for bar in bars],
        }
    )
    table = frame.rename(
        columns={
            "label": language("Assumption"),
            "low": language("at its 5th percentile"),
            "high": language("at its 95th percentile"),
        }
    )
    return setting.figure(
        key="scenario-tornado",
        title=language(
            "What drives the result: change in visitors in {year}", year=language.year(result.effect_year)
        ),
        takeaway=words.tornado_takeaway(bars[0].label, language),
        body=partial(effect_bars.tornado, frame, centre=bars[0].middle / 100, share=True, language=language),
        frame=table,
        native=NativeChart(kind="bar", frame=table, share=True),
    )


def years_table(result: ScenarioResult, language: Language) -> pd.DataFrame:
    """Return calendar years with and without the scenario, by flow, as text."""
    return pd.DataFrame(
        {
            language("Year"): [language.year(row.year) for row in result.years],
            language("Flow"): [subject(row.flow, language) for row in result.years],
            language("Baseline, median"): [
                language.people_short(row.baseline.median) for row in result.years
            ],
            language("Scenario, median"): [
                language.people_short(row.scenario.median) for row in result.years
            ],
            language("Extra visitors"): [
                language.people_about(row.extra_visitors.median, signed=True) for row in result.years
            ],
            language("90% interval"): [
                language(
                    "{low} to {high}",
                    low=language.people_about(row.extra_visitors.p5, signed=True),
                    high=language.people_about(row.extra_visitors.p95, signed=True),
                )
                for row in result.years
            ],
            language("Change"): [words.percent(row.uplift_percent.median, language) for row in result.years],
        }
    )


def months_table(result: ScenarioResult, language: Language) -> pd.DataFrame:
    """Return months ahead with and without the scenario for the flow asked about, whole persons."""
    frame = result.monthly[result.flow]
    columns = {
        language("Baseline, median"): "baseline_median",
        language("Scenario, median"): "scenario_median",
        language("Extra visitors, median"): "extra_median",
        language("Extra visitors, 5th percentile"): "extra_p5",
        language("Extra visitors, 95th percentile"): "extra_p95",
    }
    table = pd.DataFrame({label: np.round(frame[column].to_numpy()) for label, column in columns.items()})
    table.insert(0, language("Month"), [str(month) for month in frame.index])
    return table


def compared(setting: Setting, results: Sequence[ScenarioResult]) -> Figure:
    """Return several scenarios side by side, each under its own name: extra visitors of the flow asked about."""
    language = setting.language
    flow = results[0].flow
    frame = pd.DataFrame(
        {
            "label": [scenario_name(result.settings, language) for result in results],
            "median": [result.effects[flow].extra_visitors_a_year.median for result in results],
            "low": [result.effects[flow].extra_visitors_a_year.p5 for result in results],
            "high": [result.effects[flow].extra_visitors_a_year.p95 for result in results],
        }
    )
    chance = [
        in_100(displayed_percent(result.scenario_probability, settled=None), language) for result in results
    ]
    asked = language(
        "{mark} in {year}", mark=language.mark(results[0].mark), year=language.year(results[0].year)
    )
    by_direction = {
        subject(direction, language): [
            round(result.effects[direction].extra_visitors_a_year.median) for result in results
        ]
        for direction in DIRECTIONS
        if direction is not flow
    }
    table = _interval_table(frame, language).assign(**by_direction, **{asked: chance})
    return setting.figure(
        key="scenario-compared",
        title=language(
            "Scenarios side by side: extra {who} in {year}",
            who=subject(flow, language),
            year=language.year(results[0].effect_year),
        ),
        takeaway=language("Point: median; line: 90% interval over the assumptions, at a fixed baseline."),
        body=partial(effect_bars.interval_bars, frame, language=language),
        frame=table,
        native=_native_intervals(
            _interval_table(frame, language),
            looks={str(name): Look(theme.SCENARIO) for name in frame["label"]},
        ),
    )


def priors_compared(setting: Setting, results: Sequence[ScenarioResult]) -> Figure:
    """Return one scenario under each set of assumptions: change of the flow asked about, per cent."""
    language = setting.language
    flow = results[0].flow
    uplifts = [result.effects[flow].uplift_percent for result in results]
    frame = pd.DataFrame(
        {
            "label": [words.priors_name(result.priors, language) for result in results],
            "median": [uplift.median / 100 for uplift in uplifts],
            "low": [uplift.p5 / 100 for uplift in uplifts],
            "high": [uplift.p95 / 100 for uplift in uplifts],
        }
    )
    table = frame.rename(
        columns={
            "label": language("Set of assumptions"),
            "median": language("Median"),
            "low": language("5th percentile"),
            "high": language("95th percentile"),
        }
    )
    return setting.figure(
        key="scenario-priors",
        title=language(
            "The same levers under both sets of assumptions: change of {who} in {year}",
            who=words.within(flow, language),
            year=language.year(results[0].effect_year),
        ),
        takeaway=language("Point: median; line: 90% interval over the assumptions, at a fixed baseline."),
        body=partial(effect_bars.interval_bars, frame, share=True, language=language),
        frame=table,
        native=_native_intervals(
            table, looks={str(name): Look(theme.SCENARIO) for name in frame["label"]}, share=True
        ),
    )


def then_and_now(saw: Seen, result: ScenarioResult | None, language: Language) -> pd.DataFrame:
    """Return the numbers that a scenario's maker saw beside today's for the same levers and question, as text.

    result: today's answer to that question; None where its year can no longer be projected.
    """
    effect_year = language.year(saw.effect_year)
    rows = []
    for flow, extra in zip(DIRECTIONS, saw.extra, strict=True):
        label = language("{who}, change in {year}", who=subject(flow, language), year=effect_year)
        rows.append((label, _interval(*extra, language), _now(result, flow, saw.effect_year, language)))
    asked = {"mark": language.mark(saw.mark), "year": language.year(saw.year)}
    pairs = (
        (language("{mark} in {year}, without it", **asked), "baseline_probability"),
        (language("{mark} in {year}, with it", **asked), "scenario_probability"),
    )
    for label, name in pairs:
        then = in_100(displayed_percent(getattr(saw, name), settled=None), language)
        now = (
            "–"
            if result is None
            else in_100(displayed_percent(getattr(result, name), settled=None), language)
        )
        rows.append((label, then, now))
    names, before, after = (list(column) for column in zip(*rows, strict=True))
    return pd.DataFrame(
        {language("Number"): names, language("As its maker saw it"): before, language("Now"): after}
    )


def _interval(median: float, low: float, high: float, language: Language) -> str:
    middle, *ends = (language.people_about(value, signed=True) for value in (median, low, high))
    return language("{median} ({low} to {high})", median=middle, low=ends[0], high=ends[1])


def _now(result: ScenarioResult | None, flow: Flow, year: int, language: Language) -> str:
    if result is None or not any(row.year == year for row in result.years):
        return "–"
    extra = result.year_effect(year, flow).extra_visitors
    return _interval(extra.median, extra.p5, extra.p95, language)


def assumptions(
    result: ScenarioResult,
    said: Sequence[LeverSaid],
    language: Language,
    *,
    parameters: Sequence[AssumptionSaid] | None = None,
) -> Table:
    """Return the levers in use and every parameter (or those given) with range, grade and sources, as text."""
    listed = every_assumption(result.priors) if parameters is None else parameters
    rows = [_assumption(lever, "", language) for lever in said]
    rows += [_assumption(parameter, _range(parameter, language), language) for parameter in listed]
    return assumption_table(tuple(rows), language)


def _assumption(described: LeverSaid | AssumptionSaid, value: str, language: Language) -> Assumption:
    sources = "; ".join(language(title) for title in described.sources)
    label = described.label
    return Assumption(language(label), value, described.quality, described.impact, sources)


def _range(one: AssumptionSaid, language: Language) -> str:
    median, low, high = (f"{value:.3g}" for value in (one.median, one.low, one.high))
    said = (
        median if low == high else language("{median} ({low} to {high})", median=median, low=low, high=high)
    )
    return f"{said} {language(one.unit)}" if one.unit else said


def since_start(past: Sequence[PastMonth], language: Language) -> pd.DataFrame:
    """Return what was expected without and with a measure that began in the past, and what came, as text."""
    return pd.DataFrame(
        {
            language("Month"): [language.month(row.month) for row in past],
            language("Flow"): [subject(row.flow, language) for row in past],
            language("Expected without it"): [language.people_short(row.baseline.median) for row in past],
            language("Expected with it"): [language.people_short(row.scenario.median) for row in past],
            language("90% interval"): [
                language.people_range(row.scenario.p5, row.scenario.p95, digits=2) for row in past
            ],
            language("What came"): [language.people_short(row.seen) for row in past],
        }
    )
