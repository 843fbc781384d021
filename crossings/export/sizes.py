"""The ready-made sizes of a figure as a picture."""

from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from crossings.drawing.measure import in_phrases
from crossings.export.figure import Figure

ROWED, FEW_ROWS = ("bar", "points", "steps", "tornado"), 9
FEW_LINES, NAME_WIDTH, NAME_SIZE = 2, 150.0, 12.0
ROW_HEIGHT, POINTS_ROW_HEIGHT, LINE_HEIGHT, AXIS_HEIGHT = 30, 38, 17, 40
AIRY, CLOSE = 1.15, 1.03


@dataclass(frozen=True)
class Sheet:
    """A sheet's size and margin, and its type sizes, in pixels."""

    width: int
    height: int
    margin: int
    title: float
    takeaway: float
    footer: float


SIZES = MappingProxyType(
    {
        "slide": Sheet(960, 540, 36, 22, 15, 11),
        "half": Sheet(480, 540, 24, 18, 14, 10.5),
        "column": Sheet(640, 480, 24, 18, 14, 10.5),
        "square": Sheet(720, 720, 32, 21, 15, 11),
    }
)


def rowed_height(figure: Figure, *, airy: bool = True) -> int:
    """Return the height in pixels that a picture of a few rows looks best at, 0 for any that is no list of rows.

    airy: False for the least that still looks well.
    """
    office = figure.office
    if office is None or office.kind not in ROWED:
        return 0
    row = POINTS_ROW_HEIGHT if office.kind == "points" else ROW_HEIGHT
    return max(len(office.table) * round(row * (AIRY if airy else CLOSE)) + AXIS_HEIGHT, least_height(figure))


def least_height(figure: Figure) -> int:
    """Return the height in pixels below which names of a figure's rows, or the numbers above its points, overlap.

    0 for few short names.
    """
    office = figure.office
    if office is None or office.kind not in ROWED:
        return 0
    names = map(str, office.table.values(office.table.columns[0].key))
    rows = [len(in_phrases(name, width=NAME_WIDTH, size=NAME_SIZE)) for name in names]
    lines = max([0.0, *rows[:1], *((above + below) / 2 for above, below in pairwise(rows))])
    row = POINTS_ROW_HEIGHT if office.kind == "points" else ROW_HEIGHT
    if office.kind != "points" and len(rows) <= FEW_ROWS and lines <= FEW_LINES:
        return 0
    return round(len(rows) * max(row, lines * LINE_HEIGHT)) + AXIS_HEIGHT
