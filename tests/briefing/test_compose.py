"""A briefing composed: its words, tables and trace, from full, empty, broken and very long lists."""

import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest
from pptx import Presentation

from crossings.briefing.compose import Asked, compose, month_in_brief
from crossings.briefing.draft import Draft, Item
from crossings.export import documents
from crossings.export.briefing import Briefing
from crossings.formats import WIDE
from crossings.language import Language
from crossings.questions.base.question import LOCAL_ADDRESS
from crossings.questions.registry import SavedQuestion
from crossings.tables.flows import Flow
from tests.briefing import collected
from tests.pages.opened import latin_words

CODES = ("ko", "ja", "en")
TODAY = date(2026, 11, 26)
NAMES = {
    "JNTO",
    "KTO",
    "Crossings",
    "HTTP",
    "http",
    "python",
    "verify",
    "PPTX",
    "K-ETA",
    "JESTA",
    "Excel",
    "XLSX",
    "ZIP",
    "Haneda",
    "ISO",
    "UNWTO",
    "Erlang",
    "Poisson",
    "IATA",
    "ISA",
}


def _six(code: str, base: str = LOCAL_ADDRESS) -> Briefing:
    return compose(collected.six(), collected.models(), Language(code), base=base, today=TODAY)


@pytest.mark.parametrize("code", CODES)
def test_a_briefing_says_answer_points_method_assumptions_and_sources(code: str) -> None:
    made = _six(code)
    assert len(made.parts) == 6
    assert not made.absent
    assert 3 <= len(made.bullets) <= 5
    assert len(set(made.bullets)) == len(made.bullets)
    assert not any(point in made.answer for point in made.bullets)
    assert "**" not in made.answer + "".join(made.bullets)
    assert len(made.method) == 4
    assert all(section.points for section in made.method)
    grades = made.assumptions.iloc[:, 2:4]
    assert len(grades) > 10
    assert (grades != "").all(axis=None)
    assert {"JNTO", "KTO"} <= set(re.findall("JNTO|KTO", made.sources.iloc[:, 1].str.cat()))
    assert made.sources.iloc[:, 3].ne("").all()
    assert not made.sources.iloc[:, 2].str.contains(r"\d{4}-\d{2}").any()
    assert len(made.scale) == 7


@pytest.mark.parametrize("code", ["ko", "ja"])
def test_no_english_is_left_in_the_words(code: str) -> None:
    made = _six(code)
    texts = [made.title, made.answer, *made.bullets, *(name for name, _ in made.stamp)]
    texts += [point for section in made.method for point in (section.heading, *section.points)]
    texts += [str(text) for text in (*made.assumptions.columns, *made.sources.columns, *made.scale.columns)]
    texts += made.assumptions.iloc[:, :4].astype(str).to_numpy().ravel().tolist()
    texts += made.scale.to_numpy().ravel().tolist()
    left = {word for text in texts for word in latin_words(text) if word not in NAMES}
    assert not left


@pytest.mark.parametrize(
    ("code", "polite"), [("ko", r"니다\b"), ("ja", r"(?:です|ます|ました|ません)[。（]")]
)
def test_a_paper_is_written_in_the_noun_style(code: str, polite: str) -> None:
    made = _six(code)
    texts = [made.answer, *made.bullets, *(point for section in made.method for point in section.points)]
    texts += [said for part in made.parts for said in (part.figure.takeaway, part.figure.alt, *part.method)]
    assert [said for said in texts if re.search(polite, said)] == []


def test_own_title_and_note_travel_and_the_link_names_the_state() -> None:
    made = _six("en", "https://crossings.example/")
    ours = made.parts[2]
    assert (ours.figure.title, ours.note) == ("Our scenario", "A remark")
    assert "/scenario?" in ours.figure.link
    assert "levers=" in ours.figure.link
    assert any(value == ours.figure.link for _, value in made.stamp)


def test_no_file_holds_an_address_that_only_this_computer_can_open() -> None:
    made = _six("en")
    assert [part.figure.link for part in made.parts] == [""] * 6
    assert not any("127.0.0.1" in value for _, value in made.stamp)


def test_the_stamp_names_month_releases_versions_and_day() -> None:
    made = _six("en")
    line = made.stamp_line()
    assert "Data month: August 2026" in line
    assert "JNTO 16 September 2026" in line
    assert collected.models().published.digest in dict(made.versions).values()
    assert made.day == "26 November 2026"
    assert "http" not in line


@pytest.mark.parametrize("code", CODES)
def test_an_empty_list_gives_the_standing_facts(code: str) -> None:
    made = compose(Draft(), collected.models(), Language(code), today=TODAY)
    assert made.answer
    assert len(made.bullets) >= 3
    assert not made.parts
    assert len(made.sources)
    assert made.assumptions.empty


def test_a_figure_that_is_gone_is_named_and_the_rest_stands() -> None:
    gone = Item(
        SavedQuestion("milestone", {**collected.milestone().state, "as_of": "2061-01"}), "milestone-fan"
    )
    kept = Item(collected.milestone(), "milestone-fan")
    made = compose(Draft(items=(gone, kept)), collected.models(), Language("en"), today=TODAY)
    assert len(made.parts) == 1
    assert len(made.absent) == 1
    assert "January 2061" in made.absent[0].reason
    assert "reach" in made.answer or "passed" in made.answer


def test_the_trace_holds_every_number_of_every_figure() -> None:
    made = _six("ko")
    record = json.loads(made.trace)
    assert record["data_month"] == collected.as_of()
    assert [row["figure"] for row in record["items"]] == [item.figure for item in collected.six().items]
    for row, part in zip(record["items"], made.parts, strict=True):
        numbers = part.figure.table.headed().select_dtypes("number")
        assert [len(column) for column in row["values"]] == [len(numbers)] * numbers.shape[1]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("flow", list(Flow))
def test_the_month_in_brief_answers_in_one_page(code: str, flow: Flow) -> None:
    made = month_in_brief(Asked(flow=flow), collected.models(), Language(code), today=TODAY)
    assert made.brief
    assert len(made.parts) == 1
    assert made.parts[0].figure.key == "milestone-fan"
    said = made.answer + " ".join(made.bullets)
    assert Language(code).month(collected.models().published.last_month) in said
    assert "80%" in said
    assert len(made.sources)


@pytest.mark.parametrize("code", CODES)
def test_a_slide_of_the_month_holds_every_point_whole_or_its_notes_do(code: str) -> None:
    """On the slide stand all figures and whose calculation it is; further cautions and days of release in its notes."""
    made = month_in_brief(Asked(), collected.models(), Language(code), today=TODAY)
    (slide,) = Presentation(io.BytesIO(documents.make("pptx", replace(made, paper=WIDE)))).slides
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
    said = [paragraph.text for frame in frames for paragraph in frame.paragraphs]
    sections = made.sections[1:] if code == "en" else made.sections  # the purpose stands in the title
    points = [point for section in sections for point in section.points if point not in made.answer]
    noted = slide.notes_slide.notes_text_frame.text
    assert points
    assert [
        point for point in points if said.count(point) + noted.count(point) < 1 or said.count(point) > 1
    ] == []
    *figures, cautions, _ = sections
    shown = [*(point for section in figures for point in section.points), cautions.points[-1]]
    assert [point for point in shown if point not in made.answer and point not in said] == []


def test_the_month_in_brief_takes_a_mark_that_is_open_and_follows_a_given_one() -> None:
    english = Language("en")
    chosen = month_in_brief(Asked(), collected.models(), english, today=TODAY)
    assert " passed " not in chosen.answer
    given = month_in_brief(Asked(mark=10_000_000), collected.models(), english, today=TODAY)
    assert "passed 10 million in August 2026" in given.answer
    assert any("reaching 15 million in 2026" in point for point in given.bullets)


def test_sixty_figures_make_one_briefing() -> None:
    items = [
        Item(collected.milestone(mark), "milestone-curve") for mark in range(1_000_000, 16_000_000, 250_000)
    ]
    made = compose(Draft(items=tuple(items)), collected.models(), Language("en"), today=TODAY)
    assert len(made.parts) == 60
    assert len(made.bullets) == 5
    assert len(made.method) == 1


@pytest.mark.parametrize("code", CODES)
def test_the_month_in_front_keeps_what_the_collected_scenario_answers(code: str) -> None:
    language = Language(code)
    item = Item(collected.scenario(), "scenario-flows")
    alone = compose(Draft(items=(item,)), collected.models(), language, today=TODAY)
    made = compose(Draft(items=(item,), with_month=True), collected.models(), language, today=TODAY)
    told = " ".join(point for section in made.sections for point in section.points)
    numbers = re.findall(r"\d[\d.,]*", alone.answer)
    assert numbers
    assert not [number for number in numbers if number not in told]


def test_what_was_typed_stands_among_the_assumptions_in_place_of_what_it_replaced() -> None:
    usual, typed = (
        compose(
            Draft(items=(Item(asked, "scenario-flows"),)), collected.models(), Language("en"), today=TODAY
        )
        for asked in (collected.scenario(), collected.scenario(ramp=12))
    )
    said = [" ".join(map(str, row)) for row in typed.assumptions.to_numpy()]
    assert any("Ramp-up: 12 months (entered)" in row for row in said)
    ramp = "about two thirds"
    assert any(ramp in str(row) for row in usual.assumptions.to_numpy().ravel())
    assert not any(ramp in row for row in said)
