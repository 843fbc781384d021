"""Sentences about the calendar: how much of a change the moved holidays are."""

from crossings.language.labels import rise, subject
from crossings.language.language import Language
from crossings.models.events.calendar import CalendarPart


def term_name(term: str, language: Language) -> str:
    """Return the name of a part of the calendar."""
    return {
        "seollal": language("Seollal"),
        "chuseok": language("Chuseok"),
        "golden_week": language("Golden Week"),
        "obon": language("Obon"),
        "weekends": language("weekends"),
        "leap_day": language("leap day"),
    }.get(term, term)


def points(share: float, language: Language) -> str:
    """Return a part of a change in percentage points, signed."""
    value = round(share * 100, 1) + 0.0
    said = language.number(abs(value), digits=1)
    sign = "−" if value < 0 else "+" if value > 0 else ""
    return language("{number} points", number=sign + said)


def calendar_sentence(part: CalendarPart, language: Language) -> str:
    """Return a month's change on a year earlier and how much of it is the calendar, or that this cannot be told."""
    words = {
        "month": language.month(part.month),
        "who": subject(part.flow, language),
        "change": rise(part.change, language),
        "names": language.listed([term_name(str(name), language) for name in part.parts.index]),
        "points": points(part.part, language),
        "without": rise(part.without, language),
        "low": points(part.interval[0], language),
        "high": points(part.interval[1], language),
    }
    if part.parts.empty:
        return language(
            "{who} in {month}: {change} on a year earlier; no holiday moved between the two months.", **words
        )
    if part.clear:
        return language(
            "{who} in {month}: {change} on a year earlier (calendar effect {points}: {names}); "
            "without the calendar effect {without}.",
            **words,
        )
    return language(
        "{who} in {month}: {change} on a year earlier; the size of the calendar effect ({names}) "
        "cannot be determined ({low} to {high}).",
        **words,
    )
