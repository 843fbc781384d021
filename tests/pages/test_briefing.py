"""Figures collected on a page and taken away on the Briefing page, without a browser."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from crossings.briefing.draft import Draft, Item, draft_of
from crossings.questions.registry import SavedQuestion
from tests.apptest import everything
from tests.briefing import collected
from tests.pages import opened


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the file of collected figures of an empty user folder."""
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "own" / "added.csv"))
    return tmp_path / "own" / "briefing.json"


def _write(path: Path, draft: Draft) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(draft.as_json(), encoding="utf-8")


def _button(page: AppTest, label: str, place: int = 0) -> object:
    return [one for one in page.button if one.label == label][place]


@pytest.mark.parametrize(
    ("page", "count"),
    [("overview", 3), ("milestone", 3), ("track_record", 3), ("scenario", 2), ("border", 4), ("abroad", 5)],
)
def test_every_figure_of_a_page_can_be_collected_in_its_state(page: str, count: int, kept: Path) -> None:
    shown = opened.app(page, lang="en", mark="12").run()
    buttons = [one for one in shown.button if one.label == "Add to briefing"]
    assert len(buttons) == count
    for place in range(count):
        next(one for one in shown.button if one.label == "Add to briefing").click()
        shown.run()
        assert opened.faults(shown) == []
        assert len(draft_of(kept.read_bytes()).items) == place + 1
    assert [one.label for one in shown.button].count("Added to the briefing") == count
    items = draft_of(kept.read_bytes()).items
    assert {item.asked.page for item in items} == {page}
    if page in ("overview", "milestone", "scenario"):
        assert {item.asked.state["mark"] for item in items} == {"12"}


def test_history_figures_can_be_collected(kept: Path) -> None:
    shown = opened.app("history", lang="en", event="mers-2015", flow="JPN-KOR").run()
    next(one for one in shown.button if one.key == "collect-history-without").click()
    shown.run()
    assert opened.faults(shown) == []
    item = draft_of(kept.read_bytes()).items[0]
    assert item.asked.state["event"] == "mers-2015"
    assert item.asked.state["flow"] == "JPN-KOR"


def test_the_list_is_reworded_moved_and_shortened(kept: Path) -> None:
    first, second = (Item(collected.milestone(mark), "milestone-curve") for mark in (14_000_000, 15_000_000))
    _write(kept, Draft(items=(first, second)))
    shown = opened.app("briefing", lang="en").run()
    assert opened.faults(shown) == []
    assert "2 figures" in opened.answer(shown)
    titles = [one for one in shown.text_input if one.label.startswith("Title of figure")]
    titles[0].set_value("My own title").run()
    assert draft_of(kept.read_bytes()).items[0].title == "My own title"
    shown.text_area[0].set_value("A remark").run()
    assert draft_of(kept.read_bytes()).items[0].note == "A remark"
    _button(shown, "Down").click()  # type: ignore[attr-defined]
    shown.run()
    assert [item.title for item in draft_of(kept.read_bytes()).items] == ["", "My own title"]
    _button(shown, "Remove").click()  # type: ignore[attr-defined]
    shown.run()
    assert [item.title for item in draft_of(kept.read_bytes()).items] == ["My own title"]
    assert opened.faults(shown) == []


@pytest.mark.parametrize("code", opened.CODES)
def test_a_full_page_has_its_files_and_its_preview(code: str, kept: Path) -> None:
    gone = Item(
        SavedQuestion("milestone", {**collected.milestone().state, "as_of": "2061-01"}), "milestone-fan"
    )
    _write(kept, Draft(items=(*collected.six().items[:3], gone)))
    shown = opened.app("briefing", lang=code).run()
    assert opened.faults(shown) == []
    assert len(shown.warning) == 1
    labels = [one.label for one in everything(shown) if one.type == "download_button"]
    for form in ("PPTX", "DOCX", "HWPX", "XLSX", "PDF", "ZIP"):
        assert labels.count(form) >= 2
    pictures = [one for one in everything(shown) if hasattr(getattr(one, "proto", None), "imgs")]
    assert len(pictures) == 1
    assert pictures[0].proto.imgs[0].url


def test_a_damaged_list_is_put_aside_and_not_lost(kept: Path) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_text('{"crossings_briefing": 1, "items": [3]}')
    shown = opened.app("briefing", lang="ko").run()
    assert len(shown.error) == 1
    assert not shown.exception
    shown.button[0].click()
    shown.run()
    assert opened.faults(shown) == []
    assert json.loads(kept.with_name("briefing.damaged-1.json").read_text())["items"] == [3]


def test_a_damaged_list_does_not_hinder_other_pages(kept: Path) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_text("junk")
    shown = opened.app("milestone", lang="en").run()
    assert opened.faults(shown) == []
    next(one for one in shown.button if one.label == "Add to briefing").click()
    shown.run()
    assert kept.read_text() == "junk"


def test_a_list_that_cannot_be_written_says_so(kept: Path) -> None:
    kept.parent.write_text("a file where the folder should be")
    shown = opened.app("milestone", lang="en").run()
    next(one for one in shown.button if one.label == "Add to briefing").click()
    shown.run()
    assert not shown.exception
    assert shown.error
    assert kept.parent.read_text() == "a file where the folder should be"


def test_the_language_of_the_files_follows_the_page_until_it_is_chosen(kept: Path) -> None:
    page = opened.app("briefing", lang="ko").run()
    opened.keyed(page.text_input, "briefing_title").set_value("제목").run()
    assert draft_of(kept.read_bytes()).language == ""
    english = opened.app("briefing", lang="en").run()
    assert opened.keyed(english.button_group, "briefing_language").value == "en"
    opened.keyed(english.button_group, "briefing_language").set_value("ja").run()
    assert draft_of(kept.read_bytes()).language == "ja"
