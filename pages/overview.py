"""Where do exchanges stand?"""

import streamlit as st

from crossings.questions.figure_context import Setting
from crossings.questions.overview import figures as overview
from crossings.questions.overview import sentences as words
from crossings.questions.recipe import recipe
from crossings.tables.flows import DIRECTIONS, Flow
from ui import cache, controls, figure, frame, language

frame.guard()
reader = language.current()
published = cache.published()
month = published.last_month

st.title(reader("Where exchanges stand"), anchor=False)
answer_place = st.container()
key_figures = st.container()

with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    flow = controls.flow(reader)
    with st.container(width=190):
        measure = controls.measure(reader)
    mark = controls.mark(reader)
    with st.popover(reader("More")):
        years = controls.years(reader, first=2005, last=month.year)

setting = Setting(published, flow, reader)
answer_place.markdown("### " + overview.answer(setting, mark=mark), anchors=False)
with key_figures:
    figure.key_figures(overview.key_figures(published, reader))

asked = recipe("overview", flow=flow, measure=measure, mark=mark, years=years)
figure.show(overview.main_figure(setting, measure=measure, mark=mark, years=years), reader, recipe=asked)
calendar_place = st.empty()
st.markdown("#### " + reader("The flows side by side"), anchors=False)
st.table(
    overview.at_a_glance(setting), border="horizontal", hide_index=True, alt=reader("The flows side by side")
)
grid = figure.pair()
for direction in DIRECTIONS:
    with grid.cell():
        one_way = Setting(published, Flow(direction), reader)
        figure.show(
            overview.monthly(one_way, years=years, key=f"overview-{direction.value.lower()}"),
            reader,
            height=200,
            recipe=asked,
        )

with st.expander(reader("What is counted, and what to keep in mind")):
    st.markdown(words.caveats(reader))

from ui import history  # noqa: E402  its models take a second to load: last, when everything else is on the screen

calendar_place.caption(history.calendar_line(flow, month, reader))
