"""The figures of the Border page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from crossings.drawing.drawing import Chart
from crossings.language import Language
from crossings.language.halls import group_name, hall_name, hall_source
from crossings.models.queue import MODEL_VERSION
from crossings.models.queue.flights import EVERYBODY, PARTNER
from crossings.models.queue.hall import HallDay
from crossings.models.queue.presets import Calibrated
from crossings.models.queue.settings import records
from crossings.questions.base import (
    AIM,
    Column,
    Figure,
    KeyFigure,
    Level,
    OfficeChart,
    Table,
    table,
)
from crossings.questions.border import charts as border_charts
from crossings.questions.border import sentences as words

SHOWN = 0.05
LANE_LIMIT = 3.0


@dataclass(frozen=True, eq=False)
class Halls:
    """One hall as calibrated and as changed, for one reader."""

    base: Calibrated
    before: HallDay
    after: HallDay
    language: Language

    def figure(
        self,
        *,
        key: str,
        title: str,
        takeaway: str,
        draw: Callable[..., Chart],
        shown: Table,
        office: OfficeChart,
    ) -> Figure:
        """Return a figure of the hall with its sources and status."""
        return Figure(
            key=key,
            title=title,
            takeaway=takeaway,
            draw=draw,
            table=shown,
            office=office,
            source=hall_source(self.base, self.language),
            as_of="",
            status=words.desks_line(self.base, self.language),
            language=self.language,
            versions={"model": MODEL_VERSION},
            scenario=hall_name(self.base.hall, self.language),
        )

    def group(self, group: str) -> str:
        """Return who a group is."""
        return group_name(group, self.base.hall, self.language)


def key_figures(halls: Halls) -> list[KeyFigure]:
    """Return each group's mean wait after the change, and everybody's share within 20 minutes."""
    language = halls.language
    rows = []
    for group, waits in halls.after.groups.items():
        was = halls.before.groups.get(group)
        same = was is not None and abs(was.mean_minutes - waits.mean_minutes) < SHOWN
        earlier = (
            None
            if was is None or same
            else language("before {minutes}", minutes=words.minutes(was.mean_minutes, language))
        )
        label = language("{group}: average wait", group=halls.group(group))
        rows.append(KeyFigure(label, words.minutes(waits.mean_minutes, language), earlier))
    share, was_share = (day.groups["all"].share_within_20_minutes for day in (halls.after, halls.before))
    rows.append(
        KeyFigure(
            language("Cleared within 20 minutes, all"),
            language.percent(share, digits=0),
            None
            if round(share, 2) == round(was_share, 2)
            else language("before {minutes}", minutes=language.percent(was_share, digits=0)),
        )
    )
    return rows[-4:]


def queue(halls: Halls) -> Figure:
    """Return how many wait by minute of the day and group, after the change."""
    language = halls.language
    waiting = halls.after.queue_by_minute()
    groups = [group for group in waiting.columns if group != EVERYBODY]
    headings = {f"group_{place}": halls.group(group) for place, group in enumerate(groups)}
    shown = table(
        language,
        [
            (Column("minute", language("Time of day"), "clock"), list(waiting.index)),
            *(
                (Column(key, heading, "number", unit=language("people"), digits=1), list(waiting[group]))
                for (key, heading), group in zip(headings.items(), groups, strict=True)
            ),
        ],
    )
    frame = shown.frame.melt(id_vars="minute", var_name="group", value_name="queue")
    frame["group"] = frame["group"].map(headings)
    longest = int(waiting[EVERYBODY].to_numpy().argmax())
    return halls.figure(
        key="border-queue",
        title=language(
            "{hall}: passengers waiting by time of day", hall=hall_name(halls.base.hall, language)
        ),
        takeaway=words.longest_line(
            int(waiting.index[longest]), float(waiting[EVERYBODY].iloc[longest]), language
        ),
        draw=partial(border_charts.queue_through_day, frame, language=language),
        shown=shown,
        office=OfficeChart("line", shown, border_charts.group_looks(headings)),
    )


def waits(halls: Halls) -> Figure:
    """Return each group's mean wait before and after the change."""
    language = halls.language
    groups = [group for group in halls.before.groups if group in halls.after.groups]
    shown = table(
        language,
        [
            (Column("group", language("Group")), list(map(halls.group, groups))),
            (
                Column("before", language("Before the change"), "minutes"),
                [halls.before.groups[group].mean_minutes for group in groups],
            ),
            (
                Column("after", language("After the change"), "minutes"),
                [halls.after.groups[group].mean_minutes for group in groups],
            ),
        ],
    )
    return halls.figure(
        key="border-waits",
        title=language("Average wait by group, before and after the change"),
        takeaway=words.lane_takeaway(*_others(halls), halls.base.hall, language),
        draw=partial(border_charts.waits_before_after, shown.frame, language=language),
        shown=shown,
        office=OfficeChart("bar", shown, border_charts.WAITS),
    )


def _others(halls: Halls) -> tuple[float, float]:
    """Return the minutes that the partner's nationals gain, and those that everybody else pays."""

    def mean(day: HallDay, *, partner: bool) -> float:
        chosen = [
            waits
            for group, waits in day.groups.items()
            if group != EVERYBODY and (group == PARTNER) is partner
        ]
        passengers = sum(waits.passengers for waits in chosen)
        minutes = sum(waits.passengers * waits.mean_minutes for waits in chosen)
        return minutes / passengers if passengers else 0.0

    gain = mean(halls.before, partner=True) - mean(halls.after, partner=True)
    return gain, mean(halls.after, partner=False) - mean(halls.before, partner=False)


def desks(halls: Halls, shares: Mapping[int, float], needed: int | None) -> Figure:
    """Return the share within 20 minutes by number of desks, and the number that keeps everybody within it."""
    language = halls.language
    shown = table(
        language,
        [
            (Column("desks", language("Desks"), "count"), list(shares)),
            (Column("share", language("Share cleared within 20 minutes"), "share"), list(shares.values())),
        ],
    )
    return halls.figure(
        key="border-desks",
        title=language("Share cleared within 20 minutes by number of desks"),
        takeaway=words.target_line(needed, halls.after.settings.desks, language),
        draw=partial(
            border_charts.desks_for_target,
            shown.frame,
            target_share=1.0,
            desks=round(halls.after.settings.desks),
            language=language,
        ),
        shown=shown,
        office=OfficeChart(
            "line",
            shown,
            {"share": border_charts.DESKS},
            levels=(Level(language("target {share}", share=language.percent(1.0, digits=0)), 1.0, AIM),),
        ),
    )


def lane_price(halls: Halls, prices: Mapping[int, tuple[float, float]]) -> Figure:
    """Return what a dedicated lane gives its users and what the other queue pays, by number of its desks."""
    language = halls.language
    now = round(halls.after.settings.dedicated_desks)
    limit = LANE_LIMIT * max(*prices[0], 1.0)
    bearable = {desks: pair for desks, pair in prices.items() if max(pair) <= limit or desks == now}
    takeaway = [words.lane_price_takeaway(bearable, now, halls.base.hall, language)]
    if len(bearable) < len(prices):
        takeaway.append(
            language(
                "Cases in which an average wait would exceed three times the longest one without the lane are not shown."
            )
        )
    headings = {"partner": halls.group(PARTNER), "others": language("Other passengers")}
    shown = table(
        language,
        [
            (Column("desks", language("Desks of the dedicated lane"), "count"), list(bearable)),
            *(
                (Column(key, heading, "minutes"), [pair[place] for pair in bearable.values()])
                for place, (key, heading) in enumerate(headings.items())
            ),
        ],
    )
    frame = shown.frame.melt(id_vars="desks", var_name="group", value_name="minutes")
    frame["group"] = frame["group"].map(headings)
    return halls.figure(
        key="border-lane",
        title=language("Effect of a dedicated lane on average waits, by its number of desks"),
        takeaway=language.in_a_row(takeaway),
        draw=partial(border_charts.lane_price, frame, desks=now, language=language),
        shown=shown,
        office=OfficeChart("line", shown, dict(zip(headings, border_charts.LANE, strict=True))),
    )


def published_waits(halls: Halls) -> Table:
    """Return the hall's published waits beside the model's day before any change, as text."""
    language, hall = halls.language, halls.base.hall
    everybody, anchor = halls.before.groups[EVERYBODY], hall.anchor
    name = words.metric_name(anchor.metric, language)
    if anchor.note:
        note = language(anchor.note)
        name = (
            note
            if anchor.metric == "max_minutes"
            else language("{place} ({remark})", place=name, remark=note)
        )
    rows = [
        (
            name,
            language("calibration value"),
            words.metric_value(anchor.metric, anchor.value, language),
            words.metric_value(anchor.metric, halls.base.model_value, language),
            words.period(anchor.period, language),
            words.evidence(anchor.grade, anchor.source, language),
        )
    ]
    for seen in hall.seen:
        model = everybody.mean_minutes if "survey" in seen.metric else everybody.max_minutes
        rows.append(
            (
                language(seen.metric),
                language("for reference"),
                words.minutes(seen.minutes, language),
                words.minutes(model, language),
                words.period(seen.period, language),
                words.evidence("amber", seen.source, language),
            )
        )
    columns = (
        Column("measure", language.pgettext("wait", "Measure")),
        Column("used", language("Use")),
        Column("published", language("Published")),
        Column("model", language("Model")),
        Column("period", language("Period")),
        Column("evidence", language("Evidence")),
    )
    return table(language, list(zip(columns, zip(*rows, strict=True), strict=True)))


def settings_table(halls: Halls) -> Table:
    """Return every setting of the hall with its value now, its evidence and its sources, as text."""
    language, hall = halls.language, halls.base.hall
    flights = language.people(halls.after.flights.total)
    rows = [
        (
            language("Passengers of the day (assumed flights)"),
            flights,
            words.evidence(hall.flights_grade, hall.flights_source, language),
        )
    ]
    for name, record in records()["setting"].items():
        label_text, unit = record["label"], record["unit"]
        label = language(label_text)
        own = (hall.desks.grade, hall.desks.source)
        grade, source = own if name == "desks" else (record["grade"], record["source"])
        value = float(getattr(halls.after.settings, name))
        if unit.startswith("share"):
            label = language("{place} ({remark})", place=label, remark=language(unit))
            now = language.percent(value, digits=0)
        else:
            now = words.with_unit(value, unit, language)
        rows.append((label, now, words.evidence(grade, source, language)))
    columns = (
        Column("setting", language("Setting")),
        Column("now", language("Now")),
        Column("evidence", language("Evidence")),
    )
    return table(language, list(zip(columns, zip(*rows, strict=True), strict=True)))


def measures(halls: Halls) -> Table:
    """Return every measure of the wait by group, before and after."""
    language = halls.language
    rows = [
        (moment, group, waits)
        for moment, day in (
            (language.pgettext("change in the hall", "before"), halls.before),
            (language.pgettext("change in the hall", "after"), halls.after),
        )
        for group, waits in day.groups.items()
    ]
    columns = (
        Column("passengers", language("Passengers"), "persons"),
        Column("mean_minutes", language("Average"), "minutes"),
        Column("p80_minutes", language("80th percentile"), "minutes"),
        Column("p95_minutes", language("95th percentile"), "minutes"),
        Column("max_minutes", language("Longest"), "minutes"),
        Column("share_within_20_minutes", language("Within 20 minutes"), "share"),
    )
    return table(
        language,
        [
            (Column("moment", language("Before or after")), [moment for moment, _, _ in rows]),
            (Column("group", language("Group")), [halls.group(group) for _, group, _ in rows]),
            *((column, [getattr(waits, column.key) for *_, waits in rows]) for column in columns),
        ],
    )
