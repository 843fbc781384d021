"""A set of tables is put in place wholly or not at all, also when the writer is killed."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl import publish as publishing
from etl.errors import Busy, CheckFailed, PublishFailed
from etl.publish import Place, publish, recover, sole_writer

ROUNDS = 6
WRITER = """
import sys
from pathlib import Path
from etl.publish import publish, sole_writer
folder, exchange = Path(sys.argv[1]), sys.argv[2] == "exchange"
with sole_writer(folder):
    for turn in range(int(sys.argv[3]), 10_000):
        content = bytes([65 + turn % 26]) * 40_000
        publish(folder, {f"{at}.csv": content for at in range(6)}, accept=lambda stage: None, exchange=exchange)
        print("ready", flush=True)
"""


def anything(stage: Path) -> None:
    """Accept every set."""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "data"
    place.mkdir()
    for name in ("a.csv", "b.csv", "notes.txt"):
        (place / name).write_text("old")
    (place / "more").mkdir()
    (place / "more" / "c.csv").write_text("old")
    return place


@pytest.mark.parametrize("exchange", [True, False])
def test_named_files_change_and_the_rest_stays(folder: Path, exchange: bool) -> None:
    files = {"a.csv": b"new", "b.csv": b"old", "d.csv": b"new"}
    with sole_writer(folder):
        assert publish(folder, files, accept=anything, exchange=exchange) == ["a.csv", "d.csv"]
    assert contents(folder) == {"a.csv": b"new", "b.csv": b"old", "d.csv": b"new", "notes.txt": b"old"}
    assert (folder / "more" / "c.csv").read_text() == "old"
    assert [path.name for path in folder.parent.iterdir()] in (["data", ".data.lock"], [".data.lock", "data"])


def test_nothing_new_touches_nothing(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (folder, folder / "a.csv")}
    assert publish(folder, {"a.csv": b"old"}, accept=anything) == []
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_refused_set_changes_nothing(folder: Path) -> None:
    seen = []

    def refuse(stage: Path) -> None:
        seen.append(contents(stage))
        raise CheckFailed("no")

    before = contents(folder)
    with pytest.raises(CheckFailed):
        publish(folder, {"a.csv": b"new"}, accept=refuse)
    assert seen == [{"a.csv": b"new", "b.csv": b"old", "notes.txt": b"old"}]
    assert contents(folder) == before
    assert not Place.of(folder).stage.exists()


def test_a_folder_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    with sole_writer(tmp_path / "new" / "data"):
        publish(tmp_path / "new" / "data", {"a.csv": b"1"}, accept=anything)
    assert contents(tmp_path / "new" / "data") == {"a.csv": b"1"}


def test_two_writers_at_once(folder: Path) -> None:
    with sole_writer(folder), pytest.raises(Busy, match="Another run"), sole_writer(folder):
        pass
    with sole_writer(folder):
        pass


def test_a_full_disk_changes_nothing(folder: Path) -> None:
    before = contents(folder)
    code = (
        "import resource, sys; from pathlib import Path; from etl.publish import publish; import signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "publish(Path(sys.argv[1]), {'a.csv': b'x' * 5000, 'b.csv': b'y'}, accept=lambda stage: None)\n"
    )
    if sys.platform == "win32":
        pytest.skip("file size limits are not on this system")
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=False)
    assert "PublishFailed: The tables could not be written" in done.stderr
    assert contents(folder) == before
    assert not Place.of(folder).stage.exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(PublishFailed), sole_writer(blocked / "data"):
        pass


def test_a_decided_set_is_completed_and_an_undecided_one_swept_away(folder: Path) -> None:
    place = Place.of(folder)
    place.stage.mkdir()
    (place.stage / "a.csv").write_text("new")
    recover(folder)
    assert (folder / "a.csv").read_text() == "old"
    assert not place.stage.exists()
    place.stage.mkdir()
    (place.stage / "b.csv").write_text("new")
    place.journal.write_text('["a.csv", "b.csv"]')
    recover(folder)
    assert (folder / "b.csv").read_text() == "new"
    assert not place.stage.exists()
    assert not place.journal.exists()


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="folders are exchanged in one step on Linux only"
)
def test_folders_are_exchanged_in_one_step(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert publishing._exchange(tmp_path / "one", tmp_path / "two")
    assert (tmp_path / "one" / "two").exists()
    assert not publishing._exchange(tmp_path / "one", tmp_path / "three")


@pytest.mark.parametrize("way", ["exchange", "journal"])
def test_a_killed_writer_leaves_one_set_whole(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "data"
    chance = random.Random(7)
    seen = set()
    for turn in range(ROUNDS):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, folder, way, str(turn * 4)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert writer.stdout
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.02, 0.12))
        writer.kill()
        writer.wait()
        writer.stdout.close()
        if way == "journal" or not sys.platform.startswith("linux"):
            recover(folder)
        found = contents(folder)
        assert len(found) == 6
        assert len(set(found.values())) == 1
        assert all(len(content) == 40_000 for content in found.values())
        seen.add(next(iter(found.values()))[:1])
    assert os.listdir(folder) is not None
    assert len(seen) > 1
