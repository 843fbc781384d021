"""Where is the queue, and what would lanes, gates or pre-clearance do to it?"""

from ui import figure, frame, hall, language, page
from ui import screen as st

frame.guard()
reader = language.current()

top = page.top("border", reader)
question = hall.ask(reader)
answer = hall.view_of(question, reader)
top.fill(answer)

figure.show(answer.figures["border-queue"], reader, height=240, question=question)
grid = figure.pair()
with grid.cell():
    figure.show(answer.figures["border-waits"], reader, question=question)
with grid.cell():
    figure.show(answer.figures["border-desks"], reader, height=220, question=question)
if "border-lane" in answer.figures:
    figure.show(answer.figures["border-lane"], reader, height=130, question=question)
if answer.carried is not None:
    hall.use_in_scenario(question, answer.carried, reader)


def measures() -> None:
    """Draw every measure with two cross-checks."""
    figure.rows(answer.tables["measures"], alt=reader("All metrics by group"))
    st.caption(answer.remarks["longest"])
    st.caption(answer.remarks["steady"])


def published() -> None:
    """Draw what was published beside the model."""
    figure.rows(answer.tables["published"], alt=reader("Published waits compared with the model"))


def caveats() -> None:
    """Draw what the model holds and every setting with its evidence."""
    st.markdown(answer.caveats)
    figure.rows(answer.tables["settings"], alt=reader("Settings of the hall and their evidence"))


page.fold("measures", reader("All metrics by group"), measures)
page.fold("published", reader("Published waits compared with the model"), published)
with st.expander(reader("Flights of the day (assumed): edit, paste or load"), key="flights"):
    if question.own_flights:
        st.caption(reader("A link does not include flights you entered; a figure in the briefing does."))
    hall.edit_flights(question.hall, reader)
page.fold("caveats", reader("Method and limits of the queue model"), caveats)
