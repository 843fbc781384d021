"""The flight table: what is read, and how each bad cell is named."""

import io
from datetime import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from crossings.errors import CrossingsError
from crossings.models.queue.flights import (
    DEFAULT_SPREAD,
    MOST_ROWS,
    FlightCellWrong,
    FlightColumnsMissing,
    FlightRepeated,
    Flights,
    FlightTableEmpty,
    FlightTableUnreadable,
    flights_from_csv,
    flights_from_frame,
    flights_from_text,
    flights_from_xlsx,
)

HEADER = "minute,passengers,group,spread_minutes\n"


def read(rows: str) -> Flights:
    return flights_from_csv((HEADER + rows).encode())


def test_a_table_is_read_in_order_of_the_minute() -> None:
    flights = read("600,120,other,15\n09:30,90,partner,\n")
    assert flights.minute.tolist() == [570, 600]
    assert flights.passengers.tolist() == [90, 120]
    assert flights.spread_minutes.tolist() == [DEFAULT_SPREAD, 15]
    assert flights.groups == ("partner", "other")
    assert flights.total == 210


def test_the_spread_may_be_left_out_and_the_columns_may_stand_in_any_order() -> None:
    flights = flights_from_csv(b"group,minute,passengers\nother,5,100\n")
    assert flights.spread_minutes.tolist() == [DEFAULT_SPREAD]


def test_cells_pasted_from_a_spreadsheet_are_read() -> None:
    flights = flights_from_text("minute\tpassengers\tgroup\n10\t1,200\tother\n")
    assert flights.total == 1200
    assert flights_from_text("minute;passengers;group\n10;12;other\n\n").total == 12


def test_own_nationals_are_left_out_and_counted_apart() -> None:
    flights = read("600,120,other,15\n600,80,own,15\n")
    assert (flights.total, flights.left_out) == (120, 80)
    assert flights.scaled(2).left_out == 160


def test_a_workbook_is_read_like_a_csv() -> None:
    book = Workbook()
    rows: list[list[object]] = [
        ["minute", "passengers", "group"],
        [time(9, 30), 100, "other"],
        [600, 50, "partner"],
    ]
    for place, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            book.worksheets[0].cell(place, column).value = value  # type: ignore[assignment]
    content = io.BytesIO()
    book.save(content)
    flights = flights_from_xlsx(content.getvalue())
    assert flights.minute.tolist() == [570, 600]
    assert flights.total == 150


def test_an_edited_table_is_read_like_a_csv() -> None:
    frame = pd.DataFrame({"minute": [5.0, 9.0], "passengers": [10, 20], "group": ["other", "partner"]})
    frame["spread_minutes"] = [float("nan"), 12.0]
    flights = flights_from_frame(frame)
    assert flights.spread_minutes.tolist() == [10, 12]
    assert pd.DataFrame(flights.rows()).shape == (2, 4)
    with pytest.raises(FlightCellWrong, match=r"B3 \(passengers\)"):
        flights_from_frame(frame.assign(passengers=[10, float("nan")]))


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("ten,100,other,10", r"A2 \(minute\): “ten” is not a number"),
        ("10,many,other,10", r"B2 \(passengers\): “many” is not a number"),
        ("10,nan,other,10", r"B2 \(passengers\): “nan” is not a number"),
        ("10,-5,other,10", r"B2 \(passengers\): “-5” is not a number of passengers"),
        ("10,5.5,other,10", r"B2 \(passengers\)"),
        ("10,99999999,other,10", r"B2 \(passengers\)"),
        ("1440,5,other,10", r"A2 \(minute\): “1440” is not a time of day"),
        ("24:10,5,other,10", r"A2 \(minute\): “24:10” is not a time of day"),
        ("10:75,5,other,10", r"A2 \(minute\): “10:75” is not a number"),
        ("-1,5,other,10", r"A2 \(minute\)"),
        ("10,5,,10", r"C2 \(group\)"),
        ("10,5,all,10", r"C2 \(group\)"),
        ("10,5,other,0", r"D2 \(spread_minutes\)"),
        ("10,5,other,soon", r"D2 \(spread_minutes\): “soon” is not a number"),
        ("10", r"C2 \(group\)"),
    ],
)
def test_a_bad_cell_is_named(row: str, cell: str) -> None:
    with pytest.raises(FlightCellWrong, match=cell):
        read(row + "\n")


def test_a_repeated_row_is_named() -> None:
    with pytest.raises(FlightRepeated, match="Row 4 repeats row 2"):
        read("10,5,other,10\n20,5,other,10\n10,5,other,10\n")


def test_nothing_at_all_is_named() -> None:
    for rows in ("", "\n,,,\n", "10,0,other,10\n", "10,50,own,10\n"):
        with pytest.raises(FlightTableEmpty):
            read(rows)
    with pytest.raises(FlightTableEmpty):
        flights_from_csv(b"")


def test_a_missing_column_is_named() -> None:
    with pytest.raises(FlightColumnsMissing, match="has no column group"):
        flights_from_csv(b"minute,passengers\n1,2\n")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a\0b", b"x" * 2_000_000])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(FlightTableUnreadable):
        flights_from_csv(content)
    with pytest.raises(FlightTableUnreadable):
        flights_from_xlsx(content)


def test_half_letters_that_are_pasted_are_refused() -> None:
    with pytest.raises(FlightTableUnreadable):
        flights_from_text("minute,passengers,group\n10,5,\ud800\n")


def test_too_many_rows_are_refused() -> None:
    rows = "".join(f"{minute % 1440},{1 + minute // 1440},other,10\n" for minute in range(MOST_ROWS + 1))
    with pytest.raises(FlightTableUnreadable, match="more than"):
        read(rows)


@given(st.binary(max_size=400))
def test_junk_is_refused_by_name(content: bytes) -> None:
    for reader in (flights_from_csv, flights_from_xlsx):
        with pytest.raises(CrossingsError):
            reader(content)


@given(st.lists(st.lists(st.text(max_size=6), min_size=4, max_size=4).map(",".join), max_size=5))
def test_junk_cells_are_read_or_refused_by_name(rows: list[str]) -> None:
    try:
        flights = read("\n".join(rows))
    except CrossingsError:
        return
    assert flights.total > 0
