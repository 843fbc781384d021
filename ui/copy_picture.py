"""The button that puts a figure's picture, with its title and source, on the clipboard."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from crossings.language import Language
from ui import screen as st
from ui import state

_mount = st.components.v2.component(
    "crossings_copy_picture",
    js=Path(__file__).with_name("copy_picture.js").read_text("utf-8"),
    isolate_styles=False,
)


def button(figure: str, build: Callable[[], bytes], language: Language) -> None:
    """Draw the button of a figure; its picture is built in the run after it was pressed.

    build: returns the picture as PNG. A browser that withholds the clipboard shows no button.
    """
    wanted = f"picture-wanted-{figure}"

    def ask() -> None:
        state.keep(wanted, True)

    asked = st.session_state.pop(wanted, False)
    _mount(
        data={
            "label": language("Copy picture"),
            "done": language("Copied"),
            "failed": language("The picture could not be copied. Save it as PNG."),
            "picture": b64encode(build()).decode("ascii") if asked else "",
        },
        key=f"copy-picture-{figure}",
        width="content",
        on_asked_change=state.safe(ask),
    )
