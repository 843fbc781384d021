"""Long work: done once for all who ask, stopped when nobody waits, refused when there is too much of it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.testing.v1 import AppTest

from ui.work import MOST_WAITING, Desk, Job, Stopped, TooMuchWork

SECONDS = 20


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with two threads."""
    threads = ThreadPoolExecutor(2)
    yield Desk(threads, {}, threading.Lock())
    threads.shutdown(wait=True, cancel_futures=True)


def test_two_readers_wait_for_one_piece_of_work(desk: Desk) -> None:
    begun, go = list[int](), threading.Event()

    def work(job: Job) -> int:
        begun.append(1)
        go.wait(SECONDS)
        return 7

    jobs = [desk.job("key", work, reader) for reader in ("one", "other")]
    go.set()
    assert [job.future.result(SECONDS) for job in jobs] == [7, 7]
    assert begun == [1]


def test_work_that_nobody_waits_for_stops_at_its_next_step(desk: Desk) -> None:
    started, go = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        started.set()
        go.wait(SECONDS)
        job.tell(0.5)

    job = desk.job("key", work, "one")
    desk.job("key", work, "other")
    assert started.wait(SECONDS)
    desk.leave("key", "one")
    assert desk.jobs
    desk.leave("key", "other")
    assert not desk.jobs
    go.set()
    with pytest.raises(Stopped):
        job.future.result(SECONDS)


def test_more_than_can_wait_is_refused(desk: Desk) -> None:
    go = threading.Event()
    for number in range(MOST_WAITING):
        desk.job(number, lambda job: go.wait(SECONDS), "one")
    with pytest.raises(TooMuchWork):
        desk.job("one more", lambda job: None, "one")
    go.set()


def _page() -> None:
    import threading

    from crossings.language import Language
    from ui import screen as st
    from ui import work

    gate = st.session_state.setdefault("gate", threading.Event())
    key = ("a test", id(gate))

    def slow(job: work.Job) -> str:
        gate.wait(20)
        job.tell(1.0)
        return "done"

    if st.button("Begin", key="begin") or work.under_way(key):
        found = work.done(key, slow, Language("en"), text="Working", quick_seconds=0.05)
        st.markdown(f"found {found}")


def test_a_bar_is_shown_until_it_is_done_and_a_press_stops_it() -> None:
    page = AppTest.from_function(_page).run()
    page.button(key="begin").click().run()
    assert not page.exception
    assert page.markdown[0].value == "found None"
    next(button for button in page.button if button.label == "Stop").click().run()
    assert not page.markdown
    assert not page.exception
    page.button(key="begin").click().run()
    page.session_state["gate"].set()
    page.run()
    assert page.markdown[0].value == "found done"
    assert not page.run().markdown
