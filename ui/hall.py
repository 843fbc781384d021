"""The controls of the Border page: a hall, what is changed in it, and its flights."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import cast

import pandas as pd

from crossings.errors import CrossingsError
from crossings.language import Language
from crossings.language.halls import group_name, hall_name
from crossings.models.queue.flights import (
    OTHER,
    PARTNER,
    Flights,
    flights_from_csv,
    flights_from_frame,
    flights_from_text,
    flights_from_xlsx,
)
from crossings.models.queue.presets import Calibrated, Hall, calibrated, halls
from crossings.models.queue.report import Carried, question_json
from crossings.models.queue.settings import Settings
from crossings.models.scenario.cost import spread
from crossings.models.scenario.settings import Choice, starting
from crossings.models.scenario.settings import Settings as Scenario
from crossings.questions.base.question import SPAN, WHOLE
from crossings.questions.border import sentences as words
from crossings.questions.border.question import BorderQuestion
from crossings.questions.border.view import BorderView
from crossings.tables.flows import Flow
from ui import address, levers, state, work
from ui import screen as st
from ui.models import view

FIRST_HALL = "haneda-t3"
DEFAULT_GATE_SHARE = 0.5
PRECLEARANCE_DESKS = 2.0
DAY_HOURS = 24
FIRST_ROW = 2
ZIP_MAGIC = b"PK"


def ask(language: Language) -> BorderQuestion:
    """Draw the choice of hall and its controls and return what they ask."""
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with row, st.container(width=230):
        base = _choose(language)
    with row:
        settings, growth = _controls(base, language)
    own_flights: Flights | None = state.get(_flights_key(base.hall.key))
    return BorderQuestion(
        hall=base.hall.key,
        settings=question_json(base.hall.key, settings, own_flights, growth_percent=growth),
        changed=settings != base.settings or own_flights is not None or bool(growth),
    )


def view_of(question: BorderQuestion, language: Language) -> BorderView:
    """Return a hall's view."""
    return cast("BorderView", view(question, language))


def _choose(language: Language) -> Calibrated:
    """Draw the choice of hall and return it, fitted to its published wait; `hall` in the address."""
    known = {hall.key: hall for hall in halls()}
    address.restore("hall", default=FIRST_HALL, parse=address.one_of(list(known)))
    chosen = st.selectbox(
        language("Hall"),
        list(known),
        key=state.control("hall"),
        format_func=state.named(known, lambda key: hall_name(known[key], language)),
    )
    address.record("hall", chosen, default=FIRST_HALL)
    return calibrated(str(chosen))


def _controls(base: Calibrated, language: Language) -> tuple[Settings, int]:
    """Draw what can be changed in the hall and return its settings as changed and the change of passengers in per cent."""
    name, present = base.hall.key, round(base.settings.desks)
    partner = group_name(PARTNER, base.hall, language)
    desks = _slider(language("Desks"), name, "desks", 1, present * 2, present)
    label = language("of which for {group} only", group=partner)
    lane = _slider(label, name, "lane", 0, max(present - 1, 1), 0)
    gates = _slider(language("E-gates"), name, "gates", 0, 40, 0)
    with st.popover(language("More")):
        _lane_button(base.hall, language)
        growth = _slider(language("Passengers, change (%)"), name, "growth", -50, 100, 0)
        precleared = _per_cent(
            language("{group} pre-cleared (%)", group=partner), name, "precleared", 0, most=90
        )
        at_gates = _at_gates(name, partner, language, gates=gates)
        opens, closes = _hours(language("Hours of the dedicated lane"), name)
        use = _per_cent(language("{group} using the dedicated lane (%)", group=partner), name, "use", 100)
        kiosk = _per_cent(language("Passengers using a kiosk (%)"), name, "kiosk", 0)
        desk_seconds, gate_seconds = _seconds(base, language)
    settings = replace(
        base.settings,
        desks=float(desks),
        dedicated_desks=float(min(lane, desks - 1)),
        gates=float(gates),
        gate_share_partner=at_gates[0],
        gate_share_other=at_gates[1],
        dedicated_use=use,
        dedicated_from=opens * 60.0,
        dedicated_to=closes * 60.0,
        kiosk_share=kiosk,
        dedicated_kiosk_share=kiosk,
        desk_seconds=desk_seconds,
        gate_seconds=gate_seconds,
        precleared_share=precleared,
        precleared_desks=PRECLEARANCE_DESKS if precleared else 0.0,
    )
    return settings, growth


def _lane_button(hall: Hall, language: Language) -> None:
    if hall.lane is not None:
        st.button(
            language("Dedicated lane as in June 2025"),
            key="lane-of-2025",
            on_click=state.safe(_lane_of_2025),
            args=(hall,),
            help=language(
                "Uses the hours and, where published, the number of desks of June 2025; the share of users "
                "is assumed (weak evidence)."
            ),
        )


def _at_gates(name: str, partner: str, language: Language, *, gates: int) -> tuple[float, float]:
    """Draw and return which shares of the partner's nationals and of other foreigners go to the gates."""
    first = _per_cent(
        language("{group} at e-gates (%)", group=partner),
        name,
        "gate-partner",
        round(DEFAULT_GATE_SHARE * 100),
        disabled=not gates,
    )
    second = _per_cent(language("Other foreigners at e-gates (%)"), name, "gate-other", 0, disabled=not gates)
    return (first, second) if gates else (0.0, 0.0)


def _seconds(base: Calibrated, language: Language) -> tuple[float, float]:
    """Draw and return seconds at a desk and at a gate; one that is not moved keeps its fraction."""
    name = base.hall.key
    whole_desk, whole_gate = round(base.settings.desk_seconds), round(base.settings.gate_seconds)
    desk = _slider(language("Processing time at a desk (seconds)"), name, "desk-seconds", 15, 120, whole_desk)
    gate = _slider(
        language("Processing time at an e-gate (seconds)"), name, "gate-seconds", 5, 60, whole_gate
    )
    return (
        base.settings.desk_seconds if desk == whole_desk else float(desk),
        base.settings.gate_seconds if gate == whole_gate else float(gate),
    )


def _per_cent(
    label: str, hall: str, what: str, default: int, *, most: int = 100, disabled: bool = False
) -> float:
    """Draw a slider in per cent and return its share."""
    return _slider(label, hall, what, 0, most, default, disabled=disabled) / 100


def _slider(
    label: str, hall: str, what: str, low: int, high: int, default: int, *, disabled: bool = False
) -> int:
    key = _key(hall, what)
    address.restore(key, default=default, parse=partial(_within, low=low, high=high), name=what)
    with st.container(width=200):
        chosen = int(st.slider(label, low, high, key=state.control(key), disabled=disabled))
    address.record(what, chosen, default=default)
    return chosen


def _within(text: str, *, low: int, high: int) -> int | None:
    number: int | None = address.read(WHOLE, text)
    return number if number is not None and low <= number <= high else None


def _hours(label: str, hall: str) -> tuple[int, int]:
    key, usual = _key(hall, "hours"), (0, DAY_HOURS)
    address.restore(key, default=usual, parse=_span, name="hours")
    st.slider(label, 0, DAY_HOURS, key=state.control(key), format="%d:00")
    opens, closes = (int(hour) for hour in state.entered(key, usual))
    address.record("hours", (opens, closes), default=usual, write=SPAN.write)
    return min(opens, DAY_HOURS - 1), max(closes, opens + 1)


def _span(text: str) -> tuple[int, int] | None:
    first, _, last = text.partition("-")
    opens, closes = (_within(hour, low=0, high=DAY_HOURS) for hour in (first, last))
    return (opens, closes) if opens is not None and closes is not None and opens < closes else None


def _lane_of_2025(hall: Hall) -> None:
    lane = hall.lane
    if lane is None:
        return
    assumed = spread("note")
    used = assumed["pilot_eligible"][1] * assumed["pilot_take_up"][1]
    known = {"hours": (int(lane.opens // 60), int(lane.closes // 60)), "use": round(100 * used)}
    if lane.desks is not None:
        known["lane"] = int(lane.desks)
    state.show({_key(hall.key, what): value for what, value in known.items()})


def _key(hall: str, what: str) -> str:
    return f"hall-{hall}-{what}"


def _flights_key(hall: str) -> str:
    return f"hall-{hall}-flights"


def use_in_scenario(question: BorderQuestion, effect: Carried, language: Language) -> None:
    """Draw the button that carries the hall's minutes over to the Scenario page."""
    hall = calibrated(question.hall).hall
    helps = effect.share_removed > 0
    if helps:
        st.caption(
            language(
                "Sets the scenario measure “dedicated lanes”: {share} of this group's wait removed "
                "({before} to {after}) where the measure applies; the coverage stays as assumed.",
                share=language.percent(effect.share_removed, digits=0),
                before=words.minutes(effect.before_minutes, language),
                after=words.minutes(effect.after_minutes, language),
            )
        )
    if st.button(
        language("Use this wait in a scenario"),
        disabled=not helps,
        help=None
        if helps
        else language("The wait of this group does not fall; there is nothing to use in a scenario."),
    ):
        flow = Flow.KOREANS_TO_JAPAN if hall.country == "JPN" else Flow.JAPANESE_TO_KOREA
        removed = min(effect.share_removed, 1.0)
        parts = (("eligible", 1.0), ("take_up", 1.0), ("wait_removed", removed))
        choice = Choice(lever="lanes", value=1.0, directions=(flow,), parts=parts)
        carried = Scenario((choice,), hall_name(hall, language))
        levers.load(starting(carried, first=levers.next_month()))
        st.switch_page("pages/scenario.py")


def edit_flights(hall: str, language: Language) -> None:
    """Draw the day's flights as a table to edit, an area to paste into and a control to load a file."""
    base, key = calibrated(hall), _flights_key(hall)
    current: Flights = state.get(key, base.flights)
    st.caption(
        language(
            "Columns: minute from midnight (or HH:MM), passengers, group (partner, other or own), arrival "
            "window in minutes. Own nationals are excluded."
        )
    )
    names = {PARTNER: group_name(PARTNER, base.hall, language), OTHER: language("Other foreigners")}
    parts = {part: f"{key}-{part}" for part in ("table", "paste", "file")}
    table = pd.DataFrame(current.rows()).round(1)
    table.index = pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(table), name=language("Row"))
    edited: pd.DataFrame = st.data_editor(
        table,
        num_rows="dynamic",
        hide_index=False,
        key=state.control(parts["table"]),
        column_config={
            "minute": st.column_config.NumberColumn(language("Time of day"), min_value=0, max_value=1439),
            "passengers": st.column_config.NumberColumn(language("Passengers"), min_value=0),
            "group": st.column_config.SelectboxColumn(
                language("Group"),
                options=list(names),
                format_func=lambda group: names.get(str(group), str(group)),
            ),
            "spread_minutes": st.column_config.NumberColumn(
                language("Arrival window (minutes)"), min_value=0
            ),
        },
    )
    pasted = st.text_area(
        language("Paste rows from a spreadsheet, including the headings"),
        key=state.control(parts["paste"]),
        height=100,
    )
    file = st.file_uploader(
        language("Load a CSV or XLSX file"), type=["csv", "xlsx"], key=state.control(parts["file"])
    )
    with st.container(horizontal=True):
        given = file.file_id if file is not None else pasted or edited.to_csv()
        wanted = (key, state.control(parts["table"]), given)
        if st.button(language("Use these flights"), type="primary") or work.under_way(wanted):
            loaded = None if file is None else file.getvalue()
            if _take(wanted, lambda job: _read(edited, pasted, loaded), language):
                state.renew(*parts.values())
                st.rerun()
        if key in st.session_state and st.button(language("Reset to the assumed flights")):
            state.forget(key)
            state.renew(*parts.values())
            st.rerun()


def _read(edited: pd.DataFrame, pasted: str, loaded: bytes | None) -> Flights:
    """Return the flights of a file, else of pasted rows, else of the table. Raises the errors of flight tables."""
    if loaded is not None:
        return flights_from_xlsx(loaded) if loaded.startswith(ZIP_MAGIC) else flights_from_csv(loaded)
    return flights_from_text(pasted) if pasted.strip() else flights_from_frame(edited)


def _take(wanted: tuple[str, str, str], read: Callable[[work.Job], Flights], language: Language) -> bool:
    """Read flights outside the page's thread, keep them and return whether they are read; a fault is said in place."""
    try:
        flights = work.done(wanted, read, language, text=language("Reading the file…"))
    except CrossingsError as fault:
        st.error(language.error(fault))
        return False
    if flights is not None:
        state.keep(wanted[0], flights)
    return flights is not None
