"""`python -m etl release-day`: new figures in, checked, and the month's files and texts out, as one set or not at all.

A set is a folder named by its last month and the figures' digest. It is made beside its place and renamed into it, so a
run that is killed leaves no half set, and the next run makes what is missing. Nothing new makes no file.
"""

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from datetime import time as clock
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from crossings.errors import N_, CrossingsError, system_fault, unforeseen
from crossings.language.language import LANGUAGES, Language
from crossings.tables import flows
from crossings.tables.flows import Published, data_folder
from crossings.tables.releases import freshness
from crossings.whole import replace_file
from etl import release_mail
from etl.check import require
from etl.commands import said
from etl.errors import Busy
from etl.refresh import refresh
from etl.report import FAILED, Report

if TYPE_CHECKING:
    from crossings.models.models import Models

NEW, NOTHING_NEW, BROKEN = "new", "nothing new", "failed"
EXIT_CODES = {NEW: 0, BROKEN: 1, NOTHING_NEW: 3}
FORMATS = ("pptx", "docx", "hwpx")
LOG, LOCK = "release-day.log", ".release-day.lock"
# Japan and Korea share one clock. JNTO publishes at a quarter past four, KTO in the working hours.
HERE = timezone(timedelta(hours=9))
EXPECTED = {"JNTO": clock(16, 15), "KTO": clock(9, 0)}
LEAST_MINUTES = 5.0


class FileNotMade(CrossingsError):
    """A file of the month could not be made."""


@dataclass(frozen=True)
class Day:
    """What a run did. outcome: new, nothing new or failed; folder: the set of files for the figures that stand.

    reasons: what failed, in English, although the rest may have come in.
    """

    outcome: str
    folder: Path | None
    files: tuple[str, ...]
    month: str
    digest: str
    reasons: tuple[str, ...]
    seconds: float

    @property
    def exit_code(self) -> int:
        """0 new files, 1 failed, 3 nothing new."""
        return EXIT_CODES[self.outcome]


def run(out: Path, *, languages: Sequence[str] = tuple(LANGUAGES), formats: Sequence[str] = FORMATS) -> Day:
    """Refresh, check, and make the files of the figures that then stand, where they are not there yet.

    out: folder of the sets and of the log. Raises Busy, CheckFailed, PublishFailed, TablesMissing or FileNotMade.
    """
    begun = time.monotonic()
    with sole_run(out):
        before = _figures()
        done = refresh()
        require(data_folder())
        after = flows.load()
        folder = out / f"{after.last_month}-{after.digest}"
        made = not _names(after, languages, formats) <= {path.name for path in folder.glob("*")}
        if made:
            _make(folder, before, after, done, languages=languages, formats=formats)
        reasons = tuple(said(part, Language("en"))[0] for part in done.sources if part.state == FAILED)
        day = Day(
            NEW if made else BROKEN if reasons else NOTHING_NEW,
            folder,
            tuple(sorted(path.name for path in folder.iterdir())),
            str(after.last_month),
            after.digest,
            reasons,
            time.monotonic() - begun,
        )
        _log(out, day)
    return day


def failed(out: Path, fault: CrossingsError, *, seconds: float) -> Day:
    """Return and log a run that broke off; the figures and the sets stand as they were."""
    day = Day(BROKEN, None, (), "", "", (str(fault),), seconds)
    _log(out, day)
    return day


@contextlib.contextmanager
def sole_run(out: Path) -> Iterator[None]:
    """Hold the folder for one run and sweep away what a killed one left. Raises Busy or FileNotMade."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        held = FileLock(out / LOCK, thread_local=False).acquire(timeout=0)
    except Timeout:
        raise Busy(
            N_("Another run is writing the tables in {folder}. Wait until it ends, then start again."),
            folder=out.name,
        ) from None
    except OSError as fault:
        raise _not_made(out.name, system_fault(fault)) from fault
    with held:
        for draft in out.glob(".*.draft"):
            shutil.rmtree(draft, ignore_errors=True)
        yield


def _figures() -> Published | None:
    try:
        return flows.load()
    except CrossingsError:
        return None


def _make(
    folder: Path,
    before: Published | None,
    after: Published,
    done: Report,
    *,
    languages: Sequence[str],
    formats: Sequence[str],
) -> None:
    from crossings.models.models import Models

    draft, models = folder.with_name(f".{folder.name}.draft"), Models(after)
    draft.mkdir()
    moved = _moved(before, models)
    for code in languages:
        _documents(draft / _stem(after, code), models, Language(code), formats)
        text = release_mail.text(moved, after, done, Language(code))
        replace_file(draft / f"mail-{code}.txt", text)
    try:
        _put(draft, folder)
    except OSError as fault:
        raise _not_made(folder.name, system_fault(fault)) from fault


def _names(after: Published, languages: Sequence[str], formats: Sequence[str]) -> set[str]:
    """Return the names of the files of a set."""
    mails = {f"mail-{code}.txt" for code in languages}
    return mails | {f"{_stem(after, code)}.{kind}" for code in languages for kind in formats}


def _stem(after: Published, code: str) -> str:
    return f"korea-japan-{after.last_month}-{code}"


def _put(draft: Path, folder: Path) -> None:
    """Put a set into its place in one step; where a set of fewer files is there, each file that it lacks."""
    if not folder.exists():
        draft.rename(folder)
        return
    for path in draft.iterdir():
        if not (folder / path.name).exists():
            path.replace(folder / path.name)
    shutil.rmtree(draft)


def _moved(before: Published | None, models: "Models") -> release_mail.Effect | CrossingsError:
    try:
        return release_mail.effect(before, models)
    except CrossingsError as fault:
        return fault


def _documents(stem: Path, models: "Models", language: Language, formats: Sequence[str]) -> None:
    """Make the monthly summary of a language, composed once, in each format. Raises FileNotMade."""
    from crossings.briefing.compose import Asked, month_in_brief
    from crossings.export import documents

    place = stem
    try:
        briefing = month_in_brief(Asked(), models, language)
        for kind in formats:
            place = stem.with_suffix(f".{kind}")
            replace_file(place, documents.make(kind, briefing))
    except Exception as fault:  # whatever hindered a file, the figures are in and the reason is told
        raise _not_made(place.name, unforeseen(fault)) from fault


def _not_made(name: str, reason: object) -> FileNotMade:
    return FileNotMade(
        N_("{file} could not be made ({reason}). The figures have been updated; run the command again."),
        file=name,
        reason=reason,
    )


def _log(out: Path, day: Day) -> None:
    """Add one line: when, what came of it, month, digest, number of files, seconds, reasons."""
    now = datetime.now(HERE).isoformat(timespec="seconds")
    parts = [
        now,
        day.outcome,
        day.month or "-",
        day.digest or "-",
        f"{len(day.files)} files",
        f"{day.seconds:.1f} s",
    ]
    line = "\t".join([*parts, *(" ".join(reason.split()) for reason in day.reasons)])
    with contextlib.suppress(OSError), (out / LOG).open("a", encoding="utf-8") as log:
        log.write(line + "\n")


def watch(
    ask: Callable[[], Day],
    *,
    every_minutes: float,
    now: Callable[[], datetime] = lambda: datetime.now(HERE),
    sleep: Callable[[float], None] = time.sleep,
) -> Day:
    """Ask from the expected minute on, again and again, until the figures due are here or the day ends.

    A day on which nothing is due is asked once. Returns the last run that made files, else the last run.
    """
    today = now().date()
    due = offices_due(today)
    if due:
        start = datetime.combine(today, min(EXPECTED[office] for office in due), HERE)
        sleep(max(0.0, (start - now()).total_seconds()))
    best = ask()
    while offices_due(today) and now().date() == today:
        sleep(60 * max(every_minutes, LEAST_MINUTES))
        if now().date() != today:
            break
        last = ask()
        best = last if last.outcome == NEW or best.outcome != NEW else best
    return best


def offices_due(today: date) -> set[str]:
    """Return the offices whose next release is due by a day and not here."""
    return {release.office for release in freshness(today=today).overdue}
