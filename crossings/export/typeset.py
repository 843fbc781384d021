"""A briefing as PDF pages, and as pictures of those pages to look at before it is saved."""

import io
import json
import re
import subprocess
import sys
from bisect import bisect_left
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from itertools import chain, count, repeat
from pathlib import Path
from typing import Any, Self

import pandas as pd

from crossings.export import cells, clean, memo, typesetter
from crossings.export.briefing import Briefing, Part, Section
from crossings.export.figure import missing, plain
from crossings.export.outlines import FONTS, missing_letters
from crossings.export.sizes import least_height
from crossings.export.trace import ATTACHMENT, with_reading
from crossings.formats import A4
from crossings.questions.base import Table

TEMPLATE = Path(__file__).with_name("briefing.typ")
WIDE_PICTURE = {True: (520, 270), False: (880, 315)}
PAGE_PIXELS = 640  # the width of a chart across an upright page
TIGHT = 1.33  # the pitch of lines in long papers
SCALES = tuple(
    percent / 100 for percent in range(140, 75, -5)
)  # of the type of short papers, the largest first
LONGEST_END_SECONDS = 10.0
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
LONG_TEXT, TABLE_CM, TALLEST_PICTURE = 34, 17.0, 680
assert ATTACHMENT in TEMPLATE.read_text(encoding="utf-8")


class TypesetterEnded(RuntimeError):
    """The process that sets papers ended before its work was done; what it said of it stands in the server's log."""


class Typesetter:
    """Typst in a process of its own for one paper: within this one it would keep some 50 MB for every paper."""

    def __init__(self) -> None:
        if find_spec("typst") is None:
            raise missing("typst")
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(Path(typesetter.__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def set(self, said: Mapping[str, Any], **wanted: Any) -> list[bytes]:
        """Return a paper's files, one for PDF, one a page for pictures. Raises MissingPackage, or TypesetterEnded."""
        sent, made = self._process.stdin, self._process.stdout
        assert sent is not None
        assert made is not None
        paper = {
            "template": TEMPLATE.read_text(encoding="utf-8"),
            "fonts": str(FONTS),
            "record": json.dumps(said, ensure_ascii=False),
            "wanted": wanted,
        }
        try:
            sent.write(json.dumps(paper).encode() + b"\n")
            sent.flush()
            sizes = json.loads(made.readline())
            files = [made.read(size) for size in sizes]
        except (OSError, ValueError):
            raise self._ended() from None
        if [len(file) for file in files] != sizes:
            raise self._ended()
        return files

    def _ended(self) -> Exception:
        """Return why the process came to its end before its work was done."""
        code = self._process.wait(LONGEST_END_SECONDS)
        return missing("typst") if code == typesetter.NOT_INSTALLED else TypesetterEnded(f"exit code {code}")


def pdf(briefing: Briefing) -> bytes:
    """Return the briefing as PDF with its fonts and its trace inside. Raises MissingPackage."""
    with Typesetter() as set_by:
        said, pages = _fitted(briefing, set_by)
        (read,) = set_by.set(said | {"trace": with_reading(briefing.trace, pages)}, format="pdf")
    return read


def previews(briefing: Briefing, *, ppi: int = 72) -> list[bytes]:
    """Return every page of the briefing's PDF as a PNG. Raises MissingPackage."""
    with Typesetter() as set_by:
        return set_by.set(_fitted(briefing, set_by)[0], format="png", ppi=ppi)


def _fitted(briefing: Briefing, set_by: Typesetter) -> tuple[dict[str, Any], bytes]:
    """Return what the template sets and its PDF: upright short papers in the largest type that keeps their pages."""
    said = _record(briefing)

    def compiled(**more: Any) -> bytes:
        return set_by.set(said | more, format="pdf")[0]

    most = memo.most_pages(briefing)
    if briefing.paper != A4 or most is None:
        return said, compiled()
    made: dict[float, bytes] = {}

    def fits(scale: float) -> bool:
        made[scale] = compiled(scale=scale)
        return _count(made[scale]) <= most

    place = bisect_left(SCALES, True, key=fits)
    if place < len(SCALES):
        return said | {"scale": SCALES[place]}, made[SCALES[place]]
    return said | {"shrunk": True}, compiled(shrunk=True)


def _count(pages: bytes) -> int:
    try:
        from pypdf import PdfReader
    except ImportError:
        raise missing("pypdf") from None
    return len(PdfReader(io.BytesIO(pages)).pages)


def drawable(text: str) -> str:
    """Return a text with one mark for letters in a row that the shipped font cannot draw, and none for hidden signs."""
    unknown = _unknown(text)
    marked = "".join(
        letter if letter not in unknown else UNKNOWN if letter.isprintable() else "" for letter in text
    )
    return re.sub(f"{UNKNOWN}+", UNKNOWN, marked).strip()


def drawable_lines(text: str) -> list[str]:
    """Return the lines of a text, each as far as the shipped font can draw it."""
    return [drawable(line) for line in text.split("\n")]


def left_out(briefing: Briefing) -> set[str]:
    """Return the visible characters of a briefing's words that its PDF and pictures replace by a mark."""
    filing = briefing.filing
    words = [briefing.title, briefing.answer, *briefing.bullets, filing.department, filing.contact]
    words += [text for part in briefing.parts for text in (part.figure.title, part.note)]
    return {letter for letter in set().union(*map(_unknown, words)) if letter.isprintable()}


def _unknown(text: str) -> set[str]:
    return {letter for letter in missing_letters(text) if letter.isprintable()} | {
        letter for letter in text if not letter.isprintable() and not letter.isspace()
    }


def _record(briefing: Briefing) -> dict[str, Any]:
    """Return what the template sets: on upright pages with lines as far apart and charts as tall as in other memos."""
    briefing = clean.cleaned(briefing)
    laid = memo.memo(briefing) if briefing.paper == A4 else None
    sizes = _sizes(briefing, laid)
    short = laid is not None and (briefing.brief or not briefing.filing.full)
    parts = briefing.parts[:1] if briefing.brief else briefing.parts
    language, tables = briefing.language, count(1)
    heading = _headings(briefing)
    sections = [_section(section, heading) for section in briefing.told()]
    return {
        "title": drawable(briefing.title) or language("Briefing"),
        "title_lines": drawable_lines(memo.title_lines(briefing)),
        "lang": language.code,
        "region": language.conventions.region,
        "paper": briefing.paper,
        "brief": briefing.brief,
        "keywords": [f"{name}: {value}" for name, value in briefing.rests_on()],
        "answer": drawable(briefing.answer),
        "stamp_line": drawable(briefing.stamp_line()),
        "parts": [
            _part(part, briefing, (number, tables), size)
            for number, (part, size) in enumerate(zip(parts, sizes, strict=True), start=1)
        ],
        "shares": list(memo.head_shares([language.named(*row) for row in briefing.headed()])),
        "head": [[name, drawable(value)] for name, value in briefing.headed()] if briefing.day else [],
        "form": _form(briefing),
        "sections": sections,
        "full": briefing.filing.full,
        "scale": 1.0,
        "shrunk": not short,
        "pitch": laid.spacing if laid and short else TIGHT,
        "sources": language.in_clauses(
            [block.mark + drawable(block.words) for block in memo.sources_line(briefing)]
        ),
        "trace": briefing.trace,
    } | _annexes(briefing, heading)


def _sizes(briefing: Briefing, laid: memo.Memo | None) -> list[tuple[int, int]]:
    """Return the width and height in pixels of each part's chart: those of a memo, or of wide pages."""
    if laid is None:
        return [WIDE_PICTURE[briefing.brief]] * len(briefing.parts[: 1 if briefing.brief else None])
    pictures = (block for block in laid.blocks if isinstance(block, memo.Picture))
    return [(PAGE_PIXELS, round(PAGE_PIXELS * one.height / one.width)) for one in pictures]


def _annexes(briefing: Briefing, heading: Callable[[str], str]) -> dict[str, Any]:
    """Return what stands behind the figures, each part with its heading where it has anything."""
    language, rests_on = briefing.language, briefing.rests_on()
    absent = [drawable(language.named(gone.title, gone.reason)) for gone in briefing.absent]
    marked = sorted(left_out(briefing))
    unknown = language("{mark} stands for a letter that the font of this file does not have.", mark=UNKNOWN)
    return {
        "absent": absent,
        "labels": {
            "absent": heading(language("Figures that cannot be shown")) if absent else "",
            "method": heading(language("Method")) if briefing.method else "",
        },
        "method": [_section(section, str) for section in briefing.method],
        "tables": [{"heading": heading(name)} | _table(frame) for name, frame in briefing.tables()],
        "stamp": {"heading": heading(language("Basis of the figures")) if rests_on else ""}
        | _table(pd.DataFrame(rests_on, columns=[language("Item"), language("Value")])),
        "unknown": unknown if marked else "",
    }


def _headings(briefing: Briefing) -> Callable[[str], str]:
    """Return what writes the mark or number of the language's papers before a heading."""
    form, numbers = briefing.language.conventions, count(1)
    if form.levels and not briefing.brief:
        return lambda words: form.levels[0].format(next(numbers)) + words
    return lambda words: form.marks[0] + words


def _section(section: Section, heading: Callable[[str], str]) -> dict[str, Any]:
    return {"heading": heading(drawable(section.heading)), "points": list(map(drawable, section.points))}


def _form(briefing: Briefing) -> dict[str, Any]:
    """Return how the language's papers look, as the template takes it."""
    form = briefing.language.conventions
    return {
        "row": form.head_row,
        "box": form.title_box,
        "lead": form.lead_box,
        "marks": list(form.marks),
        "numbered": form.levels[1] if form.levels and not briefing.brief else "",
        "boxes": form.section_boxes and briefing.brief,
        "dashes": form.page_dashes,
        "label": briefing.language.pgettext("label of a title box", "Report"),
    }


def _part(
    part: Part, briefing: Briefing, numbers: tuple[int, "count[int]"], size: tuple[int, int]
) -> dict[str, Any]:
    from crossings.export import pictures

    figure, (width, height) = part.figure, size
    if briefing.paper != A4:
        height = max(height, min(least_height(figure), TALLEST_PICTURE))
    marks = chain([briefing.language.conventions.marks[3]], repeat(""))
    shown = cells.fits(figure.table) and not briefing.brief
    return {
        "title": drawable(memo.figure_title(figure, numbers[0])),
        "takeaway": drawable(plain(figure.takeaway)),
        "scenario": drawable(memo.scenario_line(part, briefing)),
        "note": drawable(part.note),
        "svg": pictures.body_svg(figure, width=width, height=height),
        "alt": drawable(figure.alt_text),
        "foot": [
            mark + drawable(line) for mark, line in zip(marks, memo.foot_once(part, briefing), strict=False)
        ],
        "table": _table(figure.table.texts(), figure.table) if shown else None,
        "table_title": drawable(memo.table_title(figure, next(numbers[1]))) if shown else "",
        "unit": drawable(memo.unit_line(figure)) if shown else "",
        "more": memo.left_out(figure) if not shown and briefing.filing.full else "",
    }


def _broken(text: str) -> str:
    """Return a text whose addresses may end a line after a sign of theirs, and whose words before a bracket."""
    text = re.sub(r"(?<=\S{6})(?=[(（]\S{3})", "\u200b", text)
    return re.sub(r"([/?&=~])(?=\S)", "\\1\u200b", text) if "://" in text else text


def _table(frame: pd.DataFrame, shown: Table | None = None) -> dict[str, Any]:
    """Return a table of texts; columns with long texts share the width that the others leave."""
    texts = [[_broken(drawable(str(value))) for value in row] for row in frame.itertuples(index=False)]
    sized = shown is not None or any(len(text) > LONG_TEXT for row in texts for text in row)
    widths = memo.shares(frame, width=TABLE_CM) if sized else [0.0] * len(frame.columns)
    heads = memo.heads_of(frame, widths, width=TABLE_CM) if sized else list(map(str, frame.columns))
    numeric = [column.numeric for column in shown.visible.columns] if shown else [False] * len(heads)
    return {
        "head": list(map(drawable, heads)),
        "rows": texts,
        "widths": widths,
        "right": numeric,
        "whole": memo.stays_whole(memo.Grid(frame), TABLE_CM),
    }
