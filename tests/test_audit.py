"""The check of the pinned packages: what an index says, and what it cannot say, is told apart."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.etl import server
from tests.etl.server import Publisher, Reply, gives, gives_json, in_turn

PROJECT = Path(__file__).resolve().parents[1]
ADVISORY: dict[str, object] = {
    "id": "PYSEC-2026-1",
    "aliases": ["CVE-2026-1"],
    "fixed_in": ["1.1"],
    "withdrawn": None,
}


def record(version: str, *advisories: dict[str, object]) -> Reply:
    return gives_json({"info": {"version": version}, "vulnerabilities": list(advisories)})


@pytest.fixture
def index() -> Iterator[Publisher]:
    with server.publisher() as running:
        yield running


def audited(index: Publisher, folder: Path, *more: str) -> tuple[int, str]:
    pins = folder / "requirements.txt"
    pins.write_text("# pins\none==1.0\ntwo==2.0  # why\n-r other.txt\n")
    done = subprocess.run(
        [sys.executable, ".ci/audit.py", str(pins), "--index", index.address, *more],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


def test_nothing_known(index: Publisher, tmp_path: Path) -> None:
    index.routes = {"/pypi/one/1.0/json": record("1.0"), "/pypi/two/2.0/json": record("2.0")}
    code, said = audited(index, tmp_path)
    assert (code, said) == (0, "2 of 2 pinned packages checked, 0 with a known vulnerability.\n")


def test_a_known_vulnerability_fails_unless_it_was_accepted_or_withdrawn(
    index: Publisher, tmp_path: Path
) -> None:
    index.routes = {"/pypi/one/1.0/json": record("1.0", ADVISORY), "/pypi/two/2.0/json": record("2.0")}
    code, said = audited(index, tmp_path)
    assert code == 1
    assert "one==1.0: PYSEC-2026-1 (mended in: 1.1)" in said
    assert audited(index, tmp_path, "--accept", "CVE-2026-1")[0] == 0
    index.routes["/pypi/one/1.0/json"] = record("1.0", {**ADVISORY, "withdrawn": "2026-11-01"})
    assert audited(index, tmp_path)[0] == 0


def test_an_index_that_knows_the_newest_release_alone(index: Publisher, tmp_path: Path) -> None:
    index.routes = {"/pypi/one/json": record("1.0", ADVISORY), "/pypi/two/json": record("2.1")}
    code, said = audited(index, tmp_path)
    assert code == 1
    assert "NOT CHECKED, the index keeps no advisories of these releases: two==2.0" in said
    index.routes["/pypi/one/json"] = record("1.1", ADVISORY)
    assert audited(index, tmp_path)[0] == 3


@pytest.mark.parametrize(
    "answer", [gives("<html>busy</html>"), gives("", status=500), gives_json([]), server.resets]
)
def test_an_index_that_does_not_answer_is_no_clean_bill(
    index: Publisher, tmp_path: Path, answer: Reply
) -> None:
    index.routes = {"/pypi/one/1.0/json": record("1.0"), "/pypi/two/2.0/json": answer}
    code, said = audited(index, tmp_path)
    assert code == 3
    assert "nothing is known" in said


def test_an_index_that_is_asked_again(index: Publisher, tmp_path: Path) -> None:
    again = in_turn(gives("", status=503), record("2.0"))
    index.routes = {"/pypi/one/1.0/json": record("1.0"), "/pypi/two/2.0/json": again}
    assert audited(index, tmp_path)[0] == 0
