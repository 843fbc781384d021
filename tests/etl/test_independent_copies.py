"""The committed figures agree to the digit with copies of the offices' files that nobody here made."""

import os
from pathlib import Path

import pandas as pd
import pytest

from etl.sources import jnto, kto
from etl.tables import STATUSES
from tests.etl import real

SHARED = Path(os.environ.get("CROSSINGS_SHARED", Path(__file__).resolve().parents[3] / "shared" / "data"))
JNTO, KTO = SHARED / "jnto" / "raw", SHARED / "kto" / "raw"
needs_copies = pytest.mark.skipif(
    not (JNTO.is_dir() and KTO.is_dir()), reason="the folder of raw publications is not beside the project"
)


def beside(read: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of a copy beside the committed ones of the same month and series."""
    committed = pd.read_csv(real.DATA / "visitors.csv")
    return read.merge(committed, on=["month", "origin", "destination"], suffixes=("", "_here"))


def differing(both: pd.DataFrame) -> pd.DataFrame:
    return both[both["visitors"] != both["visitors_here"]]


@needs_copies
@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("jnto_202109_since2003_visitor_arrivals.xlsx", 8_390),
        ("jnto_20260318_1615-5_since2003_visitor_arrivals.xlsx", 10_508),
    ],
)
def test_jntos_workbooks_differ_only_where_the_figure_was_made_firmer(name: str, compared: int) -> None:
    both = beside(jnto.parse(JNTO / name).rows)
    assert len(both) == compared
    other = differing(both)
    rank = {status: place for place, status in enumerate(STATUSES)}
    assert (other["status_here"].map(rank) > other["status"].map(rank)).all()
    assert (other["visitors"] / other["visitors_here"] - 1).abs().loc[
        other["visitors_here"] > 10_000
    ].max() < 0.01


@needs_copies
def test_ktos_export_is_equal_in_every_month() -> None:
    both = beside(kto.parse(KTO / "know_purpose_nationality_201901_202505.xls").rows)
    assert len(both) == 4_620
    assert differing(both).empty


@needs_copies
def test_ktos_monthly_workbooks_differ_only_where_the_first_release_is_on_record() -> None:
    earlier = pd.read_csv(real.DATA / "vintages.csv")
    for name, months in (("kto_201901.xlsx", 0), ("kto_202005.xlsx", 3)):
        other = differing(beside(kto.parse(KTO / name).rows))
        assert len(other) == months
        on_record = other.merge(earlier, on=["month", "origin", "destination", "visitors"])
        assert set(on_record["origin"]) == set(other["origin"])
