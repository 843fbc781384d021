"""Named errors whose sentence can be said in the reader's language, and the number of those nobody foresaw."""

import errno
import hashlib
import logging
import traceback
from collections.abc import Iterable
from typing import Final

log = logging.getLogger(__name__)


def N_(message: str) -> str:
    """Mark an English sentence for the catalogues and return it unchanged."""
    return message


class Phrase(str):
    """An English phrase of the catalogues that stands inside an error's sentence and is said in its language."""

    __slots__ = ()


class Listed(str):
    """Names listed inside an error's sentence; each language puts its own mark between them."""

    items: tuple[str, ...]

    def __new__(cls, items: Iterable[str]) -> "Listed":
        every = tuple(items)
        made = super().__new__(cls, ", ".join(every))
        made.items = every
        return made

    def __reduce__(self) -> tuple[type["Listed"], tuple[tuple[str, ...]]]:
        return Listed, (self.items,)


SYSTEM_FAULTS: Final = {
    errno.ENOENT: N_("no such file or folder"),
    errno.EACCES: N_("no permission"),
    errno.EPERM: N_("no permission"),
    errno.EROFS: N_("the folder is read-only"),
    errno.EISDIR: N_("a folder, not a file"),
    errno.ENOTDIR: N_("no such file or folder"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}


def system_fault(fault: OSError) -> str:
    """Return what the operating system reports about a file as a phrase; an uncommon fault by its name alone."""
    known = SYSTEM_FAULTS.get(fault.errno or 0)
    return Phrase(known) if known else errno.errorcode.get(fault.errno or 0, type(fault).__name__)


class CrossingsError(Exception):
    """A fault the user can do something about.

    message: an English sentence with {named} places, which is also its key in the catalogues.
    values: what goes into those places. str(error) is the English sentence, filled in.
    """

    def __init__(self, message: str, **values: object) -> None:
        self.message = message
        self.values = values
        super().__init__(message.format(**values))


class PackageDamaged(CrossingsError):
    """A package that the app needs cannot be loaded."""


class Unforeseen(CrossingsError):
    """A fault that nobody foresaw; the log holds it under the number that the reader sees."""


def missing_package(fault: ImportError) -> PackageDamaged:
    """Return the error that names a package that cannot be loaded and how it is installed."""
    return PackageDamaged(
        N_(
            "The package {package} is missing or damaged. Install it again: pip install --force-"
            "reinstall -r requirements.txt"
        ),
        package=fault.name or type(fault).__name__,
    )


def noted(fault: BaseException) -> str:
    """Write a fault that nobody foresaw to the log and return its short number, the same for the same fault."""
    steps = traceback.extract_tb(fault.__traceback__)
    trace = "".join(f"{step.name}:{step.lineno};" for step in steps) + type(fault).__name__
    number = hashlib.sha256(trace.encode()).hexdigest()[:6]
    log.error("Fault %s", number, exc_info=(type(fault), fault, fault.__traceback__))
    return number


def unforeseen(fault: Exception) -> CrossingsError:
    """Return a fault as a sentence: its own where it is named, else the number under which the log holds it."""
    if isinstance(fault, CrossingsError):
        return fault
    if isinstance(fault, ImportError):
        noted(fault)
        return missing_package(fault)
    return Unforeseen(
        N_(
            "This could not be completed (fault {number}). Try again; if it fails again, give this "
            "number to the administrator of the app, whose log has the details."
        ),
        number=noted(fault),
    )
