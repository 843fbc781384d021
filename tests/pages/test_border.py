"""The Border page: controls that change the answer, flights of one's own, and minutes carried to the scenario."""

from streamlit.testing.v1 import AppTest

from tests.apptest import unfolded
from tests.pages import opened

HALL = "hall-haneda-t3-"


def page(**query: str) -> AppTest:
    tried = opened.app("border", lang="en", **query).run()
    assert opened.faults(tried) == []
    return tried


def moved(tried: AppTest, what: str, value: int) -> AppTest:
    slider = next(slider for slider in tried.slider if slider.key == HALL + what)
    slider.set_value(value).run()
    assert opened.faults(tried) == []
    return tried


def test_a_hall_as_it_is_has_no_change() -> None:
    tried = page()
    assert "Average wait after the change: " not in opened.answer(tried)
    assert any(note.value == "Change a setting to see the effect." for note in tried.caption)


def test_more_desks_shorten_the_wait() -> None:
    tried = moved(page(), "desks", 30)
    assert "Average wait after the change: " in opened.answer(tried)
    button = next(button for button in tried.button if button.label == "Use this wait in a scenario")
    assert not button.disabled


def test_the_address_names_the_hall() -> None:
    tried = page(hall="incheon-t1")
    assert "Incheon" in opened.answer(tried)
    assert tried.query_params["hall"] == "incheon-t1"


def test_a_link_brings_the_hours_of_the_lane_and_tells_what_it_cannot_show() -> None:
    tried = page(hours="9-17", lane="4", desks="9" * 5_000)
    assert opened.keyed(tried.slider, HALL + "hours").value == (9, 17)
    assert opened.keyed(tried.slider, HALL + "lane").value == 4
    assert [told.value.partition(",")[0] for told in tried.info] == [
        "The link asks for `desks` = `" + "9" * 40 + "`"
    ]


def test_gates_set_to_nil_send_nobody_there() -> None:
    tried = moved(moved(page(), "gates", 10), "gates", 0)
    assert "Average wait after the change: " not in opened.answer(tried)


def test_the_folds_hold_their_tables() -> None:
    tried = unfolded(page())
    columns = [set(table.value.columns) for table in tried.table]
    assert any(
        {"Average (minutes)", "80th percentile (minutes)", "Within 20 minutes"} <= names for names in columns
    )
    assert any({"Setting", "Now", "Evidence"} <= names for names in columns)


def test_minutes_are_carried_to_the_scenario() -> None:
    tried = moved(page(), "precleared", 50)
    next(button for button in tried.button if button.label == "Use this wait in a scenario").click().run()
    assert opened.faults(tried) == []
    assert "Haneda" in opened.answer(tried)
