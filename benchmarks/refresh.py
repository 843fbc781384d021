"""Speed and memory of a refresh against a server on this machine, each as a ratio to its bar.

Run: python -m benchmarks.refresh
The committed tables meet a release with one month more: JNTO's workbook since 2003, KTO's service with every
nationality, the European Central Bank's rates. Each refresh is a process of its own. Then the same on made-up
tables of today's length and of ten times that. Of several runs the shortest counts: the time without other work
in the way; CPU seconds stand beside it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.build import files
from etl.sources import ecb, jnto
from etl.tables import TABLES
from tests.etl import real, server, small, workbooks
from tests.etl.server import Publisher, gives

REFRESH_BAR_SECONDS, MEMORY_BAR_MB, NOTHING_NEW_BAR_SECONDS, PARSE_BAR_SECONDS = 5.0, 300.0, 1.0, 2.0
TIMES, TIMES_BAR = 10, 12.0
YEARS = 30
RUNS = 3
CALM_YEAR = 2018
WORKBOOK = "jnto_20260318_1615-5_since2003_visitor_arrivals.xlsx"
CHILD = """
import json, resource, sys, time
from etl.refresh import refresh
began, cpu = time.perf_counter(), time.process_time()
done = refresh(tuple(sys.argv[1:]))
print(json.dumps({"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu,
                  "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                  "states": [part.state for part in done.sources], "changed": list(done.changed)}))
"""


@dataclass(frozen=True)
class Took:
    """What one refresh took: wall and CPU seconds of the refresh, of the whole process, and its largest memory."""

    seconds: float
    cpu: float
    mb: float
    whole_seconds: float
    states: tuple[str, ...]
    changed: tuple[str, ...]


def took(folder: Path, publisher: Publisher, *sources: str) -> Took:
    """Refresh a folder in a process of its own."""
    places = {
        f"CROSSINGS_{name}_URL": publisher.address for name in ("JNTO", "DATALAB", "KTO", "KTO_LEGACY", "ECB")
    }
    own = {"CROSSINGS_DATA": str(folder), "CROSSINGS_OWN": str(folder.parent / "own" / "added.csv")}
    environment = {**os.environ, **places, **own, "CROSSINGS_KTO_KEY": "key"}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *sources], env=environment, capture_output=True, text=True, check=True
    )
    whole = time.perf_counter() - began
    told = json.loads(done.stdout)
    return Took(
        told["seconds"], told["cpu"], told["mb"], whole, tuple(told["states"]), tuple(told["changed"])
    )


def marks(folder: Path) -> dict[str, tuple[int, int]]:
    """Return when each file was written and which file it is."""
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()}


def committed() -> list[tuple[str, float, float]]:
    """Return name, figure and bar of a refresh of the committed tables, and of one with nothing new."""
    sources = ("jnto", "kto", "ecb")
    with tempfile.TemporaryDirectory() as place, server.publisher() as publisher:
        publisher.routes = {**real.routes(), server.RATES: gives(real.rates())}
        folder = real.place(Path(place) / "data")
        old, fresh = small.contents(folder), []
        for _ in range(RUNS):
            small.put_back(folder, old)
            fresh.append(took(folder, publisher, *sources))
            assert fresh[-1].states == ("fetched",) * 3, fresh[-1].states
        before = marks(folder)
        same = [took(folder, publisher, *sources) for _ in range(RUNS)]
        assert all(one.states == ("nothing new",) * 3 and not one.changed for one in same)
        rewritten = sum(mark != before.get(name) for name, mark in marks(folder).items())
    new, least = (min(runs, key=lambda one: one.seconds) for runs in (fresh, same))
    print(f"process with imports: {new.whole_seconds:.2f} s new, {least.whole_seconds:.2f} s nothing new")
    return [
        (f"refresh, new figures: {new.seconds:.2f} s, {new.cpu:.2f} CPU s", new.seconds, REFRESH_BAR_SECONDS),
        (f"its memory: {new.mb:.0f} MB", new.mb, MEMORY_BAR_MB),
        (
            f"refresh, nothing new: {least.seconds:.2f} s, {least.cpu:.2f} CPU s",
            least.seconds,
            NOTHING_NEW_BAR_SECONDS,
        ),
        (f"files rewritten with nothing new: {rewritten}", float(rewritten), 0.0),
    ]


def parsing() -> tuple[str, float, float]:
    """Return how long JNTO's full workbook takes: the published one where it is beside the project, else its like."""
    beside = os.environ.get("CROSSINGS_INPUTS", Path(__file__).resolve().parents[2] / "shared" / "data")
    path = Path(beside) / "jnto" / "raw" / WORKBOOK
    content, kind = (path.read_bytes(), "published") if path.exists() else (real.jnto_book(), "made-up")
    jnto.parse(content, name=WORKBOOK)
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        jnto.parse(content, name=WORKBOOK)
        spent.append(time.process_time() - began)
    return f"JNTO workbook, {kind}, parsed: {min(spent):.2f} CPU s", min(spent), PARSE_BAR_SECONDS


def counts(year: int, month: int, origin: str) -> int | None:
    """Return the figure of a calm year, a little different each year."""
    found = real.count(f"{CALM_YEAR}-{month:02d}", origin, "JPN")
    return None if found is None else found + year % 50 * (40 if origin == "TOTAL" else 1)


def book(first: int, months: int) -> bytes:
    """Return a workbook from a first year to the given month of 2026."""
    return workbooks.jnto(first, 2026, months=months, estimates=2, counts=counts)


def made(folder: Path, first: int) -> Path:
    """Write tables whose months begin in a given year."""
    frames = small.tables()
    japan = jnto.parse(book(first, 8), name="before.xlsx").rows.assign(source="jnto202609v")
    korea = japan[japan["origin"].isin(["TOTAL", "CHN", "TWN", "USA"])].replace(
        {"destination": {"JPN": "KOR"}}
    )
    japanese = korea[korea["origin"] == "CHN"].assign(origin="JPN")
    rates = pd.concat([_rates(first), frames["exchange_rates"]]).drop_duplicates("month", keep="last")
    frames |= {
        "visitors": pd.concat([japan, korea, japanese]).astype(str)[list(TABLES["visitors"].columns)],
        "published_totals": frames["published_totals"].assign(visitors=_sum_of_2024(japan)),
        "exchange_rates": rates,
    }
    folder.mkdir(parents=True)
    for name, content in files(frames).items():
        (folder / name).write_bytes(content)
    return folder


def _sum_of_2024(japan: pd.DataFrame) -> str:
    koreans = japan[(japan["origin"] == "KOR") & japan["month"].str.startswith("2024")]
    return str(koreans["visitors"].sum())


def _rates(first: int) -> pd.DataFrame:
    months = pd.period_range(f"{first}-01", "2023-12", freq="M").astype(str)
    rows = {"month": months, "krw_per_jpy": "9.0000", "days": "20", "complete": "yes", "source": ecb.KEY}
    return pd.DataFrame(rows)


def lengths() -> tuple[str, float, float]:
    """Return how many times the CPU time a refresh takes on figures ten times as long."""
    spent = []
    for years in (YEARS, YEARS * TIMES):
        first = 2027 - years
        with tempfile.TemporaryDirectory() as place, server.publisher() as publisher:
            folder = made(Path(place) / "data", first)
            publisher.routes = {server.PAGE: gives(server.page()), server.BOOK: gives(book(first, 9))}
            old = small.contents(folder)
            runs = []
            for _ in range(RUNS):
                small.put_back(folder, old)
                runs.append(took(folder, publisher, "jnto"))
                assert runs[-1].states == ("fetched",), runs[-1].states
        spent.append(min(run.cpu for run in runs))
        print(f"{years} years of months: {spent[-1]:.2f} CPU s, {runs[-1].mb:.0f} MB")
    ratio = spent[1] / spent[0]
    return f"figures {TIMES} times as long: {ratio:.1f} times the CPU time", ratio, TIMES_BAR


def main() -> int:
    """Print every figure beside its bar; return 1 if a bar is missed."""
    missed = 0
    for name, figure, bar in [*committed(), parsing(), lengths()]:
        missed += figure > bar
        print(
            f"{name}"
            + (f", {figure / bar:.2f} of its bar" if bar else "")
            + (" MISSED" if figure > bar else "")
        )
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
