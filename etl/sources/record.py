"""What is said once of each source: who publishes, where it answers, and how its figures come into the tables."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from etl.merge import Change, Frames, merge
from etl.net import Client, Service, client
from etl.sources.reading import Reading, Release

MONTHS_BACK, MONTHS_AHEAD = 6, 24
MARKED = ("visitors", "exchange_rates")


@dataclass(frozen=True)
class Round:
    """What a source needs: the tables so far, its key, the day's date and what was seen last time."""

    frames: Frames
    key: str
    today: str
    seen: dict[str, str]

    def newest(self, origin: str, destination: str) -> str:
        """Return the last month of a flow that is here."""
        rows = self.frames["visitors"]
        return str(rows.loc[(rows["origin"] == origin) & (rows["destination"] == destination), "month"].max())

    def same_as_last(self, content: bytes) -> bool:
        """Say whether a file is the one that was merged last into these very tables; note it for next time."""
        mark = hashlib.sha256(content).hexdigest()
        same = self.seen.get("content") == mark and self.seen.get("tables") == tables_mark(self.frames)
        self.seen["content"] = mark
        return same


@dataclass(frozen=True)
class Outcome:
    """What a source brought: the tables after it, the changes, the addresses asked, labels not known."""

    frames: Frames
    changes: list[Change]
    asked: list[str]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Key:
    """A source's key: the environment variable it is read from, and where a free one comes from."""

    variable: str
    place: str


@dataclass(frozen=True)
class Source:
    """One source of figures.

    name: its name on the command line; service: where it answers; title: what a reader calls it;
    publisher, terms: as the sources table cites it; covers: what it brings; released: when.
    bring: fetch, parse and merge, filling the list of addresses asked. office: the office whose releases it brings.
    key: absent where none is needed. second_to: the sources in whose place it is asked; where one of them came
    through it is left out, unless it brings_more and has its key.
    """

    name: str
    service: Service
    title: str
    publisher: str
    terms: str
    covers: str
    released: str
    bring: Callable[[Round, list[str]], Outcome]
    office: str = ""
    key: Key | None = None
    second_to: tuple[str, ...] = ()
    brings_more: bool = False


def watched(service: Service, asked: list[str]) -> Client:
    """Return a connection to a service that notes the addresses it asks."""
    connection = client(service)
    connection.asked = asked
    return connection


def merged(frames: Frames, release: Release, asked: list[str]) -> Outcome:
    """Return the tables with a release of visitor figures brought in. Raises what merging raises."""
    after, changes = merge(frames, release)
    return Outcome(after, changes, asked, release.reading.unread)


def without_figures(key: str, description: str, address: str, day: str, source: Source) -> Release:
    """Return a release that is only cited: its figures go into another table than visitors."""
    nothing = Reading(pd.DataFrame())
    return Release(nothing, key, source.publisher, description, address, day, "seen", source.terms)


def months_to_ask(newest: str, today: str, *, unfilled: str = "") -> list[str]:
    """Return the months to ask for: the last ones here, for revisions, to the one before today's.

    unfilled: a month before those from which something is missing. A clock that is behind asks for one month more
    than is known, one far ahead for two years at most.
    """
    last = max(str(pd.Period(newest, "M") + 1), str(pd.Period(today[:7], "M") - 1))
    last = min(last, str(pd.Period(newest, "M") + MONTHS_AHEAD))
    first = min(str(pd.Period(newest, "M") - MONTHS_BACK), unfilled or newest)
    return [str(month) for month in pd.period_range(first, last, freq="M")]


def tables_mark(frames: Frames) -> str:
    """Return a hash of the tables that whole files are merged into."""
    mark = hashlib.sha256()
    for rows in (frames[name] for name in MARKED):
        for name in rows:
            mark.update(pd.util.hash_pandas_object(rows[name], index=False).to_numpy().tobytes())
    return mark.hexdigest()
