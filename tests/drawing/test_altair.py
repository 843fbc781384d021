"""Every chart is an ordinary Altair chart: it can be changed, put beside others and written, checked by the schema."""

import threading
from typing import Any

import altair as alt
import pytest
from altair.utils import schemapi

from crossings.drawing.drawing import Drawing, Values, field, specification, unchecked
from crossings.drawing.theme import finished
from crossings.language import LANGUAGES, Language
from tests.drawing.gallery import EVERY_NAME, every_chart
from tests.drawing.pictures import converter

UNPLAIN = {"x", "y", "x2", "y2"}


def chart(name: str, code: str = "ko") -> alt.LayerChart:
    return every_chart(Language(code))[name](width=420)


def in_its_layer(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a specification with the rows of a chart's only layer, which Altair lifts to the head, in that layer."""
    data = spec.pop("data", None)
    return spec | {"layer": [layer | ({"data": data} if data else {}) for layer in spec["layer"]]}


@pytest.mark.parametrize("name", EVERY_NAME)
def test_every_chart_is_made_of_altairs_objects_and_obeys_the_schema(name: str) -> None:
    made = chart(name)
    assert type(made) is alt.LayerChart
    assert all(type(layer) is alt.Chart and isinstance(layer.mark, alt.MarkDef) for layer in made.layer)
    spec = made.to_dict(validate=True)
    names = {layer.get("name") for layer in spec["layer"]}
    assert all(view in names for parameter in spec.get("params", []) for view in parameter["views"])


@pytest.mark.parametrize("name", EVERY_NAME)
def test_the_fast_writer_says_what_altair_says(name: str) -> None:
    made = chart(name)
    changed = made.properties(title="Title").configure_axis(labelFontSize=20)
    for each in (made, changed):
        assert in_its_layer(specification(each)) == in_its_layer(each.to_dict(validate=False))


@pytest.mark.parametrize("name", EVERY_NAME)
def test_every_chart_can_be_changed_and_stays_as_it_was(name: str) -> None:
    made = chart(name)
    before = made.to_dict(validate=False)
    titled = made.properties(title="Another", width=300).to_dict()
    assert (titled["title"], titled["width"]) == ("Another", 300)
    assert made.copy().to_dict(validate=False) == before
    assert made.interactive().to_dict()["params"][-1]["bind"] == "scales"
    assert "chosen" in {
        one["name"] for one in made.add_params(alt.param("chosen", value=1)).to_dict()["params"]
    }
    assert made.to_dict(validate=False) == before


@pytest.mark.parametrize("name", EVERY_NAME)
@pytest.mark.filterwarnings("ignore:Automatically deduplicated selection parameter")
def test_every_chart_stands_beside_below_and_over_another(name: str) -> None:
    made = chart(name)
    other = alt.LayerChart(layer=[Drawing({"x": [1]}).mark("point").encode(x="x:Q")])
    assert len((made | made).to_dict()["hconcat"]) == 2
    assert len((made & other).to_dict()["vconcat"]) == 2
    assert len((made + other).to_dict()["layer"]) == len(made.layer) + 1


@pytest.mark.parametrize("name", ["fan", "timeline", "third countries"])
def test_two_charts_side_by_side_are_drawn(name: str) -> None:
    made = chart(name)
    other = chart("tornado")
    assert converter().vegalite_to_svg((made | other).to_dict()).startswith("<svg")


def test_the_schema_refuses_what_is_wrong() -> None:
    wrong = finished([Drawing({"x": [1]}).mark("line").encode(x="x:Q")], width=100, height=100)
    wrong.layer[0].mark["interpolate"] = "scribble"
    with pytest.raises(schemapi.SchemaValidationError, match="scribble"):
        wrong.to_dict()


@pytest.mark.parametrize("code", list(LANGUAGES))
@pytest.mark.parametrize("name", EVERY_NAME)
def test_a_tooltip_is_in_words_or_there_is_none(name: str, code: str) -> None:
    spec = specification(chart(name, code))
    assert spec["config"]["mark"]["tooltip"] is None
    for layer in spec["layer"]:
        shown = layer.get("encoding", {}).get("tooltip")
        if shown is None:
            assert layer["mark"]["tooltip"] is None
            continue
        for part in shown:
            assert part["type"] == "nominal"
            assert part["title"] not in {*UNPLAIN, part["field"], ""}
            assert all(
                isinstance(row[part["field"]], str) and row[part["field"]] for row in layer["data"]["values"]
            )


def test_copies_of_a_chart_share_their_rows() -> None:
    made = chart("fan")
    assert made.copy().layer[0].data is made.layer[0].data
    assert isinstance(made.layer[0].data, Values)


def test_axes_that_layers_share_are_one_object() -> None:
    x = field("x:Q", axis={"title": None})
    one, two = (Drawing({"x": [1]}).mark(kind).encode(x=x) for kind in ("line", "point"))
    assert one.encoding["x"] is two.encoding["x"]
    assert isinstance(one.encoding["x"]["axis"], alt.Axis)


def checked() -> bool:
    """Tell whether Altair refuses a wrong object as soon as it is made."""
    try:
        alt.Axis(values="no list")
    except schemapi.SchemaValidationError:
        return True
    return False


def test_checks_are_off_only_while_somebody_wants_them_off() -> None:
    begun, end = threading.Event(), threading.Event()

    def elsewhere() -> None:
        with unchecked():
            begun.set()
            end.wait()

    other = threading.Thread(target=elsewhere)
    with unchecked():
        other.start()
        begun.wait()
        assert not checked()
    assert not checked()
    end.set()
    other.join()
    assert checked()
