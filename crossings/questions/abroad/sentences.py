"""The Abroad page in words: the answer, a chosen country, the memorandum, what the counts leave open."""

from collections.abc import Iterable, Sequence

import pandas as pd

from crossings.language.countries import country as territory
from crossings.language.language import Language
from crossings.language.press import source_name
from crossings.tables import abroad
from crossings.tables.abroad import Abroad, Carried, Count, Evacuation
from crossings.tables.citations import cited

PUBLISHERS_NAMED = 3


def country_name(code: str, language: Language) -> str:
    """Return a country's name; one without a place keeps its code."""
    place = abroad.places().get(code)
    return code if place is None else territory(place.alpha_2, language)


def where(count: Count, language: Language) -> str:
    """Return where a count was made: the country, with the region it was counted in where it names one."""
    region = language(count.region) if count.region else ""
    if count.where in ("", abroad.WORLD):
        return region
    name = country_name(count.where, language)
    return language("{place} ({remark})", place=name, remark=region) if region else name


def sides(language: Language) -> tuple[str, ...]:
    """Return the two countries, the reader's own first."""
    return abroad.SIDES[::-1] if language.conventions.region == "jp" else abroad.SIDES


def side(code: str, language: Language) -> str:
    """Return Korea or Japan."""
    return language("Korea") if code == "KOR" else language("Japan")


def kind(text: str, language: Language) -> str:
    """Return who is counted, as the beginning of a sentence."""
    translated = language(text)
    return translated[:1].upper() + translated[1:]


def persons(count: Count, language: Language) -> str:
    """Return a count as precise as it was printed."""
    number = language.people(count.persons)
    if count.precision == "lower_bound":
        return language("at least {count}", count=number)
    return number if count.precision == "exact" else language("about {count}", count=number)


def number(carried: int | None, language: Language) -> str:
    """Return how many were carried, or that it was not published."""
    return language("not published") if carried is None else language.people(carried)


def remark(count: Count, language: Language) -> str:
    """Return what a reader must know of a count."""
    return language(count.remark) if count.remark else ""


def answer(known: Abroad, language: Language) -> str:
    """Return the page's answer: residents each way, and what each side carried of the other."""
    in_japan, in_korea = residents_now(known)
    residents = language(
        "Koreans living in Japan: **{koreans}** ({day}). Japanese living in Korea: **{japanese}** "
        "({other_day}).",
        koreans=language.people(in_japan.persons),
        day=language.day(in_japan.day),
        japanese=language.people(in_korea.persons),
        other_day=language.day(in_korea.day),
    )
    return language.in_a_row([residents, _operations_line(abroad.joint(known), language)])


def why_here(language: Language) -> str:
    """Return why a page on visitors counts nationals abroad: the memorandum of the two governments."""
    return language(
        "Background: the memorandum of cooperation of 6 September 2024 concerns the protection of each "
        "other's nationals in third countries."
    )


def residents_now(known: Abroad) -> tuple[Count, Count]:
    """Return the newest counts of Koreans living in Japan and of Japanese living in Korea."""
    koreans = abroad.series(known.residents, where="JPN", nationality="KOR", kind=abroad.RESIDENTS_IN_JAPAN)
    japanese = abroad.series(known.residents, where="KOR", nationality="JPN", kind=abroad.RESIDENTS_IN_KOREA)
    return koreans[-1], japanese[-1]


def _operations_line(operations: tuple[Evacuation, ...], language: Language) -> str:
    countries = language.number(len({operation.country for operation in operations}))
    first = language.year(min(operation.day for operation in operations).year)
    return language.plural(
        "Since {first}, **one joint evacuation** from a third country is documented.",
        "Since {first}, **{count} joint evacuations** from {countries} third countries are documented.",
        len(operations),
        first=first,
        countries=countries,
    )


def carried_comparison(carried: Carried, language: Language) -> str:
    """Return in how many operations, and in how many of them no number was published."""
    operations = language.plural("in one evacuation", "in {count} evacuations", carried.operations)
    if not carried.unpublished:
        return operations
    return language(
        "{said}, {count} of them without a published number",
        said=operations,
        count=language.number(carried.unpublished),
    )


def distance(country: str, language: Language) -> str:
    """Return how far a country lies from Korea and from Japan."""
    away = [
        language.number(round(abroad.distance_km(country, side=side) / 100) * 100) for side in abroad.SIDES
    ]
    return language(
        "Distance to {country}: about {korea} km from Seoul, about {japan} km from Tokyo (great circle).",
        country=country_name(country, language),
        korea=away[0],
        japan=away[1],
    )


def operations_there(known: Abroad, country: str, language: Language) -> str:
    """Return how many joint operations there were out of a country and out of its region, with their transport."""
    joint = abroad.joint(known)
    there, around = abroad.there(joint, country), abroad.in_region(joint, country)
    transports = dict.fromkeys(language(operation.transport) for operation in there or around)
    return language.in_a_row(
        [
            _out_of_country(len(there), country, language),
            _out_of_region(len(around), country, language, none_there=not there),
            language("Means of transport: {means}.", means=language.listed(list(transports)))
            if transports
            else "",
        ]
    )


def _out_of_country(operations: int, country: str, language: Language) -> str:
    name = country_name(country, language)
    if not operations:
        return language("No documented joint evacuation from {country}.", country=name)
    return language.plural(
        "One joint evacuation from {country}.",
        "{count} joint evacuations from {country}.",
        operations,
        country=name,
    )


def _out_of_region(operations: int, country: str, language: Language, *, none_there: bool) -> str:
    region_name = abroad.places()[country].region
    region = language(region_name)
    if operations:
        return language.plural(
            "One from the rest of the region ({region}).",
            "{count} from the rest of the region ({region}).",
            operations,
            region=region,
        )
    return (
        language("None from the rest of the region ({region}) either.", region=region) if none_there else ""
    )


def nobody_counted(known: Abroad, country: str, language: Language) -> str:
    """Return for whose nationals no figure in a country was found, or nothing."""
    sides = {count.nationality for count in abroad.newest_in(known, country)}
    if not sides:
        return language("No data on nationals in this country.")
    if "KOR" not in sides:
        return language("No data on Koreans in this country.")
    return "" if "JPN" in sides else language("No data on Japanese in this country.")


def counts_caption(known: Abroad, country: str, language: Language) -> str:
    """Return what stands under the counts in one country: whose are lacking, and where the others come from."""
    lacking = nobody_counted(known, country, language)
    counts = abroad.newest_in(known, country)
    if not counts:
        return lacking
    sources = source_line([count.source for count in counts], known, language)
    return language.in_a_row(
        [lacking, language("Counts of different kinds are not added together."), sources]
    )


def carriers(operation: Evacuation, language: Language) -> str:
    """Return who arranged the transport."""
    names = [side(code, language) for code in sides(language) if code in operation.carriers]
    return language.listed(names)


def short_label(operation: Evacuation, language: Language) -> str:
    """Return an operation's row name: month, country left, who carried."""
    return language(
        "{country} ({month}, {carriers})",
        country=country_name(operation.country, language),
        month=language.month(pd.Period(operation.day, "M")),
        carriers=carriers(operation, language),
    )


def memorandum(known: Abroad, language: Language) -> str:
    """Return which areas of the memorandum published releases name."""
    return language(
        "Signed on 6 September 2024. The {named} areas of cooperation below are named in published press releases.",
        named=language.number(len(known.areas)),
    )


def source_line(cells: Iterable[str], known: Abroad, language: Language) -> str:
    """Return the publishers of some rows, most cited first; the rest by number."""
    sources = [source for cell in cells for source in cited(cell, known.citations)]
    names = [source_name(source, language) for source in sources]
    ordered = sorted(dict.fromkeys(names), key=lambda name: -names.count(name))
    shown = language.in_a_list(ordered[:PUBLISHERS_NAMED])
    named = language("Source: {publishers}.", publishers=shown)
    rest = len(ordered) - PUBLISHERS_NAMED
    if rest <= 0:
        return named
    more = language.plural(
        "One further source is listed on the page “Data sources”.",
        "{count} further sources are listed on the page “Data sources”.",
        rest,
    )
    return language.in_a_row([named, more])


def status_line(confidences: Sequence[str], language: Language) -> str:
    """Return how many of some figures are confirmed by an official text or by two sources, and how many have one."""
    sure = sum(confidence == "verified" for confidence in confidences)
    if sure == len(confidences):
        return language("Every figure is confirmed by an official text or two sources.")
    if not sure:
        return language("Each figure rests on a single source.")
    return language.plural(
        "One of {all} figures is confirmed by an official text or two sources; the others rest on a single "
        "source.",
        "{count} of {all} figures are confirmed by an official text or two sources; the others rest on a "
        "single source.",
        sure,
        all=language.number(len(confidences)),
    )


def caveats(language: Language) -> str:
    """Return what the counts leave open, as Markdown."""
    points = (
        language(
            "Counts of different kinds are never added or compared. Japan's foreign ministry counts "
            "nationals staying three months or more; Korea's count of overseas Koreans includes foreign "
            "nationals of Korean descent; a government statement in a crisis may include short-term "
            "visitors."
        ),
        language(
            "A country without a dot has no figure in the sources found; it does not mean that nobody is "
            "there. Missing years between two dots are not filled in."
        ),
        language(
            "Until 2014 Japan's resident statistics counted holders of “Korea” and “Chosen” status together."
        ),
        language(
            "An evacuation counts as joint where one country carried nationals of the other or both arranged the "
            "transport together; cases only planned when reported are included. Separate "
            "evacuations are not included above. Nothing later than mid-March 2026 was collected."
        ),
        language(
            "Distances and positions are approximate (tz database, public domain). Coastlines: Natural "
            "Earth, 1:110 million (public domain); small islands are not shown. The map draws no borders."
        ),
    )
    return "\n".join(f"- {point}" for point in points)
