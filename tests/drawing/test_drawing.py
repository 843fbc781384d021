"""Charts hold what their data say, and no more."""

import pandas as pd
import pytest

from crossings.drawing.drawing import Drawing, field, records, specification, when
from crossings.drawing.effect_bars import waterfall
from crossings.language import Language
from crossings.questions.milestone import charts as milestone_charts
from crossings.questions.overview import cumulative as cumulative_charts
from crossings.questions.overview import series as series_charts
from crossings.tables.flows import Flow
from tests.drawing.gallery import cumulative, gallery, visitors
from tests.drawing.pictures import drawn, texts


def test_missing_numbers_are_null_and_only_read_columns_travel() -> None:
    rows = pd.DataFrame({"x": [1, 2], "y": [0.5, float("nan")], "secret": ["a", "b"]})
    layer = Drawing(rows).mark("line").encode(x="x:Q", y="y:Q", color=when("datum.x > 1", "red", "grey"))
    assert layer.to_dict()["data"]["values"] == [{"x": 1, "y": 0.5}, {"x": 2, "y": None}]


def test_conditions_count_as_reading() -> None:
    assert when("datum.beyond", 1, 0).columns == {"beyond"}
    assert field("x:Q", axis={"labelExpr": "datum.label"}).columns == {"x"}


def test_records_of_no_columns_keep_their_number() -> None:
    assert records(pd.DataFrame({"a": [1, 2]}), set()) == [{}, {}]


def lines(flow: Flow) -> list[dict[str, object]]:
    frame = visitors(flow)
    spec = series_charts.monthly_series(
        frame[frame["month"] >= "2024-01"], flow=flow, language=Language("en")
    ).to_dict()
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == "line"]


def test_estimates_are_dashed_and_the_rest_solid() -> None:
    solid, dashed = lines(Flow.KOREANS_TO_JAPAN)
    assert [len(layer["data"]["values"]) for layer in (solid, dashed)] == [30, 3]  # type: ignore[index]
    assert solid["mark"]["strokeDash"] == [1, 0]  # type: ignore[index]
    assert dashed["mark"]["strokeDash"] == [5, 3]  # type: ignore[index]


def test_this_year_is_named_with_its_count_and_status() -> None:
    frame = cumulative(Flow.BOTH)
    chart = cumulative_charts.cumulative_by_year(
        frame, flow=Flow.BOTH, highlight=2026, mark=10e6, language=Language("ko"), width=800
    )
    said = [text.said for text in texts(drawn(chart))]
    count = Language("ko").people_short(frame.loc[frame["year"] == 2026, "visitors"].iloc[-1])
    assert f"2026 {count}(추정치)" in said
    assert "1,000만 명 선" in said


@pytest.mark.parametrize("height", [240, 400])
def test_the_fan_has_one_axis_in_pictures_of_every_height(height: int) -> None:
    spec = gallery(Language("en"))["fan"](width=600, height=height).to_dict()
    for side, first in (("x", 1), ("y", 0)):
        scales = [layer["encoding"].get(side, {}).get("scale") for layer in spec["layer"]]
        domains = [scale["domain"] for scale in scales if scale]
        assert domains
        assert all(low == first for low, _ in domains)


def test_dots_fill_as_many_as_said() -> None:
    spec = specification(milestone_charts.dots(48, flow=Flow.BOTH, language=Language("ja")))
    rows = spec["layer"][0]["data"]["values"]
    assert (len(rows), sum(row["filled"] for row in rows)) == (100, 48)


def test_tornado_and_waterfall_sort_by_size() -> None:
    frame = pd.DataFrame({"label": ["small", "large"], "change": [1_000.0, -50_000.0]})
    chart = waterfall(frame, language=Language("en"), width=600)
    said = sorted((text.top, text.said) for text in texts(drawn(chart)) if text.said in ("small", "large"))
    assert [name for _, name in said] == ["large", "small"]
