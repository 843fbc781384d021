"""Saving, opening and comparing scenarios."""

import json
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st
from crossings.questions.recipe import Recipe

from crossings.errors import CrossingsError
from crossings.language import Language
from crossings.models.forecast import Projection
from crossings.models.scenario.levers import PRIOR_SETS
from crossings.models.scenario.results import ScenarioResult, seen_of
from crossings.models.scenario.settings import (
    LINK_FIELDS,
    Settings,
    context,
    settings_from_json,
    settings_from_query,
    to_json,
    to_query,
)
from crossings.questions.figure_context import Setting
from crossings.questions.scenario import figures
from crossings.questions.scenario import sentences as words
from ui import cache, controls, figure, levers, state

KEPT = "kept_scenarios"
MOST_KEPT = 4
OPENED = "opened_link"
LOADED = "loaded_scenario"
LOADED_FILE = "loaded_file"
WAITING = "waiting_scenario"


def open_link(language: Language) -> None:
    """Take over a scenario that stands in the address, once."""
    query = {key: st.query_params[key] for key in LINK_FIELDS if key in st.query_params}
    if "levers" not in query or st.session_state.get(OPENED) == query:
        return
    st.session_state[OPENED] = query
    try:
        _take_over(settings_from_query(query))
    except CrossingsError as fault:
        st.error(language.error(fault))


def _take_over(settings: Settings) -> None:
    levers.load(settings)
    st.session_state[LOADED] = settings


def record(settings: Settings) -> None:
    """Keep the address true: it names the scenario on the page, whatever link it was opened by."""
    loaded: Settings | None = st.session_state.get(LOADED)
    opened_by_link = "levers" in st.query_params
    if opened_by_link and loaded is not None and loaded.choices == settings.choices:
        return
    named = state.get(levers.PRESET, levers.OWN) != levers.OWN
    wanted = {} if named else to_query(Settings(settings.choices, settings.name))
    for key in LINK_FIELDS:
        if key in wanted and st.query_params.get(key) != wanted[key]:
            st.query_params[key] = wanted[key]
        elif key not in wanted and key in st.query_params:
            del st.query_params[key]
    st.session_state[OPENED] = wanted


def query(settings: Settings, result: ScenarioResult, *, model_version: str) -> dict[str, str]:
    """Return a scenario as values of the address, with the data month and model version it is shown with."""
    return to_query(replace(settings, data_month=result.as_of, model_version=model_version))


def made_elsewhere(
    projection: Projection, settings: Settings, language: Language, *, model_version: str
) -> None:
    """Draw what the maker of the scenario on the page saw, where it was made with other figures or another model."""
    loaded: Settings | None = st.session_state.get(LOADED)
    if loaded is None or loaded.choices != settings.choices:
        return
    then = context(loaded, data_month=projection.as_of, model_version=model_version)
    if then is None:
        return
    st.info(words.made_elsewhere(then, language))
    if loaded.seen is not None:
        table = figures.then_and_now(loaded.seen, _asked_again(projection, loaded), language)
        st.dataframe(table, hide_index=True, alt=language("What its maker saw, and today's numbers"))


def _asked_again(projection: Projection, loaded: Settings) -> ScenarioResult | None:
    saw = loaded.seen
    if saw is None:
        return None
    same = Settings(loaded.choices)
    try:
        return cache.scenario(
            projection, same, flow=saw.flow, year=saw.year, mark=saw.mark, priors=saw.priors
        )
    except CrossingsError:
        return None


def take_away(result: ScenarioResult, language: Language, *, model_version: str) -> None:
    """Draw the link, the file to save and the place to load one."""
    settings = result.settings
    full = replace(settings, data_month=result.as_of, model_version=model_version, seen=seen_of(result))
    st.caption(
        language(
            "Link to this scenario: all levers, the question, data month and model version, and the numbers you see now. "
            "Opened with other figures or another version, it shows both."
        )
    )
    query = {"lang": language.code, **controls.question(result), **to_query(full)}
    st.code(f"{(st.context.url or '').split('?')[0]}?{urlencode(query)}", language=None, wrap_lines=True)
    st.download_button(
        language("Save as a file"),
        to_json(full),
        file_name="scenario.json",
        mime="application/json",
        on_click="ignore",
    )
    file = st.file_uploader(language("Load a scenario file (JSON)"), type=["json"], key="scenario_file")
    if file is not None and st.session_state.get(LOADED_FILE) != file.file_id:
        st.session_state[LOADED_FILE] = file.file_id
        try:
            st.session_state[WAITING] = settings_from_json(file.getvalue())
        except CrossingsError as fault:
            st.error(language.error(fault))
            return
        st.rerun()


def open_waiting() -> None:
    """Take over a scenario that was loaded from a file in the run before."""
    settings = st.session_state.pop(WAITING, None)
    if settings is not None:
        for key in LINK_FIELDS:
            if key in st.query_params:
                del st.query_params[key]
        _take_over(settings)


def compare(
    setting: Setting,
    settings: Settings,
    result: ScenarioResult,
    projection: Projection,
    language: Language,
    *,
    recipe: Recipe,
) -> None:
    """Draw up to four scenarios side by side, each under its own name."""
    kept: dict[str, Settings] = st.session_state.setdefault(KEPT, {})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            language("Name of this scenario"),
            words.name_of(settings, language),
            max_chars=40,
            key=f"compare-name-{words.name_of(settings, language)}",
        )
        full = len(kept) >= MOST_KEPT and name not in kept
        if st.button(language("Keep for comparison"), disabled=full or not name.strip()):
            kept[name] = Settings(settings.choices, name)
            st.rerun()
        if kept and st.button(language("Clear")):
            kept.clear()
            st.rerun()
    if full:
        st.caption(language("Four scenarios are kept; clear them to compare others."))
    if kept:
        results = [
            cache.scenario(
                projection, one, flow=result.flow, year=result.year, mark=result.mark, priors=result.priors
            )
            for one in kept.values()
        ]
        every = json.dumps([to_json(one) for one in kept.values()], ensure_ascii=False)
        figure.show(
            figures.compared(setting, results),
            language,
            height=60 + 50 * len(results),
            recipe=Recipe(recipe.page, {**recipe.state, "compared": every}),
        )


def both_priors(
    setting: Setting, result: ScenarioResult, projection: Projection, language: Language, *, recipe: Recipe
) -> None:
    """Draw the scenario under both sets of assumptions."""
    results = [
        cache.scenario(
            projection, result.settings, flow=result.flow, year=result.year, mark=result.mark, priors=priors
        )
        for priors in PRIOR_SETS
    ]
    figure.show(figures.priors_compared(setting, results), language, height=160, recipe=recipe)
