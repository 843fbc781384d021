"""The figures of who is abroad: drawn in every language, with sources, gaps open and no figure without a source."""

from functools import lru_cache
from itertools import combinations, pairwise

import pandas as pd
import pytest

from crossings.drawing.drawing import specification
from crossings.export import Figure
from crossings.language import LANGUAGES, Language
from crossings.models.models import Models
from crossings.questions.abroad import figures
from crossings.questions.abroad import sentences as words
from crossings.questions.abroad.question import AbroadQuestion
from crossings.questions.abroad.view import AbroadView
from crossings.questions.abroad.view import view as answered
from crossings.questions.base import QuestionUnreadable
from crossings.tables import abroad, flows
from tests.drawing.pictures import drawn, size, texts

KNOWN = abroad.load()
KINDS = abroad.kinds(KNOWN)


def setting(code: str) -> figures.Setting:
    return figures.Setting(KNOWN, Language(code), "digest")


@lru_cache(maxsize=3)
def every(code: str) -> tuple[Figure, ...]:
    here = setting(code)
    maps = [figures.third_countries(here, kind=kind, country="LBN") for kind in KINDS]
    return (
        *maps,
        figures.carried(here),
        figures.residents(here),
        figures.students(here),
        figures.working_holiday(here),
    )


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_figure_is_complete_and_fits_the_schema(code: str) -> None:
    for figure in every(code):
        assert figure.chart(width=640).to_dict(validate=True)["layer"]
        assert len(figure.table)
        assert all((figure.title, figure.takeaway, figure.source, figure.as_of, figure.status))


def values(figure: Figure, kind: str) -> list[dict[str, object]]:
    layers = specification(figure.chart(width=640))["layer"]
    return [row for layer in layers if layer["mark"]["type"] == kind for row in layer["data"]["values"]]


@pytest.mark.parametrize("code", list(LANGUAGES))
@pytest.mark.parametrize("width", [420, 860])
def test_no_name_hides_another(code: str, width: int) -> None:
    here = setting(code)
    near = [
        figures.third_countries(here, kind=kind, country=country, near=True)
        for kind in KINDS
        for country in ("IRN", "THA", "FJI", "USA")
    ]
    for figure in [*every(code), *near]:
        root = drawn(figure.chart(width=width))
        found, (wide, high) = texts(root), size(root)
        assert wide == width
        assert not [
            (figure.key, t.said)
            for t in found
            if t.left < -1 or t.right > wide + 1 or t.top < -1 or t.bottom > high + 1
        ]
        pairs = [(a.said, b.said) for a, b in combinations(found, 2) if a.overlaps(b) and a.said != b.said]
        assert not pairs, (figure.key, pairs)


def test_a_map_of_a_region_shows_the_chosen_country_inside() -> None:
    for country in abroad.countries(KNOWN):
        place, window = abroad.places()[country], figures.region_window(country)
        x, y = window.pixels(place.longitude, place.latitude, width=600, height=380)
        assert 0 < x < 600
        assert 0 < y < 380


@pytest.mark.parametrize("near", [False, True])
def test_the_chosen_country_is_always_named(near: bool) -> None:
    for country in abroad.countries(KNOWN):
        figure = figures.third_countries(setting("en"), kind=KINDS[0], country=country, near=near)
        for width in (None, 420, 860):
            layers = specification(figure.chart(width=width))["layer"]
            shown = [
                row["label"]
                for layer in layers
                if layer["mark"]["type"] == "text"
                and "longitude" in layer["encoding"]
                and "opacity" not in layer["mark"]
                for row in layer["data"]["values"]
            ]
            assert words.country_name(country, Language("en")) in shown


def test_whose_figure_is_lacking_is_said() -> None:
    english = Language("en")
    assert words.nobody_counted(KNOWN, "SAU", english) == "No data on Koreans in this country."
    assert words.nobody_counted(KNOWN, "VNM", english) == ""
    assert words.nobody_counted(KNOWN, "CMR", english) == "No data on nationals in this country."


def test_operations_of_the_country_come_before_those_of_its_region() -> None:
    near = figures.operations_near(KNOWN, "SAU", Language("en"))
    assert near.values("country").tolist() == ["Saudi Arabia"] * 3 + ["Israel"] * 3
    assert "not published" in near.values("koreans").tolist()


def test_the_status_line_speaks_of_no_rest_that_is_not_there() -> None:
    english = Language("en")
    assert words.status_line(["verified"] * 3, english).startswith("Every figure is confirmed")
    assert words.status_line(["single-source"] * 3, english) == "Each figure rests on a single source."
    assert words.status_line(["verified", "single-source"], english).startswith("One of 2 figures is")
    assert words.status_line(["verified"] * 2 + ["single-source"], english).startswith("2 of 3 figures are")


@pytest.mark.parametrize("kind", KINDS)
def test_a_dot_stands_only_where_there_is_a_figure_of_that_kind(kind: str) -> None:
    figure = figures.third_countries(setting("en"), kind=kind, country="LBN")
    counted = {count.where for count in abroad.third(KNOWN) if count.kind == kind}
    named = {words.country_name(code, Language("en")) for code in counted}
    assert {row["name"] for row in values(figure, "circle")} == named


def test_dots_more_than_a_year_apart_are_not_joined() -> None:
    figure = figures.residents(setting("en"))
    rows = values(figure, "line")
    lines = {
        row["line"]: sorted(float(str(dot["x"])) for dot in rows if dot["line"] == row["line"])
        for row in rows
    }
    assert len(lines) > 4
    assert all(later - former <= 13 for x in lines.values() for former, later in pairwise(x))


def test_what_was_not_published_is_said_so_and_not_nought() -> None:
    carried = figures.carried(setting("en")).table.frame
    kenya = carried[carried["country"] == "Kenya"].iloc[0]
    assert (kenya["koreans"], kenya["japanese"]) == ("not published", "12")
    assert pd.isna(kenya["koreans_carried"])
    assert kenya["japanese_carried"] == 12


def test_only_areas_that_a_release_names_are_shown() -> None:
    areas = figures.areas(KNOWN, Language("en"))
    assert areas.texts()["Area"].tolist() == [str(number) for number in range(1, 5)]
    assert "not published" not in areas.values("covers").tolist()


def test_the_readers_own_country_comes_first() -> None:
    labels = {
        code: [row.label for row in figures.key_figures(KNOWN, Language(code))] for code in ("ko", "ja")
    }
    assert labels["ko"][:2] == ["일본 거주 한국인", "한국 거주 일본인"]
    assert labels["ja"][:2] == ["韓国在住の日本人", "日本在住の韓国人"]


def test_each_side_counts_what_it_carried_alone() -> None:
    korea, japan = figures.key_figures(KNOWN, Language("en"))[2:]
    assert (korea.value, korea.comparison) == ("94", "in 8 evacuations, 1 of them without a published number")
    assert (japan.value, japan.comparison) == ("70", "in 7 evacuations")


@pytest.mark.parametrize(("code", "korea", "taiwan"), [("ko", "한국", "대만"), ("ja", "韓国", "台湾")])
def test_names_are_the_readers(code: str, korea: str, taiwan: str) -> None:
    language = Language(code)
    assert words.side("KOR", language) == korea
    assert words.country_name("TWN", language) == taiwan


def test_a_country_without_an_operation_says_so() -> None:
    said = words.operations_there(KNOWN, "LBN", Language("en"))
    assert said.startswith("No documented joint evacuation from Lebanon. 6 from the rest of the region")
    assert "KC-330" in said


def view(country: str, counted: int = 1) -> AbroadView:
    models = Models(flows.load())
    return answered(AbroadQuestion(country, counted), models, Language("en"))


def test_the_table_of_a_map_holds_what_the_picture_shows() -> None:
    shown = view("LBN").figures["abroad-map"]
    dots = {(row["name"], row["longitude"]) for row in values(shown, "circle")}
    rows = shown.table.frame.dropna(subset=["longitude"])
    assert dots == set(zip(rows["name"], rows["longitude"], strict=True))
    assert {"longitude", "side"}.isdisjoint(column.key for column in shown.table.visible.columns)


def test_a_country_is_answered_with_its_counts_operations_and_sources() -> None:
    answer = view("SAU")
    assert answer.country_name == "Saudi Arabia"
    assert answer.remarks["country"].startswith("Distance to Saudi Arabia: about 7,")
    assert answer.remarks["in-country"].startswith("No data on Koreans in this country.")
    assert answer.tables["in-country"].values("nationals").unique().tolist() == ["Japanese"]
    assert len(view("CMR").tables["in-country"]) == 0
    assert view("CMR").remarks["in-country"] == "No data on nationals in this country."


@pytest.mark.parametrize(("country", "counted"), [("XXX", 1), ("SAU", 0), ("SAU", len(KINDS) + 1)])
def test_a_question_that_cannot_be_asked_is_refused(country: str, counted: int) -> None:
    with pytest.raises(QuestionUnreadable):
        view(country, counted)
