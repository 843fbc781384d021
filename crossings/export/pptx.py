"""A briefing as slides: native charts and tables that can be edited, method and sources in the notes."""

import io
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import effect, effect_share
from crossings.drawing.measure import NEVER_FIRST, PHRASE, text_width, wrapped
from crossings.errors import N_
from crossings.export import cells, clean, memo, trace
from crossings.export.briefing import Briefing, Part, Section
from crossings.export.figure import Figure, missing, plain
from crossings.export.native import office_of
from crossings.export.templates import template_body, template_unreadable
from crossings.formats import A4
from crossings.language import Language
from crossings.questions.base import NOTHING, Table

EMU_A_POINT = 12_700
MARGIN = 36.0
BOX_SHARES = (0.12, 0.88)


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    def emu(self) -> tuple[int, int, int, int]:
        """Return left, top, width and height in the file's own units."""
        left, top, width, height = (
            round(value * EMU_A_POINT) for value in (self.left, self.top, self.width, self.height)
        )
        return left, top, width, height


@dataclass(frozen=True)
class Line:
    """One paragraph: its words, size in points, colour; bulleted where it is a point of a list; flush right."""

    text: str
    size: float
    colour: str = theme.INK
    bold: bool = False
    bullet: bool = False
    right: bool = False


def pptx(briefing: Briefing, template: bytes | None = None) -> bytes:
    """Return the briefing as PPTX, 16:9 or A4 across, or in an office's own template (PPTX, POTX).

    Raises MissingPackage, and TemplateUnreadable.
    """
    try:
        from pptx import Presentation
    except ImportError:
        raise missing("python-pptx") from None
    briefing = clean.cleaned(briefing)
    show = Presentation() if template is None else _from_template(template)
    if template is None:
        trace.own(show.part.package)
    deck = Deck(show, briefing, own=template is None)
    if briefing.brief:
        deck.one_slide()
    else:
        deck.every_slide()
    about = show.core_properties
    about.title, about.author, about.last_modified_by = briefing.title[:250], "Crossings", "Crossings"
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    about.revision = 1
    about.subject, about.language = briefing.answer[:250], briefing.language.code
    about.comments = briefing.stamp_line()[:250]
    out = io.BytesIO()
    show.save(out)
    return trace.into_office(out.getvalue(), briefing.trace)


class Deck:
    """The slides of one briefing, drawn one after the other."""

    def __init__(self, show: Any, briefing: Briefing, *, own: bool = True) -> None:
        self.show = show
        self.briefing = briefing
        self.lead_top = LEAD_TOP
        self.language = briefing.language
        if own:
            self.width, self.height = (780.0, 540.0) if briefing.paper == A4 else (960.0, 540.0)
            _resize(show, self.width, self.height)
            _set_fonts(show, self.language.conventions.office_font)
        else:
            self.width, self.height = show.slide_width / EMU_A_POINT, show.slide_height / EMU_A_POINT

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * MARGIN

    def every_slide(self) -> None:
        """Draw the cover, one slide a figure, those that are absent, the numbers and the annexes."""
        self._cover()
        for number, part in enumerate(self.briefing.parts, start=1):
            self._figure(part, number)
        self._absent()
        filing, assumptions = self.briefing.filing, self.briefing.assumptions
        for part in self.briefing.parts if filing.full else ():
            if office_of(part.figure) is None and cells.fits(part.figure.table):
                self._numbers(part.figure)
        for heading, frame in self.briefing.tables():
            assumed = frame is assumptions
            if filing.full or (assumed and filing.every_assumption):
                parts = self.language(
                    "{dash}: no single number; its parts stand in rows of their own", dash=NOTHING
                )
                foot = [parts] if assumed and NOTHING in set(frame.iloc[:, 1:2].to_numpy().ravel()) else []
                foot += [self.language(GRADES)] if assumed else []
                self._table_slide(heading, frame, foot=foot, whole=assumed and filing.every_assumption)

    def one_slide(self) -> None:
        """Draw everything on one slide: summary in a box, points left, the first figure right, sources below."""
        briefing = self.briefing
        slide = self._slide(briefing.title)
        sources = [
            *(line for part in briefing.parts[:1] for line in part.figure.footer()[:2]),
            *(gone.reason for gone in briefing.absent),
            briefing.stamp_line(),
        ]
        end = self._foot(slide, sources) - 6
        wide, top = self._summary(slide, end, POINTS_SHARES)
        left = MARGIN + wide + 18
        for part in briefing.parts[:1]:
            room = Box(left, top + 22, self.width - MARGIN - left, end - top - 22)
            head = [Line(memo.figure_title(part.figure, 1), 13, bold=True)]
            self._text(slide, Box(left, top, room.width, 20), head)
            self._picture(slide, part.figure, room)
            self._notes(slide, part)

    @property
    def _told(self) -> Sequence[Section]:
        """The sections that slides show: what a paper is for stands in their title, what the summary says in that."""
        return self.briefing.told()[bool(self.language.conventions.purpose) :]

    @property
    def _shown(self) -> Iterator[Sequence[Section]]:
        """The sections as far as slides show them: all; the first ones and, of the cautions, whose calculation it is.

        What is left out stands in the notes.
        """
        told = self._told or [Section("", self.briefing.bullets)]
        yield told
        if len(told) > MOST_SECTIONS:
            first, last = told[:-2], told[-2]
            yield from ([*first, replace(last, points=last.points[-most:])] for most in (3, 2, 1))

    def _summary(self, slide: Any, end: float, widths: Sequence[float]) -> tuple[float, float]:
        """Write summary and points above `end`; return the points' width and where they begin.

        In the largest type in which some share of the width holds them, down to what a reader can still make out.
        """
        forms = [
            (size, sections, self.inner * share, lead)
            for sizes in POINT_SIZES
            for sections in self._shown
            for size in sizes
            for share in widths
            for lead in LEAD_SIZES
        ]
        size, sections, wide, lead = next((form for form in forms if self._holds(*form, end)), forms[-1])
        top = self._lead(slide, lead)
        self._sections(slide, sections, Box(MARGIN, top, wide, end - top), size)
        return wide, top

    def _holds(self, size: float, sections: Sequence[Section], width: float, lead: float, end: float) -> bool:
        """Return whether points of a size fit a column above `end`, below a summary of a size."""
        if self._boxed:
            tall = sum(self._box_rows(sections, [width * share for share in BOX_SHARES], size)[1]) * BOX_SPARE
        else:
            lines = (line for section in sections for line in self._section(section, size))
            tall = sum(self._tall(line, width) for line in lines)
        return tall <= end - self._below_lead(lead)

    @property
    def _boxed(self) -> bool:
        """Whether the sections stand in boxes, as in the language's papers."""
        return self.language.conventions.section_boxes and bool(self.briefing.sections)

    def _below_lead(self, size: float) -> float:
        return self.lead_top + self._tall(Line(self.briefing.answer, size), self.inner - 16) + 24

    def _lead(self, slide: Any, size: float) -> float:
        """Write what is filed at the upper right and the summary in a box; return where the next may begin."""
        self._filed(slide)
        below, lead = self._below_lead(size), Line(self.briefing.answer, size)
        self._text(
            slide,
            Box(MARGIN, self.lead_top, self.inner, below - self.lead_top - 12),
            [lead],
            shade=memo.LEAD_SHADE,
        )
        return below

    def _filed(self, slide: Any) -> None:
        """Write day, number, office, contact and classification at the upper right."""
        filed = [self.language.named(*row) for row in self.briefing.headed() if row[1]]
        dated = Line(" · ".join(filed), 9.5, theme.QUIET_INK, right=True)
        self._text(slide, Box(MARGIN, 6, self.inner, 16), [dated])

    def _sections(self, slide: Any, sections: Sequence[Section], box: Box, size: float) -> None:
        """Write the points under the headings of a paper, in boxes where the language's papers have those."""
        if self._boxed:
            self._boxes(slide, sections, box, size)
        else:
            lines = [line for section in sections for line in self._section(section, size)]
            self._text(slide, box, lines)

    def _slide(self, title: str) -> Any:
        slide = self.show.slides.add_slide(_title_only(self.show))
        _numbered(slide, self.width, self.height, self.language)
        place = slide.shapes.title
        size = TITLE_SIZE if len(self._lines_of(title, TITLE_SIZE)) <= 2 else SMALL_TITLE
        said = _first_lines(title, self._lines_of(title, size), 3)
        lines = self._balanced(said, size)
        tall = len(lines) * size * LINE
        place.left, place.top, place.width, place.height = Box(MARGIN, TITLE_TOP, self.inner, tall).emu()
        self.lead_top = max(LEAD_TOP, TITLE_TOP + tall + 8)
        self._write(place.text_frame, [Line("\n".join(lines) if len(lines) == 2 else said, size, bold=True)])
        return slide

    def _lines_of(self, title: str, size: float) -> list[str]:
        """Return a title's lines at a size."""
        return wrapped(title, width=self._title_room(title), size=size, bold=True)

    def _title_room(self, title: str) -> float:
        """Return the width in which a title's lines fit in the office's fonts and in those that replace them."""
        return self.inner * memo.safe(title) * BOLD_SPARE

    def _balanced(self, title: str, size: float) -> list[str]:
        """Return a title's lines; two are broken between phrases near the middle where the second would hold little."""
        lines = self._lines_of(title, size)
        last = text_width(lines[-1], size=size, bold=True)
        if len(lines) != 2 or last >= self.inner * SHORT_END:
            return lines
        phrases = PHRASE.split(title)
        broken = [("".join(phrases[:n]).rstrip(), "".join(phrases[n:])) for n in range(1, len(phrases))]
        broken = [two for two in broken if not set(two[1][:1]) & NEVER_FIRST]
        widths = [max(text_width(one, size=size, bold=True) for one in two) for two in broken]
        fits = widths and min(widths) <= self._title_room(title)
        return list(broken[widths.index(min(widths))]) if fits else lines

    def _write(self, frame: Any, lines: Sequence[Line]) -> None:
        from pptx.dml.color import RGBColor
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Pt

        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.RIGHT if line.right else PP_ALIGN.LEFT
            paragraph.space_after = Pt(line.size * 0.35)
            paragraph.line_spacing = Pt(line.size * LINE)
            if line.bullet:
                _bullet(paragraph, line.size, self.language.conventions.marks[1].strip())
            for place, words in enumerate(line.text.split("\n")):
                if place:
                    paragraph.add_line_break()
                run = paragraph.add_run()
                run.text = words
                run.font.size, run.font.bold = Pt(line.size), line.bold
                run.font.color.rgb = RGBColor.from_string(line.colour.lstrip("#"))
                run.font._element.set("lang", self.language.conventions.tag)

    def _section(self, section: Section, size: float) -> Iterator[Line]:
        if section.heading:
            yield Line(self.language.conventions.marks[0] + section.heading, size + 1, bold=True)
        yield from (Line(point, size, theme.INK, bullet=True) for point in section.points)

    def _boxes(self, slide: Any, sections: Sequence[Section], box: Box, size: float) -> None:
        """Draw a box for each section, its heading shaded beside its points."""
        from pptx.dml.color import RGBColor

        widths = [box.width * share for share in BOX_SHARES]
        for each in (size, *SMALLER_POINTS):
            rows, heights = self._box_rows(sections, widths, each)
            if sum(heights) <= box.height:
                break
        place = replace(box, height=sum(heights))
        table = slide.shapes.add_table(len(sections), len(widths), *place.emu()).table
        _plain_table(table)
        table.first_row = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = round(width * EMU_A_POINT)
        for row, lines, height in zip(table.rows, rows, heights, strict=True):
            row.height = round(height * EMU_A_POINT)
            for cell, words in zip(row.cells, lines, strict=True):
                self._write(cell.text_frame, words)
                cell.margin_left = cell.margin_right = 5 * EMU_A_POINT
                cell.margin_top = cell.margin_bottom = 4 * EMU_A_POINT
                _ruled(cell, head=False, sides=("lnL", "lnR", "lnT", "lnB"))
            row.cells[0].fill.solid()
            row.cells[0].fill.fore_color.rgb = RGBColor.from_string(memo.LEAD_SHADE)

    def _box_rows(
        self, sections: Sequence[Section], widths: Sequence[float], size: float
    ) -> tuple[list[tuple[list[Line], list[Line]]], list[float]]:
        """Return the lines of each box's two cells in a size, and the boxes' heights."""
        rows = [
            (
                [Line(section.heading, size, bold=True)],
                [Line(point, size, bullet=True) for point in section.points],
            )
            for section in sections
        ]
        heights = [
            max(
                sum(self._tall(line, width - 10) for line in lines)
                for lines, width in zip(row, widths, strict=True)
            )
            + 8
            for row in rows
        ]
        return rows, heights

    def _text(self, slide: Any, box: Box, lines: Sequence[Line], *, shade: str = "") -> None:
        from pptx.dml.color import RGBColor

        if not any(line.text for line in lines):
            return
        shape = slide.shapes.add_textbox(*box.emu())
        self._write(shape.text_frame, self._fitted(lines, box))
        if shade:
            shape.fill.solid()
            shape.fill.fore_color.rgb = RGBColor.from_string(shade)
            frame = shape.text_frame
            frame.margin_left = frame.margin_right = 8 * EMU_A_POINT
            frame.margin_top = frame.margin_bottom = 6 * EMU_A_POINT

    def _fitted(self, lines: Sequence[Line], box: Box) -> list[Line]:
        """Return lines in sizes small enough for their box; below 9 points what is left is cut."""
        for shrink in SHRINKS:
            sized = _smaller(lines, shrink)
            if sum(self._tall(line, box.width) for line in sized) <= box.height:
                return sized
        return list(_cut(sized, box, self._tall))

    def _tall(self, line: Line, width: float) -> float:
        inner = width - (line.size * BULLET if line.bullet else 0)
        rows = len(wrapped(line.text, width=inner * memo.safe(line.text), size=line.size, bold=line.bold))
        return max(rows, 1) * line.size * LINE + line.size * 0.35

    def _foot(self, slide: Any, texts: Sequence[str]) -> float:
        """Write lines at the foot of a slide and return where they begin."""
        lines = [Line(text, FOOT_SIZE, theme.QUIET_INK) for text in texts if text]
        tall = sum(self._tall(line, self.inner) for line in lines)
        tall = min(tall, 84)
        top = self.height - 18 - tall
        self._text(slide, Box(MARGIN, top, self.inner, tall + 4), lines)
        return top

    def _cover(self) -> None:
        briefing = self.briefing
        slide = self._slide(briefing.title)
        self._summary(slide, self._foot(slide, [briefing.stamp_line()]) - 6, (1.0,))
        rests_on = [self.language.named(*row) for row in briefing.rests_on()]
        points = (briefing.answer, *briefing.bullets)
        notes = [
            self.language("Talking points"),
            *(f"– {point}" for point in points),
            *self._further(points),
        ]
        if rests_on:
            notes += ["", self.language("Basis of the figures"), *rests_on]
        slide.notes_slide.notes_text_frame.text = "\n".join(notes)

    def _further(self, talked: Sequence[str]) -> Iterator[str]:
        """Yield the points that no talking point says, under their headings."""
        for section in self._told:
            if left := [point for point in section.points if point not in talked]:
                yield from ("", section.heading, *(f"– {point}" for point in left))

    def _figure(self, part: Part, number: int) -> None:
        figure = part.figure
        title, takeaway = memo.figure_title(figure, number), plain(figure.takeaway)
        said, *more = re.split(r"(?<=。)|(?<=[.])\s+", takeaway, maxsplit=1)
        if points := _few_points(figure):
            said, more = points, [takeaway]
        if len(self._lines_of(memo.stated(figure, said), TITLE_SIZE)) > 1 and (
            remark := REMARK.fullmatch(said.rstrip(".。"))
        ):
            said, more = remark.group(1), [remark.group(2), *more]
        said = memo.stated(figure, said)
        # How a chart is to be read is no headline: that one states a number, not only an interval's share.
        says_it = (
            bool(re.search(r"\d", INTERVAL.sub("", said))) and len(self._lines_of(said, TITLE_SIZE)) <= 2
        )
        slide = self._slide(said.rstrip(".。") if says_it else title)
        self._filed(slide)
        below = [title, *more] if says_it else [takeaway]
        head = [Line(text, 14 if says_it else 16) for text in below if text]
        if figure.scenario:
            head.append(
                Line(self.language("Scenario: {name}", name=figure.scenario), 13, theme.SCENARIO, bold=True)
            )
        if part.note:
            head.append(Line(part.note, 13, theme.QUIET_INK))
        tall = min(sum(self._tall(line, self.inner) for line in head), 130) + 4
        top = self.lead_top
        self._text(slide, Box(MARGIN, top, self.inner, tall), head)
        above = top + tall + 4
        foot = self._foot(slide, memo.foot(part, self.briefing))
        self._picture(slide, figure, Box(MARGIN, above, self.inner, foot - above - 6))
        self._notes(slide, part)

    def _picture(self, slide: Any, figure: Figure, box: Box) -> None:
        """Draw the figure as a native chart, or as a picture where no such chart exists."""
        if office_of(figure) is not None:
            shape = add_chart(slide, figure, box)
        else:
            from crossings.export.pictures import chart_png

            picture = chart_png(figure, width=round(box.width), height=round(box.height))
            left, top, width, _ = box.emu()
            shape = slide.shapes.add_picture(io.BytesIO(picture), left, top, width=width)
        properties = shape._element.xpath(".//p:cNvPr")[0]
        properties.set("descr", figure.alt_text)
        properties.set("name", plain(figure.title)[:120])

    def _notes(self, slide: Any, part: Part) -> None:
        takeaway = plain(part.figure.takeaway)
        points = [memo.stated(part.figure, takeaway)] if takeaway else []
        points += self.briefing.bullets[:3] if self.briefing.brief else []
        lines = [self.language("Talking points"), *(f"– {point}" for point in points)]
        lines += [*self._further(points), ""] if self.briefing.brief else [""]
        unsaid = {self.language(name) for name in UNSAID}
        lines += [self.language.named(*row) for row in part.figure.about() if row[0] not in unsaid]
        if part.method:
            lines += ["", self.language("How it was calculated"), *part.method]
        if part.note:
            lines += ["", part.note]
        slide.notes_slide.notes_text_frame.text = "\n".join(lines)

    def _absent(self) -> None:
        if not self.briefing.absent:
            return
        slide = self._slide(self.language("Figures that cannot be shown"))
        lines = [
            Line(self.language.named(gone.title, gone.reason), 14, bullet=True)
            for gone in self.briefing.absent
        ]
        self._text(slide, Box(MARGIN, 90, self.inner, self.height - 130), lines)

    def _numbers(self, figure: Figure) -> None:
        title = self.language("Data table: {title}", title=plain(figure.title))
        self._table_slide(title, figure.table.texts(), foot=figure.footer(), numbers=figure.table, whole=True)

    def _table_slide(
        self,
        heading: str,
        frame: pd.DataFrame,
        *,
        foot: Sequence[str] = (),
        numbers: Table | None = None,
        whole: bool = False,
    ) -> None:
        """Draw as much of a table as one slide holds; the rest is counted at the foot, or of a whole on more slides."""
        widths = self._widths(frame)
        below = min(sum(self._tall(Line(text, FOOT_SIZE), self.inner) for text in foot) + FOOT_SIZE * 2, 84)
        head = _row_height(self._heads(frame, widths), widths)
        rows = _first(frame, widths, self.height - 116 - below - head)
        left = len(frame) - len(rows)
        if left and not whole:
            count = (self.language.number(length) for length in (len(rows), len(frame)))
            foot = [*foot, self.language("Rows shown: {shown} of {all}", shown=next(count), all=next(count))]
            rows = rows.loc[:, [bool((rows.iloc[:, place] != NOTHING).any()) for place in range(len(widths))]]
            widths = self._widths(rows)
        slide = self._slide(heading)
        right = [numbers is not None and numbers.visible.columns[i].numeric for i in range(len(widths))]
        self._grid(slide, rows, widths, right)
        self._foot(slide, foot)
        if left and whole:
            self._table_slide(heading, frame.iloc[len(rows) :], foot=foot, numbers=numbers, whole=True)

    def _heads(self, frame: pd.DataFrame, widths: Sequence[float]) -> list[str]:
        shares = [width / self.inner for width in widths]
        return memo.heads_of(frame, shares, width=self.inner / memo.POINTS_PER_CM, size=CELL_SIZE)

    def _widths(self, frame: pd.DataFrame) -> list[float]:
        shares = memo.shares(frame, width=self.inner / memo.POINTS_PER_CM, size=CELL_SIZE)
        return [self.inner * share for share in shares]

    def _grid(self, slide: Any, frame: pd.DataFrame, widths: Sequence[float], right: Sequence[bool]) -> None:
        from pptx.enum.text import PP_ALIGN

        box = Box(MARGIN, 86, self.inner, 22.0 * (len(frame) + 1))
        table = slide.shapes.add_table(len(frame) + 1, len(frame.columns), *box.emu()).table
        _plain_table(table)
        for column, width in enumerate(widths):
            table.columns[column].width = round(width * EMU_A_POINT)
        texts = [
            self._heads(frame, widths),
            *(list(map(str, row)) for row in frame.itertuples(index=False)),
        ]
        for i, row in enumerate(texts):
            table.rows[i].height = round(max(_row_height(row, widths), 22.0) * EMU_A_POINT)
            for j, text in enumerate(row):
                place = table.cell(i, j)
                place.margin_left = place.margin_right = 5 * EMU_A_POINT
                place.margin_top = place.margin_bottom = 2 * EMU_A_POINT
                self._write(place.text_frame, [Line(text, CELL_SIZE, bold=i == 0)])
                place.margin_left = place.margin_right = 5 * EMU_A_POINT
                _ruled(place, head=i == 0)
                if right[j]:
                    place.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


CELL_SIZE, FOOT_SIZE = 11.0, 9.5
GRADES = N_("Evidence: how well a value is supported. Impact: how much the result depends on it.")
INTERVAL = re.compile(r"(?:80|90|95) ?%")
CHART_TYPE_SIZE, LETTERS = 12.0, 42.0  # a chart is so many letters wide at least


def _from_template(data: bytes) -> Any:
    """Return an office's own template as an empty presentation. Raises TemplateUnreadable."""
    from pptx import Presentation

    try:
        show = Presentation(io.BytesIO(template_body(data, "presentationml", "presentation")))
        _title_only(show)
        slides = show.slides._sldIdLst
        for slide in list(slides):
            show.part.drop_rel(slide.rId)
            slides.remove(slide)
    except Exception:  # whatever a damaged or foreign file makes its reader raise
        raise template_unreadable() from None
    return show


def _first_lines(text: str, lines: Sequence[str], most: int) -> str:
    """Return a text as far as its first lines go, with a mark where more follows."""
    if len(lines) <= most:
        return text
    end = 0
    for line in lines[:most]:
        end = text.index(line, end) + len(line)
    return text[: end - 1].rstrip() + "…"


def _title_only(show: Any) -> Any:
    """Return the layout with a title and the least else. Raises ValueError where none has a title."""
    titled = [
        layout
        for layout in show.slide_layouts
        if any(p.placeholder_format.type in (1, 3) for p in layout.placeholders)
    ]
    return min(titled, key=lambda layout: (layout.name != "Title Only", len(layout.placeholders)))


def _resize(show: Any, width: float, height: float) -> None:
    """Set the slides' size, and with it the places of the master and its layouts."""
    wide, tall = width * EMU_A_POINT / show.slide_width, height * EMU_A_POINT / show.slide_height
    for holder in (show.slide_master, *show.slide_master.slide_layouts):
        for shape in holder.shapes:
            if shape.element.xpath("./p:spPr/a:xfrm"):
                shape.left, shape.width = round(shape.left * wide), round(shape.width * wide)
                shape.top, shape.height = round(shape.top * tall), round(shape.height * tall)
    show.slide_width, show.slide_height = round(width * EMU_A_POINT), round(height * EMU_A_POINT)
    show.element.sldSz.attrib.pop("type", None)  # the library's template says 4:3


def _numbered(slide: Any, width: float, height: float, language: Language) -> None:
    """Write the slide's number at its lower right, as a field that follows the order of the slides."""
    from lxml import etree
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    for shape in list(slide.placeholders):
        if shape.placeholder_format.type not in (1, 3):
            shape.element.getparent().remove(shape.element)
    box = slide.shapes.add_textbox(*Box(width - MARGIN - 60, height - 24, 60, 16).emu())
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment, paragraph.font.size = PP_ALIGN.RIGHT, Pt(9)
    field = etree.SubElement(paragraph._p, qn("a:fld"))
    field.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    field.set("type", "slidenum")
    etree.SubElement(field, qn("a:rPr")).set("lang", language.conventions.tag)
    etree.SubElement(field, qn("a:t")).text = "‹#›"


SMALLEST, SHRINKS = 8.0, (1.0, 0.92, 0.84, 0.76, 0.68, 0.6)  # of the type
LEAD_SIZES, POINTS_SHARES = (14, 13, 12), (0.44, 0.48, 0.52)  # of summary and points, those that are tried
POINT_SIZES, SMALLER_POINTS, MOST_SECTIONS = ((14.0, 13.0, 12.0), (11.0, 10.5)), (9.5, SMALLEST), 2
TITLE_SIZE, SMALL_TITLE = 24.0, 14.0
BOX_SPARE = 1.06  # programs set the lines of cells a little further apart than told
REMARK = re.compile(
    r"(.*[^\s(（]) ?[(（]([^()（）]+)[)）]"
)  # a statement and the remark in brackets at its end
UNSAID = (N_("Title"), N_("Takeaway"), N_("What the picture shows"), N_("Rows"))  # in the notes of a slide
TITLE_TOP, LEAD_TOP = 22.0, 66.0  # where the title begins, and the summary below a short one
BULLET = 1.4  # the room of a point's mark, times the size
LINE = 1.25  # between lines, times the size: said outright, as programs differ in what a font asks for
SHORT_END, BOLD_SPARE = 0.2, 0.95
MOST_POINTS = 3


def _few_points(figure: Figure) -> str:
    """Return the medians of a figure of few intervals as a headline, nothing for any other."""
    office = office_of(figure)
    if office is None or office.kind != "points" or len(office.table) > MOST_POINTS:
        return ""
    language, (name, middle) = figure.language, office.table.columns[:2]
    if middle.kind not in ("persons", "share"):
        return ""
    said = effect if middle.kind == "persons" else effect_share
    rows = zip(office.table.values(name.key), office.table.values(middle.key), strict=True)
    listed = language.conventions.listing.join(f"{label} {said(value, language)}" for label, value in rows)
    return language.remarked(listed, middle.heading)


def _smaller(lines: Iterable[Line], shrink: float) -> list[Line]:
    return [replace(line, size=max(line.size * shrink, SMALLEST)) for line in lines]


def _cut(lines: Sequence[Line], box: Box, tall: Any) -> Iterator[Line]:
    left = box.height
    for line in lines:
        needed = tall(line, box.width)
        if needed > left:
            yield _shortened(line, box.width, left, tall)
            return
        left -= needed
        yield line


def _shortened(line: Line, width: float, height: float, tall: Any) -> Line:
    """Return a line that ends where its room does; the slide's notes hold the whole."""

    def cut(letters: int) -> Line:
        return replace(line, text=line.text[:letters].rstrip() + "…")

    fitting = bisect_left(range(1, len(line.text)), True, key=lambda n: tall(cut(n), width) > height)
    return cut(fitting)


def _bullet(paragraph: Any, size: float, mark: str) -> None:
    from lxml import etree
    from pptx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()
    indent = round(size * BULLET * EMU_A_POINT)
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    etree.SubElement(properties, qn("a:buFont")).set("typeface", "+mj-ea" if mark != "•" else "Arial")
    etree.SubElement(properties, qn("a:buChar")).set("char", mark)


def _set_fonts(show: Any, name: str) -> None:
    """Name the office's font for Latin and East Asian letters in the theme, from which everything inherits."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as RT

    part = show.slide_master.part.part_related_by(RT.THEME)
    blob = part.blob.decode()
    for tag in ("majorFont", "minorFont"):
        start, end = blob.index(f"<a:{tag}>"), blob.index(f"</a:{tag}>")
        said = f'<a:{tag}><a:latin typeface="{name}"/><a:ea typeface="{name}"/><a:cs typeface=""/>'
        blob = blob[:start] + said + blob[end:]
    part._blob = blob.encode()


def _row_height(row: Iterable[object], widths: Sequence[float]) -> float:
    """Return the height in points that a table's row needs."""
    rows = max(
        sum(
            len(wrapped(line, width=max((width - 12) * memo.safe(line), 20), size=CELL_SIZE))
            for line in str(text).split("\n")
        )
        for text, width in zip(row, widths, strict=True)
    )
    return rows * CELL_SIZE * LINE + CELL_SIZE * 0.35 + 6


def _first(frame: pd.DataFrame, widths: Sequence[float], room: float) -> pd.DataFrame:
    """Return the first rows of a table that fit a slide, one at least."""
    used = np.cumsum([_row_height(row, widths) for row in frame.itertuples(index=False)])
    return frame.iloc[: max(int((used <= room).sum()), 1)]


NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # Office's own "No Style, No Grid"


def _plain_table(table: Any) -> None:
    """Take the template's blue from a table: no fill, no grid."""
    from pptx.oxml.ns import qn

    style = table._tbl.tblPr.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = NO_STYLE
    table.horz_banding = False
    table.first_row = True


def _ruled(cell: Any, *, head: bool, sides: Sequence[str] = ("lnB",)) -> None:
    """Draw a thin rule under a cell or at all sides named, a darker one for a heading."""
    from lxml import etree
    from pptx.oxml.ns import qn

    properties = cell._tc.get_or_add_tcPr()
    for place, side in enumerate(sides):
        rule = etree.Element(qn(f"a:{side}"))
        rule.set("w", str(9_525 if head else 6_350))
        fill = etree.SubElement(rule, qn("a:solidFill"))
        colour = theme.INK if head else theme.GRID
        etree.SubElement(fill, qn("a:srgbClr")).set("val", colour.lstrip("#"))
        properties.insert(place, rule)


def add_chart(slide: Any, figure: Figure, box: Box) -> Any:
    """Add a figure's native chart to a slide, with the sheet behind it, and return its shape."""
    from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from pptx.parts.chart import ChartPart

    from crossings.export import office_chart

    office = office_of(figure)
    assert office is not None
    size = max(min(CHART_TYPE_SIZE, box.width / LETTERS), SMALLEST)
    xml, book = office_chart.part(office, width=box.width, height=box.height, size=size)
    package = slide.part.package
    name = package.next_partname(ChartPart.partname_template)
    chart = ChartPart.load(name, CONTENT_TYPE.DML_CHART, package, xml)
    chart.chart_workbook.update_from_xlsx_blob(book)
    number = slide.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    slide.shapes._add_chart_graphicFrame(number, *box.emu())
    return slide.shapes[-1]
