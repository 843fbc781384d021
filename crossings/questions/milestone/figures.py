"""The figures of the Milestone page."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.drawing import Chart
from crossings.drawing.marks import SOFT
from crossings.language import Language, labels
from crossings.language.labels import signed, subject
from crossings.language.likelihood import likelihood, scale_rows, whole_percent
from crossings.language.rounding import range_beside
from crossings.models.forecast.milestone import Milestone, displayed_percent
from crossings.questions.base import (
    AIM,
    Column,
    Figure,
    KeyFigure,
    Look,
    OfficeChart,
    Segment,
    Table,
    table,
    written_chart,
)
from crossings.questions.figure_context import Setting
from crossings.questions.milestone import charts as milestone_charts
from crossings.questions.milestone import sentences as words
from crossings.tables.months import year_months

OFFICE_FAN = (
    "month",
    "known",
    "estimate",
    "median",
    "low_95",
    "low_80",
    "high_80",
    "high_95",
    "last_year",
    "mark",
)
OPEN_BESIDE = 5
FEWEST_DOTS = 5
MOST_ROUNDED = 100_000


@dataclass(frozen=True, eq=False)
class Dots:
    """A hundred simulated years as dots: the line above them, and what draws them."""

    line: str
    draw: Callable[..., Chart]

    @cached_property
    def written(self) -> str:
        """The chart's Vega-Lite specification, as JSON."""
        return written_chart(self.draw)


def key_figures(result: Milestone, language: Language) -> list[KeyFigure]:
    """Return what is still needed, the day of passing, the median of the year and the chance of a record."""
    rows = [*_needed(result, language)]
    if result.needed is not None:
        rows.append(
            KeyFigure(
                language("Central forecast for {year}", year=language.year(result.year)),
                words.median(result, language),
                language(
                    "80% prediction interval {interval}",
                    interval=range_beside(result.interval_80, result.mark, language),
                ),
            )
        )
    if result.record is not None and result.record_percent is not None:
        held = language.people_short(result.record.visitors)
        label = (
            language("Probability of a record in {year}", year=language.year(result.year))
            if result.record_between
            else language("Probability of passing {year}’s record", year=language.year(result.record.year))
        )
        rows.append(
            KeyFigure(
                label,
                whole_percent(result.record_percent, language),
                language(
                    "{word}; record so far {visitors}",
                    word=likelihood(result.record_percent, language),
                    visitors=held,
                ),
            )
        )
    return rows


def _needed(result: Milestone, language: Language) -> list[KeyFigure]:
    so_far = KeyFigure(
        language(
            "Year to date ({month})",
            month=language.month(min(result.data_month, year_months(result.year)[-1])),
        ),
        language.people_short(result.visitors_to_date),
    )
    if result.needed is None:
        return [so_far]
    if result.settled == "passed":
        ahead = result.open_mark
        if ahead is None:
            return [so_far]
        percent = displayed_percent(result.next_marks[ahead], settled=None)
        return [
            so_far,
            KeyFigure(
                language("Probability of {mark}", mark=language.mark(ahead)),
                whole_percent(percent, language),
                likelihood(percent, language),
            ),
        ]
    pace = None
    if result.needed.ratio is not None:
        pace = language(
            "{change} on the same period a year earlier", change=signed(result.needed.ratio - 1, language)
        )
    return [
        KeyFigure(
            language("Needed a month on average"), language.people_short(result.needed.visitors_a_month), pace
        ),
        _day_passed(result, language),
    ]


def _day_passed(result: Milestone, language: Language) -> KeyFigure:
    """Return the day by which half of all futures have passed the mark, with the span of eight in ten."""
    early, middle, late = (result.day_passed[level] for level in (0.1, 0.5, 0.9))
    label = language("{mark} reached by", mark=language.mark(result.mark))
    half = language("50% probability")
    missing = language.plural(
        "{visitors} still needed, one month not in the figures",
        "{visitors} still needed, {count} months not in the figures",
        result.needed.months if result.needed else 0,
        visitors=language.people_short(result.mark - result.visitors_to_date),
    )
    if middle is None:
        return KeyFigure(label, language("under 50% in {year}", year=language.year(result.year)), missing)
    if early is None or late is None:
        return KeyFigure(label, language.day(middle), language.in_clauses([half, missing]))
    span = language(
        "80% prediction interval {early} to {late}", early=language.day(early), late=language.day(late)
    )
    return KeyFigure(label, language.day(middle), language.in_clauses([half, span]))


def dots(result: Milestone, language: Language) -> Dots | None:
    """Return a hundred simulated years as dots, None where the question is all but settled."""
    _, percent = words.asked(result)
    if result.needed is None or not FEWEST_DOTS <= percent <= 100 - FEWEST_DOTS:
        return None
    draw = partial(milestone_charts.dots, percent, flow=result.flow, language=language)
    return Dots(words.dots_line(result, language), draw)


def fan(setting: Setting, result: Milestone) -> Figure:
    """Return the year's cumulative sum: what is published, the median and both bands, last year, the mark."""
    language, shown = setting.language, _fan_table(setting, result)
    return setting.figure(
        key="milestone-fan",
        title=language(
            "{who} in {year}: year to date and forecast",
            who=subject(setting.flow, language),
            year=language.year(result.year),
        ),
        takeaway=words.fan_takeaway(result, language),
        draw=partial(
            milestone_charts.fan,
            shown.frame,
            flow=setting.flow,
            mark=result.mark,
            median=words.median(result, language),
            language=language,
        ),
        table=shown,
        office=_office_fan(setting, shown),
    )


def _fan_table(setting: Setting, result: Milestone) -> Table:
    """Return by month what is known and simulated, and hidden what chart and office chart draw beside it."""
    language, months = setting.language, year_months(result.year)
    series, known = setting.published.series(setting.flow), result.cumulative
    before = series.reindex(year_months(result.year - 1))
    after = setting.published.official.series(setting.flow).reindex(months).dropna()
    outcome = after.cumsum() if len(after) and after.index[-1] > result.data_month else after.iloc[:0]
    statuses = setting.published.status(setting.flow, as_of=setting.known_at).reindex(months)
    last_year = language.year(result.year - 1)
    mark = language("Threshold {mark}", mark=language.mark(result.mark))
    columns: list[tuple[Column, Sequence[object]]] = [
        (Column("month", language("Month"), "month"), list(months)),
        (Column("known", setting.known_name, "persons"), list(known["known"])),
    ]
    step, ahead = _nearest(result), known["known"].isna().tolist()
    for key, (quantile, heading) in _quantiles(language).items():
        column = Column(key, heading, "persons", nearest=step)
        values = zip(known[quantile].tolist(), ahead, strict=True)
        columns.append((column, [value if open_month else math.nan for value, open_month in values]))
    if not before.isna().any():
        hidden = Column("last_year", last_year, "persons", shown=False)
        columns.append((hidden, list(before.cumsum())))
    columns += [
        (Column("mark", mark, "persons", shown=False), [result.mark] * len(months)),
        (Column("outcome", language("Outcome"), "persons", shown=False), list(outcome.reindex(months))),
        (Column("status", language("Status"), shown=False), list(statuses)),
    ]
    return table(language, columns)


def _nearest(result: Milestone) -> int:
    """Return to how many persons the year's forecasts are printed: as sentences do, on the right side of the mark."""
    ends = (*result.interval_80, result.median)
    width = result.interval_80[1] - result.interval_80[0]
    step = min(MOST_ROUNDED, int(10 ** (len(str(int(width))) - 1)))
    while step > 1 and any((end >= result.mark) != (round(end / step) * step >= result.mark) for end in ends):
        step //= 10
    return step


def _quantiles(language: Language) -> dict[str, tuple[str, str]]:
    """Return the columns of quantiles by key: their level and heading."""
    return {
        "low_95": ("0.025", language("95% interval, lower end")),
        "low_80": ("0.1", language("80% interval, lower end")),
        "median": ("0.5", language("Median")),
        "high_80": ("0.9", language("80% interval, upper end")),
        "high_95": ("0.975", language("95% interval, upper end")),
    }


def _office_fan(setting: Setting, shown: Table) -> OfficeChart:
    """Return the fan as office programs draw it: two filled bands, the lines above them, the mark."""
    known, soft = shown.frame["known"], shown.frame["status"].isin(SOFT)
    if soft.any():
        name = milestone_charts.soft_name(shown.frame["status"], shown.language)
        frame = shown.frame.assign(known=known.mask(soft), estimate=known.where(soft))
        shown = replace(shown, columns=(*shown.columns, Column("estimate", name, "persons")), frame=frame)
    present = {column.key for column in shown.columns}
    return OfficeChart(
        "line",
        shown.select([key for key in OFFICE_FAN if key in present]),
        looks={key: look for key, look in milestone_charts.looks(setting.flow).items() if key in present},
        bands=milestone_charts.bands(setting.flow, setting.language),
    )


def month_passed(setting: Setting, result: Milestone) -> Figure:
    """Return in which month the simulated years pass the mark."""
    language = setting.language
    shares = {
        month: share for month, share in result.month_passed.items() if share or month > result.data_month
    }
    shares = shares or dict(result.month_passed)
    never = language("not reached in {year}", year=language.year(result.year))
    shown = table(
        language,
        [
            (Column("when", language("Month")), [*map(language.month, shares), never]),
            (
                Column("share", language("Probability"), "share"),
                [*shares.values(), result.not_in_year],
            ),
            (Column("month", language("Month"), "month", shown=False), [*shares, None]),
        ],
    )
    return setting.figure(
        key="milestone-month",
        title=language("When {mark} would be reached", mark=language.mark(result.mark)),
        takeaway=words.month_takeaway(result, language),
        draw=partial(milestone_charts.month_passed, shown.frame, flow=setting.flow, language=language),
        table=shown,
        office=OfficeChart(
            "column", shown.select(["when", "share"]), {"share": Look(theme.FLOW[setting.flow])}
        ),
    )


def curve(setting: Setting, result: Milestone) -> Figure:
    """Return the probability of passing each mark."""
    language = setting.language
    shown = table(
        language,
        [
            (
                Column("mark", language.pgettext("any number", "Threshold"), "persons"),
                list(result.curve.index),
            ),
            (Column("probability", language("Probability"), "share"), list(result.curve)),
        ],
    )
    keys = [column.key for column in shown.columns]
    return setting.figure(
        key="milestone-curve",
        title=language("Probability of each annual total in {year}", year=language.year(result.year)),
        takeaway=words.curve_takeaway(result, language),
        draw=partial(
            milestone_charts.probability_curve,
            shown.frame,
            flow=setting.flow,
            mark=result.mark,
            percent=result.percent,
            median=result.median,
            interval_80=result.interval_80,
            language=language,
        ),
        table=shown,
        office=OfficeChart(
            "scatter",
            shown.select(keys, _where_it_falls(shown.values("probability"))),
            {"probability": Look(theme.FLOW[setting.flow])},
            segments=(
                Segment(
                    language("Threshold {mark}", mark=language.mark(result.mark)),
                    (result.mark, 0.0),
                    (result.mark, 1.0),
                    AIM,
                ),
            ),
        ),
    )


def _where_it_falls(probability: pd.Series) -> pd.Series:
    """Return which rows of the curve are between all but certain and all but impossible, or a few off."""
    open_rows = probability.index[probability.between(0.0005, 0.9995)]
    if not len(open_rows):
        return probability.notna()
    rows = probability.index.to_series()
    return rows.between(open_rows[0] - OPEN_BESIDE, open_rows[-1] + OPEN_BESIDE)


def models(result: Milestone, language: Language) -> Table:
    """Return what each model of the pool says alone; probabilities in 100 and medians rounded, as on the page."""
    views = result.by_model.values()
    percents = [displayed_percent(view.probability, settled=result.settled) for view in views]
    share = Column("share", language("Share of the simulations"), "share", digits=0)
    return table(
        language,
        [
            (
                Column("model", language("Model")),
                [labels.model_name(name, language) for name in result.by_model],
            ),
            (share, [view.share for view in views]),
            (
                Column("probability", language("Probability")),
                [whole_percent(percent, language) for percent in percents],
            ),
            (
                Column("median", language("Central forecast of the year")),
                [language.people_short(view.median, digits=1) for view in views],
            ),
        ],
    )


def likelihood_scale(language: Language) -> Table:
    """Return the words of the likelihood scale with their chances."""
    ranges, names = zip(*scale_rows(language), strict=True)
    return table(
        language,
        [
            (Column("range", language("Probability (%)")), ranges),
            (Column("word", language("Wording")), names),
        ],
    )
