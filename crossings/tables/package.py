"""The description of the published tables that stands beside them, datapackage.json."""

import json
from pathlib import Path
from typing import Any

PACKAGE = "datapackage.json"


def package(folder: Path) -> dict[str, Any]:
    """Return the description of a folder's tables; each of its `resources` names its path, hash, rows and fields.

    Raises OSError, or ValueError where it is no such description.
    """
    try:
        found: dict[str, Any] = json.loads((folder / PACKAGE).read_text("utf-8"))
        for one in found["resources"]:
            _ = f"{one['name']}{one['path']}{one['hash']}{int(one['rows'])}"
            _ = [field["name"] for field in one["schema"]["fields"]]
            _ = [source["key"] for source in one.get("sources", [])]
    except (KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise ValueError(type(fault).__name__) from fault
    return found
