"""Counts rounded so that they never stand on the other side of the mark they are read against."""

import math

from crossings.language.language import Language

FINEST_DIGITS = 2


def count_beside(persons: float, mark: float, language: Language, *, digits: int = FINEST_DIGITS) -> str:
    """Return a count rounded to `digits` decimals of a million, finer where that would cross the mark."""
    for fine in range(digits, FINEST_DIGITS + 1):
        if _same_side(persons, mark, digits=fine):
            return language.people_short(persons, digits=fine)
    return language.people(_whole(persons, mark))


def range_beside(ends: tuple[float, float], mark: float, language: Language, *, digits: int = 1) -> str:
    """Return an interval rounded to `digits` decimals of a million, finer where an end would cross the mark."""
    for fine in range(digits, FINEST_DIGITS + 1):
        if all(_same_side(end, mark, digits=fine) for end in ends):
            return language.people_range(*ends, digits=fine)
    low, high = (_whole(end, mark) for end in ends)
    return language.people_range(low, high, digits=FINEST_DIGITS + 1)


def _same_side(persons: float, mark: float, *, digits: int) -> bool:
    return (persons >= mark) == (round(round(persons / 1e6, digits) * 1e6) >= mark)


def _whole(persons: float, mark: float) -> int:
    return math.floor(persons) if persons < mark else round(persons)
