"""The checks that stand between new figures and the published tables, and over what is committed."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd

from crossings.errors import N_, Listed
from crossings.tables import closures
from crossings.tables.months import MONTH_PATTERN
from crossings.tables.package import PACKAGE, package
from etl.ahead import newest_possible
from etl.errors import CheckFailed
from etl.nations import KNOWN_ORIGINS
from etl.tables import ALL_TABLES, COMPUTED, TABLES, Field, Table, from_bytes

ALL = "TOTAL"
PATTERNS = {
    "yearmonth": re.compile(MONTH_PATTERN),
    "date": re.compile(rf"{MONTH_PATTERN}-(0[1-9]|[12]\d|3[01])"),
    "integer": re.compile(r"-?\d+"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
    "string": re.compile(r".*", re.DOTALL),
}
# Series that must reach the last month of their destination, and whose years people quote.
ANCHORS = {"JPN": ("TOTAL", "KOR"), "KOR": ("JPN",)}
JUMP, LAST_JUMP, SMALL = 5.0, 6.0, 1_000
# At the end of a series of some size less is enough: so far from the month before and from a year before.
LAST_STEP, LAST_YEAR, LARGE = 5.0, 2.5, 20_000
SHOWN = 20

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Finding:
    """One failed check: the table, the row or month, and a sentence that says what to do."""

    table: str
    where: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def filled(self) -> dict[str, object]:
        return {"table": self.table, "where": self.where, **self.values}

    def __str__(self) -> str:
        return self.message.format(**self.filled())


def check(folder: Path) -> list[Finding]:
    """Return what is wrong with the tables in a folder; nothing is wrong when the list is empty."""
    contents = {name: _read(folder / f"{name}.csv") for name in TABLES}
    absent = [_absent(name) for name, content in contents.items() if content is None]
    described = _package(folder)
    if described is None:
        absent.append(
            Finding(
                PACKAGE, "-", N_("{table} is missing or damaged. Restore it, or run: python -m etl build")
            )
        )
    if absent or described is None:
        return absent
    frames: dict[str, pd.DataFrame] = {}
    findings: list[Finding] = []
    for name, content in contents.items():
        try:
            frames[name] = from_bytes(content or b"")
        except (ValueError, UnicodeDecodeError):
            findings.append(_absent(name))
    findings = findings or check_frames(frames)
    return findings + list(_described(described, contents)) + list(_computed(folder, described))


def check_frames(frames: Frames) -> list[Finding]:
    """Return what is wrong with a set of tables held as text cells."""
    shape = [finding for name, table in TABLES.items() for finding in _shape(frames[name], table)]
    if shape:
        return shape
    wide = _wide(frames["visitors"])
    return [
        *_sources_known(frames),
        *_origins_known(frames),
        *_months_complete(wide),
        *_ends_reached(frames),
        *_out_already(frames),
        *_parts_within_total(wide),
        *_jumps(wide),
        *_totals_met(frames),
        *_vintages_close(frames),
        *_rates_complete(frames),
    ]


def require(folder: Path) -> None:
    """Raise CheckFailed with the first finding where a folder's tables do not pass."""
    for finding in check(folder)[:1]:
        raise CheckFailed(finding.message, **finding.filled())


def require_written(folder: Path) -> None:
    """Raise CheckFailed where a folder's files are not, byte for byte, what its description was made for.

    For a set whose tables were checked in memory before they were written.
    """
    contents = {name: _read(folder / f"{name}.csv") for name in TABLES}
    described = _package(folder)
    findings = list(_described(described, contents)) if described else [_absent("visitors")]
    for finding in findings[:1]:
        raise CheckFailed(finding.message, **finding.filled())


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _package(folder: Path) -> dict[str, Any] | None:
    try:
        return package(folder)
    except (OSError, ValueError):
        return None


def _absent(name: str) -> Finding:
    return Finding(
        f"{name}.csv", "-", N_("{table} is missing or damaged. Restore it, or run: python -m etl build")
    )


def _computed(folder: Path, package: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the computed tables that stand in a folder or that its description names."""
    named = {str(one["name"]) for one in package["resources"]}
    for name, table in COMPUTED.items():
        content = _read(folder / f"{name}.csv")
        if content is None and name not in named:
            continue
        try:
            yield from _shape(from_bytes(content or b""), table)
        except (ValueError, UnicodeDecodeError):
            yield Finding(
                f"{name}.csv",
                "-",
                N_("{table} is missing or damaged. Restore it, or run: python -m etl backtest"),
            )
            continue
        yield from _described(package, {name: content})


def _described(package: Mapping[str, Any], contents: Mapping[str, bytes | None]) -> Iterator[Finding]:
    """Compare each table with its description: columns, and the fingerprint of the file."""
    described = {str(one["name"]): one for one in package["resources"]}
    for name, content in contents.items():
        resource = described.get(name)
        columns = [one["name"] for one in resource["schema"]["fields"]] if resource else []
        if resource is None or columns != list(ALL_TABLES[name].columns):
            yield Finding(
                PACKAGE,
                name,
                N_(
                    "{table}: the description of {where} does not match its columns. Run: python -m etl build"
                ),
            )
        elif resource["hash"] != fingerprint(content or b""):
            yield Finding(
                f"{name}.csv",
                "-",
                N_(
                    "{table} was changed by hand and differs from its description in datapackage.json. "
                    "Restore it, or run: python -m etl build"
                ),
            )


def fingerprint(content: bytes) -> str:
    """Return a file's hash as datapackage.json writes it."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _shape(frame: pd.DataFrame, table: Table) -> Iterator[Finding]:
    file = f"{table.name}.csv"
    if list(frame.columns) != list(table.columns):
        yield Finding(
            file,
            "#1",
            N_("{table}, {where}: the columns are {found}, not {due}. Restore the header."),
            {"found": Listed(map(str, frame.columns)), "due": Listed(table.columns)},
        )
        return
    if frame.empty and not table.may_be_empty:
        yield Finding(file, "-", N_("{table} has no rows. Restore it, or run: python -m etl build"))
    for one in table.fields:
        yield from _cells(frame[one.name], one, file)
    for row in frame.index[frame.duplicated(list(table.key or table.columns))][:SHOWN]:
        key = " ".join(frame.loc[row, list(table.key or table.columns[:3])])
        yield Finding(
            file,
            f"#{row + 2}",
            N_("{table}, {where}: {key} appears twice. Remove one of the two rows."),
            {"key": key},
        )


def _cells(cells: pd.Series, one: Field, file: str) -> Iterator[Finding]:
    odd = [value for value in cells.drop_duplicates().to_numpy() if not _fits(value, one)]
    if not odd:
        return
    wrong = cells.isin(odd)
    for row in cells.index[wrong][:SHOWN]:
        yield Finding(
            file,
            f"#{row + 2}",
            N_("{table}, {where}: “{value}” is not valid in column {column} ({due}). Correct the cell."),
            {"value": cells[row][:40], "column": one.name, "due": _due(one)},
        )


def _fits(value: str, one: Field) -> bool:
    if value == "":
        return not one.required
    return (
        PATTERNS[one.type].fullmatch(value) is not None
        and (not one.pattern or re.fullmatch(one.pattern, value) is not None)
        and (not one.enum or value in one.enum)
        and (one.minimum is None or float(value) >= one.minimum)
    )


def _due(one: Field) -> str:
    kind = "|".join(one.enum) or one.pattern or one.type
    return kind if one.minimum is None else f"≥ {one.minimum}"


def _sources_known(frames: Frames) -> Iterator[Finding]:
    known = set(frames["sources"]["key"])
    for name, table in TABLES.items():
        for one in table.fields:
            cells = frames[name][one.name].drop_duplicates().to_numpy() if one.sources else ()
            if any(key not in known for cell in cells for key in cell.split(";")):
                keys = frames[name][one.name].str.split(";").explode()
                for key, row in {key: row for row, key in keys[~keys.isin(known)].items()}.items():
                    yield Finding(
                        f"{name}.csv",
                        f"#{_number(row) + 2}",
                        N_("{table}, {where}: the source {key} is not in sources.csv. Add it there."),
                        {"key": key},
                    )


def _number(label: object) -> int:
    return int(str(label))


def _origins_known(frames: Frames) -> Iterator[Finding]:
    for name in ("visitors", "vintages", "published_totals"):
        origins = frames[name]["origin"]
        for row in origins.index[~origins.isin(KNOWN_ORIGINS)][:SHOWN]:
            yield Finding(
                f"{name}.csv",
                f"#{row + 2}",
                N_(
                    "{table}, {where}: {origin} is not a known nationality code. Correct the code, or add it "
                    "to etl/nations.py."
                ),
                {"origin": origins[row]},
            )


def _wide(visitors: pd.DataFrame) -> pd.DataFrame:
    """Return persons by month (every month from first to last) and (destination, origin)."""
    numbers = visitors.assign(visitors=visitors["visitors"].astype(float))
    wide = numbers.pivot(index="month", columns=["destination", "origin"], values="visitors")
    return wide.set_axis(pd.PeriodIndex(wide.index, freq="M"), axis=0).asfreq("M")


def _series(wide: pd.DataFrame) -> list[tuple[str, str]]:
    return [(str(destination), str(origin)) for destination, origin in cast(Any, wide.columns)]


def _months_complete(wide: pd.DataFrame) -> Iterator[Finding]:
    known = wide.notna().to_numpy()
    missing = np.maximum.accumulate(known) & np.maximum.accumulate(known[::-1])[::-1] & ~known
    for column, (destination, origin) in enumerate(_series(wide)):
        for month in wide.index[missing[:, column]][:SHOWN]:
            yield Finding(
                "visitors.csv",
                str(month),
                N_(
                    "{table}, {where}: the month is missing for {origin} to {destination}. Restore the row, "
                    "or run: python -m etl build"
                ),
                {"destination": destination, "origin": origin},
            )


def _ends_reached(frames: Frames) -> Iterator[Finding]:
    visitors = frames["visitors"]
    for destination, anchors in ANCHORS.items():
        there = visitors[visitors["destination"] == destination]
        for origin in anchors:
            last = there.loc[there["origin"] == origin, "month"].max()
            if last != there["month"].max():
                yield Finding(
                    "visitors.csv",
                    str(there["month"].max()),
                    N_(
                        "{table}, {where}: other markets have this month but {origin} to {destination} does not. "
                        "Add the row, or remove the month."
                    ),
                    {"origin": origin, "destination": destination},
                )


def _out_already(frames: Frames) -> Iterator[Finding]:
    """Name months that no office can have published yet."""
    visitors = frames["visitors"]
    for destination in ANCHORS:
        last = newest_possible(destination)
        months = visitors.loc[visitors["destination"] == destination, "month"]
        for month in sorted(set(months[months > last]))[:SHOWN]:
            yield Finding(
                "visitors.csv",
                str(month),
                N_(
                    "{table}, {where}: figures for {destination} cannot be published yet; the latest possible"
                    " month is {last}. Remove the rows, or correct this computer's date."
                ),
                {"destination": destination, "last": last},
            )


def _parts_within_total(wide: pd.DataFrame) -> Iterator[Finding]:
    for destination in ANCHORS:
        here = cast(pd.DataFrame, wide[destination])
        named = here[[origin for origin in here.columns if origin != ALL]].sum(axis=1)
        over = here.index[named > here[ALL]] if ALL in here else here.index[:0]
        for month in over[:SHOWN]:
            yield Finding(
                "visitors.csv",
                str(month),
                N_(
                    "{table}, {where}: the individual markets to {destination} add up to {named}, more than "
                    "the total of {total}. Compare with the source."
                ),
                {"destination": destination, "named": int(named[month]), "total": int(here[ALL][month])},
            )
        for month in here.index[here.get(ALL, named) == 0][:SHOWN]:
            yield Finding(
                "visitors.csv",
                str(month),
                N_(
                    "{table}, {where}: the total to {destination} is zero. A month that is not published must"
                    " have no row."
                ),
                {"destination": destination},
            )


def _jumps(wide: pd.DataFrame) -> Iterator[Finding]:
    """Name months far from the months beside them and from the same month of the years beside them."""
    around = [wide.shift(step) for step in (1, -1, 12, -12)]
    highest = pd.concat(around).groupby(level=0).max()
    lowest = pd.concat(around).groupby(level=0).min()
    follows = wide.shift(-1).notna()
    factor = follows * JUMP + ~follows * LAST_JUMP
    strange = ((wide > factor * highest) & (wide >= SMALL)) | ((wide * factor < lowest) & (lowest >= SMALL))
    before, year_before = wide.shift(1), wide.shift(12)
    up = (wide > LAST_STEP * before) & (wide > LAST_YEAR * year_before) & (wide >= LARGE)
    down = (wide * LAST_STEP < before) & (wide * LAST_YEAR < year_before) & (before >= LARGE)
    strange |= ~follows & (up | down)
    in_break = (wide.index >= closures.FIRST_MONTH) & (wide.index <= closures.LAST_MONTH)
    strange &= follows | ~in_break[:, None]
    series, visitors, low, high = _series(wide), wide.to_numpy(), lowest.to_numpy(), highest.to_numpy()
    for row, column in np.argwhere(strange.to_numpy())[:SHOWN]:
        destination, origin = series[column]
        month = wide.index[row]
        yield Finding(
            "visitors.csv",
            str(month),
            N_(
                "{table}, {where}: {origin} to {destination} changes sharply to {visitors}; the "
                "neighbouring months are between {low} and {high}. Check the unit and correct the figure."
            ),
            {
                "origin": origin,
                "destination": destination,
                "visitors": int(visitors[row, column]),
                "low": int(low[row, column]),
                "high": int(high[row, column]),
            },
        )


def known_on(visitors: pd.DataFrame, vintages: pd.DataFrame, *, day: str) -> pd.DataFrame:
    """Return the visitor rows with the values that stood on a day, where earlier values are on record."""
    key = ["month", "origin", "destination"]
    past = (
        vintages[vintages["published"] <= day]
        .sort_values("published", kind="stable")
        .drop_duplicates(key, keep="last")
    )
    then = visitors.merge(past[[*key, "visitors"]], on=key, how="left", suffixes=("", "_then"))
    return visitors.assign(visitors=then["visitors_then"].fillna(then["visitors"]).to_numpy())


def _totals_met(frames: Frames) -> Iterator[Finding]:
    quoted = frames["published_totals"][["destination", "origin"]].drop_duplicates()
    series_quoted = frames["visitors"].merge(quoted, on=["destination", "origin"])
    for day, totals in frames["published_totals"].groupby("published"):
        wide = _wide(known_on(series_quoted, frames["vintages"], day=str(day)))
        for row in totals.to_dict("records"):
            series = (row["destination"], row["origin"])
            added = wide[series].loc[row["first_month"] : row["last_month"]].sum() if series in wide else 0
            if int(added) != int(row["visitors"]):
                yield Finding(
                    "visitors.csv",
                    f"{row['first_month']}..{row['last_month']}",
                    N_(
                        "{table}, {where}: {origin} to {destination} adds up to {added}, but the published total "
                        "is {total}. Compare the months with the source."
                    ),
                    {
                        "origin": row["origin"],
                        "destination": row["destination"],
                        "added": int(added),
                        "total": int(row["visitors"]),
                    },
                )


def _vintages_close(frames: Frames) -> Iterator[Finding]:
    """Hold the last value on record against the value that stands."""
    key = ["month", "origin", "destination"]
    last = frames["vintages"].sort_values("published", kind="stable").drop_duplicates(key, keep="last")
    both = last.merge(frames["visitors"], on=key, how="left", suffixes=("", "_now"))
    wrong = both[(both["visitors"] != both["visitors_now"]) | (both["status"] != both["status_now"])]
    for row in wrong.head(SHOWN).to_dict("records"):
        yield Finding(
            "vintages.csv",
            row["month"],
            N_(
                "{table}, {where}: the last recorded value for {origin} to {destination} ({last}) differs"
                " from that in visitors.csv ({now}). Record the revision, or restore the figure."
            ),
            {
                "origin": row["origin"],
                "destination": row["destination"],
                "last": row["visitors"],
                "now": row["visitors_now"],
            },
        )


def _rates_complete(frames: Frames) -> Iterator[Finding]:
    months = frames["exchange_rates"]["month"]
    due = pd.period_range(months.min(), months.max(), freq="M").astype(str)
    for month in sorted(set(due) - set(months))[:SHOWN]:
        yield Finding(
            "exchange_rates.csv",
            month,
            N_("{table}, {where}: the month has no rate. Run: python -m etl build"),
        )
