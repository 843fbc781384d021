"""A figure names its files in the reader's language and makes none before it is asked."""

import json
from dataclasses import replace
from typing import Any

import pytest

from crossings import export
from crossings.drawing.drawing import Chart, specification
from crossings.export import FORMATS, MIME, file_name, files
from crossings.export.sizes import least_height
from crossings.language import Language
from crossings.questions.base import Column, OfficeChart, table
from tests.export.figures import figure


def test_names_are_translated_and_safe() -> None:
    assert file_name(figure("ko", scenario=None), "png") == "방일-한국인-월별.png"
    assert file_name(figure("ja", scenario=None), "xlsx").endswith(".xlsx")
    spoiled = replace(figure("en"), title='a/b\\c:d*e?"<f>|g..', scenario="../../etc")
    assert not set('/\\:*?"<>|') & set(file_name(spoiled, "csv"))
    assert file_name(replace(figure("en"), title="..", scenario=None), "csv") == "monthly-koreans.csv"


def test_a_scenario_gives_its_name_to_the_file() -> None:
    assert "Package" in file_name(figure("en", scenario="Package A"), "pdf")


@pytest.mark.parametrize(("name", "count", "low"), [("가", 8, 0), ("가", 12, 400), ("가나다라 " * 9, 8, 400)])
def test_many_or_long_names_of_rows_have_their_height(name: str, count: int, low: int) -> None:
    names, values = (Column("a", "A"), [name] * count), (Column("b", "B", "number"), [1.0] * count)
    drawn = replace(figure("ko"), office=OfficeChart("bar", table(Language("ko"), [names, values])))
    assert low <= least_height(drawn) <= low * 1.6


def test_every_format_has_a_type_and_a_maker() -> None:
    assert set(files(figure("ko"))) == set(FORMATS) == set(MIME)


def test_nothing_is_made_before_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> Chart:
        raise AssertionError("drawn too early")

    made = replace(figure("ko"), draw=refuse)
    makers = files(made)
    assert makers["csv"]()
    with pytest.raises(AssertionError):
        makers["png"]()


def test_the_screen_shows_the_body_of_the_file() -> None:
    made = figure("ko")
    assert made.chart(width=500, height=200).to_dict() == made.draw(width=500, height=200).to_dict()
    assert made.chart().to_dict()["width"] == "container"


def test_the_screen_is_sent_the_chart_as_written_once() -> None:
    made, drawn = figure("ko"), list[Any]()

    def draw(**settings: Any) -> Chart:
        drawn.append(settings)
        return made.draw(**settings)

    counted = replace(made, draw=draw)
    assert json.loads(counted.written_chart(height=200)) == specification(made.chart(height=200))
    assert replace(counted, link="x").written_chart(height=200) == counted.written_chart(height=200)
    assert len(drawn) == 1


def test_emphasis_is_left_out_of_files_and_alt_text() -> None:
    made = figure("en")
    assert "**" not in made.alt_text
    assert b"**" not in export.csv(made)


@pytest.mark.parametrize("begin", ["=1+1", "+82", "@cmd", "-"])
def test_no_file_begins_like_a_formula_or_says_its_scenario_twice(begin: str) -> None:
    named = replace(figure("en"), title=f"{begin} visits: our plan", scenario="our plan")
    stem = file_name(named, "csv")
    assert stem[0] not in "=+-@"
    assert stem.count("our-plan") == 1
