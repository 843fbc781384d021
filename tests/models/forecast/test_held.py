"""How often intervals held at the same point of the year, counted from the record."""

import pandas as pd
import pytest

from crossings.models.forecast.held import Held, held
from crossings.models.models import Models
from crossings.tables import flows
from crossings.tables.flows import Flow

MODELS = Models(flows.load())


@pytest.mark.parametrize("flow", list(Flow))
@pytest.mark.parametrize(("year", "as_of"), [(2026, "2026-08"), (2027, "2026-08"), (2026, "2026-12")])
def test_every_year_of_an_era_is_counted_once(flow: Flow, year: int, as_of: str) -> None:
    record, month = MODELS.track_record(), pd.Period(as_of, "M")
    assert record is not None
    known = month.month - 12 * (year - month.year)
    for row in held(record, flow=flow, year=year, as_of=month):
        answers = record.answers.query("flow == @flow.value and months_known == @known and era == @row.era")
        rows = zip(answers["low_80"], answers["actual"], answers["high_80"], strict=True)
        inside = [bool(low <= actual <= high) for low, actual, high in rows]
        assert row == Held(row.era, known, sum(inside), len(inside))
        assert answers["year"].is_unique


def test_without_a_like_answer_nothing_is_said() -> None:
    record = MODELS.track_record()
    assert record is not None
    assert held(record, flow=Flow.BOTH, year=2036, as_of=pd.Period("2026-08", "M")) == ()
