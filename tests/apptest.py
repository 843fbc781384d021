"""Pages run without a browser: their elements, and their folds opened in as few runs as there can be."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner import ScriptRunnerEvent
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

# Each page run otherwise looks for components in every installed package anew.
manifest_scanner.scan_component_manifests = lru_cache(maxsize=1)(manifest_scanner.scan_component_manifests)
# AppTest asks a thousand times a second whether a page is done, and each time goes through all that it has sent.
LocalScriptRunner.script_stopped = (  # type: ignore[method-assign]
    lambda self: ScriptRunnerEvent.SHUTDOWN in self.events[-20:]
)
_met: defaultdict[str, set[str]] = defaultdict(set)


def elements(block: Any) -> Iterator[Any]:
    """Return every element and container below a container, in the order of the page."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from elements(child)


def everything(opened: AppTest) -> list[Any]:
    """Return every element of the page and its frame."""
    return [element for part in (opened.sidebar, opened.main) for element in elements(part)]


def run_unfolded(app: AppTest, page: str) -> AppTest:
    """Run a page as it opens, then with every fold open; those inside others at once where the page had them before."""
    app.run()
    _opened(app, {*_met[page], *_folds(app)})
    _met[page].update(_folds(unfolded(app)))
    return app


def unfolded(app: AppTest) -> AppTest:
    """Open every fold whose content is drawn only when it is open, and those inside."""
    seen: set[str] = set()
    while new := {key for key in _folds(app) if not _open(app, key)} - seen:
        seen |= new
        _opened(app, seen)
    return app


def _opened(app: AppTest, keys: set[str]) -> None:
    """Run a page with these folds open."""
    for key in keys:
        app.session_state[key] = True
    app.run()


def _open(app: AppTest, key: str) -> bool:
    return key in app.session_state and bool(app.session_state[key])


def _folds(app: AppTest) -> Iterator[str]:
    for element in everything(app):
        if element.type in ("expander", "popover"):
            found = re.fullmatch(r"\$\$ID-[0-9a-f]{32}-(.+)", getattr(element.proto, "id", ""))
            if found:
                yield found[1]
