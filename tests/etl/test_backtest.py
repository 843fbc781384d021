"""Running the track record: kept parts, processes and a cluster give the same tables."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from crossings.models.forecast.backtest import TRACK_RECORD, TRACK_RECORD_MARKS, Answer
from etl import backtest
from etl.backtest import PackageMissing, Plan, SchedulerUnreachable, plan, run
from tests.models.forecast.test_backtest import figures

TABLES = {f"{TRACK_RECORD}.csv", f"{TRACK_RECORD_MARKS}.csv"}


@pytest.fixture(scope="module")
def small() -> Plan:
    whole = plan(figures("2012-12", growth=1.05, noise=0.05), n_paths=30)
    assert len(whole.origins) == 35
    return replace(whole, origins=whole.origins[:2])


@pytest.fixture(scope="module")
def single(small: Plan) -> Plan:
    return replace(small, origins=small.origins[:1])


@pytest.fixture(scope="module")
def parts(small: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts")
    run(small, work=folder)
    return folder


def test_a_run_gives_both_tables_and_shows_its_progress(single: Plan, tmp_path: Path) -> None:
    shown = io.StringIO()
    files = run(single, work=tmp_path, progress=shown)
    assert set(files) == TABLES
    table = pd.read_csv(io.BytesIO(files[f"{TRACK_RECORD}.csv"]))
    assert list(table.columns) == list(Answer.__dataclass_fields__)
    assert table["as_of"].unique().tolist() == ["2010-01"]
    assert shown.getvalue().endswith("1/1\n")


def test_a_stopped_run_goes_on_where_it_was(small: Plan, parts: Path, tmp_path: Path) -> None:
    first, second = (parts / small.key / f"{month}.json" for month in small.origins)
    kept = tmp_path / small.key / first.name
    kept.parent.mkdir()
    marked = json.loads(first.read_text("utf-8"))
    marked[TRACK_RECORD][0]["actual"] = 123456.0
    kept.write_text(json.dumps(marked), "utf-8")
    (kept.parent / second.name).write_text("{", "utf-8")
    table = pd.read_csv(io.BytesIO(run(small, work=tmp_path)[f"{TRACK_RECORD}.csv"]))
    assert 123456 in table["actual"].tolist()
    assert set(table["as_of"]) == {first.stem, second.stem}
    assert (kept.parent / second.name).read_text("utf-8") == second.read_text("utf-8")


def test_parts_of_another_run_are_not_reused(small: Plan) -> None:
    others = [replace(small, seed=1), replace(small, n_paths=31)]
    others.append(replace(small, published=replace(small.published, digest="other")))
    assert len({small.key, *(other.key for other in others)}) == 4


def test_processes_give_the_same_tables(single: Plan, parts: Path, tmp_path: Path) -> None:
    pytest.importorskip("joblib", reason="joblib is not installed")
    assert run(single, work=tmp_path, jobs=2) == run(single, work=parts)


def test_a_cluster_gives_the_same_tables(single: Plan, parts: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="distributed is not installed")
    settings = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(host="127.0.0.1", protocol="tcp://", **settings) as cluster:
        found = run(single, work=tmp_path, scheduler=cluster.scheduler_address)
    assert found == run(single, work=parts)


def test_a_cluster_that_does_not_answer_is_named(
    small: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="distributed is not installed")
    monkeypatch.setattr(backtest, "WAIT_FOR_CLUSTER", "1s")
    with pytest.raises(SchedulerUnreachable, match=r"127\.0\.0\.1:9"):
        run(small, work=tmp_path, scheduler="tcp://127.0.0.1:9")


def test_an_absent_package_is_named(small: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "joblib", None)
    with pytest.raises(PackageMissing, match="pip install joblib"):
        run(small, work=tmp_path, jobs=2)
