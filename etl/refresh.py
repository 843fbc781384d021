"""Fetch, parse, merge, check, publish: the newest official figures, or nothing changed and the reason plain."""

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from crossings.errors import N_, CrossingsError
from crossings.tables.flows import data_folder
from etl import ages, citations, report
from etl.build import files
from etl.check import check_frames, require_written
from etl.describe import computed
from etl.errors import Busy, CheckFailed
from etl.merge import NOT_TAKEN, Change, Frames, cited, merge
from etl.net import Answer, Client, Refused, Source, bases, client
from etl.publish import publish, sole_writer
from etl.report import FAILED, FINE, NOTHING_NEW, SKIPPED, Report, SourceReport
from etl.sources import ecb, estat, jnto, kosis, kto_api
from etl.sources.reading import Reading, Release
from etl.tables import TABLES, from_bytes

KEY_VARIABLES = {"kto": "CROSSINGS_KTO_KEY", "kosis": "CROSSINGS_KOSIS_KEY", "estat": "CROSSINGS_ESTAT_KEY"}
KEY_PLACES = {
    "kto": "data.go.kr/data/15158830", "kosis": "kosis.kr/openapi", "estat": "e-stat.go.jp/api",
}  # fmt: skip
ECB = Source("ecb", "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip", "CROSSINGS_ECB_URL")
MONTHS_BACK, MONTHS_AHEAD = 6, 24
Progress = Callable[[str, float], None]


class TablesMissing(CrossingsError):
    """The published tables are not there to be refreshed."""


class RatesShrunk(CrossingsError):
    """The new rates lack months or differ too far from those here."""


class UnknownSource(CrossingsError):
    """A source that is not one of ours."""


@dataclass(frozen=True)
class Round:
    """What a source needs: the tables so far, its key, the day's date and what was seen last time."""

    frames: Frames
    key: str
    today: str
    seen: dict[str, str]


@dataclass(frozen=True)
class Outcome:
    """What a source brought: the tables after it, the changes, the addresses asked, labels not known."""

    frames: Frames
    changes: list[Change]
    asked: list[str]
    unread: tuple[str, ...] = ()


def refresh(
    sources: tuple[str, ...] = (),
    *,
    keys: Mapping[str, str] | None = None,
    dry_run: bool = False,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Bring the newest official figures into the published tables and report what was done.

    sources: names from SOURCES, all by default; keys: by source, else from the environment. Each source is used
    whole or not at all; what passes the checks is published as one set. Faults of a source are in the report;
    raises TablesMissing, Busy, CheckFailed, PublishFailed or UnknownSource for the run itself.
    """
    begun, started = time.monotonic(), datetime.now().astimezone().isoformat(timespec="seconds")
    place = folder or data_folder()
    unknown = [name for name in sources if name not in SOURCES]
    if unknown:
        raise UnknownSource(
            N_("{name} is not a source; choose from {names}."), name=unknown[0], names=", ".join(SOURCES)
        )
    try:
        with sole_writer(place):
            before = read_tables(place)
            frames, parts = _all_sources(
                before, sources, dict(keys or {}), progress or (lambda name, share: None)
            )
            content = files(frames, computed=computed(place)) if frames is not before else {}
            changed = [] if dry_run else publish(place, content, accept=require_written)
            _remember(read_tables(place) if changed else before, parts, dry_run)
    except CrossingsError as fault:
        _keep_failure("publish", fault, started=started, dry_run=dry_run, seconds=time.monotonic() - begun)
        raise
    done = Report(
        started, dry_run, tuple(part for part, _ in parts), tuple(changed), time.monotonic() - begun
    )
    report.keep(done)
    return done


def bring_in(release: Release, *, folder: Path | None = None) -> Report:
    """Bring one release that was uploaded by hand into the published tables, as a refresh would.

    Raises what merging, checking and publishing raise; the tables stand as they were then.
    """
    begun, started = time.monotonic(), datetime.now().astimezone().isoformat(timespec="seconds")
    place = folder or data_folder()
    try:
        with sole_writer(place):
            before = read_tables(place)
            frames, changes = merge(before, release)
            _not_worse(before, frames)
            content = files(frames, computed=computed(place)) if frames is not before else {}
            changed = publish(place, content, accept=require_written)
    except CrossingsError as fault:
        _keep_failure(release.key, fault, started=started, dry_run=False, seconds=time.monotonic() - begun)
        raise
    state = FINE if changed else NOTHING_NEW
    part = SourceReport(
        release.key, state, (), tuple(changes), release.reading.unread, time.monotonic() - begun
    )
    done = Report(started, False, (part,), tuple(changed), part.seconds)
    report.keep(done)
    return done


def _keep_failure(source: str, fault: CrossingsError, *, started: str, dry_run: bool, seconds: float) -> None:
    """Keep the report of a run that ended with a fault of its own; one that only had to wait leaves none."""
    if not isinstance(fault, Busy):
        part = report.failure(source, fault, asked=[], seconds=seconds)
        report.keep(Report(started, dry_run, (part,), (), seconds))


def key_of(name: str, given: Mapping[str, str]) -> str:
    """Return a source's key: the given one, else the one in the environment, else nothing."""
    return given.get(name) or os.environ.get(KEY_VARIABLES.get(name, ""), "")


def read_tables(place: Path) -> Frames:
    """Return the published tables as text cells. Raises TablesMissing."""
    empty = {name: pd.DataFrame(columns=list(table.columns), dtype=str) for name, table in TABLES.items()
             if table.may_be_empty and not (place / f"{name}.csv").exists()}  # fmt: skip
    try:
        return {name: empty[name] if name in empty else from_bytes((place / f"{name}.csv").read_bytes())
                for name in TABLES}  # fmt: skip
    except (OSError, ValueError) as fault:
        raise TablesMissing(
            N_(
                "The published tables in {folder} are missing or damaged. Restore them, or run: python -m etl build"
            ),
            folder=place.name,
        ) from fault


def _all_sources(
    frames: Frames, names: tuple[str, ...], keys: dict[str, str], progress: Progress
) -> tuple[Frames, list[tuple[SourceReport, dict[str, str]]]]:
    parts: list[tuple[SourceReport, dict[str, str]]] = []
    wanted = names or tuple(SOURCES)
    for at, name in enumerate(wanted):
        progress(name, at / len(wanted))
        key = key_of(name, keys)
        seen = _seen().get(name, {})
        if name == "kosis" and not names and any(part.source == "kto" and part.state in (FINE, NOTHING_NEW)
                                                 for part, _ in parts):  # fmt: skip
            continue
        if name in KEY_VARIABLES and not key:
            parts.append((_no_key(name, asked_for=name in names), {}))
            continue
        frames, part, mark = _one_source(name, Round(frames, key, _today(), seen))
        parts.append((part, mark))
    progress("", 1.0)
    return frames, parts


def _one_source(name: str, turn: Round) -> tuple[Frames, SourceReport, dict[str, str]]:
    """Use one source whole or, with its reason, not at all."""
    begun = time.monotonic()
    asked: list[str] = []
    mark = dict(turn.seen)
    try:
        outcome = SOURCES[name](Round(turn.frames, turn.key, turn.today, mark), asked)
        if outcome.frames is not turn.frames:
            _not_worse(turn.frames, outcome.frames)
    except CrossingsError as fault:
        return turn.frames, report.failure(name, fault, asked=asked, seconds=time.monotonic() - begun), {}
    real = [change for change in outcome.changes if change.kind not in NOT_TAKEN]
    state = FINE if real else NOTHING_NEW
    part = SourceReport(
        name, state, tuple(asked), tuple(outcome.changes), outcome.unread, time.monotonic() - begun
    )
    return outcome.frames, part, mark


def _not_worse(before: Frames, after: Frames) -> None:
    """Raise CheckFailed with the first finding that was not there before the figures came in."""
    findings = check_frames(after)
    if findings:
        known = {(finding.table, finding.where, finding.message) for finding in check_frames(before)}
        for finding in findings:
            if (finding.table, finding.where, finding.message) not in known:
                raise CheckFailed(finding.message, **finding.filled())


def _no_key(name: str, *, asked_for: bool) -> SourceReport:
    message = N_("a key is needed ({variable}); a free one comes from {place}. Without it, upload the official workbook "
                 "or add the figure by hand.")  # fmt: skip
    return SourceReport(
        name, FAILED if asked_for else SKIPPED, message=message, error="KeyMissing" if asked_for else "",
        values={"source": name, "variable": KEY_VARIABLES[name], "place": KEY_PLACES[name]},
    )  # fmt: skip


def _today() -> str:
    return datetime.now().astimezone().date().isoformat()


def _newest(frames: Frames, origin: str, destination: str) -> str:
    rows = frames["visitors"]
    return str(rows.loc[(rows["origin"] == origin) & (rows["destination"] == destination), "month"].max())


def _jnto(turn: Round, asked: list[str]) -> Outcome:
    connection = _watched(jnto.SOURCE, asked)
    answer, name = jnto.fetch(connection, newest=_newest(turn.frames, "KOR", "JPN"))
    if _same_as_last(turn, answer.content):
        return Outcome(turn.frames, [], asked)
    read = jnto.parse(answer.content, name=name)
    return _merged(turn.frames, jnto.release(read, name=name, address=answer.address, seen=answer.day), asked)


def _kto(turn: Round, asked: list[str]) -> Outcome:
    rows = turn.frames["visitors"]
    totals = rows[(rows["destination"] == "KOR") & (rows["origin"] == "TOTAL")]
    known = {str(month): int(count) for month, count in zip(totals["month"], totals["visitors"], strict=True)}
    months = _months(_newest(turn.frames, "JPN", "KOR"), turn.today, unfilled=_unfilled(rows))
    connections = _watched(kto_api.GATEWAY, asked), _watched(kto_api.LEGACY, asked)
    release = kto_api.fetch(*connections, key=turn.key, months=months, known=known)
    outcome = _merged(turn.frames, release, asked)
    out = sorted(set(release.reading.rows["month"]))
    try:
        table = ages.fetch(
            *connections, key=turn.key, months=out, table=turn.frames["ages"], source=release.key
        )
    except CrossingsError:
        return Outcome(outcome.frames, outcome.changes, asked, (*outcome.unread, kto_api.PROFILE))
    new = [Change("new", month, "JPN", "KOR by age", None, None)
           for month in sorted(set(table["month"]) - set(turn.frames["ages"]["month"]))]  # fmt: skip
    return Outcome(ages.add(outcome.frames, release, table), [*outcome.changes, *new], asked, outcome.unread)


def _kosis(turn: Round, asked: list[str]) -> Outcome:
    months = _months(_newest(turn.frames, "JPN", "KOR"), turn.today)
    release = kosis.fetch(_watched(kosis.SOURCE, asked), key=turn.key, first=months[0], last=months[-1])
    return _merged(turn.frames, release, asked)


def _estat(turn: Round, asked: list[str]) -> Outcome:
    entries, day = estat.fetch(_watched(estat.SOURCE, asked), key=turn.key)
    key = list(TABLES["entries"].key)[:-1]
    old = turn.frames["entries"]
    from_estat = old["source"].str.startswith("estat_")
    both = entries.merge(old[from_estat], on=key, how="left", suffixes=("", "_now"))
    different = both[both["persons"] != both["persons_now"]]
    if different.empty:
        return Outcome(turn.frames, [], asked)
    changes = [_entry_change(row) for row in different.to_dict("records")]
    rows = pd.concat([old, different[list(TABLES["entries"].columns)]], ignore_index=True)
    again = from_estat.reindex(rows.index, fill_value=True) & rows.duplicated(key, keep="last")
    source = entries["source"].iloc[0]
    release = Release(
        Reading(pd.DataFrame()), source, citations.MOJ_JAPAN, "Immigration statistics, foreign entries by port and "
        "nationality (e-Stat)", "https://www.e-stat.go.jp", day, "seen", "Free use with the source named (e-Stat terms)",
    )  # fmt: skip
    frames = {**turn.frames, "entries": rows[~again], "sources": cited(turn.frames["sources"], release)}
    return Outcome(frames, changes, asked)


def _entry_change(row: Mapping[object, object]) -> Change:
    before = row["persons_now"]
    known = isinstance(before, str) and before != ""
    month, place = str(row["date_start"])[:7], f"entries {row['place']}"
    return Change("revised" if known else "new", month, "KOR", place, int(str(before)) if known else None,
                  int(str(row["persons"])))  # fmt: skip


def _ecb(turn: Round, asked: list[str]) -> Outcome:
    connection = _watched(ECB, asked)
    answer = _first(connection, bases(ECB))
    if _same_as_last(turn, answer.content):
        return Outcome(turn.frames, [], asked)
    rates = ecb.parse(answer.content, name=answer.address.rsplit("/", 1)[-1]).astype(str)
    old = turn.frames["exchange_rates"]
    _rates_stand(old, rates)
    both = rates.merge(old, on="month", how="left", suffixes=("", "_now"))
    different = both[
        (both["krw_per_jpy"] != both["krw_per_jpy_now"]) | (both["complete"] != both["complete_now"])
    ]
    if different.empty:
        return Outcome(turn.frames, [], asked)
    changes = [Change("new" if pd.isna(row["days_now"]) else "revised", row["month"], "rate", "KRW/JPY", None, None)
               for row in different.to_dict("records")]  # fmt: skip
    day = answer.day.isoformat()
    release = Release(
        Reading(pd.DataFrame()), ecb.KEY, "European Central Bank", "Euro foreign exchange reference rates, daily, won "
        "and yen", answer.address, day, "seen", citations.ECB_TERMS,
    )  # fmt: skip
    frames = {**turn.frames, "exchange_rates": rates, "sources": cited(turn.frames["sources"], release)}
    return Outcome(frames, changes, asked)


def _rates_stand(old: pd.DataFrame, new: pd.DataFrame) -> None:
    """Raise RatesShrunk where months are gone or a finished month moved by more than a hundredth."""
    both = old.merge(new, on="month", how="left", suffixes=("", "_new"))
    before, after = both["krw_per_jpy"].astype(float), pd.to_numeric(both["krw_per_jpy_new"])
    moved = (both["complete"] == "yes") & ~((after / before - 1).abs() <= 0.01)
    for month in both.loc[moved, "month"].head(1):
        raise RatesShrunk(
            N_("The rates of {month} are gone or far from those here. The rates already here stand."),
            month=month,
        )


SOURCES: dict[str, Callable[[Round, list[str]], Outcome]] = {
    "jnto": _jnto, "kto": _kto, "kosis": _kosis, "estat": _estat, "ecb": _ecb,
}  # fmt: skip


def _first(connection: Client, addresses: list[str]) -> Answer:
    """Return the first answer of an address and its fallbacks. Raises what the first one gave where none answers."""
    refusals: list[Refused] = []
    for address in addresses:
        try:
            return connection.get(address)
        except Refused as fault:
            refusals.append(fault)
    raise refusals[0]


def _merged(frames: Frames, release: Release, asked: list[str]) -> Outcome:
    merged, changes = merge(frames, release)
    return Outcome(merged, changes, asked, release.reading.unread)


def _watched(source: Source, asked: list[str]) -> Client:
    connection = client(source)
    connection.asked = asked
    return connection


def _unfilled(visitors: pd.DataFrame) -> str:
    """Return the first month that a nationality lacks at its end, of those that were here two years ago."""
    ends = visitors[visitors["destination"] == "KOR"].groupby("origin")["month"].max()
    since = str(pd.Period(ends.max(), "M") - MONTHS_AHEAD)
    return str(pd.Period(ends[ends >= since].min(), "M") + 1)


def _months(newest: str, today: str, *, unfilled: str = "") -> list[str]:
    """Return the months to ask for: the last ones here, for revisions, to the one before today's.

    unfilled: a month before those from which something is missing. A clock that is behind asks for one month more
    than is known, one far ahead for two years at most.
    """
    last = max(str(pd.Period(newest, "M") + 1), str(pd.Period(today[:7], "M") - 1))
    last = min(last, str(pd.Period(newest, "M") + MONTHS_AHEAD))
    first = min(str(pd.Period(newest, "M") - MONTHS_BACK), unfilled or newest)
    return [str(month) for month in pd.period_range(first, last, freq="M")]


def _same_as_last(turn: Round, content: bytes) -> bool:
    """Say whether a file is the one that was merged last into these very tables; note it for next time."""
    mark = hashlib.sha256(content).hexdigest()
    same = turn.seen.get("content") == mark and turn.seen.get("tables") == _tables_mark(turn.frames)
    turn.seen["content"] = mark
    return same


def _tables_mark(frames: Frames) -> str:
    mark = hashlib.sha256()
    for rows in (frames["visitors"], frames["exchange_rates"]):
        for name in rows:
            mark.update(pd.util.hash_pandas_object(rows[name], index=False).to_numpy().tobytes())
    return mark.hexdigest()


def _seen() -> dict[str, dict[str, str]]:
    try:
        found = json.loads((report.folder() / "seen.json").read_text("utf-8"))
        return {str(name): dict(mark) for name, mark in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _remember(frames: Frames, parts: list[tuple[SourceReport, dict[str, str]]], dry_run: bool) -> None:
    """Note what was merged into which tables, so that the same file need not be read again."""
    marks = {part.source: mark for part, mark in parts if mark.get("content") and part.state != FAILED}
    if dry_run or not marks:
        return
    tables = _tables_mark(frames)
    noted = {**_seen(), **{name: {**mark, "tables": tables} for name, mark in marks.items()}}
    if noted == _seen():
        return
    try:
        report.folder().mkdir(parents=True, exist_ok=True)
        draft = report.folder() / "seen.draft"
        draft.write_text(json.dumps(noted), "utf-8")
        draft.replace(report.folder() / "seen.json")
    except OSError:
        return
