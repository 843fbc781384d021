"""The ready-made sizes of a figure as a picture."""

from dataclasses import dataclass
from types import MappingProxyType

from crossings.export.figure import Figure

ROWED, FEW_ROWS = ("bar", "points", "steps", "tornado"), 9
ROW_HEIGHT, AXIS_HEIGHT = 30, 40


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


def least_height(figure: Figure) -> int:
    """Return the height in pixels below which the names of a figure's rows would overlap; 0 for charts without rows."""
    office = figure.office
    rows = len(office.table) if office is not None and office.kind in ROWED else 0
    return rows * ROW_HEIGHT + AXIS_HEIGHT if rows > FEW_ROWS else 0
