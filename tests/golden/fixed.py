"""A fixed day and a user without files of their own, so that golden files hang on neither."""

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

DAY = date(2026, 9, 25)
OWN = "CROSSINGS_OWN"
KEYS = ("CROSSINGS_KTO_KEY", "CROSSINGS_KOSIS_KEY", "CROSSINGS_ESTAT_KEY", "CROSSINGS_DATA")


@contextlib.contextmanager
def fixed_day() -> Iterator[None]:
    """Make date.today() give DAY; the clock goes on from its noon. Raises RuntimeError where that fails."""
    running = time.time
    offset = datetime(DAY.year, DAY.month, DAY.day, 11, tzinfo=UTC).timestamp() - running()
    time.time = lambda: running() + offset
    try:
        if date.today() != DAY:
            raise RuntimeError(
                "date.today() does not follow time.time() on this Python: fix the day otherwise."
            )
        yield
    finally:
        time.time = running


@contextlib.contextmanager
def no_own_files() -> Iterator[Path]:
    """Give the app an empty folder for the user's own files, no keys and the published tables; return the folder."""
    before = {name: os.environ.get(name) for name in (OWN, *KEYS)}
    with tempfile.TemporaryDirectory() as folder:
        for name in KEYS:
            os.environ.pop(name, None)
        os.environ[OWN] = str(Path(folder) / "added.csv")
        try:
            yield Path(folder)
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value


@contextlib.contextmanager
def fixed() -> Iterator[Path]:
    """Fix the day and the user's files; return the folder of the user's own files."""
    with fixed_day(), no_own_files() as folder:
        yield folder
