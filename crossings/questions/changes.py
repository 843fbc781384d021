"""What moved an answer between two states of the figures: revision, new data, model."""

from collections.abc import Sequence

from crossings.language import Language
from crossings.models.forecast.milestone import Change
from crossings.questions.base import Column, Table, table


def cause_name(cause: str, language: Language) -> str:
    """Return what moved an answer."""
    return {
        "revision": language("Revision"),
        "new data": language("New data"),
        "model": language("Change of model"),
    }[cause]


def change_table(changes: Sequence[Change], language: Language) -> Table:
    """Return what moved an answer, cause by cause and together: rounded visitors of the median, points of the chance."""
    causes = [cause_name(change.cause, language) for change in changes]
    medians = [change.median for change in changes]
    shares = [change.probability for change in changes]
    rounded = [language.people_about(median, signed=True) for median in (*medians, sum(medians))]
    points = Column("probability", language("Change of the probability"), "points", signed=True)
    return table(
        language,
        [
            (Column("cause", language("Cause")), [*causes, language("Together")]),
            (Column("median", language("Change of the central forecast")), rounded),
            (points, [*shares, sum(shares)]),
        ],
    )
