"""The KTO service: its two hosts, its forms of answer, and every dress of a refused key."""

import json
import logging
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from etl.check import check
from etl.refresh import refresh
from etl.report import FAILED, FINE, NOTHING_NEW
from etl.sources import kto_api
from tests.etl import server, small
from tests.etl.server import GATEWAY, LEGACY, Publisher, Reply, Request, gives, gives_json, in_turn

KEY = "s3cret/key+with=signs"
NAMES = {
    "JPN": ("130", "일  본"),
    "CHN": ("112", "중  국"),
    "USA": ("275", "미  국"),
    "교포": ("998", "교  포"),
}


def item(month: str, origin: str) -> dict[str, object]:
    code, name = NAMES[origin]
    return {
        "ed": "방한외래관광객",
        "edCd": "E",
        "natCd": int(code),
        "natKorNm": name,
        "rnum": 1,
        "num": small.korea_count(month, origin),
        "ym": int(month.replace("-", "")),
    }


def answer(items: object) -> dict[str, object]:
    header = {"resultCode": "0000", "resultMsg": "OK"}
    return {
        "response": {
            "header": header,
            "body": {"items": items, "numOfRows": 10, "pageNo": 1},
        }
    }


def as_xml(items: list[dict[str, object]]) -> str:
    rows = "".join(
        "<item>" + "".join(f"<{name}>{cell}</{name}>" for name, cell in row.items()) + "</item>"
        for row in items
    )
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


CODES = {
    "20": ("SERVICE_ACCESS_DENIED_ERROR", "KeyRefused"),
    "22": ("LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR", "QuotaUsedUp"),
    "30": ("SERVICE_KEY_IS_NOT_REGISTERED_ERROR", "KeyRefused"),
    "31": ("DEADLINE_HAS_EXPIRED_ERROR", "KeyRefused"),
    "32": ("UNREGISTERED_IP_ERROR", "KeyRefused"),
    "1": ("APPLICATION_ERROR", "AnswerChanged"),
    "10": ("INVALID_REQUEST_PARAMETER_ERROR", "AnswerChanged"),
    "12": ("NO_OPENAPI_SERVICE_ERROR", "AnswerChanged"),
    "99": ("UNKNOWN_ERROR", "AnswerChanged"),
}


def gateway_header(code: str, words: str) -> dict[str, object]:
    told = {"errMsg": "SERVICE ERROR", "returnAuthMsg": words, "returnReasonCode": code}
    return {"OpenAPI_ServiceResponse": {"cmmMsgHeader": told}}


def dresses(code: str, words: str) -> dict[str, Reply]:
    """Return a service's error in each dress it was seen in, and those near to them."""
    blanks = words.replace("_", " ")
    plain = {"response": {"header": {"resultCode": code, "resultMsg": blanks}}}
    xml = (
        f"<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>{words}</returnAuthMsg>"
        f"<returnReasonCode>{code}</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
    )
    return {
        "gateway xml": gives(xml),
        "gateway xml, declared": gives(f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}'),
        "gateway json 403": gives_json(gateway_header(code, words), status=403),
        "gateway json 200": gives_json(gateway_header(code, words)),
        "header json": gives_json(plain),
        "header xml": gives(
            f"<response><header><resultCode>{code}</resultCode><resultMsg>{blanks}</resultMsg></header></response>"
        ),
        "padded code": gives_json(
            {"response": {"header": {"resultCode": code.zfill(2), "resultMsg": blanks}}}
        ),
    }


NOT_REGISTERED = "SERVICE_KEY_IS_NOT_REGISTERED_ERROR"
DRESSED = [
    pytest.param(reply, error, id=f"{code} as {dress}")
    for code, (words, error) in CODES.items()
    for dress, reply in dresses(code, words).items()
]
BARE = [
    pytest.param(
        gives_json({"response": {"header": {"resultCode": "", "resultMsg": NOT_REGISTERED}}}),
        "KeyRefused",
        id="words only",
    ),
    pytest.param(gives("Unauthorized", status=401), "KeyRefused", id="401 in plain words"),
    pytest.param(gives("Forbidden", status=403), "KeyRefused", id="403 in plain words"),
    pytest.param(gives("API token quota exceeded", status=429, Retry_After="3600"), "QuotaUsedUp", id="429"),
    pytest.param(gives("Unexpected errors", status=500), "AnswerChanged", id="500"),
    pytest.param(gives(b"", status=500), "Refused", id="500, empty"),
]


def fails(part_error: str, publisher: Publisher, reply: Reply) -> None:
    publisher.routes = {GATEWAY: reply, LEGACY: reply}
    done = refresh(("kto",))
    assert (done.sources[0].state, done.sources[0].error) == (FAILED, part_error)
    assert done.changed == ()


@pytest.mark.parametrize(("reply", "error"), [*DRESSED, *BARE])
def test_an_error_is_known_in_each_dress(publisher: Publisher, reply: Reply, error: str) -> None:
    fails(error, publisher, reply)


def test_a_key_that_only_the_legacy_host_takes(publisher: Publisher) -> None:
    publisher.routes = {GATEWAY: dresses("30", NOT_REGISTERED)["gateway xml"], LEGACY: service()}
    assert refresh(("kto",)).sources[0].state == FINE


@pytest.mark.parametrize("busy", [gives("Unexpected errors", status=500), gives("wait", status=503)])
def test_an_error_that_passes_is_asked_again(publisher: Publisher, busy: Reply) -> None:
    publisher.routes = {GATEWAY: in_turn(busy, service()), LEGACY: gives(b"", status=404)}
    assert refresh(("kto",)).sources[0].state == FINE


@pytest.mark.usefixtures("hasty")
def test_the_legacy_host_serves_where_the_gateway_hangs(publisher: Publisher) -> None:
    publisher.routes = {GATEWAY: server.hangs, LEGACY: service()}
    assert refresh(("kto",)).sources[0].state == FINE


def in_korean_charset(request: Request) -> None:
    month = f"{request.query['YM'][:4]}-{request.query['YM'][4:]}"
    origins = ["JPN"] if request.query.get("NAT_CD") == "130" else list(NAMES)
    rows = [item(month, origin) for origin in origins] if month <= "2026-09" else []
    gives(as_xml(rows).replace('encoding="UTF-8"', 'encoding="EUC-KR"').encode("euc-kr"))(request)


def test_the_old_character_set_of_korea(publisher: Publisher) -> None:
    publisher.routes = {GATEWAY: in_korean_charset}
    (part,) = refresh(("kto",)).sources
    assert part.state == FINE, (part.error, part.values)
    assert {change.origin for change in part.changes if change.kind == "new"} >= {"JPN", "CHN", "TOTAL"}
    content = as_xml([item("2026-08", "JPN")]).encode("euc-kr")
    assert [row["natKorNm"] for row in kto_api.rows_of(content, month="2026-08")[0]] == ["일  본"]


def changed(edit: Callable[[dict[str, object]], object], *, month: str = "2026-09") -> Reply:
    """Return the service with one month's rows edited."""

    def reply(request: Request) -> None:
        asked = f"{request.query['YM'][:4]}-{request.query['YM'][4:]}"
        origins = ["JPN"] if request.query.get("NAT_CD") == "130" else list(NAMES)
        rows = [item(asked, origin) for origin in origins] if asked <= "2026-10" else []
        for row in rows if asked == month else []:
            edit(row)
        rows = [row for row in rows if row]
        gives_json(answer({"item": rows} if rows else ""))(request)

    return reply


def times(factor: int) -> Callable[[dict[str, object]], object]:
    return lambda row: row.update(num=int(str(row["num"])) * factor)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (changed(times(10)), "CheckFailed"),
        (changed(times(1000)), "CheckFailed"),
        (changed(times(0)), "AnswerChanged"),
        (changed(times(2), month="2026-05"), "RevisionTooLarge"),
        (changed(lambda row: row.clear()), "MonthsBetweenMissing"),
    ],
    ids=["ten times", "thousand times", "zeros", "history rewritten", "a month lost between"],
)
def test_figures_that_cannot_be_right_are_refused(
    publisher: Publisher, data: Path, reply: Reply, error: str
) -> None:
    before = small.contents(data)
    fails(error, publisher, reply)
    assert small.contents(data) == before
    publisher.routes = {GATEWAY: service()}
    assert refresh(("kto",)).sources[0].state == FINE


def test_a_renamed_nationality_is_known_by_its_code(publisher: Publisher) -> None:
    publisher.routes = {GATEWAY: changed(lambda row: row.update(natKorNm="니혼"), month="2026-09")}
    assert refresh(("kto",)).sources[0].state == FINE


def test_fewer_rows_than_promised_are_refused(publisher: Publisher) -> None:
    short = answer({"item": [item("2026-02", "JPN")]})
    assert isinstance(short["response"], dict)
    short["response"]["body"]["totalCount"] = 70

    def reply(request: Request) -> None:
        gives_json(short if request.query["pageNo"] == "1" else answer(""))(request)

    fails("AnswerChanged", publisher, reply)


@pytest.mark.parametrize(
    "reply",
    [
        gives("<html><body>점검 중</body></html>"),
        gives("{"),
        gives("[]"),
        gives_json(answer({"item": "x"})),
        gives_json({"response": {"header": {"resultCode": "99", "resultMsg": "UNKNOWN_ERROR"}}}),
        gives_json(answer({"item": {**item("2019-01", "JPN")}})),
        gives_json(answer("")),
        gives_json(answer([1])),
        gives_json({"response": {"header": {"resultCode": "0000"}, "body": {}}}),
        gives("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>"),
    ],
)
def test_other_answers_are_refused(publisher: Publisher, reply: Reply) -> None:
    fails("AnswerChanged", publisher, reply)


@pytest.mark.parametrize("num", ["-5", "약 3만", "1.5", 0])
def test_counts_that_are_none(publisher: Publisher, num: object) -> None:
    def reply(request: Request) -> None:
        month = f"{request.query['YM'][:4]}-{request.query['YM'][4:]}"
        gives_json(answer({"item": {**item(month, "JPN"), "num": num}}))(request)

    fails("AnswerChanged", publisher, reply)


@pytest.mark.usefixtures("hasty")
def test_the_key_is_in_no_message_report_or_log(
    publisher: Publisher, caplog: pytest.LogCaptureFixture, tmp_path: object
) -> None:
    caplog.set_level(logging.DEBUG)
    for reply in (
        server.resets,
        server.hangs,
        gives(b"x", status=500),
        dresses("30", NOT_REGISTERED)["gateway xml"],
        service(),
    ):
        publisher.routes = {GATEWAY: reply, LEGACY: reply}
        told = json.dumps(refresh(("kto",)).record(), ensure_ascii=False)
        assert "s3cret" not in told
    assert "s3cret" not in caplog.text
    assert any("s3cret" in asked for asked in publisher.asked)


def test_japanese_by_sex_and_age(publisher: Publisher) -> None:
    rows = [
        {"age": "21-30세", "sex": sex, "num": num, "ym": 202608, "natCd": 130}
        for sex, num in (("여성", 5), ("남성", 3), ("여성", 4))
    ]
    publisher.routes = {
        GATEWAY.replace(kto_api.ARRIVALS, kto_api.PROFILE): gives_json(answer({"item": rows}))
    }
    from etl.net import client

    found = kto_api.profile(client(kto_api.GATEWAY), client(kto_api.LEGACY), key=KEY, month="2026-08")
    assert found.set_index("sex")["visitors"].to_dict() == {"남성": 3, "여성": 9}
