"""Room that words take: widths of Pretendard GOV, and lines broken where the three languages break them."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

FONT = "Pretendard GOV"
FULL_WIDTH = 864
ASCII = {
    False: (
        "288 257 288 600 607 862 609 288 288 288 471 627 288 576 288 288 576 576 576 576 576 576 576 576 576 576 "
        "288 288 627 576 627 479 880 646 619 693 686 567 557 709 706 419 516 621 533 853 718 727 604 727 608 607 "
        "611 707 646 915 612 634 595 288 334 288 442 576 469 535 591 529 591 553 337 579 562 218 218 517 272 834 "
        "557 567 579 579 350 496 340 553 529 777 513 529 513 288 306 288 576"
    ),
    True: (
        "288 307 288 624 630 960 648 288 288 288 539 653 288 576 288 288 576 576 576 576 576 576 576 576 576 576 "
        "288 288 653 576 653 538 874 718 637 724 701 589 562 732 720 459 547 663 546 883 709 753 623 754 632 630 "
        "643 704 718 999 686 695 641 288 371 288 467 576 478 558 611 563 611 574 367 608 600 257 257 558 313 879 "
        "598 590 608 608 390 539 370 597 562 819 551 562 549 288 355 288 576"
    ),
}
OTHERS = {
    "–": 475,
    "—": 962,
    "−": 640,
    "…": 805,
    "·": 268,
    "×": 640,
    "≥": 640,
    "≤": 640,
    "±": 640,
    "→": 918,
    "▲": 989,
    "▼": 989,
    "“": 462,
    "”": 462,
    "‘": 243,
    "’": 243,
    "「": 366,
    "」": 366,
    "〜": 938,
    "¥": 534,
    "₩": 912,
    "°": 434,
}
WIDTHS = {
    bold: dict(zip(map(chr, range(32, 127)), map(int, row.split()), strict=True)) | OTHERS
    for bold, row in ASCII.items()
}
NEVER_FIRST = set("、。，．・：；！？）」』】〉》〜ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々%)],.;:!?·…명人")
NEVER_LAST = set("（「『【〈《([")
WORD = re.compile(r"[぀-ヿ㐀-鿿＀-￯、。「」〜]|[^\s぀-ヿ㐀-鿿＀-￯、。「」〜]+|\s+")


PHRASE = re.compile(
    r"(?<= )|(?<=[のがはをにで])(?=[^ぁ-ん])|(?<=の)(?=とき)|(?<=[%：])(?=[ァ-ヶ一-龠])|(?=[（(])"
)


def text_width(text: str, *, size: float, bold: bool = False) -> float:
    """Return the width of one line in pixels at a font size in pixels; kerning is left out."""
    widths = WIDTHS[bold]
    return sum(widths.get(letter) or _wide(letter) for letter in text) * size / 1000


def _wide(letter: str) -> int:
    return FULL_WIDTH if unicodedata.east_asian_width(letter) in "WFA" else 600


def wrapped(text: str, *, width: float, size: float, bold: bool = False) -> list[str]:
    """Return a text in lines no wider than `width` pixels.

    Breaks at spaces, and between Japanese characters where their rules allow it; a single word that
    is too wide is cut.
    """
    return list(_wrapped(text, width, size, bold))


def in_phrases(text: str, *, width: float, size: float) -> list[str]:
    """Return a name in lines no wider than `width` pixels, broken between phrases where those have room."""
    lines = [""]
    for phrase in PHRASE.split(text):
        if lines[-1] and text_width((lines[-1] + phrase).rstrip(), size=size) > width:
            lines.append("")
        lines[-1] += phrase
    return [part for line in lines for part in wrapped(line, width=width, size=size)]


@lru_cache(maxsize=4096)
def _wrapped(text: str, width: float, size: float, bold: bool) -> tuple[str, ...]:
    lines, line = [], ""
    for piece in _pieces(text):
        if not line or text_width((line + piece).rstrip(), size=size, bold=bold) <= width:
            line += piece if line else piece.lstrip()
            continue
        lines.append(line.rstrip())
        line = piece.lstrip()
    lines.append(line.rstrip())
    return tuple(part for whole in lines for part in _cut(whole, width=width, size=size, bold=bold))


def _pieces(text: str) -> list[str]:
    """Return the parts of a text that stay whole, trailing spaces with the part before them."""
    found = WORD.findall(text)
    pieces = found[:1]
    for before, piece in pairwise(found):
        stays = (
            piece[0] in NEVER_FIRST
            or before[-1] in NEVER_LAST
            or piece.isspace()
            or _number_unit(before, piece)
        )
        if stays:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _number_unit(before: str, piece: str) -> bool:
    """Tell whether two neighbours are a number and its Japanese unit, or the other way round."""
    return (before[-1].isdigit() and piece[0] in "年月日万人億回か%") or before + piece == "万人"


def _cut(line: str, *, width: float, size: float, bold: bool) -> list[str]:
    if text_width(line, size=size, bold=bold) <= width:
        return [line]
    parts = [""]
    for letter in line:
        if parts[-1] and text_width(parts[-1] + letter, size=size, bold=bold) > width:
            parts.append("")
        parts[-1] += letter
    return parts
