"""Who published a source and where it stands, by the key that the tables name it with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from crossings.errors import Listed
from crossings.tables.flows import DataDamaged, DataMissing, damaged, data_folder, file_mark, read_table

TABLE = "sources"
COLUMNS = ("key", "publisher", "address", "copy_address", "seen_in_copy")


@dataclass(frozen=True)
class Citation:
    """The publisher of a source and its address, that of a copy where there is no other; empty where unknown.

    copied: a copy or a report was read, not the original. description: what the source is.
    """

    publisher: str
    address: str
    copied: bool = False
    description: str = ""


def citations(folder: Path | None = None) -> Mapping[str, Citation]:
    """Return every source by its key. Raises DataMissing or DataDamaged."""
    table = read_table(TABLE, folder=folder)
    if missing := [name for name in COLUMNS if name not in table]:
        raise damaged(f"{TABLE}.csv", Listed(missing))
    return {
        str(row["key"]): Citation(
            str(row["publisher"]),
            str(row["address"] or row["copy_address"]),
            copied=row["seen_in_copy"] == "yes",
            description=str(row["description"]),
        )
        for row in table.to_dict("records")
    }


def cited(keys: str, known: Mapping[str, Citation]) -> list[Citation]:
    """Return the sources of keys joined by ";"; a key without an entry stands for itself."""
    return [known.get(key, Citation(key, "")) for key in keys.split(";") if key]


def copied_keys(folder: Path | None = None) -> frozenset[str]:
    """Return the keys of sources read in a copy or a report; none where the list of sources is absent or damaged.

    Read again only when the list changed.
    """
    sources = (folder or data_folder()) / f"{TABLE}.csv"
    return _copied_keys(sources, file_mark(sources))


@lru_cache(maxsize=8)
def _copied_keys(sources: Path, mark: tuple[int, int]) -> frozenset[str]:
    try:
        return frozenset(key for key, source in citations(sources.parent).items() if source.copied)
    except (DataMissing, DataDamaged):
        return frozenset()
