"""The figures and tables of the Scenario page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial

import pandas as pd

from crossings.drawing import effect_bars, theme
from crossings.language import Language
from crossings.language.labels import subject
from crossings.language.likelihood import whole_percent
from crossings.language.markup import literal
from crossings.language.scenarios import scenario_name
from crossings.models.forecast.milestone import Settled, displayed_percent
from crossings.models.scenario.describe import AssumptionSaid, LeverSaid
from crossings.models.scenario.reality import PastMonth
from crossings.models.scenario.results import Bar, Interval, ScenarioResult, Step
from crossings.models.scenario.snapshot import LEVEL, Seen
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
    nearest,
    table,
    with_total,
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
    "scenario_low": "scenario_p10",
    "scenario_high": "scenario_p90",
}


def key_figures(result: ScenarioResult, language: Language, *, settled: Settled | None) -> list[KeyFigure]:
    """Return extra visitors by direction, the year's total with and without, and both probabilities."""
    year = language.year(result.year)
    total = result.year_effect(result.year, result.flow)
    before, after = (
        whole_percent(displayed_percent(share, settled=settled), language)
        for share in (result.baseline_probability, result.scenario_probability)
    )
    return [
        *(_extra_visitors(flow, result, language) for flow in DIRECTIONS),
        KeyFigure(
            language("Forecast for {year} with the measures", year=year),
            language.people_short(total.scenario.median),
            language("without {count}", count=language.people_short(total.baseline.median)),
        ),
        KeyFigure(
            language(
                "Probability of {mark} in {year} with the measures",
                mark=language.mark(result.mark),
                year=year,
            ),
            after,
            language("without {count}", count=before),
        ),
    ]


def _extra_visitors(flow: Flow, result: ScenarioResult, language: Language) -> KeyFigure:
    effect = words.year_asked(result, flow)
    change = language(
        "change in {year}: {interval}",
        year=language.year(effect.year),
        interval=words.percent_range(effect.uplift_percent, language),
    )
    extra = words.more_or_fewer(effect.extra_visitors.median, language)
    return KeyFigure(subject(flow, language), extra, change)


def flows(setting: Setting, result: ScenarioResult) -> Figure:
    """Return monthly visitors with and without the scenario: two medians, the baseline's band, the policy band."""
    language, name = setting.language, scenario_name(result.settings, setting.language)
    shown = _with_and_without(setting, result, name)
    return setting.figure(
        key="scenario-flows",
        title=language(
            "{who} by month, with and without the measures: {name}",
            who=subject(setting.flow, language),
            name=literal(name),
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
                    language("Baseline, 80% prediction interval"),
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
        "baseline_low": language("Baseline, 80% prediction interval, lower end"),
        "baseline_high": language("Baseline, 80% prediction interval, upper end"),
        "scenario": language("{name}, median", name=name),
        "scenario_low": language("{name}, 80% range over the assumptions, lower end", name=name),
        "scenario_high": language("{name}, 80% range over the assumptions, upper end", name=name),
    }
    nothing = [float("nan")]
    step = nearest(ahead["scenario_p90"], figures=4)
    return table(
        language,
        [
            (Column("month", language("Month"), "month"), [*past.index, *ahead.index]),
            (Column("known", setting.known_name, "persons"), [*past, *nothing * len(ahead)]),
            *(
                (Column(key, heading, "persons", nearest=step), [*nothing * len(past), *ahead[AHEAD[key]]])
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
        "low": (language("80% range, lower end"), "p10"),
        "median": (language("Median"), "median"),
        "high": (language("80% range, upper end"), "p90"),
    }
    step = 1 if percent else nearest(end for interval in intervals for end in (interval.p10, interval.p90))
    form = Column("", "", "share" if percent else "persons", signed=True, nearest=step)
    form = replace(form, digits=2 if percent else None)
    ends = [
        (
            replace(form, key=key, heading=heading),
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
    amounts: effect_bars.Amounts = "share" if shown.column("median").kind == "share" else "persons"
    return setting.figure(
        key=key,
        title=title,
        takeaway=setting.language("Point: median; line: 80% range over the assumptions, baseline fixed."),
        draw=partial(effect_bars.interval_bars, shown.frame, amounts=amounts, language=setting.language),
        table=shown,
        office=OfficeChart("points", shown.select(["label", "median", "low", "high"]), looks),
    )


def waterfall(setting: Setting, result: ScenarioResult, steps: Sequence[Step]) -> Figure:
    """Return what each measure adds, then what queue and seats take back."""
    language = setting.language
    moving = sorted(
        (step for step in steps if round(step.extra_visitors)), key=lambda step: -abs(step.extra_visitors)
    )
    gains = [step.extra_visitors for step in moving]
    step = nearest([sum(gains)])
    drawn = table(
        language,
        [
            (
                Column("label", language.pgettext("part of an effect", "Factor")),
                [language(s.label) for s in moving],
            ),
            (
                Column(
                    "change", language("Additional visitors a year"), "persons", signed=True, nearest=step
                ),
                gains,
            ),
        ],
    )
    shown = with_total(drawn, language("Together"))
    return setting.figure(
        key="scenario-waterfall",
        title=language("Contribution of each measure, {year}", year=language.year(result.effect_year)),
        takeaway=words.waterfall_takeaway(result, language),
        draw=partial(effect_bars.waterfall, drawn.frame, total_label=language("Together"), language=language),
        table=shown,
        office=OfficeChart("steps", drawn, total=language("Together")),
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
            "Sensitivity to the assumptions: change in visitors in {year}",
            year=language.year(result.effect_year),
        ),
        takeaway=words.tornado_takeaway(bars[0].label, language),
        draw=partial(effect_bars.tornado, shown.frame, centre=centre, amounts="share", language=language),
        table=shown,
        office=OfficeChart(
            "tornado",
            _widest_first(shown),
            {"low": Look(theme.BAND_80[Flow.BOTH]), "high": Look(theme.INK)},
            centre=centre,
        ),
    )


def _widest_first(shown: Table) -> Table:
    """Return the rows of a tornado, the widest bar first."""
    widths = (shown.values("high") - shown.values("low")).abs()
    order = widths.sort_values(ascending=False, kind="stable").index
    return replace(shown, frame=shown.frame.loc[order].reset_index(drop=True))


def years_table(result: ScenarioResult, language: Language) -> Table:
    """Return calendar years with and without the scenario, by flow."""
    rows = result.years
    extra = [row.extra_visitors for row in rows]
    step = nearest((row.scenario.p90 for row in rows), figures=4)
    return table(
        language,
        [
            (Column("year", language("Year"), "year"), [row.year for row in rows]),
            (Column("flow", language("Flow")), [subject(row.flow, language) for row in rows]),
            (
                Column("baseline", language("Baseline, median"), "persons", nearest=step),
                [row.baseline.median for row in rows],
            ),
            (
                Column("scenario", language("Scenario, median"), "persons", nearest=step),
                [row.scenario.median for row in rows],
            ),
            *_extra_columns(
                [interval.median for interval in extra],
                [interval.p10 for interval in extra],
                [interval.p90 for interval in extra],
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
    step = nearest([*low, *high])
    columns = (
        ("extra_low", language("Additional visitors, 80% range, lower end"), low),
        ("extra", language("Additional visitors, median"), median),
        ("extra_high", language("Additional visitors, 80% range, upper end"), high),
    )
    return [
        (Column(key, heading, "persons", signed=True, nearest=step), values)
        for key, heading, values in columns
    ]


def months_table(result: ScenarioResult, language: Language) -> Table:
    """Return months ahead with and without the scenario for the flow asked about."""
    frame = result.monthly[result.flow]
    step = nearest(frame["scenario_median"], figures=4)
    return table(
        language,
        [
            (Column("month", language("Month"), "month"), list(frame.index)),
            (
                Column("baseline", language("Baseline, median"), "persons", nearest=step),
                list(frame["baseline_median"]),
            ),
            (
                Column("scenario", language("Scenario, median"), "persons", nearest=step),
                list(frame["scenario_median"]),
            ),
            *_extra_columns(
                list(frame["extra_median"]), list(frame["extra_p10"]), list(frame["extra_p90"]), language
            ),
        ],
    )


def compared(setting: Setting, results: Sequence[ScenarioResult]) -> Figure:
    """Return several scenarios side by side, each under its own name: extra visitors of the flow asked about."""
    language, first = setting.language, results[0]
    chances = [
        whole_percent(displayed_percent(result.scenario_probability, settled=None), language)
        for result in results
    ]
    mark = language(
        "Probability of {mark} in {year}", mark=language.mark(first.mark), year=language.year(first.year)
    )
    medians = {
        direction: [result.effects[direction].extra_visitors_a_year.median for result in results]
        for direction in DIRECTIONS
        if direction is not first.flow
    }
    others = [
        (
            Column(flow.value, subject(flow, language), "persons", signed=True, nearest=nearest(extra)),
            extra,
        )
        for flow, extra in medians.items()
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
            "Scenarios compared: change of {who} in {year}",
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
            "The same measures under both sets of assumptions: change of {who} in {year}",
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
                "{who}: change in {year}", who=subject(flow, language), year=language.year(saw.effect_year)
            ),
            _interval(*extra, language, level=saw.level),
            _now(result, flow, saw.effect_year, language),
        )
        for flow, extra in zip(DIRECTIONS, saw.extra, strict=True)
    ]
    rows += [
        (label, _chance(saw, probability, language), _chance(result, probability, language))
        for label, probability in (
            (language("Probability of {mark} in {year}, without", **event), "baseline_probability"),
            (language("Probability of {mark} in {year}, with the measures", **event), "scenario_probability"),
        )
    ]
    numbers, then, now = (list(column) for column in zip(*rows, strict=True))
    return table(
        language,
        [
            (Column("number", language.pgettext("figure", "Number")), numbers),
            (Column("then", language("When saved")), then),
            (Column("now", language("Now")), now),
        ],
    )


def _chance(answer: Seen | ScenarioResult | None, probability: str, language: Language) -> str:
    if answer is None:
        return "–"
    return whole_percent(displayed_percent(getattr(answer, probability), settled=None), language)


def _interval(median: float, low: float, high: float, language: Language, *, level: int = LEVEL) -> str:
    middle, ends = language.people_about(median, signed=True), language.people_ends(low, high)
    return language(
        "{median} ({level}% range {low} to {high})", median=middle, level=level, low=ends[0], high=ends[1]
    )


def _now(result: ScenarioResult | None, flow: Flow, year: int, language: Language) -> str:
    if result is None or not any(row.year == year for row in result.years):
        return "–"
    extra = result.year_effect(year, flow).extra_visitors
    return _interval(extra.median, extra.p10, extra.p90, language)


@lru_cache(maxsize=64)
def assumptions(
    in_use: tuple[LeverSaid, ...], parameters: tuple[AssumptionSaid, ...], language: Language
) -> Table:
    """Return the levers in use, with what the user typed for them, and parameters: range, grade, sources; as text."""
    rows = [
        *_lever_rows(in_use, language),
        *(_parameter_row(parameter, language) for parameter in parameters),
    ]
    return assumption_table(tuple(rows), language)


def _lever_rows(in_use: Iterable[LeverSaid], language: Language) -> list[Assumption]:
    return [
        Assumption(
            language(lever.label),
            words.typed(lever, language),
            lever.quality,
            lever.impact,
            language.in_titles([language(title) for title in lever.sources]),
        )
        for lever in in_use
    ]


def _parameter_row(parameter: AssumptionSaid, language: Language) -> Assumption:
    titles = language.in_titles([language(title) for title in parameter.sources])
    value = _range(parameter, language)
    return Assumption(language(parameter.label), value, parameter.quality, parameter.impact, titles)


def _range(parameter: AssumptionSaid, language: Language) -> str:
    return words.assumed(parameter.median, parameter.low, parameter.high, parameter.unit, language)


def since_start(past: Sequence[PastMonth], language: Language) -> Table:
    """Return what was expected without and with a measure that began in the past, and what was published since."""
    step = nearest((row.scenario.p90 for row in past), figures=4)
    return table(
        language,
        [
            (Column("month", language("Month"), "month"), [row.month for row in past]),
            (Column("flow", language("Flow")), [subject(row.flow, language) for row in past]),
            (
                Column("without", language("Expected without the measures"), "persons", nearest=step),
                [row.baseline.median for row in past],
            ),
            (
                Column("with", language("Expected with the measures"), "persons", nearest=step),
                [row.scenario.median for row in past],
            ),
            (
                Column(
                    "with_low",
                    language("Expected with the measures, 80% prediction interval, lower end"),
                    "persons",
                    nearest=step,
                ),
                [row.scenario.p10 for row in past],
            ),
            (
                Column(
                    "with_high",
                    language("Expected with the measures, 80% prediction interval, upper end"),
                    "persons",
                    nearest=step,
                ),
                [row.scenario.p90 for row in past],
            ),
            (Column("published", language("Outcome"), "persons"), [row.seen for row in past]),
        ],
    )
