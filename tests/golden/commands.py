"""The command line, run in this process as `python -m crossings` and listened to."""

import contextlib
import io
import json
import os
import runpy
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.golden.opening import LANGUAGES, PROJECT
from tests.golden.reduced import digest, plain

SAVED = "tests/golden/saved"
PRESETS = ["none", "june-2025-lanes", "permanent-lanes", "e-gates", "pre-clearance", "full-package"]
PRESETS += [
    "no-arrival-wait",
    "departure-tax",
    "travel-authorisation",
    "jesta-departure-tax",
    "simpler-fixed-seats",
]
HALLS = ["haneda-t3", "narita-t1", "narita-t2", "kansai-t1-north", "fukuoka", "incheon-t1", "gimpo", "gimhae"]
MOST_LINES = 60
OWN_SCENARIO = (
    f"scenario --file {SAVED}/scenario.json --priors note --flow KOR-JPN --year 2028 --mark 12000000"
)
ANSWERS = (
    "milestone --year 2026",
    "milestone --flow KOR-JPN --year 2024 --mark 8000000 --as-of 2024-07",
    "milestone --flow JPN-KOR --year 2027 --mark 4000000",
    "milestone --year 2027 --mark 15000000 --fx random-walk",
    "milestone --flow KOR-JPN --year 2026 --as-of 2025-12 --fx fixed",
    "milestone --year 2019 --mark 9000000 --as-of 2019-06",
    "scenario --preset full-package",
    "scenario --preset none --as-of 2025-06",
    OWN_SCENARIO,
    "hall --preset haneda-t3",
    "hall --preset incheon-t1 --desks 20 --seconds 45",
    f"hall --file {SAVED}/hall.json",
    f"hall --preset gimpo --flights {SAVED}/flights.csv",
)
FAULTS = (
    "milestone --year 2026 --as-of August",
    "milestone --year 2040",
    "milestone --year 2026 --mark 0",
    "scenario --preset nothing-of-the-kind",
    "scenario --file no-such-file.json",
    "hall --preset nowhere",
    "verify no-such-file.pdf",
    f"verify {SAVED}/scenario.json",
)
JSON_ONLY = (
    *(f"scenario --preset {preset}" for preset in PRESETS),
    *(f"hall --preset {hall}" for hall in HALLS),
    "scenario --preset jesta-departure-tax --priors note --flow JPN-KOR --year 2028 --mark 4000000",
    "scenario --preset full-package --unconstrained",
    f"scenario --file {SAVED}/scenario.json --unconstrained --priors note",
    "milestone --flow KOR-JPN --year 2026 --mark 10000000 --as-of 2025-12 --fx random-walk",
)


@contextlib.contextmanager
def _arguments(words: list[str]) -> Iterator[None]:
    before, folder = sys.argv, Path.cwd()
    sys.argv = ["crossings", *words]
    os.chdir(PROJECT)
    try:
        yield
    finally:
        sys.argv = before
        os.chdir(folder)


def run(command: str, *more: str) -> dict[str, Any]:
    """Return what a command prints, and its exit code; file names are taken from the project's folder."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    quiet = warnings.catch_warnings(action="ignore")
    streams = contextlib.redirect_stdout(out), contextlib.redirect_stderr(err)
    with _arguments([*command.split(), *more]), quiet, streams[0], streams[1]:
        try:
            runpy.run_module("crossings", run_name="__main__")
        except SystemExit as stopped:
            code = stopped.code if isinstance(stopped.code, int) else 1
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


def said(command: str, *more: str) -> dict[str, Any]:
    """Return what a command says in words, line by line, a long text as its count, digest and first lines."""
    found = run(command, *more)
    lines: list[str] = found["out"].splitlines()
    if len(lines) > MOST_LINES:
        short = {
            "count": len(lines),
            "digest": digest(lines),
            "headings": [x for x in lines if x.startswith("#")],
        }
        return {"code": found["code"], "out": short}
    return {
        name: value
        for name, value in (("code", found["code"]), ("out", lines), ("err", found["err"]))
        if value
    }


def answered(command: str, *more: str) -> Any:
    """Return what a command says as JSON, numbers rounded. Raises AssertionError where it says none."""
    found = run(command, "--format", "json", *more)
    assert found["out"], (command, found)
    return {"code": found["code"], "json": plain(json.loads(found["out"]))}


def texts(language: str) -> dict[str, Any]:
    """Return what every command says in words in a language."""
    commands = [*ANSWERS, *FAULTS] + (["assumptions"] if language == LANGUAGES[0] else [])
    return {
        command: said(command, *([] if command == "assumptions" else ["--lang", language]))
        for command in commands
    }


def numbers() -> dict[str, Any]:
    """Return what every command says as JSON."""
    return {command: answered(command) for command in dict.fromkeys([*ANSWERS, *JSON_ONLY])}
