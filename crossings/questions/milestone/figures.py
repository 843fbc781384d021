"""The figures of the Milestone page."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from crossings.drawing import theme
from crossings.language import Language, labels
from crossings.language.labels import signed, subject
from crossings.language.likelihood import in_100, likelihood
from crossings.models.forecast.milestone import Change, Milestone, displayed_percent, year_months
from crossings.questions.base import Band, Figure, Look
from crossings.questions.figure_context import KeyFigure, NativeChart, Setting
from crossings.questions.milestone import charts as milestone_charts
from crossings.questions.milestone import sentences as words

BANDS = ("0.025", "0.1", "0.5", "0.9", "0.975")


def key_figures(result: Milestone, language: Language) -> list[KeyFigure]:
    """Return what is still needed, the pace, the median of the year and the chance of a record."""
    rows = [*_needed(result, language)]
    rows.append(
        KeyFigure(
            language("Median of {year}", year=language.year(result.year)),
            language.people_short(result.median, digits=1),
            language("95% interval {interval}", interval=language.people_range(*result.interval_95)),
        )
    )
    if result.record is not None and result.record_percent is not None:
        held = language.people_short(result.record.visitors)
        label = (
            language("Record in {year}", year=language.year(result.year))
            if result.record_between
            else language("Record above {year}", year=language.year(result.record.year))
        )
        rows.append(
            KeyFigure(
                label,
                in_100(result.record_percent, language),
                language(
                    "{word}; record {visitors}",
                    word=likelihood(result.record_percent, language),
                    visitors=held,
                ),
            )
        )
    return rows


def _needed(result: Milestone, language: Language) -> list[KeyFigure]:
    so_far = KeyFigure(
        language(
            "Sum to {month}", month=language.month(min(result.data_month, year_months(result.year)[-1]))
        ),
        language.people_short(result.visitors_to_date),
    )
    if result.needed is None:
        return [so_far]
    if result.settled == "passed":
        ahead = result.open_mark
        if ahead is None:
            return [so_far]
        percent = displayed_percent(result.next_marks[ahead], settled=None)
        return [
            so_far,
            KeyFigure(
                language("Chance of {mark}", mark=language.mark(ahead)),
                in_100(percent, language),
                likelihood(percent, language),
            ),
        ]
    missing = result.needed.visitors_a_month * result.needed.months
    months = language.plural("in one month", "in {count} months", result.needed.months)
    pace = None
    if result.needed.ratio is not None:
        pace = language(
            "{change} on the same months a year earlier", change=signed(result.needed.ratio - 1, language)
        )
    return [
        KeyFigure(language("Still needed"), language.people_short(missing), months),
        KeyFigure(language("Needed a month"), language.people_short(result.needed.visitors_a_month), pace),
    ]


def fan(setting: Setting, result: Milestone) -> Figure:
    """Return the year's cumulative sum: what is published, the median and both bands, last year, the mark."""
    language = setting.language
    series = setting.published.series(setting.flow)
    before = series.reindex(year_months(result.year - 1))
    came = series.reindex(year_months(result.year)).dropna().cumsum()
    table = result.cumulative.set_axis([language.month(month) for month in result.cumulative.index], axis=0)
    table = (
        table[["known", *BANDS]].rename(columns=_band_names(language)).rename_axis(index=language("Month"))
    )
    return setting.figure(
        key="milestone-fan",
        title=language(
            "{who} in {year}, cumulative",
            who=subject(setting.flow, language),
            year=language.year(result.year),
        ),
        takeaway=words.fan_takeaway(result, language),
        body=partial(
            milestone_charts.fan,
            result.cumulative,
            flow=setting.flow,
            mark=result.mark,
            last_year=None if before.isna().any() else before.cumsum(),
            outcome=came if len(came) and came.index[-1] > result.as_of else None,
            status=setting.published.status(setting.flow, as_of=setting.as_of),
            language=language,
        ),
        frame=table.reset_index(),
        native=_native_fan(setting, result, table.reset_index(), before),
    )


def _native_fan(setting: Setting, result: Milestone, table: pd.DataFrame, before: pd.Series) -> NativeChart:
    """Return the fan as office programs draw it: two filled bands, the lines above them, the mark."""
    language = setting.language
    names = _band_names(language)
    wanted = [language("Month"), *(names[one] for one in ("known", "0.5", "0.025", "0.1", "0.9", "0.975"))]
    frame = table[wanted].copy()
    last_year, mark = language.year(result.year - 1), language("Mark {mark}", mark=language.mark(result.mark))
    if not before.isna().any():
        frame[last_year] = before.cumsum().to_numpy()
    frame[mark] = float(result.mark)
    flow = setting.flow
    return NativeChart(
        kind="line",
        frame=frame,
        looks={
            names["known"]: Look(theme.FLOW[flow], width=3.0),
            names["0.5"]: Look(theme.FLOW[flow], "dash"),
            last_year: Look(theme.NAMED_YEAR, width=1.5),
            mark: Look(theme.MARK, "dash", 1.5),
        },
        bands=(
            Band(names["0.025"], names["0.975"], theme.BAND_95[flow], language("95% interval")),
            Band(names["0.1"], names["0.9"], theme.BAND_80[flow], language("80% interval")),
        ),
    )


def _band_names(language: Language) -> dict[str, str]:
    return {
        "known": language("Published"),
        "0.025": language("95% interval, lower end"),
        "0.1": language("80% interval, lower end"),
        "0.5": language("Median"),
        "0.9": language("80% interval, upper end"),
        "0.975": language("95% interval, upper end"),
    }


def month_passed(setting: Setting, result: Milestone) -> Figure:
    """Return in which month the simulated years pass the mark."""
    language = setting.language
    shown = {month: share for month, share in result.month_passed.items() if share or month > result.as_of}
    shown = shown or dict(result.month_passed)
    later = language("not in {year}", year=language.year(result.year))
    table = pd.DataFrame(
        {
            language("Month"): [*(language.month(month) for month in shown), later],
            language("Share of simulated years"): [*shown.values(), result.not_in_year],
        }
    )
    return setting.figure(
        key="milestone-month",
        title=language("Month in which {mark} is passed", mark=language.mark(result.mark)),
        takeaway=words.month_takeaway(result, language),
        body=partial(
            milestone_charts.month_passed,
            shown,
            not_in_year=result.not_in_year,
            flow=setting.flow,
            language=language,
        ),
        frame=table,
        native=NativeChart(
            kind="column", frame=table, share=True, looks=_one_look(table, theme.FLOW[setting.flow])
        ),
    )


def curve(setting: Setting, result: Milestone) -> Figure:
    """Return the probability of passing each mark."""
    language = setting.language
    table = pd.DataFrame(
        {
            language("Mark (visitors)"): result.curve.index.to_numpy(),
            language("Probability"): result.curve.to_numpy(),
        }
    )
    return setting.figure(
        key="milestone-curve",
        title=language("Probability that {year} passes each mark", year=language.year(result.year)),
        takeaway=words.curve_takeaway(result, language),
        body=partial(
            milestone_charts.probability_curve,
            result.curve,
            flow=setting.flow,
            mark=result.mark,
            percent=result.percent,
            median=result.median,
            interval_80=result.interval_80,
            language=language,
        ),
        frame=table,
        native=NativeChart(
            kind="scatter",
            frame=_where_it_falls(table),
            share=True,
            looks=_one_look(table, theme.FLOW[setting.flow]),
        ),
    )


def _where_it_falls(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the curve between all but certain and all but impossible, and a few on either side."""
    open_rows = table.index[table.iloc[:, 1].between(0.0005, 0.9995)]
    if not len(open_rows):
        return table
    return table.loc[max(open_rows[0] - 5, 0) : open_rows[-1] + 5]


def _one_look(table: pd.DataFrame, colour: str) -> dict[str, Look]:
    """Return the look of a table's one series."""
    return {str(table.columns[1]): Look(colour)}


def models(result: Milestone, language: Language) -> pd.DataFrame:
    """Return what each model of the pool says alone, as text."""
    return pd.DataFrame(
        {
            language("Model"): [labels.model_name(name, language) for name in result.by_model],
            language("Share of the simulated years"): [
                language.percent(view.share, digits=0) for view in result.by_model.values()
            ],
            language("Probability"): [
                in_100(displayed_percent(view.probability, settled=result.settled), language)
                for view in result.by_model.values()
            ],
            language("Median of the year"): [
                language.people_short(view.median, digits=1) for view in result.by_model.values()
            ],
        }
    )


def changes(parts: Sequence[Change], language: Language) -> pd.DataFrame:
    """Return what moved the answer, cause by cause and together, as text."""
    rows = [(words.cause_name(part.cause, language), part.median, part.probability) for part in parts]
    rows.append(
        (language("Together"), sum(part.median for part in parts), sum(part.probability for part in parts))
    )
    return pd.DataFrame(
        {
            language("Cause"): [cause for cause, _, _ in rows],
            language("Change of the median"): [
                language.people_about(median, signed=True) for _, median, _ in rows
            ],
            language("Change of the probability (points)"): [
                signed_points(share, language) for *_, share in rows
            ],
        }
    )


def signed_points(share: float, language: Language) -> str:
    """Return a change of a probability in points with its sign."""
    points = round(share * 100, 1)
    said = language.number(abs(points), digits=1)
    return said if points == 0 else ("+" if points > 0 else "−") + said
