"""A refresh that is killed at any moment leaves one set of tables whole, and the next one succeeds."""

import os
import random
from pathlib import Path

import pytest

from etl.check import check
from etl.publish import sole_writer
from etl.refresh import refresh
from etl.report import FINE
from tests.etl import server, small
from tests.etl.forking import Helper, forking
from tests.etl.server import BOOK, PAGE, Publisher, gives

ROUNDS = {"exchange": 100, "journal": 30}
LOADED = """
from etl.refresh import refresh
from etl.sources import jnto
import openpyxl, openpyxl.reader.excel
from etl import publish
if sys.argv[1] == "journal":
    publish._exchange = lambda one, other: False
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
    with forking(LOADED, 'refresh(("jnto",))', way) as helper:
        whole_run = min(_whole_round(helper, data, old) for _ in range(2))
        new = small.contents(data)
        assert new != old
        chance = random.Random(20260916)
        met = {"old": 0, "new": 0}
        for _ in range(rounds):
            small.put_back(data, old)
            helper.round(kill_after=chance.uniform(0, whole_run * 1.05))
            if way == "journal":
                with sole_writer(data):
                    pass
            found = small.contents(data)
            assert found in (old, new)
            met["old" if found == old else "new"] += 1
    assert met["old"] > rounds // 10
    small.put_back(data, old)
    assert [part.state for part in refresh(("jnto",)).sources] == [FINE]
    assert small.contents(data) == new
    assert check(data) == []


def _whole_round(helper: Helper, folder: Path, old: dict[str, bytes]) -> float:
    """Return the seconds that a refresh takes which nobody kills."""
    small.put_back(folder, old)
    return helper.round()
