"""Where published tables come from, as the description beside them says."""

import json
import shutil
from pathlib import Path

import pytest

from crossings.errors import CrossingsError
from crossings.tables import provenance
from crossings.tables.flows import data_folder
from crossings.tables.package import PACKAGE


def test_a_changed_description_is_read_again(tmp_path: Path) -> None:
    shutil.copy(data_folder() / PACKAGE, tmp_path / PACKAGE)
    first = provenance.tables(tmp_path)
    assert provenance.tables(tmp_path) is first
    record = json.loads((tmp_path / PACKAGE).read_text("utf-8"))
    record["resources"] = record["resources"][:1]
    (tmp_path / PACKAGE).write_text(json.dumps(record), "utf-8")
    assert [table.name for table in provenance.tables(tmp_path)] == [first[0].name]


def test_a_description_that_went_or_broke_is_named(tmp_path: Path) -> None:
    shutil.copy(data_folder() / PACKAGE, tmp_path / PACKAGE)
    assert provenance.tables(tmp_path)
    (tmp_path / PACKAGE).write_text("{", "utf-8")
    with pytest.raises(CrossingsError, match="datapackage"):
        provenance.tables(tmp_path)
    (tmp_path / PACKAGE).unlink()
    with pytest.raises(CrossingsError, match="datapackage"):
        provenance.tables(tmp_path)
