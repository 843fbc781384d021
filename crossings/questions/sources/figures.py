"""The tables of the Sources page."""

from collections.abc import Iterable
from typing import Protocol

import pandas as pd

from crossings.language import Language, labels
from crossings.language.labels import subject
from crossings.language.press import publisher, publishers
from crossings.questions.base import Column, KeyFigure, Table, table
from crossings.questions.sources import sentences as words
from crossings.tables.flows import DIRECTIONS, Flow, Published, Status
from crossings.tables.provenance import TableOrigin
from crossings.tables.releases import Freshness
from crossings.tables.revisions import revisions

PUBLISHERS_NAMED = 2
LARGE_MONTH = 10_000
OFFICES = {Flow.KOREANS_TO_JAPAN: "JNTO", Flow.JAPANESE_TO_KOREA: "KTO"}


class ChangedFigure(Protocol):
    """One figure's change in a refresh: kind, month, origin, destination, values and statuses before and after."""

    @property
    def kind(self) -> str: ...
    @property
    def month(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def destination(self) -> str: ...
    @property
    def before(self) -> int | None: ...
    @property
    def after(self) -> int | None: ...
    @property
    def status_before(self) -> str: ...
    @property
    def status_after(self) -> str: ...


def overview(tables: tuple[TableOrigin, ...], language: Language) -> Table:
    """Return the published tables side by side: title, publishers, last month, rows."""
    titles = [words.table_title(origin.name, language) for origin in tables]
    months = [pd.Period(origin.last_month, "M") if origin.last_month else None for origin in tables]
    return table(
        language,
        [
            (Column("table", language("Table")), titles),
            (
                Column("publishers", language("Publishers")),
                [_publishers(origin, language) for origin in tables],
            ),
            (Column("last_month", language("Last month"), "month"), months),
            (Column("rows", language("Rows"), "count"), [origin.rows for origin in tables]),
        ],
    )


def _publishers(table: TableOrigin, language: Language) -> str:
    named = publishers(table.publishers, language)
    if len(named) <= PUBLISHERS_NAMED + 1:
        return language.in_a_list(named) or "–"
    first = language.in_a_list(named[:PUBLISHERS_NAMED])
    return language("{first} and {count} others", first=first, count=len(named) - PUBLISHERS_NAMED)


def origins(published: TableOrigin, language: Language) -> Table:
    """Return every source of a table: publisher, date, terms, whether a copy was read, address."""
    every = published.origins
    return table(
        language,
        [
            (
                Column("publisher", language("Publisher")),
                [publisher(origin.publisher, language) for origin in every],
            ),
            (
                Column("published", language("Date of the source")),
                [words.dated(origin, language) or None for origin in every],
            ),
            (
                Column("read_as", language("How it was checked")),
                [words.seen(origin.seen_in_copy, language) for origin in every],
            ),
            (
                Column("terms", language("Terms of use")),
                [words.terms(origin.terms, language) for origin in every],
            ),
            (Column("address", language("Address")), [origin.address for origin in every]),
        ],
    )


def standing(published: Published, fresh: Freshness, language: Language) -> list[KeyFigure]:
    """Return for each direction its newest month, how firm its figures are, and the office's last and next release."""
    return [
        KeyFigure(
            language("{label} ({value})", label=subject(flow, language), value=OFFICES[flow]),
            language.month(official_end(published, flow)),
            words.standing(labels.status_line(published, flow, language), OFFICES[flow], fresh, language),
        )
        for flow in DIRECTIONS
    ]


def official_end(published: Published, flow: Flow) -> pd.Period:
    """Return the last month of a flow that its office has published."""
    status = published.status(flow)
    return pd.PeriodIndex(status.index[status != Status.ADDED.value])[-1]


def last_official_month(published: Published) -> pd.Period:
    """Return the last month that both offices have published."""
    return min(official_end(published, flow) for flow in DIRECTIONS)


def change_rows(changes: Iterable[ChangedFigure], language: Language) -> Table:
    """Return the figures of the two flows that a refresh changed: month, flow, what happened, before, after, status."""
    flows = {flow.value: flow for flow in DIRECTIONS}
    rows = [
        (flows[pair], change)
        for change in changes
        if (pair := f"{change.origin}-{change.destination}") in flows
    ]
    rows.sort(key=lambda row: (row[1].month, row[0]), reverse=True)
    statuses = [change.status_after or change.status_before for _, change in rows]
    return table(
        language,
        [
            (
                Column("month", language("Month"), "month"),
                [pd.Period(change.month, "M") for _, change in rows],
            ),
            (Column("flow", language("Flow")), [subject(flow, language) for flow, _ in rows]),
            (
                Column("kind", language("Kind of change")),
                [words.change_kind(change.kind, language) for _, change in rows],
            ),
            (Column("before", language("Before"), "persons"), [change.before for _, change in rows]),
            (Column("after", language("After"), "persons"), [change.after for _, change in rows]),
            (
                Column("status", language("Status")),
                [labels.status_word(status, language) if status else None for status in statuses],
            ),
        ],
    )


def revised(published: Published, language: Language) -> Table:
    """Return the values of the two flows that changed after publication beside today's, newest month first."""
    rows = revisions(published)
    rows = rows[rows["change"].abs() > 0].iloc[::-1]
    change = Column("change", language("Change"), "share", digits=3, signed=True)
    return table(
        language,
        [
            (Column("month", language("Month"), "month"), rows["month"]),
            (Column("flow", language("Flow")), [subject(Flow(flow), language) for flow in rows["flow"]]),
            (Column("published", language("Published on")), rows["published"]),
            (
                Column("status", language("Status then")),
                [labels.status_word(status, language) for status in rows["status"]],
            ),
            (Column("earlier", language("Value then"), "persons"), rows["earlier"]),
            (Column("now", language("Value now"), "persons"), rows["now"]),
            (change, rows["change"]),
        ],
    )


def revisions_takeaway(published: Published, language: Language) -> str:
    """Return how large the revisions on record are, of months large enough to be compared."""
    rows = revisions(published)
    shares = rows.loc[rows["now"] >= LARGE_MONTH, "change"].dropna().abs()
    return words.revisions_takeaway(None if shares.empty else float(shares.max()), len(shares), language)
