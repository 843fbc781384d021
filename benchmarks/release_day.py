"""How long one command takes from the offices' answer to the month's files, and what kills at random moments leave.

Run: python -m benchmarks.release_day [--kills 100 [--seed 1]]
A server on this machine answers as the offices do on the day of a release. The command runs in a process of its own on
a copy of the committed tables: first once to the end, timed against its bar; then killed at drawn moments, the tables
and sets looked at after each kill, and once more to the end.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from etl.check import check
from tests.etl import real, server
from tests.etl.server import Publisher, gives

BAR_SECONDS = 60.0
FILES = 9
MAILS = 3
OWN = (
    "month,origin,destination,visitors,status,source,seen,note,added\n"
    "2026-10,KOR,JPN,912000,estimate,press,2026-11-01,,2026-11-01\n"
)


def environment(place: Path, publisher: Publisher) -> dict[str, str]:
    """Return the environment of one run: this server for every office, tables and own files of this place."""
    offices = ("JNTO", "DATALAB", "KTO", "KTO_LEGACY", "KOSIS", "ESTAT", "ECB")
    addresses = {f"CROSSINGS_{name}_URL": publisher.address for name in offices}
    folders = {"CROSSINGS_DATA": str(place / "data"), "CROSSINGS_OWN": str(place / "own" / "added.csv")}
    keys = {f"CROSSINGS_{name}_KEY": "" for name in ("KTO", "KOSIS", "ESTAT")}
    return {**os.environ, **addresses, **folders, **keys}


def command(place: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "etl", "release-day", "--out", str(place / "out"), *more]


def whole_run(place: Path, publisher: Publisher) -> float:
    """Return the seconds of a run to its end; every file and mail must be there."""
    began = time.perf_counter()
    done = subprocess.run(command(place), env=environment(place, publisher), capture_output=True, check=False)
    spent = time.perf_counter() - began
    assert done.returncode == 0, done.stderr.decode()
    made = [path for folder in (place / "out").glob("2026-09-*") for path in folder.iterdir()]
    assert len(made) == FILES + MAILS, made
    return spent


def kills(place: Path, publisher: Publisher, count: int, seed: int) -> list[str]:
    """Kill runs at drawn moments before their end until so many were killed; return what was not whole after them.

    The tables must be those of before the release or those after it, the user's own figure must stand, and each set
    must hold all its files. Once a set is there, the next run starts from the tables of before the release again.
    """
    chance, lost, killed = random.Random(seed), list[str](), 0
    short = command(place, "--lang", "en", "--files", "docx")
    longest, states = ended(place, publisher, short)
    while killed < count:
        if list((place / "out").glob("2026-09-*")):
            begin_again(place)
        with subprocess.Popen(
            short, env=environment(place, publisher), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as run:
            time.sleep(chance.uniform(0.2, longest))
            alive = run.poll() is None
            run.send_signal(signal.SIGKILL)
        killed += alive
        lost += [f"after {killed} kills: {fault}" for fault in faults(place, states)]
    return lost


def ended(place: Path, publisher: Publisher, short: list[str]) -> tuple[float, set[bytes]]:
    """Return the seconds of a run that is left alone, and the two states the tables may have: before it and after."""
    before, began = state(place), time.perf_counter()
    subprocess.run(short, env=environment(place, publisher), capture_output=True, check=True)
    return time.perf_counter() - began, {before, state(place)}


def state(place: Path) -> bytes:
    """Return the published visitors and vintages as they stand."""
    return b"".join((place / "data" / name).read_bytes() for name in ("visitors.csv", "vintages.csv"))


def begin_again(place: Path) -> None:
    """Put the tables of before the release, the user's own figure and no set in a place."""
    for name in ("out", "data", "own"):
        shutil.rmtree(place / name, ignore_errors=True)
    real.place(place / "data")
    (place / "own").mkdir()
    (place / "own" / "added.csv").write_text(OWN, "utf-8")


def faults(place: Path, states: set[bytes]) -> list[str]:
    """Return what a kill broke: a check of the tables, a state between two, a set cut short, the user's own figure."""
    found = [str(fault) for fault in check(place / "data")]
    if state(place) not in states:
        found.append("tables of neither state")
    for folder in (place / "out").glob("2026-*"):
        if {path.suffix for path in folder.iterdir()} != {".docx", ".txt"}:
            found.append(f"{folder.name} is not whole")
    if (place / "own" / "added.csv").read_text("utf-8") != OWN:
        found.append("the user's own figure is gone")
    return found


def main() -> None:
    """Print the time against its bar, and what the kills left."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=20261021, help="of the drawn moments")
    asked = parser.parse_args()
    count = asked.kills
    with server.publisher() as publisher, tempfile.TemporaryDirectory() as first:
        publisher.routes = {**real.routes(), server.RATES: gives(real.rates())}
        place = Path(first)
        real.place(place / "data")
        spent = whole_run(place, publisher)
        print(
            f"release day, {FILES} files and {MAILS} mails: {spent:.1f} s, {spent / BAR_SECONDS:.2f} of its bar"
        )
        if count:
            with tempfile.TemporaryDirectory() as second:
                place = Path(second)
                begin_again(place)
                lost = kills(place, publisher, count, asked.seed)
                last = command(place, "--lang", "en", "--files", "docx")
                whole = subprocess.run(last, env=environment(place, publisher), check=False)
                print(
                    f"{count} runs killed before their end, {len(lost)} faults: {'; '.join(lost) or 'none'}"
                )
                print(f"the run after them ended with {whole.returncode}")


if __name__ == "__main__":
    main()
