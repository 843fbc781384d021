"""Which tables are short and narrow enough to stand in a document."""

from crossings.questions.base import Table

MOST_ROWS, MOST_COLUMNS = 16, 7


def fits(table: Table) -> bool:
    """Return whether a table is short and narrow enough to stand in a document."""
    return 0 < len(table) <= MOST_ROWS and len(table.visible.columns) <= MOST_COLUMNS
