"""Formats of single figures, and the error for a package that a file needs."""

from types import MappingProxyType

from crossings.errors import N_, CrossingsError
from crossings.language.markup import plain
from crossings.questions.base.figure import Band, Figure, Look, file_name, safe_stem

__all__ = [
    "FORMATS",
    "MIME",
    "Band",
    "Figure",
    "Look",
    "MissingPackage",
    "file_name",
    "missing",
    "plain",
    "safe_stem",
]

FORMATS = ("png", "svg", "pdf", "csv", "xlsx")
MIME = MappingProxyType(
    {
        "png": "image/png",
        "svg": "image/svg+xml",
        "pdf": "application/pdf",
        "csv": "text/csv",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)


class MissingPackage(CrossingsError):
    """An optional package that a file needs is not installed."""


def missing(package: str) -> MissingPackage:
    """Return the error for an absent package, by the name under which it is installed."""
    return MissingPackage(
        N_(
            "This file needs the package {package}, which is not installed. Install it with: pip install {package}"
        ),
        package=package,
    )
