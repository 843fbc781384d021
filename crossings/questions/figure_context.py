"""What every figure of the published flows carries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from crossings.drawing.drawing import Chart
from crossings.language import Language, labels
from crossings.questions.base.figure import Band, Figure, Look, OfficeChart
from crossings.questions.base.table import Column, Table
from crossings.questions.base.view import KeyFigure
from crossings.tables import releases
from crossings.tables.flows import Flow, Published

__all__ = ["KeyFigure", "NativeChart", "Setting"]


@dataclass(frozen=True)
class NativeChart:
    """What a spreadsheet or a slide draws itself, by translated headings."""

    kind: Literal["line", "column", "bar", "scatter"]
    frame: pd.DataFrame
    share: bool = False
    looks: Mapping[str, Look] = field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    spread: tuple[str, str] | None = None
    unit: str = ""


def guessed(
    frame: pd.DataFrame | Table, native: NativeChart | OfficeChart | None, language: Language
) -> Table:
    """Return a table whose columns are guessed from their values."""
    if isinstance(frame, Table):
        return frame
    native = native if isinstance(native, NativeChart) else None
    share, unit = (native is not None and native.share), ("" if native is None else native.unit)
    columns = tuple(
        _guessed(str(name), frame.iloc[:, place], share and place > 0, unit)
        for place, name in enumerate(frame.columns)
    )
    return Table(columns, frame.set_axis([column.key for column in columns], axis=1), language)


def _guessed(name: str, values: pd.Series, share: bool, unit: str) -> Column:
    if not pd.api.types.is_numeric_dtype(values):
        return Column(name, name)
    if share:
        return Column(name, name, "share")
    known = values.dropna()
    whole = bool((known == known.round()).all())
    if len(known) == len(values) and known.between(1900, 2100).all() and whole:
        return Column(name, name, "year")
    return Column(name, name, "number", unit=unit, digits=0 if whole or known.abs().min() >= 1000 else 2)


def guessed_office(native: NativeChart | OfficeChart | None, language: Language) -> OfficeChart | None:
    """Return an office chart from one by headings."""
    if not isinstance(native, NativeChart):
        return native
    table = guessed(native.frame, native, language)
    return OfficeChart(native.kind, table, native.looks, native.bands, native.spread)


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
        draw: Callable[..., Chart] | None = None,
        table: Table | None = None,
        office: OfficeChart | None = None,
        alt_text: str = "",
        body: Callable[..., Chart] | None = None,
        frame: pd.DataFrame | None = None,
        native: NativeChart | None = None,
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
            draw=draw or body,  # type: ignore[arg-type]
            table=guessed(frame, native, self.language) if table is None else table,  # type: ignore[arg-type]
            office=office or guessed_office(native, self.language),
            alt=alt_text,
            source=labels.source_line(self.flow, self.language),
            as_of=labels.as_of_line(self.last_month, self.language),
            status=labels.status_line(self.published, self.flow, self.language, as_of=self.as_of),
            language=self.language,
            scenario=self.scenario,
            versions=versions,
        )
