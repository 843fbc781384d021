"""A figure as PNG, SVG and PDF: title, takeaway, chart, source, month and status on one white sheet."""

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from crossings.drawing import theme
from crossings.drawing.drawing import specification
from crossings.drawing.measure import FONT, wrapped
from crossings.export.figure import Figure, missing, plain
from crossings.export.outlines import FONTS, outlined
from crossings.export.sizes import SIZES, Sheet

if TYPE_CHECKING:
    from types import ModuleType

PNG_SCALE = 2
DPI = 144


@dataclass(frozen=True)
class Line:
    """One line of text on the sheet; y is its baseline."""

    text: str
    y: float
    size: float
    colour: str
    bold: bool = False


@lru_cache(maxsize=1)
def _converter() -> "ModuleType":
    """Return vl_convert with the shipped fonts registered, once per process. Raises MissingPackage."""
    try:
        import vl_convert
    except ImportError:
        raise missing("vl-convert-python") from None
    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def _block(
    text: str, *, top: float, size: float, sheet: Sheet, colour: str, bold: bool = False
) -> list[Line]:
    """Return a paragraph's lines below `top`."""
    lines = wrapped(text, width=sheet.width - 2 * sheet.margin, size=size, bold=bold)
    return [Line(line, top + size * (1.32 * i + 1), size, colour, bold) for i, line in enumerate(lines)]


def _head(figure: Figure, sheet: Sheet) -> tuple[list[Line], float]:
    """Return the lines above the chart and where they end."""
    lines: list[Line] = []
    bottom = sheet.margin * 0.8
    parts = [
        (plain(figure.title), sheet.title, theme.INK, True),
        (plain(figure.takeaway), sheet.takeaway, theme.INK, False),
    ]
    if figure.scenario:
        parts.append(
            (figure.language("Scenario: {name}", name=figure.scenario), sheet.takeaway, theme.SCENARIO, True)
        )
    for text, size, colour, bold in parts:
        if text:
            lines += _block(text, top=bottom, size=size, sheet=sheet, colour=colour, bold=bold)
            bottom = lines[-1].y + size * 0.55
    return lines, bottom + 8


def _foot(figure: Figure, sheet: Sheet) -> tuple[list[Line], float]:
    """Return the lines below the chart and where they begin."""
    lines: list[Line] = []
    top = 0.0
    for text in figure.footer():
        lines += _block(text, top=top, size=sheet.footer, sheet=sheet, colour=theme.QUIET_INK)
        top = lines[-1].y + sheet.footer * 0.4
    begin = sheet.height - sheet.margin * 0.7 - top
    return [Line(line.text, line.y + begin, line.size, line.colour) for line in lines], begin - 8


def _composed(figure: Figure, *, size: str) -> str:
    """Return the sheet as an SVG with texts set in the shipped font by its name."""
    sheet = SIZES[size]
    head, top = _head(figure, sheet)
    foot, bottom = _foot(figure, sheet)
    width, height = sheet.width - 2 * sheet.margin, max(int(bottom - top), 120)
    body = _chart(figure, left=sheet.margin, top=top, width=width, height=height)
    texts = "".join(_text(line, sheet.margin) for line in [*head, *foot])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        f'width="{sheet.width}" height="{sheet.height}" viewBox="0 0 {sheet.width} {sheet.height}" role="img" '
        f'xml:lang="{figure.language.code}" aria-label={quoteattr(figure.alt_text)}>'
        f"<title>{escape(plain(figure.title))}</title><desc>{escape(_description(figure))}</desc>"
        f'<rect width="{sheet.width}" height="{sheet.height}" fill="{theme.PAPER}"/>{texts}{body}</svg>'
    )


def body_svg(figure: Figure, *, width: int, height: int) -> str:
    """Return the chart alone as an SVG of the given pixels, texts in the shipped font by its name."""
    picture: str = _converter().vegalite_to_svg(specification(figure.chart(width=width, height=height)))
    return renumbered(picture)


def renumbered(picture: str) -> str:
    """Return an SVG whose clips and gradients count from 1: Vega counts on through all pictures of a process."""
    found = dict.fromkeys(re.findall(r'\bid="((?:clip|gradient_)\d+)"', picture))
    counts = {name: f"{name.rstrip('0123456789')}{count}" for count, name in enumerate(found, 1)}
    return re.sub(
        r'(\bid="|url\(#)((?:clip|gradient_)\d+)',
        lambda part: part[1] + counts.get(part[2], part[2]),
        picture,
    )


def _chart(figure: Figure, *, left: float, top: float, width: int, height: int) -> str:
    """Return the chart as an SVG element that stands at (left, top) of a sheet."""
    picture = body_svg(figure, width=width, height=height)
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture)
    if box and float(box.group(1)) < width:
        drawn = f'<svg x="{left}" y="{top:.1f}" width="{box.group(1)}" height="{box.group(2)}"'
    else:
        drawn = f'<svg x="{left}" y="{top:.1f}" width="{width}" height="{height}"'
    return re.sub(r'<svg\b(?:[^>]*?)(viewBox="[^"]*")[^>]*>', rf"{drawn} \1>", picture, count=1)


def _text(line: Line, x: float) -> str:
    weight = "bold" if line.bold else "normal"
    return (
        f'<text x="{x}" y="{line.y:.1f}" font-family="{FONT}" font-size="{line.size}" font-weight="{weight}" '
        f'fill="{line.colour}">{escape(line.text)}</text>'
    )


def _description(figure: Figure) -> str:
    return "\n".join(figure.language.named(name, value) for name, value in figure.about())


def svg(figure: Figure, *, size: str = "slide") -> bytes:
    """Return the figure as an SVG whose letters are outlines; size is one of SIZES. Raises MissingPackage."""
    return outlined(_composed(figure, size=size)).encode()


def png(figure: Figure, *, size: str = "slide") -> bytes:
    """Return the figure as a PNG of twice the sheet's pixels, described in its text chunks. Raises MissingPackage."""
    return _png(figure, _composed(figure, size=size), scale=PNG_SCALE)


def png_and_svg(figure: Figure, *, size: str = "slide") -> tuple[bytes, bytes]:
    """Return the figure as PNG and as SVG, the chart drawn once for both. Raises MissingPackage."""
    composed = _composed(figure, size=size)
    return _png(figure, composed, scale=PNG_SCALE), outlined(composed).encode()


def _png(figure: Figure, svg_text: str, *, scale: float) -> bytes:
    picture: bytes = _converter().svg_to_png(svg_text, scale=scale)
    keys = {"Title": plain(figure.title), "Description": _description(figure), "Software": "Crossings"}
    return with_texts(picture, keys)


def chart_png(figure: Figure, *, width: int, height: int, scale: float = PNG_SCALE) -> bytes:
    """Return the chart alone as a PNG of scale x (width, height) pixels, without title, takeaway and footer.

    For documents that set those as text. Raises MissingPackage.
    """
    body = _chart(figure, left=0, top=0, width=width, height=height)
    sheet = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="{theme.PAPER}"/>{body}</svg>'
    )
    return _png(figure, sheet, scale=scale)


def pdf(figure: Figure, *, size: str = "slide") -> bytes:
    """Return the figure as a one-page PDF with its fonts embedded and its description in its properties."""
    page: bytes = _converter().svg_to_pdf(_composed(figure, size=size))
    about = dict(figure.about())
    info = {
        "Title": plain(figure.title),
        "Subject": plain(figure.takeaway),
        "Creator": figure.versions_line(),
    }
    return with_info(
        page, info | {"Keywords": "; ".join(figure.language.named(*item) for item in about.items())}
    )


def with_texts(picture: bytes, texts: dict[str, str]) -> bytes:
    """Return a PNG with texts in its own description (iTXt), each under its name."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    for name, text in texts.items():
        info.add_itxt(name, text)
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.save(out, format="PNG", pnginfo=info, dpi=(DPI, DPI))
    return out.getvalue()


def with_info(page: bytes, info: dict[str, str]) -> bytes:
    """Return a PDF with document properties. Raises MissingPackage without pypdf."""
    try:
        from pypdf import PdfWriter
    except ImportError:
        raise missing("pypdf") from None
    writer = PdfWriter(clone_from=io.BytesIO(page))
    writer.add_metadata({f"/{name}": text for name, text in info.items()})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
