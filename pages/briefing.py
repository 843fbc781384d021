"""Take it away: the month in brief, and a briefing of collected figures."""

import streamlit as st

from crossings.briefing import sentences as words
from crossings.errors import CrossingsError
from crossings.language import Language
from ui import basket, briefing, controls, frame, language, state
from ui.models import models, undecided_mark

frame.guard()
reader = language.current()

st.title(reader("The briefing"), anchor=False)
answer_place = st.container()
try:
    draft = basket.draft()
except CrossingsError as fault:
    st.error(reader.error(fault))
    st.button(
        reader("Put the damaged list aside and begin a new one"), on_click=state.safe(basket.start_anew)
    )
    st.stop()

draft = briefing.settings(draft, reader)
files_in = Language(draft.language)
answer_place.markdown("### " + words.answer(len(draft.items), reader), anchors=False)

st.header(reader("The month in brief"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    flow = controls.flow(reader)
    with st.container(width=260):
        undecided = undecided_mark(flow, year=models().last_month.year)
        mark = controls.mark(reader, page="briefing", flow=flow, default=undecided)
briefing.month(reader, flow=flow, mark=mark, paper=draft.paper, files_in=files_in)

st.header(reader("Your collected figures"), anchor=False)
if draft.items:
    with st.spinner(reader("Making the figures…"), show_time=False):
        composed = briefing.composed(draft, files_in)
    briefing.take_away(composed, reader, key="briefing")
    briefing.items(draft, reader)
    st.header(reader("Page by page"), anchor=False)
    try:
        briefing.preview(draft, files_in, reader)
    except CrossingsError as fault:
        st.error(reader.error(fault))
else:
    st.caption(reader("Press “Add to briefing” under a figure on any page; it is collected as it stands."))

with st.expander(reader("Save the list, load one"), key="briefing-list"):
    briefing.save_and_load(draft, reader)
with st.expander(reader("Check a saved briefing against today's figures"), key="briefing-verify"):
    briefing.check_saved(reader)
with st.expander(reader("What the files hold")):
    st.markdown(words.caveats(reader))
