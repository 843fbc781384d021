"""A Figure as files: PNG, SVG, PDF, CSV and XLSX, each made only when it is asked for."""

from collections.abc import Callable

from crossings.export.figure import (
    FORMATS,
    MIME,
    Band,
    Figure,
    Look,
    MissingPackage,
    file_name,
)

__all__ = [
    "FORMATS",
    "MIME",
    "Band",
    "Figure",
    "Look",
    "MissingPackage",
    "csv",
    "file_name",
    "files",
    "pdf",
    "png",
    "svg",
    "xlsx",
]


def png(figure: Figure, *, size: str = "slide") -> bytes:
    """Return the figure as a PNG; size: slide, half, column or square. Raises MissingPackage."""
    from crossings.export import pictures

    return pictures.png(figure, size=size)


def svg(figure: Figure, *, size: str = "slide") -> bytes:
    """Return the figure as an SVG that draws without any font. Raises MissingPackage."""
    from crossings.export import pictures

    return pictures.svg(figure, size=size)


def pdf(figure: Figure, *, size: str = "slide") -> bytes:
    """Return the figure as a one-page PDF with its fonts inside. Raises MissingPackage."""
    from crossings.export import pictures

    return pictures.pdf(figure, size=size)


def csv(figure: Figure) -> bytes:
    """Return the figure's table as CSV that spreadsheets open in the right encoding."""
    from crossings.export import tables

    return tables.csv(figure)


def xlsx(figure: Figure) -> bytes:
    """Return the figure as a workbook: native chart, data, description. Raises MissingPackage."""
    from crossings.export import workbook

    return workbook.of_figure(figure)


def files(figure: Figure, *, size: str = "slide") -> dict[str, Callable[[], bytes]]:
    """Return what makes each of the FORMATS, nothing made yet; each may raise MissingPackage."""
    return {
        "png": lambda: png(figure, size=size),
        "svg": lambda: svg(figure, size=size),
        "pdf": lambda: pdf(figure, size=size),
        "csv": lambda: csv(figure),
        "xlsx": lambda: xlsx(figure),
    }
