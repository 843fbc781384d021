"""A helper process that has loaded everything and forks one child a round; the child works and can really be killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HELPER = """
import os, sys
{loaded}
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if not child:
        {work}
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


class Helper:
    """The running helper."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def round(self, *, kill_after: float | None = None) -> float:
        """Let a child work, kill it after so many seconds where any are given, and return the seconds until its end."""
        begun = time.monotonic()
        assert self._process.stdin
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        child = int(self.said())
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        assert self.said() == "ended"
        return time.monotonic() - begun

    def said(self) -> str:
        """Return the helper's next line."""
        assert self._process.stdout
        return self._process.stdout.readline().strip()


@contextmanager
def forking(loaded: str, work: str, *arguments: str) -> Iterator[Helper]:
    """Run a helper. loaded: Python that it runs once; work: the statement of a child; arguments: its sys.argv[1:]."""
    with subprocess.Popen(
        [sys.executable, "-c", HELPER.format(loaded=loaded, work=work), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    ) as process:
        helper = Helper(process)
        assert helper.said() == "ready"
        yield helper
        assert process.stdin
        process.stdin.close()
