"""The map's land: outlines alone, small, projected where the picture's own projection puts them."""

import json
import re

import pandas as pd
import pytest
import vl_convert

from crossings.drawing.drawing import Drawing, field
from crossings.drawing.globe import LAND_FILL, WORLD, Window, around, land, outlines, projected, turned
from crossings.drawing.theme import finished

MOST_BYTES = 32_000


def test_the_outlines_are_land_and_nothing_else() -> None:
    topology = outlines()
    assert set(topology["objects"]) == {"land"}
    assert set(topology["objects"]["land"]) == {"type", "arcs"}
    assert not re.search(r'"(name|properties|id)"', json.dumps(topology))


def test_the_outlines_stay_small() -> None:
    assert len(json.dumps(outlines(), separators=(",", ":"))) < MOST_BYTES


@pytest.mark.parametrize(("degrees", "wanted"), [(190, -170), (-190, 170), (180, -180), (0, 0), (540, -180)])
def test_angles_turn_into_the_half_circle(degrees: float, wanted: float) -> None:
    assert turned(degrees) == wanted


def test_the_projection_is_that_of_its_paper() -> None:
    assert projected(0, 0) == (0, 0)
    assert projected(180, 0)[0] == pytest.approx(2.70663, abs=1e-4)
    assert projected(0, 90)[1] == pytest.approx(1.31737, abs=1e-4)
    assert projected(180, 90)[0] / projected(180, 0)[0] == pytest.approx(0.5923, abs=1e-3)


def test_a_region_across_the_date_line_holds_both_its_sides() -> None:
    window = around([(178.0, -18.0), (-172.0, -13.5)])
    assert abs(window.east(178.0)) < window.reach
    assert abs(window.east(-172.0)) < window.reach
    assert abs(turned(window.middle - 183.0)) < 1e-6


@pytest.mark.parametrize("window", [WORLD, around([(46.6, 24.6), (35.2, 31.7)]), around([(178.4, -18.1)])])
def test_a_place_stands_where_vega_draws_it(window: Window) -> None:
    longitude, latitude = window.middle + window.reach / 3, (window.south + 3 * window.north) / 4
    place = {"longitude": field("east:Q"), "latitude": field("north:Q")}
    point = (
        Drawing(pd.DataFrame({"east": [turned(longitude)], "north": [latitude]}))
        .mark("point")
        .encode(**place)
    )
    spec = finished([land(), point], width=700, height=400, projection=window.projection()).to_dict()
    vega = vl_convert.vegalite_to_vega(spec)
    svg = vl_convert.vega_to_svg(vega)
    drawn = re.search(
        r'aria-roledescription="point".*?transform="translate\(([-\d.]+),([-\d.]+)\)', svg, re.S
    )
    assert drawn is not None
    x, y = window.pixels(longitude, latitude, width=690, height=390)
    assert float(drawn[1]) == pytest.approx(x, abs=1)
    assert float(drawn[2]) == pytest.approx(y, abs=1)


def test_the_land_is_in_the_exported_picture() -> None:
    chart = finished([land()], width=700, height=400, projection=WORLD.projection())
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    shapes = re.findall(rf'fill="{LAND_FILL.lower()}"|fill="{LAND_FILL}"', svg)
    paths = [path for path in re.findall(r' d="([^"]+)"', svg) if len(path) > 10_000]
    assert shapes
    assert paths
