"""What the pages and the command line ask of a hall: its waits, a lane's price, desks for a target."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

import numpy as np

from crossings.errors import N_, Listed
from crossings.models.queue.flights import EVERYBODY, PARTNER, Array, Flights, flights_from_rows
from crossings.models.queue.hall import Channel, HallDay, run_hall
from crossings.models.queue.measures import TARGET_MINUTES, Waits
from crossings.models.queue.presets import Calibrated, calibrated
from crossings.models.queue.settings import Settings, SettingWrong, settings_from_json, settings_of
from crossings.models.queue.steady import erlang_c_wait_minutes

MOST_DESKS = 400
LANE_POINTS = 16
GROWTH_PERCENT = (-90.0, 500.0)
HALL_FILE_KEYS = ("preset", "settings", "flights", "growth_percent")
UNITS = {
    "passengers": "persons a day",
    "mean_minutes": "minutes",
    "p80_minutes": "minutes",
    "p95_minutes": "minutes",
    "max_minutes": "minutes",
    "share_within_20_minutes": "share of passengers, 0 to 1",
    "steady_state_minutes": "minutes, mean in steady state (Erlang C) at the busiest hour; a cross-check",
    "isa_longest_minutes": "minutes, longest of the day's flights by the agency's rule of 10/8",
    "empty_at_minute": "minutes from midnight",
    "growth_percent": "per cent more passengers",
}


@dataclass(frozen=True)
class LaneEffect:
    """Waits by group with all desks pooled and with a dedicated lane; minutes are means.

    partner_gains_minutes: pooled less dedicated, for the partner's nationals. others_pay_minutes:
    dedicated less pooled, for everybody else (negative where they gain too).
    """

    pooled: Mapping[str, Waits]
    dedicated: Mapping[str, Waits]
    partner_gains_minutes: float
    others_pay_minutes: float


@dataclass(frozen=True)
class Carried:
    """A hall's result for the scenario: minutes are means of the group; share_removed is at most 1.

    It is negative where the wait grew, and 0 where nobody waited before.
    """

    group: str
    before_minutes: float
    after_minutes: float
    saved_minutes: float
    share_removed: float


@dataclass(frozen=True, eq=False)
class HallQuestion:
    """What a hall file or the command line asks. preset None means flights and settings of one's own."""

    preset: str | None
    settings: Settings
    flights: Flights
    growth_percent: float = 0.0

    @property
    def grown(self) -> Flights:
        """The flights with their growth."""
        return self.flights.scaled(1 + self.growth_percent / 100)


def hall_question(
    *,
    preset: str | None = None,
    settings: Mapping[str, object] | None = None,
    flights: Flights | None = None,
    growth_percent: object = 0.0,
) -> HallQuestion:
    """Return a question: a preset's calibrated flights and settings, or one's own in their place.

    Raises HallUnknown, SettingWrong, and FlightTableEmpty where neither names flights.
    """
    low, high = GROWTH_PERCENT
    if (
        isinstance(growth_percent, bool)
        or not isinstance(growth_percent, int | float)
        or not (low <= growth_percent <= high)
    ):
        raise SettingWrong(
            N_("Enter a value from {low} to {high} for the setting {setting} (entered: {value})."),
            setting="growth_percent",
            low=low,
            high=high,
            value=str(growth_percent)[:40],
        )
    base = calibrated(preset) if preset is not None else None
    chosen = settings_of(settings or {}, base=base.settings if base else None)
    table = flights if flights is not None else base.flights if base else flights_from_rows([])
    return HallQuestion(preset, chosen, table, float(growth_percent))


def hall_question_from_json(text: str) -> HallQuestion:
    """Read a hall file: preset, settings, growth_percent and flights (list of rows), all optional.

    Raises HallFileUnreadable, HallUnknown, SettingWrong and the flight table's errors.
    """
    values = settings_from_json(text)
    unknown = [name for name in values if name not in HALL_FILE_KEYS]
    preset, settings, rows = values.get("preset"), values.get("settings", {}), values.get("flights")
    if unknown or not isinstance(preset, str | None) or not isinstance(settings, dict):
        wrong = unknown[0] if unknown else settings if isinstance(preset, str | None) else preset
        raise SettingWrong(
            N_("The hall has no setting {setting}. Choose one of: {known}."),
            setting=f"“{str(wrong)[:40]}”",
            known=Listed(HALL_FILE_KEYS),
        )
    return hall_question(
        preset=preset,
        settings=settings,
        flights=None if rows is None else _flights_of_records(rows),
        growth_percent=values.get("growth_percent", 0.0),
    )


def _flights_of_records(rows: object) -> Flights:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return flights_from_rows([[str(rows)[:40]]])
    columns = sorted({str(name) for row in rows for name in row})
    return flights_from_rows([columns, *[[str(row.get(name, "")) for name in columns] for row in rows]])


def question_json(
    hall: str, settings: Settings, flights: Flights | None, *, growth_percent: float = 0.0
) -> str:
    """Return a hall question as the text of its file; flights None keeps the hall's own."""
    rows: dict[str, object] = {} if flights is None else {"flights": flights.rows()}
    grown = {"growth_percent": growth_percent} if growth_percent else {}
    return json.dumps({"preset": hall, "settings": settings.as_json(), **grown, **rows}, ensure_ascii=False)


def hall_report(question: HallQuestion) -> dict[str, object]:
    """Answer a question as plain values with their units; the same numbers as the page.

    Raises SettingWrong or DesksMissing.
    """
    day = run_hall(question.grown, question.settings)
    base = calibrated(question.preset) if question.preset else None
    return {
        "hall": question.preset,
        "groups": {group: asdict(waits) for group, waits in day.groups.items()},
        "channels": {channel: asdict(waits) for channel, waits in day.by_channel.items()},
        "own_nationals_left_out": day.flights.left_out,
        "isa_longest_minutes": float(day.isa_longest_minutes().max()),
        "empty_at_minute": day.empty_at,
        "steady_state_minutes": steady_state_minutes(day),
        "anchor": _anchor(base) if base else None,
        "growth_percent": question.growth_percent,
        "settings": question.settings.as_json(),
        "units": UNITS,
    }


def _anchor(base: Calibrated) -> dict[str, object]:
    return asdict(base.hall.anchor) | {
        "model_value": base.model_value,
        "banks_factor": base.factor,
        "banks_grade": base.hall.flights_grade,
        "banks_source": base.hall.flights_source,
        "desks_grade": base.hall.desks.grade,
        "desks_source": base.hall.desks.source,
    }


def steady_state_minutes(day: HallDay) -> dict[str, float | None]:
    """Return each channel's mean wait by Erlang C at its busiest hour's rate; None where it never settles.

    A cross-check only: it assumes passengers who come one by one at random for ever.
    """
    return {name: _steady(channel) for name, channel in day.channels.items()}


def _steady(channel: Channel) -> float | None:
    def arrived(minutes: Array) -> Array:
        return np.asarray(np.sum([channel.arrived(group, minutes) for group in channel.shares], axis=0))

    starts = np.maximum(np.concatenate([channel.arrivals.edges, channel.arrivals.edges - 60.0]), 0.0)
    hourly = arrived(starts + 60.0) - arrived(starts)
    busiest = starts[int(np.argmax(hourly))]
    open_minutes = channel.service.capacity(np.array([busiest, busiest + 60.0]))
    servers = int(np.floor((open_minutes[1] - open_minutes[0]) / 60 + 1e-9))
    if servers < 1:
        return None
    wait = erlang_c_wait_minutes(
        arrivals_a_minute=float(hourly.max()) / 60, servers=servers, seconds=channel.seconds
    )
    return None if math.isinf(wait) else wait


def lane_effect(flights: Flights, settings: Settings, *, desks: float, use: float = 1.0) -> LaneEffect:
    """Return what a dedicated lane of so many of the desks gives its users and costs the other queue.

    use: share of the partner's nationals at desks who take it. Raises SettingWrong or DesksMissing.
    """
    pooled = run_hall(flights, replace(settings, dedicated_desks=0))
    dedicated = run_hall(flights, replace(settings, dedicated_desks=desks, dedicated_use=use))
    return LaneEffect(
        pooled=pooled.groups,
        dedicated=dedicated.groups,
        partner_gains_minutes=_mean(pooled, True) - _mean(dedicated, True),
        others_pay_minutes=_mean(dedicated, False) - _mean(pooled, False),
    )


def lane_prices(
    flights: Flights, settings: Settings, *, most: int = LANE_POINTS
) -> dict[int, tuple[float, float]]:
    """Return mean minutes of the partner's nationals and of the others by number of dedicated desks, 0 first.

    Every other setting stays, the lane's hours too; one ordinary desk at least stays. most: how many
    numbers of desks are tried. Raises SettingWrong or DesksMissing.
    """
    last = max(int(settings.desks - settings.precleared_desks) - 1, 0)
    step = max(1, math.ceil(last / (most - 1)))
    tried = sorted({*range(0, last + 1, step), int(settings.dedicated_desks)})
    days = {desks: run_hall(flights, replace(settings, dedicated_desks=float(desks))) for desks in tried}
    return {desks: (_mean(day, True), _mean(day, False)) for desks, day in days.items()}


def _mean(day: HallDay, partner: bool) -> float:
    chosen = [day.curve(group) for group in day.flights.groups if (group == PARTNER) is partner]
    passengers = sum(curve.total for curve in chosen)
    return sum(curve.total * curve.mean for curve in chosen) / passengers if passengers else 0.0


def desks_for_target(
    flights: Flights, settings: Settings, *, minutes: float = TARGET_MINUTES, share: float = 1.0
) -> int | None:
    """Return the fewest desks in all with which a share of everybody waits at most so many minutes.

    The dedicated and pre-clearance desks stay as they are. None where 400 desks do not suffice.
    Raises SettingWrong or DesksMissing.
    """

    def met(desks: int) -> bool:
        curve = run_hall(flights, replace(settings, desks=desks)).curve(EVERYBODY)
        return curve.share_within(minutes) >= share - 1e-9

    low = math.ceil(settings.dedicated_desks + settings.precleared_desks)
    high = MOST_DESKS
    if not met(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if met(middle) else (middle, high)
    return high


def carried(before: HallDay, after: HallDay, *, group: str = PARTNER) -> Carried:
    """Return the mean minutes saved and the share of the wait removed, for the scenario's levers."""
    waited, waits = before.groups[group].mean_minutes, after.groups[group].mean_minutes
    saved = waited - waits
    return Carried(group, waited, waits, saved, saved / waited if waited > 0 else 0.0)


def shares_by_desks(flights: Flights, settings: Settings) -> dict[int, float]:
    """Return the share of everybody within 20 minutes by number of desks around the present one."""
    fewest = int(settings.dedicated_desks + settings.precleared_desks) + 1
    low, high = max(fewest, round(settings.desks * 0.6)), max(round(settings.desks * 1.8), fewest + 3)
    step = max(1, (high - low) // 24)
    days = {
        desks: run_hall(flights, replace(settings, desks=float(desks)))
        for desks in range(low, high + 1, step)
    }
    return {desks: day.everybody.share_within(TARGET_MINUTES) for desks, day in days.items()}
