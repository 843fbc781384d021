"""The build makes every table from the inputs, says what it lacks, and changes nothing when it fails."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from etl import history
from etl.build import build, inputs_folder
from etl.errors import CheckFailed, InputsMissing
from etl.releases import due
from etl.tables import TABLES

DATA = Path(__file__).resolve().parents[2] / "data"
SHARED = Path(os.environ.get("CROSSINGS_INPUTS", Path(__file__).resolve().parents[3] / "shared" / "data"))
needs_inputs = pytest.mark.skipif(
    not (SHARED / "jnto").is_dir(), reason="the folder of inputs is not beside the project"
)


@needs_inputs
def test_a_build_from_the_inputs_starts_from_what_is_known(tmp_path: Path) -> None:
    pytest.importorskip("currency_converter")
    changed = build(SHARED, folder=tmp_path / "data")
    assert set(changed) == {"datapackage.json", *(f"{name}.csv" for name in TABLES)}
    assert build(SHARED, folder=tmp_path / "data") == []


@needs_inputs
def test_every_input_figure_is_there_and_no_other() -> None:
    built = pd.read_csv(DATA / "visitors.csv")
    for destination, name in (
        ("JPN", "jnto/arrivals_japan_monthly.csv"),
        ("KOR", "kto/arrivals_korea_monthly.csv"),
    ):
        figures = pd.read_csv(SHARED / name).rename(columns={"period": "month"})
        here = built[(built["destination"] == destination) & (built["month"] <= "2026-08")]
        both = here.merge(figures, on=["month", "origin"], how="outer", suffixes=("", "_input"))
        settled = both[both["month"] < "2026-01"]
        assert (settled["visitors"] == settled["visitors_input"]).all()
        assert len(both) == len(figures)


@needs_inputs
def test_a_damaged_input_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    pytest.importorskip("currency_converter")
    inputs = Path(shutil.copytree(SHARED, tmp_path / "inputs", ignore=shutil.ignore_patterns("raw")))
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    path = inputs / "kto" / "arrivals_korea_monthly.csv"
    path.chmod(0o644)
    path.parent.chmod(0o755)
    path.write_text(path.read_text().replace("2019-01,JPN,206526", "2019-01,JPN,206527"))
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    with pytest.raises(CheckFailed, match=r"2019-01\.\.2019-12"):
        build(inputs, folder=folder)
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before


def test_a_folder_without_inputs_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputsMissing, match=r"jnto/arrivals_japan_monthly\.csv is not in empty"):
        build(tmp_path / "empty", folder=tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_the_folder_of_inputs_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CROSSINGS_INPUTS", str(tmp_path))
    assert inputs_folder() == tmp_path
    monkeypatch.delenv("CROSSINGS_INPUTS")
    assert inputs_folder().parts[-2:] == ("shared", "data")


def test_release_days_by_rule() -> None:
    assert [due("JNTO", month).isoformat() for month in ("2026-08", "2026-09", "2026-10")] == [
        "2026-09-16", "2026-10-21", "2026-11-18"
    ]  # fmt: skip
    assert [due("KTO", month).isoformat() for month in ("2026-01", "2026-09")] == ["2026-02-27", "2026-10-30"]


def current(visitors: str, status: str = "definitive", source: str = "jnto202603") -> pd.DataFrame:
    row = {"month": "2024-08", "origin": "KOR", "destination": "JPN", "visitors": visitors, "status": status}
    return pd.DataFrame([{**row, "source": source}])


def seen(*values: tuple[str, str, str]) -> pd.DataFrame:
    rows = [
        {
            "period": "2024-08",
            "origin": "KOR",
            "as_of": day,
            "visitors": visitors,
            "status": status,
            "source": "x",
        }
        for day, visitors, status in values
    ]
    return history.jnto_earlier(pd.DataFrame(rows))


def test_earlier_values_close_with_the_one_that_stands() -> None:
    earlier = seen(("2024-10-01", "612100", "estimate"), ("2024-12-20", "612172", "provisional"))
    rows = history.succession(earlier, current("612172"))
    assert rows["published"].tolist() == ["2024-09-18", "2024-12-20", "2025-07"]
    assert rows["dated"].tolist() == ["release", "seen", "rule"]
    assert rows["visitors"].tolist() == ["612100", "612172", "612172"]


def test_equal_neighbours_are_joined_and_months_without_revision_left_out() -> None:
    earlier = seen(("2024-10-01", "612100", "estimate"), ("2024-11-01", "612100", "estimate"))
    assert len(history.succession(earlier, current("612172"))) == 2
    assert history.succession(earlier, current("612100", "estimate")).empty


def test_a_rule_never_dates_a_value_before_an_earlier_one() -> None:
    rows = history.succession(seen(("2026-01-05", "612170", "provisional")), current("612172"))
    assert rows["published"].tolist() == ["2026-01-05", "2026-03-18"]
