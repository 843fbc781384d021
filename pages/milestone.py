"""Will the year pass the mark, and when?"""

from pathlib import Path
from typing import cast

from crossings.models.forecast.projection import FIRST_AS_OF
from crossings.questions.milestone.question import MilestoneQuestion, years_in_reach
from crossings.questions.milestone.view import MilestoneView
from crossings.questions.track_record.selection import asked_alike
from ui import chart, controls, figure, frame, language, page, state
from ui import screen as st
from ui.models import models, undecided_mark, view

METHOD = Path(__file__).resolve().parent.parent / "docs" / "method.md"

frame.guard()
reader = language.current()

top = page.top("milestone", reader)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    flow = controls.flow(reader)
    year_place = st.container(width=104)
    mark_place = st.container(width=165)
    with st.container(width=185):
        as_of = controls.as_of(reader, first=FIRST_AS_OF, last=models().last_month)
    with st.popover(reader("More")):
        shocks = controls.shocks(reader)
        fx = controls.exchange(reader)
with year_place:
    year = controls.year(reader, options=years_in_reach(as_of), default=as_of.year)
with top.answer, st.spinner(reader("Calculating the forecast…"), show_time=False):
    undecided = undecided_mark(flow, year=year, as_of=as_of)
with mark_place:
    mark = controls.mark(reader, page="milestone", flow=flow, default=undecided)

question = MilestoneQuestion(flow, year, mark, as_of, shocks, fx)
answer = cast(MilestoneView, view(question, reader))
top.fill(answer, notes=False)

fan, *others = answer.figures
figure.show(answer.figures[fan], reader, height=288, question=question)
for note in answer.notes:
    st.caption(note)
beside = figure.pair()
if answer.dots is not None:
    with beside.cell():
        st.caption(answer.dots.line)
        chart.draw(answer.dots.written, key="chart-dots", alt=answer.dots.line, width="content")
with beside.cell():
    page.other(
        "track_record",
        reader("Past accuracy of such forecasts"),
        reader,
        flow=flow.value,
        **asked_alike(year, as_of),
    )
    page.other("history", reader("Public statements and outcomes"), reader, part="statements")
grid = figure.pair()
for key in others:
    with grid.cell():
        figure.show(answer.figures[key], reader, height=200, question=question)


def each_model() -> None:
    """Draw what each model says alone."""
    st.caption(answer.remarks["disagreement"])
    st.caption(answer.remarks["dependence"])
    figure.rows(answer.tables["models"], alt=reader("Each model separately"))


def meaning() -> None:
    """Draw how the question is settled, what limits the answer, and the full method to take away."""
    st.markdown(answer.rule)
    st.markdown(answer.caveats)
    st.download_button(
        reader("Full method (in English)"),
        data=METHOD.read_bytes,
        file_name=METHOD.name,
        mime="text/markdown",
        on_click="ignore",
        type="tertiary",
    )


if answer.earlier_months:
    with st.expander(reader("Changes since an earlier month"), key="what-changed"):
        earlier = controls.earlier(reader, months=answer.earlier_months, key=f"earlier-{as_of}-{year}")
        if st.toggle(reader("Calculate"), key=state.control("work-out-changes"), persist_state=None):
            figure.rows(answer.changes_since(earlier), alt=reader("Changes"))
page.fold("each-model", reader("Each model separately"), each_model)
page.fold(
    "wording",
    reader("Wording of probabilities"),
    lambda: figure.rows(answer.tables["likelihood"], alt=reader("Wording of probabilities")),
)
page.fold("meaning", reader("Meaning and limits of the probability"), meaning)
