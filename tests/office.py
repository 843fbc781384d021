"""LibreOffice as a second reader: it turns an office file into PDF, whose words and letters are then checked."""

import io
import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]
from pypdf import PdfReader

SECONDS = 180


def program() -> str:
    """Return LibreOffice's program; without one the tests skip, but not where CI says that there must be one."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None or not _fonts_of("NotoSansCJKkr-Regular"):
        reason = (
            "no LibreOffice with CJK fonts here (Debian: libreoffice-impress, -writer, -calc, fonts-noto-cjk)"
        )
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def as_pdf(data: bytes, kind: str, folder: Path) -> bytes:
    """Return an office file as PDF pages."""
    source = folder / f"file.{kind}"
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    order = [program(), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(order, check=True, capture_output=True, timeout=SECONDS)
    return source.with_suffix(".pdf").read_bytes()


def saved_again(data: bytes, kind: str, folder: Path) -> bytes:
    """Return an office file as LibreOffice saves it again in its own format."""
    source, saved = folder / f"file.{kind}", folder / "again"
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    order = [program(), profile, "--headless", "--convert-to", kind, "--outdir", str(saved), str(source)]
    subprocess.run(order, check=True, capture_output=True, timeout=SECONDS)
    return (saved / source.name).read_bytes()


def words(pages: bytes) -> str:
    """Return the words of a PDF without any white space."""
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pages)).pages).split())


def letters_without_glyph(pages: bytes) -> set[str]:
    """Return the letters of a PDF that none of its fonts can draw: they stand as boxes."""
    known: set[int] = set()
    for name in _font_names(pages):
        known |= _letters(name)
    return {letter for letter in words(pages) if ord(letter) not in known and letter.isprintable()}


def _font_names(pages: bytes) -> set[str]:
    resources: list[Any] = [page["/Resources"].get_object() for page in PdfReader(io.BytesIO(pages)).pages]
    fonts = [font.get_object() for one in resources for font in one.get("/Font", {}).get_object().values()]
    return {str(font["/BaseFont"]).lstrip("/").partition("+")[2] for font in fonts}


@lru_cache(maxsize=64)
def _fonts_of(family: str) -> tuple[str, ...]:
    if shutil.which("fc-list") is None:
        return ()
    listed = subprocess.run(
        ["fc-list", "--format", "%{file}\t%{postscriptname}\n"], check=True, capture_output=True, text=True
    )
    rows = (line.split("\t") for line in listed.stdout.splitlines() if "\t" in line)
    return tuple(sorted({file for file, name in rows if name and family.startswith(name)}))


@lru_cache(maxsize=64)
def _letters(name: str) -> frozenset[int]:
    """Return the characters that a font of this name (or one that its name begins with) can draw."""
    found: set[int] = set()
    for file in _fonts_of(name):
        faces = (
            TTCollection(file, lazy=True).fonts
            if file.endswith((".ttc", ".otc"))
            else [TTFont(file, lazy=True)]
        )
        for face in faces:
            found |= set(face.getBestCmap() or {})
    return frozenset(found)
