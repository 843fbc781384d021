"""The Sources page in words: what each table counts, its terms, its known gaps."""

import pandas as pd

from crossings.releases import Freshness
from crossings.words.language import Language
from crossings.words.press import press


def answer(month: pd.Period, fresh: Freshness, language: Language) -> str:
    """Return the page's answer: how new the figures are, from whom, and whether newer ones should be out."""
    t = language.text
    offices = language.listed([f"{release.office} ({language.day(release.day)})" for release in fresh.held])
    said = t(
        "The newest figures are for **{month}**, published by {offices}.",
        month=language.month(month),
        offices=offices,
    )
    late = warning_here(fresh, language)
    return f"{said} {late}" if late else said


def warning_here(fresh: Freshness, language: Language) -> str:
    """Return which releases should be out already, or nothing."""
    tn = language.plural
    if not fresh.overdue:
        return ""
    named = ", ".join(
        f"{release.office} {language.month(release.month)} ({language.day(release.day)})"
        for release in fresh.overdue
    )
    return tn(
        "**One newer release** should be out by its usual rhythm: {releases}.",
        "**{count} newer releases** should be out by their usual rhythm: {releases}.",
        len(fresh.overdue),
        releases=named,
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


def gaps(language: Language) -> str:
    """Return the known gaps, as Markdown."""
    t = language.text
    points = (
        t(
            "September and October 2026 are missing: the releases were not at hand when the figures were compiled."
        ),
        t("Japanese visiting Korea start in January 2005 by month; earlier months were not found."),
        t(
            "Figures to Japan before 2003 come from a compilation that quotes JNTO; its totals add up to JNTO's annual "
            "totals."
        ),
        t(
            "January 2025 to August 2026 (to Japan) and June 2025 to August 2026 (to Korea) were transcribed from "
            "copies and checked against published totals."
        ),
        t(
            "JNTO prints no estimate for eleven smaller markets: they end earlier. For 47 nationalities the figures to "
            "Korea end in May 2025."
        ),
        t(
            "The split of definitive and provisional months to Korea is a reading; the office labels no months."
        ),
        t("The very small numbers of 2020 to 2022 are real: borders were closed."),
    )
    return "\n".join(f"- {point}" for point in points)


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
