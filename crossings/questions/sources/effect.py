"""What new figures moved: the answer about the year of the newest figures, before and after."""

from dataclasses import dataclass, replace

from crossings.language import Language
from crossings.models.models import Models
from crossings.questions.base import Mark, Table
from crossings.questions.changes import change_table
from crossings.questions.sources import sentences as words
from crossings.tables.flows import DIRECTIONS, Flow, Published


@dataclass(frozen=True)
class Effect:
    """How new figures moved an answer: a sentence and, where anything moved, the causes."""

    sentence: str
    changes: Table | None


def effect(models: Models, language: Language, before: Published | None, mark: Mark) -> Effect:
    """Return what the figures moved since earlier ones, or since the month before where before is None.

    The question is visitors both ways in the year of the newest figures. A mark that is behind gives way to the
    first round million that was still open. Raises what the models raise.
    """
    then_models = models if before is None else replace(models, published=before)
    later, year = models.last_month, models.last_month.year
    earlier = later - 1 if before is None else then_models.last_month
    behind = then_models.milestone(flow=Flow.BOTH, year=year, mark=mark, as_of=earlier)
    open_mark = behind.open_mark or mark
    then = then_models.milestone(flow=Flow.BOTH, year=year, mark=open_mark, as_of=earlier)
    now = models.milestone(flow=Flow.BOTH, year=year, mark=open_mark)
    changes = (
        models.changes(earlier, later, flow=Flow.BOTH, year=year, mark=open_mark)
        if before is None
        else models.changes_since(before, year=year, mark=open_mark)
    )
    if not any(change.median or change.probability for change in changes):
        return Effect(words.no_effect(now, language), None)
    return Effect(words.effect(then, now, language), change_table(changes, language))


def waiting(models: Models, language: Language, before: Published) -> str:
    """Return that a month which is new since earlier figures waits for the other direction, empty where none does."""
    now = models.published
    ends = {flow: now.series(flow).index[-1] for flow in DIRECTIONS}
    lacks, has = sorted(DIRECTIONS, key=lambda flow: ends[flow])
    if ends[has] > ends[lacks] and ends[has] > before.series(has).index[-1]:
        return words.waiting(ends[lacks] + 1, has, lacks, language)
    return ""
