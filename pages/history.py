"""What moved the flows before?"""

import streamlit as st
from crossings.questions.recipe import Recipe, recipe

from crossings.errors import CrossingsError
from crossings.language.calendar import calendar_sentence
from crossings.models.events import MODEL_VERSION
from crossings.models.events.calendar import calendar_part, change_without_calendar
from crossings.models.events.decomposition import balance, decompose, years_possible
from crossings.models.events.errors import HistoryQuestionError
from crossings.models.events.marks import filtered
from crossings.questions.figure_context import Setting
from crossings.questions.history import figures
from crossings.questions.history import sentences as words
from crossings.tables.flows import Flow
from ui import cache, controls, figure, frame, history, history_controls, language

frame.guard()
reader = language.current()
published = cache.published()
month = published.last_month

st.title(reader("What moved the flows before"), anchor=False)
answer_place = st.container()
key_figures = st.container()

with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    event_place = st.container(width=340)
    flow = controls.flow(reader)
    kinds = history_controls.kinds(reader)
    with st.popover(reader("More")):
        own = history_controls.own_months(reader, last=month)
        first = history_controls.first_year(reader, last=month.year)
with event_place:
    event = history_controls.event(reader, own)

setting = Setting(published, flow, reader, model_version=MODEL_VERSION)
both_ways = Setting(published, Flow.BOTH, reader)

asked = recipe(
    "history",
    flow=flow,
    event=event.key,
    kinds="-".join(kinds),
    since=first.year,
)
asked = Recipe(asked.page, {**asked.state, **history_controls.own_values(event)})
found = None
try:
    with answer_place, st.spinner(reader("Estimating…"), show_time=False):
        found = history.estimated(flow, event)
except HistoryQuestionError as fault:
    answer_place.markdown(f"### {words.no_answer(event, flow, reader)}", anchors=False)
    answer_place.caption(reader.error(fault))
if found is not None:
    others = history.compared(flow, event)
    beside = None if isinstance(others, CrossingsError) else others
    answer_place.markdown("### " + words.answer(found, reader), anchors=False)
    told = [words.not_settled(found, beside, reader), words.detectable(found, reader)]
    answer_place.caption(reader.in_a_row([*told, *words.remarks(found, reader)]))
    with key_figures:
        figure.key_figures(figures.key_figures(found, beside, reader))

try:
    history.follow(event)
    marks = filtered(history.every_mark(), categories=set(kinds), first=first, last=month)
    mark = history.timeline(both_ways, marks, categories=kinds, first=first, language=reader, recipe=asked)
    if mark is not None:
        history_controls.estimate_button(mark, reader)
except CrossingsError as fault:
    st.error(reader.error(fault))

if found is not None:
    grid = figure.pair()
    with grid.cell():
        figure.show(figures.without_event(setting, found), reader, height=280, recipe=asked)
    with grid.cell():
        if beside is None and flow is Flow.BOTH:
            st.markdown("#### " + reader("Each direction by itself"), anchors=False)
            st.caption(reader("Estimated apart, so the two need not add up to the figure for both ways."))
            st.table(
                figures.directions(history.directions(event), reader),
                hide_index=True,
                border="horizontal",
                alt=reader("Each direction estimated by itself"),
            )
            st.caption(words.no_comparison(flow, reader))
        elif beside is None:
            st.markdown("#### " + reader("Other origins over the same months"), anchors=False)
            st.caption(words.no_comparison(flow, reader))
        else:
            figure.show(figures.beside_others(setting, beside), reader, height=280, recipe=asked)
    with st.expander(
        reader("Placebo tests: how often would chance give as much?"),
        expanded=history.has_placebos(flow, event),
        key="placebos",
    ):
        history.placebo_block(setting, event, reader, recipe=asked)

st.header(reader("The calendar"), anchor=False)


@st.fragment
@frame.netted
def calendar() -> None:
    """Draw a month's change with and without the calendar."""
    chosen = history_controls.month(reader, last=month)
    part = None
    try:
        fits = history.calendar()
    except HistoryQuestionError as fault:
        st.markdown(reader.error(fault))
        return
    try:
        part = calendar_part(fits, flow=flow, month=chosen)
        st.markdown(calendar_sentence(part, reader))
    except HistoryQuestionError as fault:
        st.markdown(reader.error(fault))
    shown = figures.calendar(setting, change_without_calendar(fits, flow=flow))
    figure.show(shown, reader, height=250, recipe=asked)
    if part is not None and len(part.parts):
        with st.expander(
            reader("Effect of the calendar in {month}", month=reader.month(chosen)), key="calendar-parts"
        ):
            st.dataframe(
                figures.calendar_parts(part, reader),
                hide_index=True,
                alt=reader("Effect of the calendar by holiday"),
            )


@st.fragment
@frame.netted
def two_years() -> None:
    """Draw the change between two years in its parts, and beside it the two-way balance through time."""
    controls_place = st.container()
    grid = figure.pair()
    with grid.cell():
        try:
            split = history.fitted()
            with controls_place:
                years = history_controls.two_years(reader, options=years_possible(split, flow=flow))
            change = decompose(split, flow=flow, first=years[0], second=years[1])
            pair = {"year_from": str(years[0]), "year_to": str(years[1])}
            compared = Recipe(asked.page, {**asked.state, **pair})
            figure.show(figures.decomposition(setting, change), reader, height=250, recipe=compared)
        except HistoryQuestionError as fault:
            st.markdown(reader.error(fault))
    with grid.cell():
        figure.show(figures.balance(both_ways, balance(published)), reader, height=250, recipe=asked)


calendar()

st.header(reader("Between two years"), anchor=False)
two_years()

st.header(reader("What was said, and what came"), anchor=False)
try:
    with st.spinner(reader("Simulating the months ahead…"), show_time=False):
        said = history.judgements()
    cited = history.publishers()
    figure.show(figures.statements(both_ways, said, cited=cited), reader, recipe=asked)
    st.table(
        figures.statements_read(said, reader, cited=cited),
        hide_index=True,
        border="horizontal",
        alt=reader("Statements about the totals, the model's answer and the outcome"),
    )
    st.caption(words.statements_rule(reader))
except CrossingsError as fault:
    st.error(reader.error(fault))

with st.expander(reader("How it is estimated, and what it cannot tell")):
    st.markdown(words.caveats(reader))
