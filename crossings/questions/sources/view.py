"""Where the figures come from, answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from crossings.language import Language
from crossings.models.models import Models
from crossings.questions.base import Mark, OnDemand, View
from crossings.questions.registry import page_name
from crossings.questions.sources import figures
from crossings.questions.sources import sentences as words
from crossings.questions.sources.effect import Effect, effect, waiting
from crossings.questions.sources.question import SourcesQuestion
from crossings.tables import provenance, releases
from crossings.tables.flows import Published
from crossings.tables.provenance import TableOrigin


@dataclass(frozen=True, eq=False, kw_only=True)
class SourcesView(View):
    """The published tables and their sources, with what only its page shows.

    published: every published table by name. effect_of and waiting_of: make what `effect` and `waiting` return.
    The view has no figures; its tables are "published", "revisions" and "origins-NAME", its remarks "revisions"
    and what each table counts, by the table's name; its caveats are the known gaps.
    """

    published: dict[str, TableOrigin]
    effect_of: Callable[[Published | None, Mark], Effect]
    waiting_of: Callable[[Published], str]

    def effect(self, before: Published | None, *, mark: Mark) -> Effect:
        """Return what the figures moved since earlier ones, or since the month before where there are none."""
        return self.effect_of(before, mark)

    def waiting(self, before: Published) -> str:
        """Return that a month new since earlier figures waits for the other direction, empty where none does."""
        return self.waiting_of(before)


def view(question: SourcesQuestion, models: Models, language: Language) -> SourcesView:
    """Return how fresh the figures are, their tables, sources, revisions and gaps. Raises DataMissing, DataDamaged."""
    published = {table.name: table for table in provenance.tables()}
    fresh = releases.freshness(today=question.today)
    month = figures.last_official_month(models.published)
    tables = {
        "published": partial(figures.overview, tuple(published.values()), language),
        "revisions": partial(figures.revised, models.published, language),
        **{f"origins-{name}": partial(figures.origins, table, language) for name, table in published.items()},
    }
    return SourcesView(
        question=question,
        language=language,
        name=page_name("sources", language),
        answer=words.answer(month, fresh, language, asked=question.refreshed, keeper=question.keeper),
        key_figures=tuple(figures.standing(models.published, fresh, language)),
        tables=OnDemand(tables),
        caveats=words.gaps(models.published, language),
        remarks={name: words.what_is_counted(name, language) for name in published}
        | {"revisions": figures.revisions_takeaway(models.published, language)},
        tables_used=tuple(published),
        published=published,
        effect_of=partial(effect, models, language),
        waiting_of=partial(waiting, models, language),
    )
