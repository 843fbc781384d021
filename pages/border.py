"""Where is the queue, and what would lanes, gates or pre-clearance do to it?"""

import streamlit as st
from crossings.questions.recipe import recipe

from crossings.models.queue.flights import PARTNER
from crossings.models.queue.report import (
    carried,
    desks_for_target,
    question_json,
    shares_by_desks,
    steady_state_minutes,
)
from crossings.questions.border import figures
from crossings.questions.border import sentences as words
from ui import cache, figure, frame, hall, language

frame.guard()
reader = language.current()

st.title(reader("The queue in the arrival hall"), anchor=False)
answer_place = st.container()
key_figures = st.container()

base = hall.choose(reader)
settings, flights = hall.controls(base, reader)
before, after = cache.hall_day(base.flights, base.settings), cache.hall_day(flights, settings)
changed = settings != base.settings or flights is not base.flights
halls = figures.Halls(base, before, after, reader)

answer_place.markdown(
    "### " + words.answer(base, before.groups, after.groups, reader, changed=changed), anchors=False
)
answer_place.caption(f"{words.anchor_line(base, reader)} {words.desks_line(base, reader)}")
with key_figures:
    figure.key_figures(figures.key_figures(halls))

own_flights = None if flights is base.flights else flights
asked = recipe(
    "border",
    hall=base.hall.key,
    settings=question_json(base.hall.key, settings, own_flights),
    changed=changed,
)
figure.show(figures.queue(halls), reader, recipe=asked)
grid = figure.pair()
with grid.cell():
    figure.show(figures.waits(halls), reader, recipe=asked)
with grid.cell():
    shares = shares_by_desks(flights, settings)
    target = desks_for_target(flights, settings)
    figure.show(figures.desks(halls, shares, target), reader, height=220, recipe=asked)
if PARTNER in flights.groups:
    prices = cache.lane_prices_of(flights, settings)
    figure.show(figures.lane_price(halls, prices), reader, recipe=asked)

if PARTNER in before.groups and PARTNER in after.groups:
    hall.use_in_scenario(base, carried(before, after), reader)
with st.expander(reader("Every measure by group")):
    st.dataframe(figures.measures(halls), hide_index=True, alt=reader("Every measure by group"))
    longest = float(after.isa_longest_minutes().max())
    st.caption(
        reader(
            "Longest wait by the immigration service's own rule (10/8 of the wait of the 80th of 100 passengers of a "
            "flight): {minutes}.",
            minutes=words.minutes(longest, reader),
        )
    )
    st.caption(words.steady_line(steady_state_minutes(after), reader))
with st.expander(reader("Published waits beside the model")):
    st.dataframe(
        figures.published_figures(halls), hide_index=True, alt=reader("Published waits beside the model")
    )
with st.expander(reader("Flights of the day: an assumption to edit, paste or load"), key="flights"):
    hall.edit_flights(base, reader)
with st.expander(reader("What the queue model holds, and what it does not")):
    st.markdown(words.caveats(reader))
    st.dataframe(
        figures.assumptions(halls), hide_index=True, alt=reader("Settings of the hall and their evidence")
    )
