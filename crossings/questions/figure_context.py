"""What every figure of the published flows carries."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from crossings.drawing.drawing import Chart
from crossings.language import Language, labels
from crossings.questions.base.figure import Figure, OfficeChart
from crossings.questions.base.table import Table
from crossings.tables import releases
from crossings.tables.flows import Flow, Published


@dataclass(frozen=True)
class Setting:
    """The question a figure belongs to: whose figures, which flow, known until when, said in which language."""

    published: Published
    flow: Flow
    language: Language
    as_of: pd.Period | None = None
    model_version: str | None = None
    scenario: str | None = None

    @property
    def last_month(self) -> pd.Period:
        """The last month used."""
        return self.as_of or self.published.series(self.flow).index[-1]

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
            labels.source_line(self.flow, self.language, model_version=self.model_version or ""),
            labels.copied_line(self.published, self.flow, self.language, as_of=self.as_of),
            labels.by_hand_line(self.published, self.flow, self.language, as_of=self.as_of),
        )
        versions = {"data": self.published.digest} | (
            {} if released is None else {"released": self.language.day(released)}
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
            alt=alt_text or self.language("Chart: {title}. {takeaway}", title=title, takeaway=takeaway),
            source=self.language.gap.join(line for line in sources if line),
            as_of=labels.as_of_line(self.last_month, self.language),
            status=labels.status_line(self.published, self.flow, self.language, as_of=self.as_of),
            language=self.language,
            scenario=self.scenario,
            versions=versions,
        )
