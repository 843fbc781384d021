"""A briefing as an OpenDocument file (ODT, ODP, ODS): the office file with the same contents, turned by LibreOffice."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from types import MappingProxyType

from crossings.errors import N_, CrossingsError
from crossings.export import trace

MADE_FROM = MappingProxyType({"odt": "docx", "odp": "pptx", "ods": "xlsx"})
SECONDS = 180


class ProgramMissing(CrossingsError):
    """LibreOffice, which OpenDocument files need, is not on this computer or did not work."""


def program() -> str | None:
    """Return LibreOffice's program, None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def turned(data: bytes, form: str, record: str) -> bytes:
    """Return an office file as OpenDocument with its trace. form: one of MADE_FROM. Raises ProgramMissing."""
    office = program()
    if office is None:
        raise _missing(form)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"briefing.{MADE_FROM[form]}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        order = [office, profile, "--headless", "--convert-to", form, "--outdir", folder, str(source)]
        try:
            subprocess.run(order, check=True, capture_output=True, timeout=SECONDS)
            made = source.with_suffix(f".{form}").read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise _missing(form) from None
    return trace.into_open_document(made, record)


def _missing(form: str) -> ProgramMissing:
    return ProgramMissing(
        N_(
            "{format} files are made by LibreOffice, which is not installed here or did not respond. "
            "Install LibreOffice, or save {other} instead."
        ),
        format=form.upper(),
        other=MADE_FROM[form].upper(),
    )
