"""A briefing as a Hangul memo (HWPX) that stays editable: styles, outline, tables, pictures with their description."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from crossings.drawing import theme
from crossings.export import cells, clean, memo
from crossings.export.briefing import Briefing, Section
from crossings.export.figure import MissingPackage, missing
from crossings.export.memo import TYPES, Type
from crossings.export.trace import HWPX_PACKAGE, into_hwpx

if TYPE_CHECKING:
    from hwpx import HwpxDocument

FIRST_FONTS = ("함초롬돋움", "함초롬바탕")
STYLES = {"heading": "개요 1", "body": "바탕글", "foot": "머리말", "caption": "캡션"}
OWN_STYLES = "Crossings {kind}"
UNITS_PER_CM = 7200 / 2.54
TIGHT_PERCENT = 125
SHADE, HEAD_SHADE = "#F3F4F6", "#E6E9ED"
COLUMN_GAP_MM = 12
PREVIEW_LENGTH, PREVIEW_PPI, PREVIEW_CHART = 1_000, 50, (380, 220)
HEADER_LENGTH = 70
LEAST_SCALE = 0.8
HEADER_MM, FOOTER_MM = {True: 1.0, False: 6.0}, 9.0  # the header of a paper of one page is empty
ROUND = ("left", "right", "top", "bottom")
HIDDEN_ON_FIRST = {
    f"hide{part}": str(int(part == "Header"))
    for part in ("Header", "Footer", "MasterPage", "Border", "Fill", "PageNum")
}


def hwpx(briefing: Briefing) -> bytes:
    """Return a briefing as an HWPX memo. Raises MissingPackage without python-hwpx or vl-convert."""
    try:
        from hwpx import HwpxDocument
    except ImportError:
        raise missing("python-hwpx") from None
    briefing = clean.cleaned(briefing)
    laid = memo.memo(briefing)
    document = _written(HwpxDocument.new(), briefing, laid)
    while not _fits(document, briefing) and laid.scale > LEAST_SCALE:
        smaller = memo.memo(briefing, below=laid.scale)
        if smaller.scale >= laid.scale:  # no form of it takes so few pages
            break
        laid, document = smaller, _written(HwpxDocument.new(), briefing, smaller)
    _properties(document, briefing)
    return into_hwpx(document.to_bytes(), briefing.trace)


def _fits(document: "HwpxDocument", briefing: Briefing) -> bool:
    """Return whether a short paper keeps its pages as Hangul lays it out, whose fonts set wider than others."""
    from hwpx.layout.pages import estimate_pages

    most = memo.most_pages(briefing)
    return most is None or (estimate_pages(document).pages or 1) <= most


def _written(document: "HwpxDocument", briefing: Briefing, laid: memo.Memo) -> "HwpxDocument":
    """Return a new document with a memo's page, styles and blocks."""
    styles = _Styles(document, briefing, laid)
    _page(document, briefing, laid, styles)
    writer = _Writer(document, laid, styles)
    for block in laid.blocks:
        writer.write(block)
    styles.end_lines()
    return document


@dataclass(frozen=True)
class _Style:
    """References of one kind of paragraph: its style, its paragraph shape, its letter shape."""

    style: str
    paragraph: str
    letters: str

    def refs(self) -> dict[str, Any]:
        return {
            "style_id_ref": self.style,
            "para_pr_id_ref": self.paragraph,
            "char_pr_id_ref": self.letters,
        }


class _Styles:
    """The document's styles for the memo's kinds of text, in the language's font."""

    def __init__(self, document: "HwpxDocument", briefing: Briefing, laid: memo.Memo) -> None:
        self.document, self.header = document, document.oxml.headers[0]
        self.language, self.scale, self.laid = briefing.language, laid.scale, laid
        self.font = self.language.conventions.hangul_font
        self._declare_fonts()
        self.variants: dict[tuple[str, bool, bool, bool], _Style] = {}
        self.fills: dict[tuple[str | None, tuple[str, ...], str], str] = {}
        self.behind: dict[tuple[str, int], str] = {}
        for first in FIRST_FONTS:
            document.styles.replace_font(first, self.font)
        self.of = {
            kind: self._made(kind, shape, memo.sized(kind, self.scale, briefing.title))
            for kind, shape in TYPES.items()
        }

    def _declare_fonts(self) -> None:
        """Name the fonts of the language's papers, each with the one that stands in where it is absent."""
        form = self.language.conventions
        for face, other in {form.heading_fonts, form.text_fonts} if form.by_myriads else ():
            self.document.styles.ensure_font(face, subst_face=other, subst_type="TTF")

    def _face(self, kind: str) -> str:
        return memo.font_names(self.language, kind)[0] if self.language.conventions.by_myriads else self.font

    def _made(self, kind: str, shape: Type, size: float) -> _Style:
        letters = self.letters(shape, size=size, kind=kind)
        # Not on the paragraph shape of outlines, which would number the headings beside their own marks.
        paragraph = self.header.ensure_paragraph_format(
            base_para_pr_id="0",
            alignment=shape.align.upper(),
            line_spacing_percent=TIGHT_PERCENT if kind == "cell" else round(self.laid.leading(kind) * 100),
            margins={
                "prev": round(shape.before * self.scale * 100),
                "next": round(shape.after * self.scale * 100),
                "left": 0,
                "right": 0,
                "intent": 0,
            },
            break_setting={"keep_with_next": kind in memo.KEPT_WITH_NEXT},
        )
        style = self.header.ensure_style(
            STYLES.get(kind, OWN_STYLES.format(kind=kind)),
            eng_name=None if kind in STYLES else OWN_STYLES.format(kind=kind),
            para_pr_id_ref=paragraph,
            char_pr_id_ref=letters,
            next_style_id_ref=0,
            lang_id=self.language.conventions.lcid,
        )
        return _Style(style, paragraph, letters)

    def letters(self, shape: Type, *, size: float, kind: str = "cell") -> str:
        """Return the letter shape of a kind of text."""
        made: str = self.document.styles.ensure_run(
            font=self._face(kind),
            size=round(size, 1),
            bold=shape.bold,
            italic=shape.italic,
            color=shape.colour,
        )
        return made

    def varied(self, kind: str, *, right: bool = False, bold: bool = False, boxed: bool = False) -> _Style:
        """Return a kind of text set flush right, bold or without space around it; each is looked up once."""
        key = (kind, right, bold, boxed)
        if key not in self.variants:
            base, shape = self.of[kind], TYPES[kind]
            paragraph = base.paragraph
            if right:
                paragraph = self.header.ensure_paragraph_format(
                    base_para_pr_id=base.paragraph, alignment="RIGHT"
                )
            if boxed:
                paragraph = self.header.ensure_paragraph_format(
                    base_para_pr_id=paragraph, margins={"prev": 0, "next": 0}
                )
            heavy = replace(shape, bold=True)
            letters = (
                self.letters(heavy, size=memo.sized(kind, self.scale), kind=kind) if bold else base.letters
            )
            self.variants[key] = _Style(base.style, paragraph, letters)
        return self.variants[key]

    def hung(self, block: memo.Text) -> _Style:
        """Return a paragraph's style with its further lines behind its mark: Hangul counts that from the left."""
        base = self.of[block.kind]
        if not block.mark:
            return base
        behind = round(memo.hang(block, memo.sized(block.kind, self.scale)) * 100)
        key = (block.kind, behind)
        if key not in self.behind:
            self.behind[key] = self.header.ensure_paragraph_format(
                base_para_pr_id=base.paragraph, margins={"left": 0, "intent": -behind}
            )
        return replace(base, paragraph=self.behind[key])

    def end_lines(self) -> None:
        """Let lines end between words, in Japanese between letters: KEEP_WORD says the latter in Hangul's files."""
        for setting in self.header.element.iter("{*}breakSetting"):
            setting.set("breakNonLatinWord", "KEEP_WORD" if self.language.code == "ja" else "BREAK_WORD")
        self.header.mark_dirty()

    def rules(
        self, fill: str | None = None, sides: tuple[str, ...] = ("top", "bottom"), colour: str = memo.RULE
    ) -> str:
        """Return the lines of a table's cells, with or without a shade."""
        key = (fill, sides, colour)
        if key not in self.fills:
            self.fills[key] = self.document.styles.ensure_border_fill(
                border_color=colour, active_borders=list(sides), fill_color=fill
            )
        return self.fills[key]


def _page(document: "HwpxDocument", briefing: Briefing, laid: memo.Memo, styles: _Styles) -> None:
    page = laid.page
    document.page.setup(
        width_mm=page.width * 10,
        height_mm=page.height * 10,
        orientation="landscape" if page.width > page.height else "portrait",
        margins_mm={
            "left": page.side * 10,
            "right": page.side * 10,
            "top": page.end * 10 - HEADER_MM[False],
            "bottom": page.end * 10 - FOOTER_MM,
            "header": HEADER_MM[briefing.brief],
            "footer": FOOTER_MM,
        },
        columns=laid.columns,
        column_gap_mm=COLUMN_GAP_MM if laid.columns > 1 else None,
    )
    title = briefing.title
    short = title if len(title) <= HEADER_LENGTH else title[: HEADER_LENGTH - 1].rstrip() + "…"
    look = {"size": TYPES["foot"].size, "color": TYPES["foot"].colour, "font": styles.font}
    if short and not briefing.brief:
        document.page.set_header(content=[{"align": "LEFT", "children": [{"text": short, **look}]}])
    stamp = [{"text": briefing.stamp_line(), **look}]
    document.page.set_footer(
        content=[{"align": "LEFT", "children": stamp}, {"align": "CENTER", "children": []}]
    )
    _numbered(document)


def _numbered(document: "HwpxDocument") -> None:
    """Let Hangul write the page's number between dashes at the foot, in the middle, and no header on the first page."""
    first = document.paragraphs[0].runs[0].element
    space = first.tag.removesuffix("run")
    control = first.makeelement(f"{space}ctrl", {})
    number = {"pos": "BOTTOM_CENTER", "formatType": "DIGIT", "sideChar": "-"}
    control.append(first.makeelement(f"{space}pageNum", number))
    hidden = first.makeelement(f"{space}ctrl", {})
    hidden.append(first.makeelement(f"{space}pageHiding", HIDDEN_ON_FIRST))
    first.extend((control, hidden))
    for shown in document.oxml.sections[0].element.iter("{*}visibility"):
        shown.set("hideFirstHeader", "1")


def _properties(document: "HwpxDocument", briefing: Briefing) -> None:
    """Write title and language of the document, and the words that file lists show of it."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    document.parts.clear_document_metadata(keep=("language",))
    document.parts.set_document_metadata(
        title=briefing.title,
        creator="Crossings",
        subject=briefing.stamp_line(),
        created_date=now,
        modified_date=now,
    )
    package = document.package
    listing = package.get_text(HWPX_PACKAGE)
    code = briefing.language.code
    package.set_part(HWPX_PACKAGE, listing.replace("<opf:language>ko<", f"<opf:language>{code}<").encode())
    words = "\r\n".join([briefing.title, briefing.answer, *briefing.bullets])
    package.set_part("Preview/PrvText.txt", words[:PREVIEW_LENGTH].encode())
    if begins := _first_page(briefing):
        package.set_part("Preview/PrvImage.png", begins)


def _first_page(briefing: Briefing) -> bytes | None:
    """Return how the document begins as a small picture, for lists of files: without a typesetter its first chart."""
    from crossings.export import pictures, typeset

    none = pd.DataFrame()
    short = replace(briefing, parts=briefing.parts[:1], method=(), assumptions=none, sources=none, scale=none)
    try:
        return typeset.previews(short, ppi=PREVIEW_PPI)[0]
    except MissingPackage:
        width, height = PREVIEW_CHART
        charts = [pictures.chart_png(part.figure, width=width, height=height) for part in short.parts]
        return charts[0] if charts else None


class _Writer(memo.Writer):
    def __init__(self, document: "HwpxDocument", laid: memo.Memo, styles: _Styles) -> None:
        self.document, self.styles, self.room = document, styles, laid.room
        self.first, self.break_column = True, False

    def _break_column(self) -> None:
        self.break_column = True

    def _text(self, block: memo.Text) -> None:
        """Write a paragraph; the first goes into the one that every new document has."""
        style = self.styles.hung(block)
        if self.first:
            line = self.document.paragraphs[0]
            line.style_id_ref, line.para_pr_id_ref = style.style, style.paragraph
        else:
            line = self.document.add_paragraph(include_run=False, inherit_style=False, **style.refs())
        line.add_run(block.mark + block.words, char_pr_id_ref=style.letters)
        if block.new_page and not self.first:
            line.element.set("pageBreak", "1")
        if self.break_column:
            line.column_break = True
        self.first = self.break_column = False

    def _picture(self, block: memo.Picture) -> None:
        style = self.styles.varied("body", boxed=True)
        made = self.document.add_picture(
            block.png(),
            "png",
            width_mm=block.width * 10,
            height_mm=block.height * 10,
            para_pr_id_ref=style.paragraph,
            style_id_ref=style.style,
            char_pr_id_ref=style.letters,
        )
        for child in made.element:
            if child.tag.endswith("}shapeComment"):
                child.text = block.figure.alt_text
        self.first = False

    def _table(self, heights: list[float], shares: Sequence[float]) -> Any:
        """Return a table with thin rules: rows as high as told in centimetres, columns by their share of the text.

        Long tables do not stand as a letter in the text, since Hangul would not break those over pages.
        """
        sizes = [round(height * UNITS_PER_CM) for height in heights]
        holder = self.document.paragraphs[0] if self.first else self.document
        table = holder.add_table(
            len(sizes),
            len(shares),
            width=round(self.room * UNITS_PER_CM),
            height=sum(sizes),
            border_fill_id_ref=self.styles.rules(),
        )
        table.set_column_widths([round(share * 10_000) for share in shares])
        table.set_treat_as_char(len(sizes) <= cells.MOST_ROWS + 1 and sum(heights) < memo.WHOLE_TABLE)
        for row, size in zip(table.rows, sizes, strict=True):
            for cell in row.cells:
                cell.set_size(height=size)
        self.first = False
        return table

    def _heights(self, block: memo.Block) -> list[float]:
        """Return the heights that the rows of a table need, in centimetres."""
        return memo.row_heights(block, self.room, self.styles.scale, self.styles.laid.spacing)

    def _grid(self, block: memo.Grid) -> None:
        frame, shares = block.frame, memo.shares(block.frame, width=self.room)
        table = self._table(self._heights(block), shares)
        table.element.set("repeatHeader", "1")
        head, *body = table.rows
        names = memo.heads_of(frame, shares, width=self.room)
        for place, (cell, name) in enumerate(zip(head.cells, names, strict=True)):
            self._say(cell, name, right=place in block.right, bold=True)
            cell.element.set("header", "1")
            self._shade(cell, HEAD_SHADE)
        for row, values in zip(body, frame.itertuples(index=False), strict=True):
            for place, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
                self._say(cell, str(value), right=place in block.right)

    def _box(self, block: memo.Box) -> None:
        shares = memo.BESIDE if block.beside else (1.0,)
        told = [list(_points(one, block.mark)) for one in block.sections]
        rows = self._table(self._heights(block), shares).rows
        for row, one, lines in zip(rows, block.sections, told, strict=True):
            self._shade(row.cells[0], SHADE)
            self._say(row.cells[0], one.heading, kind="box_heading")
            for number, line in enumerate(lines):
                style = self.styles.hung(line)
                if number == 0 and block.beside:
                    self._say(row.cells[-1], line.mark + line.words, kind="bullet")
                    row.cells[-1].paragraphs[0].para_pr_id_ref = style.paragraph
                else:
                    row.cells[-1].add_paragraph(line.mark + line.words, **style.refs())

    def _row(self, block: memo.Row) -> None:
        """Write cells beside one another, each in its own type and shade."""
        table = self._table(self._heights(block), block.shares)
        for place, cell in enumerate(table.rows[0].cells):
            self._say(cell, block.cells[place], kind=block.kinds[place], boxed=True)
            shade = f"#{block.shades[place]}" if block.shades[place] else None
            sides = ROUND if block.cells[place] else ()
            colour = memo.frame_colour(block, place)
            cell.element.set("borderFillIDRef", self.styles.rules(shade, sides, colour))

    def _rows(self, block: memo.Rows) -> None:
        table = self._table(self._heights(block), memo.TEXT_SHARES)
        for row, (name, value) in zip(table.rows, block.rows, strict=True):
            self._say(row.cells[0], name, bold=True)
            link = value.startswith(("https://", "http://")) and len(value) < memo.LONGEST_LINK
            self._say(row.cells[1], "" if link else value)
            if link:
                letters = self.styles.letters(
                    Type(TYPES["cell"].size, colour=theme.KOREANS_TO_JAPAN),
                    size=memo.sized("cell", self.styles.scale),
                )
                row.cells[1].paragraphs[0].add_hyperlink(value, value, char_pr_id_ref=letters)

    def _say(
        self,
        cell: Any,
        words: str,
        *,
        kind: str = "cell",
        right: bool = False,
        bold: bool = False,
        boxed: bool = False,
    ) -> None:
        style = self.styles.varied(kind, right=right, bold=bold, boxed=boxed)
        line = cell.paragraphs[0]
        line.text = words
        line.style_id_ref, line.para_pr_id_ref = style.style, style.paragraph
        line.char_pr_id_ref = style.letters

    def _shade(self, cell: Any, colour: str) -> None:
        cell.element.set("borderFillIDRef", self.styles.rules(colour))


def _points(section: Section, mark: str) -> Iterator[memo.Text]:
    for point in section.points:
        yield memo.Text("bullet", " ".join(point.split("\n")), mark=mark)
