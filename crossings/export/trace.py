"""The trace inside a file: the JSON that says what its numbers rest on, written and read back."""

import base64
import io
import json
import re
import zipfile
import zlib
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from crossings.errors import N_, CrossingsError
from crossings.export.figure import missing

NAMESPACE = "urn:crossings:trace"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
OFFICE_PART = "customXml/crossings.xml"
OFFICE_RELATIONS = (
    "ppt/_rels/presentation.xml.rels",
    "word/_rels/document.xml.rels",
    "xl/_rels/workbook.xml.rels",
)
HWPX_PACKAGE = "Contents/content.hpf"
HWPX_META = "crossings-trace"
ATTACHMENT = "crossings.json"
METADATA = "metadata.json"
LARGEST = 64_000_000
LARGEST_TRACE = 16_000_000
MOST_PARTS = 20


class TraceAbsent(CrossingsError):
    """A file carries no trace of this app, or one that cannot be read."""


def into_office(data: bytes, trace: str) -> bytes:
    """Return a PPTX, DOCX or XLSX with the trace as a custom XML part, which Office keeps when it saves."""
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?><trace xmlns="{NAMESPACE}">{escape(_packed(trace))}</trace>'
    )
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        relations = next(name for name in OFFICE_RELATIONS if name in package.namelist())
        related = package.read(relations).decode()
    link = f'<Relationship Id="rIdCrossings" Type="{RELATION}" Target="/{OFFICE_PART}"/>'
    related = related.replace("</Relationships>", f"{link}</Relationships>")
    return rewritten(data, {relations: related.encode(), OFFICE_PART: body.encode()})


def into_hwpx(data: bytes, trace: str) -> bytes:
    """Return a HWPX document with the trace among the properties of its package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        listing = package.read(HWPX_PACKAGE).decode()
    meta = f'<opf:meta name="{HWPX_META}" content="text">{_packed(trace)}</opf:meta>'
    changed = listing.replace("</opf:metadata>", f"{meta}</opf:metadata>", 1)
    return rewritten(data, {HWPX_PACKAGE: changed.encode()})


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
            "app: PPTX, DOCX, HWPX, XLSX, PDF or ZIP."
        )
    )


def read(data: bytes) -> str:
    """Return the trace of a file made by this app: PPTX, DOCX, XLSX, HWPX, PDF or ZIP, known by its content.

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
    raise ValueError("no trace")


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
