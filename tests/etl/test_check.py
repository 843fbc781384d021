"""Each check finds what it is for, names the table and the row or month, and says what to do."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from crossings.tables import provenance
from crossings.tables.flows import DataDamaged
from etl.build import files
from etl.check import check, check_frames, require
from etl.describe import computed
from etl.errors import CheckFailed
from etl.tables import TABLES, from_bytes

DATA = Path(__file__).resolve().parents[2] / "data"
Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def committed() -> Frames:
    return {name: from_bytes((DATA / f"{name}.csv").read_bytes()) for name in TABLES}


def test_the_committed_tables_pass() -> None:
    assert [str(finding) for finding in check(DATA)] == []


def test_what_is_committed_is_what_the_writer_writes(committed: Frames) -> None:
    for name, content in files(committed, computed=computed(DATA)).items():
        assert content == (DATA / name).read_bytes(), name


def row(table: pd.DataFrame, month: str, origin: str, destination: str) -> int:
    here = (table["month"] == month) & (table["origin"] == origin) & (table["destination"] == destination)
    return int(table.index[here][0])


def put(name: str, column: str, value: str, at: Callable[[pd.DataFrame], int]) -> Callable[[Frames], None]:
    def tamper(frames: Frames) -> None:
        frames[name].loc[at(frames[name]), column] = value

    return tamper


def drop(name: str, at: Callable[[pd.DataFrame], int]) -> Callable[[Frames], None]:
    def tamper(frames: Frames) -> None:
        frames[name] = frames[name].drop(at(frames[name])).reset_index(drop=True)

    return tamper


def double(frames: Frames) -> None:
    frames["visitors"] = pd.concat([frames["visitors"], frames["visitors"].tail(1)], ignore_index=True)


def lose_column(frames: Frames) -> None:
    frames["events"] = frames["events"].drop(columns="confidence")


def no_rows(frames: Frames) -> None:
    frames["measures"] = frames["measures"].head(0)


def koreans(month: str) -> Callable[[pd.DataFrame], int]:
    return lambda table: row(table, month, "KOR", "JPN")


def japanese(month: str) -> Callable[[pd.DataFrame], int]:
    return lambda table: row(table, month, "JPN", "KOR")


def chinese(month: str) -> Callable[[pd.DataFrame], int]:
    return lambda table: row(table, month, "CHN", "KOR")


def first_rate(table: pd.DataFrame) -> int:
    return 30


@pytest.mark.parametrize(
    ("tamper", "table", "where", "said"),
    [
        (put("visitors", "visitors", "12.5", koreans("2019-03")), "visitors.csv", "#", "12.5"),
        (put("visitors", "visitors", "-5", koreans("2019-03")), "visitors.csv", "#", "≥ 0"),
        (put("visitors", "visitors", "", koreans("2019-03")), "visitors.csv", "#", "column visitors"),
        (put("visitors", "status", "final", koreans("2019-03")), "visitors.csv", "#", "final"),
        (put("visitors", "month", "2019-13", koreans("2019-03")), "visitors.csv", "#", "2019-13"),
        (put("visitors", "origin", "korea", koreans("2019-03")), "visitors.csv", "#", "korea"),
        (put("visitors", "origin", "XXX", koreans("1996-01")), "visitors.csv", "#", "XXX"),
        (put("visitors", "source", "rumour", koreans("2019-03")), "visitors.csv", "#", "rumour"),
        (double, "visitors.csv", "#", "appears twice"),
        (drop("visitors", koreans("2019-03")), "visitors.csv", "2019-03", "KOR to JPN"),
        (drop("visitors", japanese("2026-08")), "visitors.csv", "2026-08", "JPN to KOR"),
        (
            put("visitors", "visitors", "206527", japanese("2019-01")),
            "visitors.csv",
            "2019-01..2019-12",
            "3271707",
        ),
        (
            put("visitors", "visitors", "9999999", koreans("2019-03")),
            "visitors.csv",
            "2019-03",
            "more than the total",
        ),
        (
            put("visitors", "visitors", "0", lambda t: row(t, "2019-03", "TOTAL", "KOR")),
            "visitors.csv",
            "2019-03",
            "total to KOR is zero",
        ),
        (
            put("visitors", "visitors", "391", chinese("2019-01")),
            "visitors.csv",
            "2019-01",
            "changes sharply to 391",
        ),
        (
            put("visitors", "visitors", "85", lambda t: row(t, "2026-08", "USA", "KOR")),
            "visitors.csv",
            "2026-08",
            "changes sharply to 85",
        ),
        (
            put("vintages", "visitors", "612173", lambda t: row(t, "2024-08", "KOR", "JPN") + 1),
            "vintages.csv",
            "2024-08",
            "612173",
        ),
        (put("vintages", "published", "2024-9-1", koreans("2024-08")), "vintages.csv", "#", "2024-9-1"),
        (drop("exchange_rates", first_rate), "exchange_rates.csv", "2001-07", "no rate"),
        (
            put("published_totals", "visitors", "1", lambda t: 0),
            "visitors.csv",
            "2004-01..2004-12",
            "total is 1.",
        ),
        (put("entries", "confidence", "sure", lambda t: 3), "entries.csv", "#5", "sure"),
        (put("sources", "seen_in_copy", "maybe", lambda t: 3), "sources.csv", "#5", "yes|no"),
        (lose_column, "events.csv", "#1", "columns are"),
        (no_rows, "measures.csv", "-", "no rows"),
    ],
)
def test_tampering_is_found(
    committed: Frames, tamper: Callable[[Frames], None], table: str, where: str, said: str
) -> None:
    frames = {name: frame.copy() for name, frame in committed.items()}
    tamper(frames)
    findings = check_frames(frames)
    assert any(
        finding.table == table and finding.where.startswith(where) and said in str(finding)
        for finding in findings
    ), [str(finding) for finding in findings[:5]]


def test_real_collapses_and_recoveries_are_known(committed: Frames) -> None:
    for last in ("2020-04", "2021-07", "2022-10"):
        frames = {name: frame.copy() for name, frame in committed.items()}
        frames["visitors"] = committed["visitors"][committed["visitors"]["month"] <= last]
        assert not [finding for finding in check_frames(frames) if "changes sharply" in str(finding)]


def test_a_slip_of_units_in_the_newest_month_is_found(committed: Frames) -> None:
    frames = {name: frame.copy() for name, frame in committed.items()}
    visitors = frames["visitors"]
    for origin in ("KOR", "TOTAL", "CHN"):
        at = row(visitors, "2026-08", origin, "JPN")
        visitors.loc[at, "visitors"] = f"{visitors['visitors'][at]}0"
    assert [finding.where for finding in check_frames(frames) if "changes sharply" in str(finding)] == [
        "2026-08"
    ] * 3


def test_a_later_revision_does_not_break_a_total_read_earlier(committed: Frames) -> None:
    frames = {name: frame.copy() for name, frame in committed.items()}
    at = row(frames["visitors"], "2026-08", "KOR", "JPN")
    old = frames["visitors"].loc[at]
    frames["visitors"].loc[at, "visitors"] = "850700"
    revision = [
        {**old, "published": "2026-09-16", "dated": "release"},
        {**old, "visitors": "850700", "published": "2026-10-21", "dated": "release"},
    ]
    frames["vintages"] = pd.concat([frames["vintages"], pd.DataFrame(revision)], ignore_index=True)
    assert [str(finding) for finding in check_frames(frames)] == []


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_a_file_that_is_gone_or_damaged(copied: Path) -> None:
    (copied / "visitors.csv").unlink()
    (copied / "datapackage.json").write_text("{")
    assert {finding.table for finding in check(copied)} == {"visitors.csv", "datapackage.json"}
    with pytest.raises(CheckFailed, match=r"visitors\.csv is missing"):
        require(copied)


@pytest.mark.parametrize("package", ["[", "[1]", '{"resources": [1]}', '{"resources": [{}]}', "[" * 100_000])
def test_a_description_that_is_none_is_named(copied: Path, package: str) -> None:
    (copied / "datapackage.json").write_text(package)
    assert {finding.table for finding in check(copied)} == {"datapackage.json"}
    with pytest.raises(DataDamaged, match=r"datapackage\.json"):
        provenance.tables(copied)


def test_a_file_of_bytes_that_are_no_text(copied: Path) -> None:
    (copied / "events.csv").write_bytes(b"\xff\xfe\x00")
    assert "events.csv" in {finding.table for finding in check(copied)}


def test_a_hand_edit_is_found_by_the_fingerprint(copied: Path) -> None:
    path = copied / "events.csv"
    path.write_text(path.read_text("utf-8").replace("MERS", "Mers"), "utf-8")
    assert ["changed by hand" in str(finding) for finding in check(copied)] == [True]


def test_a_description_that_does_not_fit(copied: Path) -> None:
    path = copied / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    package["resources"][0]["schema"]["fields"][0]["name"] = "period"
    path.write_text(json.dumps(package), "utf-8")
    assert [finding.where for finding in check(copied)] == ["visitors"]
