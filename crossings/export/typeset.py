"""A briefing as PDF pages, and as pictures of those pages to look at before it is saved."""

import json
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from crossings.export import cells, memo
from crossings.export.briefing import Briefing, Part
from crossings.export.figure import missing, plain
from crossings.export.outlines import FONTS, missing_letters
from crossings.export.trace import ATTACHMENT, with_reading
from crossings.formats import A4
from crossings.questions.base import Table

if TYPE_CHECKING:
    from types import ModuleType

TEMPLATE = Path(__file__).with_name("briefing.typ")
PICTURE = {True: {"a4": (640, 340), "16:9": (520, 270)}, False: {"a4": (640, 330), "16:9": (880, 315)}}
LONG_TEXT = 34
TABLE_CM = 17.0
assert ATTACHMENT in TEMPLATE.read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _typesetter() -> "ModuleType":
    try:
        import typst
    except ImportError:
        raise missing("typst") from None
    return typst


def pdf(briefing: Briefing) -> bytes:
    """Return the briefing as PDF with its fonts and its trace inside. Raises MissingPackage."""
    pages: bytes = _compiled(briefing, format="pdf")
    traced = replace(briefing, trace=with_reading(briefing.trace, pages))
    read: bytes = _compiled(traced, format="pdf")
    return read


def previews(briefing: Briefing, *, ppi: int = 72) -> list[bytes]:
    """Return every page of the briefing's PDF as a PNG. Raises MissingPackage."""
    pages = _compiled(briefing, format="png", ppi=ppi)
    return list(pages) if isinstance(pages, list) else [pages]


def _compiled(briefing: Briefing, **wanted: Any) -> Any:
    record = json.dumps(_record(briefing), ensure_ascii=False)
    return _typesetter().compile(
        TEMPLATE.read_bytes(),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"briefing": record},
        **wanted,
    )


def drawable(text: str) -> str:
    """Return a text without the characters that the shipped font cannot draw."""
    unknown = _unknown(text)
    return "".join(letter for letter in text if letter not in unknown).strip()


def left_out(briefing: Briefing) -> set[str]:
    """Return the characters of a briefing's words that its PDF and pictures leave out."""
    words = [briefing.title, briefing.answer, *briefing.bullets]
    words += [text for part in briefing.parts for text in (part.figure.title, part.note)]
    return set().union(*map(_unknown, words))


def _unknown(text: str) -> set[str]:
    return {letter for letter in missing_letters(text) if letter.isprintable()} | {
        letter for letter in text if not letter.isprintable() and not letter.isspace()
    }


def _record(briefing: Briefing) -> dict[str, Any]:
    parts = briefing.parts[:1] if briefing.brief else briefing.parts
    language, form = briefing.language, briefing.language.conventions
    rests_on = briefing.rests_on()
    return {
        "title": drawable(briefing.title) or briefing.language("Briefing"),
        "lang": briefing.language.code,
        "region": briefing.language.conventions.region,
        "paper": briefing.paper,
        "brief": briefing.brief,
        "keywords": [f"{name}: {value}" for name, value in briefing.rests_on()],
        "answer": drawable(briefing.answer),
        "bullets": [drawable(point) for point in briefing.bullets],
        "stamp_line": drawable(briefing.stamp_line()),
        "parts": [_part(part, briefing, number) for number, part in enumerate(parts, start=1)],
        "absent": [drawable(briefing.language.named(gone.title, gone.reason)) for gone in briefing.absent],
        "method": [
            {"heading": section.heading, "points": list(map(drawable, section.points))}
            for section in briefing.method
        ],
        "head": [list(row) for row in briefing.headed()] if briefing.day else [],
        "form": {
            "row": form.head_row,
            "box": form.title_box,
            "lead": form.lead_box,
            "marks": list(form.marks),
            "label": briefing.language.pgettext("label of a title box", "Report"),
        },
        "sections": [
            {"heading": section.heading, "points": list(map(drawable, section.points))}
            for section in briefing.sections
        ],
        "full": briefing.filing.full,
        "sources": briefing.language.in_clauses(
            [drawable(block.words) for block in memo.sources_line(briefing)]
        ),
        "tables": [{"heading": heading} | _table(frame) for heading, frame in briefing.tables()],
        "stamp": _table(pd.DataFrame(rests_on, columns=[language("Item"), language("Value")])),
        "labels": {
            "absent": briefing.language("Figures that cannot be shown"),
            "method": briefing.language("Method"),
            "stamp": briefing.language("Basis of the figures"),
        },
        "trace": briefing.trace,
    }


def _part(part: Part, briefing: Briefing, number: int) -> dict[str, Any]:
    from crossings.export import pictures

    figure = part.figure
    width, height = PICTURE[briefing.brief][briefing.paper if briefing.paper in PICTURE[True] else A4]
    shown = cells.fits(figure.table) and not (briefing.brief and briefing.paper != A4)
    title = drawable(plain(figure.title))
    lines = [line for line in figure.footer() if not (briefing.brief and line == figure.versions_line())]
    return {
        "title": briefing.language("Figure {number}. {title}", number=number, title=title),
        "takeaway": drawable(plain(figure.takeaway)),
        "scenario": drawable(briefing.language("Scenario: {name}", name=figure.scenario))
        if figure.scenario
        else "",
        "note": drawable(part.note),
        "svg": pictures.body_svg(figure, width=width, height=height),
        "alt": drawable(figure.alt_text),
        "foot": [drawable(line) for line in lines],
        "table": _table(figure.table.texts(), figure.table) if shown else None,
        "numbers": briefing.language("Data table: {title}", title=title),
        "more": "" if shown else memo.left_out(figure),
    }


def _broken(text: str) -> str:
    """Return a text whose addresses may end a line after a sign of theirs."""
    return re.sub(r"([/?&=~])(?=\S)", "\\1\u200b", text) if "://" in text else text


def _table(frame: pd.DataFrame, shown: Table | None = None) -> dict[str, Any]:
    """Return a table of texts; columns with long texts share the width that the others leave."""
    texts = [[_broken(drawable(str(value))) for value in row] for row in frame.itertuples(index=False)]
    longest = [max(map(len, column), default=0) for column in zip(*texts, strict=True)] or [0] * len(
        frame.columns
    )
    return {
        "head": [drawable(str(name)) for name in frame.columns],
        "rows": texts,
        "widths": memo.shares(frame, width=TABLE_CM)
        if max(longest, default=0) > LONG_TEXT
        else [0.0] * len(longest),
        "right": [
            shown is not None and shown.visible.columns[place].numeric for place in range(len(frame.columns))
        ],
    }
