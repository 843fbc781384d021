"""A local publisher, a small set of published tables, and a place for the user's own files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import net
from tests.etl import server, small


@pytest.fixture(scope="session")
def small_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.place(tmp_path_factory.mktemp("small") / "data")


@pytest.fixture
def data(small_tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small tables, as the published ones of this test; own files and keys are this test's too."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name, content in small.contents(small_tables).items():
        (folder / name).write_bytes(content)
    monkeypatch.setenv("CROSSINGS_DATA", str(folder))
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "own" / "added.csv"))
    for name in ("KTO", "KOSIS", "ESTAT"):
        monkeypatch.delenv(f"CROSSINGS_{name}_KEY", raising=False)
    return folder


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[server.Publisher]:
    """A publisher on this machine that every source's address is set to; it may take its time where many tests run."""
    with server.publisher() as running:
        for name in ("JNTO", "DATALAB", "KTO", "KTO_LEGACY", "KOSIS", "ESTAT", "ECB"):
            monkeypatch.setenv(f"CROSSINGS_{name}_URL", running.address)
        monkeypatch.setenv("CROSSINGS_TIMEOUT_SECONDS", "20")
        monkeypatch.setattr(net.Limits, "pause_seconds", 0.01)
        yield running


@pytest.fixture
def hasty(publisher: server.Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests that end sooner than a publisher who hangs or drips."""
    monkeypatch.setenv("CROSSINGS_TIMEOUT_SECONDS", "0.4")
