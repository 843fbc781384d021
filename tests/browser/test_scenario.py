"""The Scenario and Border pages in a real browser: a scenario saved and loaded again, and files that are none."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.tab import Tab

pytestmark = pytest.mark.browser

BAD = {
    "junk.json": (b"\x00\xff" * 2_000_000, "too large"),
    "text.json": (b"hello", "not a scenario file"),
    "lever.json": (b'{"version": 1, "levers": {"teleport": 1}}', "no lever teleport"),
    "range.json": (
        b'{"version": 1, "levers": {"departure-tax": -5}}',
        "must be from 0 to 10000 (entered: -5)",
    ),
    "type.json": (b'{"version": 1, "levers": {"departure-tax": "much"}}', "must be a number"),
    "version.json": (b'{"version": 7, "levers": {}}', "version 7"),
}


def unfold(tab: Tab, name: str) -> Locator:
    """Open a fold and return its content."""
    fold = tab.page.get_by_test_id("stExpander").filter(has=tab.page.locator("summary", has_text=name))
    fold.locator("summary").first.click()
    tab.settle()
    return fold


def load(tab: Tab, fold: Locator, path: Path) -> None:
    """Choose a file and wait until the browser has sent it: a button pressed earlier would be pressed without it."""
    fold.locator("input[type=file]").set_input_files(str(path))
    fold.get_by_test_id("stFileChipName").filter(has_text=path.name).wait_for()
    expect(fold.get_by_test_id("stFileChipIconSpinner")).to_have_count(0)


def saved(tab: Tab, fold: Locator, folder: Path) -> Path:
    arrived = tab.download(fold.get_by_role("button", name="Save as a file"))
    path = folder / arrived.suggested_filename
    arrived.save_as(path)
    return path


def test_a_scenario_saved_as_a_file_comes_back(address: str, tab: Tab, tmp_path: Path) -> None:
    tab.open(address, "scenario", lang="en", levers="lanes~1~t0.35_departure-tax~2500", mark="17")
    wanted = tab.answer
    path = saved(tab, unfold(tab, "Save, load"), tmp_path)
    plain = json.loads(path.read_text(encoding="utf-8"))
    assert plain["levers"]["departure-tax"]["value"] == 2500
    assert plain["levers"]["lanes"]["parts"] == {"take_up": 0.35}
    assert plain["seen"]["mark"] == 17_000_000
    tab.open(address, "scenario", lang="en", mark="17")
    assert tab.answer != wanted
    load(tab, unfold(tab, "Save, load"), path)
    tab.page.wait_for_function("said => document.querySelector('h3').innerText === said", arg=wanted)
    tab.settle()
    assert "departure-tax" in tab.query


def test_a_file_that_is_no_scenario_is_named_and_changes_nothing(
    address: str, tab: Tab, tmp_path: Path
) -> None:
    tab.open(address, "scenario", lang="en", preset="departure-tax", mark="17")
    before = tab.answer
    fold = unfold(tab, "Save, load")
    for name, (content, said) in BAD.items():
        path = tmp_path / name
        path.write_bytes(content)
        load(tab, fold, path)
        fold.get_by_test_id("stAlertContentError").filter(has_text=said).wait_for()
        tab.settle()
        assert tab.answer == before


def test_a_file_made_with_other_figures_shows_both(address: str, tab: Tab, tmp_path: Path) -> None:
    tab.open(address, "scenario", lang="en", preset="full-package", mark="17")
    path = saved(tab, unfold(tab, "Save, load"), tmp_path)
    plain = json.loads(path.read_text(encoding="utf-8")) | {"data_month": "2025-06", "model_version": "0.9"}
    path.write_text(json.dumps(plain), encoding="utf-8")
    tab.open(address, "scenario", lang="en", preset="none")
    load(tab, unfold(tab, "Save, load"), path)
    note = tab.page.get_by_test_id("stAlertContentInfo")
    note.wait_for()
    assert "June 2025" in note.inner_text()
    assert "0.9" in note.inner_text()
    tab.page.get_by_test_id("stTable").filter(visible=True).first.wait_for()


def test_a_bad_flight_table_names_its_cell_and_keeps_the_hall(address: str, tab: Tab, tmp_path: Path) -> None:
    tab.open(address, "border", lang="en")
    before = tab.answer
    path = tmp_path / "flights.csv"
    path.write_text("minute,passengers,group\n600,150,partner\n610,-3,other\n", encoding="utf-8")
    fold = unfold(tab, "Flights of the day (assumed): edit, paste or load")
    load(tab, fold, path)
    fold.get_by_role("button", name="Use these flights").click()
    fold.get_by_test_id("stAlertContentError").wait_for()
    assert "B3" in fold.get_by_test_id("stAlertContentError").inner_text()
    tab.settle()
    assert tab.answer == before


def test_minutes_saved_in_the_hall_go_into_the_scenario(address: str, tab: Tab) -> None:
    tab.open(address, "border", lang="en")
    desks = tab.page.get_by_role("slider").first
    wanted = int(desks.get_attribute("aria-valuetext") or "") + 4
    desks.focus()
    for _ in range(4):
        tab.page.keyboard.press("ArrowRight")
    tab.page.wait_for_url(re.compile(rf"desks={wanted}\b"))
    button = tab.page.get_by_role("button", name="Use this wait in a scenario")
    tab.page.wait_for_function(
        "() => [...document.querySelectorAll('button')].some("
        "b => b.innerText.includes('Use this wait in a scenario') && !b.disabled)"
    )
    tab.settle()
    button.click()
    tab.page.get_by_role("heading", level=1, name="Procedure scenarios").wait_for()
    tab.settle()
    assert re.search(r"Haneda Airport Terminal 3", tab.answer)
    assert "lanes" in tab.query
    assert "dKOR-JPN" in tab.query


def choose(tab: Tab, name: str) -> None:
    """Choose a named scenario."""
    tab.page.get_by_label(re.compile("Preset scenario")).first.click()
    tab.page.keyboard.type(name)
    tab.page.get_by_role("option", name=name, exact=True).click()
    tab.page.wait_for_function("said => document.querySelector('h3').innerText.includes(said)", arg=name)
    tab.settle()


@pytest.mark.parametrize("named", ["Departure tax up by 2,000 yen", "Permanent dedicated lanes"])
def test_a_browser_that_has_not_heard_of_a_preset_does_not_undo_it(
    address: str, tab: Tab, named: str
) -> None:
    """The server's words are held back, as on a slow line, while the reader chooses a scenario and opens a fold."""
    with tab.slow_line() as hold_back:
        tab.open(address, "scenario", lang="en", preset="e-gates", mark="17")
        tab.page.get_by_label(re.compile("Preset scenario")).first.click()
        tab.page.keyboard.type(named)
        hold_back()
        tab.page.get_by_role("option", name=named, exact=True).click()
        tab.page.get_by_test_id("stExpander").last.locator("summary").click()
    tab.page.wait_for_function("said => document.querySelector('h3').innerText.includes(said)", arg=named)
    tab.settle()
    assert "preset=" in tab.query
    assert "levers=" not in tab.query


def test_four_scenarios_are_compared_under_their_own_names(address: str, tab: Tab) -> None:
    tab.open(address, "scenario", lang="en", preset="permanent-lanes", mark="17")
    fold = unfold(tab, "Compare scenarios")
    keep = fold.get_by_role("button", name="Add to comparison")
    wanted = {
        "Permanent dedicated lanes": "lanes, ours",
        "E-gates only": "gates",
        "Departure tax up by 2,000 yen": "tax",
        "Full package of simpler procedures": "all",
    }
    for place, (named, own) in enumerate(wanted.items()):
        if place:
            choose(tab, named)
        name = fold.get_by_label("Name of this scenario")
        name.fill(own)
        name.press("Enter")
        tab.settle()
        keep.click()
        fold.get_by_test_id("chart").get_by_text(own, exact=True).wait_for()
        tab.settle()
    drawn = fold.get_by_test_id("chart").inner_text()
    assert all(own in drawn for own in wanted.values())
    choose(tab, "Pre-clearance only")
    expect(keep).to_be_disabled()
    fold.get_by_role("button", name="Clear").click()
    expect(fold.get_by_test_id("chart")).to_have_count(0)
