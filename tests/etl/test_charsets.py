"""A text file in an old character set is read in the right one, or not at all: never as other letters."""

import pytest

from etl.charsets import likely_text

HEADER = "month,origin,destination,visitors,note\n2026-09,KOR,JPN,302700,"
KANJI = ("共同通信", "時事通信", "読売新聞", "推計値", "暫定", "発表", "法務省", "韓国観光公社", "大使館")
HANGUL = ("연합뉴스", "잠정치", "추정", "속보", "법무부", "한국관광공사 보도자료", "머니투데이")


@pytest.mark.parametrize(
    ("note", "charset"),
    [
        *((note, charset) for note in KANJI for charset in ("cp932", "euc_jp")),
        *((note, "cp949") for note in HANGUL),
        ("ｷｮｳﾄﾞｳ", "euc_jp"),
        ("ｱｻﾋｼﾝﾌﾞﾝ", "cp932"),
        ("共同通信", "iso2022_jp"),
        ("연합뉴스", "iso2022_kr"),
        ("연합뉴스", "utf-32"),
        ("81200²", "utf-8"),
        ("Agence française", "utf-8"),
    ],
)
def test_a_note_of_kanji_hangul_or_half_width_kana_alone(note: str, charset: str) -> None:
    assert likely_text((HEADER + note).encode(charset)) == HEADER + note


@pytest.mark.parametrize(
    ("note", "charset"),
    [
        ("新华社报道", "gb18030"),
        ("中央通訊社", "big5"),
        ("연합뉴스", "johab"),
        ("Agence française", "latin-1"),
        ("ﾖﾐｳﾘ", "cp932"),
        ("佐藤", "euc_jp"),
    ],
)
def test_what_is_not_certain_is_not_guessed(note: str, charset: str) -> None:
    assert likely_text((HEADER + note).encode(charset)) is None
