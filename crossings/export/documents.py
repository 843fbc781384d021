"""A briefing as files: slides, memos, workbook, pages and pictures, each made only when it is asked for."""

from importlib import import_module
from types import MappingProxyType

from crossings.export.briefing import Briefing
from crossings.export.figure import safe_stem

WRITERS = MappingProxyType(
    {
        "pptx": ("pptx", "pptx"),
        "docx": ("docx", "docx"),
        "hwpx": ("hwpx", "hwpx"),
        "xlsx": ("workbook", "workbook"),
        "pdf": ("typeset", "pdf"),
        "zip": ("archive", "archive"),
    }
)

TEMPLATED = ("pptx", "docx")


def make(form: str, briefing: Briefing, *, template: bytes | None = None) -> bytes:
    """Return the briefing in one of the DOCUMENTS' formats; its library loads now.

    template: an office's own for slides or memo (POTX, PPTX, DOTX, DOCX), whose fonts, colours and logo are kept;
    other formats do without. Raises MissingPackage and TemplateUnreadable.
    """
    module, name = WRITERS[form]
    writer = getattr(import_module(f"crossings.export.{module}"), name)
    written: bytes = writer(briefing, template) if template and form in TEMPLATED else writer(briefing)
    return written


def previews(briefing: Briefing, *, ppi: int) -> list[bytes]:
    """Return the briefing's pages as PNG. Raises MissingPackage."""
    from crossings.export import typeset

    return typeset.previews(briefing, ppi=ppi)


def left_out(briefing: Briefing) -> set[str]:
    """Return the characters that PDF and pictures leave out. Raises MissingPackage."""
    from crossings.export import typeset

    return typeset.left_out(briefing)


def file_name(briefing: Briefing, form: str) -> str:
    """Return a file's name: the briefing's title, safe on every system."""
    words = "".join(letter for letter in briefing.title if letter.isprintable() or letter < " ")
    return f"{safe_stem(words) or 'briefing'}.{form}"
