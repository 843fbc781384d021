"""Projections made once for all tests of a run, told apart by the figures themselves and every setting.

They are kept in a folder of the run, so that a test worker need not make what another has made.
"""

import hashlib
import pickle
import weakref
from collections import OrderedDict
from inspect import Parameter, signature
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock

from crossings.models import forecast
from crossings.models.forecast import Projection
from crossings.models.forecast.exchange import Exchange
from crossings.tables import flows
from crossings.tables.flows import Published
from crossings.whole import replace_file

MOST_KEPT = 32
_project = forecast.project
_USUAL = {
    name: setting.default
    for name, setting in signature(_project).parameters.items()
    if setting.default is not Parameter.empty
}
_made: "OrderedDict[tuple[object, ...], Projection]" = OrderedDict()
_folders: list[Path] = []
_known: dict[int, tuple[int, ...]] = {}


def kept_in(folder: Path) -> None:
    """Keep projections in a folder that all workers of a run share and nobody after it."""
    _folders[:] = [folder]


def projection(as_of: str) -> Projection:
    """Return the projection of the committed figures as of a month, YYYY-MM."""
    return project(flows.load(), as_of=pd.Period(as_of, "M"))


def project(published: Published, **settings: Any) -> Projection:
    """Stand in for crossings.models.forecast.project, remembering what it answered for the same figures.

    What fits a series for a memory fits it as everything else does: it is no setting.
    """
    told = {**_USUAL, **settings}
    said = ((name, _said(told[name])) for name in sorted(told) if name != "fitting")
    key = (published.digest, _figures(published), *said)
    if key not in _made:
        _made[key] = _of_the_run(published, settings, key)
    _made.move_to_end(key)
    while len(_made) > MOST_KEPT:
        _made.popitem(last=False)
    return _made[key]


def _of_the_run(published: Published, settings: dict[str, Any], key: tuple[object, ...]) -> Projection:
    """Return a projection from the folder of the run, or make it and put it there."""
    name = hashlib.sha256(repr(key).encode()).hexdigest()
    if not _folders:
        return _project(published, **settings)
    path = _folders[0] / f"{name}.projection"
    with FileLock(path.with_suffix(".lock")):  # another worker that makes the same is waited for
        if path.is_file():
            found: Projection = pickle.loads(path.read_bytes())
            return found
        made = _project(published, **settings)
        replace_file(path, pickle.dumps(made))
        return made


def _said(value: object) -> str:
    """Return what tells a setting from others, an exchange rate by its path and every rate."""
    if isinstance(value, Exchange):
        return f"{value.path} {_hashed(value.rates.to_frame())}"
    return str(value)


def _figures(published: Published) -> tuple[int, ...]:
    """Return what tells figures from others, worked out once for each object."""
    place = id(published)
    if place not in _known:
        _known[place] = tuple(_hashed(table) for table in (published.visitors, published.vintages))
        weakref.finalize(published, _known.pop, place, None)
    return _known[place]


def _hashed(table: pd.DataFrame) -> int:
    return int(pd.util.hash_pandas_object(table.astype(str), index=True).sum())
