"""The levers of a scenario as controls: drawn from their records, kept across pages, set from presets, links and files."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from crossings.flows import Flow
from crossings.scenario.levers import Group, Lever, levers, parts, presets
from crossings.scenario.settings import Choice, Settings, from_preset
from crossings.words import Language
from crossings.words import scenario as words
from crossings.words.overview import subject
from ui import address

GROUPS: tuple[Group, ...] = ("simpler", "harder", "world")
NAME = "scenario_name"
PRESET = "preset"
OWN = ""
LONGEST_RAMP_MONTHS = 36


def load(settings: Settings) -> None:
    """Set every control to a scenario; call it before the controls are drawn or in a callback."""
    st.session_state[NAME] = settings.name
    for key, lever in levers().items():
        choice = settings.choice(key)
        value = choice.value if choice else lever.default
        st.session_state[_key(key, "value")] = bool(value) if lever.is_switch else value
        st.session_state[_key(key, "start")] = str(choice.start) if choice and choice.start else ""
        st.session_state[_key(key, "ramp")] = choice.ramp_months if choice else None
        st.session_state[_key(key, "flows")] = _way(choice.directions if choice else ())
        typed = dict(choice.parts) if choice else {}
        for part in lever.parts:
            st.session_state[_key(key, part)] = typed.get(part)


def _way(directions: tuple[Flow, ...]) -> Flow:
    return directions[0] if len(directions) == 1 else Flow.BOTH


def _key(lever: str, what: str) -> str:
    return f"lever-{lever}-{what}"


def draw(language: Language, *, first: pd.Period, months: pd.PeriodIndex) -> Settings:
    """Draw every lever in its group and return the scenario as set; first: earliest month a lever may start."""
    t = language.text
    titles = {
        "simpler": t("Simpler procedures"),
        "harder": t("Harder procedures"),
        "world": t("The world around: not procedures"),
    }
    chosen: list[Choice] = []
    for group in GROUPS:
        count = sum(
            bool(_value(lever) != lever.default) for lever in levers().values() if lever.group == group
        )
        label = titles[group] + (f" ({count})" if count else "")
        with (
            st.expander(label, expanded=group == "simpler", key=f"levers-{group}"),
            st.grid(3, min_column_width=200, gap="medium"),
        ):
            for lever in levers().values():
                if lever.group == group:
                    with st.container(gap="xxsmall"):
                        chosen += _lever(lever, language, first=first, months=months)
    order = list(levers())
    chosen.sort(key=lambda choice: order.index(choice.lever))
    return Settings(choices=tuple(chosen), name=str(st.session_state.get(NAME, "")))


def _value(lever: Lever) -> float:
    return float(st.session_state.get(_key(lever.key, "value"), lever.default))


def _own_name() -> None:
    st.session_state[NAME] = ""
    st.session_state[PRESET] = OWN


def preset(language: Language, *, first: str) -> None:
    """Draw the choice of a named scenario; choosing one sets every lever."""
    t = language.text
    options = [*presets(), OWN]
    if PRESET not in st.session_state:
        st.session_state[PRESET] = first
        load(from_preset(first))
    address.hold(PRESET)
    address.hold("lever-")

    def choose() -> None:
        if st.session_state[PRESET] != OWN:
            load(from_preset(st.session_state[PRESET]))

    st.selectbox(
        t("Named scenario"),
        options,
        key=PRESET,
        persist_state="session",
        on_change=choose,
        format_func=lambda key: t(presets()[key].name) if key else t("My scenario"),
    )


def _lever(lever: Lever, language: Language, *, first: pd.Period, months: pd.PeriodIndex) -> list[Choice]:
    t = language.text
    st.session_state.setdefault(
        _key(lever.key, "value"), bool(lever.default) if lever.is_switch else lever.default
    )
    common: Mapping[str, Any] = {
        "key": _key(lever.key, "value"),
        "help": _help(lever, language),
        "persist_state": "session",
        "on_change": _own_name,
    }
    if lever.is_switch:
        value = float(st.toggle(t(lever.label), **common))
    else:
        value = float(
            st.slider(
                f"{t(lever.label)} ({t(lever.unit)})",
                lever.minimum,
                lever.maximum,
                step=lever.step,
                format="%+g" if lever.minimum < 0 else "%g",
                **common,
            )
        )
    st.caption(f"{words.quality_word(lever.quality, language)} · {words.impact_word(lever.impact, language)}")
    if value == lever.default:
        return []
    with st.popover(t("Start, ramp, numbers"), key=_key(lever.key, "more")):
        return [_details(lever, value, language, first=first, months=months)]


def _help(lever: Lever, language: Language) -> str:
    t = language.text
    return "\n\n".join(t(text) for text in (lever.sentence, lever.baseline, lever.caveat) if text)


def _details(
    lever: Lever, value: float, language: Language, *, first: pd.Period, months: pd.PeriodIndex
) -> Choice:
    t = language.text
    own = lever.start or months[0]
    options = ["", *(str(month) for month in pd.period_range(first, months[-1], freq="M"))]
    st.session_state.setdefault(_key(lever.key, "start"), "")
    start = st.selectbox(
        t("Start month"),
        options,
        key=_key(lever.key, "start"),
        persist_state="session",
        on_change=_own_name,
        format_func=lambda month: (
            language.month_of(month) if month else t("{month} (as assumed)", month=language.month(own))
        ),
    )
    directions: tuple[Flow, ...] = ()
    if len(lever.directions) > 1:
        st.session_state.setdefault(_key(lever.key, "flows"), Flow.BOTH)
        way = st.selectbox(
            t("Direction"),
            list(Flow),
            key=_key(lever.key, "flows"),
            persist_state="session",
            on_change=_own_name,
            format_func=lambda flow: subject(Flow(flow), language),
        )
        directions = () if way == Flow.BOTH else (Flow(str(way)),)
    ramp = None
    if lever.ramp:
        ramp = st.number_input(
            t("Ramp (months; empty: as assumed)"),
            0.0,
            float(LONGEST_RAMP_MONTHS),
            value=None,
            step=1.0,
            key=_key(lever.key, "ramp"),
            persist_state="session",
            on_change=_own_name,
            placeholder=t("as assumed"),
        )
    typed = []
    for key in lever.parts:
        part = parts()[key]
        number = st.number_input(
            f"{t(part.label)} ({t(part.unit)})",
            part.minimum,
            part.maximum,
            value=None,
            step=(part.maximum - part.minimum) / 100,
            key=_key(lever.key, key),
            persist_state="session",
            placeholder=t("as assumed"),
            on_change=_own_name,
        )
        if number is not None:
            typed.append((key, float(number)))
    return Choice(
        lever=lever.key,
        value=value,
        start=pd.Period(start, "M") if start else None,
        ramp_months=ramp,
        directions=directions,
        parts=tuple(typed),
    )
