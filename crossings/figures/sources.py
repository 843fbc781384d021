"""The tables of the Sources page."""

import pandas as pd

from crossings.flows import Flow, Published
from crossings.provenance import TableOrigin
from crossings.revisions import revisions
from crossings.words import Language, labels
from crossings.words import overview as flow_words
from crossings.words import sources as words

PUBLISHERS_NAMED = 2
LARGE_MONTH = 10_000


def overview(tables: tuple[TableOrigin, ...], language: Language) -> pd.DataFrame:
    """Return the published tables side by side: title, publishers, months, rows, what is counted."""
    t = language.text
    return pd.DataFrame(
        {
            t("Table"): [words.table_title(table.name, language) for table in tables],
            t("Publishers"): [_publishers(table, language) for table in tables],
            t("Last month"): [
                language.month(pd.Period(table.last_month, "M")) if table.last_month else "–"
                for table in tables
            ],
            t("Rows"): [table.rows for table in tables],
        }
    )


def _publishers(table: TableOrigin, language: Language) -> str:
    t = language.text
    named = [words.publisher(name, language) for name in table.publishers]
    if len(named) <= PUBLISHERS_NAMED + 1:
        return "; ".join(named) or "–"
    first = "; ".join(named[:PUBLISHERS_NAMED])
    return t("{first} and {count} others", first=first, count=len(named) - PUBLISHERS_NAMED)


def origins(table: TableOrigin, language: Language) -> pd.DataFrame:
    """Return every source of a table: publisher, date, terms, whether a copy was read, address."""
    t = language.text
    return pd.DataFrame(
        {
            t("Publisher"): [words.publisher(origin.publisher, language) for origin in table.origins],
            t("Published"): [origin.date or "–" for origin in table.origins],
            t("Read as"): [words.seen(origin.seen_in_copy, language) for origin in table.origins],
            t("Terms of use"): [words.terms(origin.terms, language) for origin in table.origins],
            t("Address"): [origin.address for origin in table.origins],
        }
    )


def status_by_flow(published: Published, language: Language) -> pd.DataFrame:
    """Return the last month of each direction, its status and which months are how firm."""
    t = language.text
    flows = [Flow.KOREANS_TO_JAPAN, Flow.JAPANESE_TO_KOREA]
    return pd.DataFrame(
        {
            t("Flow"): [flow_words.subject(flow, language) for flow in flows],
            t("First month"): [language.month(published.series(flow).index[0]) for flow in flows],
            t("Last month"): [language.month(published.series(flow).index[-1]) for flow in flows],
            t("Status"): [labels.status_line(published, flow, language) for flow in flows],
        }
    )


def revision_rows(published: Published, language: Language) -> tuple[pd.DataFrame, str]:
    """Return earlier values of the two flows beside today's, newest month first, and the takeaway."""
    t = language.text
    rows = revisions(published)
    later = rows[rows["change"].abs() > 0] if len(rows) else rows
    large = rows[rows["now"] >= LARGE_MONTH]["change"].dropna().abs()
    largest = None if large.empty else float(large.max())
    table = later.iloc[::-1]
    shown = pd.DataFrame(
        {
            t("Month"): [language.month(month) for month in table["month"]],
            t("Flow"): [flow_words.subject(Flow(flow), language) for flow in table["flow"]],
            t("Published"): table["published"].to_numpy(),
            t("Status then"): [labels.status_word(status, language) for status in table["status"]],
            t("Value then"): table["earlier"].to_numpy(),
            t("Value now"): table["now"].to_numpy(),
            t("Change"): [language.percent(change, digits=3, signed=True) for change in table["change"]],
        }
    )
    return shown, words.revisions_takeaway(largest, len(large), language)
