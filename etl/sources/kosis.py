"""KOSIS OpenAPI: the second way to KTO's table of arrivals by purpose and nationality.

An answer is a list of rows; an error is an object with err and errMsg. Japan's code is taken from the table's
metadata; where that cannot be had, every nationality is asked for and told apart by name.
"""

import json
import re
from datetime import date
from typing import Any

import pandas as pd

from crossings.errors import N_
from etl import releases
from etl.errors import AnswerChanged, KeyRefused, QuotaUsedUp
from etl.nations import KTO
from etl.net import KOREAN, Client, Refused, Service, bases, text_of, under
from etl.sources.kto import PROVISIONAL, PUBLISHER, RELEASED, TERMS, Row
from etl.sources.reading import Release, reading
from etl.sources.record import Key, Outcome, Round, Source, merged, months_to_ask, watched
from etl.sources.workbook import plain

SERVICE = Service("kosis", "https://kosis.kr/openapi", "CROSSINGS_KOSIS_URL")
DATA, META = "Param/statisticsParameterData.do", "statisticsData.do"
OFFICE, TABLE = "314", "DT_TRD_TGT_ENT_AGG_MONTH"
ALL_PURPOSES, ALL_NATIONS = "13103314422T01", "13102314422A.1"
NAMES = {**KTO, "총계": "TOTAL", "합계": "TOTAL"}
NO_DATA, TOO_MANY, FAULT = "30", "31", "50"
KEY_ERRORS, REQUEST_ERRORS, QUOTA_ERRORS = {"10", "11", "12"}, {"20", "21"}, {"40", "41", "42"}


class TooManyRows(AnswerChanged):
    """A request finds more rows than KOSIS hands out at once."""


def fetch(client: Client, *, key: str, first: str, last: str) -> Release:
    """Return Japanese and all visitors of the months from first to last (YYYY-MM).

    Raises KeyRefused, QuotaUsedUp, AnswerChanged, or what the connection raises.
    """
    common = {"apiKey": key, "format": "json", "jsonVD": "Y", "orgId": OFFICE, "tblId": TABLE}
    asked = {**common, "prdSe": "M", "method": "getList", "itmId": ALL_PURPOSES}
    rows: list[Row] = []
    day = date.min
    for codes in ([*_japan(client, common), "ALL"], [ALL_NATIONS]):
        for code in codes:
            answer, day = _span(client, {**asked, "objL1": code}, first, last)
            found = [row for row in map(_row, answer) if row]
            rows += found
            if found:
                break
    if not any(row[1] == "JPN" for row in rows):
        raise AnswerChanged(
            N_(
                "KOSIS has no figures of Japanese visitors for the months requested: they are not yet "
                "published, or the table labels its periods differently now. Try again later, or upload "
                "KTO's Excel file."
            )
        )
    read = reading(list(dict.fromkeys(rows)))
    day, how = releases.dated("KTO", str(read.rows["month"].max()), day)
    published = day.isoformat()
    return Release(
        read,
        f"kosis_{published.replace('-', '')}",
        PUBLISHER,
        "KOSIS, arrivals by purpose and nationality (KTO)",
        "https://kosis.kr",
        published,
        how,
        TERMS,
    )


def _span(client: Client, asked: dict[str, str], first: str, last: str) -> tuple[list[dict[str, Any]], date]:
    """Return the rows of a span of months, asked for in halves where KOSIS finds more than it hands out at once."""
    months = {"startPrdDe": first.replace("-", ""), "endPrdDe": last.replace("-", "")}
    try:
        return _ask(client, DATA, {**asked, **months})
    except TooManyRows:
        if first == last:
            raise
    middle = pd.Period(first, "M") + (pd.Period(last, "M") - pd.Period(first, "M")).n // 2
    early, _ = _span(client, asked, first, str(middle))
    late, day = _span(client, asked, str(middle + 1), last)
    return early + late, day


def _japan(client: Client, common: dict[str, str]) -> list[str]:
    """Return the codes that the table's metadata give for Japan: several where a name stands for several nodes."""
    try:
        rows, _ = _ask(client, META, {**common, "method": "getMeta", "type": "ITM"})
    except (Refused, AnswerChanged):
        return []
    return [str(row.get("ITM_ID", "")) for row in rows if plain(row.get("ITM_NM")) == "일본"]


def _ask(client: Client, operation: str, params: dict[str, str]) -> tuple[list[dict[str, Any]], Any]:
    refusals: list[Refused] = []
    for base in bases(SERVICE):
        try:
            answer = client.get(under(base, operation), params, any_status=False)
            return _rows(text_of(answer.content, name="KOSIS", charsets=KOREAN)), answer.day
        except Refused as fault:
            refusals.append(fault)
    raise refusals[0]


def _loose(text: str) -> Any:
    """Return an answer's value: JSON with raw tabs is read, and an error in a list, in XML or without quotes."""
    code = re.match(r"""\s*\[?\s*\{\s*["']?err["']?\s*:\s*["']?(\d+)|\s*<(?!html)[^{]*<err>\s*(\d+)""", text)
    if code:
        return {"err": code[1] or code[2]}
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _rows(text: str) -> list[dict[str, Any]]:
    found = _loose(text)
    if isinstance(found, list) and all(isinstance(row, dict) for row in found):
        return found
    code = str(found.get("err", "")).lstrip("0") if isinstance(found, dict) else ""
    if code == NO_DATA:
        return []
    if code in KEY_ERRORS:
        raise KeyRefused(
            N_(
                "KOSIS does not accept the key (code {code}). A free one is available at "
                "kosis.kr/openapi. Until then, upload KTO's Excel file or enter the figure by hand."
            ),
            code=code,
        )
    if code == TOO_MANY:
        raise TooManyRows(
            N_("KOSIS finds more rows than it can return at once (code {code}). Upload KTO's Excel file."),
            code=code,
        )
    if code in REQUEST_ERRORS:
        raise AnswerChanged(
            N_(
                "KOSIS no longer accepts the request (code {code}) because its table has changed. Upload "
                "KTO's Excel file, and check for a newer version of the app."
            ),
            code=code,
        )
    if code == FAULT:
        raise AnswerChanged(
            N_("KOSIS reports a server error (code {code}). Try again later, or upload KTO's Excel file."),
            code=code,
        )
    if code in QUOTA_ERRORS:
        raise QuotaUsedUp(
            N_("The daily limit of KOSIS is used up (code {code}). Try again tomorrow."), code=code
        )
    raise AnswerChanged(
        N_(
            "KOSIS responded in an unknown format (code {code}). Try again later, or upload KTO's Excel file."
        ),
        code=code or "-",
    )


def _row(row: dict[str, Any]) -> Row | None:
    origin = NAMES.get(plain(row.get("C1_NM")))
    month, count = str(row.get("PRD_DE", "")), str(row.get("DT", "")).replace(",", "").strip()
    whole = str(row.get("ITM_ID", ALL_PURPOSES)) == ALL_PURPOSES
    monthly = re.fullmatch(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])", month)
    if origin is None or not whole or not monthly or count in {"", "-"}:
        return None
    if not re.fullmatch(r"\d{1,9}", count):
        raise AnswerChanged(
            N_(
                "KOSIS gives “{value}” for {month}, which is not a number of persons. Nothing was taken "
                "from it."
            ),
            value=count[:20],
            month=month[:10],
        )
    return f"{month[:4]}-{month[4:]}", origin, "KOR", int(count), PROVISIONAL


def bring(turn: Round, asked: list[str]) -> Outcome:
    """Bring the months of the last half-year and those since into the tables."""
    months = months_to_ask(turn.newest("JPN", "KOR"), turn.today)
    release = fetch(watched(SERVICE, asked), key=turn.key, first=months[0], last=months[-1])
    return merged(turn.frames, release, asked)


SOURCE = Source(
    name="kosis",
    service=SERVICE,
    title="KOSIS",
    publisher=PUBLISHER,
    terms=TERMS,
    covers=N_("Japanese and all visitors to Korea by month"),
    released=RELEASED,
    bring=bring,
    office="KTO",
    key=Key("CROSSINGS_KOSIS_KEY", "kosis.kr/openapi"),
    second_to=("datalab", "kto"),
)
