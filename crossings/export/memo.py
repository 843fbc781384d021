"""A briefing as a memo: its blocks in reading order, the same for every program that writes documents."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import count, pairwise, product
from math import ceil, inf
from types import MappingProxyType
from typing import Literal

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.measure import PHRASE, text_width, wrapped
from crossings.export import cells
from crossings.export.briefing import Absent, Briefing, Part, Section
from crossings.export.figure import Figure, plain
from crossings.export.sizes import least_height, rowed_height
from crossings.formats import WIDE
from crossings.language import Language

POINTS_PER_CM, WHOLE_TABLE = 72 / 2.54, 16.0
TIGHT, LEAD = 1.35, 0.01
PIXELS_PER_CM = 38
BRIEF_SCALES = (*(thousandth / 1000 for thousandth in range(1250, 700, -25)), 0.7, 0.6, 0.5)
FULL, LOWEST_CHART, LARGEST_CHART = 0.43, 4.2, 9.5
LARGE_TYPE_CHART = 6.0  # the height that a chart keeps beside type larger than usual
SHORT_CHART, LOW_CHARTS = 0.33, (0.33, 0.28, 0.25, 0.22)
# The type is made smaller only where charts as low as may be leave it no room.
SHORT_FORMS, SHORT_PAGES, TALLEST = (
    (
        *product((thousandth / 1000 for thousandth in range(1150, 825, -25)), LOW_CHARTS),
        (0.8, 0.26),
        (0.75, 0.22),
    ),
    2,
    0.47,
)
BELOW_TABLE, BRIEF_MARGIN, SPARE, LEAST_SPARE, ROUNDING = 0.3, 0.1, 0.8, 0.1, 0.01
GAP = 1.2  # centimetres between two columns
WHOLE_AND_WORD = ((9.5, 18.0), (6.5, 18.0), (6.5, 9.0), (6.5, 6.5))
USUAL, WORTH_BREAKING, MOST_LINES_TRIED = (1.0, 0.8, 0.5), 0.15, 100
SHORT, ADDRESS, LONGEST_HEAD, PADDING = 6.5, 9.0, 9.0, 1.7
WIDE_LETTERS = re.compile("[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef]")
# Office fonts, and those that stand in for them, set wider than the shipped one, by which lines are counted: Korean
# and Japanese letters up to a whole em, Latin letters and figures beside them a tenth more.
SAFE, WHOLE_EM, BESIDE_WIDE = 0.93, 1.0, 1.1
UNIT = re.compile(r"(?<=[\d만억]) (?=[명원]|million|billion)")
WORDS = re.compile(r"\s+|(?=[(（])")
LONGEST_LINK = 2_000
KEPT_WITH_NEXT = ("heading", "takeaway", "scenario", "table_title", "unit")
SENTENCES = ("answer", "bullet", "takeaway", "note", "body")
HEADINGS = ("title", "label", "boxed_title", "table_title", "heading", "box_heading")
LONGEST_LEAD = 150
TITLE_BOX = (0.126, 0.028, 0.846)
HEAD_PADDING = 1.4  # ems of a field of the head, beside its words
BESIDE, TEXT_SHARES = (0.16, 0.84), (0.28, 0.72)
LABEL_SHADE, LEAD_SHADE, RULE = "000080", "F3F4F6", "#CBD1D9"
ROW_PADDING, GRID_PADDING = 0.35, 0.2  # centimetres above and below the words of a box's row and of a table's


@dataclass(frozen=True)
class Page:
    """A page in centimetres: width, height, margins at the sides and at top and bottom."""

    width: float
    height: float
    side: float
    end: float

    @property
    def text(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.side


PAGES = MappingProxyType({"a4": Page(21.0, 29.7, 2.0, 1.6), WIDE: Page(33.867, 19.05, 2.4, 2.0)})


@dataclass(frozen=True)
class Type:
    """How a kind of text is set: size in points, space before and after in points, colour."""

    size: float
    before: float = 0.0
    after: float = 6.0
    bold: bool = False
    italic: bool = False
    colour: str = theme.INK
    align: Literal["left", "center", "right"] = "left"


TYPES = MappingProxyType(
    {
        "title": Type(20, before=6, after=4, bold=True),
        "right": Type(10, after=0, align="right"),
        "unit": Type(9, after=2, align="right"),
        "label": Type(13, after=0, bold=True, colour=theme.PAPER, align="center"),
        "boxed_title": Type(16, after=0, bold=True, align="center"),
        "table_title": Type(10.5, before=6, after=2, bold=True, align="center"),
        "answer": Type(13, after=8),
        "bullet": Type(11, after=3),
        "heading": Type(13.5, before=7, after=2, bold=True),
        "takeaway": Type(11),
        "scenario": Type(10.5, after=4, bold=True, colour=theme.SCENARIO),
        "caption": Type(9, after=8, colour=theme.QUIET_INK),
        "note": Type(10.5, before=4, italic=True),
        "body": Type(10.5),
        "cell": Type(9, after=0),
        "head": Type(8.5, after=0),
        "box_heading": Type(10.5, after=2, bold=True),
        "foot": Type(8, after=0, colour=theme.QUIET_INK),
    }
)
USUAL_SCALE = 0.95  # of the type of short papers
LEAST_SIZES = MappingProxyType(
    {"head": 8.5, "cell": 8.5, "caption": 8.5, "unit": 8.5, "foot": 8.0}
)  # at any scale


@dataclass(frozen=True)
class Text:
    """A paragraph; kind is one of TYPES. mark: stands before it, its further lines behind the mark.

    level: of a heading (0) or point (1) that is numbered where the language's papers number them.
    """

    kind: str
    words: str
    new_page: bool = False
    mark: str = ""
    level: int | None = None


@dataclass(frozen=True)
class Picture:
    """A figure's chart alone, to be drawn at this width and height in centimetres."""

    figure: Figure
    width: float
    height: float

    def png(self) -> bytes:
        """Return the picture at twice the pixels it is seen at. Raises MissingPackage."""
        from crossings.export import pictures

        width, height = int(self.width * PIXELS_PER_CM), int(self.height * PIXELS_PER_CM)
        return pictures.chart_png(self.figure, width=width, height=height)


@dataclass(frozen=True)
class Grid:
    """A table of texts; right: the places of columns that hold numbers."""

    frame: pd.DataFrame
    right: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Box:
    """Sections set apart from the text by a shade; beside: each heading in a cell beside its points."""

    sections: tuple[Section, ...]
    beside: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Rows:
    """Names and their values, among them web addresses."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Row:
    """Cells beside one another: a title box, a summary box, the head of a paper.

    shares: of the width. kinds: of type. shades: behind the cells, none where empty.
    """

    cells: tuple[str, ...]
    shares: tuple[float, ...]
    kinds: tuple[str, ...]
    shades: tuple[str, ...]


@dataclass(frozen=True)
class ColumnBreak:
    """The end of the first of two columns."""


Block = Text | Picture | Grid | Box | Rows | Row | ColumnBreak


def _unsplit(block: Block) -> Block:
    """Return a block with no-break spaces between numbers and their units in running text."""
    whole = partial(UNIT.sub, "\N{NO-BREAK SPACE}")
    if isinstance(block, Text):
        return replace(block, words=whole(block.words))
    if isinstance(block, Row):
        return replace(block, cells=tuple(map(whole, block.cells)))
    if isinstance(block, Box):
        sections = (replace(one, points=tuple(map(whole, one.points))) for one in block.sections)
        return replace(block, sections=tuple(sections))
    return block


class Writer(ABC):
    """Writes the blocks of a memo into a document, one after another; how, each program's writer says."""

    def write(self, block: Block) -> None:
        """Write one block; no line ends between a number and its unit."""
        block = _unsplit(block)
        if isinstance(block, Text):
            self._text(block)
        elif isinstance(block, Picture):
            self._picture(block)
        elif isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Box):
            self._box(block)
        elif isinstance(block, Rows):
            self._rows(block)
        elif isinstance(block, Row):
            self._row(block)
        else:
            self._break_column()

    @abstractmethod
    def _text(self, block: Text) -> None: ...

    @abstractmethod
    def _picture(self, block: Picture) -> None: ...

    @abstractmethod
    def _grid(self, block: Grid) -> None: ...

    @abstractmethod
    def _box(self, block: Box) -> None: ...

    @abstractmethod
    def _rows(self, block: Rows) -> None: ...

    @abstractmethod
    def _row(self, block: Row) -> None: ...

    @abstractmethod
    def _break_column(self) -> None: ...


@dataclass(frozen=True)
class Memo:
    """A memo's page, its blocks, the scale of its type, its columns, and the line spacing of its sentences."""

    page: Page
    blocks: tuple[Block, ...]
    scale: float = 1.0
    columns: int = 1
    spacing: float = TIGHT

    @property
    def room(self) -> float:
        """Width of a column in centimetres, of the whole text where there is one."""
        return (self.page.text - GAP * (self.columns - 1)) / self.columns

    def leading(self, kind: str) -> float:
        """Return the line spacing of a kind of text, as a multiple of its size."""
        return _leading(kind, self.spacing)


def memo(briefing: Briefing, *, below: float = inf) -> Memo:
    """Return a briefing as a memo: the whole of it, or what fits one page where it is brief.

    below: short papers are set in type of a smaller scale than this.
    """
    page = PAGES[briefing.paper]
    if briefing.brief:
        return _brief(briefing, page, below)
    if briefing.filing.full:
        return _laid(briefing, page, 1.0, FULL)
    return _short(briefing, page, below)


def most_pages(briefing: Briefing) -> int | None:
    """Return the pages that a paper may take, None where it may take what it needs."""
    if briefing.brief:
        return 1
    return None if briefing.filing.full or briefing.paper == WIDE else SHORT_PAGES


def _short(briefing: Briefing, page: Page, below: float) -> Memo:
    """Return the short form: in the largest type that gives it two pages, its charts as tall as fits."""
    forms = (_laid(briefing, page, scale, share) for scale, share in SHORT_FORMS if scale < below)
    fitting = (one for one in forms if len(page_starts(one)) < SHORT_PAGES)
    laid = next(fitting, None) or _laid(briefing, page, 1.0, SHORT_CHART)
    blocks = list(_begun(laid))
    for begin, end in pairwise([0, *page_starts(laid), len(blocks)]):
        blocks[begin:end] = _filled(blocks[begin:end], laid)
    return replace(laid, blocks=tuple(blocks))


def _begun(laid: Memo) -> Iterator[Block]:
    """Yield the blocks, those that begin a page marked so."""
    starts = page_starts(laid)
    for place, block in enumerate(laid.blocks):
        yield replace(block, new_page=True) if place in starts and isinstance(block, Text) else block


def _filled(blocks: Sequence[Block], laid: Memo) -> Iterator[Block]:
    """Yield a page's blocks, its charts taller by the room that is left there."""
    page = laid.page
    used = sum(_placed(block, page.text, laid.scale, laid.spacing) for block in blocks)
    charts = sum(
        isinstance(block, Picture) and not _rowed(block.figure, page, SHORT_CHART) for block in blocks
    )
    more = max(page.height - 2 * page.end - SPARE - used, 0.0) / max(charts, 1)
    for block in blocks:
        if isinstance(block, Picture) and not _rowed(block.figure, page, SHORT_CHART):
            tallest = max(block.height, min(page.text * TALLEST, page.height * FULL))
            yield replace(block, height=min(block.height + more, tallest))
        else:
            yield block


def _laid(briefing: Briefing, page: Page, scale: float, chart: float) -> Memo:
    form = briefing.language.conventions
    blocks = _numbered(_whole(briefing, page, scale, chart), form.levels)
    return Memo(page, tuple(blocks), scale, spacing=form.line_spacing)


def _numbered(blocks: Iterable[Block], levels: Sequence[str]) -> Iterator[Block]:
    """Yield blocks whose headings and points have numbers for marks, where a language's papers have such levels."""
    numbers = [0] * len(levels)
    for block in blocks:
        if levels and isinstance(block, Text) and block.level is not None:
            level = block.level
            numbers[level:] = [numbers[level] + 1, *[0] * (len(levels) - level - 1)]
            yield replace(block, mark=levels[level].format(numbers[level]))
        else:
            yield block


def page_starts(laid: Memo) -> list[int]:
    """Return the places of the blocks that begin a new page by the estimated heights, the first page left out."""
    room = laid.page.height - 2 * laid.page.end - LEAST_SPARE
    starts, begin, used, group = list[int](), 0, 0.0, 0.0
    for place, block in enumerate(laid.blocks):
        group += _placed(block, laid.page.text, laid.scale, laid.spacing)
        if isinstance(block, Picture) or (isinstance(block, Text) and block.kind in KEPT_WITH_NEXT):
            continue
        if used and used + group > room + ROUNDING:
            starts.append(begin)
            used = 0.0
        begin, used, group = place + 1, used + group, 0.0
    return starts


def _whole(briefing: Briefing, page: Page, scale: float, chart: float) -> Iterator[Block]:
    """Yield every block of a briefing. chart: its height as a share of the text's width."""
    opening = list(_opening(briefing))
    yield from opening
    spacing = briefing.language.conventions.line_spacing
    placed = partial(_placed, width=page.text, scale=scale, spacing=spacing)
    room = page.height - 2 * page.end - sum(map(placed, opening))
    tables = count(1)
    for number, part in enumerate(briefing.parts, start=1):
        above, below = _part(part, briefing, page, (number, tables))
        left = room - sum(map(placed, (*above, below[0]))) if number == 1 else 0.0
        least = min(least_height(part.figure) / PIXELS_PER_CM, page.height * 0.6)
        usual = _rowed(part.figure, page, chart) or max(min(page.text * chart, page.height * 0.44), least)
        yield from above
        # A little lower than usual where that keeps it on the page that has begun.
        yield Picture(part.figure, page.text, left if max(LOWEST_CHART, least) <= left < usual else usual)
        yield from below
    if briefing.absent:
        yield _heading(briefing.language("Figures that cannot be shown"), briefing.language)
        yield from (Text("body", _missing(entry, briefing.language)) for entry in briefing.absent)
    if not briefing.parts and not briefing.absent:
        yield Text("body", briefing.language("This briefing contains no figure."))
    if briefing.filing.full:
        yield from _annex(briefing)
    else:
        yield from sources_line(briefing)


def _rowed(figure: Figure, page: Page, chart: float) -> float:
    """Return the height of a picture of rows on an upright page, in centimetres; 0 for any other.

    chart: the height of other charts as a share of the text's width: where they are low, rows stand closer.
    """
    upright = page.height > page.width
    tall = rowed_height(figure, airy=chart >= SHORT_CHART)
    return min(tall / PIXELS_PER_CM, page.height * 0.6) if upright else 0.0


def _annex(briefing: Briefing) -> Iterator[Block]:
    """Yield what the figures rest on: method, assumptions, sources, versions."""
    if briefing.method:
        yield _heading(briefing.language("Method"), briefing.language)
        yield Box(briefing.method)
    for heading, frame in briefing.tables():
        yield _heading(heading, briefing.language)
        yield Grid(frame.astype(str))
    if briefing.rests_on():
        yield _heading(briefing.language("About"), briefing.language)
        yield Rows(briefing.rests_on())


def _heading(words: str, language: Language) -> Text:
    return Text("heading", words, mark=language.conventions.marks[0], level=0)


def _opening(briefing: Briefing) -> Iterator[Block]:
    """Yield head, title, summary and points, in the form of the language's papers."""
    language, answer = briefing.language, plain(briefing.answer)
    form = language.conventions
    yield from _head(briefing)
    if form.title_box and briefing.title:
        label = language.pgettext("label of a title box", "Report")
        shades = (LABEL_SHADE, "", "")
        yield Row(
            (label, "", title_lines(briefing)),
            TITLE_BOX,
            ("label", "cell", "boxed_title"),
            shades,
        )
    elif briefing.title:
        yield Text("title", title_lines(briefing))
    kind = "answer" if len(answer) <= LONGEST_LEAD * (1 if form.by_myriads else 2) else "takeaway"
    if answer and form.lead_box:
        yield Row((answer,), (1.0,), (kind,), (LEAD_SHADE,))
    elif answer:
        yield Text("answer" if kind == "answer" else "body", answer)
    if briefing.brief and form.section_boxes and briefing.sections:
        yield Box(briefing.told(), beside=True, mark=form.marks[1])
        return
    for section in briefing.told():
        if section.heading:
            yield _heading(section.heading, language)
        for point in filter(None, section.points):
            yield Text("bullet", plain(point), mark=form.marks[1], level=1 if section.heading else None)


def _head(briefing: Briefing) -> Iterator[Block]:
    """Yield day, number, office, contact and classification: in a row of fields, or what there is in lines."""
    rows = briefing.headed()
    if not briefing.day:
        return
    if briefing.language.conventions.head_row:
        cells = tuple(briefing.language.named(name, value) for name, value in rows)
        yield Row(cells, head_shares(cells), ("head",) * len(cells), ("",) * len(cells))
        return
    (_, day), (_, number), (_, office), *others = rows
    last = "　".join([office, *(briefing.language.named(*row) for row in others)])
    yield from (Text("right", words) for words in (number, day, last))


def title_lines(briefing: Briefing) -> str:
    """Return a paper's title: what needs two lines is broken behind its label rather than within a word."""
    title, form = briefing.title, briefing.language.conventions
    room = Memo(PAGES[briefing.paper], (), columns=2 if briefing.brief and briefing.paper == WIDE else 1).room
    width = room * POINTS_PER_CM * (TITLE_BOX[-1] if form.title_box else 1.0)
    size = sized("boxed_title" if form.title_box else "title", USUAL_SCALE, title)
    lines = wrapped(title, width=width * safe(title), size=size, bold=True)
    first, found, last = title.partition(form.label)
    return f"{first}{found.rstrip()}\n{last}" if len(lines) == 2 and found and last else title


def head_shares(fields: Sequence[str]) -> tuple[float, ...]:
    """Return the share of the width that each field of a paper's head needs."""
    needs = [_ems(words) + HEAD_PADDING for words in fields]
    return tuple(need / sum(needs) for need in needs)


def _missing(entry: Absent, language: Language) -> str:
    return language.named(plain(entry.title), entry.reason)


def _figure_heading(figure: Figure, number: int, *, new_page: bool = False) -> Text:
    return Text("heading", figure_title(figure, number), new_page)


def figure_title(figure: Figure, number: int) -> str:
    """Return what stands above a figure: its number, its title, and that it is hypothetical where it shows a scenario."""
    return figure.language("Figure {number}. {title}", number=number, title=named_hypothetical(figure))


def named_hypothetical(figure: Figure) -> str:
    """Return a figure's title, with the remark that it is a hypothetical calculation where it shows a scenario."""
    title, language = plain(figure.title), figure.language
    return language.remarked(title, language("hypothetical calculation")) if figure.scenario else title


def stated(figure: Figure, said: str) -> str:
    """Return a statement on a figure, said to be hypothetical where the figure shows a scenario."""
    if not (said and figure.scenario):
        return said
    return figure.language("Hypothetical: {statement}", statement=said)


def _part(
    part: Part, briefing: Briefing, page: Page, numbers: tuple[int, "count[int]"]
) -> tuple[list[Text], list[Block]]:
    """Return what stands above a figure's chart and below it. numbers: of the figure, and of the tables to come."""
    figure, marks = part.figure, part.figure.language.conventions.marks
    above = [_figure_heading(figure, numbers[0], new_page=page.width > page.height)]
    if figure.takeaway:
        above.append(Text("takeaway", plain(figure.takeaway)))
    if scenario := scenario_line(part, briefing):
        above.append(Text("scenario", scenario))
    feet = "\n".join(foot_once(part, briefing))
    below: list[Block] = [Text("caption", feet, mark=marks[3])] if feet else []
    if part.note:
        below.append(Text("note", part.figure.language("Note: {words}", words=part.note)))
    if cells.fits(figure.table):
        below += _table_of(figure, next(numbers[1]))
    elif len(figure.table) and briefing.filing.full:
        below.append(Text("body", left_out(figure)))
    return above, below


def _table_of(figure: Figure, number: int) -> Iterator[Block]:
    """Yield a figure's table with its title and its unit."""
    table = figure.table
    yield Text("table_title", table_title(figure, number))
    if unit := unit_line(figure):
        yield Text("unit", unit)
    yield Grid(table.texts(), frozenset(i for i, one in enumerate(table.visible.columns) if one.numeric))


def scenario_line(part: Part, briefing: Briefing) -> str:
    """Return which scenario a figure shows, nothing where the paper's title says it."""
    name = part.figure.scenario
    return part.figure.language("Scenario: {name}", name=name) if name and name not in briefing.title else ""


def foot_once(part: Part, briefing: Briefing) -> list[str]:
    """Return the lines below a chart, in short papers a reference where those of the first figure say the same."""
    lines, first = foot(part, briefing), briefing.parts[0]
    if briefing.filing.full or part is first or lines != foot(first, briefing):
        return lines
    if part is briefing.parts[-1] and _credited(briefing):
        return []  # the paper's last line says it
    return [part.figure.language("Source and status: as in Figure {number}.", number=1)]


def foot(part: Part, briefing: Briefing) -> list[str]:
    """Return the lines below a chart; versions stand there only where an annex explains them."""
    lines, whole = part.figure.footer(), briefing.filing.full and not briefing.brief
    return [line for line in lines if whole or line != part.figure.versions_line()]


def table_title(figure: Figure, number: int) -> str:
    """Return what stands above a figure's table."""
    return figure.language("Table {number}. {title}", number=number, title=named_hypothetical(figure))


def unit_line(figure: Figure) -> str:
    """Return the unit of a figure's table where all its numbers have the same, else nothing."""
    numbers = [column for column in figure.table.visible.columns if column.numeric]
    units = {figure.table.unit(column) for column in numbers}
    if len(units) != 1 or not any(units):
        return ""
    if any(column.nearest > 1 for column in numbers):
        return figure.language("(unit: {unit}; projected numbers rounded)", unit=units.pop())
    return figure.language("(unit: {unit})", unit=units.pop())


def left_out(figure: Figure) -> str:
    """Return the sentence that stands for a table too long for a document."""
    return figure.language.plural(
        "The table of this figure has {count} row and is in the Excel workbook (XLSX) of this briefing.",
        "The table of this figure has {count} rows and is in the Excel workbook (XLSX) of this briefing.",
        len(figure.table),
    )


def _brief(briefing: Briefing, page: Page, below: float) -> Memo:
    """Return one page: the first figure without its table, in the largest type that leaves the chart its room."""
    columns = 2 if briefing.paper == WIDE else 1
    width = Memo(page, (), columns=columns).room
    opening, closing = list(_opening(briefing)), list(_closing(briefing))
    height = page.height - 2 * page.end - BRIEF_MARGIN
    spacing = briefing.language.conventions.line_spacing

    def used(blocks: Iterable[Block], scale: float) -> float:
        return sum(_placed(block, width, scale, spacing) for block in blocks)

    for scale in [one for one in BRIEF_SCALES if one < below] or BRIEF_SCALES[-1:]:
        above = used(opening, scale)
        room = height - used(closing, scale) - (above if columns == 1 else 0)
        if room >= (LARGE_TYPE_CHART if scale > 1 else LOWEST_CHART) and above <= height:
            break
    chart = [
        Picture(part.figure, width, max(LOWEST_CHART, min(room, LARGEST_CHART, width * 0.62)))
        for part in briefing.parts[:1]
    ]
    heads = [text for text in closing if isinstance(text, Text) and text.kind in ("heading", "scenario")]
    feet = [text for text in closing if text not in heads]
    split: list[Block] = [ColumnBreak()] if columns == 2 else []
    return Memo(page, (*opening, *split, *heads, *chart, *feet), scale, columns, spacing)


def _closing(briefing: Briefing) -> Iterator[Block]:
    """Yield what stands round the one chart of a brief."""
    for part in briefing.parts[:1]:
        figure = part.figure
        yield _figure_heading(figure, 1)
        if scenario := scenario_line(part, briefing):
            yield Text("scenario", scenario)
        yield Text("caption", "\n".join(foot(part, briefing)), mark=figure.language.conventions.marks[3])
        if part.note:
            yield Text("note", briefing.language("Note: {words}", words=" ".join(part.note.split())))
    yield from (Text("body", _missing(entry, briefing.language)) for entry in briefing.absent[:1])
    if not briefing.parts and not briefing.absent:
        yield Text("body", briefing.language("This briefing contains no figure."))


def sources_line(briefing: Briefing) -> Iterator[Text]:
    """Yield one line that names the sources: each table with its publishers, or that they are those of the figures."""
    language, mark = briefing.language, briefing.language.conventions.marks[3]
    if _credited(briefing):
        yield Text("caption", language("Source and status: as in Figure {number}.", number=1), mark=mark)
    elif len(briefing.sources):
        publishers: dict[str, list[str]] = {}
        for name, publisher in briefing.sources.iloc[:, :2].astype(str).itertuples(index=False):
            publishers.setdefault(name, []).append(publisher)
        said = language.in_titles([language.in_a_list([name, *each]) for name, each in publishers.items()])
        yield Text("caption", language.named(language("Sources"), said), mark=mark)


def _credited(briefing: Briefing) -> bool:
    """Return whether all figures show scenarios under one credit, which then names every publisher."""
    figures = [part.figure for part in briefing.parts]
    return (
        bool(figures) and all(one.scenario for one in figures) and len({one.source for one in figures}) == 1
    )


def frame_colour(block: Row, place: int) -> str:
    """Return the colour of the lines round a cell of a row: that of the letters round a title."""
    return theme.INK if block.kinds[place] == "boxed_title" else RULE


def title_size(words: str) -> float:
    """Return the size in points that keeps a title from filling the page."""
    return TYPES["title"].size * (1.0 if len(words) <= 60 else 0.8 if len(words) <= 120 else 0.6)


def hang(text: Text, size: float) -> float:
    """Return how far a paragraph's further lines stand behind its first, in points: as wide as its mark."""
    return float(text_width(text.mark, size=size))


def tall(block: Block, width: float, scale: float = 1.0, spacing: float = TIGHT) -> float:
    """Return the estimated height of a block in centimetres, 0 for the end of a column.

    width: of the text in centimetres. scale: of its type. spacing: of its sentences' lines.
    """
    if isinstance(block, Text):
        return _height(block, width, scale, spacing)
    if isinstance(block, Picture):
        return block.height
    return sum(row_heights(block, width, scale, spacing))


def stays_whole(block: Grid, width: float) -> bool:
    """Return whether a table is so short that it stays on one page. width: of the text in centimetres."""
    return len(block.frame) <= cells.MOST_ROWS and tall(block, width) < WHOLE_TABLE


def row_heights(block: Block, width: float, scale: float = 1.0, spacing: float = TIGHT) -> list[float]:
    """Return the estimated heights in centimetres of the rows of a table, none of anything else."""
    measured = partial(_height, scale=scale, spacing=spacing)
    if isinstance(block, Box):
        return [_section_tall(section, width, block, measured) for section in block.sections]
    padding = GRID_PADDING if isinstance(block, Grid) else ROW_PADDING
    boxed = partial(measured, boxed=True)
    return [padding + _row_tall(row, width, boxed) for row in _rows_of(block, width)]


def _rows_of(block: Block, width: float) -> Iterator[Row]:
    """Yield the rows of cells that a table consists of."""
    if isinstance(block, Row):
        yield block
    elif isinstance(block, Rows):
        yield from (Row(row, TEXT_SHARES, ("cell", "cell"), ()) for row in block.rows)
    elif isinstance(block, Grid):
        columns = tuple(shares(block.frame, width=width))
        heads = tuple(heads_of(block.frame, columns, width=width))
        texts = (heads, *block.frame.itertuples(index=False, name=None))
        yield from (Row(tuple(map(str, row)), columns, ("cell",) * len(columns), ()) for row in texts)


def _row_tall(row: Row, width: float, measured: Callable[[Text, float], float]) -> float:
    cells = zip(row.cells, row.kinds, row.shares, strict=True)
    return max(measured(Text(kind, words), width * share) for words, kind, share in cells)


def _section_tall(
    section: Section, width: float, box: Box, measured: Callable[[Text, float], float]
) -> float:
    """Return the height of a box's row: points below their heading, or beside it."""
    left, right = BESIDE if box.beside else (1.0, 1.0)
    heading = measured(Text("box_heading", section.heading), width * left)
    points = sum(measured(Text("bullet", one, mark=box.mark), width * right) for one in section.points)
    return ROW_PADDING + (max(heading, points) if box.beside else heading + points)


def _placed(block: Block, width: float, scale: float = 1.0, spacing: float = TIGHT) -> float:
    """Return the height that a block takes on a page, with the empty line below a table."""
    below = BELOW_TABLE if isinstance(block, Row | Grid | Box) else 0.0
    return tall(block, width, scale, spacing) + below


def _leading(kind: str, spacing: float) -> float:
    return spacing if kind in SENTENCES else TIGHT


def _height(text: Text, width: float, scale: float, spacing: float = TIGHT, *, boxed: bool = False) -> float:
    """Return a paragraph's height in centimetres. boxed: without the space before and after it."""
    kind = TYPES[text.kind]
    size = sized(text.kind, scale, text.words)
    room = width * POINTS_PER_CM * safe(text.words) - hang(text, size)
    lines = sum(len(wrapped(line, width=room, size=size, bold=kind.bold)) for line in text.words.split("\n"))
    pitch = size * (_leading(text.kind, spacing) + LEAD)
    around = 0.0 if boxed else (kind.before + kind.after) * scale
    return float(lines * pitch + around) / POINTS_PER_CM


def sized(kind: str, scale: float, title: str = "") -> float:
    """Return the size in points of a kind of text at a scale; small print stays readable. title: a paper's own."""
    size = title_size(title) if kind == "title" else TYPES[kind].size
    scaled = size * (min(scale, 1.0) if kind in ("foot", "head") else scale)
    return max(round(scaled * 2) / 2, LEAST_SIZES.get(kind, 0.0))  # office programs know half points


@lru_cache(maxsize=4096)
def safe(words: str) -> float:
    """Return the share of a line's width by which the lines of office fonts may be counted."""
    wide = len(WIDE_LETTERS.findall(words))
    if not wide:
        return SAFE
    whole, of_wide = text_width(words, size=1), text_width("가", size=1) * wide
    return whole / (wide * WHOLE_EM + max(whole - of_wide, 0.0) * BESIDE_WIDE)


def shares(frame: pd.DataFrame, *, width: float, size: float | None = None) -> list[float]:
    """Return the share of a table's width (centimetres) that each column needs; the shares add up to one.

    size: of the letters in points, that of a memo's cells where left out.

    No column is narrower than its longest word where all can have that, and what is left goes where it saves lines.
    Short texts and long words are broken where that saves many.
    """
    room = width * POINTS_PER_CM / (size or TYPES["cell"].size)
    heads = [[min(_ems(one), LONGEST_HEAD) for one in _phrases(str(name))] for name in frame.columns]
    said = [list(map(str, frame.iloc[:, i])) for i in range(frame.shape[1])]
    lengths = [list(map(_ems, texts)) for texts in said]
    tried = list[tuple[float, list[float]]]()
    of_heads: tuple[Callable[[Sequence[float]], float], ...] = (_on_two_lines, max)
    for (place, (whole, word)), least_head in product(enumerate(WHOLE_AND_WORD), of_heads):
        unbroken = partial(_unbroken, most_whole=whole, most=word)
        least = [
            max([least_head(head), *map(unbroken, texts)]) + PADDING
            for head, texts in zip(heads, said, strict=True)
        ]
        if least_head is _on_two_lines and sum(least) > room:
            continue
        for usual in USUAL:
            wanted = [
                sorted([sum(head), *each])[int(usual * len(each))]
                for head, each in zip(heads, lengths, strict=True)
            ]
            needs = _least_lines(least, wanted, room)
            columns = [need / sum(needs) for need in needs]
            tried.append((_lines_of(columns, lengths, room) * (1 + place * WORTH_BREAKING), columns))
    return min(tried, key=lambda one: one[0])[1]


def _on_two_lines(phrases: Sequence[float]) -> float:
    """Return the width that a table's head needs on at most two lines."""
    return min(max(sum(phrases[:place]), sum(phrases[place:])) for place in range(len(phrases)))


def _lines_of(columns: Sequence[float], lengths: Sequence[Sequence[float]], room: float) -> int:
    """Return about how many lines a table's rows have. lengths: of the texts by column, in ems like the room."""
    rooms = [max(room * share - PADDING, 1.0) for share in columns]
    rows = zip(*lengths, strict=True)
    return sum(max(ceil(long / wide) for long, wide in zip(row, rooms, strict=True)) for row in rows)


def _least_lines(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """Return widths that give texts of some lengths the fewest lines in a room, none under its least."""
    for lines in range(1, MOST_LINES_TRIED):
        needs = [max(low, want / lines + PADDING) for low, want in zip(least, wanted, strict=True)]
        if sum(needs) <= room:
            return needs
    return list(least)


def heads_of(
    frame: pd.DataFrame, columns: Sequence[float], *, width: float, size: float | None = None
) -> list[str]:
    """Return a table's heads, those that need several lines broken between their phrases.

    columns: shares of the width (centimetres). size: of the letters in points, as in `shares`.
    """
    room = width * POINTS_PER_CM / (size or TYPES["cell"].size)
    return [
        _in_lines(str(name), room * share - PADDING)
        for name, share in zip(frame.columns, columns, strict=True)
    ]


def _in_lines(words: str, room: float) -> str:
    lines = [""]
    for phrase in _phrases(words):
        if lines[-1] and _ems((lines[-1] + phrase).rstrip()) > room + ROUNDING:
            lines.append("")
        lines[-1] += phrase
    return "\n".join(map(str.rstrip, lines))


def _phrases(words: str) -> list[str]:
    """Return the pieces of a table's head that stay whole."""
    return PHRASE.split(words)


def _unbroken(words: str, *, most_whole: float, most: float) -> float:
    """Return the width that keeps a short text on one line, and every word of a long one whole, at most `most`."""
    whole = _ems(words)
    return (
        whole if whole <= most_whole else max((_word(word, most) for word in WORDS.split(words)), default=0.0)
    )


def _word(word: str, most: float) -> float:
    """Return the width one word asks for: less where a line may end within it, as in Japanese or an address."""
    japanese = any("\u3040" <= letter <= "\u9fff" for letter in word)
    return min(_ems(word), SHORT if japanese else ADDRESS if "://" in word else most)


def _ems(words: str) -> float:
    """Return the width of a line in office fonts, as a multiple of its size."""
    return text_width(words, size=1, bold=True) / safe(words)


def font_names(language: Language, kind: str = "cell") -> tuple[str, str]:
    """Return the fonts of a kind of text: that of its Latin letters and that of Korean and Japanese letters."""
    form = language.conventions
    fonts = form.heading_fonts if kind in HEADINGS else form.text_fonts if kind in SENTENCES else ()
    own = fonts[0] if fonts else form.office_font
    return own, own if form.by_myriads else form.east_asian_font
