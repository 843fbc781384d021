"""The Data Package description of the published tables: what each counts, where from, on what terms."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crossings.errors import N_
from etl.check import PACKAGE, fingerprint
from etl.errors import CheckFailed
from etl.tables import COMPUTED, TABLES, Field, Table, from_bytes

SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
NOT_ADDED = "Another count than visitor arrivals: never added to them."


@dataclass(frozen=True)
class About:
    """What a reader must know of a table."""

    title: str
    definition: str
    gaps: str = ""


ABOUT = {
    "visitors": About(
        "Visitor arrivals to Japan (JNTO) and to Korea (KTO) by nationality and month",
        "JNTO (destination JPN): worked out from immigration statistics, by nationality; foreign nationals "
        "entering Japan without permanent residents, with transit and special landings, with expatriates, "
        "their families and students entering or re-entering, without crew. KTO (destination KOR): entries "
        "by nationality of the passport, with crew, business, official travel and study; its total also "
        "holds overseas Koreans. Both count entries, not persons. The two counts are not alike: crew stand "
        "only in KTO's, transit landings only in JNTO's. Estimates (JNTO only) are rounded to 100 and come "
        "in the month that follows; provisional figures two months after the estimate; definitive ones in "
        "July of the following year. For KTO, definitive means that the yearbook agrees, read off by "
        "comparison.",
        "JNTO after 2026-08 and KTO after 2026-08 were not available. Japanese to Korea by month begin in "
        "2005-01. JNTO prints no estimate for AUT, BEL, BRA, CHE, IRL, MAC, MNG, NLD, NZL, POL, PRT. VNM, "
        "TUR, POL, PRT to Japan begin in 2003, MAC and MNG in 2016. 47 nationalities to Korea end in "
        "2025-05, MAC in 2020-05. To Japan 1996 to 2002 rests on one compilation; SGP and MYS of those years "
        "were exchanged back. Tiny figures of 2020-04 to 2022 are real.",
    ),
    "vintages": About(
        "Earlier published values of revised months, in the order they were published",
        "As in visitors. For every month that has rows here, the rows hold each value found on record and "
        "close with the value that stands. What was known on a day is the last row with published <= that "
        "day, compared as text: YYYY-MM stands before the days of its month.",
        "Only months of which an earlier publication was found; a month without rows had no other value on "
        "record.",
    ),
    "entries": About(
        "Entries by nation and port as counted by the ministries of justice and local offices",
        "count_kind says what is counted: entries with re-entering residents, new entries without them, "
        "departures by first destination, entries and exits together, survey shares and more. " + NOT_ADDED,
        "Single periods and ports only, mostly read in press reports; 2024 Koreans to Japan read about "
        "8,629,000 as new entries, about 8,600,000 as Korean departures and 8,817,765 as visitor arrivals.",
    ),
    "events": About(
        "Events and the visitor figures that followed them",
        "One row an event and effect figure. What followed is no proof of cause. Rows with confidence or "
        "date_confidence unconfirmed are marked so and kept apart.",
        "The latest dated items are of March 2026; later ones are absent, not nil.",
    ),
    "measures": About(
        "Visa, authorisation, gate, lane, preclearance and tax measures, dated",
        "One row a measure and step; status says how far it went. Rows with confidence unconfirmed are "
        "marked so.",
        "The latest dated items are of March 2026; later ones are absent, not nil.",
    ),
    "exchange_rates": About(
        "Won per yen, monthly mean of the euro reference rates",
        "Mean over the days on which the European Central Bank published both rates of (won per euro) / (yen "
        "per euro). Reference rates are for information, not for dealing. complete = no marks a month still "
        "running.",
        "Begins 1999-01, the start of the euro.",
    ),
    "air_supply": About(
        "Flights and passengers between Korea and Japan by month, both directions together",
        "Scheduled and charter flights by country, as the Korean air information portal counts them; "
        "all-cargo flights are among the flights. Passengers are revenue and transfer "
        "passengers. " + NOT_ADDED,
        "2018-01 to 2025-12. Passengers of 2019-12, 2021-05, 2023-03 and 2024-08 were not found.",
    ),
    "statements": About(
        "Public statements about a number of visitors between Korea and Japan",
        "One row a statement, in our words; flow and year are read from it. Whether a forecast came true is "
        "worked out from the visitor figures, not told here.",
        "A small collection, not a survey of what was said.",
    ),
    "summits": About(
        "Meetings of the leaders of Korea and Japan since September 2022",
        "One row a meeting; number_in_series counts the meetings of the same two leaders as the press did.",
        "The latest meeting is of January 2026; later ones are absent, not nil.",
    ),
    "residents": About(
        "Residents, students and working-holiday visas of each country in the other, by date",
        "category says who is counted and by whom. Categories are not comparable: the Japanese foreign ministry counts "
        "nationals staying three months or more, the Korean justice ministry everybody present. Before 2015 the "
        "Japanese figures join Korea and Chosen.",
        "Single dates, mostly read in press reports; years between them were not found. Working-holiday visas issued: "
        "2000 to 2007, and to Koreans 2024.",
    ),
    "working_holiday_quota": About(
        "Yearly working-holiday quota of each country for the other's nationals",
        "A quota holds until the next row. It is the most that may be issued, not what was.",
    ),
    "nationals_abroad": About(
        "Japanese and Korean nationals in third countries and regions, by measure",
        "measure says who is counted. Measures are never added up or compared: the count of overseas Koreans also holds "
        "foreign nationals of Korean descent; a government statement in a crisis may hold short stays.",
        "Only countries that a release or report at hand named; a country without a row has no figure here, not nil.",
    ),
    "joint_evacuations": About(
        "Evacuations from third countries and whose nationals were carried",
        "joint = yes where one country carried nationals of the other. An empty count was not published.",
        "Those found in public reports to mid-March 2026; later ones are absent, not nil.",
    ),
    "memorandum": About(
        "Areas of the memorandum of cooperation of 6 September 2024 on nationals in third countries",
        "Areas that the published releases name. The presidential office spoke of eight.",
        "No list of the eight areas was found.",
    ),
    "releases": About(
        "Last and next releases of the two offices",
        "state expected is worked out by the office's rhythm, not announced. JNTO: third Wednesday of the "
        "following month, about 16:15 Japan time. KTO: last working day of the following month.",
    ),
    "published_totals": About(
        "Totals the offices published, which the monthly figures must add up to",
        "As in visitors. Held against the monthly values that stood on the day in published.",
    ),
    "ages": About(
        "Japanese visitors to Korea by sex and age",
        "As KTO's count in visitors. Where sex is all, crew are in no age band, so the bands add up to less than the "
        "month. From the open data service bands and crew stand as the service prints them.",
        "By age 2010-01 to 2023-06; by sex one month, 2016-05; further months come in by refresh with a key.",
    ),
    "corrections": About(
        "Published figures known to be wrong, with the right ones",
        "Applied while a source still gives the expected wrong value; once it gives another, the refresh stops and "
        "asks for the row to be removed.",
    ),
    "sources": About(
        "Sources of the figures: publisher, address, terms, and whether only a copy was read",
        "publisher is who published first. seen_in_copy = yes: the original was not read, copy_address says "
        "what was.",
    ),
}

RECORD = (
    "For every month since 2010 (February 2020 to December 2022 left out) what the projection would have "
    "said with the figures of that day, and what came. era: pandemic where the year asked about is 2020 to "
    "2022. "
)
ABOUT_COMPUTED = {
    "track_record": About(
        "Track record: annual totals as they would have been projected, and as they came",
        RECORD + "One row a month, flow and year; the two simple rules stand beside the projection. Computed "
        "by: python -m etl backtest.",
        "Earlier values of the months before 2024 are on record for few months; elsewhere today's value stands for "
        "the one known then.",
    ),
    "track_record_marks": About(
        "Track record: probabilities of passing a mark, and whether the year passed it",
        RECORD + "One row a month, flow, year and mark, from 0.80 to 1.40 times the reference year. Computed "
        "by: python -m etl backtest.",
        "As in track_record.",
    ),
}


def package(
    frames: Mapping[str, pd.DataFrame],
    contents: Mapping[str, bytes],
    *,
    computed: Sequence[Mapping[str, object]] = (),
) -> bytes:
    """Return datapackage.json for tables held as text cells and as CSV bytes, by table name.

    computed: descriptions of the computed tables beside them, taken over as they are.
    """
    sources = frames["sources"].set_index("key")
    resources = [_resource(table, frames[name], contents[name], sources) for name, table in TABLES.items()]
    described = {
        "$schema": SCHEMA,
        "name": "crossings",
        "title": "Visitors between Korea and Japan",
        "description": "Visitor arrivals both ways with status and source, their earlier values, and tables "
        "that explain them. Made by: python -m etl build, refresh. Missing values are empty cells or absent "
        "rows; nothing is estimated here.",
        "version": max(frames["visitors"]["month"]),
        "resources": [*resources, *computed],
    }
    return _written(described)


def _written(described: Mapping[str, object]) -> bytes:
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def computed(folder: Path) -> list[dict[str, object]]:
    """Return the descriptions of the computed tables that stand in a folder, as its data package holds them."""
    try:
        resources = json.loads((folder / PACKAGE).read_text("utf-8"))["resources"]
        described = {str(one["name"]): dict(one) for one in resources}
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [described[name] for name in COMPUTED if name in described and (folder / f"{name}.csv").is_file()]


def with_computed(folder: Path, contents: Mapping[str, bytes]) -> bytes:
    """Return a folder's data package with computed tables, given by name, described in it.

    Their sources are those of the visitor figures they were computed from.
    Raises CheckFailed where the folder's package cannot be read.
    """
    try:
        described = json.loads((folder / PACKAGE).read_text("utf-8"))
        built = [one for one in described["resources"] if one["name"] not in COMPUTED]
        cited = next(one["sources"] for one in built if one["name"] == "visitors")
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        raise CheckFailed(
            N_("{table} is missing or damaged. Restore it, or run: python -m etl build"), table=PACKAGE
        ) from None
    kept = {str(one["name"]): one for one in computed(folder)}
    for name, content in contents.items():
        kept[name] = _about(COMPUTED[name], from_bytes(content), content) | {"sources": cited}
    resources = [*built, *(kept[name] for name in COMPUTED if name in kept)]
    return _written(described | {"resources": resources})


def _resource(table: Table, frame: pd.DataFrame, content: bytes, sources: pd.DataFrame) -> dict[str, object]:
    described = _about(table, frame, content)
    return described if table.name == "sources" else described | {"sources": _sources(table, frame, sources)}


def _about(table: Table, frame: pd.DataFrame, content: bytes) -> dict[str, object]:
    about = (ABOUT | ABOUT_COMPUTED)[table.name]
    described: dict[str, object] = {
        "name": table.name,
        "path": f"{table.name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": about.title,
        "description": about.definition,
        "definition": about.definition,
        "known_gaps": about.gaps,
        "rows": len(frame),
        "bytes": len(content),
        "hash": fingerprint(content),
        "schema": _schema(table),
    }
    if "month" in frame and len(frame):
        described |= {"first_month": frame["month"].min(), "last_month": frame["month"].max()}
    return described


def _schema(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [_field(one) for one in table.fields], "missingValues": [""]}
    return schema | ({"primaryKey": list(table.key)} if table.key else {})


def _field(one: Field) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if one.required:
        constraints["required"] = True
    if one.enum:
        constraints["enum"] = list(one.enum)
    if one.minimum is not None:
        constraints["minimum"] = one.minimum
    if one.pattern:
        constraints["pattern"] = one.pattern
    described: dict[str, object] = {"name": one.name, "type": one.type, "description": one.description}
    if one.unit:
        described["unit"] = one.unit
    return described | ({"constraints": constraints} if constraints else {})


def _sources(table: Table, frame: pd.DataFrame, sources: pd.DataFrame) -> list[dict[str, str]]:
    keys = {key for one in table.fields if one.sources for cell in frame[one.name] for key in cell.split(";")}
    return [_cited(key, sources.loc[key]) for key in sorted(keys) if key in sources.index]


def _cited(key: str, row: "pd.Series[str]") -> dict[str, str]:
    cited = {
        "title": row["publisher"],
        "path": row["address"],
        "key": key,
        "publisher": row["publisher"],
        "date": row["published"],
        "terms": row["terms"],
        "seen_in_copy": row["seen_in_copy"],
    }
    return {name: value for name, value in cited.items() if value}
