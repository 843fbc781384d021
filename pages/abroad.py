"""Who is abroad: residents each way, nationals in third countries, joint evacuations."""

import streamlit as st
from crossings.questions.recipe import recipe

from crossings.questions.abroad import figures
from crossings.questions.abroad import sentences as words
from crossings.tables import abroad
from ui import abroad_controls, cache, figure, frame, language

frame.guard()
reader = language.current()
known = abroad.load()
setting = figures.Setting(known, reader, cache.published().digest)

st.title(reader("Who is abroad"), anchor=False)
st.markdown("### " + words.answer(known, reader), anchors=False)
figure.key_figures(figures.key_figures(known, reader))

with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    country = abroad_controls.country(known, reader)
    kind = abroad_controls.kind(known, reader)
    near = abroad_controls.near(country, reader)

asked = recipe("abroad", country=country, counted=abroad.kinds(known).index(kind) + 1, near=near)
figure.show(figures.third_countries(setting, kind=kind, country=country, near=near), reader, recipe=asked)

st.header(words.country_name(country, reader), anchor=False)
st.markdown(
    reader.in_a_row([words.distance(country, reader), words.operations_there(known, country, reader)])
)
counts = abroad.newest_in(known, country)
lacking = words.nobody_counted(known, country, reader)
if counts:
    st.table(
        figures.in_country(known, country, reader),
        hide_index=True,
        border="horizontal",
        alt=reader("Nationals of both countries there, by kind of count"),
    )
    cited = words.source_line([one.source for one in counts], known, reader)
    st.caption(reader.in_a_row([lacking, reader("Counts of different kinds are not added up."), cited]))
else:
    st.caption(lacking)
operations = figures.operations_near(known, country, reader)
if len(operations):
    with st.expander(reader("Joint operations there and in the region"), key="operations-near"):
        st.table(
            operations,
            hide_index=True,
            border="horizontal",
            alt=reader("Joint operations there and in the region"),
        )

figure.show(figures.carried(setting), reader, recipe=asked)
with st.expander(reader("Separate operations, kept for comparison")):
    st.dataframe(
        figures.separate(known, reader),
        hide_index=True,
        alt=reader("Separate operations, kept for comparison"),
    )

st.header(reader("Memorandum of cooperation of 6 September 2024"), anchor=False)
st.markdown(words.memorandum(known, reader))
st.table(
    figures.areas(known, reader),
    hide_index=True,
    border="horizontal",
    alt=reader("Areas of the memorandum, those not published named as such"),
)
st.caption(words.source_line([known.memorandum_source], known, reader))

st.header(reader("Living in the other country"), anchor=False)
figure.show(figures.residents(setting), reader, recipe=asked)
grid = figure.pair()
with grid.cell():
    figure.show(figures.students(setting), reader, height=280, recipe=asked)
with grid.cell():
    figure.show(figures.working_holiday(setting), reader, height=280, recipe=asked)

with st.expander(reader("What is counted, and what is missing")):
    st.markdown(words.caveats(reader))
