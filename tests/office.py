"""LibreOffice as a second reader: it turns an office file into PDF, whose words and letters are then checked."""

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
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


def turned(files: Mapping[str, bytes], form: str) -> dict[str, bytes]:
    """Return office files by name as LibreOffice saves them in a form such as pdf, all turned in one call."""
    with tempfile.TemporaryDirectory() as made:
        sources = [Path(made) / name for name in files]
        for source in sources:
            source.write_bytes(files[source.name])
        profile = f"-env:UserInstallation={Path(_profile().name).as_uri()}"
        order = [program(), profile, "--headless", "--convert-to", form, "--outdir", f"{made}/turned"]
        subprocess.run([*order, *map(str, sources)], check=True, capture_output=True, timeout=SECONDS)
        return {
            source.name: (Path(made) / "turned" / source.name).with_suffix(f".{form}").read_bytes()
            for source in sources
        }


@lru_cache(maxsize=1)
def _profile() -> "tempfile.TemporaryDirectory[str]":
    """Return the folder of a profile that every call of a test worker shares; the first call fills it."""
    return tempfile.TemporaryDirectory(prefix="libreoffice-")


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
