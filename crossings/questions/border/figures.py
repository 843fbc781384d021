"""The figures of the Border page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

import pandas as pd

from crossings.drawing.drawing import Chart
from crossings.language import Language
from crossings.models.queue import MODEL_VERSION
from crossings.models.queue.flights import EVERYBODY, PARTNER
from crossings.models.queue.hall import HallDay
from crossings.models.queue.presets import Calibrated
from crossings.models.queue.settings import records
from crossings.questions.base import Figure
from crossings.questions.border import charts as border_charts
from crossings.questions.border import sentences as words
from crossings.questions.figure_context import KeyFigure, NativeChart, guessed, guessed_office

Kind = Literal["line", "bar"]
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
        body: Callable[..., Chart],
        frame: pd.DataFrame,
        kind: Kind,
        drawn: pd.DataFrame | None = None,
        unit: str = "",
        share: bool = False,
    ) -> Figure:
        """Return a figure of the hall with its sources and status; drawn: what office programs draw, else the table."""
        native = NativeChart(kind=kind, frame=frame if drawn is None else drawn, unit=unit, share=share)
        return Figure(
            key=key,
            title=title,
            takeaway=takeaway,
            draw=body,
            table=guessed(frame, native, self.language),
            office=guessed_office(native, self.language),
            source=words.source_line(self.base, self.language),
            as_of="",
            status=words.desks_line(self.base, self.language),
            language=self.language,
            versions={"model": MODEL_VERSION},
            scenario=words.hall_name(self.base.hall, self.language),
        )


def key_figures(halls: Halls) -> list[KeyFigure]:
    """Return each group's mean wait after the change, and everybody's share within 20 minutes."""
    language = halls.language
    rows = []
    for group, waits in halls.after.groups.items():
        was = halls.before.groups.get(group)
        same = was is not None and abs(was.mean_minutes - waits.mean_minutes) < SHOWN
        said = (
            None
            if was is None or same
            else language("before {minutes}", minutes=words.minutes(was.mean_minutes, language))
        )
        name = words.group_name(group, halls.base.hall, language)
        rows.append(
            KeyFigure(
                language("{group}, mean wait", group=name), words.minutes(waits.mean_minutes, language), said
            )
        )
    share, was_share = (day.groups["all"].share_within_20_minutes for day in (halls.after, halls.before))
    rows.append(
        KeyFigure(
            language("Within 20 minutes, everybody"),
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
    wide = halls.after.queue_by_minute().reset_index()
    groups = [column for column in wide.columns if column not in ("minute", "all")]
    names = {group: words.group_name(group, halls.base.hall, language) for group in groups}
    frame = wide.melt(id_vars="minute", value_vars=groups, var_name="group", value_name="queue")
    frame["group"] = frame["group"].map(names)
    longest = wide.iloc[int(wide["all"].to_numpy().argmax())]
    table = (
        wide[["minute", *groups]].round(1).rename(columns={"minute": language("Minute of the day"), **names})
    )
    clock = _clock(float(longest["minute"]))
    return halls.figure(
        key="border-queue",
        title=language(
            "{hall}: people in the queue through the day", hall=words.hall_name(halls.base.hall, language)
        ),
        takeaway=words.longest_line(clock, float(longest["all"]), language),
        body=partial(border_charts.queue_through_day, frame, language=language),
        frame=table,
        kind="line",
        drawn=table.assign(**{language("Minute of the day"): [_clock(minute) for minute in wide["minute"]]}),
        unit=language("people"),
    )


def _clock(minute: float) -> str:
    return f"{int(minute) // 60:02d}:{int(minute) % 60:02d}"


def waits(halls: Halls) -> Figure:
    """Return each group's mean wait before and after the change."""
    language = halls.language
    groups = [group for group in halls.before.groups if group in halls.after.groups]
    frame = pd.DataFrame(
        {
            "group": [words.group_name(group, halls.base.hall, language) for group in groups],
            "before": [halls.before.groups[group].mean_minutes for group in groups],
            "after": [halls.after.groups[group].mean_minutes for group in groups],
        }
    )
    others = _others(halls)
    table = frame.round(2).rename(
        columns={
            "group": language("Group"),
            "before": language("Before (minutes)"),
            "after": language("After (minutes)"),
        }
    )
    return halls.figure(
        key="border-waits",
        title=language("Mean wait by group, before and after"),
        takeaway=words.lane_takeaway(*others, halls.base.hall, language),
        body=partial(border_charts.waits_before_after, frame, language=language),
        frame=table,
        kind="bar",
        unit=language("minutes"),
    )


def _others(halls: Halls) -> tuple[float, float]:
    def mean(day: HallDay, *, partner: bool) -> float:
        chosen = [w for group, w in day.groups.items() if group != "all" and (group == "partner") is partner]
        passengers = sum(one.passengers for one in chosen)
        return sum(one.passengers * one.mean_minutes for one in chosen) / passengers if passengers else 0.0

    gain = mean(halls.before, partner=True) - mean(halls.after, partner=True)
    return gain, mean(halls.after, partner=False) - mean(halls.before, partner=False)


def desks(halls: Halls, shares: dict[int, float], needed: int | None) -> Figure:
    """Return the share within 20 minutes by number of desks, and the number that keeps everybody within it."""
    language = halls.language
    frame = pd.DataFrame({"desks": list(shares), "share": list(shares.values())})
    table = frame.rename(columns={"desks": language("Desks"), "share": language("Share within 20 minutes")})
    return halls.figure(
        key="border-desks",
        title=language("Share within 20 minutes by number of desks"),
        takeaway=words.target_line(needed, halls.after.settings.desks, language),
        body=partial(
            border_charts.desks_for_target,
            frame,
            target_share=1.0,
            desks=round(halls.after.settings.desks),
            language=language,
        ),
        frame=table,
        kind="line",
        share=True,
    )


def lane_price(halls: Halls, prices: Mapping[int, tuple[float, float]]) -> Figure:
    """Return what a dedicated lane gives its users and what the other queue pays, by number of its desks."""
    language, base = halls.language, halls.base
    now = round(halls.after.settings.dedicated_desks)
    limit = LANE_LIMIT * max(*prices[0], 1.0)
    shown = {desks: pair for desks, pair in prices.items() if max(pair) <= limit or desks == now}
    takeaway = words.lane_price_takeaway(shown, now, base.hall, language)
    if len(shown) < len(prices):
        takeaway += " " + language("Lanes with which a mean wait would more than triple are left out.")
    prices = shown
    partner, others = words.group_name(PARTNER, base.hall, language), language("Everybody else")
    frame = pd.DataFrame(
        {
            "desks": [desks for desks in prices for _ in (0, 1)],
            "group": [partner, others] * len(prices),
            "minutes": [minutes for pair in prices.values() for minutes in pair],
        }
    )
    table = pd.DataFrame(
        {
            language("Desks of the lane"): list(prices),
            language("{group} (minutes)", group=partner): [round(own, 2) for own, _ in prices.values()],
            language("{group} (minutes)", group=others): [round(other, 2) for _, other in prices.values()],
        }
    )
    return halls.figure(
        key="border-lane",
        title=language("What the other queue pays for a dedicated lane: mean wait by its desks"),
        takeaway=takeaway,
        body=partial(border_charts.lane_price, frame, desks=now, language=language),
        frame=table,
        kind="line",
    )


def published_figures(halls: Halls) -> pd.DataFrame:
    """Return the hall's published waits beside the model's day before any change, as text."""
    language, hall = halls.language, halls.base.hall
    everybody = halls.before.groups[EVERYBODY]
    anchor = hall.anchor
    name = words.metric_name(anchor.metric, language)
    if anchor.note:
        name = (
            language(anchor.note) if anchor.metric == "max_minutes" else f"{name} ({language(anchor.note)})"
        )
    rows = [
        (
            name,
            language("fitted"),
            words.metric_value(anchor.metric, anchor.value, language),
            words.metric_value(anchor.metric, halls.base.model_value, language),
            anchor.period,
            words.evidence(anchor.grade, anchor.source, language),
        )
    ]
    for seen in hall.seen:
        model = everybody.mean_minutes if "survey" in seen.metric else everybody.max_minutes
        rows.append(
            (
                language(seen.metric),
                language("beside"),
                words.minutes(seen.minutes, language),
                words.minutes(model, language),
                seen.period,
                words.evidence("amber", seen.source, language),
            )
        )
    heads = (
        language("Measure"),
        language("Used as"),
        language("Published"),
        language("Model"),
        language("Period"),
        language("Evidence"),
    )
    return pd.DataFrame(rows, columns=list(heads))


def assumptions(halls: Halls) -> pd.DataFrame:
    """Return every setting of the hall with its value now, its evidence and its sources, as text."""
    language, hall = halls.language, halls.base.hall
    rows = [
        (
            language("Flights of the day"),
            language.people(halls.after.flights.total),
            words.evidence(hall.flights_grade, hall.flights_source, language),
        )
    ]
    for name, record in records()["setting"].items():
        name_of, unit = record["label"], record["unit"]
        label = language(name_of)
        own = (hall.desks.grade, hall.desks.source)
        grade, source = own if name == "desks" else (record["grade"], record["source"])
        value = float(getattr(halls.after.settings, name))
        if unit.startswith("share"):
            label, said = f"{label} ({language(unit)})", language.percent(value, digits=0)
        else:
            said = words.with_unit(value, unit, language)
        rows.append((label, said, words.evidence(grade, source, language)))
    return pd.DataFrame(rows, columns=[language("Setting"), language("Now"), language("Evidence")])


def measures(halls: Halls) -> pd.DataFrame:
    """Return every measure of the wait by group, before and after, as text."""
    language = halls.language
    rows = [
        (moment, group, waits)
        for moment, day in ((language("before"), halls.before), (language("after"), halls.after))
        for group, waits in day.groups.items()
    ]
    columns = {
        language("Mean"): "mean_minutes",
        language("80th percentile"): "p80_minutes",
        language("95th percentile"): "p95_minutes",
        language("Longest"): "max_minutes",
    }
    table = {
        language("Moment"): [moment for moment, _, _ in rows],
        language("Group"): [words.group_name(group, halls.base.hall, language) for _, group, _ in rows],
        language("Passengers"): [language.people(waits.passengers) for *_, waits in rows],
    }
    table |= {
        label: [words.minutes(getattr(waits, name), language) for *_, waits in rows]
        for label, name in columns.items()
    }
    table[language("Within 20 minutes")] = [
        language.percent(waits.share_within_20_minutes, digits=1) for *_, waits in rows
    ]
    return pd.DataFrame(table)
