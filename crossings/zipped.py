"""Packages of files (XLSX, ZIP) that came from elsewhere, looked through before a library opens them."""

import lzma
import re
import struct
import zipfile
import zlib
from io import BytesIO

MOST_UNPACKED_BYTES = 30_000_000
# Official workbooks unpack to at most nineteen times their size; small parts of one value pack far better.
MOST_RATIO, RATIO_FROM_BYTES = 100, 1_000_000
MOST_PARTS = 2_000
DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii", b"utf-16", b"iso-8859-1", b"windows-1252"})
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class TooLarge(ValueError):
    """A package unpacks to more than any real one, or far beyond its size."""


class Declares(ValueError):
    """A part of a package declares a document type or entities."""


def names(content: bytes) -> list[str]:
    """Return the names of a package's parts, none of which explodes. Raises TooLarge, Declares or one of FAULTS.

    Bytes are counted while they are unpacked, whatever the package says of itself.
    """
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
            raise TooLarge
        left = MOST_UNPACKED_BYTES
        for part in parts:
            left -= _judged(package, part, most=left)
    return [part.filename for part in parts]


def _judged(package: zipfile.ZipFile, part: zipfile.ZipInfo, *, most: int) -> int:
    """Return how many bytes a part really unpacks to."""
    with package.open(part) as opened:
        content = opened.read(most + 1)
    packed_well = len(content) > RATIO_FROM_BYTES and len(content) > MOST_RATIO * max(part.compress_size, 1)
    if len(content) > most or packed_well:
        raise TooLarge
    if part.filename.endswith((".xml", ".rels", ".vml")):
        _refuse_declarations(content)
    return len(content)


def _refuse_declarations(content: bytes) -> None:
    """Refuse XML that declares: no spreadsheet program writes it, and it can be made to explode. In any encoding."""
    letters = content.replace(b"\0", b"") if b"\0" in content[:200] else content
    encoding = ENCODING.search(letters[:400])
    if DECLARATIONS.search(letters) or (encoding and encoding[1].lower() not in ENCODINGS):
        raise Declares
