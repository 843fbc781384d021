"""The figures of the Track record page."""

from functools import partial

import pandas as pd

from crossings import charts
from crossings.charts.error_by_months import error_by_months
from crossings.export import Figure, NativeChart
from crossings.figures.common import KeyFigure, Setting
from crossings.forecast import backtest
from crossings.record import View
from crossings.words import Language
from crossings.words import track_record as words
from crossings.words.overview import subject

DIGITS = 3


def key_figures(seen: View, language: Language) -> list[KeyFigure]:
    """Return the coverage, the error of the year and both scores, each with what it is compared with."""
    t = language.text
    row = seen.intervals
    rows = [
        KeyFigure(
            t("80% interval held"),
            language.percent(row["coverage_80"], digits=0),
            t("95% interval: {share}", share=language.percent(row["coverage_95"], digits=0)),
        ),
        KeyFigure(
            t("Mean error of the year"),
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
    for label, name in ((t("Brier score"), "brier"), (t("Log score"), "log_score")):
        ours, last, rule = (
            language.number(float(seen.probabilities[f"{who}{name}"]), digits=DIGITS)
            for who in ("", "last_year_", "year_to_date_")
        )
        rows.append(KeyFigure(label, ours, _rules(last, rule, language)))
    return rows


def _rules(last: str, rule: str, language: Language) -> str:
    t = language.text
    return t("last year's value {last}, year-to-date rule {rule}", last=last, rule=rule)


def error_by_month(setting: Setting, seen: View) -> Figure:
    """Return the error of the annual total by months known, beside the two simple rules."""
    t, language = setting.language.text, setting.language
    table = seen.by_month[["months_known", "error", "last_year_error", "year_to_date_error", "count"]]
    table = table.set_axis(
        [
            t("Months of the year known"),
            t("Projection"),
            t("Last year's value"),
            t("Year-to-date rule"),
            t("Forecasts"),
        ],
        axis=1,
    )
    return setting.figure(
        key="track-record-error",
        title=t("{who}: mean error of the annual total", who=subject(seen.flow, language)),
        takeaway=words.error_takeaway(seen, language),
        body=partial(error_by_months, seen.by_month, language=language),
        frame=table,
        native=NativeChart(kind="line", frame=table.iloc[:, :4], share=True),
    )


def reliability(setting: Setting, seen: View) -> Figure | None:
    """Return how often it came against how likely it was said to be, or None where nothing was open."""
    t, language = setting.language.text, setting.language
    if seen.probabilities is None:
        return None
    frame = backtest.reliability(seen.marks).rename(columns={"said": "forecast", "came": "observed"})
    table = frame[["forecast", "observed", "count"]].set_axis(
        [t("Probability given"), t("How often it came"), t("Forecasts")], axis=1
    )
    return setting.figure(
        key="track-record-reliability",
        title=t("Said and came: probabilities of passing a mark"),
        takeaway=words.reliability_takeaway(seen, language),
        body=partial(charts.reliability, frame, language=language),
        frame=table,
        native=NativeChart(kind="scatter", frame=table.iloc[:, :2], share=True),
    )


def coverage(setting: Setting, seen: View) -> Figure:
    """Return how often what came fell inside the intervals, by months known."""
    t, language = setting.language.text, setting.language
    table = seen.by_month[["months_known", "coverage_80", "coverage_95", "count"]].set_axis(
        [t("Months of the year known"), t("80% interval"), t("95% interval"), t("Forecasts")], axis=1
    )
    return setting.figure(
        key="track-record-coverage",
        title=t("How often the intervals held"),
        takeaway=words.coverage_takeaway(seen, language),
        body=partial(charts.coverage_by_months_known, seen.by_month, language=language),
        frame=table,
        native=NativeChart(kind="line", frame=table.iloc[:, :3], share=True),
    )


def outcomes(setting: Setting, seen: View) -> Figure:
    """Return where the outcomes came within what was expected."""
    t, language = setting.language.text, setting.language
    frame = backtest.pit_histogram(seen.answers)
    spans = [
        f"{language.percent(low, digits=0)}–{language.percent(high, digits=0)}"
        for low, high in zip(frame["low"], frame["high"], strict=True)
    ]
    table = pd.DataFrame(
        {t("Place of the outcome within the forecast"): spans, t("Outcomes"): frame["count"]}
    )
    shares = frame["share"]
    return setting.figure(
        key="track-record-outcomes",
        title=t("Where the outcomes came within the forecasts"),
        takeaway=words.pit_takeaway(float(shares.iloc[0]), float(shares.iloc[-1]), language),
        body=partial(charts.pit_histogram, frame, language=language),
        frame=table,
        native=NativeChart(kind="column", frame=table),
    )


def scores(views: list[View], language: Language) -> pd.DataFrame:
    """Return the scores of every part of the record side by side, as text: a column a part of the record."""
    t = language.text
    scored = [(seen, seen.probabilities) for seen in views if seen.probabilities is not None]

    def column(name: str) -> list[str]:
        return [language.number(float(row[name]), digits=DIGITS) for _, row in scored]

    rows = pd.DataFrame(
        {
            t("Brier score"): column("brier"),
            t("Brier score, last year's value"): column("last_year_brier"),
            t("Brier score, year-to-date rule"): column("year_to_date_brier"),
            t("Log score"): column("log_score"),
            t("Log score, last year's value"): column("last_year_log_score"),
            t("Log score, year-to-date rule"): column("year_to_date_log_score"),
            t("Better than the better rule by"): [
                language.percent(float(row["skill"]), digits=0, signed=True) for _, row in scored
            ],
            t("Probabilities scored"): [language.number(float(row["count"])) for _, row in scored],
        },
        index=[words.era_name(seen.era, language) for seen, _ in scored],
    )
    return rows.T
