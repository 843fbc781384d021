"""What is a measure worth, and what does it cost, in both countries' books?"""

from ui import figure, frame, language, levers, page, scenarios, worth
from ui import screen as st

frame.guard()
reader = language.current()

top = page.top("worth", reader)
scenarios.open_waiting()
scenarios.open_link(reader)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    with st.container(width=260):
        levers.preset(reader, first="full-package")
    question = worth.ask(scenarios.as_set(), reader)
answer = worth.view_of(question, reader)
top.fill(answer)

figure.table(
    answer.tables["books"],
    title=reader("Two books side by side"),
    caption=reader(
        "The rows answer different questions and are never added up. What one travel account gains the other loses."
    ),
)
figure.show(answer.figures["worth-books"], reader, question=question)
figure.show(answer.figures["worth-outlay"], reader, question=question)
figure.table(answer.tables["break-even"], title=reader("Break-even minutes and cost of a saved minute"))
worth.drivers(answer, reader)
worth.landing(answer, reader)
for line in answer.remarks["grades"].splitlines():
    st.caption(line)
st.caption(answer.remarks["left-out"])
worth.folds(answer, reader)
