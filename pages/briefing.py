"""Take it away: the month in brief, and a briefing of collected figures."""

from crossings.briefing import sentences as words
from crossings.errors import CrossingsError
from crossings.language import Language
from ui import basket, briefing, controls, frame, language, readers, state
from ui import screen as st

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
with answer_place:
    st.markdown("### " + words.answer(len(draft.items), reader), anchors=False)

st.header(reader("The month in brief"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    flow = controls.flow(reader)
    with st.container(width=260):
        mark = controls.mark(reader)
briefing.month(reader, flow=flow, mark=mark, paper=draft.paper, files_in=files_in)

st.header(reader("Your collected figures"), anchor=False)
if draft.items:
    frame.netted(briefing.files)(draft, files_in, reader)
    briefing.items(draft, reader)
    st.header(reader("Page by page"), anchor=False)
    frame.netted(briefing.preview)(draft, files_in, reader)
else:
    st.caption(reader("Press “Add to briefing” under a figure on any page; it is collected as it stands."))

if where := readers.kept_where(reader):
    st.caption(where)
with st.expander(reader("Save the list, load one"), key="briefing-list"):
    briefing.save_and_load(draft, reader)
with st.expander(reader("Check a saved briefing against today's figures"), key="briefing-verify"):
    briefing.check_saved(reader)
with st.expander(reader("What the files hold")):
    st.markdown(words.caveats(reader))
