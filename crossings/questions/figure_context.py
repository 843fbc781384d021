"""What every figure of the published flows carries."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from crossings.drawing.drawing import Chart
from crossings.language import Language, labels
from crossings.language.press import publishers
from crossings.language.strip import released_on
from crossings.questions.base.figure import Figure, OfficeChart
from crossings.questions.base.table import Table
from crossings.tables import provenance, releases
from crossings.tables.flows import Flow, Published


@dataclass(frozen=True)
class Setting:
    """The question a figure belongs to: whose figures, which flow, known until when, said in which language.

    tables: further published tables whose publishers are credited under its figures.
    """

    published: Published
    flow: Flow
    language: Language
    as_of: pd.Period | None = None
    model_version: str | None = None
    scenario: str | None = None
    tables: tuple[str, ...] = ()

    @property
    def newest(self) -> bool:
        """Whether all that is here is used: the last month that both offices have, and a direction's newer ones."""
        return self.as_of == self.published.last_month

    @property
    def last_month(self) -> pd.Period:
        """The last month used, a direction's own newest where that is known."""
        if self.as_of is None or self.newest:
            return pd.PeriodIndex(self.published.series(self.flow).index)[-1]
        return self.as_of

    @property
    def known_at(self) -> pd.Period | None:
        """The month of whose knowledge the figures are; None for what is known now."""
        return self.as_of and self.last_month

    @cached_property
    def by_hand(self) -> str:
        """Which of the figures used were added by hand, and where each is from; empty where none was."""
        return labels.by_hand_line(self.published, self.flow, self.language, as_of=self._used_to)

    def counting(self, answer: str) -> str:
        """Return an answer, led by the word that it counts figures added by hand where it does."""
        return (
            self.language("Including figures entered by hand: {answer}", answer=answer)
            if self.by_hand
            else answer
        )

    @property
    def known_name(self) -> str:
        """What the known figures are called over a column or a line: published, or also added by the user."""
        return self.language("Published or added by you") if self.by_hand else self.language("Published")

    @property
    def _further(self) -> list[str]:
        """The publishers of the further tables."""
        if not self.tables:
            return []
        used = [table for table in provenance.tables() if table.name in self.tables]
        return publishers((name for table in used for name in table.publishers), self.language)

    @property
    def _used_to(self) -> pd.Period | None:
        return None if self.newest else self.last_month

    def figure(
        self,
        *,
        key: str,
        title: str,
        takeaway: str,
        draw: Callable[..., Chart],
        table: Table,
        office: OfficeChart | None = None,
        alt_text: str = "",
    ) -> Figure:
        """Return a figure with its sources, month, status and versions."""
        released = releases.newest()
        sources = (
            labels.source_line(
                self.flow, self.language, model_version=self.model_version or "", further=self._further
            ),
            labels.copied_line(self.published, self.flow, self.language, as_of=self._used_to),
            self.by_hand,
        )
        versions = {"data": self.published.digest} | (
            {} if released is None else {"released": released_on(released, self.language)}
        )
        if self.model_version:
            versions["model"] = self.model_version
        return Figure(
            key=key,
            title=title,
            takeaway=takeaway,
            draw=draw,
            table=table,
            office=office,
            alt=alt_text or self._described(title, takeaway, table),
            source=self.language.gap.join(line for line in sources if line),
            as_of=labels.as_of_line(self.last_month, self.language),
            status=labels.status_line(self.published, self.flow, self.language, as_of=self.known_at),
            language=self.language,
            scenario=self.scenario,
            versions=versions,
        )

    def _described(self, title: str, takeaway: str, table: Table) -> str:
        """Return what a chart shows, for those who do not see it: its title, what stands in it and the takeaway."""
        shown = self.language.in_a_list([column.heading for column in table.columns if column.shown])
        return self.language(
            "Chart: {title}. Shown: {columns}. {takeaway}", title=title, columns=shown, takeaway=takeaway
        )
