"""Computed tables: described beside the built ones, checked once they stand there, left in place by every run."""

import json
from pathlib import Path

import pandas as pd
import pytest

from crossings.models.forecast.backtest import TRACK_RECORD, TRACK_RECORD_MARKS, answers
from crossings.tables.package import PACKAGE
from etl.backtest import tables
from etl.build import files
from etl.check import check
from etl.describe import computed, with_computed
from etl.errors import CheckFailed
from etl.tables import COMPUTED, TABLES, from_bytes
from tests.models.forecast.test_backtest import figures


@pytest.fixture(scope="module")
def record() -> dict[str, bytes]:
    """The two tables of a record of one month."""
    said, marks = answers(figures("2012-12", noise=0.05), as_of=pd.Period("2011-06", "M"), n_paths=30)
    part = {TRACK_RECORD: [vars(one) for one in said], TRACK_RECORD_MARKS: [vars(one) for one in marks]}
    return tables([part])


@pytest.fixture
def folder(data: Path, record: dict[str, bytes]) -> Path:
    """The small tables with the record beside them, described."""
    described = with_computed(data, {name.removesuffix(".csv"): content for name, content in record.items()})
    for name, content in {**record, PACKAGE: described}.items():
        (data / name).write_bytes(content)
    return data


def names(folder: Path) -> list[str]:
    return [one["name"] for one in json.loads((folder / PACKAGE).read_text("utf-8"))["resources"]]


def test_a_described_record_passes(folder: Path) -> None:
    assert check(folder) == []
    assert names(folder) == [*TABLES, *COMPUTED]
    assert all(one["sources"] for one in computed(folder))


def test_without_a_record_there_is_nothing_to_describe(data: Path) -> None:
    assert computed(data) == []
    assert names(data) == list(TABLES)


def test_new_tables_keep_its_description(folder: Path) -> None:
    frames = {name: from_bytes((folder / f"{name}.csv").read_bytes()) for name in TABLES}
    assert files(frames, computed=computed(folder))[PACKAGE] == (folder / PACKAGE).read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "missing or damaged"),
        (b"", "missing or damaged"),
        (b"as_of,flow\n2011-06,both\n", "the columns are"),
    ],
)
def test_a_damaged_record_is_named(folder: Path, content: bytes | None, said: str) -> None:
    path = folder / f"{TRACK_RECORD}.csv"
    path.unlink() if content is None else path.write_bytes(content)
    found = [str(finding) for finding in check(folder)]
    assert found
    assert all(path.name in one for one in found)
    assert said in found[0]


def test_a_record_changed_by_hand_is_named(folder: Path) -> None:
    path = folder / f"{TRACK_RECORD}.csv"
    path.write_bytes(path.read_bytes() + b"2011-07" + path.read_bytes().splitlines()[-1][7:] + b"\n")
    assert ["changed by hand" in str(finding) for finding in check(folder)] == [True]


def test_a_record_that_is_not_described_is_named(folder: Path, record: dict[str, bytes]) -> None:
    package = json.loads((folder / PACKAGE).read_text("utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] != TRACK_RECORD]
    (folder / PACKAGE).write_text(json.dumps(package), "utf-8")
    assert ["description of track_record" in str(finding) for finding in check(folder)] == [True]


def test_a_folder_without_a_description_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckFailed, match=r"datapackage\.json is missing"):
        with_computed(tmp_path, {})
