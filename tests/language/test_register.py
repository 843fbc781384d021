"""The noun style of papers: sentences of the pages as Korean and Japanese papers say them."""

import re

import pytest

from crossings.language import Language
from crossings.language.register import noun_style
from tests.language import catalogues

STYLED = {
    "ja": {
        "8月は126万人です（推計値）。": "8月は126万人（推計値）。",
        "年間では**1,540万人**でした。": "年間では**1,540万人**。",
        "構造時系列モデルで推定しています。": "構造時系列モデルで推定。",
        "記録を更新しました。": "記録を更新。",
        "1,000万人に届きませんでした。": "1,000万人に届かず。",
        "乗員を含みます。": "乗員を含む。",
        "前年同月を上回りました。": "前年同月を上回った。",
        "値を示しません。": "値を示さない。",
        "変化はありません（0.1分未満）。": "変化はない（0.1分未満）。",
        "加算しません。": "加算しない。",
        "比較できます。": "比較できる。",
        "統計を用います。": "統計を用いる。",
        "8月分ですが、未公表のものがあります。": "8月分だが、未公表のものがある。",
        "一部を表示しています…": "一部を表示しています…",
    },
    "ko": {
        "8월은 126만 명입니다(추정치).": "8월은 126만 명(추정치).",
        "연간 **1,540만 명**이었습니다.": "연간 **1,540만 명**.",
        "모형으로 추정했습니다.": "모형으로 추정했음.",
        "추가가 필요합니다.": "추가가 필요함.",
        "변화가 없습니다.": "변화가 없음.",
        "함께 표시됩니다.": "함께 표시됨.",
        "제안이 아닙니다.": "제안이 아님.",
    },
    "en": {"The total is 12.6 million.": "The total is 12.6 million."},
}
POLITE = {
    "ja": re.compile(r"(?:です|ます|ました|ません|でした)(?:。|（|）|が、|$)"),
    "ko": re.compile(r"니다(?:[.\s(]|$)"),
}


@pytest.mark.parametrize("code", STYLED)
def test_sentences_are_said_as_papers_say_them(code: str) -> None:
    assert {said: noun_style(said, Language(code)) for said in STYLED[code]} == STYLED[code]


@pytest.mark.parametrize("code", POLITE)
def test_no_sentence_of_the_catalogue_stays_polite_and_none_is_styled_twice(code: str) -> None:
    for _, message in catalogues.entries(code):
        for text in (message.string,) if isinstance(message.string, str) else message.string or ():
            styled = noun_style(text, Language(code))
            assert noun_style(styled, Language(code)) == styled
            assert not POLITE[code].search(styled), styled
