"""From the inputs in the repository to the published tables."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from crossings.errors import N_
from crossings.tables.flows import data_folder
from crossings.tables.package import PACKAGE
from etl import describe, history, releases
from etl.check import require
from etl.errors import InputsMissing
from etl.publish import publish, sole_writer
from etl.sources import ecb
from etl.tables import TABLES, csv_bytes, from_bytes

WORKED_OUT = ("visitors", "vintages", "exchange_rates", "releases")


def inputs_folder() -> Path:
    """Return the folder of inputs: CROSSINGS_INPUTS, or data/inputs in the project."""
    named = os.environ.get("CROSSINGS_INPUTS")
    return Path(named) if named else Path(__file__).resolve().parents[1] / "data" / "inputs"


def build(inputs: Path | None = None, *, folder: Path | None = None) -> list[str]:
    """Make every published table from the inputs and put the set in place; return the files that changed.

    Raises InputsMissing, CheckFailed (the old tables stand), Busy or PublishFailed.
    """
    place = folder or data_folder()
    frames = tables(inputs or inputs_folder())
    with sole_writer(place):
        return publish(place, files(frames, computed=describe.computed(place)), accept=require)


def files(
    frames: Mapping[str, pd.DataFrame], *, computed: Sequence[Mapping[str, object]] = ()
) -> dict[str, bytes]:
    """Return the published files, tables and description, by file name.

    computed: descriptions of the computed tables that stay beside these, see describe.computed.
    """
    contents = {name: csv_bytes(frames[name], table) for name, table in TABLES.items()}
    sorted_frames = {name: from_bytes(content) for name, content in contents.items()}
    return {
        **{f"{name}.csv": content for name, content in contents.items()},
        PACKAGE: describe.package(sorted_frames, contents, computed=computed),
    }


def tables(inputs: Path) -> dict[str, pd.DataFrame]:
    """Return every published table as text cells, made from the inputs. Raises InputsMissing."""
    frames = {name: _read(inputs, f"tables/{name}.csv") for name in TABLES if name not in WORKED_OUT}
    visitors = _visitors(inputs)
    frames |= {
        "visitors": visitors,
        "vintages": history.succession(_earlier(inputs), visitors, frames["sources"]),
        "exchange_rates": _rates(inputs),
        "releases": releases.table(_read(inputs, "last_releases.csv")),
    }
    return {name: frames[name].astype(str) for name in TABLES}


def _read(inputs: Path, path: str) -> pd.DataFrame:
    try:
        return pd.read_csv(inputs / path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as fault:
        raise InputsMissing(
            N_(
                "The input file {path} is not in {folder}. Set the folder of inputs with --inputs or "
                "CROSSINGS_INPUTS."
            ),
            path=path,
            folder=inputs.name,
        ) from fault


def _visitors(inputs: Path) -> pd.DataFrame:
    by_destination = {"JPN": "visitors_to_japan.csv", "KOR": "visitors_to_korea.csv"}
    parts = [_read(inputs, path).assign(destination=place) for place, path in by_destination.items()]
    return pd.concat(parts, ignore_index=True)


def _earlier(inputs: Path) -> pd.DataFrame:
    days_seen = _read(inputs, "release_days_seen.csv")
    return pd.concat(
        [
            history.jnto_earlier(_read(inputs, "earlier_to_japan.csv"), days_seen),
            history.kto_earlier(_read(inputs, "earlier_to_korea.csv")),
        ]
    )


def _rates(inputs: Path) -> pd.DataFrame:
    path = inputs / "daily_euro_rates.csv"
    _read(inputs, path.name)
    return ecb.monthly(path.read_text("utf-8"), name=path.name)
