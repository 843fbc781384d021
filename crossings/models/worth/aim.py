"""Measures aimed at airports of arrival, and their effect by airport."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from crossings.errors import N_, Listed
from crossings.models.scenario.cost import SEED
from crossings.models.scenario.priors import even_draws
from crossings.models.scenario.settings import Choice, Settings
from crossings.models.worth.books import Array
from crossings.models.worth.errors import AirportUnknown, InputWrong
from crossings.models.worth.parameters import Country, Grade, airports
from crossings.models.worth.travel import ENTERING

TOLERANCE = 0.5


@dataclass(frozen=True)
class Landing:
    """Visitors gained at one airport of arrival: median, and the interval that holds 80 of 100 draws.

    share: 0 to 1, None where measures are aimed at airports. grade: of the airport's share.
    """

    country: Country
    code: str
    median: float
    low: float
    high: float
    share: float | None
    grade: Grade


def shares(country: Country, typed: Mapping[str, float] | None = None) -> dict[str, float]:
    """Return the per cent of travellers who arrive at each airport of a country.

    typed: other shares by airport code, which must sum to 100. Raises InputWrong.
    """
    if typed is None:
        return {place.code: place.share for place in airports() if place.country == country}
    if abs(sum(typed.values()) - 100) > TOLERANCE or any(share < 0 for share in typed.values()):
        raise InputWrong(
            N_("The shares of the airports sum to {total}%. Give shares from 0 up that sum to 100."),
            total=round(sum(typed.values()), 1),
        )
    return dict(typed)


def share_grades(country: Country, typed: Mapping[str, float] | None = None) -> dict[str, Grade]:
    """Return how good the share of each airport of a country is; a typed one names no source."""
    if typed is not None:
        return dict.fromkeys(typed, "typed")
    return {place.code: place.grade for place in airports() if place.country == country}


def reach(country: Country, codes: Iterable[str], typed: Mapping[str, float] | None = None) -> float:
    """Return the share (0 to 1) of the travellers entering a country who land at the airports named.

    Raises AirportUnknown, InputWrong.
    """
    known, wanted = shares(country, typed), set(codes)
    for code in sorted(wanted - known.keys()):
        raise AirportUnknown(
            N_("There is no airport {code} in the table. Known: {known}."),
            code=f"“{code[:20]}”",
            known=Listed(known),
        )
    return sum(known[code] for code in wanted) / 100


def aimed(
    settings: Settings, country: Country, codes: Iterable[str], typed: Mapping[str, float] | None = None
) -> Settings:
    """Return a scenario whose measures with a coverage act at the airports named of one country alone.

    Their coverage is the airports' share. Raises AirportUnknown, InputWrong.
    """
    covered = reach(country, codes, typed)
    flow = ENTERING[country]
    kept = (
        _covering(choice, covered, country) if "coverage" in choice.record.parts else choice
        for choice in settings.choices
        if "coverage" not in choice.record.parts or flow in choice.acts_on
    )
    return replace(settings, choices=tuple(kept))


def _covering(choice: Choice, covered: float, country: Country) -> Choice:
    parts = {**dict(choice.parts), "coverage": covered}
    ordered = tuple((key, parts[key]) for key in choice.record.parts if key in parts)
    directions = () if choice.record.directions == (ENTERING[country],) else (ENTERING[country],)
    return replace(choice, directions=directions, parts=ordered)


def by_airport(
    country: Country,
    total: float,
    *,
    codes: Iterable[str] | None = None,
    typed: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """Return a total (visitors, won) split over airports as travellers are; all of it lands at `codes` if named.

    Raises AirportUnknown, InputWrong.
    """
    known = shares(country, typed)
    wanted = set(known) if codes is None else set(codes)
    whole = reach(country, wanted, typed)
    return {
        code: total * share / 100 / whole if code in wanted and whole > 0 else 0.0
        for code, share in known.items()
    }


def landings(
    country: Country,
    gained: Array,
    *,
    codes: Iterable[str] | None = None,
    typed: Mapping[str, float] | None = None,
    unaimed: Array | float = 0.0,
) -> tuple[Landing, ...]:
    """Return where visitors gained by a country (M,) land: at `codes` if named, but for the part `unaimed` (M,).

    Tabled shares are drawn over their range beside the visitors, brought to a sum of 1 in each draw; typed ones and aims
    have none. Raises AirportUnknown, InputWrong.
    """
    everywhere = gained if codes is None else unaimed
    there = by_airport(country, 1.0, codes=codes or (), typed=typed)
    drawn = _drawn_shares(country, len(gained)) if typed is None else by_airport(country, 1.0, typed=typed)
    grades = share_grades(country, typed)
    return tuple(
        Landing(
            country,
            code,
            *_ends(everywhere * share + (gained - everywhere) * there[code]),
            float(np.median(share)) if codes is None else None,
            grades[code],
        )
        for code, share in drawn.items()
    )


def _drawn_shares(country: Country, count: int) -> dict[str, Array]:
    """Return the tabled share of each airport drawn over its range (count,), brought to a sum of 1 in each draw."""
    known = [one for one in airports() if one.country == country]
    drawn = np.array(
        [even_draws(one.prior, name=f"airport {country} {one.code}", count=count, seed=SEED) for one in known]
    )
    return {one.code: share for one, share in zip(known, drawn / drawn.sum(axis=0), strict=True)}


def _ends(values: Array) -> tuple[float, float, float]:
    low, median, high = np.quantile(values, (0.1, 0.5, 0.9)).tolist()
    return median, low, high
