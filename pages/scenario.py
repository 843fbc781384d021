"""What happens if immigration gets simpler (or harder)?"""

from crossings.questions.base import Mark
from crossings.questions.scenario.question import ScenarioQuestion
from ui import controls, figure, frame, language, levers, page, scenarios, worth_panel
from ui import screen as st
from ui.models import models

frame.guard()
reader = language.current()
as_of = models().last_month

top = page.top("scenario", reader)
scenarios.open_waiting()
scenarios.open_link(reader)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    with st.container(width=200):
        levers.preset(reader, first="full-package")
    flow = controls.flow(reader)
    with st.container(width=100):
        year = controls.year(
            reader,
            options=list(range(as_of.year, as_of.year + 3)),
            default=as_of.year + 1,
            key="scenario_year",
        )
    mark = controls.mark(reader)
    with st.popover(reader("More settings")):
        priors = controls.priors(reader)

with top.answer:
    scenarios.wait_for_projection(reader)
question = ScenarioQuestion(
    flow=flow, year=year, mark=Mark(mark), priors=priors, as_of=as_of, settings=scenarios.as_set()
)
answer = scenarios.view_of(question, reader)
# Everything is worked out before anything is drawn: the browser then redraws the page once, not piece by piece.
drawn = {key: answer.figures[key].chart() for key in answer.open_figures}

scenarios.fill(top, answer, reader)
levers.draw(reader, first=as_of - 24, months=answer.months)
asked = answer.question
first, *supporting = answer.open_figures
figure.show(answer.figures[first], reader, drawn=drawn[first], question=asked)
grid = figure.pair()
for key in supporting[:2]:
    with grid.cell():
        figure.show(answer.figures[key], reader, drawn=drawn[key], question=asked)
for key in supporting[2:]:
    figure.show(answer.figures[key], reader, drawn=drawn[key], question=asked)

worth_panel.draw(question, reader)
scenarios.folds(answer, question, reader)
