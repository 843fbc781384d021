"""What the offices really publish and what people really write gives its right values, or the sentence that helps."""

import io
import json
import os
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from crossings.errors import CrossingsError
from crossings.language.language import Language
from crossings.tables.flows import read_table
from etl import own, upload
from etl.check import check
from etl.commands import said
from etl.refresh import bring_in, refresh
from etl.report import FAILED, FINE, NOTHING_NEW, SourceReport
from etl.sources import estat, kto
from etl.sources.datalab import find_link
from tests.etl import real, small, workbooks
from tests.etl.server import (
    DOWNLOAD,
    FRONT_PAGE,
    GATEWAY,
    LEGACY,
    RATES,
    Publisher,
    Reply,
    Request,
    front_page,
    gives,
    gives_json,
)

CASES = (
    Path(os.environ.get("CROSSINGS_SHARED", Path(__file__).resolve().parents[3] / "shared" / "data"))
    / "cases"
)
needs_cases = pytest.mark.skipif(
    not CASES.is_dir(), reason="the folder of collected cases is not beside the project"
)
KOSIS_META, KOSIS_DATA = "/openapi/statisticsData.do", "/openapi/Param/statisticsParameterData.do"
ESTAT = "/rest/3.0/app/json/"


def case(name: str) -> bytes:
    return (CASES / name).read_bytes()


def value(rows: pd.DataFrame, month: str, origin: str) -> int:
    return int(rows[(rows["month"] == month) & (rows["origin"] == origin)]["visitors"].iloc[0])


def korea(*months: str) -> dict[str, dict[str, int | None]]:
    """Return figures of the small tables' kind for months, by Korean name."""
    names = {"전체": "TOTAL", "일 본": "JPN", "중국": "CHN", "미국": "USA"}
    return {
        f"{month[:4]}.{int(month[5:])}월": {
            name: small.korea_count(month, origin) for name, origin in names.items()
        }
        for month in months
    }


# --- KTO's workbook of every month


@needs_cases
def test_ktos_published_workbook_has_the_committed_figures() -> None:
    read = kto.parse(CASES / "kto_datalab_wide_ipguk.xlsx").rows
    committed = pd.read_csv(real.DATA / "visitors.csv").query("destination == 'KOR'")
    both = read.merge(committed, on=["month", "origin"], suffixes=("", "_here"))
    assert len(both) == len(read) == 15
    assert (both["visitors"] == both["visitors_here"]).all()


@pytest.mark.parametrize("empty", [0, None])
def test_a_month_not_yet_published_is_no_figure(empty: int | None) -> None:
    months = korea("2026-07", "2026-08", "2026-09")
    months["2026.9월"] = dict.fromkeys(months["2026.9월"], empty)
    read = kto.parse(workbooks.kto_wide(months), name="kto.xlsx").rows
    assert sorted(set(read["month"])) == ["2026-07", "2026-08"]
    assert value(read, "2026-08", "JPN") == small.korea_count("2026-08", "JPN")


def test_a_nationality_that_is_late_has_no_zero() -> None:
    months = korea("2026-07", "2026-08")
    months["2026.8월"]["미국"] = 0
    months["2026.7월"]["중국"] = 0
    read = kto.parse(workbooks.kto_wide(months), name="kto.xlsx").rows
    assert list(read.loc[read["origin"] == "USA", "month"]) == ["2026-07"]
    assert value(read, "2026-07", "CHN") == 0


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (front_page(("2026년 9월", "new.xlsx"), ("2026년 8월", "old.xlsx")), "new.xlsx"),
        (front_page(("2025년 12월", "old.xlsx"), ("2026년 1월", "new.xlsx")), "new.xlsx"),
        (front_page(("2026년 9월", "report.pdf"), ("2026년 8월", "book.xlsx")), "book.xlsx"),
        (front_page(("2026년 9월", "a.xlsx")).replace(".do?bc", ".do;jsessionid=A.n1?bc"), "a.xlsx"),
        (front_page(("<b>2026년</b>&nbsp;9월", "a.xlsx")), "a.xlsx"),
    ],
)
def test_the_page_names_the_newest_workbook(page: str, name: str) -> None:
    link = find_link(page)
    assert link is not None
    assert link.endswith(f"cbIdx=1127&streFileNm={name}")


def test_the_workbook_is_fetched_without_a_key(data: Path, publisher: Publisher) -> None:
    months = [str(month) for month in pd.period_range("2024-01", "2026-09", freq="M")]

    def book(request: Request) -> None:
        assert request.query == {"bcIdx": "300", "cbIdx": "1127", "streFileNm": "a.xlsx"}
        gives(workbooks.kto_wide(korea(*months)))(request)

    publisher.routes = {FRONT_PAGE: gives(front_page(("2026년 9월", "a.xlsx"))), DOWNLOAD: book}
    (part,) = refresh(("datalab",)).sources
    assert part.state == FINE, (part.error, part.values)
    assert {change.month for change in part.changes} == {"2026-09"}
    assert part.counts() == {"new": 4}
    assert check(data) == []
    assert refresh(("datalab",)).sources[0].state == NOTHING_NEW


def test_a_page_without_a_workbook_says_what_to_do(data: Path, publisher: Publisher) -> None:
    publisher.routes = {FRONT_PAGE: gives("<html>under construction</html>")}
    (part,) = refresh(("datalab",)).sources
    assert (part.state, part.error) == (FAILED, "AnswerChanged")
    assert "upload it" in said(part, Language("en"))[0]


def test_a_publisher_that_refuses_this_network_sends_to_the_browser(data: Path, publisher: Publisher) -> None:
    publisher.routes = {FRONT_PAGE: gives("Forbidden", status=403)}
    (sentence,) = said(refresh(("datalab",)).sources[0], Language("en"))
    assert "another network" in sentence
    assert "Excel file can be uploaded" in sentence
    publisher.routes = {RATES: gives(b"", status=500)}
    (sentence,) = said(refresh(("ecb",)).sources[0], Language("en"))
    assert "server error (500)" in sentence
    assert "by hand" not in sentence  # rates cannot be entered


def test_the_other_ways_are_left_out_where_the_workbook_came_through(
    data: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSINGS_KOSIS_KEY", "key")
    months = [str(month) for month in pd.period_range("2024-01", "2026-09", freq="M")]
    publisher.routes = {
        FRONT_PAGE: gives(front_page(("2026년 9월", "a.xlsx"))),
        DOWNLOAD: gives(workbooks.kto_wide(korea(*months))),
    }
    asked = [part.source for part in refresh().sources]
    assert "datalab" in asked
    assert not {"kto", "kosis"} & set(asked)


# --- older files after newer ones, exports saved as text, other layouts


@needs_cases
def test_an_older_month_after_a_newer_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSINGS_DATA", str(real.place(tmp_path / "data")))
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "own" / "added.csv"))
    for name, japanese in (("kto_month_201912_cut.xlsx", 255_356), ("kto_month_201002_cut.xlsx", 230_362)):
        found = upload.read(case(name), name=name).release
        assert found is not None
        assert value(found.reading.rows, found.reading.rows["month"].iloc[0], "JPN") == japanese
        assert bring_in(found).sources[0].state in (FINE, NOTHING_NEW)
    rows = read_table("visitors")
    austria = rows[(rows["origin"] == "AUT") & (rows["destination"] == "KOR")]
    assert austria["month"].tolist() == ["2019-12"]
    assert check(tmp_path / "data") == []


CUT_EXPORT = (
    '국적,목적,2019년01월,,\r\n,,인원(명),성장률(%),구성비(%)\r\n일  본,관광,"198,805",24.90%,17.99%\r\n'
    "일  본,상용,2233,-5.30%,0.20%\r\n일  본,공용,127,-8.00%,0.01%\r\n일  본,유학연수,785,-6.80%,0.07%\r\n"
    "일  본,기타,4576,0.10%,0.41%\r\n일  본,소 계,206526,23.60%,18.69%\r\n,,,,\r\n"
)


@pytest.mark.parametrize(
    "content",
    [
        *(CUT_EXPORT.encode(charset) for charset in ("utf-8", "utf-8-sig", "cp949", "utf-16")),
        CUT_EXPORT.replace(",", "\t").replace("198\t805", "198,805").encode("utf-16"),
        pytest.param(None, marks=needs_cases),
    ],
)
def test_the_export_saved_as_text(content: bytes | None) -> None:
    found = upload.read(content or case("kto_export_saved_as_csv.csv"), name="export.csv").release
    assert found is not None
    assert value(found.reading.rows, "2019-01", "JPN") == 206_526


WIDE_KOSIS = (
    '"국적별(1)","국적별(2)","목적별(1)","단위","2026.07 월","2026.08 월"\n'
    '"총계","소계","계","명","1,800,000","0"\n"아시아주","소계","계","명","1,200,000","0"\n'
    '"아시아주","일본","계","명","250,100","0"\n"아시아주","일본","관광","명","230,000","0"\n'
)
LONG_KOSIS = (
    "시점,국적별(1),국적별(2),성별(1),항목,데이터\n2026.07,총계,소계,계,방한외래관광객,1800000\n"
    "2026.07,아시아주,일본,계,방한외래관광객,250100\n2026.07,아시아주,일본,남자,방한외래관광객,90000\n"
    "2026.08,아시아주,일본,계,방한외래관광객,0\n"
)
KOSIS_TABLES = {
    "one column a month": WIDE_KOSIS,
    "months without a unit": WIDE_KOSIS.replace(" 월", "").replace("2026.0", "20260"),
    "a title above": "외래객 입국,,,,,\n" + WIDE_KOSIS,
    "one level of nationalities": "국적별(1),2026.07,2026.08\n총계,1800000,0\n일본,250100,0\n",
    "items below the months": (
        "국적별(1),2026.07,2026.07,2026.08,2026.08\n국적별(1),계,관광,계,관광\n총계,1800000,5,0,0\n"
        "일본,250100,230000,-,-\n"
    ),
    "one row a month": LONG_KOSIS,
    "one row a month, tabs": LONG_KOSIS.replace(",", "\t"),
}


@pytest.mark.parametrize("layout", KOSIS_TABLES)
@pytest.mark.parametrize("charset", ["utf-8-sig", "cp949", "utf-16"])
def test_a_table_saved_from_kosis(layout: str, charset: str) -> None:
    found = upload.read(KOSIS_TABLES[layout].encode(charset), name="외래객_국적별.csv").release
    assert found is not None
    rows = found.reading.rows[["month", "origin", "visitors"]].itertuples(index=False, name=None)
    assert set(rows) == {("2026-07", "JPN", 250_100), ("2026-07", "TOTAL", 1_800_000)}


def test_a_table_of_kosis_in_a_workbook(tmp_path: Path) -> None:
    cells = [line.split(",") for line in KOSIS_TABLES["one level of nationalities"].splitlines()]
    pd.DataFrame(cells).to_excel(tmp_path / "kosis.xlsx", header=False, index=False)
    with pytest.raises(CrossingsError, match="not a number of persons"):
        upload.read((tmp_path / "kosis.xlsx").read_bytes(), name="kosis.xlsx")
    numbers = [cells[0], *([name, *map(int, counts)] for name, *counts in cells[1:])]
    pd.DataFrame(numbers).to_excel(tmp_path / "kosis.xlsx", header=False, index=False)
    found = upload.read((tmp_path / "kosis.xlsx").read_bytes(), name="kosis.xlsx").release
    assert found is not None
    assert value(found.reading.rows, "2026-07", "JPN") == 250_100


def test_a_table_of_kosis_that_contradicts_itself_or_lacks_japan() -> None:
    twice = WIDE_KOSIS + '"기타","일본","계","명","250,101","0"\n'
    with pytest.raises(CrossingsError, match="two rows"):
        upload.read(twice.encode(), name="kosis.csv")
    with pytest.raises(CrossingsError, match="no row for JPN"):
        upload.read(WIDE_KOSIS.replace("일본", "닛폰").encode(), name="kosis.csv")


def test_a_table_not_in_persons_and_a_sheet_of_koreans_abroad_are_refused() -> None:
    with pytest.raises(CrossingsError, match="not in persons"):
        upload.read(WIDE_KOSIS.replace('"명"', '"천명"').encode(), name="kosis.csv")
    book = openpyxl.load_workbook(io.BytesIO(workbooks.kto_wide(korea("2026-07"))))
    book["입국"].title = "국민 해외관광객"
    with pytest.raises(upload.OtherLayout):
        upload.read(workbooks.saved(book), name="book.xlsx")


def test_a_month_marked_as_provisional_is_read() -> None:
    months = korea("2026-07", "2026-08")
    marked = {"2026.7월(p)": months["2026.7월"], "2026-08": months["2026.8월"]}
    read = kto.parse(workbooks.kto_wide(marked), name="kto.xlsx").rows
    assert sorted(set(read["month"])) == ["2026-07", "2026-08"]


OTHERS = {
    "순위,국적,2025년\n1,중국,5000000\n": "한국관광통계 공표",
    "국적별 순위,2024년\n순위별 외래객,5\n": "한국관광통계 공표",
    "Visitor Arrivals,Jan\nJNTO,5\n": "国籍/月別 訪日外客数",
}


@pytest.mark.parametrize("text", OTHERS)
@pytest.mark.parametrize("code", ["ko", "ja", "en"])
def test_an_offices_other_layout_is_told_apart(text: str, code: str) -> None:
    with pytest.raises(upload.OtherLayout) as fault:
        upload.read(text.encode(), name="file.csv")
    assert OTHERS[text] in Language(code).error(fault.value)
    with pytest.raises(upload.NotATable, match="neither"):
        upload.read(b"a,b\n1,2\n", name="file.csv")


# --- the services


def estat_routes(answers: dict[str, object]) -> dict[str, Reply]:
    return {ESTAT + name: gives_json(answer) for name, answer in answers.items()}


def port_classes(*names: str) -> dict[str, object]:
    ports = [{"@code": str(1000 + at), "@name": name} for at, name in enumerate(names)]
    classes = [
        {"@id": "cat01", "@name": "国籍・地域", "CLASS": {"@code": "101", "@name": "韓国"}},
        {"@id": "cat02", "@name": "港", "CLASS": ports},
        {"@id": "time", "@name": "時間軸(月次)", "CLASS": {"@code": "2026000404", "@name": "2026年4月"}},
    ]
    table = {"STAT_NAME": {"$": "出入国管理統計"}, "TITLE": {"$": "港別 入国外国人の国籍・地域"}}
    values = [
        {"@cat01": "101", "@cat02": str(1000 + at), "@time": "2026000404", "$": str(100 * (at + 1))}
        for at in range(len(names))
    ]
    return {
        "getMetaInfo": {
            "GET_META_INFO": {
                "RESULT": {"STATUS": 0},
                "METADATA_INF": {"TABLE_INF": table, "CLASS_INF": {"CLASS_OBJ": classes}},
            }
        },
        "getStatsData": {
            "GET_STATS_DATA": {
                "RESULT": {"STATUS": 0},
                "STATISTICAL_DATA": {"DATA_INF": {"VALUE": values}},
            }
        },
    }


def entries(publisher: Publisher) -> dict[str, tuple[str, int]]:
    from etl.net import client

    rows, _ = estat.fetch(client(estat.SERVICE), key="id")
    return {row["place"]: (row["place_kind"], int(row["persons"])) for row in rows.to_dict("records")}


@needs_cases
def test_estats_ports_as_they_are(publisher: Publisher) -> None:
    publisher.routes = estat_routes(json.loads(case("estat_port_names.json")))
    assert entries(publisher) == {
        "ALL": ("country", 700_000),
        "JP40010": ("seaport", 30_000),
        "FUK": ("airport", 180_000),
        "NRT": ("airport", 160_000),
    }


def test_estats_ports_of_other_prefectures(publisher: Publisher) -> None:
    names = (
        "全国_総数",
        "沖縄県_総数",
        "沖縄県_那覇",
        "沖縄県_那覇（空港）",
        "大阪府_関西（空港）",
        "山口県_下関",
    )
    publisher.routes = estat_routes(port_classes(*names))
    assert entries(publisher) == {
        "ALL": ("country", 100),
        "JP1002": ("seaport", 300),
        "OKA": ("airport", 400),
        "KIX": ("airport", 500),
        "JP1005": ("seaport", 600),
    }


@pytest.fixture
def keys(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("KTO", "KOSIS", "ESTAT"):
        monkeypatch.setenv(f"CROSSINGS_{name}_KEY", " \tkey-of-mine\n")
    return data


META = gives_json([{"ITM_ID": "13102314422A.2", "ITM_NM": "일본"}])
RAW_TAB = '[{"C1_NM": "일본", "C1_OBJ_NM": "국적별\t입국", "ITM_ID": "13103314422T01", "PRD_DE": "202609", "DT": "350000"}]'


def kosis(publisher: Publisher, reply: Reply, meta: Reply = META) -> SourceReport:
    publisher.routes = {KOSIS_META: meta, KOSIS_DATA: reply}
    return refresh(("kosis",)).sources[0]


@pytest.mark.parametrize("content", [RAW_TAB, pytest.param("kosis_raw_tab.json", marks=needs_cases)])
def test_kosis_with_a_raw_tab(keys: Path, publisher: Publisher, content: str) -> None:
    body = case(content).decode() if content.endswith(".json") else content
    part = kosis(publisher, gives(body.replace("350000", "250000")))
    assert part.state == FINE, (part.error, part.values)
    assert {change.after for change in part.changes} == {250_000}
    assert any("apiKey=key-of-mine&" in asked for asked in publisher.asked)


@pytest.mark.parametrize(
    ("body", "error", "words"),
    [
        ('{err:"11",errMsg:"유효하지 않은 인증KEY입니다."}', "KeyRefused", "code 11"),
        ("{err:'10', errMsg:'x'}", "KeyRefused", "code 10"),
        ('{err:"21",errMsg:"x"}', "AnswerChanged", "table has changed"),
        ('{"err":"31","errMsg":"x"}', "TooManyRows", "KTO's Excel file"),
        ('{err:"50",errMsg:"x"}', "AnswerChanged", "server error"),
        ('{err:"30",errMsg:"x"}', "AnswerChanged", "periods differently"),
        ('[{"err":"011"}]', "KeyRefused", "code 11"),
        ("<error><err>11</err></error>", "KeyRefused", "code 11"),
        (RAW_TAB.replace("202609", "2026"), "AnswerChanged", "periods differently"),
        pytest.param("kosis_loose_error.txt", "KeyRefused", "code 11", marks=needs_cases),
    ],
)
def test_kosis_errors_say_what_helps(
    keys: Path, publisher: Publisher, body: str, error: str, words: str
) -> None:
    part = kosis(publisher, gives(case(body) if body.endswith(".txt") else body))
    assert (part.state, part.error) == (FAILED, error)
    assert words in said(part, Language("en"))[0]


def test_kosis_with_several_nodes_of_one_name(keys: Path, publisher: Publisher) -> None:
    nodes = gives_json([{"ITM_ID": node, "ITM_NM": "일본"} for node in ("A.dead", "A.alive")])

    def answer(request: Request) -> None:
        alive = request.query["objL1"] == "A.alive"
        gives(RAW_TAB.replace("350000", "250000") if alive else '{"err":"30"}')(request)

    part = kosis(publisher, answer, nodes)
    assert part.state == FINE, (part.error, part.values)
    assert not any("objL1=ALL" in asked for asked in publisher.asked)


def test_kosis_is_asked_in_halves_where_a_span_is_too_long(keys: Path, publisher: Publisher) -> None:
    def answer(request: Request) -> None:
        first, last = request.query["startPrdDe"], request.query["endPrdDe"]
        if int(last) - int(first) > 1:
            gives('{"err":"31"}')(request)
        else:
            gives(RAW_TAB.replace("350000", "250000") if first <= "202609" <= last else "[]")(request)

    assert kosis(publisher, answer).state == FINE


def kto_service(publisher: Publisher, reply: Reply) -> SourceReport:
    publisher.routes = {GATEWAY: reply, LEGACY: reply}
    return refresh(("kto",)).sources[0]


def auth_error(code: str, words: str) -> str:
    return (
        "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
        f"<returnAuthMsg>{words}</returnAuthMsg><returnReasonCode>{code}</returnReasonCode>"
        "</cmmMsgHeader></OpenAPI_ServiceResponse>"
    )


KTO_ERRORS: list[tuple[str, int, str, str]] = [
    ('{"resultCode":"30","resultMsg":"SERVICE KEY IS NOT REGISTERED ERROR."}', 200, "KeyRefused", "hours"),
    ('{"resultCode":"22","resultMsg":"x"}', 200, "QuotaUsedUp", "tomorrow"),
    (auth_error("04", "HTTP_ERROR"), 200, "AnswerChanged", "server error"),
    (auth_error("05", "SERVICETIMEOUT_ERROR"), 200, "AnswerChanged", "server error"),
    (auth_error("21", "TEMPORARILY_DISABLE_THE_SERVICEKEY_ERROR"), 200, "KeyRefused", "that it is valid"),
    (auth_error("23", "x"), 200, "QuotaUsedUp", "tomorrow"),
    (auth_error("33", "UNSIGNED_CALL_ERROR"), 200, "KeyRefused", "that it is valid"),
    ("Forbidden", 403, "KeyRefused", "outside Korea may be blocked"),
    ("", 403, "KeyRefused", "outside Korea may be blocked"),
]


@pytest.mark.parametrize(("body", "status", "error", "words"), KTO_ERRORS)
def test_ktos_service_says_what_helps(
    keys: Path, publisher: Publisher, body: str, status: int, error: str, words: str
) -> None:
    part = kto_service(publisher, gives(body, status=status))
    assert (part.state, part.error) == (FAILED, error)
    (sentence,) = said(part, Language("en"))
    assert words in sentence
    assert "KTO's Excel file has the same months" in sentence
    assert all("인증키가 필요 없는" in line for line in said(part, Language("ko")))
    assert all("認証キーが不要な" in line for line in said(part, Language("ja")))


@needs_cases
@pytest.mark.parametrize(
    ("name", "status", "error"),
    [
        ("kto_api_flat_error.json", 200, "KeyRefused"),
        ("kto_api_code05.xml", 200, "AnswerChanged"),
        ("kto_api_403_forbidden.txt", 403, "KeyRefused"),
    ],
)
def test_ktos_collected_answers(keys: Path, publisher: Publisher, name: str, status: int, error: str) -> None:
    assert kto_service(publisher, gives(case(name), status=status)).error == error


def test_the_remedy_of_ktos_service_helps(keys: Path, publisher: Publisher) -> None:
    """KTO's workbook brings the months that the service refused, without a key and in the same run."""
    months = [str(month) for month in pd.period_range("2024-01", "2026-09", freq="M")]
    publisher.routes = {
        GATEWAY: gives("Forbidden", status=403),
        LEGACY: gives("Forbidden", status=403),
        FRONT_PAGE: gives(front_page(("2026년 9월", "a.xlsx"))),
        DOWNLOAD: gives(workbooks.kto_wide(korea(*months))),
    }
    states = {part.source: part.state for part in refresh(("datalab", "kto")).sources}
    assert states == {"datalab": FINE, "kto": FAILED}
    assert (
        read_table("visitors").query("destination == 'KOR' and origin == 'JPN'")["month"].max() == "2026-09"
    )


# --- figures of one's own


def own_table(*rows: str, header: str = "month,origin,destination,visitors,note") -> str:
    return "\n".join([header, *rows, ""])


@pytest.mark.parametrize(
    ("text", "charset", "note"),
    [
        (own_table("2026-09,KOR,JPN,302700,연합뉴스"), "cp949", "연합뉴스"),
        (own_table("2026-09,KOR,JPN,302700,잠정"), "cp949", "잠정"),
        (own_table("2026-09,KOR,JPN,302700,共同通信の推計"), "cp932", "共同通信の推計"),
        (own_table("2026-09,KOR,JPN,302700,共同通信の推計"), "euc_jp", "共同通信の推計"),
        (own_table("2026. 9. 1.,KOR,JPN,302700,聯合ニュース"), "euc_jp", "聯合ニュース"),
        (own_table("令和８年９月,KOR,JPN,302700,연합뉴스 α"), "utf-8", "연합뉴스 α"),
        (own_table("2026. 9.,KOR,JPN,302700,연합뉴스 α"), "cp949", "연합뉴스 α"),
        (own_table("2026-09,KOR,JPN,302700,연합뉴스").replace("\n", "\r"), "utf-8-sig", "연합뉴스"),
        (own_table("2026-09,KOR,JPN,302700,연합뉴스").replace(",", "\t"), "utf-16", "연합뉴스"),
        (own_table("Sep-26,KR,JP,30.27万人,x").replace(",", ";"), "utf-8", "x"),
        (own_table("2026/09,한국,日本,３０２７００,x"), "utf-8", "x"),
        (own_table('202609,kor,jpn,"302,700명",x'), "utf-8", "x"),
    ],
)
def test_a_table_of_ones_own_as_people_write_it(text: str, charset: str, note: str) -> None:
    (row,) = upload.read(text.encode(charset), name="own.csv").rows
    assert (row.month, row.origin, row.destination, row.visitors) == ("2026-09", "KOR", "JPN", 302_700)
    assert (row.note, row.source) == (note, note)


@needs_cases
@pytest.mark.parametrize(
    ("name", "visitors", "note"),
    [
        ("own_cp949_note.csv", 723_400, "연합뉴스"),
        ("own_cp949_note2.csv", 350_000, "잠정"),
        ("own_utf16.csv", 723_400, "JNTO"),
    ],
)
def test_collected_tables_of_ones_own(name: str, visitors: int, note: str) -> None:
    (row,) = upload.read(case(name), name=name).rows
    assert (row.visitors, row.note) == (visitors, note)


ROW = "2026-09,KOR,JPN,302700,press,provisional,2026-10-21"
FULL = own_table(ROW, header="month,origin,destination,visitors,source,status,seen")


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\n" + FULL.replace(",", ";"),
        FULL.replace(",", "|"),
        "\nMy figures of 2026년 9월,,\n,,\n" + FULL,
        own_table(ROW, header="연월,출발국,도착국,방문자 수,출처,상태,확인일"),
        own_table(ROW, header="年月,出発地,到着地,訪問者数,出典,状態,確認日"),
        FULL.replace("provisional", "잠정치").replace("2026-10-21", "2026. 10. 21."),
        FULL.replace("provisional", "暫定値").replace("2026-10-21", "2026年10月21日"),
        FULL.replace("KOR", "대한민국").replace("JPN", "日本国"),
    ],
)
def test_a_table_with_other_heads_lines_and_words(text: str) -> None:
    (row,) = upload.read(text.encode(), name="own.csv").rows
    assert row == own.OwnRow("2026-09", "KOR", "JPN", 302_700, "press", "provisional", "2026-10-21")


def test_a_table_on_a_later_sheet() -> None:
    book = openpyxl.Workbook()
    for line in ("JNTO", *FULL.splitlines()):
        book.create_sheet("x") if line == "JNTO" else book.worksheets[1].append(line.split(","))
    assert upload.read(workbooks.saved(book), name="own.xlsx").rows[0].visitors == 302_700


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (own_table(ROW.replace("302700", "302,700"), header=FULL.split("\n")[0]), "more cells than columns"),
        (own_table(ROW, header=FULL.split("\n")[0].replace("source", "visitors")), "appears twice"),
        (own_table(header=FULL.split("\n")[0]), "no row with a figure"),
        (FULL.replace("press", '"press'), "quotation mark"),
        (FULL.replace("2026-10-21", "yesterday"), "“yesterday”"),
        (FULL.replace("2026-09", "2026.1"), "“2026.1”"),
        (FULL + "\n" * 3 + f"{ROW}\n" * 5_001, "at most 5000"),
    ],
)
def test_a_table_that_is_nearly_right_is_told_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(upload.NotATable, match=said):
        upload.read(text.encode(), name="own.csv")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"seen": "2031-01-01"}, "up to 2026-10-22"),
        ({"seen": "21.10.26"}, "up to"),
        ({"source": ""}, "source"),
    ],
)
def test_the_day_seen_is_a_day_and_the_source_is_named(
    data: Path, changed: dict[str, str], said: str
) -> None:
    row = own.OwnRow("2026-09", "KOR", "JPN", 302_700, **{"source": "press", **changed})
    with pytest.raises(own.NotAdded, match=said):
        own.add_all([row], day="2026-10-22", official=read_table("visitors"))


@pytest.mark.parametrize(
    "written",
    [
        "812.000",
        "81200²",
        "30만①",
        "72,34",
        "91.2",
        "about 91만",
        "-5",
        "1e6",
        "723.4천명 이상",
        "5만 3만",
        "―",
    ],
)
def test_a_number_that_is_not_understood_is_refused_with_what_was_read(written: str) -> None:
    with pytest.raises(upload.NotATable, match="row 2") as fault:
        upload.read(own_table(f'2026-09,KOR,JPN,"{written}",x').encode(), name="own.csv")
    assert fault.value.values["value"] == written


def test_duplicates_are_named(data: Path) -> None:
    text = own_table("2026-09,KOR,JPN,302700,a", "2026-09,KOR,JPN,999999,b")
    found = upload.read(text.encode(), name="own.csv")
    with pytest.raises(own.NotAdded, match="302700 and 999999"):
        upload.keep(found, official=read_table("visitors"), day="2026-10-01")
    assert own.read().empty


@pytest.fixture
def committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "own" / "added.csv"))
    return real.DATA


@pytest.mark.parametrize("visitors", [723, 72_340, 7_234_000])
def test_a_figure_far_from_the_projection_is_asked_about_once(committed: Path, visitors: int) -> None:
    found = upload.read(own_table(f"2026-09,KOR,JPN,{visitors},JNTO").encode(), name="own.csv")
    official = read_table("visitors")
    with pytest.raises(own.Unlikely, match="670,563 a year earlier") as doubt:
        upload.keep(found, official=official, day="2026-10-01")
    low, high = (int(str(doubt.value.values[end]).replace(",", "")) for end in ("low", "high"))
    assert 400_000 < low < 800_000 < high < 1_500_000
    assert own.read().empty
    assert upload.keep(found, official=official, day="2026-10-01", confirmed=True) == 1


def test_a_likely_figure_is_taken_at_once_with_status_source_and_day(committed: Path) -> None:
    row = own.OwnRow(
        "2026-09", "KOR", "JPN", 812_000, "JNTO press release", status="estimate", seen="2026-10-21"
    )
    own.add_all([row], day="2026-10-22", official=read_table("visitors"))
    (kept,) = own.read().to_dict("records")
    assert (kept["status"], kept["source"], kept["seen"]) == ("estimate", "JNTO press release", "2026-10-21")


@pytest.mark.parametrize("change", [{"source": " "}, {"status": "sure"}])
def test_a_source_and_a_known_status_are_needed(data: Path, change: dict[str, str]) -> None:
    row = own.OwnRow("2026-09", "KOR", "JPN", 302_700, **{"source": "x", **change})
    with pytest.raises(own.NotAdded):
        own.add_all([row], day="2026-10-22", official=read_table("visitors"))


def test_every_refusal_is_a_named_error_in_three_languages() -> None:
    refused = [
        b"a,b\n1,2\n",
        own_table("2026-09,KOR,JPN,x,y").encode(),
        "순위별 외래객,1\n".encode(),
        b"\xff\x80\x81",
    ]
    for content in refused:
        with pytest.raises(CrossingsError) as fault:
            upload.read(content, name="own.csv")
        sentences = {Language(code).error(fault.value) for code in ("ko", "ja", "en")}
        assert len(sentences) == 3
        assert not any("{" in sentence for sentence in sentences)
