"""The app served on a free port, for the browser tests and the benchmark."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60


class NotServed(Exception):
    """The server did not come up."""


@dataclass(frozen=True)
class Served:
    """A running server: its address and process number."""

    address: str
    process: int


def chromium() -> str | None:
    """Return the path of a Chromium, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers. Raises NotServed."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise NotServed(f"The server did not start within {SECONDS_TO_START} seconds.")


@contextmanager
def served(
    log: Path,
    *,
    folder: Path = PROJECT,
    port: int | None = None,
    settings: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Run a folder's app.py on a port, a free one where none is named; the server ends with the block.

    settings: further options of Streamlit; environment: variables beside those of this process. Raises NotServed.
    """
    port = port or free_port()
    options = ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}", *settings]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
    given = {**os.environ, **(environment or {})}
    with log.open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, env=given, stdout=said, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            under = next((one.partition("=")[2] for one in settings if "baseUrlPath" in one), "")
            _wait(f"{address}/{under}".rstrip("/"), process)
            yield Served(address, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)
