"""Controls of the History page: the event, its months and shape, kinds of marks, the month, the two years."""

import pandas as pd
import streamlit as st
from crossings.briefing.past import own_months as of_months

from crossings.language import Language
from crossings.models.events.interventions import Intervention, Shape, interventions
from crossings.models.events.marks import CATEGORIES, Mark
from crossings.questions.history import sentences as words
from ui import address, state

FIRST_EVENT = "boycott-2019"
FIRST_YEARS = (1996, 2005, 2015)
FIRST_OWN = ("2024-12", "2025-01")
EVENT, KINDS, MONTH, SINCE = "event", "kinds", "history_month", "since"
YEAR_FROM, YEAR_TO = "year_from", "year_to"
OWN_FIRST, OWN_LAST, OWN_SHAPE = "own_first", "own_last", "own_shape"


def event(language: Language, own: Intervention) -> Intervention:
    """Draw the choice of event and return it; `event` in the address. The reader's own months come last."""
    known = {one.key: one for one in reversed(interventions())} | {words.OWN_MONTHS: own}
    address.restore(EVENT, default=FIRST_EVENT, parse=address.one_of(list(known)))

    def name(key: str) -> str:
        return (
            language("Months of your own (under More)")
            if key == words.OWN_MONTHS
            else words.event_name(known[key], language)
        )

    chosen = st.selectbox(
        language("Event estimated"), list(known), key=EVENT, persist_state="session", format_func=name
    )
    address.record(EVENT, str(chosen), default=FIRST_EVENT)
    return known[str(chosen)]


def own_months(language: Language, *, last: pd.Period) -> Intervention:
    """Draw months and shape of an event of the reader's own; in the address while they are used."""
    months = [str(month) for month in pd.period_range("1995-01", last, freq="M")]
    for key, default in ((OWN_FIRST, FIRST_OWN[0]), (OWN_LAST, FIRST_OWN[1])):
        address.restore(key, default=default, parse=address.one_of(months))
    address.restore(OWN_SHAPE, default=Shape.MONTHS, parse=address.one_of(list(Shape)))
    st.caption(language("Months of your own"))
    first = st.selectbox(
        language("First month"),
        months,
        key=OWN_FIRST,
        persist_state="session",
        format_func=language.month_of,
    )
    end = st.selectbox(
        language("Last month"),
        months,
        key=OWN_LAST,
        persist_state="session",
        format_func=language.month_of,
    )
    shape = st.segmented_control(
        language("Shape of the effect"),
        list(Shape),
        key=OWN_SHAPE,
        persist_state="session",
        required=True,
        wrap=True,
        format_func=lambda one: words.shape_name(one, language),
    )
    used = st.session_state.get(EVENT) == words.OWN_MONTHS
    for key, value, default in (
        (OWN_FIRST, str(first), FIRST_OWN[0]),
        (OWN_LAST, str(end), FIRST_OWN[1]),
        (OWN_SHAPE, str(shape), str(Shape.MONTHS)),
    ):
        address.record(key, value if used else default, default=default)
    return of_months(pd.Period(first, "M"), pd.Period(end, "M"), shape=str(shape or Shape.MONTHS))


def own_values(event: Intervention) -> dict[str, str]:
    """Return months and shape of an event of the reader's own as values of the address; none for another."""
    if event.key != words.OWN_MONTHS:
        return {}
    return {OWN_FIRST: str(event.first), OWN_LAST: str(event.last), OWN_SHAPE: str(event.shape)}


def kinds(language: Language) -> list[str]:
    """Draw the kinds of marks shown; `kinds` in the address. None chosen shows all."""
    address.restore(KINDS, default=list(CATEGORIES), parse=_kinds)
    chosen = st.pills(
        language("Kinds of event"),
        list(CATEGORIES),
        key=KINDS,
        selection_mode="multi",
        wrap=True,
        persist_state="session",
        format_func=lambda name: words.category_name(name, language),
    )
    ordered = [name for name in CATEGORIES if name in chosen] or list(CATEGORIES)
    address.record(KINDS, ordered, default=list(CATEGORIES), write="-".join)
    return ordered


def _kinds(text: str) -> list[str] | None:
    named = [name for name in CATEGORIES if name in text.split("-")]
    return named or None


def first_year(language: Language, *, last: int) -> pd.Period:
    """Draw the first year of the timeline; `since` in the address."""
    options = [year for year in FIRST_YEARS if year < last]
    address.restore(
        SINCE, default=options[0], parse=lambda text: int(text) if text in map(str, options) else None
    )
    chosen = st.segmented_control(
        language("Timeline since"),
        options,
        key=SINCE,
        persist_state="session",
        format_func=language.year,
        required=True,
    )
    address.record(SINCE, int(chosen or options[0]), default=options[0])
    return pd.Period(f"{int(chosen or options[0])}-01", "M")


def month(language: Language, *, last: pd.Period) -> pd.Period:
    """Draw the month whose calendar is asked for; `history_month` in the address."""
    months = [str(one) for one in pd.period_range("2006-01", last, freq="M")][::-1]
    address.restore(MONTH, default=months[0], parse=address.one_of(months))
    chosen = st.selectbox(
        language("Month"),
        months,
        key=MONTH,
        persist_state="session",
        width=240,
        format_func=lambda one: language.month(pd.Period(one, "M")),
    )
    address.record(MONTH, str(chosen), default=months[0])
    return pd.Period(str(chosen), "M")


def two_years(language: Language, *, options: list[int]) -> tuple[int, int]:
    """Draw the two years compared; `year_from` and `year_to` in the address."""
    defaults = {YEAR_FROM: 2018 if 2018 in options else options[0], YEAR_TO: options[-2]}
    names = {YEAR_FROM: language("From year"), YEAR_TO: language("To year")}
    with st.container(horizontal=True, gap="small"):
        years = [_year(key, names[key], options, default, language) for key, default in defaults.items()]
    return years[0], years[1]


def _year(key: str, label: str, options: list[int], default: int, language: Language) -> int:
    address.restore(key, default=default, parse=address.one_of(options))
    if state.get(key) not in options:
        st.session_state[key] = default
    chosen = st.selectbox(
        label, options, key=key, persist_state="session", format_func=language.year, width=130
    )
    address.record(key, int(chosen), default=default)
    return int(chosen)


def estimate_button(mark: Mark, language: Language) -> None:
    """Draw a button that puts the chosen mark's months to the estimate."""
    known = next((one for one in interventions() if str(mark.day) in one.marks), None)

    def take() -> None:
        if known is not None:
            st.session_state[EVENT] = known.key
            return
        st.session_state[EVENT] = words.OWN_MONTHS
        st.session_state[OWN_FIRST] = str(mark.month)
        st.session_state[OWN_LAST] = str(mark.month)
        st.session_state[OWN_SHAPE] = Shape.MONTHS

    st.button(language("Estimate the effect of this event"), key="estimate-mark", on_click=state.safe(take))
