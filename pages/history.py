"""What moved the flows before?"""

from crossings.errors import CrossingsError
from crossings.questions.milestone.statements import statement_choices
from ui import controls, figure, frame, history, history_controls, language, page
from ui import screen as st
from ui.models import models

frame.guard()
reader = language.current()
last = models().last_month

SECTIONS = {
    "timeline": reader("Timeline"),
    "calendar": reader("Calendar effects"),
    "two-years": reader("Change between two years"),
    "statements": reader("Public statements and outcomes"),
}

top = page.top("history", reader)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
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
        reader("Placebo tests: how often does chance produce as much?"),
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
    with st.spinner(reader("Calculating the forecast…"), show_time=False):
        statements = answer.figures["history-statements"]
    figure.show(statements, reader, question=question)
    alt = reader("Statements, model forecast and outcome")
    figure.rows(answer.tables["statements"], alt=alt)
    st.caption(answer.remarks["statements"])
    with st.container(horizontal=True, gap="small"):
        for choice in statement_choices(models().published, reader):
            page.link(choice.question, choice.label, reader)
except CrossingsError as fault:
    st.error(reader.error(fault))

with st.expander(reader("Method and limits")):
    st.markdown(answer.caveats)
