"""One bounded memory for what models answer, shared by all sessions and safe under threads."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
LIMITS = {
    "fit": 8,
    "projection": 48,
    "restated": 8,
    "milestone": 64,
    "scenario_baseline": 4,
    "scenario": 48,
    "worth": 16,
    "worth_drivers": 16,
    "reality": 8,
    "track_record": 2,
    "held": 64,
    "figure": 96,
    "estimate": 128,
    "comparison": 128,
    "placebos": 16,
    "baselines": 4,
    "hall_day": 32,
    "lane_waits": 16,
    "abroad": 2,
    "marks": 2,
    "citations": 2,
    "view": 128,
    "collected": 400,
    "briefing": 24,
    "pages": 6,
}
OTHERS = 16


class Memory:
    """Answers by kind and question, the least recently used of a kind forgotten first.

    The same question asked by two threads at once is worked out once; the second waits. An answer that
    raises is not kept. limits: the most answers kept of each kind.
    """

    def __init__(self, limits: dict[str, int] | None = None) -> None:
        self._limits = dict(LIMITS if limits is None else limits)
        self._kept: dict[str, OrderedDict[Hashable, Any]] = {}
        self._lock = threading.Lock()
        self._working: dict[tuple[str, Hashable], threading.RLock] = {}

    def recall(self, kind: str, key: Hashable, work_out: Callable[[], T]) -> T:
        """Return the kept answer to a question, or work it out and keep it."""
        found, answer = self._look_up(kind, key)
        if found:
            return answer  # type: ignore[no-any-return]
        with self._lock:
            working = self._working.setdefault((kind, key), threading.RLock())
        try:
            with working:
                found, answer = self._look_up(kind, key)
                if not found:
                    answer = work_out()
                    self._keep(kind, key, answer)
        finally:
            with self._lock:
                self._working.pop((kind, key), None)
        return answer  # type: ignore[no-any-return]

    def holds(self, kind: str, key: Hashable) -> bool:
        """Return whether an answer is kept."""
        return self._look_up(kind, key)[0]

    def _look_up(self, kind: str, key: Hashable) -> tuple[bool, Any]:
        with self._lock:
            kept = self._kept.get(kind)
            if kept is None or key not in kept:
                return False, None
            kept.move_to_end(key)
            return True, kept[key]

    def _keep(self, kind: str, key: Hashable, answer: object) -> None:
        with self._lock:
            kept = self._kept.setdefault(kind, OrderedDict())
            kept[key] = answer
            while len(kept) > self._limits.get(kind, OTHERS):
                kept.popitem(last=False)
