"""What a scenario is called."""

from crossings.language.language import Language
from crossings.models.scenario.settings import Settings


def scenario_name(settings: Settings, language: Language) -> str:
    """Return a scenario's own name; one given by its user is kept as it is."""
    return language(settings.name) if settings.name else language("Custom scenario")
