"""What a publisher, a file or several hands at once can do wrong ends in a sentence, and nothing is lost."""

import contextlib
import io
import multiprocessing
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from crossings.errors import CrossingsError
from crossings.tables.flows import read_table
from etl import net, own, upload
from etl.ahead import newest_possible
from etl.check import check, check_frames
from etl.errors import AnswerChanged, WorkbookUnreadable
from etl.merge import NotOutYet, merge
from etl.publishers import SOURCES
from etl.refresh import read_tables, refresh
from etl.report import FAILED, FINE, kept
from etl.sources import jnto
from etl.sources.reading import reading
from etl.sources.record import Outcome, Round, Source
from etl.sources.workbook import OLE, open_xlsx
from tests.etl import server, small, workbooks
from tests.etl.server import BOOK, PAGE, Publisher, gives

PROJECT = Path(__file__).resolve().parents[2]
QUICK_SECONDS = 5.0
FAULTS = (
    RuntimeError("x"),
    KeyError("y"),
    RecursionError(),
    MemoryError(),
    UnicodeDecodeError("utf-8", b"", 0, 1, "z"),
)


def _package(parts: dict[str, bytes]) -> bytes:
    """Return a workbook's package with a part for the book and others."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {"xl/workbook.xml": b"<workbook/>", **parts}.items():
            package.writestr(name, content)
    return out.getvalue()


DECLARED = b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'


@pytest.mark.parametrize(
    "part",
    [
        b" " * 240_000_000,
        b"<x>" + b"a" * 29_000_000,
        DECLARED,
        b"<!--" + b"-" * 9_000 + b"-->" + DECLARED,
        DECLARED.decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="IBM037"?><x/>',
        DECLARED.lower(),
    ],
    ids=["large", "packed", "declared", "late", "utf-16", "ebcdic", "lower"],
)
def test_a_package_that_could_explode_is_not_opened(part: bytes) -> None:
    content, begun = _package({"xl/styles.xml": part}), time.monotonic()
    with pytest.raises(WorkbookUnreadable):
        open_xlsx(content, name="book.xlsx")
    assert time.monotonic() - begun < QUICK_SECONDS


def test_a_password_is_named_and_not_called_damage() -> None:
    with pytest.raises(WorkbookUnreadable, match="password"):
        upload.read(OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), name="book.xlsx")


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_workbook_is_named(seed: int) -> None:
    content, chosen = bytearray(small.before()), random.Random(seed)
    for _ in range(30):
        content[chosen.randrange(len(content))] = chosen.randrange(256)
    with contextlib.suppress(CrossingsError):
        upload.read(bytes(content), name="book.xlsx")


@pytest.mark.parametrize(
    "content",
    [
        b"month,origin,destination,visitors\r2026-09,KOR,JPN,1\r",
        b'month,origin,destination,visitors\n"2026-09,KOR,JPN,1\n' + b"x" * 200_000,
        b"month,origin,destination,visitors\n" + b"\n" * 5_000_000,
        b"month,origin,destination,visitors\n0000-01,KOR,JPN,1\n",
        b"month,origin,destination,visitors\n2026-13,KOR,JPN,1\n",
        b"month,origin,destination,visitors\n2026-09,KOR,JPN," + b"9" * 5_000,
        b"\xff\xfe" + b"\x00\xd8" * 40,
        b"PK\x03\x04" + b"\x00" * 60,
        b"," * 5_000_000,
        b"month,origin,destination,visitors\n" + b"," * 900_000,
    ],
    ids=range(10),
)
def test_a_table_of_ones_own_is_taken_or_named(content: bytes) -> None:
    begun = time.monotonic()
    with contextlib.suppress(CrossingsError):
        rows = upload.read(content, name="![x](http://hostile.example).csv").rows
        assert all(row.month == "2026-09" for row in rows)
    assert time.monotonic() - begun < QUICK_SECONDS


@pytest.mark.parametrize("count", ["9" * 5_000, "1" * 5_000 + "만"])
def test_a_count_that_no_number_holds_is_named(count: str) -> None:
    with pytest.raises(upload.NotATable, match="could not be interpreted"):
        upload.read(f"month,origin,destination,visitors\n2026-09,KOR,JPN,{count}\n".encode(), name="a.csv")


def test_many_rows_are_judged_quickly() -> None:
    official, begun = read_table("visitors"), time.monotonic()
    rows = [own.OwnRow("2026-09", "KOR", "JPN", 700_000, source="press")] * 4_999
    with pytest.raises(own.NotAdded):
        own.add_all(rows, day="2026-10-01", official=official, confirmed=True)
    assert time.monotonic() - begun < QUICK_SECONDS


def _add(origin: str) -> None:
    row = own.OwnRow("2026-09", origin, "JPN", 1_000, source="press")
    own.add_all([row], day="2026-10-01", official=read_table("visitors"), confirmed=True)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts no process by forking")
def test_twelve_at_once_are_twelve_kept() -> None:
    official = read_table("visitors")
    last = official[(official["destination"] == "JPN") & (official["month"] == official["month"].max())]
    origins = sorted(set(last["origin"]))[:12]
    workers = [multiprocessing.get_context("fork").Process(target=_add, args=(origin,)) for origin in origins]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 12
    assert set(own.read()["origin"]) == set(origins)


def test_drafts_of_killed_writers_are_swept() -> None:
    own.path().parent.mkdir(parents=True, exist_ok=True)
    left = own.path().with_name(f".{own.path().name}.0123abcd")
    left.write_bytes(b"half")
    _add("KOR")
    assert not left.exists()
    assert own.read()["origin"].tolist() == ["KOR"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_sources_fault_is_that_sources(
    data: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def breaks(turn: Round, asked: list[str]) -> Outcome:
        raise fault

    ecb = SOURCES["ecb"]
    named = {field: getattr(ecb, field) for field in Source.__dataclass_fields__}
    monkeypatch.setattr("etl.refresh.SOURCES", {**SOURCES, "ecb": Source(**{**named, "bring": breaks})})
    publisher.routes = {PAGE: gives(server.page()), BOOK: gives(small.after())}
    done = refresh(("ecb", "jnto"))
    assert [part.state for part in done.sources] == [FAILED, FINE]
    assert done.sources[0].error == "AnswerChanged"
    assert kept()[-1]["failed"]
    assert check(data) == []


@pytest.mark.parametrize(
    ("month", "count"), [("2026-13", 1), ("0000-01", 1), ("2026-09", -1), ("2026-09", 10**40), ("x" * 99, 1)]
)
def test_a_month_or_count_that_is_none_is_refused_at_the_door(month: str, count: int) -> None:
    with pytest.raises(AnswerChanged):
        reading([(month, "KOR", "JPN", count, "estimate")])


def test_months_that_cannot_be_out_are_refused(data: Path) -> None:
    frames = read_tables(data)
    ahead = str(pd.Period(newest_possible("JPN"), "M") + 1)
    book = workbooks.jnto(small.FIRST, int(ahead[:4]), months=int(ahead[5:]), estimates=2)
    read = jnto.parse(book, name="book.xlsx")
    release = jnto.release(
        read, name="book.xlsx", address=jnto.PAGE, day=pd.Timestamp("2026-11-18").date(), dated="seen"
    )
    with pytest.raises(NotOutYet):
        merge(frames, release)
    rows = frames["visitors"]
    last = rows[(rows["month"] == rows["month"].max()) & (rows["destination"] == "JPN")]
    invented = {**frames, "visitors": pd.concat([rows, last.assign(month=ahead)], ignore_index=True)}
    assert any("cannot be published yet" in str(finding) for finding in check_frames(invented))
    assert not any("cannot be published yet" in str(finding) for finding in check_frames(frames))


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "1e9", "soon"])
def test_a_time_limit_that_is_none_is_left_out(monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    monkeypatch.setenv("CROSSINGS_TIMEOUT_SECONDS", seconds)
    assert net.limits_from_environment() == net.Limits()


@pytest.mark.parametrize(
    "address", ["https://[::1", "https://host:99999/x", "https://", "javascript:alert(1)"]
)
def test_an_address_that_is_none_is_not_asked(address: str) -> None:
    with pytest.raises(net.NotAllowed):
        net.Client(frozenset({"www.jnto.go.jp"})).get(address)


@pytest.mark.parametrize("page", ["cp949", "cp932", "cp1252", "ascii"])
def test_every_code_page_can_be_printed_to(page: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRINTS, "en", "ko", "ja"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONIOENCODING": page},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3


PRINTS = r"""
import sys
from crossings.console import survive_any_code_page
from crossings.language.language import Language
survive_any_code_page()
for code in sys.argv[1:]:
    print(Language(code)("Broken off. The published tables are whole."), "\u2212 \u30ab \uac00 \U0001f600 \ud800")
"""
