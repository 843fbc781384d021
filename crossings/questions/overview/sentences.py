"""The Overview page in sentences: numbers in, one careful answer out."""

import pandas as pd

from crossings.errors import N_
from crossings.language.labels import rise, short_source, subject
from crossings.language.language import Language
from crossings.language.rounding import count_beside
from crossings.tables.flows import Flow
from crossings.tables.totals import Standing


def answer(
    flow: Flow,
    language: Language,
    *,
    month: pd.Period,
    to_date: float,
    to_date_change: float | None,
    mark: float,
    reached: int | None,
    reached_before: int | None,
    estimates: str = "",
) -> str:
    """Return the page's answer in Markdown: the year to date, its change, its status, and where the mark stands.

    reached and reached_before are the months in which this year and last year reached the mark, or None. estimates:
    the span of months that are estimates, empty where there is none.
    """
    span = language.span(pd.Period(f"{month.year}-01", "M"), month)
    who, count = subject(flow, language), count_beside(to_date, mark, language)
    before = language.year(month.year - 1)
    said = {"who": who, "count": count, "span": span}
    if to_date_change is None:
        first = language("{who}: **{count}** in {span}.", **said)
    elif abs(to_date_change) < 0.0005:
        first = language(
            "{who}: **{count}** in {span}, unchanged on the same period of {year}.", year=before, **said
        )
    else:
        first = language(
            "{who}: **{count}** in {span}, **{rise}** on the same period of {year}.",
            rise=rise(to_date_change, language),
            year=before,
            **said,
        )
    soft = language("{span}: estimates.", span=estimates) if estimates else ""
    marked = mark_sentence(
        language, month=month, to_date=to_date, mark=mark, reached=reached, reached_before=reached_before
    )
    return language.in_a_row((first, soft, marked))


def to_copy(now: Standing, language: Language, *, estimates: str) -> str:
    """Return one plain sentence to paste: year to date and newest month, changes, status, source."""
    month = now.month
    span = language.span(pd.Period(f"{month.year}-01", "M"), month)
    changes = [
        language("{change} on {year}", change=rise(change, language), year=language.year(year))
        for year, change in sorted(now.to_date_change.items(), reverse=True)
        if change is not None
    ]
    soft = language("{span} estimates", span=estimates) if estimates else language("no estimates")
    return language(
        "{who} in {span}: {count} ({changes}); {month}: {latest}, {change} on a year earlier ({status}; "
        "source: {source}).",
        who=subject(now.flow, language),
        span=span,
        count=language.people(now.to_date),
        changes=language.in_a_list(changes),
        month=language.month(month),
        latest=language.people(now.latest),
        change="–" if now.latest_change is None else rise(now.latest_change, language),
        status=soft,
        source=short_source(now.flow, language),
    )


def mark_sentence(
    language: Language,
    *,
    month: pd.Period,
    to_date: float,
    mark: float,
    reached: int | None,
    reached_before: int | None,
) -> str:
    """Return where the mark stands: passed, and how that compares with last year, or how far away."""
    said = language.mark(mark)
    if reached is None:
        return language("**{gap}** short of {mark}.", mark=said, gap=language.people_short(mark - to_date))
    passed = language.month_name(reached)
    last_year = language.year(month.year - 1)
    if reached_before is None:
        return language(
            "The total passed {mark} in **{month}**; {year} did not reach it.",
            mark=said,
            month=passed,
            year=last_year,
        )
    earlier = reached_before - reached
    if earlier == 0:
        return language(
            "The total passed {mark} in **{month}**, as in {year}.",
            mark=said,
            month=passed,
            year=last_year,
        )
    if earlier > 0:
        return language.plural(
            "The total passed {mark} in **{month}**, one month earlier than in {year}.",
            "The total passed {mark} in **{month}**, {count} months earlier than in {year}.",
            earlier,
            mark=said,
            month=passed,
            year=last_year,
        )
    return language.plural(
        "The total passed {mark} in **{month}**, one month later than in {year}.",
        "The total passed {mark} in **{month}**, {count} months later than in {year}.",
        -earlier,
        mark=said,
        month=passed,
        year=last_year,
    )


def reached_takeaway(reached: dict[int, int | None], mark: float, language: Language) -> str:
    """Return in which month each year reached the mark; years in the order given."""
    said = [
        language("{month} in {year}", year=language.year(year), month=language.month_name(month))
        for year, month in reached.items()
        if month
    ]
    without = language.in_a_list([language.year(year) for year, month in reached.items() if not month])
    said += [language("not reached in {years}", years=without)] if without else []
    return language(
        "Month in which the year-to-date total reached {mark}: {years}.",
        mark=language.mark(mark),
        years=language.listed(said),
    )


def month_takeaway(latest: Standing, language: Language) -> str:
    """Return the latest month, its change and whether it is the highest such month on record."""
    month, count = language.month(latest.month), language.people_short(latest.latest)
    if latest.latest_change is None:
        return language("{month}: {count}.", month=month, count=count)
    change = rise(latest.latest_change, language)
    if latest.record_month:
        return language(
            "{month}: {count}, {change} on a year earlier; the highest {name} on record.",
            month=month,
            count=count,
            change=change,
            name=language.month_name(latest.month.month),
        )
    return language("{month}: {count}, {change} on a year earlier.", month=month, count=count, change=change)


def rolling_takeaway(rolling: pd.Series, language: Language) -> str:
    """Return the latest twelve-month sum and whether it is the highest shown."""
    known = rolling.dropna()
    if known.empty:
        return language("No twelve months in a row are published for the years shown.")
    month, count = language.month(known.index[-1]), language.people_short(float(known.iloc[-1]))
    if known.iloc[-1] >= known.max():
        return language(
            "Twelve months to {month}: {count}, the highest of the years shown.", month=month, count=count
        )
    return language(
        "Twelve months to {month}: {count}; the highest of the years shown was {peak} in the twelve months to {when}.",
        month=month,
        count=count,
        peak=language.people_short(float(known.max())),
        when=language.month(known.index[int(known.to_numpy().argmax())]),
    )


def change_takeaway(changes: pd.Series, language: Language) -> str:
    """Return for how many months in a row the flow has been above or below its year-earlier value."""
    known = changes.dropna()
    if known.empty:
        return language("No month can be compared with a year earlier in the years shown.")
    up = bool(known.iloc[-1] > 0)
    other = (known.to_numpy() > 0) != up
    run = int(other[::-1].argmax()) if other.any() else len(known)
    month, share = language.month(known.index[-1]), rise(float(known.iloc[-1]), language)
    if run == 1:
        return language("{month}: {share} on a year earlier.", month=month, share=share)
    if up:
        said = N_(
            "{month}: {share} on a year earlier; {count} months in a row above the level a year earlier."
        )
    else:
        said = N_(
            "{month}: {share} on a year earlier; {count} months in a row not above the level a year earlier."
        )
    return language(said, month=month, share=share, count=run)


def count_or_dash(persons: float | None, language: Language) -> str:
    """Return a count to the person, or a dash where it is missing."""
    return "–" if persons is None else language.people(persons)


def caveats(language: Language) -> str:
    """Return what is counted and what to keep in mind, as Markdown."""
    points = (
        language(
            "Koreans visiting Japan: JNTO visitor arrivals by nationality. Permanent residents of Japan and "
            "crews are excluded; re-entering students and expatriates, and transit and cruise landings, are "
            "included."
        ),
        language(
            "Japanese visiting Korea: KTO foreign visitor arrivals by nationality. Each entry is counted; "
            "crews are included."
        ),
        language(
            "The two offices count differently. The two governments quote the sum of the two as visitors in "
            "both directions."
        ),
        language(
            "JNTO rounds its estimates to 100 and later replaces them with provisional and then definitive "
            "figures; documented revisions for Koreans are under 0.02%."
        ),
        language(
            "Changes on a year earlier include the effect of moved holidays; they are not adjusted for the "
            "calendar."
        ),
    )
    return "\n".join(f"- {point}" for point in points)
