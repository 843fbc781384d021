"""The figures of who is abroad: drawn in every language, with sources, gaps open and no figure without a source."""

from itertools import pairwise

import altair as alt
import pytest

from crossings import abroad
from crossings.export import Figure
from crossings.figures import abroad as figures
from crossings.words import LANGUAGES, Language
from crossings.words import abroad as words

KNOWN = abroad.load()
KINDS = abroad.kinds(KNOWN)


def setting(code: str) -> figures.Setting:
    return figures.Setting(KNOWN, Language(code), "digest")


def every(code: str) -> list[Figure]:
    here = setting(code)
    maps = [figures.third_countries(here, kind=kind, country="LBN") for kind in KINDS]
    return [*maps, figures.carried(here), figures.residents(here), figures.students(here),
            figures.working_holiday(here)]  # fmt: skip


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_figure_is_complete_and_fits_the_schema(code: str) -> None:
    for figure in every(code):
        alt.LayerChart.from_dict(figure.chart(width=640).to_dict())
        assert len(figure.frame)
        assert all((figure.title, figure.takeaway, figure.source, figure.as_of, figure.status))


def values(figure: Figure, kind: str) -> list[dict[str, object]]:
    layers = figure.chart(width=640).to_dict()["layer"]
    return [row for layer in layers if layer["mark"]["type"] == kind for row in layer["data"]["values"]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_dot_stands_only_where_there_is_a_figure_of_that_kind(kind: str) -> None:
    figure = figures.third_countries(setting("en"), kind=kind, country="LBN")
    counted = {one.where for one in abroad.third(KNOWN) if one.kind == kind}
    named = {words.country_name(code, Language("en")) for code in counted}
    assert {row["name"] for row in values(figure, "circle")} == named


def test_dots_more_than_a_year_apart_are_not_joined() -> None:
    figure = figures.residents(setting("en"))
    rows = values(figure, "line")
    lines = {
        row["line"]: sorted(float(str(one["x"])) for one in rows if one["line"] == row["line"])
        for row in rows
    }
    assert len(lines) > 4
    assert all(later - former <= 13 for x in lines.values() for former, later in pairwise(x))


def test_what_was_not_published_is_said_so_and_not_nought() -> None:
    table = figures.carried(setting("en")).frame
    kenya = table[table["Country left"] == "Kenya"].iloc[0]
    assert (kenya["Koreans"], kenya["Japanese"]) == ("not published", "12")


def test_areas_that_no_release_names_are_shown_as_unpublished() -> None:
    covered = figures.areas(KNOWN, Language("en"))["What it covers"].tolist()
    assert len(covered) == 8
    assert covered[4:] == ["not published"] * 4


def test_each_side_counts_what_it_carried_alone() -> None:
    korea, japan = figures.key_figures(KNOWN, Language("en"))[2:]
    assert (korea.value, korea.comparison) == ("94", "in 8 operations, 1 without a number")
    assert (japan.value, japan.comparison) == ("70", "in 7 operations")


@pytest.mark.parametrize(("code", "korea", "taiwan"), [("ko", "한국", "대만"), ("ja", "韓国", "台湾")])
def test_names_are_the_readers(code: str, korea: str, taiwan: str) -> None:
    language = Language(code)
    assert words.side("KOR", language) == korea
    assert words.country_name("TWN", language) == taiwan


def test_a_country_without_an_operation_says_so() -> None:
    said = words.operations_there(KNOWN, "LBN", Language("en"))
    assert said.startswith("No joint operation out of Lebanon is on record. 6 out of the rest of the region")
    assert "KC-330" in said
