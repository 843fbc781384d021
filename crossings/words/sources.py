"""The Sources page in words: what each table counts, its terms, its known gaps."""

from datetime import date

import pandas as pd

from crossings.flows import DIRECTIONS, Flow, Published
from crossings.forecast.milestone import Milestone
from crossings.releases import Freshness, Release
from crossings.words.labels import months as span_of
from crossings.words.language import Language
from crossings.words.likelihood import in_100
from crossings.words.overview import subject
from crossings.words.press import press

LATE_SHOWN = 3
# Sources whose figures were copied out by hand when the committed tables were made.
TRANSCRIBED = ("jnto202609v", "edrcnt_api")


def answer(month: pd.Period, fresh: Freshness, language: Language, *, asked: date | None = None) -> str:
    """Return the page's answer: how new the figures are, and what to do about newer ones that should be out.

    asked: the day of the last refresh, where it asked for them in vain.
    """
    t, tn = language.text, language.plural
    said = t("The newest figures both ways are for **{month}**.", month=language.month(month))
    if not fresh.overdue:
        return said + language.gap + t("No newer release is due yet.")
    if asked is not None:
        return said + language.gap + tn(
            "**One newer release** should be out by its usual rhythm; the refresh of {day} did not find it. Try again "
            "later, or add the figure by hand.",
            "**{count} newer releases** should be out by their usual rhythm; the refresh of {day} did not find them. Try "
            "again later, or add the figures by hand.",
            len(fresh.overdue),
            day=language.day(asked),
        )  # fmt: skip
    return said + language.gap + tn(
        "**One newer release** should be out by its usual rhythm: press “Refresh now”.",
        "**{count} newer releases** should be out by their usual rhythm: press “Refresh now”.",
        len(fresh.overdue),
    )  # fmt: skip


def standing(status: str, office: str, fresh: Freshness, language: Language) -> str:
    """Return how firm a flow's figures are, when its office published the newest and when the next are due."""
    t = language.text
    held, coming = fresh.of(office)
    lines = [status]
    if held is not None:
        day = language.day(held.day)
        lines.append(
            t("Published about {day} (the office's usual day; the day itself was not seen).", day=day)
            if held.by_rule
            else t("Published on {day}.", day=day)
        )
    late = [release for release in fresh.overdue if release.office == office][-LATE_SHOWN:]
    lines += [f":orange[{_late(release, language)}]" for release in late]
    if coming is not None:
        lines.append(_next(coming, language))
    return "\n\n".join(lines)


def _late(release: Release, language: Language) -> str:
    t = language.text
    return t(
        "{month} should have been out on {day}.",
        month=language.month(release.month),
        day=language.day(release.day),
    )


def _next(release: Release, language: Language) -> str:
    t = language.text
    values = {"month": language.month(release.month), "day": language.day(release.day)}
    if release.office == "JNTO":
        return t("Next: {month}, on {day} about 16:15 Japan time (third Wednesday of the month).", **values)
    return t("Next: {month}, about {day} (end of the following month).", **values)


def source_name(source: str, language: Language) -> str:
    """Return what a source of the refresh is called on the page; others keep their key."""
    t = language.text
    names = {
        "jnto": "JNTO",
        "kto": t("KTO service (data.go.kr)"),
        "kosis": "KOSIS",
        "estat": "e-Stat",
        "ecb": t("European Central Bank"),
        "publish": t("Putting in place"),
    }
    if source.startswith("jnto_"):
        return t("JNTO workbook")
    return t("KTO workbook") if source.startswith("kto_book_") else names.get(source, source)


def change_kind(kind: str, language: Language) -> str:
    """Return what happened to a figure in a refresh."""
    t = language.text
    return {
        "new": t("new"),
        "revised": t("revised"),
        "firmer": t("firmer status"),
        "weaker": t("weaker status"),
        "withdrawn": t("withdrawn"),
        "corrected": t("corrected"),
        "older": t("older, not taken"),
        "gap": t("months before it missing, not taken"),
    }.get(kind, kind)


def effect(before: Milestone, after: Milestone, language: Language) -> str:
    """Return how new figures moved the year's median and the probability of its mark."""
    t = language.text
    return t(
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
    t = language.text
    return t("The projection for {year} is as it was.", year=language.year(answer.year))


def waiting(month: pd.Period, have: Flow, lacks: Flow, language: Language) -> str:
    """Return that a month is not used by the projection before both directions have it."""
    t = language.text
    return t(
        "{month} is here for: {have}. It is missing for: {lacks}. The projection takes a month once both are here; "
        "until then, add the missing figure by hand if you know it.",
        month=language.month(month),
        have=subject(have, language),
        lacks=subject(lacks, language),
    )


def table_title(name: str, language: Language) -> str:
    """Return the title of a published table; a table without one keeps its name."""
    t = language.text
    titles = {
        "visitors": t("Visitor arrivals by month, origin and destination"),
        "vintages": t("Earlier published values"),
        "entries": t("Immigration entries by nation and port"),
        "events": t("Events"),
        "measures": t("Procedures and agreements"),
        "exchange_rates": t("Exchange rate, won per yen"),
        "air_supply": t("Flights and passengers between Korea and Japan"),
        "ages": t("Japanese visiting Korea by sex and age"),
        "statements": t("Public statements about a number of visitors"),
        "summits": t("Meetings of the leaders"),
        "corrections": t("Published figures known to be wrong"),
        "track_record": t("Track record: annual totals"),
        "track_record_marks": t("Track record: probabilities of marks"),
        "residents": t("Residents, students and working-holiday visas each way"),
        "working_holiday_quota": t("Working-holiday quota of each country"),
        "nationals_abroad": t("Nationals in third countries"),
        "joint_evacuations": t("Evacuations from third countries"),
        "memorandum": t("Memorandum of cooperation of 6 September 2024"),
        "releases": t("Release days"),
        "published_totals": t("Published annual totals (for checks)"),
        "sources": t("List of sources"),
    }
    return titles.get(name, name)


def what_is_counted(name: str, language: Language) -> str:
    """Return in one or two sentences what a table counts."""
    t = language.text
    said = {
        "visitors": t(
            "To Japan: JNTO visitor arrivals by nationality, worked out from immigration records; permanent residents "
            "and crews are left out. To Korea: KTO foreign visitor arrivals by nationality; crews are in."
        ),
        "vintages": t("Values of the same months as they were first or later published, with the day."),
        "entries": t(
            "Entries counted by the ministries of justice. Another count than visitor arrivals, never added to it."
        ),
        "events": t("Dated events and the change in visitors that followed; not proof of cause."),
        "measures": t("Visa, authorisation, gate, kiosk, lane and pre-clearance measures with their dates."),
        "exchange_rates": t("Monthly mean of the ratio of the two euro reference rates."),
        "air_supply": t(
            "Flights between the two countries by month, both directions together and all-cargo flights included, and "
            "their passengers. Another count than visitor arrivals."
        ),
        "ages": t("KTO foreign visitor arrivals from Japan by sex or by age; crews stand apart."),
        "statements": t(
            "Targets, forecasts and results said in public, in our words, with the flow and year they speak of."
        ),
        "summits": t(
            "Meetings of the leaders of Korea and Japan since September 2022, with place and occasion."
        ),
        "corrections": t(
            "Values that a publisher is known to have printed wrongly, with the right ones and the reason."
        ),
        "track_record": t(
            "What the projection would have said of a year's total in each past month, and what came. Computed, not "
            "published."
        ),
        "track_record_marks": t(
            "The probability that would have been given for passing each mark in each past month, and whether it was "
            "passed. Computed, not published."
        ),
        "residents": t("Printed counts at single dates; their kinds are not comparable with each other."),
        "working_holiday_quota": t("The most visas each country may issue in a year, from the day named."),
        "nationals_abroad": t("Printed counts by country, region and kind; kinds are never added up."),
        "joint_evacuations": t("Who arranged the transport and whose nationals were carried, as reported."),
        "memorandum": t("The areas named in the published releases."),
        "releases": t("Days on which the two offices published, and the days expected by their rhythm."),
        "published_totals": t("Totals as the offices printed them; the monthly figures must add up to them."),
        "sources": t("Publisher, address, date and terms of every source key."),
    }
    return said.get(name, "")


def gaps(published: Published, language: Language) -> str:
    """Return the known gaps, as Markdown."""
    t = language.text
    points = (
        *_transcribed(published, language),
        t("Japanese visiting Korea start in January 2005 by month; earlier months were not found."),
        t(
            "Figures to Japan before 2003 come from a compilation that quotes JNTO; its totals add up to JNTO's annual "
            "totals."
        ),
        t(
            "JNTO prints no estimate for eleven smaller markets: they end earlier. For 47 nationalities the committed "
            "figures to Korea end in May 2025; a refresh with a key fills them up."
        ),
        t(
            "The split of definitive and provisional months to Korea is a reading; the office labels no months."
        ),
        t("The very small numbers of 2020 to 2022 are real: borders were closed."),
    )
    return "\n".join(f"- {point}" for point in points)


def _transcribed(published: Published, language: Language) -> list[str]:
    """Return for each flow which of its months were transcribed by hand and not revised since."""
    t = language.text
    said = []
    for flow in DIRECTIONS:
        origin, destination = flow.value.split("-")
        rows = published.visitors
        rows = rows[(rows["origin"] == origin) & (rows["destination"] == destination)]
        months = rows.loc[rows["source"].isin(TRANSCRIBED), "month"]
        if len(months):
            said.append(
                t(
                    "{who}, {span}: transcribed from copies and checked against published totals.",
                    who=subject(flow, language),
                    span=span_of(months.min(), months.max(), language),
                )
            )
    return said


def revisions_takeaway(largest_share: float | None, count: int, language: Language) -> str:
    """Return how large the revisions on record are."""
    t = language.text
    if largest_share is None:
        return t("No earlier value is on record.")
    return t(
        "Of {count} earlier values on record for months of 10,000 visitors and more, the largest later change was "
        "{percent}.",
        count=language.number(count),
        percent=language.percent(largest_share, digits=2),
    )


def publisher(name: str, language: Language) -> str:
    """Return a publisher in the reader's language; an unknown one and a site's address keep their own name."""
    t = language.text
    names = {
        "Japan National Tourism Organization (JNTO)": t("Japan National Tourism Organization (JNTO)"),
        "Korea Tourism Organization (KTO)": t("Korea Tourism Organization (KTO)"),
        "Immigration Services Agency and Ministry of Justice, Japan": t(
            "Immigration Services Agency and Ministry of Justice, Japan"
        ),
        "Ministry of Justice, Republic of Korea": t("Ministry of Justice, Republic of Korea"),
        "Kyushu District Transport Bureau, Japan": t("Kyushu District Transport Bureau, Japan"),
        "Ministry of Foreign Affairs of Japan": t("Ministry of Foreign Affairs of Japan"),
        "Ministry of Foreign Affairs, Republic of Korea": t("Ministry of Foreign Affairs, Republic of Korea"),
        "Overseas Koreans Agency, Republic of Korea": t("Overseas Koreans Agency, Republic of Korea"),
        "Japan Student Services Organization (JASSO)": t("Japan Student Services Organization (JASSO)"),
        "European Central Bank": t("European Central Bank"),
        "Korean air information portal (MOLIT)": t("Korean air information portal (MOLIT)"),
    }
    if name not in names and "; " in name:
        return "; ".join(publisher(part, language) for part in name.split("; "))
    return names.get(name) or press(name, language)


def terms(text: str, language: Language) -> str:
    """Return the terms of use in the reader's language."""
    t = language.text
    said = {
        "Facts and figures quoted; cite the publisher": t("Facts and figures quoted; cite the publisher"),
        "Figures quoted from the press; cite the publisher": t(
            "Figures quoted from the press; cite the publisher"
        ),
        "Free to quote with the source named as 日本政府観光局（JNTO） / Japan National Tourism Organization": t(
            "Free to quote with the source named as 日本政府観光局(JNTO)"
        ),
        "Korea Open Government Licence type 1, attribution (as quoted for the open data service)": t(
            "Korea Open Government Licence type 1: attribution"
        ),
        "Free use with the source named as European Central Bank": t(
            "Free use with the source named as European Central Bank"
        ),
    }
    return said.get(text, text)


def seen(copy: bool, language: Language) -> str:
    """Return whether the original or a copy was read."""
    t = language.text
    return t("seen in copy") if copy else t("original")
