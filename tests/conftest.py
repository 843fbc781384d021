"""Tests never see the figures that the person at this machine has added, and none is timed."""

from pathlib import Path

import pytest
from hypothesis import settings

from crossings.models import models
from tests import projections

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _no_figures_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "no-added-figures.csv"))


@pytest.fixture(autouse=True)
def _the_same_projection_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "project", projections.project)


# What takes longest, so that it starts first and no test worker is left alone with it at the end.
FIRST = ("tests/golden", "tests/browser", "tests/export", "tests/test_same_everywhere.py", "tests/etl")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow folders first."""
    order = {name: place for place, name in enumerate(FIRST)}
    names = {item: "/".join(item.nodeid.split("::")[0].split("/")[:2]) for item in items}
    items.sort(key=lambda item: order.get(names[item], len(order)))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name files by their argument: their bytes hold the time they were written, and workers must collect alike."""
    return argname if isinstance(val, bytes) else None
