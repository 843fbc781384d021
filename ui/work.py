"""Long work: in threads of its own, two at most at once, with a bar that can be stopped; the pages stay usable."""

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any

from crossings.errors import N_, CrossingsError
from crossings.language import Language
from ui import frame, state
from ui import screen as st

MOST_AT_ONCE, MOST_WAITING = 2, 20
QUICK_SECONDS, POLL_SECONDS, LONGEST_SECONDS = 3.0, 1.0, 300.0
READER = "work_reader"


class TooMuchWork(CrossingsError):
    """More long work is waiting than the app takes on."""


class Stopped(CrossingsError):
    """Long work was stopped, by its reader or because it took too long."""


@dataclass(eq=False)
class Job:
    """One piece of work: how far it is (0 to 1), who waits for it, and its outcome."""

    future: "Future[Any]" = field(default_factory=Future)
    share: float = 0.0
    readers: set[object] = field(default_factory=set)
    begun: float = field(default_factory=time.monotonic)

    def tell(self, share: float) -> None:
        """Note how far the work is. Raises Stopped where nobody waits for it any more, or it has taken too long."""
        self.share = min(max(share, 0.0), 1.0)
        if not self.readers or time.monotonic() - self.begun > LONGEST_SECONDS:
            raise Stopped(N_("Stopped. Nothing was changed."))


@dataclass(frozen=True)
class Desk:
    """The threads that work, the jobs by what they work out, and the lock under which these are changed."""

    threads: ThreadPoolExecutor
    jobs: dict[Hashable, Job]
    lock: threading.Lock

    def job(self, key: Hashable, work: Callable[[Job], Any], reader: object) -> Job:
        """Return the job of a piece of work, begun where nobody has asked for it yet. Raises TooMuchWork."""
        with self.lock:
            if key not in self.jobs:
                if len(self.jobs) >= MOST_WAITING:
                    raise TooMuchWork(N_("The server is busy with another long task. Try again in a minute."))
                job = self.jobs[key] = Job(readers={reader})
                job.future = self.threads.submit(copy_context().run, work, job)
            self.jobs[key].readers.add(reader)
            return self.jobs[key]

    def leave(self, key: Hashable, reader: object) -> None:
        """Let a reader wait no longer; work that nobody waits for stops at its next step."""
        with self.lock:
            job = self.jobs.get(key)
            if job is not None:
                job.readers.discard(reader)
                if not job.readers or job.future.done():
                    job.future.cancel()
                    del self.jobs[key]


@st.cache_resource(show_spinner=False)
def _desk() -> Desk:
    return Desk(ThreadPoolExecutor(MOST_AT_ONCE, "work"), {}, threading.Lock())


def under_way(key: Hashable) -> bool:
    """Say whether this reader waits for a piece of work."""
    job = _desk().jobs.get(key)
    return job is not None and _reader() in job.readers


def _reader() -> object:
    return state.keep(READER, state.get(READER) or object())


def done(
    key: Hashable,
    work: Callable[[Job], Any],
    language: Language,
    *,
    text: str,
    quick_seconds: float = QUICK_SECONDS,
) -> Any:
    """Return what a piece of work brings, None while it is under way, drawn as a bar with a button that stops it.

    work: called with its job, which it tells how far it is. The same key asked for by several readers is worked out
    once. quick_seconds: how long it is waited for without a bar. Raises what the work raises, TooMuchWork and Stopped.
    """
    desk, reader = _desk(), _reader()
    job = desk.job(key, work, reader)
    try:
        found = job.future.result(timeout=quick_seconds)
    except NotYet:
        _waiting(key, job, text, language)
        return None
    except BaseException:
        desk.leave(key, reader)
        raise
    desk.leave(key, reader)
    return found


def _waiting(key: Hashable, job: Job, text: str, language: Language) -> None:
    def shown() -> None:
        if job.future.done():
            st.rerun()
        st.progress(job.share, text=text)

    st.fragment(frame.netted(shown), run_every=POLL_SECONDS)()
    st.button(
        language("Stop"),
        key=f"stop-{abs(hash(key))}",
        on_click=state.safe(_desk().leave),
        args=(key, _reader()),
    )
