"""Bringing a release into the published tables: what is new, what it revises, and what it may not change."""

from collections.abc import Hashable, Mapping
from dataclasses import asdict, dataclass

import pandas as pd

from crossings.errors import N_, CrossingsError
from etl import history, releases
from etl.ahead import newest_possible
from etl.sources.reading import RELEASE_KEY, Release
from etl.tables import STATUSES

KEY = ["month", "origin", "destination"]
SERIES = ["origin", "destination"]
RANK = {status: rank for rank, status in enumerate(STATUSES)}
ANCHORS = ("TOTAL", "KOR", "JPN")
REQUIRED = {("KOR", "JPN"), ("TOTAL", "JPN"), ("JPN", "KOR")}
NOT_TAKEN = frozenset({"older", "withdrawn", "gap"})
# Revisions on record are under 2 %; one this large and of this many persons is a slip until somebody has looked.
LARGEST_REVISION, SMALL = 0.2, 2_000
Frames = dict[str, pd.DataFrame]


class RevisionTooLarge(CrossingsError):
    """A release changes a figure by more than revisions do."""


class Withdrawn(CrossingsError):
    """A release lacks a month that was published."""


class MonthsBetweenMissing(CrossingsError):
    """A release brings a month of a flow although months before it are not here."""


class NotOutYet(CrossingsError):
    """A release holds a month that its publisher cannot have published yet."""


class CorrectionOutdated(CrossingsError):
    """A correction stands for a figure that its publisher has mended."""


@dataclass(frozen=True)
class Change:
    """One figure's change. kind: new, revised, firmer, weaker, withdrawn, corrected; older or gap: not taken."""

    kind: str
    month: str
    origin: str
    destination: str
    before: int | None
    after: int | None
    status_before: str = ""
    status_after: str = ""

    def record(self) -> dict[str, object]:
        return asdict(self)


def merge(frames: Frames, release: Release) -> tuple[Frames, list[Change]]:
    """Return the tables with a release brought in, and each change.

    Figures are matched by month, origin and destination. A value that changes goes to the vintages with both
    dates before it is replaced. A status moves forward only; where a whole file prints a weaker one, it is taken
    and flagged. A release older than the figure here changes nothing. A nationality's month is left out where
    months before it are missing, so that no series has a hole. Raises RevisionTooLarge, Withdrawn,
    MonthsBetweenMissing, NotOutYet or CorrectionOutdated.
    """
    _not_ahead(release)
    rows, corrected = _corrected(release.reading.rows, frames["corrections"])
    current = frames["visitors"]
    both = rows.merge(current, on=KEY, how="left", suffixes=("", "_now"))
    fresh, gaps = _without_holes(both[both["visitors_now"].isna()], current)
    moved = both[both["visitors_now"].notna()]
    differs = (moved["visitors"].astype(str) != moved["visitors_now"]) | (
        moved["status"] != moved["status_now"]
    )
    settled, changes = _settle(moved[differs], release, frames)
    changes = [*corrected, *_new(fresh), *changes, *_withdrawn(rows, current, release), *gaps]
    if fresh.empty and not settled:
        return frames, changes
    visitors = _upserted(current, fresh, settled, release.key)
    merged = {**frames, "visitors": visitors, "vintages": _vintages(frames, settled, release)}
    return {
        **merged,
        "sources": cited(frames["sources"], release),
        "releases": _releases(frames, fresh, release),
    }, changes


def _not_ahead(release: Release) -> None:
    """Raise NotOutYet where a release holds a month that its office cannot have published yet."""
    seen = release.published if release.dated == "seen" else ""
    for destination, months in release.reading.rows.groupby("destination")["month"]:
        last = newest_possible(str(destination), published=seen)
        if months.max() > last:
            raise NotOutYet(
                N_(
                    "The release contains {month}, which cannot be published yet; the latest possible month "
                    "is {last}. Nothing was taken from it. Check the publisher's page and this computer's "
                    "date."
                ),
                month=months.max(),
                last=last,
            )


def _corrected(rows: pd.DataFrame, corrections: pd.DataFrame) -> tuple[pd.DataFrame, list[Change]]:
    """Apply the corrections whose wrong value is still there. Raises CorrectionOutdated for the others."""
    rows, changes = rows.copy(), []
    for row in corrections.to_dict("records"):
        origin, destination = str(row["series"]).split("-")
        here = (
            (rows["month"] == row["month"])
            & (rows["origin"] == origin)
            & (rows["destination"] == destination)
        )
        if not here.any():
            continue
        given = int(rows.loc[here, "visitors"].iloc[0])
        if given != int(row["expected"]):
            raise CorrectionOutdated(
                N_(
                    "The correction for {series} {month} was made for {expected}, but the source now gives "
                    "{given}. Remove the row from corrections.csv."
                ),
                series=row["series"],
                month=row["month"],
                expected=row["expected"],
                given=given,
            )
        rows.loc[here, "visitors"] = int(row["right"])
        changes.append(Change("corrected", str(row["month"]), origin, destination, given, int(row["right"])))
    return rows, changes


def _without_holes(fresh: pd.DataFrame, current: pd.DataFrame) -> tuple[pd.DataFrame, list[Change]]:
    """Return the new rows that join their series without a hole, and those left out because months between are missing."""
    spans = {key: (min(months), max(months)) for key, months in current.groupby(SERIES)["month"]}
    beyond: list[tuple[str, str, str]] = []
    for (origin, destination), rows in fresh.groupby(SERIES):
        months = sorted(rows["month"])
        first, last = spans.get((origin, destination), (months[-1], months[-1]))
        joined = _joined(months, str(first), str(last))
        left = [month for month in months if month not in joined]
        ahead = [month for month in left if month > last]
        if ahead and (origin, destination) in REQUIRED:
            raise MonthsBetweenMissing(
                N_(
                    "{month}, {origin} to {destination}: the figures held end with {last}, and the months "
                    "between are not in this release. Bring in those months first; nothing was taken from "
                    "this release."
                ),
                month=min(ahead),
                origin=origin,
                destination=destination,
                last=last,
            )
        beyond += [(month, str(origin), str(destination)) for month in left]
    cut = pd.MultiIndex.from_frame(fresh[KEY]).isin(beyond)
    return fresh[~cut], [
        Change("gap", row["month"], row["origin"], row["destination"], None, int(row["visitors"]))
        for row in fresh[cut].to_dict("records")
    ]


def _joined(months: list[str], first: str, last: str) -> set[str]:
    """Return those of sorted months that lie in a span of months or follow on to it, forward or back, unbroken."""
    joined = {month for month in months if first <= month <= last}
    for start, step in ((last, 1), (first, -1)):
        due = pd.Period(start, "M") + step
        while str(due) in months:
            joined.add(str(due))
            due += step
    return joined


def _new(fresh: pd.DataFrame) -> list[Change]:
    return [
        Change(
            "new",
            row["month"],
            row["origin"],
            row["destination"],
            None,
            int(row["visitors"]),
            "",
            row["status"],
        )
        for row in fresh.to_dict("records")
    ]


def _settle(
    moved: pd.DataFrame, release: Release, frames: Frames
) -> tuple[list[dict[Hashable, str]], list[Change]]:
    """Return the rows to replace and the changes, for figures that differ from those here."""
    days = day_known(
        moved.drop(columns=["visitors", "status"]).rename(
            columns={"visitors_now": "visitors", "status_now": "status"}
        ),
        frames["sources"],
    )
    settled: list[dict[Hashable, str]] = []
    changes: list[Change] = []
    for row, (since, dated) in zip(moved.to_dict("records"), days, strict=True):
        kind, status = _verdict(row, since, release)
        before, after = int(row["visitors_now"]), int(row["visitors"])
        if kind == "kept":
            continue
        changes.append(
            Change(
                kind,
                row["month"],
                row["origin"],
                row["destination"],
                before,
                after,
                row["status_now"],
                status,
            )
        )
        if kind != "older":
            _not_too_large(row, before, after)
            settled.append(
                {**row, "visitors": str(after), "status": status, "since": since, "since_dated": dated}
            )
    return settled, changes


def _verdict(row: Mapping[Hashable, str], since: str, release: Release) -> tuple[str, str]:
    """Return what a differing figure is, and the status it ends with."""
    same = int(row["visitors"]) == int(row["visitors_now"])
    step = RANK[row["status"]] - RANK[row["status_now"]]
    if release.published < since:
        return ("kept" if same else "older"), row["status_now"]
    if step > 0:
        return ("firmer" if same else "revised"), row["status"]
    if step < 0 and release.whole:
        return "weaker", row["status"]
    return ("kept" if same else "revised"), row["status_now"]


def _not_too_large(row: Mapping[Hashable, str], before: int, after: int) -> None:
    if abs(after - before) > max(LARGEST_REVISION * max(before, 1), SMALL):
        raise RevisionTooLarge(
            N_(
                "{month}, {origin} to {destination}: this release changes {before} to {after}, far more "
                "than usual revisions. Compare with the publisher's page; nothing was taken from this "
                "release."
            ),
            month=row["month"],
            origin=row["origin"],
            destination=row["destination"],
            before=before,
            after=after,
        )


def _withdrawn(rows: pd.DataFrame, current: pd.DataFrame, release: Release) -> list[Change]:
    """Return figures that a whole file no longer holds. Raises Withdrawn where it is Korea or the total."""
    if not release.whole:
        return []
    destination = rows["destination"].iloc[0]
    span = current[(current["destination"] == destination) & (current["month"] >= rows["month"].min())]
    missing = span.merge(rows[KEY].assign(given=1), on=KEY, how="left")
    missing = missing[missing["given"].isna()]
    newest, here = rows["month"].max(), current.loc[current["destination"] == destination, "month"].max()
    if newest < here:
        raise Withdrawn(
            N_(
                "The file ends with {newest} and is older than the figures held ({last}). Nothing was "
                "taken from it. Choose a newer file."
            ),
            newest=newest,
            last=here,
        )
    for row in missing[missing["origin"].isin(ANCHORS)].head(1).to_dict("records"):
        raise Withdrawn(
            N_(
                "{month}, {origin} to {destination}, is held here but missing from this release. The "
                "release may be older or incomplete; nothing was taken from it."
            ),
            month=row["month"],
            origin=row["origin"],
            destination=row["destination"],
        )
    return [
        Change(
            "withdrawn",
            row["month"],
            row["origin"],
            row["destination"],
            int(row["visitors"]),
            None,
            row["status"],
        )
        for row in missing.to_dict("records")
    ]


def day_known(rows: pd.DataFrame, sources: pd.DataFrame) -> list[tuple[str, str]]:
    """Return for each visitor row the day its value was known at the latest, and how that is known."""
    if rows.empty:
        return []
    known = history.first_known(rows, sources)
    published = rows["source"].map(sources.set_index("key")["published"]).fillna("")
    by_refresh = rows["source"].str.fullmatch(RELEASE_KEY)
    days = known["published"].mask(by_refresh, published)
    how = known["dated"].mask(by_refresh, "seen")
    return list(zip(days, how, strict=True))


def _upserted(
    current: pd.DataFrame, fresh: pd.DataFrame, settled: list[dict[Hashable, str]], key: str
) -> pd.DataFrame:
    added = [*fresh.to_dict("records"), *settled]
    rows = pd.DataFrame(added)[[*KEY, "visitors", "status"]].astype(str).assign(source=key)
    return (
        pd.concat([current, rows])
        .drop_duplicates(KEY, keep="last")
        .sort_values(["destination", "origin", "month"], ignore_index=True)
    )


def _vintages(frames: Frames, settled: list[dict[Hashable, str]], release: Release) -> pd.DataFrame:
    """Return the vintages with old and new value of each replaced figure, each with its date."""
    old = frames["vintages"]
    on_record = set(old[KEY].itertuples(index=False, name=None))
    rows: list[dict[Hashable, str]] = []
    for row in settled:
        key: dict[Hashable, str] = {name: row[name] for name in KEY}
        if tuple(key.values()) not in on_record:
            rows.append(
                {
                    **key,
                    "visitors": row["visitors_now"],
                    "status": row["status_now"],
                    "published": row["since"],
                    "source": row["source"],
                    "dated": row["since_dated"],
                }
            )
        rows.append(
            {
                **key,
                "visitors": row["visitors"],
                "status": row["status"],
                "published": release.published,
                "source": release.key,
                "dated": release.dated,
            }
        )
    if not rows:
        return old
    return (
        pd.concat([old, pd.DataFrame(rows)])
        .drop_duplicates()
        .sort_values(["destination", "origin", "month", "published"], kind="stable", ignore_index=True)
    )


def cited(sources: pd.DataFrame, release: Release) -> pd.DataFrame:
    """Return the sources with a release's own row."""
    row = {
        "key": release.key,
        "publisher": release.publisher,
        "description": release.description,
        "address": release.address,
        "published": release.published,
        "retrieved": release.published,
        "terms": release.terms,
        "seen_in_copy": "no",
        "copy_address": "",
    }
    return pd.concat([sources[sources["key"] != release.key], pd.DataFrame([row])], ignore_index=True)


def _releases(frames: Frames, fresh: pd.DataFrame, release: Release) -> pd.DataFrame:
    """Return the release dates, moved on where a release brought the next month of its anchor series."""
    table = frames["releases"]
    anchors = fresh[fresh["origin"].isin(ANCHORS)]
    if anchors.empty:
        return table
    office, newest = releases.OFFICES[str(anchors["destination"].iloc[0])], str(anchors["month"].max())
    last = table[table["state"] == "published"]
    here = last.loc[last["office"] == office, "data_month"].max()
    if str(here) >= newest and not pd.isna(here):
        return table
    due = releases.due(office, newest).isoformat()
    was_seen = release.dated == "release" or (release.dated == "seen" and release.published <= due)
    day, basis = (release.published, "seen") if was_seen else (due, "rule")
    added = pd.DataFrame([{"office": office, "data_month": newest, "date": day, "basis": basis}])
    return releases.table(pd.concat([last[last["office"] != office][list(added)], added])).astype(str)
