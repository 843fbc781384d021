"""The figures of the Track record page."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import pandas as pd

from crossings.drawing import theme
from crossings.language import Language
from crossings.language.labels import subject
from crossings.language.likelihood import whole_percent
from crossings.models.forecast import backtest
from crossings.models.forecast.milestone import displayed_percent
from crossings.questions.base import (
    AIM,
    Column,
    Figure,
    KeyFigure,
    Level,
    Look,
    OfficeChart,
    Segment,
    Table,
    table,
)
from crossings.questions.figure_context import Setting
from crossings.questions.track_record import charts as record_charts
from crossings.questions.track_record import sentences as words
from crossings.questions.track_record.error_by_months import LOOKS, error_by_months
from crossings.questions.track_record.selection import HitRate, Selection
from crossings.tables.flows import Flow

DIGITS = 3


def key_figures(selection: Selection, language: Language) -> list[KeyFigure]:
    """Return the coverage, the error of the year and how often likely and unlikely marks were passed."""
    row = selection.intervals
    likely, unlikely = selection.hits
    return [
        KeyFigure(
            language("Outcome within the 80% interval"),
            language.percent(row["coverage_80"], digits=0),
            language(
                "95% prediction interval: {share}", share=language.percent(row["coverage_95"], digits=0)
            ),
        ),
        KeyFigure(
            language("Mean error of the annual total"),
            language.percent(row["error"]),
            _rules(
                language.percent(row["last_year_error"]),
                language.percent(row["year_to_date_error"]),
                language,
            ),
        ),
        *_hit_rate(language("Forecast “likely” or higher"), likely, language),
        *_hit_rate(language("Forecast “unlikely” or lower"), unlikely, language),
    ]


def _hit_rate(label: str, hits: HitRate, language: Language) -> list[KeyFigure]:
    """Return how often marks called so were passed, nothing where none was."""
    if hits.passed is None:
        return []
    came = language("occurred in {count}%", count=language.number(100 * hits.passed))
    return [KeyFigure(label, came, language.plural("one forecast", "{count} forecasts", hits.count))]


def _rules(last: str, rule: str, language: Language) -> str:
    return language("last year unchanged {last}, year-to-date growth {rule}", last=last, rule=rule)


def error_by_month(setting: Setting, selection: Selection) -> Figure:
    """Return the error of the annual total by months known, beside the two simple rules."""
    language = setting.language
    shown = _by_month(
        selection,
        language,
        error=language("Model forecast"),
        last_year_error=language("Last year unchanged"),
        year_to_date_error=language("Year-to-date growth"),
    )
    return setting.figure(
        key="track-record-error",
        title=language("{who}: mean error of the annual total", who=subject(selection.flow, language)),
        takeaway=words.error_takeaway(selection, language),
        draw=partial(error_by_months, shown.frame, language=language),
        table=shown,
        office=OfficeChart("line", shown.select(["months_known", *LOOKS]), LOOKS),
    )


def _by_month(selection: Selection, language: Language, **headings: str) -> Table:
    """Return shares by months known with the number of forecasts. headings: by column of the record."""
    rows = selection.by_month
    return table(
        language,
        [
            (Column("months_known", language("Months of the year published"), "count"), rows["months_known"]),
            *((Column(key, heading, "share"), rows[key]) for key, heading in headings.items()),
            (Column("count", language("Forecasts"), "count"), rows["count"]),
        ],
    )


def reliability(setting: Setting, selection: Selection) -> Figure:
    """Return how often it came against how likely it was said to be."""
    language = setting.language
    rows = backtest.reliability(selection.marks)
    shown = table(
        language,
        [
            (Column("forecast", language("Stated probability"), "share"), rows["said"]),
            (Column("observed", language("Observed frequency"), "share"), rows["came"]),
            (Column("count", language("Forecasts"), "count"), rows["count"]),
        ],
    )
    return setting.figure(
        key="track-record-reliability",
        title=language("Stated probabilities and observed frequencies"),
        takeaway=words.reliability_takeaway(selection, language),
        draw=partial(record_charts.reliability, shown.frame, language=language),
        table=shown,
        office=OfficeChart(
            "scatter",
            shown.select(["forecast", "observed"]),
            {"observed": Look(theme.INK, width=1.0, dots=True)},
            segments=(
                Segment(language("as often as said"), (0.0, 0.0), (1.0, 1.0), Look(theme.RULE, "dash", 1.25)),
            ),
        ),
    )


def coverage(setting: Setting, selection: Selection) -> Figure:
    """Return how often what came fell inside the intervals, by months known."""
    language = setting.language
    headings = {
        "coverage_80": language("80% prediction interval"),
        "coverage_95": language("95% prediction interval"),
    }
    shown = _by_month(selection, language, **headings)
    return setting.figure(
        key="track-record-coverage",
        title=language("How often outcomes fell within the intervals"),
        takeaway=words.coverage_takeaway(selection, language),
        draw=partial(record_charts.coverage_by_months_known, shown.frame, language=language),
        table=shown,
        office=OfficeChart(
            "line",
            shown.select(["months_known", *headings]),
            record_charts.COVERAGE,
            levels=tuple(
                Level(language("target {share}", share=language.percent(share, digits=0)), share, AIM)
                for share in (0.8, 0.95)
            ),
        ),
    )


def outcomes(setting: Setting, selection: Selection) -> Figure:
    """Return where the outcomes came within what was expected."""
    language = setting.language
    rows = backtest.pit_histogram(selection.answers)
    spans = [
        f"{language.percent(low, digits=0)}{language.conventions.span}{language.percent(high, digits=0)}"
        for low, high in zip(rows["low"], rows["high"], strict=True)
    ]
    shown = table(
        language,
        [
            (Column("span", language("Position of the outcome in the forecast distribution")), spans),
            (Column("count", language("Outcomes"), "count"), rows["count"]),
            (Column("low", "", "share", shown=False), rows["low"]),
            (Column("high", "", "share", shown=False), rows["high"]),
        ],
    )
    shares = rows["share"]
    return setting.figure(
        key="track-record-outcomes",
        title=language("Position of outcomes in the forecast distribution"),
        takeaway=words.pit_takeaway(float(shares.iloc[0]), float(shares.iloc[-1]), language),
        draw=partial(record_charts.pit_histogram, shown.frame, language=language),
        table=shown,
        office=OfficeChart(
            "column",
            shown.select(["span", "count"]),
            {"count": Look(theme.BAND_80[Flow.BOTH])},
            levels=(Level(language("level"), float(rows["count"].mean()), AIM),),
        ),
    )


def scores(selections: Sequence[Selection], language: Language) -> Table:
    """Return the scores of every part of the record side by side, printed: a column a part of the record."""
    scored = [(part.era, part.probabilities) for part in selections if part.probabilities is not None]
    rows = _score_rows(language)
    columns = [
        (
            Column(era.replace(" ", "-"), words.era_name(era, language)),
            [write(float(probabilities[name])) for name, (_, write) in rows.items()],
        )
        for era, probabilities in scored
    ]
    labels = [label for label, _ in rows.values()]
    return table(language, [(Column("score", ""), labels), *columns])


def public_by_lead(rows: pd.DataFrame, language: Language) -> Table:
    """Return median errors of public forecasts by lead, beside the projection and both rules. rows: of public.by_lead."""
    errors = {
        "institution_error": language("Institutions"),
        "projection_error": language("Model forecast"),
        "last_year_error": language("Last year unchanged"),
        "year_to_date_error": language("Year-to-date growth"),
    }
    return table(
        language,
        [
            (
                Column("lead", language("Lead time")),
                [words.lead_name(lead, language) for lead in rows["long_lead"]],
            ),
            (Column("count", language("Forecasts"), "count"), rows["count"]),
            *((Column(key, heading, "share"), rows[key]) for key, heading in errors.items()),
            (Column("nearer", language("Institution closer"), "count"), rows["institution_nearer"]),
            (Column("held", language("Outcome within the 80% interval"), "count"), rows["held_80"]),
        ],
    )


def public_settled(rows: pd.DataFrame, language: Language) -> Table:
    """Return every public figure about a year that is over beside the projection of its month. rows: of public.scored."""
    return table(
        language,
        [
            *_public_columns(rows, language),
            (Column("actual", language("Outcome"), "persons"), rows["actual"]),
            (Column("median", language("Central forecast"), "persons"), rows["median"]),
            (Column("low_80", language("80% interval, lower end"), "persons"), rows["low_80"]),
            (Column("high_80", language("80% interval, upper end"), "persons"), rows["high_80"]),
            (Column("last_year", language("Last year unchanged"), "persons"), rows["last_year"]),
            (Column("year_to_date", language("Year-to-date growth"), "persons"), rows["year_to_date"]),
            (Column("address", language("Source address")), rows["address"]),
        ],
    )


def public_open(rows: pd.DataFrame, language: Language) -> Table:
    """Return every public figure about a year that is not over with our probability of reaching it now."""
    said = [whole_percent(displayed_percent(share, settled=None), language) for share in rows["probability"]]
    return table(
        language,
        [
            *_public_columns(rows, language),
            (Column("probability", language("Probability now")), said),
            (Column("address", language("Source address")), rows["address"]),
        ],
    )


def _public_columns(rows: pd.DataFrame, language: Language) -> list[tuple[Column, Iterable[object]]]:
    """Return who named which figure when, and the last month known then."""
    return [
        (Column("published", language("Stated on")), rows["published"]),
        (Column("institution", language("Institution")), [language(who) for who in rows["institution"]]),
        (Column("kind", language("Kind")), [words.kind_name(kind, language) for kind in rows["kind"]]),
        (Column("flow", language("Flow")), [subject(Flow(flow), language) for flow in rows["flow"]]),
        (Column("year", language("Year"), "year"), rows["year"]),
        (Column("as_of", language("Data to"), "month"), rows["as_of"]),
        (Column("point", language("Stated figure"), "persons"), rows["point"]),
        (Column("low", language("Floor"), "persons"), rows["low"]),
        (Column("high", language("Ceiling"), "persons"), rows["high"]),
    ]


def _score_rows(language: Language) -> dict[str, tuple[str, Callable[[float], str]]]:
    """Return the scores shown, by their name in the record: label and how a value is printed."""
    number = partial(language.number, digits=DIGITS)
    percent = partial(language.percent, digits=0, signed=True)
    return {
        "brier": (language("Brier score"), number),
        "last_year_brier": (language("Brier score, last year unchanged"), number),
        "year_to_date_brier": (language("Brier score, year-to-date growth"), number),
        "log_score": (language("Log score"), number),
        "last_year_log_score": (language("Log score, last year unchanged"), number),
        "year_to_date_log_score": (language("Log score, year-to-date growth"), number),
        "skill": (language("Improvement on the better benchmark"), percent),
        "count": (language("Probabilities evaluated"), language.number),
    }
