"""Every golden file by name, and what the app shows for it now."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.golden import commands, files, links, pages
from tests.golden.opening import LANGUAGES, PAGES

Taken = Callable[[Path], Any]


def makers() -> dict[str, Taken]:
    """Return what takes each golden file, by name; it is given the folder of the user's own files."""
    found: dict[str, Taken] = {}
    for page in PAGES:
        for language in LANGUAGES:
            found[f"pages/{page}.{language}"] = functools.partial(pages.of_page, page, language)
    for language in LANGUAGES:
        found[f"commands/text.{language}"] = functools.partial(_texts, language)
    found["commands/numbers"] = lambda _own: commands.numbers()
    found["placebos"] = pages.placebos
    found["links"] = links.every
    found["traces"] = files.traces
    found["saved"] = files.still_open
    return found


def _texts(language: str, _own: Path) -> Any:
    return commands.texts(language)
