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


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name files by their argument: their bytes hold the time they were written, and workers must collect alike."""
    return argname if isinstance(val, bytes) else None
