"""Small published tables, written by the tests."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

VISITORS = ("month", "origin", "destination", "visitors", "status", "source")
VINTAGES = ("month", "origin", "destination", "visitors", "status", "published", "source")
RELEASES = ("office", "data_month", "date", "state")


def write_table(folder: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one table as CSV."""
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(columns)
        writer.writerows(rows)


def write_published(
    folder: Path,
    visitors: Iterable[Sequence[object]],
    vintages: Iterable[Sequence[object]] = (),
    releases: Iterable[Sequence[object]] = (),
) -> Path:
    """Write the three tables the pages start from; rows come without their source. Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_table(folder, "visitors", VISITORS, [(*row, "test") for row in visitors])
    write_table(folder, "vintages", VINTAGES, [(*row, "test") for row in vintages])
    write_table(folder, "releases", RELEASES, releases)
    return folder


def steady(
    first: str, last: str, *, korean: int = 100, japanese: int = 40
) -> list[tuple[str, str, str, int, str]]:
    """Return rows of both directions with the same visitors every month."""
    months = [str(month) for month in pd.period_range(first, last, freq="M")]
    return [(month, "KOR", "JPN", korean, "definitive") for month in months] + [
        (month, "JPN", "KOR", japanese, "definitive") for month in months
    ]
