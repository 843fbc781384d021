"""The figures and tables of the Scenario page."""

from collections.abc import Collection, Sequence
from functools import lru_cache, partial

import pandas as pd

from crossings.drawing import effect_bars, theme
from crossings.language import Language
from crossings.language.labels import subject
from crossings.language.likelihood import in_100
from crossings.language.scenarios import scenario_name
from crossings.models.forecast.milestone import Settled, displayed_percent
from crossings.models.scenario.describe import AssumptionSaid
from crossings.models.scenario.levers import levers, sources
from crossings.models.scenario.reality import PastMonth
from crossings.models.scenario.results import Bar, Interval, ScenarioResult, Step
from crossings.models.scenario.snapshot import Seen
from crossings.questions.base import (
    Assumption,
    Band,
    Column,
    Figure,
    KeyFigure,
    Look,
    OfficeChart,
    Table,
    assumption_table,
    table,
)
from crossings.questions.figure_context import Setting
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
    year = language.year(result.year)
    total = result.year_effect(result.year, result.flow)
    before, after = (
        in_100(displayed_percent(share, settled=settled), language)
        for share in (result.baseline_probability, result.scenario_probability)
    )
    return [
        *(_extra_visitors(flow, result, language) for flow in DIRECTIONS),
        KeyFigure(
            language("Median of {year} with it", year=year),
            language.people_short(total.scenario.median),
            language("without it {count}", count=language.people_short(total.baseline.median)),
        ),
        KeyFigure(
            language("{mark} in {year} with it", mark=language.mark(result.mark), year=year),
            after,
            language("without it {count}", count=before),
        ),
    ]


def _extra_visitors(flow: Flow, result: ScenarioResult, language: Language) -> KeyFigure:
    effect = result.effects[flow]
    change = language(
        "change in {year}, {interval}",
        year=language.year(result.effect_year),
        interval=words.percent_range(effect.uplift_percent, language),
    )
    extra = language.people_about(effect.extra_visitors_a_year.median, signed=True)
    return KeyFigure(subject(flow, language), extra, change)


def flows(setting: Setting, result: ScenarioResult) -> Figure:
    """Return monthly visitors with and without the scenario: two medians, the baseline's band, the policy band."""
    language, name = setting.language, scenario_name(result.settings, setting.language)
    shown = _with_and_without(setting, result, name)
    return setting.figure(
        key="scenario-flows",
        title=language(
            "{who} by month, with and without: {name}", who=subject(setting.flow, language), name=name
        ),
        takeaway=words.flows_takeaway(result, language),
        draw=partial(
            scenario_charts.two_medians,
            shown.frame,
            flow=setting.flow,
            name=name,
            known_name=setting.known_name,
            language=language,
        ),
        table=shown,
        office=OfficeChart(
            "line",
            shown,
            scenario_charts.looks(setting.flow)
            | dict.fromkeys(("scenario_low", "scenario_high"), Look(theme.SCENARIO, "round_dot", 1.0)),
            (
                Band(
                    "baseline_low",
                    "baseline_high",
                    theme.BASELINE_BAND,
                    language("Baseline, 80% interval"),
                ),
            ),
        ),
    )


def _with_and_without(setting: Setting, result: ScenarioResult, name: str) -> Table:
    """Return months of the past as published, and months ahead without and with the scenario, in persons."""
    language, ahead = setting.language, result.monthly[setting.flow]
    past = setting.published.series(setting.flow, as_of=result.as_of)
    past = past.loc[pd.Period(f"{result.as_of.year - YEARS_BEFORE + 1}-01", "M") :]
    headings = {
        "baseline": language("Baseline, median"),
        "baseline_low": language("Baseline, 80% interval, lower end"),
        "baseline_high": language("Baseline, 80% interval, upper end"),
        "scenario": language("{name}, median", name=name),
        "scenario_low": language("{name}, 90% policy interval, lower end", name=name),
        "scenario_high": language("{name}, 90% policy interval, upper end", name=name),
    }
    nothing = [float("nan")]
    return table(
        language,
        [
            (Column("month", language("Month"), "month"), [*past.index, *ahead.index]),
            (Column("known", setting.known_name, "persons"), [*past, *nothing * len(ahead)]),
            *(
                (Column(key, heading, "persons"), [*nothing * len(past), *ahead[AHEAD[key]]])
                for key, heading in headings.items()
            ),
        ],
    )


def by_direction(setting: Setting, result: ScenarioResult) -> Figure:
    """Return extra visitors in the last year by direction with their intervals."""
    language = setting.language
    shown = _intervals(
        Column("label", language("Flow")),
        [subject(flow, language) for flow in DIRECTIONS],
        [result.effects[flow].extra_visitors_a_year for flow in DIRECTIONS],
        language,
        (Column("flow", "", shown=False), [flow.value for flow in DIRECTIONS]),
    )
    return _interval_figure(
        setting,
        key="scenario-directions",
        title=language("Change in visitors in {year}, by direction", year=language.year(result.effect_year)),
        shown=shown,
        colours=[theme.FLOW[flow] for flow in DIRECTIONS],
    )


def _intervals(
    first: Column,
    labels: Sequence[str],
    intervals: Sequence[Interval],
    language: Language,
    *more: tuple[Column, Sequence[object]],
    percent: bool = False,
) -> Table:
    """Return a median with its ends in each row: persons a year, or where they are per cent, shares."""
    factor = 0.01 if percent else 1.0
    headings = {
        "median": (language("Median"), "median"),
        "low": (language("5th percentile"), "p5"),
        "high": (language("95th percentile"), "p95"),
    }
    ends = [
        (
            Column(
                key, heading, "share" if percent else "persons", signed=True, digits=2 if percent else None
            ),
            [getattr(interval, end) * factor for interval in intervals],
        )
        for key, (heading, end) in headings.items()
    ]
    return table(language, [(first, labels), *ends, *more])


def _interval_figure(
    setting: Setting, *, key: str, title: str, shown: Table, colours: Sequence[str] | None = None
) -> Figure:
    """Return medians on their intervals, a row each; in office programs bars with error bars. colours: of the rows."""
    labels = list(shown.values("label"))
    looks = dict(zip(labels, map(Look, colours or [theme.SCENARIO] * len(labels)), strict=True))
    shares = shown.column("median").kind == "share"
    return setting.figure(
        key=key,
        title=title,
        takeaway=setting.language(
            "Point: median; line: 90% interval over the assumptions, at a fixed baseline."
        ),
        draw=partial(effect_bars.interval_bars, shown.frame, share=shares, language=setting.language),
        table=shown,
        office=OfficeChart(
            "bar", shown.select(["label", "median", "low", "high"]), looks, spread=("low", "high")
        ),
    )


def waterfall(setting: Setting, result: ScenarioResult, steps: Sequence[Step]) -> Figure:
    """Return what each measure adds, then what queue and seats take back."""
    language = setting.language
    moving = [step for step in steps if round(step.extra_visitors) != 0]
    shown = table(
        language,
        [
            (Column("label", language("Measure")), [language(step.label) for step in moving]),
            (
                Column("change", language("Extra visitors a year"), "persons", signed=True),
                [step.extra_visitors for step in moving],
            ),
        ],
    )
    return setting.figure(
        key="scenario-waterfall",
        title=language("What each measure adds"),
        takeaway=words.waterfall_takeaway(result, language),
        draw=partial(effect_bars.waterfall, shown.frame, total_label=language("Together"), language=language),
        table=shown,
        office=OfficeChart("bar", shown),
    )


def tornado(setting: Setting, result: ScenarioResult, bars: Sequence[Bar]) -> Figure:
    """Return which assumptions drive the result."""
    language = setting.language
    shown = table(
        language,
        [
            (Column("label", language("Assumption")), [language(bar.label) for bar in bars]),
            (
                Column("low", language("at its 5th percentile"), "share", signed=True, digits=2),
                [bar.at_low / 100 for bar in bars],
            ),
            (
                Column("high", language("at its 95th percentile"), "share", signed=True, digits=2),
                [bar.at_high / 100 for bar in bars],
            ),
        ],
    )
    centre = bars[0].middle / 100
    return setting.figure(
        key="scenario-tornado",
        title=language(
            "What drives the result: change in visitors in {year}", year=language.year(result.effect_year)
        ),
        takeaway=words.tornado_takeaway(bars[0].label, language),
        draw=partial(effect_bars.tornado, shown.frame, centre=centre, share=True, language=language),
        table=shown,
        office=OfficeChart("bar", shown),
    )


def years_table(result: ScenarioResult, language: Language) -> Table:
    """Return calendar years with and without the scenario, by flow."""
    rows = result.years
    extra = [row.extra_visitors for row in rows]
    return table(
        language,
        [
            (Column("year", language("Year"), "year"), [row.year for row in rows]),
            (Column("flow", language("Flow")), [subject(row.flow, language) for row in rows]),
            (
                Column("baseline", language("Baseline, median"), "persons"),
                [row.baseline.median for row in rows],
            ),
            (
                Column("scenario", language("Scenario, median"), "persons"),
                [row.scenario.median for row in rows],
            ),
            *_extra_columns(
                [interval.median for interval in extra],
                [interval.p5 for interval in extra],
                [interval.p95 for interval in extra],
                language,
            ),
            (
                Column("change", language("Change"), "share", signed=True, digits=2),
                [row.uplift_percent.median / 100 for row in rows],
            ),
        ],
    )


def _extra_columns(
    median: Sequence[float], low: Sequence[float], high: Sequence[float], language: Language
) -> list[tuple[Column, Sequence[float]]]:
    return [
        (Column("extra", language("Extra visitors, median"), "persons", signed=True), median),
        (Column("extra_low", language("Extra visitors, 5th percentile"), "persons", signed=True), low),
        (Column("extra_high", language("Extra visitors, 95th percentile"), "persons", signed=True), high),
    ]


def months_table(result: ScenarioResult, language: Language) -> Table:
    """Return months ahead with and without the scenario for the flow asked about."""
    frame = result.monthly[result.flow]
    return table(
        language,
        [
            (Column("month", language("Month"), "month"), list(frame.index)),
            (Column("baseline", language("Baseline, median"), "persons"), list(frame["baseline_median"])),
            (Column("scenario", language("Scenario, median"), "persons"), list(frame["scenario_median"])),
            *_extra_columns(
                list(frame["extra_median"]), list(frame["extra_p5"]), list(frame["extra_p95"]), language
            ),
        ],
    )


def compared(setting: Setting, results: Sequence[ScenarioResult]) -> Figure:
    """Return several scenarios side by side, each under its own name: extra visitors of the flow asked about."""
    language, first = setting.language, results[0]
    chances = [
        in_100(displayed_percent(result.scenario_probability, settled=None), language) for result in results
    ]
    mark = language("{mark} in {year}", mark=language.mark(first.mark), year=language.year(first.year))
    others = [
        (
            Column(direction.value, subject(direction, language), "persons", signed=True),
            [result.effects[direction].extra_visitors_a_year.median for result in results],
        )
        for direction in DIRECTIONS
        if direction is not first.flow
    ]
    shown = _intervals(
        Column("label", language("Scenario")),
        [scenario_name(result.settings, language) for result in results],
        [result.effects[first.flow].extra_visitors_a_year for result in results],
        language,
        *others,
        (Column("chance", mark), chances),
    )
    return _interval_figure(
        setting,
        key="scenario-compared",
        title=language(
            "Scenarios side by side: extra {who} in {year}",
            who=subject(first.flow, language),
            year=language.year(first.effect_year),
        ),
        shown=shown,
    )


def priors_compared(setting: Setting, results: Sequence[ScenarioResult]) -> Figure:
    """Return one scenario under each set of assumptions: change of the flow asked about."""
    language, first = setting.language, results[0]
    shown = _intervals(
        Column("label", language("Set of assumptions")),
        [words.priors_name(result.priors, language) for result in results],
        [result.effects[first.flow].uplift_percent for result in results],
        language,
        percent=True,
    )
    return _interval_figure(
        setting,
        key="scenario-priors",
        title=language(
            "The same levers under both sets of assumptions: change of {who} in {year}",
            who=words.within(first.flow, language),
            year=language.year(first.effect_year),
        ),
        shown=shown,
    )


def then_and_now(saw: Seen, result: ScenarioResult | None, language: Language) -> Table:
    """Return the numbers that a scenario's maker saw beside today's for the same levers and question, as text.

    result: today's answer to that question; None where its year can no longer be projected.
    """
    event = {"mark": language.mark(saw.mark), "year": language.year(saw.year)}
    rows = [
        (
            language(
                "{who}, change in {year}", who=subject(flow, language), year=language.year(saw.effect_year)
            ),
            _interval(*extra, language),
            _now(result, flow, saw.effect_year, language),
        )
        for flow, extra in zip(DIRECTIONS, saw.extra, strict=True)
    ]
    rows += [
        (label, _chance(saw, probability, language), _chance(result, probability, language))
        for label, probability in (
            (language("{mark} in {year}, without it", **event), "baseline_probability"),
            (language("{mark} in {year}, with it", **event), "scenario_probability"),
        )
    ]
    numbers, then, now = (list(column) for column in zip(*rows, strict=True))
    return table(
        language,
        [
            (Column("number", language("Number")), numbers),
            (Column("then", language("As its maker saw it")), then),
            (Column("now", language("Now")), now),
        ],
    )


def _chance(answer: Seen | ScenarioResult | None, probability: str, language: Language) -> str:
    if answer is None:
        return "–"
    return in_100(displayed_percent(getattr(answer, probability), settled=None), language)


def _interval(median: float, low: float, high: float, language: Language) -> str:
    middle, *ends = (language.people_about(value, signed=True) for value in (median, low, high))
    return language("{median} ({low} to {high})", median=middle, low=ends[0], high=ends[1])


def _now(result: ScenarioResult | None, flow: Flow, year: int, language: Language) -> str:
    if result is None or not any(row.year == year for row in result.years):
        return "–"
    extra = result.year_effect(year, flow).extra_visitors
    return _interval(extra.median, extra.p5, extra.p95, language)


@lru_cache(maxsize=64)
def assumptions(in_use: tuple[str, ...], parameters: tuple[AssumptionSaid, ...], language: Language) -> Table:
    """Return the levers in use (their keys) and parameters with range, grade and sources, as text."""
    rows = [
        *_lever_rows(in_use, language),
        *(_parameter_row(parameter, language) for parameter in parameters),
    ]
    return assumption_table(tuple(rows), language)


def _lever_rows(keys: Collection[str], language: Language) -> list[Assumption]:
    records = [levers()[key] for key in keys]
    return [
        Assumption(
            language(record.label),
            "",
            record.quality,
            record.impact,
            "; ".join(language(sources()[key].title) for key in record.sources),
        )
        for record in records
    ]


def _parameter_row(parameter: AssumptionSaid, language: Language) -> Assumption:
    titles = "; ".join(language(title) for title in parameter.sources)
    value = _range(parameter, language)
    return Assumption(language(parameter.label), value, parameter.quality, parameter.impact, titles)


def _range(parameter: AssumptionSaid, language: Language) -> str:
    median, low, high = (f"{value:.3g}" for value in (parameter.median, parameter.low, parameter.high))
    numbers = (
        median if low == high else language("{median} ({low} to {high})", median=median, low=low, high=high)
    )
    return f"{numbers} {language(parameter.unit)}" if parameter.unit else numbers


def since_start(past: Sequence[PastMonth], language: Language) -> Table:
    """Return what was expected without and with a measure that began in the past, and what was published since."""
    return table(
        language,
        [
            (Column("month", language("Month"), "month"), [row.month for row in past]),
            (Column("flow", language("Flow")), [subject(row.flow, language) for row in past]),
            (
                Column("without", language("Expected without it"), "persons"),
                [row.baseline.median for row in past],
            ),
            (Column("with", language("Expected with it"), "persons"), [row.scenario.median for row in past]),
            (
                Column("with_low", language("Expected with it, 5th percentile"), "persons"),
                [row.scenario.p5 for row in past],
            ),
            (
                Column("with_high", language("Expected with it, 95th percentile"), "persons"),
                [row.scenario.p95 for row in past],
            ),
            (Column("published", language("What came"), "persons"), [row.seen for row in past]),
        ],
    )
