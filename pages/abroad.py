"""Who is abroad: residents each way, nationals in third countries, joint evacuations."""

from typing import cast

from crossings.questions.abroad.question import AbroadQuestion
from crossings.questions.abroad.view import AbroadView
from ui import abroad_controls, figure, frame, language, page
from ui import screen as st
from ui.models import view

frame.guard()
reader = language.current()

SECTIONS = {
    "third-countries": reader("In third countries"),
    "evacuations": reader("Joint evacuations"),
    "memorandum": reader(
        "Korea-Japan memorandum on the protection of nationals in third countries (6 September 2024)"
    ),
    "residents": reader("Living in the other country"),
}

top = page.top("abroad", reader)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    country = abroad_controls.country(reader)
    counted = abroad_controls.counted(reader)
    near = abroad_controls.near(country, reader)

question = AbroadQuestion(country, counted, near)
answer = cast(AbroadView, view(question, reader))
top.fill(answer)
page.index(SECTIONS)
st.header(SECTIONS["third-countries"], anchor="third-countries")
figure.show(answer.figures["abroad-map"], reader, question=question)

st.header(answer.country_name, anchor=False)
st.markdown(answer.remarks["country"])
if len(answer.tables["in-country"]):
    figure.rows(
        answer.tables["in-country"], alt=reader("Nationals of both countries there, by kind of count")
    )
st.caption(answer.remarks["in-country"])
if len(answer.tables["operations-near"]):
    with st.expander(reader("Joint evacuations from that country and its region"), key="operations-near"):
        figure.rows(
            answer.tables["operations-near"], alt=reader("Joint evacuations from that country and its region")
        )

st.header(SECTIONS["evacuations"], anchor="evacuations")
figure.show(answer.figures["abroad-carried"], reader, question=question)
with st.expander(reader("Separate evacuations, for comparison")):
    figure.rows(answer.tables["separate"], alt=reader("Separate evacuations, for comparison"))

st.header(SECTIONS["memorandum"], anchor="memorandum")
st.markdown(answer.remarks["memorandum"])
figure.rows(answer.tables["memorandum"], alt=reader("Areas of cooperation named in press releases"))
st.caption(answer.remarks["memorandum-source"])

st.header(SECTIONS["residents"], anchor="residents")
figure.show(answer.figures["abroad-residents"], reader, question=question)
grid = figure.pair()
for key in ("abroad-students", "abroad-working-holiday"):
    with grid.cell():
        figure.show(answer.figures[key], reader, height=280, question=question)

with st.expander(reader("Definitions and gaps")):
    st.markdown(answer.caveats)
