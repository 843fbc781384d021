"""The committed tables themselves take the next month, by refresh and by hand: nothing in them stands in the way."""

from pathlib import Path

import pandas as pd
import pytest

from etl import upload
from etl.check import check
from etl.merge import Withdrawn
from etl.refresh import bring_in, refresh
from etl.report import FINE, NOTHING_NEW
from etl.sources import kto_api
from tests.etl import real, workbooks
from tests.etl.server import Publisher


@pytest.fixture
def committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CROSSINGS_DATA", str(real.place(tmp_path / "data")))
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "own" / "added.csv"))
    return tmp_path / "data"


def ends(folder: Path, destination: str) -> "pd.Series[str]":
    rows = pd.read_csv(folder / "visitors.csv", dtype=str)
    return rows[rows["destination"] == destination].groupby("origin")["month"].max()


def test_a_refresh_brings_the_next_month_into_the_committed_tables(
    committed: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSINGS_KTO_KEY", "key")
    monkeypatch.setenv("CROSSINGS_TIMEOUT_SECONDS", "20")
    monkeypatch.setattr("etl.refresh.today", lambda: "2026-11-02")
    publisher.routes = real.routes()
    done = refresh(("jnto", "kto"))
    assert [part.state for part in done.sources] == [FINE, FINE], [part.values for part in done.sources]
    assert check(committed) == []
    assert ends(committed, "JPN")["KOR"] == "2026-09"
    korea = ends(committed, "KOR")
    assert set(korea[korea >= "2024-08"]) == {"2026-09"}
    assert [part.state for part in refresh(("jnto", "kto")).sources] == [NOTHING_NEW, NOTHING_NEW]


def test_ktos_workbook_with_every_nationality_by_hand(committed: Path) -> None:
    found = upload.read(real.kto_book(), name="kto.xlsx")
    assert found.release is not None
    (part,) = bring_in(found.release).sources
    assert part.state == FINE
    assert part.counts()["new"] == 13
    assert part.counts()["gap"] > 40
    assert ends(committed, "KOR")[["JPN", "TOTAL", "CHN"]].tolist() == ["2026-09"] * 3
    assert check(committed) == []


def test_jntos_workbook_by_hand(committed: Path) -> None:
    found = upload.read(real.jnto_book(), name="jnto.xlsx")
    assert found.release is not None
    assert bring_in(found.release).sources[0].counts()["new"] > 25
    assert check(committed) == []


def test_an_older_workbook_by_hand_changes_nothing(committed: Path) -> None:
    older = workbooks.jnto(
        2003, 2026, months=2, counts=lambda *key: real.count(f"{key[0]}-{key[1]:02d}", key[2], "JPN")
    )
    found = upload.read(older, name="jnto.xlsx")
    assert found.release is not None
    with pytest.raises(Withdrawn, match="older than the figures held"):
        bring_in(found.release)


def test_rows_are_read_page_by_page(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    from etl.net import client

    publisher.routes = real.routes()
    service = kto_api.Hosts(client(kto_api.GATEWAY), client(kto_api.LEGACY), "key")
    assert len(service.items(kto_api.ARRIVALS, "2026-08", numOfRows="7")) == len(real.korea("2026-08")) > 14
