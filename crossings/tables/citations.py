"""Who published a source and where it stands, by the key that the tables name it with."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crossings.tables.flows import read_table

TABLE = "sources"


@dataclass(frozen=True)
class Citation:
    """The publisher of a source, its address (a copy's where there is no other; empty where unknown), and what it is."""

    publisher: str
    address: str
    description: str = ""


def citations(folder: Path | None = None) -> Mapping[str, Citation]:
    """Return every source by its key. Raises DataMissing or DataDamaged."""
    rows = read_table(TABLE, folder=folder).to_dict("records")
    return {
        str(row["key"]): Citation(
            str(row["publisher"]), str(row["address"] or row["copy_address"]), str(row["description"])
        )
        for row in rows
    }


def cited(keys: str, known: Mapping[str, Citation]) -> list[Citation]:
    """Return the sources of keys joined by ";"; a key without an entry stands for itself."""
    return [known.get(key, Citation(key, "")) for key in keys.split(";") if key]
