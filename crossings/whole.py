"""A file replaced in one step: whole or not at all; and changed by one at a time."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from filelock import FileLock

LONGEST_WAIT_SECONDS = 20


@contextlib.contextmanager
def one_at_a_time(place: Path) -> Iterator[None]:
    """Hold a file while it is read, changed and written, in whichever process; drafts of killed ones are swept away.

    Raises OSError where the folder cannot be written or another has held the file for twenty seconds.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(place.with_name(f".{place.name}.lock"), timeout=LONGEST_WAIT_SECONDS, thread_local=False):
        for draft in place.parent.glob(f".{place.name}.????????"):
            with contextlib.suppress(OSError):
                draft.unlink()
        yield


def replace_file(place: Path, content: str | bytes) -> None:
    """Write text (UTF-8) or bytes in place of a file, making its folder where it is missing.

    Raises OSError; the old file then stands.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        write_flushed(draft, content.encode() if isinstance(content, str) else content)
        draft.replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def put_aside(place: Path) -> None:
    """Rename a damaged file, so that it stops nothing and can be looked at; no file put aside earlier is lost.

    Raises OSError.
    """
    names = (place.with_name(f"{place.stem}.damaged-{number}{place.suffix}") for number in count(1))
    place.replace(next(name for name in names if not name.exists()))


def write_flushed(place: Path, content: bytes) -> None:
    """Write a new file and see it to the disk. Raises OSError."""
    with place.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
