"""Worked values from numbers alone, and what is said about files that are none."""

import json
from pathlib import Path
from typing import Any

import pytest

from crossings.models.worth.errors import InputsUnreadable, InputWrong
from crossings.models.worth.inputs import KINDS, answers, quantities_from_json

FILE = Path(__file__).resolve().parents[3] / "docs" / "worth-inputs.json"
WITHIN = 0.005
WORKED: list[tuple[str, str, float | list[float]]] = [
    ("T1", "spending", 12_877.1e6),
    ("T1", "spending_won", 108.94e9),
    ("T2", "trips_gained", 125_937),
    ("T2", "existing_won", 59.102e9),
    ("T2", "new_won", 0.393e9),
    ("T2", "surplus_won", 59.496e9),
    ("T2", "exact_won", 59.494e9),
    ("T3", "won_a_trip", 3_254.9),
    ("T3", "won", 30.79e9),
    ("T4", "mean_minutes", [20.0, 18.42, 17.0, 15.71]),
    ("T4", "longest_minutes", [40.0, 36.84, 34.0, 31.43]),
    ("T5", "officers", 8.81),
    ("T5", "cost_a_year", 70.5e6),
    ("T6", "cost_a_year", [1_496.2e6, 1_481.7e6, 1_425.1e6, 1_397.6e6]),
    ("T7", "trips_gained", -322_264),
    ("T7", "revenue", 17_952.6e6),
    ("T7", "deadweight", 644.5e6),
    ("T7", "spending", -33.7e9),
    ("T8", "trips", 9_080_764),
    ("T8", "revenue", 22.70e9),
    ("T8b", "revenue", 11.35e9),
    ("T9", "net_present_value", [49.13, 51.11, 59.83, 64.71]),
    ("T9", "benefit_cost", [2.638, 2.704, 2.994, 3.157]),
    ("T10", "cost_yen", 10.71e6),
    ("T10", "cost_a_user_yen", 1_784),
    ("T10", "worth_a_user_yen", 709),
    ("T11", "minutes_a_user", 1.42),
    ("T11b", "minutes_a_user", 4.15),
    ("T12", "korea_won", -8.28e9),
    ("T12", "japan_won", 8.28e9),
]


def results() -> dict[str, dict[str, Any]]:
    found: Any = answers(FILE.read_bytes())["cases"]
    return {case["id"]: case["results"] for case in found}


@pytest.mark.parametrize(("case", "name", "expected"), WORKED)
def test_worked_values(case: str, name: str, expected: float | list[float]) -> None:
    assert results()[case][name] == pytest.approx(expected, rel=WITHIN)


def test_two_more_officers_pay_for_themselves_with_one_bank_a_shift() -> None:
    hall = results()["T4"]
    assert hall["minutes_saved"][2] == pytest.approx(2_700, rel=WITHIN)
    assert hall["value_won"][2] == pytest.approx(1.08e6, rel=WITHIN)
    assert hall["cost_won"][2] == pytest.approx(0.736e6, rel=WITHIN)
    assert hall["ratio"][2] == pytest.approx(1.47, rel=WITHIN)


def test_the_travel_accounts_sum_to_nothing() -> None:
    assert results()["T12"]["sum_won"] == 0


def test_the_file_shows_every_kind() -> None:
    cases = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
    assert {case["kind"] for case in cases} == set(KINDS)


def test_a_single_case_is_a_file_too() -> None:
    found: Any = answers('{"kind": "time", "minutes": 60, "value_per_hour_won": 10000}')
    assert found["cases"][0]["results"] == {"won_a_trip": 10_000, "won": 10_000}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "{}", '{"cases": []}', '{"cases": [1]}', '{"version": 2, "cases": []}', "[" * 9999],
)
def test_what_is_no_file_of_inputs(text: str) -> None:
    with pytest.raises(InputsUnreadable):
        answers(text)


@pytest.mark.parametrize(
    "case",
    [
        {"kind": "unheard-of"},
        {"kind": ["time"]},
        {"kind": "time", "minutes": 1},
        {"kind": "time", "minutes": "1", "value_per_hour_won": 1},
        {"kind": "time", "minutes": True, "value_per_hour_won": 1},
        {"kind": "time", "minutes": 1, "value_per_hour_won": 1, "hours": 2},
        {"kind": "time", "minutes": 1, "value_per_hour_won": -1},
        {"kind": "time", "minutes": 1e300, "value_per_hour_won": 1e300},
        {"kind": "travel-account", "spent_in_japan_yen": 1e308, "spent_in_korea_usd": 1}
        | {"won_per_yen": 1e308, "won_per_usd": 1},
        {"kind": "break-even", "annual_cost": 1, "users": 1e-308, "value_per_hour": 1e-308},
        {"kind": "break-even", "annual_cost": 1, "users": 0, "value_per_hour": 1},
        {"kind": "gates", "gates": 1, "price": 1, "life_years": 7, "running_share": 0, "rates_percent": []},
    ],
)
def test_a_wrong_input_is_named(case: dict[str, object]) -> None:
    with pytest.raises(InputWrong):
        answers(json.dumps({"cases": [case]}))


def test_no_interest_spreads_the_price_evenly() -> None:
    case = {
        "kind": "gates",
        "gates": 1,
        "price": 700,
        "life_years": 7,
        "running_share": 0,
        "rates_percent": [0, 1e-9],
    }
    found: Any = answers(json.dumps({"cases": [case]}))
    assert found["cases"][0]["results"]["cost_a_year"] == pytest.approx([100, 100])


def test_quantities_of_both_countries() -> None:
    found = quantities_from_json('{"JPN": {"desks": 6, "hours": 7}}')
    assert set(found) == {"JPN"}
    assert (found["JPN"].desks, found["JPN"].hours, found["JPN"].gates) == (6, 7, 0)


@pytest.mark.parametrize(
    "text",
    [
        '{"USA": {}}',
        '{"JPN": {"desk": 1}}',
        '{"JPN": {"desks": -1}}',
        '{"JPN": {"desks": 1' + "0" * 400 + "}}",
    ],
)
def test_wrong_quantities_are_named(text: str) -> None:
    with pytest.raises(InputWrong):
        quantities_from_json(text)
