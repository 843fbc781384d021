"""How Japanese texts are set: the same text with the brackets, colons, commas and blanks that Japanese uses."""

import re

KEPT = re.compile(
    r"`[^`]*`"  # code
    r"|\{[^{}]*\}"  # places to be filled
    r"|\]\([^)]*\)"  # addresses of links
    r"|:[a-z]+\[|:material/\w+:"  # marks of colour and icons
    r"|https?://\S+"
    r"|python -m [\w -]*\w|pip install"
    r"|[\uac00-\ud7a3]+\([\uac00-\ud7a3]+\)|「[^」]*[\uac00-\ud7a3][^」]*」"  # quoted from Korean files
    r"|\d+:\d+|HH:MM|[a-z_]+(?:,[a-z_]+)+"  # times, proportions, lists for the command line
)
CJK = "\u3005-\u30ff\u4e00-\u9fff（）「」、。：；〜・"
RULES = (
    (re.compile(r" ?\("), "（"),
    (re.compile(r"\)"), "）"),
    (re.compile(r": ?"), "："),
    (re.compile(r"; ?"), "；"),
    (re.compile(r"(?<!\d), ?|, (?=\d)|(?<=\d),(?!\d)"), "、"),
    (re.compile(r"(?<=[。：；、（）]) +| +(?=[。：；、（）])"), ""),
    (re.compile("～"), "〜"),
    (re.compile(rf"(?<=[{CJK}]) (?=[\0A-Za-z0-9])|(?<=[\0A-Za-z0-9]) (?=[{CJK}])"), ""),
)


def set_right(text: str) -> str:
    """Return a Japanese text as it is set; code, addresses and places to be filled stay as they are."""
    kept = KEPT.findall(text)
    bare = KEPT.sub("\0", text)
    for pattern, written in RULES:
        bare = pattern.sub(written, bare)
    pieces = bare.split("\0")
    return "".join(piece + there for piece, there in zip(pieces, [*kept, ""], strict=True))
