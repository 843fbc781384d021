"""What a table's columns say of their values: on the screen, printed, and as plain values."""

import re
from datetime import date

import pandas as pd
import pytest

from crossings.language import LANGUAGES, Language
from crossings.questions.base import Column, Table, table
from crossings.questions.base.table import cell_text, plain_value

EN = Language("en")
MONTH = pd.Period("2026-08", "M")
CELLS = [
    (Column("month", "Month", "month"), MONTH, "August 2026", "2026-08"),
    (Column("day", "Day", "day"), date(2026, 9, 6), "6 September 2026", "2026-09-06"),
    (Column("year", "Year", "year"), 2026, "2026", 2026),
    (Column("persons", "Visitors", "persons"), 10_119_197, "10,119,197", 10_119_197),
    (Column("share", "Share", "share"), 0.202, "20.2%", 20.2),
    (Column("share", "Share", "share", digits=3, signed=True), 0.00012, "+0.012%", 0.012),
    (Column("points", "Change", "points", signed=True), -0.034, "−3.4", -3.4),
    (Column("points", "Change", "points", signed=True), 0.0001, "0.0", 0.01),
    (Column("count", "Forecasts", "count"), 603, "603", 603),
    (Column("clock", "From", "clock"), 545, "09:05", 545),
    (Column("persons", "Visitors", "persons"), None, "–", None),
]


def made(column: Column, value: object) -> Table:
    return table(EN, [(column, [value])])


@pytest.mark.parametrize(("column", "value", "printed", "plain"), CELLS)
def test_a_cell_is_printed_and_filed_by_what_its_column_holds(
    column: Column, value: object, printed: str, plain: object
) -> None:
    assert cell_text(value, column, EN) == printed
    assert plain_value(value, column) == (pytest.approx(plain) if isinstance(plain, float) else plain)
    assert made(column, value).texts().iloc[0, 0] == printed


def test_a_screen_table_takes_numbers_as_such_and_what_it_cannot_write_as_text() -> None:
    shown = table(
        EN,
        [
            (Column("month", "Month", "month"), [MONTH, None]),
            (Column("share", "Share", "share"), [0.25, 0.5]),
            (Column("finer", "Finer", "share", digits=3, signed=True), [0.25, -0.5]),
            (Column("points", "Points", "points"), [0.25, 0.5]),
            (Column("status", "Status", shown=False), ["estimate", "estimate"]),
        ],
    )
    told = shown.on_screen().to_dict("list")
    assert told["Month"] == ["August\N{NO-BREAK SPACE}2026", "–"]
    assert told["Share"] == [0.25, 0.5]
    assert told["Finer"] == [0.25, -0.5]
    assert told["Points (percentage points)"] == [0.25, 0.5]
    assert sorted(shown.writers()) == [1, 2, 3]
    assert [shown.writers()[2](value) for value in told["Finer"]] == ["+25.000%", "−50.000%"]
    assert shown.writers()[3](0.25) == "25.0"


@pytest.mark.parametrize("code", ["ko", "ja"])
def test_a_month_stands_on_one_line_of_a_narrow_cell(code: str) -> None:
    shown = table(Language(code), [(Column("month", "Month", "month"), [MONTH])])
    printed, on_screen = (str(cells.iloc[0, 0]) for cells in (shown.texts(), shown.on_screen()))
    assert on_screen != printed
    assert on_screen.replace("\u2060", "").replace("\u00a0", " ") == printed
    assert not re.search(r"\d[^\W\d]| ", on_screen)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_heading_names_its_unit_once(code: str) -> None:
    language = Language(code)
    shown = table(language, [(Column("persons", "Visitors", "persons"), [1])])
    assert shown.heading_with_unit(shown.columns[0]).count(language.person_unit) == 1
