"""Sentences of the pages in the style of papers: noun endings in Korean, plain forms in Japanese."""

import re
from collections.abc import Callable

from crossings.language.language import Language

HANGUL, FINALS, FINAL_B = 0xAC00, 28, 17
IRREGULAR = {"듭": "듦", "깁": "긺", "습": "음"}
STOP = r"(?=[.。)）(（、,]|$)"
KOREAN_END, KOREAN_NOUN = re.compile(f"([가-힣])니다{STOP}"), re.compile(f"(?<![보높붙줄쓰먹])입니다{STOP}")
ONE_STEM = "用い|延び|伸び|起き|過ぎ|すぎ|落ち|生じ|でき|[てで]い|[えけせてねべめれげ]|出|見"
TO_A, TO_U = str.maketrans("りみ", "らま"), str.maketrans("みりいきちぎび", "むるうくつぐぶ")
JAPANESE_ENDS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern + STOP), said)
    for pattern, said in (
        (r"([りみ])ませんでした", lambda found: found[1].translate(TO_A) + "なかった"),
        (r"ませんでした", "なかった"),
        (r"ありません", "ない"),
        (r"([りみ])ません", lambda found: found[1].translate(TO_A) + "ない"),
        (r"ません", "ない"),
        (r"(?:でした|です)", ""),
        (r"(?<=[一-龠ァ-ヶー]{2})します", ""),
        (r"(?<=[一-龠])します", "す"),
        (r"します", "する"),
        (r"きました", "いた"),
        (r"りました", "った"),
        (r"ました", "た"),
        (rf"({ONE_STEM})ます", r"\1る"),
        (r"([みりいきちぎび])ます", lambda found: found[1].translate(TO_U)),
    )
)
NO_STOP_AFTER = re.compile(r"(?<![ぁ-ん])。$")


def memo_style(text: str, language: Language) -> str:
    """Return a page's sentences as a paper says them; English ones stay as they are."""
    if language.code == "ko":
        return KOREAN_END.sub(_nominal, KOREAN_NOUN.sub("", text.replace("했습니다", "합니다")))
    if language.code == "ja":
        for pattern, said in JAPANESE_ENDS:
            text = pattern.sub(said, text)
    return text


def point(text: str, language: Language) -> str:
    """Return a page's sentence as a point of a paper, without a stop behind a noun."""
    said = memo_style(text, language)
    if language.code == "ko":
        return said.removesuffix(".")
    return NO_STOP_AFTER.sub("", said) if language.code == "ja" else said


def _nominal(found: re.Match[str]) -> str:
    """Return a Korean verb's polite ending as its noun: its last consonant B becomes M."""
    last = found.group(1)
    if (ord(last) - HANGUL) % FINALS != FINAL_B:
        return found.group()
    return IRREGULAR.get(last) or chr(ord(last) - 1)
