"""The build makes every table from the inputs, says what it lacks, and changes nothing when it fails."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from etl import history
from etl.build import WORKED_OUT, build, inputs_folder
from etl.errors import CheckFailed, InputsMissing
from etl.releases import due
from etl.tables import COMPUTED, TABLES

DATA = Path(__file__).resolve().parents[2] / "data"
INPUTS = DATA / "inputs"


def with_computed_tables(folder: Path) -> Path:
    """Return a folder that holds only the computed tables and the description that names them."""
    folder.mkdir()
    for name in ("datapackage.json", *(f"{name}.csv" for name in COMPUTED)):
        shutil.copy(DATA / name, folder)
    return folder


def test_a_build_gives_the_published_tables_to_the_byte(tmp_path: Path) -> None:
    folder = with_computed_tables(tmp_path / "data")
    assert set(build(folder=folder)) == {f"{name}.csv" for name in TABLES}
    for name in ("datapackage.json", *(f"{name}.csv" for name in TABLES)):
        assert (folder / name).read_bytes() == (DATA / name).read_bytes(), name
    assert build(folder=folder) == []


def test_a_build_in_an_empty_folder_starts_from_what_is_known(tmp_path: Path) -> None:
    changed = build(folder=tmp_path / "data")
    assert set(changed) == {"datapackage.json", *(f"{name}.csv" for name in TABLES)}


def test_every_input_is_named_in_its_readme() -> None:
    said = (INPUTS / "README.md").read_text("utf-8")
    assert [path.name for path in INPUTS.glob("*.csv") if f"`{path.name}`" not in said] == []
    assert {path.stem for path in (INPUTS / "tables").glob("*.csv")} == set(TABLES) - set(WORKED_OUT)


def test_a_damaged_input_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    inputs = Path(shutil.copytree(INPUTS, tmp_path / "inputs"))
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    path = inputs / "visitors_to_korea.csv"
    path.write_text(path.read_text().replace("2019-01,JPN,206526", "2019-01,JPN,206527"))
    before = {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}
    with pytest.raises(CheckFailed, match=r"2019-01\.\.2019-12"):
        build(inputs, folder=folder)
    assert {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()} == before


def test_a_folder_without_inputs_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputsMissing, match=r"tables/\w+\.csv is not in empty"):
        build(tmp_path / "empty", folder=tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_the_folder_of_inputs_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CROSSINGS_INPUTS", str(tmp_path))
    assert inputs_folder() == tmp_path
    monkeypatch.delenv("CROSSINGS_INPUTS")
    assert inputs_folder() == INPUTS


def test_release_days_by_rule() -> None:
    assert [due("JNTO", month).isoformat() for month in ("2026-08", "2026-09", "2026-10")] == [
        "2026-09-16",
        "2026-10-21",
        "2026-11-18",
    ]
    assert [due("KTO", month).isoformat() for month in ("2026-01", "2026-09")] == ["2026-02-27", "2026-10-30"]


DAYS_SEEN = pd.DataFrame([("JNTO", "2024-09-18")], columns=["office", "date"])
SOURCES = pd.DataFrame([("jnto202603", "2026-03-18")], columns=["key", "published"])


def current(visitors: str, status: str = "definitive", source: str = "jnto202603") -> pd.DataFrame:
    row = {"month": "2024-08", "origin": "KOR", "destination": "JPN", "visitors": visitors, "status": status}
    return pd.DataFrame([{**row, "source": source}])


def seen(*values: tuple[str, str, str]) -> pd.DataFrame:
    rows = [
        {
            "month": "2024-08",
            "origin": "KOR",
            "as_of": day,
            "visitors": visitors,
            "status": status,
            "source": "x",
        }
        for day, visitors, status in values
    ]
    return history.jnto_earlier(pd.DataFrame(rows), DAYS_SEEN)


def test_earlier_values_close_with_the_one_that_stands() -> None:
    earlier = seen(("2024-10-01", "612100", "estimate"), ("2024-12-20", "612172", "provisional"))
    rows = history.succession(earlier, current("612172"), SOURCES)
    assert rows["published"].tolist() == ["2024-09-18", "2024-12-20", "2025-07"]
    assert rows["dated"].tolist() == ["release", "seen", "rule"]
    assert rows["visitors"].tolist() == ["612100", "612172", "612172"]


def test_equal_neighbours_are_joined_and_months_without_revision_left_out() -> None:
    earlier = seen(("2024-10-01", "612100", "estimate"), ("2024-11-01", "612100", "estimate"))
    assert len(history.succession(earlier, current("612172"), SOURCES)) == 2
    assert history.succession(earlier, current("612100", "estimate"), SOURCES).empty


def test_a_rule_never_dates_a_value_before_an_earlier_one() -> None:
    rows = history.succession(seen(("2026-01-05", "612170", "provisional")), current("612172"), SOURCES)
    assert rows["published"].tolist() == ["2026-01-05", "2026-03-18"]
