"""Recipes: what is written, what is read back, what is refused."""

from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.questions.recipe import Recipe, RecipeUnreadable, recipe, recipe_of
from crossings.tables.flows import Flow


def test_values_stand_as_the_address_writes_them() -> None:
    made = recipe(
        "milestone",
        flow=Flow.KOREANS_TO_JAPAN,
        mark=12_500_000,
        year=2027,
        as_of=pd.Period("2026-08", "M"),
        shocks=True,
        years=(2015, 2026),
        gone=None,
    )
    assert made.state == {
        "flow": "KOR-JPN",
        "mark": "12.5",
        "year": "2027",
        "as_of": "2026-08",
        "shocks": "on",
        "years": "2015-2026",
    }
    assert (made.flow(), made.mark(), made.whole("year")) == (Flow.KOREANS_TO_JAPAN, 12_500_000, 2027)
    assert made.month("as_of") == pd.Period("2026-08", "M")
    assert made.switch("shocks")
    assert not made.switch("gone")
    assert made.span("years") == (2015, 2026)


def test_a_link_names_page_language_and_every_value_but_long_ones() -> None:
    made = Recipe("scenario", {"levers": "lanes~1", "name": "전체 & more", "compared": "[1]", "flights": "x"})
    parts = urlsplit(made.link("http://127.0.0.1:8501/", "ko"))
    assert (parts.netloc, parts.path) == ("127.0.0.1:8501", "/scenario")
    assert parse_qs(parts.query) == {"lang": ["ko"], "levers": ["lanes~1"], "name": ["전체 & more"]}
    assert urlsplit(Recipe("overview", {}).link("http://a", "en")).path == "/"


@given(st.integers(min_value=1, max_value=50_000).map(lambda tens: tens * 1000))
def test_a_mark_comes_back_to_the_person(mark: int) -> None:
    assert recipe("milestone", mark=mark).mark() == mark


@pytest.mark.parametrize(
    ("state", "read"),
    [
        ({}, lambda r: r.flow()),
        ({"flow": "moon"}, lambda r: r.flow()),
        ({"as_of": "2026-13"}, lambda r: r.month("as_of")),
        ({"year": "next"}, lambda r: r.whole("year")),
        ({"mark": "many"}, lambda r: r.mark()),
        ({"mark": "inf"}, lambda r: r.mark()),
        ({"years": "2015"}, lambda r: r.span("years")),
    ],
)
def test_what_cannot_be_read_is_named(state: dict[str, str], read: object) -> None:
    with pytest.raises(RecipeUnreadable):
        read(Recipe("milestone", state))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("page", "state"), [("moon", {}), (None, {}), ("overview", []), ("overview", {"flow": 1})]
)
def test_junk_in_a_file_is_refused(page: object, state: object) -> None:
    with pytest.raises(RecipeUnreadable):
        recipe_of(page, state)
