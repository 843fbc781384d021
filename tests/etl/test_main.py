"""The command line says what it did and ends with the right code."""

import json
import shutil
from pathlib import Path

import pytest

from crossings.language.language import Language
from etl.__main__ import main, said
from etl.check import check
from tests.etl import server, small

DATA = Path(__file__).resolve().parents[2] / "data"


def test_check_passes_on_the_committed_tables(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSINGS_DATA", str(DATA))
    assert main(["--lang", "en", "check"]) == 0
    assert capsys.readouterr().out == "All checks passed.\n"


def test_check_names_what_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / "data" / "events.csv").unlink()
    monkeypatch.setenv("CROSSINGS_DATA", str(tmp_path / "data"))
    assert main(["--lang", "ko", "check"]) == 1
    out = capsys.readouterr().out
    assert "events.csv" in out
    assert "없거나" in out
    assert said(check(tmp_path / "data")[0], Language("ja")) != str(check(tmp_path / "data")[0])


def test_build_without_inputs_is_a_sentence_and_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CROSSINGS_DATA", str(tmp_path / "data"))
    assert main(["--lang", "en", "build", "--inputs", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().err.startswith("The input file tables/entries.csv is not in nowhere.")


def test_a_wrong_command_line_ends_with_2() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["rebuild"])
    assert ended.value.code == 2


def test_refresh_and_status_by_the_command_line(
    data: Path, publisher: server.Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher.routes = {
        server.PAGE: server.gives(server.page()),
        server.BOOK: server.gives(small.after()),
        server.FRONT_PAGE: server.gives(server.front_page(("2026년 9월", "a.xlsx"))),
        server.DOWNLOAD: server.gives(small.korea_book()),
        server.RATES: server.gives(small.rates()),
    }
    assert main(["--lang", "en", "refresh", "--dry-run", "--source", "jnto"]) == 0
    assert "Dry run: nothing was written." in capsys.readouterr().out
    assert main(["--lang", "ko", "refresh", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {part["source"]: part["state"] for part in told["sources"]} == {
        "jnto": "fetched",
        "datalab": "fetched",
        "estat": "skipped",
        "ecb": "fetched",
    }
    assert "신규 39건" in told["sources"][0]["said"][0]
    assert main(["--lang", "en", "refresh"]) == 0
    assert "jnto: nothing new." in capsys.readouterr().out
    assert main(["--lang", "en", "status"]) == 0
    assert "JNTO: figures to September 2026, published 21 October 2026" in capsys.readouterr().out
    publisher.routes = {}
    assert main(["--lang", "ja", "refresh", "--source", "jnto"]) == 1
    assert "失敗" in capsys.readouterr().out


def test_check_as_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"passed": True, "findings": []}
    (data / "events.csv").unlink()
    assert main(["check", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["table"] == "events.csv"


def test_broken_off_by_the_user(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("etl.refresh.refresh", break_off)
    assert main(["--lang", "en", "refresh"]) == 130
    assert capsys.readouterr().err == "Interrupted. The published tables are unaffected.\n"
