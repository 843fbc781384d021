"""Saved files spoiled in one place each, and saved again without a change: what `verify` must and must not name."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from random import Random

from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, NameObject

Spoil = Callable[[bytes], bytes]
TEXT_PARTS = {
    "pptx": (r"ppt/slides/slide\d+\.xml", r"(<a:t>)([^<]*\d[^<]*)(</a:t>)"),
    "docx": (r"word/document\.xml", r"(<w:t(?: [^>]*)?>)([^<]*\d[^<]*)(</w:t>)"),
    "hwpx": (r"Contents/section0\.xml", r"(<hp:t>)([^<]*\d[^<]*)(</hp:t>)"),
    "xlsx": (r"xl/sharedStrings\.xml", r"(<t(?: [^>]*)?>)([^<]*\d[^<]*)(</t>)"),
    "odt": (r"content\.xml", r"(<text:p[^>]*>)([^<]*\d[^<]*)(</text:p>)"),
    "odp": (r"content\.xml", r"(<text:span[^>]*>)([^<]*\d[^<]*)(</text:span>)"),
    "ods": (r"content\.xml", r"(<text:p[^>]*>)([^<]*[^\d,.<][^<]*\d[^<]*)(</text:p>)"),
    "zip": (r".*\.csv", r"(^)([^#\n]*\d[^\n]*)($)"),
}
NUMBER_PARTS = {
    "pptx": (r"ppt/charts/chart\d+\.xml", r"(<c:v>)(\d[\d.]*)(</c:v>)"),
    "xlsx": (r"xl/worksheets/sheet[23]\.xml", r"(<v>)(\d{4,}[\d.]*)(</v>)"),
}
CELL_PARTS = {
    "pptx": (TEXT_PARTS["pptx"][0], r"(<a:t>)(\d[\d,.]*)(</a:t>)"),
    "docx": (TEXT_PARTS["docx"][0], r"(<w:t(?: [^>]*)?>)(\d[\d,.]*)(</w:t>)"),
    "hwpx": (TEXT_PARTS["hwpx"][0], r"(<hp:t>)(\d[\d,.]*)(</hp:t>)"),
}
OTHER_PARTS = {
    "pptx": {
        "note": (r"ppt/notesSlides/notesSlide\d+\.xml", TEXT_PARTS["pptx"][1]),
        "interval": (r"ppt/charts/chart\d+\.xml", r"(<c:(?:plus|minus)>.*?<c:v>)(\d[\d.]*)(</c:v>)"),
    },
    "docx": {"margin": (r"word/(?:header|footer)\d*\.xml", TEXT_PARTS["docx"][1])},
    "xlsx": {
        "chart": (r"xl/charts/chart\d+\.xml", NUMBER_PARTS["pptx"][1]),
        "interval": (r"xl/charts/chart\d+\.xml", r"(<c:(?:plus|minus)>.*?<c:v>)(\d[\d.]*)(</c:v>)"),
    },
    "odt": {"margin": (r"styles\.xml", r"(<text:p [^>]*>)([^<]*\d[^<]*)(<)")},
}
EXCHANGED = {
    "pptx": {"texts": (TEXT_PARTS["pptx"][0], r"(<a:t>)([^<]+)(</a:t>)")},
    "docx": {
        "cells": CELL_PARTS["docx"],
        "pictures": (TEXT_PARTS["docx"][0], r'(r:embed=")(\w+)(")'),
    },
    "hwpx": {
        "cells": CELL_PARTS["hwpx"],
        "pictures": (TEXT_PARTS["hwpx"][0], r'(binaryItemIDRef=")([^"]+)(")'),
    },
    "odt": {"pictures": (r"content\.xml", r'(xlink:href="Pictures/)([^"]+)(")')},
    "zip": {"lines": (r".*\.csv", r"(^)(\d[^\n]*)($)")},
}
ADDED = {
    "docx": (r"word/document\.xml", "</w:body>", "<w:p><w:r><w:t>1</w:t></w:r></w:p></w:body>"),
    "xlsx": (
        r"xl/drawings/drawing1\.xml",
        "</xdr:wsDr>",
        "<xdr:absoluteAnchor><xdr:sp><xdr:txBody><a:p><a:r><a:t>1</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
        "</xdr:absoluteAnchor></xdr:wsDr>",
    ),
}
PICTURES = (".png", ".jpg")


def otherwise_spoiled(form: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield twins spoiled where one looks last: notes, margins, intervals, things exchanged or added."""
    random = Random(1)
    for what, parts in OTHER_PARTS.get(form, {}).items():
        yield what, _in_parts(data, *parts, random, _digit)
    for what, (part, pattern) in EXCHANGED.get(form, {}).items():
        yield f"exchanged {what}", _exchanged(data, part, pattern)
    if form in ADDED:
        part, end, more = ADDED[form]
        yield "added", _in_parts(data, part, f"()({end})()", random, lambda *_: more)
    if form == "pdf":
        yield "stamp", _stamped(data)


def _exchanged(data: bytes, part: str, pattern: str) -> bytes:
    """Return a package in which the first two different texts of a part have changed places."""
    for name in (name for name in _names(data) if re.fullmatch(part, name)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            text = package.read(name).decode("utf-8")
        found = list(re.finditer(pattern, text, re.MULTILINE))
        other = next((hit for hit in found if hit.group(2) != found[0].group(2)), None)
        if other is not None:
            first, second = found[0], other
            new = text[: first.start(2)] + second.group(2) + text[first.end(2) : second.start(2)]
            return packed(data, {name: (new + first.group(2) + text[second.end(2) :]).encode()})
    raise AssertionError(f"nothing to exchange in {part}")


def _stamped(data: bytes) -> bytes:
    """Return a PDF with a text stuck on its first page as a remark."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.add_annotation(0, FreeText(text="99%", rect=(50, 550, 200, 650)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def spoiled(form: str, data: bytes, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield a file's spoiled twins with what was done: a word, a number, a chart, a picture, a passage gone."""
    random = Random(seed)
    if form == "pdf":
        yield "page", _pdf(data, random)
        yield "picture", _pdf(data, random, gone=True)
        return
    yield "text", _in_parts(data, *TEXT_PARTS[form], random, _digit)
    yield "gone", _in_parts(data, *TEXT_PARTS[form], random, lambda text, _: "")
    for what, parts in (("number", NUMBER_PARTS), ("cell", CELL_PARTS)):
        if form in parts:
            yield what, _in_parts(data, *parts[form], random, _digit)
    if _pictures(data):
        yield "picture", _picture(data, random)


def _names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.namelist()


def _digit(text: str, random: Random) -> str:
    """Return a text with one of its leading digits changed."""
    place = next(i for i, letter in enumerate(text) if letter.isdigit())
    other = random.choice([digit for digit in "123456789" if digit != text[place]])
    return text[:place] + other + text[place + 1 :]


def _in_parts(
    data: bytes, part: str, pattern: str, random: Random, change: Callable[[str, Random], str]
) -> bytes:
    names = [name for name in _names(data) if re.fullmatch(part, name)]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts = {name: package.read(name).decode("utf-8") for name in names}
    found = [(name, hit) for name in names for hit in re.finditer(pattern, texts[name], re.MULTILINE)]
    name, hit = random.choice(found)
    text = texts[name]
    new = text[: hit.start(2)] + change(hit.group(2), random) + text[hit.end(2) :]
    return packed(data, {name: new.encode()})


def _pictures(data: bytes) -> list[str]:
    """Return the pictures that a reader sees: not those that lists of files show."""
    seen = [name for name in _names(data) if not name.startswith(("Preview/", "docProps/", "Thumbnails/"))]
    return [name for name in seen if name.lower().endswith(PICTURES)]


def _picture(data: bytes, random: Random) -> bytes:
    name = random.choice(_pictures(data))
    with zipfile.ZipFile(io.BytesIO(data)) as package, Image.open(package.open(name)) as image:
        drawn = image.convert("RGB")
    drawn.paste((200, 0, 0), (10, 10, 60, 40))
    out = io.BytesIO()
    drawn.save(out, format="PNG")
    return packed(data, {name: out.getvalue()})


def packed(data: bytes, parts: dict[str, bytes] | None = None, *, random: Random | None = None) -> bytes:
    """Return a package packed anew, with some parts replaced; random: in another order and compression."""
    out = io.BytesIO()
    level = random.randint(0, 9) if random else 6
    kind = zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", kind, compresslevel=level or None) as new,
    ):
        names = old.namelist()
        if random:
            random.shuffle(names)
        for name in names:
            new.writestr(name, (parts or {}).get(name, old.read(name)))
    return out.getvalue()


def _pdf(data: bytes, random: Random, *, gone: bool = False) -> bytes:
    """Return a PDF with something drawn over one page, or with the pictures of a page taken out."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    pages = [page for page in writer.pages if not gone or b" Do" in _drawn(page)]
    page = random.choice(pages or list(writer.pages))
    changed = _drawn(page)
    changed = (
        re.sub(rb"/\w+ Do", b"", changed) if gone and b" Do" in changed else changed + b"\n0 0 99 99 re f"
    )
    stream = DecodedStreamObject()
    stream.set_data(changed)
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawn(page: PageObject) -> bytes:
    content = page.get_contents()
    return b"" if content is None else content.get_data()


def saved_again(form: str, data: bytes, seed: int) -> bytes:
    """Return a file as a program saves it again without a change, packed in one of many ways."""
    if form == "pdf":
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
        for page in writer.pages if seed % 2 else []:
            page.compress_content_streams(level=seed % 10)
        if seed % 3:
            writer.add_metadata({"/Title": f"saved {seed} times"})
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()
    return packed(data, random=Random(seed))
