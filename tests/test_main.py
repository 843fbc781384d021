"""The command line gives the pages' answers."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crossings.__main__ import main
from crossings.tables import flows
from tests.tables_text import steady, write_published

pytestmark = pytest.mark.usefixtures("one_memory")
SEPTEMBER_2024 = ["milestone", "--flow", "both", "--year", "2024", "--as-of", "2024-07"]
MILESTONE_KEYS = {
    "flow",
    "year",
    "mark",
    "as_of",
    "probability",
    "record",
    "record_probability",
    "median",
    "interval_80",
    "interval_95",
    "month_passed",
    "visitors_to_date",
    "data_month",
    "model_version",
}
SCENARIO_KEYS = {
    "flows",
    "baseline_probability",
    "scenario_probability",
    "levers",
    "data_month",
    "model_version",
}
Say = pytest.CaptureFixture[str]


def answer(capsys: Say, *arguments: str) -> Any:
    assert main([*arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_statement_of_september_2024(capsys: Say) -> None:
    ten = answer(capsys, *SEPTEMBER_2024, "--mark", "10000000")
    record = answer(capsys, *SEPTEMBER_2024, "--mark", "10487480")
    assert ten.keys() >= MILESTONE_KEYS
    assert 0.95 <= ten["probability"] <= 1
    assert 0.80 < record["probability"] < ten["probability"]
    assert ten["record"] == {"visitors": 10_487_479, "year": 2018}
    assert ten["record_probability"] == record["probability"]
    assert (ten["data_month"], ten["visitors_to_date"]) == ("2024-07", 6_874_786)
    assert sum(ten["month_passed"].values()) + ten["not_in_year"] == pytest.approx(1)
    low, high = ten["interval_95"]
    assert low < ten["interval_80"][0] < ten["median"] < ten["interval_80"][1] < high


@pytest.mark.parametrize(
    ("code", "part"), [("en", "passed 10 million in August 2026"), ("ko", "2026년 8월"), ("ja", "2026年8月")]
)
def test_the_text_form_in_each_language(capsys: Say, code: str, part: str) -> None:
    assert main(["milestone", "--year", "2026", "--lang", code]) == 0
    said = capsys.readouterr().out
    assert part in said
    assert "*" not in said


def test_the_exchange_rate_from_the_command_line(capsys: Say) -> None:
    asked = ["milestone", "--flow", "KOR-JPN", "--year", "2026", "--as-of", "2025-12"]
    usual, moved = answer(capsys, *asked), answer(capsys, *asked, "--fx", "random-walk")
    assert "exchange" not in usual
    assert moved["exchange"]["path"] == "random walk"
    assert moved["exchange"]["month"] == "2026-01"
    assert -1.6 < moved["exchange"]["elasticity"]["KOR-JPN"] < -0.6
    assert moved["median"] != usual["median"]
    assert main([*asked, "--fx", "fixed"]) == 0
    said = capsys.readouterr().out
    assert "With the exchange rate fixed at" in said
    assert "Evidence fair and weak" in said


FULL = {"lanes": 1, "e-gates": 1, "pre-clearance": 1, "paperless": 1, "joint-kiosks": 1}


def test_a_scenario(capsys: Say) -> None:
    said = answer(capsys, "scenario", "--preset", "full-package")
    assert said.keys() >= SCENARIO_KEYS
    for direction in ("KOR-JPN", "JPN-KOR"):
        for measure in ("uplift_percent", "extra_visitors_a_year"):
            interval = said["flows"][direction][measure]
            assert 0 < interval["p10"] < interval["median"] < interval["p90"]
    assert said["scenario_probability"] > said["baseline_probability"]
    assert said["levers"].keys() == FULL.keys()
    assert said["data_month"] == "2026-08"


def test_a_scenario_without_a_lever_changes_nothing(capsys: Say) -> None:
    said = answer(capsys, "scenario", "--preset", "none")
    assert said["scenario_probability"] == said["baseline_probability"]
    assert all(
        value == 0 for way in said["flows"].values() for measure in way.values() for value in measure.values()
    )


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["milestone", "--year", "2026", "--as-of", "August"], "August"),
        (["milestone", "--year", "2026", "--as-of", "1999-01"], "1999"),
        (["milestone", "--year", "2026", "--as-of", "2031-01"], "2031"),
        (["milestone", "--year", "2040"], "2040"),
        (["milestone", "--year", "1990"], "1990"),
        (["milestone", "--year", "0"], "0000-01"),
        (["milestone", "--year", "2026", "--as-of", "0000-01"], "0000-01"),
        (["worth", "--preset", "full-package", "--base-year", "9999"], "9999"),
        (["milestone", "--year", "2026", "--mark", "0"], "0"),
        (["scenario", "--preset", "nothing of the kind"], "nothing of the kind"),
        (["scenario", "--file", "no-such-file.json"], "no-such-file.json"),
    ],
)
@pytest.mark.parametrize("code", ["en", "ko"])
def test_a_bad_request_is_named_in_the_readers_language(
    capsys: Say, arguments: list[str], part: str, code: str
) -> None:
    assert main([*arguments, "--lang", code]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert part in said.err
    assert "Traceback" not in said.err
    assert any("가" <= letter <= "힣" for letter in said.err) == (code == "ko")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["milestone"],
        ["milestone", "--year", "2026", "--flow", "zzz"],
        ["milestone", "--year=-5"],
        ["milestone", "--year", "9" * 30],
    ],
)
def test_what_is_no_command_shows_how_to_write_one(capsys: Say, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: python -m crossings" in capsys.readouterr().err


def test_a_fault_that_nobody_foresaw_is_told_by_its_number(
    capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flows, "load", lambda: 1 / 0)
    assert main(["milestone", "--year", "2026", "--lang", "ko"]) == 2
    assert re.search(r"[0-9a-f]{6}", capsys.readouterr().err)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"levers": {"lanes": "much"}}', '{"levers": {"magic": 1}}']
)
def test_a_damaged_scenario_file_is_named(capsys: Say, tmp_path: Path, content: str) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(content, encoding="utf-8")
    assert main(["scenario", "--file", str(path)]) == 2
    assert capsys.readouterr().err.strip()


def test_missing_and_damaged_figures_are_named(
    capsys: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CROSSINGS_DATA", str(tmp_path))
    assert main(["milestone", "--year", "2026"]) == 2
    assert "visitors.csv" in capsys.readouterr().err
    write_published(tmp_path, steady("2024-01", "2024-12"))
    (tmp_path / "visitors.csv").write_text("<html>", encoding="utf-8")
    assert main(["milestone", "--year", "2026", "--lang", "ja"]) == 2
    assert "visitors.csv" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["pptx", "docx", "hwpx", "xlsx", "pdf", "zip"])
def test_the_month_in_brief_is_written_and_verified(form: str, capsys: Say, tmp_path: Path) -> None:
    out = tmp_path / f"brief.{form}"
    assert main(["brief", "--lang", "ko", "--format", form, "--out", str(out)]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    said = answer(capsys, "verify", str(out))
    assert said["same"] is True
    assert [one["changed"] for one in said["figures"]] == [0]


def test_a_saved_list_is_written_as_a_briefing(capsys: Say, tmp_path: Path) -> None:
    from tests.briefing import collected

    listed = tmp_path / "list.json"
    listed.write_text(replace(collected.six(), language="ja").as_json(), encoding="utf-8")
    out = tmp_path / "made.zip"
    assert main(["brief", "--list", str(listed), "--format", "zip", "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["verify", str(out), "--lang", "ja"]) == 0
    assert "図6件の数値は、すべて" in capsys.readouterr().out


def test_other_numbers_are_told_by_the_exit_code(capsys: Say, tmp_path: Path) -> None:
    import zipfile

    out = tmp_path / "brief.zip"
    assert main(["brief", "--format", "zip", "--out", str(out)]) == 0
    with zipfile.ZipFile(out) as package:
        kept = json.loads(package.read("metadata.json"))
    kept["trace"]["items"][0]["values"][0][0] += 1000
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(changed, "w") as package:
        package.writestr("metadata.json", json.dumps(kept))
    assert main(["verify", str(changed)]) == 1
    assert "Different numbers" in capsys.readouterr().out


def test_a_file_that_is_no_briefing_and_a_place_that_is_none(capsys: Say, tmp_path: Path) -> None:
    junk = tmp_path / "junk.pptx"
    junk.write_bytes(b"junk")
    assert main(["verify", str(junk), "--lang", "ko"]) == 2
    assert "이 앱에서 저장한 보고자료" in capsys.readouterr().err
    assert main(["verify", str(tmp_path / "absent.pdf")]) == 2
    assert main(["brief", "--format", "xlsx", "--out", str(tmp_path / "no" / "such" / "place.xlsx")]) == 2
    assert "cannot be written" in capsys.readouterr().err
