"""The Data Package description of the published tables: what each counts, where from, on what terms."""

import json
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from crossings.errors import N_
from crossings.tables.package import PACKAGE
from crossings.tables.package import package as read_package
from etl.check import fingerprint
from etl.errors import CheckFailed
from etl.tables import COMPUTED, TABLES, Field, Table, from_bytes

Cited = Mapping[str, Mapping[Hashable, Any]]
SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"


def package(
    frames: Mapping[str, pd.DataFrame],
    contents: Mapping[str, bytes],
    *,
    computed: Sequence[Mapping[str, object]] = (),
) -> bytes:
    """Return datapackage.json for tables held as text cells and as CSV bytes, by table name.

    computed: descriptions of the computed tables beside them, taken over as they are.
    """
    sources = {row["key"]: row for row in frames["sources"].to_dict("records")}
    resources = [_resource(table, frames[name], contents[name], sources) for name, table in TABLES.items()]
    described = {
        "$schema": SCHEMA,
        "name": "crossings",
        "title": "Visitors between Korea and Japan",
        "description": "Visitor arrivals both ways with status and source, their earlier values, and tables "
        "that explain them. Made by: python -m etl build, refresh. Missing values are empty cells or absent "
        "rows; nothing is estimated here.",
        "version": max(frames["visitors"]["month"]),
        "resources": [*resources, *computed],
    }
    return _written(described)


def _written(described: Mapping[str, object]) -> bytes:
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def computed(folder: Path) -> list[dict[str, object]]:
    """Return the descriptions of the computed tables that stand in a folder, as its data package holds them."""
    try:
        described = {str(one["name"]): dict(one) for one in read_package(folder)["resources"]}
    except (OSError, ValueError):
        return []
    return [described[name] for name in COMPUTED if name in described and (folder / f"{name}.csv").is_file()]


def with_computed(folder: Path, contents: Mapping[str, bytes]) -> bytes:
    """Return a folder's data package with computed tables, given by name, described in it.

    Their sources are those of the visitor figures they were computed from.
    Raises CheckFailed where the folder's package cannot be read.
    """
    try:
        described = read_package(folder)
        built = [one for one in described["resources"] if one["name"] not in COMPUTED]
        cited = next(one["sources"] for one in built if one["name"] == "visitors")
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        raise CheckFailed(
            N_("{table} is missing or damaged. Restore it, or run: python -m etl build"), table=PACKAGE
        ) from None
    kept = {str(one["name"]): one for one in computed(folder)}
    for name, content in contents.items():
        kept[name] = _about(COMPUTED[name], from_bytes(content), content) | {"sources": cited}
    resources = [*built, *(kept[name] for name in COMPUTED if name in kept)]
    return _written(described | {"resources": resources})


def _resource(table: Table, frame: pd.DataFrame, content: bytes, sources: Cited) -> dict[str, object]:
    described = _about(table, frame, content)
    return described if table.name == "sources" else described | {"sources": _sources(table, frame, sources)}


def _about(table: Table, frame: pd.DataFrame, content: bytes) -> dict[str, object]:
    described: dict[str, object] = {
        "name": table.name,
        "path": f"{table.name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": table.title,
        "description": table.definition,
        "definition": table.definition,
        "known_gaps": table.known_gaps,
        "rows": len(frame),
        "bytes": len(content),
        "hash": fingerprint(content),
        "schema": _schema(table),
    }
    if "month" in frame and len(frame):
        described |= {"first_month": frame["month"].min(), "last_month": frame["month"].max()}
    return described


def _schema(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [_field(one) for one in table.fields], "missingValues": [""]}
    return schema | ({"primaryKey": list(table.key)} if table.key else {})


def _field(one: Field) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if one.required:
        constraints["required"] = True
    if one.enum:
        constraints["enum"] = list(one.enum)
    if one.minimum is not None:
        constraints["minimum"] = one.minimum
    if one.pattern:
        constraints["pattern"] = one.pattern
    described: dict[str, object] = {"name": one.name, "type": one.type, "description": one.description}
    if one.unit:
        described["unit"] = one.unit
    return described | ({"constraints": constraints} if constraints else {})


def _sources(table: Table, frame: pd.DataFrame, sources: Cited) -> list[dict[str, str]]:
    cited = [one.name for one in table.fields if one.sources]
    keys = {key for name in cited for cell in set(frame[name]) for key in cell.split(";")}
    return [_cited(key, sources[key]) for key in sorted(keys) if key in sources]


def _cited(key: str, row: Mapping[Hashable, Any]) -> dict[str, str]:
    cited = {
        "title": row["publisher"],
        "path": row["address"],
        "key": key,
        "publisher": row["publisher"],
        "date": row["published"],
        "terms": row["terms"],
        "seen_in_copy": row["seen_in_copy"],
    }
    return {name: value for name, value in cited.items() if value}
