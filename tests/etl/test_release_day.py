"""On the day of a release one command brings the figures in and makes the month's files: whole, once, and logged."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crossings.language.language import Language
from crossings.tables import flows
from etl import release_day, release_mail
from etl.__main__ import main
from etl.check import check
from etl.errors import Busy
from etl.release_day import BROKEN, HERE, NEW, NOTHING_NEW, Day, run, watch
from etl.report import Report
from tests.etl import real, server
from tests.etl.server import BOOK, Publisher, gives

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def committed(tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The committed tables as this test's own, and the offices with one month more."""
    for name in ("KTO", "KOSIS", "ESTAT"):
        monkeypatch.delenv(f"CROSSINGS_{name}_KEY", raising=False)
    monkeypatch.setenv("CROSSINGS_DATA", str(real.place(tmp_path / "data")))
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "own" / "added.csv"))
    monkeypatch.setenv("CROSSINGS_TIMEOUT_SECONDS", "30")
    publisher.routes = {**real.routes(), server.RATES: gives(real.rates())}
    return tmp_path / "data"


def names(*codes: str, kind: str = "docx", month: str = "2026-09") -> set[str]:
    return {f"korea-japan-{month}-{code}.{kind}" for code in codes} | {f"mail-{code}.txt" for code in codes}


def test_new_figures_of_both_offices_make_files_and_mails_once(committed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    day = run(out, languages=("ko", "en"), formats=("docx",))
    assert (day.outcome, day.exit_code, day.month) == (NEW, 0, "2026-09")
    assert day.folder is not None
    assert set(day.files) == names("ko", "en")
    mail = (day.folder / "mail-en.txt").read_text("utf-8")
    assert mail.startswith("Korea-Japan visitors: statistics for September 2026\n\n")
    assert "Koreans visiting Japan: September 2026" in mail
    assert "on data to August 2026" in mail
    assert "9월" in (day.folder / "mail-ko.txt").read_text("utf-8")
    assert check(committed) == []
    again = run(out, languages=("ko", "en"), formats=("docx",))
    assert (again.outcome, again.exit_code, again.files) == (NOTHING_NEW, 3, day.files)
    more = run(out, languages=("en",), formats=("xlsx",))
    assert (more.outcome, set(more.files)) == (NEW, names("ko", "en") | names("en", kind="xlsx"))
    assert [path.name for path in out.glob(".*.draft")] == []
    first, second, _ = (out / "release-day.log").read_text("utf-8").splitlines()
    assert first.split("\t")[1:3] == ["new", "2026-09"]
    assert second.split("\t")[1] == "nothing new"


def test_the_mail_names_what_was_revised_whichever_run_brought_it() -> None:
    """The tables say it, so that a run after a killed one, or after a refresh in the app, says it too."""
    nothing_new = Report("2026-10-01T00:00:00+09:00", False, (), (), 0.0)
    mail = release_mail.text(Busy("x"), flows.load(), nothing_new, Language("en"))
    assert "Revised: Koreans visiting Japan, May 2026, 951,300 before, 951,328 now." in mail
    assert mail.count("Revised:") == 6


def test_a_failing_office_is_told_by_exit_code_and_log(
    committed: Path, tmp_path: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = ["--lang", "en", "release-day", "--out", str(out), "--lang", "en", "--files", "docx"]
    assert main(command) == 0
    publisher.routes = {**publisher.routes, BOOK: gives(b"", status=500)}
    assert main(command) == 1
    assert "jnto failed" in capsys.readouterr().err
    assert (out / "release-day.log").read_text("utf-8").splitlines()[-1].split("\t")[1] == BROKEN
    publisher.routes = {**publisher.routes, BOOK: gives(real.jnto_book())}
    assert main(command) == 3


def test_two_runs_at_once(committed: Path, tmp_path: Path) -> None:
    with release_day.sole_run(tmp_path / "out"), pytest.raises(Busy):
        run(tmp_path / "out", languages=("en",), formats=("docx",))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts no process by forking")
def test_killed_at_any_moment_it_leaves_whole_sets_and_goes_on(committed: Path, tmp_path: Path) -> None:
    out, chance = tmp_path / "out", random.Random(20261021)
    command = [
        sys.executable,
        "-m",
        "etl",
        "release-day",
        "--out",
        str(out),
        "--lang",
        "en",
        "--files",
        "docx",
    ]
    for _ in range(4):
        with subprocess.Popen(
            command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as started:
            time.sleep(chance.uniform(1, 12))
            started.send_signal(signal.SIGKILL)
        assert check(committed) == []
        for folder in out.glob("2026-*") if out.exists() else ():
            assert {path.name for path in folder.iterdir()} == names("en", month=folder.name[:7])
    assert run(out, languages=("en",), formats=("docx",)).outcome in (NEW, NOTHING_NEW)
    assert [path.name for path in out.glob(".*.draft")] == []
    assert list(out.glob("2026-09-*"))


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self, start: str) -> None:
        self.time = datetime.fromisoformat(start).replace(tzinfo=HERE)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)


def asked(*outcomes: str) -> Iterator[Day]:
    for outcome in outcomes:
        yield Day(outcome, None, (), "2026-09", "x", (), 0.0)


def test_the_watch_waits_for_the_minute_and_asks_politely(
    committed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, days = Clock("2026-10-21T08:00:00"), asked(NOTHING_NEW, BROKEN, NEW)
    due = iter([{"JNTO"}, {"JNTO"}, {"JNTO"}, set()])
    monkeypatch.setattr(release_day, "offices_due", lambda today: next(due))
    day = watch(lambda: next(days), every_minutes=1, now=clock.now, sleep=clock.sleep)
    assert day.outcome == NEW
    assert clock.slept == [8.25 * 3600, 300, 300]


def test_the_watch_ends_with_the_day(committed: Path) -> None:
    clock = Clock("2026-10-21T23:40:00")
    count = [0]

    def ask() -> Day:
        count[0] += 1
        return next(asked(NOTHING_NEW))

    assert watch(ask, every_minutes=10, now=clock.now, sleep=clock.sleep).outcome == NOTHING_NEW
    assert count == [2]


def test_a_day_on_which_nothing_is_due_is_asked_once(committed: Path) -> None:
    clock = Clock("2026-10-05T09:00:00")
    days = asked(NOTHING_NEW)
    assert (
        watch(lambda: next(days), every_minutes=10, now=clock.now, sleep=clock.sleep).outcome == NOTHING_NEW
    )
    assert clock.slept == []
