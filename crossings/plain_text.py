"""What of a text a screen and a file can show."""

import re

from crossings.errors import N_, CrossingsError

NOT_SHOWN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
    r"\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)


def shown(text: str) -> str:
    """Return a text without what no screen shows: control characters, half characters, marks that turn the direction."""
    return NOT_SHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clock(minute: float) -> str:
    """Return a minute of the day as 06:30; minutes after midnight go on as 24:10."""
    return f"{int(minute) // 60:02}:{int(minute) % 60:02}"


def half_letters(text: str) -> bool:
    """Say whether a text holds half characters, which no file and no screen can hold."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)


class TextRefused(CrossingsError):
    """Words of a person or a file that cannot be kept whole."""


def entered(text: str, *, most: int, name: str) -> str:
    """Return words as they enter, without what no screen shows. Raises TextRefused where letters would be lost.

    most: characters. name: of what they are for, as the reader's control or file calls it.
    """
    if half_letters(text):
        raise TextRefused(
            N_("{name}: the text contains damaged characters. Type or save it again."), name=name
        )
    words = shown(text)
    if len(words) > most:
        raise TextRefused(
            N_("{name}: {count} characters; at most {most} can be used. Shorten the text."),
            name=name,
            count=len(words),
            most=most,
        )
    return words
