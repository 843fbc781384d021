"""What was said is set beside what came, with only what was known that day."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from crossings.models.events.statements import Statement, judge, known_month, statements
from crossings.tables import flows
from crossings.tables.flows import DataDamaged, DataMissing, Flow, Published

KJ = Flow.KOREANS_TO_JAPAN
HEAD = "date,speaker,statement,persons,kind,flow,year,counted,source,confidence\n"


@pytest.fixture(scope="module")
def published() -> Published:
    return flows.load()


def said(kind: str, persons: float, *, flow: Flow = KJ, year: int | None = 2024) -> Statement:
    return Statement(
        date(2024, 2, 22), "someone", "something", persons, kind, flow, year, "JNTO", "made", "verified"
    )


@pytest.mark.parametrize(
    ("day", "flow", "month"),
    [
        (date(2024, 2, 22), KJ, "2024-01"),
        (date(2024, 2, 20), KJ, "2023-12"),
        (date(2025, 4, 16), KJ, "2025-03"),
        (date(2024, 9, 6), Flow.BOTH, "2024-07"),
        (date(2024, 9, 30), Flow.BOTH, "2024-08"),
        (date(2026, 1, 1), Flow.JAPANESE_TO_KOREA, "2025-11"),
    ],
)
def test_the_last_month_known(day: date, flow: Flow, month: str) -> None:
    assert known_month(day, flow) == pd.Period(month, "M")


def test_a_missed_forecast(published: Published) -> None:
    found = judge(said("forecast", 10e6), published, None)
    assert found.came == 8_817_765
    assert found.passed is False
    assert found.percent is None


def test_a_figure_without_a_year_has_the_first_year_that_reached_it(published: Published) -> None:
    found = judge(said("target", 5e6, flow=Flow.BOTH, year=None), published, None)
    assert (found.came, found.passed, found.first_reached) == (None, None, 2010)
    assert not found.statement.forecastable


def test_a_result_is_not_put_to_the_model() -> None:
    assert not said("result", 10e6).forecastable
    assert said("forecast", 10e6).forecastable


def test_the_model_answers_with_what_was_known(published: Published) -> None:
    from crossings.models.forecast import project

    one = said("forecast", 10e6)
    found = judge(one, published, project(published, as_of=one.known, n_paths=200))
    assert found.percent is not None
    assert found.median is not None
    assert found.percent < 70
    assert 7e6 < found.median < 11e6


def test_a_table_is_read(tmp_path: Path) -> None:
    (tmp_path / "statements.csv").write_text(
        HEAD
        + "2024-02-22,Someone,Ten million in sight.,10000000,forecast,KOR-JPN,2024,JNTO,press,single-source\n"
        + "2006-02-06,Someone,Five million a year.,5000000,target,both,,both,press,single-source\n"
    )
    found = statements(tmp_path)
    assert [one.year for one in found] == [None, 2024]
    assert found[1].known == pd.Period("2024-01", "M")


def test_a_missing_or_damaged_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataMissing):
        statements(tmp_path)
    (tmp_path / "statements.csv").write_text(HEAD + "yesterday,A,B,many,forecast,both,2024,x,y,z\n")
    with pytest.raises(DataDamaged):
        statements(tmp_path)
