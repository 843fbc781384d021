"""Controls that mean the same thing on several pages and keep their value across them."""

import pandas as pd
import streamlit as st

from crossings.language import Language
from crossings.language.labels import short_subject
from crossings.models.forecast.exchange import CODES, Path
from crossings.models.forecast.milestone import YEARS_AHEAD
from crossings.models.forecast.shocks import SUGGESTED_PROBABILITY_PER_YEAR
from crossings.models.scenario.levers import PriorSet
from crossings.questions.overview.figures import MEASURES, measure_name
from crossings.questions.overview.question import Measure
from crossings.questions.scenario.sentences import priors_name
from crossings.questions.track_record import sentences as track_record
from crossings.questions.track_record.selection import Asked
from crossings.tables.flows import Flow
from ui import address, state

MARKS = tuple(range(1_000_000, 25_000_001, 500_000))
FIRST_MARK = 10_000_000
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


def _million(persons: int) -> str:
    return f"{persons / 1e6:g}"


def _nearest_mark(text: str) -> int | None:
    try:
        wanted = float(text) * 1e6
    except ValueError:
        return None
    return min(MARKS, key=lambda mark: abs(mark - wanted)) if MARKS[0] <= wanted <= MARKS[-1] else None


def mark(language: Language) -> int:
    """Draw the mark's slider and return persons; `mark` in the address, in millions."""
    address.restore("mark", default=FIRST_MARK, parse=_nearest_mark)
    chosen = st.select_slider(
        language("Mark"), MARKS, key="mark", persist_state="session", format_func=language.mark
    )
    address.record("mark", chosen, default=FIRST_MARK, write=_million)
    return int(chosen)


def as_of(language: Language, *, first: pd.Period, last: pd.Period) -> pd.Period:
    """Draw the time machine, the last month whose figures are used; `as_of` in the address, YYYY-MM."""
    months = [str(month) for month in pd.period_range(first, last, freq="M")]
    address.restore("as_of", default=months[-1], parse=address.one_of(months))
    chosen = st.select_slider(
        language("As-of month"),
        months,
        key="as_of",
        persist_state="session",
        format_func=language.month_of,
        help=language("The page uses only what was known by then."),
    )
    address.record("as_of", chosen, default=months[-1])
    return pd.Period(chosen, "M")


def year(language: Language, *, options: list[int], default: int, key: str = "year") -> int:
    """Draw the choice of calendar year; its key in the address."""
    address.restore(key, default=default, parse=address.one_of(options))
    if state.get(key) not in options:
        st.session_state[key] = default
    chosen = st.selectbox(
        language("Year"), options, key=key, persist_state="session", format_func=language.year
    )
    address.record(key, int(chosen), default=default)
    return int(chosen)


def era(language: Language, *, options: tuple[str, ...]) -> str:
    """Draw the choice of a part of the track record; `era` in the address."""
    address.restore("era", default=options[0], parse=address.one_of(options))
    if state.get("era") not in options:
        st.session_state["era"] = options[0]
    chosen = st.segmented_control(
        language("Part of the record"),
        options,
        key="era",
        required=True,
        persist_state="session",
        wrap=True,
        format_func=lambda item: track_record.era_name(item, language),
    )
    known = str(chosen or options[0])
    address.record("era", known, default=options[0])
    return known


def asked(language: Language) -> Asked:
    """Draw the choice of the year that an answer was about; `asked` in the address."""
    address.restore("asked", default=Asked.RUNNING, parse=address.one_of(list(Asked)))
    chosen = st.segmented_control(
        language("Year asked about"),
        list(Asked),
        key="asked",
        required=True,
        persist_state="session",
        wrap=True,
        format_func=lambda item: track_record.asked_name(Asked(item), language),
    )
    known = Asked(chosen or Asked.RUNNING)
    address.record("asked", known, default=Asked.RUNNING)
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


def shocks(language: Language) -> float:
    """Draw the switch for rare slumps and return their yearly probability; `shocks` in the address."""
    address.restore("shocks", default=False, parse=lambda text: text == "on")
    switched = st.toggle(
        language("Rare slumps ({percent} a year, an assumption)", percent=language.percent(SHOCKS, digits=0)),
        key="shocks",
        persist_state="session",
        help=language(
            "Boycott, disaster or epidemic: a fall of 30 to 60% that fades within a year. Off in the headline."
        ),
    )
    address.record("shocks", bool(switched), default=False, write=lambda on: "on" if on else "off")
    return SHOCKS if switched else 0.0


def exchange(language: Language) -> Path | None:
    """Draw the choice of an explanatory exchange rate, None where it is not used; `fx` in the address."""
    names: dict[str, str] = {
        "off": language("Not used"),
        "fixed": language("Fixed at the last known rate"),
        "walk": language("Random walk"),
    }
    address.restore("fx", default="off", parse=address.one_of(list(names)))
    chosen = st.radio(
        language("Exchange rate (won per yen)"),
        list(names),
        key="fx",
        persist_state="session",
        format_func=names.__getitem__,
        help=language("A weaker yen draws Koreans to Japan and keeps Japanese at home. Off in the headline."),
    )
    address.record("fx", chosen or "off", default="off")
    return CODES.get(chosen or "off")


def earlier(language: Language, *, first: pd.Period, as_of: pd.Period, year: int) -> pd.Period:
    """Draw the choice of an earlier as-of month to compare with, any from which the year was within reach."""
    start = max(first, pd.Period(f"{year - YEARS_AHEAD}-01", "M"))
    months = [str(month) for month in pd.period_range(min(start, as_of), as_of, freq="M")]
    months = months[:-1] or months
    chosen = st.selectbox(
        language("Compare with what was known in"),
        months,
        index=len(months) - 1,
        key=f"earlier-{as_of}-{year}",
        format_func=language.month_of,
    )
    return pd.Period(chosen, "M")


def measure(language: Language) -> Measure:
    """Draw the ways of looking at a flow; `measure` in the address."""
    address.restore("measure", default=MEASURES[0], parse=address.one_of(MEASURES))
    chosen = st.selectbox(
        language("Measure"),
        MEASURES,
        key="measure",
        persist_state="session",
        format_func=lambda item: measure_name(item, language),
    )
    address.record("measure", chosen, default=MEASURES[0])
    known: Measure = chosen or MEASURES[0]
    return known


def _span(text: str, *, first: int, last: int) -> tuple[int, int] | None:
    start, _, end = text.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        return None
    years = int(start), int(end)
    return years if first <= years[0] <= years[1] <= last else None


def years(language: Language, *, first: int, last: int, shown: int = 2015) -> tuple[int, int]:
    """Draw the span of years shown; `years` in the address, as 2015-2026."""
    default = (shown, last)
    address.restore("years", default=default, parse=lambda text: _span(text, first=first, last=last))
    st.slider(language("Years shown"), first, last, key="years", persist_state="session")
    start, end = state.get("years", default)
    chosen = int(start), int(end)
    address.record("years", chosen, default=default, write=lambda span: f"{span[0]}-{span[1]}")
    return chosen
