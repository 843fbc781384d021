"""Work takes turns, and none of it can hold the rest up."""

import threading
import time
from collections.abc import Callable

import pytest

from crossings.models import turns
from crossings.models.turns import Turns


def at_once(*work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_one_works_at_a_time_and_all_get_their_turn() -> None:
    work, inside, seen = Turns(), [0], list[int]()

    def one() -> None:
        with work.turn():
            inside[0] += 1
            seen.append(inside[0])
            time.sleep(0.01)
            inside[0] -= 1

    at_once(*[one] * 12)
    assert seen == [1] * 12


def test_a_turn_inside_a_turn_is_the_same_one() -> None:
    work = Turns()
    begun = time.monotonic()
    with work.turn(), work.turn():
        pass
    with work.turn():
        assert time.monotonic() - begun < turns.LONGEST_WAIT_SECONDS


def test_work_that_raises_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_WAIT_SECONDS", 60.0)
    work, ended = Turns(), threading.Event()
    for _ in range(3):
        with pytest.raises(KeyError), work.turn():
            raise KeyError

    def one() -> None:
        with work.turn():
            ended.set()

    at_once(one)
    assert ended.is_set()


def test_nobody_waits_longer_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_WAIT_SECONDS", 0.05)
    work, ended = Turns(), threading.Event()

    def one() -> None:
        with work.turn():
            ended.set()

    with work.turn():
        at_once(one)
        assert ended.is_set()
    begun = time.monotonic()
    at_once(one, one)
    assert time.monotonic() - begun < 5
