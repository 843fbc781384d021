"""The Milestone page in sentences: the answer, what was needed, what then happened."""

from crossings.language.labels import subject
from crossings.language.language import Language
from crossings.language.likelihood import in_100, likelihood, whole_percents
from crossings.language.rounding import count_beside, range_beside
from crossings.models.forecast.exchange import Effect
from crossings.models.forecast.milestone import Milestone, Outcome, displayed_percent
from crossings.tables.flows import DIRECTIONS, Flow


def answer(result: Milestone, language: Language) -> str:
    """Return the page's answer in Markdown: the mark, the year's total with its interval, the record."""
    if result.settled == "cannot pass":
        said = _missed(result, language)
    elif result.settled == "passed":
        said = _passed(result, language)
    else:
        said = _open(result, language)
    return " ".join(part for part in (said, _record(result, language)) if part)


def _total(result: Milestone, language: Language) -> str:
    return language(
        "{who} in {year}: median **{median}**, 80% interval {interval}.",
        who=subject(result.flow, language),
        year=language.year(result.year),
        median=median(result, language),
        interval=range_beside(result.interval_80, _mark_read(result), language),
    )


def median(result: Milestone, language: Language) -> str:
    """Return the median of the year, rounded without crossing the mark in question."""
    return count_beside(result.median, _mark_read(result), language, digits=1)


def _mark_read(result: Milestone) -> int:
    return result.open_mark or result.mark if result.settled == "passed" else result.mark


def _open(result: Milestone, language: Language) -> str:
    said = language(
        "Passing {mark} in {year} is **{word}: {chance}**.",
        mark=language.mark(result.mark),
        year=language.year(result.year),
        word=likelihood(result.percent, language),
        chance=in_100(result.percent, language),
    )
    return f"{said} {_total(result, language)}"


def _passed(result: Milestone, language: Language) -> str:
    assert result.passed_month is not None
    said = language(
        "The mark of {mark} was **already passed in {month}**.",
        mark=language.mark(result.mark),
        month=language.month(result.passed_month),
    )
    if result.needed is None:
        return f"{said} {_complete(result, language)}"
    return f"{said} {_next(result, language)} {_total(result, language)}"


def _next(result: Milestone, language: Language) -> str:
    nearest, undecided = result.next_mark, result.open_mark
    if nearest is None:
        return ""
    first = _mark_chance(nearest, result, language)
    if undecided is None or undecided == nearest:
        return language("Next round mark: {first}.", first=first)
    return language(
        "Next round mark: {first}; then {second}.",
        first=first,
        second=_mark_chance(undecided, result, language),
    )


def _mark_chance(mark: int, result: Milestone, language: Language) -> str:
    percent = displayed_percent(result.next_marks[mark], settled=None)
    return language(
        "**{mark}, {chance}** ({word})",
        mark=language.mark(mark),
        chance=in_100(percent, language),
        word=likelihood(percent, language),
    )


def _complete(result: Milestone, language: Language) -> str:
    return language(
        "{who} came to **{total}** in the whole of {year}.",
        who=subject(result.flow, language),
        total=language.people(result.visitors_to_date),
        year=language.year(result.year),
    )


def _missed(result: Milestone, language: Language) -> str:
    said = language(
        "The mark of {mark} **was not passed** in {year}.",
        mark=language.mark(result.mark),
        year=language.year(result.year),
    )
    return f"{said} {_complete(result, language)}"


def _record(result: Milestone, language: Language) -> str:
    if result.record is None or result.record_percent is None:
        return ""
    held = language.people(result.record.visitors)
    when = language.year(result.record.year)
    if result.record_settled == "passed":
        return language("The record of {year} ({visitors}) is already beaten.", year=when, visitors=held)
    if result.record_settled == "cannot pass":
        return language("The record of {year} ({visitors}) was not beaten.", year=when, visitors=held)
    said = {
        "year": when,
        "visitors": held,
        "word": likelihood(result.record_percent, language),
        "chance": in_100(result.record_percent, language),
    }
    if result.record_between:
        return language(
            "A record, above {year} ({visitors}) and above {between} as it may turn out, is **{word}: {chance}**.",
            between=_years(result.record_between, language),
            **said,
        )
    return language("Beating the record of {year} ({visitors}) is **{word}: {chance}**.", **said)


def _years(years: range, language: Language) -> str:
    return language.listed([language.year(year) for year in years])


def happened(result: Milestone, later: Outcome, language: Language) -> str | None:
    """Return what the figures published since say, or None where the page already knows all of it."""
    if later.data_month is None or later.data_month <= result.data_month:
        return None
    total = language.people(later.visitors)
    if later.complete and later.passed and later.passed_month is not None:
        return language(
            "What then happened: the year ended at **{total}** and passed {mark} in **{month}**.",
            total=total,
            mark=language.mark(result.mark),
            month=language.month(later.passed_month),
        )
    if later.complete:
        return language(
            "What then happened: the year ended at **{total}** and did not pass {mark}.",
            total=total,
            mark=language.mark(result.mark),
        )
    if later.passed_month is not None:
        return language(
            "What then happened: by {month} the sum stood at **{total}**; {mark} was passed in **{passed}**.",
            month=language.month(later.data_month),
            total=total,
            mark=language.mark(result.mark),
            passed=language.month(later.passed_month),
        )
    return language(
        "What then happened: by {month} the sum stood at **{total}**.",
        month=language.month(later.data_month),
        total=total,
    )


def rule(flow: Flow, language: Language) -> str:
    """Return the written rule by which the question is settled."""
    rules = {
        Flow.BOTH: language(
            "Rule of the question: calendar-year sum of JNTO visitor arrivals of Koreans in Japan plus KTO visitor "
            "arrivals of Japanese in Korea. A mark is passed when the sum reaches it; a record only by more."
        ),
        Flow.KOREANS_TO_JAPAN: language(
            "Rule of the question: calendar-year sum of JNTO visitor arrivals of Koreans in Japan. A mark is passed "
            "when the sum reaches it; a record only by more."
        ),
        Flow.JAPANESE_TO_KOREA: language(
            "Rule of the question: calendar-year sum of KTO visitor arrivals of Japanese in Korea. A mark is passed "
            "when the sum reaches it; a record only by more."
        ),
    }
    return rules[flow]


def fan_takeaway(result: Milestone, language: Language) -> str:
    """Return what the fan means: the pace that is needed, or where the sum stands."""
    if result.needed is None:
        return language("All twelve months are known.")
    if result.needed.months == len(result.month_passed):
        return language(
            "Bands hold 80 and 95 of 100 simulated years; no month of {year} is known yet.",
            year=language.year(result.year),
        )
    if result.settled == "passed" or result.needed.ratio is None:
        return language(
            "Solid and dashed dark lines are the figures known; bands hold 80 and 95 of 100 simulated years."
        )
    pace = language.people_short(result.needed.visitors_a_month)
    said = language.percent(abs(result.needed.ratio - 1))
    if result.needed.ratio >= 1:
        return language.plural(
            "The last month needs {pace}, {percent} more than a year earlier.",
            "Each of the {count} months ahead needs {pace} on average, {percent} more than the same months a year "
            "earlier.",
            result.needed.months,
            pace=pace,
            percent=said,
        )
    return language.plural(
        "The last month needs {pace}, {percent} fewer than a year earlier.",
        "Each of the {count} months ahead needs {pace} on average, {percent} fewer than the same months a year "
        "earlier.",
        result.needed.months,
        pace=pace,
        percent=said,
    )


def month_takeaway(result: Milestone, language: Language) -> str:
    """Return the likeliest month of passing."""
    if result.settled == "passed" and result.passed_month is not None and result.passed_day is not None:
        return language(
            "Passed about {day}, if arrivals were even within the month.", day=language.day(result.passed_day)
        )
    if result.settled == "cannot pass":
        return language("No month: the year ended below the mark.")
    shares = [*result.month_passed.values(), result.not_in_year]
    place = max(range(len(shares) - 1), key=shares.__getitem__)
    if shares[place] < 0.01:
        return language("Fewer than 1 in 100 simulated years pass it in any month.")
    said = language(
        "Likeliest month: {month}, {chance} simulated years.",
        month=language.month(list(result.month_passed)[place]),
        chance=in_100(min(max(whole_percents(shares)[place], 1), 99), language),
    )
    return f"{said} {_days(result, language)}".strip()


def _days(result: Milestone, language: Language) -> str:
    """Return the median day of passing and the days that 8 in 10 years lie between, as far as within the year."""
    early, middle, late = (result.day_passed[level] for level in (0.1, 0.5, 0.9))
    if middle is None:
        return ""
    if early is None or late is None:
        return language(
            "Half of all simulated years pass it by {day}, if arrivals are even within a month.",
            day=language.day(middle),
        )
    return language(
        "Half pass it by {day}, 8 in 10 between {early} and {late}, if arrivals are even within a month.",
        day=language.day(middle),
        early=language.day(early),
        late=language.day(late),
    )


def curve_takeaway(result: Milestone, language: Language) -> str:
    """Return the marks that nine, five and one of ten simulated years pass."""
    if result.needed is None:
        return language("The year is complete; its total is known.")
    low, high = result.interval_80
    return language(
        "9 in 10 simulated years pass {low}, half pass {median}, 1 in 10 passes {high}.",
        low=language.people_short(low, digits=1),
        median=median(result, language),
        high=language.people_short(high, digits=1),
    )


def dots_line(result: Milestone, language: Language) -> str:
    """Return what the dots show."""
    mark, percent = asked(result)
    return language(
        "{chance}: simulated years that pass {mark} in {year}",
        chance=in_100(percent, language),
        mark=language.mark(mark),
        year=language.year(result.year),
    )


def caveats(language: Language) -> str:
    """Return what the probability means and does not mean, as Markdown."""
    points = (
        language(
            "The probability is the share of simulated years that reach the mark. Each simulated year is drawn from a "
            "pool of statistical models fitted to the monthly figures known at the as-of month, both directions "
            "together."
        ),
        language(
            "The months of closed borders are left out of the fit. A new shock of that kind (boycott, disaster, "
            "epidemic) is not in the headline."
        ),
        language(
            "No growth is assumed beyond what the series shows. Where its earlier twelve-month sums were missed by more "
            "than the models expected, the interval is wider by as much as that evidence goes."
        ),
        language(
            "Displayed probabilities stay between 1 and 99 in 100 unless the published figures already settle the "
            "question."
        ),
        language(
            "For past as-of months, first published values are used where they are on record; otherwise today's values "
            "stand in for them. Revisions on record are small."
        ),
    )
    return "\n".join(f"- {point}" for point in points)


def with_shocks(result: Milestone, struck: Milestone, probability: float, language: Language) -> str:
    """Return what rare slumps do to the answer of a year still open."""
    return language(
        "With rare slumps ({percent} a year, an assumption) passing {mark} is **{after}** instead of {before}, the median "
        "{median}.",
        percent=language.percent(probability, digits=0),
        median=language.people_short(struck.median, digits=1),
        **_beside(result, struck, language),
    )


def with_exchange(result: Milestone, moved: Milestone, effect: Effect, language: Language) -> str:
    """Return what an explanatory exchange rate does to the answer of a year still open."""
    said = {
        "rate": language.number(effect.rate, digits=2),
        "month": language.month(effect.month),
        "median": language.people_short(moved.median, digits=2),
        "usual": language.people_short(result.median, digits=2),
        "interval": language.people_range(*moved.interval_80),
        **_beside(result, moved, language),
    }
    if effect.path == "fixed":
        return language(
            "With the exchange rate held at {rate} won per yen ({month}) passing {mark} is **{after}** instead of "
            "{before}, the median {median} instead of {usual}, the 80% interval {interval}.",
            **said,
        )
    return language(
        "With the exchange rate walking at random from {rate} won per yen ({month}) passing {mark} is **{after}** instead "
        "of {before}, the median {median} instead of {usual}, the 80% interval {interval}.",
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
        "before": in_100(percent, language),
        "after": in_100(changed, language),
    }


def asked(result: Milestone) -> tuple[int, int]:
    """Return the mark in question and its displayed probability: the next open one once the mark is passed."""
    ahead = result.open_mark
    if result.settled != "passed" or ahead is None:
        return result.mark, result.percent
    return ahead, displayed_percent(result.next_marks[ahead], settled=None)


def exchange_grade(effect: Effect, language: Language) -> str:
    """Return the elasticities behind the exchange-rate switch, with their evidence grade."""
    there, back = (effect.responses[flow] for flow in DIRECTIONS)
    return language(
        "1% more won per yen: {there}% (standard error {there_error}) Koreans to Japan, {back}% ({back_error}) Japanese "
        "to Korea, estimated from the months known then. Evidence: fair and weak; impact: medium. Nobody knows the "
        "rate ahead; in the past months it did not lower the error of the projection reliably, so it stays out of the "
        "headline.",
        there=_signed(there.elasticity, language),
        there_error=language.number(there.error, digits=1),
        back=_signed(back.elasticity, language),
        back_error=language.number(back.error, digits=1),
    )


def _signed(value: float, language: Language) -> str:
    said = language.number(abs(value), digits=1)
    return ("+" if value > 0 else "−") + said


def dependence_line(dependence: float, language: Language) -> str:
    """Return how the two directions hang together."""
    return language(
        "The two directions are drawn together: rank correlation of their past errors {value}.",
        value=language.number(dependence, digits=2),
    )


def disagreement_line(result: Milestone, language: Language) -> str:
    """Return how far the models lie apart, in points of probability and visitors of the median."""
    medians = [view.median for view in result.by_model.values()]
    return language(
        "The models differ by {points} points of probability and by {visitors} in the median.",
        points=language.number(round(100 * result.disagreement)),
        visitors=language.people_short(max(medians) - min(medians), digits=2),
    )
