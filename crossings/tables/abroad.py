"""Who is where: residents of each country in the other, nationals in third countries, joint evacuations."""

import math
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TypeVar

from crossings.errors import N_, Listed
from crossings.tables.citations import Citation, citations
from crossings.tables.flows import DataDamaged, read_table

T = TypeVar("T")
Row = dict[str, str]
PLACES = Path(__file__).with_name("places.toml")
EARTH_RADIUS_KM = 6371.0
DISTANCE_DIGITS = 3
_COUNT = {"date", "nationality", "persons", "value_precision", "notes", "source", "confidence"}
SIDES = ("KOR", "JPN")
TABLES = (
    "memorandum",
    "sources",
    "residents",
    "nationals_abroad",
    "joint_evacuations",
    "working_holiday_quota",
)
WORLD = "WLD"
LONGEST_STEP_DAYS = 370
RESIDENTS_IN_JAPAN = "mid/long-term and special permanent residents"
RESIDENTS_IN_KOREA = "Japanese nationals registered (MOFA Japan count)"
REGISTERED_IN_JAPAN = "registered foreigners"
PRESENT_IN_KOREA = "foreigners staying, short and long (ROK MOJ)"
STUDENTS_IN_JAPAN = "foreign students (JASSO)"
STUDENTS_IN_KOREA = "students (ROK MOJ)"
SENT_TO_KOREA = "Japanese studying in Korea in fiscal year 2018, as reported by universities"
VISAS_TO_KOREANS = "visas issued to Koreans in the year"
VISAS_TO_JAPANESE = "visas issued to Japanese in the year"
HOLDING_H1 = "Japanese holding H-1 status"
KINDS_SHOWN = (
    RESIDENTS_IN_JAPAN,
    REGISTERED_IN_JAPAN,
    RESIDENTS_IN_KOREA,
    PRESENT_IN_KOREA,
    STUDENTS_IN_JAPAN,
    STUDENTS_IN_KOREA,
    SENT_TO_KOREA,
    VISAS_TO_KOREANS,
    VISAS_TO_JAPANESE,
    HOLDING_H1,
)
# Notes that tell a reader who is counted; the others say how a figure was checked.
REMARKS = (
    "'Korea' and 'Chosen' status combined",
    "calculated: end-2024 figure plus the published fall of 918",
    "includes short-stay visitors present on the day, so not comparable with the MOFA count",
    "Japan: children of international marriages counted for the first time",
    "Iraq and Syria not published",
    "long and short stays",
    "short-stay visitors",
    "without embassy staff",
    "number present at a date, not visas issued",
)


@dataclass(frozen=True)
class Place:
    """The place that stands for a country on the map, degrees north and east; region groups countries."""

    country: str
    alpha_2: str
    latitude: float
    longitude: float
    region: str


@dataclass(frozen=True)
class Count:
    """One printed count. where: ISO 3166-1 alpha-3 of the country, empty for another region, then `region`.

    kind: who is counted and by whom; counts of different kinds are never added or compared.
    """

    day: date
    nationality: str
    where: str
    region: str
    group: str
    kind: str
    persons: int
    precision: str
    notes: str
    source: str
    confidence: str

    @property
    def remark(self) -> str:
        """What the count holds or leaves out, where a note says so."""
        return next((text for text in REMARKS if self.notes.startswith(text)), "")


@dataclass(frozen=True)
class Evacuation:
    """One operation out of a third country. Numbers carried are persons, None where none was published."""

    day: date
    crisis: str
    country: str
    carriers: tuple[str, ...]
    transport: str
    koreans: int | None
    japanese: int | None
    others: int | None
    joint: bool
    notes: str
    source: str
    confidence: str


@dataclass(frozen=True)
class Quota:
    """The working-holiday quota of each country from a day on, visas a year."""

    day: date
    visas: int
    source: str


@dataclass(frozen=True)
class Carried:
    """What one side carried of the other in joint operations: operations, persons as far as published."""

    operations: int
    persons: int
    unpublished: int


@dataclass(frozen=True)
class Abroad:
    """Everything on record. areas: the areas of the memorandum that a release names; citations: by source key."""

    residents: tuple[Count, ...]
    nationals: tuple[Count, ...]
    evacuations: tuple[Evacuation, ...]
    quotas: tuple[Quota, ...]
    areas: tuple[str, ...]
    memorandum_source: str
    citations: Mapping[str, Citation]


@lru_cache(maxsize=1)
def places() -> dict[str, Place]:
    """Return the place of every country that has one, by ISO 3166-1 alpha-3 (tz database, public domain)."""
    rows = tomllib.loads(PLACES.read_text("utf-8"))
    return {
        country: Place(country, row["alpha_2"], row["latitude"], row["longitude"], row["region"])
        for country, row in rows.items()
    }


def load(folder: Path | None = None) -> Abroad:
    """Read the tables. Raises DataMissing or DataDamaged."""
    areas = _rows("memorandum", ("item", "area", "in_release", "source"), folder)
    return Abroad(
        residents=_typed("residents", _resident, folder, _COUNT | {"host", "group", "category"}),
        nationals=_typed("nationals_abroad", _national, folder, _COUNT | {"country", "region", "measure"}),
        evacuations=_typed("joint_evacuations", _evacuation, folder, {"date", "origin", "carrier", "joint"}),
        quotas=_typed("working_holiday_quota", _quota, folder, {"date", "visas_each_way", "source"}),
        areas=tuple(row["area"] for row in areas if row["in_release"] == "yes"),
        memorandum_source=";".join(row["source"] for row in areas),
        citations=citations(folder),
    )


def _typed(table: str, read: Callable[[Row], T], folder: Path | None, names: Iterable[str]) -> tuple[T, ...]:
    rows = _rows(table, tuple(names), folder)
    try:
        return tuple(read(row) for row in sorted(rows, key=lambda row: row["date"]))
    except (KeyError, ValueError) as fault:
        raise _damaged(table, str(fault)) from fault


def _rows(table: str, names: tuple[str, ...], folder: Path | None) -> list[Row]:
    frame = read_table(table, folder=folder)
    missing = [name for name in names if name not in frame]
    if missing:
        raise _damaged(table, Listed(sorted(missing)))
    return [{str(name): str(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _damaged(table: str, fault: str) -> DataDamaged:
    return DataDamaged(
        N_("The table {name} cannot be read ({fault}). Restore it from the project."),
        name=f"{table}.csv",
        fault=fault,
    )


def _resident(row: Row) -> Count:
    return _count(row, where=row["host"], group=row["group"], kind=row["category"])


def _national(row: Row) -> Count:
    return _count(row, where=row["country"], group="", kind=row["measure"])


def _count(row: Row, *, where: str, group: str, kind: str) -> Count:
    return Count(
        day=date.fromisoformat(row["date"]),
        nationality=row["nationality"],
        where=where,
        region=row.get("region", ""),
        group=group,
        kind=kind,
        persons=int(row["persons"]),
        precision=row["value_precision"],
        notes=row["notes"],
        source=row["source"],
        confidence=row["confidence"],
    )


def _evacuation(row: Row) -> Evacuation:
    def carried(name: str) -> int | None:
        return int(row[name]) if row[name] else None

    return Evacuation(
        day=date.fromisoformat(row["date"]),
        crisis=row["crisis"],
        country=row["origin"],
        carriers=tuple(row["carrier"].split("+")),
        transport=row["transport"],
        koreans=carried("koreans_carried"),
        japanese=carried("japanese_carried"),
        others=carried("others_carried"),
        joint=row["joint"] == "yes",
        notes=row["notes"],
        source=row["source"],
        confidence=row["confidence"],
    )


def _quota(row: Row) -> Quota:
    return Quota(date.fromisoformat(row["date"]), int(row["visas_each_way"]), row["source"])


def series(counts: Iterable[Count], *, where: str, nationality: str, kind: str) -> tuple[Count, ...]:
    """Return the counts of one kind of one nationality in one country, by day."""
    wanted = (where, nationality, kind)
    return tuple(count for count in counts if (count.where, count.nationality, count.kind) == wanted)


def runs(counts: Sequence[Count]) -> list[int]:
    """Return for each count of a series which unbroken run it belongs to; a step beyond a year begins a new one."""
    days = [count.day for count in counts]
    breaks = [(later - earlier).days > LONGEST_STEP_DAYS for earlier, later in pairwise(days)]
    return list(accumulate(breaks, initial=0)) if days else []


def latest(counts: Iterable[Count]) -> tuple[Count, ...]:
    """Return the newest count of every nationality, kind, country and region, largest first."""
    newest: dict[tuple[str, str, str, str], Count] = {}
    for count in sorted(counts, key=lambda count: count.day):
        newest[count.nationality, count.kind, count.where, count.region] = count
    return tuple(sorted(newest.values(), key=lambda count: -count.persons))


def newest_in(abroad: Abroad, country: str) -> tuple[Count, ...]:
    """Return the newest count of every kind in one country, Koreans first, then by day, newest first."""
    counts = [count for count in latest(abroad.nationals) if count.where == country]
    return tuple(
        sorted(counts, key=lambda count: (SIDES.index(count.nationality), -count.day.toordinal(), count.kind))
    )


def kinds(abroad: Abroad) -> tuple[str, ...]:
    """Return the kinds of count of nationals in third countries, most countries first."""
    named = [count.kind for count in latest(third(abroad))]
    return tuple(sorted(set(named), key=lambda kind: (-named.count(kind), kind)))


def third(abroad: Abroad) -> tuple[Count, ...]:
    """Return the counts of nationals in single third countries."""
    return tuple(count for count in abroad.nationals if in_third_country(count))


def in_third_country(count: Count) -> bool:
    """Return whether a count was made in a single country that is neither Korea nor Japan."""
    return count.where not in ("", WORLD, *SIDES)


def countries(abroad: Abroad) -> tuple[str, ...]:
    """Return the third countries with a count or an operation on record."""
    named = {count.where for count in third(abroad)} | {operation.country for operation in abroad.evacuations}
    return tuple(sorted(named & set(places())))


def joint(abroad: Abroad) -> tuple[Evacuation, ...]:
    """Return the operations in which one country carried the other's nationals, newest first."""
    return tuple(operation for operation in reversed(abroad.evacuations) if operation.joint)


def there(operations: Iterable[Evacuation], country: str) -> tuple[Evacuation, ...]:
    """Return the operations out of a country."""
    return tuple(operation for operation in operations if operation.country == country)


def in_region(operations: Iterable[Evacuation], country: str) -> tuple[Evacuation, ...]:
    """Return the operations out of the other countries of a country's region."""
    region = places()[country].region
    return tuple(
        operation
        for operation in operations
        if operation.country != country and places()[operation.country].region == region
    )


def carried(operations: Iterable[Evacuation], *, by: str) -> Carried:
    """Return what one side alone (KOR or JPN) carried of the other's nationals."""
    alone = [operation for operation in operations if operation.carriers == (by,)]
    numbers = [operation.japanese if by == "KOR" else operation.koreans for operation in alone]
    known = [number for number in numbers if number is not None]
    return Carried(len(numbers), sum(known), len(numbers) - len(known))


def distance_km(country: str, *, side: str) -> float:
    """Return the great-circle distance from the place of Korea or Japan to that of a country, in kilometres.

    To the metre, so that the last digits of a processor's sine do not show. Haversine formula on a sphere of mean
    Earth radius.
    """
    here, far = places()[side], places()[country]
    north, south = math.radians(here.latitude), math.radians(far.latitude)
    east = math.radians(far.longitude - here.longitude)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return round(2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half)), DISTANCE_DIGITS)


def messages() -> list[str]:
    """Return the English texts of the tables that a page shows, for the catalogues."""
    known = load()
    texts = {text for row in known.evacuations for text in (row.crisis, row.transport, row.notes)}
    texts |= {text for row in known.nationals for text in (row.kind, row.region)}
    texts |= {*KINDS_SHOWN, *REMARKS}
    texts |= {place.region for place in places().values()}
    return sorted((texts | set(known.areas)) - {""})
