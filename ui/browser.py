"""What only the browser can do for every page: name its language, keep Back to pages, print, tell a lost server."""

from pathlib import Path

from crossings.language import Language
from ui import screen as st

FOLDER = Path(__file__).parent
_mount = st.components.v2.component(
    "crossings_frame",
    css=(FOLDER / "frame.css").read_text("utf-8"),
    js=(FOLDER / "frame.js").read_text("utf-8"),
    isolate_styles=False,
)


def settle(language: Language) -> None:
    """Put the frame's script and style into the page."""
    _mount(
        data={
            "language": language.code,
            "gone": language(
                "The app has stopped responding. What is shown stays readable; to continue, restart the app "
                "and reload this page."
            ),
        },
        key="crossings-frame",
    )
