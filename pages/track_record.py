"""How good were such answers in the past?"""

from typing import cast

from crossings.models.forecast.backtest import CLAIMS
from crossings.questions.milestone.statements import statement_question
from crossings.questions.track_record.question import TrackRecordQuestion
from crossings.questions.track_record.selection import ERAS, YearAsked, eras
from crossings.questions.track_record.view import TrackRecordView
from crossings.tables.flows import Flow
from ui import controls, figure, frame, language, page
from ui import screen as st
from ui.models import models, view

HEIGHTS = {"track-record-coverage": 300, "track-record-reliability": 320}

frame.guard()
reader = language.current()
parts = eras(models().track_record())

top = page.top("track_record", reader)
question = TrackRecordQuestion(Flow.BOTH, ERAS[0], YearAsked.RUNNING)
if parts:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        flow = controls.flow(reader)
        era = controls.era(reader, options=parts)
        with st.popover(reader("More")):
            asked = controls.year_asked(reader)
        question = TrackRecordQuestion(flow, era, asked, controls.months_known())
answer = cast(TrackRecordView, view(question, reader))
top.fill(answer)

if answer.figures:
    error, *others, outcomes = answer.figures
    figure.show(answer.figures[error], reader, height=200, question=question)
    grid = figure.pair()
    for key in others:
        with grid.cell():
            figure.show(answer.figures[key], reader, height=HEIGHTS.get(key), question=question)

    def scores() -> None:
        """Draw where the outcomes came and the scores of the probabilities."""
        lower = figure.pair()
        with lower.cell():
            figure.show(answer.figures[outcomes], reader, question=question)
        with lower.cell():
            figure.table(
                answer.tables["scores"],
                title=reader("Scores of the probability forecasts, by period"),
                caption=reader(
                    "Lower is better. The benchmarks are two simple methods with their own past errors."
                ),
            )

    page.fold("scores", reader("Scores of the probability forecasts and position of outcomes"), scores)

with (
    st.expander(reader("Three public statements compared with the model forecast"), key="statements"),
    st.spinner(reader("Calculating the forecast…"), show_time=False),
):
    for claim in CLAIMS:
        st.markdown(answer.remarks[claim.key])
        page.link(statement_question(claim), reader("Forecast at the time of this statement"), reader)

if answer.public:
    st.markdown("#### " + reader("Public forecasts compared with the model forecast"), anchors=False)
    st.markdown("\n".join("- " + line for line in answer.public))
    for key, title in (
        ("public-open", reader("Figures for years not yet complete")),
        ("public-settled", reader("Figures for completed years")),
        ("public-by-lead", reader("Median errors by lead time")),
    ):
        place = st.expander(title, key=key, on_change="rerun")
        if place.open:
            with place:
                links = ("address",) if key != "public-by-lead" else ()
                figure.rows(answer.tables[key], alt=title, links=links)

with st.expander(reader("Method and how to read the results")):
    st.markdown(answer.caveats)
