"""The figures of the Track record page."""

from functools import partial

import pandas as pd

from crossings.language import Language
from crossings.language.labels import subject
from crossings.models.forecast import backtest
from crossings.questions.base import Figure
from crossings.questions.figure_context import KeyFigure, NativeChart, Setting
from crossings.questions.track_record import charts as record_charts
from crossings.questions.track_record import sentences as words
from crossings.questions.track_record.error_by_months import error_by_months
from crossings.questions.track_record.selection import View

DIGITS = 3


def key_figures(seen: View, language: Language) -> list[KeyFigure]:
    """Return the coverage, the error of the year and both scores, each with what it is compared with."""
    row = seen.intervals
    rows = [
        KeyFigure(
            language("80% interval held"),
            language.percent(row["coverage_80"], digits=0),
            language("95% interval: {share}", share=language.percent(row["coverage_95"], digits=0)),
        ),
        KeyFigure(
            language("Mean error of the year"),
            language.percent(row["error"]),
            _rules(
                language.percent(row["last_year_error"]),
                language.percent(row["year_to_date_error"]),
                language,
            ),
        ),
    ]
    if seen.probabilities is None:
        return rows
    for label, name in ((language("Brier score"), "brier"), (language("Log score"), "log_score")):
        ours, last, rule = (
            language.number(float(seen.probabilities[f"{who}{name}"]), digits=DIGITS)
            for who in ("", "last_year_", "year_to_date_")
        )
        rows.append(KeyFigure(label, ours, _rules(last, rule, language)))
    return rows


def _rules(last: str, rule: str, language: Language) -> str:
    return language("last year's value {last}, year-to-date rule {rule}", last=last, rule=rule)


def error_by_month(setting: Setting, seen: View) -> Figure:
    """Return the error of the annual total by months known, beside the two simple rules."""
    language = setting.language
    table = seen.by_month[["months_known", "error", "last_year_error", "year_to_date_error", "count"]]
    table = table.set_axis(
        [
            language("Months of the year known"),
            language("Projection"),
            language("Last year's value"),
            language("Year-to-date rule"),
            language("Forecasts"),
        ],
        axis=1,
    )
    return setting.figure(
        key="track-record-error",
        title=language("{who}: mean error of the annual total", who=subject(seen.flow, language)),
        takeaway=words.error_takeaway(seen, language),
        body=partial(error_by_months, seen.by_month, language=language),
        frame=table,
        native=NativeChart(kind="line", frame=table.iloc[:, :4], share=True),
    )


def reliability(setting: Setting, seen: View) -> Figure | None:
    """Return how often it came against how likely it was said to be, or None where nothing was open."""
    language = setting.language
    if seen.probabilities is None:
        return None
    frame = backtest.reliability(seen.marks).rename(columns={"said": "forecast", "came": "observed"})
    table = frame[["forecast", "observed", "count"]].set_axis(
        [language("Probability given"), language("How often it came"), language("Forecasts")], axis=1
    )
    return setting.figure(
        key="track-record-reliability",
        title=language("Said and came: probabilities of passing a mark"),
        takeaway=words.reliability_takeaway(seen, language),
        body=partial(record_charts.reliability, frame, language=language),
        frame=table,
        native=NativeChart(kind="scatter", frame=table.iloc[:, :2], share=True),
    )


def coverage(setting: Setting, seen: View) -> Figure:
    """Return how often what came fell inside the intervals, by months known."""
    language = setting.language
    table = seen.by_month[["months_known", "coverage_80", "coverage_95", "count"]].set_axis(
        [
            language("Months of the year known"),
            language("80% interval"),
            language("95% interval"),
            language("Forecasts"),
        ],
        axis=1,
    )
    return setting.figure(
        key="track-record-coverage",
        title=language("How often the intervals held"),
        takeaway=words.coverage_takeaway(seen, language),
        body=partial(record_charts.coverage_by_months_known, seen.by_month, language=language),
        frame=table,
        native=NativeChart(kind="line", frame=table.iloc[:, :3], share=True),
    )


def outcomes(setting: Setting, seen: View) -> Figure:
    """Return where the outcomes came within what was expected."""
    language = setting.language
    frame = backtest.pit_histogram(seen.answers)
    spans = [
        f"{language.percent(low, digits=0)}–{language.percent(high, digits=0)}"
        for low, high in zip(frame["low"], frame["high"], strict=True)
    ]
    table = pd.DataFrame(
        {language("Place of the outcome within the forecast"): spans, language("Outcomes"): frame["count"]}
    )
    shares = frame["share"]
    return setting.figure(
        key="track-record-outcomes",
        title=language("Where the outcomes came within the forecasts"),
        takeaway=words.pit_takeaway(float(shares.iloc[0]), float(shares.iloc[-1]), language),
        body=partial(record_charts.pit_histogram, frame, language=language),
        frame=table,
        native=NativeChart(kind="column", frame=table),
    )


def scores(views: list[View], language: Language) -> pd.DataFrame:
    """Return the scores of every part of the record side by side, as text: a column a part of the record."""
    scored = [(seen, seen.probabilities) for seen in views if seen.probabilities is not None]

    def column(name: str) -> list[str]:
        return [language.number(float(row[name]), digits=DIGITS) for _, row in scored]

    rows = pd.DataFrame(
        {
            language("Brier score"): column("brier"),
            language("Brier score, last year's value"): column("last_year_brier"),
            language("Brier score, year-to-date rule"): column("year_to_date_brier"),
            language("Log score"): column("log_score"),
            language("Log score, last year's value"): column("last_year_log_score"),
            language("Log score, year-to-date rule"): column("year_to_date_log_score"),
            language("Better than the better rule by"): [
                language.percent(float(row["skill"]), digits=0, signed=True) for _, row in scored
            ],
            language("Probabilities scored"): [language.number(float(row["count"])) for _, row in scored],
        },
        index=[words.era_name(seen.era, language) for seen, _ in scored],
    )
    return rows.T
