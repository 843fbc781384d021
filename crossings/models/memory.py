"""One memory for what models answer: bounded in bytes, shared by all sessions, safe under threads."""

import gc
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import _lru_cache_wrapper, lru_cache
from itertools import islice
from types import FunctionType, ModuleType, TracebackType
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

from crossings.models.turns import Turns
from crossings.tables.flows import Published

T = TypeVar("T")
BUDGET_MB = 96.0
GROWING, LARGE_BYTES, MOST_DUE = 16, 4096, 64
FRAMES = (pd.DataFrame, pd.Series, pd.Index, pd.api.extensions.ExtensionArray)


@dataclass(slots=True, eq=False)
class Kept:
    """A kept answer: kind and key, processor seconds with those of what it rests on, weight, rank to stay."""

    asked: tuple[str, Hashable]
    answer: Any
    seconds: float
    weight: "Weight"
    rank: float = 0.0

    @property
    def value(self) -> float:
        """Its seconds a byte."""
        return self.seconds / max(self.weight.whole, 1)


@dataclass(frozen=True)
class Weight:
    """The bytes that an answer takes: those of its small parts together, those of each large part by its identity."""

    small: int
    large: Mapping[int, int]

    @property
    def whole(self) -> int:
        """The bytes of all parts."""
        return self.small + sum(self.large.values())


class Memory:
    """Answers by kind and question; where they get too large, those cheapest to work out again for their size go.

    The same question asked by two threads at once is worked out once; the second waits. Different ones are worked out
    one after the other. An answer that raises is not kept, nor is one larger than the whole memory. budget_mb: the most
    that all answers take, MB. What goes first: Cao and Irani 1997, GreedyDual-Size, an answer's rank being its seconds
    a byte above that of the last one that went. patient: whether answers that may have grown are weighed again when
    `weigh_again` is called, once whoever asked has what was asked for, and not with every new one.
    """

    def __init__(self, budget_mb: float = BUDGET_MB, *, patient: bool = False) -> None:
        self._budget, self._most_due = int(budget_mb * 1e6), MOST_DUE if patient else 1
        self._due = 0
        self._kept: dict[tuple[str, Hashable], Kept] = {}
        self._growing: deque[Kept] = deque()
        self._bytes, self._last_rank = 0, 0.0
        self._holders = Counter[int]()
        self._lock = threading.Lock()
        self._working: dict[tuple[str, Hashable], threading.RLock] = {}
        self._turns = Turns()

    @property
    def size(self) -> int:
        """The bytes that all kept answers take, a large part of several once."""
        return self._bytes

    def recall(
        self, kind: str, key: Hashable, work_out: Callable[[], T], *, seconds_before: float = 0.0
    ) -> T:
        """Return the kept answer to a question, or work it out and keep it.

        seconds_before: processor time that the answer took elsewhere.
        """
        asked = (kind, key)
        kept = self._look_up(asked)
        if kept is not None:
            return kept.answer  # type: ignore[no-any-return]
        with self._lock:
            working = self._working.setdefault(asked, threading.RLock())
        try:
            with self._turns.turn(), working:
                kept = self._look_up(asked)
                if kept is None:
                    begun = time.thread_time()
                    answer = work_out()
                    seconds = time.thread_time() - begun + seconds_before
                    kept = Kept(asked, answer, seconds, weight(answer))
                    self._keep(kept)
        finally:
            with self._lock:
                self._working.pop(asked, None)
        return kept.answer  # type: ignore[no-any-return]

    def holds(self, kind: str, key: Hashable) -> bool:
        """Return whether an answer is kept."""
        return self._look_up((kind, key)) is not None

    def _look_up(self, asked: tuple[str, Hashable]) -> Kept | None:
        with self._lock:
            kept = self._kept.get(asked)
            if kept is not None:
                self._rank(kept)
            return kept

    def _keep(self, kept: Kept) -> None:
        """Keep an answer; for each one, two are weighed again."""
        with self._lock:
            self._hold(kept)
            self._growing.append(kept)
            self._due += 1
            due = self._due >= self._most_due
        if due:
            self.weigh_again()

    def weigh_again(self) -> None:
        """Weigh two answers again for each that was kept since: figures of a view are made when it is drawn, some later.

        Weighed again are the one that came a while ago and the one that was weighed longest ago.
        """
        with self._lock:
            due, self._due = self._due, 0
        for _ in range(due):
            with self._lock:
                again = [self._growing.popleft()] if len(self._growing) > GROWING else []
                again += list(islice(self._kept.values(), 1))  # `_hold` puts what it weighed last at the end
            for one in again:
                self._weigh(one)

    def _weigh(self, kept: Kept) -> None:
        """Weigh a kept answer again; it gets no younger by it."""
        now = weight(kept.answer)
        with self._lock:
            if self._kept.get(kept.asked) is kept:
                aged = kept.rank - kept.value
                self._forget(kept.asked)
                kept.weight = now
                self._hold(kept)
                kept.rank = aged + kept.value

    def _hold(self, kept: Kept) -> None:
        """Take an answer in, and let others go until there is room for it."""
        self._forget(kept.asked)
        if kept.weight.whole > self._budget:
            return
        while self._bytes + self._added(kept.weight) > self._budget:
            out = min(self._kept.values(), key=lambda other: other.rank)
            self._last_rank = out.rank
            self._forget(out.asked)
        self._bytes += self._added(kept.weight)
        self._holders.update(kept.weight.large.keys())
        self._kept[kept.asked] = kept
        self._rank(kept)

    def _rank(self, kept: Kept) -> None:
        kept.rank = self._last_rank + kept.value

    def _added(self, weight: Weight) -> int:
        """Return the bytes of an answer that no kept one holds."""
        return weight.small + sum(size for part, size in weight.large.items() if not self._holders.get(part))

    def _forget(self, asked: tuple[str, Hashable]) -> None:
        kept = self._kept.pop(asked, None)
        if kept is not None:
            for part in kept.weight.large:
                self._holders[part] -= 1
                if not self._holders[part]:
                    del self._holders[part]
            self._bytes -= self._added(kept.weight)


def weight(answer: object) -> Weight:
    """Return what an answer takes with all that it leads to: arrays, tables, texts and what holds them.

    The published figures do not count, nor what lives as long as the program (modules, classes, caches), nor where an
    error was raised. Arrays count whole where a part of one is held.
    """
    sizes, parts = dict[int, int](), list[Any]([answer])
    while parts:
        new = list[Any]()
        for part in parts:
            measure = _measure(cast(Hashable, type(part)))
            if measure is not None and id(part) not in sizes:
                sizes[id(part)] = measure(part)
                new.append(part)
        functions = [part for part in new if isinstance(part, FunctionType)]
        parts = gc.get_referents(*(part for part in new if not isinstance(part, FunctionType)))
        parts += [held for function in functions for held in (function.__closure__, function.__defaults__)]
        parts += [part.base for part in new if isinstance(part, np.ndarray)]
    large = {number: size for number, size in sizes.items() if size >= LARGE_BYTES}
    return Weight(sum(sizes.values()) - sum(large.values()), large)


@lru_cache(maxsize=1024)
def _measure(kind: type) -> Callable[[Any], int] | None:
    """Return what gives the bytes of an object of a kind itself, None for what does not count.

    A table's own bytes are without those of the arrays that it leads to.
    """
    if issubclass(kind, APART):
        return None
    return object.__sizeof__ if issubclass(kind, FRAMES) else sys.getsizeof


APART = (type, ModuleType, TracebackType, _lru_cache_wrapper, Published, Memory)
