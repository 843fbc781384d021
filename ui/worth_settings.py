"""The settings of benefits and costs beside the levers: held in the session, in addresses and in scenario files."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, get_args

from crossings.errors import CrossingsError
from crossings.models.queue.presets import halls
from crossings.models.scenario.levers import PriorSet
from crossings.models.scenario.settings import Settings, to_json
from crossings.models.worth.drivers import ROWS
from crossings.models.worth.inputs import quantities_from_json, shares_from_json
from crossings.models.worth.model import FIRST_YEARS, RATES_PERCENT
from crossings.models.worth.parameters import airports, fixed
from crossings.questions.worth.question import BASE_YEAR, FIRST_HALL, FIRST_YEAR, Aim, WorthQuestion
from ui import address, state
from ui.models import models

Parse = Callable[[str], Any]

FIRST_BASE_YEAR = 2023
HALL_NUMBERS = {"desks_added": (2, -30, 30), "lane_desks": (0, 0, 30), "hall_hours": (24, 1, 24)}
OF_THE_HALL = ("hall", *HALL_NUMBERS)


def base_years() -> range:
    """Return the years that can be the base: those whose months are all published."""
    last = models().last_month
    return range(FIRST_BASE_YEAR, last.year + (last.month == 12))


def rates() -> tuple[str, str]:
    """Return the codes of the exchange rates: the scenario's, and the mean of 2025."""
    return "", f"{fixed()['won_per_yen_2025'].value:g}"


def discounts() -> list[str]:
    """Return the codes of the discount rates: each country's own, and others in per cent for both."""
    return ["home", *(f"{rate:g}" for rate in RATES_PERCENT if rate not in (4.5, 4.0))]


def codes(country: str) -> list[str]:
    """Return the airports of arrival of a country."""
    return [place.code for place in airports() if place.country == country]


def _known() -> dict[str, tuple[Any, Parse]]:
    """Return the first value and the reader of every setting, by key."""
    numbers = {
        key: (first, address.one_of(range(low, high + 1))) for key, (first, low, high) in HALL_NUMBERS.items()
    }
    every = {place.code for place in airports()}
    return {
        "base_year": (BASE_YEAR, address.one_of(base_years())),
        "first_year": (FIRST_YEAR, address.one_of(range(*FIRST_YEARS))),
        "won": ("", address.one_of(rates())),
        "discount": ("home", address.one_of(discounts())),
        "row": (ROWS[0], address.one_of(ROWS)),
        "aim": ("everywhere", address.one_of(get_args(Aim))),
        "airports": ([], lambda text: found if set(found := text.split(",")) <= every else None),
        "quantities": ("", _readable(quantities_from_json)),
        "shares": ("", _readable(shares_from_json)),
        "hall": (FIRST_HALL, address.one_of([hall.key for hall in halls()])),
        **numbers,
    }


def _readable(read: Callable[[str], object]) -> Parse:
    """Return a reader that takes a typed text only where it can be read."""

    def parse(text: str) -> str | None:
        try:
            read(text)
        except CrossingsError:
            return None
        return text

    return parse


def ask(settings: Settings, priors: PriorSet, *, hall: bool = False) -> WorthQuestion:
    """Return the question as it is set; keep the address true. Call it before controls of these settings are drawn.

    hall: whether the change of a hall belongs to it.
    """
    values = {key: _held(key, *one) for key, one in _known().items() if hall or key not in OF_THE_HALL}
    if not set(values["airports"].split(",")) <= set(codes(values["aim"])):
        values["airports"] = ""
    return WorthQuestion(settings=settings, priors=priors, **values)


def _held(key: str, default: Any, parse: Parse) -> Any:
    """Return what the session holds, its first value from the address; lists as text."""
    address.restore(key, default=default, parse=parse)
    held = _text(
        state.settled(key, lambda value: value == default or parse(str(_text(value))) == value, default)
    )
    address.record(key, held, default=_text(default))
    return held


def _text(value: Any) -> Any:
    return ",".join(value) if isinstance(value, list) else value


def saved(question: WorthQuestion) -> dict[str, str]:
    """Return the settings that are not as they first are, as text by key."""
    first, known = WorthQuestion().state(), _known()
    return {key: text for key, text in question.state().items() if key in known and text != first.get(key)}


def file(question: WorthQuestion) -> str:
    """Return the scenario of a question as a file that holds these settings and the set of priors too."""
    priors = {} if question.priors == WorthQuestion.priors else {"priors": question.priors}
    return to_json(replace(question.settings, worth=tuple((saved(question) | priors).items())))


def take_over(texts: Mapping[str, str]) -> None:
    """Set the session to the settings of a scenario file; those it does not name become what they first are.

    What cannot be read is noted (`address.refused`) and left as it first is. The set of priors stays unless it is named.
    """
    known, found = _known(), dict[str, Any]()
    if "priors" in texts:
        known["priors"] = (WorthQuestion.priors, address.one_of(get_args(PriorSet)))
    for key, (default, parse) in known.items():
        found[key] = parse(texts[key]) if key in texts else default
        if found[key] is None:
            address.refuse(key, texts[key])
            found[key] = default
    state.show(found)
