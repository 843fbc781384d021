"""Statements lose what was known only later, and are refused where the reading no longer fits them."""

import pandas as pd
import pytest

from etl import supplement
from etl.supplement import InputsChanged


def listed(date: str, said: str, *, kind: str = "forecast (missed)", source: str = "seed;x") -> pd.DataFrame:
    row = {"date": date, "speaker": "A", "statement_in_our_words": said, "figure_persons": "10000000"}
    return pd.DataFrame(
        [{**row, "figure_kind": kind, "how_counted": "JNTO", "source": source, "confidence": "verified"}]
    )


def test_later_knowledge_is_cut() -> None:
    said = "Ten million came into view; the year ended at 9.46 million."
    row = supplement.statements(listed("2025-04-16", said)).iloc[0]
    assert row["statement"] == "Ten million came into view."
    assert (row["kind"], row["flow"], row["year"], row["source"]) == ("forecast", "KOR-JPN", "2025", "x")


@pytest.mark.parametrize(
    ("date", "said"), [("2025-04-16", "Ten million came into view."), ("2025-04-17", "Another.")]
)
def test_another_statement_is_refused(date: str, said: str) -> None:
    with pytest.raises(InputsChanged, match=date):
        supplement.statements(listed(date, said))


def test_air_supply_keeps_both_directions_of_one_measure() -> None:
    rows = pd.DataFrame(
        [
            ("2024-01", "A", "yes", "10", ""),
            ("2024-01", "A", "no", "5", "7"),
            ("2024-01", "B", "yes", "9", "8"),
        ],
        columns=["month", "measure", "both_directions", "flights", "passengers"],
    ).assign(source="s")
    kept = supplement.air_supply(rows)
    assert kept.to_numpy().tolist() == [["2024-01", "10", "", "s"]]
