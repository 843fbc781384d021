"""KOSIS OpenAPI: the second way to KTO's table of arrivals by purpose and nationality.

An answer is a list of rows; an error is an object with err and errMsg. Japan's code is taken from the table's
metadata; where that cannot be had, every nationality is asked for and told apart by name.
"""

import json
import re
from typing import Any

from crossings.errors import N_
from etl import citations, releases
from etl.nations import KTO
from etl.net import KOREAN, Client, Refused, Source, bases, text_of, under
from etl.sources.kto import PROVISIONAL, Row
from etl.sources.kto_api import AnswerChanged, KeyRefused, QuotaUsedUp
from etl.sources.reading import Release, reading
from etl.sources.workbook import plain

SOURCE = Source("kosis", "https://kosis.kr/openapi", "CROSSINGS_KOSIS_URL")
DATA, META = "Param/statisticsParameterData.do", "statisticsData.do"
OFFICE, TABLE = "314", "DT_TRD_TGT_ENT_AGG_MONTH"
ALL_PURPOSES, ALL_NATIONS = "13103314422T01", "13102314422A.1"
NAMES = {**KTO, "총계": "TOTAL", "합계": "TOTAL"}
NO_DATA, KEY_ERRORS, QUOTA_ERRORS = "30", {"10", "11", "12"}, {"40", "41", "42"}


def fetch(client: Client, *, key: str, first: str, last: str) -> Release:
    """Return Japanese and all visitors of the months from first to last (YYYY-MM).

    Raises KeyRefused, QuotaUsedUp, AnswerChanged, or what the connection raises.
    """
    common = {"apiKey": key, "format": "json", "jsonVD": "Y", "orgId": OFFICE, "tblId": TABLE}
    japan = _japan(client, common)
    codes = [japan, ALL_NATIONS] if japan else ["ALL"]
    span = {"prdSe": "M", "startPrdDe": first.replace("-", ""), "endPrdDe": last.replace("-", "")}
    rows: list[Row] = []
    for code in codes:
        asked = {**common, **span, "method": "getList", "itmId": ALL_PURPOSES, "objL1": code}
        answer, day = _ask(client, DATA, asked)
        rows += [row for row in map(_row, answer) if row]
    if not any(row[1] == "JPN" for row in rows):
        raise AnswerChanged(N_("KOSIS holds no Japanese visitors for the months asked for. Try again later."))
    read = reading(list(dict.fromkeys(rows)))
    day, how = releases.dated("KTO", str(read.rows["month"].max()), day)
    published = day.isoformat()
    return Release(
        read, f"kosis_{published.replace('-', '')}", citations.KTO,
        "KOSIS, arrivals by purpose and nationality (KTO)", "https://kosis.kr", published, how,
        citations.KTO_TERMS,
    )  # fmt: skip


def _japan(client: Client, common: dict[str, str]) -> str:
    """Return Japan's code in the table, or nothing where the metadata do not give it."""
    try:
        rows, _ = _ask(client, META, {**common, "method": "getMeta", "type": "ITM"})
    except (Refused, AnswerChanged):
        return ""
    return next((str(row.get("ITM_ID", "")) for row in rows if plain(row.get("ITM_NM")) == "일본"), "")


def _ask(client: Client, operation: str, params: dict[str, str]) -> tuple[list[dict[str, Any]], Any]:
    refusals: list[Refused] = []
    for base in bases(SOURCE):
        try:
            answer = client.get(under(base, operation), params, any_status=False)
            return _rows(text_of(answer.content, name="KOSIS", charsets=KOREAN)), answer.day
        except Refused as fault:
            refusals.append(fault)
    raise refusals[0]


def _rows(text: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if isinstance(found, list) and all(isinstance(row, dict) for row in found):
        return found
    code = str(found.get("err", "")) if isinstance(found, dict) else ""
    if code == NO_DATA:
        return []
    if code in KEY_ERRORS:
        raise KeyRefused(
            N_("KOSIS does not take the key (code {code}). A free one comes from kosis.kr/openapi. Until then, upload "
               "KTO's workbook or add the figure by hand."),
            code=code,
        )  # fmt: skip
    if code in QUOTA_ERRORS:
        raise QuotaUsedUp(N_("KOSIS has no more answers today (code {code}). Try again tomorrow."), code=code)
    raise AnswerChanged(
        N_(
            "KOSIS answered in a form that is not known (code {code}). Try again later, or upload KTO's workbook."
        ),
        code=code or "-",
    )


def _row(row: dict[str, Any]) -> Row | None:
    origin = NAMES.get(plain(row.get("C1_NM")))
    month, count = str(row.get("PRD_DE", "")), str(row.get("DT", "")).replace(",", "").strip()
    if origin is None or str(row.get("ITM_ID", ALL_PURPOSES)) != ALL_PURPOSES or count in {"", "-"}:
        return None
    if not re.fullmatch(r"\d{6}", month) or not re.fullmatch(r"\d+", count):
        raise AnswerChanged(
            N_("KOSIS gives “{value}” for {month}, which is not a count. Nothing was taken from it."),
            value=count[:20], month=month[:10],
        )  # fmt: skip
    return f"{month[:4]}-{month[4:]}", origin, "KOR", int(count), PROVISIONAL
