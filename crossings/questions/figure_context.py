"""What every figure of the published flows carries."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from crossings.drawing.drawing import Picture
from crossings.export import Figure, NativeChart
from crossings.language import Language, labels
from crossings.tables import releases
from crossings.tables.flows import Flow, Published


@dataclass(frozen=True)
class KeyFigure:
    """One number of a page's top row with what it is compared with."""

    label: str
    value: str
    comparison: str | None = None


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
        body: Callable[..., Picture],
        frame: pd.DataFrame,
        native: NativeChart | None = None,
        alt_text: str = "",
    ) -> Figure:
        """Return a figure with its sources, month, status and versions."""
        released = releases.newest()
        versions = {"data": self.published.digest} | (
            {} if released is None else {"released": self.language.day(released)}
        )
        if self.model_version:
            versions["model"] = self.model_version
        return Figure(
            key=key,
            title=title,
            takeaway=takeaway,
            body=body,
            frame=frame,
            native=native,
            alt=alt_text,
            source=labels.source_line(self.flow, self.language),
            as_of=labels.as_of_line(self.last_month, self.language),
            status=labels.status_line(self.published, self.flow, self.language, as_of=self.as_of),
            language=self.language,
            scenario=self.scenario,
            versions=versions,
        )
