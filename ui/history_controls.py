"""Controls of the History page: the event, its months and shape, kinds of marks, the month, the two years."""

import pandas as pd

from crossings.language import Language
from crossings.models.events.interventions import Shape, interventions
from crossings.models.events.marks import CATEGORIES, Mark
from crossings.questions.history import sentences as words
from crossings.questions.history.question import HistoryQuestion, event_of
from crossings.tables.flows import Flow
from ui import address, state
from ui import screen as st

OwnMonths = tuple[pd.Period, pd.Period, Shape]
FIRST_EVENT = "boycott-2019"
FIRST_YEARS = (1996, 2005, 2015)
FIRST_OWN = ("2024-12", "2025-01")
EVENT, KINDS, MONTH, SINCE = "event", "kinds", "history_month", "since"
YEAR_FROM, YEAR_TO = "year_from", "year_to"
OWN_FIRST, OWN_LAST, OWN_SHAPE = "own_first", "own_last", "own_shape"


def question(flow: Flow, event: str, kinds: list[str], since: int, own: OwnMonths) -> HistoryQuestion:
    """Return the question that the controls ask; months of the reader's own only where they are the event."""
    first, last, shape = own if event == words.OWN_MONTHS else (None, None, None)
    return HistoryQuestion(
        flow, event, "-".join(kinds), since, own_first=first, own_last=last, own_shape=shape
    )


def event(language: Language) -> str:
    """Draw the choice of event and return its key; `event` in the address. The reader's own months come last."""
    names = {known.key: words.event_name(known, language) for known in reversed(interventions())}
    names[words.OWN_MONTHS] = language("Custom period (under “More”)")
    address.restore(EVENT, default=FIRST_EVENT, parse=address.one_of(list(names)))
    chosen = st.selectbox(
        language("Event to estimate"),
        list(names),
        key=state.control(EVENT),
        format_func=state.named(names, lambda key: names[key]),
    )
    address.record(EVENT, str(chosen), default=FIRST_EVENT)
    return str(chosen)


def own_months(language: Language, *, last: pd.Period) -> OwnMonths:
    """Draw months and shape of an event of the reader's own; in the address while they are used."""
    months = [str(month) for month in pd.period_range("1995-01", last, freq="M")]
    st.caption(language("Custom period"))
    ends = [
        _own_month(key, label, months, default, language)
        for key, label, default in (
            (OWN_FIRST, language("First month"), FIRST_OWN[0]),
            (OWN_LAST, language("Last month"), FIRST_OWN[1]),
        )
    ]
    shape = _own_shape(language)
    first, end = sorted(ends)
    return first, end, shape


def _own_month(key: str, label: str, months: list[str], default: str, language: Language) -> pd.Period:
    address.restore(key, default=default, parse=address.one_of(months))
    chosen = st.selectbox(
        label, months, key=state.control(key), format_func=state.named(months, language.month_of)
    )
    address.record(key, str(chosen) if _own_used() else default, default=default)
    return pd.Period(chosen, "M")


def _own_shape(language: Language) -> Shape:
    address.restore(OWN_SHAPE, default=Shape.MONTHS, parse=address.one_of(list(Shape)))
    chosen = st.segmented_control(
        language("Type of effect"),
        list(Shape),
        key=state.control(OWN_SHAPE),
        required=True,
        wrap=True,
        format_func=lambda shape: words.shape_name(shape, language),
    )
    shape = Shape(chosen or Shape.MONTHS)
    address.record(OWN_SHAPE, shape if _own_used() else Shape.MONTHS, default=Shape.MONTHS)
    return shape


def _own_used() -> bool:
    return bool(state.entered(EVENT) == words.OWN_MONTHS)


def kinds(language: Language) -> list[str]:
    """Draw the kinds of marks shown; `kinds` in the address. None chosen shows all."""
    address.restore(KINDS, default=list(CATEGORIES), parse=_kinds)
    chosen = st.pills(
        language("Kinds of event"),
        list(CATEGORIES),
        key=state.control(KINDS),
        selection_mode="multi",
        wrap=True,
        format_func=lambda name: words.category_name(name, language),
    )
    ordered = [name for name in CATEGORIES if name in chosen] or list(CATEGORIES)
    address.record(KINDS, ordered, default=list(CATEGORIES), write="-".join)
    return ordered


def _kinds(text: str) -> list[str] | None:
    named = [name for name in CATEGORIES if name in text.split("-")]
    return named or None


def first_year(language: Language, *, last: int) -> int:
    """Draw the first year of the timeline; `since` in the address."""
    options = [year for year in FIRST_YEARS if year < last]
    address.restore(SINCE, default=options[0], parse=address.one_of(options))
    chosen = st.segmented_control(
        language("Timeline from"),
        options,
        key=state.control(SINCE),
        format_func=language.year,
        required=True,
    )
    year = int(chosen or options[0])
    address.record(SINCE, year, default=options[0])
    return year


def month(language: Language, *, last: pd.Period) -> pd.Period:
    """Draw the month whose calendar is asked for; `history_month` in the address."""
    months = [str(month) for month in pd.period_range("2006-01", last, freq="M")][::-1]
    address.restore(MONTH, default=months[0], parse=address.one_of(months))
    chosen = st.selectbox(
        language("Month"),
        months,
        key=state.control(MONTH),
        width=240,
        format_func=state.named(months, language.month_of),
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
    address.choose(key, options, default=default)
    chosen = st.selectbox(
        label,
        options,
        key=state.control(key),
        format_func=state.named(options, language.year),
        width=130,
    )
    address.record(key, int(chosen), default=default)
    return int(chosen)


def estimate_button(mark: Mark, language: Language) -> None:
    """Draw a button that puts the chosen mark's months to the estimate."""
    st.button(
        language("Estimate the effect of this event"),
        key="estimate-mark",
        on_click=state.safe(_take),
        args=(mark,),
    )


def _take(mark: Mark) -> None:
    known = event_of(mark)
    own = {OWN_FIRST: str(mark.month), OWN_LAST: str(mark.month), OWN_SHAPE: Shape.MONTHS}
    state.show({EVENT: known.key} if known else {EVENT: words.OWN_MONTHS, **own})
