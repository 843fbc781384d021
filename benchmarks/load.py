"""How an app that many readers share answers: sessions over websockets that send what a browser sends.

usage: python -m benchmarks.load [--readers 50] [--minutes 10] [--processes 1] [--address http://127.0.0.1:8501]
       [--out FILE]

Each reader opens a page, then again and again thinks for 3 to 9 seconds and changes a page, the language, a choice, a
slider or a switch, and waits until the page is drawn. First one idle reader alone is timed; the readers' times are told
as ratios to theirs. Without an address the app is started on a free port in shared mode, and its memory, threads and
handles are watched; with several processes, readers are spread over them as sticky sessions would be. Needs the package
psutil beside those of requirements-dev.txt.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psutil  # type: ignore[import-untyped]
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.typing import Origin, Subprotocol

from tests.browser.server import served

THINK_SECONDS = (3.0, 9.0)
LONGEST_ANSWER_SECONDS = 180.0
IDLE_ACTIONS = 24
PAGES_LEFT_OUT = ("briefing",)
KINDS = ("button_group", "select_slider", "slider", "selectbox", "radio", "checkbox")
LIMITS = {"median": 3.0, "p95": 8.0}
MEMORY_LIMITS_MB = {"largest": 600.0, "growth": 10.0}


@dataclass
class Watched:
    """The processes of the app: the memory of each (MB), the threads and handles of all."""

    processes: Sequence[int]

    def now(self) -> dict[str, Any]:
        """Return what the processes hold now."""
        known = [psutil.Process(number) for number in self.processes]
        return {
            "rss_mb": [round(one.memory_info().rss / 1e6, 1) for one in known],
            "threads": sum(one.num_threads() for one in known),
            "handles": sum(one.num_fds() if hasattr(one, "num_fds") else 0 for one in known),
        }


@dataclass
class Reader:
    """One session: its page, the controls it was sent and their values; the seed decides what it does."""

    address: str
    random: Random
    page: str = ""
    query: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    controls: dict[str, Any] = field(default_factory=dict)
    values: dict[str, WidgetState] = field(default_factory=dict)
    times: list[tuple[str, float]] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    async def read(self, *, seconds: float, think: bool, actions: int | None = None) -> None:
        """Open a page and act on it until the time is over or so many actions are done."""
        address = self.address.replace("http", "ws", 1) + "/_stcore/stream"
        until = time.monotonic() + seconds
        async with websockets.connect(
            address,
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            origin=Origin(self.address),
            compression=None,
        ) as socket:
            await self._run(socket, "open")
            while time.monotonic() < until and (actions is None or len(self.times) < actions):
                if think:
                    await asyncio.sleep(self.random.uniform(*THINK_SECONDS))
                await self._run(socket, self._act())

    def _act(self) -> str:
        """Do one thing, as a change of what the next run sends; return what it was."""
        self.values = {
            key: value for key, value in self.values.items() if value.WhichOneof("value") != "trigger_value"
        }
        others = sorted(set(self.pages) - {self.page, *PAGES_LEFT_OUT})
        if others and self.random.random() < 0.3:
            self.page = self.random.choice(others)
            return "page"
        keys = sorted(self.controls)
        for key in self.random.sample(keys, len(keys)):
            changed = _changed(key, self.controls[key], self.random)
            if changed is not None:
                self.values[key] = changed
                return str(self.controls[key][0])
        return "again"

    async def _run(self, socket: Any, what: str) -> None:
        begun = time.perf_counter()
        await socket.send(self._asked())
        if what in ("open", "page"):
            self.controls, self.values = {}, {}
        try:
            async with asyncio.timeout(LONGEST_ANSWER_SECONDS):
                while not self._taken(await socket.recv()):
                    pass
        except TimeoutError:
            self.faults["no answer"] += 1
            return
        self.times.append((what, time.perf_counter() - begun))

    def _asked(self) -> bytes:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        state.page_script_hash = self.pages.get(self.page, "")
        state.widget_states.widgets.extend(self.values.values())
        state.context_info.timezone = "Asia/Seoul"
        state.context_info.timezone_offset = -540
        state.context_info.locale = "ko-KR"
        state.context_info.url = f"{self.address}/{self.page}"
        return bytes(message.SerializeToString())

    def _taken(self, sent: bytes | str) -> bool:
        """Take in one message; return whether it ends the run."""
        assert isinstance(sent, bytes)
        message = ForwardMsg.FromString(sent)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            current = message.navigation.page_script_hash
            self.page = next((name for name, number in self.pages.items() if number == current), self.page)
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._element(message.delta.new_element)
        return kind == "script_finished" and message.script_finished in (0, 3)

    def _element(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.faults[element.exception.type or "exception"] += 1
        elif kind == "alert" and "(fault " in element.alert.body:
            self.faults["fault told"] += 1
        elif kind in ("button_group", "slider", "selectbox", "radio", "checkbox"):
            shown = getattr(element, kind)
            if not shown.disabled:
                self.controls[shown.id] = (kind, shown)


def _changed(key: str, control: tuple[str, Any], random: Random) -> WidgetState | None:
    """Return another value of a control, as the browser writes it; None where it has none."""
    kind, shown = control
    state = WidgetState(id=key)
    if kind == "checkbox":
        state.bool_value = random.random() < 0.5
    elif kind == "slider" and not shown.options:
        low, high, step = shown.min, shown.max, shown.step or 1
        steps = int((high - low) // step)
        values = sorted(low + step * random.randint(0, steps) for _ in shown.default)
        state.double_array_value.data.extend(values)
    else:
        options = (
            [option.content for option in shown.options] if kind == "button_group" else list(shown.options)
        )
        if not options:
            return None
        if kind in ("button_group", "slider"):
            state.string_array_value.data.append(random.choice(options))
        else:
            state.string_value = random.choice(options)
    return state


async def _idle(address: str) -> list[float]:
    """Return the times of one reader alone, seconds: actions without a pause, after a round that warms the app."""
    warm = Reader(address, Random(1))
    await warm.read(seconds=600, think=False, actions=IDLE_ACTIONS)
    reader = Reader(address, Random(2))
    await reader.read(seconds=600, think=False, actions=IDLE_ACTIONS)
    return [seconds for _, seconds in reader.times[1:]]


async def _crowd(addresses: Sequence[str], count: int, seconds: float) -> list[Reader]:
    readers = [Reader(addresses[number % len(addresses)], Random(100 + number)) for number in range(count)]

    async def one(reader: Reader) -> None:
        await asyncio.sleep(reader.random.uniform(0, min(THINK_SECONDS[1], seconds / 4)))
        try:
            await reader.read(seconds=seconds, think=True)
        except (OSError, websockets.WebSocketException) as fault:
            reader.faults[type(fault).__name__] += 1

    await asyncio.gather(*(one(reader) for reader in readers))
    return readers


async def _noted(watched: Watched, rows: list[dict[str, Any]], begun: float) -> None:
    while True:
        rows.append({"minute": round((time.monotonic() - begun) / 60, 2), **watched.now()})
        await asyncio.sleep(10)


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1] if len(values) > 1 else values[0]


async def _measured(
    addresses: Sequence[str], watched: Watched, readers: int, minutes: float
) -> dict[str, Any]:
    idle = await _idle(addresses[0])
    rows, begun = list[dict[str, Any]](), time.monotonic()
    noting = asyncio.create_task(_noted(watched, rows, begun))
    before = watched.now()
    crowd = await _crowd(addresses, readers, minutes * 60)
    await asyncio.sleep(5)
    noting.cancel()
    times = [seconds for reader in crowd for _, seconds in reader.times]
    alone = {"median": statistics.median(idle), "p95": _percentile(idle, 95)}
    busy = {"median": statistics.median(times), "p95": _percentile(times, 95)}
    return {
        "readers": readers,
        "minutes": minutes,
        "actions": len(times),
        "actions_a_second": round(len(times) / (minutes * 60), 2),
        "faults": dict(sum((reader.faults for reader in crowd), Counter())),
        "idle_seconds": alone,
        "seconds": busy,
        "ratio": {name: busy[name] / alone[name] for name in busy},
        "limits": LIMITS,
        "before": before,
        "after": watched.now(),
        "memory_mb": _memory(rows),
        "memory_limits_mb": MEMORY_LIMITS_MB,
        "by_kind": _by_kind(crowd),
        "watched": rows,
    }


def _memory(rows: Sequence[dict[str, Any]]) -> dict[str, list[float]]:
    """Return each process's largest memory and its growth from the sixth to the last minute, MB; empty where not watched.

    Growth is between medians of a minute: a projection that is being made takes some megabytes for a second.
    """
    sixth = [row["rss_mb"] for row in rows if 5 <= row["minute"] < 6]
    last = [row["rss_mb"] for row in rows if row["minute"] > rows[-1]["minute"] - 1]
    return {
        "largest": [max(one) for one in zip(*(row["rss_mb"] for row in rows), strict=True)],
        "growth": [
            round(statistics.median(late) - statistics.median(early), 1)
            for early, late in zip(zip(*sixth, strict=True), zip(*last, strict=True), strict=False)
        ],
    }


def _by_kind(crowd: Sequence[Reader]) -> dict[str, dict[str, float]]:
    kinds: dict[str, list[float]] = {}
    for kind, seconds in (row for reader in crowd for row in reader.times):
        kinds.setdefault(kind, []).append(seconds)
    return {
        kind: {"count": len(rows), "median": statistics.median(rows)} for kind, rows in sorted(kinds.items())
    }


def main() -> int:
    """Measure, print the record, and return 1 where a limit is not kept or a fault was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--address", help="an app that runs already")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with ExitStack() as stack:
        if options.address:
            addresses, watched = [options.address], Watched([])
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            shared = {"CROSSINGS_SHARED": "1", "CROSSINGS_OWN": str(folder / "added.csv")}
            apps = [
                stack.enter_context(served(folder / f"{number}.log", environment=shared))
                for number in range(options.processes)
            ]
            addresses, watched = [app.address for app in apps], Watched([app.process for app in apps])
        found = asyncio.run(_measured(addresses, watched, options.readers, options.minutes))
    text = json.dumps(found, indent=1)
    if options.out:
        options.out.write_text(text + "\n", "utf-8")
    print(text)
    kept = all(found["ratio"][name] <= limit for name, limit in LIMITS.items()) and all(
        value <= MEMORY_LIMITS_MB[name] for name, values in found["memory_mb"].items() for value in values
    )
    return 0 if kept and not found["faults"] else 1


if __name__ == "__main__":
    sys.exit(main())
