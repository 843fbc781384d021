"""The Sources page in words: what each table counts, its terms, its known gaps."""

from datetime import date

import pandas as pd

from crossings.errors import N_
from crossings.language.labels import months as span_of
from crossings.language.labels import subject
from crossings.language.language import Language
from crossings.language.likelihood import in_100
from crossings.models.forecast.milestone import Milestone
from crossings.tables.flows import DIRECTIONS, Flow, Published
from crossings.tables.releases import Freshness, Release

LATE_SHOWN = 3
# Sources whose figures were copied out by hand when the committed tables were made.
TRANSCRIBED = ("jnto202609v", "edrcnt_api")
# Publishers and terms that only the sources table names; those of a refresh are marked in their records.
IN_THE_TABLE = (
    N_("Ministry of Justice, Republic of Korea"),
    N_("Kyushu District Transport Bureau, Japan"),
    N_("Ministry of Foreign Affairs of Japan"),
    N_("Ministry of Foreign Affairs, Republic of Korea"),
    N_("Overseas Koreans Agency, Republic of Korea"),
    N_("Japan Student Services Organization (JASSO)"),
    N_("Korean air information portal (MOLIT)"),
    N_("Facts and figures quoted; cite the publisher"),
    N_("Figures quoted from the press; cite the publisher"),
)


def answer(month: pd.Period, fresh: Freshness, language: Language, *, asked: date | None = None) -> str:
    """Return the page's answer: how new the figures are, and what to do about newer ones that should be out.

    asked: the day of the last refresh, where it asked for them in vain.
    """
    said = language("The newest figures both ways are for **{month}**.", month=language.month(month))
    if not fresh.overdue:
        return said + language.gap + language("No newer release is due yet.")
    if asked is not None:
        return (
            said
            + language.gap
            + language.plural(
                "**One newer release** should be out by its usual rhythm; the refresh of {day} did not find it. "
                "Try again later, or add the figure by hand.",
                "**{count} newer releases** should be out by their usual rhythm; the refresh of {day} did not find them. "
                "Try again later, or add the figures by hand.",
                len(fresh.overdue),
                day=language.day(asked),
            )
        )
    return (
        said
        + language.gap
        + language.plural(
            "**One newer release** should be out by its usual rhythm: press “Refresh now”.",
            "**{count} newer releases** should be out by their usual rhythm: press “Refresh now”.",
            len(fresh.overdue),
        )
    )


def standing(status: str, office: str, fresh: Freshness, language: Language) -> str:
    """Return how firm a flow's figures are, when its office published the newest and when the next are due."""
    held, coming = fresh.of(office)
    lines = [status]
    if held is not None:
        day = language.day(held.day)
        lines.append(
            language("Published about {day} (the office's usual day; the day itself was not seen).", day=day)
            if held.by_rule
            else language("Published on {day}.", day=day)
        )
    late = [release for release in fresh.overdue if release.office == office][-LATE_SHOWN:]
    lines += [f":orange[{_late(release, language)}]" for release in late]
    if coming is not None:
        lines.append(_next(coming, language))
    return "\n\n".join(lines)


def _late(release: Release, language: Language) -> str:
    return language(
        "{month} should have been out about {day}.",
        month=language.month(release.month),
        day=language.day(release.day),
    )


def _next(release: Release, language: Language) -> str:
    values = {"month": language.month(release.month), "day": language.day(release.day)}
    if release.office == "JNTO":
        return language(
            "Next: {month}, about {day}, 16:15 Japan time (usually the third Wednesday).", **values
        )
    return language("Next: {month}, about {day} (the last working day or up to a week before).", **values)


def change_kind(kind: str, language: Language) -> str:
    """Return what happened to a figure in a refresh."""
    return {
        "new": language("new"),
        "revised": language("revised"),
        "firmer": language("firmer status"),
        "weaker": language("weaker status"),
        "withdrawn": language("withdrawn"),
        "corrected": language("corrected"),
        "older": language("older, not taken"),
        "gap": language("months before it missing, not taken"),
    }.get(kind, kind)


def effect(before: Milestone, after: Milestone, language: Language) -> str:
    """Return how new figures moved the year's median and the probability of its mark."""
    return language(
        "Visitors both ways in {year}: the median went from {median_before} to **{median_after}**, the probability of "
        "{mark} from {before} to **{after}**.",
        year=language.year(after.year),
        median_before=language.people_short(before.median),
        median_after=language.people_short(after.median),
        mark=language.mark(after.mark),
        before=in_100(before.percent, language),
        after=in_100(after.percent, language),
    )


def no_effect(answer: Milestone, language: Language) -> str:
    """Return that new figures left the projection as it was."""
    return language("The projection for {year} is as it was.", year=language.year(answer.year))


def waiting(month: pd.Period, have: Flow, lacks: Flow, language: Language) -> str:
    """Return that a month is not used by the projection before both directions have it."""
    return language(
        "{month} is here for: {have}. It is missing for: {lacks}. The projection takes a month once both are here; "
        "until then, add the missing figure by hand if you know it.",
        month=language.month(month),
        have=subject(have, language),
        lacks=subject(lacks, language),
    )


def table_title(name: str, language: Language) -> str:
    """Return the title of a published table; a table without one keeps its name."""
    titles = {
        "visitors": language("Visitor arrivals by month, origin and destination"),
        "vintages": language("Earlier published values"),
        "entries": language("Immigration entries by nation and port"),
        "events": language("Events"),
        "measures": language("Procedures and agreements"),
        "exchange_rates": language("Exchange rate, won per yen"),
        "air_supply": language("Flights and passengers between Korea and Japan"),
        "ages": language("Japanese visiting Korea by sex and age"),
        "statements": language("Public statements about a number of visitors"),
        "public_forecasts": language("Public forecasts, targets and expectations of visitors"),
        "summits": language("Meetings of the leaders"),
        "corrections": language("Published figures known to be wrong"),
        "track_record": language("Track record: annual totals"),
        "track_record_marks": language("Track record: probabilities of marks"),
        "residents": language("Residents, students and working-holiday visas each way"),
        "working_holiday_quota": language("Working-holiday quota of each country"),
        "nationals_abroad": language("Nationals in third countries"),
        "joint_evacuations": language("Evacuations from third countries"),
        "memorandum": language("Memorandum of cooperation of 6 September 2024"),
        "releases": language("Release days"),
        "published_totals": language("Published annual totals (for checks)"),
        "sources": language("List of sources"),
    }
    return titles.get(name, name)


def what_is_counted(name: str, language: Language) -> str:
    """Return in one or two sentences what a table counts."""
    said = {
        "visitors": language(
            "To Japan: JNTO visitor arrivals by nationality, worked out from immigration records; permanent residents "
            "and crews are left out. To Korea: KTO foreign visitor arrivals by nationality; crews are in."
        ),
        "vintages": language(
            "Values of the same months as they were first or later published, with the day."
        ),
        "entries": language(
            "Entries counted by the ministries of justice. Another count than visitor arrivals, never added to it."
        ),
        "events": language("Dated events and the change in visitors that followed; not proof of cause."),
        "measures": language(
            "Visa, authorisation, gate, kiosk, lane and pre-clearance measures with their dates."
        ),
        "exchange_rates": language("Monthly mean of the ratio of the two euro reference rates."),
        "air_supply": language(
            "Flights between the two countries by month, both directions together and all-cargo flights included, and "
            "their passengers. Another count than visitor arrivals."
        ),
        "ages": language("KTO foreign visitor arrivals from Japan by sex or by age; crews stand apart."),
        "statements": language(
            "Targets, forecasts and results said in public, in our words, with the flow and year they speak of."
        ),
        "public_forecasts": language(
            "Figures that institutions or the press named for a year, with their kind, their day and where they were read."
        ),
        "summits": language(
            "Meetings of the leaders of Korea and Japan since September 2022, with place and occasion."
        ),
        "corrections": language(
            "Values that a publisher is known to have printed wrongly, with the right ones and the reason."
        ),
        "track_record": language(
            "What the projection would have said of a year's total in each past month, and what came. Computed, not "
            "published."
        ),
        "track_record_marks": language(
            "The probability that would have been given for passing each mark in each past month, and whether it was "
            "passed. Computed, not published."
        ),
        "residents": language(
            "Printed counts at single dates; their kinds are not comparable with each other."
        ),
        "working_holiday_quota": language(
            "The most visas each country may issue in a year, from the day named."
        ),
        "nationals_abroad": language("Printed counts by country, region and kind; kinds are never added up."),
        "joint_evacuations": language(
            "Who arranged the transport and whose nationals were carried, as reported."
        ),
        "memorandum": language("The areas named in the published releases."),
        "releases": language(
            "Days on which the two offices published, and the days expected by their rhythm."
        ),
        "published_totals": language(
            "Totals as the offices printed them; the monthly figures must add up to them."
        ),
        "sources": language("Publisher, address, date and terms of every source key."),
    }
    return said.get(name, "")


def gaps(published: Published, language: Language) -> str:
    """Return the known gaps, as Markdown."""
    points = (
        *_transcribed(published, language),
        language("Japanese visiting Korea start in January 2005 by month; earlier months were not found."),
        language(
            "Figures to Japan before 2003 come from a compilation that quotes JNTO; its totals add up to JNTO's annual "
            "totals."
        ),
        language(
            "JNTO prints no estimate for eleven smaller markets: they end earlier. For 47 nationalities the committed "
            "figures to Korea end in May 2025; a refresh with a key fills them up."
        ),
        language(
            "The split of definitive and provisional months to Korea is a reading; the office labels no months."
        ),
        language("The very small numbers of 2020 to 2022 are real: borders were closed."),
    )
    return "\n".join(f"- {point}" for point in points)


def _transcribed(published: Published, language: Language) -> list[str]:
    """Return for each flow which of its months were transcribed by hand and not revised since."""
    said = []
    for flow in DIRECTIONS:
        origin, destination = flow.value.split("-")
        rows = published.visitors
        rows = rows[(rows["origin"] == origin) & (rows["destination"] == destination)]
        months = rows.loc[rows["source"].isin(TRANSCRIBED), "month"]
        if len(months):
            said.append(
                language(
                    "{who}, {span}: transcribed from copies and checked against published totals.",
                    who=subject(flow, language),
                    span=span_of(months.min(), months.max(), language),
                )
            )
    return said


def revisions_takeaway(largest_share: float | None, count: int, language: Language) -> str:
    """Return how large the revisions on record are."""
    if largest_share is None:
        return language("No earlier value is on record.")
    return language(
        "Of {count} earlier values on record for months of 10,000 visitors and more, the largest later change was "
        "{percent}.",
        count=language.number(count),
        percent=language.percent(largest_share, digits=2),
    )


def terms(text: str, language: Language) -> str:
    """Return the terms of use in the reader's language."""
    return language(text)


def seen(copy: bool, language: Language) -> str:
    """Return whether the original or a copy was read."""
    return language("seen in copy") if copy else language("original")
