"""Controls that mean the same thing on several pages and keep their value across them."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from crossings.language import Language
from crossings.language.labels import short_subject
from crossings.models.forecast.shocks import SUGGESTED_PROBABILITY_PER_YEAR
from crossings.models.scenario.levers import PriorSet
from crossings.questions.base import FIRST_MARK, Mark, Span
from crossings.questions.base.question import MARK, MONTH, SPAN, SWITCH
from crossings.questions.milestone.question import ExchangeCode
from crossings.questions.overview.figures import MEASURES, measure_name
from crossings.questions.overview.question import Measure
from crossings.questions.scenario.sentences import priors_name
from crossings.questions.track_record import sentences as track_record
from crossings.questions.track_record.selection import Era, YearAsked
from crossings.tables.flows import Flow
from ui import address, state
from ui import screen as st

MARKS = tuple(range(1_000_000, 25_000_001, 500_000))
SHOCKS = SUGGESTED_PROBABILITY_PER_YEAR


def flow(language: Language) -> Flow:
    """Draw the choice of flow; `flow` in the address."""
    address.restore("flow", default=Flow.BOTH, parse=address.one_of(list(Flow)))
    chosen = st.segmented_control(
        language("Flow"),
        list(Flow),
        key="flow",
        required=True,
        persist_state="session",
        wrap=True,
        format_func=lambda item: short_subject(Flow(item), language),
    )
    known = Flow(chosen or Flow.BOTH)
    address.record("flow", known, default=Flow.BOTH)
    return known


def nearest_mark(text: str) -> Mark | None:
    """Return the slider's mark nearest to one in millions, None for what is no mark or beyond the slider."""
    wanted = address.read(MARK, text)
    if wanted is None or not MARKS[0] <= wanted <= MARKS[-1]:
        return None
    return Mark(min(MARKS, key=lambda mark: abs(mark - wanted)))


def mark(language: Language) -> Mark:
    """Draw the mark's slider and return persons; `mark` in the address, in millions."""
    address.restore("mark", default=FIRST_MARK, parse=nearest_mark)
    chosen = st.select_slider(
        language("Threshold"), MARKS, key="mark", persist_state="session", format_func=language.mark
    )
    address.record("mark", Mark(int(chosen)), default=FIRST_MARK, write=MARK.write)
    return Mark(int(chosen))


def chosen_mark() -> Mark:
    """Return the mark that the reader last chose on any page, without drawing its control."""
    return Mark(int(state.get("mark", FIRST_MARK)))


def as_of(language: Language, *, first: pd.Period, last: pd.Period) -> pd.Period:
    """Draw the time machine, the last month whose figures are used; `as_of` in the address, YYYY-MM."""
    months = [MONTH.write(month) for month in pd.period_range(first, last, freq="M")]
    address.restore("as_of", default=months[-1], parse=address.one_of(months))
    chosen = st.select_slider(
        language("As-of month"),
        months,
        key="as_of",
        persist_state="session",
        format_func=language.month_of,
        help=language("Only data published by then are used."),
    )
    address.record("as_of", chosen, default=months[-1])
    return _month(chosen)


def _month(text: str) -> pd.Period:
    month: pd.Period = MONTH.read(text)
    return month


def year(language: Language, *, options: Sequence[int], default: int, key: str = "year") -> int:
    """Draw the choice of calendar year; its key in the address."""
    address.restore(key, default=default, parse=address.one_of(options))
    if state.get(key) not in options:
        st.session_state[key] = default
    chosen = st.selectbox(
        language("Year"),
        options,
        key=key,
        persist_state="session",
        format_func=state.named(options, language.year),
    )
    address.record(key, int(chosen), default=default)
    return int(chosen)


def era(language: Language, *, options: Sequence[Era]) -> Era:
    """Draw the choice of a part of the track record; `era` in the address."""
    address.restore("era", default=options[0], parse=address.one_of(options))
    if state.get("era") not in options:
        st.session_state["era"] = options[0]
    chosen: Era | None = st.segmented_control(
        language("Period"),
        options,
        key="era",
        required=True,
        persist_state="session",
        wrap=True,
        format_func=lambda item: track_record.era_name(item, language),
    )
    known: Era = chosen or options[0]
    address.record("era", known, default=options[0])
    return known


def year_asked(language: Language) -> YearAsked:
    """Draw the choice of the year that an answer was about; `asked` in the address."""
    address.restore("asked", default=YearAsked.RUNNING, parse=address.one_of(list(YearAsked)))
    chosen = st.segmented_control(
        language("Year asked about"),
        list(YearAsked),
        key="asked",
        required=True,
        persist_state="session",
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
        key="priors",
        required=True,
        persist_state="session",
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
        key="shocks",
        persist_state="session",
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
        key="fx",
        persist_state="session",
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
        key=key,
        format_func=state.named(options, language.month_of),
    )
    return _month(chosen)


def measure(language: Language) -> Measure:
    """Draw the ways of looking at a flow; `measure` in the address."""
    address.restore("measure", default=MEASURES[0], parse=address.one_of(MEASURES))
    chosen = st.selectbox(
        language.pgettext("display", "Measure"),
        MEASURES,
        key="measure",
        persist_state="session",
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
    st.slider(language("Years shown"), first, last, key="years", persist_state="session")
    start, end = state.get("years", default)
    chosen = int(start), int(end)
    address.record("years", chosen, default=default, write=SPAN.write)
    return chosen
