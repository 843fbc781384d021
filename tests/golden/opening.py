"""Pages opened without a browser in a state of their controls, and the files that they offer."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest

from tests.apptest import elements, everything, run_unfolded, unfolded

PROJECT = Path(__file__).resolve().parents[2]
PAGES = tuple(sorted(path.stem for path in (PROJECT / "pages").glob("[a-z]*.py")))
LANGUAGES = ("en", "ja", "ko")
FIRST_PAGE = "overview"
SECONDS = 180
Offered = dict[str, bytes]


@dataclass(frozen=True)
class State:
    """A page's state: its address, values of controls by key, and a button pressed once everything is unfolded.

    press: key of the button; press_after: beginning of the key of the control that the button follows.
    """

    name: str = "as it opens"
    query: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    press: str = ""
    press_after: str = ""


def opened(page: str, language: str, state: State) -> AppTest:
    """Return a page in a state, every fold open. Raises AssertionError where it shows an error of its own."""
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=SECONDS)
    for key, value in {"lang": language, **state.query}.items():
        app.query_params[key] = value
    if page != FIRST_PAGE:
        app.switch_page(f"pages/{page}.py")
    run_unfolded(app, page)
    if state.values:
        for key, value in state.values.items():
            _by_key(app, key).set_value(value)
        unfolded(app.run())
    if state.press or state.press_after:
        _button(app, state).click()
        unfolded(app.run())
    assert not app.exception, (page, language, state.name, [fault.value for fault in app.exception])
    broken = [block.value for block in app.code if "Traceback" in block.value]
    assert not broken, (page, language, state.name, broken)
    return app


def _by_key(app: AppTest, key: str) -> Any:
    found = [element for element in everything(app) if getattr(element, "key", None) == key]
    assert found, f"no control has the key {key}"
    return found[0]


def _button(app: AppTest, state: State) -> Any:
    if state.press:
        return _by_key(app, state.press)
    passed = False
    for element in elements(app.main):
        passed = passed or str(getattr(element, "key", None) or "").startswith(state.press_after)
        if passed and element.type == "button":
            return element
    raise AssertionError(f"no button follows {state.press_after}")


@contextlib.contextmanager
def offered() -> Iterator[Offered]:
    """Note every file that a page offers for saving, by its name, whether it is made at once or when asked for."""
    files: Offered = {}
    at_once, later = MemoryMediaFileStorage.load_and_get_id, MediaFileManager.add_deferred

    def keep(self: Any, data: Any, mimetype: str, kind: Any, filename: str | None = None) -> str:
        files[str(filename)] = data if isinstance(data, bytes) else b""
        return at_once(self, data, mimetype, kind, filename)

    def keep_later(self: Any, make: Callable[[], Any], *others: Any, **named: Any) -> str:
        name = str(named.get("file_name") or (others[2] if len(others) > 2 else ""))
        if name.endswith(".json"):
            made = make()
            files[name] = made if isinstance(made, bytes) else str(made).encode()
        return later(self, make, *others, **named)

    MemoryMediaFileStorage.load_and_get_id = keep  # type: ignore[assignment,method-assign]
    MediaFileManager.add_deferred = keep_later  # type: ignore[assignment,method-assign]
    try:
        yield files
    finally:
        MemoryMediaFileStorage.load_and_get_id = at_once  # type: ignore[method-assign]
        MediaFileManager.add_deferred = later  # type: ignore[method-assign]
