"""The figures of the Overview page."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal, get_args

import pandas as pd

from crossings.drawing import theme
from crossings.language import Language, labels
from crossings.language.labels import signed, subject
from crossings.questions.base import (
    AIM,
    Column,
    Figure,
    KeyFigure,
    Level,
    Look,
    OfficeChart,
    Table,
    table,
)
from crossings.questions.figure_context import Setting
from crossings.questions.overview import cumulative as cumulative_charts
from crossings.questions.overview import sentences as words
from crossings.questions.overview import series as series_charts
from crossings.questions.overview.question import Measure
from crossings.tables import totals as standing
from crossings.tables.flows import Flow, Published

MEASURES: tuple[Measure, ...] = get_args(Measure)
YEARS_COMPARED = 3


def main_figure(setting: Setting, *, measure: str, mark: int, years: tuple[int, int]) -> Figure:
    """Return the main figure for one way of looking at a flow (one of MEASURES) over the years shown."""
    if measure == "cumulative":
        return cumulative(setting, mark=mark, years=years)
    if measure == "rolling":
        return rolling(setting, mark=mark, years=years)
    return monthly(setting, years=years) if measure == "monthly" else change(setting, years=years)


def answer(setting: Setting, *, mark: int) -> str:
    """Return the page's answer for a flow and a mark, as Markdown."""
    published, flow = setting.published, setting.flow
    series = published.series(flow)
    month = setting.last_month
    now = standing.standing(published, flow=flow, month=month)
    return words.answer(
        flow,
        setting.language,
        month=month,
        to_date=now.to_date,
        to_date_change=now.to_date_change[month.year - 1],
        mark=mark,
        reached=standing.month_reached(series, year=month.year, mark=mark),
        reached_before=standing.month_reached(series, year=month.year - 1, mark=mark),
        estimates=_estimates(published, flow, setting.language),
    )


def _estimates(published: Published, flow: Flow, language: Language) -> str:
    """Return the span of a flow's newest months that are estimates, empty where there is none."""
    soft = labels.estimated(published, flow)
    return "" if soft is None else labels.months(*soft, language)


def to_copy(setting: Setting) -> str:
    """Return one sentence to paste: year to date and newest month with their changes, status and source."""
    published, flow, language = setting.published, setting.flow, setting.language
    now = standing.standing(published, flow=flow, month=published.last_month)
    soft = _estimates(published, flow, language)
    return words.to_copy(now, language, estimates=soft)


def measure_name(measure: str, language: Language) -> str:
    """Return the label of a way of looking at a flow."""
    names = {
        "cumulative": language("Cumulative"),
        "monthly": language("Monthly"),
        "rolling": language("Twelve months"),
        "change": language("Year-on-year change"),
    }
    return names[measure]


def cumulative(setting: Setting, *, mark: int, years: tuple[int, int]) -> Figure:
    """Return visitors since January by month, one line a year, with the mark."""
    language = setting.language
    frame = standing.cumulative(_years(setting.published.series(setting.flow), years))
    months = [
        pd.Period(year=y, month=m, freq="M") for y, m in zip(frame["year"], frame["month"], strict=True)
    ]
    frame["status"] = setting.published.status(setting.flow).reindex(months).to_numpy()
    series = setting.published.series(setting.flow)
    latest = int(frame["year"].max())
    compared = [year for year in range(latest, latest - YEARS_COMPARED, -1) if year >= years[0]]
    reached = {year: standing.month_reached(series, year=year, mark=mark) for year in compared}
    wide = frame.pivot(index="month", columns="year", values="visitors")
    years_shown = [
        (Column(str(year), language.year(int(year)), "persons"), wide[year]) for year in wide.columns
    ]
    shown = table(
        language, [(Column("month", language("Month")), map(language.month_name, wide.index)), *years_shown]
    )
    return setting.figure(
        key="overview-cumulative",
        title=language("{who}: year to date by month", who=subject(setting.flow, language)),
        takeaway=words.reached_takeaway(reached, mark, language),
        draw=partial(
            cumulative_charts.cumulative_by_year,
            frame,
            flow=setting.flow,
            highlight=latest,
            mark=mark,
            language=language,
        ),
        table=shown,
        office=OfficeChart(
            "line",
            shown,
            {str(latest): Look(theme.FLOW[setting.flow], width=3.0)},
            levels=_mark(mark, language),
        ),
    )


def _mark(mark: int, language: Language) -> tuple[Level, ...]:
    """Return the mark as a line across an office chart."""
    return (Level(language("Threshold {mark}", mark=language.mark(mark)), mark, AIM),)


def monthly(setting: Setting, *, years: tuple[int, int], key: str = "overview-monthly") -> Figure:
    """Return visitors by month."""
    language = setting.language
    series = _years(setting.published.series(setting.flow), years)
    latest = standing.standing(setting.published, flow=setting.flow, month=series.index[-1])
    shown = _by_month(setting, series, Column("visitors", language("Visitors"), "persons"), named=True)
    return setting.figure(
        key=key,
        title=language("{who} by month", who=subject(setting.flow, language)),
        takeaway=words.month_takeaway(latest, language),
        draw=partial(series_charts.monthly_series, shown.frame, flow=setting.flow, language=language),
        table=shown,
        office=_office(setting, shown, "visitors"),
    )


def _by_month(setting: Setting, series: pd.Series, column: Column, *, named: bool = False) -> Table:
    """Return a monthly series of the flow with every month's status. named: whether the table shows its name."""
    language = setting.language
    statuses = setting.published.status(setting.flow).reindex(series.index)
    columns: list[tuple[Column, Sequence[object]]] = [
        (Column("month", language("Month"), "month"), list(series.index)),
        (column, list(series)),
        (Column("status", "", shown=False), list(statuses)),
    ]
    if named:
        names = [labels.status_word(status, language) for status in statuses]
        columns.append((Column("status_name", language("Status")), names))
    return table(language, columns)


def _office(
    setting: Setting,
    shown: Table,
    key: str,
    kind: Literal["line", "column"] = "line",
    *,
    levels: tuple[Level, ...] = (),
    limits: tuple[float | None, float | None] = (None, None),
) -> OfficeChart:
    """Return a table's one series in the flow's colour."""
    looks = {key: Look(theme.FLOW[setting.flow])}
    return OfficeChart(kind, shown.select(["month", key]), looks, levels=levels, limits=limits)


def rolling(setting: Setting, *, mark: int, years: tuple[int, int]) -> Figure:
    """Return the sum of the last twelve months at each month, with the mark."""
    language = setting.language
    series = _years(standing.rolling_year(setting.published.series(setting.flow)), years)
    column = Column("visitors", language("Visitors in twelve months"), "persons")
    shown = _by_month(setting, series, column)
    return setting.figure(
        key="overview-rolling",
        title=language("{who}: last twelve months", who=subject(setting.flow, language)),
        takeaway=words.rolling_takeaway(series, language),
        draw=partial(series_charts.rolling_sum, shown.frame, flow=setting.flow, mark=mark, language=language),
        table=shown,
        office=_office(setting, shown, "visitors", levels=_mark(mark, language)),
    )


def change(setting: Setting, *, years: tuple[int, int]) -> Figure:
    """Return each month's change on the same month a year earlier."""
    language = setting.language
    series = _years(standing.change_on_year(setting.published.series(setting.flow)), years)
    column = Column("change", language("Change on a year earlier"), "share")
    shown = _by_month(setting, series, column)
    return setting.figure(
        key="overview-change",
        title=language("{who}: change on the same month a year earlier", who=subject(setting.flow, language)),
        takeaway=words.change_takeaway(series, language),
        draw=partial(series_charts.change_on_year, shown.frame, flow=setting.flow, language=language),
        table=shown,
        office=_office(
            setting, shown, "change", "column", limits=series_charts.usual_range(shown.frame, "change")
        ),
    )


def key_figures(published: Published, language: Language) -> list[KeyFigure]:
    """Return the year to date by flow and the newest month both ways, each with its changes and its status."""
    month = published.last_month
    standings = {flow: standing.standing(published, flow=flow, month=month) for flow in Flow}
    rows = [
        KeyFigure(
            subject(flow, language),
            language.people_short(now.to_date),
            _compared(now.to_date_change, _estimates(published, flow, language), language),
        )
        for flow, now in standings.items()
    ]
    both = standings[Flow.BOTH]
    newest = KeyFigure(
        language("{month}, both directions", month=language.month(month)),
        language.people_short(both.latest),
        _compared(both.latest_changes, "", language),
    )
    return [rows[0], newest, *rows[1:]]


def _compared(changes: Mapping[int, float | None], estimates: str, language: Language) -> str:
    """Return changes on earlier years, newest first, and which months are estimates."""
    said = language.in_a_list(
        [
            language("{change} on {year}", change=signed(change, language), year=language.year(year))
            for year, change in sorted(changes.items(), reverse=True)
            if change is not None
        ]
    )
    soft = language("{span} estimates", span=estimates) if estimates else ""
    return language.remarked(said, soft) if said else soft


def _persons(ratio: float, language: Language) -> str:
    return language.number(ratio, digits=2) + language.conventions.person


def at_a_glance(setting: Setting) -> Table:
    """Return the three flows side by side as text: latest month, year to date, twelve months, share, status."""
    language = setting.language
    month = setting.published.last_month
    rows = {flow: standing.standing(setting.published, flow=flow, month=month) for flow in Flow}
    both = rows[Flow.BOTH].to_date
    span = language.span(pd.Period(f"{month.year}-01", "M"), month)
    compared = sorted(rows[Flow.BOTH].latest_changes, reverse=True)
    labelled: dict[str, list[str]] = {
        language.month(month): [language.people(row.latest) for row in rows.values()]
    }
    for year in compared:
        label = language("on the same month of {year}", year=language.year(year))
        labelled[label] = [signed(row.latest_changes[year], language) for row in rows.values()]
    labelled[span] = [language.people(row.to_date) for row in rows.values()]
    for year in compared:
        label = language("on the same period of {year}", year=language.year(year))
        labelled[label] = [signed(row.to_date_change[year], language) for row in rows.values()]
    labelled |= {
        language("last twelve months"): [words.count_or_dash(row.rolling, language) for row in rows.values()],
        language("on the twelve months before"): [
            signed(row.rolling_change, language) for row in rows.values()
        ],
        language("share of both directions, {span}", span=span): [
            language.percent(row.to_date / both) for row in rows.values()
        ],
        language("Koreans per Japanese visitor, {span}", span=span): _balance(setting, month),
        language("status of {month}", month=language.month(month)): [
            labels.status_word(row.status, language) for row in rows.values()
        ],
    }
    columns = [
        (Column(flow.value, subject(flow, language)), [cells[place] for cells in labelled.values()])
        for place, flow in enumerate(rows)
    ]
    return table(language, [(Column("what", ""), list(labelled)), *columns])


def _balance(setting: Setting, month: pd.Period) -> list[str]:
    """Return Koreans to Japan per Japanese visitor to Korea in the year to date, under both ways alone."""
    ratio = standing.balance(setting.published, year=month.year, month=month.month)
    return ["–" if ratio is None else setting.language.number(ratio, digits=2), "–", "–"]


def _years(series: pd.Series, years: tuple[int, int]) -> pd.Series:
    first, last = years
    return series.loc[pd.Period(f"{first}-01", "M") : pd.Period(f"{last}-12", "M")]
