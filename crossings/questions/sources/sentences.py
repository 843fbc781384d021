"""The Sources page in words: what each table counts, its terms, its known gaps."""

from datetime import date

import pandas as pd

from crossings.errors import N_
from crossings.language import markup
from crossings.language.labels import months as span_of
from crossings.language.labels import subject
from crossings.language.language import Language
from crossings.language.likelihood import whole_percent
from crossings.models.forecast.milestone import Milestone
from crossings.tables.flows import DIRECTIONS, Flow, Published
from crossings.tables.provenance import Origin
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


def answer(
    month: pd.Period, fresh: Freshness, language: Language, *, asked: date | None = None, keeper: bool = True
) -> str:
    """Return the page's answer: how new the figures are, and what to do about newer ones that should be out.

    asked: the day of the last refresh, where it asked for them in vain. keeper: whether the reader may refresh.
    """
    said = language("The latest data in both directions are for **{month}**.", month=language.month(month))
    late = _overdue(len(fresh.overdue), language, asked=asked, keeper=keeper)
    return said + language.gap + late


def _overdue(count: int, language: Language, *, asked: date | None, keeper: bool) -> str:
    if not count:
        return language("No newer release is due yet.")
    if not keeper:
        return language.plural(
            "**One newer release** is overdue; the administrator of this server adds it.",
            "**{count} newer releases** are overdue; the administrator of this server adds them.",
            count,
        )
    if asked is not None:
        return language.plural(
            "**One newer release** is overdue; the refresh of {day} did not find it. Try again later, "
            "or add the figure by hand.",
            "**{count} newer releases** are overdue; the refresh of {day} did not find them. Try again "
            "later, or add the figures by hand.",
            count,
            day=language.day(asked),
        )
    return language.plural(
        "**One newer release** is overdue: press “Refresh now”.",
        "**{count} newer releases** are overdue: press “Refresh now”.",
        count,
    )


def standing(status: str, office: str, fresh: Freshness, language: Language) -> str:
    """Return how firm a flow's figures are, when its office published the newest and when the next are due."""
    held, coming = fresh.of(office)
    lines = [status]
    if held is not None:
        day = language.day(held.day)
        lines.append(
            language("Published around {day} (the office's usual day; not confirmed).", day=day)
            if held.by_rule
            else language("Published on {day}.", day=day)
        )
    late = [release for release in fresh.overdue if release.office == office][-LATE_SHOWN:]
    lines += [markup.coloured(_late(release, language)) for release in late]
    if coming is not None:
        lines.append(_next(coming, language))
    return markup.joined("  \n", lines)


def _late(release: Release, language: Language) -> str:
    return language(
        "The usual release day for {month} ({day}) has passed.",
        month=language.month(release.month),
        day=language.day(release.day),
    )


def _next(release: Release, language: Language) -> str:
    values = {"month": language.month(release.month), "day": language.day(release.day)}
    if release.office == "JNTO":
        return language(
            "Next: {month}, around {day}, 16:15 Japan time (usually the third Wednesday).", **values
        )
    return language("Next: {month}, around {day} (the last working day or up to a week before).", **values)


def change_kind(kind: str, language: Language) -> str:
    """Return what happened to a figure in a refresh."""
    return {
        "new": language("new"),
        "revised": language("revised"),
        "firmer": language("status raised (estimate → provisional → definitive)"),
        "weaker": language("status lowered"),
        "withdrawn": language("withdrawn"),
        "corrected": language("corrected"),
        "older": language("older, not used"),
        "gap": language("earlier months missing, not used"),
    }.get(kind, kind)


def effect(before: Milestone, after: Milestone, language: Language) -> str:
    """Return how new figures moved the year's median and the probability of its mark."""
    return language(
        "Visitors in both directions in {year}: central forecast {median_before} → **{median_after}**; "
        "probability of {mark} {before} → **{after}**.",
        year=language.year(after.year),
        median_before=language.people_short(before.median),
        median_after=language.people_short(after.median),
        mark=language.mark(after.mark),
        before=whole_percent(before.percent, language),
        after=whole_percent(after.percent, language),
    )


def no_effect(answer: Milestone, language: Language) -> str:
    """Return that new figures left the projection as it was."""
    return language("No change in the forecast for {year}.", year=language.year(answer.year))


def waiting(month: pd.Period, have: Flow, lacks: Flow, language: Language) -> str:
    """Return how the projection uses a month that one direction has and the other lacks."""
    return language(
        "{month}: available for {have}, missing for {lacks}. The forecast uses the known figure and estimates "
        "the missing one; if you know the missing figure, add it by hand.",
        month=language.month(month),
        have=subject(have, language),
        lacks=subject(lacks, language),
    )


def table_title(name: str, language: Language) -> str:
    """Return the title of a published table; a table without one keeps its name."""
    titles = {
        "visitors": language("Visitor arrivals by month, origin and destination"),
        "vintages": language("Earlier published values"),
        "entries": language("Immigration entries by nationality and port of entry"),
        "events": language("Events"),
        "measures": language("Procedures and agreements"),
        "exchange_rates": language("Exchange rate, won per yen"),
        "air_supply": language("Flights and passengers between Korea and Japan"),
        "ages": language("Japanese visiting Korea by sex and age"),
        "statements": language("Public statements about a number of visitors"),
        "public_forecasts": language("Public forecasts, targets and expectations of visitors"),
        "summits": language("Meetings of the leaders"),
        "corrections": language("Published figures replaced here after cross-checking"),
        "track_record": language("Forecast accuracy: annual totals"),
        "track_record_marks": language("Forecast accuracy: probabilities by threshold"),
        "residents": language("Residents, students and working-holiday visas in both directions"),
        "working_holiday_quota": language("Annual working-holiday quota of each country"),
        "nationals_abroad": language("Nationals in third countries"),
        "joint_evacuations": language("Evacuations from third countries"),
        "memorandum": language(
            "Korea-Japan memorandum on the protection of nationals in third countries (6 September 2024)"
        ),
        "visitor_spending": language("Spending of visitors and travel balances"),
        "values_of_time": language("Values of time and weights of waiting"),
        "public_costs": language("Costs of officers, gates and systems; charges"),
        "arrival_airports": language("Shares of airports of arrival"),
        "releases": language("Release days"),
        "published_totals": language("Published annual totals (for checks)"),
        "sources": language("List of sources"),
    }
    return titles.get(name, name)


COUNTED = {
    "visitors": N_(
        "To Japan: JNTO visitor arrivals by nationality, from immigration records; permanent residents "
        "and crews are excluded. To Korea: KTO foreign visitor arrivals by nationality; crews are "
        "included."
    ),
    "vintages": N_("Values of the same months as first or later published, with the date."),
    "entries": N_(
        "Entries counted by the ministries of justice. A different count from visitor arrivals; the two are never added."
    ),
    "events": N_("Events, their dates and the change in visitors that followed; no proof of cause."),
    "measures": N_("Visa, authorisation, gate, kiosk, lane and pre-clearance measures with their dates."),
    "exchange_rates": N_("Monthly mean of the ratio of the two euro reference rates."),
    "air_supply": N_(
        "Monthly flights between the two countries (both directions, all-cargo flights included) and "
        "their passengers; not comparable with visitor arrivals."
    ),
    "ages": N_("KTO visitor arrivals from Japan by sex or age; crews separate."),
    "statements": N_(
        "Targets, forecasts and results stated in public, paraphrased, with direction and year."
    ),
    "public_forecasts": N_(
        "Figures stated by institutions or the press for a year, with their kind, date and source."
    ),
    "summits": N_(
        "Meetings of the leaders of Korea and Japan since September 2022, with place and occasion."
    ),
    "corrections": N_(
        "Published figures that this app replaces after cross-checking, with the value used and the reason."
    ),
    "track_record": N_(
        "Annual totals forecast on the data of each past month, and the outcome. Calculated, not published."
    ),
    "track_record_marks": N_(
        "Probability of each threshold on the data of each past month, and whether it was reached. "
        "Calculated, not published."
    ),
    "residents": N_(
        "Published counts, each as of a given date; counts of different kinds are not comparable."
    ),
    "working_holiday_quota": N_("Annual visa quota, from the date given."),
    "nationals_abroad": N_("Published counts by country, region and kind; different kinds are never added."),
    "joint_evacuations": N_("Who arranged the transport and whose nationals were carried, as reported."),
    "memorandum": N_("Areas of cooperation named in published press releases."),
    "visitor_spending": N_(
        "Published spending in the country visited, without international fares, and travel balances, "
        "with evidence grades. No figure for Japanese in Korea after 2019 was found."
    ),
    "values_of_time": N_(
        "Conventions and estimates by country, with evidence grades. The two countries' values for "
        "airports could not be obtained."
    ),
    "public_costs": N_(
        "Published figures by country, with evidence grades. No official full cost of an officer-year "
        "was found."
    ),
    "arrival_airports": N_(
        "Counted, surveyed or derived from routes, with evidence grades. No table by nationality after "
        "2019 was found."
    ),
    "releases": N_("Release dates of the two offices, and the expected dates."),
    "published_totals": N_("Totals as published by the offices; the monthly figures must add up to them."),
    "sources": N_("Publisher, address, date and terms of every source."),
}


def what_is_counted(name: str, language: Language) -> str:
    """Return in one or two sentences what a table counts; empty for a table that is not known."""
    return language(COUNTED[name]) if name in COUNTED else ""


def gaps(published: Published, language: Language) -> str:
    """Return the known gaps, as Markdown."""
    points = (
        *_transcribed(published, language),
        language(
            "Monthly figures of Japanese visiting Korea begin in January 2005; earlier months were not found."
        ),
        language(
            "JNTO publishes no estimates for eleven smaller markets; their figures end earlier. For 47 nationalities the "
            "data on visits to Korea supplied with the app end in May 2025; a refresh adds the rest."
        ),
        language(
            "The split of definitive and provisional months to Korea is inferred; KTO does not label months."
        ),
        language(
            "The very small numbers of 2020 to 2022 are actual values, due to COVID-19 entry restrictions."
        ),
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
                    "{who}, {span}: entered from reprints and checked against published totals.",
                    who=subject(flow, language),
                    span=span_of(months.min(), months.max(), language),
                )
            )
    return said


def revisions_takeaway(largest_share: float | None, count: int, language: Language) -> str:
    """Return how large the revisions on record are."""
    if largest_share is None:
        return language("No earlier value is documented.")
    return language(
        "Of {count} documented earlier values for months of 10,000 visitors or more, the largest later "
        "change was {percent}.",
        count=language.number(count),
        percent=language.percent(largest_share, digits=2),
    )


def terms(text: str, language: Language) -> str:
    """Return the terms of use in the reader's language."""
    return language(text)


def dated(origin: Origin, language: Language) -> str:
    """Return a source's date, of the reprint where one was read, which is no day of publication; empty without one."""
    day = language.date_of(origin.date)
    return language("{day} (reprint)", day=day) if day and origin.seen_in_copy else day


def seen(copy: bool, language: Language) -> str:
    """Return whether the original or a copy was read."""
    return language("checked in a reprint") if copy else language("checked in the original")
