"""The trace inside a file: the JSON that says what its numbers rest on, written and read back."""

import base64
import io
import json
import re
import zipfile
import zlib
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from crossings.errors import N_, CrossingsError
from crossings.export import reading
from crossings.export.figure import missing

NAMESPACE = "urn:crossings:trace"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
OFFICE_PART = "customXml/crossings.xml"
OFFICE_RELATIONS = (
    "ppt/_rels/presentation.xml.rels",
    "word/_rels/document.xml.rels",
    "xl/_rels/workbook.xml.rels",
)
ROOTS, TYPES, PROPERTIES = "_rels/.rels", "[Content_Types].xml", "docProps/custom.xml"
PROPERTIES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
PROPERTIES_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
OPEN_META, OPEN_NAME = "meta.xml", "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}name"
PROPERTY_SET, PROPERTY, LONGEST_PROPERTY = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", "crossings", 250
HWPX_PACKAGE = "Contents/content.hpf"
HWPX_META = "crossings-trace"
ATTACHMENT = "crossings.json"
DROPPED = ("printerSettings", "thumbnail")
METADATA = "metadata.json"
LARGEST = 64_000_000
LARGEST_TRACE = 16_000_000
MOST_PARTS = 20


class TraceAbsent(CrossingsError):
    """A file carries no trace of this app, or one that cannot be read."""


def own(package: Any) -> None:
    """Take from a library's empty document what its maker's computer left in it: previews, settings, its program."""
    for part in (package.main_document_part, package):
        rels = part.rels if hasattr(part, "rels") else part._rels
        for number, link in list(rels.items()):
            if any(word in link.reltype for word in DROPPED):
                rels.pop(number)
            elif link.reltype.endswith("/extended-properties"):
                about = link.target_part
                about._blob = re.sub(rb"(?<=<Application>)[^<]*", b"Crossings", about.blob)


def into_office(data: bytes, trace: str) -> bytes:
    """Return a PPTX, DOCX or XLSX with the trace twice: as an XML part, which Office keeps when it saves, and

    among the properties, in pieces of a length that every program takes, which LibreOffice keeps.
    """
    packed = _packed(with_reading(trace, data))
    body = f'<?xml version="1.0" encoding="UTF-8"?><trace xmlns="{NAMESPACE}">{escape(packed)}</trace>'
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        relations = next(name for name in OFFICE_RELATIONS if name in package.namelist())
        related = package.read(relations).decode()
        roots, types = package.read(ROOTS).decode(), package.read(TYPES).decode()
    link = f'<Relationship Id="rIdCrossings" Type="{RELATION}" Target="/{OFFICE_PART}"/>'
    own = f'<Relationship Id="rIdCrossings" Type="{PROPERTIES_RELATION}" Target="{PROPERTIES}"/>'
    kind = f'<Override PartName="/{PROPERTIES}" ContentType="{PROPERTIES_TYPE}"/>'
    parts = {
        relations: related.replace("</Relationships>", f"{link}</Relationships>"),
        OFFICE_PART: body,
        ROOTS: roots.replace("</Relationships>", f"{own}</Relationships>"),
        TYPES: types.replace("</Types>", f"{kind}</Types>"),
        PROPERTIES: _properties(packed),
    }
    return rewritten(data, {name: text.encode() for name, text in parts.items()})


def _properties(packed: str) -> str:
    pieces = [packed[start : start + LONGEST_PROPERTY] for start in range(0, len(packed), LONGEST_PROPERTY)]
    every = "".join(
        f'<property fmtid="{PROPERTY_SET}" pid="{number + 2}" name="{PROPERTY}{number:04d}">'
        f"<vt:lpwstr>{piece}</vt:lpwstr></property>"
        for number, piece in enumerate(pieces)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="{PROPERTIES_SPACE}" '
        f'xmlns:vt="{VALUES_SPACE}">{every}</Properties>'
    )


def with_reading(trace: str, data: bytes) -> str:
    """Return a trace that also holds what a reader reads in the file."""
    try:
        record = json.loads(trace)
    except ValueError:
        return trace
    record["reading_version"] = reading.VERSION
    record["reading"] = [piece.plain() for piece in reading.pieces(data)]
    return json.dumps(record, ensure_ascii=False)


def into_zip(data: bytes, trace: str) -> bytes:
    """Return a ZIP whose description holds the trace."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        described = json.loads(package.read(METADATA))
    described["trace"] = json.loads(with_reading(trace, data))
    return rewritten(data, {METADATA: json.dumps(described, ensure_ascii=False, indent=1).encode()})


def into_hwpx(data: bytes, trace: str) -> bytes:
    """Return a HWPX document with the trace among the properties of its package."""
    trace = with_reading(trace, data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        listing = package.read(HWPX_PACKAGE).decode()
    meta = f'<opf:meta name="{HWPX_META}" content="text">{_packed(trace)}</opf:meta>'
    changed = listing.replace("</opf:metadata>", f"{meta}</opf:metadata>", 1)
    return rewritten(data, {HWPX_PACKAGE: changed.encode()})


def into_open_document(data: bytes, trace: str) -> bytes:
    """Return an OpenDocument file with the trace among its own properties."""
    packed = _packed(with_reading(trace, data))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        meta = package.read(OPEN_META).decode()
    own = re.sub(rf'<meta:user-defined meta:name="{PROPERTY}\d+".*?</meta:user-defined>', "", meta)
    said = f'<meta:user-defined meta:name="{PROPERTY}0000">{packed}</meta:user-defined>'
    return rewritten(data, {OPEN_META: own.replace("</office:meta>", f"{said}</office:meta>", 1).encode()})


def rewritten(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return a ZIP with some parts replaced or added, the others in their order and as they were packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            said = parts.get(entry.filename)
            new.writestr(entry, old.read(entry) if said is None else said)
        for name, said in parts.items():
            if name not in old.namelist():
                new.writestr(name, said)
    return out.getvalue()


def _packed(trace: str) -> str:
    return base64.b64encode(zlib.compress(trace.encode(), 9)).decode()


def _unpacked(text: str) -> str:
    opener = zlib.decompressobj()
    found = opener.decompress(base64.b64decode(text, validate=True), LARGEST_TRACE)
    if opener.unconsumed_tail:
        raise ValueError("trace too large")
    return found.decode()


def absent() -> TraceAbsent:
    """Return the error for a file without a readable trace."""
    return TraceAbsent(
        N_(
            "This file contains no readable record of its figures. Choose a briefing saved by this "
            "app: PPTX, DOCX, HWPX, XLSX, PDF, ZIP, ODT, ODP or ODS."
        )
    )


def read(data: bytes) -> str:
    """Return the trace of a file made by this app in any of its formats, known by its content.

    Raises TraceAbsent, and MissingPackage without pypdf for a PDF.
    """
    try:
        if len(data) > LARGEST:
            raise ValueError("file too large")
        found = _in_pdf(data) if data.startswith(b"%PDF") else _in_package(data)
        json.loads(found)
    except CrossingsError:
        raise
    except Exception:  # whatever a damaged or foreign file makes its reader raise
        raise absent() from None
    return found


def _in_package(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        if METADATA in names:
            return json.dumps(json.loads(_part(package, METADATA))["trace"], ensure_ascii=False)
        if HWPX_PACKAGE in names:
            pattern = rf'name="{HWPX_META}"[^>]*>([^<]+)<'
            found = re.search(pattern, _part(package, HWPX_PACKAGE).decode())
            return _unpacked(found.group(1) if found else "")
        own_parts = [name for name in names if name.startswith("customXml/") and name.endswith(".xml")]
        for name in own_parts[:MOST_PARTS]:
            if b"<!DOCTYPE" not in _part(package, name):
                root = ElementTree.fromstring(_part(package, name))
                if root.tag == f"{{{NAMESPACE}}}trace":
                    return _unpacked((root.text or "").strip())
        for name in (PROPERTIES, OPEN_META):
            if name in names:
                return _unpacked(_from_properties(_part(package, name)))
    raise ValueError("no trace")


def _from_properties(data: bytes) -> str:
    """Return the packed trace from a file's properties, its pieces in their order."""
    named = (
        (str(each.get("name") or each.get(OPEN_NAME, "")), each)
        for each in ElementTree.fromstring(data).iter()
    )
    found = {name: "".join(each.itertext()).strip() for name, each in named if name.startswith(PROPERTY)}
    return "".join(found[name] for name in sorted(found))


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    if package.getinfo(name).file_size > LARGEST_TRACE:
        raise ValueError("part too large")
    return package.read(name)


def _in_pdf(data: bytes) -> str:
    try:
        from pypdf import PdfReader
    except ImportError:
        raise missing("pypdf") from None
    found = PdfReader(io.BytesIO(data)).attachments[ATTACHMENT][0]
    return bytes(found).decode()
