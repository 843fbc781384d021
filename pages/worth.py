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

figure.rows(answer.tables["books"], alt=reader("Benefits and costs of both countries"))
figure.show(answer.figures["worth-books"], reader, question=question)
worth.folds(answer, reader)
