"""The figures of the History page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from crossings import charts
from crossings.charts import history as drawn
from crossings.charts import theme
from crossings.export import Band, Figure, Look, NativeChart
from crossings.figures.common import KeyFigure, Setting
from crossings.flows import DIRECTIONS, Flow
from crossings.history.marks import CATEGORIES, Mark
from crossings.words import Language
from crossings.words import history as words
from crossings.words.overview import signed, subject
from crossings.words.sources import publisher

if TYPE_CHECKING:
    from crossings.history.calendar import CalendarPart
    from crossings.history.decomposition import Change
    from crossings.history.donors import Comparison
    from crossings.history.intervention import Estimate
    from crossings.history.placebo import Placebo, Rank
    from crossings.history.statements import Judgement

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
    t, language = setting.language.text, setting.language
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
        title=t("Both flows by month, and what happened"),
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
    t, tn = language.text, language.plural
    if not marks:
        return t("No event of the kinds chosen lies in these years.")
    return tn(
        "One event is marked, of {last}.",
        "{count} events are marked, {first} to {last}.",
        len(marks),
        first=language.month(marks[0].month),
        last=language.month(marks[-1].month),
    )


def marks_table(marks: Sequence[Mark], language: Language) -> pd.DataFrame:
    """Return the marks as a list: day, title, kind, flow, certainty of the date."""
    t = language.text
    return pd.DataFrame(
        {
            t("Date"): [words.mark_days(mark, language) for mark in marks],
            t("Event"): [words.mark_title(mark, language) for mark in marks],
            t("Kind"): [words.category_name(mark.category, language) for mark in marks],
            t("Flow"): [words.direction(mark.flows, language) for mark in marks],
            t("Date is"): [words.certainty(mark.certainty, language) for mark in marks],
        }
    )


def key_figures(estimate: "Estimate", found: "Comparison | None", language: Language) -> list[KeyFigure]:
    """Return the effect, the visitors it stands for, the smallest effect that would be found, and the others."""
    t = language.text
    rows = [
        _told(
            t("Effect of the event"),
            signed(estimate.effect, language),
            [signed(end, language) for end in estimate.interval],
            estimate,
            language,
        ),
        _told(
            t("In visitors"),
            words.people_signed(estimate.difference, language),
            [words.people_signed(end, language) for end in estimate.difference_interval],
            estimate,
            language,
        ),
        KeyFigure(
            t("Detectable from"),
            signed(estimate.detectable_rise, language),
            t("or from {percent}", percent=signed(-estimate.detectable_fall, language)),
        ),
    ]
    if found is not None:
        rank = t("rank {place} of {of}", place=found.place, of=found.of)
        rows.append(KeyFigure(t("Against other origins"), signed(found.effect, language), rank))
    return rows


def _told(
    label: str, middle: str, ends: Sequence[str], estimate: "Estimate", language: Language
) -> KeyFigure:
    """Return an effect with its interval; one that cannot be told apart from nil is no headline figure."""
    t = language.text
    if estimate.verdict.value == "cannot tell":
        return KeyFigure(
            label, t("cannot tell"), t("{low} to {high} fits the figures", low=ends[0], high=ends[1])
        )
    return KeyFigure(label, middle, t("95% interval {low} to {high}", low=ends[0], high=ends[1]))


def without_event(setting: Setting, estimate: "Estimate") -> Figure:
    """Return the flow round an event and the path without it."""
    t, language = setting.language.text, setting.language
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
            t("Month"): [language.month(month) for month in months],
            t("Visitors"): frame["visitors"],
            t("Without the event"): frame["without"].round(-2),
            t("95% interval, lower end"): frame["low"].round(-2),
            t("95% interval, upper end"): frame["high"].round(-2),
        }
    )
    return setting.figure(
        key="history-without",
        title=t("{who}, with and without the event", who=subject(estimate.flow, language)),
        takeaway=words.path_takeaway(estimate, language),
        body=partial(drawn.without_event, frame, flow=estimate.flow, language=language),
        frame=table,
        native=NativeChart(
            kind="line",
            frame=table,
            looks={
                t("Visitors"): Look(theme.FLOW[estimate.flow]),
                t("Without the event"): Look(theme.BASELINE, "dash"),
            },
            bands=(
                Band(
                    t("95% interval, lower end"),
                    t("95% interval, upper end"),
                    theme.BASELINE_BAND,
                    t("95% interval"),
                ),
            ),
        ),
    )


def directions(estimates: Mapping[Flow, "Estimate | None"], language: Language) -> pd.DataFrame:
    """Return each direction's estimate of an event as text; None where the figures do not reach the question."""
    t = language.text
    rows = [
        (subject(flow, language), *_direction_cells(estimate, language))
        for flow, estimate in estimates.items()
    ]
    names = (t("Flow"), t("Effect"), t("95% interval of the effect"), t("In visitors"), t("Finding"))
    return pd.DataFrame(rows, columns=list(names))


def _direction_cells(estimate: "Estimate | None", language: Language) -> tuple[str, ...]:
    t = language.text
    if estimate is None:
        return "–", "–", "–", t("cannot tell")
    low, high = (signed(end, language) for end in estimate.interval)
    return (
        signed(estimate.effect, language),
        t("{low} to {high}", low=low, high=high),
        words.people_signed(estimate.difference, language),
        words.verdict(estimate, language),
    )


def beside_others(setting: Setting, found: "Comparison") -> Figure:
    """Return the flow's change on a year earlier beside that of the mix of other origins."""
    t, language = setting.language.text, setting.language
    table = pd.DataFrame(
        {
            t("Month"): [language.month(month) for month in found.growth.index],
            t("This flow"): found.growth["flow"].to_numpy(),
            t("Mix of other origins"): found.growth["mix"].to_numpy(),
        }
    )
    return setting.figure(
        key="history-others",
        title=t("{who} and other origins, change on a year earlier", who=subject(found.flow, language)),
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
                t("This flow"): Look(theme.FLOW[found.flow]),
                t("Mix of other origins"): Look(theme.BASELINE, "dash"),
            },
        ),
    )


def placebos(setting: Setting, rows: Sequence["Placebo"], ranks: Sequence["Rank"]) -> Figure:
    """Return the event's strength among those of made-up events."""
    t, language = setting.language.text, setting.language
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
            t("Kind"): [words.placebo_kind(row.kind, language) for row in others],
            t("Placebo"): names,
            t("Effect"): [row.effect for row in others],
            t("Effect in standard errors"): [round(row.strength, 2) for row in others],
        }
    )
    kinds = {kind: words.placebo_kind(kind, language) for kind in KINDS}
    return setting.figure(
        key="history-placebos",
        title=t("The event among made-up events"),
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
    t, language = setting.language.text, setting.language
    frame = changes.tail(CALENDAR_MONTHS).dropna()
    table = pd.DataFrame(
        {
            t("Month"): [language.month(month) for month in frame.index],
            t("As published"): frame["change"].to_numpy(),
            t("Without the calendar"): frame["without"].to_numpy(),
        }
    )
    return setting.figure(
        key="history-calendar",
        title=t(
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
                t("As published"): Look(theme.FLOW[setting.flow]),
                t("Without the calendar"): Look(theme.BASELINE),
            },
        ),
    )


def calendar_parts(part: "CalendarPart", language: Language) -> pd.DataFrame:
    """Return the calendar's parts of a month's change as text, with what they add up to."""
    t = language.text
    rows = [(words.term_name(str(name), language), row) for name, row in part.parts.iterrows()]
    told = {True: t("yes"), False: t("cannot tell")}
    return pd.DataFrame(
        {
            t("Calendar"): [*(name for name, _ in rows), t("In all")],
            t("Part of the change"): [
                *(words.points(float(row["part"]), language) for _, row in rows),
                words.points(part.part, language),
            ],
            t("95% interval"): [
                *(_points_range(float(row["low"]), float(row["high"]), language) for _, row in rows),
                _points_range(*part.interval, language),
            ],
            t("Clear of nil"): [*(told[bool(row["clear"])] for _, row in rows), told[part.clear]],
        }
    )


def _points_range(low: float, high: float, language: Language) -> str:
    t = language.text
    return t("{low} to {high}", low=words.points(low, language), high=words.points(high, language))


def decomposition(setting: Setting, change: "Change") -> Figure:
    """Return the change between two years as parts that add up."""
    t, language = setting.language.text, setting.language
    names = [words.part_name(str(name), language) for name in change.parts.index]
    frame = pd.DataFrame({"label": names, "change": change.parts["visitors"].to_numpy()})
    table = pd.DataFrame(
        {
            t("Part"): [*names, t("Change in all")],
            t("Visitors"): [*change.parts["visitors"].round(-2), round(change.later - change.earlier)],
            t("95% interval, lower end"): [*change.parts["low"].round(-2), None],
            t("95% interval, upper end"): [*change.parts["high"].round(-2), None],
        }
    )
    return setting.figure(
        key="history-years",
        title=t(
            "{who}, change from {first} to {second}",
            who=subject(setting.flow, language),
            first=words.year_part(change.first, change.months, language),
            second=words.year_part(change.second, change.months, language),
        ),
        takeaway=words.change_takeaway(change, language),
        body=partial(charts.waterfall, frame, total_label=t("Change in all"), language=language),
        frame=table,
        native=NativeChart(kind="bar", frame=table.iloc[:, :2]),
    )


def balance(setting: Setting, ratio: pd.DataFrame) -> Figure:
    """Return Koreans per Japanese visitor over twelve months."""
    t, language = setting.language.text, setting.language
    known = ratio.dropna()
    table = pd.DataFrame(
        {
            t("Twelve months to"): [language.month(month) for month in known.index],
            t("Koreans visiting Japan"): known["koreans"].to_numpy(),
            t("Japanese visiting Korea"): known["japanese"].to_numpy(),
            t("Koreans per Japanese visitor"): known["ratio"].round(3).to_numpy(),
        }
    )
    return setting.figure(
        key="history-balance",
        title=t("Koreans per Japanese visitor, twelve months"),
        takeaway=words.balance_takeaway(ratio, language),
        body=partial(drawn.balance, ratio, language=language),
        frame=table,
        native=NativeChart(kind="line", frame=table.iloc[:, [0, 3]]),
    )


def statements(setting: Setting, judgements: Sequence["Judgement"], *, cited: Mapping[str, str]) -> Figure:
    """Return the figures that were named, the model's answer of that day and what came, one row a statement."""
    t, language = setting.language.text, setting.language
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
        title=t("Figures named in public, the model's answer of that day, and what came"),
        takeaway=words.statements_takeaway(judgements, language),
        body=partial(drawn.statements, frame, language=language),
        frame=statements_table(judgements, language, cited=cited),
    )
    spoken = t("Statements: {publishers}.", publishers=", ".join(named))
    return replace(figure, source=language.in_a_row([figure.source, spoken]))


def statements_read(
    judgements: Sequence["Judgement"], language: Language, *, cited: Mapping[str, str]
) -> pd.DataFrame:
    """Return the statements to be read: who said what and where it stands, the model's answer, what came."""
    t = language.text
    return pd.DataFrame(
        {
            t("What was said"): [_quoted(one, language, cited=cited) for one in judgements],
            t("What the model would have said that day"): [
                words.model_said(one, language) for one in judgements
            ],
            t("What came"): [words.what_came(one, language) for one in judgements],
        }
    )


def _quoted(judgement: "Judgement", language: Language, *, cited: Mapping[str, str]) -> str:
    statement = judgement.statement
    sources = ", ".join(_publishers(statement.source, language, cited=cited))
    heading = f"**{words.speaker(statement.speaker, language)}** · {language.day(statement.day)}"
    return language.in_a_row([f"{heading}: {language.text(statement.text)}", f"({sources})"])


def _publishers(keys: str, language: Language, *, cited: Mapping[str, str]) -> list[str]:
    return [publisher(cited.get(key, key), language) for key in keys.split(";")]


def statements_table(
    judgements: Sequence["Judgement"], language: Language, *, cited: Mapping[str, str]
) -> pd.DataFrame:
    """Return what was said, what the model would have said that day and what came, as text."""
    t = language.text
    return pd.DataFrame(
        {
            t("Date"): [language.day(one.statement.day) for one in judgements],
            t("Who"): [words.speaker(one.statement.speaker, language) for one in judgements],
            t("What was said"): [language.text(one.statement.text) for one in judgements],
            t("Figure"): [language.mark(one.statement.persons) for one in judgements],
            t("What the model would have said that day"): [
                words.model_said(one, language) for one in judgements
            ],
            t("What came"): [words.what_came(one, language) for one in judgements],
            t("Source"): [
                ", ".join(_publishers(one.statement.source, language, cited=cited)) for one in judgements
            ],
        }
    )
