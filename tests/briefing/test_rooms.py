"""Every figure of every page made anew from its recipe, and recipes that name what is not there."""

import pytest

from crossings.briefing.draft import Item
from crossings.briefing.rooms import figure, room
from crossings.errors import CrossingsError
from crossings.export import Figure
from crossings.language import Language
from crossings.questions.recipe import Recipe, RecipeUnreadable
from tests.briefing import collected


@pytest.mark.parametrize("code", ["ko", "ja", "en"])
@pytest.mark.parametrize("item", collected.every_item(), ids=lambda item: item.figure)
def test_every_figure_of_every_page_can_be_made_anew(item: Item, code: str) -> None:
    found = room(item.recipe, collected.material(), Language(code))
    made = figure(item.recipe, item.figure, found)
    assert made.key == item.figure
    assert made.language.code == code
    assert made.title
    assert made.takeaway
    assert made.source
    assert len(made.frame)
    assert found.answer
    assert found.method


def _figure(asked: Recipe, key: str) -> Figure:
    return figure(asked, key, room(asked, collected.material(), Language("en")))


@pytest.mark.parametrize("page", collected.MAKERS)
def test_a_figure_that_a_page_does_not_have_is_named(page: str) -> None:
    asked = collected.MAKERS[page]()  # type: ignore[operator]
    found = room(asked, collected.material(), Language("en"))
    with pytest.raises(RecipeUnreadable):
        figure(asked, "nothing-of-the-kind", found)


@pytest.mark.parametrize(
    ("page", "changed"),
    [
        ("overview", {"measure": "sideways"}),
        ("overview", {"flow": "moon"}),
        ("milestone", {"as_of": "2026-99"}),
        ("milestone", {"as_of": "2061-01"}),
        ("milestone", {"year": "2061"}),
        ("milestone", {"mark": "-3"}),
        ("track_record", {"era": "after"}),
        ("scenario", {"levers": "magic~1"}),
        ("scenario", {"priors": "wishes"}),
        ("border", {"hall": "moon"}),
        ("border", {"settings": '{"preset": "haneda-t3", "settings": {"desks": -1}}'}),
        ("border", {"settings": "junk"}),
        ("history", {"event": "nothing"}),
        ("abroad", {"country": "XXX"}),
        ("abroad", {"counted": "99"}),
    ],
)
def test_a_state_that_is_gone_is_a_named_error(page: str, changed: dict[str, str]) -> None:
    asked = collected.MAKERS[page]()  # type: ignore[operator]
    spoiled = Recipe(page, {**asked.state, **changed})
    with pytest.raises(CrossingsError):
        _figure(spoiled, collected.FIGURES[page][0])


def test_an_event_of_ones_own_is_made_anew() -> None:
    asked = collected.history("own-months")
    own = Recipe(
        "history",
        {**asked.state, "own_first": "2019-08", "own_last": "2019-12", "own_shape": "months"},
    )
    found = room(own, collected.material(), Language("en"))
    named = room(collected.history(), collected.material(), Language("en"))
    ours, theirs = (figure(own, "history-without", one) for one in (found, named))
    assert ours.frame["Visitors"].tolist() == theirs.frame["Visitors"].tolist()


def test_the_hall_keeps_changed_desks_and_own_flights() -> None:
    from crossings.models.queue.flights import flights_from_rows
    from crossings.models.queue.presets import calibrated
    from crossings.models.queue.report import hall_question_from_json, question_json

    base = calibrated("haneda-t3")
    flights = flights_from_rows([["minute", "passengers", "group"], ["600", "150", "partner"]])
    text = question_json("haneda-t3", base.settings, flights)
    read = hall_question_from_json(text)
    assert read.settings == base.settings
    assert read.flights.rows() == flights.rows()
    assert hall_question_from_json(question_json("haneda-t3", base.settings, None)).flights is base.flights
