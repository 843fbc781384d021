"""The check of the pinned packages: what an index says, and what it cannot say, is told apart."""

import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator
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


def pinned(folder: Path) -> Path:
    pins = folder / "requirements.txt"
    pins.write_text("# pins\none==1.0\ntwo==2.0  # why\n-r other.txt\n")
    return pins


@pytest.fixture
def audited(
    index: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str]]:
    """Return what runs the check without waiting before it asks again; it returns exit code and what is printed."""
    audit = runpy.run_path(str(PROJECT / ".ci" / "audit.py"))
    monkeypatch.setattr("time.sleep", lambda seconds: None)

    def run(*more: str) -> tuple[int, str]:
        code = audit["main"]([str(pinned(tmp_path)), "--index", index.address, *more])
        return code, capsys.readouterr().out

    return run


Audited = Callable[..., tuple[int, str]]


def test_nothing_known(index: Publisher, tmp_path: Path) -> None:
    index.routes = {"/pypi/one/1.0/json": record("1.0"), "/pypi/two/2.0/json": record("2.0")}
    done = subprocess.run(
        [sys.executable, ".ci/audit.py", str(pinned(tmp_path)), "--index", index.address],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr, done.stdout) == (
        0,
        "",
        "2 of 2 pinned packages checked, 0 with a known vulnerability.\n",
    )


def test_a_known_vulnerability_fails_unless_it_was_accepted_or_withdrawn(
    index: Publisher, audited: Audited
) -> None:
    index.routes = {"/pypi/one/1.0/json": record("1.0", ADVISORY), "/pypi/two/2.0/json": record("2.0")}
    code, said = audited()
    assert code == 1
    assert "one==1.0: PYSEC-2026-1 (mended in: 1.1)" in said
    assert audited("--accept", "CVE-2026-1")[0] == 0
    index.routes["/pypi/one/1.0/json"] = record("1.0", {**ADVISORY, "withdrawn": "2026-11-01"})
    assert audited()[0] == 0


def test_an_index_that_knows_the_newest_release_alone(index: Publisher, audited: Audited) -> None:
    index.routes = {"/pypi/one/json": record("1.0", ADVISORY), "/pypi/two/json": record("2.1")}
    code, said = audited()
    assert code == 1
    assert "NOT CHECKED, the index keeps no advisories of these releases: two==2.0" in said
    index.routes["/pypi/one/json"] = record("1.1", ADVISORY)
    assert audited()[0] == 3


@pytest.mark.parametrize(
    "answer", [gives("<html>busy</html>"), gives("", status=500), gives_json([]), server.resets]
)
def test_an_index_that_does_not_answer_is_no_clean_bill(
    index: Publisher, audited: Audited, answer: Reply
) -> None:
    index.routes = {"/pypi/one/1.0/json": record("1.0"), "/pypi/two/2.0/json": answer}
    code, said = audited()
    assert code == 3
    assert "nothing is known" in said


def test_an_index_that_is_asked_again(index: Publisher, audited: Audited) -> None:
    again = in_turn(gives("", status=503), record("2.0"))
    index.routes = {"/pypi/one/1.0/json": record("1.0"), "/pypi/two/2.0/json": again}
    assert audited()[0] == 0
