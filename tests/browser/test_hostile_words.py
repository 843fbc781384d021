"""Hostile words in a real browser: the tab asks nobody else, and nothing is formatted. The tab fixture watches requests."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from crossings.briefing.draft import Draft, Item
from tests.briefing import collected
from tests.browser.server import served
from tests.browser.tab import Tab
from tests.hostile import HOST, WORDS

FOUND = f"""() => [...document.querySelectorAll(
    'img[src*="{HOST}"], a[href*="{HOST}/"], [data-testid=stMain] .katex, [data-testid=stMain] del, script[src*="{HOST}"]'
)].map(found => found.outerHTML)"""


@pytest.mark.parametrize("word", [word for word in WORDS if "\ud800" not in word])
def test_a_crafted_link_is_text(address: str, tab: Tab, word: str) -> None:
    tab.open(address, "scenario", lang="en", levers="lanes~1", name=word)
    assert tab.page.evaluate(FOUND) == []


def test_a_list_of_hostile_words_is_text(browser: Browser, tab: Tab, tmp_path: Path) -> None:
    words = [word for word in WORDS if "\ud800" not in word]
    title, note = " ".join(words)[:400], " ".join(words)
    items = (
        Item(collected.overview(), "overview-cumulative", title, note),
        Item(collected.overview("monthly"), "overview-monthly", title, note),
    )
    (tmp_path / "briefing.json").write_text(Draft(items=items, title=words[0]).as_json(), "utf-8")
    with served(tmp_path / "log", environment={"CROSSINGS_OWN": str(tmp_path / "added.csv")}) as app:
        tab.open(app.address, "briefing", lang="en")
        assert tab.page.evaluate(FOUND) == []
