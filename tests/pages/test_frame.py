"""The frame: language, values kept from page to page, the data strip."""

import gc
import time

import pytest

from tests.pages import opened
from ui import frame

TITLES = {"en": "People-to-people exchange", "ko": "인적 교류 현황"}


def test_the_switch_changes_the_language_and_the_address() -> None:
    tried = opened.app("overview", lang="en").run()
    assert tried.title[0].value == TITLES["en"]
    tried.button_group(key="language_choice").set_value("ko").run()
    assert tried.title[0].value == TITLES["ko"]
    assert tried.query_params["lang"] == "ko"


@pytest.mark.parametrize(
    ("preferred", "code"), [("ko-KR", "ko"), ("ja", "ja"), ("en-GB", "en"), ("fr-FR", "en"), ("", "en")]
)
def test_the_first_language_is_the_browsers(preferred: str, code: str) -> None:
    tried = opened.app("sources")
    tried.context["locale"] = preferred
    tried.run()
    assert tried.query_params["lang"] == code


def test_the_address_counts_more_than_the_browser() -> None:
    tried = opened.app("sources", lang="ja")
    tried.context["locale"] = "ko-KR"
    tried.run()
    assert tried.query_params["lang"] == "ja"


def test_flow_and_language_go_along_to_the_next_page_and_the_mark_stays() -> None:
    tried = opened.app("overview", lang="ko").run()
    tried.button_group(key="flow").set_value("JPN-KOR").run()
    tried.select_slider(key="mark-overview-JPN-KOR").set_value(19_000_000).run()
    assert "1,900만 명" in opened.answer(tried)
    tried.switch_page("pages/milestone.py").run()
    assert not opened.faults(tried)
    assert "방한 일본인" in opened.answer(tried)
    assert "1,900만 명" not in opened.answer(tried)
    assert tried.query_params["lang"] == "ko"


@pytest.mark.parametrize(
    "page",
    [page for page in opened.PAGES if page not in ("briefing", "sources", "abroad", "border", "worth")],
)
def test_the_sources_stand_once_below_the_page(page: str) -> None:
    tried = opened.looked_at(page, (("lang", "en"),))
    told = [note.value for note in tried.caption if "Status: " in note.value]
    assert told
    assert len(told) == len(set(told))


def test_the_strip_is_short_and_names_what_is_late_in_a_few_words() -> None:
    for code in opened.CODES:
        strip = opened.looked_at("overview", (("lang", code),)).caption[0].value
        assert len(strip) < 170


@pytest.mark.parametrize("page", opened.PAGES)
def test_the_data_strip_stands_on_every_page(page: str) -> None:
    strip = opened.looked_at(page, (("lang", "en"),)).caption[0].value
    assert "Data to **August 2026**" in strip
    assert "JNTO" in strip
    assert "KTO" in strip


def test_memory_is_collected_now_and_then_not_after_every_run(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, collected = [time.monotonic() + 60], list[float]()
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(gc, "collect", lambda: collected.append(clock[0]))
    for _ in range(121):
        frame.collect_now_and_then()
        clock[0] += 0.5
    assert len(collected) == 4
