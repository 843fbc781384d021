"""The description of the tables is a Data Package that says what a reader must know, and the tables fit it."""

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text("utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
TYPES = {
    "string": re.compile(r".*", re.DOTALL),
    "integer": re.compile(r"-?\d+"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
    "yearmonth": re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
}


def test_it_is_a_data_package_version_2() -> None:
    assert PACKAGE["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert set(RESOURCES) == {path.stem for path in DATA.glob("*.csv")}


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_each_table_is_described(name: str) -> None:
    resource = RESOURCES[name]
    assert resource["title"]
    assert resource["definition"]
    for field in resource["schema"]["fields"]:
        assert field["description"]
        assert field["type"] in TYPES
        assert "unit" in field or field["type"] not in {"integer", "number", "yearmonth", "date"}
    named_in_rows = {"publisher", "address"} <= {field["name"] for field in resource["schema"]["fields"]}
    if name != "corrections" and not named_in_rows:
        assert resource["sources"]
        assert all(source["publisher"] and source["terms"] for source in resource["sources"])
        assert all("address" not in source for source in resource["sources"])


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_each_table_fits_its_description(name: str) -> None:
    resource = RESOURCES[name]
    table = pd.read_csv(DATA / resource["path"], dtype=str, keep_default_na=False)
    assert list(table.columns) == [field["name"] for field in resource["schema"]["fields"]]
    assert len(table) == resource["rows"]
    for field in resource["schema"]["fields"]:
        for cell in table[field["name"]].unique():
            assert fits(cell, field), (name, field["name"], cell)
    if key := resource["schema"].get("primaryKey"):
        assert not table.duplicated(key).any()


def fits(cell: str, field: dict[str, Any]) -> bool:
    rules = field.get("constraints", {})
    if cell == "":
        return not rules.get("required", False)
    inside = cell in rules["enum"] if "enum" in rules else True
    patterned = bool(re.fullmatch(rules["pattern"], cell)) if "pattern" in rules else True
    enough = float(cell) >= rules["minimum"] if "minimum" in rules else True
    return bool(TYPES[field["type"]].fullmatch(cell)) and inside and patterned and enough


def test_publishers_of_the_visitor_figures_and_what_they_count() -> None:
    visitors = RESOURCES["visitors"]
    publishers = {source["publisher"] for source in visitors["sources"]}
    assert publishers == {"Japan National Tourism Organization (JNTO)", "Korea Tourism Organization (KTO)"}
    assert "crew stand only in KTO's" in visitors["definition"]
    assert "2026-08" in visitors["known_gaps"]
    assert (visitors["first_month"], visitors["last_month"]) == ("1996-01", "2026-08")


def test_unconfirmed_rows_are_marked() -> None:
    measures = pd.read_csv(DATA / "measures.csv", dtype=str)
    assert set(measures.loc[measures["source"] == "memory", "confidence"]) == {"unconfirmed"}
