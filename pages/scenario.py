"""What happens if immigration gets simpler (or harder)?"""

import streamlit as st
from crossings.questions.recipe import Recipe, recipe

from crossings.models.forecast.projection import FIRST_AS_OF
from crossings.models.scenario import describe, sensitivity
from crossings.models.scenario.reality import check_past, earliest_start
from crossings.models.scenario.settings import pinned
from crossings.questions.figure_context import Setting
from crossings.questions.scenario import figures
from crossings.questions.scenario import sentences as words
from ui import cache, controls, figure, frame, language, levers, scenarios

frame.guard()
reader = language.current()
published = cache.published()
as_of = published.last_month

st.title(reader("What simpler procedures would change"), anchor=False)
answer_place = st.container()
key_figures = st.container()
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
    with st.popover(reader("More")):
        priors = controls.priors(reader)

with answer_place, st.spinner(reader("Simulating the months ahead…"), show_time=False):
    projection = cache.projection(as_of)

# Everything is worked out before anything is drawn: the browser then redraws the page once, not piece by piece.
settings = levers.chosen()
scenarios.record(settings)
result = cache.scenario(projection, settings, flow=flow, year=year, mark=mark, priors=priors)
version = f"{result.model_version}/{result.scenario_version}"
base = cache.milestone(projection, flow=flow, year=year, mark=mark)
name = words.name_of(settings, reader)
setting = Setting(published, flow, reader, as_of=as_of, model_version=version, scenario=name)
shown = {"flows": figures.flows(setting, result)}
if settings.active:
    stage = cache.stage(projection)
    steps = sensitivity.waterfall(stage, settings, flow=flow, priors=priors)
    bars = sensitivity.tornado(stage, settings, flow=flow, priors=priors)
    shown["directions"] = figures.by_direction(setting, result)
    shown["waterfall"] = figures.waterfall(setting, result, steps)
    if bars:
        shown["tornado"] = figures.tornado(setting, result, bars[:12])
drawn = {key: one.chart() for key, one in shown.items()}

with answer_place:
    st.markdown("### " + words.answer(result, reader, settled=base.settled), anchors=False)
    scenarios.made_elsewhere(projection, settings, reader, model_version=version)
    warned, held = words.cautions(result, reader)
    if warned:
        st.warning(warned)
    notes = [words.change_line(result, reader, settled=base.settled), held]
    st.caption(" ".join(note for note in notes if note))
with key_figures:
    figure.key_figures(figures.key_figures(result, reader, settled=base.settled))
    st.caption(words.error_beside(result, *base.interval_80, reader))

levers.draw(reader, first=as_of - 24, months=projection.months)

choices = recipe("scenario", flow=flow, scenario_year=year, mark=mark, priors=priors, as_of=as_of)
asked = Recipe("scenario", {**scenarios.query(settings, result, model_version=version), **choices.state})
figure.show(shown["flows"], reader, drawn=drawn["flows"], recipe=asked)
if settings.active:
    grid = figure.pair()
    for key in ("directions", "waterfall"):
        with grid.cell():
            figure.show(shown[key], reader, drawn=drawn[key], recipe=asked)
    if "tornado" in shown:
        figure.show(shown["tornado"], reader, drawn=drawn["tornado"], recipe=asked)

place = st.expander(reader("Years and months with and without"), key="with-and-without", on_change="rerun")
if place.open:
    with place:
        st.dataframe(
            figures.years_table(result, reader), hide_index=True, alt=reader("Years with and without")
        )
        months = figures.months_table(result, reader)
        st.dataframe(
            months,
            hide_index=True,
            column_config=figure.number_formats(months),
            alt=reader("Months with and without"),
        )
began = earliest_start(settings)
if began is not None and FIRST_AS_OF < began <= as_of:
    place = st.expander(
        reader("Since the start: what was expected, and what came"), key="since-start", on_change="rerun"
    )
    if place.open:
        with place:
            same = pinned(settings, first=projection.months[0])
            past = check_past(cache.projection(began - 1), projection.known, same, priors=priors)
            st.markdown(words.since_start(past, began, reader))
            st.dataframe(figures.since_start(past, reader), hide_index=True, alt=reader("Since the start"))
said = describe.description(settings, months=projection.months, priors=priors)
place = st.expander(reader("The scenario in plain words"), key="plain-words", on_change="rerun")
if place.open:
    with place:
        st.caption(reader("What is assumed, apart from its effect; the button in the corner copies it."))
        text = words.description(said, settings, reader, as_of=as_of, version=version)
        st.code(text, language=None, wrap_lines=True)
place = st.expander(reader("Save, load, copy a link"), key="save-and-load", on_change="rerun")
if place.open:
    with place:
        scenarios.take_away(result, reader, model_version=version)
place = st.expander(reader("Compare scenarios"), key="compare", on_change="rerun")
if place.open:
    with place:
        scenarios.compare(setting, settings, result, projection, reader, recipe=asked)
place = st.expander(reader("Assumptions and their evidence"), key="assumptions", on_change="rerun")
if place.open:
    with place:
        if settings.active:
            scenarios.both_priors(setting, result, projection, reader, recipe=asked)
        table = figures.assumptions(result, said, reader)
        st.dataframe(table, hide_index=True, alt=reader("Assumptions and their evidence"))
place = st.expander(
    reader("Reality checks: what happened when borders changed"), key="reality-checks", on_change="rerun"
)
if place.open:
    place.markdown(words.check_rows(cache.reality_checks_of(projection, priors=priors), reader))
place = st.expander(reader("What this cannot tell you"), key="limits", on_change="rerun")
if place.open:
    place.markdown(words.limits(reader))
