"""Public forecasts: read with their months, compared only where they can be, and scored by plain arithmetic."""

from functools import lru_cache

import pandas as pd
import pytest

from crossings.models.forecast import Projection, backtest, public
from tests.projections import projection


def row(**changed: str) -> dict[str, str]:
    """Return one public figure as text cells."""
    plain = {
        "key": "A1",
        "institution": "An institute",
        "kind": "model forecast",
        "published": "2018-05-20",
        "flow": "KOR-JPN",
        "period": "2018",
        "low": "",
        "point": "8000000",
        "high": "",
        "unit": "persons",
    }
    return {**plain, **changed}


def table(*rows: dict[str, str]) -> pd.DataFrame:
    """Return a list of public figures."""
    return public.typed(pd.DataFrame(rows))


@lru_cache(maxsize=1)
def april_2018() -> Projection:
    """Return a small projection as of April 2018."""
    return projection("2018-04")


@pytest.mark.parametrize(
    ("said_on", "known"),
    [("2018-05-16", "2018-04"), ("2018-05-15", "2018-03"), ("2018-01", "2017-11"), ("2018", None)],
)
def test_what_was_known_on_a_day(said_on: str, known: str | None) -> None:
    month = public.as_of_month(said_on)
    assert (None if month is None else str(month)) == known


def test_only_figures_that_can_be_compared_are() -> None:
    listed = table(
        row(),
        row(key="all", flow="ALL-JPN"),
        row(key="growth", unit="% on a year earlier", point="5"),
        row(key="span", period="2018-2020"),
        row(key="undated", published="2017"),
        row(key="early", published="2008-05-20", period="2008"),
        row(key="over", published="2019-02-20"),
        row(key="far", period="2030"),
    )
    found = public.comparable(listed)
    assert found["key"].tolist() == ["A1"]
    assert found["lead"].tolist() == [8]
    assert str(found["as_of"].iloc[0]) == "2018-04"


def record(**changed: object) -> backtest.TrackRecord:
    """Return a record of one answer about 2018, as of April 2018."""
    answer = {
        "as_of": "2018-04",
        "flow": "KOR-JPN",
        "year": 2018,
        "actual": 7_538_952,
        "median": 7_900_000,
        "low_80": 7_400_000,
        "high_80": 8_300_000,
        "last_year": 7_140_438,
        "year_to_date": 8_100_000,
        **changed,
    }
    return backtest.TrackRecord(answers=pd.DataFrame([answer]), marks=pd.DataFrame())


def test_a_figure_is_scored_beside_the_answer_of_its_month() -> None:
    floor = row(key="floor", point="", low="7500000")
    ceiling = row(key="ceiling", point="", high="7500000")
    later = row(key="later", published="2018-06-20")
    found = public.scored(table(row(), floor, ceiling, later), record())
    assert found["key"].tolist() == ["A1", "floor", "ceiling"]
    assert found["median"].tolist() == [7_900_000] * 3
    assert found["bound_held"].tolist() == [None, True, False]
    rates = public.errors(found)
    assert rates["key"].tolist() == ["A1"]
    assert rates["institution_error"].iloc[0] == pytest.approx(8e6 / 7_538_952 - 1)
    assert rates["projection_error"].iloc[0] == pytest.approx(7.9e6 / 7_538_952 - 1)
    assert rates["held_80"].tolist() == [True]


def test_targets_and_totals_both_ways_are_no_rows_of_the_comparison_by_lead() -> None:
    scored = pd.DataFrame(
        {
            "key": list("abcd"),
            "flow": ["KOR-JPN", "KOR-JPN", "KOR-JPN", "both"],
            "kind": ["model forecast", "official expectation", "target", "model forecast"],
            "year": 2018,
            "as_of": "2018-04",
            "lead": [8, 2, 8, 8],
            "point": [110.0, 90.0, 300.0, 300.0],
            "actual": 100.0,
            "median": [120.0, 101.0, 100.0, 100.0],
            "low_80": 95.0,
            "high_80": [130.0, 99.0, 130.0, 130.0],
            "last_year": 50.0,
            "year_to_date": 100.0,
        }
    )
    found = public.by_lead(scored).set_index("long_lead")
    assert found["count"].to_dict() == {False: 1, True: 1}
    assert found["institution_error"].to_dict() == pytest.approx({False: 0.1, True: 0.1})
    assert found["projection_error"].to_dict() == pytest.approx({False: 0.01, True: 0.2})
    assert found["institution_nearer"].to_dict() == {False: 0, True: 1}
    assert found["held_80"].to_dict() == {False: 0, True: 1}


def test_open_figures_stand_with_the_chance_we_give_them() -> None:
    made = april_2018()
    listed = table(
        row(),
        row(key="past", published="2017-05-20", period="2017"),
        row(key="later", published="2018-09-20"),
    )
    found = public.still_open(listed, made)
    assert found["key"].tolist() == ["A1"]
    higher = public.still_open(table(row(point="1")), made)
    assert higher["probability"].tolist() == [1.0]
    floor = public.still_open(table(row(point="", low="1", high="2")), made)
    assert floor["probability"].tolist() == [0.0]


def test_the_committed_list_reads_and_every_row_has_a_source() -> None:
    listed = public.public_forecasts()
    assert len(listed) == 147
    assert not listed["key"].duplicated().any()
    assert listed["address"].str.startswith("http").mean() > 0.9
    assert (listed[["low", "point", "high"]].notna().any(axis=1)).all()
    assert len(public.comparable(listed)) > 40
