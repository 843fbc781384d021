"""A refresh that is killed at any moment leaves one set of tables whole, and the next one succeeds.

A helper process that has loaded everything forks one child a round; the child refreshes and is really killed.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl.check import check
from etl.publish import sole_writer
from etl.refresh import refresh
from etl.report import FINE
from tests.etl import server, small
from tests.etl.server import BOOK, PAGE, Publisher, gives

ROUNDS = {"exchange": 100, "journal": 30}
PROJECT = Path(__file__).resolve().parents[2]
HELPER = """
import os, sys
from etl.refresh import refresh
from etl.sources import jnto
import openpyxl, openpyxl.reader.excel
from etl import publish
if sys.argv[1] == "journal":
    publish._exchange = lambda one, other: False
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if not child:
        refresh(("jnto",))
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts no process by forking")
@pytest.mark.parametrize("way", ROUNDS)
def test_killed_at_many_moments(
    data: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """By exchange every reader sees one set or the other at once; by journal after the next run has recovered."""
    rounds = ROUNDS[way]
    monkeypatch.setenv("CROSSINGS_TIMEOUT_SECONDS", "30")
    publisher.routes = {PAGE: gives(server.page()), BOOK: gives(small.after())}
    old = small.contents(data)
    with subprocess.Popen(
        [sys.executable, "-c", HELPER, way],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    ) as helper:
        assert helper.stdin
        assert helper.stdout
        assert helper.stdout.readline() == "ready\n"
        whole_run = min(_whole_round(helper, data, old) for _ in range(2))
        new = small.contents(data)
        assert new != old
        chance = random.Random(20260916)
        met = {"old": 0, "new": 0}
        for _ in range(rounds):
            small.put_back(data, old)
            _one_round(helper, kill_after=chance.uniform(0, whole_run * 1.05))
            if way == "journal":
                with sole_writer(data):
                    pass
            found = small.contents(data)
            assert found in (old, new)
            met["old" if found == old else "new"] += 1
        helper.stdin.close()
    assert met["old"] > rounds // 10
    small.put_back(data, old)
    assert [part.state for part in refresh(("jnto",)).sources] == [FINE]
    assert small.contents(data) == new
    assert check(data) == []


def _whole_round(helper: "subprocess.Popen[str]", folder: Path, old: dict[str, bytes]) -> float:
    """Return the seconds that a refresh takes which nobody kills."""
    small.put_back(folder, old)
    begun = time.monotonic()
    _one_round(helper, kill_after=None)
    return time.monotonic() - begun


def _one_round(helper: "subprocess.Popen[str]", *, kill_after: float | None) -> None:
    assert helper.stdin
    assert helper.stdout
    helper.stdin.write("go\n")
    helper.stdin.flush()
    child = int(helper.stdout.readline())
    if kill_after is not None:
        time.sleep(kill_after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    assert helper.stdout.readline() == "ended\n"
