"""What only the browser can do for every page: its language, the framework's words, Back, a lost server."""

from functools import lru_cache
from pathlib import Path

from crossings.language import Language
from ui import door
from ui import screen as st

_mount = st.components.v2.component(
    "crossings_frame",
    js=Path(__file__).with_name("frame.js").read_text("utf-8"),
    isolate_styles=False,
)


@lru_cache(maxsize=8)
def framework_words(language: Language) -> dict[str, str]:
    """Return the words that Streamlit writes itself, in the reader's language; {} stands for what it fills in."""
    return {
        "Upload": language.pgettext("framework", "Upload"),
        "Add files": language.pgettext("framework", "Add files"),
        "Drag and drop a file here": language.pgettext("framework", "Drag and drop a file here"),
        "{} per file": language.pgettext("framework", "{size} per file", size="{}"),
        "Press Enter to apply": language.pgettext("framework", "Press Enter to apply"),
        "Press Ctrl+Enter to apply": language.pgettext("framework", "Press Ctrl+Enter to apply"),
        "Press Enter to submit form": language.pgettext("framework", "Press Enter to submit form"),
        "No results": language.pgettext("framework", "No results"),
        "Clear value": language.pgettext("framework", "Clear value"),
        "Clear all": language.pgettext("framework", "Clear all"),
        "Remove {}": language.pgettext("framework", "Remove {name}", name="{}"),
        "Help": language.pgettext("framework", "Help"),
        "Help for {}": language.pgettext("framework", "Help for {name}", name="{}"),
        "Expand sidebar": language.pgettext("framework", "Expand sidebar"),
        "Collapse sidebar": language.pgettext("framework", "Collapse sidebar"),
        "Stop": language.pgettext("framework", "Stop"),
        "Connecting": language.pgettext("framework", "Connecting"),
        "Running...": language.pgettext("framework", "Running..."),
        "Print": language.pgettext("framework", "Print"),
        "Copy to clipboard": language.pgettext("framework", "Copy to clipboard"),
        "Open": language.pgettext("framework", "Open"),
        "Main menu": language.pgettext("framework", "Main menu"),
        "Sidebar": language.pgettext("framework", "Sidebar"),
        "{} more": language.pgettext("framework", "{count} more", count="{}"),
        "App pages": language.pgettext("framework", "App pages"),
        "Choose date": language.pgettext("framework", "Choose date"),
        "Skip to main content": language.pgettext("framework", "Skip to main content"),
        "Choose an option": language.pgettext("framework", "Choose an option"),
        "Link to heading": language.pgettext("framework", "Link to heading"),
        "Increment": language.pgettext("framework", "Increment"),
        "Decrement": language.pgettext("framework", "Decrement"),
        "Scrollable table": language.pgettext("framework", "Scrollable table"),
        "Add row": language.pgettext("framework", "Add row"),
        "Search": language.pgettext("framework", "Search"),
        "Fullscreen": language.pgettext("framework", "Fullscreen"),
        "Download as CSV": language.pgettext("framework", "Download as CSV"),
        "Show/hide columns": language.pgettext("framework", "Show/hide columns"),
        "file upload": language.pgettext("framework", "Upload"),
        "Search: {}": language.pgettext("framework", "Search: {name}", name="{}"),
        "Fullscreen: {}": language.pgettext("framework", "Fullscreen: {name}", name="{}"),
        "Download as CSV: {}": language.pgettext("framework", "Download as CSV: {name}", name="{}"),
        "Show/hide columns: {}": language.pgettext("framework", "Show/hide columns: {name}", name="{}"),
    }


def settle(language: Language) -> None:
    """Put the frame's script into the page."""
    _mount(
        data={
            "language": language.code,
            "words": framework_words(language),
            "server": door.SERVER,
            "gone": language(
                "The app has stopped responding. What is shown stays readable. Restart the app to continue; "
                "this page then reloads by itself."
            ),
        },
        key="crossings-frame",
    )
