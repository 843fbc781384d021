"""What a refresh did: short, kept beside the added figures, and shown to the user."""

import contextlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from crossings.errors import CrossingsError
from crossings.tables.user_figures import home
from crossings.whole import one_at_a_time, replace_file
from etl.merge import Change

FINE, NOTHING_NEW, SKIPPED, FAILED = "fetched", "nothing new", "skipped", "failed"
KEPT, LISTED = 120, 200
FILE = "refreshes.jsonl"


@dataclass(frozen=True)
class SourceReport:
    """One source's part. message is an English sentence with {named} places, values what goes into them."""

    source: str
    state: str
    asked: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    unread: tuple[str, ...] = ()
    seconds: float = 0.0
    message: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    error: str = ""

    def counts(self) -> dict[str, int]:
        return dict(Counter(change.kind for change in self.changes))

    def record(self) -> dict[str, object]:
        return {
            "source": self.source,
            "state": self.state,
            "asked": list(self.asked),
            "counts": self.counts(),
            "changes": [change.record() for change in self.changes[:LISTED]],
            "unread": list(self.unread),
            "seconds": round(self.seconds, 2),
            "error": self.error,
            "message": self.message,
            "values": {name: str(value) for name, value in self.values.items()},
            "sentence": self.message.format(**self.values) if self.message else "",
        }


@dataclass(frozen=True)
class Report:
    """A whole refresh: started (ISO time), the sources in order, and the files that changed."""

    started: str
    dry_run: bool
    sources: tuple[SourceReport, ...]
    changed: tuple[str, ...]
    seconds: float

    @property
    def failed(self) -> bool:
        return any(one.state == FAILED for one in self.sources)

    def record(self) -> dict[str, object]:
        return {
            "started": self.started,
            "dry_run": self.dry_run,
            "seconds": round(self.seconds, 2),
            "changed": list(self.changed),
            "failed": self.failed,
            "sources": [one.record() for one in self.sources],
        }


def failure(source: str, fault: CrossingsError, *, asked: list[str], seconds: float) -> SourceReport:
    """Return the part of a source that could not be used; its tables stay as they were."""
    return SourceReport(
        source,
        FAILED,
        tuple(asked),
        seconds=seconds,
        message=fault.message,
        values=fault.values,
        error=type(fault).__name__,
    )


def folder() -> Path:
    """Return where the reports are kept: in the app's own folder."""
    return home()


def keep(report: Report) -> None:
    """Add a report to those kept; a folder that cannot be written keeps none."""
    place = folder() / FILE
    with contextlib.suppress(OSError), one_at_a_time(place):
        text = "\n".join([*_lines()[-KEPT + 1 :], json.dumps(report.record(), ensure_ascii=False)]) + "\n"
        replace_file(place, text)


def kept() -> list[dict[str, object]]:
    """Return the reports kept, oldest first; damaged lines are left out."""
    reports: list[dict[str, object]] = []
    for line in _lines():
        with contextlib.suppress(ValueError, TypeError, KeyError, RecursionError):
            found = json.loads(line)
            date.fromisoformat(found["started"][:10])
            reports.append(found)
    return reports


def _lines() -> list[str]:
    try:
        return (folder() / FILE).read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []
