"""The figures of the History page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.effect_bars import waterfall
from crossings.language import Language
from crossings.language.calendar import points, term_name
from crossings.language.labels import certainty, signed, speaker, subject
from crossings.language.press import publisher
from crossings.models.events.marks import CATEGORIES, Mark
from crossings.questions.base import Band, Figure, Look
from crossings.questions.figure_context import KeyFigure, NativeChart, Setting
from crossings.questions.history import charts as drawn
from crossings.questions.history import sentences as words
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
    selectable: bool = False,
) -> Figure:
    """Return both directions by month since `first`, with the marks of some kinds in lanes below."""
    language = setting.language
    visitors = {flow: _monthly(setting, flow, first) for flow in DIRECTIONS}
    lanes = {name: words.category_name(name, language) for name in CATEGORIES if name in categories}
    table = pd.DataFrame(
        {
            "key": [mark.key for mark in marks],
            "month": pd.PeriodIndex([mark.month for mark in marks], freq="M"),
            "category": [mark.category for mark in marks],
            "title": [words.mark_title(mark, language) for mark in marks],
            "day": [words.mark_days(mark, language) for mark in marks],
        }
    )
    return setting.figure(
        key="history-timeline",
        title=language("Both flows by month, and what happened"),
        takeaway=_timeline_takeaway(marks, language),
        body=partial(
            drawn.timeline,
            visitors,
            table,
            lanes=lanes,
            chosen=chosen,
            selectable=selectable,
            language=language,
        ),
        frame=marks_table(marks, language),
    )


def _monthly(setting: Setting, flow: Flow, first: pd.Period) -> pd.DataFrame:
    series = setting.published.series(flow).loc[first:]
    status = setting.published.status(flow).reindex(series.index)
    return pd.DataFrame({"month": series.index, "visitors": series.to_numpy(), "status": status.to_numpy()})


def _timeline_takeaway(marks: Sequence[Mark], language: Language) -> str:
    if not marks:
        return language("No event of the kinds chosen lies in these years.")
    return language.plural(
        "One event is marked, of {last}.",
        "{count} events are marked, {first} to {last}.",
        len(marks),
        first=language.month(marks[0].month),
        last=language.month(marks[-1].month),
    )


def marks_table(marks: Sequence[Mark], language: Language) -> pd.DataFrame:
    """Return the marks as a list: day, title, kind, flow, certainty of the date."""
    return pd.DataFrame(
        {
            language("Date"): [words.mark_days(mark, language) for mark in marks],
            language("Event"): [words.mark_title(mark, language) for mark in marks],
            language("Kind"): [words.category_name(mark.category, language) for mark in marks],
            language("Flow"): [words.direction(mark.flows, language) for mark in marks],
            language("Date is"): [certainty(mark.certainty, language) for mark in marks],
        }
    )


def key_figures(estimate: "Estimate", found: "Comparison | None", language: Language) -> list[KeyFigure]:
    """Return the effect, the visitors it stands for, the smallest effect that would be found, and the others."""
    rows = [
        _told(
            language("Effect of the event"),
            signed(estimate.effect, language),
            [signed(end, language) for end in estimate.interval],
            estimate,
            language,
        ),
        _told(
            language("In visitors"),
            words.people_signed(estimate.difference, language),
            [words.people_signed(end, language) for end in estimate.difference_interval],
            estimate,
            language,
        ),
        KeyFigure(
            language("Detectable from"),
            signed(estimate.detectable_rise, language),
            language("or from {percent}", percent=signed(-estimate.detectable_fall, language)),
        ),
    ]
    if found is not None:
        rank = language("rank {place} of {of}", place=found.place, of=found.of)
        rows.append(KeyFigure(language("Against other origins"), signed(found.effect, language), rank))
    return rows


def _told(
    label: str, middle: str, ends: Sequence[str], estimate: "Estimate", language: Language
) -> KeyFigure:
    """Return an effect with its interval; one that cannot be told apart from nil is no headline figure."""
    if estimate.verdict.value == "cannot tell":
        return KeyFigure(
            label,
            language("cannot tell"),
            language("{low} to {high} fits the figures", low=ends[0], high=ends[1]),
        )
    return KeyFigure(label, middle, language("95% interval {low} to {high}", low=ends[0], high=ends[1]))


def without_event(setting: Setting, estimate: "Estimate") -> Figure:
    """Return the flow round an event and the path without it."""
    language = setting.language
    path = estimate.path
    series = setting.published.series(estimate.flow)
    months = pd.period_range(
        max(path.index[0] - MONTHS_BEFORE, series.index[0]),
        min(path.index[-1] + MONTHS_AFTER, series.index[-1]),
        freq="M",
    )
    frame = pd.DataFrame(
        {
            "month": months,
            "visitors": series.reindex(months).to_numpy(),
            "without": path["without"].reindex(months).to_numpy(),
            "low": path["without_low"].reindex(months).to_numpy(),
            "high": path["without_high"].reindex(months).to_numpy(),
        }
    )
    table = pd.DataFrame(
        {
            language("Month"): [language.month(month) for month in months],
            language("Visitors"): frame["visitors"],
            language("Without the event"): frame["without"].round(-2),
            language("95% interval, lower end"): frame["low"].round(-2),
            language("95% interval, upper end"): frame["high"].round(-2),
        }
    )
    return setting.figure(
        key="history-without",
        title=language("{who}, with and without the event", who=subject(estimate.flow, language)),
        takeaway=words.path_takeaway(estimate, language),
        body=partial(drawn.without_event, frame, flow=estimate.flow, language=language),
        frame=table,
        native=NativeChart(
            kind="line",
            frame=table,
            looks={
                language("Visitors"): Look(theme.FLOW[estimate.flow]),
                language("Without the event"): Look(theme.BASELINE, "dash"),
            },
            bands=(
                Band(
                    language("95% interval, lower end"),
                    language("95% interval, upper end"),
                    theme.BASELINE_BAND,
                    language("95% interval"),
                ),
            ),
        ),
    )


def directions(estimates: Mapping[Flow, "Estimate | None"], language: Language) -> pd.DataFrame:
    """Return each direction's estimate of an event as text; None where the figures do not reach the question."""
    rows = [
        (subject(flow, language), *_direction_cells(estimate, language))
        for flow, estimate in estimates.items()
    ]
    names = (
        language("Flow"),
        language("Effect"),
        language("95% interval of the effect"),
        language("In visitors"),
        language("Finding"),
    )
    return pd.DataFrame(rows, columns=list(names))


def _direction_cells(estimate: "Estimate | None", language: Language) -> tuple[str, ...]:
    if estimate is None:
        return "–", "–", "–", language("cannot tell")
    low, high = (signed(end, language) for end in estimate.interval)
    return (
        signed(estimate.effect, language),
        language("{low} to {high}", low=low, high=high),
        words.people_signed(estimate.difference, language),
        words.verdict(estimate, language),
    )


def beside_others(setting: Setting, found: "Comparison") -> Figure:
    """Return the flow's change on a year earlier beside that of the mix of other origins."""
    language = setting.language
    table = pd.DataFrame(
        {
            language("Month"): [language.month(month) for month in found.growth.index],
            language("This flow"): found.growth["flow"].to_numpy(),
            language("Mix of other origins"): found.growth["mix"].to_numpy(),
        }
    )
    return setting.figure(
        key="history-others",
        title=language(
            "{who} and other origins, change on a year earlier", who=subject(found.flow, language)
        ),
        takeaway=words.donors_takeaway(found, language),
        body=partial(
            drawn.growth_beside,
            found.growth,
            event=(found.months[0], found.months[-1]),
            flow=found.flow,
            language=language,
        ),
        frame=table,
        native=NativeChart(
            kind="line",
            frame=table,
            share=True,
            looks={
                language("This flow"): Look(theme.FLOW[found.flow]),
                language("Mix of other origins"): Look(theme.BASELINE, "dash"),
            },
        ),
    )


def placebos(setting: Setting, rows: Sequence["Placebo"], ranks: Sequence["Rank"]) -> Figure:
    """Return the event's strength among those of made-up events."""
    language = setting.language
    own = next(row for row in rows if row.kind == "own")
    others = [row for row in rows if row.kind in KINDS]
    names = [_placebo_name(row, language) for row in others]
    frame = pd.DataFrame(
        {
            "kind": [row.kind for row in others],
            "strength": [row.strength for row in others],
            "title": names,
            "said": [signed(row.effect, language) for row in others],
        }
    )
    table = pd.DataFrame(
        {
            language("Kind"): [words.placebo_kind(row.kind, language) for row in others],
            language("Placebo"): names,
            language("Effect"): [row.effect for row in others],
            language("Effect in standard errors"): [round(row.strength, 2) for row in others],
        }
    )
    kinds = {kind: words.placebo_kind(kind, language) for kind in KINDS}
    return setting.figure(
        key="history-placebos",
        title=language("The event among made-up events"),
        takeaway=words.placebo_takeaway(ranks, language),
        body=partial(
            drawn.placebos, frame, own=own.strength, rows=kinds, flow=setting.flow, language=language
        ),
        frame=table,
    )


def _placebo_name(row: "Placebo", language: Language) -> str:
    return (
        language.month(pd.Period(row.name, "M")) if row.kind == "month" else words.country(row.name, language)
    )


def calendar(setting: Setting, changes: pd.DataFrame) -> Figure:
    """Return the last months' change on a year earlier with and without the calendar."""
    language = setting.language
    frame = changes.tail(CALENDAR_MONTHS).dropna()
    table = pd.DataFrame(
        {
            language("Month"): [language.month(month) for month in frame.index],
            language("As published"): frame["change"].to_numpy(),
            language("Without the calendar"): frame["without"].to_numpy(),
        }
    )
    return setting.figure(
        key="history-calendar",
        title=language(
            "{who}, change on a year earlier with and without the calendar",
            who=subject(setting.flow, language),
        ),
        takeaway=words.calendar_takeaway(frame, language),
        body=partial(drawn.with_and_without_calendar, frame, flow=setting.flow, language=language),
        frame=table,
        native=NativeChart(
            kind="column",
            frame=table,
            share=True,
            looks={
                language("As published"): Look(theme.FLOW[setting.flow]),
                language("Without the calendar"): Look(theme.BASELINE),
            },
        ),
    )


def calendar_parts(part: "CalendarPart", language: Language) -> pd.DataFrame:
    """Return the calendar's parts of a month's change as text, with what they add up to."""
    rows = [(term_name(str(name), language), row) for name, row in part.parts.iterrows()]
    told = {True: language("yes"), False: language("cannot tell")}
    return pd.DataFrame(
        {
            language("Calendar"): [*(name for name, _ in rows), language("In all")],
            language("Part of the change"): [
                *(points(float(row["part"]), language) for _, row in rows),
                points(part.part, language),
            ],
            language("95% interval"): [
                *(_points_range(float(row["low"]), float(row["high"]), language) for _, row in rows),
                _points_range(*part.interval, language),
            ],
            language("Clear of nil"): [*(told[bool(row["clear"])] for _, row in rows), told[part.clear]],
        }
    )


def _points_range(low: float, high: float, language: Language) -> str:
    return language("{low} to {high}", low=points(low, language), high=points(high, language))


def decomposition(setting: Setting, change: "Change") -> Figure:
    """Return the change between two years as parts that add up."""
    language = setting.language
    names = [words.part_name(str(name), language) for name in change.parts.index]
    frame = pd.DataFrame({"label": names, "change": change.parts["visitors"].to_numpy()})
    table = pd.DataFrame(
        {
            language("Part"): [*names, language("Change in all")],
            language("Visitors"): [*change.parts["visitors"].round(-2), round(change.later - change.earlier)],
            language("95% interval, lower end"): [*change.parts["low"].round(-2), None],
            language("95% interval, upper end"): [*change.parts["high"].round(-2), None],
        }
    )
    return setting.figure(
        key="history-years",
        title=language(
            "{who}, change from {first} to {second}",
            who=subject(setting.flow, language),
            first=words.year_part(change.first, change.months, language),
            second=words.year_part(change.second, change.months, language),
        ),
        takeaway=words.change_takeaway(change, language),
        body=partial(waterfall, frame, total_label=language("Change in all"), language=language),
        frame=table,
        native=NativeChart(kind="bar", frame=table.iloc[:, :2]),
    )


def balance(setting: Setting, ratio: pd.DataFrame) -> Figure:
    """Return Koreans per Japanese visitor over twelve months."""
    language = setting.language
    known = ratio.dropna()
    table = pd.DataFrame(
        {
            language("Twelve months to"): [language.month(month) for month in known.index],
            language("Koreans visiting Japan"): known["koreans"].to_numpy(),
            language("Japanese visiting Korea"): known["japanese"].to_numpy(),
            language("Koreans per Japanese visitor"): known["ratio"].round(3).to_numpy(),
        }
    )
    return setting.figure(
        key="history-balance",
        title=language("Koreans per Japanese visitor, twelve months"),
        takeaway=words.balance_takeaway(ratio, language),
        body=partial(drawn.balance, ratio, language=language),
        frame=table,
        native=NativeChart(kind="line", frame=table.iloc[:, [0, 3]]),
    )


def statements(setting: Setting, judgements: Sequence["Judgement"], *, cited: Mapping[str, str]) -> Figure:
    """Return the figures that were named, the model's answer of that day and what came, one row a statement."""
    language = setting.language
    nothing = (float("nan"), float("nan"))
    frame = pd.DataFrame(
        {
            "label": [words.statement_label(one.statement, language) for one in judgements],
            "flow": [one.statement.flow.value for one in judgements],
            "said": [one.statement.persons for one in judgements],
            "came": [one.came for one in judgements],
            "median": [one.median for one in judgements],
            "low": [(one.interval_80 or nothing)[0] for one in judgements],
            "high": [(one.interval_80 or nothing)[1] for one in judgements],
        }
    )
    keys = dict.fromkeys(key for one in judgements for key in one.statement.source.split(";"))
    named = list(dict.fromkeys(publisher(cited.get(key, key), language) for key in keys))
    figure = setting.figure(
        key="history-statements",
        title=language("Figures named in public, the model's answer of that day, and what came"),
        takeaway=words.statements_takeaway(judgements, language),
        body=partial(drawn.statements, frame, language=language),
        frame=statements_table(judgements, language, cited=cited),
    )
    spoken = language("Statements: {publishers}.", publishers=", ".join(named))
    return replace(figure, source=language.in_a_row([figure.source, spoken]))


def statements_read(
    judgements: Sequence["Judgement"], language: Language, *, cited: Mapping[str, str]
) -> pd.DataFrame:
    """Return the statements to be read: who said what and where it stands, the model's answer, what came."""
    return pd.DataFrame(
        {
            language("What was said"): [_quoted(one, language, cited=cited) for one in judgements],
            language("What the model would have said that day"): [
                words.model_said(one, language) for one in judgements
            ],
            language("What came"): [words.what_came(one, language) for one in judgements],
        }
    )


def _quoted(judgement: "Judgement", language: Language, *, cited: Mapping[str, str]) -> str:
    statement = judgement.statement
    sources = ", ".join(_publishers(statement.source, language, cited=cited))
    heading = f"**{speaker(statement.speaker, language)}** · {language.day(statement.day)}"
    return language.in_a_row([f"{heading}: {language(statement.text)}", f"({sources})"])


def _publishers(keys: str, language: Language, *, cited: Mapping[str, str]) -> list[str]:
    return [publisher(cited.get(key, key), language) for key in keys.split(";")]


def statements_table(
    judgements: Sequence["Judgement"], language: Language, *, cited: Mapping[str, str]
) -> pd.DataFrame:
    """Return what was said, what the model would have said that day and what came, as text."""
    return pd.DataFrame(
        {
            language("Date"): [language.day(one.statement.day) for one in judgements],
            language("Who"): [speaker(one.statement.speaker, language) for one in judgements],
            language("What was said"): [language(one.statement.text) for one in judgements],
            language("Figure"): [language.mark(one.statement.persons) for one in judgements],
            language("What the model would have said that day"): [
                words.model_said(one, language) for one in judgements
            ],
            language("What came"): [words.what_came(one, language) for one in judgements],
            language("Source"): [
                ", ".join(_publishers(one.statement.source, language, cited=cited)) for one in judgements
            ],
        }
    )
