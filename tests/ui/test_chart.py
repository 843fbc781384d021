"""The Vega that pages load is that which draws the pictures in files, and a click is read without trust."""

from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest
import vl_convert

from ui import chart
from ui import screen as st
from ui.chart import selected


def test_pages_and_files_draw_with_the_same_vega(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart, "VEGA", tmp_path / "vega.js")
    chart.vega_ready.cache_clear()
    assert chart.vega_ready()
    head, _, bundle = (tmp_path / "vega.js").read_text("utf-8").partition("\n")
    assert head == f"// vl-convert {version('vl-convert-python')}"
    assert bundle == vl_convert.javascript_bundle()  # type: ignore[call-arg]


def test_a_folder_that_cannot_be_written_leaves_streamlits_charts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "static").write_text("a file where the folder should be")
    monkeypatch.setattr(chart, "VEGA", tmp_path / "static" / "vega.js")
    chart.vega_ready.cache_clear()
    assert not chart.vega_ready()
    chart.vega_ready.cache_clear()


@pytest.mark.parametrize(
    ("held", "found"),
    [
        (None, []),
        (SimpleNamespace(), []),
        (SimpleNamespace(selection=None), []),
        (SimpleNamespace(selection={"mark": [{"key": "mers"}]}), [{"key": "mers"}]),
        (SimpleNamespace(selection={"other": [{"key": "mers"}]}), []),
    ],
)
def test_what_is_chosen_in_a_chart(
    held: object, found: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "session_state", {"chart-a": held})
    assert selected("chart-a", "mark") == found
