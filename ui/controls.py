"""Controls that mean the same thing on several pages and keep their value across them."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import pandas as pd

from crossings.language import Language
from crossings.language.labels import short_subject
from crossings.models.forecast.shocks import SUGGESTED_PROBABILITY_PER_YEAR
from crossings.models.scenario.levers import PriorSet
from crossings.questions.base import Mark, Span
from crossings.questions.base.question import MARK, MONTH, SPAN, SWITCH
from crossings.questions.milestone.question import ExchangeCode, MilestoneQuestion
from crossings.questions.milestone.statements import known_by, known_on, statement_choices
from crossings.questions.overview.figures import MEASURES, measure_name
from crossings.questions.overview.question import Measure
from crossings.questions.scenario.sentences import priors_name
from crossings.questions.track_record import sentences as track_record
from crossings.questions.track_record.selection import Era, YearAsked
from crossings.tables.flows import Flow
from ui import address, state
from ui import screen as st
from ui.models import models, remembered

MARKS = tuple(range(1_000_000, 25_000_001, 500_000))
SMALLEST_MARK, LARGEST_MARK = 1_000, 100_000_000
ANY_MONTH = -1
MONTHS_KNOWN = (ANY_MONTH, *range(12))
AS_OF_BOX = "as-of"
SHOCKS = SUGGESTED_PROBABILITY_PER_YEAR


def flow(language: Language) -> Flow:
    """Draw the choice of flow; `flow` in the address."""
    address.restore("flow", default=Flow.BOTH, parse=address.one_of(list(Flow)))
    chosen = st.segmented_control(
        language("Flow"),
        list(Flow),
        key=state.control("flow"),
        required=True,
        wrap=True,
        format_func=lambda item: short_subject(Flow(item), language),
    )
    known = Flow(chosen or Flow.BOTH)
    address.record("flow", known, default=Flow.BOTH)
    return known


def mark_within(text: str) -> Mark | None:
    """Return a mark written in millions to the person, None for what is no mark or out of reach."""
    wanted: Mark | None = address.read(MARK, text)
    return wanted if wanted is not None and SMALLEST_MARK <= wanted <= LARGEST_MARK else None


def mark(language: Language, *, page: str, flow: Flow, default: Mark, drawn: bool = True) -> Mark:
    """Draw the mark's slider for a page and a flow and return persons; `mark` in the address, in millions.

    A mark that was not chosen by hand follows its default, which moves with year and as-of month. drawn: whether the
    slider is shown; the mark holds without it.
    """
    key = mark_key(page, flow)
    address.restore(key, default=default, parse=mark_within, name="mark")
    if state.entered(key) == state.get(f"{key}-default"):
        state.show({key: default})
    state.keep(f"{key}-default", default)
    marks = sorted({*MARKS, default, int(state.entered(key, default))})
    if state.get(f"{key}-marks") != marks:
        state.keep(f"{key}-marks", marks)
        state.show({key: state.entered(key, default)})
    if drawn:
        st.select_slider(language("Threshold"), marks, key=state.control(key), format_func=language.mark)
    chosen = Mark(int(state.entered(key, default)))
    address.record("mark", chosen, default=default, write=MARK.write)
    return chosen


def mark_key(page: str, flow: Flow) -> str:
    """Return the name under which the session holds a page's mark for a flow."""
    return f"mark-{page}-{flow.value}"


def as_of(language: Language, *, first: pd.Period, last: pd.Period) -> pd.Period:
    """Draw what was known when, as a year and a month and as public statements to choose from.

    Returns the last month whose figures are used; `as_of` in the address, YYYY-MM.
    """
    months = [MONTH.write(month) for month in pd.period_range(first, last, freq="M")]
    address.choose("as_of", months, default=months[-1])
    known = _month(state.entered("as_of"))
    place = st.popover(
        language("As of: {month}", month=language.month(known)),
        width="stretch",
        key=state.control(AS_OF_BOX),
        on_change="rerun",
    )
    if place.open:
        with place:
            _statements(language)
            _known_on(language, known=known, first=first, last=last)
            _year_and_month(language, known=known, first=first, last=last)
    address.record("as_of", MONTH.write(known), default=months[-1])
    return known


def _statements(language: Language) -> None:
    """Draw every public statement as a choice, with what came of it."""
    st.markdown(language("Public statement, on the data of that day"))
    choices = remembered("statements", language.code, lambda: statement_choices(models().published, language))
    for statement in choices:
        with st.container(gap=None):
            st.button(
                statement.label,
                key=f"statement-{statement.key}",
                on_click=state.safe(_ask_about),
                args=(statement.question,),
            )
            st.caption(statement.outcome)


def _ask_about(question: MilestoneQuestion) -> None:
    """Set the Milestone page's controls to a question, and close the box over its answer."""
    state.show(
        {
            "flow": question.flow,
            "year": question.year,
            "as_of": MONTH.write(question.as_of),
            mark_key("milestone", question.flow): question.mark,
            AS_OF_BOX: False,
        }
    )


def _known_on(language: Language, *, known: pd.Period, first: pd.Period, last: pd.Period) -> None:
    """Draw the choice of a day; it moves the as-of month to what was known on it and closes the box."""

    def moved() -> None:
        day = state.entered("as_of_day")
        if day is not None:
            chosen = min(max(known_by(day), first), last)
            state.show({"as_of": MONTH.write(chosen), AS_OF_BOX: False})

    day = state.entered("as_of_day")
    if day is None or known_by(day) != known:
        state.show({"as_of_day": known_on(known)})
    st.date_input(
        language("Known on"),
        key=state.control("as_of_day"),
        on_change=state.safe(moved),
        min_value=known_on(first),
        max_value=known_on(last + 1) - timedelta(days=1),
    )


def _year_and_month(language: Language, *, known: pd.Period, first: pd.Period, last: pd.Period) -> None:
    """Draw a list of years and one of months; a choice moves the as-of month, kept within the two ends."""
    years, months = list(range(last.year, first.year - 1, -1)), list(range(1, 13))

    def moved() -> None:
        year = state.one_of("as_of_year", years, known.year)
        month = state.one_of("as_of_month", months, known.month)
        chosen = min(max(pd.Period(year=year, month=month, freq="M"), first), last)
        state.show({"as_of": MONTH.write(chosen)})

    state.show({"as_of_year": known.year, "as_of_month": known.month})
    with st.container(horizontal=True):
        st.selectbox(
            language("Data to: year"),
            years,
            key=state.control("as_of_year"),
            on_change=state.safe(moved),
            format_func=state.named(years, language.year),
        )
        st.selectbox(
            language("Month"),
            months,
            key=state.control("as_of_month"),
            on_change=state.safe(moved),
            format_func=state.named(months, language.month_name),
        )
    day = known_on(known)
    st.caption(language("As of {day}. Only data published by then are used.", day=language.day(day)))


def _month(text: str) -> pd.Period:
    month: pd.Period = MONTH.read(text)
    return month


def year(language: Language, *, options: Sequence[int], default: int, key: str = "year") -> int:
    """Draw the choice of calendar year; its key in the address."""
    address.choose(key, options, default=default)
    chosen = st.selectbox(
        language("Year"),
        options,
        key=state.control(key),
        format_func=state.named(options, language.year),
    )
    address.record(key, int(chosen), default=default)
    return int(chosen)


def era(language: Language, *, options: Sequence[Era]) -> Era:
    """Draw the choice of a part of the track record; `era` in the address."""
    address.choose("era", options, default=options[0])
    chosen: Era | None = st.segmented_control(
        language("Period"),
        options,
        key=state.control("era"),
        required=True,
        wrap=True,
        format_func=lambda item: track_record.era_name(item, language),
    )
    known: Era = chosen or options[0]
    address.record("era", known, default=options[0])
    return known


def months_known() -> int | None:
    """Return how many months of the year were known where a link asks for such forecasts; `months` in the address."""
    address.choose("months", MONTHS_KNOWN, default=ANY_MONTH)
    known = int(state.entered("months", ANY_MONTH))
    address.record("months", known, default=ANY_MONTH)
    return None if known == ANY_MONTH else known


def year_asked(language: Language) -> YearAsked:
    """Draw the choice of the year that an answer was about; `asked` in the address."""
    address.restore("asked", default=YearAsked.RUNNING, parse=address.one_of(list(YearAsked)))
    chosen = st.segmented_control(
        language("Year asked about"),
        list(YearAsked),
        key=state.control("asked"),
        required=True,
        wrap=True,
        format_func=lambda item: track_record.year_asked_name(YearAsked(item), language),
    )
    known = YearAsked(chosen or YearAsked.RUNNING)
    address.record("asked", known, default=YearAsked.RUNNING)
    return known


def priors(language: Language) -> PriorSet:
    """Draw the choice between the two sets of priors; `priors` in the address."""
    names: dict[PriorSet, str] = {name: priors_name(name, language) for name in ("evidence", "note")}
    address.restore("priors", default="evidence", parse=address.one_of(list(names)))
    chosen: PriorSet | None = st.segmented_control(
        language("Set of assumptions"),
        list(names),
        key=state.control("priors"),
        required=True,
        format_func=names.__getitem__,
    )
    known: PriorSet = chosen or "evidence"
    address.record("priors", known, default="evidence")
    return known


def shocks(language: Language) -> bool:
    """Draw the switch for rare slumps; `shocks` in the address."""
    address.restore("shocks", default=False, parse=partial(address.read, SWITCH))
    switched = st.toggle(
        language("Sudden slumps (assumed at {percent} a year)", percent=language.percent(SHOCKS, digits=0)),
        key=state.control("shocks"),
        help=language(
            "Boycott, disaster or epidemic: a fall of 30 to 60% that fades within a year. Not included in "
            "the main forecast."
        ),
    )
    address.record("shocks", bool(switched), default=False, write=SWITCH.write)
    return bool(switched)


def exchange(language: Language) -> ExchangeCode:
    """Draw the choice of an explanatory exchange rate; `fx` in the address."""
    names: dict[ExchangeCode, str] = {
        "off": language("Not used"),
        "fixed": language("Fixed at the latest rate"),
        "walk": language("Random walk"),
    }
    address.restore("fx", default="off", parse=address.one_of(list(names)))
    chosen: ExchangeCode | None = st.radio(
        language("Exchange rate (won per 100 yen)"),
        list(names),
        key=state.control("fx"),
        format_func=state.named(names, names.__getitem__),
        help=language(
            "With a weaker yen Koreans to Japan tend to increase and Japanese to Korea to "
            "decrease. Not included in the main forecast."
        ),
    )
    known: ExchangeCode = chosen or "off"
    address.record("fx", known, default="off")
    return known


def earlier(language: Language, *, months: Sequence[pd.Period], key: str) -> pd.Period:
    """Draw the choice of an earlier month to compare with, the last one first."""
    options = [MONTH.write(month) for month in months]
    chosen = st.selectbox(
        language("Compare with data published by"),
        options,
        index=len(options) - 1,
        key=state.control(key),
        format_func=state.named(options, language.month_of),
    )
    return _month(chosen)


def measure(language: Language) -> Measure:
    """Draw the ways of looking at a flow; `measure` in the address."""
    address.restore("measure", default=MEASURES[0], parse=address.one_of(MEASURES))
    chosen = st.selectbox(
        language("Shown in the chart"),
        MEASURES,
        key=state.control("measure"),
        format_func=state.named(MEASURES, lambda item: measure_name(item, language)),
    )
    address.record("measure", chosen, default=MEASURES[0])
    known: Measure = chosen if chosen in MEASURES else MEASURES[0]
    return known


def span_within(text: str, *, first: int, last: int) -> Span | None:
    """Return a span of years written 2015-2026, None for what is no span or reaches beyond first and last."""
    span: Span | None = address.read(SPAN, text)
    return span if span and first <= span[0] <= span[1] <= last else None


def years(language: Language, *, first: int, last: int, shown: int = 2015) -> Span:
    """Draw the span of years shown; `years` in the address, as 2015-2026."""
    default = (shown, last)
    address.restore("years", default=default, parse=partial(span_within, first=first, last=last))
    st.slider(language("Years shown"), first, last, key=state.control("years"))
    start, end = state.entered("years", default)
    chosen = int(start), int(end)
    address.record("years", chosen, default=default, write=SPAN.write)
    return chosen
