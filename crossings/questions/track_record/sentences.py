"""The Track record page in sentences: how often the intervals held, how the probabilities scored."""

from datetime import date

from crossings.language.labels import claim_speaker, subject
from crossings.language.language import Language
from crossings.language.likelihood import in_100, likelihood
from crossings.language.rounding import count_beside, range_beside
from crossings.models.forecast.backtest import Claim
from crossings.models.forecast.milestone import Milestone, Outcome
from crossings.questions.track_record.selection import Era, Selection, YearAsked

HALF_YEAR = 6
EVEN = 0.005


def era_name(era: Era, language: Language) -> str:
    """Return the name of a part of the record."""
    names: dict[Era, str] = {
        "before 2020": language("Before 2020"),
        "since 2023": language("Since 2023"),
        "pandemic": language("Pandemic years"),
    }
    return names[era]


def year_asked_name(year_asked: YearAsked, language: Language) -> str:
    """Return the name of the year asked about."""
    names = {
        YearAsked.RUNNING: language("The year then running"),
        YearAsked.NEXT: language("The year after"),
        YearAsked.TWO_AHEAD: language("Two years ahead"),
    }
    return names[year_asked]


def answer(selection: Selection, language: Language) -> str:
    """Return the page's answer: how often the intervals held, and the probabilities beside simple rules."""
    held = language(
        "{who}, {era}: of 100 answers, the 80% interval held what came in **{inner}**, the 95% interval in "
        "**{outer}**.",
        who=subject(selection.flow, language),
        era=_era(selection.era, language),
        inner=_of_100(selection.intervals["coverage_80"], language),
        outer=_of_100(selection.intervals["coverage_95"], language),
    )
    return " ".join(part for part in (held, _skill(selection, language)) if part)


def _era(era: Era, language: Language) -> str:
    names: dict[Era, str] = {
        "before 2020": language("before 2020"),
        "since 2023": language("since 2023"),
        "pandemic": language("pandemic years 2020 to 2022"),
    }
    return names[era]


def _of_100(share: float, language: Language) -> str:
    return language.number(share * 100)


def _skill(selection: Selection, language: Language) -> str:
    if selection.probabilities is None:
        return ""
    skill = float(selection.probabilities["skill"])
    share = language.percent(abs(skill), digits=0)
    if abs(skill) < EVEN:
        return language("Its probabilities scored **about as well** as the better of two simple rules.")
    if skill > 0:
        return language(
            "Its probabilities scored **{share} better** than the better of two simple rules.", share=share
        )
    return language(
        "Its probabilities scored **{share} worse** than the better of two simple rules.", share=share
    )


def absent(language: Language) -> str:
    """Return what to do where the record was not computed yet."""
    return language(
        "**The record is not computed yet.** Make it with `python -m etl backtest`; a run that is stopped goes on where "
        "it was."
    )


def nothing_here(language: Language) -> str:
    """Return what is said where a part of the record holds no answer of the kind asked for."""
    return language("**No answer of this kind** is in this part of the record. Choose another one.")


def other_version(kept: str, present: str, language: Language) -> str:
    """Return the note that the record was made by another version of the engine."""
    return language(
        "The record was made with version {kept} of the engine; the projections now come from version {present}. Renew "
        "it with: python -m etl backtest",
        kept=kept,
        present=present,
    )


def counted(selection: Selection, language: Language) -> str:
    """Return how many answers about how many years are scored."""
    years = language.plural("one year", "{count} years", selection.years)
    return language(
        "{count} answers about {years}; answers of neighbouring months are about the same year and miss together.",
        count=language.number(selection.count),
        years=years,
    )


def error_takeaway(selection: Selection, language: Language) -> str:
    """Return the mean errors when half the year was known."""
    later = selection.by_month[selection.by_month["months_known"] >= HALF_YEAR]
    row = (later if len(later) else selection.by_month.tail(1)).iloc[0]
    return language(
        "With {months} months known the median missed by {ours} on average, last year's value by {last}, the "
        "year-to-date rule by {rule}.",
        months=language.number(row["months_known"]),
        ours=language.percent(row["error"]),
        last=language.percent(row["last_year_error"]),
        rule=language.percent(row["year_to_date_error"]),
    )


def reliability_takeaway(selection: Selection, language: Language) -> str:
    """Return how far what was said and what came lie apart."""
    if selection.probabilities is None:
        return language("Every mark was settled already.")
    return language(
        "What was said and what came lie {points} percentage points apart on average; {count} probabilities.",
        points=language.number(float(selection.probabilities["calibration_error"]) * 100, digits=1),
        count=language.number(float(selection.probabilities["count"])),
    )


def coverage_takeaway(selection: Selection, language: Language) -> str:
    """Return the months with the lowest and the highest coverage."""
    worst = selection.by_month.sort_values("coverage_80", kind="stable").iloc[0]
    return language(
        "Dashed lines are the aims. The 80% interval held least with {months} months known: {share}.",
        months=language.number(worst["months_known"]),
        share=language.percent(worst["coverage_80"], digits=0),
    )


def pit_takeaway(lowest: float, highest: float, language: Language) -> str:
    """Return how much came in the two outer tenths of what was expected."""
    return language(
        "{low} of the outcomes came in the lowest tenth of what was expected, {high} in the highest; honest intervals "
        "would give 10% each.",
        low=language.percent(lowest, digits=0),
        high=language.percent(highest, digits=0),
    )


def claim(statement: Claim, result: Milestone, later: Outcome, language: Language) -> str:
    """Return a public statement, what the projection says of it, and what later."""
    first = language(
        "**{who}, {day}**: {flow} to reach {mark} in {year}.",
        who=claim_speaker(statement.key, language),
        day=language.day(date.fromisoformat(statement.said_on)),
        mark=language.mark(statement.mark),
        year=language.year(statement.year),
        flow=subject(statement.flow, language),
    )
    projected = language(
        "With the figures to {month} the projection gives **{chance}** ({word}), median {median}, 80% interval "
        "{interval}.",
        month=language.month(statement.as_of),
        chance=in_100(result.percent, language),
        word=likelihood(result.percent, language),
        median=count_beside(result.median, statement.mark, language, digits=1),
        interval=range_beside(result.interval_80, statement.mark, language),
    )
    return f"{first} {projected} {_ended(statement, later, language)}"


def _ended(claim: Claim, later: Outcome, language: Language) -> str:
    total = count_beside(later.visitors, claim.mark, language)
    if not later.complete:
        return language("The year is not over.")
    if later.passed:
        return language("The year came to **{total}** and passed the mark.", total=total)
    return language("The year came to **{total}** and missed the mark.", total=total)


def caveats(language: Language) -> str:
    """Return how the record is made and how to read it, as Markdown."""
    points = (
        language(
            "For every month since January 2010, February 2020 to December 2022 left out, the same engine was run with "
            "what was published by the end of the month that followed: JNTO publishes after about 20 days, KTO after "
            "about 30. Later months and later revisions on record were unknown to it."
        ),
        language(
            "Asked were 13 marks from 0.80 to 1.40 times the last full year, 2020 to 2022 left out. Only open "
            "marks are scored: not passed yet in the known months, and given between 0.5 and 99.5 in 100."
        ),
        language(
            "Last year's value repeats the total of that year; the year-to-date rule multiplies it by the growth of the "
            "months known. Their probabilities come from their own past errors."
        ),
        language(
            "The Brier score is the mean squared distance of probability and outcome: 0 is perfect, 0.25 is what always "
            "saying 50 in 100 gives. The log score is the mean of the negative logarithm of the probability given to "
            "what came, kept between 1 and 99 in 100. Less is better in both."
        ),
        language(
            "The histogram shows at which place of its simulated years each outcome came. Bars high at both ends mean "
            "intervals too narrow, a hump in the middle too wide, a slope a leaning to one side."
        ),
        language(
            "The engine was built after these years. A record of answers given in public begins only with its use."
        ),
    )
    return "\n".join(f"- {point}" for point in points)
