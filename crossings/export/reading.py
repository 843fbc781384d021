"""What a reader reads in a file: its words, tables, charts' numbers and pictures, the same however it was saved."""

import hashlib
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from crossings.export.figure import missing

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
O = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, TABLE, DRAW, OFFICE = (O % name for name in ("text", "table", "drawing", "office"))
MARGINS = tuple(O % "style" + name for name in ("header", "footer", "header-first", "footer-first"))
HREF = "{http://www.w3.org/1999/xlink}href"
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
DIGITS = 9
VERSION, LATER = 2, ("label", "interval", "annotation", "footnote", "header")
ORDERED = ("slide", "notes", "text", "page", "picture", "file")


@dataclass(frozen=True, order=True)
class Piece:
    """One thing a reader reads. kind: where it stands (slide, notes, text, sheet, page, file, chart, picture), or
    one of LATER; place: its number or name there; text: the words, the numbers or the digest of a picture.
    """

    kind: str
    place: str
    text: str

    def plain(self) -> list[str]:
        """Return the piece as a trace holds it."""
        return [self.kind, self.place, self.text]


@dataclass(frozen=True)
class Edit:
    """A difference between a file as it was written and as it is: where, what stood there and what stands there."""

    kind: str
    place: str
    before: str
    after: str


def pieces(data: bytes) -> list[Piece]:
    """Return what a reader reads in an office, OpenDocument, HWPX, PDF or ZIP file, in reading order.

    Raises MissingPackage, and what a damaged file makes its reader raise.
    """
    if data.startswith(b"%PDF"):
        return list(_pdf(data))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        readers = {
            "ppt/presentation.xml": _slides,
            "word/document.xml": _memo,
            "xl/workbook.xml": _workbook,
            "content.xml": _open_document,
            "Contents/section0.xml": _hangul,
        }
        reader = next((read for main, read in readers.items() if main in names), _archive)
        return list(reader(package))


def edits(before: list[Piece], after: list[Piece], *, version: int = VERSION) -> list[Edit]:
    """Return how a file differs from what was written, each changed place with its words then and now.

    version: of the record of what was written; an earlier one knows neither the order nor what is LATER.
    """
    if version < VERSION:
        after = [piece for piece in after if piece.kind not in LATER]
    lost = _picked(before, Counter(before) - Counter(after))
    added = _picked(after, Counter(after) - Counter(before))
    found = []
    for piece in lost:
        twin = next((each for each in added if (each.kind, each.place) == (piece.kind, piece.place)), None)
        if twin is not None:
            added.remove(twin)
        found.append(Edit(piece.kind, piece.place, piece.text, twin.text if twin else ""))
    found += [Edit(piece.kind, piece.place, "", piece.text) for piece in added]
    return found if version < VERSION else [*found, *_moved(before, after)]


def _moved(before: list[Piece], after: list[Piece]) -> Iterator[Edit]:
    """Yield the first place of each slide, text or page whose pieces are the same in another order."""
    then, now = _by_place(before), _by_place(after)
    for (kind, place), texts in then.items():
        held = now.get((kind, place), [])
        if kind in ORDERED and texts != held and Counter(texts) == Counter(held):
            first = next(pair for pair in zip(texts, held, strict=True) if pair[0] != pair[1])
            yield Edit(kind, place, *first)


def _by_place(every: list[Piece]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for piece in every:
        found.setdefault((piece.kind, piece.place), []).append(piece.text)
    return found


def _picked(every: list[Piece], wanted: Counter[Piece]) -> list[Piece]:
    """Return as many of each piece as are wanted, in reading order."""
    found = []
    for piece in every:
        if wanted[piece] > 0:
            wanted[piece] -= 1
            found.append(piece)
    return found


def _words(text: str) -> str:
    """Return words as they are compared: one blank between them, letters composed."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\u00a0", " ")).split())


def _number(text: str) -> str:
    """Return a number as it is compared, however many digits a program writes."""
    try:
        return f"{float(text):.{DIGITS}g}"
    except ValueError:
        return _words(text)


def _root(package: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(package.read(name))


def _targets(package: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return the parts that a part refers to, by the reference's name."""
    folder, _, file = name.rpartition("/")
    related = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
    if related not in package.namelist():
        return {}
    found = {}
    for link in _root(package, related):
        target = link.get("Target", "")
        if link.get("TargetMode") != "External":
            found[link.get("Id", "")] = _joined(folder, target)
    return found


def _joined(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _paragraphs(root: ElementTree.Element, tag: str, text: str, field: str = "") -> Iterator[str]:
    """Yield the words of each paragraph; what a field of the program fills in is left out."""
    for paragraph in root.iter(tag):
        filled = {id(part) for each in paragraph.iter(field) for part in each.iter(text)} if field else set()
        words = _words("".join(part.text or "" for part in paragraph.iter(text) if id(part) not in filled))
        if words:
            yield words


def _slides(package: zipfile.ZipFile) -> Iterator[Piece]:
    main = "ppt/presentation.xml"
    targets = _targets(package, main)
    order = [targets[each.get(f"{R}id", "")] for each in _root(package, main).iter(f"{P}sldId")]
    for number, name in enumerate(order, start=1):
        place = str(number)
        for words in _paragraphs(_root(package, name), f"{A}p", f"{A}t", f"{A}fld"):
            yield Piece("slide", place, words)
        for target in _targets(package, name).values():
            if "/notesSlides/" in target:
                for words in _paragraphs(_root(package, target), f"{A}p", f"{A}t", f"{A}fld"):
                    yield Piece("notes", place, words)
            elif "/charts/" in target:
                yield from _chart(package, target, place)
        yield from _shown_pictures(package, name, place)


def _shown_pictures(package: zipfile.ZipFile, name: str, place: str) -> Iterator[Piece]:
    """Yield the pictures of a part in the order in which it shows them."""
    targets = _targets(package, name)
    for shown in _root(package, name).iter(f"{A}blip"):
        target = targets.get(shown.get(f"{R}embed", ""), "")
        if target.lower().endswith(PICTURES):
            yield Piece("picture", place, _picture(package.read(target)))


def _chart(package: zipfile.ZipFile, name: str, place: str) -> Iterator[Piece]:
    """Yield a chart's titles, its names of categories and the numbers of each series."""
    root = _root(package, name)
    for title in root.iter(f"{C}title"):
        words = _words("".join(part.text or "" for part in title.iter(f"{A}t")))
        if words:
            yield Piece("chart", place, words)
    for series in root.iter(f"{C}ser"):
        label = series.find(f"{C}tx")
        head = "" if label is None else _words(" ".join(part.text or "" for part in label.iter(f"{C}v")))
        yield Piece("chart", place, f"{head}: {_points(series, 'val', 'yVal')}")
        across = _points(series, "cat", "xVal")
        numeric = not re.search(r"[^\d.,e+\-–; ]", across)
        yield Piece("label" if numeric else "chart", place, f"{head}, names: {across}")
        yield from _at_points(series, head, place)


def _at_points(series: ElementTree.Element, head: str, place: str) -> Iterator[Piece]:
    """Yield the lengths of a series' intervals and the words written at its points."""
    for bars in series.iter(f"{C}errBars"):
        for side in ("minus", "plus"):
            yield Piece("interval", place, f"{head}, {side}: {_points(bars, side)}")
    for label in series.iter(f"{C}dLbl"):
        number = label.find(f"{C}idx")
        words = _words("".join(part.text or "" for part in label.iter(f"{A}t")))
        if words and number is not None:
            yield Piece("label", place, f"{head}, {number.get('val')}: {words}")


def _points(series: ElementTree.Element, *tags: str) -> str:
    for tag in tags:
        holder = series.find(f"{C}{tag}")
        if holder is not None:
            points = ((p.get("idx", ""), p.findtext(f"{C}v") or "") for p in holder.iter(f"{C}pt"))
            return "; ".join(f"{_number(value)}" for _, value in points if value)
    return ""


def _memo(package: zipfile.ZipFile) -> Iterator[Piece]:
    names = package.namelist()
    for words in _word_paragraphs(_root(package, "word/document.xml")):
        yield Piece("text", "", words)
    for name in sorted(names):
        if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
            for words in _word_paragraphs(_root(package, name)):
                yield Piece("margin", "", re.sub(r"\d+ ?/ ?\d+$|^- ?\d* ?-$", "", words))
        if name in ("word/footnotes.xml", "word/endnotes.xml"):
            yield from (Piece("footnote", "", words) for words in _word_paragraphs(_root(package, name)))
    yield from _shown_pictures(package, "word/document.xml", "")


def _word_paragraphs(root: ElementTree.Element) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        fields = {id(part) for each in paragraph.iter(f"{W}fldSimple") for part in each.iter(f"{W}t")}
        inside = False
        texts = []
        for part in paragraph.iter():
            if part.tag == f"{W}fldChar":
                inside = part.get(f"{W}fldCharType") != "end"
            elif part.tag == f"{W}t" and not inside and id(part) not in fields:
                texts.append(part.text or "")
            elif part.tag in (f"{W}br", f"{W}tab", f"{W}cr"):
                texts.append(" ")
        words = _words("".join(texts))
        if words:
            yield words


def _hangul(package: zipfile.ZipFile) -> Iterator[Piece]:
    listed = _root(package, "Contents/content.hpf").iter()
    files = {item.get("id"): item.get("href", "") for item in listed if item.tag.endswith("}item")}
    shown = list[str]()
    for name in sorted(
        name for name in package.namelist() if re.fullmatch(r"Contents/section\d+\.xml", name)
    ):
        for part in _root(package, name).iter():
            if part.tag.endswith("}p"):
                words = _words("".join(_own_texts(part)))
                if words:
                    yield Piece("text", "", words)
            elif part.tag.endswith("}img"):
                shown.append(files.get(part.get("binaryItemIDRef", ""), ""))
    for name in shown:
        if name.lower().endswith(PICTURES):
            yield Piece("picture", "", _picture(package.read(name)))


def _own_texts(paragraph: ElementTree.Element) -> Iterator[str]:
    """Yield a paragraph's texts without those of paragraphs inside it (cells of a table)."""
    for child in paragraph:
        if child.tag.endswith("}t"):
            yield "".join(child.itertext())
        elif not child.tag.endswith(("}p", "}shapeComment")):
            yield from _own_texts(child)


def _open_document(package: zipfile.ZipFile) -> Iterator[Piece]:
    """Yield what stands in a text, on slides or in sheets, in charts and in pictures of an OpenDocument file."""
    body = _root(package, "content.xml").find(f"{OFFICE}body")
    assert body is not None
    for sheet in body.iter(f"{OFFICE}spreadsheet"):
        yield from _open_sheets(sheet)
    slides = list(body.iter(f"{DRAW}page"))
    for number, slide in enumerate(slides, start=1):
        yield from (Piece("slide", str(number), words) for words in _open_paragraphs(slide))
    for text in body.iter(f"{OFFICE}text"):
        yield from (Piece("text", "", words) for words in _open_paragraphs(text))
        margins = (part for part in _root(package, "styles.xml").iter() if part.tag in MARGINS)
        heads = (words for part in margins for words in _open_paragraphs(part))
        yield from (Piece("header", "", words) for words in sorted(set(heads)))
    for name in sorted(package.namelist()):
        if re.fullmatch(r"Object \d+/content\.xml", name):
            for row in _root(package, name).iter(f"{TABLE}table-row"):
                yield Piece("chart", "", "; ".join(_number(words) for words in _open_paragraphs(row)))
    for image in body.iter(f"{DRAW}image"):
        name = image.get(HREF, "")
        if name.startswith("Pictures/") and name.lower().endswith(PICTURES):
            yield Piece("picture", "", _picture(package.read(name)))


def _open_sheets(spreadsheet: ElementTree.Element) -> Iterator[Piece]:
    for table in spreadsheet.iter(f"{TABLE}table"):
        row = 0
        for line in table.iter(f"{TABLE}table-row"):
            column = 0
            for cell in line:
                value = cell.get(f"{OFFICE}value")
                words = _number(value) if value else " ".join(_open_paragraphs(cell))
                if words:
                    yield Piece("sheet", f"{table.get(f'{TABLE}name')}!R{row + 1}C{column + 1}", words)
                column += int(cell.get(f"{TABLE}number-columns-repeated", 1))
            row += int(line.get(f"{TABLE}number-rows-repeated", 1))


def _open_paragraphs(root: ElementTree.Element) -> Iterator[str]:
    """Yield the words of paragraphs and headings; numbers of pages, which the program fills in, are left out."""
    for paragraph in root.iter():
        if paragraph.tag in (f"{TEXT}p", f"{TEXT}h"):
            words = _words("".join(_open_texts(paragraph)))
            if words:
                yield words


def _open_texts(part: ElementTree.Element) -> Iterator[str]:
    yield part.text or ""
    for child in part:
        if child.tag in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"):
            yield " "
        elif child.tag not in (f"{TEXT}page-number", f"{TEXT}page-count", f"{TEXT}p", f"{TEXT}h"):
            yield from _open_texts(child)
        yield child.tail or ""


def _workbook(package: zipfile.ZipFile) -> Iterator[Piece]:
    strings = []
    if "xl/sharedStrings.xml" in package.namelist():
        strings = [
            "".join(part.text or "" for part in each.iter(f"{S}t"))
            for each in _root(package, "xl/sharedStrings.xml").iter(f"{S}si")
        ]
    targets = _targets(package, "xl/workbook.xml")
    for sheet in _root(package, "xl/workbook.xml").iter(f"{S}sheet"):
        name = sheet.get("name", "")
        part = targets[sheet.get(f"{R}id", "")]
        for cell in _root(package, part).iter(f"{S}c"):
            text = _cell(cell, strings)
            if text:
                yield Piece("sheet", f"{name}!{cell.get('r')}", text)
        for drawing in _targets(package, part).values():
            if "/drawings/" in drawing and drawing.endswith(".xml"):
                yield from _on_sheet(package, drawing, name)


def _on_sheet(package: zipfile.ZipFile, drawing: str, sheet: str) -> Iterator[Piece]:
    for words in _paragraphs(_root(package, drawing), f"{A}p", f"{A}t"):
        yield Piece("label", sheet, words)
    for target in _targets(package, drawing).values():
        if "/charts/" in target:
            yield from _chart(package, target, sheet)
        elif target.lower().endswith(PICTURES):
            yield Piece("picture", sheet, _picture(package.read(target)))


def _cell(cell: ElementTree.Element, strings: list[str]) -> str:
    value = cell.findtext(f"{S}v")
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _words("".join(part.text or "" for part in cell.iter(f"{S}t")))
    if value is None:
        return ""
    if kind == "s":
        return _words(strings[int(value)])
    return _words(value) if kind == "str" else _number(value)


def _archive(package: zipfile.ZipFile) -> Iterator[Piece]:
    for name in sorted(package.namelist()):
        low = name.lower()
        if low.endswith(PICTURES):
            yield Piece("picture", name, _picture(package.read(name)))
        elif low.endswith((".csv", ".svg")):
            text = package.read(name).decode("utf-8-sig")
            for line in (
                text.splitlines() if low.endswith(".csv") else [hashlib.sha256(text.encode()).hexdigest()]
            ):
                yield Piece("file", name, _words(line))


def _picture(data: bytes) -> str:
    """Return the digest of a picture's pixels, whatever its packing."""
    try:
        from PIL import Image
    except ImportError:
        raise missing("pillow") from None
    with Image.open(io.BytesIO(data)) as image:
        pixels = image.convert("RGB")
        return hashlib.sha256(f"{pixels.size}".encode() + pixels.tobytes()).hexdigest()


def _pdf(data: bytes) -> Iterator[Piece]:
    try:
        from pypdf import PdfReader
    except ImportError:
        raise missing("pypdf") from None
    for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, start=1):
        for line in page.extract_text().splitlines():
            if _words(line):
                yield Piece("page", str(number), _words(line))
        yield Piece("drawing", str(number), _drawn(page))
        for note in page.annotations or ():
            said = note.get_object()
            if said.get("/Subtype") != "/Link":
                yield Piece(
                    "annotation", str(number), _words(str(said.get("/Contents", said.get("/Subtype"))))
                )


def _drawn(page: Any) -> str:
    """Return the digest of all that draws a page: its own content and that of the forms and pictures it uses."""
    digest = hashlib.sha256()
    content = page.get_contents()
    digest.update(content.get_data() if content is not None else b"")
    for data in sorted(_resources(page.get("/Resources"), set())):
        digest.update(data)
    return digest.hexdigest()


def _resources(resources: Any, seen: set[int]) -> Iterator[bytes]:
    objects: Any = resources.get_object().get("/XObject") if resources is not None else None
    for reference in objects.get_object().values() if objects is not None else ():
        found = reference.get_object()
        if id(found) in seen:
            continue
        seen.add(id(found))
        yield hashlib.sha256(found.get_data()).digest()
        yield from _resources(found.get("/Resources"), seen)
