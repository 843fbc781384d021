"""The committed track record belongs to the engine that is committed."""

import pandas as pd
import pytest

from crossings.models.forecast.backtest import (
    RATIOS,
    TRACK_RECORD,
    answers,
    only_directions,
    origins,
    track_record,
)
from crossings.models.forecast.pool import MODEL_VERSION
from crossings.tables.flows import data_folder, load

ORIGIN = "2018-03"
RUN = "Run: python -m etl backtest"

pytestmark = pytest.mark.skipif(
    not (data_folder() / f"{TRACK_RECORD}.csv").exists(), reason=f"no track record is committed. {RUN}"
)


def test_the_record_is_of_this_model_version() -> None:
    assert set(track_record().answers["model_version"]) == {MODEL_VERSION}, RUN


def test_the_record_holds_every_month_that_can_be_scored() -> None:
    record = track_record()
    assert set(record.answers["as_of"]) == {str(month) for month in origins(load())}, RUN
    assert len(record.marks) == len(RATIOS) * len(record.answers)


def test_the_engine_still_says_what_the_record_holds() -> None:
    said, _ = answers(only_directions(load()), as_of=pd.Period(ORIGIN, freq="M"))
    held = track_record().answers
    rows = held[held["as_of"] == ORIGIN].to_dict("records")
    found = {(row["flow"], row["year"]): row for row in rows}
    assert len(said) == len(found) == 9, RUN
    for one in said:
        row = found[(one.flow, one.year)]
        assert row["median"] == pytest.approx(one.median, rel=2e-3), RUN
        assert row["low_80"] == pytest.approx(one.low_80, rel=2e-3), RUN
        assert row["high_80"] == pytest.approx(one.high_80, rel=2e-3), RUN
