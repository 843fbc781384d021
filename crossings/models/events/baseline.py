"""Both directions fitted without any event asked about: what calendar and decomposition rest on."""

from dataclasses import dataclass

import pandas as pd

from crossings.models.events.design import Material, flow_material
from crossings.models.events.intervention import fit_with
from crossings.models.events.regression import Fit
from crossings.tables.flows import DIRECTIONS, Flow, Published


@dataclass(frozen=True)
class Fitted:
    """One direction with its fitted model."""

    material: Material
    fit: Fit


def baselines(published: Published, rates: pd.Series) -> dict[Flow, Fitted]:
    """Fit both directions with exchange rate, calendar and known shocks. Raises TooFewMonths or FitFailed.

    rates: won per yen by month. Method: regression in a structural model (Harvey 1989), as for events.
    """
    materials = {flow: flow_material(published, rates, flow=flow) for flow in DIRECTIONS}
    return {flow: Fitted(material, fit_with(material, None)) for flow, material in materials.items()}
