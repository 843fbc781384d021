"""What the worth model assumes, as typed records read from the table beside this file."""

import tomllib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from crossings.errors import N_
from crossings.models.scenario.priors import Prior, even_draws, prior_from
from crossings.tables import citations, flows
from crossings.tables.citations import Citation

Array = NDArray[np.float64]
Grade = Literal["good", "fair", "weak", "typed"]
Country = Literal["KOR", "JPN"]

COUNTRIES: tuple[Country, ...] = ("KOR", "JPN")
AIRPORTS = "arrival_airports"
OTHER = "other"
SUMS = frozenset({"billion won", "billion yen"})
OWN_SOURCES = (
    N_("Worked out from figures of this table and the sources they name"),
    N_("Judgement of the compiler; no published figure was found"),
    N_("Entries by port, from the ministries of justice and the press (table entries)"),
    N_("Passengers by route, 2024 and 2025 (as quoted elsewhere)"),
)
TABLE = Path(__file__).with_name("parameters.toml")


def ends_and_median(prior: Prior) -> tuple[float, float, float]:
    """Return the 5th percentile of a distribution, its median and the 95th."""
    low, median, high = prior.quantile(np.array([0.05, 0.5, 0.95])).tolist()
    return low, median, high


@dataclass(frozen=True)
class Parameter:
    """An assumption with its distribution in `unit`, its grade and source keys."""

    key: str
    label: str
    unit: str
    grade: Grade
    prior: Prior
    sources: tuple[str, ...]
    note: str

    @property
    def range(self) -> tuple[float, float, float]:
        """The 5th percentile, the median and the 95th."""
        return ends_and_median(self.prior)


@dataclass(frozen=True)
class Fixed:
    """A figure that is not drawn: a rate or charge in force, in `unit`."""

    key: str
    label: str
    unit: str
    grade: Grade
    value: float
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Quantities:
    """What a measure needs in one country.

    desks: staffed at once over all halls. hours: a day. gates, banks: automated gates and the banks they
    stand in. abroad: officers posted in the other country. jesta: share of the JESTA system that is
    built, 0 or 1. capital: further outlay once, running: further outlay a year, both in million of the
    country's currency.
    """

    desks: float = 0.0
    hours: float = 0.0
    gates: float = 0.0
    banks: float = 0.0
    abroad: float = 0.0
    jesta: float = 0.0
    capital: float = 0.0
    running: float = 0.0


@dataclass(frozen=True)
class Need:
    """The quantities a lever needs by country unless others are typed, with their grade and source keys."""

    lever: str
    quantities: Mapping[Country, Quantities]
    grade: Grade
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Airport:
    """Share (per cent) of the other country's visitors who arrive at one airport, with a range."""

    country: Country
    code: str
    share: float
    low: float
    high: float
    grade: Grade
    sources: tuple[str, ...]

    @property
    def prior(self) -> Prior:
        """The share drawn over its range; the tabled share, its mode, may stand at an end."""
        if self.low == self.high:
            return Prior("fixed", (self.share,))
        return Prior("pert", (self.low, self.share, self.high))

    @property
    def range(self) -> tuple[float, float, float]:
        """The 5th percentile, the median and the 95th."""
        return ends_and_median(self.prior)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def parameters() -> Mapping[str, Parameter]:
    """Return every drawn parameter by key."""
    rows = _table()["parameter"].items()
    return MappingProxyType({key: _parameter(key, row) for key, row in rows})


def _parameter(key: str, row: Mapping[str, Any]) -> Parameter:
    typed = {"prior": prior_from(row["prior"]), "sources": tuple(row["sources"])}
    return Parameter(key=key, **{**row, **typed})


@lru_cache(maxsize=1)
def fixed() -> Mapping[str, Fixed]:
    """Return every figure that is not drawn, by key."""
    rows = _table()["fixed"].items()
    return MappingProxyType(
        {key: Fixed(key=key, **{**row, "sources": tuple(row["sources"])}) for key, row in rows}
    )


@lru_cache(maxsize=1)
def needs() -> Mapping[str, Need]:
    """Return what the levers need, by lever key; levers without an entry need no outlay or have no price."""
    return MappingProxyType({key: _need(key, row) for key, row in _table()["quantity"].items()})


def _need(lever: str, row: Mapping[str, Any]) -> Need:
    quantities = {country: Quantities(**row[country]) for country in COUNTRIES if country in row}
    return Need(lever, MappingProxyType(quantities), row["grade"], tuple(row["sources"]), row["note"])


def airports() -> tuple[Airport, ...]:
    """Return the airports of arrival that the model knows, Japan's first. Raises DataMissing or DataDamaged."""
    return _airports(flows.file_mark(flows.data_folder() / f"{AIRPORTS}.csv"))


@lru_cache(maxsize=2)
def _airports(mark: Hashable) -> tuple[Airport, ...]:
    rows = flows.read_table(AIRPORTS)
    found = [_airport(row) for row in rows[rows["used"] == "yes"].to_dict("records")]
    return tuple(sorted(found, key=lambda one: (one.country, one.code == OTHER, -one.share)))


def _airport(row: Mapping[Any, Any]) -> Airport:
    share, low, high = (float(row[f"{name}_percent"]) for name in ("share", "low", "high"))
    return Airport(row["country"], row["place"], share, low, high, row["grade"], (row["source"],))


def source_titles(keys: Iterable[str]) -> tuple[str, ...]:
    """Return what the sources table says of some keys. Raises DataMissing or DataDamaged."""
    known = _citations(flows.file_mark(flows.data_folder() / f"{citations.TABLE}.csv"))
    return tuple(known[key].description for key in keys)


@lru_cache(maxsize=2)
def _citations(mark: Hashable) -> Mapping[str, Citation]:
    return citations.citations()


def price_year(key: str) -> str:
    """Return the year of the prices of a sum of money, by parameter (the scenario's too); empty where none is known."""
    return str(_table()["prices"].get(key, ""))


def rate_period(won_per_yen: float) -> str:
    """Return the month (YYYY-MM) or year whose mean a rate of won per yen is; empty for any other rate."""
    return str(_table()["rate_periods"].get(f"{won_per_yen:.10g}", ""))


def not_counted() -> tuple[str, ...]:
    """Return, in English, what the books leave out."""
    return tuple(_table()["texts"]["not_counted"])


@lru_cache(maxsize=4)
def drawn(*, count: int, seed: int) -> Mapping[str, Array]:
    """Return `count` draws of every parameter (count, 1); row j belongs to the scenario's row j."""
    return MappingProxyType(
        {
            key: even_draws(parameter.prior, name=f"worth {key}", count=count, seed=seed)[:, np.newaxis]
            for key, parameter in parameters().items()
        }
    )


def messages() -> list[str]:
    """Return every text of the table that a reader may see, once each, for the catalogues."""
    return list(dict.fromkeys(text for text in _texts() if text))


def _texts() -> Iterator[str]:
    for parameter in parameters().values():
        yield from (parameter.label, *_unit(parameter.unit), parameter.note)
    for figure in fixed().values():
        yield from (figure.label, *_unit(figure.unit))
    for need in needs().values():
        yield need.note
    yield from not_counted()


def _unit(unit: str) -> tuple[str, ...]:
    """Return a unit as a text to be translated; none for sums, which each language counts in a unit of its own."""
    return () if unit in SUMS else (unit,)
