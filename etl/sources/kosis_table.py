"""A table of arrivals by nationality saved from KOSIS's own pages, as CSV or workbook.

Two layouts: one column a month (2024.01), or one row a month (시점) with the counts in 데이터. Nationalities stand in
columns 국적별(1), 국적별(2); whatever else the table is split by, only the rows of the sum count. Month columns may be
split again by an item in the row below. Zeros and blanks at the end of a series are months not yet published.
"""

import re

from crossings.errors import N_
from etl.nations import KTO, KTO_GROUPS
from etl.sources.jnto import cell_name
from etl.sources.kto import PROVISIONAL, Grid, Row, anchors_there
from etl.sources.reading import Reading, reading
from etl.sources.workbook import persons, plain

NATIONALITY = "국적별"
PERIOD, VALUE = "시점", "데이터"
BESIDE = ("단위", "UNIT")
SUMS = frozenset({"계", "소계", "합계", "총계", "전체", ""})
PERSONS = frozenset({"명", "person", "persons", ""})
HEADER_ROWS = 10
MONTH = r"(20\d{2})[-./년M]?(\d{1,2})(?:월|M)?"
Counts = dict[str, dict[str, int]]


def header_row(grid: Grid) -> int | None:
    """Return the row that heads a table of KOSIS, None where the sheet is none."""
    for at in range(min(HEADER_ROWS, len(grid.cells))):
        heads = _heads(grid, at)
        if any(head.startswith(NATIONALITY) for head in heads) and (PERIOD in heads or _month_columns(heads)):
            return at
    return None


def read(grid: Grid) -> Reading:
    """Return the arrivals of a table of KOSIS. Raises LayoutChanged naming file, sheet and cell."""
    header = header_row(grid)
    assert header is not None  # asked before
    counts, strange = _counts(grid, header)
    anchors_there(grid, header + 1, counts, strange, ("JPN",))
    rows: list[Row] = [
        (month, origin, "KOR", visitors, PROVISIONAL)
        for origin, by_month in counts.items()
        for month, visitors in _published(by_month).items()
    ]
    return reading(rows, unread=tuple(sorted(strange)))


def _heads(grid: Grid, row: int) -> list[str]:
    """Return the texts of a row; a number as 2024.1 may be January or October and is no head."""
    return ["" if isinstance(cell, float) else grid.text(row, at) for at, cell in enumerate(grid.cells[row])]


def _month_columns(heads: list[str]) -> dict[int, str]:
    """Return the month of each column that is headed by one."""
    found = {at: _month(head) for at, head in enumerate(heads)}
    return {at: month for at, month in found.items() if month}


def _month(text: str) -> str:
    found = re.fullmatch(MONTH, text)
    return f"{found[1]}-{int(found[2]):02d}" if found and 1 <= int(found[2]) <= 12 else ""


def _counts(grid: Grid, header: int) -> tuple[Counts, set[str]]:
    """Return the counts of each nationality by month, and the labels not known."""
    heads = _heads(grid, header)
    headed = _month_columns(heads)
    months = _of_the_sum(grid, header, headed)
    named = [at for at, head in enumerate(heads) if head.startswith(NATIONALITY)]
    units = [at for at, head in enumerate(heads) if head in BESIDE]
    split = _split_by(grid, header, [at for at in range(len(heads)) if at not in {*named, *headed}])
    counts: Counts = {}
    strange: set[str] = set()
    for row in range(header + 1, len(grid.cells)):
        origin, label = _origin([grid.text(row, at) for at in named])
        summed = all(grid.text(row, at) in SUMS for at in split)
        if not origin:
            strange |= {label} - KTO_GROUPS - SUMS - {*heads}
        if origin and summed:
            _in_persons(grid, row, units)
        for month, at in _cells_of(grid, row, heads, months).items() if origin and summed else ():
            _keep(grid, row, at, counts.setdefault(origin, {}), month, label)
    return counts, strange


def _in_persons(grid: Grid, row: int, units: list[int]) -> None:
    for at in units:
        if grid.text(row, at).lower() not in PERSONS:
            raise grid.fault(
                N_(
                    "{file}, sheet {sheet}, cell {cell}: the figures are given in “{unit}”, not in persons. "
                    "Save the table in persons (명) and upload it again."
                ),
                row,
                at,
                unit=grid.text(row, at)[:20],
            )


def _of_the_sum(grid: Grid, header: int, months: dict[int, str]) -> dict[int, str]:
    """Return one column a month: the only one, or that of the sum where items stand in the row below."""
    doubled = [at for at in months if list(months.values()).count(months[at]) > 1]
    return {
        at: month
        for at, month in months.items()
        if at not in doubled or grid.text(header + 1, at) in SUMS - {""}
    }


def _split_by(grid: Grid, header: int, columns: list[int]) -> list[int]:
    """Return the columns by which the table is split further: those with more than one label."""
    rows = range(header + 1, len(grid.cells))
    labels = {at: {grid.text(row, at) for row in rows if grid.text(row, at)} for at in columns}
    aside = {PERIOD, VALUE, *BESIDE}
    return [at for at in columns if len(labels[at]) > 1 and grid.text(header, at) not in aside]


def _origin(labels: list[str]) -> tuple[str, str]:
    """Return the nationality that labels from the largest group down name, "" where it is none, and its label."""
    label = next((label for label in reversed(labels) if label not in SUMS), "")
    if label or not any(labels):
        return KTO.get(label, ""), label
    return "TOTAL", next(filter(None, labels))


def _cells_of(grid: Grid, row: int, heads: list[str], months: dict[int, str]) -> dict[str, int]:
    """Return the column of each month's count in a row."""
    if months:
        return {month: at for at, month in months.items()}
    month = _month(grid.text(row, heads.index(PERIOD)))
    value = heads.index(VALUE) if VALUE in heads else len(heads) - 1
    return {month: value} if month else {}


def _keep(grid: Grid, row: int, column: int, held: dict[str, int], month: str, label: str) -> None:
    """Add a cell's count to a series. Raises LayoutChanged where the month stands in it with another count."""
    cell = grid.cells[row][column] if column < len(grid.cells[row]) else None
    found = persons(cell, file=grid.file, sheet=grid.sheet, cell=cell_name(row, column))
    if found is not None and held.setdefault(month, found) != found:
        raise grid.fault(
            N_("{file}, sheet {sheet}, cell {cell}: “{label}” appears in two rows. Download it again."),
            row,
            column,
            label=plain(label),
        )


def _published(by_month: dict[str, int]) -> dict[str, int]:
    """Return a series without the zeros after its last figure."""
    last = max((month for month, count in by_month.items() if count), default="")
    return {month: count for month, count in by_month.items() if month <= last}
