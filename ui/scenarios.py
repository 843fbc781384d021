"""Saving, opening and comparing scenarios."""

import json
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from crossings.briefing.recipe import Recipe
from crossings.errors import CrossingsError
from crossings.figures import scenario as figures
from crossings.figures.common import Setting
from crossings.forecast import Projection
from crossings.scenario.results import ScenarioResult
from crossings.scenario.settings import (
    Settings,
    settings_from_json,
    settings_from_query,
    to_json,
    to_query,
)
from crossings.words import Language
from crossings.words import scenario as words
from ui import cache, figure, levers

KEPT = "kept_scenarios"
MOST_KEPT = 4
OPENED = "opened_link"
LINK_KEYS = ("levers", "name", "data", "model")


def open_link(language: Language) -> None:
    """Take over a scenario that stands in the address, once; say where it was made with other data or another model."""
    query = {key: st.query_params[key] for key in LINK_KEYS if key in st.query_params}
    if "levers" not in query or st.session_state.get(OPENED) == query:
        return
    st.session_state[OPENED] = query
    try:
        settings = settings_from_query(query)
    except CrossingsError as fault:
        st.error(language.error(fault))
        return
    _take_over(settings)


def _take_over(settings: Settings) -> None:
    levers.load(settings)
    st.session_state[levers.PRESET] = levers.OWN
    st.session_state["loaded_from"] = (str(settings.data_month or ""), settings.model_version or "")


def made_elsewhere(language: Language, *, data_month: pd.Period, model_version: str) -> str:
    """Return a warning where the scenario on the page was made with other data or another model version."""
    t = language.text
    month, version = st.session_state.get("loaded_from", ("", ""))
    if (not month or month == str(data_month)) and (not version or version == model_version):
        return ""
    return t(
        "This scenario was made with figures to {month} and model {version}; it is now computed with figures to {now} and "
        "model {current}, so its numbers may differ.",
        month=month or "–",
        version=version or "–",
        now=str(data_month),
        current=model_version,
    )


def query(settings: Settings, *, data_month: pd.Period, model_version: str) -> dict[str, str]:
    """Return a scenario as values of the address, with the data month and model version it is shown with."""
    return to_query(Settings(settings.choices, settings.name, data_month, model_version))


def take_away(settings: Settings, language: Language, *, data_month: pd.Period, model_version: str) -> None:
    """Draw the link, the file to save and the place to load one."""
    t = language.text
    full = Settings(settings.choices, settings.name, data_month, model_version)
    st.caption(t("Link to this scenario: all levers, data month and model version"))
    address = (st.context.url or "").split("?")[0]
    st.code(
        f"{address}?{urlencode({'lang': language.code, **to_query(full)})}", language=None, wrap_lines=True
    )
    st.download_button(
        t("Save as a file"),
        to_json(full),
        file_name="scenario.json",
        mime="application/json",
        on_click="ignore",
    )
    file = st.file_uploader(t("Load a scenario file (JSON)"), type=["json"], key="scenario_file")
    if file is not None and st.session_state.get("loaded_file") != file.file_id:
        st.session_state["loaded_file"] = file.file_id
        try:
            settings = settings_from_json(file.getvalue())
        except CrossingsError as fault:
            st.error(language.error(fault))
            return
        st.session_state["waiting_scenario"] = settings
        st.rerun()


def open_waiting() -> None:
    """Take over a scenario that was loaded from a file in the run before."""
    settings = st.session_state.pop("waiting_scenario", None)
    if settings is not None:
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
    t = language.text
    kept: dict[str, Settings] = st.session_state.setdefault(KEPT, {})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            t("Name of this scenario"),
            words.name_of(settings, language),
            max_chars=40,
            key=f"compare-name-{words.name_of(settings, language)}",
        )
        full = len(kept) >= MOST_KEPT and name not in kept
        if st.button(t("Keep for comparison"), disabled=full or not name.strip()):
            kept[name] = Settings(settings.choices, name)
            st.rerun()
        if kept and st.button(t("Clear")):
            kept.clear()
            st.rerun()
    if full:
        st.caption(t("Four scenarios are kept; clear them to compare others."))
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
