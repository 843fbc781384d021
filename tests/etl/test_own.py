"""Figures of the user's own: kept apart, marked, given way to the official ones, and removable."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from crossings.tables.flows import load, read_table
from crossings.tables.user_figures import rows_in_use
from etl import own, upload
from etl.__main__ import main
from etl.errors import CheckFailed, WorkbookUnreadable
from etl.refresh import bring_in, refresh
from etl.report import FINE, NOTHING_NEW
from tests.etl import server, small, workbooks
from tests.etl.server import BOOK, PAGE, Publisher, gives

PROJECT = Path(__file__).resolve().parents[2]
ADD = [
    "--lang",
    "en",
    "add",
    "2026-09",
    "--origin",
    "KOR",
    "--destination",
    "JPN",
    "--visitors",
    "312000",
    "--source",
    "press",
]


def test_a_figure_is_added_shown_and_removed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = small.contents(data)
    assert main([*ADD, "--note", "press release"]) == 0
    assert "Entered by you: September 2026, KOR to JPN, 312,000." in capsys.readouterr().out
    assert main(["--lang", "en", "status", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["added"]
    assert (row["month"], row["visitors"], row["note"]) == ("2026-09", "312000", "press release")
    assert main(["remove", "2026-09", "--origin", "KOR", "--destination", "JPN", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"added": []}
    assert small.contents(data) == before


def test_month_country_and_day_as_people_write_them(data: Path) -> None:
    words = {"2026-09": "2026년 9월", "KOR": "한국"}
    main([*(words.get(word, word) for word in ADD), "--seen", "2024. 10. 21."])
    (row,) = own.read().to_dict("records")
    assert (row["month"], row["origin"], row["seen"]) == ("2026-09", "KOR", "2024-10-21")


def test_a_doubtful_figure_names_the_switch_that_enters_it(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doubtful = [*ADD[:9], "31200000", *ADD[10:]]
    assert main(doubtful) == 1
    assert "repeat the command with --yes" in capsys.readouterr().err
    assert main([*doubtful, "--yes"]) == 0


def test_a_second_figure_for_a_month_takes_the_place_of_the_first(data: Path) -> None:
    main(ADD)
    main([*ADD[:9], "320000", *ADD[10:]])
    assert own.read()["visitors"].tolist() == ["320000"]


def test_it_gives_way_when_the_official_figure_arrives(
    data: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    main(ADD)
    assert len(own.in_use(read_table("visitors"))) == 1
    publisher.routes = {PAGE: gives(server.page()), BOOK: gives(small.after())}
    refresh(("jnto",))
    official = read_table("visitors")
    assert own.in_use(official).empty
    (difference,) = own.given_way(official)
    assert (difference.added, difference.official) == (312_000, 302_700)
    capsys.readouterr()
    main(["--lang", "en", "status"])
    assert "is 302,700; you had entered 312,000." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({3: "2026-13"}, "not a month"),
        ({3: "2026-08"}, "official figure"),
        ({3: "2031-01"}, "too long after"),
        ({3: "1990-01"}, "Only months after it"),
        ({5: "JPN"}, "not a known series"),
        ({5: "EARTH"}, "not a known series"),
        ({9: "-1"}, "whole number of persons"),
        ({9: "999999999999"}, "not a possible"),
        ({11: "p" * 201}, "source: 201 characters; at most 200"),
    ],
)
def test_figures_that_cannot_be(
    data: Path, capsys: pytest.CaptureFixture[str], change: dict[int, str], said: str
) -> None:
    words = [change.get(at, word) for at, word in enumerate(ADD)]
    assert main([*words[:8], f"--visitors={words[9]}", *words[10:], "--format", "json"]) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert json.loads(told.out)["error"] in ("NotAdded", "NotUnderstood", "TextRefused")
    assert own.read().empty


def test_a_damaged_file_of_added_figures_is_put_aside_and_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(ADD)
    own.path().write_text("month\n1\n")
    assert own.read().empty
    (damaged,) = own.put_aside()
    assert damaged.read_text() == "month\n1\n"
    capsys.readouterr()
    assert main(["--lang", "en", "status"]) == 0
    assert str(damaged) in capsys.readouterr().out
    assert main(ADD) == 0
    assert own.read()["visitors"].tolist() == ["312000"]


@pytest.mark.parametrize("note", ["=cmd()", "+1", "-1", "@x", "\t=1"])
def test_no_formula_stays_in_a_note(note: str) -> None:
    assert not own.plain_note(note).startswith(own.FORMULA_STARTS)


def test_the_folder_of_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CROSSINGS_OWN", raising=False)
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    assert own.path().parent.name == "crossings"
    assert own.path().name == "added.csv"


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are not on this system")
def test_a_full_disk_keeps_the_figures_added_before(data: Path) -> None:
    main(ADD)
    kept = own.path().read_bytes()
    code = (
        "import resource, signal, sys; from etl.__main__ import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *ADD[:9], "340000", *ADD[10:]],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert own.path().read_bytes() == kept
    left = [path.name for path in own.path().parent.iterdir() if path.suffix != ".lock"]
    assert left == ["added.csv"]


def test_a_workbook_with_links_to_other_files_brings_no_formula(data: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["month", "origin", "destination", "visitors", "note"])
    sheet.append(["2026-09", "KOR", "JPN", 312_000, '=HYPERLINK("http://example.com")'])
    linked = workbooks.linked(
        workbooks.saved(book), to="http://127.0.0.1:9/x.xlsx", sheet=sheet.title, cell="D2"
    )
    (row,) = upload.read(linked, name="mine.xlsx").rows
    assert row.visitors == 312_000
    assert not row.note.startswith(own.FORMULA_STARTS)


TABLE = (
    'month,origin,destination,visitors,note\n2026-09,kor,jpn,"312,000",=1+1\n2026-09,JPN,KOR,230000,press\n'
)


@pytest.mark.parametrize(
    "content", [TABLE.encode(), TABLE.encode("utf-8-sig"), TABLE.replace("=1+1", "보도").encode("cp949")]
)
def test_a_table_of_ones_own(data: Path, content: bytes) -> None:
    found = upload.read(content, name="whatever.xlsx")
    assert found.release is None
    assert upload.keep(found, official=read_table("visitors"), day="2026-10-01") == 2
    assert own.read()["visitors"].tolist() == ["312000", "230000"]
    assert not own.read()["note"].str.startswith("=").any()


def test_a_workbook_of_ones_own(data: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Month", "Origin", "Destination", "Visitors"])
    sheet.append([pd.Timestamp("2026-09-01").to_pydatetime(), "KOR", "JPN", 312_000])
    (row,) = upload.read(workbooks.saved(book), name="mine.csv").rows
    assert (row.month, row.visitors) == ("2026-09", 312_000)


def test_no_month_may_be_left_out(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = ["2026-10" if word == "2026-09" else word for word in ADD]
    assert main(later) == 1
    assert "A month before October 2026 is missing" in capsys.readouterr().err
    assert main(ADD) == main(later) == 0
    months = TABLE.replace("2026-09,JPN", "2026-10,JPN") + "2026-09,JPN,KOR,210000,press\n"
    found = upload.read(months.encode(), name="mine.csv")
    assert upload.keep(found, official=read_table("visitors"), day="2026-10-01") == 3


def test_a_month_whose_forerunner_was_removed_waits(data: Path) -> None:
    main(ADD)
    main(["2026-10" if word == "2026-09" else word for word in ADD])
    official = read_table("visitors")
    assert rows_in_use(official)["month"].tolist() == ["2026-09", "2026-10"]
    main(["remove", "2026-09", "--origin", "KOR", "--destination", "JPN"])
    assert rows_in_use(official).empty
    assert own.in_use(official)["month"].tolist() == ["2026-10"]


def test_a_table_is_taken_whole_or_not_at_all(data: Path) -> None:
    found = upload.read((TABLE + "2026-08,KOR,JPN,1,\n").encode(), name="mine.csv")
    with pytest.raises(own.NotAdded):
        upload.keep(found, official=read_table("visitors"), day="2026-10-01")
    assert own.read().empty


def test_an_official_workbook_is_known_whatever_it_is_called(data: Path) -> None:
    found = upload.read(small.after(), name="download.csv")
    assert found.release is not None
    done = bring_in(found.release)
    assert done.sources[0].state == FINE
    assert read_table("visitors")["source"].isin(["jnto_20261021"]).any()
    assert bring_in(found.release).sources[0].state == NOTHING_NEW


def kto_book(total: int) -> bytes:
    def edit(book: openpyxl.Workbook) -> None:
        for row, visitors in ((4, 206_177), (7, 306_177), (10, 96_177), (14, total)):
            for column in range(2, 8):
                book.worksheets[0].cell(row, column).value = visitors if column in (2, 7) else 0

    return workbooks.kto_monthly(2026, 9, edit=edit)


def test_ktos_workbook_by_hand(data: Path) -> None:
    found = upload.read(kto_book(640_000), name="kto.xlsx")
    assert found.release is not None
    assert (found.release.published, found.release.dated) == ("2026-10-30", "rule")
    bring_in(found.release)
    rows = read_table("visitors")
    here = rows[(rows["month"] == "2026-09") & (rows["destination"] == "KOR")].set_index("origin")["visitors"]
    assert here[["JPN", "TOTAL"]].tolist() == ["206177", "640000"]


def test_a_workbook_that_does_not_pass_changes_nothing(data: Path) -> None:
    before = small.contents(data)
    found = upload.read(kto_book(64_000_000), name="kto.xlsx")
    assert found.release is not None
    with pytest.raises(CheckFailed, match="2026-09"):
        bring_in(found.release)
    assert small.contents(data) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>hello", "neither"),
        (b"month,visitors\n2026-09,5\n", "neither"),
        (b"", "neither"),
        (b"\x00\x01\x02", "neither"),
        (TABLE.replace("230000", "many").encode(), "row 3"),
        (small.after()[:5000], "incomplete"),
    ],
)
def test_files_that_are_no_figures(content: bytes, said: str) -> None:
    with pytest.raises((upload.NotATable, WorkbookUnreadable), match=said):
        upload.read(content, name="upload.xlsx")


def test_the_data_version_returns_when_the_last_added_figure_is_taken_away(data: Path) -> None:
    before = load().digest
    assert main(ADD) == 0
    assert load().digest != before
    assert main(["remove", "2026-09", "--origin", "KOR", "--destination", "JPN"]) == 0
    assert not own.path().exists()
    assert load().digest == before
