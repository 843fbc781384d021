"""Erlang's formula, the steady-state cross-check: it knows no flights, so it is badly optimistic here."""

import math


def erlang_c_wait_minutes(*, arrivals_a_minute: float, servers: int, seconds: float) -> float:
    """Return the mean wait of an M/M/c queue in steady state; infinite where arrivals outrun the servers.

    Method: Erlang 1917; the delay probability by the recursion over servers of the loss formula.
    """
    load = arrivals_a_minute * seconds / 60
    if load >= servers:
        return math.inf
    loss = 1.0
    for server in range(1, servers + 1):
        loss = load * loss / (server + load * loss)
    delayed = loss / (1 - load / servers * (1 - loss))
    return delayed * seconds / 60 / (servers - load)
