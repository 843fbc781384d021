"""Missing and damaged tables: a named sentence in the reader's language, never a traceback."""

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from crossings.language import Language
from crossings.tables import flows
from crossings.tables.flows import PUBLISHED, DataDamaged, file_mark, read_table
from tests.pages import opened

TABLES = sorted(path.name for path in PUBLISHED.iterdir() if path.is_file())
SCRIPT = {"en": ("a", "z"), "ko": ("가", "힣"), "ja": ("ぁ", "ヶ")}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for copies of the published tables."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def folder(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the published tables, each file whole, that the app reads without waiting for a refresh's end."""
    for name in TABLES:
        if file_mark(copied / name) != file_mark(PUBLISHED / name):
            shutil.copy2(PUBLISHED / name, copied / name)
    monkeypatch.setenv("CROSSINGS_DATA", str(copied))
    monkeypatch.setattr(flows, "PAUSES_SECONDS", (0.0,) * len(flows.PAUSES_SECONDS))
    return copied


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


def _cut(text: str) -> str:
    return text[: len(text) * 2 // 3]


def _header_alone(text: str) -> str:
    return text.partition("\n")[0] + "\n"


def _bad_cell(text: str) -> str:
    head, rows = text.split("\n", 1)
    return head + "\n" + "![x](http://hostile.example)," + rows.partition(",")[2]


def _turned(text: str) -> str:
    head, *rows = text.rstrip("\n").split("\n")
    return "\n".join([head, *rows[::-1]]) + "\n"


DAMAGES = {"header alone": _header_alone, "cut": _cut, "bad cell": _bad_cell, "turned": _turned}
CSV = [name for name in TABLES if name.endswith(".csv")]
NEEDED_BY = [
    ("history", "exchange_rates.csv"),
    ("history", "statements.csv"),
    ("abroad", "residents.csv"),
    ("abroad", "joint_evacuations.csv"),
    ("track_record", "track_record.csv"),
    ("track_record", "track_record_marks.csv"),
    ("milestone", "vintages.csv"),
]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", CSV)
def test_every_table_is_held_against_its_description(folder: Path, name: str, damage: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    changed = DAMAGES[damage](text)
    path.write_text(changed, "utf-8")
    if changed == text:  # a table without rows, or of one row
        assert list(read_table(path.stem, folder=folder))
        return
    with pytest.raises(DataDamaged, match=re.escape(name)):
        read_table(path.stem, folder=folder)


@pytest.mark.parametrize("damage", ["header alone", "cut", "bad cell"])
@pytest.mark.parametrize(("page", "name"), NEEDED_BY)
def test_a_page_that_needs_it_names_file_and_remedy(folder: Path, page: str, name: str, damage: str) -> None:
    path = folder / name
    path.write_text(DAMAGES[damage](path.read_text("utf-8")), "utf-8")
    tried = opened.app(page, lang="en").run()
    assert not tried.exception
    told = [error.value.replace("\\", "") for error in tried.error]
    assert any(name in text and "python -m etl build" in text for text in told), told
    assert not [text for text in told if "(fault " in text]


CONTENTS = {"de": b"", "fr": b'msgid "', "es": b"\xff\xfe", "it": b'msgid "a"\nmsgstr "{b}"\n'}


@pytest.mark.parametrize("code", CONTENTS)
def test_a_damaged_catalogue_is_told_by_its_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str
) -> None:
    """A language that no other test reads: what was read once is kept."""
    (tmp_path / f"{code}.po").write_bytes(CONTENTS[code])
    monkeypatch.setattr("crossings.language.language.CATALOGUES", tmp_path)
    assert Language(code)("a", c=1) == "a"
    assert Language(code).damaged_catalogue == ("" if code == "it" else f"locales/{code}.po")
