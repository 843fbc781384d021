"""A briefing as a ZIP of pictures and tables, with one file that describes them all."""

import io
import json
import zipfile

from crossings.export import clean, tables
from crossings.export.briefing import Briefing, Part
from crossings.export.figure import file_name, plain
from crossings.export.trace import METADATA, into_zip

KINDS = ("png", "svg", "csv")
STORED = ("png",)
LONGEST_STEM = 60


def archive(briefing: Briefing) -> bytes:
    """Return a ZIP with PNG, SVG and CSV of each figure and metadata.json. Raises MissingPackage."""
    briefing = clean.cleaned(briefing)
    out = io.BytesIO()
    described = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number, part in enumerate(briefing.parts, start=1):
            made = _files(part, number)
            for name, data in made.items():
                packing = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
                package.writestr(name, data, packing)
            described.append(_described(part, list(made)))
        whole = {"briefing": _about(briefing), "figures": described}
        package.writestr(METADATA, json.dumps(whole, ensure_ascii=False, indent=1))
    return into_zip(out.getvalue(), briefing.trace)


def _files(part: Part, number: int) -> dict[str, bytes]:
    from crossings.export import pictures

    png, svg = pictures.png_and_svg(part.figure)
    made = zip(KINDS, (png, svg, tables.csv(part.figure)), strict=True)
    return {_name(part, number, kind): data for kind, data in made}


def _name(part: Part, number: int, kind: str) -> str:
    """Return a name no other figure has: its number, then as much of its title as every system takes."""
    stem = file_name(part.figure, kind).removesuffix(f".{kind}")
    return f"{number:02d}-{stem[:LONGEST_STEM].strip('-')}.{kind}"


def _described(part: Part, names: list[str]) -> dict[str, object]:
    return {
        "files": names,
        "about": dict(part.figure.about()),
        "note": part.note,
        "method": list(map(plain, part.method)),
    }


def _about(briefing: Briefing) -> dict[str, object]:
    return {
        "title": briefing.title,
        "answer": plain(briefing.answer),
        "bullets": list(map(plain, briefing.bullets)),
        "language": briefing.language.code,
        "stamp": dict(briefing.rests_on()),
        "absent": [{"title": entry.title, "reason": entry.reason} for entry in briefing.absent],
    }
