"""Controls of the Abroad page: the third country, the kind of count and the part of the world on the map."""

from crossings.language import Language
from crossings.questions.abroad import sentences as words
from crossings.tables import abroad
from ui import address, state
from ui import screen as st
from ui.models import models

COUNTRY, KIND, SHOWN = "country", "counted", "shown"
WORLD, REGION = "world", "region"
FIRST_COUNTRY = "SAU"


def country(language: Language) -> str:
    """Draw the choice of third country; `country` in the address, ISO 3166-1 alpha-3."""
    options = sorted(abroad.countries(models().abroad()), key=lambda code: words.country_name(code, language))
    default = FIRST_COUNTRY if FIRST_COUNTRY in options else options[0]
    address.restore(COUNTRY, default=default, parse=address.one_of(options))
    chosen = st.selectbox(
        language("Third country"),
        options,
        key=state.control(COUNTRY),
        width=240,
        format_func=state.named(options, lambda code: words.country_name(code, language)),
    )
    address.record(COUNTRY, str(chosen), default=default)
    return str(chosen)


def counted(language: Language) -> int:
    """Draw the choice of count on the map and return its number in the list, from 1; `counted` in the address."""
    kinds = abroad.kinds(models().abroad())
    options = list(range(1, len(kinds) + 1))
    address.restore(KIND, default=1, parse=address.one_of(options))
    chosen = st.selectbox(
        language("Count shown on the map"),
        options,
        key=state.control(KIND),
        width=400,
        format_func=state.named(options, lambda number: words.kind(kinds[number - 1], language)),
    )
    address.record(KIND, int(chosen), default=1)
    return int(chosen)


def near(country: str, language: Language) -> bool:
    """Draw the choice between the world and the chosen country's region; `shown` in the address."""
    address.restore(SHOWN, default=WORLD, parse=address.one_of([WORLD, REGION]))
    names = {WORLD: language("World"), REGION: language(abroad.places()[country].region)}
    chosen = st.segmented_control(
        language("Area shown"),
        [WORLD, REGION],
        key=state.control(SHOWN),
        required=True,
        format_func=lambda name: names[name],
    )
    address.record(SHOWN, str(chosen), default=WORLD)
    return chosen == REGION
