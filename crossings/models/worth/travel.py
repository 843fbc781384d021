"""Trips of one direction with and without the measures, and what a trip saves, set of assumptions by set."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from crossings.models.arithmetic import settled
from crossings.models.scenario import cost
from crossings.models.scenario.cost import Burden, Drawn, Saved, Scene
from crossings.models.scenario.settings import Choice
from crossings.models.worth import formulas
from crossings.models.worth.parameters import Country
from crossings.tables.flows import DIRECTIONS, Flow

Array = NDArray[np.float64]

THOUSAND = 1000.0
MINUTES = 60.0
CHARGES = ("tax", "authorisation")
HOME: Mapping[Flow, Country] = MappingProxyType({Flow.KOREANS_TO_JAPAN: "KOR", Flow.JAPANESE_TO_KOREA: "JPN"})
HOST: Mapping[Flow, Country] = MappingProxyType({Flow.KOREANS_TO_JAPAN: "JPN", Flow.JAPANESE_TO_KOREA: "KOR"})
ENTERING: Mapping[Country, Flow] = MappingProxyType({host: flow for flow, host in HOST.items()})


@dataclass(frozen=True, eq=False)
class Travel:
    """One direction: trips, and what a trip saves in won, all (M, H).

    before: trips without the measures, after: with them, uncharged: with all of them but new charges.
    wait, forms: burden taken off. tax, fee: new charges paid. errand: time and deterrence of an
    authorisation. minutes: of arrival wait saved a trip. rate: won per yen. priced: whether the burden of every
    measure has a price; that of a visa has none, and then the surplus is missing.
    """

    flow: Flow
    before: Array
    after: Array
    uncharged: Array
    wait: Array
    forms: Array
    tax: Array
    fee: Array
    errand: Array
    minutes: Array
    tax_yen: Array
    rate: Array
    priced: bool = True

    @property
    def change(self) -> Array:
        """Trips gained, negative where they are lost."""
        return self.after - self.before

    @property
    def lost_to_charges(self) -> Array:
        """Trips that new charges keep away."""
        return np.maximum(self.uncharged - self.after, 0.0)

    def surplus(self, *, time_scale: Array | float = 1.0, wait_scale: Array | float = 1.0) -> Array:
        """Return travellers' surplus in won (M, H).

        time_scale: factor on what is a burden and not money paid, 1 for the behavioural value of time. wait_scale:
        factor on the saved wait alone, 1 for the scenario's weight of a queue minute.
        """
        burden = (self.wait * wait_scale + self.forms - self.errand) * time_scale
        return self._surplus(burden - self.tax - self.fee)

    @property
    def time_surplus(self) -> Array:
        """The part of the surplus that is saved wait, won (M, H)."""
        return self._surplus(self.wait)

    def _surplus(self, saving: Array) -> Array:
        found = formulas.surplus(self.before, self.after, saving)
        return found if self.priced else np.full_like(found, np.nan)

    @property
    def total_minutes(self) -> Array:
        """Minutes of wait that all travellers save (M, H), existing ones in full, new ones half."""
        return formulas.surplus(self.before, self.after, self.minutes)


def travel(draw: Drawn, scene: Scene, flow: Flow, *, base_trips: Array) -> Travel:
    """Return one direction under a scene. base_trips: trips of each month or of the year (H,).

    What the world changes (exchange rate, shocks) is in the trips before and after alike.
    """
    world = _scene(scene, [choice for choice in scene.choices if choice.record.group == "world"])
    charging = [choice for choice in scene.choices if choice.record.mechanism in CHARGES]
    with_measures, without = cost.burden(draw, scene, flow), cost.burden(draw, world, flow)
    saved = _difference(with_measures.saved(), without.saved()) if world.choices else with_measures.saved()
    fee = cost.authorisation_fee(draw, scene, flow)
    shape = (len(draw["elasticity"]), scene.length)
    before = base_trips * _growth(without) if world.choices else base_trips
    after = base_trips * _growth(with_measures)
    uncharged = after
    if charging:
        free = _scene(scene, [choice for choice in scene.choices if choice not in charging])
        uncharged = base_trips * _growth(cost.burden(draw, free, flow))
    minute = draw["value_of_time"] * draw["queue_multiplier"] / MINUTES

    def whole(values: Array) -> Array:
        return values if values.shape == shape else np.broadcast_to(values, shape)

    return Travel(
        flow=flow,
        before=whole(before),
        after=whole(after),
        uncharged=whole(uncharged),
        wait=whole(THOUSAND * saved.wait),
        forms=whole(THOUSAND * saved.forms),
        tax=whole(THOUSAND * saved.charge),
        fee=whole(THOUSAND * fee),
        errand=whole(THOUSAND * (saved.authorisation - fee)),
        minutes=whole(saved.wait / minute),
        tax_yen=whole(cost.added_tax_yen(scene, flow)),
        rate=whole(draw["won_per_yen"] * cost.rate_change(scene)),
        priced=not scene.acting("visa", flow),
    )


def both(draw: Drawn, scene: Scene, *, base_trips: Mapping[Flow, Array]) -> dict[Flow, Travel]:
    """Return both directions under a scene."""
    return {flow: travel(draw, scene, flow, base_trips=base_trips[flow]) for flow in DIRECTIONS}


def _scene(scene: Scene, choices: list[Choice]) -> Scene:
    return Scene(tuple(choices), scene.months)


def _growth(burden: Burden) -> Array:
    return settled(np.exp(burden.log_uplift(queue=True)))


def _difference(after: Saved, before: Saved) -> Saved:
    return Saved(
        wait=after.wait - before.wait,
        forms=after.forms - before.forms,
        charge=after.charge - before.charge,
        authorisation=after.authorisation - before.authorisation,
    )
