"""The published tables, typed: flows, statuses, what was known when, and the sums people quote."""

import hashlib
import os
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pandas as pd

from crossings.errors import N_, CrossingsError, Listed, system_fault
from crossings.tables import user_figures as added
from crossings.tables.months import MONTH_PATTERN
from crossings.tables.package import PACKAGE, package


class Flow(StrEnum):
    """A question's flow; the two directions are named origin-destination in ISO 3166-1 alpha-3."""

    BOTH = "both"
    KOREANS_TO_JAPAN = "KOR-JPN"
    JAPANESE_TO_KOREA = "JPN-KOR"


class Status(StrEnum):
    """How firm a figure is, weakest first; added is the user's own, until the official one is out."""

    ADDED = "added"
    ESTIMATE = "estimate"
    PROVISIONAL = "provisional"
    DEFINITIVE = "definitive"


PUBLISHED = Path(__file__).resolve().parents[2] / "data"
DIRECTIONS = (Flow.KOREANS_TO_JAPAN, Flow.JAPANESE_TO_KOREA)
KEY = ("month", "origin", "destination")
SETTLED_NS = 2_000_000_000  # a file changed more recently might change again without a new time
PAUSES_SECONDS = (0.0, 0.1, 0.5)  # before each look at a table that differs from its description
RANK = {status.value: rank for rank, status in enumerate(Status)}


class DataMissing(CrossingsError):
    """A published table is absent."""


class DataDamaged(CrossingsError):
    """A published table cannot be read as what it should be."""


def data_folder() -> Path:
    """Return the folder of the published tables: CROSSINGS_DATA, or data/ beside the package."""
    named = os.environ.get("CROSSINGS_DATA")
    return Path(named) if named else PUBLISHED


def read_table(name: str, *, folder: Path | None = None) -> pd.DataFrame:
    """Read one published CSV table as text cells, as datapackage.json describes it. Raises DataMissing or DataDamaged."""
    path = (folder or data_folder()) / f"{name}.csv"
    try:
        return pd.read_csv(BytesIO(_whole(path)), dtype=str, keep_default_na=False)
    except FileNotFoundError:
        raise DataMissing(
            N_(
                "The table {name} is not in the data folder. Restore it from the project, or run: "
                "python -m etl build"
            ),
            name=path.name,
        ) from None
    except OSError as fault:
        raise damaged(path.name, system_fault(fault)) from fault
    except ValueError as fault:
        raise damaged(path.name, fault) from fault


def _whole(path: Path) -> bytes:
    """Return a table's bytes where they are those that the data package describes. Raises OSError or DataDamaged.

    A refresh may be replacing both files just now, so a difference counts when it stays.
    """
    for pause_seconds in PAUSES_SECONDS:
        time.sleep(pause_seconds)
        content = path.read_bytes()
        described = path.with_name(PACKAGE)
        hashes = _hashes(described, file_mark(described))
        if hashes.get(path.name) in (None, "sha256:" + hashlib.sha256(content).hexdigest()):
            return content
    raise DataDamaged(
        N_(
            "The table {name} differs from its description in datapackage.json: it is incomplete, was"
            " changed by hand or was copied in part. Restore the folder {folder} from the project, or"
            " run: python -m etl build"
        ),
        name=path.name,
        folder=path.parent.name,
    )


@lru_cache(maxsize=8)
def _hashes(described: Path, mark: tuple[int, int]) -> Mapping[str, str]:
    """Return the hash of each table by its file, as the data package holds it; none where there is none to read."""
    try:
        return {str(one["path"]): str(one["hash"]) for one in package(described.parent)["resources"]}
    except (OSError, ValueError):
        return {}


def release_day(as_of: pd.Period) -> str:
    """Return the day by which both offices have published a month: the end of the month that follows."""
    return str((as_of + 1).to_timestamp(how="end").date())


@dataclass(frozen=True, eq=False)
class Published:
    """The figures as committed.

    visitors: month (Period), origin, destination, visitors (float, persons), status, source.
    vintages: the same with `published` (ISO date), earlier values of the same months.
    digest: a short hash of both tables, for caches and for the record.
    """

    visitors: pd.DataFrame
    vintages: pd.DataFrame
    digest: str

    def series(self, flow: Flow, *, as_of: pd.Period | None = None) -> pd.Series:
        """Return monthly visitors as floats over every month from first to last, gaps NaN.

        as_of keeps what was published by the end of the month after it, at the value it had then
        where an earlier value is on record. Both ways exists where both directions do.
        """
        return _series(self, flow, as_of).copy()

    def status(self, flow: Flow, *, as_of: pd.Period | None = None) -> pd.Series:
        """Return each month's status; both ways takes the weaker of the two."""
        return _status(self, flow, as_of).copy()

    @property
    def last_month(self) -> pd.Period:
        """The last month that both directions have."""
        return pd.PeriodIndex(self.series(Flow.BOTH).index)[-1]

    @property
    def official(self) -> "Published":
        """The figures without those the user added, which are never an outcome; the same where there are none."""
        return _official(self)


@lru_cache(maxsize=8)
def _official(published: Published) -> Published:
    added_by_user = published.visitors["status"] == Status.ADDED.value
    if not added_by_user.any():
        return published
    digest = f"{published.digest}-official"
    return Published(published.visitors[~added_by_user], published.vintages, digest)


@lru_cache(maxsize=256)
def _series(published: Published, flow: Flow, as_of: pd.Period | None) -> pd.Series:
    if flow is Flow.BOTH:
        korean, japanese = (_series(published, direction, as_of) for direction in DIRECTIONS)
        return _every_month((korean + japanese).dropna())
    return _every_month(_rows(published, flow, as_of)["visitors"])


@lru_cache(maxsize=256)
def _status(published: Published, flow: Flow, as_of: pd.Period | None) -> pd.Series:
    if flow is Flow.BOTH:
        ranks = pd.concat([_status(published, one, as_of).map(RANK) for one in DIRECTIONS], axis=1).dropna()
        names = {rank: name for name, rank in RANK.items()}
        return ranks.min(axis=1).astype(int).map(names)
    return _rows(published, flow, as_of)["status"]


@lru_cache(maxsize=64)
def _rows(published: Published, direction: Flow, as_of: pd.Period | None) -> pd.DataFrame:
    rows = _direction_rows(published.visitors, direction).set_index("month").sort_index()
    rows = rows[["visitors", "status"]]
    if as_of is None:
        return rows
    rows = rows.loc[:as_of].copy()
    past = _direction_rows(published.vintages, direction)
    past = past[(past["published"] <= release_day(as_of)) & (past["month"] <= as_of)]
    past = (
        past.sort_values("published", kind="stable").drop_duplicates("month", keep="last").set_index("month")
    )
    current = past.index.intersection(rows.index)
    rows.loc[current, ["visitors", "status"]] = past.loc[current, ["visitors", "status"]]
    return rows


def _direction_rows(table: pd.DataFrame, direction: Flow) -> pd.DataFrame:
    origin, destination = direction.value.split("-")
    return table[(table["origin"] == origin) & (table["destination"] == destination)]


def _every_month(values: pd.Series) -> pd.Series:
    if values.empty:
        return values
    return values.reindex(pd.period_range(values.index[0], values.index[-1], freq="M"))


def damaged(name: str, fault: object) -> DataDamaged:
    """Return the error that says which table is damaged and how."""
    return DataDamaged(
        N_("The table {name} cannot be read ({fault}). Restore it from the project."), name=name, fault=fault
    )


def periods(written: pd.Series) -> pd.PeriodIndex:
    """Return months written YYYY-MM. Raises ValueError at the first that is written otherwise."""
    codes, names = pd.factorize(written)
    for name in names:
        if not re.fullmatch(MONTH_PATTERN, name):
            raise ValueError(name)
    return pd.PeriodIndex(names, freq="M").take(codes)


def _typed(table: pd.DataFrame, name: str, *, key: Sequence[str]) -> pd.DataFrame:
    lacking = [column for column in (*key, "visitors", "status") if column not in table]
    if lacking:
        raise damaged(name, Listed(lacking))
    try:
        months = periods(table["month"])
        visitors = pd.to_numeric(table["visitors"]).astype(float)
    except ValueError as fault:
        raise damaged(name, fault) from fault
    unknown = table.loc[~table["status"].isin(list(RANK)), "status"]
    twice = table[table.duplicated(list(key))]
    if len(unknown) or len(twice):
        raise damaged(name, unknown.iloc[0] if len(unknown) else " ".join(twice.iloc[0][list(key)]))
    return table.assign(month=months, visitors=visitors)


def _refuse_empty(visitors: pd.DataFrame, name: str) -> None:
    for direction in DIRECTIONS:
        if _direction_rows(visitors, direction)["visitors"].dropna().empty:
            raise damaged(name, direction.value)


@lru_cache(maxsize=16)
def _load(folder: Path, digest: str) -> Published:
    official = read_table("visitors", folder=folder)
    visitors = _typed(official, "visitors.csv", key=KEY)
    own = added.rows_in_use(official)
    if len(own):
        visitors = pd.concat([visitors, _typed(own, added.path().name, key=KEY)], ignore_index=True)
    vintages = _typed(read_table("vintages", folder=folder), "vintages.csv", key=(*KEY, "published"))
    _refuse_empty(visitors, "visitors.csv")
    return Published(visitors=visitors, vintages=vintages, digest=digest)


def load(folder: Path | None = None) -> Published:
    """Read the published figures and the user's own, again only when a file changed.

    A damaged file of own figures is put aside. Raises DataMissing or DataDamaged.
    """
    place = folder or data_folder()
    paths = (place / "visitors.csv", place / "vintages.csv", added.path())
    marks = tuple(file_mark(path) for path in paths)
    fresh = time.time_ns() - max(changed_ns for changed_ns, _ in marks) < SETTLED_NS
    return _load(place, _hashed(paths) if fresh else _digest(paths, marks))


def file_mark(path: Path | os.DirEntry[str]) -> tuple[int, int]:
    """Return what changes with a file: when it was written (ns) and its size (bytes); nil where there is none."""
    try:
        state = path.stat()
    except OSError:
        return (0, 0)
    return (state.st_mtime_ns, state.st_size)


def folder_mark() -> tuple[tuple[str, int, int], ...]:
    """Return what changes with any of the published tables: its file's name, when it was written (ns) and its size."""
    with os.scandir(data_folder()) as files:
        return tuple(sorted((file.name, *file_mark(file)) for file in files if file.name.endswith(".csv")))


@lru_cache(maxsize=64)
def _digest(paths: tuple[Path, Path, Path], marks: tuple[tuple[int, int], ...]) -> str:
    """Return the hash of files that have not changed for a while, read once."""
    return _hashed(paths)


def _hashed(paths: tuple[Path, Path, Path]) -> str:
    hashed = hashlib.sha256()
    *tables, own = paths
    for path in tables:
        hashed.update(path.read_bytes() if path.is_file() else b"absent")
    if own.is_file():
        hashed.update(own.read_bytes())
    return hashed.hexdigest()[:12]
