"""Where do exchanges stand?"""

from crossings.questions.base import Mark
from crossings.questions.overview.question import MARKED, OverviewQuestion
from crossings.tables.totals import mark_in_sight
from ui import controls, figure, frame, language, page
from ui import screen as st
from ui.models import models, view

frame.guard()
reader = language.current()
published = models().published

top = page.top("overview", reader)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    flow = controls.flow(reader)
    with st.container(width=130):
        measure = controls.measure(reader)
    with st.container(width=165):
        mark = controls.mark(
            reader,
            page="overview",
            flow=flow,
            default=Mark(mark_in_sight(published, flow)),
            drawn=measure in MARKED,
        )
    with st.popover(reader("More")):
        years = controls.years(reader, first=2005, last=published.last_month.year)
    copy_place = st.popover(reader("Sentence to copy"))

question = OverviewQuestion(flow, measure, mark, years)
answer = view(question, reader)
top.fill(answer)
with copy_place:
    st.code(answer.remarks["to-copy"], language=None, wrap_lines=True)

main, *directions = answer.figures
figure.show(answer.figures[main], reader, question=question)
calendar_place = st.empty()
with st.expander(reader("Comparison by direction"), key="side-by-side"):
    figure.rows(answer.tables["side-by-side"], alt=reader("Comparison by direction"))
grid = figure.pair()
for key in directions:
    with grid.cell():
        figure.show(answer.figures[key], reader, height=200, question=question)
with st.expander(reader("Definitions and notes")):
    st.markdown(answer.caveats)
with calendar_place:
    st.caption(answer.remarks["calendar"])
