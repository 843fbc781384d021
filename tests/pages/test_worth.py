"""The Worth page and its panel: controls, typed quantities and shares, links made by the page, a scenario's own panel."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from crossings.models.scenario.settings import settings_from_json, settings_of, to_json
from crossings.models.worth.model import RATES_PERCENT
from crossings.questions.worth.question import WorthQuestion
from tests.apptest import unfolded
from tests.pages import opened
from ui import worth_settings
from ui.scenarios import WAITING


def page(**query: str) -> AppTest:
    tried = opened.app("worth", lang="en", **query).run()
    assert opened.faults(tried) == []
    return tried


def books(tried: AppTest) -> list[str]:
    """Return the cells of the two books."""
    return [str(cell) for row in tried.table[0].value.to_numpy() for cell in row]


def ratios(tried: AppTest) -> int:
    """Return how many charts of ratios stand on the page."""
    return sum("Benefit over public cost" in block.value for block in tried.markdown)


def test_ratios_are_shown_only_when_they_are_opened() -> None:
    tried = page(preset="e-gates")
    assert ratios(tried) == 0
    tried.session_state["worth-ratio"] = True
    tried.run()
    assert ratios(tried) == 1
    control = opened.keyed(tried.get("button_group"), "discount")
    assert len(control.options) == len(RATES_PERCENT) - 1


def test_the_link_of_the_page_opens_the_same_answer() -> None:
    tried = page(
        levers="lanes~1_departure-tax~2000",
        base_year="2024",
        won="9.505",
        aim="JPN",
        airports="HND,FUK",
        quantities='{"JPN": {"desks": 6, "hours": 7}}',
    )
    unfolded(tried)
    link = next(block.value for block in tried.code if "/worth?" in block.value)
    query = dict(parse_qsl(urlsplit(link).query))
    again = page(**{key: value for key, value in query.items() if key != "lang"})
    assert opened.answer(again) == opened.answer(tried)
    assert books(again) == books(tried)


@pytest.mark.parametrize(
    "broken",
    [
        {"quantities": "nonsense"},
        {"shares": '{"KOR": {"ICN": 5}}'},
        {"airports": "XXX", "aim": "JPN"},
        {"base_year": "1900", "won": "x", "hall": "nowhere", "desks_added": "1e9"},
    ],
)
def test_what_cannot_be_read_in_an_address_stops_nothing(broken: dict[str, str]) -> None:
    assert books(page(preset="e-gates", **broken)) == books(page(preset="e-gates"))


def test_typed_quantities_take_the_place_of_the_assumed_ones() -> None:
    tried = unfolded(page(preset="e-gates"))
    before = books(tried)
    opened.keyed(tried.number_input, "quantities-JPN-gates").set_value(72.0).run()
    assert opened.faults(tried) == []
    assert books(tried) != before
    assert any("quantities typed" in cell for cell in books(tried))
    unfolded(tried)
    next(button for button in tried.button if button.label == "Back to the assumed quantities").click().run()
    assert books(tried) == before


def test_other_airports_take_what_is_left_of_typed_shares() -> None:
    tried = unfolded(page(preset="e-gates"))
    opened.keyed(tried.number_input, "shares-KOR-ICN").set_value(60.0).run()
    assert opened.faults(tried) == []
    assert '"ICN": 60.0' in tried.query_params["shares"]
    assert sum(json.loads(tried.query_params["shares"])["KOR"].values()) == pytest.approx(100)


def test_closing_desks_of_a_hall_shows_as_a_loss() -> None:
    tried = unfolded(page(desks_added="-2"))
    cells = [str(cell) for shown in tried.table for cell in shown.value.to_numpy().ravel()]
    assert any(cell.startswith("−") and "billion yen (" in cell for cell in cells)


def test_the_scenario_page_holds_both_books_in_a_fold() -> None:
    tried = opened.app("scenario", lang="en", preset="e-gates").run()
    assert not any("Korea's book" in shown.value.columns for shown in tried.table)
    tried.session_state["worth"] = True
    tried.run()
    assert opened.faults(tried) == []
    shown = next(one.value for one in tried.table if "Korea's book" in one.value.columns)
    assert [str(cell) for row in shown.to_numpy() for cell in row] == books(page(preset="e-gates"))


SET = {
    "base_year": "2024",
    "won": "9.505",
    "discount": "2",
    "aim": "JPN",
    "airports": "HND,FUK",
    "quantities": '{"JPN": {"desks": 6, "hours": 7}}',
}


def test_a_saved_scenario_holds_the_settings_and_an_older_one_opens_with_the_first_ones() -> None:
    scenario = settings_of({"lanes": 1})
    held = worth_settings.file(WorthQuestion.read(SET | {"levers": "lanes~1", "priors": "note"}))
    assert json.loads(held)["worth"] == SET | {"priors": "note"}
    asked = page(levers="lanes~1", priors="note", **SET)
    tried = page(preset="e-gates", base_year="2023")
    for text, wanted in ((held, asked), (to_json(scenario), page(levers="lanes~1", priors="note"))):
        tried.session_state[WAITING] = settings_from_json(text)
        tried.run()
        assert opened.faults(tried) == []
        assert books(tried) == books(wanted)


def test_a_setting_of_a_saved_scenario_that_cannot_be_read_stops_nothing() -> None:
    broken = {"version": 1, "levers": {"e-gates": 1}, "worth": {"base_year": "soon", "unheard": "of"}}
    tried = page(preset="full-package")
    tried.session_state[WAITING] = settings_from_json(json.dumps(broken))
    tried.run()
    assert opened.faults(tried) == []
    assert books(tried) == books(page(levers="e-gates~1"))


def test_the_panel_and_the_link_of_the_scenario_page_have_the_settings_of_the_books() -> None:
    tried = opened.app("scenario", lang="en", levers="lanes~1", **SET).run()
    for key in ("worth", "save-and-load"):
        tried.session_state[key] = True
    tried.run()
    shown = next(one.value for one in tried.table if "Korea's book" in one.value.columns)
    assert [str(cell) for row in shown.to_numpy() for cell in row] == books(page(levers="lanes~1", **SET))
    link = next(block.value for block in tried.code if "/scenario?" in block.value)
    assert SET.items() <= dict(parse_qsl(urlsplit(link).query)).items()
