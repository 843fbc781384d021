"""The Vega that pages load is that which draws the pictures in files, and a click is read without trust."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
import vl_convert

from ui.chart import selected

STATIC = Path(__file__).resolve().parents[2] / "static"


def test_pages_and_files_draw_with_the_same_vega() -> None:
    assert (STATIC / "vega.js").read_text("utf-8") == vl_convert.javascript_bundle()  # type: ignore[call-arg]


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
