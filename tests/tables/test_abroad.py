"""Who is abroad: series with their gaps, kinds kept apart, operations counted and never filled in."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.tables import abroad
from crossings.tables.abroad import Count, Evacuation
from crossings.tables.flows import DataDamaged, DataMissing, data_folder

KNOWN = abroad.load()
CODES = sorted(abroad.places())


def count(day: date, *, persons: int = 1, kind: str = "kind", where: str = "LBN") -> Count:
    return Count(day, "KOR", where, "", "", kind, persons, "exact", "", "key", "verified")


def operation(*, carriers: tuple[str, ...], koreans: int | None, japanese: int | None) -> Evacuation:
    return Evacuation(
        date(2024, 1, 1), "", "LBN", carriers, "", koreans, japanese, None, True, "", "key", "verified"
    )


def test_every_country_of_the_tables_has_a_place() -> None:
    named = {one.where for one in abroad.third(KNOWN)} | {one.country for one in KNOWN.evacuations}
    assert named <= set(abroad.places())
    assert not named & {*abroad.SIDES, abroad.WORLD}


def test_distances_are_those_of_a_globe() -> None:
    assert abroad.distance_km("JPN", side="KOR") == pytest.approx(1160, abs=15)
    assert abroad.distance_km("KOR", side="KOR") == 0


@given(st.sampled_from(CODES))
def test_no_place_is_farther_than_half_way_round(code: str) -> None:
    korea, japan = (abroad.distance_km(code, side=side) for side in abroad.SIDES)
    assert 0 <= korea < 20_016
    assert abs(korea - japan) <= abroad.distance_km("JPN", side="KOR") + 1e-6


def test_a_step_beyond_a_year_breaks_the_run() -> None:
    days = [date(2011, 12, 31), date(2012, 12, 31), date(2017, 12, 31), date(2018, 6, 30)]
    assert abroad.runs([count(day) for day in days]) == [0, 0, 1, 1]


@given(st.lists(st.dates(date(1990, 1, 1), date(2026, 1, 1)), unique=True))
def test_runs_never_join_over_a_gap(days: list[date]) -> None:
    counts = [count(day) for day in sorted(days)]
    found = abroad.runs(counts)
    for place in range(1, len(counts)):
        joined = found[place] == found[place - 1]
        assert joined == ((counts[place].day - counts[place - 1].day).days <= abroad.LONGEST_STEP_DAYS)


def test_the_newest_count_of_each_kind_stands_alone() -> None:
    old, new = count(date(2020, 1, 1), persons=9), count(date(2024, 1, 1), persons=5)
    other = count(date(2019, 1, 1), persons=7, kind="another")
    assert abroad.latest([new, old, other]) == (other, new)


def test_a_number_that_was_not_published_is_not_nought() -> None:
    flown = [
        operation(carriers=("KOR",), koreans=5, japanese=None),
        operation(carriers=("KOR",), koreans=5, japanese=3),
        operation(carriers=("JPN",), koreans=2, japanese=40),
        operation(carriers=("KOR", "JPN"), koreans=40, japanese=56),
    ]
    assert abroad.carried(flown, by="KOR") == abroad.Carried(2, 3, 1)
    assert abroad.carried(flown, by="JPN") == abroad.Carried(1, 2, 0)


def test_what_is_on_record() -> None:
    operations = abroad.joint(KNOWN)
    first = min(operations, key=lambda one: (one.day, one.country))
    assert (first.day, first.country, first.koreans, first.japanese) == (date(2020, 3, 31), "CMR", 40, 56)
    assert not [one for one in operations if one.country in ("LBN", "IRN")]
    assert {one.country for one in abroad.in_region(operations, "LBN")} == {"ISR", "SAU"}
    assert len(KNOWN.areas) == 4


def test_every_source_is_named() -> None:
    cells = [one.source for one in (*KNOWN.residents, *KNOWN.nationals)]
    cells += [one.source for one in KNOWN.evacuations] + [one.source for one in KNOWN.quotas]
    assert not {key for cell in cells for key in cell.split(";")} - set(KNOWN.citations)


@pytest.mark.parametrize("table", ["residents", "nationals_abroad", "joint_evacuations", "memorandum"])
def test_a_damaged_or_missing_table_is_named(table: str, tmp_path: Path) -> None:
    for path in data_folder().glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / f"{table}.csv").write_text("date,persons\nyesterday,many\n")
    with pytest.raises(DataDamaged, match=table):
        abroad.load(tmp_path)
    (tmp_path / f"{table}.csv").unlink()
    with pytest.raises(DataMissing, match=table):
        abroad.load(tmp_path)


def test_a_count_that_is_no_number_is_named(tmp_path: Path) -> None:
    for path in data_folder().glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    path = tmp_path / "residents.csv"
    path.write_text(path.read_text().replace("409584", "many"))
    with pytest.raises(DataDamaged, match="residents"):
        abroad.load(tmp_path)
