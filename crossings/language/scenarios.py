"""What a scenario is called."""

from crossings.language.language import Language
from crossings.models.scenario.settings import Choice, Settings

MEASURES_NAMED = 2


def scenario_name(settings: Settings, language: Language) -> str:
    """Return a scenario's own name, or what it sets; a name given by its user is kept as it is."""
    if settings.name:
        return language(settings.name)
    if not settings.active:
        return language("No measure")
    named = [_measure(choice, language) for choice in settings.active[:MEASURES_NAMED]]
    rest = len(settings.active) - MEASURES_NAMED
    if rest <= 0:
        return " + ".join(named)
    return language.plural(
        "{measures} and one more", "{measures} and {count} more", rest, measures=" + ".join(named)
    )


def _measure(choice: Choice, language: Language) -> str:
    """Return one measure with its start, where it names one."""
    label = language(choice.record.label)
    if choice.start is None:
        return label
    return language("{measure} (from {month})", measure=label, month=language.month(choice.start))
