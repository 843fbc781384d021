"""KOSIS and e-Stat: the ways through, and the answers that are no figures."""

import json
import logging

import pandas as pd
import pytest

from etl.check import check
from etl.refresh import refresh
from etl.report import FAILED, FINE, NOTHING_NEW, SKIPPED
from tests.etl import small
from tests.etl.server import Publisher, Reply, Request, gives, gives_json, leads_to, resets

KOSIS_META, KOSIS_DATA = "/openapi/statisticsData.do", "/openapi/Param/statisticsParameterData.do"
ESTAT = "/rest/3.0/app/json/"


def kosis_rows(request: Request) -> None:
    first, last = request.query["startPrdDe"], request.query["endPrdDe"]
    months = pd.period_range(f"{first[:4]}-{first[4:]}", min(f"{last[:4]}-{last[4:]}", "2026-09"), freq="M")
    wanted = {"13102314422A.2": {"JPN": "일  본"}, "13102314422A.1": {"TOTAL": "총계"}}.get(
        request.query["objL1"], {"JPN": "일  본", "TOTAL": "총계", "": "아시아주"}
    )
    gives_json(
        [
            {
                "C1_NM": name,
                "ITM_ID": "13103314422T01",
                "PRD_DE": f"{month:%Y%m}",
                "DT": str(small.korea_count(str(month), origin)) if origin else "-",
            }
            for month in months
            for origin, name in wanted.items()
        ]
    )(request)


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch, data: object) -> None:
    monkeypatch.setenv("CROSSINGS_KOSIS_KEY", "kosis-key")
    monkeypatch.setenv("CROSSINGS_ESTAT_KEY", "estat-key")


META = gives_json([{"ITM_ID": "13102314422A.2", "ITM_NM": "일본"}])


@pytest.mark.parametrize(
    "meta", [META, gives_json([]), gives_json({"err": "20", "errMsg": "x"}), gives(b"", status=404)]
)
def test_kosis_with_and_without_its_metadata(publisher: Publisher, meta: Reply) -> None:
    publisher.routes = {KOSIS_META: meta, KOSIS_DATA: kosis_rows}
    (part,) = refresh(("kosis",)).sources
    assert part.state == FINE, part.message.format(**part.values)
    new = {change.origin: change.after for change in part.changes}
    assert new == {origin: small.korea_count("2026-09", origin) for origin in ("JPN", "TOTAL")}


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (gives_json({"err": "30", "errMsg": "none"}), "AnswerChanged"),
        *((gives_json({"err": code, "errMsg": "key"}), "KeyRefused") for code in ("10", "11", "12")),
        *((gives_json({"err": code, "errMsg": "limit"}), "QuotaUsedUp") for code in ("40", "41", "42")),
        (gives("<html>"), "AnswerChanged"),
        (gives_json([{"C1_NM": "일본", "PRD_DE": "202609", "DT": "1.5"}]), "AnswerChanged"),
    ],
)
def test_kosis_answers_that_are_no_figures(publisher: Publisher, reply: Reply, error: str) -> None:
    publisher.routes = {KOSIS_META: META, KOSIS_DATA: reply}
    (part,) = refresh(("kosis",)).sources
    assert (part.state, part.error) == (FAILED, error)


def test_a_missing_key_is_told_with_the_place_of_a_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CROSSINGS_KOSIS_KEY")
    (part,) = refresh(("kosis",)).sources
    assert (part.state, part.error) == (FAILED, "KeyMissing")
    assert "kosis.kr/openapi" in part.message.format(**part.values)


def class_object(identifier: str, name: str, codes: dict[str, str]) -> dict[str, object]:
    classes = [{"@code": code, "@name": text} for code, text in codes.items()]
    return {"@id": identifier, "@name": name, "CLASS": classes[0] if len(classes) == 1 else classes}


NATIONS = class_object("cat02", "国籍・地域", {"50": "韓国"})
PORTS = class_object("cat01", "港", {"100": "総数", "110": "成田空港", "120": "博多港"})
TIMES = class_object("time", "時間軸（月次）", {"2026000404": "2026年4月", "2026000000": "2026年"})


def estat(
    title: str = "港別 入国外国人の国籍・地域", status: int = 0, value: str = "1200"
) -> dict[str, Reply]:
    table = {"STAT_NAME": {"$": "出入国管理統計"}, "TITLE": {"$": title}}
    meta = {
        "GET_META_INFO": {
            "RESULT": {"STATUS": status},
            "METADATA_INF": {"TABLE_INF": table, "CLASS_INF": {"CLASS_OBJ": [NATIONS, PORTS, TIMES]}},
        }
    }

    def values(request: Request) -> None:
        assert request.query["cdCat02"] == "50"
        first = request.query["startPosition"] == "1"
        ports = ("100", "110") if first else ("120",)
        rows = [
            {"@cat01": port, "@cat02": "50", "@time": time, "$": value}
            for port in ports
            for time in ("2026000404", "2026000000")
        ]
        inside = {"RESULT_INF": {"NEXT_KEY": 5} if first else {}, "DATA_INF": {"VALUE": rows}}
        gives_json({"GET_STATS_DATA": {"RESULT": {"STATUS": 0}, "STATISTICAL_DATA": inside}})(request)

    return {ESTAT + "getMetaInfo": gives_json(meta), ESTAT + "getStatsData": values}


def test_estat_fills_the_entries_and_never_the_visitors(publisher: Publisher, data: "pd.Series[str]") -> None:
    publisher.routes = estat()
    done = refresh(("estat",))
    assert done.sources[0].state == FINE, done.sources[0].message.format(**done.sources[0].values)
    assert "visitors.csv" not in done.changed
    entries = pd.read_csv(f"{data}/entries.csv", dtype=str)
    ours = entries[entries["source"].str.startswith("estat_")].set_index("place")
    assert ours["persons"].to_dict() == {"ALL": "1200", "NRT": "1200", "JP120": "1200"}
    assert set(ours["date_end"]) == {"2026-04-30"}
    assert refresh(("estat",)).sources[0].state == NOTHING_NEW
    publisher.routes = estat(value="1300")
    assert refresh(("estat",)).sources[0].counts() == {"revised": 3}
    entries = pd.read_csv(f"{data}/entries.csv", dtype=str)
    assert (entries["source"].str.startswith("estat_")).sum() == 3
    from pathlib import Path

    assert check(Path(str(data))) == []


def test_estats_table_is_looked_for_where_the_known_numbers_are_not_it(
    publisher: Publisher, data: "pd.Series[str]"
) -> None:
    right, other = estat(), estat(title="在留外国人")
    listed = {"DATALIST_INF": {"TABLE_INF": {"@id": "0009999999", "TITLE": {"$": "港別 入国外国人"}}}}

    def meta(request: Request) -> None:
        number = request.query["statsDataId"]
        if number == "0003449064":
            gives_json({"GET_META_INFO": {"RESULT": {"STATUS": 200, "ERROR_MSG": "gone"}}})(request)
            return
        (right if number == "0009999999" else other)[ESTAT + "getMetaInfo"](request)

    search = gives_json({"GET_STATS_LIST": {"RESULT": {"STATUS": 0}, **listed}})
    publisher.routes = {**right, ESTAT + "getMetaInfo": meta, ESTAT + "getStatsList": search}
    assert refresh(("estat",)).sources[0].state == FINE


def test_estats_table_without_a_figure_is_refused(publisher: Publisher) -> None:
    publisher.routes = estat(value="-")
    (part,) = refresh(("estat",)).sources
    assert (part.state, part.error) == (FAILED, "AnswerChanged")


@pytest.mark.parametrize(
    ("routes", "error"),
    [
        (estat(title="在留外国人"), "AnswerChanged"),
        *((estat(status=code), "KeyRefused") for code in (100, 101, 102, 103)),
        (estat(status=300), "AnswerChanged"),
        ({ESTAT + "getMetaInfo": gives("<html>")}, "AnswerChanged"),
        ({}, "Refused"),
    ],
)
def test_estat_answers_that_are_not_the_table(
    publisher: Publisher, routes: dict[str, Reply], error: str
) -> None:
    publisher.routes = routes
    (part,) = refresh(("estat",)).sources
    assert (part.state, part.error) == (FAILED, error)


def test_kosis_stands_back_where_the_service_of_kto_answered(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.routes = {KOSIS_META: META, KOSIS_DATA: kosis_rows}
    states = {part.source: part.state for part in refresh().sources}
    assert (states["kto"], states["kosis"]) == (SKIPPED, FINE)


def test_no_key_is_in_a_message_a_report_or_a_log(
    publisher: Publisher, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("KOSIS", "ESTAT"):
        monkeypatch.setenv(f"CROSSINGS_{name}_KEY", "s3cret")
    away = leads_to("https://example.com/?apiKey=s3cret&appId=s3cret")
    paths = (
        KOSIS_META,
        KOSIS_DATA,
        *(ESTAT + name for name in ("getMetaInfo", "getStatsData", "getStatsList")),
    )
    for reply in (resets, gives(b"x", status=500), away, gives_json({"err": "11", "errMsg": "s3cret"})):
        publisher.routes = dict.fromkeys(paths, reply)
        told = [refresh((name,)).record() for name in ("kosis", "estat")]
        assert "s3cret" not in json.dumps(told, ensure_ascii=False)
        assert {one["failed"] for one in told} == {True}
    assert "s3cret" not in caplog.text
    assert any("s3cret" in asked for asked in publisher.asked)
