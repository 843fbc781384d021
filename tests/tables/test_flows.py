"""The published figures: what was known when, both ways, statuses, damage."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossings.tables import flows
from crossings.tables.flows import DIRECTIONS, DataDamaged, DataMissing, Flow
from crossings.tables.totals import annual_totals, year_to_date
from tests.tables_text import steady, write_published

KOREANS, JAPANESE = DIRECTIONS


def month(text: str) -> pd.Period:
    return pd.Period(text, "M")


def at(series: pd.Series, text: str) -> Any:
    return series.to_dict()[month(text)]


@pytest.fixture
def revised(tmp_path: Path) -> flows.Published:
    """Return July 2024 as it was first printed in August, and printed again in October."""
    rows = steady("2024-01", "2024-12")
    earlier = [
        ("2024-07", "KOR", "JPN", 70, "estimate", "2024-08-16"),
        ("2024-07", "KOR", "JPN", 90, "provisional", "2024-10-16"),
        ("2024-08", "KOR", "JPN", 80, "estimate", "2024-09"),
    ]
    return flows.load(write_published(tmp_path, rows, earlier))


def test_a_series_keeps_every_month_and_leaves_gaps_open(tmp_path: Path) -> None:
    rows = [row for row in steady("2024-01", "2024-06") if row[:2] != ("2024-03", "KOR")]
    series = flows.load(write_published(tmp_path, rows)).series(KOREANS)
    assert [str(name) for name in series.index[series.isna()]] == ["2024-03"]
    assert len(series) == 6


def test_an_empty_cell_is_a_gap_not_a_nought(tmp_path: Path) -> None:
    rows = [("2024-01", "KOR", "JPN", 5, "definitive"), ("2024-02", "KOR", "JPN", "", "definitive")]
    published = flows.load(write_published(tmp_path, [*rows, ("2024-01", "JPN", "KOR", 1, "definitive")]))
    assert pd.isna(at(published.series(KOREANS), "2024-02"))


def test_both_ways_is_the_sum_where_both_are_known(tmp_path: Path) -> None:
    rows = [row for row in steady("2024-01", "2024-06") if row[:2] != ("2024-06", "JPN")]
    published = flows.load(write_published(tmp_path, rows))
    both = published.series(Flow.BOTH)
    assert both.tolist() == [140.0] * 5
    assert published.last_month == month("2024-05")


def test_a_gap_in_one_direction_is_a_gap_both_ways(tmp_path: Path) -> None:
    rows = [row for row in steady("2024-01", "2024-06") if row[:2] != ("2024-03", "JPN")]
    both = flows.load(write_published(tmp_path, rows)).series(Flow.BOTH)
    assert pd.isna(at(both, "2024-03"))
    assert both.count() == 5


@pytest.mark.parametrize(
    ("as_of", "july"), [("2024-07", 70.0), ("2024-08", 70.0), ("2024-09", 90.0), ("2024-12", 90.0)]
)
def test_a_past_month_has_the_value_it_had_then(revised: flows.Published, as_of: str, july: float) -> None:
    assert at(revised.series(KOREANS, as_of=month(as_of)), "2024-07") == july


def test_a_month_alone_is_enough_of_a_publication_date(revised: flows.Published) -> None:
    assert at(revised.series(KOREANS, as_of=month("2024-08")), "2024-08") == 80.0


def test_without_an_as_of_month_the_newest_values_stand(revised: flows.Published) -> None:
    assert revised.series(KOREANS).tolist() == [100.0] * 12


def test_no_month_after_the_as_of_month_is_known(revised: flows.Published) -> None:
    for flow in Flow:
        assert revised.series(flow, as_of=month("2024-05")).index[-1] == month("2024-05")


def test_earlier_values_of_one_direction_leave_the_other_alone(revised: flows.Published) -> None:
    assert revised.series(JAPANESE, as_of=month("2024-07")).tolist() == [40.0] * 7
    assert revised.series(Flow.BOTH, as_of=month("2024-07")).iloc[-1] == 110.0


def test_the_status_is_the_one_of_then(revised: flows.Published) -> None:
    assert revised.status(KOREANS, as_of=month("2024-07")).iloc[-1] == "estimate"
    assert at(revised.status(KOREANS), "2024-07") == "definitive"


@pytest.mark.parametrize(
    ("korean", "japanese", "both"),
    [
        ("definitive", "definitive", "definitive"),
        ("definitive", "provisional", "provisional"),
        ("estimate", "definitive", "estimate"),
        ("provisional", "estimate", "estimate"),
    ],
)
def test_both_ways_takes_the_weaker_status(tmp_path: Path, korean: str, japanese: str, both: str) -> None:
    rows = [("2024-01", "KOR", "JPN", 5, korean), ("2024-01", "JPN", "KOR", 5, japanese)]
    assert flows.load(write_published(tmp_path, rows)).status(Flow.BOTH).tolist() == [both]


PRINTED = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 200), st.dates(date(2024, 1, 1), date(2025, 12, 31))),
    max_size=12,
    unique_by=lambda row: (row[0], row[2]),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(printed=PRINTED, cut=st.integers(0, 11))
def test_a_value_is_the_last_one_printed_by_then(
    tmp_path: Path, printed: list[tuple[int, int, date]], cut: int
) -> None:
    months = pd.period_range("2024-01", "2024-12", freq="M")
    earlier = [
        (str(months[place]), "KOR", "JPN", value, "estimate", day.isoformat())
        for place, value, day in printed
    ]
    published = flows.load(write_published(tmp_path, steady("2024-01", "2024-12"), earlier))
    known = published.series(KOREANS, as_of=months[cut])
    last_day = (months[cut] + 1).end_time.date()
    for place, value in enumerate(known):
        by_then = [(day, said) for at, said, day in printed if at == place and day <= last_day]
        assert value == (max(by_then)[1] if by_then else 100.0)
    assert len(known) == cut + 1


@pytest.mark.parametrize("name", ["visitors", "vintages"])
def test_a_missing_table_is_named(tmp_path: Path, name: str) -> None:
    write_published(tmp_path, steady("2024-01", "2024-12"))
    (tmp_path / f"{name}.csv").unlink()
    with pytest.raises(DataMissing, match=f"{name}.csv"):
        flows.load(tmp_path)


HEADER = "month,origin,destination,visitors,status,source\n"
KOREAN, JAPANESE_ROW = "2024-01,KOR,JPN,5,definitive,x\n", "2024-01,JPN,KOR,5,definitive,x\n"
DAMAGED = {
    "nothing at all": b"",
    "a web page": b"<!doctype html><html><body>Please sign in, then try again</body></html>",
    "a workbook": b"PK\x03\x04\x14\x00\xff\xfe\x00\x81\x9d\x00",
    "only the header": HEADER.encode(),
    "no status column": b"month,origin,destination,visitors,source\n2024-01,KOR,JPN,5,x\n",
    "text in a number": (HEADER + KOREAN.replace("5", "many") + JAPANESE_ROW).encode(),
    "no such month": (HEADER + KOREAN.replace("-01", "-13") + JAPANESE_ROW).encode(),
    "a month in words": (HEADER + KOREAN.replace("2024-01", "January") + JAPANESE_ROW).encode(),
    "no such status": (HEADER + KOREAN.replace("definitive", "final") + JAPANESE_ROW).encode(),
    "a month twice": (HEADER + KOREAN + KOREAN + JAPANESE_ROW).encode(),
    "one direction only": (HEADER + KOREAN).encode(),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_table_is_named(tmp_path: Path, content: bytes) -> None:
    write_published(tmp_path, steady("2024-01", "2024-12"))
    (tmp_path / "visitors.csv").write_bytes(content)
    with pytest.raises(DataDamaged, match=r"visitors\.csv"):
        flows.load(tmp_path)


def test_a_folder_in_place_of_a_table_is_named(tmp_path: Path) -> None:
    write_published(tmp_path, steady("2024-01", "2024-12"))
    (tmp_path / "visitors.csv").unlink()
    (tmp_path / "visitors.csv").mkdir()
    with pytest.raises(DataDamaged, match=r"visitors\.csv") as told:
        flows.read_table("visitors", folder=tmp_path)
    assert str(tmp_path) not in str(told.value)


def test_the_tables_are_read_again_when_one_changed(tmp_path: Path) -> None:
    first = flows.load(write_published(tmp_path, steady("2024-01", "2024-12")))
    assert flows.load(tmp_path) is first
    second = flows.load(write_published(tmp_path, steady("2024-01", "2024-12", korean=200)))
    assert second.series(KOREANS).iloc[0] == 200.0
    assert second.digest != first.digest


def test_the_data_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CROSSINGS_DATA", str(tmp_path))
    assert flows.data_folder() == tmp_path
    monkeypatch.delenv("CROSSINGS_DATA")
    assert flows.data_folder().name == "data"


@pytest.mark.parametrize(
    ("flow", "year", "visitors"),
    [
        (KOREANS, 2018, 7_538_952),
        (JAPANESE, 2018, 2_948_527),
        (Flow.BOTH, 2018, 10_487_479),
        (KOREANS, 2024, 8_817_765),
        (JAPANESE, 2024, 3_224_079),
        (Flow.BOTH, 2024, 12_041_844),
        (KOREANS, 2025, 9_459_711),
        (JAPANESE, 2025, 3_653_137),
        (Flow.BOTH, 2025, 13_112_848),
    ],
)
def test_the_committed_years_add_up_to_the_published_totals(flow: Flow, year: int, visitors: int) -> None:
    assert annual_totals(flows.load().series(flow))[year] == visitors


@pytest.mark.parametrize(
    ("flow", "visitors"), [(KOREANS, 7_420_340), (JAPANESE, 2_698_857), (Flow.BOTH, 10_119_197)]
)
def test_january_to_august_2026(flow: Flow, visitors: int) -> None:
    assert year_to_date(flows.load().series(flow), year=2026, month=8) == visitors


def test_a_table_that_is_being_replaced_is_read_once_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("releases.csv", "datapackage.json"):
        (tmp_path / name).write_bytes((flows.PUBLISHED / name).read_bytes())
    table = tmp_path / "releases.csv"
    whole = table.read_bytes()
    table.write_bytes(whole[:-40])
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    with pytest.raises(DataDamaged):
        flows.read_table("releases", folder=tmp_path)
    assert waited == list(flows.PAUSES_SECONDS)
    monkeypatch.setattr("time.sleep", lambda seconds: seconds and table.write_bytes(whole))
    assert len(flows.read_table("releases", folder=tmp_path)) == whole.count(b"\n") - 1
