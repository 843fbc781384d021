"""What halls and the groups in them are called."""

from crossings.language.language import Language
from crossings.models.queue.flights import OTHER, PARTNER
from crossings.models.queue.presets import Calibrated, Hall, source_titles


def hall_name(hall: Hall, language: Language) -> str:
    """Return a hall's name."""
    return language(hall.name)


def group_name(group: str, hall: Hall | None, language: Language) -> str:
    """Return who a group is in a hall; a group of the user's own keeps its name."""
    partner = language("Koreans") if hall is not None and hall.country == "JPN" else language("Japanese")
    return {PARTNER: partner, OTHER: language("Other foreigners"), "all": language("All")}.get(group, group)


def hall_titles(keys: str, language: Language) -> str:
    """Return the titles behind a hall's source keys; empty for an assumption of this app."""
    return language.in_titles([language(title) for title in source_titles(keys)])


def hall_source(base: Calibrated, language: Language) -> str:
    """Return where a figure of a hall comes from."""
    titles = hall_titles(base.hall.anchor.source, language)
    if not titles:
        return language(
            "Calculated by the Crossings queue model on assumed flights; no published wait to calibrate to."
        )
    return language(
        "Calculated by the Crossings queue model on assumed flights, calibrated to: {titles}.", titles=titles
    )
