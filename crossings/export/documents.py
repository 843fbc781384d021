"""A briefing as files: slides, memos, workbook, pages and pictures, each made only when it is asked for."""

from dataclasses import replace
from importlib import import_module
from types import MappingProxyType

from crossings.export.briefing import Briefing
from crossings.export.figure import safe_stem
from crossings.formats import OPEN_DOCUMENTS, paper_of

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
    """Return the briefing in one of the DOCUMENTS' or OPEN_DOCUMENTS' formats; its library loads now.

    template: an office's own for slides or memo (POTX, PPTX, DOTX, DOCX), whose fonts, colours and logo are kept;
    other formats do without. Raises MissingPackage, ProgramMissing and TemplateUnreadable.
    """
    briefing = replace(briefing, paper=paper_of(form, briefing.paper))
    if form in OPEN_DOCUMENTS:
        from crossings.export import open_document

        source = make(open_document.MADE_FROM[form], briefing, template=template)
        return open_document.turned(source, form, briefing.trace)
    module, name = WRITERS[form]
    writer = getattr(import_module(f"crossings.export.{module}"), name)
    written: bytes = writer(briefing, template) if template and form in TEMPLATED else writer(briefing)
    return written


def previews(briefing: Briefing, *, ppi: int) -> list[bytes]:
    """Return the briefing's pages as PNG. Raises MissingPackage."""
    from crossings.export import typeset

    return typeset.previews(replace(briefing, paper=paper_of("pdf", briefing.paper)), ppi=ppi)


def left_out(briefing: Briefing) -> set[str]:
    """Return the characters that PDF and pictures leave out. Raises MissingPackage."""
    from crossings.export import typeset

    return typeset.left_out(briefing)


def file_name(briefing: Briefing, form: str) -> str:
    """Return a file's name: the briefing's title, safe on every system."""
    words = "".join(letter for letter in briefing.title if letter.isprintable() or letter < " ")
    return f"{safe_stem(words) or 'briefing'}.{form}"
