"""Putting a new set of tables in place: wholly, or not at all.

How a set is replaced
1. One writer at a time: a lock on `.<folder>.lock` beside the folder, freed when the process ends.
2. The whole next set stands first in `.<folder>.next` beside the folder, in the same file system:
   unchanged files are linked, changed ones written and flushed to disk. The checks read this set.
3. Where the system can exchange two folders in one step (Linux), that step is the publication: before it
   every reader sees the old set, after it the new one; a power cut or a kill leaves one or the other.
4. Where it cannot, a journal `.<folder>.journal` is written and flushed; from then on the new set is
   decided. Its files replace the old ones one by one, then the journal goes. A run that died in between is
   completed by `recover`, which each writer calls first; without a journal, `recover` only sweeps the
   unfinished set away.
"""

import contextlib
import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from crossings.errors import N_, system_fault
from crossings.whole import replace_file, write_flushed
from etl.errors import Busy, PublishFailed

AT_FDCWD = -100
RENAME_EXCHANGE = 2


@dataclass(frozen=True)
class Place:
    """Where a folder of tables and the helpers of its replacement stand."""

    folder: Path
    stage: Path
    journal: Path
    lock: Path

    @classmethod
    def of(cls, folder: Path) -> "Place":
        folder = folder.resolve()
        home = _home(folder)
        return cls(folder, *(home / f".{folder.name}.{part}" for part in ("next", "journal", "lock")))


def _home(folder: Path) -> Path:
    """Return the parent where it can hold the next set in one file system, else the folder itself."""
    parent = folder.parent
    if not folder.exists():
        parent.mkdir(parents=True, exist_ok=True)
        return parent
    usable = os.access(parent, os.W_OK) and not folder.is_mount()
    return parent if usable and parent.stat().st_dev == folder.stat().st_dev else folder


@contextlib.contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Hold the tables for one writer and finish what a killed run left. Raises Busy or PublishFailed."""
    try:
        lock = FileLock(Place.of(folder).lock, thread_local=False)
        held = lock.acquire(timeout=0)
    except Timeout:
        raise Busy(
            N_("Another run is writing the tables in {folder}. Wait until it ends, then start again."),
            folder=folder.name,
        ) from None
    except OSError as fault:
        raise _failed(fault) from fault
    with held:
        recover(folder)
        yield


def recover(folder: Path) -> None:
    """Complete a replacement that was decided, or sweep away one that was not. Raises PublishFailed."""
    place = Place.of(folder)
    try:
        if place.journal.exists():
            _roll_forward(place)
        if place.stage.exists():
            shutil.rmtree(place.stage)
        for draft in place.journal.parent.glob(f"{place.journal.name}.*"):
            draft.unlink()
    except OSError as fault:
        raise _failed(fault) from fault


def publish(
    folder: Path, files: Mapping[str, bytes], *, accept: Callable[[Path], None], exchange: bool = True
) -> list[str]:
    """Replace the named files as one set and return the names that changed; none changed, nothing is touched.

    accept reads the next set in its own folder and raises to refuse it. Call inside sole_writer.
    exchange=False takes the journal's way. Raises PublishFailed, and whatever accept raises.
    """
    changed = sorted(name for name, content in files.items() if _read(folder / name) != content)
    if not changed:
        return []
    place = Place.of(folder)
    try:
        _prepare(place, {name: files[name] for name in changed})
        accept(place.stage)
        _replace(place, exchange=exchange)
    except OSError as fault:
        raise _failed(fault) from fault
    finally:
        if not place.journal.exists():
            shutil.rmtree(place.stage, ignore_errors=True)
    return changed


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _prepare(place: Place, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(place.stage, ignore_errors=True)
    place.stage.mkdir()
    helpers = {place.stage, place.journal, place.lock}
    for entry in place.folder.iterdir() if place.folder.exists() else ():
        if entry not in helpers and entry.name not in files:
            _carry(entry, place.stage / entry.name)
    for name, content in files.items():
        write_flushed(place.stage / name, content)
    _flush_folder(place.stage)


def _carry(entry: Path, target: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.copytree(entry, target, symlinks=True, copy_function=_link)
    else:
        _link(entry, target)


def _link(entry: str | Path, target: str | Path) -> None:
    try:
        os.link(entry, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(entry, target, follow_symlinks=False)


def _replace(place: Place, *, exchange: bool) -> None:
    if not place.folder.exists():
        place.stage.rename(place.folder)
    elif not (
        exchange and place.stage.parent == place.folder.parent and _exchange(place.stage, place.folder)
    ):
        replace_file(place.journal, "")
        _flush_folder(place.journal.parent)
        _roll_forward(place)
    _flush_folder(place.folder.parent)


def _roll_forward(place: Place) -> None:
    for staged in place.stage.iterdir() if place.stage.exists() else ():
        if staged.is_file():
            staged.replace(place.folder / staged.name)
    _flush_folder(place.folder)
    place.journal.unlink()


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _failed(fault: OSError) -> PublishFailed:
    return PublishFailed(
        N_(
            "The tables could not be written ({fault}). Free some space or check the folder's "
            "permissions, then run it again."
        ),
        fault=system_fault(fault),
    )
