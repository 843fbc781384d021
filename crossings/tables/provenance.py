"""Where each published table comes from, as the data package beside the tables says."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from crossings.errors import N_, system_fault
from crossings.tables.flows import DataMissing, damaged, data_folder, file_mark
from crossings.tables.package import PACKAGE, package


@dataclass(frozen=True)
class Origin:
    """One source of a table; seen_in_copy: a copy or report was read, not the original."""

    key: str
    publisher: str
    address: str
    date: str
    terms: str
    seen_in_copy: bool


@dataclass(frozen=True)
class TableOrigin:
    """One published table: file, rows, first and last month where it has months, sources."""

    name: str
    path: str
    rows: int
    first_month: str
    last_month: str
    origins: tuple[Origin, ...]

    @property
    def publishers(self) -> tuple[str, ...]:
        """The publishers named, most sources first."""
        named = [origin.publisher for origin in self.origins]
        return tuple(sorted(dict.fromkeys(named), key=lambda name: -named.count(name)))


def tables(folder: Path | None = None) -> tuple[TableOrigin, ...]:
    """Return every published table with its sources, read again where the description changed.

    Raises DataMissing or DataDamaged.
    """
    try:
        place = folder or data_folder()
        return _tables(place, file_mark(place / PACKAGE))
    except FileNotFoundError:
        raise DataMissing(
            N_(
                "The table {name} is not in the data folder. Restore it from the project, or run: python -m etl build"
            ),
            name=PACKAGE,
        ) from None
    except OSError as fault:
        raise damaged(PACKAGE, system_fault(fault)) from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise damaged(PACKAGE, fault) from fault


@lru_cache(maxsize=2)
def _tables(folder: Path, mark: tuple[int, int]) -> tuple[TableOrigin, ...]:
    """Return a folder's tables. mark: of the file that describes them, so that a changed one is read."""
    return tuple(_table(resource) for resource in package(folder)["resources"])


def _table(resource: dict[str, Any]) -> TableOrigin:
    return TableOrigin(
        name=resource["name"],
        path=resource["path"],
        rows=int(resource["rows"]),
        first_month=resource.get("first_month", ""),
        last_month=resource.get("last_month", ""),
        origins=tuple(
            Origin(
                key=source["key"],
                publisher=source["publisher"],
                address=source.get("path", ""),
                date=source.get("date", ""),
                terms=source.get("terms", ""),
                seen_in_copy=source.get("seen_in_copy") == "yes",
            )
            for source in resource.get("sources", [])
        ),
    )
