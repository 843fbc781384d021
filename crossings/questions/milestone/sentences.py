"""The Milestone page in sentences: the answer, what was needed, what then happened."""

from collections.abc import Sequence

import pandas as pd

from crossings.language.labels import model_name, rise, subject
from crossings.language.language import Language
from crossings.language.likelihood import likelihood, outlook, whole_percent, whole_percents
from crossings.language.rounding import count_beside, range_beside
from crossings.models.forecast.exchange import Effect
from crossings.models.forecast.held import Held
from crossings.models.forecast.milestone import Milestone, Outcome, displayed_percent
from crossings.tables.flows import DIRECTIONS, Flow
from crossings.tables.months import year_months


def answer(result: Milestone, language: Language) -> str:
    """Return the page's answer in Markdown: the mark, the year's total with its interval, the record."""
    if result.settled == "cannot pass":
        said = _missed(result, language)
    elif result.settled == "passed":
        said = _passed(result, language)
    else:
        said = _open(result, language)
    return language.in_a_row((*said, _record(result, language)))


def _total(result: Milestone, language: Language) -> str:
    return language(
        "Central forecast for {year}: **{median}** (80% prediction interval {interval}).",
        year=language.year(result.year),
        median=median(result, language),
        interval=range_beside(result.interval_80, _mark_read(result), language),
    )


def median(result: Milestone, language: Language) -> str:
    """Return the median of the year, rounded without crossing the mark in question."""
    return count_beside(result.median, _mark_read(result), language, digits=1)


def _mark_read(result: Milestone) -> int:
    return result.open_mark or result.mark if result.settled == "passed" else result.mark


def _open(result: Milestone, language: Language) -> tuple[str, ...]:
    said = language(
        "{who} are **{outlook}** reach {mark} in {year} ({chance} probability).",
        who=subject(result.flow, language),
        mark=language.mark(result.mark),
        year=language.year(result.year),
        outlook=outlook(result.percent, language),
        chance=whole_percent(result.percent, language),
    )
    return said, passed_by(result, language), _total(result, language)


def passed_by(result: Milestone, language: Language) -> str:
    """Return by which day half of all futures pass the mark, or that fewer than half do within the year."""
    day = result.day_passed[0.5]
    if day is None:
        return language(
            "Probability of reaching it within {year}: under 50%.", year=language.year(result.year)
        )
    return language("Probability of reaching it by **{day}**: 50%.", day=language.day(day))


def how_sure(rows: Sequence[Held], language: Language) -> str:
    """Return how often such intervals held at this point of the year, era by era; empty where there is no record."""
    if not rows:
        return ""
    known = rows[0].months_known
    if known > 0:
        point = language.plural("with one month published", "with {count} months published", known)
    elif known == 0:
        point = language("just before the year began")
    else:
        point = language.plural(
            "one month before the year began", "{count} months before the year began", -known
        )
    return language(
        "**Past accuracy**: for forecasts made {point}, the outcome fell in the 80% prediction interval in "
        "{eras}.",
        point=point,
        eras=language.listed([_held(row, language) for row in rows]),
    )


def _held(row: Held, language: Language) -> str:
    counts = {"inside": language.number(row.inside), "count": language.number(row.years)}
    if row.era == "before 2020":
        return language("{inside} of {count} years before 2020", **counts)
    return language("{inside} of {count} years since 2023", **counts)


def _passed(result: Milestone, language: Language) -> tuple[str, ...]:
    assert result.passed_month is not None
    said = language(
        "{who}: the year's total passed {mark} in **{month}**.",
        who=subject(result.flow, language),
        mark=language.mark(result.mark),
        month=language.month(result.passed_month),
    )
    if result.needed is None:
        return said, _complete(result, language)
    return said, _next(result, language), _total(result, language)


def _next(result: Milestone, language: Language) -> str:
    nearest, undecided = result.next_mark, result.open_mark
    if nearest is None:
        return ""
    first = _mark_chance(nearest, result, language)
    if undecided is None or undecided == nearest:
        return language("Next threshold: {first}.", first=first)
    return language(
        "Next thresholds: {first} and {second}.",
        first=first,
        second=_mark_chance(undecided, result, language),
    )


def _mark_chance(mark: int, result: Milestone, language: Language) -> str:
    percent = displayed_percent(result.next_marks[mark], settled=None)
    return language(
        "{mark} (**{chance}**, {word})",
        mark=language.mark(mark),
        chance=whole_percent(percent, language),
        word=likelihood(percent, language),
    )


def _complete(result: Milestone, language: Language) -> str:
    return language(
        "{who} in the whole of {year}: **{total}**.",
        who=subject(result.flow, language),
        total=language.people(result.visitors_to_date),
        year=language.year(result.year),
    )


def _missed(result: Milestone, language: Language) -> tuple[str, ...]:
    said = language(
        "The total **did not reach** {mark} in {year}.",
        mark=language.mark(result.mark),
        year=language.year(result.year),
    )
    return said, _complete(result, language)


def _record(result: Milestone, language: Language) -> str:
    if result.record is None or result.record_percent is None:
        return ""
    held = language.people(result.record.visitors)
    when = language.year(result.record.year)
    if result.record_settled == "passed":
        return language("The record of {year} ({visitors}) was broken.", year=when, visitors=held)
    if result.record_settled == "cannot pass":
        return language("The record of {year} ({visitors}) was not broken.", year=when, visitors=held)
    said = {
        "year": when,
        "visitors": held,
        "outlook": outlook(result.record_percent, language),
        "chance": whole_percent(result.record_percent, language),
    }
    if result.record_between:
        return language(
            "The total is **{outlook}** set a record ({chance} probability): it must exceed {year} ({visitors}) and the "
            "totals still to come of {between}.",
            between=_years(result.record_between, language),
            **said,
        )
    return language(
        "The total is **{outlook}** exceed the record of {year}, {visitors} ({chance} probability).", **said
    )


def _years(years: range, language: Language) -> str:
    return language.listed([language.year(year) for year in years])


def happened(result: Milestone, later: Outcome, language: Language) -> str | None:
    """Return what the figures published since say, or None where the page already knows all of it."""
    if later.data_month is None or later.data_month <= result.data_month:
        return None
    total = language.people(later.visitors)
    if later.complete and later.passed and later.passed_month is not None:
        return language(
            "Outcome: the year ended at **{total}** and passed {mark} in **{month}**.",
            total=total,
            mark=language.mark(result.mark),
            month=language.month(later.passed_month),
        )
    if later.complete:
        return language(
            "Outcome: the year ended at **{total}** and did not reach {mark}.",
            total=total,
            mark=language.mark(result.mark),
        )
    if later.passed_month is not None:
        return language(
            "Outcome so far: **{total}** by {month}; {mark} was passed in **{passed}**.",
            month=language.month(later.data_month),
            total=total,
            mark=language.mark(result.mark),
            passed=language.month(later.passed_month),
        )
    return language(
        "Outcome so far: **{total}** by {month}.",
        month=language.month(later.data_month),
        total=total,
    )


def rule(flow: Flow, language: Language) -> str:
    """Return the written rule by which the question is settled."""
    rules = {
        Flow.BOTH: language(
            "How it is decided: calendar-year sum of Koreans in JNTO visitor arrivals and Japanese in KTO "
            "visitor arrivals. A threshold counts as reached when the sum equals it; a record must be "
            "exceeded."
        ),
        Flow.KOREANS_TO_JAPAN: language(
            "How it is decided: calendar-year sum of Koreans in JNTO visitor arrivals. A threshold counts "
            "as reached when the sum equals it; a record must be exceeded."
        ),
        Flow.JAPANESE_TO_KOREA: language(
            "How it is decided: calendar-year sum of Japanese in KTO visitor arrivals. A threshold counts "
            "as reached when the sum equals it; a record must be exceeded."
        ),
    }
    return rules[flow]


def fan_takeaway(result: Milestone, language: Language) -> str:
    """Return what the fan means: the pace that is needed, or where the sum stands."""
    if result.needed is None:
        return language("All twelve months are known.")
    if result.needed.months == len(result.month_passed):
        return language(
            "Shaded: 80% and 95% prediction intervals. No month of {year} is among the figures used.",
            year=language.year(result.year),
        )
    if result.settled == "passed" or result.needed.ratio is None:
        return language(
            "Shaded: 80% and 95% prediction intervals. Dark lines: figures known (solid definitive or provisional, "
            "dashed estimates)."
        )
    months = year_months(result.year)
    return language.plural(
        "To reach {mark}, the one month not in these figures ({span}) needs {pace}: {change} on a year earlier.",
        "To reach {mark}, the {count} months not in these figures ({span}) need {pace} a month on average: {change} on a "
        "year earlier.",
        result.needed.months,
        mark=language.mark(result.mark),
        span=language.span(months[-result.needed.months], months[-1]),
        pace=language.people_short(result.needed.visitors_a_month),
        change=rise(result.needed.ratio - 1, language),
    )


def month_takeaway(result: Milestone, language: Language) -> str:
    """Return the likeliest month of passing."""
    if result.settled == "passed" and result.passed_month is not None and result.passed_day is not None:
        return language(
            "Reached around {day}, assuming arrivals spread evenly over the month.",
            day=language.day(result.passed_day),
        )
    if result.settled == "cannot pass":
        return language("No month: the year ended below {mark}.", mark=language.mark(result.mark))
    shares = [*result.month_passed.values(), result.not_in_year]
    place = max(range(len(shares) - 1), key=shares.__getitem__)
    if shares[place] < 0.01:
        return language(
            "In no month is the probability of reaching {mark} 1% or more.", mark=language.mark(result.mark)
        )
    said = language(
        "Most likely month: {month} ({chance}).",
        month=language.month(list(result.month_passed)[place]),
        chance=whole_percent(min(max(whole_percents(shares)[place], 1), 99), language),
    )
    return language.in_a_row((said, _days(result, language)))


def _days(result: Milestone, language: Language) -> str:
    """Return the median day of passing and the days that 8 in 10 years lie between, as far as within the year."""
    early, middle, late = (result.day_passed[level] for level in (0.1, 0.5, 0.9))
    if middle is None:
        return ""
    if early is None or late is None:
        return language(
            "Probability of reaching it by {day}: 50% (arrivals assumed even within a month).",
            day=language.day(middle),
        )
    return language(
        "Median date {day}, 80% prediction interval {early} to {late} (arrivals assumed even within a month).",
        day=language.day(middle),
        early=language.day(early),
        late=language.day(late),
    )


def curve_takeaway(result: Milestone, language: Language) -> str:
    """Return the marks that nine, five and one of ten simulated years pass."""
    if result.needed is None:
        return language("All twelve months are known.")
    low, high = result.interval_80
    return language(
        "Probability of exceeding {low}: 90%; {median}: 50%; {high}: 10%.",
        low=language.people_short(low, digits=1),
        median=median(result, language),
        high=language.people_short(high, digits=1),
    )


def dots_line(result: Milestone, language: Language) -> str:
    """Return what the dots show: whole simulations, as many as are filled."""
    mark, percent = asked(result)
    return language(
        "{mark} in {year}: reached in {count} of 100 simulations",
        count=int(percent),
        mark=language.mark(mark),
        year=language.year(result.year),
    )


def caveats(language: Language) -> str:
    """Return what the probability means and does not mean, as Markdown."""
    points = (
        language(
            "The probability is the share of simulations that reach the threshold. They come from several "
            "statistical models estimated on the monthly figures published by the as-of month, both "
            "directions jointly."
        ),
        language(
            "The months of COVID-19 entry restrictions are excluded from the estimation. New shocks "
            "(boycott, disaster, epidemic) are not included in the main forecast."
        ),
        language(
            "No growth is assumed beyond what the series shows. Where earlier twelve-month totals were "
            "missed by more than the models expected, the interval is widened accordingly."
        ),
        language(
            "Probabilities are shown between 1% and 99% unless the published figures already settle the "
            "question."
        ),
        language(
            "For past as-of months, the values first published are used where available, otherwise today's "
            "values. Documented revisions are small."
        ),
    )
    return "\n".join(f"- {point}" for point in points)


def with_shocks(result: Milestone, struck: Milestone, probability: float, language: Language) -> str:
    """Return what rare slumps do to the answer of a year still open."""
    return language(
        "With sudden slumps (assumed at {percent} a year) the probability of {mark} changes from {before} to "
        "**{after}**; central forecast {median}.",
        percent=language.percent(probability, digits=0),
        median=language.people_short(struck.median, digits=1),
        **_beside(result, struck, language),
    )


def with_exchange(result: Milestone, moved: Milestone, effect: Effect, language: Language) -> str:
    """Return what an explanatory exchange rate does to the answer of a year still open."""
    said = {
        "rate": language.number(effect.rate * 100),
        "month": language.month(effect.month),
        "median": language.people_short(moved.median, digits=2),
        "usual": language.people_short(result.median, digits=2),
        "interval": language.people_range(*moved.interval_80),
        **_beside(result, moved, language),
    }
    if effect.path == "fixed":
        return language(
            "With the exchange rate fixed at {rate} won per 100 yen ({month}) the probability of {mark} changes from "
            "{before} to **{after}**; central forecast {median} instead of {usual} (80% prediction interval {interval}).",
            **said,
        )
    return language(
        "With a random-walk exchange rate from {rate} won per 100 yen ({month}) the probability of {mark} changes from "
        "{before} to **{after}**; central forecast {median} instead of {usual} (80% prediction interval {interval}).",
        **said,
    )


def exchange_sentences(
    result: Milestone, moved: Milestone, effect: Effect | None, language: Language
) -> tuple[str, str] | None:
    """Return the effect of an explanatory exchange rate and its evidence, None where the year is complete."""
    if effect is None or result.needed is None:
        return None
    return with_exchange(result, moved, effect, language), exchange_grade(effect, language)


def _beside(result: Milestone, other: Milestone, language: Language) -> dict[str, str]:
    mark, percent = asked(result)
    changed = displayed_percent(other.probability_of(mark), settled=None)
    return {
        "mark": language.mark(mark),
        "before": whole_percent(percent, language),
        "after": whole_percent(changed, language),
    }


def asked(result: Milestone) -> tuple[int, float]:
    """Return the mark in question and its displayed probability: the next open one once the mark is passed."""
    ahead = result.open_mark
    if result.settled != "passed" or ahead is None:
        return result.mark, result.percent
    return ahead, displayed_percent(result.next_marks[ahead], settled=None)


def exchange_grade(effect: Effect, language: Language) -> str:
    """Return the elasticities behind the exchange-rate switch, with their evidence grade."""
    there, back = (effect.responses[flow] for flow in DIRECTIONS)
    return language(
        "A yen 1% stronger against the won is associated with Koreans to Japan {there} (standard error {there_error}) "
        "and Japanese to Korea {back} ({back_error}), estimated from the figures published at the time. Evidence fair and "
        "weak; impact medium. The rate cannot be forecast and did not reliably reduce past errors, so it is not used "
        "in the main forecast.",
        there=rise(there.elasticity / 100, language),
        there_error=language.number(there.error, digits=1),
        back=rise(back.elasticity / 100, language),
        back_error=language.number(back.error, digits=1),
    )


def rests_on(result: Milestone, language: Language, *, dependence: float | None, shocks: bool) -> str:
    """Return what the answer rests on: growth, rare slumps, the directions' dependence and each model's share.

    dependence: None where only one direction is asked about.
    """
    shares = [
        language(
            "{model} {share}", model=model_name(name, language), share=language.percent(view.share, digits=0)
        )
        for name, view in result.by_model.items()
    ]
    parts = [
        language("no growth assumed beyond the series"),
        language("sudden slumps included") if shocks else language("sudden slumps not included"),
    ]
    if dependence is not None:
        value = language.number(dependence, digits=2).replace("-", "−")
        parts.append(language("rank correlation of {value} between the two directions", value=value))
    return language(
        "Basis: {parts}. Models: {shares}.",
        parts=language.listed(parts),
        shares=language.listed(shares),
    )


def hindsight(as_of: pd.Period, language: Language) -> str:
    """Return that the figures of an earlier month are today's."""
    return language(
        "As of {month}: the values published then are not documented; today's revised values are used.",
        month=language.month(as_of),
    )


def dependence_line(dependence: float, language: Language) -> str:
    """Return how the two directions hang together."""
    return language(
        "The two directions are simulated jointly (rank correlation of their past errors {value}).",
        value=language.number(dependence, digits=2).replace("-", "−"),
    )


def disagreement_line(result: Milestone, language: Language) -> str:
    """Return how far the models lie apart, in points of probability and visitors of the median."""
    medians = [view.median for view in result.by_model.values()]
    return language(
        "The models differ by {points} points in probability and by {visitors} in the central forecast.",
        points=language.number(round(100 * result.disagreement)),
        visitors=language.people_short(max(medians) - min(medians), digits=2),
    )
