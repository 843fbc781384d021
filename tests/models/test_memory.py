"""The memory of answers: bounded in bytes, the same question worked out once, the cheapest to make again gone first."""

import threading
import time
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.models.memory import GROWING, MOST_DUE, Memory, weight
from crossings.tables import flows

ASKED = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30_000)), max_size=60)


@given(asked=ASKED)
def test_it_never_takes_more_than_its_budget_and_counts_what_it_holds(asked: list[tuple[int, int]]) -> None:
    memory = Memory(budget_mb=0.05)
    for key, size in asked:
        assert len(memory.recall("bytes", key, partial(bytes, size))) <= 30_000
        assert memory.size <= 50_000
    held = [memory.recall("bytes", key, bytes) for key in range(31) if memory.holds("bytes", key)]
    assert memory.size == sum(weight(answer).whole for answer in held)


def test_an_answer_larger_than_the_budget_is_answered_and_not_kept() -> None:
    memory = Memory(budget_mb=0.01)
    memory.recall("small", 1, lambda: "kept")
    assert len(memory.recall("large", 1, lambda: bytes(20_000))) == 20_000
    assert not memory.holds("large", 1)
    assert memory.holds("small", 1)


def test_what_took_long_stays_while_quick_answers_of_its_size_go() -> None:
    memory = Memory(budget_mb=0.05)
    memory.recall("long", 1, lambda: bytes(10_000), seconds_before=5.0)
    for key in range(40):
        memory.recall("quick", key, lambda: bytes(10_000), seconds_before=0.01)
    assert memory.holds("long", 1)
    assert memory.holds("quick", 39)
    assert not memory.holds("quick", 0)


def test_what_is_no_longer_asked_for_goes_however_long_it_took() -> None:
    memory = Memory(budget_mb=0.05)
    memory.recall("long", "old", lambda: bytes(10_000), seconds_before=5.0)
    for key in range(40):
        memory.recall("long", key, lambda: bytes(10_000), seconds_before=3.0)
    assert not memory.holds("long", "old")


def test_an_answer_that_grows_after_it_is_kept_is_weighed_again() -> None:
    memory, growing = Memory(budget_mb=0.1), list[bytes]()
    memory.recall("view", 1, lambda: growing, seconds_before=100.0)
    growing.append(bytes(60_000))
    for key in range(GROWING + 1):
        memory.recall("small", key, lambda: "answer")
    assert memory.size > 60_000


def test_an_answer_that_grows_long_after_it_is_kept_counts_in_full_in_the_end() -> None:
    memory, late = Memory(), list[bytes]()
    memory.recall("view", "late", lambda: late)
    for key in range(2 * GROWING):
        memory.recall("view", key, lambda: b"")
    late.append(bytes(1_000_000))
    for key in range(4 * GROWING):
        memory.recall("view", -key - 1, lambda: b"")
    assert memory.size > 1_000_000


@pytest.mark.parametrize("later", [GROWING + 1, MOST_DUE])
def test_a_patient_memory_weighs_again_when_it_is_told_to_and_before_much_is_due(later: int) -> None:
    memory, growing = Memory(patient=True), list[bytes]()
    memory.recall("view", 1, lambda: growing)
    growing.append(bytes(60_000))
    for key in range(later):
        memory.recall("small", key, lambda: "answer")
    if later < MOST_DUE:
        assert memory.size < 60_000
        memory.weigh_again()
    assert memory.size > 60_000


def test_two_threads_that_ask_the_same_get_one_answer_worked_out_once() -> None:
    memory, begun, go_on, made = Memory(), threading.Event(), threading.Event(), list[object]()

    def work_out() -> object:
        begun.set()
        go_on.wait(60)
        made.append(object())
        return made[-1]

    got = list[object]()
    threads = [threading.Thread(target=lambda: got.append(memory.recall("k", 1, work_out))) for _ in range(2)]
    threads[0].start()
    begun.wait(60)
    threads[1].start()
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert len(made) == 1
    assert got == [made[0], made[0]]


def test_different_questions_are_worked_out_one_after_the_other() -> None:
    memory, inside, seen = Memory(), [0], list[int]()

    def work_out() -> int:
        inside[0] += 1
        seen.append(inside[0])
        time.sleep(0.01)
        inside[0] -= 1
        return memory.recall("nested", 1, lambda: 7)

    threads = [threading.Thread(target=partial(memory.recall, "k", number, work_out)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert seen == [1] * 8


def test_many_threads_never_bring_it_over_its_budget() -> None:
    memory, over = Memory(budget_mb=0.05), list[int]()

    def ask(first: int) -> None:
        for key in range(first, first + 300):
            memory.recall("bytes", key % 50, lambda: bytes(4_000))
            over.extend([memory.size] if memory.size > 50_000 else [])

    threads = [threading.Thread(target=ask, args=(7 * number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not over
    assert memory.size > 40_000


def test_an_answer_that_raises_is_asked_for_again() -> None:
    memory = Memory()
    with pytest.raises(ZeroDivisionError):
        memory.recall("k", 1, lambda: 1 / 0)
    assert memory.recall("k", 1, lambda: 2) == 2


def test_what_two_answers_share_counts_once_until_both_are_gone() -> None:
    memory, shared = Memory(budget_mb=0.1), np.zeros(10_000)
    for key in range(5):
        memory.recall("arrays", key, lambda: (shared[:10], bytes(2_000)), seconds_before=0.01)
    assert 90_000 < memory.size < 95_000
    for key in range(8):
        memory.recall("bytes", key, lambda: bytes(12_000), seconds_before=10.0)
    assert not any(memory.holds("arrays", key) for key in range(5))
    assert memory.size == pytest.approx(96_000, abs=1_000)


def test_arrays_count_whole_and_once_and_the_published_figures_not() -> None:
    whole = np.zeros(100_000)
    assert weight({"a": whole[:10], "b": whole, "c": lambda: whole}).whole == pytest.approx(
        800_000, abs=2_000
    )
    frame = pd.DataFrame({"visitors": np.zeros(100_000), "months": np.zeros(100_000)})
    assert weight(frame).whole == pytest.approx(1_600_000, abs=10_000)
    assert weight((flows.load(), Memory, time)).whole < 1_000


def test_an_error_that_is_an_answer_weighs_nothing_of_the_program_that_raised_it() -> None:
    with pytest.raises(ValueError, match="no answer") as raised:
        raise ValueError("no answer")
    assert raised.value.__traceback__ is not None
    assert weight(raised.value).whole < 2_000
