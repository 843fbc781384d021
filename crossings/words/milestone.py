"""The Milestone page in sentences: the answer, what was needed, what then happened."""

from crossings.flows import Flow
from crossings.forecast.milestone import Milestone, Outcome, displayed_percent
from crossings.words.beside import count_beside, range_beside
from crossings.words.language import Language
from crossings.words.likelihood import in_100, likelihood
from crossings.words.overview import subject


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
    t = language.text
    return t(
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
    t = language.text
    said = t(
        "Passing {mark} in {year} is **{word}: {chance}**.",
        mark=language.mark(result.mark),
        year=language.year(result.year),
        word=likelihood(result.percent, language),
        chance=in_100(result.percent, language),
    )
    return f"{said} {_total(result, language)}"


def _passed(result: Milestone, language: Language) -> str:
    t = language.text
    assert result.passed_month is not None
    said = t(
        "The mark of {mark} was **already passed in {month}**.",
        mark=language.mark(result.mark),
        month=language.month(result.passed_month),
    )
    if result.needed is None:
        return f"{said} {_complete(result, language)}"
    return f"{said} {_next(result, language)} {_total(result, language)}"


def _next(result: Milestone, language: Language) -> str:
    t = language.text
    nearest, undecided = result.next_mark, result.open_mark
    if nearest is None:
        return ""
    first = _mark_chance(nearest, result, language)
    if undecided is None or undecided == nearest:
        return t("Next round mark: {first}.", first=first)
    return t(
        "Next round mark: {first}; then {second}.",
        first=first,
        second=_mark_chance(undecided, result, language),
    )


def _mark_chance(mark: int, result: Milestone, language: Language) -> str:
    t = language.text
    percent = displayed_percent(result.next_marks[mark], settled=None)
    return t(
        "**{mark}, {chance}** ({word})",
        mark=language.mark(mark),
        chance=in_100(percent, language),
        word=likelihood(percent, language),
    )


def _complete(result: Milestone, language: Language) -> str:
    t = language.text
    return t(
        "{who} came to **{total}** in the whole of {year}.",
        who=subject(result.flow, language),
        total=language.people(result.visitors_to_date),
        year=language.year(result.year),
    )


def _missed(result: Milestone, language: Language) -> str:
    t = language.text
    said = t(
        "The mark of {mark} **was not passed** in {year}.",
        mark=language.mark(result.mark),
        year=language.year(result.year),
    )
    return f"{said} {_complete(result, language)}"


def _record(result: Milestone, language: Language) -> str:
    t = language.text
    if result.record is None or result.record_percent is None:
        return ""
    held = language.people(result.record.visitors)
    when = language.year(result.record.year)
    if result.record_settled == "passed":
        return t("The record of {year} ({visitors}) is already beaten.", year=when, visitors=held)
    if result.record_settled == "cannot pass":
        return t("The record of {year} ({visitors}) was not beaten.", year=when, visitors=held)
    return t(
        "Beating the record of {year} ({visitors}) is **{word}: {chance}**.",
        year=when,
        visitors=held,
        word=likelihood(result.record_percent, language),
        chance=in_100(result.record_percent, language),
    )


def happened(result: Milestone, came: Outcome, language: Language) -> str | None:
    """Return what the figures published since say, or None where the page already knows all of it."""
    t = language.text
    if came.data_month is None or came.data_month <= result.as_of:
        return None
    total = language.people(came.visitors)
    if came.complete and came.passed and came.passed_month is not None:
        return t(
            "What then happened: the year ended at **{total}** and passed {mark} in **{month}**.",
            total=total,
            mark=language.mark(result.mark),
            month=language.month(came.passed_month),
        )
    if came.complete:
        return t(
            "What then happened: the year ended at **{total}** and did not pass {mark}.",
            total=total,
            mark=language.mark(result.mark),
        )
    if came.passed_month is not None:
        return t(
            "What then happened: by {month} the sum stood at **{total}**; {mark} was passed in **{passed}**.",
            month=language.month(came.data_month),
            total=total,
            mark=language.mark(result.mark),
            passed=language.month(came.passed_month),
        )
    return t(
        "What then happened: by {month} the sum stood at **{total}**.",
        month=language.month(came.data_month),
        total=total,
    )


def rule(flow: Flow, language: Language) -> str:
    """Return the written rule by which the question is settled."""
    t = language.text
    rules = {
        Flow.BOTH: t(
            "Rule of the question: calendar-year sum of JNTO visitor arrivals of Koreans in Japan plus KTO visitor "
            "arrivals of Japanese in Korea. A mark is passed when the sum reaches it; a record only by more."
        ),
        Flow.KOREANS_TO_JAPAN: t(
            "Rule of the question: calendar-year sum of JNTO visitor arrivals of Koreans in Japan. A mark is passed "
            "when the sum reaches it; a record only by more."
        ),
        Flow.JAPANESE_TO_KOREA: t(
            "Rule of the question: calendar-year sum of KTO visitor arrivals of Japanese in Korea. A mark is passed "
            "when the sum reaches it; a record only by more."
        ),
    }
    return rules[flow]


def fan_takeaway(result: Milestone, language: Language) -> str:
    """Return what the fan means: the pace that is needed, or where the sum stands."""
    t, tn = language.text, language.plural
    if result.needed is None:
        return t("All twelve months are published.")
    if result.settled == "passed" or result.needed.ratio is None:
        return t(
            "Solid and dashed dark lines are published figures; bands hold 80 and 95 of 100 simulated years."
        )
    pace = language.people_short(result.needed.visitors_a_month)
    said = language.percent(abs(result.needed.ratio - 1))
    if result.needed.ratio >= 1:
        return tn(
            "The last month needs {pace}, {percent} more than a year earlier.",
            "Each of the {count} months ahead needs {pace} on average, {percent} more than the same months a year "
            "earlier.",
            result.needed.months,
            pace=pace,
            percent=said,
        )
    return tn(
        "The last month needs {pace}, {percent} fewer than a year earlier.",
        "Each of the {count} months ahead needs {pace} on average, {percent} fewer than the same months a year "
        "earlier.",
        result.needed.months,
        pace=pace,
        percent=said,
    )


def month_takeaway(result: Milestone, language: Language) -> str:
    """Return the likeliest month of passing."""
    t = language.text
    if result.settled == "passed" and result.passed_month is not None and result.passed_day is not None:
        return t(
            "Passed about {day}, if arrivals were even within the month.", day=language.day(result.passed_day)
        )
    if result.settled == "cannot pass":
        return t("No month: the year ended below the mark.")
    month, share = max(result.month_passed.items(), key=lambda item: item[1])
    if share < 0.01:
        return t("Fewer than 1 in 100 simulated years pass it in any month.")
    return t(
        "Likeliest month: {month}, {chance} simulated years.",
        month=language.month(month),
        chance=in_100(displayed_percent(share, settled=None), language),
    )


def curve_takeaway(result: Milestone, language: Language) -> str:
    """Return the marks that nine, five and one of ten simulated years pass."""
    t = language.text
    if result.needed is None:
        return t("The year is complete; its total is known.")
    low, high = result.interval_80
    return t(
        "9 in 10 simulated years pass {low}, half pass {median}, 1 in 10 passes {high}.",
        low=language.people_short(low, digits=1),
        median=median(result, language),
        high=language.people_short(high, digits=1),
    )


def dots_line(result: Milestone, language: Language) -> str:
    """Return what the dots show."""
    t = language.text
    return t(
        "{chance}: simulated years that pass {mark} in {year}",
        chance=in_100(result.percent, language),
        mark=language.mark(result.mark),
        year=language.year(result.year),
    )


def caveats(language: Language) -> str:
    """Return what the probability means and does not mean, as Markdown."""
    t = language.text
    points = (
        t(
            "The probability is the share of simulated years that reach the mark. Each simulated year is drawn from a "
            "pool of statistical models fitted to the monthly figures known at the as-of month, both directions "
            "together."
        ),
        t(
            "The months of closed borders are left out of the fit. A new shock of that kind (boycott, disaster, "
            "epidemic) is not in the headline."
        ),
        t(
            "Every simulated path carries growth of 3.3% a year: the long-run forecast for world arrivals (World Tourism "
            "Organization, 2011). Evidence: fair; impact: medium, about 3% on next year's total."
        ),
        t(
            "Displayed probabilities stay between 1 and 99 in 100 unless the published figures already settle the "
            "question."
        ),
        t(
            "For past as-of months, first published values are used where they are on record; otherwise today's values "
            "stand in for them. Revisions on record are small."
        ),
    )
    return "\n".join(f"- {point}" for point in points)


def with_shocks(result: Milestone, struck: Milestone, probability: float, language: Language) -> str:
    """Return what rare slumps do to the answer."""
    t = language.text
    return t(
        "With rare slumps ({percent} a year, an assumption): **{after}** instead of {before}, median {median}.",
        percent=language.percent(probability, digits=0),
        after=in_100(struck.percent, language),
        before=in_100(result.percent, language),
        median=language.people_short(struck.median, digits=1),
    )


def dependence_line(dependence: float, language: Language) -> str:
    """Return how the two directions hang together."""
    t = language.text
    return t(
        "The two directions are drawn together: rank correlation of their past errors {value}.",
        value=language.number(dependence, digits=2),
    )


def cause_name(cause: str, language: Language) -> str:
    """Return what moved an answer."""
    t = language.text
    return {"revision": t("Revision"), "new data": t("New data"), "model": t("Change of model")}[cause]
