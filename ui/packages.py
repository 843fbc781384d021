"""Which optional packages are here."""

import sys
from functools import lru_cache
from importlib.util import find_spec


def absent(module: str) -> bool:
    """Return whether a module cannot be imported; the folders are searched once, not at every redraw."""
    if module in sys.modules:
        return sys.modules[module] is None
    return not _found(module)


@lru_cache(maxsize=16)
def _found(module: str) -> bool:
    return find_spec(module) is not None
