"""Korean particles that depend on the sound before them: the catalogue writes both, the sentence gets one."""

import re

PAIRS = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
}
WRITTEN = re.compile(r"(은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로)")
DIGITS = "영일이삼사오육칠팔구"
SIGNS = {"%": "트", "℃": "도"}
MARKUP = "*_`'\"’”」』"
HANGUL, LAST_HANGUL, FINALS, RIEUL = 0xAC00, 0xD7A3, 28, 8


def fitted(text: str) -> str:
    """Return a text with each written pair, as in 을(를), replaced by the particle that fits the word before it.

    Digits are read as numbers, per cent as 퍼센트, Latin letters by name; what stands in brackets before the
    particle is passed over. A pair after a letter that is none of these is left as it is written.
    """
    parts = WRITTEN.split(text)
    done = parts[0]
    for pair, rest in zip(parts[1::2], parts[2::2], strict=True):
        done += _particle(pair, done) + rest
    return done


def _particle(pair: str, before: str) -> str:
    final = _final(_last_letter(before))
    if final is None:
        return pair
    closed, open_ = PAIRS[pair]
    if pair == "(으)로" and final == RIEUL:
        return open_
    return closed if final else open_


def _last_letter(before: str) -> str:
    """Return the last letter that is read aloud: markup, quotation marks and a bracket at the end are passed over."""
    bare = before.rstrip(MARKUP)
    while bare.endswith((")", "）")):
        opened = max(bare.rfind("("), bare.rfind("（"))
        if opened < 1:
            break
        bare = bare[:opened].rstrip(MARKUP + " ")
    return bare[-1:]


def _final(letter: str) -> int | None:
    """Return the number of a letter's final consonant in Unicode's order, 0 for none; None where it is unknown."""
    spoken = DIGITS[int(letter)] if letter in "0123456789" and letter else SIGNS.get(letter, letter)
    if len(spoken) == 1 and HANGUL <= ord(spoken) <= LAST_HANGUL:
        return (ord(spoken) - HANGUL) % FINALS
    if spoken.isascii() and spoken.isalpha():
        return RIEUL if spoken.lower() in "lr" else int(spoken.lower() in "mn")
    return None
