"""Crossings: official Korea-Japan visitor figures, projections and scenarios, free of screen and network.

For notebooks: `import crossings`, then crossings.milestone(year=2026, mark=15_000_000) and the other functions of
crossings.api; they are loaded when they are first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crossings.api import brief, hall, milestone, scenario, series, simulate, table, table_names, worth

__all__ = ["brief", "hall", "milestone", "scenario", "series", "simulate", "table", "table_names", "worth"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from crossings import api

    return getattr(api, name)
