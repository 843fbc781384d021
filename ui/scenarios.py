"""Saving, opening and comparing scenarios, and what stands in the folds of their page."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from crossings.errors import CrossingsError
from crossings.language import Language
from crossings.language.scenarios import scenario_name
from crossings.models.scenario.levers import presets
from crossings.models.scenario.settings import (
    LINK_FIELDS,
    Settings,
    settings_from_json,
    settings_from_query,
    to_json,
    to_query,
)
from crossings.plain_text import entered
from crossings.questions.scenario.question import ScenarioQuestion
from crossings.questions.scenario.view import ScenarioView
from crossings.questions.worth.question import WorthQuestion
from ui import address, figure, levers, shown, state, worth_settings
from ui import screen as st
from ui.models import models, view
from ui.page import Top, fold

KEPT = "kept_scenarios"
COMPARE = "compare"
LONGEST_NAME = 40
MOST_KEPT = 4
OPENED = "opened_link"
LOADED = "loaded_scenario"
LOADED_FILE = "loaded_file"
WAITING = "waiting_scenario"


def wait_for_projection(language: Language) -> None:
    """Make the projection, which takes seconds the first time, under a line that says so."""
    with st.spinner(language("Calculating the forecast…"), show_time=False):
        models().scenario_baseline()


def view_of(question: ScenarioQuestion, language: Language) -> ScenarioView:
    """Return a scenario's view."""
    return cast("ScenarioView", view(question, language))


def as_set() -> Settings:
    """Return the scenario on the page; one that is as it was loaded keeps what its maker saw. Keep the address true."""
    settings = levers.chosen()
    record(settings)
    loaded: Settings | None = state.get(LOADED)
    if loaded is None or loaded.choices != settings.choices:
        return settings
    return replace(loaded, name=settings.name)


def fill(top: Top, answer: ScenarioView, language: Language) -> None:
    """Draw a scenario's answer with its warnings and what stands against it."""
    compared = {COMPARE: text} if (text := _kept_text(kept())) else {}
    shown.ask(answer.saved, **compared, **worth_settings.saved(_worth(answer.saved)))
    with top.answer:
        st.markdown("### " + answer.headline, anchors=False)
        if answer.made_elsewhere:
            st.info(answer.made_elsewhere)
        if "then-and-now" in answer.tables:
            alt = language("Numbers when saved and today")
            figure.rows(answer.tables["then-and-now"], alt=alt)
        if answer.warning:
            st.warning(answer.warning)
        for paragraph in answer.paragraphs[:1]:
            st.caption(paragraph)
    with top.key_figures:
        figure.key_figures(answer.key_figures)


def _worth(question: ScenarioQuestion) -> WorthQuestion:
    """Return what the settings of benefits and costs ask about a scenario; they stand in its link and its file."""
    return worth_settings.ask(question.settings, question.priors)


def beside(answer: ScenarioView) -> None:
    """Draw what stands against a scenario's effect, and how small it is beside the year's own uncertainty."""
    with st.container(gap="xxsmall"):
        for paragraph in (*answer.paragraphs[1:], answer.comparison):
            st.caption(paragraph)


def open_link(language: Language) -> None:
    """Take over a scenario that stands in the address, once."""
    query = {key: text for key in LINK_FIELDS if (text := address.named(key)) is not None}
    if "levers" in query and state.get(OPENED) != query:
        try:
            _take_over(settings_from_query(query))
        except CrossingsError as fault:
            st.error(language.error(fault))
        state.keep(OPENED, query)
    address.taken(*LINK_FIELDS)


def _take_over(settings: Settings) -> None:
    levers.load(settings)
    state.keep(LOADED, settings)


def record(settings: Settings) -> None:
    """Keep the address true: it names the scenario on the page, whatever link it was opened by."""
    loaded: Settings | None = state.get(LOADED)
    opened_by_link = "levers" in st.query_params
    if opened_by_link and loaded is not None and loaded.choices == settings.choices:
        return
    named = state.get(levers.NAMED) in presets()
    wanted = {} if named else to_query(Settings(settings.choices, settings.name))
    for key in LINK_FIELDS:
        if key in wanted and st.query_params.get(key) != wanted[key]:
            st.query_params[key] = wanted[key]
        elif key not in wanted and key in st.query_params:
            del st.query_params[key]
    state.keep(OPENED, wanted)


def open_waiting() -> None:
    """Take over a scenario that was loaded from a file in the run before."""
    settings = st.session_state.pop(WAITING, None)
    if settings is not None:
        for key in LINK_FIELDS:
            if key in st.query_params:
                del st.query_params[key]
        _take_over(replace(settings, worth=()))
        worth_settings.take_over(dict(settings.worth))


def folds(answer: ScenarioView, question: ScenarioQuestion, language: Language) -> None:
    """Draw the folds below the figures; what a fold holds is worked out when it is open."""

    def table(key: str, alt: str) -> None:
        figure.rows(answer.tables[key], alt=alt)

    def with_and_without() -> None:
        table("years", language("By year, with and without the measures"))
        table("months", language("By month, with and without the measures"))

    def since_start() -> None:
        st.markdown(answer.remarks["since-start"])
        table("since-start", language("Since the measures began"))

    def plain_words() -> None:
        st.caption(language("The assumptions, without the effect; the button in the corner copies them."))
        st.code(answer.remarks["plain-words"], language=None, wrap_lines=True)

    def drivers() -> None:
        figure.show(answer.figures["scenario-directions"], language, question=answer.question)
        figure.show(answer.figures["scenario-tornado"], language, question=answer.question)

    def assumptions() -> None:
        if len(answer.open_figures) > 1:
            figure.show(answer.figures["scenario-priors"], language, height=160, question=answer.question)
        table("assumptions", language("Assumptions and their evidence"))

    if answer.notes:
        with st.expander(
            language("Already included in the baseline; change of the probability"), key="baseline"
        ):
            for note in answer.notes:
                st.markdown(note)
    if answer.acted.settings.active and answer.acted.bars:
        fold("drivers", language("By direction, and the most influential assumptions"), drivers)
    fold("with-and-without", language("By year and month, with and without the measures"), with_and_without)
    if "since-start" in answer.tables:
        fold("since-start", language("Since the measures began: expected and observed"), since_start)
    fold("plain-words", language("Description of the scenario"), plain_words)
    fold("save-and-load", language("Save, load, copy a link"), lambda: take_away(answer, language))
    fold("compare", language("Compare scenarios"), lambda: compare(question, language))
    fold("assumptions", language("Assumptions and their evidence"), assumptions)
    fold(
        "reality-checks",
        language("Comparison with past changes of procedures"),
        lambda: st.markdown(answer.remarks["reality-checks"]),
    )
    fold("limits", language("Limits of the model"), lambda: st.markdown(answer.caveats))


def kept() -> dict[str, Settings]:
    """Return the scenarios kept for comparison, by name; `compare` in the address, so that they outlive the session."""
    found: dict[str, Settings] = state.keep(KEPT, state.get(KEPT, {}))
    text = address.named(COMPARE)
    if text is not None:
        try:
            found.update(_kept_in(text))
        except (CrossingsError, ValueError, TypeError, KeyError, RecursionError):
            address.refuse(COMPARE, text)
    address.taken(COMPARE)
    address.record(COMPARE, _kept_text(found), default="")
    return found


def _kept_text(scenarios: Mapping[str, Settings]) -> str:
    if not scenarios:
        return ""
    rows = [[name, to_query(scenario).get("levers", "")] for name, scenario in scenarios.items()]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _kept_in(text: str) -> dict[str, Settings]:
    """Return scenarios from their text in an address. Raises ValueError, TypeError or the errors of scenario links."""
    rows = json.loads(text)[:MOST_KEPT]
    return {
        entered(str(name), most=LONGEST_NAME, name="name"): settings_from_query(
            {"levers": str(levers), "name": str(name)}
        )
        for name, levers in rows
    }


def take_away(answer: ScenarioView, language: Language) -> None:
    """Draw the link, the file to save and the control to load one."""
    st.caption(
        language(
            "Link to this scenario with all settings, the data month, the model version and the numbers "
            "shown now. Opened later with other data or another version, it shows both results."
        )
    )
    link = shown.link(answer.saved, language)
    st.code(link, language=None, wrap_lines=True)
    st.download_button(
        language("Save as a file"),
        worth_settings.file(_worth(answer.saved)),
        file_name="scenario.json",
        mime="application/json",
        on_click="ignore",
    )
    file = st.file_uploader(language("Load a scenario file (JSON)"), type=["json"], key="scenario_file")
    if file is not None and state.get(LOADED_FILE) != file.file_id:
        state.keep(LOADED_FILE, file.file_id)
        try:
            state.keep(WAITING, settings_from_json(file.getvalue()))
        except CrossingsError as fault:
            st.error(language.error(fault))
            return
        st.rerun()


def _keep(kept_before: dict[str, Settings], settings: Settings, key: str, label: str) -> None:
    """Add a scenario under its own name to those that are compared. Raises: what `entered` raises."""
    named = entered(state.entered(key, ""), most=LONGEST_NAME, name=label)
    kept_before[named] = Settings(settings.choices, named)


def compare(question: ScenarioQuestion, language: Language) -> None:
    """Draw up to four scenarios side by side, each under its own name."""
    settings, kept_before = question.settings, kept()
    own_name = scenario_name(settings, language)
    key = f"compare-name-{own_name}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            language("Name of this scenario"),
            own_name[:LONGEST_NAME],
            max_chars=LONGEST_NAME,
            key=state.control(key),
        )
        full = len(kept_before) >= MOST_KEPT and name not in kept_before
        st.button(
            language("Add to comparison"),
            disabled=full or not name.strip(),
            on_click=state.safe(_keep),
            args=(kept_before, settings, key, language("Name of this scenario")),
        )
        if kept_before:
            st.button(language("Clear"), on_click=state.safe(kept_before.clear))
    if full:
        st.caption(language("Four scenarios are in the comparison; clear it to compare others."))
    if kept_before:
        every = json.dumps([to_json(scenario) for scenario in kept_before.values()], ensure_ascii=False)
        compared = view_of(replace(question, compared=every), language)
        figure.show(
            compared.figures["scenario-compared"],
            language,
            height=60 + 50 * len(kept_before),
            question=compared.question,
        )
