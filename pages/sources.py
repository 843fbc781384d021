"""Where do the numbers come from, how fresh, how revised?"""

from datetime import date
from typing import cast

from crossings.questions.sources import sentences as words
from crossings.questions.sources.question import SourcesQuestion
from crossings.questions.sources.view import SourcesView
from crossings.tables import releases
from crossings.tables.flows import data_folder
from ui import figure, frame, language, page, readers, refresh, state
from ui import screen as st
from ui.models import view

frame.guard()
reader, today = language.current(), date.today()

top = page.top("sources", reader)
question = SourcesQuestion(today, refresh.last_asked(releases.freshness(today=today)), readers.keeper())
answer = cast(SourcesView, view(question, reader))
top.fill(answer, min_column_width=320)

refresh.section(answer, reader)

with st.expander(reader("Data tables"), key="published-tables"):
    figure.rows(answer.tables["published"], alt=reader("Data tables"))
    name = st.selectbox(
        reader("View one table"),
        list(answer.published),
        key=state.control("table"),
        format_func=state.named(answer.published, lambda name: words.table_title(name, reader)),
    )
    table = answer.published[str(name)]
    st.markdown(answer.remarks[table.name])
    if table.origins:
        with st.expander(reader.plural("One source", "{count} sources", len(table.origins)), key="origins"):
            figure.rows(
                answer.tables[f"origins-{table.name}"],
                alt=reader("Sources of: {title}", title=words.table_title(table.name, reader)),
                links=["address"],
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

with st.expander(reader("Values revised after publication")):
    st.caption(answer.remarks["revisions"])
    figure.rows(answer.tables["revisions"], alt=reader("Values revised after publication"))
st.markdown("#### " + reader("Known gaps"), anchors=False)
st.markdown(answer.caveats)
