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


def kills(place: Path, publisher: Publisher, count: int, longest: float, seed: int) -> int:
    """Kill runs at drawn moments; return after how many a table or a set was not whole.

    Once a set is there, the next run starts from the tables of before the release again.
    """
    chance = random.Random(seed)
    short = command(place, "--lang", "en", "--files", "docx")
    lost = 0
    for _ in range(count):
        if list((place / "out").glob("2026-09-*")):
            shutil.rmtree(place / "out")
            shutil.rmtree(place / "data")
            real.place(place / "data")
        with subprocess.Popen(
            short, env=environment(place, publisher), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as run:
            time.sleep(chance.uniform(0.2, longest))
            run.send_signal(signal.SIGKILL)
        sets = (place / "out").glob("2026-*")
        whole = all({path.suffix for path in folder.iterdir()} == {".docx", ".txt"} for folder in sets)
        lost += bool(check(place / "data")) or not whole
    return lost


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
                real.place(place / "data")
                lost = kills(place, publisher, count, spent, asked.seed)
                whole = subprocess.run(
                    command(place, "--lang", "en", "--files", "docx"),
                    env=environment(place, publisher),
                    check=False,
                )
                print(
                    f"{count} kills: {lost} left something broken; the run after them ended with {whole.returncode}"
                )


if __name__ == "__main__":
    main()
