"""KTO's figures by the open data service of entry and exit tourism statistics (EdrcntTourismStatsService).

One month a call. The gateway is asked first, the legacy host second; only over https, so the legacy host serves
where it answers there. The gateway may answer XML or JSON whatever is asked; a single row is an object and not a
list; a month not yet published has an empty string for its rows. A refused key comes in three dresses.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pandas as pd

from crossings.errors import N_, CrossingsError
from etl import ages, releases
from etl.errors import AnswerChanged, KeyRefused, QuotaUsedUp
from etl.merge import Change
from etl.nations import KTO, KTO_CODES
from etl.net import KOREAN, Client, Refused, Service, TooSlow, Unreachable, bases, text_of, under
from etl.sources.kto import PROVISIONAL, PUBLISHER, RELEASED, TERMS, Row
from etl.sources.reading import Release, reading
from etl.sources.record import MONTHS_AHEAD, Key, Outcome, Round, Source, merged, months_to_ask, watched
from etl.sources.workbook import plain

GATEWAY = Service("kto", "https://apis.data.go.kr/B551940/EdrcntTourismStatsService", "CROSSINGS_KTO_URL")
LEGACY = Service(
    "kto_legacy",
    "https://openapi.tour.go.kr/openapi/service/EdrcntTourismStatsService",
    "CROSSINGS_KTO_LEGACY_URL",
)
PAGE = "https://www.data.go.kr/data/15158830/openapi.do"
ARRIVALS, PROFILE = "getEdrcntTourismStatsList", "getForeignTuristStatsList"
JAPAN = "130"
INBOUND = "E"
FINE = {"0", "00", "0000"}
NO_DATA_CODES = {"3"}
NEW_KEY_CODE = "30"
KEY_CODES = {"20", "21", "30", "31", "32", "33"}
QUOTA_CODES = {"22", "23"}
FAULT_CODES = {"1", "2", "4", "5", "10", "11", "12", "99"}
WORDS = {
    "SERVICE_KEY_IS_NOT_REGISTERED_ERROR": "30",
    "TEMPORARILY_DISABLE_THE_SERVICEKEY_ERROR": "21",
    "LIMITED_NUMBER_OF_SERVICE_REQUESTS_PER_SECOND_EXCEEDS_ERROR": "23",
    "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR": "22",
    "SERVICE_ACCESS_DENIED_ERROR": "20",
    "DEADLINE_HAS_EXPIRED_ERROR": "31",
    "UNREGISTERED_IP_ERROR": "32",
    "UNSIGNED_CALL_ERROR": "33",
    "INVALID_REQUEST_PARAMETER_ERROR": "10",
    "NO_MANDATORY_REQUEST_PARAMETERS_ERROR": "11",
    "NO_OPENAPI_SERVICE_ERROR": "12",
    "SERVICETIMEOUT_ERROR": "5",
    "SERVICETIME_OUT": "5",
    "APPLICATION_ERROR": "1",
    "HTTP_ERROR": "4",
    "DB_ERROR": "2",
}
# What the gateway says by its status alone, where the body is in no known form.
REFUSED_STATUS, BLOCKED_STATUS, BUSY_STATUS = 401, 403, 429
MOST_PAGES = 50
ALL_NATIONS = {"계", "총계", "합계", "전체"}


def fetch(
    client: Client, legacy: Client, *, key: str, months: list[str], known: Mapping[str, int]
) -> Release:
    """Return the arrivals of the given months: Japanese, the other nationalities named, and all together.

    known: published totals by month. The sum over nationalities is taken for the total only where a month that
    is known already gives its published total. Raises KeyRefused, QuotaUsedUp, AnswerChanged, or what the
    connection raises.
    """
    service = Hosts(client, legacy, unquote(key) if "%" in key else key)
    rows: list[Row] = []
    sums: dict[str, int] = {}
    for month in months:
        japanese = service.items(ARRIVALS, month, NAT_CD=JAPAN)
        if not japanese:
            continue
        found, added = _month_rows(month, japanese, service.items(ARRIVALS, month, numOfRows="500"))
        rows += found
        sums |= {month: added} if added else {}
    rows += _totals(rows, sums, known)
    if not rows:
        raise AnswerChanged(N_("The KTO service has none of the months requested. Try again later."))
    read = reading(rows)
    day, how = releases.dated("KTO", str(read.rows["month"].max()), service.day)
    published = day.isoformat()
    return Release(
        read,
        f"kto_api_{published.replace('-', '')}",
        PUBLISHER,
        "Open data service of entry and exit tourism statistics (Korea Culture & Tourism Institute)",
        PAGE,
        published,
        how,
        TERMS,
    )


def profile(client: Client, legacy: Client, *, key: str, month: str) -> pd.DataFrame:
    """Return the Japanese visitors of a month by sex and age: month, sex, age, visitors; empty where not out yet."""
    service = Hosts(client, legacy, unquote(key) if "%" in key else key)
    items = service.items(PROFILE, month, NAT_CD=JAPAN, numOfRows="10000")
    rows = [(month, plain(item.get("sex")), plain(item.get("age")), _count(item, month)) for item in items]
    frame = pd.DataFrame(rows, columns=["month", "sex", "age", "visitors"])
    return frame.groupby(["month", "sex", "age"], as_index=False).sum()


DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Hosts:
    """The two hosts of one service; the one that answered is asked first from then on."""

    def __init__(self, client: Client, legacy: Client, key: str) -> None:
        self.key = key
        self.day = date.min
        self.ways = [(client, base) for base in bases(GATEWAY)] + [(legacy, base) for base in bases(LEGACY)]

    def items(self, operation: str, month: str, **params: str) -> list[dict[str, Any]]:
        """Return every row of a month, page by page."""
        asked = {
            "serviceKey": self.key,
            "YM": month.replace("-", ""),
            "ED_CD": INBOUND,
            "_type": "json",
            "numOfRows": "10",
            **params,
        }
        rows: list[dict[str, Any]] = []
        for page in range(1, MOST_PAGES + 1):
            found, in_all = self._page(operation, month, {**asked, "pageNo": str(page)})
            rows += found
            if not found or len(rows) >= in_all:
                break
        if len(rows) < in_all:
            raise AnswerChanged(
                N_(
                    "The KTO service announces {promised} rows for {month} but returns {given}. Nothing was "
                    "taken from it."
                ),
                promised=f"{in_all:,}",
                month=month,
                given=f"{len(rows):,}",
            )
        return rows

    def _page(self, operation: str, month: str, asked: dict[str, str]) -> tuple[list[dict[str, Any]], int]:
        faults: list[CrossingsError] = []
        for way in list(self.ways):
            client, base = way
            try:
                answer = client.get(under(base, operation), asked, any_status=True)
                found = rows_of(answer.content, month=month, status=answer.status)
            except (Refused, Unreachable, TooSlow, AnswerChanged, KeyRefused, QuotaUsedUp) as fault:
                status = fault.values.get("status")
                faults.append(_changed(status) if status in (REFUSED_STATUS, BLOCKED_STATUS) else fault)
                continue
            self.day = max(self.day, answer.day)
            self.ways = [way]
            return found
        raise faults[0]


def rows_of(content: bytes, *, month: str, status: int = 200) -> tuple[list[dict[str, Any]], int]:
    """Return the rows of an answer, XML or JSON, and how many there are on all pages; a month not out has none.

    Raises KeyRefused, QuotaUsedUp or AnswerChanged; the body is looked at before the status.
    """
    body = _body(text_of(content, name="KTO", charsets=KOREAN).strip(), status)
    code = str(_find(body, "returnReasonCode") or _find(body, "resultCode") or "").strip()
    words = str(_find(body, "returnAuthMsg") or _find(body, "resultMsg") or "").strip()
    _judge(code, words)
    if code.lstrip("0") in NO_DATA_CODES:
        return [], 0
    items = _find(body, "items")
    found = items.get("item", []) if isinstance(items, dict) else items or []
    rows = [found] if isinstance(found, dict) else found
    fine = items is not None and code in FINE and isinstance(rows, list)
    if not fine or any(not _of_month(row, month) for row in rows):
        raise _changed(status)
    in_all = str(_find(body, "totalCount") or "")
    return rows, int(in_all) if rows and in_all.isdigit() else len(rows)


def _of_month(row: object, month: str) -> bool:
    return isinstance(row, dict) and str(row.get("ym")) == month.replace("-", "")


def _body(text: str, status: int) -> dict[str, Any]:
    """Return an answer's tree; what is neither XML nor JSON is judged by its status."""
    try:
        if text.startswith("<") and not DECLARATION.search(text):
            root = ElementTree.fromstring(text)
            if root.tag.lower() != "html":
                return {root.tag: _plain_tree(root)}
        found = json.loads(text)
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise _changed(status) from None
    if not isinstance(found, dict):
        raise _changed(status)
    return found


def _plain_tree(node: ElementTree.Element) -> Any:
    """Return an XML element as JSON would hold it: repeated children become a list."""
    if not len(node):
        return (node.text or "").strip()
    tree: dict[str, Any] = {}
    for child in node:
        value = _plain_tree(child)
        if child.tag in tree:
            tree[child.tag] = [
                *(tree[child.tag] if isinstance(tree[child.tag], list) else [tree[child.tag]]),
                value,
            ]
        else:
            tree[child.tag] = value
    return tree


def _find(tree: Any, name: str) -> Any:
    """Return the first value under a name anywhere in a tree of objects."""
    if not isinstance(tree, dict):
        return None
    if name in tree:
        return tree[name]
    return next(
        (found for found in (_find(branch, name) for branch in tree.values()) if found is not None), None
    )


def _judge(code: str, words: str) -> None:
    plain_words = re.sub(r"[\s_]+", "_", words)
    code = next((number for word, number in WORDS.items() if word in plain_words), code.lstrip("0"))
    if code in KEY_CODES:
        raise _key_refused(code)
    if code in QUOTA_CODES:
        raise _quota_used_up(code)
    if code in FAULT_CODES:
        raise AnswerChanged(
            N_(
                "The KTO service reports a server error (code {code}). Try again later; KTO's Excel file "
                "has the same months and needs no key."
            ),
            code=code,
        )


def _key_refused(code: object) -> KeyRefused:
    if str(code) == NEW_KEY_CODE:
        return KeyRefused(
            N_(
                "The KTO service does not know the key (code {code}). Check that the whole key was "
                "entered; a new one can take hours or days to work. KTO's Excel file has the same months "
                "and needs no key."
            ),
            code=code,
        )
    return KeyRefused(
        N_(
            "The KTO service does not accept the key (code {code}). Check at data.go.kr, data set "
            "15158830, that it is valid and allowed from this address. KTO's Excel file has the same "
            "months and needs no key."
        ),
        code=code,
    )


def _blocked(status: int) -> KeyRefused:
    return KeyRefused(
        N_(
            "The KTO service refuses the request (status {status}): the key may not be allowed, or "
            "requests from outside Korea may be blocked. KTO's Excel file has the same months and "
            "needs no key."
        ),
        status=status,
    )


def _quota_used_up(code: object) -> QuotaUsedUp:
    return QuotaUsedUp(
        N_(
            "The KTO service has reached the limit of the key (code {code}). Try again tomorrow; "
            "KTO's Excel file has the same months and needs no key."
        ),
        code=code,
    )


def _changed(status: int) -> CrossingsError:
    if status == BLOCKED_STATUS:
        return _blocked(status)
    if status == REFUSED_STATUS:
        return _key_refused(status)
    if status == BUSY_STATUS:
        return _quota_used_up(status)
    return AnswerChanged(
        N_(
            "The KTO service responded in an unknown format (status {status}). Try again later; KTO's"
            " Excel file has the same months and needs no key."
        ),
        status=status,
    )


def _count(item: Mapping[str, Any], month: str) -> int:
    text = str(item.get("num", "")).replace(",", "").strip()
    if not re.fullmatch(r"\d{1,9}(\.0+)?", text):
        raise AnswerChanged(
            N_(
                "The KTO service gives “{value}” for {month}, which is not a number of persons. Nothing "
                "was taken from it."
            ),
            value=text[:20],
            month=month,
        )
    return int(float(text))


def _origin(item: Mapping[str, Any]) -> str:
    return KTO_CODES.get(str(item.get("natCd", ""))) or KTO.get(plain(item.get("natKorNm")), "")


def _month_rows(
    month: str, japanese: list[dict[str, Any]], all_items: list[dict[str, Any]]
) -> tuple[list[Row], int]:
    """Return a month's rows, Japan from its own answer, and the sum over all nationalities (0 where not to be had)."""
    counts = {"JPN": sum(_count(item, month) for item in japanese)}
    added, printed = 0, 0
    for item in all_items:
        visitors = _count(item, month)
        if plain(item.get("natKorNm")) in ALL_NATIONS:
            printed = visitors
            continue
        added += visitors
        origin = _origin(item)
        if origin and origin != "JPN":
            counts[origin] = visitors
    if counts["JPN"] == 0:
        raise AnswerChanged(
            N_("The KTO service gives 0 Japanese visitors for {month}. Nothing was taken from it."),
            month=month,
        )
    rows: list[Row] = [(month, origin, "KOR", count, PROVISIONAL) for origin, count in counts.items()]
    if printed:
        rows.append((month, "TOTAL", "KOR", printed, PROVISIONAL))
    return rows, 0 if printed else added


def _totals(rows: list[Row], sums: Mapping[str, int], known: Mapping[str, int]) -> Iterator[Row]:
    """Yield sums as totals where the sum of a month known already equals its published total."""
    if any(sums[month] == known[month] for month in set(sums) & set(known)):
        yield from ((month, "TOTAL", "KOR", added, PROVISIONAL) for month, added in sums.items())


def bring(turn: Round, asked: list[str]) -> Outcome:
    """Bring every month that is out into the tables, and the Japanese visitors by sex and age where they can be had."""
    rows = turn.frames["visitors"]
    totals = rows[(rows["destination"] == "KOR") & (rows["origin"] == "TOTAL")]
    known = {str(month): int(count) for month, count in zip(totals["month"], totals["visitors"], strict=True)}
    months = months_to_ask(turn.newest("JPN", "KOR"), turn.today, unfilled=_unfilled(rows))
    connections = watched(GATEWAY, asked), watched(LEGACY, asked)
    release = fetch(*connections, key=turn.key, months=months, known=known)
    outcome = merged(turn.frames, release, asked)
    before = turn.frames["ages"]
    try:
        table = _ages(*connections, turn.key, release, before)
    except CrossingsError:
        return Outcome(outcome.frames, outcome.changes, asked, (*outcome.unread, PROFILE))
    new = [
        Change("new", month, "JPN", "KOR by age", None, None)
        for month in sorted(set(table["month"]) - set(before["month"]))
    ]
    return Outcome(ages.add(outcome.frames, release, table), [*outcome.changes, *new], asked, outcome.unread)


def _unfilled(visitors: pd.DataFrame) -> str:
    """Return the first month that a nationality lacks at its end, of those that were here two years ago."""
    ends = visitors[visitors["destination"] == "KOR"].groupby("origin")["month"].max()
    since = str(pd.Period(ends.max(), "M") - MONTHS_AHEAD)
    return str(pd.Period(ends[ends >= since].min(), "M") + 1)


def _ages(client: Client, legacy: Client, key: str, release: Release, table: pd.DataFrame) -> pd.DataFrame:
    """Return the table of ages with the months of a release that it lacks. Raises what the service raises."""
    parts = [table]
    for month in ages.lacking(table, sorted(set(release.reading.rows["month"]))):
        found = profile(client, legacy, key=key, month=month)
        if not found.empty:
            parts.append(ages.rows(found, release.key))
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else table


SOURCE = Source(
    name="kto",
    service=GATEWAY,
    title=N_("KTO service (data.go.kr)"),
    publisher=PUBLISHER,
    terms=TERMS,
    covers=N_("visitors to Korea by nationality and month, Japanese also by sex and age"),
    released=RELEASED,
    bring=bring,
    office="KTO",
    key=Key("CROSSINGS_KTO_KEY", "data.go.kr/data/15158830"),
    second_to=("datalab",),
    brings_more=True,
)
