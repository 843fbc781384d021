"""Where do the numbers come from, how fresh, how revised?"""

from datetime import date

import streamlit as st

from crossings import provenance, releases
from crossings.figures import sources as figures
from crossings.flows import data_folder
from crossings.words import sources as words
from ui import cache, frame, language, refresh

frame.guard()
reader = language.current()
t = reader.text
published = cache.published()
tables = provenance.tables()

st.title(t("Where the figures come from"), anchor=False)
st.markdown(
    "### " + words.answer(published.last_month, releases.freshness(today=date.today()), reader), anchors=False
)

refresh.section(reader)
st.markdown("#### " + t("The two flows: months and status"), anchors=False)
st.dataframe(
    figures.status_by_flow(published, reader), hide_index=True, alt=t("The two flows: months and status")
)

st.markdown("#### " + t("The published tables"), anchors=False)
st.dataframe(figures.overview(tables, reader), hide_index=True, alt=t("The published tables"))
for table in tables:
    title = words.table_title(table.name, reader)
    with st.expander(title, key=f"table-{table.name}"):
        st.markdown(words.what_is_counted(table.name, reader))
        if table.origins:
            rows = figures.origins(table, reader)
            st.dataframe(
                rows,
                hide_index=True,
                column_config={t("Address"): st.column_config.LinkColumn(t("Address"))},
                alt=t("Sources of: {title}", title=title),
            )
        st.download_button(
            t("Save the table ({file}, {rows} rows)", file=table.path, rows=reader.number(table.rows)),
            data=(data_folder() / table.path).read_bytes,
            file_name=table.path,
            mime="text/csv",
            on_click="ignore",
            key=f"save-{table.name}",
            type="tertiary",
        )

shown, takeaway = figures.revision_rows(published, reader)
st.markdown("#### " + t("Revisions on record"), anchors=False)
st.caption(takeaway)
with st.expander(t("Values that changed after publication")):
    st.dataframe(shown, hide_index=True, alt=t("Values that changed after publication"))
st.markdown("#### " + t("Known gaps"), anchors=False)
st.markdown(words.gaps(reader))
