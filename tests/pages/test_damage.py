"""Missing and damaged tables: a named sentence in the reader's language, never a traceback."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from crossings.tables.flows import data_folder
from tests.pages import opened

TABLES = sorted(path.name for path in data_folder().iterdir() if path.is_file())
SCRIPT = {"en": ("a", "z"), "ko": ("가", "힣"), "ja": ("ぁ", "ヶ")}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the published tables that the app reads in place of them."""
    copy = tmp_path / "data"
    shutil.copytree(data_folder(), copy)
    monkeypatch.setenv("CROSSINGS_DATA", str(copy))
    return copy


def check_named(tried: AppTest, name: str, code: str) -> None:
    said = [error.value for error in tried.error]
    assert not tried.exception
    assert not [block for block in tried.code if "Traceback" in block.value]
    assert len(said) == 1
    assert name in said[0]
    first, last = SCRIPT[code]
    assert any(first <= letter <= last for letter in said[0])


@pytest.mark.parametrize("code", opened.CODES)
@pytest.mark.parametrize("page", opened.PAGES)
def test_without_the_visitors_each_page_says_so(folder: Path, page: str, code: str) -> None:
    (folder / "visitors.csv").unlink()
    check_named(opened.app(page, lang=code).run(), "visitors.csv", code)


@pytest.mark.parametrize("name", ["vintages.csv", "releases.csv"])
@pytest.mark.parametrize("code", opened.CODES)
def test_the_other_tables_of_every_page_are_named_too(folder: Path, name: str, code: str) -> None:
    (folder / name).unlink()
    check_named(opened.app("overview", lang=code).run(), name, code)


@pytest.mark.parametrize("content", ["", "<!doctype html><html></html>", "month,visitors\n2024-01,5\n"])
def test_a_damaged_table_is_named(folder: Path, content: str) -> None:
    (folder / "visitors.csv").write_text(content, encoding="utf-8")
    check_named(opened.app("overview", lang="ko").run(), "visitors.csv", "ko")


@pytest.mark.parametrize("damage", ["missing", "damaged"])
@pytest.mark.parametrize("name", TABLES)
def test_the_sources_page_names_what_it_cannot_read(folder: Path, name: str, damage: str) -> None:
    if damage == "missing":
        (folder / name).unlink()
    else:
        (folder / name).write_text("<html>", encoding="utf-8")
    tried = opened.app("sources", lang="en").run()
    assert not tried.exception
    assert not [block for block in tried.code if "Traceback" in block.value]
    assert all(name in error.value for error in tried.error)


def test_the_page_is_back_when_the_table_is(folder: Path) -> None:
    kept = (folder / "visitors.csv").read_bytes()
    (folder / "visitors.csv").unlink()
    tried = opened.app("overview", lang="en").run()
    assert tried.error
    (folder / "visitors.csv").write_bytes(kept)
    assert not opened.faults(tried.run())
