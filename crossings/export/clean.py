"""Texts as XML can hold them: what no document may contain is dropped before a writer sees it."""

import re
from dataclasses import replace

import pandas as pd

from crossings.export.briefing import Absent, Briefing, Filing, Part, Section
from crossings.export.figure import Figure
from crossings.questions.base import OfficeChart, Table

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return a text without the control characters and half characters that XML forbids; ends trimmed."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    """Return a clean text on one line, as a title stands."""
    return " ".join(clean(text).split())


def cleaned(briefing: Briefing) -> Briefing:
    """Return a briefing all of whose words can stand in a file; its trace, itself ASCII-safe JSON, is left."""
    return replace(
        briefing,
        title=one_line(briefing.title),
        answer=clean(briefing.answer),
        bullets=tuple(map(clean, briefing.bullets)),
        parts=tuple(map(_part, briefing.parts)),
        absent=tuple(Absent(one_line(entry.title), clean(entry.reason)) for entry in briefing.absent),
        method=tuple(_section(section) for section in briefing.method),
        sections=tuple(_section(section) for section in briefing.sections),
        filing=_filing(briefing.filing),
        assumptions=frame(briefing.assumptions),
        sources=frame(briefing.sources),
        scale=frame(briefing.scale),
        stamp=_rows(briefing.stamp),
        versions=_rows(briefing.versions),
    )


def _rows(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one_line(name), one_line(value)) for name, value in rows)


def _filing(filing: Filing) -> Filing:
    return replace(
        filing,
        department=one_line(filing.department),
        contact=one_line(filing.contact),
        classification=one_line(filing.classification),
        number=one_line(filing.number),
    )


def _part(part: Part) -> Part:
    return Part(figure(part.figure), clean(part.note), tuple(map(clean, part.method)))


def _section(section: Section) -> Section:
    return Section(one_line(section.heading), tuple(map(clean, section.points)))


def figure(made: Figure) -> Figure:
    """Return a figure whose words and cells can stand in a file."""
    return replace(
        made,
        title=one_line(made.title),
        takeaway=clean(made.takeaway),
        table=_table(made.table),
        source=one_line(made.source),
        as_of=one_line(made.as_of),
        status=one_line(made.status),
        scenario=one_line(made.scenario) if made.scenario else None,
        versions={name: one_line(version) for name, version in made.versions.items()},
        alt=clean(made.alt),
        office=None if made.office is None else _office(made.office),
    )


def _office(office: OfficeChart) -> OfficeChart:
    return replace(
        office,
        table=_table(office.table),
        looks={one_line(name): look for name, look in office.looks.items()},
        bands=tuple(replace(band, label=one_line(band.label)) for band in office.bands),
    )


def _table(made: Table) -> Table:
    columns = tuple(
        replace(column, heading=one_line(column.heading), unit=one_line(column.unit))
        for column in made.columns
    )
    return replace(made, columns=columns, frame=frame(made.frame, headings=False))


def frame(table: pd.DataFrame, *, headings: bool = True) -> pd.DataFrame:
    """Return a table whose headings and texts can stand in a file, numbers untouched."""
    out = table.copy(deep=False)
    if headings:
        out.columns = pd.Index([one_line(str(name)) for name in table.columns])
    for place in range(table.shape[1]):
        column = table.iloc[:, place]
        if not pd.api.types.is_numeric_dtype(column) and any(isinstance(value, str) for value in column):
            out.isetitem(place, [clean(value) if isinstance(value, str) else value for value in column])
    return out
