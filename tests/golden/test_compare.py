"""The comparison sees a changed value, and does not see what a reader does not."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
import pytest

from tests.golden import charts, compare
from tests.golden.reduced import number, rows

PAGE: dict[str, Any] = {
    "text": ["caption: first", "caption: second"],
    "order": ["text", "text"],
    "tables": {"Years": {"columns": ["Year", "Visitors"], "rows": [[2024, 12041844], [2025, 13112848]]}},
}
FRAME = pd.DataFrame({"month": [1, 2, 3], "visitors": [5.5, 6.25, 7.0], "unused": [0, 0, 0]})


def told(after: dict[str, Any]) -> list[str]:
    return list(compare.changes(PAGE, after, "page"))


def test_order_on_the_page_may_change() -> None:
    assert told(PAGE | {"text": PAGE["text"][::-1], "order": []}) == []


def test_a_changed_text_and_a_changed_number_are_told_with_before_and_after() -> None:
    assert told(PAGE | {"text": ["caption: first", "caption: third"]}) == [
        'page · text: gone: "caption: second"',
        'page · text: new: "caption: third"',
    ]
    changed = {"Years": {"columns": ["Year", "Visitors"], "rows": [[2024, 12041844], [2025, 13112849]]}}
    assert told(PAGE | {"tables": changed}) == ["page · tables · Years · rows · 2 · 2: 13112848 → 13112849"]


def test_what_is_gone_or_new_is_told() -> None:
    assert told({"text": PAGE["text"]}) == [f"page · tables: gone: {compare.shortened(PAGE['tables'])}"]
    assert told(PAGE | {"metrics": [1]}) == ["page · metrics: new: [1]"]


@pytest.mark.parametrize(("value", "held"), [(1 / 3, 0.333333), (12345678.0, 12345678), (float("nan"), None)])
def test_numbers_are_rounded_but_whole_ones_stay(value: float, held: float | None) -> None:
    assert number(value) == held


def test_a_digest_of_many_rows_changes_with_one_value() -> None:
    cells = [[place, place / 7] for place in range(200)]
    same, other = rows(["a", "b"], cells), rows(["a", "b"], [*cells[:-1], [199, 0]])
    assert same["count"] == other["count"] == 200
    assert same["digest"] != other["digest"]


def _written(name: str, records: Sequence[Mapping[Any, Any]]) -> dict[str, Any]:
    encoding = {
        "x": {"field": "month", "type": "quantitative", "axis": {"title": None}},
        "y": {"field": name, "type": "quantitative"},
        "color": {"condition": {"test": f"datum.{name} > 6", "value": "red"}, "value": "blue"},
    }
    return {"layer": [{"mark": "bar", "data": {"values": records}, "encoding": encoding}]}


def test_a_chart_written_by_hand_and_one_of_altairs_objects_are_the_same() -> None:
    by_hand = _written("visitors", FRAME[["month", "visitors"]].to_dict("records"))
    renamed = FRAME.iloc[::-1].rename(columns={"visitors": "persons"})
    colour = alt.condition("datum.persons > 6", alt.value("red"), alt.value("blue"))
    x = alt.X("month:Q", axis=alt.Axis(title=None))
    bars = alt.Chart().mark_bar().encode(x=x, y="persons:Q", color=colour)
    built = alt.layer(bars, data=renamed).to_dict()
    assert charts.chart(by_hand, {}) == charts.chart(built, built["datasets"])
    moved = _written("visitors", [{"month": 1, "visitors": 5.5}, {"month": 2, "visitors": 6.5}])
    assert charts.chart(by_hand, {}) != charts.chart(moved, {})
