"""Projections of the committed figures, made once for all tests of a run."""

from functools import lru_cache
from typing import Any

import pandas as pd

from crossings.models import forecast
from crossings.models.forecast import Projection
from crossings.tables import flows
from crossings.tables.flows import Published

_project = forecast.project


@lru_cache(maxsize=8)
def projection(as_of: str) -> Projection:
    """Return the projection of the committed figures as of a month, YYYY-MM."""
    return _project(flows.load(), as_of=pd.Period(as_of, "M"))


def project(published: Published, *, as_of: pd.Period, **settings: Any) -> Projection:
    """Stand in for crossings.forecast.project, remembering what it answered for the committed figures."""
    usual = not any(settings.values()) and published.digest == flows.load().digest
    valid = as_of <= published.last_month and as_of.year >= 2010
    return projection(str(as_of)) if usual and valid else _project(published, as_of=as_of, **settings)
