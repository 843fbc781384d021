"""Projections made once for all tests of a run, told apart by the figures themselves and every setting.

They are kept in a folder of the run, so that a test worker need not make what another has made.
"""

import hashlib
import pickle
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pandas as pd

from crossings.models import forecast
from crossings.models.forecast import Projection
from crossings.models.forecast.exchange import Exchange
from crossings.tables import flows
from crossings.tables.flows import Published
from crossings.whole import replace_file

MOST_KEPT = 32
_project = forecast.project
_made: "OrderedDict[tuple[object, ...], Projection]" = OrderedDict()
_folders: list[Path] = []


def kept_in(folder: Path) -> None:
    """Keep projections in a folder that all workers of a run share and nobody after it."""
    _folders[:] = [folder]


def projection(as_of: str) -> Projection:
    """Return the projection of the committed figures as of a month, YYYY-MM."""
    return project(flows.load(), as_of=pd.Period(as_of, "M"))


def project(published: Published, **settings: Any) -> Projection:
    """Stand in for crossings.models.forecast.project, remembering what it answered for the same figures."""
    key = (published.digest, *(_hashed(table) for table in (published.visitors, published.vintages)))
    key += tuple(sorted((name, _said(value)) for name, value in settings.items()))
    if key not in _made:
        _made[key] = _of_the_run(published, settings, key)
    _made.move_to_end(key)
    while len(_made) > MOST_KEPT:
        _made.popitem(last=False)
    return _made[key]


def _of_the_run(published: Published, settings: dict[str, Any], key: tuple[object, ...]) -> Projection:
    """Return a projection from the folder of the run, or make it and put it there."""
    name = hashlib.sha256(repr(key).encode()).hexdigest()
    paths = [folder / f"{name}.projection" for folder in _folders]
    for path in paths:
        if path.is_file():
            found: Projection = pickle.loads(path.read_bytes())
            return found
    made = _project(published, **settings)
    for path in paths:
        replace_file(path, pickle.dumps(made))
    return made


def _said(value: object) -> str:
    """Return what tells a setting from others, an exchange rate by its path and every rate."""
    if isinstance(value, Exchange):
        return f"{value.path} {_hashed(value.rates.to_frame())}"
    return str(value)


def _hashed(table: pd.DataFrame) -> int:
    return int(pd.util.hash_pandas_object(table.astype(str), index=True).sum())
