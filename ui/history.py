"""What the History page keeps: fits by data and model, the placebo run with its progress, the chosen mark."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st
from crossings.questions.recipe import Recipe

from crossings.errors import CrossingsError
from crossings.language import Language
from crossings.language.calendar import calendar_sentence
from crossings.models.events import MODEL_VERSION
from crossings.models.events.baseline import Fitted, baselines
from crossings.models.events.calendar import CalendarFit, calendar_fits, calendar_part
from crossings.models.events.design import exchange_rates
from crossings.models.events.donors import Comparison, compare
from crossings.models.events.intervention import Estimate, estimate
from crossings.models.events.interventions import Intervention
from crossings.models.events.marks import Mark, marks
from crossings.models.events.placebo import Placebo, placebos, rank
from crossings.models.events.statements import Judgement, judge, statements
from crossings.questions.figure_context import Setting
from crossings.questions.history import figures
from crossings.questions.history import sentences as words
from crossings.tables import flows
from crossings.tables.flows import Flow
from ui import cache, figure, state

Kept = tuple[str, str, Flow, Intervention]
MARK = "history_mark"
CHOICE = "history_mark_choice"
LIST_HEIGHT = 260
WANTED = "history_placebos_wanted"
FOLLOWED = "history_event_followed"


def _state(*tables: str) -> str:
    """Return what changes when the visitor figures or one of these tables changes."""
    folder = flows.data_folder()
    paths = [folder / f"{table}.csv" for table in tables]
    stamps = [str(path.stat().st_mtime_ns) for path in paths if path.exists()]
    return "-".join([cache.published().digest, *stamps])


@st.cache_resource(max_entries=128, show_spinner=False)
def _estimate(state: str, version: str, flow: Flow, event: Intervention) -> Estimate:
    return estimate(flows.load(), exchange_rates(), flow=flow, intervention=event)


def estimated(flow: Flow, event: Intervention) -> Estimate:
    """Return the estimate of an event, fitted once per data and model version."""
    return _estimate(_state("exchange_rates"), MODEL_VERSION, flow, event)


def directions(event: Intervention) -> dict[Flow, Estimate | None]:
    """Return an event's estimate for each direction, None where the figures do not reach the question."""
    found: dict[Flow, Estimate | None] = {}
    for flow in flows.DIRECTIONS:
        try:
            found[flow] = estimated(flow, event)
        except CrossingsError:
            found[flow] = None
    return found


@st.cache_resource(max_entries=128, show_spinner=False)
def _compared(state: str, version: str, flow: Flow, event: Intervention) -> Comparison | CrossingsError:
    try:
        return compare(flows.load(), flow=flow, intervention=event)
    except CrossingsError as fault:
        return fault


def compared(flow: Flow, event: Intervention) -> Comparison | CrossingsError:
    """Return the comparison with other origins, or the error that says why there is none."""
    return _compared(cache.published().digest, MODEL_VERSION, flow, event)


@st.cache_resource(max_entries=4, show_spinner=False)
def _baselines(state: str, version: str) -> dict[Flow, Fitted]:
    return baselines(flows.load(), exchange_rates())


def fitted() -> dict[Flow, Fitted]:
    """Return both directions fitted without an event, once per data and model version."""
    return _baselines(_state("exchange_rates"), MODEL_VERSION)


def calendar() -> dict[Flow, CalendarFit]:
    """Return the calendar's effects in both directions."""
    return calendar_fits(fitted())


def calendar_line(flow: Flow, month: pd.Period, language: Language) -> str:
    """Return how much of a month's change on a year earlier is the moved calendar, or why it cannot be told."""
    try:
        part = calendar_part(calendar(), flow=flow, month=month)
    except CrossingsError as fault:
        return language.error(fault)
    return calendar_sentence(part, language)


def judgements() -> tuple[Judgement, ...]:
    """Return every statement with the model's answer of that day, projected once per month."""
    published = cache.published()
    return tuple(
        judge(said, published, cache.projection(said.known) if said.forecastable else None)
        for said in statements()
    )


@st.cache_resource(show_spinner=False)
def _placebo_runs() -> dict[Kept, list[Placebo]]:
    return {}


def _kept_as(flow: Flow, event: Intervention) -> Kept:
    return (_state("exchange_rates"), MODEL_VERSION, flow, event)


def has_placebos(flow: Flow, event: Intervention) -> bool:
    """Tell whether the placebo run of an event is kept from before."""
    return _kept_as(flow, event) in _placebo_runs()


def placebo_block(setting: Setting, event: Intervention, language: Language, *, recipe: Recipe) -> None:
    """Draw the placebo tests: a button, then progress that can be stopped, then the figure; results are kept."""
    kept = _kept_as(setting.flow, event)
    runs = _placebo_runs()
    wanted = st.session_state.get(WANTED) == kept
    if kept not in runs and wanted:
        try:
            runs[kept] = _run(setting, event, language)
        except CrossingsError as fault:
            st.error(language.error(fault))
            return
    if kept not in runs:
        st.caption(
            language("The same estimate for months and origins in which nothing of the kind happened.")
        )
        st.button(
            language("Run the placebo tests"), key="run-placebos", on_click=state.safe(_want), args=(kept,)
        )
        return
    rows = runs[kept]
    ranks = [one for one in (rank(rows, kind="month"), rank(rows, kind="origin")) if one is not None]
    if ranks:
        figure.show(figures.placebos(setting, rows, ranks), language, height=200, recipe=recipe)


def placebo_rows(flow: Flow, event: Intervention) -> list[Placebo]:
    """Return the placebo tests of an event, kept or run now (up to a minute)."""
    kept = _kept_as(flow, event)
    runs = _placebo_runs()
    if kept not in runs:
        steps = placebos(cache.published(), exchange_rates(), flow=flow, intervention=event)
        runs[kept] = [one for step in steps for one in step.new]
    return runs[kept]


def _want(kept: Kept | None) -> None:
    st.session_state[WANTED] = kept


def _run(setting: Setting, event: Intervention, language: Language) -> list[Placebo]:
    """Run the placebos with a bar; pressing Stop starts the page anew, which ends the run."""
    bar = st.progress(0.0, text=language("Placebo tests…"))
    stop = st.empty()
    stop.button(language("Stop"), key="stop-placebos", on_click=state.safe(_want), args=(None,))
    found: list[Placebo] = []
    for step in placebos(setting.published, exchange_rates(), flow=setting.flow, intervention=event):
        found += step.new
        said = language("Placebo tests: {done} of {total} steps", done=step.done, total=step.total)
        bar.progress(step.done / step.total, text=said)
    bar.empty()
    stop.empty()
    return found


@st.cache_data(max_entries=4, show_spinner=False)
def _cited(state: str) -> dict[str, tuple[str, str]]:
    table = flows.read_table("sources")
    rows = table.to_dict("records")
    return {
        str(row["key"]): (str(row["publisher"]), str(row["address"] or row["copy_address"])) for row in rows
    }


def cited(keys: str) -> list[tuple[str, str]]:
    """Return publisher and address of source keys joined by ";"; a key without an entry stands for itself."""
    known = _cited(_state("sources"))
    return [known.get(key, (key, "")) for key in keys.split(";") if key]


def publishers() -> dict[str, str]:
    """Return the publisher of every source key."""
    return {key: name for key, (name, _) in _cited(_state("sources")).items()}


@st.cache_data(max_entries=4, show_spinner=False)
def _marks(state: str) -> tuple[Mark, ...]:
    return marks()


def every_mark() -> tuple[Mark, ...]:
    """Return every mark of the timeline."""
    return _marks(_state("events", "measures", "summits"))


def choose(key: str | None) -> None:
    """Make a mark the chosen one, for picture, list and text alike."""
    if key:
        st.session_state[MARK] = key


def _from_chart() -> None:
    chosen = _selected(st.session_state.get("chart-history-timeline"), "mark")
    choose(chosen[0].get("key") if chosen else None)


def _from_list() -> None:
    choose(state.get(CHOICE))


def _selected(drawn: Any, name: str) -> list[dict[str, str]]:
    selection = getattr(drawn, "selection", None) or {}
    return list(selection.get(name, []) or [])


def follow(event: Intervention) -> None:
    """Choose the mark of an event that has just been chosen for the estimate."""
    if st.session_state.get(FOLLOWED) == event.key:
        return
    st.session_state[FOLLOWED] = event.key
    choose(next((mark.key for mark in every_mark() if str(mark.day) in event.marks), None))


def timeline(
    setting: Setting,
    shown: Sequence[Mark],
    *,
    categories: Sequence[str],
    first: pd.Period,
    language: Language,
    recipe: Recipe,
) -> Mark | None:
    """Draw the timeline, its list and the chosen mark's text; return the chosen mark.

    Picture and list are two views of one choice: a click in the picture and an entry of the list choose the same
    mark, and the arrow keys move through the list.
    """
    by_key = {mark.key: mark for mark in shown}
    if st.session_state.get(MARK) not in by_key:
        st.session_state[MARK] = None
    chosen = state.get(MARK)
    drawn = figures.timeline(
        setting, shown, categories=categories, first=first, chosen=chosen, selectable=True
    )
    marked = {"chosen": str(chosen)} if chosen else {}
    figure.show(
        drawn,
        language,
        on_select=state.safe(_from_chart),
        recipe=Recipe(recipe.page, {**recipe.state, **marked}),
    )
    if shown:
        _list(by_key, chosen, language)
    mark = by_key.get(str(chosen))
    if mark is not None:
        st.markdown(words.mark_details(mark, cited(mark.source), language))
    return mark


def _list(by_key: dict[str, Mark], chosen: str | None, language: Language) -> None:
    """Draw the marks as a list, newest first, with the chosen one selected."""
    newest_first = list(by_key)[::-1]
    st.session_state[CHOICE] = chosen
    st.markdown("**" + language("Events on the timeline") + "**")
    with st.container(height=LIST_HEIGHT):
        st.radio(
            language("Events on the timeline"),
            newest_first,
            key=CHOICE,
            index=None,
            label_visibility="collapsed",
            format_func=lambda key: words.mark_line(by_key[key], language),
            captions=[words.mark_kind(by_key[key], language) for key in newest_first],
            on_change=state.safe(_from_list),
        )
