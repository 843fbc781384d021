"""e-Stat: Japan's immigration statistics, Korean nationals entering by port and month.

Another count than JNTO's visitor arrivals: it fills the table of entries only. The table's number was seen with two
titles, so its metadata are read first and codes are looked up by name. A class or a value that stands alone is an
object and not a list; years stand among the months.
"""

import json
import re
from calendar import monthrange
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from crossings.errors import N_
from etl.errors import AnswerChanged, KeyRefused
from etl.merge import Change, Frames, cited
from etl.net import Client, Refused, Service, bases, text_of, under
from etl.sources.record import Key, Outcome, Round, Source, watched, without_figures
from etl.sources.workbook import plain
from etl.tables import TABLES

SERVICE = Service("estat", "https://api.e-stat.go.jp/rest/3.0/app/json", "CROSSINGS_ESTAT_URL")
KNOWN_TABLES = ("0003449064", "0003288044")
STATISTICS, SEARCH, SEARCHED = "00250011", "港別 AND 入国外国人 AND 国籍", 20
PAGES = 50
KOREA = ("韓国", "大韓民国")
WHOLE_COUNTRY = ("総数", "全国", "合計", "全国_総数")
AIRPORT = "(空港)"
AIRPORTS = {
    "成田": "NRT",
    "羽田": "HND",
    "関西": "KIX",
    "中部": "NGO",
    "福岡": "FUK",
    "新千歳": "CTS",
    "那覇": "OKA",
}
COUNT_KIND = "foreign_entries"


def fetch(client: Client, *, key: str) -> tuple[pd.DataFrame, str]:
    """Return entries of Korean nationals by port and month as rows of the table of entries, and the day.

    Raises KeyRefused, AnswerChanged, or what the connection raises.
    """
    for table in _tables(client, key):
        classes, day = _described(client, key, table)
        if classes:
            rows = list(_rows(_values(client, key, table, classes), classes))
            if not rows:
                raise AnswerChanged(
                    N_("e-Stat's table of entries contains no months for Korean nationals. Try again later.")
                )
            frame = pd.DataFrame(rows).assign(source=f"estat_{day.isoformat().replace('-', '')}")
            return frame.drop_duplicates(["date_start", "place"]), day.isoformat()
    raise AnswerChanged(
        N_(
            "The known e-Stat tables no longer contain entries by airport or port and nationality. "
            "Look for the new table number at e-stat.go.jp, statistics 00250011."
        ),
    )


def _tables(client: Client, key: str) -> Iterator[str]:
    """Yield the numbers to try: those known, then those that a search of the statistics finds."""
    yield from KNOWN_TABLES
    asked = {"statsCode": STATISTICS, "searchWord": SEARCH, "limit": str(SEARCHED)}
    try:
        found, _ = _ask(client, "getStatsList", {"appId": key, "lang": "J", **asked})
    except (Refused, AnswerChanged):
        return
    listed = (str(one.get("@id", "")) for one in _listed(_find(found, "TABLE_INF") or []))
    yield from [table for table in listed if table and table not in KNOWN_TABLES][:SEARCHED]


def _described(client: Client, key: str, table: str) -> tuple[dict[str, dict[str, str]], date]:
    """Return the classes of a table by the role they play, none where it is another table or gone."""
    try:
        meta, day = _ask(client, "getMetaInfo", {"appId": key, "statsDataId": table, "lang": "J"})
    except AnswerChanged as fault:
        if "code" not in fault.values:  # no answer of the service at all
            raise
        return {}, date.min
    classes = _classes(meta)
    return (classes if _fits(meta, classes) else {}), day


def _ask(client: Client, operation: str, params: dict[str, str]) -> tuple[dict[str, Any], Any]:
    refusals: list[Refused] = []
    for base in bases(SERVICE):
        try:
            answer = client.get(under(base, operation), params)
        except Refused as fault:
            refusals.append(fault)
            continue
        return _checked(text_of(answer.content, name="e-Stat")), answer.day
    raise refusals[0]


def _checked(text: str) -> dict[str, Any]:
    try:
        found = next(iter(json.loads(text).values()))
        status = int(found["RESULT"]["STATUS"])
    except (ValueError, AttributeError, StopIteration, KeyError, TypeError):
        raise AnswerChanged(
            N_("e-Stat responded in an unknown format. Try again later."),
        ) from None
    if status in (100, 101, 102, 103):
        raise KeyRefused(
            N_(
                "e-Stat does not accept the application ID (code {code}). A free one is available at "
                "e-stat.go.jp/api."
            ),
            code=status,
        )
    if status > 1:
        raise AnswerChanged(N_("e-Stat reports the error {code}. Try again later."), code=status)
    return dict(found)


def _listed(value: Any) -> list[dict[str, Any]]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _find(tree: Any, name: str) -> Any:
    if not isinstance(tree, dict):
        return None
    return (
        tree[name]
        if name in tree
        else next(
            (found for found in (_find(branch, name) for branch in tree.values()) if found is not None), None
        )
    )


def _classes(meta: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return the codes of the table by the role their class plays: nation, port, time."""
    roles = {"nation": "国籍", "port": "港", "time": "時間"}
    classes: dict[str, dict[str, str]] = {}
    for one in _listed(_find(meta, "CLASS_OBJ")):
        name = plain(one.get("@name"))
        codes = {str(code.get("@code")): plain(code.get("@name")) for code in _listed(one.get("CLASS"))}
        role = next((role for role, word in roles.items() if word in name), "")
        if role and role not in classes:
            classes[role] = {"id": str(one.get("@id")), **codes}
    return classes


def _fits(meta: dict[str, Any], classes: dict[str, dict[str, str]]) -> bool:
    title = plain(json.dumps(_find(meta, "TABLE_INF"), ensure_ascii=False))
    named = "出入国管理統計" in title and "入国外国人" in title and "港別" in title
    return named and set(classes) == {"nation", "port", "time"} and bool(_korea(classes))


def _korea(classes: dict[str, dict[str, str]]) -> str:
    return next((code for code, name in classes["nation"].items() if name in KOREA), "")


def _parameter(identifier: str) -> str:
    return "cd" + identifier[:1].upper() + identifier[1:]


def _values(
    client: Client, key: str, table: str, classes: dict[str, dict[str, str]]
) -> Iterator[dict[str, Any]]:
    start = "1"
    for _ in range(PAGES):
        answer, _ = _ask(
            client,
            "getStatsData",
            {
                "appId": key,
                "statsDataId": table,
                "lang": "J",
                "metaGetFlg": "N",
                "startPosition": start,
                _parameter(classes["nation"]["id"]): _korea(classes),
            },
        )
        yield from _listed(_find(answer, "VALUE") or [])
        start = str(_find(answer, "NEXT_KEY") or "")
        if not start:
            return


def _rows(values: Iterator[dict[str, Any]], classes: dict[str, dict[str, str]]) -> Iterator[dict[str, str]]:
    port_id, time_id = classes["port"]["id"], classes["time"]["id"]
    for value in values:
        month = re.fullmatch(r"(\d{4})年(\d{1,2})月", classes["time"].get(str(value.get(f"@{time_id}")), ""))
        code = str(value.get(f"@{port_id}"))
        port, count = classes["port"].get(code, ""), str(value.get("$", "")).replace(",", "")
        place = _place(port, code) if port else None
        if month and place and 1 <= int(month[2]) <= 12 and re.fullmatch(r"\d{1,9}", count):
            yield _entry(int(month[1]), int(month[2]), place, count)


def _place(port: str, code: str) -> tuple[str, str, str] | None:
    """Return code, name and kind of a port as e-Stat writes it, 福岡県_福岡（空港）; None for a prefecture's sum."""
    if port in WHOLE_COUNTRY:
        return "ALL", "Whole country", "country"
    name = port.rpartition("_")[2]
    if name == "総数":
        return None
    bare = name.removesuffix(AIRPORT).removesuffix("空港")
    if bare == name:
        return f"JP{code}", name, "seaport"
    return AIRPORTS.get(bare, f"JP{code}"), name, "airport"


def _entry(year: int, month: int, place: tuple[str, str, str], count: str) -> dict[str, str]:
    return {
        "date_start": f"{year}-{month:02d}-01",
        "date_end": f"{year}-{month:02d}-{monthrange(year, month)[1]}",
        "country": "JPN",
        **dict(zip(("place", "place_name", "place_kind"), place, strict=True)),
        "nationality": "KOR",
        "count_kind": COUNT_KIND,
        "persons": count,
        "share_percent": "",
        "change_percent": "",
        "change_base": "",
        "value_precision": "exact",
        "notes": "",
        "confidence": "verified",
    }


def bring(turn: Round, asked: list[str]) -> Outcome:
    """Bring the entries of Korean nationals by port into the table of entries."""
    entries, day = fetch(watched(SERVICE, asked), key=turn.key)
    table = TABLES["entries"]
    key = list(table.key)[:-1]
    old = turn.frames["entries"]
    from_estat = old["source"].str.startswith("estat_")
    both = entries.merge(old[from_estat], on=key, how="left", suffixes=("", "_now"))
    different = both[both["persons"] != both["persons_now"]]
    if different.empty:
        return Outcome(turn.frames, [], asked)
    rows = pd.concat([old, different[list(table.columns)]], ignore_index=True)
    again = from_estat.reindex(rows.index, fill_value=True) & rows.duplicated(key, keep="last")
    changes = [_change(row) for row in different.to_dict("records")]
    return Outcome(
        _with(turn.frames, rows[~again], source=str(entries["source"].iloc[0]), day=day), changes, asked
    )


def _with(frames: Frames, entries: pd.DataFrame, *, source: str, day: str) -> Frames:
    description = "Immigration statistics, foreign entries by port and nationality (e-Stat)"
    release = without_figures(source, description, "https://www.e-stat.go.jp", day, SOURCE)
    return {**frames, "entries": entries, "sources": cited(frames["sources"], release)}


def _change(row: Mapping[Hashable, object]) -> Change:
    before = row["persons_now"]
    known = isinstance(before, str) and before != ""
    month, place = str(row["date_start"])[:7], f"entries {row['place']}"
    persons_before = int(str(before)) if known else None
    return Change(
        "revised" if known else "new", month, "KOR", place, persons_before, int(str(row["persons"]))
    )


SOURCE = Source(
    name="estat",
    service=SERVICE,
    title="e-Stat",
    publisher=N_("Immigration Services Agency and Ministry of Justice, Japan"),
    terms=N_("Free use with the source named (e-Stat terms)"),
    covers=N_(
        "entries of Korean nationals to Japan by airport or port and month (a different count "
        "from visitor arrivals)"
    ),
    released=N_("some months after the month counted"),
    bring=bring,
    key=Key("CROSSINGS_ESTAT_KEY", "e-stat.go.jp/api"),
)
