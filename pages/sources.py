"""Where do the numbers come from, how fresh, how revised?"""

from datetime import date

import streamlit as st

from crossings.questions.sources import figures
from crossings.questions.sources import sentences as words
from crossings.tables import provenance, releases
from crossings.tables.flows import data_folder
from ui import cache, figure, frame, language, refresh

frame.guard()
reader = language.current()
published = cache.published()
tables = {table.name: table for table in provenance.tables()}
fresh = releases.freshness(today=date.today())

st.title(reader("Where the figures come from"), anchor=False)
asked = refresh.last_asked(fresh)
newest = figures.last_official_month(published)
st.markdown("### " + words.answer(newest, fresh, reader, asked=asked), anchors=False)
figure.key_figures(figures.standing(published, fresh, reader), min_column_width=320)

refresh.section(reader)

st.markdown("#### " + reader("The published tables"), anchors=False)
st.dataframe(
    figures.overview(tuple(tables.values()), reader), hide_index=True, alt=reader("The published tables")
)
chosen = st.selectbox(
    reader("Look at one table"),
    list(tables),
    key="table",
    format_func=lambda name: words.table_title(name, reader),
)
table = tables[str(chosen)]
st.markdown(words.what_is_counted(table.name, reader))
if table.origins:
    with st.expander(reader.plural("One source", "{count} sources", len(table.origins)), key="origins"):
        st.dataframe(
            figures.origins(table, reader),
            hide_index=True,
            column_config={reader("Address"): st.column_config.LinkColumn(reader("Address"))},
            alt=reader("Sources of: {title}", title=words.table_title(table.name, reader)),
        )
st.download_button(
    reader("Save the table ({file}, {rows} rows)", file=table.path, rows=reader.number(table.rows)),
    data=(data_folder() / table.path).read_bytes,
    file_name=table.path,
    mime="text/csv",
    on_click="ignore",
    key=f"save-{table.name}",
    type="tertiary",
)

shown, takeaway = figures.revision_rows(published, reader)
st.markdown("#### " + reader("Revisions on record"), anchors=False)
st.caption(takeaway)
with st.expander(reader("Values that changed after publication")):
    st.dataframe(shown, hide_index=True, alt=reader("Values that changed after publication"))
st.markdown("#### " + reader("Known gaps"), anchors=False)
st.markdown(words.gaps(published, reader))
