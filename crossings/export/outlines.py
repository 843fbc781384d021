"""Letters as outlines of the shipped font, so that an SVG draws on a machine without it."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from crossings.errors import N_, CrossingsError
from crossings.export.figure import missing

FONTS = Path(__file__).resolve().parents[2] / "static"
SVG = "http://www.w3.org/2000/svg"
KEPT = (
    "transform",
    "opacity",
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-linejoin",
    "stroke-opacity",
)
UNKNOWN = 0xFFFD
HEAVY = {"bold", "600", "700", "800", "900"}


class FontDamaged(CrossingsError):
    """A shipped font cannot be read."""


@lru_cache(maxsize=2)
def font(bold: bool) -> Any:
    """Return the shipped font in one weight. Raises MissingPackage without fontTools, FontDamaged without the font."""
    try:
        from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    except ImportError:
        raise missing("fonttools") from None
    name = f"PretendardGOV-{'Bold' if bold else 'Regular'}.otf"
    try:
        return TTFont(FONTS / name, lazy=True)
    except Exception as fault:  # fontTools lets many kinds of fault through
        raise FontDamaged(
            N_(
                "The font static/{name} is missing or damaged. Restore it from the project and restart the app."
            ),
            name=name,
        ) from fault


@lru_cache(maxsize=4096)
def _letter(code: int, bold: bool) -> tuple[str, float]:
    """Return one letter's outline in font units, y upwards, and its advance; an unknown one is a mark for such."""
    from fontTools.pens.svgPathPen import SVGPathPen  # type: ignore[import-untyped]

    face = font(bold)
    glyphs = face.getGlyphSet()
    known = face.getBestCmap()
    name = known.get(code) or known.get(UNKNOWN, ".notdef")
    pen = SVGPathPen(glyphs)
    glyphs[name].draw(pen)
    return pen.getCommands(), float(glyphs[name].width)


def missing_letters(text: str) -> set[str]:
    """Return the characters of a text that the shipped font cannot draw."""
    known = [font(bold).getBestCmap() for bold in (False, True)]
    return {
        letter for letter in text if not letter.isspace() and not all(ord(letter) in cmap for cmap in known)
    }


def outlined(svg: str) -> str:
    """Return an SVG whose texts are outlines; each keeps its words as a label for readers and search.

    Raises MissingPackage without fontTools.
    """
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == f"{{{SVG}}}text":
                parent[place] = _drawn(child)
    return ElementTree.tostring(root, encoding="unicode")


def _drawn(text: ElementTree.Element) -> ElementTree.Element:
    style = {name: text.get(name, "") for name in KEPT if text.get(name)}
    said = "".join(text.itertext())
    group = ElementTree.Element(f"{{{SVG}}}g", {**style, "aria-label": said})
    x, y = _number(text.get("x")), _number(text.get("y"))
    for line, left, down in _lines(text, x, y):
        group.extend(_line(line, left, down, text))
    return group


def _lines(text: ElementTree.Element, x: float, y: float) -> list[tuple[str, float, float]]:
    """Return a text's lines with where each begins; a tspan is a line."""
    lines = [(text.text, x, y)] if text.text else []
    for part in text:
        x = _number(part.get("x"), x)
        y = _number(part.get("y"), y) + _number(part.get("dy"))
        lines.append(("".join(part.itertext()), x, y))
    return lines


def _line(line: str, x: float, y: float, text: ElementTree.Element) -> list[ElementTree.Element]:
    bold = text.get("font-weight", "normal") in HEAVY
    size = _number(text.get("font-size"), 16)
    letters = [_letter(ord(letter), bold) for letter in line]
    scale = size / float(font(bold)["head"].unitsPerEm)
    width = sum(advance for _, advance in letters) * scale
    left = x - width * {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor", "start"), 0.0)
    shapes, along = [], 0.0
    for outline, advance in letters:
        if outline:
            place = f"translate({left + along * scale:.2f},{y:.2f}) scale({scale:.5f},{-scale:.5f})"
            shapes.append(ElementTree.Element(f"{{{SVG}}}path", _path(outline, place, scale, text)))
        along += advance
    return shapes


def _path(outline: str, place: str, scale: float, text: ElementTree.Element) -> dict[str, str]:
    """Return a letter's path; its edge, if it has one, is widened to undo the letter's own scale."""
    attributes: dict[str, Any] = {"d": outline, "transform": place}
    if text.get("stroke"):
        attributes["stroke-width"] = f"{_number(text.get('stroke-width'), 1) / scale:.1f}"
    return attributes


def _number(said: str | None, otherwise: float = 0.0) -> float:
    found = re.match(r"-?[\d.]+", said or "")
    return float(found.group()) if found else otherwise
