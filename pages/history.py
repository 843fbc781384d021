"""What moved the flows before?"""

from dataclasses import replace

import streamlit as st

from crossings.errors import CrossingsError
from crossings.models.events.errors import HistoryQuestionError
from crossings.tables.flows import Flow
from ui import controls, figure, frame, history, history_controls, language, page
from ui.models import models

frame.guard()
reader = language.current()
last = models().last_month

top = page.top("history", reader)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    event_place = st.container(width=340)
    flow = controls.flow(reader)
    kinds = history_controls.kinds(reader)
    with st.popover(reader("More")):
        own = history_controls.own_months(reader, last=last)
        since = history_controls.first_year(reader, last=last.year)
with event_place:
    event = history_controls.event(reader)

question = history_controls.question(flow, event, kinds, since, own)
with top.answer, st.spinner(reader("Estimating…"), show_time=False):
    answer = history.answered(question, reader)
top.fill(answer)

try:
    mark = history.timeline(question, reader)
    if mark is not None:
        history_controls.estimate_button(mark, reader)
except CrossingsError as fault:
    st.error(reader.error(fault))

if answer.estimated:
    grid = figure.pair()
    with grid.cell():
        figure.show(answer.figures["history-without"], reader, height=280, question=question)
    with grid.cell():
        if answer.compared:
            figure.show(answer.figures["history-others"], reader, height=280, question=question)
        elif flow is Flow.BOTH:
            st.markdown("#### " + reader("Each direction by itself"), anchors=False)
            st.caption(reader("Estimated apart, so the two need not add up to the figure for both ways."))
            figure.printed(answer.tables["directions"], alt=reader("Each direction estimated by itself"))
            st.caption(answer.remarks["no-comparison"])
        else:
            st.markdown("#### " + reader("Other origins over the same months"), anchors=False)
            st.caption(answer.remarks["no-comparison"])
    with st.expander(
        reader("Placebo tests: how often would chance give as much?"),
        expanded=history.has_placebos(question),
        key="placebos",
    ):
        history.placebo_block(question, reader)

st.header(reader("The calendar"), anchor=False)


@st.fragment
@frame.netted
def calendar() -> None:
    """Draw a month's change with and without the calendar."""
    month = history_controls.month(reader, last=last)
    of_month = history.answered(replace(question, month=month), reader)
    st.markdown(of_month.remarks["calendar"])
    figure.show(of_month.figures["history-calendar"], reader, height=250, question=question)
    if len(of_month.tables["calendar-parts"]):
        label = reader("Effect of the calendar in {month}", month=reader.month(month))
        with st.expander(label, key="calendar-parts"):
            figure.rows(of_month.tables["calendar-parts"], alt=reader("Effect of the calendar by holiday"))


@st.fragment
@frame.netted
def two_years() -> None:
    """Draw the change between two years in its parts, and beside it the two-way balance through time."""
    years_place = st.container()
    grid = figure.pair()
    with grid.cell():
        try:
            with years_place:
                first, second = history_controls.two_years(reader, options=answer.years())
            compared = replace(question, year_from=first, year_to=second)
            change = history.answered(compared, reader).figures["history-years"]
            figure.show(change, reader, height=250, question=compared)
        except HistoryQuestionError as fault:
            st.markdown(reader.error(fault))
    with grid.cell():
        figure.show(answer.figures["history-balance"], reader, height=250, question=question)


calendar()
st.header(reader("Between two years"), anchor=False)
two_years()

st.header(reader("What was said, and what came"), anchor=False)
try:
    with st.spinner(reader("Simulating the months ahead…"), show_time=False):
        statements = answer.figures["history-statements"]
    figure.show(statements, reader, question=question)
    alt = reader("Statements about the totals, the model's answer and the outcome")
    figure.printed(answer.tables["statements"], alt=alt)
    st.caption(answer.remarks["statements"])
except CrossingsError as fault:
    st.error(reader.error(fault))

with st.expander(reader("How it is estimated, and what it cannot tell")):
    st.markdown(answer.caveats)
