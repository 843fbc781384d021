"""Draws a chart on a page with the Vega that also draws the pictures in files, and without a toolbar.

Streamlit's own chart offers a picture without title, source and status to whoever points at it, and no setting
takes that away; a figure's own menu makes the complete one. Vega is written once into the static folder, from the
installed package vl-convert; where that cannot be, Streamlit's own chart steps in.
"""

import json
import logging
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from crossings.whole import replace_file
from ui import screen as st

NAME = "crossings_chart"
VEGA = Path(__file__).resolve().parents[1] / "static" / "vega.js"
log = logging.getLogger(__name__)
_mount = st.components.v2.component(
    NAME, js=Path(__file__).with_name("chart.js").read_text("utf-8"), isolate_styles=False
)


@lru_cache(maxsize=1)
def vega_ready() -> bool:
    """Return whether the installed Vega stands in the static folder, written there now where it does not."""
    try:
        import vl_convert

        bundle = f"// vl-convert {version('vl-convert-python')}\n"
        if not VEGA.is_file() or not VEGA.read_text("utf-8").startswith(bundle):
            replace_file(VEGA, bundle + vl_convert.javascript_bundle())  # type: ignore[call-arg]
    except (ImportError, OSError, ValueError) as fault:
        log.warning(
            "Vega cannot be put into the static folder (%s); Streamlit's own charts are drawn.", fault
        )
        return False
    return True


def draw(
    written: str,
    *,
    key: str,
    alt: str,
    width: Literal["stretch", "content"] = "stretch",
    on_select: Callable[[], None] | None = None,
) -> None:
    """Draw a chart from its specification as JSON.

    on_select: called when a mark is chosen; the session then holds it under the key (`selected`).
    """
    if not vega_ready():
        st.vega_lite_chart(
            spec=json.loads(written),
            theme=None,
            width=width,
            alt=alt,
            key=key,
            on_select=on_select or "ignore",
        )
        return
    listening: dict[str, Any] = {"on_selection_change": on_select} if on_select else {}
    _mount(
        data={"spec": written, "alt": alt, "select": on_select is not None},
        key=key,
        width=width,
        **listening,
    )


def selected(key: str, parameter: str) -> list[dict[str, str]]:
    """Return the fields of the marks chosen in a chart, one entry a mark; empty where none is."""
    selection = getattr(st.session_state.get(key), "selection", None) or {}
    return list(selection.get(parameter) or [])
