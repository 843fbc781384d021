"""The ready-made sizes of a figure as a picture."""

from dataclasses import dataclass
from types import MappingProxyType


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
