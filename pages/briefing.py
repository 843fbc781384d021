"""Take it away: the month in brief, and a briefing of collected figures."""

from crossings.briefing import sentences as words
from crossings.errors import CrossingsError
from crossings.language import Language
from ui import basket, briefing, controls, frame, language, page, readers, state
from ui import screen as st
from ui.models import models, undecided_mark

frame.guard()
reader = language.current()

page.name("briefing", reader)
answer_place = st.container()
try:
    draft = basket.draft()
except CrossingsError as fault:
    st.error(reader.error(fault))
    st.button(
        reader("Set the damaged list aside and start a new one"), on_click=state.safe(basket.start_anew)
    )
    st.stop()

draft = briefing.settings(draft, reader)
files_in = Language(draft.language)
with answer_place:
    st.markdown("### " + words.answer(len(draft.items), reader), anchors=False)

st.header(reader("Monthly summary"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    flow = controls.flow(reader)
    with st.container(width=260):
        undecided = undecided_mark(flow, year=models().last_month.year)
        mark = controls.mark(reader, page="briefing", flow=flow, default=undecided)
briefing.month(
    reader,
    flow=flow,
    mark=mark,
    paper=draft.paper,
    filing=draft.filing,
    files_in=files_in,
    beside_list=bool(draft.items),
)

st.header(reader("Selected figures"), anchor=False)
if draft.items:
    frame.netted(briefing.files)(draft, files_in, reader)
    briefing.items(draft, reader)
    st.header(reader("Preview"), anchor=False)
    frame.netted(briefing.preview)(draft, files_in, reader)
else:
    st.caption(reader("Press “Add to briefing” under a figure on any page to add it as shown."))

if where := readers.kept_where(reader):
    st.caption(where)
with st.expander(reader("Save or load a list"), key="briefing-list"):
    briefing.save_and_load(draft, reader)
with st.expander(reader("Check a saved briefing against today's data"), key="briefing-verify"):
    briefing.check_saved(reader)
with st.expander(reader("Contents of the files")):
    st.markdown(words.caveats(reader))
