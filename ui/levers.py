"""The levers of a scenario as controls: drawn from their records, kept across pages, set from presets, links and files.

What is set stands in the session as Choices, apart from the controls, so that a page can work it out before
it draws anything and controls that are not drawn lose nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from crossings.language import Language
from crossings.language.labels import subject
from crossings.models.scenario.cost import spread
from crossings.models.scenario.levers import Group, Lever, levers, parts, presets
from crossings.models.scenario.settings import LONGEST_RAMP, Choice, Settings, from_preset, started, starting
from crossings.questions.scenario import sentences as words
from crossings.tables.flows import Flow
from ui import address, state
from ui import screen as st
from ui.models import models

GROUPS: tuple[Group, ...] = ("simpler", "harder", "world")
NAME = "scenario_name"
PRESET = "preset"
NAMED = "lever_preset"
CHOICES = "lever_choices"
DRAWN = "levers_drawn"
OWN = ""
START_WIDTH = 160
ALL = {"start": "measures-start", "ramp": "measures-ramp"}


def load(settings: Settings, *, preset: str = OWN) -> None:
    """Set every control to a scenario; call it before the controls are drawn or in a callback."""
    _set({choice.lever: choice for choice in settings.choices}, name=settings.name, preset=preset)
    state.renew(*(_key(key, what) for key, what in _drawn()))


def _set(choices: Mapping[str, Choice], *, name: str = "", preset: str = OWN) -> None:
    """Keep a scenario; one that was moved has no name of its own and is no preset any more."""
    for key, value in ((CHOICES, choices), (NAME, name), (NAMED, preset)):
        state.keep(key, value)


def chosen() -> Settings:
    """Return the scenario as it is set; it needs no control to be drawn."""
    choices = _choices()
    active = tuple(choices[key] for key in levers() if key in choices and choices[key].active)
    return Settings(choices=active, name=str(state.get(NAME, "")))


def _choices() -> Mapping[str, Choice]:
    choices: Mapping[str, Choice] = state.get(CHOICES, {})
    return choices


def _key(lever: str, what: str) -> str:
    return f"lever-{lever}-{what}"


def _choice(lever: Lever) -> Choice:
    """Return how a lever is set."""
    return _choices().get(lever.key, Choice(lever.key, lever.default))


def _changed(key: str, what: str) -> None:
    """Take a control's value over into the scenario, which has no name of its own any more.

    A control that is known no more, or that holds what is set already, changes nothing; one that holds a label
    of another language is drawn anew.
    """
    control = _key(key, what)
    if state.control(control) not in st.session_state:
        return
    before = _choice(levers()[key])
    try:
        after = _with(before, what, state.entered(control))
    except (TypeError, ValueError):
        state.renew(control)
        return
    if after == before:
        return
    after = started(after, first=_common_start() or next_month()) if not before.active else after
    _set({**_choices(), key: after})
    moved = (
        part for part in ("start", "end") if getattr(after, part) != getattr(before, part) and part != what
    )
    state.renew(*(_key(key, part) for part in moved))


def next_month() -> pd.Period:
    """Return the month in which a measure can start at the earliest: the next one, and one that is projected."""
    return max(pd.Period(date.today(), "M") + 1, models().last_month + 1)


def named_scenario(key: str) -> Settings:
    """Return a named scenario whose measures start next month, where nothing else is said of them."""
    return starting(from_preset(key), first=next_month())


def _settle() -> None:
    """Take over what controls hold and the scenario does not: a next click may have ended their callbacks."""
    for key, what in list(_drawn()):
        _changed(key, what)


def _drawn() -> dict[tuple[str, str], None]:
    """Return lever and part of every control that was drawn in this session; others hold nothing of the reader's."""
    drawn: dict[tuple[str, str], None] | None = state.get(DRAWN)
    return state.keep(DRAWN, {}) if drawn is None else drawn


def _with(choice: Choice, what: str, entered: Any) -> Choice:
    """Return a choice with one control's value. Raises TypeError or ValueError where that cannot be read."""
    if what == "value":
        return replace(choice, value=float(entered))
    if what in ("start", "end"):
        month = pd.Period(entered, "M") if entered else None
        moved = replace(choice, start=month) if what == "start" else replace(choice, end=month)
        ends_first = moved.start is not None and moved.end is not None and moved.end < moved.start
        return replace(moved, end=None) if ends_first else moved
    if what == "ramp":
        return replace(choice, ramp_months=entered)
    if what == "flows":
        return replace(choice, directions=() if entered == Flow.BOTH else (Flow(entered),))
    typed = dict(choice.parts) | {what: entered}
    order = [part for part in choice.record.parts if typed.get(part) is not None]
    return replace(choice, parts=tuple((part, float(typed[part])) for part in order))


def _choose() -> None:
    """Set every lever to the scenario chosen by name; a lever moved since its list was drawn comes first."""
    _settle()
    name = state.entered(PRESET, OWN)
    if name in presets():
        load(named_scenario(name), preset=name)


def preset(language: Language, *, first: str) -> None:
    """Draw the choice of a named scenario, in the address as `preset`; choosing one sets every lever."""
    options = [*presets(), OWN]
    if CHOICES not in st.session_state:
        named = st.query_params.get(PRESET, first)
        named = named if named in presets() else first
        load(named_scenario(named), preset=named)
    _settle()
    named = state.get(NAMED, OWN)
    state.show({PRESET: named})
    st.selectbox(
        language("Preset scenario"),
        options,
        key=state.control(PRESET),
        on_change=state.safe(_choose),
        format_func=state.named(
            options, lambda key: language(presets()[key].name) if key else language("Custom scenario")
        ),
    )
    address.record(PRESET, named or first, default=first)


def _free() -> list[Choice]:
    """Return the measures of the scenario that start when its reader says."""
    return [choice for choice in chosen().choices if choice.starts_when_set]


def _common_start() -> pd.Period | None:
    """Return the month in which all measures start, None where they differ or name none."""
    months = {choice.start for choice in _free()}
    return months.pop() if len(months) == 1 else None


def _all_changed(what: str) -> None:
    """Set the start or the ramp-up of every measure at once."""
    entered = state.entered(ALL[what])
    try:
        after = {
            choice.lever: _with(choice, what, entered)
            for choice in _free()
            if (entered if what == "start" else choice.record.ramp)
        }
    except (TypeError, ValueError):
        return
    if all(_choices()[lever] == choice for lever, choice in after.items()):
        return
    _set({**_choices(), **after})
    state.renew(*(_key(lever, part) for lever in after for part in (what, "end")))


def _together(language: Language, *, months: pd.PeriodIndex) -> None:
    """Draw the start and the ramp-up of all measures at once; what differs between them stays empty."""
    free = _free()
    if not free:
        return
    common, ramps = _common_start(), {choice.ramp_months for choice in free if choice.record.ramp}
    start = "" if common is None else str(common)
    offered = map(str, pd.period_range(next_month(), months[-1], freq="M"))
    options = sorted({start, *offered})
    state.show({ALL["start"]: start, ALL["ramp"]: ramps.pop() if len(ramps) == 1 else None})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            language("Start of all measures"),
            options,
            key=state.control(ALL["start"]),
            on_change=state.safe(_all_changed),
            args=("start",),
            format_func=state.named(
                options, lambda month: language.month_of(month) if month else language("each its own")
            ),
            width=START_WIDTH,
        )
        st.number_input(
            language("Ramp-up (months)"),
            0.0,
            LONGEST_RAMP,
            value=None,
            step=1.0,
            key=state.control(ALL["ramp"]),
            on_change=state.safe(_all_changed),
            args=("ramp",),
            format="%g",
            placeholder=_assumed("ramp_months", language, form=".0f"),
        )


def _assumed(parameter: str, language: Language, *, form: str = ".3g") -> str:
    """Return the assumed number of a parameter in a form, to stand where none is typed."""
    number = spread(state.entered("priors", "evidence"))[parameter][1]
    return language("as assumed: {number}", number=f"{number:{form}}")


def draw(language: Language, *, first: pd.Period, months: pd.PeriodIndex) -> None:
    """Draw every lever in its group, above them what all measures share; first: earliest month a lever may start."""
    _together(language, months=months)
    titles = {
        "simpler": language("Simpler procedures"),
        "harder": language("Stricter procedures"),
        "world": language("External conditions (not procedures)"),
    }
    for group in GROUPS:
        own = [lever for lever in levers().values() if lever.group == group]
        place = st.expander(
            titles[group], expanded=group == "simpler", key=state.fold(f"levers-{group}"), on_change="rerun"
        )
        if place.open:
            with place, st.container(gap="xxsmall"):
                for lever in own:
                    with st.container(gap=None):
                        _lever(lever, language, first=first, months=months)


def _lever(lever: Lever, language: Language, *, first: pd.Period, months: pd.PeriodIndex) -> None:
    """Draw a lever's switch or slider, how good its evidence is and, where it is set, its further numbers."""
    value = _choice(lever).value
    common = _common(lever, "value", bool(value) if lever.is_switch else value)
    common["help"] = "\n\n".join(
        language(text) for text in (lever.sentence, lever.baseline, lever.caveat) if text
    )
    if lever.is_switch:
        st.toggle(language(lever.label), **common)
    else:
        st.slider(
            language("{label} ({value})", label=language(lever.label), value=language(lever.unit)),
            lever.minimum,
            lever.maximum,
            step=lever.step,
            format="%+g" if lever.minimum < 0 else "%g",
            **common,
        )
    rate = [words.rate_line(value, language)] if lever.mechanism == "exchange" else []
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption(" · ".join([words.grades(lever, language), *rate]), width="content")
        if _choice(lever).active:
            _more(lever, language, first=first, months=months)


def _more(lever: Lever, language: Language, *, first: pd.Period, months: pd.PeriodIndex) -> None:
    place = st.popover(language("Details"), type="tertiary", key=_key(lever.key, "more"), on_change="rerun")
    if place.open:
        with place:
            _details(lever, language, first=first, months=months)


def _common(lever: Lever, what: str, value: Any) -> dict[str, Any]:
    """Return what every control of a lever shares; a control drawn anew begins with what is set."""
    name = _key(lever.key, what)
    _drawn()[lever.key, what] = None
    if state.control(name) not in st.session_state:
        state.show({name: value})
    return {"key": state.control(name), "on_change": state.safe(_changed), "args": (lever.key, what)}


def _details(lever: Lever, language: Language, *, first: pd.Period, months: pd.PeriodIndex) -> None:
    choice = _choice(lever)
    own = lever.start or months[0]
    soonest = next_month()
    _month(
        language("Start month"),
        lever,
        "start",
        language,
        months=[
            *pd.period_range(soonest, months[-1], freq="M"),
            *pd.period_range(first, soonest - 1, freq="M")[::-1],
        ],
        chosen=choice.start,
        otherwise=language("{month} (as assumed)", month=language.month(own)),
    )
    _month(
        language("End month"),
        lever,
        "end",
        language,
        months=[*pd.period_range(choice.start or own, months[-1], freq="M")],
        chosen=choice.end,
        otherwise=language("no end"),
    )
    if len(lever.directions) > 1:
        way = choice.directions[0] if len(choice.directions) == 1 else Flow.BOTH
        st.selectbox(
            language("Direction"),
            list(Flow),
            format_func=state.named(Flow, lambda flow: subject(Flow(flow), language)),
            **_common(lever, "flows", way),
        )
    if lever.ramp:
        label = language("Ramp-up (months; empty: as assumed)")
        _number(
            label, lever, "ramp", choice.ramp_months, lever.ramp, language, span=(0.0, LONGEST_RAMP), step=1.0
        )
    typed = dict(choice.parts)
    for key, parameter in lever.parts.items():
        part = parts()[key]
        label = language("{label} ({value})", label=language(part.label), value=language(part.unit))
        span = (part.minimum, part.maximum)
        step = (span[1] - span[0]) / 100
        _number(label, lever, key, typed.get(key), parameter, language, span=span, step=step)


def _month(
    label: str,
    lever: Lever,
    what: str,
    language: Language,
    *,
    months: Sequence[pd.Period],
    chosen: pd.Period | None,
    otherwise: str,
) -> None:
    month_text = str(chosen) if chosen is not None else ""
    options = list(dict.fromkeys(["", *map(str, months), month_text]))
    st.selectbox(
        label,
        options,
        format_func=state.named(options, lambda month: language.month_of(month) if month else otherwise),
        **_common(lever, what, month_text),
    )


def _number(
    label: str,
    lever: Lever,
    what: str,
    typed: float | None,
    parameter: str,
    language: Language,
    *,
    span: tuple[float, float],
    step: float,
) -> None:
    """Draw a number that may be left empty, with the assumed one in its place; every digit typed is shown."""
    common = _common(lever, what, typed)
    st.number_input(
        label, *span, value=None, step=step, format="%g", placeholder=_assumed(parameter, language), **common
    )
