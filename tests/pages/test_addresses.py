"""Addresses: what cannot be read is left out, what can be read sets the page."""

import pytest

from tests.pages import opened

BAD = [
    ("overview", {"mark": "abc", "flow": "zzz", "measure": "yearly", "years": "2030-1990"}),
    ("overview", {"mark": "1e999", "flow": "", "measure": "", "years": "2015"}),
    ("overview", {"mark": "-5", "years": "abc-def", "no_such_name": "1"}),
    ("overview", {"mark": "nan", "flow": "KOR-JPN<script>", "years": "1800-2026"}),
    ("milestone", {"as_of": "1999-01", "year": "1999", "mark": "1000000"}),
    ("milestone", {"as_of": "2026-13", "year": "abc", "mark": ""}),
    ("milestone", {"fx": "rising", "shocks": "maybe"}),
    ("milestone", {"as_of": "2031-01", "year": "2040", "flow": "JPN-USA"}),
    ("scenario", {"flow": "zzz", "mark": "abc", "scenario_year": "1999", "levers": "lanes"}),
    ("scenario", {"levers": "lanes~much", "data": "August", "model": "<b>", "name": "x" * 500}),
    ("scenario", {"levers": "no-such-lever~1"}),
    ("sources", {"flow": "zzz", "lang": "en"}),
]


@pytest.mark.parametrize(("page", "query"), BAD, ids=range(len(BAD)))
def test_a_value_that_cannot_be_read_leaves_the_page_whole(page: str, query: dict[str, str]) -> None:
    tried = opened.app(page, **{"lang": "en", **query}).run()
    assert not tried.exception
    assert not [error.value for error in tried.error if "could not be done" in error.value]
    assert "**" in opened.answer(tried)


@pytest.mark.parametrize("query", [query for page, query in BAD if page in ("overview", "milestone")])
def test_the_address_then_says_what_the_page_shows(query: dict[str, str]) -> None:
    page = "milestone" if {"as_of", "fx"} & set(query) else "overview"
    tried = opened.app(page, **{"lang": "en", **query}).run()
    for key in ("mark", "flow", "measure", "years", "as_of", "year", "fx", "shocks"):
        assert key not in tried.query_params or tried.query_params[key] != query.get(key)


@pytest.mark.parametrize("wanted", ["xx", "", "EN", "korean"])
def test_an_unknown_language_becomes_one_of_the_three(wanted: str) -> None:
    tried = opened.app("overview", lang=wanted).run()
    assert not opened.faults(tried)
    assert tried.query_params["lang"] == "en"
    assert tried.title[0].value == "People-to-people exchange"


def test_values_in_the_address_set_the_page() -> None:
    tried = opened.looked_at(
        "overview", (("lang", "en"), ("flow", "JPN-KOR"), ("mark", "3.5"), ("years", "2018-2024"))
    )
    assert "Japanese visiting Korea" in opened.answer(tried)
    assert "3.5 million" in opened.answer(tried)
    assert tried.query_params["flow"] == "JPN-KOR"
    assert tried.query_params["years"] == "2018-2024"


def test_a_value_like_the_usual_one_is_not_written() -> None:
    tried = opened.looked_at("overview", (("lang", "en"), ("flow", "both"), ("mark", "10")))
    assert set(tried.query_params) == {"lang"}


@pytest.mark.parametrize("code", opened.CODES)
def test_an_address_means_the_same_in_every_language(code: str) -> None:
    query = (("lang", code), ("flow", "JPN-KOR"), ("mark", "3.5"))
    tried = opened.looked_at("overview", query)
    assert tried.query_params == dict(query)
