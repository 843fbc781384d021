"""A file replaced in one step: whole or not at all."""

import contextlib
import os
import secrets
from pathlib import Path


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


def write_flushed(place: Path, content: bytes) -> None:
    """Write a new file and see it to the disk. Raises OSError."""
    with place.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
