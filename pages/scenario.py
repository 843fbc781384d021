"""What happens if immigration gets simpler (or harder)?"""

from crossings.questions.scenario.question import ScenarioQuestion
from ui import controls, figure, frame, language, levers, page, scenarios, worth_panel
from ui import screen as st
from ui.models import models, undecided_mark

HEIGHTS = {"scenario-flows": 222}

frame.guard()
reader = language.current()
as_of = models().last_month

top = page.top("scenario", reader)
scenarios.open_waiting()
scenarios.open_link(reader)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    with st.container(width=340):
        levers.preset(reader, first="full-package")
    flow = controls.flow(reader)
    with st.container(width=104):
        year = controls.year(
            reader,
            options=list(range(as_of.year, as_of.year + 3)),
            default=as_of.year + 2,
            key="scenario_year",
        )
    mark_place = st.container(width=165)
    with st.popover(reader("More")):
        priors = controls.priors(reader)

with top.answer:
    scenarios.wait_for_projection(reader)
with mark_place:
    mark = controls.mark(reader, page="scenario", flow=flow, default=undecided_mark(flow, year=year))
question = ScenarioQuestion(
    flow=flow, year=year, mark=mark, priors=priors, as_of=as_of, settings=scenarios.as_set()
)
answer = scenarios.view_of(question, reader)
# Charts are worked out before anything is drawn, and drawn first: the browser then redraws the page once.
drawn = {key: answer.figures[key].written_chart(height=HEIGHTS.get(key)) for key in answer.open_figures}

result_side, control_side = st.columns([0.64, 0.36], gap="medium")
with result_side:
    for place, key in enumerate(answer.open_figures):
        figure.show(answer.figures[key], reader, drawn=drawn[key], question=answer.question)
        if not place:
            scenarios.beside(answer)
scenarios.fill(top, answer, reader)
with control_side:
    levers.draw(reader, first=as_of - 24, months=answer.months)

worth_panel.draw(question, reader)
scenarios.folds(answer, question, reader)
