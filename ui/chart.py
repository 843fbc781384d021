"""Draws a chart on a page: with Vega from our own static folder, and without a toolbar.

Streamlit's own chart offers a picture without title, source and status to whoever points at it, and no setting
takes that away; a figure's own menu makes the complete one.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from crossings.drawing.drawing import Chart, specification

NAME = "crossings_chart"
_mount = st.components.v2.component(
    NAME, js=Path(__file__).with_name("chart.js").read_text("utf-8"), isolate_styles=False
)


def draw(
    chart: Chart,
    *,
    key: str,
    alt: str,
    width: Literal["stretch", "content"] = "stretch",
    on_select: Callable[[], None] | None = None,
) -> None:
    """Draw a chart. on_select: called when a mark is chosen; the session then holds it under the key (`selected`)."""
    spec = specification(chart)
    parameters = [parameter["name"] for parameter in spec.get("params", [])]
    listening: dict[str, Any] = {"on_selection_change": on_select} if on_select else {}
    _mount(
        data={"spec": spec, "alt": alt, "select": parameters[0] if on_select and parameters else None},
        key=key,
        width=width,
        **listening,
    )


def selected(key: str, parameter: str) -> list[dict[str, str]]:
    """Return the fields of the marks chosen in a chart, one entry a mark; empty where none is."""
    selection = getattr(st.session_state.get(key), "selection", None) or {}
    return list(selection.get(parameter) or [])
