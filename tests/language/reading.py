"""Read counts back out of sentences, as a reader would."""

import re

COUNTS = {
    "en": re.compile(r"(?P<big>[\d,]+(?:\.\d+)?) million|(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?![\d.,]*%)"),
    "ko": re.compile(r"(?P<big>[\d,]+(?:\.\d+)?)만 명|(?P<whole>[\d,]+)명"),
    "ja": re.compile(r"(?P<big>[\d,]+(?:\.\d+)?)万人|(?P<whole>[\d,]+)人"),
}
UNIT = {"en": 1e6, "ko": 1e4, "ja": 1e4}


def count(text: str, code: str) -> float:
    """Return the first count of persons in a text, as it is written."""
    found = COUNTS[code].search(text)
    assert found, text
    if found["big"]:
        return round(float(found["big"].replace(",", "")) * UNIT[code])
    return float(found["whole"].replace(",", ""))


def every_count(text: str, code: str) -> list[float]:
    """Return every count of persons in a text."""
    return [count(found.group(), code) for found in COUNTS[code].finditer(text)]


def bold(text: str) -> list[str]:
    """Return the parts of a sentence in bold."""
    return re.findall(r"\*\*(.+?)\*\*", text)


def bold_counts(text: str, code: str) -> list[float]:
    """Return the counts of persons in bold."""
    return [count(part, code) for part in bold(text) if COUNTS[code].fullmatch(part)]
