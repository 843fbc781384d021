"""An office's own template for slides or memos, read as an empty document."""

import io
import zipfile

from crossings import zipped
from crossings.errors import N_, CrossingsError
from crossings.export.trace import TYPES, rewritten


class TemplateUnreadable(CrossingsError):
    """A file is no template for slides or memos."""


def template_unreadable() -> TemplateUnreadable:
    """Return the error for a file that is no template."""
    return TemplateUnreadable(
        N_(
            "This template cannot be read. Give a PowerPoint file (POTX or PPTX) with a title layout, or a Word file "
            "(DOTX or DOCX)."
        )
    )


def template_body(data: bytes, family: str, kind: str) -> bytes:
    """Return a template as the document it makes: its type says template, else it is the same.

    family and kind: presentationml and presentation, wordprocessingml and document. Raises what a damaged
    file makes its reader raise, and what `zipped.names` raises.
    """
    zipped.names(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read(TYPES)
    plain = types.replace(f"{family}.template.main+xml".encode(), f"{family}.{kind}.main+xml".encode())
    return rewritten(data, {TYPES: plain})
