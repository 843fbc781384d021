"""The part of the world a map shows: the projection that fits it to the picture, and the land below it."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import altair as alt

from crossings.drawing.drawing import Layer, Values

LAND = Path(__file__).with_name("land.json")
LAND_FILL = "#E8EBEF"
EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)
MARGIN_DEGREES = (9.0, 6.0)
LEAST_DEGREES = (56.0, 30.0)


@dataclass(frozen=True)
class Window:
    """The part of the world shown: the middle, and how far it reaches east or west, degrees; south and north."""

    middle: float
    reach: float
    south: float
    north: float

    def east(self, longitude: float) -> float:
        """Return how far east of the middle a longitude lies, -180 to 180 degrees."""
        return turned(longitude - self.middle)

    def projection(self) -> dict[str, Any]:
        """Return the Vega-Lite projection that fits the window into the picture, whatever its size."""
        half, foot, head = self._sides()
        scale = f"min(width / {2 * half:.4f}, height / {head - foot:.4f})"
        return {
            "type": "equalEarth",
            "rotate": [-self.middle, 0, 0],
            "scale": {"expr": scale},
            "translate": {"expr": f"[width / 2, height / 2 + {scale} * {(head + foot) / 2:.4f}]"},
        }

    def pixels(
        self, longitude: float, latitude: float, *, width: float, height: float
    ) -> tuple[float, float]:
        """Return where a place stands in a picture of some size, from its top left."""
        half, foot, head = self._sides()
        scale = min(width / (2 * half), height / (head - foot))
        x, y = projected(self.east(longitude), latitude)
        return width / 2 + scale * x, height / 2 + scale * ((head + foot) / 2 - y)

    def _sides(self) -> tuple[float, float, float]:
        widest = min(max(self.south, 0.0), self.north) if self.north > 0 else self.north
        half = projected(self.reach, widest)[0]
        return half, projected(0, self.south)[1], projected(0, self.north)[1]


WORLD = Window(middle=150.0, reach=180.0, south=-50.0, north=74.0)


def turned(degrees: float) -> float:
    """Return an angle between -180 and 180 degrees."""
    return (degrees + 180.0) % 360.0 - 180.0


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Return a place on the plane of the Equal Earth projection (Šavrič, Patterson and Jenny 2018), unit radius."""
    one, two, three, four = EQUAL_EARTH
    half = math.sqrt(3) / 2
    angle = math.asin(half * math.sin(math.radians(latitude)))
    sixth = angle**6
    slope = one + 3 * two * angle**2 + sixth * (7 * three + 9 * four * angle**2)
    x = math.radians(longitude) * math.cos(angle) / (half * slope)
    return x, angle * (one + two * angle**2 + sixth * (three + four * angle**2))


def around(places: Iterable[tuple[float, float]]) -> Window:
    """Return the window that holds some places (longitude, latitude; at least one) with room round them."""
    listed = list(places)
    first = listed[0][0]
    easts = [turned(longitude - first) for longitude, _ in listed]
    norths = [latitude for _, latitude in listed]
    room = [
        max((max(sides) - min(sides)) / 2 + margin, least / 2)
        for sides, margin, least in zip((easts, norths), MARGIN_DEGREES, LEAST_DEGREES, strict=True)
    ]
    middle, level = (max(easts) + min(easts)) / 2, (max(norths) + min(norths)) / 2
    return Window(
        turned(first + middle), min(room[0], 180.0), max(level - room[1], -60.0), min(level + room[1], 84.0)
    )


@lru_cache(maxsize=1)
def outlines() -> dict[str, Any]:
    """Return the outlines of the land as TopoJSON, object `land`, degrees; neither borders nor names.

    Natural Earth 1:110 million, public domain; Antarctica left out, simplified.
    """
    topology: dict[str, Any] = json.loads(LAND.read_text("utf-8"))
    return topology


def land() -> Layer:
    """Return the land as a quiet shape under everything else."""
    shapes = Values(values=outlines(), format={"type": "topojson", "feature": "land"})
    return alt.Chart(
        shapes, mark=alt.MarkDef("geoshape", fill=LAND_FILL, stroke=None, clip=True, tooltip=None)
    )
