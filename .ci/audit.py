"""Ask the package index for known vulnerabilities of every pinned package; no other host is asked.

usage: python .ci/audit.py [--index https://pypi.org] [--accept ID ...] [requirements files]
The index says of a release which advisories are open for it (the data pip-audit reads too). Some mirrors keep that for
the newest release alone: a pin that is the newest is checked there, an older one is named as not checked.
Exit codes: 0 nothing known, 1 a known vulnerability, 3 the index could not be asked, so nothing can be said.
"""

import argparse
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

PROJECT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([A-Za-z0-9.!+_-]+)")
ATTEMPTS, SECONDS, AT_ONCE = 3, 20, 4
NOT_HERE = 404


class NotAsked(Exception):
    """The index did not answer as an index does."""


@dataclass(frozen=True)
class Verdict:
    """What the index knows of one pin: its open advisories, or None where it says nothing of that release."""

    pin: str
    advisories: tuple[str, ...] | None


def pins(files: list[Path]) -> list[tuple[str, str]]:
    """Return name and version of every pinned package, each once."""
    lines = [line.strip() for file in files for line in file.read_text("utf-8").splitlines()]
    return sorted({(found[1], found[2]) for line in lines if (found := PIN.match(line))})


def ask(index: str, path: str) -> dict[str, Any] | None:
    """Return the index's record, None where it has none. Raises NotAsked."""
    fault: object = None
    for attempt in range(ATTEMPTS):
        time.sleep(attempt)
        try:
            answer = requests.get(f"{index}/pypi/{path}/json", timeout=SECONDS)
            if answer.status_code == NOT_HERE:
                return None
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as broken:
            fault = type(broken).__name__
            continue
        if isinstance(found, dict) and isinstance(found.get("vulnerabilities"), list):
            return found
        fault = "no list of vulnerabilities"
    raise NotAsked(f"{index}: {path}: {fault}")


def verdict(index: str, name: str, version: str, accepted: frozenset[str]) -> Verdict:
    """Return what the index knows of one pin."""
    found = ask(index, f"{name}/{version}")
    if found is None:
        found = ask(index, name)
        if found is None:
            raise NotAsked(f"{index}: {name} is not there")
        if found["info"]["version"] != version:
            return Verdict(f"{name}=={version}", None)
    open_ones = [one for one in found["vulnerabilities"] if not one.get("withdrawn")]
    return Verdict(f"{name}=={version}", tuple(_said(one) for one in open_ones if not _names(one) & accepted))


def _names(advisory: dict[str, Any]) -> frozenset[str]:
    return frozenset({str(advisory.get("id")), *map(str, advisory.get("aliases") or [])})


def _said(advisory: dict[str, Any]) -> str:
    fixed = ", ".join(advisory.get("fixed_in") or []) or "no release yet"
    return f"{advisory.get('id')} (mended in: {fixed})"


def main(arguments: list[str] | None = None) -> int:
    """Print what is known and return the exit code."""
    parser = argparse.ArgumentParser(description="Known vulnerabilities of the pinned packages.")
    parser.add_argument("--index", default="https://pypi.org")
    parser.add_argument(
        "--accept", nargs="*", default=[], metavar="ID", help="advisories looked at and accepted"
    )
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    pinned = pins(options.files or [PROJECT / "requirements.txt", PROJECT / "requirements-dev.txt"])
    accepted = frozenset(options.accept)
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = list(
                pool.map(lambda pin: verdict(options.index.rstrip("/"), pin[0], pin[1], accepted), pinned)
            )
    except NotAsked as fault:
        print(f"The index could not be asked, so nothing is known of the pinned packages. {fault}")
        return 3
    bad = [one for one in found if one.advisories]
    unknown = [one.pin for one in found if one.advisories is None]
    for one in bad:
        print(f"{one.pin}: {'; '.join(one.advisories or ())}")
    if unknown:
        print(f"NOT CHECKED, the index keeps no advisories of these releases: {', '.join(unknown)}")
    print(
        f"{len(found) - len(unknown)} of {len(found)} pinned packages checked, {len(bad)} with a known vulnerability."
    )
    return 3 if len(unknown) == len(found) else int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
