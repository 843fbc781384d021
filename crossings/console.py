"""What the command line prints, on a screen or into a file of whatever code page."""

import codecs
import contextlib
import sys

HANDLER = "crossings.plain"
PLAIN = {
    "−": "-",
    "–": "-",
    "—": "-",
    "“": '"',
    "”": '"',
    "’": "'",
    "…": "...",
    "·": "-",
    "～": "~",
    "〜": "~",
}


def survive_any_code_page() -> None:
    """Print what a stream's code page does not hold as plain signs, or escaped, instead of failing."""
    codecs.register_error(HANDLER, _plain)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(errors=HANDLER)  # type: ignore[union-attr]


def _plain(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    letters = fault.object[fault.start : fault.end]
    return "".join(PLAIN.get(letter) or _escaped(letter) for letter in letters), fault.end


def _escaped(letter: str) -> str:
    return letter.encode("ascii", "backslashreplace").decode("ascii")
