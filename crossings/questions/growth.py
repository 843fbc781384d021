"""The long-run growth that every simulated path carries, as an assumption with its grade."""

from crossings.language import Language
from crossings.models.forecast.pool import GROWTH_A_YEAR
from crossings.questions.base import Assumption

UNWTO = "World Tourism Organization, Tourism Towards 2030 (2011)"


def growth_assumption(language: Language) -> Assumption:
    """Return the long-run growth that every simulated path carries."""
    label = language("Long-run growth added to every simulated path, a year")
    return Assumption(label, language.percent(GROWTH_A_YEAR), "amber", "amber", UNWTO)
