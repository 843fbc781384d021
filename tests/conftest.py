"""Tests never see the figures that the person at this machine has added."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _no_figures_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "no-added-figures.csv"))
