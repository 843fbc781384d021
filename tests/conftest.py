"""Tests never see the figures that the person at this machine has added, and none is timed."""

import gc
import os
from pathlib import Path
from typing import Any

import pytest
import vl_convert
from hypothesis import settings

from crossings.models import models
from crossings.models.forecast import projection
from crossings.models.memory import Memory
from tests import drawn_once, projections

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _no_figures_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "no-added-figures.csv"))


@pytest.fixture(autouse=True)
def _the_same_projection_is_made_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.getbasetemp()
    projections.kept_in(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)
    for module in (models, projection):
        monkeypatch.setattr(module, "project", projections.project)


@pytest.fixture(autouse=True)
def _the_same_picture_is_drawn_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("drawn_anew") is None:
        for name, remembering in drawn_once.REMEMBERING.items():
            monkeypatch.setattr(vl_convert, name, remembering)


@pytest.fixture
def one_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all models of a test share one memory, which keeps each answer by all that it rests on."""
    from tests.briefing import collected

    kept = vars(collected.models().memory)

    def share(memory: Memory, **_: object) -> None:
        memory.__dict__ = kept

    monkeypatch.setattr(Memory, "__init__", share)


# What takes longest, so that it starts first and no test worker is left alone with it at the end.
BROWSER = "tests/browser/"
FIRST = ("tests/browser", "tests/golden", "tests/export", "tests/test_same_everywhere.py", "tests/etl")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow folders first."""
    order = {name: place for place, name in enumerate(FIRST)}
    names = {item: "/".join(item.nodeid.split("::")[0].split("/")[:2]) for item in items}
    items.sort(key=lambda item: order.get(names[item], len(order)))


def pytest_collection_finish() -> None:
    """Leave what was imported out of later collections of memory, as the server does (`ui/door.py`)."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give a worker whole files, and all files of the browser to one: it waits for pages while others work."""
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

    class Files(LoadFileScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            file: str = super()._split_scope(nodeid)
            return BROWSER if file.startswith(BROWSER) else file

    return Files(config, log)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name files by their argument: their bytes hold the time they were written, and workers must collect alike."""
    return argname if isinstance(val, bytes) else None
