"""What moved the flows before?"""

import streamlit as st

from crossings.errors import CrossingsError
from crossings.questions.milestone.statements import statement_choices
from ui import controls, figure, frame, history, history_controls, language, page
from ui.models import models

frame.guard()
reader = language.current()
last = models().last_month

SECTIONS = {
    "timeline": reader("The timeline"),
    "calendar": reader("The calendar"),
    "two-years": reader("Between two years"),
    "statements": reader("What was said, and what came"),
}

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
page.index(SECTIONS)

try:
    st.header(SECTIONS["timeline"], anchor="timeline")
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
        history.others(answer, question, reader)
    with st.expander(
        reader("Placebo tests: how often would chance give as much?"),
        expanded=history.has_placebos(question),
        key="placebos",
    ):
        history.placebo_block(question, reader)

st.header(SECTIONS["calendar"], anchor="calendar")
history.calendar(question, reader)

st.header(SECTIONS["two-years"], anchor="two-years")
history.two_years(question, reader)

st.header(SECTIONS["statements"], anchor="statements")
try:
    with st.spinner(reader("Simulating the months ahead…"), show_time=False):
        statements = answer.figures["history-statements"]
    figure.show(statements, reader, question=question)
    alt = reader("Statements about the totals, the model's answer and the outcome")
    figure.printed(answer.tables["statements"], alt=alt)
    st.caption(answer.remarks["statements"])
    with st.container(horizontal=True, gap="small"):
        for choice in statement_choices(models().published, reader):
            page.link(choice.question, choice.label, reader)
except CrossingsError as fault:
    st.error(reader.error(fault))

with st.expander(reader("How it is estimated, and what it cannot tell")):
    st.markdown(answer.caveats)
