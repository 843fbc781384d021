"""The Track record page without a record: it says how to make one, and keeps the worked examples."""

import shutil
from pathlib import Path

import pytest

from crossings.tables.flows import data_folder
from tests.pages import opened


@pytest.mark.parametrize("code", opened.CODES)
def test_without_a_record_the_page_says_how_to_make_one(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = shutil.ignore_patterns("track_record*.csv")
    monkeypatch.setenv("CROSSINGS_DATA", str(shutil.copytree(data_folder(), tmp_path / "data", ignore=kept)))
    tried = opened.app("track_record", lang=code).run()
    assert opened.faults(tried) == []
    assert "`python -m etl backtest`" in opened.answer(tried)
    assert len([block for block in tried.markdown if block.value.startswith("**")]) == 3


def test_a_link_for_a_number_of_months_says_how_those_forecasts_held() -> None:
    tried = opened.looked_at("track_record", (("lang", "en"), ("era", "since 2023"), ("months", "8")))
    assert opened.faults(tried) == []
    (said,) = [one.value for one in tried.markdown if "**8 months** published" in one.value]
    assert "of 3** years" in said
    assert tried.query_params["months"] == "8"
