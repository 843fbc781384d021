"""The noun style in which Korean and Japanese papers are written, made from the polite sentences of the pages."""

import re
from collections.abc import Callable, Mapping

from crossings.language.language import Language

STOP = r"(?=\**(?:（[^（）]*）)?\**(?:[。）]|$))"  # the end of a Japanese sentence, with a remark in brackets before it
COPULA = re.compile(r"(?:です|でした)" + STOP)
NAMED_ACTION = re.compile(r"(?<=[一-龯ァ-ヶー]{2})し(?:ました|ています|ます)" + STOP)
VERB = re.compile(rf"(\w{{0,2}}?\w)(ませんでした|ません|ました|ます)(?:{STOP}|(?=が、))")
ONE_FORM = re.compile(r"(?:[えけげじせてねべめれ出見]|でき|起き|用い|[てでがはにも]い|延び|足り|過ぎ|すぎ)$")
OF_SU = re.compile(r"(?<![一-龯])[一-龯]し$")  # 示す, 返す; other verbs in し are する
STEMS, PRESENT, NEGATIVE = "いきぎしちにびみり", "うくぐすつぬぶむる", "わかがさたなばまら"
PAST = ("った", "いた", "いだ", "した", "った", "んだ", "んだ", "んだ", "った")
KOREAN_END = re.compile(r"([가-힣])니다(?=[.\s(*]|$)")
FINAL_B, FINAL_M, FINALS = 17, 16, 28  # places among the final consonants of a Hangul syllable


def noun_style(text: str, language: Language) -> str:
    """Return a page's sentences as a paper says them: 추정했음, 推定; in English as they are."""
    styled = STYLES.get(language.code)
    return styled(text) if styled else text


def _korean(text: str) -> str:
    """Return 추정했습니다 as 추정했음, 필요합니다 as 필요함, 84%입니다 as 84%."""
    return KOREAN_END.sub(_nominal, re.sub(r"(?:이었습|입)니다(?=[.\s(*]|$)", "", text))


def _nominal(found: re.Match[str]) -> str:
    if found[1] == "습":
        return "음"
    code = ord(found[1])
    return chr(code - FINAL_B + FINAL_M) if (code - ord("가")) % FINALS == FINAL_B else found[0]


def _japanese(text: str) -> str:
    """Return 推定しました as 推定, 1,540万人です as 1,540万人, 届きませんでした as 届かず, 含みます as 含む."""
    text = COPULA.sub("", VERB.sub(lambda found: _plain(found[1], found[2]), NAMED_ACTION.sub("", text)))
    return text.replace("でしたが、", "だったが、").replace("ですが、", "だが、")


def _plain(stem: str, ending: str) -> str:
    """Return a verb in its plain form: 含み and ます as 含む, 上回り and ました as 上回った."""
    last = STEMS.find(stem[-1])
    if stem.endswith("し") and not OF_SU.search(stem):
        forms = ("する", "した", "しない", "せず")
        base = stem[:-1]
    elif ONE_FORM.search(stem) or last < 0:
        base, forms = stem, ("る", "た", "ない", "ず")
    else:
        negative = "" if stem.endswith("あり") else NEGATIVE[last]
        base = stem[:-2] if stem.endswith("あり") and ending.startswith("ません") else stem[:-1]
        forms = (PRESENT[last], PAST[last], negative + "ない", negative + "ず")
    return base + forms[("ます", "ました", "ません", "ませんでした").index(ending)]


STYLES: Mapping[str, Callable[[str], str]] = {"ja": _japanese, "ko": _korean}
