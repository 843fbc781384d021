"""What happens if immigration gets simpler (or harder)?"""

import streamlit as st

from crossings.briefing.recipe import Recipe, recipe
from crossings.figures import scenario as figures
from crossings.figures.common import Setting
from crossings.forecast.milestone import milestone
from crossings.forecast.projection import FIRST_AS_OF
from crossings.scenario import describe, sensitivity
from crossings.scenario.reality import check_past, earliest_start
from crossings.words import scenario as words
from ui import cache, controls, figure, frame, language, levers, scenarios

frame.guard()
reader = language.current()
t = reader.text
published = cache.published()
as_of = published.last_month

st.title(t("What simpler procedures would change"), anchor=False)
answer_place = st.container()
key_figures = st.container()
scenarios.open_waiting()
scenarios.open_link(reader)

with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    with st.container(width=230):
        levers.preset(reader, first="full-package")
    flow = controls.flow(reader)
    with st.container(width=110):
        year = controls.year(
            reader,
            options=list(range(as_of.year, as_of.year + 3)),
            default=as_of.year + 1,
            key="scenario_year",
        )
    mark = controls.mark(reader)
    with st.popover(t("More")):
        priors = controls.priors(reader)

with answer_place, st.spinner(t("Simulating the months ahead…"), show_time=False):
    projection = cache.projection(as_of)
settings = levers.draw(reader, first=as_of - 24, months=projection.months)
result = cache.scenario(projection, settings, flow=flow, year=year, mark=mark, priors=priors)
version = f"{result.model_version}/{result.scenario_version}"
base = milestone(projection, flow=flow, year=year, mark=mark)
setting = Setting(
    published,
    flow,
    reader,
    as_of=as_of,
    model_version=version,
    scenario=words.name_of(settings, reader),
)

answer_place.markdown("### " + words.answer(result, reader, settled=base.settled), anchors=False)
elsewhere = scenarios.made_elsewhere(reader, data_month=as_of, model_version=version)
if elsewhere:
    answer_place.info(elsewhere)
for caution in result.cautions:
    answer_place.caption(t(caution.message, **caution.values))
with key_figures:
    figure.key_figures(figures.key_figures(result, reader, settled=base.settled))
    st.caption(words.error_beside(result, *base.interval_80, reader))

choices = recipe("scenario", flow=flow, scenario_year=year, mark=mark, priors=priors, as_of=as_of)
asked = Recipe(
    "scenario", {**scenarios.query(settings, data_month=as_of, model_version=version), **choices.state}
)
figure.show(figures.flows(setting, result), reader, recipe=asked)
if settings.active:
    grid = figure.pair()
    with grid.cell():
        figure.show(figures.by_direction(setting, result), reader, recipe=asked)
    with grid.cell():
        steps = sensitivity.waterfall(projection, settings, flow=flow, priors=priors)
        figure.show(figures.waterfall(setting, result, steps), reader, recipe=asked)
    bars = sensitivity.tornado(projection, settings, flow=flow, priors=priors)
    if bars:
        figure.show(figures.tornado(setting, result, bars[:12]), reader, recipe=asked)

said = describe.description(settings, months=projection.months, priors=priors)
with st.expander(t("Years and months with and without")):
    st.dataframe(figures.years_table(result, reader), hide_index=True, alt=t("Years with and without"))
    st.dataframe(figures.months_table(result, reader), hide_index=True, alt=t("Months with and without"))
began = earliest_start(settings)
if began is not None and FIRST_AS_OF < began <= as_of:
    with st.expander(t("Since the start: what was expected, and what came"), key="since-start"):
        st.caption(t("Expected from what was known in {month}.", month=reader.month(began - 1)))
        rows = check_past(cache.projection(began - 1), projection.known, settings, priors=priors)
        st.dataframe(figures.since_start(rows, reader), hide_index=True, alt=t("Since the start"))
with st.expander(t("The scenario in plain words")):
    st.markdown(words.description(said, reader))
with st.expander(t("Save, load, copy a link")):
    scenarios.take_away(settings, reader, data_month=as_of, model_version=version)
with st.expander(t("Compare scenarios"), key="compare"):
    scenarios.compare(setting, settings, result, projection, reader, recipe=asked)
with st.expander(t("Assumptions and their evidence")):
    st.dataframe(
        figures.assumptions(result, said, reader), hide_index=True, alt=t("Assumptions and their evidence")
    )
with st.expander(t("Reality checks: what happened when borders changed")):
    st.markdown(words.check_rows(cache.reality_checks_of(projection, priors=priors), reader))
with st.expander(t("What this cannot tell you")):
    st.markdown(words.limits(reader))
