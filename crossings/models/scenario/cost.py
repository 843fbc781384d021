"""From levers to demand: generalised travel cost, and what a change of it does to visitors."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crossings.models.arithmetic import log, log1p, settled
from crossings.models.scenario.checks import FIRST_MONTH
from crossings.models.scenario.levers import PriorSet, parameters
from crossings.models.scenario.priors import even_draws
from crossings.models.scenario.settings import Choice, Settings
from crossings.tables.flows import DIRECTIONS, Flow

Array = NDArray[np.float64]
Drawn = Mapping[str, Array]
Ranges = Mapping[str, tuple[float, float, float]]

SEED = 20260916
SIDE = MappingProxyType({Flow.KOREANS_TO_JAPAN: "japan", Flow.JAPANESE_TO_KOREA: "korea"})
AUTHORISATION_FLOOR = float(log(0.9))
EXCHANGE_MONTHS = 3
QUEUE_ROUNDS = 2
MINUTES = 60.0
WON_SIGN = MappingProxyType({Flow.KOREANS_TO_JAPAN: -1.0, Flow.JAPANESE_TO_KOREA: 1.0})


@lru_cache(maxsize=4)
def drawn(priors: PriorSet, *, count: int, seed: int = SEED) -> Drawn:
    """Return `count` draws of every parameter, each (count, 1). Row j is one set of assumptions."""
    return MappingProxyType(
        {
            key: _column(even_draws(parameter.priors[priors], name=key, count=count, seed=seed))
            for key, parameter in parameters().items()
        }
    )


@lru_cache(maxsize=2)
def spread(priors: PriorSet) -> Ranges:
    """Return 5th percentile, median and 95th percentile of every parameter."""
    levels = np.array([0.05, 0.5, 0.95])
    return MappingProxyType(
        {key: _triple(parameter.priors[priors].quantile(levels)) for key, parameter in parameters().items()}
    )


def middle(priors: PriorSet) -> Drawn:
    """Return every parameter at its median, as one set of assumptions (1, 1)."""
    return {key: np.array([[median]]) for key, (_, median, _) in spread(priors).items()}


def _column(values: Array) -> Array:
    column = values[:, np.newaxis]
    column.flags.writeable = False
    return column


def _triple(values: Array) -> tuple[float, float, float]:
    low, median, high = (float(value) for value in values)
    return low, median, high


@dataclass(frozen=True)
class Scene:
    """The levers of a scenario laid on months.

    months: the horizon, None for the steady state, in which every measure has its full effect.
    """

    choices: tuple[Choice, ...]
    months: pd.PeriodIndex | None

    @classmethod
    def of(cls, settings: Settings, months: pd.PeriodIndex | None) -> "Scene":
        """Return the scene of the levers that are on."""
        return cls(settings.active, months)

    @property
    def length(self) -> int:
        return 1 if self.months is None else len(self.months)

    def start(self, choice: Choice) -> pd.Period:
        """Return the first month a choice acts; the first of the horizon unless it says otherwise."""
        named = choice.start or choice.record.start
        if named is not None:
            return named
        first: pd.Period = FIRST_MONTH if self.months is None else self.months[0]
        return first

    def since(self, choice: Choice) -> Array:
        """Return months in force (H,), 1 in the first, 0 before the start and after the end."""
        if self.months is None:
            return np.full(1, np.inf)
        count = self.months.asi8 - self.start(choice).ordinal + 1
        if choice.end is not None:
            count = np.where(self.months.asi8 <= choice.end.ordinal, count, 0)
        return np.maximum(count, 0).astype(float)

    def in_force(self, choice: Choice) -> Array:
        """Return 1 where a choice is in force, else 0 (H,)."""
        return (self.since(choice) > 0).astype(float)

    def ramp(self, choice: Choice, draw: Drawn) -> Array:
        """Return the share of its full effect that a choice has reached (M, H)."""
        lever = choice.record
        if not lever.ramp or choice.ramp_months == 0 or self.months is None:
            return self.in_force(choice)[np.newaxis]
        scale = draw[lever.ramp] if choice.ramp_months is None else np.array([[choice.ramp_months]])
        return np.asarray(-np.expm1(-self.since(choice) / scale))

    def acting(self, mechanism: str, flow: Flow | None = None) -> list[Choice]:
        """Return the choices of one mechanism, on one direction if it is named."""
        return [
            choice
            for choice in self.choices
            if choice.record.mechanism == mechanism and (flow is None or flow in choice.acts_on)
        ]


@dataclass(frozen=True)
class Burden:
    """What a trip costs and what the levers take off or add: thousand won, (M, H) or (M, 1).

    wait: the arrival wait. residual: share of it that is left. forms: burden removed. charge: taxes.
    authorisation: fee, time and deterrence. logs: effects on the log scale that bypass cost.
    queue_gain: relative lengthening of the wait by a relative growth of visitors.
    """

    trip: Array
    elasticity: Array
    wait: Array
    residual: Array
    forms: Array
    charge: Array
    authorisation: Array
    logs: Array
    queue_gain: Array

    def log_uplift(self, *, queue: bool) -> Array:
        """Return the log change of demand (M, H); queue lets the visitors gained lengthen the wait again."""
        return self._uplift(self._lengthening if queue else np.ones((1, 1)))

    def saved(self) -> "Saved":
        """Return what a trip saves at the same wait as log_uplift with its queue."""
        wait = self.wait * (1 - self.residual * self._lengthening)
        return Saved(wait, self.forms, self.charge, self.authorisation)

    @cached_property
    def _lengthening(self) -> Array:
        """The factor by which the visitors gained lengthen the wait (M, H)."""
        longer = np.ones((1, 1))
        for _ in range(QUEUE_ROUNDS):
            longer = np.maximum(1 + self.queue_gain * np.expm1(self._uplift(longer)), 0.0)
        return longer

    def _uplift(self, queue: Array) -> Array:
        saved = self.wait * (1 - self.residual * queue) + self.forms - self.charge
        free = -self.elasticity * np.log1p(-saved / self.trip)
        charged = -self.elasticity * np.log1p((self.authorisation - saved) / self.trip)
        return np.asarray(np.maximum(charged, free + AUTHORISATION_FLOOR) + self.logs)


@dataclass(frozen=True)
class Saved:
    """Burden of a trip that a scenario takes off or adds, thousand won, (M, H) or (M, 1).

    wait, forms: taken off. charge, authorisation: added.
    """

    wait: Array
    forms: Array
    charge: Array
    authorisation: Array


def log_uplift(draw: Drawn, scene: Scene, *, queue: bool = True) -> Array:
    """Return the log change of demand (M, 2, H) for every set of assumptions, direction and month, settled.

    draw: parameters (M, 1). Directions in the order of DIRECTIONS. Before seats.
    """
    size = (len(draw["elasticity"]), scene.length)
    burdens = [burden(draw, scene, flow) for flow in DIRECTIONS]
    logs = [np.broadcast_to(one.log_uplift(queue=queue), size) for one in burdens]
    return settled(np.stack(logs, axis=1))


def burden(draw: Drawn, scene: Scene, flow: Flow) -> Burden:
    """Return what a trip of one direction costs under a scene."""
    minutes = draw[f"wait_minutes_{SIDE[flow]}"]
    value, weight = draw["value_of_time"], draw["queue_multiplier"]
    queue = value * (weight - 1) * minutes / MINUTES
    trip = draw["fare"] + value * draw["travel_hours"] + draw["forms_cost"] + queue
    return Burden(
        trip=trip,
        elasticity=draw["elasticity"],
        wait=value * weight * minutes / MINUTES,
        residual=_residual(draw, scene, flow, weighted_minutes=weight * minutes),
        forms=_forms(draw, scene, flow),
        charge=_tax(draw, scene, flow),
        authorisation=_authorisation(draw, scene, flow),
        logs=_visa(draw, scene, flow) + _exchange(draw, scene, flow) + _shock(draw, scene, flow),
        queue_gain=draw[f"queue_share_{SIDE[flow]}"] * (1 + draw["bank_minutes"] / (2 * minutes)),
    )


def part(choice: Choice, name: str, draw: Drawn) -> Array:
    """Return a part of a lever: the number typed over it, or its draws (M, 1). 1 where the lever has none."""
    typed = dict(choice.parts)
    if name in typed:
        return np.array([[typed[name]]])
    key = choice.record.parts.get(name)
    return np.ones((1, 1)) if key is None else draw[key]


def _residual(draw: Drawn, scene: Scene, flow: Flow, *, weighted_minutes: Array) -> Array:
    """Return the share of the weighted wait that is left (M, H), measures combining on the residual.

    Minutes that pre-clearance adds at the origin count at the weight of travel time and only for its
    users; nobody uses it at a loss. Kiosk minutes come off what the others leave.
    """
    left = np.ones((1, scene.length))
    for choice in scene.acting("wait", flow):
        left = left * (1 - _reach(choice, draw, scene) * part(choice, "wait_removed", draw))
    for choice in scene.acting("pre-clearance", flow):
        net = part(choice, "wait_removed", draw) - part(choice, "minutes", draw) / weighted_minutes
        left = left * (1 - _reach(choice, draw, scene) * np.maximum(net, 0.0))
    for choice in scene.acting("no-wait", flow):
        left = left * (1 - scene.ramp(choice, draw))
    for choice in scene.acting("kiosks", flow):
        saved = _reach(choice, draw, scene) * part(choice, "minutes", draw) / weighted_minutes
        left = np.maximum(left - saved, 0.0)
    return left


def _reach(choice: Choice, draw: Drawn, scene: Scene) -> Array:
    shares = part(choice, "coverage", draw) * part(choice, "eligible", draw) * part(choice, "take_up", draw)
    return shares * scene.ramp(choice, draw)


def _forms(draw: Drawn, scene: Scene, flow: Flow) -> Array:
    saved = np.zeros((1, scene.length))
    for choice in scene.acting("forms", flow):
        saving = np.minimum(part(choice, "saving", draw), draw["forms_cost"])
        saved = saved + saving * scene.ramp(choice, draw)
    return saved


def _tax(draw: Drawn, scene: Scene, flow: Flow) -> Array:
    rate = draw["won_per_yen"] * rate_change(scene)
    charge = np.zeros((1, scene.length))
    for choice in scene.acting("tax", flow):
        charge = charge + choice.value * rate / 1000 * scene.ramp(choice, draw)
    return charge


def _authorisation(draw: Drawn, scene: Scene, flow: Flow) -> Array:
    charge = np.zeros((1, scene.length))
    for choice in scene.acting("authorisation", flow):
        hours = draw["value_of_time"] * part(choice, "hours", draw)
        cost = part(choice, "fee", draw) + hours + part(choice, "salience", draw)
        charge = charge + cost * scene.in_force(choice) * (1 - _relieved(scene, choice.lever))
    return charge


def authorisation_fee(draw: Drawn, scene: Scene, flow: Flow) -> Array:
    """Return the fees of travel authorisations paid on a trip, thousand won (M, H); exempt trips pay none."""
    fees = np.zeros((1, scene.length))
    for choice in scene.acting("authorisation", flow):
        fee = part(choice, "fee", draw)
        fees = fees + fee * scene.in_force(choice) * (1 - _relieved(scene, choice.lever))
    return fees


def added_tax_yen(scene: Scene, flow: Flow) -> Array:
    """Return the taxes that the levers add to a trip, yen (H,)."""
    added = np.zeros(scene.length)
    for choice in scene.acting("tax", flow):
        added = added + choice.value * scene.in_force(choice)
    return added


def _relieved(scene: Scene, lever: str) -> Array:
    exempt = np.zeros(scene.length)
    for choice in scene.acting("exemption"):
        if choice.record.relieves == lever:
            exempt = np.maximum(exempt, scene.in_force(choice))
    return exempt


def _visa(draw: Drawn, scene: Scene, flow: Flow) -> Array:
    effect = np.zeros((1, scene.length))
    for choice in scene.acting("visa", flow):
        effect = effect - part(choice, "size", draw) * scene.in_force(choice)
    return effect


def _exchange(draw: Drawn, scene: Scene, flow: Flow) -> Array:
    """Return the effect of the won per yen (M, H), a third of it in each of the first three months."""
    effect = np.zeros((1, scene.length))
    for choice in scene.acting("exchange", flow):
        arrived = np.minimum(scene.since(choice) / EXCHANGE_MONTHS, 1.0)
        change = float(log1p(choice.value / 100))
        effect = effect + WON_SIGN[flow] * draw[f"exchange_elasticity_{SIDE[flow]}"] * change * arrived
    return effect


def rate_change(scene: Scene) -> Array:
    """Return the factor by which the levers change the won per yen (H,)."""
    change = np.ones(scene.length)
    for choice in scene.acting("exchange"):
        change = change * (1 + choice.value / 100 * scene.in_force(choice))
    return change


def _shock(draw: Drawn, scene: Scene, flow: Flow) -> Array:
    effect = np.zeros((1, scene.length))
    for choice in scene.acting("shock", flow):
        effect = effect + choice.value * draw["shock_size"] * _profile(choice, scene, flow)
    return effect


def _profile(choice: Choice, scene: Scene, flow: Flow) -> Array:
    """Return the shock in history by month (H,); a typed end month repeats the last value until then."""
    seen = np.array(choice.record.profile[flow])
    since = scene.since(choice)
    if scene.months is None:
        return np.array([seen.min()])
    place = np.clip(since - 1, 0, len(seen) - 1).astype(int)
    lasting = (since > 0) & ((since <= len(seen)) | (choice.end is not None))
    return np.where(lasting, seen[place], 0.0)


def seats_growth(scene: Scene) -> Array:
    """Return the factor by which the levers change the seats offered (H,)."""
    growth = np.ones(scene.length)
    for choice in scene.acting("seats"):
        growth = growth * (1 + choice.value / 100 * scene.in_force(choice))
    return growth


def seats_fixed(scene: Scene) -> Array:
    """Return 1 where seats may not follow demand, else 0 (H,)."""
    fixed = np.zeros(scene.length)
    for choice in scene.acting("seats-fixed"):
        fixed = np.maximum(fixed, scene.in_force(choice))
    return fixed


def first_start(scene: Scene) -> pd.Period | None:
    """Return the month in which the first lever starts to change demand; None where none does.

    Airlines are taken to plan from that month on, also for levers that start later.
    """
    demand = [choice for choice in scene.choices if not choice.record.mechanism.startswith("seats")]
    return min((scene.start(choice) for choice in demand), default=None)
