"""A chart's XML with everything said: programs differ in what they take for granted where an element is left out."""

from typing import Any

from crossings.drawing import theme
from crossings.export.figure import missing
from crossings.language import Language

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
LABEL_PARTS = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
IN_LINES = "0"  # else some programs turn long names on their side
ON_ONE_LINE = (
    "1"  # of 60,000 parts of a degree: at none, LibreOffice breaks a month into the width of one tick
)
# What is written where it is absent: (within, element, value, after the last of these).
DEFAULTS: tuple[tuple[tuple[str, ...], str, str, tuple[str, ...]], ...] = (
    (("lineChart", "barChart", "areaChart"), "varyColors", "0", ("barDir", "grouping")),
    (("scatterChart",), "varyColors", "0", ("scatterStyle",)),
    (("catAx", "valAx"), "delete", "0", ("scaling",)),
    (("catAx", "valAx"), "minorTickMark", "none", ("majorTickMark",)),
    (("legend", "title"), "overlay", "0", ("legendPos", "legendEntry", "tx", "layout")),
    (("chart",), "plotVisOnly", "0", ("plotArea", "legend")),  # absent where hidden cells are drawn
    (("chart",), "dispBlanksAs", "gap", ("plotVisOnly",)),
    (("chartSpace",), "roundedCorners", "0", ("date1904", "lang")),
)


def explicit(xml: bytes, language: Language) -> bytes:
    """Return a chart's XML with every default written out, its texts marked as the language's. Raises MissingPackage."""
    etree = _etree()
    root = etree.fromstring(xml)
    for parents, name, value, before in DEFAULTS:
        for parent in (found for tag in parents for found in root.iter(f"{C}{tag}")):
            _add(parent, name, value, before)
    for series in root.iter(f"{C}ser"):
        kind = str(series.getparent().tag).removeprefix(C)
        if kind == "barChart":
            _add(series, "invertIfNegative", "0", ("idx", "order", "tx", "spPr"))
        if kind in ("lineChart", "scatterChart"):
            _add(series, "smooth", "0", tuple(str(child.tag).removeprefix(C) for child in series))
    for labels in (*root.iter(f"{C}dLbls"), *root.iter(f"{C}dLbl")):
        _labels(labels)
    for skipped in root.iter(f"{C}tickLblSkip"):
        for body in skipped.getparent().findall(f"{C}txPr/{A}bodyPr"):
            body.set("rot", IN_LINES if skipped.get("val") == "1" else ON_ONE_LINE)
    _letters(root, language)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def on_a_slide(xml: bytes, language: Language, size: float) -> bytes:
    """Return a chart's XML as a slide needs it: no print settings, and its own size of letters (points)."""
    etree = _etree()
    root = etree.fromstring(explicit(xml, language))
    for settings in root.findall(f"{C}printSettings"):
        root.remove(settings)
    font = language.conventions.office_font
    letters = (
        f'<c:txPr xmlns:c="{C[1:-1]}" xmlns:a="{A[1:-1]}"><a:bodyPr/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr sz="{size * 100:.0f}"><a:solidFill><a:srgbClr val="{theme.QUIET_INK[1:]}"/></a:solidFill>'
        f'<a:latin typeface="{font}"/><a:ea typeface="{font}"/></a:defRPr></a:pPr>'
        f'<a:endParaRPr lang="{language.conventions.tag}"/></a:p></c:txPr>'
    )
    root.append(etree.fromstring(letters))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _etree() -> Any:
    try:
        from lxml import etree
    except ImportError:
        raise missing("lxml") from None
    return etree


def _add(parent: Any, name: str, value: str, before: tuple[str, ...]) -> None:
    """Add an element behind the last of some others, unless it is there."""
    if parent.find(f"{C}{name}") is not None:
        return
    earlier = [place for place, child in enumerate(parent) if str(child.tag).removeprefix(C) in before]
    made = parent.makeelement(f"{C}{name}", {"val": value})
    parent.insert(earlier[-1] + 1 if earlier else 0, made)


def _labels(labels: Any) -> None:
    if labels.find(f"{C}delete") is not None:
        return
    for name in LABEL_PARTS:
        found = labels.find(f"{C}{name}")
        if found is not None:
            labels.remove(found)
        labels.append(labels.makeelement(f"{C}{name}", {"val": str(int(name == "showVal"))}))


def _letters(root: Any, language: Language) -> None:
    """Mark texts as the language's, and name its font for East Asian letters too."""
    for tag in ("rPr", "endParaRPr"):
        for properties in root.iter(f"{A}{tag}"):
            properties.set("lang", language.conventions.tag)
    for latin in list(root.iter(f"{A}latin")):
        if latin.getnext() is None:
            latin.addnext(latin.makeelement(f"{A}ea", {"typeface": latin.get("typeface")}))
