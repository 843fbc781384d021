"""An arrival hall: who goes to which desk or gate, and what everybody waits there."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import pandas as pd

from crossings.errors import N_
from crossings.models.queue.flights import DAY_MINUTES, EVERYBODY, PARTNER, Array, Flights
from crossings.models.queue.measures import WaitCurve, Waits
from crossings.models.queue.queue import Clearing, Service, clearing
from crossings.models.queue.settings import DesksMissing, Settings, Timetable, check

Codes = np.ndarray[tuple[int, ...], np.dtype[np.intp]]

ISA_SHARE = 0.8


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Passengers a minute reaching the hall, constant between edges, by group.

    edges: (k+1,) minutes. rates: (k,) by group.
    """

    edges: Array
    rates: Mapping[str, Array]

    @property
    def middles(self) -> Array:
        return (self.edges[:-1] + self.edges[1:]) / 2


@dataclass(frozen=True, eq=False)
class Channel:
    """One queue of the hall, solved. share: (k,) share of each group's arrivals that come here."""

    name: str
    seconds: float
    service: Service
    arrivals: Arrivals
    shares: Mapping[str, Array]
    clearing: Clearing

    def rate(self, group: str) -> Array:
        """Return one group's passengers a minute on the intervals of the solved queue."""
        place = np.searchsorted(self.arrivals.edges, self.clearing.middles, side="right") - 1
        return np.asarray((self.arrivals.rates[group] * self.shares[group])[place])

    @property
    def empty_at(self) -> float:
        """The minute at which the last passenger of this channel is through."""
        busy = np.sum([self.rate(group) for group in self.shares], axis=0) > 0
        return float(self.clearing.last[busy].max())

    def curve(self, group: str) -> WaitCurve:
        """Return one group's waits at this channel."""
        return WaitCurve.of(self.rate(group) * self.clearing.lengths, *self.clearing.waits)

    def arrived(self, group: str, minutes: Array) -> Array:
        """Return how many of a group have come to this channel by each of some minutes."""
        come = np.cumsum(self.arrivals.rates[group] * self.shares[group] * np.diff(self.arrivals.edges))
        return np.asarray(np.interp(minutes, self.arrivals.edges, np.concatenate([[0.0], come])))

    def minutes_taken(self, group: str, minutes: Array) -> Array:
        """Return the integral of a group's share up to each of some minutes."""
        taken = np.concatenate([[0.0], np.cumsum(self.shares[group] * np.diff(self.arrivals.edges))])
        return np.asarray(np.interp(minutes, self.arrivals.edges, taken))

    def cleared(self, group: str, minutes: Array) -> Array:
        """Return how many of a group are through this channel by each of some minutes."""
        return self.arrived(group, self.clearing.arrived_by(minutes))


@dataclass(frozen=True, eq=False)
class HallDay:
    """One solved day. channels: the queues by name, in the order in which they were solved."""

    flights: Flights
    settings: Settings
    channels: Mapping[str, Channel]

    @cached_property
    def groups(self) -> dict[str, Waits]:
        """What each group, and everybody ("all"), waited."""
        curves = {group: self.curve(group) for group in self.flights.groups} | {EVERYBODY: self.everybody}
        return {group: curve.waits() for group, curve in curves.items()}

    @cached_property
    def by_channel(self) -> dict[str, Waits]:
        """What was waited at each channel."""
        curves = {
            name: WaitCurve.joined([channel.curve(group) for group in channel.shares])
            for name, channel in self.channels.items()
        }
        return {name: curve.waits() for name, curve in curves.items() if len(curve.passengers)}

    @property
    def everybody(self) -> WaitCurve:
        """What everybody waited, group by group."""
        return WaitCurve.joined([self.curve(group) for group in self.flights.groups])

    def curve(self, group: str) -> WaitCurve:
        """Return one group's waits, or everybody's, over all channels."""
        groups = self.flights.groups if group == EVERYBODY else (group,)
        return WaitCurve.joined(
            [channel.curve(name) for channel in self.channels.values() for name in groups]
        )

    @property
    def empty_at(self) -> float:
        """The minute at which the last passenger is through."""
        return max(channel.empty_at for channel in self.channels.values())

    def arrived(self, group: str, minutes: Array) -> Array:
        """Return how many of a group have reached the hall by each of some minutes."""
        counts = [channel.arrived(group, minutes) for channel in self.channels.values()]
        return np.asarray(np.sum(counts, axis=0))

    def cleared(self, group: str, minutes: Array) -> Array:
        """Return how many of a group are through by each of some minutes."""
        counts = [channel.cleared(group, minutes) for channel in self.channels.values()]
        return np.asarray(np.sum(counts, axis=0))

    def queue_by_minute(self) -> pd.DataFrame:
        """Return passengers waiting at each whole minute until the hall is empty, by group and "all".

        Where that takes longer than two days, every so many minutes, so that there are never more rows.
        """
        until = max(DAY_MINUTES, math.ceil(self.empty_at))
        minutes = np.arange(0, until + 1, math.ceil(until / (2 * DAY_MINUTES)), dtype=float)
        waiting = {
            group: np.maximum(self.arrived(group, minutes) - self.cleared(group, minutes), 0.0)
            for group in self.flights.groups
        }
        frame = pd.DataFrame(waiting, index=pd.Index(minutes.astype(int), name="minute"))
        return frame.assign(**{EVERYBODY: frame.sum(axis=1)})

    def isa_longest_minutes(self) -> pd.Series:
        """Return each flight's longest wait as Japan's immigration services agency estimates it.

        10/8 of the time from the flight's minute until 80 per cent of its passengers who queue are
        through. It starts when the flight reaches the hall, so the spread of its passengers is in it.
        Indexed by the flight's minute; a flight is all rows of one minute and spread.
        """
        flights = self.flights
        keys = pd.MultiIndex.from_arrays([flights.minute, flights.spread_minutes])
        codes, flown = keys.factorize()
        minute = np.array([key[0] for key in flown], dtype=float)
        through = self._through(codes, len(flown))
        return pd.Series((through - minute) / ISA_SHARE, index=pd.Index(minute, name="minute"))

    def _through(self, codes: Codes, count: int) -> Array:
        """Return when 80 per cent of each flight is through, by bisection to a millionth of a minute."""
        rows = self._row_counters()
        wanted = ISA_SHARE * np.bincount(codes, weights=self.flights.passengers, minlength=count)
        low, high = np.zeros(count), np.full(count, self.empty_at)
        for _ in range(int(np.ceil(self.empty_at * 1e6)).bit_length()):
            middle = (low + high) / 2
            cleared = sum((row(middle[codes]) for row in rows), np.zeros(len(codes)))
            enough = np.bincount(codes, weights=cleared, minlength=count) >= wanted
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        return high

    def _row_counters(self) -> list[Callable[[Array], Array]]:
        """Return, channel by channel, how many of each row's passengers are through by a minute a row."""
        return [
            partial(_row_cleared, channel, group, self.flights)
            for channel in self.channels.values()
            for group in self.flights.groups
            if (channel.shares[group] > 0).any()
        ]


def _row_cleared(channel: Channel, group: str, flights: Flights, minutes: Array) -> Array:
    own = flights.members(group)
    start, spread = flights.minute[own], flights.spread_minutes[own]
    until = np.clip(channel.clearing.arrived_by(minutes[own]), start, start + spread)
    come = channel.minutes_taken(group, until) - channel.minutes_taken(group, start)
    counted = np.zeros(len(own))
    counted[own] = flights.passengers[own] / spread * come
    return counted


def run_hall(flights: Flights, settings: Settings) -> HallDay:
    """Solve one day of a hall exactly.

    Passengers of a row reach the hall evenly over its spread and stay in the order in which they came.
    Pre-cleared passengers are taken out first, then those at gates, then those on the dedicated lane;
    the rest share the ordinary desks. A dedicated lane that closes is emptied before its desks return.
    Desks that the timetable closes at the end of the day stay open until nobody waits.
    Raises SettingWrong, or DesksMissing also where a queue would never end.
    """
    check(settings, flights)
    arrivals = arrivals_of(flights, cuts=(settings.dedicated_from, settings.dedicated_to))
    shares = _shares(settings, arrivals)
    timetable = settings.timetable
    channels: dict[str, Channel] = {}
    for name in ("precleared", "gates", "dedicated"):
        servers, seconds = _servers(settings, name)
        if _used(arrivals, shares[name]):
            service = timetable.times(servers)
            channels[name] = _channel(name, seconds, service, arrivals, shares[name])
    if _used(arrivals, shares["desks"]):
        desks = _ordinary_desks(settings, channels.get("dedicated"))
        channels["desks"] = _channel("desks", settings.blended_seconds, desks, arrivals, shares["desks"])
    day = HallDay(flights=flights, settings=settings, channels=channels)
    if not math.isfinite(day.empty_at):
        raise DesksMissing(
            N_(
                "With so few desks or e-gates a queue never ends. Set at least one of each that passengers use."
            )
        )
    return day


def arrivals_of(flights: Flights, *, cuts: tuple[float, ...] = ()) -> Arrivals:
    """Return the flights as passengers a minute, constant between the minutes at which a rate changes."""
    start, end = flights.minute, flights.minute + flights.spread_minutes
    edges = np.unique(np.concatenate([[0.0], start, end, [cut for cut in cuts if cut < end.max()]]))
    rate = flights.passengers / flights.spread_minutes
    first, last = np.searchsorted(edges, start), np.searchsorted(edges, end)
    rates = {}
    for group in flights.groups:
        own = flights.members(group)
        rates[group] = _rates(first[own], last[own], rate[own], len(edges))
    return Arrivals(edges=edges, rates=rates)


def _rates(first: np.ndarray, last: np.ndarray, rate: Array, count: int) -> Array:
    """Add up what starts and ends at each edge; where nothing is under way the rate is exactly zero."""
    change = np.bincount(first, weights=rate, minlength=count) - np.bincount(
        last, weights=rate, minlength=count
    )
    under_way = np.cumsum(np.bincount(first, minlength=count) - np.bincount(last, minlength=count))
    return np.where(under_way > 0, np.maximum(np.cumsum(change), 0.0), 0.0)[:-1]


def _shares(settings: Settings, arrivals: Arrivals) -> dict[str, dict[str, Array]]:
    """Return each channel's share of each group's arrivals; over the channels they sum to 1."""
    whole = np.ones(len(arrivals.middles))
    closes = settings.dedicated_to if settings.dedicated_to < DAY_MINUTES else np.inf
    open_lane = (arrivals.middles >= settings.dedicated_from) & (arrivals.middles < closes)
    shares: dict[str, dict[str, Array]] = {name: {} for name in ("precleared", "gates", "dedicated", "desks")}
    for group in arrivals.rates:
        partner = group == PARTNER
        taken = settings.precleared_share if partner else 0.0
        at_gates = (1 - taken) * (settings.gate_share_partner if partner else settings.gate_share_other)
        left = 1 - taken - at_gates
        on_lane = settings.dedicated_use if partner and settings.dedicated_desks else 0.0
        lane = np.where(open_lane, left * on_lane, 0.0)
        shares["precleared"][group] = taken * whole
        shares["gates"][group] = at_gates * whole
        shares["dedicated"][group] = lane
        shares["desks"][group] = left * whole - lane
    return shares


def _used(arrivals: Arrivals, shares: Mapping[str, Array]) -> bool:
    return any(bool((arrivals.rates[group] * share > 0).any()) for group, share in shares.items())


def _servers(settings: Settings, name: str) -> tuple[float, float]:
    return {
        "precleared": (settings.precleared_desks, settings.precleared_seconds),
        "gates": (settings.gates, settings.gate_seconds),
        "dedicated": (settings.dedicated_desks, settings.dedicated_seconds),
    }[name]


def _channel(
    name: str, seconds: float, service: Service, arrivals: Arrivals, shares: Mapping[str, Array]
) -> Channel:
    come = np.zeros(len(arrivals.middles))
    for group, share in shares.items():
        come = come + arrivals.rates[group] * share
    solved = clearing(arrivals.edges, come * seconds / 60, service)
    return Channel(name, seconds, service, arrivals, shares, solved)


def _ordinary_desks(settings: Settings, lane: Channel | None) -> Service:
    """Return the ordinary desks: less the pre-clearance desks, and less the lane's until it is empty."""
    timetable = settings.timetable
    always = settings.desks - settings.precleared_desks
    released = max(settings.dedicated_to, lane.empty_at if lane else 0.0)
    share = Timetable(
        start=(0.0, settings.dedicated_from, released),
        open_share=(1.0, 1 - settings.dedicated_desks / always, 1.0),
    )
    return timetable.times(always, share)
