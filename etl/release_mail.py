"""The text of an e-mail on the day of a release: the newest figures, what was revised, what it does to the year."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from crossings.briefing import sentences as words
from crossings.errors import N_, CrossingsError
from crossings.language.labels import subject
from crossings.language.language import Language
from crossings.tables.flows import DIRECTIONS, Flow, Published
from crossings.tables.releases import freshness
from crossings.tables.totals import standing
from etl.releases import OFFICES
from etl.report import FAILED, Report

if TYPE_CHECKING:
    from crossings.models.forecast.milestone import Change, Milestone
    from crossings.models.models import Models

FIRST_MARK = 10_000_000


@dataclass(frozen=True)
class Effect:
    """The year's answer before and after new figures, and what moved it, cause by cause."""

    before: "Milestone"
    after: "Milestone"
    parts: "tuple[Change, ...]"


def effect(before: Published | None, models: "Models") -> Effect:
    """Return what new figures did to the probability and the median of the year.

    before: the figures before the release; None, or the same figures, is held against the month before. models:
    about the figures after it. Raises what a projection raises.
    """
    from crossings.models.forecast.milestone import milestone, what_changed
    from crossings.models.forecast.restated import with_later_values

    after, later = models.published, models.projection()
    month = after.last_month - 1
    if before is None or before.digest == after.digest:
        before = after
    else:
        month = before.last_month
    earlier = replace(models, published=before).projection(month)
    carried = with_later_values(before, after, as_of=month, known=later.as_of)
    revised = earlier if carried is before else models.restated(month, later.as_of, before=before)
    year = later.as_of.year
    mark = milestone(earlier, flow=Flow.BOTH, year=year, mark=FIRST_MARK).open_mark or FIRST_MARK
    then, now = (milestone(each, flow=Flow.BOTH, year=year, mark=mark) for each in (earlier, later))
    parts = what_changed(earlier, later, flow=Flow.BOTH, year=year, mark=mark, revised=revised)
    return Effect(then, now, parts)


def text(moved: Effect | CrossingsError, after: Published, done: Report, language: Language) -> str:
    """Return the mail's text, its subject in the first line. moved: see effect, or why there is none."""
    newest = max(pd.PeriodIndex(after.series(flow).index)[-1] for flow in DIRECTIONS)
    title = language(N_("Korea-Japan visitors: statistics for {month}"), month=language.month(newest))
    if isinstance(moved, Effect):
        said = words.plain(words.changed(moved.before, moved.after, moved.parts, language))
    else:
        said = language.error(moved)
    lines = [*_latest(after, language), *_revised(after, language), said, *_failures(done, language)]
    return "\n".join([title, "", *lines, ""])


def _latest(after: Published, language: Language) -> list[str]:
    return [
        words.latest(standing(after, flow=flow, month=pd.PeriodIndex(after.series(flow).index)[-1]), language)
        for flow in (*DIRECTIONS, Flow.BOTH)
    ]


def _revised(after: Published, language: Language) -> list[str]:
    """Return what the last release of each office revised, as the tables have it, whichever run brought it in."""
    return [
        language(
            N_("Revised: {who}, {month}, {before} before, {after} now."),
            who=subject(flow, language),
            month=language.month(pd.Period(month, "M")),
            before=language.people(before),
            after=language.people(now),
        )
        for flow in DIRECTIONS
        for month, before, now in _revisions(after, flow)
    ]


def _revisions(after: Published, flow: Flow) -> list[tuple[str, int, int]]:
    """Return months of a flow whose value its office's last release changed, with the values before and now."""
    origin, destination = flow.value.split("-")
    held, _ = freshness(today=date.today()).of(OFFICES[destination])
    past = after.vintages
    past = past[(past["origin"] == origin) & (past["destination"] == destination)]
    past = past.sort_values(["month", "published"], kind="stable")
    past = past.assign(before=past.groupby("month")["visitors"].shift())
    changed = past[past["before"].notna() & (past["before"] != past["visitors"])]
    new = changed[changed["published"].astype(str) >= held.day.isoformat()] if held else changed[:0]
    columns = (new[name] for name in ("month", "before", "visitors"))
    return [(str(month), int(before), int(now)) for month, before, now in zip(*columns, strict=True)]


def _failures(done: Report, language: Language) -> list[str]:
    from etl.commands import said

    return [line for part in done.sources if part.state == FAILED for line in said(part, language)]
