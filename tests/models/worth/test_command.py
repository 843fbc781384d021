"""The command `worth` in its three forms."""

import json
from pathlib import Path

import pytest

from crossings.__main__ import main

Say = pytest.CaptureFixture[str]
INPUTS = Path(__file__).resolve().parents[3] / "docs" / "worth-inputs.json"


def test_a_preset_as_json(capsys: Say) -> None:
    assert main(["worth", "--preset", "permanent-lanes", "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert (
        plain["books"]["KOR"]["travel_account"]["median"]
        == -plain["books"]["JPN"]["travel_account"]["median"]
    )
    assert set(plain["benefit_cost"]) == {"4.5", "4", "2", "1"}


@pytest.mark.parametrize(
    ("code", "part"), [("en", "gross, not a measure of welfare"), ("ko", "여행수지"), ("ja", "旅行収支")]
)
def test_the_text_form_in_each_language(capsys: Say, code: str, part: str) -> None:
    assert main(["worth", "--preset", "jesta-departure-tax", "--lang", code]) == 0
    said = capsys.readouterr().out
    assert part in said
    assert "{" not in said


def test_numbers_of_ones_own(capsys: Say) -> None:
    assert main(["worth", "--inputs", str(INPUTS)]) == 0
    cases = json.loads(capsys.readouterr().out)["cases"]
    assert len(cases) == 14


def test_typed_quantities(capsys: Say, tmp_path: Path) -> None:
    file = tmp_path / "quantities.json"
    file.write_text('{"KOR": {"gates": 36}}', encoding="utf-8")
    assert main(["worth", "--preset", "e-gates", "--quantities", str(file), "--format", "json"]) == 0
    books = json.loads(capsys.readouterr().out)["books"]
    assert books["KOR"]["public_cost"]["median"] == pytest.approx(1.4962, rel=0.06)
    assert set(books["JPN"]["public_cost"].values()) == {None, "billion yen"}


def test_faults_are_said(capsys: Say, tmp_path: Path) -> None:
    assert main(["worth", "--preset", "unheard-of"]) == 2
    assert main(["worth", "--inputs", str(tmp_path / "missing.json")]) == 2
    assert main(["worth", "--preset", "none", "--base-year", "2030", "--lang", "ko"]) == 2
    assert "2030년" in capsys.readouterr().err


def test_a_saved_scenario_brings_its_settings_and_an_option_counts_more(capsys: Say, tmp_path: Path) -> None:
    file = tmp_path / "scenario.json"
    held = {
        "version": 1,
        "levers": {"lanes": 1},
        "worth": {"base_year": "2024", "quantities": '{"JPN": {"gates": 1}}'},
    }
    for worth, more, base in (
        (held["worth"], [], 2024),
        (held["worth"], ["--base-year", "2023"], 2023),
        ({}, [], 2025),
    ):
        file.write_text(json.dumps(held | {"worth": worth}), encoding="utf-8")
        assert main(["worth", "--file", str(file), "--format", "json", *more]) == 0
        plain = json.loads(capsys.readouterr().out)
        assert plain["base_year"] == base
        assert (plain["books"]["KOR"]["public_cost"]["median"] is None) == bool(worth)
    file.write_text('{"version": 1, "levers": {"lanes": 1}, "worth": 5}', encoding="utf-8")
    assert main(["worth", "--file", str(file)]) == 2
    assert "worth must be" in capsys.readouterr().err
