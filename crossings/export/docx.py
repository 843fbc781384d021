"""A briefing as a Word memo that stays editable: real styles, real tables, pictures with their description."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from crossings.drawing import theme
from crossings.export import clean, memo
from crossings.export.briefing import Briefing
from crossings.export.figure import missing
from crossings.export.memo import TYPES, Type
from crossings.export.templates import template_body, template_unreadable
from crossings.export.trace import into_office, own
from crossings.language import Language

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section as PageSection
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

STYLES = {
    "title": "Title",
    "right": "Briefing Right",
    "unit": "Briefing Unit",
    "label": "Briefing Label",
    "boxed_title": "Briefing Title",
    "table_title": "Briefing Table Title",
    "answer": "Briefing Answer",
    "bullet": "Briefing Point",
    "heading": "Heading 1",
    "takeaway": "Briefing Takeaway",
    "scenario": "Briefing Scenario",
    "caption": "Caption",
    "note": "Briefing Note",
    "body": "Normal",
    "cell": "Briefing Cell",
    "head": "Briefing Head",
    "box_heading": "Heading 2",
    "foot": "Footer",
}
BELOW_TABLE = 6.0  # points between a table and what follows
LONGEST_PROPERTY = 255
SHADE, HEAD_SHADE = "F3F4F6", "E6E9ED"
COLUMN_GAP = 680
HEADER_LENGTH = 70
COMPATIBLE = "15"
AFTER_SPACING = (
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)


def docx(briefing: Briefing, template: bytes | None = None) -> bytes:
    """Return a briefing as a DOCX memo, or in an office's own template (DOTX, DOCX).

    Raises MissingPackage without python-docx or vl-convert, and TemplateUnreadable.
    """
    try:
        import docx as library
    except ImportError:
        raise missing("python-docx") from None
    briefing = clean.cleaned(briefing)
    document = library.Document() if template is None else _from_template(template)
    laid = memo.memo(briefing)
    _properties(document, briefing)
    _as_of_today(document)
    _styles(document, briefing, laid, own=template is None)
    if template is None:
        own(document.part.package)
        _stand_ins(document, briefing.language)
        _page(document.sections[0], laid)
        _header_and_footer(document.sections[0], briefing, laid)
    writer = _Writer(document, laid)
    for block in laid.blocks:
        writer.write(block)
    out = io.BytesIO()
    document.save(out)
    return into_office(out.getvalue(), briefing.trace)


def _properties(document: "Document", briefing: Briefing) -> None:
    properties = document.core_properties
    properties.title = briefing.title[:LONGEST_PROPERTY]
    properties.subject = briefing.answer[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = "Crossings"
    properties.comments = briefing.stamp_line()[:LONGEST_PROPERTY]
    properties.language = briefing.language.conventions.tag
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)


def _as_of_today(document: "Document") -> None:
    """Mark the document as one of today's Word, so that it does not open in a mode for older ones."""
    settings = document.settings.element
    compatible = settings.find(_q("w:compat"))
    if compatible is None:
        return
    for setting in compatible.findall(_q("w:compatSetting")):
        if setting.get(_q("w:name")) == "compatibilityMode":
            setting.set(_q("w:val"), COMPATIBLE)


def _from_template(data: bytes) -> "Document":
    """Return an office's own template as an empty document. Raises TemplateUnreadable."""
    import docx as library

    try:
        document = library.Document(io.BytesIO(template_body(data, "wordprocessingml", "document")))
        body = document.element.body
        for child in list(body):
            if child.tag != _q("w:sectPr"):
                body.remove(child)
    except Exception:  # whatever a damaged or foreign file makes its reader raise
        raise template_unreadable() from None
    return document


def _styles(document: "Document", briefing: Briefing, laid: memo.Memo, *, own: bool) -> None:
    """Give every style of the document the language's fonts by name, and the memo's styles their type.

    own: False in an office's template, whose styles stay as they are; only those that it lacks are added.
    """
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    language = briefing.language
    styles, added = document.styles, list[str]()
    for name in STYLES.values():
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
            styles[name].quick_style = True
            added.append(name)
    if not own:
        for kind in (kind for kind, name in STYLES.items() if name in added):
            _set(styles[STYLES[kind]], TYPES[kind], size=memo.sized(kind, laid.scale), scale=laid.scale)
        return
    tag = language.conventions.tag
    defaults = styles.element.find(_q("w:docDefaults"))
    for properties in [] if defaults is None else defaults.iter(_q("w:rPr")):
        _fonts(properties, language)
        _language(properties, language)
    for properties in [] if defaults is None else defaults.iter(_q("w:pPr")):
        for place, name in enumerate(("w:autoSpaceDE", "w:autoSpaceDN")):
            properties.insert(place, _new(name, val="0"))
    for style in styles.element.iter(_q("w:style")):
        style.get_or_add_rPr()
    for properties in styles.element.iter(_q("w:rPr")):
        _fonts(properties, language)
    for kind, name in STYLES.items():
        size = memo.sized(kind, laid.scale, briefing.title)
        _set(styles[name], TYPES[kind], size=size, scale=laid.scale)
        # Exact, so that a page holds the same in every program and font.
        styles[name].paragraph_format.line_spacing = Pt(laid.leading(kind) * size)
        _fonts(styles[name].element.get_or_add_rPr(), language, kind)
    for found in document.settings.element.iter(_q("w:themeFontLang")):
        found.set(_q("w:val"), tag if not language.conventions.by_myriads else "en-US")
        found.set(_q("w:eastAsia"), tag if language.conventions.by_myriads else "ko-KR")


def _set(style: "ParagraphStyle", kind: Type, *, size: float, scale: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    font, shape = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(size), kind.bold, kind.italic
    font.color.rgb = RGBColor.from_string(kind.colour.removeprefix("#"))
    shape.space_before, shape.space_after = Pt(kind.before * scale), Pt(kind.after * scale)
    shape.alignment = {"left": None, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}[
        kind.align
    ]
    _without(style.element.get_or_add_pPr(), "w:pBdr", "w:tabs", "w:autoSpaceDE", "w:autoSpaceDN")
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        _placed(style.element.get_or_add_pPr(), _new(name, val="0"))
    letters = style.element.get_or_add_rPr()
    _without(letters, "w:spacing", "w:szCs", "w:bCs", "w:iCs")
    letters.find(_q("w:sz")).addnext(_new("w:szCs", val=str(round(size * 2))))
    font.cs_bold, font.cs_italic = kind.bold, kind.italic


def _placed(properties: Any, made: Any) -> None:
    """Put an element among a paragraph's properties where the schema wants it."""
    properties.insert_element_before(made, *AFTER_SPACING)


def _without(properties: Any, *names: str) -> None:
    for name in names:
        for old in properties.findall(_q(name)):
            properties.remove(old)


def _q(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def _new(name: str, **attributes: str) -> Any:
    """Return a new element with w: attributes."""
    from docx.oxml import OxmlElement

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(_q(f"w:{key}"), value)
    return made


def _child(parent: Any, name: str, **attributes: str) -> Any:
    """Return a new element with w: attributes, appended to its parent."""
    made = _new(name, **attributes)
    parent.append(made)
    return made


def _fonts(properties: Any, language: Language, kind: str = "cell") -> None:
    latin, asian = memo.font_names(language, kind)
    _without(properties, "w:rFonts")
    properties.insert(0, _new("w:rFonts", ascii=latin, hAnsi=latin, eastAsia=asian, cs=latin))


def _language(properties: Any, language: Language) -> None:
    _without(properties, "w:lang")
    tag = language.conventions.tag
    asian = tag if language.conventions.by_myriads else "ko-KR"
    _child(properties, "w:lang", val="en-US" if asian == tag else tag, eastAsia=asian, bidi="ar-SA")


def _stand_ins(document: "Document", language: Language) -> None:
    """Name the fonts that stand in for those of the language's papers on a computer without them."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    form, table = language.conventions, document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/></w:font>'
        for face, other in sorted({form.heading_fonts, form.text_fonts})
    )
    table._blob = table.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())


def _page(section: "PageSection", laid: memo.Memo) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    page = laid.page
    section.page_width, section.page_height = Cm(page.width), Cm(page.height)
    section.left_margin = section.right_margin = Cm(page.side)
    section.top_margin = section.bottom_margin = Cm(page.end)
    section.header_distance = section.footer_distance = Cm(page.end * 0.45)
    section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
    properties = section._sectPr
    _without(properties, "w:docGrid", "w:cols")
    _child(properties, "w:cols", num=str(laid.columns), space=str(COLUMN_GAP))


def _header_and_footer(section: "PageSection", briefing: Briefing, laid: memo.Memo) -> None:
    """Write the title at the head of all pages but the first, and stamp and page number at the foot of every one."""
    title = briefing.title
    short = title if len(title) <= HEADER_LENGTH else title[: HEADER_LENGTH - 1].rstrip() + "…"
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "" if briefing.brief else short
    for head in (section.header, section.first_page_header):
        head.paragraphs[0].style = STYLES["foot"]
    for foot in (section.footer, section.first_page_footer):
        _footer(foot, briefing, laid)


def _footer(foot: Any, briefing: Briefing, laid: memo.Memo) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Cm

    line = foot.paragraphs[0]
    line.style = STYLES["foot"]
    line.paragraph_format.tab_stops.add_tab_stop(Cm(laid.page.text), WD_TAB_ALIGNMENT.RIGHT)
    if briefing.language.conventions.page_dashes:
        line.add_run(briefing.stamp_line())
        line = foot.add_paragraph("- ", style=STYLES["foot"])
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(line, "PAGE")
        line.add_run(" -")
        return
    line.add_run(briefing.stamp_line() + "\t")
    _field(line, "PAGE")
    line.add_run(" / ")
    _field(line, "NUMPAGES")


def _field(line: "Paragraph", code: str) -> None:
    """Append a number that Word keeps up to date."""
    field = _child(line._p, "w:fldSimple", instr=code)
    run = _child(field, "w:r")
    _child(run, "w:t").text = "1"


class _Writer(memo.Writer):
    def __init__(self, document: "Document", laid: memo.Memo) -> None:
        self.document, self.room = document, laid.room - memo.ROUNDING
        self.scale = laid.scale
        self.names = {kind: str(document.styles[name].style_id) for kind, name in STYLES.items()}

    def _break_column(self) -> None:
        from docx.enum.text import WD_BREAK

        self.document.paragraphs[-1].add_run().add_break(WD_BREAK.COLUMN)

    def _paragraph(self, kind: str, words: str = "") -> "Paragraph":
        """Append a paragraph; its style is set by its number, since a look-up by name is slow."""
        made = self.document.add_paragraph(words)
        made._p.style = self.names[kind]
        return made

    def _marked(self, line: "Paragraph", block: memo.Text) -> None:
        """Write a paragraph's mark and words, its further lines behind the mark."""
        from docx.shared import Pt

        line.add_run(block.mark + block.words)
        if block.mark:
            behind = Pt(memo.hang(block, memo.sized(block.kind, self.scale)))
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = behind, -behind

    def _text(self, block: memo.Text) -> None:
        made = self._paragraph(block.kind)
        self._marked(made, block)
        made.paragraph_format.page_break_before = block.new_page or None
        made.paragraph_format.keep_with_next = True if block.kind in memo.KEPT_WITH_NEXT else None

    def _picture(self, block: memo.Picture) -> None:
        from docx.shared import Cm

        line = self._paragraph("body")
        line.paragraph_format.line_spacing = 1.0
        line.paragraph_format.keep_with_next = True
        shape = line.add_run().add_picture(io.BytesIO(block.png()), width=Cm(block.width))
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")  # else some programs shift it
        named = shape._inline.docPr
        named.set("descr", clean.clean(block.figure.alt_text))
        named.set("title", clean.one_line(block.figure.title))

    def _table(self, rows: int, widths: list[float], padding: float = memo.ROW_PADDING) -> "Table":
        """Return a table with thin rules, its columns and the room in its rows as wide as told in centimetres."""
        from docx.shared import Cm

        made: Table = self.document.add_table(rows, len(widths), style="Table Grid")
        made.autofit = False
        borders = _new("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            kind = "nil" if side in ("left", "right", "insideV") else "single"
            _child(borders, f"w:{side}", val=kind, sz="4", color=memo.RULE.removeprefix("#"))
        layout = made._tbl.tblPr.find(_q("w:tblLayout"))
        layout.addprevious(_new("w:tblInd", w="0", type="dxa"))
        layout.addprevious(borders)
        margins = _new("w:tblCellMar")
        for side in ("top", "bottom"):
            _child(margins, f"w:{side}", w=str(round(padding / 2 * 567)), type="dxa")
        layout.addnext(margins)
        sizes = [Cm(width) for width in widths]
        for column, size in zip(made.columns, sizes, strict=True):
            column.width = size
        for row in _rows_of(made):
            for cell, size in zip(row, sizes, strict=True):
                cell.width = size
        return made

    def _after_table(self) -> None:
        """Leave little room below a table, and end it: two tables in a row would be one."""
        from docx.shared import Pt

        self._paragraph("cell").paragraph_format.line_spacing = Pt(BELOW_TABLE)

    def _grid(self, block: memo.Grid) -> None:
        frame, room = block.frame, self.room
        shares = memo.shares(frame, width=room)
        made = self._table(len(frame) + 1, [share * room for share in shares], memo.GRID_PADDING)
        cells = _rows_of(made)
        names = memo.heads_of(frame, shares, width=room)
        for place, (cell, name) in enumerate(zip(next(cells), names, strict=True)):
            self._say(cell, name, right=place in block.right, bold=True)
            _shade(cell, HEAD_SHADE)
        _child(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")
        for row, values in zip(cells, frame.itertuples(index=False), strict=True):
            for place, (cell, value) in enumerate(zip(row, values, strict=True)):
                self._say(cell, str(value), right=place in block.right)
        for row in made.rows:
            _child(row._tr.get_or_add_trPr(), "w:cantSplit", val="true")
        if memo.stays_whole(block, room):
            self._kept_whole(made)
        self._after_table()

    def _kept_whole(self, made: "Table") -> None:
        """Keep every row of a table on the page of the next."""
        from docx.text.paragraph import Paragraph

        for row in list(made.rows)[:-1]:
            for line in row._tr.iter(_q("w:p")):
                Paragraph(line, made).paragraph_format.keep_with_next = True

    def _box(self, block: memo.Box) -> None:
        shares = memo.BESIDE if block.beside else (1.0,)
        rows = _rows_of(self._table(len(block.sections), [share * self.room for share in shares]))
        for section, cells in zip(block.sections, rows, strict=True):
            _shade(cells[0], SHADE)
            line = cells[0].paragraphs[0]
            line.style = STYLES["box_heading"]
            line.paragraph_format.keep_with_next = (
                False  # else some programs keep the whole table on one page
            )
            line.add_run(section.heading)
            lines = [cells[-1].paragraphs[0]] if block.beside else []
            lines += [cells[-1].add_paragraph() for _ in section.points[len(lines) :]]
            for line, point in zip(lines, section.points, strict=True):
                line._p.style = self.names["bullet"]
                self._marked(line, memo.Text("bullet", point, mark=block.mark))
        self._after_table()

    def _rows(self, block: memo.Rows) -> None:
        room = self.room
        made = self._table(len(block.rows), [share * room for share in memo.TEXT_SHARES])
        for row, (name, value) in zip(_rows_of(made), block.rows, strict=True):
            self._say(row[0], name, bold=True)
            if value.startswith(("https://", "http://")) and len(value) < memo.LONGEST_LINK:
                _link(self._say(row[1], ""), value)
            else:
                self._say(row[1], value)

    def _row(self, block: memo.Row) -> None:
        """Write cells beside one another, each in its own type and shade, thin lines round all."""
        from docx.enum.table import WD_ALIGN_VERTICAL
        from docx.shared import Pt

        made = self._table(1, [share * self.room for share in block.shares])
        for place, (cell,) in enumerate(zip(made.rows[0].cells, strict=True)):
            _boxed(cell, "single" if block.cells[place] else "nil", memo.frame_colour(block, place))
            line = cell.paragraphs[0]
            line._p.style = self.names[block.kinds[place]]
            line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(0)
            line.add_run(block.cells[place])
            if block.shades[place]:
                _shade(cell, block.shades[place])
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        self._after_table()

    def _say(self, cell: "_Cell", words: str, *, right: bool = False, bold: bool = False) -> "Paragraph":
        """Write a cell's words and return their line."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        line: Paragraph = cell.paragraphs[0]
        line._p.style = self.names["cell"]
        if words:
            line.add_run(words).bold = bold or None
        if right:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        return line


def _rows_of(table: "Table") -> Iterator[list["_Cell"]]:
    """Yield the cells of each row, looked up once for the whole table."""
    cells, width = table._cells, len(table.columns)
    for start in range(0, len(cells), width):
        yield cells[start : start + width]


def _boxed(cell: "_Cell", kind: str, colour: str) -> None:
    """Draw thin lines round a cell, or none."""
    borders = _child(cell._tc.get_or_add_tcPr(), "w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        _child(borders, f"w:{side}", val=kind, sz="4", color=colour.removeprefix("#"))


def _shade(cell: "_Cell", colour: str) -> None:
    _child(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=colour)


def _link(line: "Paragraph", address: str) -> None:
    """Append a web address that opens when it is pressed."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    number = line.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = _child(line._p, "w:hyperlink")
    link.set(_q("r:id"), number)
    run = _child(link, "w:r")
    look = _child(run, "w:rPr")
    _child(look, "w:color", val=theme.KOREANS_TO_JAPAN.removeprefix("#"))
    _child(look, "w:u", val="single")
    _child(run, "w:t").text = address
