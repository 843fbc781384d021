"""What halls and the groups in them are called."""

from crossings.language.language import Language
from crossings.models.queue.flights import OTHER, PARTNER
from crossings.models.queue.presets import Hall


def hall_name(hall: Hall, language: Language) -> str:
    """Return a hall's name."""
    return language(hall.name)


def group_name(group: str, hall: Hall | None, language: Language) -> str:
    """Return who a group is in a hall; a group of the user's own keeps its name."""
    partner = language("Koreans") if hall is not None and hall.country == "JPN" else language("Japanese")
    return {PARTNER: partner, OTHER: language("Other foreigners"), "all": language("All")}.get(group, group)
