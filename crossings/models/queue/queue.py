"""One queue as a fluid: piecewise constant arrivals and service, first come first served, solved exactly.

Method: cumulative arrival and service curves (Newell, Applications of Queueing Theory, 1982). Both are
piecewise linear, so the queue is piecewise linear and the wait is linear in the moment of arrival
between break points; nothing is binned.
"""

from dataclasses import dataclass

import numpy as np

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, eq=False)
class Service:
    """Servers open from each starting minute on; the last number stays for ever and is above zero.

    start: (m,) minutes, first 0, rising. servers: (m,) numbers of servers, 0 or more.
    """

    start: Array
    servers: Array

    @property
    def done_at_start(self) -> Array:
        """Work (server-minutes) that could have been done by each starting minute."""
        return np.concatenate([[0.0], np.cumsum(self.servers[:-1] * np.diff(self.start))])

    def capacity(self, minutes: Array) -> Array:
        """Return the work that could have been done by each of some minutes."""
        place = np.searchsorted(self.start, minutes, side="right") - 1
        return np.asarray(self.done_at_start[place] + self.servers[place] * (minutes - self.start[place]))


@dataclass(frozen=True, eq=False)
class Clearing:
    """When those who arrive at each moment are through.

    edges: (n+1,) minutes; between two of them the clearing time is linear in the arrival time.
    first, last: (n,) clearing minute of whoever arrives just after the left, just before the right edge.
    """

    edges: Array
    first: Array
    last: Array

    @property
    def middles(self) -> Array:
        """The middle of each interval."""
        return (self.edges[:-1] + self.edges[1:]) / 2

    @property
    def lengths(self) -> Array:
        """Minutes of each interval."""
        return np.diff(self.edges)

    @property
    def waits(self) -> tuple[Array, Array]:
        """Minutes waited at the left and the right end of each interval."""
        return _whole(self.first - self.edges[:-1]), _whole(self.last - self.edges[1:])

    def arrived_by(self, minutes: Array) -> Array:
        """Return the arrival minute of whoever is through at each of some minutes; nobody overtakes."""
        arrivals = np.column_stack([self.edges[:-1], self.edges[1:]]).ravel()
        through = np.maximum.accumulate(np.column_stack([self.first, self.last]).ravel())
        return np.asarray(np.interp(minutes, through, arrivals))


def _whole(waits: Array) -> Array:
    return np.where(waits < 1e-9, 0.0, waits)


def clearing(edges: Array, work: Array, service: Service) -> Clearing:
    """Solve one queue.

    edges: (k+1,) minutes from 0 on, rising. work: (k,) server-minutes that arrive per minute in between.
    """
    arrived = np.concatenate([[0.0], np.cumsum(work * np.diff(edges))])
    times = np.unique(np.concatenate([edges, service.start[service.start < edges[-1]]]))
    times = _with_emptying(times, _surplus(times, edges, arrived, service))
    surplus = _surplus(times, edges, arrived, service)
    queue = surplus - np.minimum.accumulate(np.minimum(surplus, 0.0))
    until = np.maximum.accumulate(service.capacity(times) + queue)
    turns = service.done_at_start
    turns = turns[(turns > until[0]) & (turns < until[-1])]
    fine = np.unique(np.concatenate([times, np.interp(turns, until, times)]))
    first, last = _reached(np.interp(fine, times, until), service)
    return Clearing(edges=fine, first=np.maximum(first, fine[:-1]), last=np.maximum(last, fine[1:]))


def _surplus(times: Array, edges: Array, arrived: Array, service: Service) -> Array:
    return np.asarray(np.interp(times, edges, arrived) - service.capacity(times))


def _with_emptying(times: Array, surplus: Array) -> Array:
    """Add the moments at which the queue runs empty between two break points."""
    lowest = np.minimum.accumulate(np.minimum(surplus, 0.0))[:-1]
    above, after = surplus[:-1], surplus[1:]
    empties = (above > lowest) & (after < lowest)
    share = (above[empties] - lowest[empties]) / (above[empties] - after[empties])
    return np.unique(np.concatenate([times, times[:-1][empties] + share * np.diff(times)[empties]]))


def _reached(until: Array, service: Service) -> tuple[Array, Array]:
    """Return when the service has done the work at both ends of each interval."""
    done = service.done_at_start
    place = np.searchsorted(done, (until[:-1] + until[1:]) / 2, side="right") - 1
    start, rate = service.start[place], service.servers[place]
    rate = np.where(rate > 0, rate, np.inf)
    return start + (until[:-1] - done[place]) / rate, start + (until[1:] - done[place]) / rate
