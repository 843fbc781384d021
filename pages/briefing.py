"""Take it away: the month in brief, and a briefing of collected figures."""

import streamlit as st

from crossings.errors import CrossingsError
from crossings.words import Language
from crossings.words import briefing as words
from ui import basket, briefing, controls, frame, language

frame.guard()
reader = language.current()
t = reader.text

st.title(t("The briefing"), anchor=False)
answer_place = st.container()
try:
    draft = basket.draft()
except CrossingsError as fault:
    st.error(reader.error(fault))
    st.button(t("Put the damaged list aside and begin a new one"), on_click=basket.start_anew)
    st.stop()

draft = briefing.settings(draft, reader)
files_in = Language(draft.language)
answer_place.markdown("### " + words.answer(len(draft.items), reader), anchors=False)

st.header(t("The month in brief"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    flow = controls.flow(reader)
    with st.container(width=260):
        mark = controls.mark(reader)
briefing.month(reader, flow=flow, mark=mark, paper=draft.paper, files_in=files_in)

st.header(t("Your collected figures"), anchor=False)
if draft.items:
    with st.spinner(t("Making the figures…"), show_time=False):
        composed = briefing.composed(draft, files_in)
    briefing.take_away(composed, reader, key="briefing")
    briefing.items(draft, reader)
    st.header(t("Page by page"), anchor=False)
    try:
        briefing.preview(draft, files_in, reader)
    except CrossingsError as fault:
        st.error(reader.error(fault))
else:
    st.caption(t("Press “Add to briefing” under a figure on any page; it is collected as it stands."))

with st.expander(t("Save the list, load one"), key="briefing-list"):
    briefing.save_and_load(draft, reader)
with st.expander(t("Check a saved briefing against today's figures"), key="briefing-verify"):
    briefing.check_saved(reader)
with st.expander(t("What the files hold")):
    st.markdown(words.caveats(reader))
