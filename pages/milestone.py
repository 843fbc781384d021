"""Will the year pass the mark, and when?"""

from pathlib import Path

import pandas as pd
import streamlit as st
from crossings.questions.recipe import recipe

from crossings.language.likelihood import scale_rows
from crossings.models.forecast.exchange import code_of
from crossings.models.forecast.milestone import milestone, outcome
from crossings.models.forecast.projection import FIRST_AS_OF
from crossings.questions.figure_context import Setting
from crossings.questions.milestone import charts as milestone_charts
from crossings.questions.milestone import figures
from crossings.questions.milestone import sentences as words
from ui import cache, controls, figure, frame, language

METHOD = Path(__file__).resolve().parent.parent / "docs" / "method.md"

frame.guard()
reader = language.current()
published = cache.published()

st.title(reader("Will the year pass the mark?"), anchor=False)
answer_place = st.container()
key_figures = st.container()

with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    flow = controls.flow(reader)
    year_place = st.container(width=100)
    with st.container(width=160):
        mark = controls.mark(reader)
    with st.container(width=160):
        as_of = controls.as_of(reader, first=FIRST_AS_OF, last=published.last_month)
    with st.popover(reader("More")):
        shocks = controls.shocks(reader)
        exchange = controls.exchange(reader)
with year_place:
    year = controls.year(reader, options=list(range(FIRST_AS_OF.year, as_of.year + 3)), default=as_of.year)

with answer_place, st.spinner(reader("Simulating the months ahead…"), show_time=False):
    projection = cache.projection(as_of)
result = milestone(projection, flow=flow, year=year, mark=mark)
setting = Setting(published, flow, reader, as_of=as_of, model_version=projection.model_version)

answer_place.markdown("### " + words.answer(result, reader), anchors=False)
if shocks and result.needed is not None:
    struck = milestone(cache.projection(as_of, shocks=shocks), flow=flow, year=year, mark=mark)
    answer_place.markdown(words.with_shocks(result, struck, shocks, reader))
if exchange:
    walked = cache.projection(as_of, exchange=exchange)
    moved = milestone(walked, flow=flow, year=year, mark=mark)
    said = words.exchange_sentences(result, moved, walked.exchange, reader)
    if said is not None:
        answer_place.markdown(said[0])
        answer_place.caption(said[1])
came = words.happened(result, outcome(published, flow=flow, year=year, mark=mark), reader)
if came:
    answer_place.markdown(came)
with key_figures:
    figure.key_figures(figures.key_figures(result, reader))

if result.needed is not None:
    st.caption(words.dots_line(result, reader))
    figure.draw(
        milestone_charts.dots(words.asked(result)[1], flow=flow, language=reader),
        key="chart-dots",
        alt=words.dots_line(result, reader),
        width="content",
    )
asked = recipe(
    "milestone", flow=flow, year=year, mark=mark, as_of=as_of, shocks=bool(shocks), fx=code_of(exchange)
)
figure.show(figures.fan(setting, result), reader, recipe=asked)
grid = figure.pair()
with grid.cell():
    figure.show(figures.month_passed(setting, result), reader, height=240, recipe=asked)
with grid.cell():
    figure.show(figures.curve(setting, result), reader, height=240, recipe=asked)

st.caption(words.rule(flow, reader))
if year >= as_of.year and as_of > FIRST_AS_OF:
    with st.expander(reader("What changed since an earlier month"), key="what-changed"):
        earlier = controls.earlier(reader, first=FIRST_AS_OF, as_of=as_of, year=year)
        if st.toggle(reader("Work it out"), key="work-out-changes"):
            parts = cache.changes(earlier, as_of, flow=flow, year=year, mark=mark)
            st.dataframe(figures.changes(parts, reader), hide_index=True, alt=reader("What changed"))
with st.expander(reader("What each model says alone")):
    st.caption(words.disagreement_line(result, reader))
    st.caption(words.dependence_line(projection.dependence, reader))
    st.dataframe(figures.models(result, reader), hide_index=True, alt=reader("What each model says alone"))
with st.expander(reader("Scale of the likelihood words")):
    rows = pd.DataFrame(scale_rows(reader), columns=[reader("in 100"), reader("word")])
    st.dataframe(rows, hide_index=True, alt=reader("Scale of the likelihood words"))
with st.expander(reader("What the probability means, and what it does not")):
    st.markdown(words.caveats(reader))
    st.download_button(
        reader("The method in full (English)"),
        data=METHOD.read_bytes,
        file_name=METHOD.name,
        mime="text/markdown",
        on_click="ignore",
        type="tertiary",
    )
