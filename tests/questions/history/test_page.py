"""The History page: an answer for every event, "cannot tell" where the figures end, one chosen mark for all views."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from crossings.models.events import regression as structural
from crossings.tables.flows import data_folder
from tests.pages import opened

PUBLISHED = all((data_folder() / f"{name}.csv").exists() for name in ("statements", "summits"))
pytestmark = pytest.mark.skipif(
    not PUBLISHED, reason="the tables of statements and summits are not published"
)
MOST_WAITS = 120


def page(**query: str) -> AppTest:
    return opened.looked_at("history", tuple({"lang": "en", **query}.items()))


def test_it_opens_with_the_boycott() -> None:
    found = page()
    assert opened.faults(found) == []
    assert "Export controls and boycott, 2019: Visitors in both directions" in opened.answer(found)
    assert "fewer" in opened.answer(found)


@pytest.mark.parametrize("code", ["ko", "ja"])
def test_it_speaks_the_readers_language(code: str) -> None:
    found = page(lang=code, flow="KOR-JPN", event="lanes-2025")
    assert opened.faults(found) == []
    assert {"ko": "뚜렷이 확인되지 않습니다", "ja": "明確には確認できません"}[code] in opened.answer(found)


def test_an_event_before_the_figures_is_no_number() -> None:
    found = page(flow="JPN-KOR", event="waiver-2006")
    assert opened.faults(found) == []
    assert "**not sufficient**" in opened.answer(found)
    assert "%" not in opened.answer(found)
    assert any(
        "an effect can be estimated from January 2007 on" in caption.value for caption in found.caption
    )


def test_a_fit_that_does_not_converge_is_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structural, "MOST_STEPS", 4)
    monkeypatch.setattr("crossings.models.events.MODEL_VERSION", "a model that fails")
    failing = opened.app("history", lang="en", flow="JPN-KOR", event="mers-2015").run()
    assert opened.faults(failing) == []
    assert "**not sufficient**" in opened.answer(failing)
    assert "%" not in opened.answer(failing)
    assert any("could not be estimated" in caption.value for caption in failing.caption)
    assert not [block for block in failing.markdown if "estimated without the event" in block.value]


def test_two_events_in_one_month_are_named_together() -> None:
    found = page(flow="KOR-JPN", event="own-months", own_first="2025-07", own_last="2025-07")
    assert opened.faults(found) == []
    captions = [caption.value for caption in found.caption if "In the same months" in caption.value]
    assert len(captions) == 1
    assert "cannot be separated" in captions[0]


def test_months_of_ones_own_are_estimated() -> None:
    found = page(flow="JPN-KOR", event="own-months", own_first="2015-06", own_last="2015-06")
    assert opened.faults(found) == []
    assert "Custom period: Japanese visiting Korea in June 2015 were" in opened.answer(found)


def test_nonsense_in_the_address_is_left_aside() -> None:
    found = page(event="nothing", kinds="weather", since="1066", year_from="1", history_month="later")
    assert opened.faults(found) == []
    assert "Export controls and boycott" in opened.answer(found)


def test_the_choice_of_a_mark_is_shown_with_its_source() -> None:
    found = page(event="mers-2015", flow="JPN-KOR")
    shown = [block.value for block in found.markdown if "MERS outbreak in Korea" in block.value]
    assert any("Source: [" in text for text in shown)


def test_a_mark_without_a_record_goes_to_months_of_ones_own() -> None:
    found = opened.app("history", lang="en", flow="JPN-KOR").run()
    choice = next(box for box in found.radio if box.key == "history_mark_choice")
    choice.set_value(next(option for option in choice.options if "Jeju Air" in option)).run()
    next(button for button in found.button if button.key == "estimate-mark").click().run()
    assert opened.faults(found) == []
    assert "Visitors in both directions" not in opened.answer(found)
    assert "Custom period. Japanese visiting Korea in December 2024" in opened.answer(found)


def test_the_placebo_run_is_kept() -> None:
    found = opened.app("history", lang="en", flow="both", event="typhoon-2018").run()
    next(button for button in found.button if button.key == "run-placebos").click().run()
    for _ in range(MOST_WAITS):
        if not any(button.label == "Stop" for button in found.button):
            break
        time.sleep(1)
        found.run()
    assert opened.faults(found) == []
    assert any("placebo events" in block.value for block in found.markdown)
    found.run()
    assert not [button for button in found.button if button.key == "run-placebos"]
    assert any("placebo events" in block.value for block in found.markdown)


def test_the_two_missed_forecasts_of_ten_million_koreans_are_shown() -> None:
    found = page()
    assert any("Outcomes are published for" in caption.value for caption in found.caption)
    assert any(
        "not reached" in str(text)
        for table in found.table
        for text in table.value.astype(str).to_numpy().ravel()
    )


def test_the_overview_says_how_much_of_the_latest_change_is_the_calendar() -> None:
    found = opened.looked_at("overview", (("lang", "en"), ("flow", "JPN-KOR")))
    assert opened.faults(found) == []
    said = [caption.value for caption in found.caption if "on a year earlier" in caption.value]
    month = "Japanese visiting Korea in August 2026"
    assert any(text.startswith(month) and "calendar" in text for text in said)
