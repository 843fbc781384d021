"""What a drawn chart says and where: its texts with their boxes, read from the SVG."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import altair as alt

from crossings.drawing.drawing import specification
from crossings.drawing.measure import text_width

FONTS = Path(__file__).resolve().parents[2] / "static"
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Text:
    """One text on a picture and the box it takes, in pixels."""

    said: str
    left: float
    right: float
    top: float
    bottom: float

    def overlaps(self, other: "Text", *, slack: float = 1.5) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack


@lru_cache(maxsize=1)
def converter() -> ModuleType:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def drawn(chart: alt.Chart | alt.LayerChart) -> ElementTree.Element:
    """Return a chart as the root of its SVG."""
    spec = specification(chart) if isinstance(chart, alt.LayerChart) else chart.to_dict(validate=False)
    return ElementTree.fromstring(converter().vegalite_to_svg(spec))


def size(root: ElementTree.Element) -> tuple[float, float]:
    """Return a picture's width and height."""
    width, height = root.get("viewBox", "").split()[2:]
    return float(width), float(height)


def texts(root: ElementTree.Element) -> list[Text]:
    """Return every text that is seen; the white edge behind a text is the same text and left out."""
    found: list[Text] = []
    _walk(root, 0.0, 0.0, found)
    return found


def _walk(node: ElementTree.Element, x: float, y: float, found: list[Text]) -> None:
    move = re.match(r"translate\(([-\d.]+),\s*([-\d.]+)\)", node.get("transform", ""))
    x, y = (x + float(move[1]), y + float(move[2])) if move else (x, y)
    if node.tag == f"{SVG}text" and node.get("opacity") != "0":
        if not node.get("stroke"):
            found += _boxes(node, x, y)
        return
    for child in node:
        _walk(child, x, y, found)


def _boxes(node: ElementTree.Element, x: float, y: float) -> list[Text]:
    height = float(re.sub(r"[^\d.]", "", node.get("font-size", "12")))
    bold = node.get("font-weight") in ("bold", "700")
    lines = [(node.text or "", 0.0)] + [
        ("".join(part.itertext()), float(part.get("dy", "0"))) for part in node
    ]
    boxes, down = [], y
    for said, step in lines:
        down += step
        width = text_width(said, size=height, bold=bold)
        left = x - width * {"middle": 0.5, "end": 1.0}.get(node.get("text-anchor", "start"), 0.0)
        if said.strip():
            boxes.append(Text(said, left, left + width, down - height * 0.78, down + height * 0.16))
    return boxes
