"""The KTO service: its two hosts, its forms of answer, and every dress of a refused key."""

import json
import logging
from pathlib import Path

import pandas as pd
import pytest

from etl.check import check
from etl.refresh import refresh
from etl.report import FAILED, FINE, NOTHING_NEW
from etl.sources import kto_api
from tests.etl import server, small
from tests.etl.server import GATEWAY, LEGACY, Publisher, Reply, Request, gives, gives_json

KEY = "s3cret/key+with=signs"
NAMES = {
    "JPN": ("130", "일  본"),
    "CHN": ("112", "중  국"),
    "USA": ("275", "미  국"),
    "교포": ("998", "교  포"),
}


def item(month: str, origin: str) -> dict[str, object]:
    code, name = NAMES[origin]
    return {"ed": "방한외래관광객", "edCd": "E", "natCd": int(code), "natKorNm": name, "rnum": 1,
            "num": small.korea_count(month, origin), "ym": int(month.replace("-", ""))}  # fmt: skip


def answer(items: object) -> dict[str, object]:
    header = {"resultCode": "0000", "resultMsg": "OK"}
    return {
        "response": {
            "header": header,
            "body": {"items": items, "numOfRows": 10, "pageNo": 1, "totalCount": 1},
        }
    }


def as_xml(items: list[dict[str, object]]) -> str:
    rows = "".join("<item>" + "".join(f"<{name}>{cell}</{name}>" for name, cell in row.items()) + "</item>"
                   for row in items)  # fmt: skip
    return (
        '<?xml version="1.0" encoding="UTF-8"?><response><header><resultCode>0000</resultCode><resultMsg>OK</resultMsg>'
        f"</header><body><items>{rows}</items></body></response>"
    )


def service(*, last: str = "2026-09", xml: bool = False) -> Reply:
    """Answer month by month as the gateway does; one row is an object, a month not out has an empty string."""

    def reply(request: Request) -> None:
        if request.query.get("serviceKey") != KEY:
            gives_json(answer(""), status=500)(request)
            return
        month = f"{request.query['YM'][:4]}-{request.query['YM'][4:]}"
        origins = ["JPN"] if request.query.get("NAT_CD") == "130" else list(NAMES)
        rows = [item(month, origin) for origin in origins] if month <= last else []
        if xml:
            gives(as_xml(rows))(request)
        else:
            listed = {"item": rows[0] if len(rows) == 1 else rows} if rows else ""
            gives_json(answer(listed))(request)

    return reply


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch, data: object) -> None:
    monkeypatch.setenv("CROSSINGS_KTO_KEY", KEY)


def test_sex_and_age_come_in_with_the_month(publisher: Publisher, data: Path) -> None:
    def profile(request: Request) -> None:
        month = int(request.query["YM"])
        split = (("21-30세", "여성", 5), ("승무원", "승무원", 2))
        rows = [{"age": age, "sex": sex, "num": num, "ym": month} for age, sex, num in split]
        gives_json(answer({"item": rows} if month <= 202609 else ""))(request)

    publisher.routes = {GATEWAY: service(), GATEWAY.replace(kto_api.ARRIVALS, kto_api.PROFILE): profile}
    done = refresh(("kto",))
    assert "ages.csv" in done.changed
    rows = pd.read_csv(data / "ages.csv")
    newest = rows[rows["month"] == "2026-09"].set_index("sex")[["age", "visitors"]].to_numpy().tolist()
    assert newest == [["승무원", 2], ["21-30", 5]]
    assert check(data) == []
    assert refresh(("kto",)).sources[0].state == NOTHING_NEW


@pytest.mark.parametrize("xml", [False, True])
def test_a_new_month_comes_in_with_its_total(publisher: Publisher, xml: bool) -> None:
    publisher.routes = {GATEWAY: service(xml=xml)}
    (part,) = refresh(("kto",)).sources
    assert part.state == FINE, part.message.format(**part.values)
    new = {change.origin: change.after for change in part.changes if change.kind == "new"}
    assert new == {origin: small.korea_count("2026-09", origin) for origin in ("JPN", "CHN", "USA", "TOTAL")}
    assert refresh(("kto",)).sources[0].state == NOTHING_NEW


def test_the_legacy_host_serves_where_the_gateway_does_not(publisher: Publisher) -> None:
    publisher.routes = {LEGACY: service(xml=True)}
    assert refresh(("kto",)).sources[0].state == FINE


def test_a_key_that_is_already_encoded_is_decoded_once(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSINGS_KTO_KEY", "s3cret%2Fkey%2Bwith%3Dsigns")
    publisher.routes = {GATEWAY: service()}
    assert refresh(("kto",)).sources[0].state == FINE


def test_a_total_is_not_made_up_where_the_sum_is_not_the_published_one(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(NAMES, "교포")
    publisher.routes = {GATEWAY: service()}
    changes = refresh(("kto",)).sources[0].changes
    assert {change.origin for change in changes if change.kind == "new"} == {"JPN", "CHN", "USA"}


NOT_REGISTERED = "SERVICE_KEY_IS_NOT_REGISTERED_ERROR"
DRESSES = {
    "xml": gives(
        "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
        f"<returnAuthMsg>{NOT_REGISTERED}</returnAuthMsg><returnReasonCode>30</returnReasonCode></cmmMsgHeader>"
        "</OpenAPI_ServiceResponse>"
    ),
    "json 403": gives_json(
        {
            "OpenAPI_ServiceResponse": {
                "cmmMsgHeader": {"returnAuthMsg": NOT_REGISTERED, "returnReasonCode": "30"}
            }
        },
        status=403,
    ),
    "header": gives_json(
        {"response": {"header": {"resultCode": "30", "resultMsg": "SERVICE KEY IS NOT REGISTERED ERROR"}}}
    ),
    "words only": gives_json(
        {"response": {"header": {"resultCode": "", "resultMsg": "SERVICE KEY IS NOT REGISTERED ERROR"}}}
    ),
    "access": gives_json(
        {"response": {"header": {"resultCode": "20", "resultMsg": "SERVICE ACCESS DENIED ERROR"}}}
    ),
}


def fails(part_error: str, publisher: Publisher, reply: Reply) -> None:
    publisher.routes = {GATEWAY: reply, LEGACY: reply}
    done = refresh(("kto",))
    assert (done.sources[0].state, done.sources[0].error) == (FAILED, part_error)
    assert done.changed == ()


@pytest.mark.parametrize("dress", DRESSES)
def test_a_refused_key_is_known_in_each_dress(publisher: Publisher, dress: str) -> None:
    fails("KeyRefused", publisher, DRESSES[dress])


def test_a_used_up_quota(publisher: Publisher) -> None:
    words = "LIMITED NUMBER OF SERVICE REQUESTS EXCEEDS ERROR"
    fails(
        "QuotaUsedUp",
        publisher,
        gives_json({"response": {"header": {"resultCode": "22", "resultMsg": words}}}),
    )


@pytest.mark.parametrize(
    "reply",
    [
        gives("<html><body>점검 중</body></html>"), gives("{"), gives("[]"), gives_json(answer({"item": "x"})),
        gives_json({"response": {"header": {"resultCode": "99", "resultMsg": "UNKNOWN_ERROR"}}}),
        gives_json(answer({"item": {**item("2019-01", "JPN")}})), gives_json(answer("")),
        gives("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>"),
    ],
)  # fmt: skip
def test_other_answers_are_refused(publisher: Publisher, reply: Reply) -> None:
    fails("AnswerChanged", publisher, reply)


@pytest.mark.parametrize("num", ["-5", "약 3만", "1.5", 0])
def test_counts_that_are_none(publisher: Publisher, num: object) -> None:
    def reply(request: Request) -> None:
        month = f"{request.query['YM'][:4]}-{request.query['YM'][4:]}"
        gives_json(answer({"item": {**item(month, "JPN"), "num": num}}))(request)

    fails("AnswerChanged", publisher, reply)


def test_the_key_is_in_no_message_report_or_log(
    publisher: Publisher, caplog: pytest.LogCaptureFixture, tmp_path: object
) -> None:
    caplog.set_level(logging.DEBUG)
    for reply in (server.resets, server.hangs, gives(b"x", status=500), DRESSES["xml"], service()):
        publisher.routes = {GATEWAY: reply, LEGACY: reply}
        told = json.dumps(refresh(("kto",)).record(), ensure_ascii=False)
        assert "s3cret" not in told
    assert "s3cret" not in caplog.text
    assert any("s3cret" in asked for asked in publisher.asked)


def test_japanese_by_sex_and_age(publisher: Publisher) -> None:
    rows = [{"age": "21-30세", "sex": sex, "num": num, "ym": 202608, "natCd": 130}
            for sex, num in (("여성", 5), ("남성", 3), ("여성", 4))]  # fmt: skip
    publisher.routes = {
        GATEWAY.replace(kto_api.ARRIVALS, kto_api.PROFILE): gives_json(answer({"item": rows}))
    }
    from etl.net import client

    found = kto_api.profile(client(kto_api.GATEWAY), client(kto_api.LEGACY), key=KEY, month="2026-08")
    assert found.set_index("sex")["visitors"].to_dict() == {"남성": 3, "여성": 9}
