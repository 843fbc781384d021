"""The tables of the Sources page."""

from collections.abc import Iterable
from typing import Protocol

import pandas as pd

from crossings.language import Language, labels
from crossings.language.labels import subject
from crossings.language.press import publisher
from crossings.questions.figure_context import KeyFigure
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


def overview(tables: tuple[TableOrigin, ...], language: Language) -> pd.DataFrame:
    """Return the published tables side by side: title, publishers, months, rows, what is counted."""
    return pd.DataFrame(
        {
            language("Table"): [words.table_title(table.name, language) for table in tables],
            language("Publishers"): [_publishers(table, language) for table in tables],
            language("Last month"): [
                language.month(pd.Period(table.last_month, "M")) if table.last_month else "–"
                for table in tables
            ],
            language("Rows"): [table.rows for table in tables],
        }
    )


def _publishers(table: TableOrigin, language: Language) -> str:
    named = [publisher(name, language) for name in table.publishers]
    if len(named) <= PUBLISHERS_NAMED + 1:
        return "; ".join(named) or "–"
    first = "; ".join(named[:PUBLISHERS_NAMED])
    return language("{first} and {count} others", first=first, count=len(named) - PUBLISHERS_NAMED)


def origins(table: TableOrigin, language: Language) -> pd.DataFrame:
    """Return every source of a table: publisher, date, terms, whether a copy was read, address."""
    return pd.DataFrame(
        {
            language("Publisher"): [publisher(origin.publisher, language) for origin in table.origins],
            language("Published"): [origin.date or "–" for origin in table.origins],
            language("Read as"): [words.seen(origin.seen_in_copy, language) for origin in table.origins],
            language("Terms of use"): [words.terms(origin.terms, language) for origin in table.origins],
            language("Address"): [origin.address for origin in table.origins],
        }
    )


def standing(published: Published, fresh: Freshness, language: Language) -> list[KeyFigure]:
    """Return for each direction its newest month, how firm its figures are, and the office's last and next release."""
    return [
        KeyFigure(
            f"{subject(flow, language)} ({OFFICES[flow]})",
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


def change_rows(changes: Iterable[ChangedFigure], language: Language) -> pd.DataFrame:
    """Return the figures of the two flows that a refresh changed: month, flow, what happened, before, after, status."""
    flows = {flow.value: flow for flow in DIRECTIONS}
    rows = [(flows[key], one) for one in changes if (key := f"{one.origin}-{one.destination}") in flows]
    rows.sort(key=lambda row: (row[1].month, row[0]), reverse=True)
    return pd.DataFrame(
        {
            language("Month"): [language.month_of(one.month) for _, one in rows],
            language("Flow"): [subject(flow, language) for flow, _ in rows],
            language("What happened"): [words.change_kind(one.kind, language) for _, one in rows],
            language("Before"): [_count(one.before, language) for _, one in rows],
            language("After"): [_count(one.after, language) for _, one in rows],
            language("Status"): [
                labels.status_word(one.status_after or one.status_before, language)
                if one.status_after or one.status_before
                else "–"
                for _, one in rows
            ],
        }
    )


def _count(visitors: int | None, language: Language) -> str:
    return "–" if visitors is None else language.people(visitors)


def revision_rows(published: Published, language: Language) -> tuple[pd.DataFrame, str]:
    """Return earlier values of the two flows beside today's, newest month first, and the takeaway."""
    rows = revisions(published)
    later = rows[rows["change"].abs() > 0] if len(rows) else rows
    large = rows[rows["now"] >= LARGE_MONTH]["change"].dropna().abs()
    largest = None if large.empty else float(large.max())
    table = later.iloc[::-1]
    shown = pd.DataFrame(
        {
            language("Month"): [language.month(month) for month in table["month"]],
            language("Flow"): [subject(Flow(flow), language) for flow in table["flow"]],
            language("Published"): table["published"].to_numpy(),
            language("Status then"): [labels.status_word(status, language) for status in table["status"]],
            language("Value then"): table["earlier"].to_numpy(),
            language("Value now"): table["now"].to_numpy(),
            language("Change"): [
                language.percent(change, digits=3, signed=True) for change in table["change"]
            ],
        }
    )
    return shown, words.revisions_takeaway(largest, len(large), language)
