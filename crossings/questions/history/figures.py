"""The figures and tables of the History page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.effect_bars import waterfall
from crossings.language import Language
from crossings.language.calendar import points, term_name
from crossings.language.labels import certainty, rise, signed, speaker, subject
from crossings.language.press import source_name
from crossings.models.events.marks import CATEGORIES, Mark
from crossings.questions.base import (
    Band,
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
from crossings.questions.history import charts
from crossings.questions.history import sentences as words
from crossings.tables.citations import Citation, cited
from crossings.tables.flows import DIRECTIONS, Flow

if TYPE_CHECKING:
    from crossings.models.events.calendar import CalendarPart
    from crossings.models.events.decomposition import Change
    from crossings.models.events.donors import Comparison
    from crossings.models.events.intervention import Estimate
    from crossings.models.events.placebo import Placebo, Rank
    from crossings.models.events.statements import Judgement

MONTHS_BEFORE, MONTHS_AFTER = 24, 12
CALENDAR_MONTHS = 30
KINDS = ("month", "origin")


def timeline(
    setting: Setting,
    marks: Sequence[Mark],
    *,
    categories: Sequence[str],
    first: pd.Period,
    chosen: str | None,
) -> Figure:
    """Return both directions by month since `first`, with the marks of some kinds in lanes below.

    Its chart can be drawn `selectable`, so that a click chooses a mark.
    """
    language = setting.language
    shown = marks_table(marks, language)
    return setting.figure(
        key="history-timeline",
        title=language("Visitors by month and main events"),
        takeaway=words.timeline_takeaway(marks, language),
        draw=partial(
            charts.timeline,
            {flow: _monthly(setting, flow, first) for flow in DIRECTIONS},
            shown.frame,
            names={name: words.category_name(name, language) for name in CATEGORIES if name in categories},
            chosen=chosen,
            language=language,
        ),
        table=shown,
    )


def _monthly(setting: Setting, flow: Flow, first: pd.Period) -> pd.DataFrame:
    series = setting.published.series(flow).loc[first:]
    status = setting.published.status(flow).reindex(series.index)
    return pd.DataFrame({"month": series.index, "visitors": series.to_numpy(), "status": status.to_numpy()})


def marks_table(marks: Sequence[Mark], language: Language) -> Table:
    """Return the marks as a list: days, title, kind, flow, certainty of the date; key, month, category for the chart."""
    return table(
        language,
        [
            (Column("day", language("Date")), [words.mark_days(mark, language) for mark in marks]),
            (Column("title", language("Event")), [words.mark_title(mark, language) for mark in marks]),
            (
                Column("kind", language("Kind")),
                [words.category_name(mark.category, language) for mark in marks],
            ),
            (Column("flow", language("Flow")), [words.direction(mark.flows, language) for mark in marks]),
            (
                Column("certainty", language("Date is")),
                [certainty(mark.certainty, language) for mark in marks],
            ),
            (Column("key", language("Event"), shown=False), [mark.key for mark in marks]),
            (Column("month", language("Month"), "month", shown=False), [mark.month for mark in marks]),
            (Column("category", language("Kind"), shown=False), [mark.category for mark in marks]),
        ],
    )


def key_figures(estimate: "Estimate", comparison: "Comparison | None", language: Language) -> list[KeyFigure]:
    """Return the effect, the visitors it stands for, the smallest effect that would be found, and the others."""
    rows = [
        _with_interval(
            language("Estimated effect of the event"),
            signed(estimate.effect, language),
            [signed(end, language) for end in estimate.interval],
            estimate,
            language,
        ),
        _with_interval(
            language("In visitors"),
            words.people_signed(estimate.difference, language),
            [words.people_signed(end, language) for end in estimate.difference_interval],
            estimate,
            language,
        ),
        KeyFigure(
            language("Smallest detectable effect"),
            rise(estimate.detectable_rise, language),
            language(
                "or {percent}; a smaller change may go undetected",
                percent=rise(-estimate.detectable_fall, language),
            ),
        ),
    ]
    if comparison is not None:
        rank = language("rank {place} of {of}", place=comparison.place, of=comparison.of)
        rows.append(
            KeyFigure(language("Relative to other markets"), signed(comparison.effect, language), rank)
        )
    return rows


def _with_interval(
    label: str, middle: str, ends: Sequence[str], estimate: "Estimate", language: Language
) -> KeyFigure:
    """Return an effect with its interval; one that cannot be told apart from nil is no headline figure."""
    if estimate.verdict.value == "cannot tell":
        return KeyFigure(
            label,
            language("no clear change"),
            language("{low} to {high} is consistent with the data", low=ends[0], high=ends[1]),
        )
    return KeyFigure(
        label, middle, language("95% confidence interval {low} to {high}", low=ends[0], high=ends[1])
    )


def without_event(setting: Setting, estimate: "Estimate") -> Figure:
    """Return the flow round an event and the path without it."""
    language = setting.language
    shown = path_table(setting, estimate)
    interval = Band("low", "high", theme.BASELINE_BAND, language("95% confidence interval"))
    looks = charts.path_looks(estimate.flow)
    return setting.figure(
        key="history-without",
        title=language(
            "{who}: published and estimated without the event", who=subject(estimate.flow, language)
        ),
        takeaway=words.path_takeaway(estimate, language),
        draw=partial(charts.without_event, shown.frame, flow=estimate.flow, language=language),
        table=shown,
        office=OfficeChart("line", shown, looks, bands=(interval,)),
    )


def path_table(setting: Setting, estimate: "Estimate") -> Table:
    """Return the flow round an event by month, and over the event's months the path without it, in hundreds."""
    language, path = setting.language, estimate.path
    series = setting.published.series(estimate.flow)
    months = pd.period_range(
        max(path.index[0] - MONTHS_BEFORE, series.index[0]),
        min(path.index[-1] + MONTHS_AFTER, series.index[-1]),
        freq="M",
    )
    estimated = path.reindex(months).round(-2)
    return table(
        language,
        [
            (Column("month", language("Month"), "month"), list(months)),
            (Column("visitors", language("Visitors"), "persons"), series.reindex(months)),
            (Column("without", language("Estimated without the event"), "persons"), estimated["without"]),
            (
                Column("low", language("95% confidence interval, lower end"), "persons"),
                estimated["without_low"],
            ),
            (
                Column("high", language("95% confidence interval, upper end"), "persons"),
                estimated["without_high"],
            ),
        ],
    )


def directions(estimates: Mapping[Flow, "Estimate | None"], language: Language) -> Table:
    """Return each direction's estimate of an event; None where the figures do not reach the question."""
    cells = [_direction_cells(estimate, language) for estimate in estimates.values()]
    effects = [None if estimate is None else estimate.effect for estimate in estimates.values()]
    return table(
        language,
        [
            (Column("flow", language("Flow")), [subject(flow, language) for flow in estimates]),
            (Column("effect", language("Effect"), "share", signed=True), effects),
            (
                Column("interval", language("95% confidence interval of the effect")),
                [cell[0] for cell in cells],
            ),
            (Column("visitors", language("In visitors")), [cell[1] for cell in cells]),
            (Column("finding", language("Finding")), [cell[2] for cell in cells]),
        ],
    )


def _direction_cells(estimate: "Estimate | None", language: Language) -> tuple[str | None, str | None, str]:
    if estimate is None:
        return None, None, language("cannot tell")
    low, high = (signed(end, language) for end in estimate.interval)
    return (
        language("{low} to {high}", low=low, high=high),
        words.people_signed(estimate.difference, language),
        words.verdict(estimate, language),
    )


def beside_others(setting: Setting, comparison: "Comparison") -> Figure:
    """Return the flow's change on a year earlier beside that of the mix of other origins."""
    language, growth = setting.language, comparison.growth
    shown = table(
        language,
        [
            (Column("month", language("Month"), "month"), list(growth.index)),
            (Column("flow", language("This direction"), "share", signed=True), growth["flow"]),
            (Column("mix", language("Weighted mix of other markets"), "share", signed=True), growth["mix"]),
        ],
    )
    return setting.figure(
        key="history-others",
        title=language(
            "{who} and other markets: change on a year earlier", who=subject(comparison.flow, language)
        ),
        takeaway=words.donors_takeaway(comparison, language),
        draw=partial(
            charts.growth_beside,
            shown.frame,
            event=(comparison.months[0], comparison.months[-1]),
            flow=comparison.flow,
            language=language,
        ),
        table=shown,
        office=OfficeChart("line", shown, charts.growth_looks(comparison.flow)),
    )


def placebos(setting: Setting, rows: Sequence["Placebo"], ranks: Sequence["Rank"]) -> Figure:
    """Return the event's strength among those of made-up events."""
    language = setting.language
    own = next(row for row in rows if row.kind == "own")
    shown = placebo_table([row for row in rows if row.kind in KINDS], language)
    return setting.figure(
        key="history-placebos",
        title=language("The event among placebo events"),
        takeaway=words.placebo_takeaway(ranks, language),
        draw=partial(
            charts.placebos,
            shown.frame,
            own=own.strength,
            names={kind: words.placebo_kind(kind, language) for kind in KINDS},
            flow=setting.flow,
            language=language,
        ),
        table=shown,
    )


def placebo_table(rows: Sequence["Placebo"], language: Language) -> Table:
    """Return made-up events with their effects and their strengths, that is effects in standard errors."""
    strength = Column("strength", language("Effect in standard errors"), "number", signed=True)
    return table(
        language,
        [
            (Column("test", language("Kind")), [words.placebo_kind(row.kind, language) for row in rows]),
            (Column("placebo", language("Placebo test")), [_placebo_name(row, language) for row in rows]),
            (Column("effect", language("Effect"), "share", signed=True), [row.effect for row in rows]),
            (strength, [round(row.strength, 2) for row in rows]),
            (Column("kind", language("Kind"), shown=False), [row.kind for row in rows]),
        ],
    )


def _placebo_name(row: "Placebo", language: Language) -> str:
    return (
        language.month(pd.Period(row.name, "M")) if row.kind == "month" else words.country(row.name, language)
    )


def calendar(setting: Setting, changes: pd.DataFrame) -> Figure:
    """Return the last months' change on a year earlier with and without the calendar."""
    language = setting.language
    recent = changes.tail(CALENDAR_MONTHS).dropna()
    shown = table(
        language,
        [
            (Column("month", language("Month"), "month"), list(recent.index)),
            (Column("change", language("As published"), "share", signed=True), recent["change"]),
            (
                Column("without", language("Without the calendar effect"), "share", signed=True),
                recent["without"],
            ),
        ],
    )
    return setting.figure(
        key="history-calendar",
        title=language(
            "{who}: change on a year earlier with and without the calendar effect",
            who=subject(setting.flow, language),
        ),
        takeaway=words.calendar_takeaway(recent, language),
        draw=partial(charts.with_and_without_calendar, shown.frame, flow=setting.flow, language=language),
        table=shown,
        office=OfficeChart("column", shown, charts.calendar_looks(setting.flow)),
    )


def calendar_parts(part: "CalendarPart | None", language: Language) -> Table:
    """Return the calendar's parts of a month's change, in points, with what they add up to; no row without a part."""
    rows = [] if part is None else list(part.parts.iterrows())
    names = [term_name(str(name), language) for name, _ in rows]
    cells = [
        _points_cells(float(row["part"]), float(row["low"]), float(row["high"]), bool(row["clear"]), language)
        for _, row in rows
    ]
    if part is not None and rows:
        names.append(language("Total"))
        cells.append(_points_cells(part.part, *part.interval, part.clear, language))
    return table(
        language,
        [
            (Column("calendar", language("Calendar effect")), names),
            (Column("part", language("Contribution to the change")), [cell[0] for cell in cells]),
            (Column("interval", language("95% confidence interval")), [cell[1] for cell in cells]),
            (Column("clear", language("Statistically significant")), [cell[2] for cell in cells]),
        ],
    )


def _points_cells(
    part: float, low: float, high: float, clear: bool, language: Language
) -> tuple[str, str, str]:
    return (
        points(part, language),
        language("{low} to {high}", low=points(low, language), high=points(high, language)),
        language.pgettext("significance", "yes") if clear else language("cannot tell"),
    )


def decomposition(setting: Setting, change: "Change") -> Figure:
    """Return the change between two years as parts that add up."""
    language = setting.language
    shown = change_table(change, language)
    parts = shown.frame.dropna(subset=["change"])
    return setting.figure(
        key="history-years",
        title=language(
            "{who}: change from {first} to {second}",
            who=subject(setting.flow, language),
            first=words.year_part(change.first, change.months, language),
            second=words.year_part(change.second, change.months, language),
        ),
        takeaway=words.change_takeaway(change, language),
        draw=partial(waterfall, parts, total_label=language("Total change"), language=language),
        table=shown,
        office=OfficeChart(
            "steps",
            shown.select(["label", "change"], shown.values("change").notna()),
            total=language("Total change"),
        ),
    )


def change_table(change: "Change", language: Language) -> Table:
    """Return the parts of a change in hundreds and the change in all; `change`, unrounded, adds up in the chart."""
    parts = change.parts
    names = [words.part_name(str(name), language) for name in parts.index]
    visitors = [*parts["visitors"].round(-2), round(change.later - change.earlier)]
    return table(
        language,
        [
            (Column("label", language("Factor")), [*names, language("Total change")]),
            (Column("visitors", language("Visitors"), "persons"), visitors),
            (
                Column("low", language("95% confidence interval, lower end"), "persons"),
                [*parts["low"].round(-2), None],
            ),
            (
                Column("high", language("95% confidence interval, upper end"), "persons"),
                [*parts["high"].round(-2), None],
            ),
            (Column("change", language("Visitors"), "persons", shown=False), [*parts["visitors"], None]),
        ],
    )


def balance(setting: Setting, ratio: pd.DataFrame) -> Figure:
    """Return Koreans per Japanese visitor over twelve months."""
    language = setting.language
    shown = balance_table(ratio, language)
    return setting.figure(
        key="history-balance",
        title=language("Koreans per Japanese visitor, twelve months"),
        takeaway=words.balance_takeaway(ratio, language),
        draw=partial(charts.balance, shown.frame, language=language),
        table=shown,
        office=OfficeChart(
            "line",
            shown.select(["month", "ratio"]),
            {"ratio": charts.RATIO_LOOK},
            levels=(Level(language("equal numbers"), 1.0, Look(theme.RULE, width=1.0)),),
            limits=(0.0, float(ratio.loc[ratio["open"].astype(bool), "ratio"].max())),
        ),
    )


def balance_table(ratio: pd.DataFrame, language: Language) -> Table:
    """Return both directions over twelve months and their ratio by month; `open` for the chart."""
    per_japanese = Column("ratio", language("Koreans per Japanese visitor"), "number")
    return table(
        language,
        [
            (Column("month", language("Twelve months to"), "month"), list(ratio.index)),
            (Column("koreans", language("Koreans visiting Japan"), "persons"), ratio["koreans"]),
            (Column("japanese", language("Japanese visiting Korea"), "persons"), ratio["japanese"]),
            (per_japanese, ratio["ratio"].round(3)),
            (Column("open", language("Status"), shown=False), ratio["open"]),
        ],
    )


def statements(
    setting: Setting, judgements: Sequence["Judgement"], *, citations: Mapping[str, Citation]
) -> Figure:
    """Return the figures that were named, the model's answer of that day and the outcome, one row a statement."""
    language = setting.language
    shown = statements_table(judgements, language, citations=citations)
    figure = setting.figure(
        key="history-statements",
        title=language("Public statements, the model forecast at the time and the outcome"),
        takeaway=words.statements_takeaway(judgements, language),
        draw=partial(charts.statements, shown.frame, language=language),
        table=shown,
    )
    keys = ";".join(judgement.statement.source for judgement in judgements)
    named = dict.fromkeys(_publishers(keys, language, citations))
    spoken = language("Statements: {publishers}.", publishers=language.in_a_list(list(named)))
    return replace(figure, source=language.in_a_row([figure.source, spoken]))


def statements_read(
    judgements: Sequence["Judgement"], language: Language, *, citations: Mapping[str, Citation]
) -> Table:
    """Return the statements to be read: who said what and where it stands, the model's answer, what came."""
    return table(
        language,
        [
            (
                Column("said", language("Statement")),
                [_quoted(judgement, language, citations) for judgement in judgements],
            ),
            *_outcome_columns(judgements, language),
        ],
    )


def _outcome_columns(
    judgements: Sequence["Judgement"], language: Language
) -> list[tuple[Column, Sequence[str]]]:
    model = Column("model", language("Model forecast on data published at the time"))
    outcome = Column("result", language("Outcome"))
    return [
        (model, [words.model_said(judgement, language) for judgement in judgements]),
        (outcome, [words.what_came(judgement, language) for judgement in judgements]),
    ]


def _quoted(judgement: "Judgement", language: Language, citations: Mapping[str, Citation]) -> str:
    statement = judgement.statement
    heading = language.remarked(speaker(statement.speaker, language), language.day(statement.day))
    return language(
        "{heading}: {said} ({sources})",
        heading=heading,
        said=language(statement.text),
        sources=language.in_a_list(_publishers(statement.source, language, citations)),
    )


def _publishers(keys: str, language: Language, citations: Mapping[str, Citation]) -> list[str]:
    return [source_name(citation, language) for citation in cited(keys, citations)]


def statements_table(
    judgements: Sequence["Judgement"], language: Language, *, citations: Mapping[str, Citation]
) -> Table:
    """Return what was said, what the model would have said that day and what came; the numbers for the chart."""
    statements = [judgement.statement for judgement in judgements]
    sources = [
        language.in_a_list(_publishers(statement.source, language, citations)) for statement in statements
    ]
    return table(
        language,
        [
            (Column("day", language("Date"), "day"), [statement.day for statement in statements]),
            (
                Column("who", language("Who")),
                [speaker(statement.speaker, language) for statement in statements],
            ),
            (
                Column("said", language("Statement")),
                [language(statement.text) for statement in statements],
            ),
            (
                Column("figure", language("Figure")),
                [language.mark(statement.persons) for statement in statements],
            ),
            *_outcome_columns(judgements, language),
            (Column("source", language("Source")), sources),
            *_statement_numbers(judgements, language),
        ],
    )


def _statement_numbers(
    judgements: Sequence["Judgement"], language: Language
) -> list[tuple[Column, Sequence[object]]]:
    """Return what the chart draws of statements: row name, flow, and numbers of persons."""
    statements = [judgement.statement for judgement in judgements]
    intervals = [judgement.interval_80 or (None, None) for judgement in judgements]
    persons: dict[str, Sequence[object]] = {
        "persons": [statement.persons for statement in statements],
        "outcome": [judgement.came for judgement in judgements],
        "median": [judgement.median for judgement in judgements],
        "low": [low for low, _ in intervals],
        "high": [high for _, high in intervals],
    }
    heading = language("Persons")
    return [
        (
            Column("label", language("Who"), shown=False),
            [words.statement_label(statement, language) for statement in statements],
        ),
        (Column("flow", language("Flow"), shown=False), [statement.flow.value for statement in statements]),
        *((Column(key, heading, "persons", shown=False), values) for key, values in persons.items()),
    ]
