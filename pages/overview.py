"""Where do exchanges stand?"""

from crossings.questions.base import Mark
from crossings.questions.overview.question import OverviewQuestion
from ui import controls, figure, frame, language, page
from ui import screen as st
from ui.models import models, view

frame.guard()
reader = language.current()
last_month = models().last_month

top = page.top("overview", reader)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    flow = controls.flow(reader)
    with st.container(width=190):
        measure = controls.measure(reader)
    mark = controls.mark(reader)
    with st.popover(reader("More settings")):
        years = controls.years(reader, first=2005, last=last_month.year)

question = OverviewQuestion(flow, measure, Mark(mark), years)
answer = view(question, reader)
top.fill(answer)

main, *directions = answer.figures
figure.show(answer.figures[main], reader, question=question)
calendar_place = st.empty()
figure.table(answer.tables["side-by-side"], title=reader("Comparison by direction"))
grid = figure.pair()
for key in directions:
    with grid.cell():
        figure.show(answer.figures[key], reader, height=200, question=question)
with st.expander(reader("Definitions and notes")):
    st.markdown(answer.caveats)
with calendar_place:
    st.caption(answer.remarks["calendar"])
