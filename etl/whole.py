"""A file of the user's own replaced in one step: whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path


def replace_file(place: Path, text: str) -> None:
    """Write a text in place of a file, making its folder where it is missing. Raises OSError; the old file then stands."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(draft).replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            Path(draft).unlink()
        raise
