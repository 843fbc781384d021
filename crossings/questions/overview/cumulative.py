"""Visitors added up since January, one line a year: the picture people know the milestone from."""

from collections.abc import Sequence

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import count_axis, month_axis, short_count, ticks
from crossings.drawing.drawing import Chart, Drawing, Encoding, Layer, when
from crossings.drawing.marks import (
    EndLabel,
    Frame,
    end_labels,
    haloed,
    horizontal,
    hover,
    mark_line,
    status_line,
)
from crossings.language import Language
from crossings.language.labels import status_word
from crossings.tables import closures
from crossings.tables.flows import Flow, Status

QUIET_YEARS = tuple(closures.YEARS)
ALWAYS_NAMED = (2018, 2019)


def cumulative_by_year(
    frame: pd.DataFrame,
    *,
    flow: Flow,
    highlight: int,
    language: Language,
    mark: float | None = None,
    labelled: Sequence[int] | None = None,
    width: int | None = None,
    height: int = 380,
) -> Chart:
    """Return one line a year over its months, the highlighted year in the flow's colour.

    frame: year, month (1-12), visitors (persons since January), status (of the month; definitive if left
    out). labelled: years named at their end; by default the last three before `highlight`, 2018 and 2019.
    """
    named = _named(frame, highlight) if labelled is None else tuple(labelled)
    top = max(frame["visitors"].max(), 0 if mark is None else mark * 1.04)
    values = ticks(0, top, count=6)
    scale = Frame(0, values[-1], theme.plot_height(height))
    x = horizontal(1, 12, month_axis(range(1, 13), language))
    y = scale.axis(count_axis(values, language))
    frame = frame.assign(x=frame["month"], y=frame["visitors"])
    chosen = frame[frame["year"] == highlight].sort_values("month")
    layers = [_years(frame[frame["year"] != highlight], named, x=x, y=y)]
    if mark is not None:
        layers += _mark(mark, frame, chosen, language, x=x, scale=scale)
    layers += status_line(chosen, colour=theme.FLOW[flow], x=x, y=y, size=3) if len(chosen) else []
    layers += end_labels(_labels(frame, named, highlight, flow, language), at=12, x=x, frame=scale)
    layers += _unfinished_label(frame, chosen, flow, language, x=x, scale=scale, mark=mark)
    layers.append(hover(_with_tooltips(frame, language), x=x, y=y, tooltips=_headings(frame, language)))
    return theme.finished(layers, width=width, height=height)


def _mark(
    mark: float, frame: pd.DataFrame, chosen: pd.DataFrame, language: Language, *, x: Encoding, scale: Frame
) -> list[Layer]:
    """Return the mark, its name where neither the early months nor the highlighted year's label are."""
    early = frame.loc[frame["month"] <= 3, "visitors"].max()
    right = bool(mark < early + scale.values(24))
    last = 0.0 if chosen.empty else float(chosen["visitors"].iloc[-1])
    below = not right and 0 < last - mark + scale.values(45) < scale.values(75)
    return mark_line(mark, language, x=x, frame=scale, at=12 if right else 1, right=right, below=below)


def _named(frame: pd.DataFrame, highlight: int) -> tuple[int, ...]:
    full = frame.loc[frame["month"] == 12, "year"]
    recent = sorted(year for year in full if year < highlight and year not in QUIET_YEARS)[-3:]
    return tuple(sorted({*recent, *ALWAYS_NAMED} & set(full)))


def _years(others: pd.DataFrame, named: Sequence[int], *, x: Encoding, y: Encoding) -> Layer:
    rows = others.assign(named=others["year"].isin(named))
    return (
        Drawing(rows)
        .mark("line", strokeWidth=1.4)
        .encode(
            x=x,
            y=y,
            detail="year:N",
            color=when("datum.named", theme.NAMED_YEAR, theme.OTHER_YEAR),
        )
    )


def _labels(
    frame: pd.DataFrame, named: Sequence[int], highlight: int, flow: Flow, language: Language
) -> list[EndLabel]:
    ends = frame[frame["month"] == 12].set_index("year")["visitors"]
    labels = [
        EndLabel(
            ends[year],
            f"{year} {short_count(ends[year], language)}",
            theme.QUIET_INK,
            rank=1 + highlight - year,
        )
        for year in named
        if year in ends.index and year != highlight
    ]
    if highlight in ends.index:
        text = f"{highlight} {short_count(ends[highlight], language)}"
        labels.append(EndLabel(ends[highlight], text, theme.FLOW[flow], bold=True, rank=0))
    return labels


def _unfinished_label(
    frame: pd.DataFrame,
    chosen: pd.DataFrame,
    flow: Flow,
    language: Language,
    *,
    x: Encoding,
    scale: Frame,
    mark: float | None,
) -> list[Layer]:
    """Return the highlighted year's label beside its last point while the year is still running."""
    if chosen.empty or chosen["month"].iloc[-1] == 12:
        return []
    last = chosen.iloc[[-1]]
    visitors, month = float(last["visitors"].iloc[0]), int(last["month"].iloc[0])
    status = str(last["status"].iloc[0]) if "status" in last else Status.DEFINITIVE.value
    firm = "" if status == Status.DEFINITIVE.value else status_word(status, language)
    label = language.remarked(f"{last['year'].iloc[0]} {language.people_short(visitors)}", firm)
    highest = visitors >= frame.loc[frame["month"] == month, "visitors"].max()
    left = highest and month >= 5
    lift = 8.0
    if mark is not None and highest and 0 < (mark - visitors) / scale.values(1) < 26:
        lift = (mark - visitors) / scale.values(1) + 5
    return haloed(
        last.assign(label=label),
        x=x,
        y=scale.y,
        color=theme.FLOW[flow],
        fontWeight="bold",
        fontSize=theme.TEXT_SIZE,
        align="right" if left else "left",
        baseline="bottom" if highest else "top",
        dx=-6 if left else 8,
        dy=-lift if highest else 8,
    )


def _with_tooltips(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    months = [
        pd.Period(year=y, month=m, freq="M") for y, m in zip(frame["year"], frame["month"], strict=True)
    ]
    rows = frame.assign(
        when=[language.month(month) for month in months], count=frame["visitors"].map(language.people)
    )
    if "status" in frame:
        rows["firm"] = [status_word(status, language) for status in frame["status"]]
    return rows


def _headings(frame: pd.DataFrame, language: Language) -> dict[str, str]:
    headings = {"when": language("Year to date, through"), "count": language("Visitors, year to date")}
    return headings | ({"firm": language("Status")} if "status" in frame else {})
