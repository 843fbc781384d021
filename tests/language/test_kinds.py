"""Kinds of fault that no text may have, looked for in every entry of the catalogues."""

import re
import string
from collections.abc import Iterator

import pandas as pd
import pytest

from crossings.errors import CrossingsError
from crossings.language import Language
from crossings.language.particles import PAIRS, fitted
from crossings.models.queue.settings import records
from crossings.questions.border import sentences as border_words
from crossings.questions.scenario import sentences as scenario_words
from tests.language import catalogues
from tests.language.typography import set_right

PAIR = re.compile("|".join(map(re.escape, PAIRS)))
PLACE = r"\{[^{}]*\}"
# What may stand for a place, and the particle of each pair that follows it: 은(는), 이(가), 을(를), 과(와), (으)로.
SPOKEN = {
    "1,012만 명": ("은", "이", "을", "과", "으로"),  # a consonant
    "후쿠오카": ("는", "가", "를", "와", "로"),  # a vowel
    "2026년 8월": ("은", "이", "을", "과", "로"),  # ㄹ
    "16": ("은", "이", "을", "과", "으로"),  # 육
    "2.2": ("는", "가", "를", "와", "로"),  # 이
    "84%": ("는", "가", "를", "와", "로"),  # 퍼센트
    "JNTO": ("는", "가", "를", "와", "로"),
    "visitors.xlsx": ("는", "가", "를", "와", "로"),
}
BANNED = {
    "ko": (
        "기준선",
        "모의 연도",
        "[0-9}]번 중",
        "흐름",
        "유력",
        "국경[이을 ]?[^선제]",
        "팬데믹",
        "오스트레일리아",
        "무안공항",
        "통합 문서",
        "인쇄된",
        "되살려",
        "골라",
        "적어 주",
        "가져갈",
        "알려진",
        "기록에 남",
        "넘어설",
        "공동 철수",
        "브리핑",
        "매개변수",
        "(?<!주)십시오",
        "하였습니다",
        "(?<!사증\\()비자(?!\\))",
        "[～〜]",  # Korean offices write ranges with ~
        r"[가-힣}] \(",  # a bracket stands right behind its word
        "(?<!전체 )(?<!첫 )화면에서|이 화면",  # a page is a page
        "담(?:긴|깁니다|아 )",
        "이 도구",
        "입국 심사",
        "(?<!전자)여행허가",
        "오류를 알렸|인정하지 않",
        "번째 백분위",
        "공표될 수 없",
        "것은 거의",
        "월간 요약",
        "입관법",
        "모든 대기",
        "바뀐 (?:것|수치)",
        "계산에 넣",
        "연월이 아",
        "정상\\(定常\\)",
        r"\d{4}\.\d|\d\.\d{1,2}\.(?:[,)~]|$)",  # 2026. 10. 7.
        r"\d+시 \d+분|\d~\d+시",  # 16:15
        r"(?:\{cell\}|[A-Z]\d+) 셀",
        r"다음과 같습니다\. ?\{",
        "12·29 여객기",
        "에서 수록",
        "상반부|하반부",
        "PowerPoint|Word 파일|Excel",
        "퍼센트",
        "두 기관의 공표자료",
    ),
    "ja": (
        "節目",
        "シミュレーション上の年",
        "見出しの数値",
        "国境が",
        "国境閉鎖",
        "持ち出",
        "つじつま",
        "パンデミック",
        "コロナ禍",
        "代償",
        "会場",
        "為替相場",
        "写し",
        "電子渡航認証（K-ETA",
        "乗務員",
        "ブリーフィング",
        "集団",
        "あたり",
        "課徴金",  # an administrative penalty; a tax and a fee are 税・手数料
        "増税",
        "衝撃",
        "▲",  # a minus in Japanese papers
        "20[0-9]{2}年より[前後]",
        "見つかりませんでした",
        "のうち{place}位",
        "定着期間",
        "相手国国民|その他外国人",
        "双方向",
        "(?<!統)一日|一便",
        "すでに|ほかの|ごろ|もう一度",
        "お試し|ご確認",
        "本ツール",
        "90%(?:不確実性)?区間",
        " → ",
        "首相",  # a word of the press; papers of an office say 総理大臣
        "パーセント",
        "書体",
        "両機関の公表資料",
        "日韓関係の緊張",
        "K-ETA[^。]*電子渡航認証(?![等（])|電子渡航認証（K",
        "は乏しい(?:値|仮定|前提|数量)",
    ),
    "en": (
        "both ways",
        "simulated year",
        r"\d in 100",
        "[Tt]ake (it|them) away",
        "month in brief",
        "stands? twice",
        "goes with",
        "[Cc]losed borders",
        "South Korea",
        "other queue pays",
    ),
}
# Short words that several packages say in one and the same meaning. A new one that is said in two packages is added
# here where both mean the same, and gets a context where they do not.
ONE_MEANING = frozenset(
    [
        "More",
        "Source",
        "Address",
        "COVID-19",
        "World",
        "Assumption",
        "Briefing",
        "Calculate",
        "Change",
        "Changes",
        "Chart",
        "Chuseok",
        "Data",
        "Date",
        "Desks",
        "E-gates",
        "Event",
        "Events",
        "Evidence",
        "Flow",
        "Group",
        "Japan",
        "Japanese",
        "KTO",
        "Kind",
        "Korea",
        "Koreans",
        "Median",
        "Model",
        "Month",
        "Now",
        "Obon",
        "Outcome",
        "Passengers",
        "Period",
        "Persons",
        "Published",
        "Publisher",
        "Remark",
        "Rows",
        "Scenario",
        "Seats",
        "Seollal",
        "Sources",
        "Status",
        "Table",
        "Takeaway",
        "Threshold",
        "Title",
        "Together",
        "Total",
        "Value",
        "Visitors",
        "Wording",
        "Year",
        "assumption",
        "corrected",
        "definitive",
        "desks",
        "e-gates",
        "estimate",
        "gates",
        "hours",
        "minutes",
        "months",
        "new",
        "no",
        "none",
        "provisional",
        "ratio",
        "remark",
        "revised",
        "share",
        "size",
        "step",
        "weekends",
        "withdrawn",
        "won",
        "yen",
        "yes",
    ]
)


def texts(code: str) -> Iterator[tuple[str, str]]:
    """Return every English text with each of its texts in a language; in English itself twice."""
    if code == "en":
        for key in catalogues.extracted():
            yield from ((text, text) for text in ((key,) if isinstance(key, str) else key))
        return
    for _, message in catalogues.entries(code):
        source = message.id if isinstance(message.id, str) else message.id[0]
        strings = (message.string,) if isinstance(message.string, str) else message.string or ()
        yield from ((source, text) for text in strings)


def test_japanese_is_set_as_japanese() -> None:
    assert [text for _, text in texts("ja") if set_right(text) != text] == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("値 (人)", "値（人）"),
        ("出典: {publishers}。 次", "出典：{publishers}。次"),
        ("PPTX, DOCX; 5人", "PPTX、DOCX；5人"),
        ("表 {name} を", "表{name}を"),
        ("16:15、1,012万人、`a, b: (c)`、[名]({link})", "16:15、1,012万人、`a, b: (c)`、[名]({link})"),
    ],
)
def test_the_typography_is_known(wrong: str, right: str) -> None:
    assert set_right(wrong) == right


@pytest.mark.parametrize("code", BANNED)
def test_no_term_is_used_that_was_given_up(code: str) -> None:
    banned = re.compile("|".join(BANNED[code]))
    assert [text for _, text in texts(code) if banned.search(text)] == []


@pytest.mark.parametrize(("korea", "japan"), [("korea", "japan"), ("KOR", "JPN"), ("KOR_total", "JPN_total")])
@pytest.mark.parametrize("code", ["ko", "ja"])
def test_the_readers_own_country_stands_first(code: str, korea: str, japan: str) -> None:
    own, other = (f"{{{name}}}" for name in ((korea, japan) if code == "ko" else (japan, korea)))
    both = [text for _, text in texts(code) if own in text and other in text]
    assert both
    assert [text for text in both if text.index(own) > text.index(other)] == []


def test_only_titles_stand_as_titles_behind_their_publisher() -> None:
    """Japanese readers take 「」 behind an office or a paper for the title of a document; a description has none."""
    titles = {
        "JNTO「国籍/月別 訪日外客数」",
        "InterVISTAS（国際航空運送協会委託）「Estimating Air Travel Demand Elasticities」",
        "米国運輸省「移動時間の価値評価に関する指針（改訂第2版）」",
    }
    title = re.compile(r"[^「」{}。、（）]+(?:（[^）]*）)?「[^「」]+」(?:（[^）]*）)?")
    assert {text for _, text in texts("ja") if title.fullmatch(text)} == titles


def test_a_travel_authorisation_of_korea_is_not_named_as_that_of_japan() -> None:
    korean = [text for source, text in texts("ja") if "K-ETA" in source and "JESTA" not in source]
    assert korean
    assert [text for text in korean if re.search("電子渡航認証(?!等)", text)] == []


def test_a_particle_after_a_place_is_written_as_a_pair() -> None:
    bare = re.compile(rf"{PLACE}[*’)]*(은|는|을|를|와|과|으로|로|가|이)(?![가-힣(])")
    assert [text for _, text in texts("ko") if bare.search(text)] == []


@pytest.mark.parametrize("value", SPOKEN)
def test_each_pair_after_a_place_fits_what_fills_it(value: str) -> None:
    forms = dict(zip(PAIRS, SPOKEN[value], strict=True))
    for _, text in texts("ko"):
        if not re.search(rf"{PLACE}[*’]*(?:{PAIR.pattern})", text):
            continue
        wanted = re.sub(rf"({PLACE}[*’]*)({PAIR.pattern})", lambda found: found[1] + forms[found[2]], text)
        names = {name: value for _, name, _, _ in string.Formatter().parse(text) if name}
        said = fitted(text.format(**names))
        assert said.startswith(fitted(wanted.format(**names)))
        assert not PAIR.search(said)


def test_numbers_have_counters() -> None:
    bare = {
        "ko": re.compile(r"(?<![\d.,{}A-Za-z-])\d[\d,]*(?:은|는|이|가|을|를|과|와)(?![가-힣])"),
        "ja": re.compile(r"(?<![\d.,}A-Za-z-])\d[\d,]*(?=[はがをとも])"),
    }
    allowed = re.compile(  # zero and one as values, fractions, a name, an example of how to type
        r"(?<!\d)0(?=[은는과을와はをともが])|3분의 2|3分の2|1と(?:し|す)|코로나19|723,400"
    )
    for code, pattern in bare.items():
        found = [text for _, text in texts(code) if pattern.search(allowed.sub("", text))]
        assert found == []


@pytest.mark.parametrize("code", ["ko", "ja", "en"])
def test_months_are_named_and_not_coded(code: str) -> None:
    coded = re.compile(r"\b\d{4}-\d{2}\b")
    asks = re.compile(r"2026-0[89]|2026-10-21|2027-01|YYYY-MM")  # how a month is to be typed
    assert [text for _, text in texts(code) if coded.search(asks.sub("", text))] == []
    fault = CrossingsError("{month}, {last}", month=pd.Period("2026-08", "M"), last="2025-02, 2025-03")
    assert not coded.search(Language(code).error(fault))


def test_numbers_are_said_with_the_unit_that_people_use() -> None:
    korean = Language("ko")
    assert scenario_words.exactly(16.8, "thousand won per hour", korean) == "시간당 16,800원"
    assert scenario_words.exactly(210, "seats per flight", korean) == "편당 210석"
    assert border_words.with_unit(45, "seconds per passenger", korean) == "1인당 45초"
    units = {
        record["unit"] for record in records()["setting"].values() if not record["unit"].startswith("share")
    }
    assert units - set(border_words.WITH_UNIT) == {"minutes from midnight"}


def test_a_short_word_of_several_packages_has_one_meaning_or_a_context() -> None:
    packages = catalogues.packages()
    shared = {
        text for text, found in packages.items() if " " not in text and "{" not in text and len(found) > 1
    }
    assert shared - ONE_MEANING == set()
