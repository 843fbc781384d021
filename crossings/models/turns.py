"""Turns at work that keeps the processor busy: one after the other each is done sooner than all at once.

The interpreter works for one thread at a time. Where many answers are worked out at once all of them end late, hold
their memory meanwhile and keep waiting those who only read an answer that is there.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_WAIT_SECONDS = 5.0


class Turns:
    """One turn at a time, first come, first served; what a turn itself asks for belongs to it.

    Whoever has waited for five seconds goes ahead without one, so that work that takes long holds nobody up.
    """

    def __init__(self) -> None:
        self._free = threading.Semaphore()
        self._mine = threading.local()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it for the work inside."""
        if getattr(self._mine, "held", False):
            yield
            return
        in_turn = self._free.acquire(timeout=LONGEST_WAIT_SECONDS)
        self._mine.held = True
        try:
            yield
        finally:
            self._mine.held = False
            if in_turn:
                self._free.release()
