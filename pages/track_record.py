"""How good were such answers in the past?"""

import streamlit as st
from crossings.questions.recipe import recipe

from crossings.models.forecast import MODEL_VERSION
from crossings.models.forecast.backtest import CLAIMS
from crossings.models.forecast.milestone import milestone, outcome
from crossings.questions.figure_context import Setting
from crossings.questions.track_record import figures
from crossings.questions.track_record import selection as record
from crossings.questions.track_record import sentences as words
from ui import cache, controls, figure, frame, language

frame.guard()
reader = language.current()
published = cache.published()
kept = cache.track_record()

st.title(reader("How good were such answers?"), anchor=False)
answer_place = st.container()
key_figures = st.container()

seen = None
if kept is not None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        flow = controls.flow(reader)
        era = controls.era(reader, options=record.eras(kept))
        asked = controls.asked(reader)
    every = {part: record.view(kept, flow=flow, era=part, asked=asked) for part in record.eras(kept)}
    seen = every[era]

if kept is None or seen is None:
    said = words.absent(reader) if kept is None else words.nothing_here(reader)
    answer_place.markdown("### " + said, anchors=False)
else:
    answer_place.markdown("### " + words.answer(seen, reader), anchors=False)
    answer_place.markdown(words.counted(seen, reader))
    if kept.model_version != MODEL_VERSION:
        answer_place.caption(words.other_version(kept.model_version, MODEL_VERSION, reader))
    with key_figures:
        figure.key_figures(figures.key_figures(seen, reader))
    setting = Setting(published, seen.flow, reader, model_version=kept.model_version)
    shown = recipe("track_record", flow=flow, era=era, asked=asked)
    figure.show(figures.error_by_month(setting, seen), reader, recipe=shown)
    reliability = figures.reliability(setting, seen)
    grid = figure.pair()
    if reliability is not None:
        with grid.cell():
            figure.show(reliability, reader, recipe=shown)
    with grid.cell():
        figure.show(figures.coverage(setting, seen), reader, height=340, recipe=shown)
    lower = figure.pair()
    with lower.cell():
        figure.show(figures.outcomes(setting, seen), reader, recipe=shown)
    with lower.cell():
        title = reader("Scores of the probabilities, all parts of the record")
        st.markdown("#### " + title, anchors=False)
        st.caption(reader("Less is better. The benchmarks are two simple rules with their own past errors."))
        st.table(figures.scores([view for view in every.values() if view], reader))

st.markdown("#### " + reader("Three public statements, and what the projection says of them"), anchors=False)
with st.spinner(reader("Simulating the months ahead…"), show_time=False):
    for claim in CLAIMS:
        result = milestone(cache.projection(claim.as_of), flow=claim.flow, year=claim.year, mark=claim.mark)
        came = outcome(published, flow=claim.flow, year=claim.year, mark=claim.mark)
        st.markdown("- " + words.claim(claim, result, came, reader))

with st.expander(reader("How the record is made, and how to read it")):
    st.markdown(words.caveats(reader))
