"""Fetch, parse, merge, check, publish: the newest official figures, or nothing changed and the reason plain."""

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd

from crossings.errors import N_, CrossingsError, Listed, noted, unforeseen
from crossings.tables.flows import data_folder
from crossings.whole import replace_file
from etl import report
from etl.build import files
from etl.check import check_frames, require_written
from etl.describe import computed
from etl.errors import AnswerChanged, Busy, CheckFailed
from etl.merge import NOT_TAKEN, Frames, merge
from etl.publish import publish, sole_writer
from etl.publishers import SOURCES
from etl.releases import today
from etl.report import FAILED, FINE, NOTHING_NEW, SKIPPED, Report, SourceReport
from etl.sources.reading import Release
from etl.sources.record import MARKED, Key, Round, Source, tables_mark
from etl.tables import TABLES, from_bytes

Progress = Callable[[str, float], None]


class TablesMissing(CrossingsError):
    """The published tables are not there to be refreshed."""


class UnknownSource(CrossingsError):
    """A source that is not one of ours."""


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
            N_("{name} is not a source. Choose from {names}."), name=unknown[0], names=Listed(SOURCES)
        )
    try:
        with sole_writer(place):
            before = read_tables(place)
            frames, parts = _all_sources(
                before, sources, dict(keys or {}), progress or (lambda name, share: None)
            )
            content = files(frames, computed=computed(place)) if frames is not before else {}
            changed = [] if dry_run else publish(place, content, accept=require_written)
            _remember(read_tables(place, MARKED) if changed else before, parts, dry_run)
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
    key = SOURCES[name].key
    return (given.get(name) or (os.environ.get(key.variable, "") if key else "")).strip()


def read_tables(place: Path, names: Iterable[str] = TABLES) -> Frames:
    """Return the published tables, or some of them, as text cells. Raises TablesMissing."""
    empty = {
        name: pd.DataFrame(columns=list(table.columns), dtype=str)
        for name, table in TABLES.items()
        if table.may_be_empty and not (place / f"{name}.csv").exists()
    }
    try:
        return {
            name: empty[name] if name in empty else from_bytes((place / f"{name}.csv").read_bytes())
            for name in names
        }
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
        source = SOURCES[name]
        if not names and _stood_in_for(source, key, parts):
            continue
        if source.key and not key:
            parts.append((_no_key(source, source.key, asked_for=name in names), {}))
            continue
        frames, part, mark = _one_source(name, Round(frames, key, today(), seen))
        parts.append((part, mark))
    progress("", 1.0)
    return frames, parts


def _stood_in_for(source: Source, key: str, parts: list[tuple[SourceReport, dict[str, str]]]) -> bool:
    """Say whether a source need not be asked because one that brings the same came through."""
    came_through = {part.source for part, _ in parts if part.state in (FINE, NOTHING_NEW)}
    return bool(came_through & set(source.second_to)) and not (source.brings_more and key)


def _one_source(name: str, turn: Round) -> tuple[Frames, SourceReport, dict[str, str]]:
    """Use one source whole or, with its reason, not at all."""
    begun = time.monotonic()
    asked: list[str] = []
    mark = dict(turn.seen)
    try:
        outcome = SOURCES[name].bring(Round(turn.frames, turn.key, turn.today, mark), asked)
        if outcome.frames is not turn.frames:
            _not_worse(turn.frames, outcome.frames)
    except Exception as fault:  # whatever a publisher's answer brings about, the others go on
        part = report.failure(name, _named(fault), asked=asked, seconds=time.monotonic() - begun)
        return turn.frames, part, {}
    real = [change for change in outcome.changes if change.kind not in NOT_TAKEN]
    state = FINE if real else NOTHING_NEW
    part = SourceReport(
        name, state, tuple(asked), tuple(outcome.changes), outcome.unread, time.monotonic() - begun
    )
    return outcome.frames, part, mark


def _named(fault: Exception) -> CrossingsError:
    """Return a source's fault under its own name, else as an answer that could not be read, with its number in the log."""
    if isinstance(fault, CrossingsError | ImportError):
        return unforeseen(fault)
    return AnswerChanged(
        N_(
            "The publisher's response could not be read (fault {number}). Try again later; if it "
            "continues, give this number to the administrator of the app."
        ),
        number=noted(fault),
    )


def _not_worse(before: Frames, after: Frames) -> None:
    """Raise CheckFailed with the first finding that was not there before the figures came in."""
    findings = check_frames(after)
    if findings:
        known = {(finding.table, finding.where, finding.message) for finding in check_frames(before)}
        for finding in findings:
            if (finding.table, finding.where, finding.message) not in known:
                raise CheckFailed(finding.message, **finding.filled())


def _no_key(source: Source, key: Key, *, asked_for: bool) -> SourceReport:
    return SourceReport(
        source.name,
        FAILED if asked_for else SKIPPED,
        message=N_(
            "a key is needed ({variable}), available free of charge at {place}. Without a key, upload"
            " the official Excel file or enter the figure by hand."
        )
        if source.office
        else N_("a key is needed ({variable}), available free of charge at {place}."),
        error="KeyMissing" if asked_for else "",
        values={"source": source.name, "variable": key.variable, "place": key.place},
    )


def _seen() -> dict[str, dict[str, str]]:
    try:
        found = json.loads((report.folder() / "seen.json").read_text("utf-8"))
        return {str(name): dict(mark) for name, mark in found.items()}
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return {}


def _remember(frames: Frames, parts: list[tuple[SourceReport, dict[str, str]]], dry_run: bool) -> None:
    """Note what was merged into which tables, so that the same file need not be read again."""
    marks = {part.source: mark for part, mark in parts if mark.get("content") and part.state != FAILED}
    if dry_run or not marks:
        return
    tables = tables_mark(frames)
    noted = {**_seen(), **{name: {**mark, "tables": tables} for name, mark in marks.items()}}
    if noted == _seen():
        return
    with contextlib.suppress(OSError):
        replace_file(report.folder() / "seen.json", json.dumps(noted))
