"""PNG, SVG and PDF carry the picture and every word, in letters that draw anywhere."""

import io
import sys
from xml.etree import ElementTree

import pypdf
import pytest
from PIL import Image

from crossings import export
from crossings.export import pictures
from crossings.export.figure import Figure, plain
from crossings.export.outlines import SVG, missing_letters, outlined
from crossings.export.sizes import SIZES
from crossings.language import LANGUAGES
from tests.export.figures import figure

CODES = list(LANGUAGES)


def carried(made: Figure) -> list[str]:
    """Return what every file must say."""
    assert made.scenario
    return [
        plain(made.title),
        plain(made.takeaway),
        made.source,
        made.as_of,
        made.status,
        made.scenario,
        "ab12cd34",
        "1.0",
    ]


@pytest.mark.parametrize("code", CODES)
def test_png_is_a_slide_and_says_what_it_is(code: str) -> None:
    picture = Image.open(io.BytesIO(export.png(figure(code))))
    assert picture.size == (1920, 1080)
    said = " ".join(str(value) for value in picture.info.values())
    assert all(words in said for words in carried(figure(code)))


@pytest.mark.parametrize("size", list(SIZES))
def test_png_comes_in_every_size(size: str) -> None:
    sheet = SIZES[size]
    assert Image.open(io.BytesIO(export.png(figure("ko"), size=size))).size == (
        2 * sheet.width,
        2 * sheet.height,
    )


@pytest.mark.drawn_anew
def test_a_picture_is_the_same_whatever_was_drawn_before() -> None:
    made = figure("en")
    assert export.svg(made) == export.svg(made)
    svg = '<svg><clipPath id="clip{}"/><linearGradient id="gradient_{}"/><g clip-path="url(#clip{})"/></svg>'
    counted = [svg.format(7, 3, 7), svg.format(1, 2, 1)]
    assert pictures.renumbered(counted[0]) == counted[1] == pictures.renumbered(counted[1])


def ink(svg: str) -> bytes:
    """Return the pixels of an SVG as grey."""
    picture: bytes = pictures._converter().svg_to_png(svg, scale=1)
    return Image.open(io.BytesIO(picture)).convert("L").tobytes()


@pytest.mark.parametrize("letters", ["방일 한국인", "訪日韓国人の月別", "Visitors"])
def test_letters_are_drawn_not_boxed(letters: str) -> None:
    body = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60" viewBox="0 0 300 60">'
        '<rect width="300" height="60" fill="white"/>'
        '<text x="5" y="40" font-family="Pretendard GOV" font-size="28" fill="black">{}</text></svg>'
    )
    said, boxed = ink(body.format(letters)), ink(body.format("\U00013000" * len(letters)))
    assert said != boxed
    assert ink(outlined(body.format(letters))) != ink(outlined(body.format("\U00013000" * len(letters))))
    differing = sum(abs(a - b) > 96 for a, b in zip(said, ink(outlined(body.format(letters))), strict=True))
    assert differing < 0.02 * len(said)


@pytest.mark.parametrize("code", CODES)
def test_svg_needs_no_font_and_keeps_its_words(code: str) -> None:
    made = figure(code)
    root = ElementTree.fromstring(export.svg(made))
    assert not list(root.iter(f"{{{SVG}}}text"))
    assert "font-family" not in ElementTree.tostring(root, encoding="unicode")
    labels = [group.get("aria-label", "") for group in root.iter(f"{{{SVG}}}g")]
    assert plain(made.title) in labels
    described = root.findtext(f"{{{SVG}}}desc") or ""
    assert root.findtext(f"{{{SVG}}}title") == plain(made.title)
    assert all(words in described for words in carried(made))


@pytest.mark.parametrize("code", CODES)
def test_pdf_has_its_text_its_fonts_and_its_properties(code: str) -> None:
    made = figure(code)
    page = pypdf.PdfReader(io.BytesIO(export.pdf(made))).pages[0]
    text = "".join(page.extract_text().split())
    assert "".join(plain(made.title).split()) in text
    assert "".join(made.as_of.split()) in text
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    descendants = [font.get_object()["/DescendantFonts"][0].get_object() for font in fonts.values()]
    files = [font["/FontDescriptor"] for font in descendants]
    assert files
    assert all("/FontFile3" in entry or "/FontFile2" in entry for entry in files)
    properties = pypdf.PdfReader(io.BytesIO(export.pdf(made))).metadata
    assert properties is not None
    assert properties.title == plain(made.title)
    assert all(words in str(properties.get("/Keywords")) for words in carried(made))


@pytest.mark.parametrize("code", CODES)
def test_the_shipped_font_has_every_letter(code: str) -> None:
    made = figure(code)
    assert not missing_letters("".join(carried(made)) + "".join(value for _, value in made.about()))
    assert missing_letters("\U00013000") == {"\U00013000"}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("size", list(SIZES))
def test_long_words_wrap_and_leave_room_for_the_chart(code: str, size: str) -> None:
    sheet = SIZES[size]
    head, top = pictures._head(figure(code), sheet)
    foot, bottom = pictures._foot(figure(code), sheet)
    assert bottom - top > 0.4 * sheet.height
    assert max(line.y for line in foot) <= sheet.height - 4
    assert min(line.y for line in head) > 0


@pytest.mark.parametrize(
    ("kind", "package"),
    [("png", "vl_convert"), ("pdf", "vl_convert"), ("svg", "fontTools.ttLib"), ("xlsx", "xlsxwriter")],
)
def test_an_absent_package_is_named(kind: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures._converter.cache_clear()
    from crossings.export import outlines

    outlines.font.cache_clear()
    outlines._letter.cache_clear()
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(export.MissingPackage, match="pip install"):
        export.files(figure("ko"))[kind]()
    pictures._converter.cache_clear()
