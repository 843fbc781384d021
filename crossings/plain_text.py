"""What of a text a screen and a file can show."""

import re

NOT_SHOWN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
    r"\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)


def shown(text: str) -> str:
    """Return a text without what no screen shows: control characters, half characters, marks that turn the direction."""
    return NOT_SHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def half_letters(text: str) -> bool:
    """Say whether a text holds half characters, which no file and no screen can hold."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)
