"""The Track record page in sentences: how often the intervals held, how the probabilities scored."""

from datetime import date

import pandas as pd

from crossings.language.labels import claim_speaker, subject
from crossings.language.language import Language
from crossings.language.likelihood import likelihood, whole_percent
from crossings.language.rounding import count_beside, range_beside
from crossings.models.forecast.backtest import Claim
from crossings.models.forecast.milestone import Milestone, Outcome
from crossings.questions.track_record.selection import MONTHS, Era, Selection, YearAsked

HALF_YEAR = 6
EVEN = 0.005


def era_name(era: Era, language: Language) -> str:
    """Return the name of a part of the record."""
    names: dict[Era, str] = {
        "before 2020": language("Before 2020"),
        "since 2023": language("Since 2023"),
        "pandemic": language("COVID-19 period"),
    }
    return names[era]


def year_asked_name(year_asked: YearAsked, language: Language) -> str:
    """Return the name of the year asked about."""
    names = {
        YearAsked.RUNNING: language("The year in progress"),
        YearAsked.NEXT: language("The following year"),
        YearAsked.TWO_AHEAD: language("Two years ahead"),
    }
    return names[year_asked]


def answer(selection: Selection, language: Language) -> str:
    """Return the page's answer: how often the intervals held, and the probabilities beside simple rules."""
    held = language(
        "{who}, {era}: the outcome fell within the 80% prediction interval in **{inner}** of past forecasts, within the "
        "95% interval in **{outer}**.",
        who=subject(selection.flow, language),
        era=_era(selection.era, language),
        inner=language.percent(selection.intervals["coverage_80"], digits=0),
        outer=language.percent(selection.intervals["coverage_95"], digits=0),
    )
    return language.in_a_row((held, _skill(selection, language)))


def _era(era: Era, language: Language) -> str:
    names: dict[Era, str] = {
        "before 2020": language("before 2020"),
        "since 2023": language("since 2023"),
        "pandemic": language("COVID-19 period 2020 to 2022"),
    }
    return names[era]


def _skill(selection: Selection, language: Language) -> str:
    if selection.probabilities is None:
        return ""
    skill = float(selection.probabilities["skill"])
    share = language.percent(abs(skill), digits=0)
    if abs(skill) < EVEN:
        return language(
            "Its probabilities were **about as accurate** (Brier score) as the better of two "
            "simple benchmarks."
        )
    if skill > 0:
        return language(
            "Its probabilities were **{percent} more accurate** (Brier score) than the better of two simple "
            "benchmarks.",
            percent=share,
        )
    return language(
        "Its probabilities were **{percent} less accurate** (Brier score) than the better of two simple "
        "benchmarks.",
        percent=share,
    )


def same_condition(selection: Selection, months: int | None, language: Language) -> str:
    """Return how often the intervals held for as many months known as the page before had, beside those of all months.

    Empty where no such number is asked for, or where the record has no forecast of it.
    """
    if months is None or months not in selection.by_month["months_known"].to_list():
        return ""
    answers = selection.answers[selection.answers["months_known"] % MONTHS == months]
    held = answers["actual"].between(answers["low_80"], answers["high_80"])
    return language.plural(
        "Forecasts made with **one month** published: the outcome fell within the 80% prediction interval in **{inside} of "
        "{years}** years. The {percent} above covers forecasts from every month of the year.",
        "Forecasts made with **{count} months** published: the outcome fell within the 80% prediction interval in "
        "**{inside} of {years}** years. The {percent} above covers forecasts from every month of the year.",
        months,
        inside=language.number(int(held.sum())),
        years=language.number(len(answers)),
        percent=language.percent(selection.intervals["coverage_80"], digits=0),
    )


def absent(language: Language) -> str:
    """Return what to do where the record was not computed yet."""
    return language(
        "**The past forecasts are not computed yet.** Run `python -m etl backtest`; an interrupted run "
        "resumes where it stopped."
    )


def nothing_here(language: Language) -> str:
    """Return what is said where a part of the record holds no answer of the kind asked for."""
    return language("**No forecast of this kind** in this period. Choose another one.")


def other_version(kept: str, present: str, language: Language) -> str:
    """Return the note that the record was made by another version of the engine."""
    return language(
        "These past forecasts come from model version {kept}; today's forecast comes from version "
        "{present}. To renew them: python -m etl backtest",
        kept=kept,
        present=present,
    )


def counted(selection: Selection, language: Language) -> str:
    """Return how many answers about how many years are scored."""
    years = language.plural("one year", "{count} years", selection.years)
    return language(
        "{count} forecasts for {years}. Forecasts from adjacent months concern the same year, so their "
        "errors are correlated.",
        count=language.number(selection.count),
        years=years,
    )


def certain(selection: Selection, language: Language) -> str:
    """Return how often marks that were as good as certain came as said; none where there were none."""
    if selection.certain is None:
        return ""
    return language(
        "Thresholds with a probability under 0.5% or over 99.5% are evaluated separately, since they are "
        "easy: {share} of {count} such forecasts turned out as stated.",
        count=language.number(float(selection.certain["count"])),
        share=language.percent(float(selection.certain["right"])),
    )


def kind_name(kind: str, language: Language) -> str:
    """Return what a public figure is."""
    names = {
        "model forecast": language("model forecast"),
        "target": language("target"),
        "official expectation": language("official expectation"),
        "press or industry expectation": language("press or industry expectation"),
        "conditional scenario": language("conditional scenario"),
    }
    return names.get(kind, kind)


def lead_name(long_lead: bool, language: Language) -> str:
    """Return which public forecasts a row is about, by months of the year not yet known."""
    return (
        language("at least three months unpublished")
        if long_lead
        else language("at most two months unpublished")
    )


def public_takeaway(row: "pd.Series[float]", language: Language) -> str:
    """Return how far public forecasts of a lead and the projection of the same month missed. row: of public.by_lead."""
    return language(
        "Public forecasts, {lead} ({count}): median error {theirs}; model forecast of the same month {ours}, "
        "last year unchanged {last}, year-to-date growth {rule}. The institution was closer in {nearer}; "
        "the outcome fell within the model's 80% prediction interval in {held}.",
        lead=lead_name(bool(row["long_lead"]), language),
        count=language.number(row["count"]),
        theirs=language.percent(row["institution_error"]),
        ours=language.percent(row["projection_error"]),
        last=language.percent(row["last_year_error"]),
        rule=language.percent(row["year_to_date_error"]),
        nearer=language.number(row["institution_nearer"]),
        held=language.number(row["held_80"]),
    )


def public_limits(language: Language) -> str:
    """Return what a list of public forecasts can show and what it cannot."""
    return language(
        "The list shows how far apart the figures lay, not who is better: successful forecasts are quoted "
        "more often, many rows concern the same few years, and this model was made after those years. "
        "Targets are not forecasts and are not counted; totals in both directions are listed only."
    )


def error_takeaway(selection: Selection, language: Language) -> str:
    """Return the mean errors when half the year was known."""
    later = selection.by_month[selection.by_month["months_known"] >= HALF_YEAR]
    row = (later if len(later) else selection.by_month.tail(1)).iloc[0]
    return language(
        "Mean error with {months} months published: this model {ours}, last year unchanged {last}, "
        "year-to-date growth {rule}.",
        months=language.number(row["months_known"]),
        ours=language.percent(row["error"]),
        last=language.percent(row["last_year_error"]),
        rule=language.percent(row["year_to_date_error"]),
    )


def reliability_takeaway(selection: Selection, language: Language) -> str:
    """Return how far what was said and what came lie apart."""
    if selection.probabilities is None:
        return language("Every threshold was already decided.")
    return language(
        "Stated probabilities and observed frequencies differ by {points} points on average ({count} "
        "probabilities).",
        points=language.number(float(selection.probabilities["calibration_error"]) * 100, digits=1),
        count=language.number(float(selection.probabilities["count"])),
    )


def coverage_takeaway(selection: Selection, language: Language) -> str:
    """Return the point of the year with the lowest coverage, or that all are the same."""
    coverage = selection.by_month.sort_values("coverage_80", kind="stable")
    worst = coverage.iloc[0]
    if worst["coverage_80"] == coverage["coverage_80"].iloc[-1]:
        return language(
            "Dashed lines: nominal coverage. The 80% prediction interval held in {share} of the past forecasts at "
            "every point of the year.",
            share=language.percent(worst["coverage_80"], digits=0),
        )
    if not worst["months_known"]:
        return language(
            "Dashed lines: nominal coverage. The 80% prediction interval was least reliable before the year's first month "
            "was published: {share}.",
            share=language.percent(worst["coverage_80"], digits=0),
        )
    return language(
        "Dashed lines: nominal coverage. The 80% prediction interval was least reliable with {months} "
        "months published: {share}.",
        months=language.number(worst["months_known"]),
        share=language.percent(worst["coverage_80"], digits=0),
    )


def pit_takeaway(lowest: float, highest: float, language: Language) -> str:
    """Return how much came in the two outer tenths of what was expected."""
    return language(
        "{low} of outcomes fell in the lowest tenth of the forecast distribution, {high} in the highest; "
        "well-calibrated intervals would give 10% each.",
        low=language.percent(lowest, digits=0),
        high=language.percent(highest, digits=0),
    )


def claim(statement: Claim, result: Milestone, later: Outcome, language: Language) -> str:
    """Return a public statement, what the projection says of it, and what later."""
    first = language(
        "**{who}, {day}**: spoke of {mark} in {year} ({flow}).",
        who=claim_speaker(statement.key, language),
        day=language.day(date.fromisoformat(statement.said_on)),
        mark=language.mark(statement.mark),
        year=language.year(statement.year),
        flow=subject(statement.flow, language),
    )
    projected = language(
        "Forecast on data to {month}: **{chance}** ({word}), central forecast {median} (80% prediction interval "
        "{interval}).",
        month=language.month(statement.as_of),
        chance=whole_percent(result.percent, language),
        word=likelihood(result.percent, language),
        median=count_beside(result.median, statement.mark, language, digits=1),
        interval=range_beside(result.interval_80, statement.mark, language),
    )
    return language.in_a_row((first, projected, _ended(statement, later, language)))


def _ended(claim: Claim, later: Outcome, language: Language) -> str:
    total = count_beside(later.visitors, claim.mark, language)
    if not later.complete:
        return language("The year is not complete.")
    if later.passed:
        return language("Outcome: **{total}** (reached).", total=total)
    return language("Outcome: **{total}** (not reached).", total=total)


def caveats(language: Language) -> str:
    """Return how the record is made and how to read it, as Markdown."""
    points = (
        language(
            "For every month since January 2010 (February 2020 to December 2022 excluded), the same model "
            "was run on what was published by the end of the following month: JNTO publishes after about 20 "
            "days, KTO after about 30. Later months and documented later revisions were not used."
        ),
        language(
            "Thresholds tested: 13, from 0.80 to 1.40 times the last full year (2020 to 2022 excluded). "
            "Only open thresholds are evaluated: not yet reached in the published months, with a "
            "probability between 0.5% and 99.5%."
        ),
        language(
            "Benchmarks: “last year unchanged” repeats last year's total; “year-to-date growth” multiplies "
            "it by the growth of the months published. Their probabilities come from their own past errors."
        ),
        language(
            "The Brier score is the mean squared difference between probability and outcome: 0 is perfect, "
            "0.25 is what a constant 50% gives. The log score is the mean negative logarithm of the "
            "probability given to the outcome, kept between 1% and 99%. Lower is better in both."
        ),
        language(
            "The histogram shows where each outcome fell in its forecast distribution. High bars at both "
            "ends mean intervals that are too narrow, a hump in the middle too wide, a slope a bias to one "
            "side."
        ),
        language(
            "The model was built after these years, so this is a retrospective test; a record of forecasts "
            "made in advance begins with its use."
        ),
    )
    return "\n".join(f"- {point}" for point in points)
